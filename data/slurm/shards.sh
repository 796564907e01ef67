#!/bin/sh
# One shard of a study a task of a Slurm array, each in its own folder OUT/shard-K:
#
#     sbatch --array=1-8 shards.sh 8 STUDY OUT [OPTIONS OF taxamr run]
#
# then the merge, once all are there (merge.sh):
#
#     sbatch --dependency=afterok:JOB merge.sh 8 OUT
#
# A shard that was killed runs again alone, and goes on where it was: sbatch --array=3 shards.sh
# 8 STUDY OUT, with the same options. OUT must be on a file system that all nodes share.
#SBATCH --job-name=taxamr
#SBATCH --cpus-per-task=1
set -eu
if [ $# -lt 3 ] || [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
    echo "usage: sbatch --array=1-N shards.sh N STUDY OUT [OPTIONS]" >&2
    exit 2
fi
count=$1 study=$2 out=$3
shift 3
mkdir -p -- "$out"
# exec: what Slurm sends to stop the task reaches the program itself.
exec "${TAXAMR:-taxamr}" run "$study" --shard "$SLURM_ARRAY_TASK_ID/$count" \
    -o "$out/shard-$SLURM_ARRAY_TASK_ID" --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
