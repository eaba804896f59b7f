//! Numbers in terms that are allowed but look like a slip, such as 19 for 19 %, or the price of a gigabyte for a megabyte.

use crate::{commands::usual::unusual, names::Names};
use core::ops::RangeInclusive;
use interclear_client::money;
use interclear_primitives::{
    agreement::{Direction, Terms},
    ids::{OperatorId, TokenId},
    netting::Token,
    rating::{Amount, Condition, Price, Pricing, RatePlan, TaxRate, TaxRule, UsagePlan},
};

/// Taxes below half a per cent or above a half are not known to anybody.
const TAX: RangeInclusive<u32> = TaxRate::WHOLE / 200..=TaxRate::WHOLE / 2;
/// A commitment to less than so many whole units, of the currency or of a service, is not worth an agreement.
const COMMITTED: u128 = 1_000;
/// Longest time to pay, and to close a month, that is usual.
const DAYS: u16 = 120;
/// Questions that are told; the rest is counted.
const TOLD: usize = 5;

/// What should be looked at again, a sentence each.
pub(super) fn questions(terms: &Terms) -> Vec<String> {
    let mut asked = Vec::new();
    for (what, days) in [
        ("payment_days", terms.payment.payment_days),
        ("affirm_days", terms.payment.affirm_days),
        ("acknowledge_days", terms.usage.acknowledge_days),
        ("close_days", terms.usage.close_days),
    ] {
        if days > DAYS {
            asked.push(format!("{what} is {days}: are these days?"));
        }
    }
    for (direction, name) in Direction::BOTH.into_iter().zip(["first", "second"]) {
        asked.extend(
            committed(terms, direction).map(|committed| {
                format!("{name} direction: what is committed is {committed}: is it meant so?")
            }),
        );
        for (group, line) in terms.direction(direction).lines() {
            let place = format!(
                "{name} direction, group {}, {}",
                u32::from(group).saturating_add(1),
                line.service
            );
            if let TaxRule::Excluded { rate } | TaxRule::Included { rate } = line.terms.tax {
                if rate.0 > 0 && !TAX.contains(&rate.0) {
                    let percent = money::quantity(u128::from(rate.0).saturating_mul(10));
                    asked.push(format!("{place}: the tax is {percent} %: is it meant so?"));
                }
            }
            for price in prices(&line.terms.pricing) {
                let words = unusual(price, line.service, terms.currency);
                asked.extend(words.map(|words| format!("{place}: {words}")));
            }
        }
    }
    asked
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
