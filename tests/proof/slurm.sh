#!/usr/bin/env bash
# Proves the array script of data/slurm on a real munged, slurmctld and slurmd of one node: runs
# the bundled study in shards, kills one, runs it again alone, merges, and compares every table
# with those of a single run. Not part of make check.
#
#     apt-get install slurm-wlm munge; tests/proof/slurm.sh build/taxamr      (as root)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
TAXAMR=$(realpath -- "${1:?usage: tests/proof/slurm.sh PATH/TO/taxamr}")
export TAXAMR TAXAMR_DATADIR=$here/data
shards=4 study=gut-insomnia
place=$(mktemp -d)
started=()

stop() {
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf -- "$place"
}
trap stop EXIT

configure() {
    mkdir -p "$place"/{state,spool,run}
    chmod 755 "$place"
    head -c 1024 /dev/urandom >"$place/munge.key"
    chmod 400 "$place/munge.key"
    cat >"$place/slurm.conf" <<CONF
ClusterName=proof
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
AuthType=auth/munge
AuthInfo=socket=$place/run/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/run/slurmctld.pid
SlurmdPidFile=$place/run/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
KillWait=2
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=proof Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    echo "CgroupPlugin=cgroup/v1" >"$place/cgroup.conf"
    export SLURM_CONF=$place/slurm.conf
}

start() {
    munged --force --foreground --key-file "$place/munge.key" --socket "$place/run/munge.socket" \
        --pid-file "$place/run/munged.pid" --log-file "$place/munged.log" \
        --seed-file "$place/run/munged.seed" & started+=($!)
    sleep 1
    slurmctld -D & started+=($!)
    slurmd -D & started+=($!)
    for _ in $(seq 60); do
        sinfo -h -o %T 2>/dev/null | grep -q idle && return
        sleep 0.5
    done
    sinfo -l; tail -n 20 "$place"/*.log
    echo "slurm.sh: the node did not come up" >&2
    exit 1
}

settle() { # until nothing is queued
    while [ -n "$(squeue -h)" ]; do sleep 0.2; done
}

submit() {
    sbatch --parsable --output="$place/%A_%a.out" "$@"
}

configure
start >"$place/daemons.out" 2>&1
cd "$place"
"$TAXAMR" run "$study" -q -o single

echo "== an array of $shards, of which shard 2 is killed with SIGKILL while it works"
job=$(submit --array=1-$shards "$here/data/slurm/shards.sh" $shards "$study" "$place/out")
until ls out/shard-2/parts/*/part-* >/dev/null 2>&1 || [ -z "$(squeue -h)" ]; do sleep 0.02; done
scancel --signal=KILL "${job}_2" || true
settle
if "$TAXAMR" merge out/shard-{1..4} -o early 2>refusal; then
    echo "slurm.sh: the merge took a shard that was killed" >&2
    exit 1
fi
cat refusal
ls out/shard-2/parts/* | sed 's/^/left of shard 2: /'

echo "== shard 2 again, alone, then the merge, which waits for it"
again=$(submit --array=2 "$here/data/slurm/shards.sh" $shards "$study" "$place/out")
submit --dependency=afterok:"$again" "$here/data/slurm/merge.sh" $shards "$place/out" >merge_id
settle
cat "${again}_2.out" "$(cat merge_id)"_*.out
count=0
for table in single/*; do
    cmp "$table" "out/$(basename "$table")"
    count=$((count + 1))
done
echo "== $count files of the merge equal the single run's byte for byte"
