use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok, weights::Weight, BoundedVec};
use interclear_ports::{
    mocks::{MockAgreements, MockEscrows},
    Usage,
};
use interclear_primitives::{
    agreement::{Direction, Flow, Prepaid, Terms},
    batch::{Anchor, FatalReason},
    money::Value,
    DAY,
};

const DIRECTION: Direction = Direction::FirstHome;

/// The terms of the agreement, by which the direction of the files is prepaid.
fn prepaid() -> Terms {
    let (_, mut terms) = <MockAgreements as interclear_ports::Agreements>::terms_in(AGREEMENT, NOVEMBER)
        .expect("it is in force");
    for group in &mut terms.directions[0].groups {
        group.lines.iter_mut().for_each(|line| line.flow = Flow::Files);
    }
    terms.usage.prepaid[0] = Some(Prepaid { floor: 0 });
    terms
}

/// A file that charges so many cents, tax included.
fn charging(sequence: u32, cents: i128) -> Anchor {
    let mut anchor = file(sequence);
    for (place, total) in anchor.totals.iter_mut().enumerate() {
        total.charge = Value::Clear(if place == 0 { (cents - 1) * 10_000 } else { 0 });
        total.tax = Value::Clear(if place == 0 { 10_000 } else { 0 });
    }
    anchor
}

fn with_escrow(cents: u128, test: impl FnOnce()) {
    ExtBuilder::default().build_and_execute(|| {
        MockAgreements::activate(AGREEMENT, [HOME, VISITED], prepaid());
        MockEscrows::set(AGREEMENT, DIRECTION, cents);
        test();
    });
}

fn reserved() -> i128 {
    MockEscrows::get(AGREEMENT, DIRECTION).1 / 10_000
}

fn anchor(file: Anchor) -> sp_runtime::DispatchResult {
    Anchoring::anchor(origin(VISITED_DESK), file)
}

#[test]
fn anchor_should_be_refused_when_a_file_charges_more_than_is_left() {
    with_escrow(1_000, || {
        assert_noop!(anchor(charging(1, 1_001)), Error::<Test>::EscrowExhausted);
        assert_ok!(anchor(charging(1, 600)));
        assert_eq!(reserved(), 600);
        assert_noop!(anchor(charging(2, 401)), Error::<Test>::EscrowExhausted);
        assert_ok!(anchor(charging(2, 400)));
        assert_noop!(anchor(charging(3, 1)), Error::<Test>::EscrowExhausted);
    });
}

#[test]
fn anchor_should_take_what_vouchers_of_the_month_have_paid_when_nothing_is_held() {
    with_escrow(0, || {
        assert_noop!(anchor(charging(1, 600)), Error::<Test>::EscrowExhausted);
        MockEscrows::redeem(AGREEMENT, NOVEMBER, [1_000, 0]);
        assert_noop!(anchor(charging(1, 1_001)), Error::<Test>::EscrowExhausted);
        assert_ok!(anchor(charging(1, 600)));
        let files = (2..=4).map(|sequence| charging(sequence, 200)).collect();
        assert_ok!(Anchoring::anchor_many(
            origin(VISITED_DESK),
            BoundedVec::truncate_from(files)
        ));
        assert!(Anchoring::batch(key(3)).is_some() && Anchoring::batch(key(4)).is_none());
        assert_eq!(reserved(), 1_000);
        assert_noop!(anchor(charging(4, 1)), Error::<Test>::EscrowExhausted);
    });
}

#[test]
fn anchor_should_go_by_the_vouchers_of_the_month_that_bills_a_file_when_it_is_late() {
    with_escrow(0, || {
        MockEscrows::redeem(AGREEMENT, NOVEMBER, [1_000, 0]);
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_noop!(anchor(charging(1, 600)), Error::<Test>::EscrowExhausted);
        MockEscrows::redeem(AGREEMENT, DECEMBER, [1_000, 0]);
        assert_ok!(anchor(charging(1, 600)));
        assert_eq!(
            Anchoring::batch(key(1)).map(|file| file.billed_with()),
            Some(DECEMBER)
        );
    });
}

#[test]
fn what_late_files_charge_should_be_told_once_when_the_next_month_bills_them() {
    with_escrow(1_000, || {
        assert_ok!(anchor(charging(1, 300)));
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        assert_ok!(anchor(charging(2, 600)));
        // Of 900 that are reserved 600 go to December, which the statement tells the escrow.
        let charged = <Anchoring as Usage>::close(AGREEMENT, NOVEMBER);
        assert_eq!(charged, Ok([600 * 10_000, 0]));
        assert_eq!(reserved(), 900);
        MockClock::set(DECEMBER.end() + 6 * DAY);
        assert_eq!(<Anchoring as Usage>::close(AGREEMENT, DECEMBER), Ok([0; 2]));
    });
}

#[test]
fn anchor_should_take_files_without_an_escrow_when_the_direction_is_not_prepaid() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(anchor(charging(1, 600)));
        assert_eq!(reserved(), 0);
    });
}

#[test]
fn anchor_should_take_a_file_that_is_sent_again_when_the_escrow_has_run_dry() {
    with_escrow(1_000, || {
        assert_ok!(anchor(charging(1, 1_000)));
        let digest = [5; 32];
        let refused = FatalReason::Syntax;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            refused,
            1,
            digest
        ));
        assert_eq!(reserved(), 0);
        assert_ok!(anchor(charging(2, 1_000)));
        let again = |charge| Anchor {
            file_digest: [6; 32],
            resent_for: Some(1),
            ..charging(1, charge)
        };
        assert_noop!(anchor(again(1_001)), Error::<Test>::EscrowExhausted);
        let again = again(1_000);
        assert_ok!(anchor(again));
        assert_eq!(reserved(), 2_000);
        assert_noop!(anchor(charging(3, 1)), Error::<Test>::EscrowExhausted);
    });
}

#[test]
fn anchor_many_should_refuse_files_when_those_before_them_have_used_the_escrow_up() {
    with_escrow(1_000, || {
        let files = (1..=3).map(|sequence| charging(sequence, 500)).collect();
        assert_ok!(Anchoring::anchor_many(
            origin(VISITED_DESK),
            BoundedVec::truncate_from(files)
        ));
        assert!(Anchoring::batch(key(2)).is_some());
        assert!(Anchoring::batch(key(3)).is_none());
        assert_eq!(reserved(), 1_000);
    });
}

#[test]
fn late_files_should_use_the_escrow_before_they_count_when_they_come_after_the_closing_days() {
    with_escrow(1_000, || {
        MockClock::set(NOVEMBER.end() + 6 * DAY);
        assert_ok!(anchor(charging(1, 600)));
        let deferred = || Anchoring::period_usage(AGREEMENT, NOVEMBER).deferred[0].files;
        assert_eq!((deferred(), reserved()), (1, 600));
        assert_noop!(anchor(charging(2, 401)), Error::<Test>::EscrowExhausted);
        // Many in one call are covered by the same money no more than one by one.
        let files = (2..=4).map(|sequence| charging(sequence, 200)).collect();
        assert_ok!(Anchoring::anchor_many(
            origin(VISITED_DESK),
            BoundedVec::truncate_from(files)
        ));
        assert_eq!((deferred(), reserved()), (3, 1_000));
        assert!(Anchoring::batch(key(4)).is_none());
        // That a file counts changes nothing; one that is returned is free again.
        assert_ok!(Anchoring::acknowledge(origin(HOME_DESK), key(2)));
        assert_eq!((deferred(), reserved()), (2, 1_000));
        let refused = FatalReason::Syntax;
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(3),
            refused,
            1,
            [5; 32]
        ));
        assert_eq!((deferred(), reserved()), (1, 800));
        // The next month takes over what does not count yet, and what that uses.
        assert_ok!(<Anchoring as Usage>::close(AGREEMENT, NOVEMBER));
        assert_eq!((deferred(), reserved()), (0, 800));
        let december = Anchoring::period_usage(AGREEMENT, DECEMBER);
        assert_eq!(december.batches, 1);
    });
}

/// What a call that anchors files gives back of its weight.
fn unspent(anchors: Vec<Anchor>) -> Weight {
    let anchors: BoundedVec<_, MaxAnchorsPerCall> = BoundedVec::truncate_from(anchors);
    let declared = Anchoring::weight_of_many(&anchors);
    let done = Anchoring::anchor_many(origin(VISITED_DESK), anchors).expect("the desk may");
    declared.saturating_sub(done.actual_weight.expect("it tells what it weighed"))
}

#[test]
fn what_covers_a_file_should_be_given_back_when_it_is_of_no_prepaid_direction() {
    let of_three = || unspent((1..=3).map(|sequence| charging(sequence, 100)).collect());
    let mut paid_ahead = Weight::zero();
    with_escrow(1_000, || paid_ahead = of_three());
    let cover = <() as crate::WeightInfo>::cover().saturating_mul(3);
    ExtBuilder::default().build_and_execute(|| assert_eq!(of_three(), paid_ahead.saturating_add(cover)));
}

#[test]
fn what_covers_a_file_should_not_be_given_back_when_it_is_sent_again_and_draws_on_the_escrow() {
    with_escrow(1_000, || {
        let new = unspent(vec![charging(1, 300)]);
        assert_ok!(Anchoring::return_file(
            origin(HOME_DESK),
            key(1),
            FatalReason::Syntax,
            1,
            [5; 32]
        ));
        assert_eq!(reserved(), 0);
        let again = unspent(vec![Anchor {
            file_digest: [6; 32],
            resent_for: Some(1),
            ..charging(1, 300)
        }]);
        assert_eq!(reserved(), 300);
        assert_eq!(again, new, "it draws, though nobody looks whether it is covered");
    });
}
