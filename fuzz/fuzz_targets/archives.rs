//! Any bytes as an input: recognised, unpacked, taken apart. Packed as well, so that what lies inside is reached.

#![no_main]

use attache_tests::{archive, sound};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for bytes in [bytes, &archive::gzip(bytes)] {
        if let Err(fault) = sound::input(bytes) {
            panic!("{fault}");
        }
    }
});
