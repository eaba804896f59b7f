use super::*;
use frame_system::RawOrigin;

/// The soonest last month that the notice of three months allows.
const SOONEST: Period = Period(202702);

#[test]
fn terminate_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_noop!(
            Deals::terminate(RawOrigin::Root.into(), FIRST, SOONEST),
            DispatchError::BadOrigin
        );
        assert_noop!(terminate(99, FIRST, SOONEST), NOT_A_DESK);
        assert_noop!(terminate(ALPHA_CLEARING, FIRST, SOONEST), WRONG_ROLE);
        assert_noop!(terminate(GAMMA_DESK, FIRST, SOONEST), Reason::NotAParty);
        assert_noop!(
            terminate(ALPHA_DESK, AgreementId(4), SOONEST),
            Reason::AgreementNotFound
        );
    });
}

#[test]
fn agreement_should_end_with_its_last_month_when_it_is_terminated() {
    ExtBuilder::default().active().build_and_execute(|| {
        MockOperators::suspend(BETA);
        events();
        assert_ok!(terminate(BETA_DESK, FIRST, SOONEST));
        assert_eq!(
            events(),
            [Event::Terminated {
                agreement: FIRST,
                by: BETA,
                last: SOONEST
            }]
        );
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.last),
            (AgreementStatus::Terminated, SOONEST)
        );
        assert!(Deals::route_in(&B[0], &A[0], SOONEST).is_some());
        assert_eq!(Deals::route_in(&B[0], &A[0], SOONEST.next()), None);
        assert_noop!(terminate(ALPHA_DESK, FIRST, SOONEST), Reason::NotActive);
        assert_noop!(amend(ALPHA_DESK, FIRST, SOONEST, terms()), Reason::NotActive);
    });
}

#[test]
fn terminate_should_be_refused_when_the_month_is_out_of_reach() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_noop!(
            terminate(ALPHA_DESK, FIRST, SOONEST.previous()),
            Reason::NoticeTooShort
        );
        assert_noop!(terminate(ALPHA_DESK, FIRST, NOW), Reason::OutsideTerm);
        assert_noop!(terminate(ALPHA_DESK, FIRST, terms().last), Reason::OutsideTerm);
        assert_noop!(
            terminate(ALPHA_DESK, FIRST, Period(202713)),
            Reason::InvalidPeriod
        );
        MockClock::set(Period(202703).start());
        assert_noop!(terminate(ALPHA_DESK, FIRST, SOONEST), Reason::NoticeTooShort);
        MockPeriods::close(FIRST, Period(202707));
        for last in [Period(202706), Period(202707)] {
            assert_noop!(terminate(ALPHA_DESK, FIRST, last), Reason::PeriodClosed);
        }
        assert_ok!(terminate(ALPHA_DESK, FIRST, Period(202708)));
    });
}

#[test]
fn later_amendments_should_be_dropped_when_the_agreement_is_terminated() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(amend_and_sign(
            FIRST,
            Period(202705),
            terms_with(|terms| terms.last = Period(202712))
        ));
        assert_ok!(amend(ALPHA_DESK, FIRST, Period(202702), terms()));
        assert_ok!(terminate(BETA_DESK, FIRST, Period(202704)));
        let agreement = record(FIRST);
        assert_eq!((agreement.offer, agreement.versions.len()), (None, 1));
        assert_eq!((Deals::terms(FIRST, 2), Deals::terms(FIRST, 3)), (None, None));
        assert_eq!(Deals::route_in(&B[0], &A[0], Period(202705)), None);
        // The networks are free from then on.
        let next = terms_with(|terms| {
            terms.first = Period(202705);
            terms.directions.reverse();
        });
        assert_ok!(propose(BETA_DESK, ALPHA, next));
        assert_ok!(sign(ALPHA_DESK, AgreementId(1)));
        assert_ok!(sign(BETA_DESK, AgreementId(1)));
        let route = Route {
            agreement: AgreementId(1),
            direction: Direction::SecondHome,
            group: 0,
        };
        assert_eq!(Deals::route_in(&B[0], &A[0], Period(202705)), Some(route));
    });
}

#[test]
fn terminate_should_be_refused_when_the_agreement_is_not_in_force() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_noop!(terminate(ALPHA_DESK, FIRST, SOONEST), Reason::NotActive);
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        MockClock::set(terms().last.end());
        assert_noop!(terminate(ALPHA_DESK, FIRST, SOONEST), Reason::NotActive);
    });
}
