#!/bin/sh
# The tables of all shards that shards.sh made, as one study's in OUT:
#
#     sbatch --dependency=afterok:JOB merge.sh N OUT
#SBATCH --job-name=taxamr-merge
set -eu
if [ $# -ne 2 ]; then
    echo "usage: sbatch --dependency=afterok:JOB merge.sh N OUT" >&2
    exit 2
fi
count=$1 out=$2
set --
shard=1
while [ "$shard" -le "$count" ]; do
    set -- "$@" "$out/shard-$shard"
    shard=$((shard + 1))
done
exec "${TAXAMR:-taxamr}" merge "$@" -o "$out"
