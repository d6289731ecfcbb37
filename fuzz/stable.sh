#!/usr/bin/env bash
# Fuzzes TARGET (code, archives, …) with the stable compiler; further arguments go to libFuzzer. Everything is watched, the
# network too: a few texts a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
name="${1:-code}"
shift || true
host="$(rustc -vV | sed -n 's/^host: //p')"
passes="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
export RUSTFLAGS="$passes -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
cargo build --release --bin "$name" --target "$host"
corpus="corpus/$name"
mkdir -p "$corpus" artifacts
if [ -d "seeds/$name" ]; then
    cp "seeds/$name"/* "$corpus"
else
    for dispatch in ../crates/attache-cli/demo/*.txt; do
        head -c 1000 "$dispatch" > "$corpus/$(basename "$dispatch")"
    done
fi
target="${CARGO_TARGET_DIR:-target}"
"$target/$host/release/$name" -max_len=2000 -timeout=60 -artifact_prefix=artifacts/ "$@" "$corpus"
