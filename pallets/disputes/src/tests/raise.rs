use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use interclear_primitives::{
    dispute::{About, DisputeKind, DisputeOutcome, DisputePhase, Figures, LineKey, LineSide},
    ids::DisputeId,
    money::Value,
    period::Period,
    series::{BatchKey, SeriesKey, Stream},
    statement::Statement,
    usage::UsageKey,
    DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError};

#[test]
fn raise_should_be_refused_when_it_is_unsigned_of_a_stranger_or_another_desk() {
    ExtBuilder::default().build_and_execute(|| {
        let raise = |origin| {
            Disputes::raise(
                origin,
                AGREEMENT,
                JANUARY,
                data(),
                DisputeKind::Volume,
                megabytes(800),
                None,
            )
        };
        assert_noop!(raise(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(
            raise(RuntimeOrigin::signed(4711)),
            DispatchError::Other("NotADesk")
        );
        assert_noop!(
            raise(RuntimeOrigin::signed(treasury(ALPHA))),
            DispatchError::Other("WrongRole")
        );
        assert_noop!(raise(by(STRANGER)), Error::<Test>::NotAParty);
    });
}

#[test]
fn the_rest_should_be_paid_when_a_debtor_disputes_a_part_of_a_line() {
    ExtBuilder::default().build_and_execute(|| {
        assert_eq!(payable(), 37_200);
        raised();
        assert_eq!(payable(), 27_200, "100.00 is withheld");
        let dispute = dispute();
        assert_eq!(dispute.phase, DisputePhase::Raised);
        assert_eq!(
            (dispute.raised_by, dispute.turn),
            (LineSide::Debtor, LineSide::Creditor)
        );
        assert_eq!(dispute.parties, [ALPHA, BETA]);
        assert_eq!(dispute.until, MockClock::now() + ANSWER);
        assert!(dispute.withholds);
        assert_eq!(dispute.settled, Value::Clear(40_000));
        assert!(matches!(
            events()[..],
            [Event::DisputeRaised {
                dispute: FIRST,
                by: ALPHA,
                kind: DisputeKind::Volume,
                ..
            }]
        ));
        conclude();
        assert_eq!(booked(), 27_200);
        assert_eq!(MockObligations::all()[0].1.due, DUE);
    });
}

#[test]
fn nothing_should_be_withheld_when_a_creditor_claims_more() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_eq!(
            payable(),
            37_200,
            "what is stated is paid, what is claimed beyond it is not"
        );
        assert_eq!(dispute().turn, LineSide::Debtor);
    });
}

#[test]
fn nobody_should_be_paid_what_only_he_claims() {
    ExtBuilder::default().build_and_execute(|| {
        // It owes 500.00, and says that it is owed a million.
        let wild = figures(0, -100_000_000);
        assert_ok!(raise(ALPHA, data(), DisputeKind::FraudLiability, wild));
        assert_eq!(payable(), 37_200 - 50_000);
    });
}

#[test]
fn the_giver_should_withhold_when_a_line_gives_back() {
    ExtBuilder::default().build_and_execute(|| {
        // BETA gives back 10.00 and not 30.00.
        assert_ok!(raise(BETA, given_back(), DisputeKind::Rate, figures(0, -1_000)));
        assert_eq!(payable(), 37_200 + 2_000);
    });
    ExtBuilder::default().build_and_execute(|| {
        // ALPHA wants 50.00 back; 30.00 is given.
        assert_ok!(raise(ALPHA, given_back(), DisputeKind::Rate, figures(0, -5_000)));
        assert_eq!(payable(), 37_200);
    });
}

#[test]
fn raise_should_be_refused_when_there_is_no_such_line_or_statement() {
    ExtBuilder::default().build_and_execute(|| {
        let raise_in = |period, line| {
            Disputes::raise(
                by(ALPHA),
                AGREEMENT,
                period,
                line,
                DisputeKind::Volume,
                megabytes(800),
                None,
            )
        };
        assert_noop!(raise_in(Period(202602), data()), Error::<Test>::StatementNotFound);
        let other_group = LineKey {
            usage: UsageKey {
                group: 1,
                ..data().usage
            },
            ..data()
        };
        let late = LineKey {
            late: Some(Period(202512)),
            ..data()
        };
        for line in [other_group, late] {
            assert_noop!(raise_in(JANUARY, line), Error::<Test>::LineNotFound);
        }
    });
}

#[test]
fn raise_should_be_refused_when_the_figures_do_not_suit_it() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Volume, megabytes(1_200)),
            Error::<Test>::ClaimAgainstOneself
        );
        assert_noop!(
            raise(BETA, data(), DisputeKind::Volume, megabytes(800)),
            Error::<Test>::ClaimAgainstOneself
        );
        assert_noop!(
            raise(BETA, reverse_data(), DisputeKind::Volume, megabytes(300)),
            Error::<Test>::ClaimAgainstOneself
        );
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Rate, megabytes(800)),
            Error::<Test>::FiguresNotOfKind
        );
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Inventory, megabytes(800)),
            Error::<Test>::KindNotOfSubject
        );
        let endless = Figures {
            charge: Value::Clear(i128::MAX),
            ..megabytes(1_200)
        };
        assert_noop!(
            raise(BETA, data(), DisputeKind::MissingUsage, endless),
            Error::<Test>::MaxFigureExceeded
        );
    });
}

#[test]
fn raise_should_be_refused_when_the_difference_is_too_small() {
    ExtBuilder::default().build_and_execute(|| {
        // 1 % of 500.00, and a unit less.
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Rate, figures(1_000, 49_501)),
            Error::<Test>::NotMaterial
        );
        assert_ok!(raise(ALPHA, data(), DisputeKind::Rate, figures(1_000, 49_500)));
    });
    let by_amount = ExtBuilder::default().terms(|terms| terms.material_amount = Some(3_000_000));
    by_amount.build_and_execute(|| {
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Rate, figures(1_000, 49_701)),
            Error::<Test>::NotMaterial
        );
        assert_ok!(raise(ALPHA, data(), DisputeKind::Rate, figures(1_000, 49_700)));
    });
}

#[test]
fn a_line_should_be_disputed_once_when_either_party_tries() {
    ExtBuilder::default().build_and_execute(|| {
        raised();
        let more = || raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200));
        assert_noop!(more(), Error::<Test>::AlreadyDisputed);
        assert_ok!(Disputes::accept(by(BETA), FIRST, megabytes(800)));
        assert_noop!(more(), Error::<Test>::AlreadyDisputed);
        // Another line is another matter.
        assert_ok!(raise(ALPHA, messages(), DisputeKind::Volume, figures(50, 100)));
    });
}

#[test]
fn a_line_should_be_disputed_by_the_other_side_when_the_first_dispute_is_withdrawn() {
    ExtBuilder::default().build_and_execute(|| {
        let first = || raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200));
        let second = || raise(ALPHA, data(), DisputeKind::Volume, megabytes(800));
        // It takes the line before the debtor does, and lets it go.
        assert_ok!(first());
        assert_noop!(second(), Error::<Test>::AlreadyDisputed);
        assert_ok!(Disputes::withdraw(by(BETA), FIRST));
        assert_noop!(first(), Error::<Test>::AlreadyDisputed);
        assert_ok!(second());
        assert_eq!(payable(), 27_200);
        let found = Disputes::disputes_on(AGREEMENT, JANUARY);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].1.earlier, Some(FIRST));
        // Each once: it does not go on for ever.
        assert_ok!(Disputes::withdraw(by(ALPHA), found[1].0));
        assert_noop!(first(), Error::<Test>::AlreadyDisputed);
        assert_noop!(second(), Error::<Test>::AlreadyDisputed);
    });
}

#[test]
fn raise_should_be_refused_when_the_days_to_dispute_are_over_or_the_party_has_affirmed() {
    ExtBuilder::default().build_and_execute(|| {
        let raise = || raise(ALPHA, data(), DisputeKind::Volume, megabytes(800));
        MockStatements::affirm(AGREEMENT, JANUARY, 0);
        assert_noop!(raise(), DispatchError::Other("Affirmed"));
        MockStatements::set(AGREEMENT, JANUARY, statement());
        MockClock::set(ISSUED + 30 * DAY);
        assert_noop!(raise(), DispatchError::Other("DisputeDaysOver"));
        MockClock::set(ISSUED + 30 * DAY - 1);
        assert_ok!(raise());
    });
}

#[test]
fn a_dispute_should_withhold_nothing_when_the_net_is_an_obligation() {
    ExtBuilder::default().build_and_execute(|| {
        conclude();
        raised();
        assert!(!dispute().withholds);
        assert_eq!((payable(), booked()), (37_200, 37_200));
        // It ends in a credit note.
        assert_ok!(Disputes::accept(by(BETA), FIRST, megabytes(800)));
        assert_eq!((payable(), booked()), (27_200, 27_200));
        assert_eq!(MockObligations::all()[1].1.debtor, BETA);
    });
}

#[test]
fn a_line_should_wait_for_the_answer_when_its_creditor_raises_first_and_the_statement_is_due_meanwhile() {
    ExtBuilder::default().build_and_execute(|| {
        due_first();
        MockClock::set(ISSUED + 29 * DAY);
        // The debtor cannot dispute the line itself any more; it has 15 days to answer.
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_eq!(payable(), 37_200 - 50_000);
        conclude();
        MockClock::advance(12 * DAY);
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(100)));
        assert_eq!((payable(), booked()), (-12_800 + 5_000, -12_800 + 5_000));
        // The creditor itself has kept it from being booked: it bears no interest for that.
        assert_eq!(
            MockObligations::all()[1].1.due,
            ISSUED + 41 * DAY,
            "as it is answered"
        );
    });
    ExtBuilder::default().build_and_execute(|| {
        due_first();
        // So it is with a line that gives back: the creditor answers whether it gives 30.00.
        assert_ok!(raise(ALPHA, given_back(), DisputeKind::Rate, figures(0, -5_000)));
        assert_eq!(payable(), 37_200 + 3_000);
        assert_ok!(Disputes::answer(by(BETA), FIRST, figures(0, -1_000)));
        assert_eq!(payable(), 37_200 + 2_000);
    });
}

#[test]
fn what_is_stated_should_be_paid_when_the_other_side_has_had_its_days_or_has_affirmed() {
    ExtBuilder::default().build_and_execute(|| {
        due_first();
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        conclude();
        MockClock::advance(ANSWER + 1);
        idle();
        assert_eq!((payable(), booked()), (37_200, 37_200));
        assert_eq!(MockObligations::all()[1].1.due, DUE);
    });
    ExtBuilder::default().build_and_execute(|| {
        due_first();
        MockStatements::affirm(AGREEMENT, JANUARY, 0);
        assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)));
        assert_eq!(payable(), 37_200);
    });
}

fn file_of(stream: Stream) -> BatchKey {
    let series = SeriesKey {
        sender: tadig(BETA),
        recipient: tadig(ALPHA),
        stream,
        test: false,
    };
    series.file(1)
}

#[test]
fn a_dispute_should_name_the_file_or_the_reports_that_its_line_bills() {
    let tap = About::File(file_of(Stream::Tap));
    let nrtrde = About::File(file_of(Stream::Nrtrde));
    let reports = About::Reports {
        visited: tadig(BETA),
        home: tadig(ALPHA),
    };
    for (about, kind) in [
        (tap, DisputeKind::Volume),
        (nrtrde, DisputeKind::FraudLiability),
        (reports, DisputeKind::Volume),
    ] {
        ExtBuilder::default().build_and_execute(|| {
            let raise = || raise_about(ALPHA, data(), kind, megabytes(800), Some(about));
            assert_noop!(raise(), Error::<Test>::NotOfLine);
            MockEvidence::bill(about, AGREEMENT, JANUARY, messages());
            assert_noop!(raise(), Error::<Test>::NotOfLine);
            MockEvidence::bill(about, AGREEMENT, JANUARY, data());
            assert_ok!(raise());
            assert_eq!(dispute().about, Some(about));
            // It has no money of its own: the line has, and silence comes to what it comes to there.
            assert_eq!(payable(), 27_200);
            MockClock::advance(ANSWER + 1);
            idle();
            assert_eq!(ended(), (DisputeOutcome::Silence, 40_000));
        });
    }
}

#[test]
fn raise_should_be_refused_when_its_kind_is_not_about_what_is_named() {
    ExtBuilder::default().build_and_execute(|| {
        for (stream, kind) in [
            (Stream::Tap, DisputeKind::FraudLiability),
            (Stream::Tap, DisputeKind::MissingUsage),
            (Stream::Nrtrde, DisputeKind::Volume),
        ] {
            let about = About::File(file_of(stream));
            MockEvidence::bill(about, AGREEMENT, JANUARY, data());
            assert_noop!(
                raise_about(ALPHA, data(), kind, megabytes(800), Some(about)),
                Error::<Test>::KindNotOfSubject
            );
        }
    });
}

#[test]
fn nobody_should_be_late_with_what_its_creditor_has_kept_from_being_booked() {
    // However the waiting ends: it is answered, a part is conceded, or its days are over.
    let days = |end: fn()| {
        let mut due = 0;
        ExtBuilder::default().build_and_execute(|| {
            due_first();
            MockClock::set(ISSUED + 39 * DAY);
            let statement = MockStatements::statement(AGREEMENT, JANUARY).unwrap();
            let affirm_by = ISSUED + 60 * DAY;
            MockStatements::set(
                AGREEMENT,
                JANUARY,
                Statement {
                    affirm_by,
                    ..statement
                },
            );
            assert_ok!(raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_010)));
            conclude();
            MockClock::set(ISSUED + 42 * DAY);
            end();
            let notes = MockObligations::all();
            due = notes.get(1).map_or(0, |(_, note)| (note.due - ISSUED) / DAY);
        });
        due
    };
    let answered = || {
        assert_ok!(Disputes::answer(by(ALPHA), FIRST, megabytes(1_000)));
    };
    assert_eq!(days(answered), 42);
    let conceded = || {
        assert_ok!(Disputes::concede(by(ALPHA), FIRST, figures(1_000, 50_100)));
    };
    assert_eq!(days(conceded), 42);
    let silent = || {
        MockClock::advance(20 * DAY);
        idle();
    };
    assert_eq!(days(silent), 39 + 15);
}

#[test]
fn suspended_operator_should_dispute_what_it_owes_and_claim_nothing_more() {
    ExtBuilder::default().build_and_execute(|| {
        MockOperators::suspend(ALPHA);
        MockOperators::suspend(BETA);
        // ALPHA owes 500.00; BETA is owed that, and gives back 30.00.
        assert_noop!(
            raise(BETA, data(), DisputeKind::MissingUsage, megabytes(1_200)),
            DispatchError::Other("Suspended")
        );
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Volume, figures(999, -1)),
            DispatchError::Other("Suspended")
        );
        assert_noop!(
            raise(BETA, given_back(), DisputeKind::Rate, figures(0, 1)),
            DispatchError::Other("Suspended")
        );
        assert_noop!(
            Disputes::mark_difference(by(BETA), AGREEMENT, JANUARY, data(), megabytes(1_001)),
            DispatchError::Other("Suspended")
        );
        assert_ok!(Disputes::mark_difference(
            by(ALPHA),
            AGREEMENT,
            JANUARY,
            data(),
            megabytes(999)
        ));
        assert_ok!(raise(ALPHA, data(), DisputeKind::Volume, figures(999, 0)));
        assert_ok!(raise(BETA, given_back(), DisputeKind::Rate, figures(0, 0)));
        // By an answer, too, each defends what is stated, and claims nothing beyond it.
        assert_noop!(
            Disputes::answer(by(BETA), FIRST, megabytes(1_200)),
            DispatchError::Other("Suspended")
        );
        assert_ok!(Disputes::answer(by(BETA), FIRST, megabytes(1_000)));
    });
}

#[test]
fn raise_should_be_refused_when_no_id_is_left() {
    ExtBuilder::default().build_and_execute(|| {
        crate::NextDispute::<Test>::put(DisputeId(u64::MAX));
        assert_noop!(
            raise(ALPHA, data(), DisputeKind::Volume, megabytes(800)),
            Error::<Test>::IdsExhausted
        );
    });
}
