//! What is less than the agreed minimum.

use crate::{mock::*, Carried, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_billing::disputes::Change;
use interclear_ports::{
    mocks::{MockAgreements, MockEscrows, MockObligations, MockRates, MockUsage, NOT_A_DESK, WRONG_ROLE},
    DisputedStatements, Usage,
};
use interclear_primitives::{
    agreement::{Direction, PaymentCondition, Prepaid, Terms},
    ids::{AgreementId, DisputeId, ObligationId, OperatorId},
    money::{Currency, Value},
    netting::ObligationSource,
    period::Period,
    rating::SdrRate,
    service::Service,
    statement::CarriedForward,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchResult};

const MARCH: Period = Period(202603);

/// 50 SDR at 1.225 EUR are 61.25 EUR.
fn with_minimum(last: Period) -> Terms {
    let mut terms = terms();
    terms.payment.minimum_sdr = 50;
    terms.last = last;
    terms
}

fn execute(terms: Terms, test: impl FnOnce()) {
    ExtBuilder::default().terms(terms).build_and_execute(|| {
        let mut month = JANUARY;
        while month < Period(202712) {
            MockRates::set(Currency::EUR, month, SdrRate(1_225_000_000));
            month = month.next();
        }
        test();
    });
}

/// Closes a month in which messages were sent, at 0.02 each, and has both parties affirm it.
fn settled(period: Period, direction: Direction, messages: u128) {
    used(period, direction, Service::SmsMo, messages, 0);
    close(period);
    affirm(period);
}

fn close(period: Period) {
    MockClock::set(MockClock::now().max(period.end() + DAY));
    let changes = MockUsage::period_usage(AGREEMENT, period).changes;
    assert_ok!(Statements::close_period(
        by(clearing(ALPHA)),
        AGREEMENT,
        period,
        changes
    ));
}

fn affirm(period: Period) {
    for party in [ALPHA, BETA] {
        assert_ok!(Statements::affirm(by(clearing(party)), AGREEMENT, period));
    }
    Statements::do_try_state().unwrap();
}

/// Debtor, creditor and cents of all obligations.
fn booked() -> Vec<(OperatorId, OperatorId, i128)> {
    let all = MockObligations::all();
    all.into_iter()
        .map(|(_, debt)| (debt.debtor, debt.creditor, debt.amount.clear().unwrap()))
        .collect()
}

fn carried() -> i128 {
    Carried::<Test>::get(AGREEMENT).net.clear().unwrap()
}

fn of(period: Period) -> i128 {
    let statement = Statements::statement(AGREEMENT, period).unwrap();
    statement.carried.clear().unwrap()
}

fn book(who: u64) -> DispatchResult {
    Statements::book_carried(by(who), AGREEMENT)
}

/// What is paid of January's line changes; the note that arises.
fn adjust(change: Change, dispute: u64) -> Option<ObligationId> {
    Statements::adjust(
        AGREEMENT,
        JANUARY,
        Direction::FirstHome,
        change,
        DisputeId(dispute),
    )
    .unwrap()
}

fn withheld(cents: i128) -> Change {
    Change {
        withheld: cents,
        ..Change::default()
    }
}

/// What is less was not owed.
fn corrected(cents: i128) -> Change {
    Change {
        corrected: cents,
        gives_back: cents < 0,
        ..Change::default()
    }
}

/// Both parties affirm January, in which messages were sent, at 0.02 each, but for so many cents that are in dispute.
fn affirmed_without(cents: i128, messages: u128) {
    used(JANUARY, Direction::FirstHome, Service::SmsMo, messages, 0);
    close(JANUARY);
    assert_eq!(Statements::begin_dispute(AGREEMENT, JANUARY, ALPHA), Ok(true));
    assert_eq!(adjust(withheld(-cents), 5), None);
    affirm(JANUARY);
}

#[test]
fn a_small_net_should_be_paid_with_a_later_one_when_both_reach_the_minimum() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 3_062);
        // 61.24 EUR are less than 61.25 EUR.
        assert_eq!((booked(), carried(), of(JANUARY)), (vec![], 6_124, 6_124));
        let statement = Statements::statement(AGREEMENT, JANUARY).unwrap();
        assert_eq!((statement.minimum, statement.obligation), (6_125, None));
        assert!(events().contains(&Event::CarriedForward {
            agreement: AGREEMENT,
            period: JANUARY,
            net: Value::Clear(6_124),
        }));
        settled(FEBRUARY, Direction::FirstHome, 1);
        assert_eq!(booked(), [(ALPHA, BETA, 6_126)]);
        let source = ObligationSource::Statement {
            agreement: AGREEMENT,
            period: FEBRUARY,
        };
        assert_eq!(obligation(ObligationId(0)).source, source);
        assert_eq!([carried(), of(JANUARY), of(FEBRUARY)], [0, 6_124, -6_124]);
    });
}

#[test]
fn what_is_carried_forward_should_be_told_as_long_as_something_is() {
    execute(with_minimum(MARCH), || {
        assert_eq!(Statements::carried_forward(AGREEMENT), None);
        settled(JANUARY, Direction::FirstHome, 1_000);
        let since = MockClock::now();
        let told = |net| CarriedForward {
            net: Value::Clear(net),
            since,
        };
        assert_eq!(Statements::carried_forward(AGREEMENT), Some(told(2_000)));
        settled(FEBRUARY, Direction::SecondHome, 1_500);
        assert!(MockClock::now() > since);
        assert_eq!(Statements::carried_forward(AGREEMENT), Some(told(-1_000)));
        settled(MARCH, Direction::SecondHome, 1);
        assert_eq!(
            Statements::carried_forward(AGREEMENT),
            None,
            "the agreement is over"
        );
        assert_eq!(Statements::carried_forward(AgreementId(99)), None);
    });
}

#[test]
fn small_nets_should_be_set_against_each_other_when_they_are_of_both_directions() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 1_000);
        settled(FEBRUARY, Direction::SecondHome, 1_500);
        assert_eq!((booked(), carried()), (vec![], -1_000));
        // A net above the minimum takes them over.
        settled(MARCH, Direction::FirstHome, 5_000);
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 9_000)], 0));
    });
}

#[test]
fn nothing_should_be_owed_when_small_nets_come_to_nothing() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 1_000);
        settled(FEBRUARY, Direction::SecondHome, 1_000);
        assert_eq!((booked(), carried()), (vec![], 0));
        settled(MARCH, Direction::FirstHome, 0);
        assert_eq!(booked(), []);
    });
}

#[test]
fn what_was_carried_forward_should_be_paid_when_the_agreement_ends() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 10);
        settled(FEBRUARY, Direction::FirstHome, 10);
        assert_eq!((booked(), carried()), (vec![], 40));
        // Also where the last month has no traffic.
        close(MARCH);
        affirm(MARCH);
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 40)], 0));
    });
}

#[test]
fn what_was_carried_forward_should_be_paid_when_a_year_has_passed() {
    execute(with_minimum(Period(202712)), || {
        let mut month = JANUARY;
        settled(month, Direction::FirstHome, 10);
        let since = MockClock::now();
        for _ in 0..11 {
            month = month.next();
            settled(month, Direction::FirstHome, 0);
        }
        assert_eq!((booked(), carried()), (vec![], 20));
        month = month.next();
        settled(month, Direction::FirstHome, 5);
        assert!(MockClock::now() >= since + 365 * DAY);
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 30)], 0));
    });
}

#[test]
fn book_carried_should_be_refused_when_the_origin_is_wrong() {
    execute(with_minimum(Period(202712)), || {
        settled(JANUARY, Direction::FirstHome, 10);
        let call = |origin| Statements::book_carried(origin, AGREEMENT);
        assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(book(4711), NOT_A_DESK);
        assert_noop!(book(commercial(ALPHA)), WRONG_ROLE);
        assert_noop!(book(clearing(GAMMA)), Error::<Test>::NotAParty);
        assert_noop!(
            Statements::book_carried(by(clearing(ALPHA)), AgreementId(99)),
            Error::<Test>::AgreementNotFound
        );
    });
}

#[test]
fn book_carried_should_make_an_obligation_once_when_a_year_has_passed_without_another_statement() {
    execute(with_minimum(Period(202712)), || {
        assert_noop!(book(clearing(BETA)), Error::<Test>::NothingCarried);
        settled(JANUARY, Direction::FirstHome, 10);
        let since = MockClock::now();
        MockClock::set(since + 365 * DAY - 1);
        // Its statement is kept as long as something of it waits.
        idle();
        assert_noop!(book(clearing(BETA)), Error::<Test>::StillCarried);
        MockClock::set(since + 365 * DAY);
        assert_ok!(book(clearing(BETA)));
        assert_eq!(
            (booked(), carried(), of(JANUARY)),
            (vec![(ALPHA, BETA, 20)], 0, 0)
        );
        let debt = obligation(ObligationId(0));
        assert_eq!(debt.due, MockClock::now() + 30 * DAY);
        let source = ObligationSource::CarriedForward {
            agreement: AGREEMENT,
            period: JANUARY,
        };
        assert_eq!(debt.source, source);
        assert_eq!(
            events().last(),
            Some(&Event::CarriedBooked {
                agreement: AGREEMENT,
                obligation: ObligationId(0)
            })
        );
        assert_noop!(book(clearing(BETA)), Error::<Test>::NothingCarried);
    });
}

#[test]
fn a_small_note_should_be_carried_forward_when_a_dispute_ends() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 10_000);
        assert_eq!(booked(), [(ALPHA, BETA, 20_000)]);
        assert_eq!(adjust(corrected(-700), 5), None);
        // No interest is borne on what was not owed, whenever the rest of it is paid.
        assert_eq!(
            MockObligations::not_owed(),
            [(ObligationId(0), ALPHA, Value::Clear(700))]
        );
        assert_eq!((carried(), of(JANUARY)), (-700, -700));
        Statements::do_try_state().unwrap();
        settled(FEBRUARY, Direction::FirstHome, 5_000);
        assert_eq!(booked()[1..], [(ALPHA, BETA, 9_300)]);
    });
}

#[test]
fn a_note_should_be_due_by_itself_when_what_was_withheld_is_overdue() {
    execute(with_minimum(MARCH), || {
        affirmed_without(2_000, 10_000);
        let due = Statements::statement(AGREEMENT, JANUARY).unwrap().due;
        settled(FEBRUARY, Direction::FirstHome, 2_000);
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 18_000)], 4_000));
        MockClock::set(due + 10 * DAY);
        assert_eq!(adjust(withheld(2_000), 5), Some(ObligationId(1)));
        // 20.00 have been due all the time, the 40.00 of February are not yet.
        assert_eq!(booked()[1..], [(ALPHA, BETA, 2_000)]);
        assert_eq!(obligation(ObligationId(1)).due, due);
        assert_eq!(carried(), 4_000);
        assert_ok!(Statements::end_dispute(
            AGREEMENT,
            JANUARY,
            ALPHA,
            DisputeId(5),
            None
        ));
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn the_undisputed_part_should_be_paid_in_time_when_it_is_small_for_what_is_in_dispute() {
    execute(with_minimum(MARCH), || {
        affirmed_without(2_500, 4_000);
        // 80.00 in all are above the minimum, 55.00 are not.
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 5_500)], 0));
    });
}

#[test]
fn what_was_withheld_should_be_paid_with_the_rest_when_it_is_small_and_the_statement_is_not() {
    execute(with_minimum(MARCH), || {
        used(JANUARY, Direction::FirstHome, Service::SmsMo, 10_000, 0);
        close(JANUARY);
        let dispute = |party, dispute| {
            assert_eq!(Statements::begin_dispute(AGREEMENT, JANUARY, party), Ok(true));
            adjust(withheld(-2_000), dispute)
        };
        // Two lines, of 20.00 each.
        assert_eq!([dispute(ALPHA, 5), dispute(ALPHA, 6)], [None, None]);
        affirm(JANUARY);
        assert_eq!(booked(), [(ALPHA, BETA, 16_000)]);
        let due = Statements::statement(AGREEMENT, JANUARY).unwrap().due;
        MockClock::set(due - DAY);
        // ALPHA gives in before anything is overdue, for both, one after the other.
        for (id, dispute) in [(1, 5), (2, 6)] {
            assert_eq!(adjust(withheld(2_000), dispute), Some(ObligationId(id)));
            assert_eq!(obligation(ObligationId(id)).due, due);
            let ended = Statements::end_dispute(AGREEMENT, JANUARY, ALPHA, DisputeId(dispute), None);
            assert_ok!(ended);
        }
        assert_eq!(
            (booked()[1..].to_vec(), carried()),
            (vec![(ALPHA, BETA, 2_000); 2], 0)
        );
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn what_waits_should_not_be_due_with_what_was_withheld_when_that_is_owed_by_itself() {
    // BETA owes 50.00 of February, or ALPHA does, which with the note would reach the minimum.
    for (direction, waits) in [(Direction::SecondHome, -5_000), (Direction::FirstHome, 5_000)] {
        execute(with_minimum(MARCH), || {
            affirmed_without(2_000, 10_000);
            settled(FEBRUARY, direction, 2_500);
            assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 18_000)], waits));
            let since = Carried::<Test>::get(AGREEMENT).since;
            // ALPHA gives in a second before the day.
            let due = Statements::statement(AGREEMENT, JANUARY).unwrap().due;
            assert!(MockClock::now() < due - 1);
            MockClock::set(due - 1);
            assert_eq!(adjust(withheld(2_000), 5), Some(ObligationId(1)));
            assert_eq!(booked()[1..], [(ALPHA, BETA, 2_000)]);
            assert_eq!(obligation(ObligationId(1)).due, due);
            assert_eq!((carried(), of(FEBRUARY)), (waits, waits));
            assert_eq!(Carried::<Test>::get(AGREEMENT).since, since, "its year goes on");
            let ended = Statements::end_dispute(AGREEMENT, JANUARY, ALPHA, DisputeId(5), None);
            assert_ok!(ended);
            Statements::do_try_state().unwrap();
        });
    }
}

#[test]
fn what_waits_should_not_be_due_with_what_was_withheld_when_all_of_its_statement_was_disputed() {
    execute(with_minimum(MARCH), || {
        affirmed_without(8_000, 4_000);
        settled(FEBRUARY, Direction::SecondHome, 2_500);
        assert_eq!((booked(), carried()), (vec![], -5_000));
        // A cent of 80.00, which are not small.
        assert_eq!(adjust(withheld(1), 5), Some(ObligationId(0)));
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 1)], -5_000));
    });
}

#[test]
fn what_was_withheld_should_be_measured_with_what_still_is_when_all_was_disputed() {
    execute(with_minimum(MARCH), || {
        used(JANUARY, Direction::FirstHome, Service::SmsMo, 4_000, 0);
        close(JANUARY);
        // Two lines of 40.00: each is small, both are not.
        for dispute in [5, 6] {
            assert_eq!(Statements::begin_dispute(AGREEMENT, JANUARY, ALPHA), Ok(true));
            assert_eq!(adjust(withheld(-4_000), dispute), None);
        }
        affirm(JANUARY);
        assert_eq!((booked(), carried()), (vec![], 0));
        assert_eq!(adjust(withheld(4_000), 5), Some(ObligationId(0)));
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 4_000)], 0));
    });
}

#[test]
fn what_was_withheld_should_be_carried_forward_when_the_whole_statement_is_small() {
    execute(with_minimum(MARCH), || {
        affirmed_without(2_000, 3_000);
        assert_eq!((booked(), carried()), (vec![], 4_000));
        assert_eq!(adjust(withheld(2_000), 5), None);
        assert_eq!((booked(), carried(), of(JANUARY)), (vec![], 6_000, 6_000));
    });
}

#[test]
fn interest_should_be_given_back_when_what_was_carried_forward_was_not_owed() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 2_000);
        assert_eq!((booked(), carried()), (vec![], 4_000));
        settled(FEBRUARY, Direction::FirstHome, 1_500);
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 7_000)], 0));
        assert_eq!((adjust(corrected(-4_000), 5), carried()), (None, -4_000));
        // The debt of February has January's 40.00 in it.
        assert_eq!(
            MockObligations::not_owed(),
            [(ObligationId(0), ALPHA, Value::Clear(4_000))]
        );
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn interest_should_be_given_back_of_what_took_a_statement_over_when_a_note_of_it_was_carried_since() {
    execute(with_minimum(Period(202712)), || {
        settled(JANUARY, Direction::FirstHome, 2_000);
        settled(FEBRUARY, Direction::FirstHome, 1_500);
        assert_eq!(booked(), [(ALPHA, BETA, 7_000)]);
        let correct = |cents| adjust(corrected(cents), 5);
        // A dispute adds 20.00 to January, which are paid with March.
        assert_eq!((correct(2_000), carried()), (None, 2_000));
        settled(MARCH, Direction::FirstHome, 3_000);
        assert_eq!(booked()[1..], [(ALPHA, BETA, 8_000)]);
        // Another one finds that 30.00 of its 40.00 were not owed: they are in the debt of February.
        assert_eq!((correct(-3_000), carried()), (None, -3_000));
        assert_eq!(
            MockObligations::not_owed(),
            [(ObligationId(0), ALPHA, Value::Clear(3_000))]
        );
        Statements::do_try_state().unwrap();
    });
}

#[test]
fn nothing_should_be_carried_forward_when_the_month_has_no_exchange_rate() {
    ExtBuilder::default()
        .terms(with_minimum(MARCH))
        .build_and_execute(|| {
            settled(JANUARY, Direction::FirstHome, 10);
            assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 20)], 0));
        });
}

/// From a month on nothing is carried forward, and ALPHA pays ahead.
fn prepaid_from(month: Period) {
    let mut prepaid = terms();
    prepaid.usage.prepaid = [Some(Prepaid { floor: 0 }), None];
    MockAgreements::amend(AGREEMENT, month, prepaid);
}

#[test]
fn what_was_carried_forward_should_be_owed_as_before_when_an_escrow_was_agreed_since() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 10);
        settled(FEBRUARY, Direction::FirstHome, 10);
        prepaid_from(MARCH);
        MockEscrows::set(AGREEMENT, Direction::FirstHome, 200);
        settled(MARCH, Direction::FirstHome, 100);
        assert_eq!(booked(), [(ALPHA, BETA, 40)]);
        // No escrow of March pays it: it was owed in January first.
        assert_eq!(
            MockEscrows::unpaid(),
            [(Direction::FirstHome, JANUARY, ObligationId(0))]
        );
    });
}

#[test]
fn what_is_owed_beyond_an_escrow_should_be_a_debt_of_its_own_when_something_was_carried_forward() {
    // Two cents of January do not take the rest of February out of what is held for it, nor does a cent of February have 60.00 of January
    // paid from that.
    for (messages, before, held, rest) in [(1, 2, 50, 150), (3_000, 6_000, 199, 1)] {
        execute(with_minimum(MARCH), || {
            settled(JANUARY, Direction::FirstHome, messages);
            prepaid_from(FEBRUARY);
            MockEscrows::set(AGREEMENT, Direction::FirstHome, held);
            settled(FEBRUARY, Direction::FirstHome, 100);
            assert_eq!(booked(), [(ALPHA, BETA, before), (ALPHA, BETA, rest)]);
            assert_eq!(
                MockEscrows::unpaid(),
                [
                    (Direction::FirstHome, JANUARY, ObligationId(0)),
                    (Direction::FirstHome, FEBRUARY, ObligationId(1)),
                ]
            );
            let statement = Statements::statement(AGREEMENT, FEBRUARY).unwrap();
            assert_eq!(statement.obligation, Some(ObligationId(1)));
            let source = ObligationSource::CarriedForward {
                agreement: AGREEMENT,
                period: FEBRUARY,
            };
            let debt = obligation(ObligationId(0));
            assert_eq!((debt.source, debt.due), (source, statement.due));
            assert_eq!([carried(), of(JANUARY), of(FEBRUARY)], [0, before, -before]);
            let told = Event::CarriedBooked {
                agreement: AGREEMENT,
                obligation: ObligationId(0),
            };
            assert!(events().contains(&told));
            // What was not owed of January is given back of the debt that it became a part of.
            adjust(corrected(-before), 5);
            assert_eq!(
                MockObligations::not_owed(),
                [(ObligationId(0), ALPHA, Value::Clear(before))]
            );
        });
    }
}

#[test]
fn what_is_left_should_be_of_whose_month_it_is_when_both_sides_owe_as_an_escrow_is_agreed() {
    // What ALPHA owes of February beyond its escrow is set against 2.00 that BETA owes of January.
    for (messages, rest, owed) in [
        // What BETA still owes of January is not of February, of which it is owed something.
        (1, 2, Some((BETA, Direction::SecondHome, 198, JANUARY))),
        (100, 200, None),
        // What ALPHA owes is of February alone.
        (101, 202, Some((ALPHA, Direction::FirstHome, 2, FEBRUARY))),
    ] {
        execute(with_minimum(MARCH), || {
            settled(JANUARY, Direction::SecondHome, 100);
            prepaid_from(FEBRUARY);
            settled(FEBRUARY, Direction::FirstHome, messages);
            assert_eq!([carried(), of(JANUARY), of(FEBRUARY)], [0, -200, 200], "{rest}");
            let found = booked().into_iter().map(|(debtor, _, cents)| (debtor, cents));
            let expected = owed.map(|(debtor, _, cents, _)| (debtor, cents));
            assert_eq!(found.collect::<Vec<_>>(), Vec::from_iter(expected));
            let noted = owed.map(|(_, direction, _, month)| (direction, month, ObligationId(0)));
            assert_eq!(MockEscrows::unpaid(), Vec::from_iter(noted));
        });
    }
}

#[test]
fn what_was_carried_forward_should_be_booked_when_an_escrow_pays_the_next_statement_in_full() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 10);
        prepaid_from(FEBRUARY);
        MockEscrows::set(AGREEMENT, Direction::FirstHome, 200);
        settled(FEBRUARY, Direction::FirstHome, 100);
        assert_eq!((booked(), carried()), (vec![(ALPHA, BETA, 20)], 0));
        assert_eq!(MockEscrows::get(AGREEMENT, Direction::FirstHome).0, 0);
        let statement = Statements::statement(AGREEMENT, FEBRUARY).unwrap();
        assert_eq!(statement.obligation, Some(ObligationId(0)));
        assert_eq!(statement.escrowed, [Value::Clear(200), Value::ZERO]);
    });
}

#[test]
fn a_note_should_take_over_what_was_carried_forward_when_an_escrow_pays_it_in_full() {
    execute(with_minimum(JANUARY), || {
        settled(JANUARY, Direction::FirstHome, 10_000);
        // As a note of an earlier month had left it, with the other party as its debtor.
        let net = Value::Clear(-5);
        Carried::<Test>::mutate(AGREEMENT, |carried| {
            (carried.net, carried.removed) = (net, net);
        });
        MockEscrows::set(AGREEMENT, Direction::SecondHome, 700);
        MockClock::advance(40 * DAY);
        assert_eq!(adjust(corrected(-700), 5), Some(ObligationId(1)));
        assert_eq!(booked()[1..], [(BETA, ALPHA, 5)]);
        // From now on: nothing that was withheld is owed with it.
        assert_eq!(obligation(ObligationId(1)).due, MockClock::now() + 30 * DAY);
        // What the escrow has given back was not owed, and nothing else.
        assert_eq!(
            MockObligations::not_owed(),
            [(ObligationId(0), ALPHA, Value::Clear(700))]
        );
        assert_eq!(MockObligations::given_back(ObligationId(1)), None);
        assert_eq!((carried(), of(JANUARY)), (0, 5));
    });
}

#[test]
fn what_was_withheld_should_be_booked_alone_when_it_has_been_due_before() {
    execute(with_minimum(JANUARY), || {
        used(JANUARY, Direction::FirstHome, Service::SmsMo, 10_000, 0);
        close(JANUARY);
        let due = Statements::statement(AGREEMENT, JANUARY).unwrap().due;
        assert_eq!(Statements::begin_dispute(AGREEMENT, JANUARY, ALPHA), Ok(true));
        assert_eq!(adjust(withheld(-4_000), 5), None);
        // Silence affirms the rest.
        MockClock::advance(31 * DAY);
        idle();
        assert_eq!(booked(), [(ALPHA, BETA, 16_000)]);
        // As a note of an earlier month had left it.
        Carried::<Test>::mutate(AGREEMENT, |carried| {
            (carried.net, carried.removed) = (Value::Clear(5), Value::Clear(5));
            carried.latest = Some(JANUARY);
        });
        MockClock::set(due + DAY);
        assert_eq!(adjust(withheld(4_000), 5), Some(ObligationId(1)));
        assert_eq!(booked()[1..], [(ALPHA, BETA, 4_000)]);
        assert_eq!((obligation(ObligationId(1)).due, carried()), (due, 5));
        assert_ok!(book(clearing(BETA)));
        assert_eq!((booked()[2..].to_vec(), carried()), (vec![(ALPHA, BETA, 5)], 0));
        assert_eq!(obligation(ObligationId(2)).due, MockClock::now() + 30 * DAY);
    });
}

#[test]
fn statements_should_be_forgotten_with_what_they_carried_when_their_time_is_over() {
    execute(with_minimum(MARCH), || {
        settled(JANUARY, Direction::FirstHome, 10);
        settled(FEBRUARY, Direction::FirstHome, 10);
        settled(MARCH, Direction::FirstHome, 10);
        assert_eq!(booked(), [(ALPHA, BETA, 60)]);
        MockObligations::forget(ObligationId(0));
        for _ in 0..12 {
            MockClock::advance(RETENTION);
            idle();
            Statements::do_try_state().unwrap();
        }
        assert_eq!(Statements::statement(AGREEMENT, JANUARY), None);
        assert!(!Carried::<Test>::contains_key(AGREEMENT));
    });
}

#[test]
fn the_net_should_be_due_with_its_affirmation_when_it_is_paid_on_affirmation() {
    let mut terms = terms();
    terms.payment.condition = PaymentCondition::OnAffirmation;
    terms.payment.payment_days = 0;
    execute(terms.clone(), || {
        used(JANUARY, Direction::FirstHome, Service::SmsMo, 10, 0);
        close(JANUARY);
        MockClock::advance(3 * DAY);
        affirm(JANUARY);
        let debt = obligation(ObligationId(0));
        assert_eq!((debt.due, debt.gross), (MockClock::now(), true));
    });
    execute(terms, || {
        used(JANUARY, Direction::FirstHome, Service::SmsMo, 10, 0);
        close(JANUARY);
        let issued = MockClock::now();
        // Silence takes the days to dispute, too; a late sweep does not put it off.
        MockClock::set(issued + 30 * DAY);
        idle();
        assert_eq!(MockObligations::all(), []);
        MockClock::set(issued + 33 * DAY);
        idle();
        assert_eq!(obligation(ObligationId(0)).due, issued + 30 * DAY);
    });
}
