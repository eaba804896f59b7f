//! How many connections an address may hold.
//!
//! The node takes a bounded number of connections in all. Without a share for each address, one caller could hold them all open and
//! nobody else would get in, its own watchers included.

use crate::rate_limit::one_caller;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// One address holds at most one in so many of the node's connections.
const SHARE: u32 = 4;

/// The connections that each address holds. It never has more entries than there are connections.
pub struct Connections {
    most: u32,
    held: Mutex<HashMap<IpAddr, u32>>,
}

impl Connections {
    /// Of `all` connections that the node takes.
    pub fn shared(all: u32) -> Arc<Self> {
        Arc::new(Self {
            most: (all / SHARE).max(1),
            held: Mutex::default(),
        })
    }

    /// Counts a connection as long as what is returned lives; `None` where the address holds as many as it may.
    pub fn hold(self: &Arc<Self>, from: IpAddr) -> Option<Held> {
        let from = one_caller(from);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.get(&from).copied().unwrap_or_default();
        if count >= self.most {
            return None;
        }
        held.insert(from, count.saturating_add(1));
        Some(Held {
            of: self.clone(),
            from,
        })
    }
}

/// A connection that is counted.
pub struct Held {
    of: Arc<Connections>,
    from: IpAddr,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut held = self.of.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.from) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                held.remove(&self.from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_should_be_left_for_others_when_one_address_takes_all_it_can() {
        let connections = Connections::shared(100);
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().expect("an address"));
        let mut of_one: Vec<Held> = (0..1_000).filter_map(|_| connections.hold(one)).collect();
        assert_eq!(of_one.len(), 25);
        assert!(connections.hold(other).is_some());
        of_one.pop();
        assert!(connections.hold(one).is_some(), "an ended connection makes room");
        drop(of_one);
        assert!(connections.held.lock().expect("nobody has it").is_empty());
    }
}
