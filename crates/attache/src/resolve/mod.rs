//! From words to who, when, where and according to whom.

pub mod location;
pub mod memory;
pub mod mention;
pub mod party;
pub mod terms;
pub mod when;

pub use memory::Memory;
pub use mention::Mentions;
pub use party::{How, Party, Resolver};
