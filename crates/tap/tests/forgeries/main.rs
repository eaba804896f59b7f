//! Files that state more than they may, or otherwise than they must: each with what is right. Tags are written as numbers here,
//! so that the tables of the crate are not tested by themselves.

mod charges;
mod files;
mod made;
mod records;
mod returns;
mod twice;
