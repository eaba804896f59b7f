//! How the figures of a month came to be.

use crate::rate::DirectionLines;
use crate::rate::{AmountFault, OpenMonth};
use crate::stretch::Stretch;
use alloc::vec::Vec;
use interclear_primitives::{agreement::Direction, usage::UsageKey};
use interclear_rating::{explain_window, Condition, Explanation, LineHistory, LineTerms, LineUsage, Stage};

/// How the charges of one direction of a month came to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExplainedDirection {
    /// The accounting window in which the month lies.
    pub window: Stretch,
    /// The span of the commitment in which it lies.
    pub span: Stretch,
    /// What is committed, if anything, for as long as the span (of usage caps, the window) runs.
    pub condition: Condition,
    /// Whether the commitment is due with the month: its span ends then.
    pub due: bool,
    /// The lines, by group and the agreement's order of services.
    pub keys: Vec<UsageKey>,
    /// How each line is priced and taxed, and whether it counts towards the commitment.
    pub terms: Vec<LineTerms>,
    /// What each line has used in the window to date.
    pub usage: Vec<LineUsage>,
    /// What each line was charged before: the month states the difference to it.
    pub before: Vec<LineHistory>,
    /// The steps by which the window to date is charged.
    pub explanation: Explanation,
}

/// Rates both directions of a month as [`rate_month`](crate::rate::rate_month) does, and writes down how.
///
/// # Errors
/// As [`rate_month`](crate::rate::rate_month), but for usage without a line.
pub fn explain_month(month: &OpenMonth) -> Result<[ExplainedDirection; 2], AmountFault> {
    let [first, second] = Direction::BOTH;
    Ok([explain(month, first)?, explain(month, second)?])
}

fn explain(month: &OpenMonth, direction: Direction) -> Result<ExplainedDirection, AmountFault> {
    let agreed = month.terms.direction(direction);
    let lines = DirectionLines::read(month, direction, agreed)?;
    let stage = lines.stage(month);
    let explanation = explain_window(
        &lines.terms,
        &lines.condition,
        &lines.usage,
        &lines.history,
        stage,
        month.decimals,
    )?;
    Ok(ExplainedDirection {
        window: lines.window,
        span: lines.span,
        condition: lines.condition,
        due: stage == Stage::TrueUp,
        keys: lines.keys,
        terms: lines.terms,
        usage: lines.usage,
        before: lines.history,
        explanation,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate::{rate_month, Account, Totals};
    use interclear_primitives::{
        period::Period,
        samples::terms,
        service::Service,
        span::{Accounted, Months, Span},
        usage::UsageTotal,
    };
    use interclear_rating::{Amount, StepKind};

    #[test]
    fn explain_month_should_compute_what_rate_month_does() {
        let mut terms = terms(Period(202_601), Period(202_603));
        for direction in &mut terms.directions {
            direction.window = Span::Term;
            direction.condition = Condition::DealRevenue {
                commitment: Amount(1_000_000_000),
                including_tax: false,
            };
            for line in &mut direction.groups[0].lines {
                line.terms.in_commitment = true;
            }
        }
        let key = UsageKey {
            direction: Direction::FirstHome,
            group: 0,
            service: Service::Gprs,
        };
        let used = UsageTotal {
            quantity: 7_123_456,
            ..Default::default()
        };
        let totals = Totals::from([(key, used)]);
        let in_force = Months {
            first: terms.first,
            last: terms.last,
        };
        let mut account = Account::new();
        for period in in_force.iter() {
            let month = OpenMonth {
                terms: &terms,
                period,
                accounted: [Accounted::alone(in_force); 2],
                totals: &totals,
                exchange: None,
                account: &account,
                decimals: 2,
            };
            let rated = rate_month(&month).unwrap();
            let [first, second] = explain_month(&month).unwrap();
            assert_eq!(first.due, period == terms.last);
            assert_eq!(first.explanation.commitment.is_some(), first.due);
            assert_eq!(first.explanation.lines[0].steps[0].kind, StepKind::Linear);
            let explained = [first, second].into_iter().flat_map(|direction| {
                let lines = direction.explanation.charge.lines;
                let months = lines.into_iter().zip(direction.before);
                let months: Vec<_> = months
                    .map(|(to_date, before)| to_date.checked_sub(&before.window))
                    .collect();
                direction.keys.into_iter().zip(months)
            });
            for (line, (key, charge)) in rated.lines.iter().zip(explained) {
                let charge = charge.unwrap();
                assert_eq!(line.key(), key);
                assert_eq!(line.charge.clear(), Ok(charge.charge));
                assert_eq!(line.shortfall.clear(), Ok(charge.shortfall));
                assert_eq!(i128::try_from(line.quantity), Ok(charge.quantity));
            }
            account = rated.account;
        }
    }
}
