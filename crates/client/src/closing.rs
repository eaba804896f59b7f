//! The statement of a month in the sealed mode. Each party rates the month for itself, by the rules that rate it in the open mode, and both
//! come to the same document, digest and commitments. No chain takes such statements yet.

use codec::{Decode, DecodeAll, Encode};
use interclear_billing::{
    late::{bill_month, Ended, Kept, LateParts, MonthUsage},
    rate::{Account, AmountFault, Totals},
};
use interclear_primitives::{
    agreement::Direction,
    dispute,
    period::Period,
    statement::{Decided, Exchange, StatementLine},
    usage::UsageKey,
};
use interclear_sealed::{
    closing::{Closing, ClosingInvalid, Figures, Owed},
    derive::{Network, ViewKey},
    document::DocumentInvalid,
    statement::{Debtor, Heading},
};
use std::collections::BTreeMap;

/// A month as a party has it, to be closed.
#[derive(Clone, Copy)]
pub struct Month<'a> {
    /// What the statement says beside its lines.
    pub heading: Heading,
    /// The version of the rating rules.
    pub engine: u32,
    /// The month's own usage; `None` after the end of the agreement.
    pub own: Option<&'a MonthUsage<'a>>,
    /// Closed months of which it bills something, in any order.
    pub late: &'a [MonthUsage<'a>],
}

/// Usage of a month, as the document tells it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Used {
    /// The month of the usage.
    pub period: Period,
    /// What has been used, in the currency in which files are charged.
    pub totals: Totals,
    /// The rates that convert what the files charge.
    pub exchange: Option<Exchange>,
    /// What disputes have decided of the month.
    pub decided: Vec<Decided>,
}

impl Used {
    fn of(month: &MonthUsage<'_>) -> Self {
        Self {
            period: month.period,
            totals: month.totals.clone(),
            exchange: month.exchange,
            decided: month.decided.to_vec(),
        }
    }
}

/// How the lines of a statement came to be. With the terms of the agreement it is all that is needed to rate the month once more: of what
/// is kept between months it has what the month depends on, and nothing that a party may have forgotten.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Details {
    /// The month's own usage.
    pub own: Option<Used>,
    /// Late usage that it bills, by ascending month.
    pub late: Vec<Used>,
    /// What windows and spans that ran had come to before.
    pub running: Account,
    /// What those windows had come to before that late usage corrects.
    pub ended: Ended,
    /// What had come late before of the months in `late`.
    pub corrected: BTreeMap<(Period, UsageKey), LateParts>,
    /// What it comes to, in the order in which it is committed to.
    pub lines: Vec<StatementLine>,
}

/// Why a month cannot be closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CloseError {
    /// It cannot be rated.
    #[error("the month cannot be rated: {0}")]
    Amount(#[from] AmountFault),
    /// Its statement cannot be made.
    #[error(transparent)]
    Statement(#[from] ClosingInvalid),
    /// The heading says another month or currency.
    #[error(
        "the statement names another month or currency than the usage and the terms that it is rated from"
    )]
    OtherMonth,
}

impl Details {
    fn of(own: Option<&MonthUsage<'_>>, late: &[MonthUsage<'_>], kept: &Kept) -> Self {
        let corrects: Vec<_> = late.iter().flat_map(MonthUsage::corrects).collect();
        let ended = kept.ended.iter();
        let ended = ended.filter(|(last, _)| corrects.iter().any(|months| months.includes(**last)));
        let corrected = kept.late.iter();
        let corrected = corrected.filter(|((of, _), _)| late.iter().any(|late| late.period == *of));
        Self {
            own: own.map(Used::of),
            late: late.iter().map(Used::of).collect(),
            running: kept.running.clone(),
            ended: ended.map(|(last, account)| (*last, account.clone())).collect(),
            corrected: corrected.map(|(key, parts)| (*key, parts.clone())).collect(),
            lines: Vec::new(),
        }
    }

    /// What was kept before the month, as far as it depends on it.
    pub fn kept(&self) -> Kept {
        Kept {
            running: self.running.clone(),
            ended: self.ended.clone(),
            late: self.corrected.clone(),
        }
    }

    /// Reads how a statement came to be: the partner's, to see in what it differs, or anybody's with the key of the month.
    ///
    /// # Errors
    /// [`DocumentInvalid::Malformed`]: they are written otherwise, or the lines do not come to what is committed to.
    pub fn read(figures: &Figures) -> Result<Self, DocumentInvalid> {
        let details = Self::decode_all(&mut figures.details.as_slice());
        let details = details.map_err(|_| DocumentInvalid::Malformed)?;
        let is_right = owed_by(&details.lines).is_ok_and(|amounts| amounts == figures.amounts)
            && details.encode() == figures.details;
        match is_right {
            true => Ok(details),
            false => Err(DocumentInvalid::Malformed),
        }
    }
}

/// What lines come to, as it is committed to.
fn owed_by(lines: &[StatementLine]) -> Result<Vec<Owed>, AmountFault> {
    let owed = lines.iter().map(|line| -> Result<Owed, AmountFault> {
        Ok(Owed {
            debtor: match line.direction {
                Direction::FirstHome => Debtor::First,
                Direction::SecondHome => Debtor::Second,
            },
            amount: dispute::Figures::of(line).worth()?.clear()?,
        })
    });
    owed.collect()
}

/// Rates a month and makes its statement, under the view key of the month. What is kept is brought forward to the next month.
///
/// # Errors
/// See [`CloseError`]; what is kept is as it was then.
pub fn close(
    month: &Month<'_>,
    network: &Network,
    view: &ViewKey,
    kept: &mut Kept,
) -> Result<Closing, CloseError> {
    let heading = month.heading;
    let period = Period(heading.period);
    let is_named =
        |own: &MonthUsage<'_>| own.period == period && own.version.terms.currency.0 == heading.currency;
    if !month.own.is_none_or(is_named) {
        return Err(CloseError::OtherMonth);
    }
    let mut late = month.late.to_vec();
    late.sort_by_key(|late| late.period);
    let mut details = Details::of(month.own, &late, kept);
    let mut after = kept.clone();
    details.lines = bill_month(period, month.own, &late, &mut after, heading.decimals)?.lines;
    let figures = Figures {
        heading,
        amounts: owed_by(&details.lines)?,
        details: details.encode(),
    };
    let closing = Closing::new(network, view, month.engine, &figures)?;
    *kept = after;
    Ok(closing)
}

#[cfg(test)]
mod tests;
