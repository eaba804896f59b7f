//! Benchmarks: each call in its worst case that storage allows.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use alloc::{format, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{traits::ConstU32, weights::WeightMeter, BoundedVec};
use frame_system::RawOrigin;
use interclear_matching::{Day, Field, Profile, Record, RecordId, Rule, Side, Text};
use interclear_ports::{Clock, Obligations, Operators};
use interclear_primitives::{
    inventory::Convention, money::Currency, netting::Issuers, period::Period, tadig::Tadig, DAY,
};

fn buyer<T: Config>() -> T::AccountId {
    account("buyer", 0, 0)
}

fn seller<T: Config>() -> T::AccountId {
    account("seller", 0, 0)
}

fn profile(version: u32) -> Profile {
    Profile {
        version,
        partial_up_to: 2,
        ..Profile::default()
    }
    .with(Field::SellerId, Rule::Key)
    .with(Field::Recurring, Rule::Percent(1_000))
    .with(Field::Start, Rule::Days(2))
}

/// Two operators, and their relation.
fn relation<T: Config>() -> Relation {
    Relation {
        buyer: T::Operators::benchmark_admit(buyer::<T>(), Tadig(*b"BENBU")),
        seller: T::Operators::benchmark_admit(seller::<T>(), Tadig(*b"BENSE")),
        class: Text::new(b"BENCHMARKCLASS16").unwrap(),
    }
}

fn signed<T: Config>(relation: Relation, profile: Profile) {
    Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, profile, None).unwrap();
    Pallet::<T>::do_sign_profile(&seller::<T>(), relation, profile, None).unwrap();
}

/// The month that is billed.
const MONTH: Period = Period(202_610);

/// As [`signed`], with terms by which what matches bills.
fn bills<T: Config>(relation: Relation) {
    T::Obligations::benchmark_issue(Currency::EUR, relation.seller);
    let accepts: Issuers = alloc::vec![relation.seller].try_into().unwrap();
    let terms = InventoryTerms {
        convention: Convention::ActualDays,
        first: MONTH,
        report_days: 0,
        affirm_days: 20,
        payment_days: 30,
        late_interest_bps: 500,
        accepts: [accepts.clone(), accepts],
    };
    let profile = [
        Field::OneOff,
        Field::Currency,
        Field::End,
        Field::Since,
        Field::Status,
    ]
    .into_iter()
    .fold(profile(1), |profile, field| profile.with(field, Rule::Exact));
    Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, profile, Some(terms.clone())).unwrap();
    Pallet::<T>::do_sign_profile(&seller::<T>(), relation, profile, Some(terms)).unwrap();
}

/// A record with all texts at their full length.
fn record(buyer: u32, seller: u32) -> Record {
    Record {
        buyer_id: Text::new(format!("{buyer:0>32}").as_bytes()).unwrap(),
        seller_id: Text::new(format!("{seller:0>32}").as_bytes()).unwrap(),
        order: Text::new(&[b'9'; 20]).unwrap(),
        a_end: Text::new(b"DEFRANKFURT000000001").unwrap(),
        z_end: Text::new(b"FRPARIS0000000000002").unwrap(),
        product: Text::new(&[b'P'; 24]).unwrap(),
        account: Text::new(&[b'A'; 16]).unwrap(),
        recurring: 1_000_000,
        currency: *b"EUR",
        start: Day(20_000),
        since: Day(20_000),
        ..Record::default()
    }
}

fn batch(records: impl Iterator<Item = Record>) -> BoundedVec<Record, ConstU32<MAX_INVENTORY_BATCH>> {
    BoundedVec::truncate_from(records.collect::<Vec<_>>())
}

/// The seller has one record of each of two keys, the buyer two of the first and none of the second: each of the buyer's that
/// moves from the first to the second makes a pair of both.
fn moving<T: Config>(relation: Relation, n: u32) {
    for number in 0..n {
        let (left, joined) = (number * 2, number * 2 + 1);
        let sold = [record(left, left), record(joined, joined)];
        Pallet::<T>::do_report_records(&seller::<T>(), relation, &sold).unwrap();
        let bought = [record(left, left), record(joined, left)];
        Pallet::<T>::do_report_records(&buyer::<T>(), relation, &bought).unwrap();
    }
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn propose_profile() {
        let relation = relation::<T>();
        signed::<T>(relation, profile(1));
        // It takes the place of the other side's.
        Pallet::<T>::do_propose_profile(&seller::<T>(), relation, profile(2), None).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation, profile(2), None);
        assert!(Proposals::<T>::contains_key(relation));
    }

    #[benchmark]
    fn withdraw_profile() {
        let relation = relation::<T>();
        Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, profile(1), None).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation);
        assert!(!Proposals::<T>::contains_key(relation));
    }

    #[benchmark]
    fn sign_profile() {
        let relation = relation::<T>();
        signed::<T>(relation, profile(1));
        moving::<T>(relation, 1);
        Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, profile(2), None).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(seller::<T>()), relation, profile(2), None);
        assert!(Rematching::<T>::contains_key(relation));
    }

    #[benchmark]
    fn report_records(n: Linear<1, MAX_INVENTORY_BATCH>) {
        let relation = relation::<T>();
        signed::<T>(relation, profile(1));
        moving::<T>(relation, n);
        let moved = batch((0..n).map(|number| record(number * 2 + 1, number * 2 + 1)));
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation, moved);
        assert_eq!(States::<T>::get(relation).unwrap().counts.matched, n * 2);
    }

    #[benchmark]
    fn withdraw_records(n: Linear<1, MAX_INVENTORY_BATCH>) {
        let relation = relation::<T>();
        signed::<T>(relation, profile(1));
        moving::<T>(relation, n);
        let ids: Vec<RecordId> = (0..n)
            .map(|number| record(number * 2 + 1, 0).id(Side::Buyer))
            .collect();
        #[extrinsic_call]
        _(
            RawOrigin::Signed(buyer::<T>()),
            relation,
            BoundedVec::truncate_from(ids),
        );
        assert_eq!(States::<T>::get(relation).unwrap().counts.matched, n);
    }

    #[benchmark]
    fn rematch(n: Linear<0, 1_000>) {
        let relation = relation::<T>();
        signed::<T>(relation, profile(1));
        moving::<T>(relation, n.div_ceil(4));
        signed::<T>(relation, profile(2));
        let idle = T::WeightInfo::rematch(n);
        let mut meter = WeightMeter::with_limit(idle);
        #[block]
        {
            Pallet::<T>::go_on_rematching(&mut meter);
        }
        assert!(meter.consumed().all_lte(idle));
    }

    #[benchmark]
    fn bill_month() {
        let relation = relation::<T>();
        bills::<T>(relation);
        T::Clock::benchmark_set_now(MONTH.end().saturating_add(21 * DAY));
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation, MONTH);
        assert!(Runs::<T>::contains_key(relation));
    }

    #[benchmark]
    fn affirm_bill() {
        let relation = relation::<T>();
        bills::<T>(relation);
        moving::<T>(relation, 1);
        T::Clock::benchmark_set_now(MONTH.end().saturating_add(21 * DAY));
        Pallet::<T>::do_bill_month(&buyer::<T>(), relation, MONTH).unwrap();
        Pallet::<T>::go_on_billing(&mut WeightMeter::new());
        Pallet::<T>::do_affirm_bill(&buyer::<T>(), relation, MONTH, Currency::EUR).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(seller::<T>()), relation, MONTH, Currency::EUR);
        assert!(Bills::<T>::get(relation, (MONTH, Currency::EUR)).unwrap().closed);
    }

    #[benchmark]
    fn go_on_billing(n: Linear<0, 1_000>) {
        let relation = relation::<T>();
        bills::<T>(relation);
        moving::<T>(relation, n.div_ceil(2));
        T::Clock::benchmark_set_now(MONTH.end().saturating_add(21 * DAY));
        Pallet::<T>::do_bill_month(&buyer::<T>(), relation, MONTH).unwrap();
        let idle = T::WeightInfo::go_on_billing(n);
        let mut meter = WeightMeter::with_limit(idle);
        #[block]
        {
            Pallet::<T>::go_on_billing(&mut meter);
        }
        assert!(meter.consumed().all_lte(idle));
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::without_operators(), crate::mock::Test);
}
