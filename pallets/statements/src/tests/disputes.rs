//! What disputes change of what is paid.

use super::{closed, status};
use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok, traits::Get};
use interclear_billing::disputes::Change;
use interclear_ports::{
    mocks::{MockObligations, MockUsage},
    DisputedStatements, Usage,
};
use interclear_primitives::{
    agreement::Direction,
    ids::{DisputeId, ObligationId},
    money::Value,
    netting::ObligationSource,
    statement::{MaxStatementLines, StatementStatus},
    DAY,
};
use sp_runtime::DispatchError;

fn begin(party: interclear_primitives::ids::OperatorId) -> Result<bool, DispatchError> {
    Statements::begin_dispute(AGREEMENT, JANUARY, party)
}

fn adjust(direction: Direction, withheld: i128, corrected: i128) -> Option<ObligationId> {
    let change = Change {
        withheld,
        corrected,
        gives_back: corrected < 0,
        due_from: 0,
    };
    Statements::adjust(AGREEMENT, JANUARY, direction, change, DisputeId(5)).unwrap()
}

fn affirm() {
    for party in [ALPHA, BETA] {
        assert_ok!(Statements::affirm(by(clearing(party)), AGREEMENT, JANUARY));
    }
}

/// Debtor, creditor, amount and due date of all obligations.
fn booked() -> Vec<(interclear_primitives::ids::OperatorId, Value, u64)> {
    let all = MockObligations::all();
    all.into_iter()
        .map(|(_, debt)| (debt.debtor, debt.amount, debt.due))
        .collect()
}

#[test]
fn the_undisputed_part_should_be_due_as_agreed_when_a_line_is_disputed() {
    closed(|| {
        let issued = MockClock::now();
        // ALPHA owes 502.00 for one direction and is owed 100.00 for the other; it withholds 200.00.
        assert_eq!(begin(ALPHA), Ok(true));
        assert_eq!(adjust(Direction::FirstHome, -20_000, 0), None);
        MockClock::advance(31 * DAY);
        idle();
        assert_eq!(status(), StatementStatus::Affirmed);
        let due = issued + 40 * DAY;
        assert_eq!(booked(), [(ALPHA, Value::Clear(20_200), due)]);
        Statements::do_try_state().unwrap();
        // Three quarters of it were owed after all, and 10.00 more than was stated.
        let note = adjust(Direction::FirstHome, 15_000, 1_000).unwrap();
        assert_eq!(
            booked()[1..],
            [
                (ALPHA, Value::Clear(15_000), due),
                (ALPHA, Value::Clear(1_000), MockClock::now() + 30 * DAY)
            ]
        );
        let source = ObligationSource::Note {
            agreement: AGREEMENT,
            period: JANUARY,
            dispute: DisputeId(5),
        };
        assert_eq!(obligation(note).source, source);
        assert_ok!(Statements::end_dispute(
            AGREEMENT,
            JANUARY,
            ALPHA,
            DisputeId(5),
            None
        ));
        assert!(Statements::is_final(AGREEMENT, JANUARY));
    });
}

#[test]
fn a_note_should_name_what_it_gives_back_when_that_was_not_owed() {
    closed(|| {
        assert_eq!(begin(ALPHA), Ok(true));
        adjust(Direction::FirstHome, -10_000, 0);
        MockClock::advance(31 * DAY);
        idle();
        let net = Statements::statement(AGREEMENT, JANUARY).unwrap().obligation;
        assert_eq!(net, Some(ObligationId(0)));
        let given_back = |note| MockObligations::given_back(note);
        let withheld = adjust(Direction::FirstHome, 5_000, 0).unwrap();
        let beyond = adjust(Direction::FirstHome, 0, 500).unwrap();
        let back = adjust(Direction::FirstHome, 0, -700).unwrap();
        assert_eq!([withheld, beyond, back].map(given_back), [None, None, net]);
        assert_eq!(obligation(back).creditor, ALPHA);
    });
}

#[test]
fn a_statement_should_not_change_but_in_what_is_paid_of_it_when_a_dispute_ends() {
    closed(|| {
        let before = Statements::statement(AGREEMENT, JANUARY).unwrap();
        assert_ok!(begin(BETA));
        assert_eq!(adjust(Direction::FirstHome, 0, 500), None);
        assert_ok!(Statements::end_dispute(
            AGREEMENT,
            JANUARY,
            BETA,
            DisputeId(5),
            None
        ));
        let after = Statements::statement(AGREEMENT, JANUARY).unwrap();
        assert_eq!(
            (&after.lines, after.totals, after.net),
            (&before.lines, before.totals, before.net)
        );
        assert_eq!(after.payable(), Ok(Value::Clear(40_700)));
        affirm();
        assert_eq!(booked()[0].1, Value::Clear(40_700), "one obligation, corrected");
    });
}

#[test]
fn the_other_direction_should_pay_when_all_of_one_is_withheld() {
    closed(|| {
        assert_ok!(begin(ALPHA));
        adjust(Direction::FirstHome, -50_200, 0);
        affirm();
        assert_eq!(booked()[0].0, BETA);
        assert_eq!(booked()[0].1, Value::Clear(10_000));
    });
}

#[test]
fn a_dispute_should_withhold_nothing_when_the_net_has_become_an_obligation() {
    let mut terms = terms();
    terms.payment.dispute_days = 90;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        january();
        assert_ok!(Statements::close_period(
            by(clearing(ALPHA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        // Silence affirms with the due date, whether or not a sweep has come around.
        MockClock::advance(41 * DAY);
        assert_eq!(status(), StatementStatus::Issued);
        assert_eq!(begin(ALPHA), Ok(false));
        assert_eq!(status(), StatementStatus::Affirmed);
        assert!(!Statements::is_final(AGREEMENT, JANUARY), "it is in dispute");
        // A credit note.
        adjust(Direction::FirstHome, 0, -300);
        assert_eq!(booked()[1].0, BETA);
        assert_eq!(booked()[1].1, Value::Clear(300));
    });
}

#[test]
fn begin_dispute_should_be_refused_when_the_party_has_affirmed_or_its_days_are_over() {
    closed(|| {
        assert_noop!(begin(GAMMA), Error::<Test>::NotAParty);
        assert_noop!(
            Statements::begin_dispute(AGREEMENT, FEBRUARY, ALPHA),
            Error::<Test>::StatementNotFound
        );
        assert_ok!(Statements::affirm(by(clearing(ALPHA)), AGREEMENT, JANUARY));
        assert_noop!(begin(ALPHA), Error::<Test>::AlreadyAffirmed);
        assert_noop!(
            Statements::end_dispute(AGREEMENT, JANUARY, BETA, DisputeId(5), None),
            Error::<Test>::NotDisputed
        );
        MockClock::advance(30 * DAY);
        assert_noop!(begin(BETA), Error::<Test>::DisputeDaysOver);
    });
}

#[test]
fn every_line_should_be_disputed_when_a_party_disputes_them_all() {
    closed(|| {
        // Each line once, as `pallet-disputes` sees to: nobody uses up what another line needs.
        let most = usize::try_from(<MaxStatementLines as Get<u32>>::get()).unwrap();
        for _ in 0..most {
            assert_ok!(begin(BETA));
        }
        assert_ok!(begin(ALPHA));
        let found = Statements::statement(AGREEMENT, JANUARY).unwrap();
        assert_eq!(found.disputed.open, [1, u32::try_from(most).unwrap()]);
    });
}

#[test]
fn a_statement_should_stay_when_it_is_in_dispute_however_long() {
    closed(|| {
        assert_ok!(begin(BETA));
        affirm();
        MockObligations::forget(ObligationId(0));
        MockClock::advance(3 * RETENTION);
        idle();
        assert!(Statements::statement(AGREEMENT, JANUARY).is_some());
        let evidence_goes = || {
            let month = MockUsage::period_usage(AGREEMENT, JANUARY);
            month.is_beyond_dispute(MockClock::now())
        };
        assert!(!evidence_goes(), "its files, proofs and reports stay as well");
        let note = adjust(Direction::FirstHome, 0, 700).unwrap();
        assert_ok!(Statements::end_dispute(
            AGREEMENT,
            JANUARY,
            BETA,
            DisputeId(5),
            None
        ));
        assert!(evidence_goes());
        MockClock::advance(2 * RETENTION);
        idle();
        assert!(
            Statements::statement(AGREEMENT, JANUARY).is_some(),
            "its note is not paid"
        );
        MockObligations::forget(note);
        MockClock::advance(2 * RETENTION);
        idle();
        assert!(Statements::statement(AGREEMENT, JANUARY).is_none());
    });
}

#[test]
fn a_fee_should_be_owed_by_who_has_lost_and_be_none_of_the_statement() {
    closed(|| {
        let fee = |party| {
            let amount = Value::Clear(5_000);
            Statements::charge_fee(AGREEMENT, JANUARY, party, amount, DisputeId(5))
        };
        assert_noop!(fee(GAMMA), Error::<Test>::NotAParty);
        for (party, other) in [(ALPHA, BETA), (BETA, ALPHA)] {
            let debt = obligation(fee(party).unwrap().unwrap());
            assert_eq!(
                (debt.debtor, debt.creditor, debt.amount),
                (party, other, Value::Clear(5_000))
            );
            assert_eq!(debt.due, MockClock::now() + 30 * DAY);
        }
    });
}

#[test]
fn a_statement_should_stay_when_an_older_note_or_a_fee_of_it_is_owed() {
    closed(|| {
        affirm();
        assert_eq!(begin(BETA), Err(Error::<Test>::AlreadyAffirmed.into()));
        let older = adjust(Direction::FirstHome, 0, 1_000).unwrap();
        let newer = adjust(Direction::FirstHome, 0, 2_000).unwrap();
        let amount = Value::Clear(10_000);
        let fee = Statements::charge_fee(AGREEMENT, JANUARY, BETA, amount, DisputeId(5)).unwrap();
        let kept = |gone| {
            MockObligations::forget(gone);
            MockClock::advance(2 * RETENTION);
            idle();
            Statements::do_try_state().unwrap();
            Statements::statement(AGREEMENT, JANUARY).is_some()
        };
        assert!(kept(ObligationId(0)));
        assert!(kept(newer));
        assert!(kept(older));
        assert!(!kept(fee.unwrap()));
    });
}
