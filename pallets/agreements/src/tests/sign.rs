use super::*;
use frame_support::dispatch::Pays;
use frame_system::RawOrigin;
use interclear_primitives::rating::Price;

fn two_each() -> Terms {
    terms_with(|terms| terms.signatures = 2)
}

#[test]
fn sign_should_be_refused_when_the_origin_is_wrong() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        let digest = terms().digest();
        let refused = Deals::sign(RawOrigin::Root.into(), FIRST, 1, digest);
        assert_eq!(
            refused.map_err(|failed| failed.error),
            Err(DispatchError::BadOrigin)
        );
        assert_noop!(sign(99, FIRST), NOT_A_DESK);
        assert_noop!(sign(ALPHA_CLEARING, FIRST), WRONG_ROLE);
        assert_noop!(sign(GAMMA_DESK, FIRST), Reason::NotAParty);
        assert_noop!(
            sign_version(ALPHA_DESK, AgreementId(7), 1, digest),
            Reason::AgreementNotFound
        );
        MockOperators::suspend(ALPHA);
        assert_noop!(sign(ALPHA_DESK, FIRST), SUSPENDED);
    });
}

#[test]
fn sign_should_be_refused_when_the_version_or_digest_is_another() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        let seen = terms().digest();
        assert_noop!(sign_version(BETA_DESK, FIRST, 2, seen), Reason::StaleVersion);
        assert_noop!(sign_version(BETA_DESK, FIRST, 1, [0; 32]), Reason::DigestMismatch);
        assert_ok!(counter(ALPHA_DESK, FIRST, 1, two_each()));
        assert_noop!(sign_version(BETA_DESK, FIRST, 1, seen), Reason::StaleVersion);
        assert_noop!(sign_version(BETA_DESK, FIRST, 2, seen), Reason::DigestMismatch);
    });
}

#[test]
fn sign_should_put_terms_in_force_when_both_parties_have_all_signatures() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, two_each()));
        events();
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_ok!(sign(ALPHA_DESK_2, FIRST));
        assert_ok!(sign(BETA_DESK, FIRST));
        assert_eq!(record(FIRST).status, AgreementStatus::Proposed);
        assert_eq!(Deals::route_in(&B[0], &A[0], Period(202612)), None);
        assert_ok!(sign(BETA_DESK_2, FIRST));

        let signed = |by, desk, signatures| Event::Signed {
            agreement: FIRST,
            version: 1,
            by,
            desk,
            signatures,
            needed: 2,
        };
        let (from, last) = (terms().first, terms().last);
        let expected = [
            signed(ALPHA, ALPHA_DESK, 1),
            signed(ALPHA, ALPHA_DESK_2, 2),
            signed(BETA, BETA_DESK, 1),
            signed(BETA, BETA_DESK_2, 2),
            Event::Activated {
                agreement: FIRST,
                parties: [ALPHA, BETA],
                version: 1,
                from,
                last,
            },
        ];
        assert_eq!(events(), expected);
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.offer),
            (AgreementStatus::Active, None)
        );
        assert_eq!(
            agreement.versions.to_vec(),
            [InForce {
                from,
                version: 1,
                carries: Default::default()
            }]
        );
        let route = Route {
            agreement: FIRST,
            direction: Direction::FirstHome,
            group: 0,
        };
        assert_eq!(Deals::route_in(&B[1], &A[0], Period(202612)), Some(route));
    });
}

#[test]
fn signature_should_be_refused_when_the_desk_has_signed_or_none_is_needed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, two_each()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        assert_noop!(sign(ALPHA_DESK, FIRST), Reason::AlreadySigned);
        // Neither does it count for its next operator.
        MockOperators::add_desk(ALPHA_DESK, BETA, &[Role::Commercial]);
        assert_noop!(sign(ALPHA_DESK, FIRST), Reason::AlreadySigned);
        MockOperators::add_desk(13, ALPHA, &[Role::Commercial]);
        assert_ok!(sign(ALPHA_DESK_2, FIRST));
        assert_noop!(sign(13, FIRST), Reason::SignaturesComplete);
    });
}

#[test]
fn a_signature_should_stay_valid_when_its_desk_is_removed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        MockOperators::remove_desk(ALPHA_DESK);
        assert_ok!(sign(BETA_DESK, FIRST));
        assert_eq!(record(FIRST).status, AgreementStatus::Active);
    });
}

#[test]
fn sign_should_be_refused_when_the_offer_has_lapsed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        MockClock::advance(LIFETIME - 1);
        assert_ok!(sign(ALPHA_DESK, FIRST));
        MockClock::advance(1);
        assert_noop!(sign(BETA_DESK, FIRST), Reason::OfferLapsed);
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(reject(BETA_DESK, AgreementId(1)));
        assert_noop!(
            sign_version(BETA_DESK, AgreementId(1), 1, terms().digest()),
            Reason::AgreementNotFound
        );
    });
}

#[test]
fn last_signature_should_be_refused_when_a_party_has_changed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        // A network changes hands.
        MockOperators::admit(GAMMA, &[OperatorKind::Mobile], &[A[0]]);
        assert_noop!(sign(BETA_DESK, FIRST), Reason::TadigNotOfParty);
        MockOperators::admit(ALPHA, &[OperatorKind::Mobile], &[A[0]]);
        MockOperators::suspend(ALPHA);
        assert_noop!(sign(BETA_DESK, FIRST), Reason::CounterpartyNotActive);
    });
}

#[test]
fn last_signature_should_be_refused_when_the_term_is_over() {
    ExtBuilder::default().build_and_execute(|| {
        MockClock::set(NOW.end() - DAY);
        let short = terms_with(|terms| (terms.first, terms.last) = (NOW, NOW));
        assert_ok!(propose(ALPHA_DESK, BETA, short));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        MockClock::set(NOW.end());
        assert_noop!(sign(BETA_DESK, FIRST), Reason::TermOver);
    });
}

#[test]
fn last_signature_should_be_refused_when_another_agreement_routes_a_pair() {
    ExtBuilder::default().active().build_and_execute(|| {
        let second = AgreementId(1);
        // One shared pair and one shared month are enough.
        let overlapping = terms_with(|terms| {
            (terms.first, terms.last) = (Period(202711), Period(202803));
            terms.directions = [direction(vec![group(&A[1..], &B[1..])]), direction(vec![])];
        });
        assert_ok!(propose(ALPHA_DESK, BETA, overlapping.clone()));
        assert_ok!(sign(ALPHA_DESK, second));
        assert_noop!(sign(BETA_DESK, second), Reason::RouteTaken);
        assert_eq!(record(second).status, AgreementStatus::Proposed);

        let later = Terms {
            first: Period(202712),
            ..overlapping.clone()
        };
        assert_ok!(counter(BETA_DESK, second, 1, later));
        assert_ok!(sign(ALPHA_DESK, second));
        assert_ok!(sign(BETA_DESK, second));
        let at = |month| Deals::route_in(&B[1], &A[1], month).map(|route| route.agreement);
        assert_eq!(at(Period(202711)), Some(FIRST));
        assert_eq!(at(Period(202712)), Some(second));

        // Other pairs of the same parties may run beside it.
        let beside = terms_with(|terms| {
            terms.directions = [direction(vec![]), direction(vec![group(&A[2..], &B[2..])])];
        });
        assert_ok!(propose(BETA_DESK, ALPHA, beside));
        assert_ok!(sign(ALPHA_DESK, AgreementId(2)));
        assert_ok!(sign(BETA_DESK, AgreementId(2)));
    });
}

#[test]
fn sign_should_cost_its_full_weight_when_it_is_the_last_signature() {
    ExtBuilder::default().build_and_execute(|| {
        use crate::WeightInfo;
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        let by = |desk| Deals::sign(RawOrigin::Signed(desk).into(), FIRST, 1, terms().digest());
        let first = by(ALPHA_DESK).expect("the signature is valid");
        assert_eq!(
            (first.actual_weight, first.pays_fee),
            (Some(<()>::sign()), Pays::Yes)
        );
        let last = by(BETA_DESK).expect("the signature is valid");
        assert_eq!(last.actual_weight, Some(<()>::activate(8, 4)));
    });
}

#[test]
fn routes_of_a_pair_should_make_room_when_no_late_usage_of_their_months_is_taken() {
    ExtBuilder::default().build_and_execute(|| {
        RouteEntries::set(1);
        let month = |period| terms_with(|terms| (terms.first, terms.last) = (period, period));
        let agree = |id, period| {
            propose(ALPHA_DESK, BETA, month(period))?;
            sign(ALPHA_DESK, id)?;
            sign(BETA_DESK, id)
        };
        assert_ok!(agree(FIRST, NOW));
        let second = AgreementId(1);
        assert_noop!(
            frame_support::storage::with_storage_layer(|| agree(second, NOW.next())),
            Reason::MaxRouteEntriesExceeded
        );
        MockPeriods::close(FIRST, NOW);
        let later = NOW.plus(7);
        MockClock::set(NOW.end() + 180 * DAY - 1);
        assert_noop!(
            frame_support::storage::with_storage_layer(|| agree(second, later)),
            Reason::MaxRouteEntriesExceeded
        );
        MockClock::advance(1);
        assert_ok!(agree(second, later));
        assert_eq!(Deals::route_in(&B[0], &A[0], NOW), None);
        assert_eq!(
            Deals::route_in(&B[0], &A[0], later).map(|route| route.agreement),
            Some(second)
        );
    });
}

#[test]
fn sign_should_be_refused_when_a_cap_came_after_the_offer() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        assert_ok!(sign(ALPHA_DESK, FIRST));
        MockCaps::set(Price(49_999_999));
        assert_noop!(sign(BETA_DESK, FIRST), ABOVE_CAP);
        assert_noop!(sign(ALPHA_DESK_2, FIRST), Reason::SignaturesComplete);
        MockCaps::set(Price(50_000_000));
        assert_ok!(sign(BETA_DESK, FIRST));
    });
}
