use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::dispute::{DisputeOutcome, Figures};
use sp_runtime::traits::BadOrigin;

fn rule(figures: Figures) -> sp_runtime::DispatchResult {
    Disputes::rule(RuntimeOrigin::root(), FIRST, figures)
}

fn with_fee() -> ExtBuilder {
    ExtBuilder::default().terms(|terms| terms.fee = 100_000_000)
}

#[test]
fn a_ruling_should_be_final_and_charge_who_has_lost() {
    with_fee().build_and_execute(|| {
        escalated();
        conclude();
        assert_noop!(Disputes::rule(by(ALPHA), FIRST, megabytes(900)), BadOrigin);
        // 800 and 950 were said: 900 is nearer to the creditor.
        assert_ok!(rule(megabytes(900)));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 45_000));
        assert_eq!(payable(), 37_200 - 5_000);
        assert_eq!(fees(), [(ALPHA, 10_000)]);
        assert_eq!(booked(), payable() + 10_000);
        assert!(events()
            .iter()
            .any(|event| matches!(event, Event::FeeCharged { loser: ALPHA, .. })));
        assert_noop!(rule(megabytes(900)), Error::<Test>::DisputeOver);
    });
}

#[test]
fn nobody_should_pay_a_fee_when_both_were_as_far_from_the_ruling() {
    with_fee().build_and_execute(|| {
        escalated();
        assert_ok!(rule(megabytes(875)));
        assert!(fees().is_empty());
    });
}

#[test]
fn a_good_offer_should_spare_the_fee_when_it_was_refused() {
    with_fee().build_and_execute(|| {
        answered();
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(890)));
        assert_ok!(Disputes::escalate(by(BETA), FIRST));
        assert_ok!(rule(megabytes(900)));
        assert_eq!(fees(), [(BETA, 10_000)]);
    });
}

#[test]
fn the_fee_should_not_move_when_a_party_concedes_as_it_sees_the_ruling_coming() {
    with_fee().build_and_execute(|| {
        escalated();
        assert_ok!(Disputes::concede(by(ALPHA), FIRST, megabytes(899)));
        assert_ok!(rule(megabytes(900)));
        assert_eq!(fees(), [(ALPHA, 10_000)]);
    });
}

#[test]
fn a_ruling_should_stay_within_what_the_parties_claim() {
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        // The motion was made before the creditor gave way.
        assert_ok!(Disputes::concede(by(BETA), FIRST, megabytes(850)));
        assert_ok!(rule(megabytes(900)));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 42_500));
    });
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        assert_ok!(rule(megabytes(0)));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 40_000));
    });
}

#[test]
fn the_council_should_not_rule_when_it_has_not_been_asked() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        assert_noop!(rule(megabytes(900)), Error::<Test>::NotForRuling);
    });
    ExtBuilder::default().arbitrated().build_and_execute(|| {
        escalated();
        assert_noop!(rule(megabytes(900)), Error::<Test>::NotForRuling);
        MockClock::advance(RULING + 1);
        idle();
        assert_ok!(rule(megabytes(900)));
    });
}

#[test]
fn the_council_should_say_what_was_used_when_its_figures_are_beyond_a_claim() {
    ExtBuilder::default().build_and_execute(|| {
        escalated();
        // While the motion is under way, the debtor concedes.
        assert_ok!(Disputes::concede(by(ALPHA), FIRST, figures(50_000_000, 42_000)));
        assert_ok!(Disputes::rule(RuntimeOrigin::root(), FIRST, megabytes(820)));
        assert_eq!(ended(), (DisputeOutcome::Ruled, 42_000));
        assert_eq!(MockStatements::decided(), [decided(-180, -8_000)]);
    });
}
