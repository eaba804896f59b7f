use super::*;
use crate::{NewestRate, OldestRates, Rates, Submissions, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};

/// One unit for an SDR.
const ONE: u128 = 1_000_000_000;

#[test]
fn submissions_should_go_when_their_month_has_begun() {
    execute(|| {
        appoint();
        assert_ok!(feed(DESKS[0], USD, NEXT, ONE, QUOTED));
        assert_ok!(feed(DESKS[0], CHF, NEXT, ONE, QUOTED));
        idle();
        assert_eq!(Submissions::<Test>::iter().count(), 2);
        MockClock::set(NEXT.start());
        idle();
        assert_eq!(Submissions::<Test>::iter().count(), 0);
    });
}

#[test]
fn rates_should_go_when_they_are_older_than_the_horizon() {
    execute(|| {
        assert_ok!(set_rate(USD, NOW, ONE, QuoteDate::of(NOW)));
        assert_ok!(set_rate(USD, NEXT, 2 * ONE, QUOTED));
        assert_ok!(set_rate(CHF, NOW, 3 * ONE, QuoteDate::of(NOW)));
        let last = (0..RATES_KEPT).fold(NOW, |month, _| month.next());
        MockClock::set(last.start());
        idle();
        assert_eq!(Rates::<Test>::iter().count(), 3);
        MockClock::set(last.end());
        idle();
        assert_eq!(Tariffs::rates(NOW), []);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(2 * ONE)));
        assert_eq!(
            (NewestRate::<Test>::get(USD), NewestRate::<Test>::get(CHF)),
            (Some(NEXT), None)
        );
        assert_eq!(OldestRates::<Test>::get(), Some(NEXT));
    });
}

#[test]
fn eviction_should_stay_within_the_weight_when_much_waits() {
    execute(|| {
        assert_ok!(set_rate(USD, NOW, ONE, QuoteDate::of(NOW)));
        assert_ok!(set_rate(CHF, NOW, 3 * ONE, QuoteDate::of(NOW)));
        MockClock::set((0..=RATES_KEPT).fold(NOW, |month, _| month.next()).start());
        let (base, step) = (<()>::evict_base(), <()>::evict_step());
        for (limit, left) in [
            (Weight::zero(), 2),
            (base, 2),
            (base.saturating_add(step), 1),
            (base.saturating_add(step), 0),
        ] {
            assert_eq!(Tariffs::on_idle(1, limit), limit);
            assert_eq!(Rates::<Test>::iter().count(), left);
        }
        assert!(idle().all_gte(base));
    });
}
