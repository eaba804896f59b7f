//! Accumulation over an accounting window and over a commitment's span.

use crate::support::*;
use interclear_rating::{
    forecast, rate_direction, rate_window, Condition, LineCharge, LineHistory, LineTerms, LineUsage,
    MissingPrice, RatePlan, RatingError, Stage,
};

struct Account {
    terms: Vec<LineTerms>,
    condition: Condition,
    usage: Vec<LineUsage>,
    history: Vec<LineHistory>,
}

impl Account {
    fn new(terms: Vec<LineTerms>, condition: Condition) -> Self {
        let usage = vec![LineUsage::default(); terms.len()];
        let history = vec![LineHistory::default(); terms.len()];
        Self {
            terms,
            condition,
            usage,
            history,
        }
    }

    fn statement(&mut self, used: &[&str], stage: Stage) -> Vec<LineCharge> {
        for (total, used) in self.usage.iter_mut().zip(used) {
            *total = total.checked_add(&volume(used)).expect("fits");
        }
        let lines = rate_window(&self.terms, &self.condition, &self.usage, &self.history, stage, 2)
            .expect("rates")
            .lines;
        for (history, line) in self.history.iter_mut().zip(&lines) {
            *history = history.charged(line).expect("fits");
        }
        lines
    }

    fn next_window(&mut self) {
        self.usage.fill(LineUsage::default());
        for history in &mut self.history {
            *history = history.next_window().expect("fits");
        }
    }
}

fn payable(lines: &[LineCharge]) -> Vec<(i128, i128)> {
    lines.iter().map(|line| (line.charge, line.shortfall)).collect()
}

#[test]
fn a_month_should_charge_the_difference_also_when_it_is_negative() {
    let plan = RatePlan::BackToFirst {
        tiers: tiers(&[("0", "0.1"), ("1000", "0.05")]),
    };
    let mut account = Account::new(vec![line(plan)], Condition::Unconditional);
    assert_eq!(
        payable(&account.statement(&["900"], Stage::Provisional)),
        [(9000, 0)]
    );
    assert_eq!(
        payable(&account.statement(&["200"], Stage::Provisional)),
        [(-3500, 0)]
    );
    assert_eq!(
        payable(&account.statement(&["900"], Stage::Provisional)),
        [(4500, 0)]
    );
    assert_eq!(account.history[0].window.charge, 10_000);
    assert_eq!(account.history[0].window.quantity, 2_000_000_000);
}

#[test]
fn a_flat_fee_should_be_charged_once_in_a_window() {
    let plan = RatePlan::FlatFee { fee: amount("70") };
    let mut account = Account::new(vec![line(plan)], Condition::Unconditional);
    assert_eq!(
        payable(&account.statement(&["0"], Stage::Provisional)),
        [(7000, 0)]
    );
    assert_eq!(payable(&account.statement(&["5"], Stage::Provisional)), [(0, 0)]);
    account.next_window();
    assert_eq!(
        payable(&account.statement(&["0"], Stage::Provisional)),
        [(7000, 0)]
    );
}

#[test]
fn a_shortfall_should_be_owed_only_when_the_span_ends() {
    let condition = Condition::DealRevenue {
        commitment: amount("100"),
        including_tax: false,
    };
    let mut account = Account::new(vec![line(linear("0.1")), line(linear("0.1"))], condition);
    assert_eq!(
        payable(&account.statement(&["100", "200"], Stage::Provisional)),
        [(1000, 0), (2000, 0)]
    );
    assert_eq!(
        payable(&account.statement(&["0", "0"], Stage::Provisional)),
        [(0, 0), (0, 0)]
    );
    assert_eq!(
        payable(&account.statement(&["100", "100"], Stage::TrueUp)),
        [(1000, 2000), (1000, 3000)]
    );
    // A late file takes part of it back.
    assert_eq!(
        payable(&account.statement(&["100", "0"], Stage::TrueUp)),
        [(1000, 0), (0, -1000)]
    );
}

#[test]
fn a_true_up_should_count_the_closed_windows_of_the_span() {
    let condition = Condition::DealRevenue {
        commitment: amount("100"),
        including_tax: false,
    };
    let mut account = Account::new(vec![line(linear("0.1")), line(linear("0.1"))], condition);
    account.statement(&["400", "0"], Stage::Provisional);
    account.next_window();
    account.statement(&["0", "100"], Stage::Provisional);
    account.next_window();
    assert_eq!(
        payable(&account.statement(&["0", "100"], Stage::TrueUp)),
        [(0, 2667), (1000, 1333)]
    );
    let total: i128 = account
        .history
        .iter()
        .map(|line| line.earlier.charge + line.window.charge + line.window.shortfall)
        .sum();
    assert_eq!(total, cents("100"));
}

#[test]
fn a_volume_commitment_should_count_the_closed_windows_of_the_span() {
    let condition = Condition::VolumeCommitment {
        volume: quantity("1000"),
        missing: MissingPrice::AsUsed,
    };
    let mut account = Account::new(vec![line(linear("0.1"))], condition);
    account.statement(&["600"], Stage::Provisional);
    account.next_window();
    assert_eq!(
        payable(&account.statement(&["100"], Stage::TrueUp)),
        [(1000, 3000)]
    );
}

#[test]
fn a_forecast_should_continue_at_the_pace_so_far() {
    let condition = Condition::DealRevenue {
        commitment: amount("1000"),
        including_tax: false,
    };
    let terms = [line(linear("0.1"))];
    let forecast_of = |elapsed| forecast(&terms, &condition, &[volume("1500")], elapsed, 12, 2);
    let quarter = forecast_of(3).expect("rates");
    assert_eq!((quarter.charge, quarter.shortfall), (60_000, 40_000));
    let at_end = forecast_of(12).expect("rates");
    assert_eq!(
        Ok(at_end),
        rate_direction(&terms, &condition, &[volume("1500")], 2)
    );
    assert_eq!(forecast_of(0), Err(RatingError::ZeroDivisor));
}

#[test]
fn rating_should_fail_when_the_history_has_another_length() {
    let terms = [line(linear("0.1"))];
    let rated = rate_window(
        &terms,
        &Condition::Unconditional,
        &[volume("1")],
        &[],
        Stage::TrueUp,
        2,
    );
    assert_eq!(rated, Err(RatingError::LinesDiffer));
}
