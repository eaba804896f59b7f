use crate::{mock::*, Error, Event, Sizes};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use interclear_matching::{Class, Counts, Day, Record, RecordId, Side};
use interclear_ports::mocks::MockOperators;
use interclear_primitives::ids::OperatorId;

#[test]
fn report_records_should_be_refused_when_the_caller_may_not() {
    ExtBuilder::build_and_execute(|| {
        assert_noop!(report(BUYER, &[]), Error::<Test>::ProfileNotFound);
        signed();
        assert_noop!(report(THIRD, &[]), Error::<Test>::NotAParty);
        for wrong in [STRANGER, BUYER + 1] {
            assert!(report(wrong, &[record("B1", "S1", 100)]).is_err());
        }
        MockOperators::suspend(OperatorId(1));
        assert!(report(BUYER, &[record("B1", "S1", 100)]).is_err());
        assert_eq!(counts(), Counts::default());
    });
}

#[test]
fn records_should_be_matched_at_once_when_both_sides_report_them() {
    ExtBuilder::build_and_execute(|| {
        signed();
        events();
        assert_ok!(report(
            BUYER,
            &[
                record("B1", "S1", 100),
                record("B2", "S2", 100),
                record("B3", "S3", 100)
            ]
        ));
        assert_eq!(
            counts(),
            Counts {
                only_at_buyer: 3,
                ..Counts::default()
            }
        );
        assert_ok!(report(
            SELLER,
            &[
                record("", "S1", 100),
                record("", "S2", 200),
                record("", "S4", 100)
            ]
        ));
        let expected = Counts {
            matched: 1,
            partial: 1,
            only_at_buyer: 1,
            only_at_seller: 1,
            ..Counts::default()
        };
        assert_eq!(counts(), expected);
        let reported = |side, added, changed| Event::RecordsReported {
            relation: relation(),
            side,
            added,
            changed,
        };
        assert_eq!(
            events(),
            [reported(Side::Buyer, 3, 0), reported(Side::Seller, 3, 0)]
        );
        // Again: nothing happens. Corrected: one changes.
        assert_ok!(report(SELLER, &[record("", "S1", 100), record("", "S2", 200)]));
        assert_eq!(events(), []);
        assert_ok!(report(SELLER, &[record("", "S1", 100), record("", "S2", 100)]));
        assert_eq!(events(), [reported(Side::Seller, 0, 1)]);
        assert_eq!(counts().matched, 2);
        let listed = Inventory::inventory_records(relation(), None);
        assert_eq!(listed.len(), 6);
        assert!(listed
            .iter()
            .any(|(side, _, class)| *class == Class::Only { at: *side }));
        let behind = Some((listed[3].0, listed[3].1.id(listed[3].0)));
        assert_eq!(Inventory::inventory_records(relation(), behind), listed[4..]);
        let plain: Vec<_> = listed.iter().map(|(side, record, _)| (*side, *record)).collect();
        assert_eq!(Inventory::reported_records(relation(), None), plain);
        assert_eq!(Inventory::reported_records(relation(), behind), plain[4..]);
    });
}

#[test]
fn a_side_should_write_its_own_records_only() {
    ExtBuilder::build_and_execute(|| {
        signed();
        assert_ok!(report(BUYER, &[record("B1", "S1", 100)]));
        // Under the same ids the seller writes a record of its own side.
        assert_ok!(report(SELLER, &[record("B1", "S1", 900)]));
        assert_eq!(
            [Side::Buyer, Side::Seller].map(|side| Sizes::<Test>::get((relation(), side))),
            [1, 1]
        );
        let prices: Vec<u64> = Inventory::inventory_records(relation(), None)
            .into_iter()
            .map(|(_, record, _)| record.recurring)
            .collect();
        assert_eq!(prices, [100, 900]);
    });
}

#[test]
fn batch_should_be_refused_with_the_reason_and_change_nothing_when_one_record_is_malformed() {
    ExtBuilder::build_and_execute(|| {
        signed();
        let good = record("B1", "S1", 100);
        let mut early = good;
        early.end = Some(Day(19_999));
        let mut huge = good;
        huge.recurring = u64::MAX;
        for (bad, reason) in [
            (record("", "S1", 100), Error::<Test>::RecordFieldMissing),
            (record("b-2", "S1", 100), Error::<Test>::RecordNotNormal),
            (huge, Error::<Test>::MaxFigureExceeded),
            (early, Error::<Test>::RecordDaysNotAscending),
        ] {
            assert_noop!(report(BUYER, &[good, bad]), reason);
        }
        let most = <Test as crate::Config>::MaxRecords::get() as usize;
        let many: Vec<_> = (0..=most)
            .map(|number| record(&format!("B{number}"), "S1", 100))
            .collect();
        for batch in many[..most - 10].chunks(20) {
            assert_ok!(report(BUYER, batch));
        }
        assert_noop!(
            report(BUYER, &many[most - 10..]),
            Error::<Test>::MaxRecordsExceeded
        );
        assert_ok!(report(BUYER, &many[most - 10..most]));
    });
}

#[test]
fn record_should_count_once_when_it_comes_twice_in_a_batch() {
    ExtBuilder::build_and_execute(|| {
        signed();
        events();
        assert_ok!(report(
            BUYER,
            &[
                record("B1", "S1", 100),
                record("B1", "S1", 200),
                record("B2", "S2", 100)
            ]
        ));
        let reported = Event::RecordsReported {
            relation: relation(),
            side: Side::Buyer,
            added: 2,
            changed: 1,
        };
        assert_eq!(events(), [reported]);
        assert_eq!(Sizes::<Test>::get((relation(), Side::Buyer)), 2);
        assert_eq!(counts().only_at_buyer, 2);
        let twice = BoundedVec::truncate_from(vec![RecordId::of(b"B1"); 2]);
        assert_ok!(Inventory::withdraw_records(origin(BUYER), relation(), twice));
        assert_eq!(Sizes::<Test>::get((relation(), Side::Buyer)), 1);
        assert_eq!(counts().only_at_buyer, 1);
    });
}

#[test]
fn report_should_give_weight_back_when_no_record_has_changed() {
    ExtBuilder::build_and_execute(|| {
        use crate::WeightInfo;
        signed();
        let weighed = |records: &[Record]| {
            let records = BoundedVec::truncate_from(records.to_vec());
            let reported = Inventory::report_records(origin(BUYER), relation(), records);
            reported.unwrap().actual_weight
        };
        let (less, most) = (
            <() as WeightInfo>::report_new_records,
            <() as WeightInfo>::report_records,
        );
        // Of two records what was measured of a call's beginning may outweigh what they save.
        assert!(less(256).ref_time() < most(256).ref_time());
        let less = less(2);
        let records = [record("B1", "S1", 100), record("B2", "S2", 100)];
        assert_eq!(weighed(&records), Some(less));
        assert_eq!(weighed(&records), Some(less), "nothing is new, either");
        assert_eq!(weighed(&[record("B3", "S3", 100), record("B2", "S9", 100)]), None);
    });
}
