use super::*;
use crate::{Rates, Submissions};

const RATE: u128 = 1_312_345_000;

#[test]
fn set_rate_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        appoint();
        govern_wrongly(|| Call::set_rate {
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE),
            quoted: QUOTED,
        });
    });
}

#[test]
fn rate_should_be_replaceable_when_its_month_has_not_begun() {
    execute(|| {
        appoint();
        assert_ok!(feed(DESKS[0], USD, NEXT, RATE, QUOTED));
        assert_ok!(set_rate(USD, NEXT, RATE, QUOTED));
        assert!(Submissions::<Test>::get(NEXT, USD).is_none());
        assert_noop!(feed(DESKS[1], USD, NEXT, RATE, QUOTED), Reason::AlreadyFixed);
        events();
        MockClock::set(NEXT.start() - 1);
        assert_ok!(set_rate(USD, NEXT, RATE + 7, QUOTED));
        let fixed = Event::RateFixed {
            currency: USD,
            period: NEXT,
            rate: SdrRate(RATE + 7),
            quoted: QUOTED,
            source: RateSource::Governance,
        };
        assert_eq!(events(), [fixed]);
        MockClock::set(NEXT.start());
        assert_noop!(set_rate(USD, NEXT, RATE, QUOTED), Reason::MonthBegun);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(RATE + 7)));
    });
}

#[test]
fn rate_should_be_set_once_when_its_month_has_begun_without_one() {
    execute(|| {
        assert_ok!(set_rate(USD, NOW, RATE, QuoteDate(20261123)));
        assert_eq!(
            Rates::<Test>::get(NOW, USD).map(|fixed| fixed.source),
            Some(RateSource::Late)
        );
        assert_noop!(set_rate(USD, NOW, RATE, QuoteDate(20261123)), Reason::MonthBegun);
        // As far back as rates are kept, and no further.
        let oldest = (0..RATES_KEPT).fold(NOW, |month, _| month.previous());
        assert_ok!(set_rate(USD, oldest, RATE, QuoteDate::of(oldest)));
        let before = oldest.previous();
        assert_noop!(set_rate(USD, before, RATE, QuoteDate::of(before)), Reason::TooOld);
        // A late rate of the past is not the newest.
        assert_eq!(crate::NewestRate::<Test>::get(USD), Some(NOW));
    });
}

#[test]
fn set_rate_should_be_refused_when_it_is_not_valid() {
    execute(|| {
        assert_noop!(
            set_rate(Currency(*b"U D"), NEXT, RATE, QUOTED),
            Reason::InvalidCurrency
        );
        assert_noop!(set_rate(Currency::SDR, NEXT, RATE, QUOTED), Reason::RateOfSdr);
        assert_noop!(set_rate(USD, Period(202700), RATE, QUOTED), Reason::InvalidPeriod);
        for wrong in [0, SdrRate::MIN.0 - 1, SdrRate::MAX.0 + 1] {
            assert_noop!(set_rate(USD, NEXT, wrong, QUOTED), Reason::RateOutOfRange);
        }
        assert_noop!(
            set_rate(USD, NEXT, RATE, QuoteDate(20261217)),
            Reason::WrongQuoteDate
        );
        MockClock::set(QUOTED.start() - 1);
        assert_noop!(set_rate(USD, NEXT, RATE, QUOTED), Reason::NotQuotedYet);
    });
}

#[test]
fn rate_should_be_taken_when_it_is_at_its_bounds() {
    execute(|| {
        for right in [SdrRate::MIN, SdrRate::MAX] {
            assert_ok!(set_rate(USD, NEXT, right.0, QUOTED));
            assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(right));
        }
    });
}
