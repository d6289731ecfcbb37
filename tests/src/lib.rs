//! The test suite over files: one runner per kind of case.

pub mod binary;
pub mod transcript;
