use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::mocks::MockStatements;
use interclear_primitives::{
    dispute::{DisputeKind, DisputeOutcome},
    statement::Decided,
};
use sp_runtime::traits::BadOrigin;

#[test]
fn what_was_withheld_should_be_due_as_agreed_when_the_debtor_accepts() {
    ExtBuilder::default().build_and_execute(|| {
        answered();
        conclude();
        MockClock::set(DUE + 1);
        // The time to answer has not passed by that clock.
        MockClock::set(ISSUED + 15 * 86_400);
        assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(950)));
        assert_eq!((payable(), booked()), (34_700, 34_700));
        let (id, note) = MockObligations::all()[1];
        assert_eq!(
            (note.debtor, note.due),
            (ALPHA, DUE),
            "interest counts from there"
        );
        assert!(matches!(
            events().last(),
            Some(Event::DisputeEnded { note: Some(noted), .. }) if *noted == id
        ));
        assert_noop!(
            Disputes::accept(by(ALPHA), FIRST, megabytes(950)),
            Error::<Test>::DisputeOver
        );
    });
}

#[test]
fn what_is_owed_beyond_the_statement_should_be_due_later_than_what_was_withheld() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(1_200)));
        conclude();
        assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(1_200)));
        let notes: Vec<_> = MockObligations::all()[1..]
            .iter()
            .map(|(_, note)| (note.amount.clear().unwrap(), note.due))
            .collect();
        assert_eq!(notes, [(10_000, DUE), (10_000, MockClock::now() + 30 * 86_400)]);
    });
}

#[test]
fn what_was_decided_should_move_the_window_of_the_line_unless_the_terms_say_otherwise() {
    for moves in [true, false] {
        let builder = ExtBuilder::default().terms(|terms| terms.moves_window = moves);
        builder.build_and_execute(|| {
            answered();
            assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(950)));
            let expected = Decided {
                moves_window: moves,
                ..decided(-50, -2_500)
            };
            assert_eq!(MockStatements::decided(), [expected]);
        });
    }
    // Where the window does not move, late usage is measured by what was used, and by nothing else.
    let builder = ExtBuilder::default().terms(|terms| terms.moves_window = false);
    builder.build_and_execute(|| {
        assert_ok!(raise(ALPHA, data(), DisputeKind::Rate, figures(1_000, 45_000)));
        assert_ok!(Disputes::accept(by(BETA), FIRST, figures(1_000, 45_000)));
        assert_eq!(MockStatements::decided(), []);
    });
    // What stands as stated moves nothing.
    ExtBuilder::default().build_and_execute(|| {
        raised();
        assert_ok!(Disputes::withdraw(by(ALPHA), FIRST));
        assert_eq!(MockStatements::decided(), []);
    });
}

#[test]
fn accept_should_be_refused_when_it_names_other_figures_or_nothing_was_said() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        let accept = |party, figures| Disputes::accept(by(party), FIRST, figures);
        assert_noop!(
            Disputes::accept(RuntimeOrigin::none(), FIRST, megabytes(800)),
            BadOrigin
        );
        assert_noop!(accept(STRANGER, megabytes(800)), Error::<Test>::NotAParty);
        assert_noop!(accept(ALPHA, megabytes(1_000)), Error::<Test>::NotAnswered);
        assert_noop!(accept(BETA, megabytes(801)), Error::<Test>::OtherFigures);
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(950)));
        assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(900)));
        assert_noop!(accept(BETA, megabytes(800)), Error::<Test>::OtherFigures);
        // Its own offer does not keep a party from accepting.
        assert_ok!(accept(ALPHA, megabytes(950)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 47_500));
    });
}

#[test]
fn a_claim_should_be_accepted_without_an_answer_of_its_own() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(1_200)));
        assert_eq!(ended(), (DisputeOutcome::Accepted, 60_000));
    });
}

#[test]
fn an_offer_should_not_be_accepted_when_arbitrators_vote() {
    ExtBuilder::default()
        .arbitrated()
        .terms(|terms| terms.fee = 100_000_000)
        .build_and_execute(|| {
            answered();
            assert_ok!(Disputes::offer(by(ALPHA), FIRST, megabytes(900)));
            assert_ok!(Disputes::escalate(by(BETA), FIRST));
            let accept = |party, units| Disputes::accept(by(party), FIRST, megabytes(units));
            // It sees that it will get less, and would rather take what it has refused.
            assert_ok!(Disputes::arbitrate(by(ARBITRATORS[0]), FIRST, megabytes(820)));
            assert_noop!(accept(BETA, 900), Error::<Test>::OtherFigures);
            assert_noop!(accept(ALPHA, 900), Error::<Test>::OtherFigures);
            assert_ok!(accept(BETA, 800));
            assert_eq!(ended(), (DisputeOutcome::Accepted, 40_000));
            assert_eq!(fees(), [(BETA, 10_000)]);
            assert!(events()
                .iter()
                .any(|event| matches!(event, Event::FeeCharged { loser: BETA, .. })));
        });
}

#[test]
fn nobody_should_pay_a_fee_when_a_party_accepts_before_a_ruling_is_awaited() {
    ExtBuilder::default()
        .terms(|terms| terms.fee = 100_000_000)
        .build_and_execute(|| {
            answered();
            assert_ok!(Disputes::accept(by(ALPHA), FIRST, megabytes(950)));
            assert_eq!(ended(), (DisputeOutcome::Accepted, 47_500));
            assert!(fees().is_empty());
        });
}
