use crate::{mock::*, Error, Event};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::GetDispatchInfo,
    weights::{constants::ParityDbWeight, Weight},
    BoundedVec,
};
use interclear_ports::mocks::{MockOperators, NOT_A_DESK, SUSPENDED, WRONG_ROLE};
use interclear_primitives::{
    batch::Anchor,
    series::{BatchKey, SeriesKey},
};
use sp_runtime::traits::BadOrigin;

fn many(anchors: impl IntoIterator<Item = Anchor>) -> BoundedVec<Anchor, MaxAnchorsPerCall> {
    BoundedVec::truncate_from(anchors.into_iter().collect())
}

#[test]
fn anchor_many_should_fail_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        let anchors = many([file(1)]);
        assert_noop!(
            Anchoring::anchor_many(RuntimeOrigin::none(), anchors.clone()),
            BadOrigin
        );
        let stranger = NOT_A_DESK;
        assert_noop!(
            Anchoring::anchor_many(origin(STRANGER), anchors.clone()),
            stranger
        );
        let role = WRONG_ROLE;
        assert_noop!(
            Anchoring::anchor_many(origin(VISITED_COMMERCIAL), anchors.clone()),
            role
        );
        MockOperators::suspend(VISITED);
        let suspended = SUSPENDED;
        assert_noop!(Anchoring::anchor_many(origin(VISITED_DESK), anchors), suspended);
    });
}

#[test]
fn anchor_many_should_do_what_single_calls_do_when_every_file_is_good() {
    let order = [1, 2, 6, 4, 9, 3, 5, 8, 7, 10];
    let state = || {
        let batches: Vec<_> = order
            .iter()
            .map(|sequence| Anchoring::batch(key(*sequence)))
            .collect();
        let usage = Anchoring::period_usage(AGREEMENT, NOVEMBER);
        (batches, usage, november(), Anchoring::sequence(SERIES))
    };
    let mut singly = None;
    ExtBuilder::default().build_and_execute(|| {
        anchor_all(order);
        singly = Some(state());
    });
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor_many(
            origin(VISITED_DESK),
            many(order.map(file))
        ));
        assert_eq!(Some(state()), singly);
    });
}

#[test]
fn bad_file_should_be_reported_when_it_is_one_of_many() {
    ExtBuilder::default().build_and_execute(|| {
        // Breaks a rule that is checked last, after a gap would have opened.
        let bad = Anchor {
            key: key(9),
            currency: interclear_primitives::money::Currency::SDR,
            ..file(9)
        };
        let conflicting = Anchor {
            file_digest: [0xaa; 32],
            ..file(1)
        };
        let anchors = many([file(1), bad, file(2), file(1), conflicting, file(3)]);
        assert_ok!(Anchoring::anchor_many(origin(VISITED_DESK), anchors));
        assert_eq!((november(), gaps()), (whole_files(3), vec![]));
        assert_eq!(Anchoring::sequence(SERIES).highest, 3);
        assert_eq!(Anchoring::batch(key(9)), None);
        let events = events();
        let mismatch = Error::<Test>::CurrencyMismatch.into();
        assert!(events.contains(&Event::AnchorRefused {
            place: 1,
            key: key(9),
            error: mismatch
        }));
        assert!(events.contains(&Event::DuplicateIgnored { key: key(1) }));
        let known = Error::<Test>::AlreadyAnchored.into();
        assert!(events.contains(&Event::AnchorRefused {
            place: 4,
            key: key(1),
            error: known
        }));
        assert_eq!(
            events.last(),
            Some(&Event::ManyAnchored {
                anchored: 3,
                duplicates: 1,
                refused: 2
            })
        );
    });
}

#[test]
fn totals_should_be_left_to_the_next_file_when_one_exceeds_its_bound() {
    ExtBuilder::default().build_and_execute(|| {
        let data = |sequence, charge| Anchor {
            records: 1,
            totals: BoundedVec::truncate_from(vec![part(
                interclear_primitives::service::Service::Gprs,
                1,
                1,
                charge,
                0,
            )]),
            ..file(sequence)
        };
        let most = interclear_primitives::bounds::MAX_AMOUNT as i128;
        let full = (1..=9).map(|sequence| data(sequence, most));
        let last = [data(10, most - 5), data(11, 6), data(11, 5)];
        assert_ok!(Anchoring::anchor_many(
            origin(VISITED_DESK),
            many(full.chain(last).collect::<Vec<_>>())
        ));
        assert_eq!(
            november(),
            [(
                interclear_primitives::service::Service::Gprs,
                11,
                11,
                10 * most,
                0
            )]
        );
    });
}

#[test]
fn nothing_should_be_left_behind_when_every_file_is_refused() {
    ExtBuilder::default().build_and_execute(|| {
        let foreign = |sequence| {
            let series = SeriesKey {
                recipient: THIRD_NET,
                ..SERIES
            };
            Anchor {
                key: BatchKey { series, sequence },
                ..file(sequence)
            }
        };
        assert_ok!(Anchoring::anchor_many(
            origin(VISITED_DESK),
            many((1..=3).map(foreign))
        ));
        assert_ok!(Anchoring::anchor_many(origin(HOME_DESK), many((1..=3).map(file))));
        assert_eq!(crate::Sequences::<Test>::iter().count(), 0);
        assert_eq!(crate::Batches::<Test>::iter().count(), 0);
        assert_eq!(crate::Periods::<Test>::iter().count(), 0);
        assert_eq!(crate::EvictionQueue::<Test>::iter().count(), 0);
    });
}

#[test]
fn anchor_many_should_do_nothing_when_there_are_no_files() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(Anchoring::anchor_many(origin(VISITED_DESK), many([])));
        assert_eq!(
            events(),
            [Event::ManyAnchored {
                anchored: 0,
                duplicates: 0,
                refused: 0
            }]
        );
    });
}

#[test]
fn weight_should_be_less_than_that_of_single_calls_when_files_share_a_series() {
    ExtBuilder::default().build_and_execute(|| {
        let one_series: Vec<_> = (1..=50).map(file).collect();
        let mut two_series = one_series.clone();
        two_series
            .iter_mut()
            .step_by(2)
            .for_each(|anchor| anchor.key.series.test = true);
        let (one, two) = (
            Anchoring::weight_of_many(&one_series),
            Anchoring::weight_of_many(&two_series),
        );
        let single = <() as crate::WeightInfo>::anchor(2).saturating_mul(50);
        assert!(one.ref_time() < single.ref_time() && one.ref_time() < two.ref_time());
        // The order is the same to the books, and costs the same.
        two_series.sort_by_key(|anchor| anchor.key);
        assert_eq!(Anchoring::weight_of_many(&two_series), two);
    });
}

#[test]
fn what_series_have_in_common_should_be_given_back_when_many_are_anchored() {
    ExtBuilder::default().build_and_execute(|| {
        let weighed = |anchors: BoundedVec<Anchor, MaxAnchorsPerCall>| {
            let call = crate::Call::<Test>::anchor_many {
                anchors: anchors.clone(),
            };
            let done = Anchoring::anchor_many(origin(VISITED_DESK), anchors).expect("the desk may");
            (call.get_dispatch_info().call_weight, done.actual_weight)
        };
        // Both files of each call are of a direction on credit.
        let uncovered = <() as crate::WeightInfo>::cover().saturating_mul(2);
        let less = |declared: Weight, months| {
            declared.checked_sub(
                &ParityDbWeight::get()
                    .reads_writes(months, months)
                    .saturating_add(uncovered),
            )
        };
        let (declared, actual) = weighed(many([file(1), file(2)]));
        assert_eq!(
            actual,
            less(declared, 1),
            "one series has nothing in common with others, and no gap holds another month open"
        );
        // Test files bill to no month and no agreement, but are counted, and look whether there is an agreement.
        let (declared, actual) = weighed(many([file(3), test_file(1)]));
        assert_eq!(
            actual,
            less(declared, 3),
            "two months of gaps and the running totals"
        );
    });
}
