use crate::{mock::*, Error, Escrows, Event, Offers, Pallet};
use frame_support::{assert_noop, assert_ok};
use interclear_ports::{
    mocks::{MockAgreements, MockOperators, NOT_A_DESK, SUSPENDED, WRONG_ROLE},
    Agreements,
};
use interclear_primitives::{
    agreement::Direction,
    escrow::{Networks, StandingOffer},
    ids::{AgreementId, OperatorId},
    period::Period,
    samples, Digest, DAY,
};
use sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult};

/// A commercial desk of [`BETA`], which is treasury, too.
fn publisher() -> u64 {
    second_treasury(BETA)
}

/// What [`BETA`] offers: the terms of the agreement without the networks of the other party.
fn offer() -> StandingOffer {
    StandingOffer {
        terms: StandingOffer::open(terms()),
        token: TOKEN,
        deposit: 500,
        until: JANUARY.start() + 30 * DAY,
        uses: 2,
    }
}

fn publish(who: u64, number: u8, offer: StandingOffer) -> DispatchResult {
    Pallet::<Test>::publish_offer(by(who), number, Box::new(offer))
}

fn networks() -> Networks {
    vec![samples::FIRST].try_into().unwrap()
}

fn accept_as(who: u64, of: OperatorId, digest: Digest, amount: u128) -> DispatchResult {
    Pallet::<Test>::accept_offer(by(who), of, 0, digest, networks(), amount)
}

fn accept(amount: u128) -> DispatchResult {
    accept_as(second_treasury(ALPHA), BETA, offer().digest(), amount)
}

fn published(test: impl FnOnce()) {
    ExtBuilder.build_and_execute(|| {
        assert_ok!(publish(publisher(), 0, offer()));
        test();
    });
}

#[test]
fn publish_offer_should_fail_when_the_origin_is_wrong() {
    ExtBuilder.build_and_execute(|| {
        let call = |origin| Pallet::<Test>::publish_offer(origin, 0, Box::new(offer()));
        assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(publish(99, 0, offer()), NOT_A_DESK);
        assert_noop!(publish(treasury(BETA), 0, offer()), WRONG_ROLE);
        MockOperators::suspend(BETA);
        assert_noop!(publish(publisher(), 0, offer()), SUSPENDED);
    });
}

#[test]
fn publish_offer_should_be_refused_when_it_could_not_be_accepted() {
    ExtBuilder.build_and_execute(|| {
        let refused = |error: Error<Test>, change: &dyn Fn(&mut StandingOffer)| {
            let mut offer = offer();
            change(&mut offer);
            assert_noop!(publish(publisher(), 0, offer), error);
        };
        assert_noop!(publish(publisher(), 4, offer()), Error::<Test>::MaxOffersExceeded);
        refused(Error::OfferNotOpen, &|offer| {
            offer.terms.directions[0].groups[0].home = networks();
        });
        refused(Error::OfferNotOpen, &|offer| {
            offer.terms.directions[1].groups[0].visited = networks();
        });
        refused(Error::OfferNotOpen, &|offer| offer.terms.signatures = 2);
        refused(Error::NotPrepaid, &|offer| offer.terms.usage.prepaid = [None; 2]);
        refused(Error::OfferOver, &|offer| offer.uses = 0);
        refused(Error::OfferOver, &|offer| offer.until = JANUARY.start() - 1);
        refused(Error::TokenNotAccepted, &|offer| offer.token = 5);
    });
}

#[test]
fn withdraw_offer_should_remove_it_when_its_operator_asks() {
    published(|| {
        let withdraw = |who, number| Pallet::<Test>::withdraw_offer(by(who), number);
        assert_noop!(
            Pallet::<Test>::withdraw_offer(RuntimeOrigin::none(), 0),
            BadOrigin
        );
        assert_noop!(withdraw(99, 0), NOT_A_DESK);
        assert_noop!(withdraw(treasury(BETA), 0), WRONG_ROLE);
        assert_noop!(withdraw(second_treasury(ALPHA), 0), Error::<Test>::OfferNotFound);
        assert_noop!(withdraw(publisher(), 1), Error::<Test>::OfferNotFound);
        assert_ok!(withdraw(publisher(), 0));
        assert_noop!(accept(500), Error::<Test>::OfferNotFound);
    });
}

#[test]
fn accept_offer_should_fail_when_the_origin_is_wrong() {
    published(|| {
        let digest = offer().digest();
        let call = |origin| Pallet::<Test>::accept_offer(origin, BETA, 0, digest, networks(), 500);
        assert_noop!(call(RuntimeOrigin::none()), BadOrigin);
        assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
        assert_noop!(accept_as(99, BETA, digest, 500), NOT_A_DESK);
        // It takes both roles: one alone signs for nothing, or pays for nothing.
        assert_noop!(accept_as(treasury(ALPHA), BETA, digest, 500), WRONG_ROLE);
        assert_noop!(accept_as(publisher(), BETA, digest, 500), Error::<Test>::OwnOffer);
        MockOperators::suspend(ALPHA);
        assert_noop!(accept(500), SUSPENDED);
    });
}

#[test]
fn accept_offer_should_put_the_agreement_in_force_and_fund_its_escrow_in_one_call() {
    published(|| {
        let later = JANUARY.next().start();
        MockClock::set(later.min(offer().until));
        assert_ok!(accept(700));
        let agreement = AgreementId(AGREEMENT.0 + 1);
        let found = MockAgreements::terms_in(agreement, JANUARY).unwrap().1;
        assert_eq!(found, terms());
        assert_eq!(MockAgreements::parties(agreement), Some([ALPHA, BETA]));
        let escrow = Escrows::<Test>::get(agreement, Direction::FirstHome).unwrap();
        assert_eq!((escrow.held, escrow.token), (700, TOKEN));
        assert_eq!(balance(TOKEN, second_treasury(ALPHA)), (FUNDS - 700, 700));
        let accepted = Event::OfferAccepted {
            by: BETA,
            number: 0,
            operator: ALPHA,
            agreement,
        };
        assert_eq!(events().last(), Some(&accepted));
        assert_eq!(Offers::<Test>::get(BETA, 0).unwrap().uses, 1);
        assert_ok!(accept(500));
        assert_noop!(accept(500), Error::<Test>::OfferNotFound);
    });
}

#[test]
fn accept_offer_should_begin_with_the_month_that_runs_when_the_offer_is_older() {
    let early = StandingOffer {
        until: JANUARY.plus(2).end(),
        ..offer()
    };
    let terms = early.terms_for(&networks(), Period(202602));
    assert_eq!(terms.first, Period(202602));
    assert_eq!(early.terms_for(&networks(), Period(202512)).first, JANUARY);
}

#[test]
fn accept_offer_should_be_refused_when_it_is_over_changed_or_too_little_is_paid() {
    published(|| {
        assert_noop!(accept(499), Error::<Test>::DepositTooSmall);
        assert_noop!(
            accept(FUNDS + 1),
            DispatchError::from(Error::<Test>::InsufficientFunds)
        );
        assert_eq!(Offers::<Test>::get(BETA, 0).unwrap().uses, 2);
    });
    published(|| {
        // A higher price while the other one signs.
        let dearer = StandingOffer {
            deposit: 501,
            ..offer()
        };
        assert_ok!(publish(publisher(), 0, dearer));
        assert_noop!(accept(600), Error::<Test>::OfferChanged);
    });
    published(|| {
        MockClock::set(offer().until);
        assert_ok!(accept(500));
        MockClock::set(offer().until + 1);
        assert_noop!(accept(500), Error::<Test>::OfferOver);
    });
}

#[test]
fn standing_offers_should_be_by_number_when_there_are_several() {
    published(|| {
        assert_ok!(publish(publisher(), 3, offer()));
        assert_ok!(publish(publisher(), 1, offer()));
        let numbers: Vec<u8> = Pallet::<Test>::standing_offers(BETA)
            .into_iter()
            .map(|(number, _)| number)
            .collect();
        assert_eq!(numbers, [0, 1, 3]);
        assert_eq!(Pallet::<Test>::standing_offers(ALPHA), []);
    });
}
