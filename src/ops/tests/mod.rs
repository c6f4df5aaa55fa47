//! The engine as a whole, natively: state machine, verifiers, plans, registry and driver on a scripted world.

mod client_io;
mod drive;
mod fixtures;
mod groups;
mod machine;
mod plans;
mod random;
mod registry;
mod saved;
mod sharing;
mod verify;
mod verify_environment;
mod whole_writes;
mod world;
