//! Any bytes as a feed, and as a `robots.txt` and a feeds.toml no less.

#![no_main]

use attache_tests::feeds;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(fault) = feeds::sound(bytes) {
        panic!("{fault}");
    }
});
