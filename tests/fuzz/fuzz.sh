#!/bin/sh
# Fuzzes the targets beside this file: `fuzz.sh [NAME...]`, from a build folder. Builds everything
# anew in ./fuzz, with libFuzzer or AFL++, and goes on for FUZZ_SECONDS (60) a target. What is
# found stays in ./fuzz/found/NAME; corpus files that reach further in ./fuzz/corpus/NAME.
set -eu

top=${top:?the folder of the sources}
seconds=${FUZZ_SECONDS:-60}
[ $# -gt 0 ] || set -- $(cd "$top/tests/fuzz/corpus" && ls)

say() {
    printf 'fuzz: %s\n' "$*" >&2
}

works() {
    printf '#include <stddef.h>\nint LLVMFuzzerTestOneInput(const char *b, size_t n)\n{\n' >probe.c
    printf '(void)b;\n(void)n;\nreturn 0;\n}\n' >>probe.c
    "$@" probe.c -o probe >/dev/null 2>&1
}

mkdir -p fuzz
cd fuzz
sanitizers=address,undefined
if works clang "-fsanitize=fuzzer,$sanitizers"; then
    engine=libfuzzer
    compiler=clang
    flags="-O1 -g -fsanitize=fuzzer-no-link,$sanitizers -fno-sanitize-recover=all"
    link=-fsanitize=fuzzer
elif works afl-clang-fast -fsanitize=fuzzer; then
    engine=afl
    compiler=afl-clang-fast
    flags='-O1 -g'
    link=-fsanitize=fuzzer
    export AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
else
    say 'found neither clang with libFuzzer (Debian: clang libclang-rt-dev) nor afl-clang-fast (afl++)'
    say 'the corpus is replayed, and some thousand mutants of it, by make check'
    exit 1
fi

say "building with $compiler"
[ -e Makefile ] || "$top/configure" -q "CC=$compiler" "CFLAGS=$flags" >configure.log 2>&1
make -s Makefile >>configure.log 2>&1
programs=
for name; do
    programs="$programs tests/fuzz/fuzz_$name"
done
# shellcheck disable=SC2086 # a list of words
make -s -j "$(nproc)" CPPFLAGS=-DTAXAMR_FUZZER "LDFLAGS=$link" $programs

failed=
for name; do
    mkdir -p "found/$name" "corpus/$name"
    say "$name, $seconds seconds"
    if [ "$engine" = libfuzzer ]; then
        "tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
            -max_len=65536 -print_final_stats=1 -artifact_prefix="found/$name/" \
            "corpus/$name" "$top/tests/fuzz/corpus/$name" >"$name.log" 2>&1 || failed="$failed $name"
    else
        afl-fuzz -V "$seconds" -i "$top/tests/fuzz/corpus/$name" -o "found/$name" \
            "tests/fuzz/fuzz_$name" >"$name.log" 2>&1 || failed="$failed $name"
    fi
    grep -E '^(Done|stat::number_of_executed_units|SUMMARY|#[0-9]+.*DONE)' "$name.log" >&2 || true
done
[ -z "$failed" ] || {
    say "failed:$failed; see fuzz/NAME.log and fuzz/found/NAME"
    exit 1
}
say 'nothing was found'
