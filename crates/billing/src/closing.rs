//! From when on a party closes a month without the other one.

use interclear_primitives::{agreement::UsageTerms, period::Period, Moment};

/// From when on a party closes a month alone whose own last move in it was at `own_last_move` (0 if it made none): after
/// the closing days, and once the other side has had the time to answer the move. What the other side did does not count,
/// so nobody can put off the other's closing.
pub fn alone_from(terms: &UsageTerms, period: Period, own_last_move: Moment) -> Moment {
    terms.closes_alone(period).max(terms.answer_by(own_last_move))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{money::Currency, DAY};

    const NOVEMBER: Period = Period(202_611);

    /// Five closing days, a week to answer.
    fn from(own_last_move: Moment) -> Moment {
        alone_from(&UsageTerms::usual(Currency::EUR), NOVEMBER, own_last_move)
    }

    #[test]
    fn a_party_should_close_alone_after_the_closing_days_when_it_made_no_move() {
        assert_eq!(from(0), NOVEMBER.end() + 5 * DAY);
    }

    #[test]
    fn a_party_should_wait_for_an_answer_when_it_made_a_move() {
        let end = NOVEMBER.end();
        for (moved, alone) in [
            (end - 30 * DAY, end + 5 * DAY),
            (end - 2 * DAY, end + 5 * DAY),
            (end - 2 * DAY + 1, end + 5 * DAY + 1),
            (end + 20 * DAY, end + 27 * DAY),
            (Moment::MAX, Moment::MAX),
        ] {
            assert_eq!(from(moved), alone, "{moved}");
        }
    }
}
