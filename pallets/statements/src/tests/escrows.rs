//! What escrows pay of statements, and what becomes an obligation.

use super::closed;
use crate::mock::*;
use frame_support::assert_ok;
use interclear_billing::disputes::Change;
use interclear_ports::{
    mocks::{MockEscrows, MockObligations, MockUsage},
    DisputedStatements,
};
use interclear_primitives::{
    agreement::Direction,
    ids::{DisputeId, ObligationId, OperatorId},
    money::Value,
    statement::Statement,
    DAY,
};

/// With the statement of January, of which ALPHA owes 402.00 at 8 % a year.
fn bearing(test: impl FnOnce()) {
    let mut terms = terms();
    terms.payment.late_interest_bps = 800;
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        january();
        assert_ok!(Statements::close_period(
            by(clearing(ALPHA)),
            AGREEMENT,
            JANUARY,
            0
        ));
        test();
    });
}

fn hold(held: [u128; 2]) {
    for (direction, cents) in Direction::BOTH.into_iter().zip(held) {
        MockEscrows::set(AGREEMENT, direction, cents);
    }
}

fn held() -> [u128; 2] {
    Direction::BOTH.map(|direction| MockEscrows::get(AGREEMENT, direction).0)
}

/// The statement after both have affirmed it, with so many cents held ahead for each party.
fn affirmed_with(cents: [u128; 2]) -> Statement {
    hold(cents);
    for party in [ALPHA, BETA] {
        assert_ok!(Statements::affirm(by(clearing(party)), AGREEMENT, JANUARY));
    }
    found()
}

fn found() -> Statement {
    Statements::statement(AGREEMENT, JANUARY).unwrap()
}

fn reserved() -> [u128; 2] {
    MockEscrows::reserved(AGREEMENT, JANUARY)
}

fn adjust(withheld: i128, corrected: i128) -> Option<ObligationId> {
    let change = Change {
        due_from: 0,
        withheld,
        corrected,
        gives_back: corrected < 0,
    };
    Statements::adjust(AGREEMENT, JANUARY, Direction::FirstHome, change, DisputeId(5)).unwrap()
}

/// Debtor, amount and agreed rate of all obligations.
fn owed() -> Vec<(OperatorId, i128, u16)> {
    let all = MockObligations::all().into_iter();
    all.map(|(_, debt)| (debt.debtor, debt.amount.clear().unwrap(), debt.interest.bps))
        .collect()
}

#[test]
fn the_rest_alone_should_bear_late_interest_when_an_escrow_pays_a_part() {
    bearing(|| {
        // What the other party holds ahead is for what it owes itself.
        let statement = affirmed_with([30_000, 500_000]);
        assert_eq!(statement.escrowed, [Value::Clear(30_000), Value::ZERO]);
        assert_eq!(held(), [0, 500_000]);
        assert_eq!(statement.obligation, Some(ObligationId(0)));
        assert_eq!(owed(), [(ALPHA, 10_200, 800)]);
    });
}

#[test]
fn nothing_should_bear_late_interest_when_an_escrow_pays_all() {
    bearing(|| {
        let statement = affirmed_with([50_000, 0]);
        assert_eq!(statement.escrowed, [Value::Clear(40_200), Value::ZERO]);
        assert_eq!(held(), [9_800, 0]);
        assert_eq!(statement.obligation, None);
        assert_eq!(owed(), []);
    });
}

#[test]
fn what_an_escrow_has_paid_should_be_given_back_once_when_it_was_not_owed() {
    bearing(|| {
        affirmed_with([50_000, 0]);
        let note = adjust(0, -15_000).unwrap();
        // As an obligation of who was paid: what is held for ALPHA stays as it is.
        assert_eq!(owed(), [(BETA, 15_000, 800)]);
        assert_eq!(MockObligations::given_back(note), None, "no obligation was paid");
        assert_eq!(held(), [9_800, 0]);
        assert_eq!(found().escrowed, [Value::Clear(40_200), Value::ZERO]);
        assert_eq!(found().payable(), Ok(Value::Clear(25_200)));
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn what_was_not_owed_should_bear_no_interest_when_an_escrow_gives_it_back() {
    let net = ObligationId(0);
    for (holds, by_escrow) in [(10_000, 10_000), (50_000, 15_000), (0, 0)] {
        bearing(|| {
            affirmed_with([0, holds]);
            let note = adjust(0, -15_000);
            let rest = 15_000 - by_escrow;
            assert_eq!(held(), [0, holds - by_escrow as u128]);
            assert_eq!(found().escrowed, [Value::ZERO, Value::Clear(by_escrow)]);
            let escrows = (by_escrow > 0).then_some((net, ALPHA, Value::Clear(by_escrow)));
            assert_eq!(MockObligations::not_owed(), Vec::from_iter(escrows));
            match note {
                None => assert_eq!((rest, owed()), (0, vec![(ALPHA, 40_200, 800)])),
                Some(note) => {
                    assert_eq!(owed()[1..], [(BETA, rest, 800)]);
                    assert_eq!(MockObligations::given_back(note), Some(net));
                }
            }
            assert_eq!(found().payable(), Ok(Value::Clear(25_200)));
        });
    }
}

#[test]
fn what_is_withheld_should_stay_reserved_when_the_rest_is_paid() {
    bearing(|| {
        assert_eq!(reserved(), [40_200, 0]);
        assert_eq!(Statements::begin_dispute(AGREEMENT, JANUARY, ALPHA), Ok(true));
        adjust(-20_000, 0);
        assert_eq!(reserved(), [40_200, 0], "nothing has been paid");
        hold([50_000, 0]);
        MockClock::advance(31 * DAY);
        idle();
        assert_eq!((held(), reserved()), ([29_800, 0], [20_000, 0]));
        // A part was owed after all. It was held ahead, so that it bears nothing.
        assert_eq!(adjust(15_000, 0), None);
        assert_eq!((held(), reserved()), ([14_800, 0], [5_000, 0]));
        assert_ok!(Statements::end_dispute(
            AGREEMENT,
            JANUARY,
            ALPHA,
            DisputeId(5),
            None
        ));
        assert_eq!((held(), reserved()), ([14_800, 0], [0, 0]));
        assert_eq!(owed(), []);
        assert_eq!(found().escrowed, [Value::Clear(35_200), Value::ZERO]);
    });
}

#[test]
fn what_vouchers_were_paid_should_count_when_a_statement_is_affirmed() {
    // Vouchers of ALPHA and of BETA, what is held for both, what the escrows have paid of 402.00 that ALPHA owes, and the rest.
    for (redeemed, holds, escrowed, rest) in [
        ([30_000, 0], [0, 0], [30_000, 0], vec![(ALPHA, 10_200, 800)]),
        ([30_000, 0], [20_000, 0], [40_200, 0], vec![]),
        ([40_200, 0], [20_000, 0], [40_200, 0], vec![]),
        // The other direction was paid by vouchers, too, which the net does not know of.
        ([50_000, 9_800], [0, 0], [50_000, 9_800], vec![]),
        ([0, 9_800], [0, 0], [0, 9_800], vec![(ALPHA, 50_000, 800)]),
        // More was paid than is owed: the rest comes back, once.
        ([50_000, 0], [0, 0], [50_000, 0], vec![(BETA, 9_800, 800)]),
        ([50_000, 0], [0, 9_000], [50_000, 9_000], vec![(BETA, 800, 800)]),
    ] {
        bearing(|| {
            MockEscrows::redeem(AGREEMENT, JANUARY, redeemed);
            let statement = affirmed_with(holds);
            assert_eq!(statement.escrowed, escrowed.map(Value::Clear), "{redeemed:?}");
            assert_eq!(owed(), rest, "{redeemed:?}");
            assert_eq!(MockEscrows::redeemed(AGREEMENT, JANUARY), [0, 0]);
            Statements::do_try_state().unwrap();
        });
    }
}

#[test]
fn what_vouchers_were_paid_should_go_with_late_files_when_the_next_month_bills_them() {
    let redeemed = || [JANUARY, FEBRUARY].map(|month| MockEscrows::redeemed(AGREEMENT, month));
    ExtBuilder::default().build_and_execute(|| {
        january();
        MockEscrows::redeem(AGREEMENT, JANUARY, [90_000, 0]);
        // February bills files of ALPHA's subscribers that charge 300.00.
        MockUsage::defer(AGREEMENT, JANUARY, [30_000 * 10_000, 0]);
        let alpha = by(clearing(ALPHA));
        assert_ok!(Statements::close_period(alpha, AGREEMENT, JANUARY, 0));
        // The statement says 402.00: of 498.00 beyond it 300.00 go with the files.
        assert_eq!(redeemed(), [[60_000, 0], [30_000, 0]]);
        let statement = affirmed_with([0, 0]);
        assert_eq!(statement.escrowed, [Value::Clear(60_000), Value::ZERO]);
        let back: Vec<_> = owed()
            .into_iter()
            .map(|(debtor, amount, _)| (debtor, amount))
            .collect();
        assert_eq!(back, [(BETA, 19_800)]);
        assert_eq!(redeemed(), [[0, 0], [30_000, 0]]);
    });
}

/// ALPHA disputes 200.00 of 402.00 after BETA has redeemed vouchers of 450.00, and silence affirms the rest.
fn disputed_after_redeeming(test: impl FnOnce()) {
    bearing(|| {
        MockEscrows::redeem(AGREEMENT, JANUARY, [45_000, 0]);
        assert_eq!(Statements::begin_dispute(AGREEMENT, JANUARY, ALPHA), Ok(true));
        adjust(-20_000, 0);
        MockClock::advance(31 * DAY);
        idle();
        // 202.00 are owed, 200.00 are withheld. What goes beyond both comes back now.
        let statement = found();
        assert_eq!(statement.escrowed, [Value::Clear(25_000), Value::ZERO]);
        assert_eq!(owed(), [(BETA, 4_800, 800)]);
        assert_eq!(MockEscrows::redeemed(AGREEMENT, JANUARY), [20_000, 0]);
        assert_eq!(reserved(), [20_000, 0]);
        Statements::do_try_state().unwrap();
        test();
        assert_eq!(reserved(), [0, 0]);
        assert_eq!(MockEscrows::redeemed(AGREEMENT, JANUARY), [0, 0]);
        assert_eq!(found().escrowed, [Value::Clear(45_000), Value::ZERO]);
        Statements::do_try_state().unwrap();
    });
}

fn end_dispute() {
    assert_ok!(Statements::end_dispute(
        AGREEMENT,
        JANUARY,
        ALPHA,
        DisputeId(5),
        None
    ));
}

#[test]
fn what_is_withheld_should_stay_with_who_redeemed_it_when_it_was_owed_after_all() {
    disputed_after_redeeming(|| {
        assert_eq!(adjust(20_000, 0), None, "it has been paid already");
        end_dispute();
        assert_eq!(owed(), [(BETA, 4_800, 800)]);
    });
}

#[test]
fn what_is_withheld_should_come_back_once_when_vouchers_were_paid_and_it_was_not_owed() {
    disputed_after_redeeming(|| {
        assert_eq!(adjust(15_000, 0), None);
        end_dispute();
        assert_eq!(owed(), [(BETA, 4_800, 800), (BETA, 5_000, 800)]);
        assert_eq!(found().disputed.note, Some(ObligationId(1)));
        assert_eq!(
            MockObligations::get(ObligationId(1)).unwrap().source,
            interclear_primitives::netting::ObligationSource::Note {
                agreement: AGREEMENT,
                period: JANUARY,
                dispute: DisputeId(5),
            }
        );
    });
}

#[test]
fn no_escrow_should_pay_a_fee() {
    closed(|| {
        affirmed_with([90_000, 90_000]);
        let before = (held(), found().escrowed);
        let amount = Value::Clear(5_000);
        for (number, party) in [ALPHA, BETA].into_iter().enumerate() {
            assert_ok!(Statements::charge_fee(
                AGREEMENT,
                JANUARY,
                party,
                amount,
                DisputeId(5)
            ));
            assert_eq!(owed()[number], (party, 5_000, 0));
        }
        assert_eq!((held(), found().escrowed), before);
    });
}
