#!/usr/bin/env bash
# Fuzzes with the stable compiler; arguments go to libFuzzer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
host="$(rustc -vV | sed -n 's/^host: //p')"
passes="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
export RUSTFLAGS="$passes -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
cargo build --release --target "$host"
target="${CARGO_TARGET_DIR:-target}"
mkdir -p corpus artifacts
"$target/$host/release/code" -max_len=4096 -timeout=20 -artifact_prefix=artifacts/ "$@" corpus ../crates/attache-cli/demo
