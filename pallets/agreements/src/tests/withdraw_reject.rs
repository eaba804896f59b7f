use super::*;
use crate::{Outlines, TermsOf};
use frame_system::RawOrigin;

#[test]
fn withdraw_and_reject_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_noop!(
            Deals::withdraw(RawOrigin::Root.into(), FIRST),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Deals::reject(RawOrigin::None.into(), FIRST),
            DispatchError::BadOrigin
        );
        for call in [withdraw, reject] {
            assert_noop!(call(99, FIRST), NOT_A_DESK);
            assert_noop!(call(ALPHA_CLEARING, FIRST), WRONG_ROLE);
            assert_noop!(call(GAMMA_DESK, FIRST), Reason::NotAParty);
            assert_noop!(call(ALPHA_DESK, AgreementId(5)), Reason::AgreementNotFound);
        }
        assert_noop!(withdraw(BETA_DESK, FIRST), Reason::NotYourOffer);
        assert_noop!(reject(ALPHA_DESK, FIRST), Reason::OwnOffer);
    });
}

#[test]
fn a_proposal_should_leave_nothing_behind_when_withdrawn_or_rejected() {
    for (call, desk, event) in [
        (
            withdraw as fn(u64, AgreementId) -> _,
            ALPHA_DESK,
            Event::Withdrawn {
                agreement: FIRST,
                version: 1,
                by: ALPHA,
            },
        ),
        (
            reject,
            BETA_DESK,
            Event::Rejected {
                agreement: FIRST,
                version: 1,
                by: BETA,
            },
        ),
    ] {
        ExtBuilder::default().build_and_execute(|| {
            assert_ok!(propose(ALPHA_DESK, BETA, terms()));
            events();
            assert_ok!(call(desk, FIRST));
            assert_eq!(events(), [event]);
            assert_eq!(Deals::agreement(FIRST), None);
            assert_eq!(
                (Deals::agreements_of(ALPHA), Deals::agreements_of(BETA)),
                (vec![], vec![])
            );
            assert_eq!(crate::Deadlines::<Test>::iter_keys().count(), 0);
            assert_eq!(TermsOf::<Test>::get(FIRST, 1), None);
            assert_eq!(Outlines::<Test>::get(FIRST, 1), None);
            assert_noop!(call(desk, FIRST), Reason::AgreementNotFound);
        });
    }
}

#[test]
fn sides_should_change_when_the_offer_is_countered() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(counter(BETA_DESK, FIRST, 1, terms()));
        assert_noop!(withdraw(ALPHA_DESK, FIRST), Reason::NotYourOffer);
        assert_noop!(reject(BETA_DESK, FIRST), Reason::OwnOffer);
        assert_ok!(reject(ALPHA_DESK, FIRST));
    });
}

#[test]
fn agreement_should_stay_active_when_its_amendment_is_withdrawn_or_rejected() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(amend(BETA_DESK, FIRST, Period(202702), terms()));
        assert_ok!(withdraw(BETA_DESK_2, FIRST));
        assert_ok!(amend(BETA_DESK, FIRST, Period(202702), terms()));
        assert_ok!(reject(ALPHA_DESK, FIRST));
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.latest, agreement.offer),
            (AgreementStatus::Active, 3, None)
        );
        assert_eq!(record(FIRST).version_in(Period(202702)), Some(1));
    });
}

#[test]
fn answers_should_be_refused_when_no_offer_is_on_the_table() {
    ExtBuilder::default().active().build_and_execute(|| {
        let digest = terms().digest();
        assert_noop!(sign_version(BETA_DESK, FIRST, 2, digest), Reason::NoOffer);
        assert_noop!(counter(BETA_DESK, FIRST, 2, terms()), Reason::NoOffer);
        assert_noop!(withdraw(BETA_DESK, FIRST), Reason::NoOffer);
        assert_noop!(reject(BETA_DESK, FIRST), Reason::NoOffer);
    });
}

#[test]
fn withdraw_and_reject_should_be_allowed_when_the_operator_is_suspended() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        MockOperators::suspend(ALPHA);
        MockOperators::suspend(BETA);
        assert_ok!(withdraw(ALPHA_DESK, FIRST));
        assert_ok!(reject(BETA_DESK, AgreementId(1)));
        MockClock::advance(LIFETIME);
        assert_noop!(withdraw(ALPHA_DESK, AgreementId(2)), Reason::OfferLapsed);
        assert_noop!(reject(BETA_DESK, AgreementId(2)), Reason::OfferLapsed);
    });
}
