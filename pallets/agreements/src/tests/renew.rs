//! Agreements that renew themselves, and notice as agreed.

use super::*;

/// A year that renews itself by half years, with five months of notice.
fn rolling() -> Terms {
    terms_with(|terms| {
        terms.renewal_months = 6;
        terms.notice_months = 5;
    })
}

fn agreed(terms: Terms) {
    assert_ok!(propose(ALPHA_DESK, BETA, terms));
    assert_ok!(sign(ALPHA_DESK, FIRST));
    assert_ok!(sign(BETA_DESK, FIRST));
}

#[test]
fn agreement_should_renew_itself_when_nobody_terminates_it() {
    ExtBuilder::default().build_and_execute(|| {
        agreed(rolling());
        events();
        let last = rolling().last;
        MockClock::set(last.end() + DAY);
        idle();
        assert_eq!(events(), [], "nothing ends");
        let shown = Deals::agreement(FIRST).expect("it exists");
        assert_eq!(
            (shown.status, shown.last),
            (AgreementStatus::Active, Period(202805))
        );
        assert!(Deals::route_in(&B[0], &A[0], Period(203001)).is_some());
        assert_eq!(
            record(FIRST).months_of(1),
            Some(Months {
                first: terms().first,
                last: Period::MAX
            })
        );

        assert_ok!(terminate(BETA_DESK, FIRST, Period(202806)));
        assert!(Deals::route_in(&B[0], &A[0], Period(202806)).is_some());
        assert!(Deals::route_in(&B[0], &A[0], Period(202807)).is_none());
        assert_eq!(record(FIRST).end(), Period(202806));
    });
}

#[test]
fn pair_should_stay_taken_when_its_agreement_renews_itself() {
    ExtBuilder::default().build_and_execute(|| {
        agreed(rolling());
        let later = terms_with(|terms| (terms.first, terms.last) = (Period(203001), Period(203012)));
        assert_ok!(propose(ALPHA_DESK, BETA, later));
        let second = AgreementId(1);
        assert_ok!(sign(ALPHA_DESK, second));
        assert_noop!(sign(BETA_DESK, second), Reason::RouteTaken);
        assert_ok!(terminate(ALPHA_DESK, FIRST, Period(202912)));
        assert_ok!(sign(BETA_DESK, second));
    });
}

#[test]
fn renewal_should_end_when_an_amendment_drops_it() {
    ExtBuilder::default().build_and_execute(|| {
        agreed(rolling());
        MockClock::set(Period(202802).start());
        let ending = terms_with(|terms| terms.last = Period(202812));
        anchor(Period(202901));
        assert_ok!(amend_and_sign(FIRST, Period(202803), ending));
        assert_eq!(record(FIRST).end(), Period(202812));
        assert!(Deals::route_in(&B[0], &A[0], Period(202901)).is_none());
        MockClock::set(Period(202812).end());
        idle();
        assert_eq!(record(FIRST).status, AgreementStatus::Expired);
    });
}

#[test]
fn agreed_notice_should_hold_when_it_is_longer_than_that_of_the_chain() {
    ExtBuilder::default().build_and_execute(|| {
        agreed(rolling());
        assert_noop!(terminate(ALPHA_DESK, FIRST, NOW.plus(4)), Reason::NoticeTooShort);
        assert_ok!(terminate(ALPHA_DESK, FIRST, NOW.plus(5)));
    });
}
