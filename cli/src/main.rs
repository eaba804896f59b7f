//! `interclear`: what a clearing team runs.

fn main() {}
