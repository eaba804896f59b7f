//! Usage between two operators that no statement states yet, as files and reports charge it: what is not owed yet, and will be.

use crate::{commands::agreement::found::prepaid_in, error::CommandError, output};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
    replay::{exchange_of, ReplayError},
    time::now,
};
use interclear_primitives::{
    agreement::{Agreement, Direction},
    escrow::{Escrow, EscrowMonth},
    ids::{AgreementId, OperatorId},
    money::Currency,
    netting::Exposure,
    period::Period,
    rating::convert,
    statement::Exchange,
    usage::UsageTotal,
};
use std::collections::{btree_map::Entry, BTreeMap};

/// Months of an agreement that are looked at.
const MONTHS: usize = 13;

/// What one will be owed by the other and will owe it, in 10^-6 of a currency, with tax.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Sum {
    pub(super) receivable: u128,
    pub(super) payable: u128,
    /// What of both is paid ahead: escrows hold it, or have paid it for vouchers.
    pub(super) ahead: [u128; 2],
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
    let escrows = chain.escrows(id).await?;
    let has_escrow = escrows.iter().any(Option::is_some);
    let mut rated = BTreeMap::<Period, Option<Rated>>::new();
    let mut charged = BTreeMap::<(Currency, Direction), u128>::new();
    let mut used = [const { Vec::<EscrowMonth>::new() }; 2];
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
            let rated = match rated.entry(of) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(Rated::of(chain, id, of).await?),
            };
            if let Some(rated) = rated {
                let (currency, amount) = rated.charge(&total);
                let sum = charged.entry((currency, key.direction)).or_default();
                *sum = sum.saturating_add(amount);
            }
        }
        if has_escrow {
            let months = chain.escrow_month(id, period).await?;
            for (used, month) in used.iter_mut().zip(months) {
                used.push(month);
            }
        }
        period = period.previous();
    }
    let prepaid = match has_escrow {
        true => prepaid_in(chain, id, found, Period::containing(now())).await?,
        false => [None; 2],
    };
    for ((currency, direction), amount) in charged {
        let place = direction.index();
        let is_prepaid = prepaid.get(place).is_some_and(Option::is_some);
        let escrow = escrows.get(place).and_then(Option::as_ref);
        let escrow = escrow.filter(|escrow| is_prepaid && escrow.currency == currency);
        let used = used.get(place).map_or(&[][..], Vec::as_slice);
        let ahead = escrow.map_or(0, |escrow| amount.min(paid_ahead(escrow, used)));
        let [_, visited] = direction.home_and_visited(found.parties);
        sums.entry(currency)
            .or_default()
            .add(visited == me, amount, ahead);
    }
    Ok(())
}

/// What an escrow holds for months that are not closed, and what it has paid for vouchers of them; in 10^-6 of its currency. What it keeps
/// for statements that wait to be affirmed, and for what it could not pay, is not theirs.
fn paid_ahead(escrow: &Escrow<AccountId>, open: &[EscrowMonth]) -> u128 {
    let sum = |of: &dyn Fn(&EscrowMonth) -> u128| open.iter().map(of).fold(0, u128::saturating_add);
    let kept = sum(&|month| escrow.kept_for(month));
    let redeemed = sum(&|month| escrow.in_millionths(month.redeemed));
    let stated = escrow.reserved.saturating_sub(kept);
    let held = escrow.in_millionths(escrow.held).saturating_sub(stated);
    held.saturating_add(redeemed)
}

impl Sum {
    /// Adds what is charged for usage, whoever was visited is owed.
    fn add(&mut self, is_visited: bool, amount: u128, paid_ahead: u128) {
        let [receivable_ahead, payable_ahead] = &mut self.ahead;
        let (side, ahead) = match is_visited {
            true => (&mut self.receivable, receivable_ahead),
            false => (&mut self.payable, payable_ahead),
        };
        *side = side.saturating_add(amount);
        *ahead = ahead.saturating_add(paid_ahead);
    }

    /// What one will be owed beyond what it will owe, as far as neither is paid ahead.
    fn on_credit(&self) -> Option<i128> {
        let [receivable_ahead, payable_ahead] = self.ahead;
        let receivable = i128::try_from(self.receivable.saturating_sub(receivable_ahead)).ok()?;
        receivable.checked_sub(i128::try_from(self.payable.saturating_sub(payable_ahead)).ok()?)
    }
}

/// By what the usage of a month is charged.
struct Rated {
    /// The currencies of files and reports, and of the agreement.
    currencies: [Currency; 2],
    /// Between the two; `None` where they are one, or the month has no rate.
    exchange: Option<Exchange>,
}

impl Rated {
    /// `None` where nothing is in force.
    async fn of(chain: &Chain, id: AgreementId, period: Period) -> Result<Option<Self>, CommandError> {
        let Some(terms) = chain.terms_in(id, period).await? else {
            return Ok(None);
        };
        let exchange = match exchange_of(chain, &terms, period).await {
            Ok(exchange) => exchange,
            Err(ReplayError::NoRate { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Some(Self {
            currencies: [terms.usage.currency, terms.currency],
            exchange,
        }))
    }

    /// What usage is charged with its tax, in the currency of the agreement if there is a rate.
    fn charge(&self, total: &UsageTotal) -> (Currency, u128) {
        let amount = total
            .charge
            .checked_add(&total.tax)
            .and_then(|sum| sum.clear_unsigned())
            .unwrap_or_default();
        let [of_usage, agreed] = self.currencies;
        let converted = self.exchange.as_ref();
        let converted = converted.and_then(|exchange| convert(amount, exchange.from, exchange.to).ok());
        match converted {
            Some(converted) => (agreed, converted),
            None => (of_usage, amount),
        }
    }
}

/// By how much what is owed together with such usage that is not paid ahead is above a cap, in 10^-6 of the currency; `None` where it is
/// not.
pub(super) fn above(exposure: &Exposure, decimals: u8, sum: &Sum) -> Option<u128> {
    let digits = u32::from(money::USAGE_DECIMALS.saturating_sub(decimals));
    let micro = |minor: i128| minor.checked_mul(10i128.checked_pow(digits)?);
    let owed = exposure
        .receivable
        .checked_sub(&exposure.payable)
        .ok()?
        .clear()
        .ok()?;
    let whole = micro(owed)?.checked_add(sum.on_credit()?)?;
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
        let ahead = |paid: u128| match paid {
            0 => String::new(),
            paid => format!(" ({} of it paid ahead)", amount(paid)),
        };
        let [receivable_ahead, payable_ahead] = sum.ahead;
        format!(
            "Not stated yet, as files and reports charge it: you will be owed {} {currency}{} and owe {} {currency}{}{flag}",
            amount(sum.receivable),
            ahead(receivable_ahead),
            amount(sum.payable),
            ahead(payable_ahead),
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Tells that it could not be looked at whether partners are above their caps: what was sent before is sent all the same.
pub(super) fn tell_unasked(asked: Result<(), CommandError>) {
    if let Err(error) = asked {
        output::note(&format!(
            "{error}; whether a partner owes you more than your exposure cap was not looked at (interclear exposure show --partner \
             OPERATOR)"
        ));
    }
}

/// Tells of each operator to which usage was just sent if it owes more than the cap. It comes last: what became of what was sent does not
/// wait for it.
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
    use interclear_primitives::{money::Value, rating::SdrRate};

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
        let sum = |receivable, payable| Sum {
            receivable,
            payable,
            ahead: [0; 2],
        };
        assert_eq!(above(&owed, 2, &sum(200_000_000, 0)), None);
        assert_eq!(above(&owed, 2, &sum(200_000_001, 0)), Some(1));
        assert_eq!(above(&owed, 2, &sum(300_000_000, 100_000_000)), None);
        // What is paid ahead is not owed on credit, on either side.
        let ahead = |ahead| Sum {
            ahead,
            ..sum(300_000_000, 50_000_000)
        };
        assert_eq!(above(&owed, 2, &ahead([0, 0])), Some(50_000_000));
        assert_eq!(above(&owed, 2, &ahead([50_000_000, 0])), None);
        assert_eq!(
            above(&owed, 2, &ahead([60_000_000, 50_000_000])),
            Some(40_000_000)
        );
        assert_eq!(above(&exposure(50_000, 0, None), 2, &sum(u128::MAX / 4, 0)), None);
    }

    #[test]
    fn usage_should_be_owed_to_who_is_visited_and_say_what_of_it_is_paid_ahead() {
        let mut sum = Sum::default();
        sum.add(true, 5, 2);
        sum.add(false, 7, 0);
        assert_eq!((sum.receivable, sum.payable, sum.ahead), (5, 7, [2, 0]));
        let told = words(&[(Currency::EUR, sum)].into(), &[(2, exposure(100, 0, Some(99)))]);
        assert!(
            told.contains("you will be owed 0.000005 EUR (0.000002 of it paid ahead) and owe 0.000007 EUR;"),
            "{told}"
        );
        assert!(told.contains("0.009996 EUR above the cap"), "{told}");
    }

    #[test]
    fn an_escrow_should_pay_ahead_for_open_months_what_stated_ones_do_not_keep() {
        // 100.00 are held. Open months use 30.00 of it, a closed one 20.00; vouchers of the open ones were paid 5.00 before.
        let escrow = Escrow {
            token: 1,
            currency: Currency::EUR,
            decimals: 2,
            account: AccountId::from([0; 32]),
            held: 10_000,
            reserved: 50_000_000,
            unpaid: 0,
            tried: None,
            from: Period(202_601),
        };
        let month = |reserved, redeemed| EscrowMonth {
            reserved,
            redeemed,
            carried: 0,
            voucher: 0,
        };
        let open = [month(15_000_000, 500), month(20_000_000, 0)];
        assert_eq!(paid_ahead(&escrow, &open), 85_000_000);
        assert_eq!(paid_ahead(&escrow, &[]), 50_000_000);
    }

    #[test]
    fn usage_should_stay_in_its_own_currency_when_the_month_has_no_rate() {
        let total = UsageTotal {
            charge: Value::Clear(1_000_000),
            tax: Value::Clear(500_000),
            ..UsageTotal::default()
        };
        let usd: Currency = "USD".parse().unwrap();
        let rated = |exchange| Rated {
            currencies: [usd, Currency::EUR],
            exchange,
        };
        assert_eq!(rated(None).charge(&total), (usd, 1_500_000));
        // Two of the one are worth as much as one of the other.
        let exchange = Exchange {
            from: SdrRate(2_000_000_000),
            to: SdrRate(1_000_000_000),
        };
        assert_eq!(rated(Some(exchange)).charge(&total), (Currency::EUR, 750_000));
    }
}
