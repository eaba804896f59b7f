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

/// A commitment for the term, and for each renewal.
fn committed(price: u128) -> Terms {
    use interclear_primitives::rating::{Amount, Condition, Price, Pricing};
    let mut terms = rolling();
    let agreed = &mut terms.directions[0];
    agreed.condition = Condition::DealRevenue {
        commitment: Amount(12_000_000),
        including_tax: false,
    };
    let line = &mut agreed.groups[0].lines[0].terms;
    (line.in_commitment, line.pricing) = (true, Pricing::linear(Price(price)));
    terms
}

#[test]
fn commitment_should_be_carried_on_when_prices_are_amended_in_a_renewal() {
    ExtBuilder::default().build_and_execute(|| {
        agreed(committed(5));
        // The second renewal is from June to November.
        MockClock::set(Period(202807).start());
        assert_noop!(
            amend(ALPHA_DESK, FIRST, Period(202901), committed(8)),
            Reason::OutsideTerm
        );
        assert_ok!(amend_and_sign(FIRST, Period(202808), committed(8)));
        let agreement = record(FIRST);
        assert_eq!((agreement.end(), agreement.last), (Period::MAX, rolling().last));
        let [accounted, _] = agreement.accounted_in(Period(202809)).expect("it is in force");
        assert_eq!(accounted.counted.first, rolling().first, "nothing has ended");
        assert_eq!(accounted.priced.first, Period(202808));
        let (terms, agreed) = (committed(8), &committed(8).directions[0]);
        let [_, span] = interclear_billing::stretch::stretches(&terms, agreed, &accounted, Period(202809));
        let renewal = Months {
            first: Period(202806),
            last: Period(202811),
        };
        assert_eq!((span.months, span.owed, span.whole), (renewal, 6, 12));
        idle();
        assert_eq!(record(FIRST).status, AgreementStatus::Active);
    });
}

#[test]
fn amendment_should_be_refused_when_its_term_is_over_and_is_not_renewed() {
    ExtBuilder::default().build_and_execute(|| {
        agreed(committed(5));
        MockClock::set(Period(202807).start());
        let mut ended = committed(8);
        ended.renewal_months = 0;
        assert_noop!(amend(ALPHA_DESK, FIRST, Period(202808), ended), Reason::TermOver);
        // What is proposed anew has to begin with a term.
        assert_noop!(propose(ALPHA_DESK, BETA, committed(8)), Reason::TermOver);
    });
}
