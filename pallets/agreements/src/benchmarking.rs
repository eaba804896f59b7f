//! Benchmarks of the calls, each in its worst case.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use super::*;
use crate::Pallet as Deals;
use alloc::{boxed::Box, vec::Vec};
use frame_benchmarking::{account, v2::*, BenchmarkError};
use frame_support::{traits::Get, BoundedVec};
use frame_system::RawOrigin;
use interclear_ports::{Agreements as _, Caps, Clock, Exposures, Operators};
use interclear_primitives::{
    agreement::{
        Agreement, AgreementStatus, InForce, Offer, ServiceGroup, ServiceLine, Terms, MAX_AGREEMENT_LINES,
    },
    ids::{AgreementId, OperatorId},
    money::Currency,
    period::Period,
    samples,
    service::Service,
    tadig::Tadig,
};

/// Networks of a group on each side, at most.
const SIDE: u32 = 32;
/// Groups of the first direction, at most.
const GROUPS: u32 = 8;

fn tadig(side: u8, number: u32) -> Tadig {
    let digit = |value: u32| b'0'.saturating_add((value % 10) as u8);
    Tadig([side, b'B', digit(number / 100), digit(number / 10), digit(number)])
}

/// Two operators with as many networks as the largest terms name, and their desks.
fn parties<T: Config>() -> ([OperatorId; 2], [T::AccountId; 2]) {
    let desks: [T::AccountId; 2] = [account("first", 0, 0), account("second", 0, 0)];
    let [first, second] = &desks;
    let parties = [
        T::Operators::benchmark_admit(first.clone(), tadig(b'F', 0)),
        T::Operators::benchmark_admit(second.clone(), tadig(b'S', 0)),
    ];
    let [first, second] = parties;
    for number in 1..SIDE.saturating_add(GROUPS) {
        T::Operators::benchmark_add_tadig(first, tadig(b'F', number));
        T::Operators::benchmark_add_tadig(second, tadig(b'S', number));
    }
    (parties, desks)
}

fn bounded<V, S: Get<u32>>(values: Vec<V>) -> BoundedVec<V, S> {
    BoundedVec::truncate_from(values)
}

/// How many home and visited networks make about `pairs` pairs, never more.
fn square(pairs: u32) -> (u32, u32) {
    (pairs.clamp(1, SIDE), (pairs / SIDE).clamp(1, SIDE))
}

fn group(home: Vec<Tadig>, visited: Vec<Tadig>, lines: Vec<ServiceLine>) -> ServiceGroup {
    ServiceGroup {
        home: bounded(home),
        visited: bounded(visited),
        lines: bounded(lines),
    }
}

/// Terms of about `p` pairs of networks (at least 16), never more, and of `l` lines or one less (at least 2), from this month on
/// for as long as is allowed. Each group has its mirror in the other direction, as balanced prices ask for. One group of each
/// direction holds the pairs; in each other one only the first party's network is its own.
fn terms<T: Config>(p: u32, l: u32) -> Terms {
    let each = (l / 2).max(1);
    let per_group = each.div_ceil(GROUPS).max(1);
    let groups = each.div_ceil(per_group);
    let (homes, visits) = square((p / 2).saturating_sub(groups - 1));
    let networks = |side: u8, count: u32| (0..count).map(|n| tadig(side, n)).collect::<Vec<_>>();
    let mut directions: [Vec<ServiceGroup>; 2] = Default::default();
    for number in 0..groups {
        let count = per_group.min(each - number * per_group) as usize;
        let lines = || {
            Service::ALL
                .iter()
                .take(count)
                .map(|service| samples::largest_line(*service))
                .collect::<Vec<_>>()
        };
        let (first, second) = if number == 0 {
            (networks(b'F', homes), networks(b'S', visits))
        } else {
            let own = tadig(b'F', SIDE.saturating_add(number));
            ([own].to_vec(), networks(b'S', 1))
        };
        directions[0].push(group(first.clone(), second.clone(), lines()));
        directions[1].push(group(second, first, lines()));
    }
    let first = Period::containing(T::Clock::now());
    Terms::usual(
        first,
        later(first, T::MaxTermMonths::get().saturating_sub(1)),
        Currency::EUR,
        directions.map(samples::direction),
    )
}

fn later(period: Period, months: u32) -> Period {
    (0..months).fold(period, |period, _| period.next())
}

fn offered<T: Config>(id: AgreementId) -> Result<Offer<T::AccountId>, BenchmarkError> {
    let offer = Agreements::<T>::get(id).and_then(|agreement| agreement.offer);
    offer.ok_or(BenchmarkError::Stop("no offer is on the table"))
}

fn newest<T: Config>() -> AgreementId {
    AgreementId(NextAgreementId::<T>::get().0.saturating_sub(1))
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn propose(
        p: Linear<16, { T::MaxPairs::get() }>,
        l: Linear<2, MAX_AGREEMENT_LINES>,
    ) -> Result<(), BenchmarkError> {
        let ([first, second], [desk, _]) = parties::<T>();
        let terms = terms::<T>(p, l);
        T::Caps::benchmark_fill(&terms);
        T::Exposures::benchmark_fill(first, second);

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), second, Box::new(terms));

        assert_eq!(offered::<T>(newest::<T>())?.version, 1);
        Ok(())
    }

    #[benchmark]
    fn counter(
        p: Linear<16, { T::MaxPairs::get() }>,
        l: Linear<2, MAX_AGREEMENT_LINES>,
    ) -> Result<(), BenchmarkError> {
        let (parties, [first, second]) = parties::<T>();
        let terms = terms::<T>(p, l);
        T::Caps::benchmark_fill(&terms);
        let id = Deals::<T>::benchmark_activate(parties, terms.clone());
        Deals::<T>::do_amend(&first, id, terms.first, terms.clone())?;

        #[extrinsic_call]
        _(RawOrigin::Signed(second), id, 2, Box::new(terms));

        assert_eq!(offered::<T>(id)?.version, 3);
        Ok(())
    }

    #[benchmark]
    fn sign() -> Result<(), BenchmarkError> {
        let (parties, [desk, _]) = parties::<T>();
        let terms = terms::<T>(16, MAX_AGREEMENT_LINES);
        T::Caps::benchmark_fill(&terms);
        let id = Deals::<T>::benchmark_activate(parties, terms.clone());
        Deals::<T>::do_amend(&desk, id, terms.first, terms)?;
        let digest = offered::<T>(id)?.digest;

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), id, 2, digest);

        assert!(offered::<T>(id)?.signatures.iter().any(|desks| !desks.is_empty()));
        Ok(())
    }

    /// The last signature under an amendment from the first month on, whose usage is looked up for every month.
    #[benchmark]
    fn activate(
        p: Linear<16, { T::MaxPairs::get() }>,
        l: Linear<2, MAX_AGREEMENT_LINES>,
    ) -> Result<(), BenchmarkError> {
        let (parties, [first, second]) = parties::<T>();
        let terms = terms::<T>(p, l);
        T::Caps::benchmark_fill(&terms);
        let id = Deals::<T>::benchmark_activate(parties, terms.clone());
        Deals::<T>::do_amend(&first, id, terms.first, terms)?;
        let digest = offered::<T>(id)?.digest;
        Deals::<T>::do_sign(&first, id, 2, digest)?;

        #[extrinsic_call]
        sign(RawOrigin::Signed(second), id, 2, digest);

        assert!(offered::<T>(id).is_err());
        Ok(())
    }

    /// Terms to which both have consented otherwise, all of which are new.
    #[benchmark]
    fn conclude(
        p: Linear<16, { T::MaxPairs::get() }>,
        l: Linear<2, MAX_AGREEMENT_LINES>,
    ) -> Result<(), BenchmarkError> {
        let (parties, _) = parties::<T>();
        let terms = terms::<T>(p, l);
        T::Caps::benchmark_fill(&terms);
        let [first, second] = parties;
        T::Exposures::benchmark_fill(first, second);

        let concluded;

        #[block]
        {
            concluded = Deals::<T>::do_conclude(parties, terms);
        }

        assert!(concluded.is_ok());
        Ok(())
    }

    #[benchmark]
    fn withdraw() -> Result<(), BenchmarkError> {
        let ([_, second], [desk, _]) = parties::<T>();
        Deals::<T>::do_propose(&desk, second, terms::<T>(16, MAX_AGREEMENT_LINES))?;
        let id = newest::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), id);

        assert!(offered::<T>(id).is_err());
        Ok(())
    }

    #[benchmark]
    fn reject() -> Result<(), BenchmarkError> {
        let ([_, second], [desk, other]) = parties::<T>();
        Deals::<T>::do_propose(&desk, second, terms::<T>(16, MAX_AGREEMENT_LINES))?;
        let id = newest::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(other), id);

        assert!(offered::<T>(id).is_err());
        Ok(())
    }

    #[benchmark]
    fn amend(
        p: Linear<16, { T::MaxPairs::get() }>,
        l: Linear<2, MAX_AGREEMENT_LINES>,
    ) -> Result<(), BenchmarkError> {
        let (parties, [desk, _]) = parties::<T>();
        let terms = terms::<T>(p, l);
        T::Caps::benchmark_fill(&terms);
        let id = Deals::<T>::benchmark_activate(parties, terms.clone());

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), id, terms.first, Box::new(terms));

        assert_eq!(offered::<T>(id)?.version, 2);
        Ok(())
    }

    /// Every version but the first begins after the new last month and goes, and an amendment with them.
    #[benchmark]
    fn terminate() -> Result<(), BenchmarkError> {
        let (parties, [desk, _]) = parties::<T>();
        let terms = terms::<T>(16, MAX_AGREEMENT_LINES);
        let id = Deals::<T>::benchmark_activate(parties, terms.clone());
        Deals::<T>::do_amend(&desk, id, terms.first, terms.clone())?;
        let last = later(terms.first, T::TerminationNoticeMonths::get());
        Agreements::<T>::mutate(id, |agreement| {
            let Some(agreement) = agreement else { return };
            let mut from = last;
            for version in 3..34 {
                from = from.next();
                if agreement
                    .versions
                    .try_push(InForce {
                        from,
                        version,
                        carries: Default::default(),
                    })
                    .is_ok()
                {
                    Outlines::<T>::insert(id, version, Outline::of(&terms));
                    TermsOf::<T>::insert(id, version, terms.clone());
                }
            }
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(desk), id, last);

        assert_eq!(
            Agreements::<T>::get(id).map(|agreement| agreement.versions.len()),
            Some(1)
        );
        Ok(())
    }

    #[benchmark]
    fn sweep_base() {
        NextSlot::<T>::put(u64::MAX);

        #[block]
        {
            Deals::<T>::sweep(T::WeightInfo::sweep_base());
        }

        assert_eq!(NextSlot::<T>::get(), Some(u64::MAX));
    }

    #[benchmark]
    fn sweep_agreement() -> Result<(), BenchmarkError> {
        let ([first, second], _) = parties::<T>();
        let terms = terms::<T>(16, MAX_AGREEMENT_LINES);
        let id = AgreementId(0);
        let offer = Offer {
            version: 1,
            by: first,
            from: terms.first,
            digest: terms.digest(),
            expires: T::Clock::now(),
            signatures: Default::default(),
        };
        let agreement = Agreement {
            parties: [first, second],
            status: AgreementStatus::Proposed,
            latest: 1,
            offer: Some(offer),
            versions: Default::default(),
            last: terms.last,
            renewal_months: 0,
        };
        Outlines::<T>::insert(id, 1, Outline::of(&terms));
        TermsOf::<T>::insert(id, 1, terms);
        Agreements::<T>::insert(id, agreement);
        for party in [first, second] {
            AgreementsOf::<T>::insert(party, id, ());
        }
        Proposals::<T>::insert(first, second, 2);
        let slot = T::Clock::now() / DEADLINE_SLOT;
        Deadlines::<T>::insert(slot, id, ());
        NextSlot::<T>::put(slot);

        #[block]
        {
            Deals::<T>::sweep(T::WeightInfo::sweep_base().saturating_add(T::WeightInfo::sweep_agreement()));
        }

        assert!(!Agreements::<T>::contains_key(id));
        Ok(())
    }

    impl_benchmark_test_suite!(Deals, crate::mock::without_operators(), crate::mock::Test,);
}
