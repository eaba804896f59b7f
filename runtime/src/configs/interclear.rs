//! The clearing and settlement pallets, and the ports by which they meet.
