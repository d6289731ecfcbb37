//! News in, coded and sourced event records out.
