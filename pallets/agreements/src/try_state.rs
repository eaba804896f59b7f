//! What holds of the stored records after every call and every block.

use crate::{
    calls::AgreementFor, Agreements, AgreementsOf, Config, Deadlines, NextAgreementId, NextSlot, Outline,
    Outlines, Pallet, Proposals, Routes, TermsOf, DEADLINE_SLOT,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use frame_support::ensure;
use interclear_ports::{Clock, Periods};
use interclear_primitives::{
    agreement::{AgreementStatus, Direction},
    ids::AgreementId,
    period::Period,
    span::Months,
    tadig::Tadig,
    Moment,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Checks every record.
    ///
    /// # Errors
    /// The first sentence that does not hold.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut versions = BTreeSet::new();
        let mut agreements = 0usize;
        let mut proposals = BTreeMap::<_, u32>::new();
        for (id, agreement) in Agreements::<T>::iter() {
            if agreement.versions.is_empty() {
                let [by, to] = agreement.parties;
                let open = proposals.entry((by, to)).or_default();
                *open = open.saturating_add(1);
            }
            ensure!(
                id < NextAgreementId::<T>::get(),
                "an agreement has an id that was not given out"
            );
            agreements = agreements.saturating_add(1);
            Self::check_record(id, &agreement)?;
            let offered = agreement.offer.iter().map(|offer| offer.version);
            let in_force = agreement.versions.iter().map(|entry| entry.version);
            for version in offered.chain(in_force) {
                ensure!(
                    versions.insert((id, version)),
                    "a version is offered or in force twice"
                );
                ensure!(
                    version <= agreement.latest,
                    "a version has a number that was not given out"
                );
                let terms = TermsOf::<T>::get(id, version).ok_or("a version has no terms")?;
                let outline = Outlines::<T>::get(id, version).ok_or("a version has no outline")?;
                ensure!(
                    outline == Outline::of(&terms),
                    "an outline differs from its terms"
                );
            }
            Self::check_routed(id, &agreement)?;
        }
        ensure!(
            TermsOf::<T>::iter_keys().count() == versions.len(),
            "terms are kept of a version that has gone"
        );
        ensure!(
            Outlines::<T>::iter_keys().count() == versions.len(),
            "an outline is kept of a version that has gone"
        );
        let counted = Proposals::<T>::iter().map(|(by, to, open)| ((by, to), open));
        ensure!(
            counted.collect::<BTreeMap<_, _>>() == proposals,
            "open proposals are miscounted"
        );
        let places = AgreementsOf::<T>::iter_keys().count();
        ensure!(
            places == agreements.saturating_mul(2),
            "an agreement has two places among its parties' agreements"
        );
        Self::check_routes()
    }

    fn check_record(id: AgreementId, agreement: &AgreementFor<T>) -> Result<(), TryRuntimeError> {
        let [first, second] = agreement.parties;
        ensure!(first != second, "a party agrees with itself");
        for party in agreement.parties {
            ensure!(
                AgreementsOf::<T>::contains_key(party, id),
                "an agreement is missing at its party"
            );
        }
        let (offer, in_force) = (agreement.offer.as_ref(), !agreement.versions.is_empty());
        let consistent = match agreement.status {
            AgreementStatus::Proposed | AgreementStatus::Countered => offer.is_some() && !in_force,
            AgreementStatus::Abandoned => false,
            AgreementStatus::Active => in_force,
            AgreementStatus::Terminated | AgreementStatus::Expired => offer.is_none() && in_force,
        };
        ensure!(consistent, "offer, versions and status contradict each other");
        let mut months = agreement.versions.iter().zip(agreement.versions.iter().skip(1));
        ensure!(
            months.all(|(a, b)| a.from < b.from),
            "versions are not in the order of their months"
        );
        ensure!(
            agreement
                .versions
                .iter()
                .all(|entry| entry.from <= agreement.end()),
            "a version begins after the end"
        );

        if agreement.status == AgreementStatus::Active && agreement.renewal_months == 0 {
            ensure!(
                Self::is_watched(id, agreement.last.end()),
                "nobody watches the end of a term"
            );
        }
        let Some(offer) = offer else { return Ok(()) };
        ensure!(Self::is_watched(id, offer.expires), "nobody watches an offer");
        ensure!(
            agreement.parties.contains(&offer.by),
            "a stranger has made an offer"
        );
        let terms = TermsOf::<T>::get(id, offer.version).ok_or("an offer has no terms")?;
        ensure!(
            offer.digest == terms.digest(),
            "an offer's digest is not that of its terms"
        );
        let needed = usize::from(Self::signatures_needed(id, agreement, offer.version)?);
        let desks: Vec<_> = offer.signatures.iter().flatten().collect();
        let repeated = desks
            .iter()
            .enumerate()
            .any(|(place, desk)| desks.iter().skip(place.saturating_add(1)).any(|d| d == desk));
        ensure!(!repeated, "a desk has signed twice");
        ensure!(
            offer.signatures.iter().all(|desks| desks.len() <= needed),
            "a party has signed too often"
        );
        ensure!(
            offer.signatures.iter().any(|desks| desks.len() < needed),
            "a signed version is still on the table"
        );
        Ok(())
    }

    fn is_watched(id: AgreementId, moment: Moment) -> bool {
        Deadlines::<T>::contains_key(moment.div_ceil(DEADLINE_SLOT), id)
    }

    /// Every pair of every version is routed in the months that are not closed.
    fn check_routed(id: AgreementId, agreement: &AgreementFor<T>) -> Result<(), TryRuntimeError> {
        for entry in &agreement.versions {
            let Some(Months { last: until, .. }) = agreement.months_of(entry.version) else {
                continue;
            };
            let terms = TermsOf::<T>::get(id, entry.version).ok_or("a version has no terms")?;
            let current = Period::containing(T::Clock::now());
            let over = until < current && T::Periods::last_closed(id).is_some_and(|closed| until <= closed);
            for direction in Direction::BOTH {
                for (group, visited, home) in terms.direction(direction).pairs() {
                    let routed = Routes::<T>::get((visited, home)).iter().any(|route| {
                        (route.agreement, route.version) == (id, entry.version)
                            && (route.direction, route.group) == (direction, group)
                    });
                    ensure!(
                        routed || over,
                        "a version in force does not route a pair of its networks"
                    );
                }
            }
        }
        Ok(())
    }

    /// No pair of networks has two routes in a month, and deadlines wait only for slots not yet swept.
    fn check_routes() -> Result<(), TryRuntimeError> {
        for (pair, entries) in Routes::<T>::iter() {
            let months: Vec<_> = entries
                .iter()
                .filter_map(|entry| Agreements::<T>::get(entry.agreement)?.months_of(entry.version))
                .collect();
            let overlaps = |entry: &Months, rest: &[Months]| {
                rest.iter()
                    .any(|other| other.first <= entry.last && entry.first <= other.last)
            };
            let twice = months.iter().enumerate().any(|(place, entry)| {
                overlaps(entry, months.get(place.saturating_add(1)..).unwrap_or_default())
            });
            ensure!(!twice, "a pair of networks has two routes in one month");
            Self::check_resolution(pair, &months)?;
        }
        let next = NextSlot::<T>::get();
        let waiting = Deadlines::<T>::iter_keys().all(|(slot, _)| next.is_some_and(|next| slot >= next));
        ensure!(waiting, "a deadline waits in a slot that was swept");
        Ok(())
    }

    /// A pair resolves at the borders of its entries' months exactly as the entries say.
    fn check_resolution((visited, home): (Tadig, Tadig), months: &[Months]) -> Result<(), TryRuntimeError> {
        let covered = |period: Period| months.iter().any(|months| months.includes(period));
        for border in months
            .iter()
            .flat_map(|Months { first, last }| [first.previous(), *first, *last, last.next()])
        {
            let routed = Self::route_in(&visited, &home, border).is_some();
            ensure!(
                routed == covered(border),
                "a pair of networks does not resolve as its routes say"
            );
        }
        Ok(())
    }
}
