//! Comparing what an agreement can charge with the caps in force.

use crate::{
    types::{Offer, Touched},
    Caps, Config, Error, Pallet, Regions,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::marker::PhantomData;
use frame_support::traits::Get;
use interclear_billing::caps::HighestPrices;
use interclear_primitives::{
    agreement::{Direction, MaxGroups, ServiceGroup, Terms},
    money::Currency,
    period::Period,
    rating::{convert, Price, SdrRate},
    service::Service,
    tariff::{in_force, CapExceeded, PriceCap, RegionCode, UnitPrice},
};

/// Terms, with what has been looked up for them.
struct Comparison<'a, T> {
    terms: &'a Terms,
    from: Period,
    regions: BTreeMap<RegionCode, Vec<Touched>>,
    rates: BTreeMap<Currency, Option<SdrRate>>,
    _config: PhantomData<T>,
}

impl<T: Config> Pallet<T> {
    /// The lines that can charge more than a cap in force, with the cap; see [`Pallet::caps_exceeded`].
    pub(crate) fn compare_with_caps(terms: &Terms, from: Period) -> Vec<CapExceeded> {
        let mut comparison = Comparison::<T> {
            terms,
            from,
            regions: BTreeMap::new(),
            rates: BTreeMap::new(),
            _config: PhantomData,
        };
        let mut exceeded = Vec::new();
        for (service, offers) in offers(terms) {
            for cap in Caps::<T>::get(service) {
                comparison.compare(&cap, &offers, &mut exceeded);
            }
        }
        exceeded
    }

    pub(crate) fn do_ensure_within(terms: &Terms, from: Period) -> Result<(), Error<T>> {
        let exceeded = Self::compare_with_caps(terms, from);
        if exceeded.iter().any(|one| one.limit.is_some()) {
            return Err(Error::<T>::AboveCap);
        }
        if exceeded.is_empty() {
            Ok(())
        } else {
            Err(Error::<T>::CapRateMissing)
        }
    }
}

/// What the lines can charge, by the service whose caps bind it: what is charged per IMSI-month is network access,
/// whatever the service of the line.
fn offers(terms: &Terms) -> BTreeMap<Service, Vec<Offer>> {
    let mut offers: BTreeMap<Service, Vec<Offer>> = BTreeMap::new();
    for direction in Direction::BOTH {
        for (group, line) in terms.direction(direction).lines() {
            let service = line.service;
            let HighestPrices { usage, access } = HighestPrices::of(&line.terms);
            for (capped, price) in [(service, usage), (Service::NetworkAccess, access)] {
                if let Some(price) = price.filter(|price| price.0 > 0) {
                    offers.entry(capped).or_default().push(Offer {
                        direction,
                        group,
                        service,
                        price,
                    });
                }
            }
        }
    }
    offers
}

impl<T: Config> Comparison<'_, T> {
    /// Adds the offers that exceed a cap.
    fn compare(&mut self, cap: &PriceCap, offers: &[Offer], exceeded: &mut Vec<CapExceeded>) {
        let mut found = BTreeSet::new();
        for month in self.months(cap) {
            let Some(published) = in_force(&cap.steps, month).and_then(|step| step.price) else {
                continue;
            };
            let visited = self
                .touched(&cap.visited, month)
                .map_or(0, |touched| touched.visited);
            let home = match &cap.home {
                Some(region) => self.touched(region, month).map_or(0, |touched| touched.home),
                None => u16::MAX,
            };
            let limit = self.in_currency_of_terms(published);
            for (place, offer) in offers.iter().enumerate() {
                let bound = visited & home & bit(offer.direction, offer.group) != 0;
                let within = limit.is_some_and(|limit| offer.price <= limit);
                // A month without a rate hides no later one in which the price is known to be above.
                if bound && !within && found.insert((place, limit.is_some())) {
                    exceeded.push(CapExceeded {
                        direction: offer.direction,
                        group: offer.group,
                        service: offer.service,
                        cap: cap.id,
                        name: cap.name.clone(),
                        period: month,
                        published,
                        limit,
                        offered: offer.price,
                    });
                }
            }
        }
    }

    /// The months from the first to the last one in which something about a cap changes, and the first.
    fn months(&mut self, cap: &PriceCap) -> BTreeSet<Period> {
        let mut months: BTreeSet<Period> = cap.steps.iter().map(|step| step.from).collect();
        for region in core::iter::once(&cap.visited).chain(&cap.home) {
            months.extend(self.versions(region).iter().map(|touched| touched.from));
        }
        // What renews itself has no last month.
        let last = match self.terms.renewal_months {
            0 => self.terms.last,
            _ => Period::MAX,
        };
        months.retain(|month| *month > self.from && *month <= last);
        months.insert(self.from);
        months
    }

    fn touched(&mut self, region: &RegionCode, month: Period) -> Option<Touched> {
        in_force(self.versions(region), month).copied()
    }

    /// Which groups a region touches, over time.
    fn versions(&mut self, region: &RegionCode) -> &[Touched] {
        let terms = self.terms;
        self.regions.entry(region.clone()).or_insert_with(|| {
            let versions = Regions::<T>::get(region).unwrap_or_default();
            let touched = |version: &interclear_primitives::tariff::RegionVersion| Touched {
                from: version.from,
                visited: groups_with(terms, |group| {
                    group.visited.iter().any(|tadig| version.includes(tadig))
                }),
                home: groups_with(terms, |group| {
                    group.home.iter().any(|tadig| version.includes(tadig))
                }),
            };
            versions.iter().map(touched).collect()
        })
    }

    /// A published price in the agreement's currency, by the rates of the first month, rounded half to even.
    fn in_currency_of_terms(&mut self, published: UnitPrice) -> Option<Price> {
        if published.currency == self.terms.currency {
            return Some(published.price);
        }
        let (from, to) = (self.rate(published.currency)?, self.rate(self.terms.currency)?);
        // Prices and rates are bounded, so that every one can be converted.
        convert(published.price.0, from, to).ok().map(Price)
    }

    fn rate(&mut self, currency: Currency) -> Option<SdrRate> {
        let month = self.from;
        *self
            .rates
            .entry(currency)
            .or_insert_with(|| Pallet::<T>::rate_or_newest(currency, month))
    }
}

/// The groups of both directions for which something holds.
fn groups_with(terms: &Terms, holds: impl Fn(&ServiceGroup) -> bool) -> u16 {
    Direction::BOTH
        .into_iter()
        .flat_map(|direction| {
            let groups = terms.direction(direction).groups.iter().zip(0u8..);
            groups.map(move |(group, number)| (direction, group, number))
        })
        .filter(|(_, group, _)| holds(group))
        .fold(0, |bits, (direction, _, number)| bits | bit(direction, number))
}

/// The bit of a group: 8 groups in each of two directions.
fn bit(direction: Direction, group: u8) -> u16 {
    let first = match direction {
        Direction::FirstHome => 0,
        Direction::SecondHome => <MaxGroups as Get<u32>>::get(),
    };
    1u16.checked_shl(first.saturating_add(group.into()))
        .unwrap_or_default()
}
