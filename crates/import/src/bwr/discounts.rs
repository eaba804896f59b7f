//! What one party grants: a direction's groups and its condition.

use super::{
    direction_of, plan,
    reading::{bounded, folded, only},
    Parties,
};
use crate::{
    fault::{Faults, Reason},
    node::Cursor,
};
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, ServiceGroup, ServiceLine, Tolerance},
    increment::Increment,
    money::Currency,
    rating::{Amount, Condition, LineTerms, Pricing, TaxRule},
    service::{Service, Unit},
    span::Span,
    tadig::Tadig,
    usage::UsageKey,
};
use std::collections::{BTreeMap, BTreeSet};

/// Accepted difference between the two sides' figures, which the format does not tell: one percent.
const USUAL_TOLERANCE: Tolerance = Tolerance {
    absolute: 0,
    ppm: 10_000,
};

/// The discounts that one party grants.
pub(super) struct Side {
    /// Whose subscribers they are for.
    pub(super) direction: Direction,
    /// What is agreed for them.
    pub(super) terms: DirectionTerms,
    /// Lines that are counted in another unit than usual.
    pub(super) units: BTreeMap<UsageKey, Unit>,
}

impl Side {
    /// Reads the discounts of a party; `None` when not even their direction can be told.
    pub(super) fn read(
        cursor: &Cursor<'_>,
        parties: &mut Parties<'_>,
        currency: Currency,
        faults: &mut Faults,
    ) -> Option<Self> {
        only(cursor, &["condition", "serviceGroups"], faults);
        let condition = condition(&cursor.member("condition"), currency, faults);
        let committed = !matches!(condition, Condition::Unconditional);
        let listed = cursor.member("serviceGroups").entries(faults);
        // A group that names only networks nobody has heard of is of the same direction as the others.
        let place = listed.iter().find_map(|entry| home_party(entry, parties));
        let mut groups: Vec<ServiceGroup> = Vec::new();
        let mut units: Vec<(u8, Service, Unit)> = Vec::new();
        for (entry, number) in listed.iter().zip(0u8..) {
            only(entry, &["homeTadigs", "visitorTadigs", "services"], faults);
            let own = home_party(entry, parties).or(place);
            if own.is_none() {
                let reason = "no network is one of either party: whose subscribers these are cannot be told";
                faults.add(entry.member("homeTadigs").path(), Reason::Other(reason.into()));
            } else if own != place {
                let reason = "the home networks are those of another party than in the groups before";
                faults.add(entry.member("homeTadigs").path(), Reason::Other(reason.into()));
            }
            let home = networks(&entry.member("homeTadigs"), own, parties, faults);
            let other = own.map(|own| 1 - own);
            let visited = networks(&entry.member("visitorTadigs"), other, parties, faults);
            let mut lines = Vec::new();
            for service in entry.member("services").entries(faults) {
                let Some((line, unit)) = line(&service, committed, faults) else {
                    continue;
                };
                if lines
                    .iter()
                    .any(|other: &ServiceLine| other.service == line.service)
                {
                    let reason = format!("{} has a line in this group already", line.service);
                    faults.add(service.path(), Reason::Other(reason));
                    continue;
                }
                if unit != line.service.unit() {
                    units.push((number, line.service, unit));
                }
                lines.push(line);
            }
            // The chain counts IMSI-months of a group under a line of their own.
            let access = |line: &ServiceLine| {
                matches!(
                    line.terms.pricing,
                    Pricing::Access { .. } | Pricing::UsageAndAccess { .. }
                )
            };
            let counted = lines.iter().any(|line| line.service == Service::NetworkAccess);
            if lines.iter().any(access) && !counted {
                lines.push(line_of(Service::NetworkAccess, Pricing::default(), false));
            }
            groups.push(ServiceGroup {
                home: bounded(home, &entry.member("homeTadigs"), faults),
                visited: bounded(visited, &entry.member("visitorTadigs"), faults),
                lines: bounded(lines, &entry.member("services"), faults),
            });
        }
        let direction = direction_of(place?);
        let key = |(group, service, unit)| {
            (
                UsageKey {
                    direction,
                    group,
                    service,
                },
                unit,
            )
        };
        Some(Self {
            direction,
            terms: DirectionTerms {
                groups: bounded(groups, &cursor.member("serviceGroups"), faults),
                condition,
                window: Span::Term,
                commitment_span: Span::Term,
                in_full: false,
            },
            units: units.into_iter().map(key).collect(),
        })
    }
}

/// The place of the party whose subscribers a group is for, told by the first home network that is known, or else by the
/// first visited one.
fn home_party(entry: &Cursor<'_>, parties: &Parties<'_>) -> Option<usize> {
    // What is wrong with the entries is told when they are read as networks.
    let owner = |name: &str| {
        let codes = entry.member(name).codes(&mut Faults::default());
        codes.into_iter().find_map(|(_, code)| parties.owner(code))
    };
    owner("homeTadigs").or_else(|| owner("visitorTadigs").map(|visited| 1 - visited))
}

/// The networks of one side of a group, which must not be those of the other party than the one at `place`.
fn networks(
    cursor: &Cursor<'_>,
    place: Option<usize>,
    parties: &mut Parties<'_>,
    faults: &mut Faults,
) -> Vec<Tadig> {
    let mut seen = BTreeSet::new();
    let mut codes = Vec::new();
    for (path, code) in cursor.codes(faults) {
        if place.is_some_and(|place| !parties.claim(code, place)) {
            faults.add(path, Reason::UnknownTadig(code));
        } else if !seen.insert(code) {
            faults.add(path, Reason::Other(format!("{code} is there twice")));
        } else {
            codes.push(code);
        }
    }
    codes
}

fn condition(cursor: &Cursor<'_>, currency: Currency, faults: &mut Faults) -> Condition {
    if !cursor.is_there() {
        return Condition::Unconditional;
    }
    only(cursor, &["kind", "commitment"], faults);
    let kind = cursor.member("kind");
    let Some(text) = kind.text(faults) else {
        return Condition::Unconditional;
    };
    let contract = match folded(text).as_str() {
        "unconditional" => return Condition::Unconditional,
        "dealrevenuecommitment" => false,
        "contractrevenuecommitment" => true,
        _ => {
            let known = "Unconditional, Deal Revenue Commitment, Contract Revenue Commitment".into();
            let found = text.to_owned();
            faults.add(kind.path(), Reason::Unknown { found, known });
            return Condition::Unconditional;
        }
    };
    let agreed = cursor.member("commitment");
    only(&agreed, &["value", "currency", "includingTaxes"], faults);
    let commitment = Amount(agreed.member("value").required_number(6, faults));
    let including_tax = agreed.member("includingTaxes").yes(false, faults);
    let written = agreed.member("currency");
    if written.is_there() {
        let found = written.parsed::<Currency>(faults, Reason::Currency);
        if let Some(found) = found.filter(|found| *found != currency) {
            let reason = Reason::OtherCurrency {
                expected: currency,
                found,
            };
            faults.add(written.path(), reason);
        }
    }
    if contract {
        Condition::ContractRevenue {
            commitment,
            including_tax,
        }
    } else {
        Condition::DealRevenue {
            commitment,
            including_tax,
        }
    }
}

/// A service and how it is priced, with the unit in which it is counted.
fn line(cursor: &Cursor<'_>, committed: bool, faults: &mut Faults) -> Option<(ServiceLine, Unit)> {
    only(
        cursor,
        &["service", "includedInCommitment", "usagePricing", "accessPricing"],
        faults,
    );
    let service: Service = cursor.member("service").parsed(faults, Reason::Service)?;
    let included = cursor.member("includedInCommitment");
    if committed && !included.is_there() {
        faults.add(included.path(), Reason::Missing);
    }
    let in_commitment = included.yes(false, faults) && committed;
    let unit = counted_in(&cursor.member("usagePricing"), service, faults);
    let pricing = plan::pricing(cursor, faults)?;
    Some((line_of(service, pricing, in_commitment), unit))
}

fn line_of(service: Service, pricing: Pricing, in_commitment: bool) -> ServiceLine {
    ServiceLine {
        service,
        terms: LineTerms {
            pricing,
            in_commitment,
            tax: TaxRule::Untaxed,
        },
        increment: Increment::Exact,
        tolerance: USUAL_TOLERANCE,
        flow: Default::default(),
    }
}

/// The unit of a service's prices: its own, or megabytes for voice and video that are carried as data.
fn counted_in(pricing: &Cursor<'_>, service: Service, faults: &mut Faults) -> Unit {
    let cursor = pricing.member("unit");
    if !cursor.is_there() {
        return service.unit();
    }
    let Some(found) = cursor.parsed::<Unit>(faults, Reason::Unit) else {
        return service.unit();
    };
    let carried = matches!(service, Service::Volte | Service::Vilte) && found == Unit::Megabyte;
    if found != service.unit() && !carried {
        let reason = Reason::UnitOfService {
            service,
            expected: service.unit(),
            found,
        };
        faults.add(cursor.path(), reason);
        return service.unit();
    }
    found
}
