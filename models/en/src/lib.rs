//! The weights of the English model, embedded.
