//! Any bytes the whole way: decoded, extracted, coded, annotated, explained.

#![no_main]

use attache_tests::{engine, sound};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(fault) = sound::bytes(engine(), bytes) {
        panic!("{fault}");
    }
});
