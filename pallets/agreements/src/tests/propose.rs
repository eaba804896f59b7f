use super::*;
use crate::{AgreementsOf, NextAgreementId, Outlines, TermsOf};
use frame_system::RawOrigin;
use interclear_primitives::rating::Price;

#[test]
fn propose_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        for origin in [RawOrigin::None.into(), RawOrigin::Root.into()] {
            assert_noop!(
                Deals::propose(origin, BETA, Box::new(terms())),
                DispatchError::BadOrigin
            );
        }
        assert_noop!(propose(99, BETA, terms()), NOT_A_DESK);
        assert_noop!(propose(ALPHA_CLEARING, BETA, terms()), WRONG_ROLE);
        MockOperators::suspend(ALPHA);
        assert_noop!(propose(ALPHA_DESK, BETA, terms()), SUSPENDED);
    });
}

#[test]
fn version_1_should_be_on_the_table_unsigned_when_it_is_proposed() {
    ExtBuilder::default().build_and_execute(|| {
        let offered = terms();
        let (digest, expires) = (offered.digest(), MockClock::now() + LIFETIME);
        assert_ok!(propose(ALPHA_DESK, BETA, offered.clone()));
        let parties = [ALPHA, BETA];
        assert_eq!(
            events(),
            [Event::Proposed {
                agreement: FIRST,
                parties,
                version: 1,
                digest,
                expires
            }]
        );
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.latest),
            (AgreementStatus::Proposed, 1)
        );
        let offer = agreement.offer.expect("the proposal is on the table");
        assert_eq!(
            (offer.version, offer.by, offer.from, offer.digest),
            (1, ALPHA, offered.first, digest)
        );
        assert!(offer.signatures.iter().all(|desks| desks.is_empty()));
        assert_eq!(TermsOf::<Test>::get(FIRST, 1), Some(offered));
        for party in parties {
            assert!(AgreementsOf::<Test>::contains_key(party, FIRST));
        }
        // Nothing is in force yet.
        assert_eq!(Deals::route_in(&B[0], &A[0], Period(202612)), None);

        let reversed = terms_with(|terms| terms.directions.reverse());
        assert_ok!(propose(BETA_DESK, ALPHA, reversed));
        assert_eq!(record(AgreementId(1)).parties, [BETA, ALPHA]);
    });
}

#[test]
fn an_operator_should_not_fill_the_list_of_another_when_it_proposes_without_end() {
    ExtBuilder::default().build_and_execute(|| {
        let propose = |to| super::propose(ALPHA_DESK, to, terms());
        for _ in 0..32 {
            assert_ok!(propose(BETA));
        }
        assert_noop!(propose(BETA), Reason::MaxProposalsExceeded);
        // Nor by countering what it has proposed, which the other side had answered.
        assert_ok!(counter(BETA_DESK, FIRST, 1, terms()));
        assert_ok!(counter(ALPHA_DESK, FIRST, 2, terms()));
        assert_noop!(propose(BETA), Reason::MaxProposalsExceeded);
        // The other operator has places of its own, and what is rejected, withdrawn or lapsed is gone.
        let reversed = terms_with(|terms| terms.directions.reverse());
        assert_ok!(super::propose(BETA_DESK, ALPHA, reversed));
        assert_ok!(reject(BETA_DESK, FIRST));
        assert_ok!(propose(BETA));
        assert_eq!(Deals::agreements_of(BETA).len(), 33);
        MockClock::advance(LIFETIME + 3_600);
        idle();
        assert_eq!(Deals::agreements_of(BETA), vec![]);
        assert_eq!(crate::Proposals::<Test>::iter().count(), 0);
        // Nor is a place taken by what both have signed.
        let id = crate::NextAgreementId::<Test>::get();
        assert_ok!(propose(BETA));
        assert_ok!(sign(ALPHA_DESK, id));
        assert_ok!(sign(BETA_DESK, id));
        assert_eq!(crate::Proposals::<Test>::iter().count(), 0);
    });
}

#[test]
fn propose_should_be_refused_when_the_counterparty_cannot_agree() {
    ExtBuilder::default().build_and_execute(|| {
        assert_noop!(propose(ALPHA_DESK, ALPHA, terms()), Reason::SameParty);
        assert_noop!(
            propose(ALPHA_DESK, OperatorId(9), terms()),
            Reason::CounterpartyNotActive
        );
        MockOperators::suspend(BETA);
        assert_noop!(propose(ALPHA_DESK, BETA, terms()), Reason::CounterpartyNotActive);
    });
}

#[test]
fn outline_should_tell_prices_when_terms_are_proposed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        let outline = Outlines::<Test>::get(FIRST, 1).expect("offered terms have an outline");
        assert_eq!((outline.pairs, outline.lines, outline.signatures), (8, 4, 1));
        assert!(outline
            .flows(Direction::FirstHome, 0)
            .priced()
            .contains(Service::Gprs));
        assert!(!outline
            .flows(Direction::FirstHome, 0)
            .priced()
            .contains(Service::Mtc));
        assert!(!outline
            .flows(Direction::FirstHome, 1)
            .priced()
            .contains(Service::Gprs));
    });
}

#[test]
fn propose_should_be_refused_when_a_price_is_above_a_cap() {
    ExtBuilder::default().build_and_execute(|| {
        MockCaps::set(Price(49_999_999));
        assert_noop!(propose(ALPHA_DESK, BETA, terms()), ABOVE_CAP);
        MockCaps::set(Price(50_000_000));
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
    });
}

#[test]
fn new_agreement_should_be_refused_when_a_party_is_owed_more_than_its_cap() {
    const ABOVE: DispatchError = DispatchError::Other("ExposureAboveCap");
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        for exposed in [ALPHA, BETA] {
            Exposed::set(Some(exposed));
            assert_noop!(propose(ALPHA_DESK, BETA, terms()), ABOVE);
            assert_noop!(sign(BETA_DESK, FIRST), ABOVE);
        }
        Exposed::set(None);
        for desk in [ALPHA_DESK, BETA_DESK] {
            assert_ok!(sign(desk, FIRST));
        }
        // What runs goes on, and is amended.
        Exposed::set(Some(BETA));
        let from = Period(202703);
        assert_ok!(amend(ALPHA_DESK, FIRST, from, terms()));
        Exposed::set(None);
    });
}

#[test]
fn propose_should_be_refused_when_no_id_is_left() {
    ExtBuilder::default().build_and_execute(|| {
        NextAgreementId::<Test>::put(AgreementId(u32::MAX));
        assert_noop!(propose(ALPHA_DESK, BETA, terms()), Reason::IdsExhausted);
    });
}
