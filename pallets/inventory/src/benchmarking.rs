//! Benchmarks: each call in its worst case that storage allows.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::{
    billing::{months, STEPS_IN_TURN},
    store::Form,
    *,
};
use alloc::{format, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{ConstU32, Get},
    weights::WeightMeter,
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_billing::inventory::{Agreed, MonthSum, Stated, Version};
use interclear_matching::{
    BlindRecord, Day, Field, Profile, Record, RecordId, Reported, Rule, Side, Tag, Text,
};
use interclear_ports::{Clock, Obligations, Operators};
use interclear_primitives::{
    ids::{ObligationId, OperatorId},
    inventory::{Convention, InventoryLine, LineKind, MAX_BILL_CURRENCIES, MAX_HELD_MONTHS},
    money::{Currency, Value},
    netting::Issuers,
    period::Period,
    tadig::Tadig,
    DAY,
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

/// Terms of billing with as many issuers as there can be, of which the last has a token.
fn terms(relation: Relation, first: Period) -> InventoryTerms {
    let others = (0..7).map(|number| OperatorId(90_000 + number));
    let accepts = Issuers::truncate_from(others.chain([relation.seller]).collect());
    InventoryTerms {
        convention: Convention::ActualDays,
        first,
        report_days: 0,
        affirm_days: 20,
        payment_days: 30,
        late_interest_bps: 500,
        accepts: [accepts.clone(), accepts],
    }
}

/// A profile that compares what is billed.
fn billed_profile(version: u32) -> Profile {
    [
        Field::OneOff,
        Field::Currency,
        Field::End,
        Field::Since,
        Field::Status,
    ]
    .into_iter()
    .fold(profile(version), |profile, field| {
        profile.with(field, Rule::Exact)
    })
}

/// As [`signed`], with terms by which what matches bills, on the day on which [`MONTH`] can be billed.
fn bills<T: Config>(relation: Relation) {
    T::Clock::benchmark_set_now(MONTH.end().saturating_add(21 * DAY));
    T::Obligations::benchmark_issue(Currency::EUR, relation.seller);
    let terms = Some(terms(relation, MONTH));
    let profile = billed_profile(1);
    Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, profile, terms.clone()).unwrap();
    Pallet::<T>::do_sign_profile(&seller::<T>(), relation, profile, terms).unwrap();
}

/// Currencies in which a relation bills, as many as there can be.
fn currencies() -> impl Iterator<Item = Currency> {
    (0..MAX_BILL_CURRENCIES as u8).map(|number| Currency([b'B', b'A' + number, b'Z']))
}

/// Months before those of a bill, as many as it can take in.
fn earlier(month: Period) -> Vec<Period> {
    let [oldest, ..] = months(month);
    let before = core::iter::successors(Some(oldest.previous()), |month| Some(month.previous()));
    before.take(MAX_HELD_MONTHS as usize).collect()
}

/// A bill with as many lines as one can have, which neither side has affirmed.
fn bill(month: Period) -> InventoryBill {
    let lines = earlier(month).into_iter().chain(months(month)).flat_map(|month| {
        [LineKind::Recurring, LineKind::OneOff].map(|kind| InventoryLine {
            month,
            kind,
            amount: 1_000,
        })
    });
    let lines: Vec<InventoryLine> = lines.collect();
    let now = MONTH.end().saturating_add(22 * DAY);
    InventoryBill {
        net: Value::Clear(1_000 * lines.len() as i128),
        lines: BoundedVec::truncate_from(lines),
        services: 1,
        affirm_by: now,
        due: now,
        affirmed: [false; 2],
        closed: false,
        withheld: [Value::ZERO; 2],
        obligations: BoundedVec::new(),
    }
}

/// A bill that is owed, of which a part is withheld.
fn closed_bill(month: Period) -> InventoryBill {
    InventoryBill {
        affirmed: [true; 2],
        closed: true,
        withheld: [Value::Clear(100); 2],
        obligations: BoundedVec::truncate_from(alloc::vec![ObligationId(1), ObligationId(2)]),
        ..bill(month)
    }
}

/// What was stated of a month.
fn stated() -> Stated {
    Stated {
        recurring: 1_000,
        one_off: 1_000,
    }
}

/// So many services that match, with as many prices as one can have, none of which can be corrected any more. The record of the buyer was
/// billed with another one of the seller, and that of the seller with one that the buyer has given to another service since, so that what
/// stands in its place moves to the other one; and both from a later day on, so that each reaches back as if it were new.
fn renamed<T: Config>(relation: Relation, n: u32) {
    for number in 0..n {
        let (now, gone) = (record(number, number), record(n + number, n + number));
        Pallet::<T>::do_report_records(&seller::<T>(), relation, &[now]).unwrap();
        Pallet::<T>::do_report_records(&buyer::<T>(), relation, &[now]).unwrap();
        let versions = (0..16).map(|place| Version {
            from: Day(100 + place),
            bandwidth: place.into(),
            currency: Currency([b'C', b'A' + place as u8, b'Z']),
            recurring: place.into(),
        });
        let agreed = Agreed {
            currency: Currency::EUR,
            one_off: 0,
            start: Day(20_001),
            end: None,
            versions: BoundedVec::truncate_from(versions.collect()),
            through: MONTH.previous(),
        };
        let [sold, other] = [now, gone].map(|of| of.id(Side::Seller));
        for (buyer, seller) in [(now.id(Side::Buyer), other), (Pallet::<T>::nobody(sold), sold)] {
            Bought::<T>::insert(relation, buyer, seller);
            let service = AgreedService {
                buyer,
                likeness: [0; 16],
                agreed: agreed.clone(),
                held: Some(Held {
                    from: MONTH.previous(),
                    until: MONTH,
                }),
                holds: true,
            };
            AgreedServices::<T>::insert(relation, seller, service);
        }
    }
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

/// The profile of a blind relation.
fn blind_profile(version: u32) -> Profile {
    Profile {
        blind: Some(1),
        ..profile(version)
    }
    .with(Field::Recurring, Rule::Absolute(1))
}

/// A record with a tag of every field, which take more room than values: the numbers of both sides, and what differs.
fn blind_record(buyer: u32, seller: u32) -> BlindRecord {
    let tag = |number: u32| {
        let mut tag = [0xff; 16];
        tag[..4].copy_from_slice(&number.to_le_bytes());
        Some(Tag(tag))
    };
    let mut record = BlindRecord {
        tags: [tag(0); Field::COUNT],
    };
    record.tags[Field::BuyerId as usize] = tag(buyer);
    record.tags[Field::SellerId as usize] = tag(seller);
    record
}

/// The seller has one record of each of two keys, the buyer two of the first and none of the second: each of the buyer's that
/// moves from the first to the second makes a pair of both.
fn moving<T: Config, R: Form<T>>(relation: Relation, n: u32, record: fn(u32, u32) -> R) {
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
        bills::<T>(relation);
        let (next, terms) = (billed_profile(2), Some(terms(relation, MONTH)));
        // It takes the place of the other side's.
        Pallet::<T>::do_propose_profile(&seller::<T>(), relation, next, terms.clone()).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation, next, terms);
        assert!(Proposals::<T>::contains_key(relation));
    }

    #[benchmark]
    fn withdraw_profile() {
        let relation = relation::<T>();
        let terms = Some(terms(relation, MONTH));
        Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, billed_profile(1), terms).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation);
        assert!(!Proposals::<T>::contains_key(relation));
    }

    #[benchmark]
    fn sign_profile() {
        let relation = relation::<T>();
        bills::<T>(relation);
        moving::<T, _>(relation, 1, record);
        let (next, terms) = (billed_profile(2), Some(terms(relation, MONTH)));
        Pallet::<T>::do_propose_profile(&buyer::<T>(), relation, next, terms.clone()).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(seller::<T>()), relation, next, terms);
        assert!(Rematching::<T>::contains_key(relation));
    }

    #[benchmark]
    fn report_records(n: Linear<1, MAX_INVENTORY_BATCH>) {
        let relation = relation::<T>();
        signed::<T>(relation, profile(1));
        moving::<T, _>(relation, n, record);
        let moved = batch((0..n).map(|number| record(number * 2 + 1, number * 2 + 1)));
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation, moved);
        assert_eq!(States::<T>::get(relation).unwrap().counts.matched, n * 2);
    }

    #[benchmark]
    fn report_new_records(n: Linear<1, MAX_INVENTORY_BATCH>) {
        let relation = relation::<T>();
        signed::<T>(relation, billed_profile(1));
        // Each has its match at the other side.
        let records = batch((0..n).map(|number| record(number, number)));
        Pallet::<T>::do_report_records(&seller::<T>(), relation, &records).unwrap();
        #[extrinsic_call]
        report_records(RawOrigin::Signed(buyer::<T>()), relation, records);
        assert_eq!(States::<T>::get(relation).unwrap().counts.matched, n);
    }

    #[benchmark]
    fn report_blind_records(n: Linear<1, MAX_INVENTORY_BATCH>) {
        let relation = relation::<T>();
        signed::<T>(relation, blind_profile(1));
        moving::<T, _>(relation, n, blind_record);
        let moved: Vec<BlindRecord> = (0..n)
            .map(|number| blind_record(number * 2 + 1, number * 2 + 1))
            .collect();
        #[extrinsic_call]
        _(
            RawOrigin::Signed(buyer::<T>()),
            relation,
            BoundedVec::truncate_from(moved),
        );
        assert_eq!(States::<T>::get(relation).unwrap().counts.matched, n * 2);
    }

    #[benchmark]
    fn withdraw_records(n: Linear<1, MAX_INVENTORY_BATCH>) {
        let relation = relation::<T>();
        signed::<T>(relation, blind_profile(1));
        moving::<T, _>(relation, n, blind_record);
        let ids: Vec<RecordId> = (0..n)
            .map(|number| blind_record(number * 2 + 1, 0).id(Side::Buyer))
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
        signed::<T>(relation, blind_profile(1));
        moving::<T, _>(relation, n.div_ceil(4), blind_record);
        signed::<T>(relation, blind_profile(2));
        // As many turns as that takes.
        let (turn, turns) = (T::WeightInfo::rematch(0), n.div_ceil(STEPS_IN_TURN).max(1));
        let idle =
            T::WeightInfo::rematch(n).saturating_add(turn.saturating_mul(u64::from(turns).saturating_sub(1)));
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
        // New terms let so many months out that none of the bills that are kept is kept any longer.
        let kept = T::BillsKept::get() + 1;
        let mut month = MONTH;
        for _ in 0..2 * kept {
            month = month.previous();
        }
        for _ in 0..kept {
            for currency in currencies() {
                Bills::<T>::insert(relation, (month, currency), closed_bill(month));
            }
            month = month.next();
        }
        for month in months(month.previous()) {
            for currency in currencies() {
                StatedMonths::<T>::insert(relation, (currency, month), stated());
            }
        }
        LastBilled::<T>::insert(relation, month.previous());
        #[extrinsic_call]
        _(RawOrigin::Signed(buyer::<T>()), relation, MONTH);
        assert!(Runs::<T>::contains_key(relation));
        assert_eq!(Bills::<T>::iter_prefix(relation).count(), 0);
    }

    #[benchmark]
    fn affirm_bill() {
        let relation = relation::<T>();
        bills::<T>(relation);
        // What was withheld of the bill before comes again, so that it becomes two debts.
        let (before, place) = (MONTH.previous(), (MONTH, Currency::EUR));
        Bills::<T>::insert(relation, (before, Currency::EUR), closed_bill(before));
        Bills::<T>::insert(relation, place, bill(MONTH));
        Pallet::<T>::do_affirm_bill(&buyer::<T>(), relation, MONTH, Currency::EUR).unwrap();
        #[extrinsic_call]
        _(RawOrigin::Signed(seller::<T>()), relation, MONTH, Currency::EUR);
        assert_eq!(Bills::<T>::get(relation, place).unwrap().obligations.len(), 2);
    }

    #[benchmark]
    fn dispute_bill() {
        let relation = relation::<T>();
        bills::<T>(relation);
        let (before, place) = (MONTH.previous(), (MONTH, Currency::EUR));
        let earlier = InventoryBill {
            withheld: [Value::ZERO; 2],
            ..closed_bill(before)
        };
        Bills::<T>::insert(relation, (before, Currency::EUR), earlier);
        Bills::<T>::insert(relation, place, bill(MONTH));
        StatedMonths::<T>::insert(relation, (Currency::EUR, MONTH), stated());
        // The seller has affirmed it, so that the rest is owed at once.
        Pallet::<T>::do_affirm_bill(&seller::<T>(), relation, MONTH, Currency::EUR).unwrap();
        #[extrinsic_call]
        _(
            RawOrigin::Signed(buyer::<T>()),
            relation,
            MONTH,
            Currency::EUR,
            900,
            900,
        );
        assert_eq!(Bills::<T>::get(relation, place).unwrap().withheld(), 200);
    }

    #[benchmark]
    fn go_on_billing(n: Linear<0, 1_000>) {
        let relation = relation::<T>();
        bills::<T>(relation);
        renamed::<T>(relation, n);
        Pallet::<T>::do_bill_month(&buyer::<T>(), relation, MONTH).unwrap();
        // Earlier months are billed, too, so that services may follow others.
        BillingOf::<T>::insert(relation, terms(relation, Period(202_601)));
        // As many turns as that takes, each of which reads and writes the bill.
        let (turn, turns) = (T::WeightInfo::go_on_billing(0), n.div_ceil(STEPS_IN_TURN).max(1));
        let idle = T::WeightInfo::go_on_billing(n)
            .saturating_add(turn.saturating_mul(u64::from(turns).saturating_sub(1)));
        let mut meter = WeightMeter::with_limit(idle);
        #[block]
        {
            Pallet::<T>::go_on_billing(&mut meter);
        }
        assert!(meter.consumed().all_lte(idle));
        assert_eq!(Newcomers::<T>::iter_key_prefix(relation).count(), n as usize);
        // Each goes on with what was billed of the seller's record, and the other service with nobody's.
        for number in 0..n {
            let (now, gone) = (record(number, number), record(n + number, n + number));
            let [sold, other] = [now, gone].map(|of| of.id(Side::Seller));
            let bought = [
                now.id(Side::Buyer),
                Pallet::<T>::nobody(other),
                Pallet::<T>::nobody(sold),
            ];
            let found = bought.map(|of| Bought::<T>::get(relation, of));
            assert_eq!(found, [Some(sold), Some(other), None]);
        }
    }

    #[benchmark]
    fn finish_bill() {
        let relation = relation::<T>();
        bills::<T>(relation);
        let terms = terms(relation, Period(202_601));
        let mut run = Run::new(MONTH, currencies());
        for of in run.sums.iter_mut() {
            // Each month is billed anew.
            T::Obligations::benchmark_issue(of.currency, relation.seller);
            let sum = MonthSum {
                recurring: 1_000_000_000_000,
                one_off: 1_000_000_000,
            };
            of.months = [sum; 4];
            let earlier = earlier(MONTH).into_iter().map(|month| (month, sum));
            of.earlier = BoundedVec::truncate_from(earlier.collect());
            of.services = 1;
            // New terms have let so many months out that all that were stated are too old.
            for month in months(months(MONTH)[0].previous()) {
                StatedMonths::<T>::insert(relation, (of.currency, month), stated());
            }
        }
        #[block]
        {
            Pallet::<T>::finish(relation, &run, &terms);
        }
        let lines = Bills::<T>::iter_prefix_values(relation).map(|bill| bill.lines.len());
        assert_eq!(lines.collect::<Vec<_>>(), [14; 8]);
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::without_operators(), crate::mock::Test);
}
