use super::*;
use crate::{Deadlines, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};

#[test]
fn on_idle_should_abandon_a_lapsed_proposal_within_the_hour() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        events();
        Clock::mutate(|now| *now += LIFETIME - 1);
        idle();
        assert!(record(FIRST).offer.is_some());
        Clock::mutate(|now| *now += 3_600);
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
        assert_eq!(record(FIRST).status, AgreementStatus::Abandoned);
        assert_eq!(Deals::terms(FIRST, 1), None);
        assert_eq!(Deadlines::<Test>::iter_keys().count(), 0);
    });
}

#[test]
fn on_idle_should_leave_an_offer_that_was_renewed() {
    ExtBuilder::default().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        Clock::mutate(|now| *now += LIFETIME / 2);
        assert_ok!(counter(BETA_DESK, FIRST, 1, terms()));
        Clock::mutate(|now| *now += LIFETIME / 2 + 3_600);
        events();
        idle();
        assert_eq!(events(), []);
        assert_ok!(sign(ALPHA_DESK, FIRST));
    });
}

#[test]
fn on_idle_should_expire_an_agreement_after_its_term_and_drop_its_amendment() {
    ExtBuilder::default().active().build_and_execute(|| {
        let last = terms().last;
        Clock::set(last.end() - DAY);
        assert_ok!(amend(ALPHA_DESK, FIRST, last, terms()));
        events();
        Clock::set(last.end());
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
fn on_idle_should_drop_a_lapsed_amendment_only() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(amend(ALPHA_DESK, FIRST, Period(202702), terms()));
        Clock::mutate(|now| *now += LIFETIME + 3_600);
        idle();
        let agreement = record(FIRST);
        assert_eq!(
            (agreement.status, agreement.offer),
            (AgreementStatus::Active, None)
        );
    });
}

#[test]
fn on_idle_should_stop_at_its_weight_and_go_on_in_the_next_block() {
    ExtBuilder::default().build_and_execute(|| {
        for _ in 0..5 {
            assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        }
        // First up to the slot in which they lapse.
        Clock::mutate(|now| *now += LIFETIME);
        idle();
        Clock::mutate(|now| *now += 3_600);
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
fn on_idle_should_catch_up_after_a_long_pause() {
    ExtBuilder::default().active().build_and_execute(|| {
        assert_ok!(propose(ALPHA_DESK, BETA, terms()));
        Clock::set(terms().last.end() + 400 * DAY);
        idle();
        assert_eq!(record(FIRST).status, AgreementStatus::Expired);
        assert_eq!(record(AgreementId(1)).status, AgreementStatus::Abandoned);
    });
}
