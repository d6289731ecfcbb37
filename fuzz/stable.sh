#!/usr/bin/env bash
# Fuzzes with the stable compiler; arguments go to libFuzzer. Everything is watched, the network too: a few texts a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
host="$(rustc -vV | sed -n 's/^host: //p')"
passes="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
export RUSTFLAGS="$passes -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
cargo build --release --target "$host"
mkdir -p corpus artifacts
for dispatch in ../crates/attache-cli/demo/*.txt; do
    head -c 1000 "$dispatch" > "corpus/$(basename "$dispatch")"
done
target="${CARGO_TARGET_DIR:-target}"
"$target/$host/release/code" -max_len=1000 -timeout=60 -artifact_prefix=artifacts/ "$@" corpus
