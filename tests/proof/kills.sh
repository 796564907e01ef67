#!/usr/bin/env bash
# Proves that a killed run goes on where it was: kills one with SIGKILL at random moments, twenty
# times in each of several rounds, lets it come to its end, and compares every file, the manifest
# too, with those of a run that nobody disturbed. Not part of make check, whose own kills are few.
#
#     tests/proof/kills.sh build/taxamr [ROUNDS]
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
taxamr=$(realpath -- "${1:?usage: tests/proof/kills.sh PATH/TO/taxamr [ROUNDS]}")
rounds=${2:-3} kills=20
export TAXAMR_DATADIR=$here/data
place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT
cd "$place"

run=("$taxamr" run gut-insomnia -q --threads 1 -o)

start=$(date +%s%N)
"${run[@]}" whole
length=$((($(date +%s%N) - start) / 1000000))
echo "an undisturbed run takes $length ms"

for round in $(seq "$rounds"); do
    killed=0
    for _ in $(seq "$kills"); do
        "${run[@]}" again & child=$!
        sleep "$(awk -v most="$length" -v seed="$RANDOM" \
            'BEGIN { srand(seed); print rand() * most / 4000 }')"
        kill -KILL "$child" 2>/dev/null && killed=$((killed + 1)) || true
        wait "$child" 2>/dev/null || true
    done
    "${run[@]}" again
    diff -r whole again
    echo "round $round: killed $killed times, then equal to the last byte"
    rm -rf again
done
