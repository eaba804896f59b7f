use super::*;

const JUMPED: u128 = 2_000_000_000;

fn both(rate: u128) {
    for desk in [DESKS[0], DESKS[1]] {
        assert_ok!(feed(desk, USD, NEXT, rate, QUOTED));
    }
}

fn waiting() {
    appoint();
    both(JUMPED);
    events();
}

#[test]
fn refuse_rate_should_be_refused_when_the_origin_is_wrong() {
    execute(|| {
        waiting();
        govern_wrongly(|| Call::refuse_rate {
            currency: USD,
            period: NEXT,
        });
    });
}

#[test]
fn refuse_rate_should_be_refused_when_nothing_waits() {
    execute(|| {
        waiting();
        assert_noop!(refuse_rate(CHF, NEXT), Reason::NotProposed);
        assert_noop!(refuse_rate(USD, NOW), Reason::NotProposed);
        assert_ok!(refuse_rate(USD, NEXT));
        assert_noop!(refuse_rate(USD, NEXT), Reason::NotProposed);
    });
}

#[test]
fn feeders_should_submit_again_when_their_rate_is_refused() {
    execute(|| {
        waiting();
        assert_ok!(refuse_rate(USD, NEXT));
        let refused = Event::RateRefused {
            currency: USD,
            period: NEXT,
            rate: SdrRate(JUMPED),
        };
        assert_eq!(events(), [refused]);
        assert_eq!(Tariffs::proposed_rates(NEXT), []);
        both(BEFORE);
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), Some(SdrRate(BEFORE)));
    });
}

#[test]
fn refused_rate_should_not_hold_when_its_month_has_ended() {
    execute(|| {
        waiting();
        MockClock::set(NEXT.end() - 1);
        assert_ok!(refuse_rate(USD, NEXT));
        MockClock::set(NEXT.end());
        idle();
        assert_eq!(Tariffs::fixed_rate(USD, NEXT), None);
        assert_ok!(set_rate(USD, NEXT, BEFORE, QUOTED));
    });
}
