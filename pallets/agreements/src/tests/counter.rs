use super::*;
use crate::{Outlines, TermsOf};
use frame_system::RawOrigin;
use interclear_primitives::rating::Price;

fn cheaper() -> Terms {
    terms_with(|terms| terms.payment.payment_days = 45)
}

#[test]
fn counter_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_noop!(
            Deals::counter(RawOrigin::Root.into(), FIRST, 1, Box::new(cheaper())),
            DispatchError::BadOrigin
        );
        assert_noop!(counter(99, FIRST, 1, cheaper()), NOT_A_DESK);
        assert_noop!(counter(ALPHA_CLEARING, FIRST, 1, cheaper()), WRONG_ROLE);
        assert_noop!(counter(GAMMA_DESK, FIRST, 1, cheaper()), Reason::NotAParty);
        MockOperators::suspend(BETA);
        assert_noop!(counter(BETA_DESK, FIRST, 1, cheaper()), SUSPENDED);
    });
}

#[test]
fn offer_should_lose_its_signatures_and_terms_when_it_is_countered() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(
            ALPHA_DESK,
            BETA,
            terms_with(|terms| terms.signatures = 2)
        ));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        MockClock::advance(DAY);
        events();
        assert_ok!(counter(BETA_DESK, FIRST, 1, cheaper()));
        let (digest, expires) = (cheaper().digest(), MockClock::now() + LIFETIME);
        assert_eq!(
            events(),
            [Event::Countered {
                agreement: FIRST,
                by: BETA,
                version: 2,
                digest,
                expires
            }]
        );
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.latest),
            (AgreementStatus::Countered, 2)
        );
        let offer = agreement.offer.expect("the counter-offer is on the table");
        assert_eq!((offer.version, offer.by), (2, BETA));
        assert!(offer.signatures.iter().all(|desks| desks.is_empty()));
        assert_eq!(TermsOf::<Test>::get(FIRST, 1), None);
        assert_eq!(Outlines::<Test>::get(FIRST, 1), None);
        assert_eq!(TermsOf::<Test>::get(FIRST, 2), Some(cheaper()));
    });
}

#[test]
fn counter_should_be_refused_when_the_version_is_not_on_the_table() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(counter(BETA_DESK, FIRST, 1, cheaper()), Reason::AgreementNotFound);
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(counter(BETA_DESK, FIRST, 1, cheaper()));
        assert_noop!(counter(ALPHA_DESK, FIRST, 1, terms()), Reason::StaleVersion);
        assert_noop!(counter(ALPHA_DESK, FIRST, 3, terms()), Reason::StaleVersion);
        assert_ok!(counter(BETA_DESK_2, FIRST, 2, terms()));
        assert_ok!(withdraw(BETA_DESK, FIRST));
        assert_noop!(counter(ALPHA_DESK, FIRST, 3, terms()), Reason::AgreementNotFound);
    });
}

#[test]
fn counter_should_be_refused_when_the_offer_has_lapsed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        MockClock::advance(LIFETIME);
        assert_noop!(counter(BETA_DESK, FIRST, 1, cheaper()), Reason::OfferLapsed);
    });
}

#[test]
fn counter_should_be_refused_when_its_terms_could_not_be_proposed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        let foreign = terms_with(|terms| terms.directions.reverse());
        assert_noop!(counter(BETA_DESK, FIRST, 1, foreign), Reason::TadigNotOfParty);
    });
}

#[test]
fn agreement_should_stay_active_when_its_amendment_is_countered() {
    ExtBuilder::default().active().build_and_execute(|| {
        let from = Period(202703);
        assert_ok!(amend(
            ALPHA_DESK,
            FIRST,
            from,
            terms_with(|terms| terms.payment.affirm_days = 20)
        ));
        assert_ok!(counter(BETA_DESK, FIRST, 2, cheaper()));
        let agreement = record(FIRST);
        assert_eq!(agreement.status, AgreementStatus::Active);
        assert_eq!(
            agreement.offer.map(|offer| (offer.version, offer.by, offer.from)),
            Some((3, BETA, from))
        );
        assert_noop!(
            counter(
                ALPHA_DESK,
                FIRST,
                3,
                terms_with(|terms| terms.currency = Currency::SDR)
            ),
            Reason::FixedByAgreement
        );
        MockPeriods::close(FIRST, from);
        assert_noop!(counter(ALPHA_DESK, FIRST, 3, cheaper()), Reason::PeriodClosed);
    });
}

#[test]
fn counter_should_be_refused_when_a_price_is_above_a_cap() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        MockCaps::set(Price(1));
        assert_noop!(counter(BETA_DESK, FIRST, 1, terms()), ABOVE_CAP);
    });
}
