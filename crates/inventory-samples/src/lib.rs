#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod damage;
mod dice;
mod row;
mod services;

pub use damage::{Damage, Expected, Truth};
pub use row::{csv, Row};

use damage::Damager;
use dice::Dice;
use interclear_matching::Profile;
use services::Service;

/// What is to be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parameters {
    /// The same seed makes the same inventories.
    pub seed: u64,
    /// Number of services.
    pub services: usize,
    /// How many of a thousand services are damaged.
    pub damaged: u32,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            seed: 1,
            services: 1_000,
            damaged: 50,
        }
    }
}

/// Two inventories, and the truth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// What the buyer has, in no order.
    pub buyer: Vec<Row>,
    /// What the seller has, in no order.
    pub seller: Vec<Row>,
    /// The services, with the places of their rows.
    pub truth: Vec<Truth>,
}

impl Parameters {
    /// Makes the inventories.
    pub fn make(&self) -> Made {
        let mut dice = Dice::new(self.seed);
        let mut services: Vec<Service> = Vec::new();
        for number in 0..self.services {
            let service = Service::make(number, services.last(), &mut dice);
            services.push(service);
        }
        let mut damager = Damager::new(&services);
        for service in &services {
            let damaged = dice.below(1_000) < u64::from(self.damaged);
            damager.add(service, damaged, &mut dice);
        }
        damager.finish(&mut dice)
    }
}

/// The match profile under which the truth holds: by the seller's id; all that is billed is compared, prices within a thousandth and
/// days within two.
pub fn profile() -> Profile {
    Profile::usual()
}
