//! The test suite over files: one runner per kind of case.

pub mod transcript;
