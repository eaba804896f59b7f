use super::*;
use crate::{Deadlines, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};

#[test]
fn proposal_should_be_forgotten_within_the_hour_when_it_has_lapsed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        events();
        MockClock::advance(LIFETIME - 1);
        idle();
        assert!(record(FIRST).offer.is_some());
        MockClock::advance(3_600);
        // Until it is swept, clients see it as it is.
        assert_eq!(
            Deals::agreement(FIRST).map(|a| (a.status, a.offer)),
            Some((AgreementStatus::Abandoned, None))
        );
        idle();
        assert_eq!(
            events(),
            [Event::OfferLapsed {
                agreement: FIRST,
                version: 1
            }]
        );
        assert_eq!(Deals::agreement(FIRST), None);
        assert_eq!(Deals::terms(FIRST, 1), None);
        assert_eq!(Deadlines::<Test>::iter_keys().count(), 0);
    });
}

#[test]
fn offer_should_stay_when_it_was_replaced_before_it_lapsed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        MockClock::advance(LIFETIME / 2);
        assert_ok!(counter(BETA_DESK, FIRST, 1, terms()));
        MockClock::advance(LIFETIME / 2 + 3_600);
        events();
        idle();
        assert_eq!(events(), []);
        assert_ok!(sign(ALPHA_DESK, FIRST));
    });
}

#[test]
fn agreement_should_expire_and_lose_its_amendment_when_its_term_is_over() {
    ExtBuilder::default().active().build_and_execute(|| {
        let last = terms().last;
        MockClock::set(last.end() - DAY);
        assert_ok!(amend(ALPHA_DESK, FIRST, last, terms()));
        events();
        MockClock::set(last.end());
        idle();
        assert_eq!(
            events(),
            [
                Event::OfferLapsed {
                    agreement: FIRST,
                    version: 2
                },
                Event::Expired {
                    agreement: FIRST,
                    last
                }
            ]
        );
        assert_eq!(record(FIRST).status, AgreementStatus::Expired);
        // Late files of its months still find it.
        assert!(Deals::route_in(&B[0], &A[0], last).is_some());
    });
}

#[test]
fn amendment_alone_should_be_dropped_when_it_has_lapsed() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(amend(ALPHA_DESK, FIRST, Period(202702), terms()));
        MockClock::advance(LIFETIME + 3_600);
        idle();
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.offer),
            (AgreementStatus::Active, None)
        );
    });
}

#[test]
fn idle_work_should_go_on_in_the_next_block_when_its_weight_is_used_up() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..5 {
            assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        }
        // First up to the slot in which they lapse.
        MockClock::advance(LIFETIME);
        idle();
        MockClock::advance(3_600);
        let waiting = || Deadlines::<Test>::iter_keys().count();
        assert_eq!(waiting(), 5);

        let (base, each) = (<()>::sweep_base(), <()>::sweep_agreement());
        assert_eq!(Deals::on_idle(1, Weight::zero()), Weight::zero());
        let short = base.saturating_sub(Weight::from_parts(1, 0));
        assert_eq!(Deals::on_idle(1, short), Weight::zero());
        assert_eq!(Deals::on_idle(1, base), base);
        assert_eq!(waiting(), 5);
        let two = base.saturating_add(each.saturating_mul(2));
        assert_eq!(Deals::on_idle(1, two), two);
        assert_eq!(waiting(), 3);
        assert_eq!(Deals::on_idle(1, two), two);
        assert_eq!(
            Deals::on_idle(1, two),
            two,
            "the last one, and the step to the next slot"
        );
        assert_eq!(waiting(), 0);
        assert_eq!(Deals::on_idle(1, two), base, "nothing is left to do");
    });
}

#[test]
fn idle_work_should_catch_up_when_there_was_a_long_pause() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        MockClock::set(terms().last.end() + 400 * DAY);
        idle();
        assert_eq!(record(FIRST).status, AgreementStatus::Expired);
        assert_eq!(Deals::agreement(AgreementId(1)), None);
    });
}
