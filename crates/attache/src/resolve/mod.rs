//! From words to who, when, where and according to whom.

pub mod coref;
pub mod count;
mod description;
pub mod location;
pub mod memory;
pub mod mention;
mod name;
pub mod number;
mod owner;
pub mod party;
pub(crate) mod people;
mod person;
pub mod places;
mod pronoun;
pub mod reckon;
pub mod resolver;
mod role;
mod scope;
pub mod terms;
mod unlisted;
pub mod when;

pub use memory::Memory;
pub use mention::Mentions;
pub use party::{How, Party};
pub use person::on_day;
pub use resolver::Resolver;
