use super::*;
use crate::{Rates, Submissions};

const RATE: u128 = 1_312_345_000;

fn submit(who: u64) -> sp_runtime::DispatchResult {
    feed(who, USD, NEXT, RATE, QUOTED)
}

#[test]
fn feed_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        appoint();
        let call = || Call::feed {
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
        };
        for origin in [RawOrigin::None, RawOrigin::Root] {
            assert_noop!(dispatch(origin, call()), DispatchError::BadOrigin);
        }
        assert_noop!(submit(99), NOT_A_DESK);
        assert_noop!(submit(TREASURY), WRONG_ROLE);
        assert_noop!(submit(OTHER_DESK), Reason::NotAFeeder);
        MockOperators::suspend(FEEDERS[0]);
        assert_noop!(submit(DESKS[0]), SUSPENDED);
    });
}

#[test]
fn rate_should_be_fixed_when_a_quorum_has_submitted_it() {
    execute(|| {
        appoint();
        events();
        let submitted = |feeder, equal| Event::RateSubmitted {
            feeder,
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
            equal,
            quorum: 2,
        };
        assert_ok!(submit(DESKS[0]));
        assert_eq!(events(), [submitted(FEEDERS[0], 1)]);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        // The same operator again is not a quorum.
        assert_ok!(submit(DESKS[0]));
        assert_eq!(events(), [submitted(FEEDERS[0], 1)]);
        assert_ok!(submit(DESKS[2]));
        let fixed = Event::RateFixed {
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
            source: RateSource::Feeders,
        };
        assert_eq!(events(), [submitted(FEEDERS[2], 2), fixed]);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE)));
        assert!(Submissions::<Test>::get(NEXT, USD).is_none());
        assert_noop!(submit(DESKS[1]), Reason::AlreadyFixed);
        assert_eq!(Tariffs::fixed_rate(USD, NOW), Some(SdrRate(BEFORE)));
        assert_eq!(Tariffs::fixed_rate(Currency::SDR, NEXT), Some(SdrRate::SDR));
    });
}

#[test]
fn submissions_should_count_when_rate_and_day_are_equal() {
    execute(|| {
        appoint();
        assert_ok!(submit(DESKS[0]));
        assert_ok!(feed(DESKS[1], USD, NEXT, RATE + 1, QUOTED));
        assert_ok!(feed(DESKS[2], USD, NEXT, RATE, QuoteDate(20261222)));
        assert!(!Rates::<Test>::contains_key(NEXT, USD));
        assert_eq!(Submissions::<Test>::get(NEXT, USD).map(|all| all.len()), Some(3));
        assert_ok!(submit(DESKS[1]));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE)));
    });
}

#[test]
fn submission_should_not_count_when_its_feeder_is_dismissed() {
    execute(|| {
        appoint();
        assert_ok!(submit(DESKS[0]));
        assert_ok!(set_feeders(&FEEDERS[1..], 2, &[USD]));
        assert_ok!(submit(DESKS[1]));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        assert_ok!(submit(DESKS[2]));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE)));
    });
}

#[test]
fn feed_should_be_refused_when_the_quotation_is_not_of_the_23rd() {
    execute(|| {
        appoint();
        for wrong in [20261217, 20261224, 20261123, 20270118, 0] {
            assert_noop!(
                feed(DESKS[0], USD, NEXT, RATE, QuoteDate(wrong)),
                Reason::WrongQuoteDate
            );
        }
        MockClock::set(QuoteDate(20261218).start() - 1);
        assert_noop!(
            feed(DESKS[0], USD, NEXT, RATE, QuoteDate(20261218)),
            Reason::NotQuotedYet
        );
        MockClock::set(QuoteDate(20261218).start());
        assert_ok!(feed(DESKS[0], USD, NEXT, RATE, QuoteDate(20261218)));
        assert_noop!(submit(DESKS[0]), Reason::NotQuotedYet);
        // The month after next has no day of quotation yet.
        let after = feed(DESKS[0], USD, NEXT.next(), RATE, QuoteDate::of(NEXT.next()));
        assert_noop!(after, Reason::NotQuotedYet);
        MockClock::set(NEXT.start() - 1);
        assert_ok!(submit(DESKS[1]));
        MockClock::set(NEXT.start());
        assert_noop!(submit(DESKS[2]), Reason::MonthBegun);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
    });
}

#[test]
fn feed_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        appoint();
        assert_noop!(
            feed(DESKS[0], Currency(*b"usd"), NEXT, RATE, QUOTED),
            Reason::InvalidCurrency
        );
        assert_noop!(
            feed(DESKS[0], Currency::SDR, NEXT, RATE, QUOTED),
            Reason::RateOfSdr
        );
        assert_noop!(
            feed(DESKS[0], Currency::EUR, NEXT, RATE, QUOTED),
            Reason::NotQuoted
        );
        assert_noop!(
            feed(DESKS[0], USD, Period(202713), RATE, QUOTED),
            Reason::InvalidPeriod
        );
        for wrong in [0, SdrRate::MIN.0 - 1, SdrRate::MAX.0 + 1, u128::MAX] {
            let refused = feed(DESKS[0], USD, NEXT, wrong, QUOTED);
            assert_noop!(refused, Reason::RateOutOfRange);
        }
    });
}

fn december() {
    appoint();
    events();
}

/// What two feeders propose.
fn proposed(rate: u128, doubt: RateDoubt) -> ProposedRate {
    ProposedRate {
        rate: SdrRate(rate),
        quoted: QUOTED,
        before: Some(SdrRate(BEFORE)),
        before_month: Some(NOW),
        doubt,
    }
}

fn both(rate: u128) {
    for desk in [DESKS[0], DESKS[1]] {
        assert_ok!(feed(desk, USD, NEXT, rate, QUOTED));
    }
}

#[test]
fn rate_should_wait_for_the_council_when_it_jumps_or_looks_like_a_reciprocal() {
    // One divided by 1.3 is 0.769: SDR per dollar in place of dollars per SDR.
    for (rate, doubt) in [
        (BEFORE / 10, RateDoubt::Jump),
        (BEFORE * 10, RateDoubt::Jump),
        (769_230_769, RateDoubt::Reciprocal),
        (1_560_000_001, RateDoubt::Jump),
        (1_039_999_999, RateDoubt::Jump),
    ] {
        execute(|| {
            december();
            both(rate);
            let waits = Event::RateProposed {
                currency: USD,
                period: NEXT,
                proposed: proposed(rate, doubt),
            };
            assert_eq!(events().last(), Some(&waits));
            assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
            assert_eq!(
                Tariffs::proposed_rates(NEXT),
                [(USD, proposed(rate, doubt))],
                "{rate}"
            );
            // The third one is told that it waits.
            assert_noop!(feed(DESKS[2], USD, NEXT, rate, QUOTED), Reason::AlreadyProposed);
        });
    }
    for right in [1_560_000_000, 1_040_000_000] {
        execute(|| {
            december();
            both(right);
            assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(right)));
        });
    }
}

#[test]
fn first_rate_should_wait_for_the_council_when_there_is_none_to_be_compared_with() {
    execute(|| {
        december();
        // The franc has no rate before: this one may be a reciprocal for all that the chain knows.
        for desk in [DESKS[0], DESKS[1]] {
            assert_ok!(feed(desk, CHF, NEXT, 769_230_769, QUOTED));
        }
        let first = ProposedRate {
            before: None,
            before_month: None,
            ..proposed(769_230_769, RateDoubt::First)
        };
        assert_eq!(Tariffs::proposed_rates(NEXT), [(CHF, first)]);
        assert_eq!(Tariffs::fixed_rate(CHF, NEXT), None);
        // Silence does not confirm it.
        MockClock::set(NEXT.end());
        assert_eq!(Tariffs::fixed_rate(CHF, NEXT), None);
        assert_ok!(set_rate(CHF, NEXT, 1_050_000_000, QUOTED));
        assert_eq!(Tariffs::fixed_rate(CHF, NEXT), Some(SdrRate(1_050_000_000)));
        // From then on others are compared with it.
        let later = NEXT.next();
        MockClock::set(QuoteDate::of(later).start());
        for desk in [DESKS[0], DESKS[1]] {
            assert_ok!(feed(desk, CHF, later, 1_060_000_000, QuoteDate::of(later)));
        }
        assert_eq!(Tariffs::fixed_rate(CHF, later), Some(SdrRate(1_060_000_000)));
    });
}

#[test]
fn feeders_should_replace_what_waits_when_they_have_seen_their_mistake() {
    execute(|| {
        december();
        both(769_230_769);
        both(1_310_000_000);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(1_310_000_000)));
        assert_eq!(Tariffs::proposed_rates(NEXT), []);
    });
}

#[test]
fn council_should_accept_what_waits_when_it_sets_it() {
    execute(|| {
        december();
        both(2_000_000_000);
        govern_wrongly(|| Call::set_rate {
            currency: USD,
            period: NEXT,
            rate: SdrRate(2_000_000_000),
            quoted: QUOTED,
        });
        // Also once the month runs.
        MockClock::set(NEXT.end() - 1);
        assert_ok!(set_rate(USD, NEXT, 2_000_000_000, QUOTED));
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(2_000_000_000)));
        assert_eq!(Tariffs::proposed_rates(NEXT), []);
    });
}

#[test]
fn rate_that_jumped_should_hold_when_its_month_ends_without_a_word_of_the_council() {
    execute(|| {
        december();
        both(2_000_000_000);
        MockClock::set(NEXT.end() - 1);
        idle();
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        MockClock::set(NEXT.end());
        // From that moment on, whether a block had room for idle work or not.
        let holds = MonthRate {
            rate: SdrRate(2_000_000_000),
            quoted: QUOTED,
            source: RateSource::Unopposed,
        };
        for _ in 0..2 {
            assert_eq!(Tariffs::rates(NEXT), [(USD, holds)]);
            assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(2_000_000_000)));
            assert_eq!(Tariffs::proposed_rates(NEXT), []);
            assert_noop!(set_rate(USD, NEXT, BEFORE, QUOTED), Reason::MonthBegun);
            assert_noop!(refuse_rate(USD, NEXT), Reason::NotProposed);
            idle();
        }
        assert!(Rates::<Test>::contains_key(NEXT, USD));
        assert_eq!(
            Tariffs::rate_or_newest(USD, NEXT.next()),
            Some(SdrRate(2_000_000_000))
        );
    });
}

#[test]
fn reciprocal_should_never_hold_when_the_council_says_nothing() {
    execute(|| {
        december();
        both(769_230_769);
        MockClock::set(NEXT.end() + 40 * DAY);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        events();
        idle();
        let lapsed = Event::RateLapsed {
            currency: USD,
            period: NEXT,
            rate: SdrRate(769_230_769),
        };
        assert_eq!(events(), [lapsed]);
        // As any month without a rate: the council sets it late, once.
        assert_ok!(set_rate(USD, NEXT, BEFORE, QUOTED));
    });
}

#[test]
fn rate_should_be_compared_with_the_newest_one_however_old_that_is() {
    execute(|| {
        december();
        // Nobody submits for half a year; the dollar has moved by a fourth since.
        let later = (0..5).fold(NEXT, |month, _| month.next());
        MockClock::set(QuoteDate::of(later).start());
        for desk in [DESKS[0], DESKS[1]] {
            assert_ok!(feed(desk, USD, later, BEFORE * 5 / 4, QuoteDate::of(later)));
        }
        let waits = Tariffs::proposed_rates(later);
        assert_eq!(waits.len(), 1);
        assert_eq!(waits[0].1.before_month, Some(NOW));
        // Once the old rate is gone, there is nothing to be compared with.
        let last = (0..=RATES_KEPT).fold(NOW, |month, _| month.next());
        MockClock::set(QuoteDate::of(last.next()).start());
        idle();
        for desk in [DESKS[0], DESKS[1]] {
            let far = BEFORE * 5 / 4 * 2;
            assert_ok!(feed(desk, USD, last.next(), far, QuoteDate::of(last.next())));
        }
        // But for the one that nobody has opposed, which is the newest by now.
        assert_eq!(
            Tariffs::proposed_rates(last.next())[0].1.before_month,
            Some(later)
        );
    });
}
