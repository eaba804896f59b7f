//! Usage between two operators that no statement states yet, as files and reports charge it: what is not owed yet, and will be.

use crate::{error::CommandError, output};
use interclear_client::{
    chain::{AccountId, Chain, ChainError},
    money,
    time::now,
};
use interclear_primitives::{
    agreement::{Agreement, Terms},
    ids::{AgreementId, OperatorId},
    money::Currency,
    netting::Exposure,
    period::Period,
    rating::{convert, SdrRate},
    statement::Exchange,
    usage::{UsageKey, UsageTotal},
};
use std::collections::BTreeMap;

/// Months of an agreement that are looked at.
const MONTHS: usize = 13;

/// What one will be owed by the other and will owe it, in 10^-6 of a currency, with tax.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Sum {
    pub(super) receivable: u128,
    pub(super) payable: u128,
}

/// Likewise, by currency.
pub(super) type Unstated = BTreeMap<Currency, Sum>;

/// What all agreements between two operators have in months that are not closed. What is charged in another currency than the
/// agreement's counts by the newest rates of these months; without any it stays in its own.
///
/// # Errors
/// The connection broke.
pub(super) async fn of(chain: &Chain, me: OperatorId, partner: OperatorId) -> Result<Unstated, CommandError> {
    let mut sums = Unstated::new();
    for id in chain.agreements_of(me).await? {
        match chain.agreement(id).await? {
            Some(found) if found.parties.contains(&partner) => {
                of_agreement(chain, id, &found, me, &mut sums).await?;
            }
            _ => {}
        }
    }
    Ok(sums)
}

async fn of_agreement(
    chain: &Chain,
    id: AgreementId,
    found: &Agreement<AccountId>,
    me: OperatorId,
    sums: &mut Unstated,
) -> Result<(), CommandError> {
    let Some(first) = found.versions.first().map(|version| version.from) else {
        return Ok(());
    };
    let mut period = Period::containing(now());
    for _ in 0..MONTHS {
        // Months are closed one after the other.
        if period < first || chain.period_usage(id, period).await?.closed {
            break;
        }
        let of_month = chain.usage(id, period).await?.into_iter();
        let mut totals: Vec<_> = of_month.map(|(key, total)| (period, key, total)).collect();
        totals.extend(chain.late_usage(id, period).await?);
        for (of, key, total) in totals {
            if let Some(terms) = chain.terms_in(id, of).await? {
                let (currency, amount) = charged(chain, &terms, of, &total).await?;
                let sum = sums.entry(currency).or_default();
                add(sum, found.parties, me, &key, amount);
            }
        }
        period = period.previous();
    }
    Ok(())
}

fn add(sum: &mut Sum, parties: [OperatorId; 2], me: OperatorId, key: &UsageKey, amount: u128) {
    let [_, visited] = key.direction.home_and_visited(parties);
    let side = match visited == me {
        true => &mut sum.receivable,
        false => &mut sum.payable,
    };
    *side = side.saturating_add(amount);
}

/// What usage of a month is charged, in the currency of the agreement if there is a rate.
async fn charged(
    chain: &Chain,
    terms: &Terms,
    period: Period,
    total: &UsageTotal,
) -> Result<(Currency, u128), ChainError> {
    let amount = total
        .charge
        .checked_add(&total.tax)
        .and_then(|sum| sum.clear_unsigned())
        .unwrap_or_default();
    if terms.usage.currency == terms.currency {
        return Ok((terms.currency, amount));
    }
    let rates = chain.rates(period).await?;
    let rate = |currency| -> Option<SdrRate> {
        let known = rates.iter().find(|(known, _)| *known == currency);
        known.map(|(_, month)| month.rate)
    };
    let exchange = Exchange::under(terms, rate).ok().flatten();
    let converted = exchange.and_then(|exchange| convert(amount, exchange.from, exchange.to).ok());
    Ok(match converted {
        Some(converted) => (terms.currency, converted),
        None => (terms.usage.currency, amount),
    })
}

/// By how much what is owed together with such usage is above a cap, in 10^-6 of the currency; `None` where it is not.
pub(super) fn above(exposure: &Exposure, decimals: u8, sum: &Sum) -> Option<u128> {
    let digits = u32::from(money::USAGE_DECIMALS.saturating_sub(decimals));
    let micro = |minor: i128| minor.checked_mul(10i128.checked_pow(digits)?);
    let owed = exposure
        .receivable
        .checked_sub(&exposure.payable)
        .ok()?
        .clear()
        .ok()?;
    let usage = i128::try_from(sum.receivable)
        .ok()?
        .checked_sub(i128::try_from(sum.payable).ok()?)?;
    let whole = micro(owed)?.checked_add(usage)?;
    let cap = micro(exposure.cap.as_ref()?.clear().ok()?)?;
    u128::try_from(whole.checked_sub(cap)?)
        .ok()
        .filter(|above| *above > 0)
}

/// What there is, a line for each currency, beside the caps that it reaches.
pub(super) fn words(sums: &Unstated, exposures: &[(u8, Exposure)]) -> String {
    let amount = |micro: u128| money::grouped_unsigned(micro, money::USAGE_DECIMALS);
    let lines = sums.iter().map(|(currency, sum)| {
        let found = exposures.iter().find(|(_, one)| one.currency == *currency);
        let above = found.and_then(|(decimals, one)| above(one, *decimals, sum));
        let flag = above.map_or_else(String::new, |above| {
            format!("; with it what you are owed is {} {currency} above the cap", amount(above))
        });
        format!(
            "Not stated yet, as files and reports charge it: you will be owed {} {currency} and owe {} {currency}{flag}",
            amount(sum.receivable),
            amount(sum.payable),
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Tells of each operator to which usage was just sent if it owes more than the cap.
///
/// # Errors
/// The connection broke.
pub(super) async fn warn_above_caps(
    chain: &Chain,
    me: OperatorId,
    partners: impl IntoIterator<Item = (OperatorId, String)>,
) -> Result<(), CommandError> {
    for (partner, name) in partners {
        let exposures = chain.exposure(me, Some(partner)).await?;
        for one in exposures.iter().filter(|one| one.exceeded) {
            output::warn(&format!(
                "{name} owes you more in {} than your exposure cap: what you have sent is usage above it (interclear exposure show \
                 --partner {partner})",
                one.currency
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{agreement::Direction, money::Value, service::Service};

    fn exposure(receivable: i128, payable: i128, cap: Option<i128>) -> Exposure {
        Exposure {
            currency: Currency::EUR,
            receivable: Value::Clear(receivable),
            payable: Value::Clear(payable),
            cap: cap.map(Value::Clear),
            exceeded: false,
        }
    }

    #[test]
    fn usage_should_be_above_a_cap_when_it_is_together_with_what_is_owed() {
        // 500.00 are owed and 100.00 owing, the cap is 600.00.
        let owed = exposure(50_000, 10_000, Some(60_000));
        let sum = |receivable, payable| Sum { receivable, payable };
        assert_eq!(above(&owed, 2, &sum(200_000_000, 0)), None);
        assert_eq!(above(&owed, 2, &sum(200_000_001, 0)), Some(1));
        assert_eq!(above(&owed, 2, &sum(300_000_000, 100_000_000)), None);
        assert_eq!(above(&exposure(50_000, 0, None), 2, &sum(u128::MAX / 4, 0)), None);
    }

    #[test]
    fn usage_should_be_owed_to_the_visited_party() {
        let parties = [OperatorId(1), OperatorId(2)];
        let key = |direction| UsageKey {
            direction,
            group: 0,
            service: Service::Gprs,
        };
        let mut sum = Sum::default();
        // Subscribers of the first party roam with the second, which is owed.
        add(&mut sum, parties, OperatorId(2), &key(Direction::FirstHome), 5);
        add(&mut sum, parties, OperatorId(2), &key(Direction::SecondHome), 7);
        assert_eq!((sum.receivable, sum.payable), (5, 7));
        let told = words(&[(Currency::EUR, sum)].into(), &[(2, exposure(100, 0, Some(99)))]);
        assert!(told.contains("0.009998 EUR above the cap"), "{told}");
    }
}
