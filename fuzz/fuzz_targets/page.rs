//! Any bytes as a page: decoded, parsed, read.

#![no_main]

use attache_tests::sound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(fault) = sound::page(bytes) {
        panic!("{fault}");
    }
});
