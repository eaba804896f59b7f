//! What two parties agree on, as our own terms or a contract of another system say it.

use crate::fault::{Faults, Reason};
use bounded_collections::BoundedVec;
use interclear_primitives::{
    agreement::{Direction, Flow, ServiceLine, Terms, Tolerance},
    increment::Increment,
    rating::{LineTerms, Pricing},
    service::{Service, Unit},
    span::Months,
    usage::UsageKey,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a file says two parties agree on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// The terms; sound, as [`interclear_billing::terms::validate`] has it.
    pub terms: Terms,
    /// Names of the first and the second party, where the file has them.
    pub parties: Option<[String; 2]>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Lines that are counted in another unit than that of their service.
    pub units: BTreeMap<UsageKey, Unit>,
    /// Whether services that no group lists are excluded from the deal and settle at the TAP charge. Under our own terms
    /// such usage is refused, by the chain as well.
    pub excluded_at_tap: bool,
    /// What the file does not tell, or what could not be taken over.
    pub notes: Vec<String>,
}

impl Agreement {
    /// Our own terms, which know neither names nor other units than those of the services.
    pub fn of_terms(terms: Terms) -> Self {
        Self {
            terms,
            parties: None,
            name: None,
            units: BTreeMap::new(),
            excluded_at_tap: false,
            notes: Vec::new(),
        }
    }

    /// The months of the term.
    pub fn months(&self) -> Months {
        Months {
            first: self.terms.first,
            last: self.terms.last,
        }
    }

    /// The unit in which a line is counted.
    pub fn unit(&self, key: &UsageKey) -> Unit {
        self.units.get(key).copied().unwrap_or(key.service.unit())
    }

    /// The agreement with lines that settle at the TAP charge for services that were excluded so far.
    ///
    /// # Errors
    /// A group cannot take so many lines.
    pub fn with_excluded(mut self, lines: &BTreeSet<UsageKey>) -> Result<Self, Faults> {
        for key in lines {
            let direction = &mut self.terms.directions[key.direction.index()];
            let Some(group) = direction.groups.get_mut(usize::from(key.group)) else {
                continue;
            };
            let line = ServiceLine {
                service: key.service,
                terms: LineTerms {
                    pricing: Pricing::TapCharge,
                    ..Default::default()
                },
                increment: Increment::Exact,
                tolerance: Tolerance::default(),
                flow: Flow::Either,
            };
            group.lines.try_push(line).map_err(|_| {
                let place = format!(
                    "{}, group {}",
                    side(key.direction),
                    u32::from(key.group).saturating_add(1)
                );
                Faults::one(place, Reason::MaxExceeded(bound(&group.lines)))
            })?;
        }
        Ok(self)
    }

    /// Every service that no group lists, for each group.
    pub fn excluded(&self) -> BTreeSet<UsageKey> {
        let mut excluded = BTreeSet::new();
        for direction in Direction::BOTH {
            for (group, number) in self.terms.direction(direction).groups.iter().zip(0u8..) {
                let listed: BTreeSet<Service> = group.lines.iter().map(|line| line.service).collect();
                excluded.extend(
                    Service::ALL
                        .iter()
                        .filter(|service| !listed.contains(service))
                        .map(|service| UsageKey {
                            direction,
                            group: number,
                            service: *service,
                        }),
                );
            }
        }
        excluded
    }
}

fn bound<T, S: bounded_collections::Get<u32>>(_: &BoundedVec<T, S>) -> u32 {
    S::get()
}

/// How a direction is called where its parties have no names.
pub fn side(direction: Direction) -> &'static str {
    match direction {
        Direction::FirstHome => "first direction",
        Direction::SecondHome => "second direction",
    }
}
