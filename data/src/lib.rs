//! The data files of attache, embedded.
