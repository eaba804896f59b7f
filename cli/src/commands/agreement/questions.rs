//! Numbers in terms that are allowed but look like a slip, such as 19 for 19 %, or the price of a gigabyte for a megabyte.

use crate::{commands::usual::unusual, names::Names};
use core::ops::RangeInclusive;
use interclear_client::money;
use interclear_primitives::{
    agreement::{Direction, ServiceLine, Terms},
    ids::{OperatorId, TokenId},
    money::Currency,
    netting::Token,
    rating::{Amount, Condition, Price, Pricing, RatePlan, TaxRate, TaxRule, UsagePlan},
};

/// Taxes below half a per cent or above a half are not known to anybody.
const TAX: RangeInclusive<u32> = TaxRate::WHOLE / 200..=TaxRate::WHOLE / 2;
/// A commitment to less than so many whole units, of the currency or of a service, is not worth an agreement.
const COMMITTED: u128 = 1_000;
/// Longest time to pay, and to close a month, that is usual.
const DAYS: u16 = 120;
/// Longest time for what takes long: rulings, the age of usage.
const YEAR: u16 = 366;
/// Late interest below a tenth of a per cent a year or above 30 % is not known to anybody, nor is a dispute on such a part of a line.
const BPS: RangeInclusive<u16> = 10..=3_000;
/// Within less than a hundredth of a per cent no two systems agree, and within more than 20 % any two do.
const TOLERANCE: RangeInclusive<u32> = 100..=200_000;
/// Questions that are told; the rest is counted.
const TOLD: usize = 5;

/// What should be looked at again, a sentence each: where it stands, the value, and what is odd about it.
pub(super) fn questions(terms: &Terms) -> Vec<String> {
    let mut asked = of_days(terms);
    asked.extend(of_rates(terms));
    for (direction, name) in Direction::BOTH.into_iter().zip(["first", "second"]) {
        asked.extend(
            committed(terms, direction).map(|committed| {
                format!("{name} direction: what is committed is {committed}: is it meant so?")
            }),
        );
        for (group, number) in terms.direction(direction).groups.iter().zip(1u32..) {
            for (line, place) in group.lines.iter().zip(1u32..) {
                let place = format!(
                    "{name} direction, group {number}, line {place} ({})",
                    line.service
                );
                let odd = of_line(line, terms.currency).into_iter();
                asked.extend(odd.map(|words| format!("{place}: {words}")));
            }
        }
    }
    asked
}

/// Times that are far longer than is usual.
fn of_days(terms: &Terms) -> Vec<String> {
    let (payment, usage, disputes) = (&terms.payment, &terms.usage, &terms.disputes);
    let days = [
        ("payment.payment_days", payment.payment_days, DAYS),
        ("payment.affirm_days", payment.affirm_days, DAYS),
        ("payment.dispute_days", payment.dispute_days, YEAR),
        ("usage.acknowledge_days", usage.acknowledge_days, DAYS),
        ("usage.close_days", usage.close_days, DAYS),
        ("usage.report_days", usage.report_days, DAYS),
        ("usage.age_limit_days", usage.age_limit_days, YEAR),
        ("disputes.answer_days", disputes.answer_days, DAYS),
        ("disputes.ruling_days", disputes.ruling_days, YEAR),
    ];
    let long = days.into_iter().filter(|(_, days, most)| days > most);
    long.map(|(what, days, most)| format!("{what} is {days}, more than {most}: are these days?"))
        .collect()
}

/// Rates of the payment and of disputes that nobody has, as a number of per cent becomes one of basis points.
fn of_rates(terms: &Terms) -> Vec<String> {
    let rates = [
        (
            "payment.late_interest_bps",
            terms.payment.late_interest_bps,
            " a year",
        ),
        ("disputes.material_bps", terms.disputes.material_bps, ""),
    ];
    let odd = rates
        .into_iter()
        .filter(|(_, bps, _)| *bps > 0 && !BPS.contains(bps));
    odd.map(|(what, bps, span)| {
        let percent = money::quantity(u128::from(bps).saturating_mul(10_000));
        format!("{what} is {percent} %{span}: is it meant so?")
    })
    .collect()
}

/// What is odd about a line: its tax, its tolerance, its prices.
fn of_line(line: &ServiceLine, currency: Currency) -> Vec<String> {
    let mut odd = Vec::new();
    if let TaxRule::Excluded { rate } | TaxRule::Included { rate } = line.terms.tax {
        if rate.0 > 0 && !TAX.contains(&rate.0) {
            let percent = money::quantity(u128::from(rate.0).saturating_mul(10));
            odd.push(format!("the tax is {percent} %: is it meant so?"));
        }
    }
    let ppm = line.tolerance.ppm;
    if ppm > 0 && !TOLERANCE.contains(&ppm) {
        let percent = money::quantity(u128::from(ppm).saturating_mul(100));
        odd.push(format!("the tolerance is {percent} %: is it meant so?"));
    }
    for price in prices(&line.terms.pricing) {
        odd.extend(unusual(price, line.service, currency));
    }
    odd
}

/// Whom a party accepts tokens of that issues none in the currency: what is owed to it could be paid by a bank alone.
pub(super) fn not_issuers(terms: &Terms, tokens: &[(TokenId, Token)], names: &Names) -> Vec<String> {
    let issues = |operator: OperatorId| {
        let mut tokens = tokens.iter();
        tokens.any(|(_, token)| token.issuer == operator && token.currency == terms.currency)
    };
    let mut asked = Vec::new();
    for (accepted, party) in terms.accepts.iter().zip(["first", "second"]) {
        for operator in accepted.iter().filter(|operator| !issues(**operator)) {
            asked.push(format!(
                "accepts: the {party} party takes tokens of {}, which issues none in {}: is it meant so?",
                names.get(*operator),
                terms.currency
            ));
        }
    }
    asked
}

/// What a direction commits itself to, where that is hardly anything.
fn committed(terms: &Terms, direction: Direction) -> Option<String> {
    let least = COMMITTED.saturating_mul(Amount::UNIT);
    match terms.direction(direction).condition {
        Condition::DealRevenue { commitment, .. }
        | Condition::ContractRevenue { commitment, .. }
        | Condition::UsageCaps { commitment }
            if commitment.0 < least =>
        {
            Some(format!("{} {}", money::quantity(commitment.0), terms.currency))
        }
        Condition::VolumeCommitment { volume, .. } if volume.0 < least => {
            Some(format!("{} units", money::quantity(volume.0)))
        }
        _ => None,
    }
}

/// The first few questions, and how many there are.
pub(in crate::commands) fn told(asked: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = asked
        .iter()
        .take(TOLD)
        .map(|question| format!("question: {question}"))
        .collect();
    if let Some(more) = asked.len().checked_sub(TOLD).filter(|more| *more > 0) {
        lines.push(format!(
            "and {more} more questions like these, {} in all",
            asked.len()
        ));
    }
    lines
}

/// All prices of a unit in a pricing.
pub(in crate::commands) fn prices(pricing: &Pricing) -> Vec<Price> {
    match pricing {
        Pricing::Usage { plan, floor } => {
            let plans = match plan {
                UsagePlan::Plan(plan) => of_plan(plan),
                UsagePlan::BalancedUnbalanced { balanced, unbalanced } => {
                    [of_plan(balanced), of_plan(unbalanced)].concat()
                }
            };
            plans.into_iter().chain(*floor).collect()
        }
        Pricing::UsageAndAccess { usage, floor, .. } => of_plan(usage).into_iter().chain(*floor).collect(),
        Pricing::Capped { price, .. } => vec![*price],
        Pricing::Access { .. } | Pricing::TapCharge => Vec::new(),
    }
}

fn of_plan(plan: &RatePlan) -> Vec<Price> {
    match plan {
        RatePlan::NotCharged | RatePlan::FlatFee { .. } => Vec::new(),
        RatePlan::Linear { price } | RatePlan::IncludedVolume { price, .. } => vec![*price],
        RatePlan::Tiered { tiers } | RatePlan::BackToFirst { tiers } => {
            tiers.iter().map(|tier| tier.price).collect()
        }
        RatePlan::TieredThenBackToFirst { tiers, price, .. } => {
            tiers.iter().map(|tier| tier.price).chain([*price]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_import::Agreement;
    use interclear_primitives::rating::Quantity;

    #[test]
    fn a_commitment_should_be_questioned_when_it_is_hardly_anything() {
        let asked = |condition| {
            let template = crate::commands::agreement::template::text();
            let mut terms = Agreement::read(template).unwrap().terms;
            terms.directions[1].condition = condition;
            questions(&terms)
        };
        // A million, as the chain counts it.
        let revenue = |commitment| Condition::DealRevenue {
            commitment: Amount(commitment),
            including_tax: false,
        };
        assert_eq!(
            asked(revenue(1_000_000)),
            ["second direction: what is committed is 1 EUR: is it meant so?"]
        );
        assert_eq!(asked(revenue(1_000_000_000)), Vec::<String>::new());
        let volume = Condition::VolumeCommitment {
            volume: Quantity(1_000),
            missing: Default::default(),
        };
        assert_eq!(
            asked(volume),
            ["second direction: what is committed is 0.001 units: is it meant so?"]
        );
    }

    #[test]
    fn an_odd_number_should_be_questioned_with_its_line_and_its_value_when_it_stands_in_terms() {
        let mut terms = Agreement::read(crate::commands::agreement::template::text())
            .unwrap()
            .terms;
        assert_eq!(questions(&terms), Vec::<String>::new());
        let line = &mut terms.directions[1].groups[0].lines[1];
        // One part per million, as 1 % written as a plain integer becomes.
        line.tolerance.ppm = 1;
        line.terms.pricing = Pricing::linear(Price(19_000_000_000));
        (terms.payment.late_interest_bps, terms.payment.payment_days) = (8, 3_000);
        assert_eq!(
            questions(&terms),
            [
                "payment.payment_days is 3000, more than 120: are these days?",
                "payment.late_interest_bps is 0.08 % a year: is it meant so?",
                "second direction, group 1, line 2 (GPRS): the tolerance is 0.0001 %: is it meant so?",
                "second direction, group 1, line 2 (GPRS): the price is 19 EUR per MB, more than 0.1: is it the price of a gigabyte?",
            ]
        );
    }

    #[test]
    fn questions_should_be_counted_when_there_are_more_than_a_few() {
        let asked: Vec<String> = (0..7).map(|nth| nth.to_string()).collect();
        let lines = told(&asked);
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[5], "and 2 more questions like these, 7 in all");
        assert_eq!(told(&asked[..5]).len(), 5);
    }

    #[test]
    fn an_issuer_should_be_questioned_when_it_issues_nothing_in_the_currency() {
        let mut terms = Agreement::read(crate::commands::agreement::template::text())
            .unwrap()
            .terms;
        terms.accepts = [
            vec![OperatorId(2)].try_into().unwrap(),
            vec![OperatorId(1)].try_into().unwrap(),
        ];
        let token = |issuer, currency| Token {
            issuer: OperatorId(issuer),
            currency,
            decimals: 2,
        };
        let names = Names::known([(OperatorId(1), "Beta".into())]);
        let own = token(2, terms.currency);
        let asked = not_issuers(&terms, &[(1, own.clone())], &names);
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(
            asked[0].starts_with("accepts: the second party takes tokens of 1 Beta, which issues none in"),
            "{asked:?}"
        );
        let other = [(1, own), (3, token(1, "JPY".parse().unwrap()))];
        assert_eq!(not_issuers(&terms, &other, &names).len(), 1, "another currency");
    }
}
