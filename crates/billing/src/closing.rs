//! From when on a party closes a month without the other one, and what a month waits for.

use interclear_primitives::{
    agreement::UsageTerms,
    closing::{Alone, AloneReason},
    period::Period,
    Moment,
};

/// From when on a party closes a month alone whose own last move in it was at `own_last_move` (0 if it made none): after
/// the closing days, once the other side has had the time to answer the move, and while expected reports are missing not
/// before the days to report are over. What the other side did does not count, so nobody can put off the other's closing.
pub fn alone(terms: &UsageTerms, period: Period, own_last_move: Moment, missing_reports: u32) -> Alone {
    let mut alone = Alone {
        from: terms.closes_alone(period),
        reason: AloneReason::ClosingDays,
    };
    let later = [
        (
            missing_reports > 0,
            terms.reports_by(period),
            AloneReason::ReportsMissing,
        ),
        (
            own_last_move > 0,
            terms.answer_by(own_last_move),
            AloneReason::OwnMove,
        ),
    ];
    for (applies, from, reason) in later {
        if applies && from > alone.from {
            alone = Alone { from, reason };
        }
    }
    alone
}

/// Whether a gap or a return that arises now holds its month open: only within the closing days. What arises later must not
/// give its author a way to put off a closing that is due.
pub fn holds(terms: &UsageTerms, period: Period, now: Moment) -> bool {
    now < terms.closes_alone(period)
}

/// Likewise for the first report of a pair: within the days to report, too, whether one is expected or only may come.
pub fn report_holds(terms: &UsageTerms, period: Period, now: Moment) -> bool {
    holds(terms, period, now) || now < terms.reports_by(period)
}

/// Until when a side answers a report that the other one made at `reported_at`, by reporting or correcting; from then on the
/// other one concludes. A side that has not reported yet has at least the days to report.
pub fn answer_report_by(
    terms: &UsageTerms,
    period: Period,
    reported_at: Moment,
    has_reported: bool,
) -> Moment {
    let answer = terms.silence_closes(period, reported_at);
    match has_reported {
        true => answer,
        false => answer.max(terms.reports_by(period)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{money::Currency, DAY};
    use AloneReason::*;

    const NOVEMBER: Period = Period(202_611);

    /// Five closing days, a week to answer, 15 days to report.
    fn terms() -> UsageTerms {
        UsageTerms::usual(Currency::EUR)
    }

    fn found(own_last_move: Moment, missing: u32) -> (Moment, AloneReason) {
        let alone = alone(&terms(), NOVEMBER, own_last_move, missing);
        (alone.from, alone.reason)
    }

    #[test]
    fn a_party_should_close_alone_after_the_closing_days_when_it_made_no_move() {
        assert_eq!(found(0, 0), (NOVEMBER.end() + 5 * DAY, ClosingDays));
    }

    #[test]
    fn a_party_should_wait_for_an_answer_when_it_made_a_move() {
        let end = NOVEMBER.end();
        for (moved, alone, reason) in [
            (end - 30 * DAY, end + 5 * DAY, ClosingDays),
            (end - 2 * DAY, end + 5 * DAY, ClosingDays),
            (end - 2 * DAY + 1, end + 5 * DAY + 1, OwnMove),
            (end + 20 * DAY, end + 27 * DAY, OwnMove),
            (Moment::MAX, Moment::MAX, OwnMove),
        ] {
            assert_eq!(found(moved, 0), (alone, reason), "{moved}");
        }
    }

    #[test]
    fn a_party_should_wait_for_the_days_to_report_when_a_report_is_missing() {
        let end = NOVEMBER.end();
        for (moved, alone, reason) in [
            (0, end + 15 * DAY, ReportsMissing),
            (end + 8 * DAY, end + 15 * DAY, ReportsMissing),
            (end + 9 * DAY, end + 16 * DAY, OwnMove),
        ] {
            assert_eq!(found(moved, 1), (alone, reason), "{moved}");
        }
    }

    #[test]
    fn what_arises_should_hold_a_month_open_only_when_its_days_run() {
        let end = NOVEMBER.end();
        for (now, gap, report) in [
            (end - DAY, true, true),
            (end + 5 * DAY - 1, true, true),
            (end + 5 * DAY, false, true),
            (end + 15 * DAY - 1, false, true),
            (end + 15 * DAY, false, false),
        ] {
            assert_eq!(holds(&terms(), NOVEMBER, now), gap, "{now}");
            assert_eq!(report_holds(&terms(), NOVEMBER, now), report, "{now}");
        }
    }

    #[test]
    fn a_silent_side_should_have_the_days_to_report_when_the_other_is_early() {
        let end = NOVEMBER.end();
        for (reported, spoke, silent) in [(end, 7, 15), (end + 7 * DAY, 14, 15), (end + 9 * DAY, 16, 16)] {
            assert_eq!(
                answer_report_by(&terms(), NOVEMBER, reported, true),
                end + spoke * DAY
            );
            assert_eq!(
                answer_report_by(&terms(), NOVEMBER, reported, false),
                end + silent * DAY
            );
        }
    }
}
