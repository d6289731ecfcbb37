//! From words to who, when, where and according to whom.

pub mod coref;
mod description;
pub mod location;
pub mod memory;
pub mod mention;
mod name;
mod owner;
pub mod party;
mod person;
pub mod places;
mod pronoun;
pub mod resolver;
mod role;
pub mod terms;
mod unlisted;
pub mod when;

pub use memory::Memory;
pub use mention::Mentions;
pub use party::{How, Party};
pub use resolver::Resolver;
