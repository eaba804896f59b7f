//! A direction: all its lines, its condition, and what its window has been charged before.

use crate::charge::{DirectionCharge, LineCharge, LineUsage};
use crate::error::RatingError;
use crate::exact::{round_half_even, Exact};
use crate::explain::{CommitmentExplanation, Explanation, Recorder};
use crate::line::{net_at, rate_line, with_missing};
use crate::plan::{Condition, LineTerms, MissingPrice, Pricing};
use crate::split::split_by_largest_remainder;
use crate::units::{Amount, Price, Quantity};
use crate::validate::validate_direction;
use alloc::vec::Vec;
use interclear_record::record;
use primitive_types::U256;

/// Whether the commitment is due with the statement.
#[record(Copy)]
pub enum Stage {
    /// The commitment's span still runs: no shortfall is charged, and none charged before is changed.
    Provisional,
    /// The commitment's span has ended: the shortfall is brought to what the span owes.
    TrueUp,
}

/// What one line has been charged by earlier statements; all that has to be kept of them.
#[record(Copy, Default)]
pub struct LineHistory {
    /// Charged for the accounting window so far.
    pub window: LineCharge,
    /// Charged for the closed windows of the commitment's span. Stays 0 where window and span are the same.
    pub earlier: LineCharge,
    /// What disputes have decided of the window beyond what its usage comes to by the terms: charge and tax; and the shortfall, of the
    /// span so far. It is part of what was charged above, and no later rating takes it back.
    pub decided: LineCharge,
}

impl LineHistory {
    /// Adds what a statement of the window has charged.
    ///
    /// # Errors
    /// [`RatingError::Overflow`] when a sum does not fit.
    pub fn charged(&self, difference: &LineCharge) -> Result<Self, RatingError> {
        let window = self.window.checked_add(difference).ok_or(RatingError::Overflow)?;
        Ok(Self { window, ..*self })
    }

    /// Closes the window within the commitment's span: the next one begins at 0.
    ///
    /// # Errors
    /// [`RatingError::Overflow`] when a sum does not fit.
    pub fn next_window(&self) -> Result<Self, RatingError> {
        let earlier = self
            .earlier
            .checked_add(&self.window)
            .ok_or(RatingError::Overflow)?;
        Ok(Self {
            window: LineCharge::default(),
            earlier,
            decided: LineCharge {
                shortfall: self.decided.shortfall,
                ..LineCharge::default()
            },
        })
    }
}

/// Rates a whole window whose commitment, if any, is due: one charge for each line, each amount rounded once, half to
/// even, to minor units of a token with `decimals`.
///
/// # Errors
/// [`RatingError::LinesDiffer`], [`RatingError::MaxDecimalsExceeded`], [`RatingError::Overflow`], and
/// [`RatingError::BadTerms`] for terms that [`validate_direction`] refuses.
pub fn rate_direction(
    terms: &[LineTerms],
    condition: &Condition,
    usage: &[LineUsage],
    decimals: u8,
) -> Result<DirectionCharge, RatingError> {
    let history = no_history(terms);
    let lines = rate(
        terms,
        condition,
        usage,
        &history,
        Stage::TrueUp,
        decimals,
        &mut (),
    )?;
    DirectionCharge::from_lines(lines)
}

/// Rates what a window has used so far and returns the difference to what it has been charged so far, which may be
/// negative. The differences of a window add up exactly to rating it at once, in whatever steps its usage came.
///
/// `usage` is that of the window to date, `history` what [`LineHistory`] has kept of the statements before.
///
/// # Errors
/// As [`rate_direction`].
pub fn rate_window(
    terms: &[LineTerms],
    condition: &Condition,
    usage: &[LineUsage],
    history: &[LineHistory],
    stage: Stage,
    decimals: u8,
) -> Result<DirectionCharge, RatingError> {
    let mut lines = rate(terms, condition, usage, history, stage, decimals, &mut ())?;
    for (line, before) in lines.iter_mut().zip(history) {
        *line = line.checked_sub(&before.window).ok_or(RatingError::Overflow)?;
    }
    DirectionCharge::from_lines(lines)
}

/// Rates as [`rate_window`] does and writes down how. The charge within is that of the window to date, not the
/// difference.
///
/// # Errors
/// As [`rate_direction`].
pub fn explain_window(
    terms: &[LineTerms],
    condition: &Condition,
    usage: &[LineUsage],
    history: &[LineHistory],
    stage: Stage,
    decimals: u8,
) -> Result<Explanation, RatingError> {
    let mut notes = Explanation::default();
    let lines = rate(terms, condition, usage, history, stage, decimals, &mut notes)?;
    notes.charge = DirectionCharge::from_lines(lines)?;
    Ok(notes)
}

/// Rates as [`rate_direction`] does and writes down how.
///
/// # Errors
/// As [`rate_direction`].
pub fn explain_direction(
    terms: &[LineTerms],
    condition: &Condition,
    usage: &[LineUsage],
    decimals: u8,
) -> Result<Explanation, RatingError> {
    explain_window(
        terms,
        condition,
        usage,
        &no_history(terms),
        Stage::TrueUp,
        decimals,
    )
}

/// What the whole span will be charged if it goes on at the pace so far: `usage` of the first `elapsed` of `total`
/// parts of time is scaled up, then rated with its commitment due.
///
/// # Errors
/// As [`rate_direction`]; also [`RatingError::ZeroDivisor`] when nothing has elapsed.
pub fn forecast(
    terms: &[LineTerms],
    condition: &Condition,
    usage: &[LineUsage],
    elapsed: u32,
    total: u32,
    decimals: u8,
) -> Result<DirectionCharge, RatingError> {
    let scaled = usage
        .iter()
        .map(|line| line.scaled(total, elapsed))
        .collect::<Result<Vec<_>, _>>()?;
    rate_direction(terms, condition, &scaled, decimals)
}

fn no_history(terms: &[LineTerms]) -> Vec<LineHistory> {
    terms.iter().map(|_| LineHistory::default()).collect()
}

/// The one path of computation: the charges of the window to date.
fn rate<R: Recorder>(
    terms: &[LineTerms],
    condition: &Condition,
    usage: &[LineUsage],
    history: &[LineHistory],
    stage: Stage,
    decimals: u8,
    notes: &mut R,
) -> Result<Vec<LineCharge>, RatingError> {
    if terms.len() != usage.len() || terms.len() != history.len() {
        return Err(RatingError::LinesDiffer);
    }
    validate_direction(terms, condition).map_err(|_| RatingError::BadTerms)?;
    let bases = committed_shares(terms, condition, decimals)?;
    let mut lines = Vec::with_capacity(terms.len());
    for (((line, used), base), before) in terms.iter().zip(usage).zip(bases).zip(history) {
        notes.line();
        let rated = rate_line(line, used, base, decimals, notes)?;
        let LineCharge { charge, tax, .. } = before.decided;
        let decided = LineCharge {
            charge,
            tax,
            ..LineCharge::default()
        };
        lines.push(rated.checked_add(&decided).ok_or(RatingError::Overflow)?);
    }
    match stage {
        Stage::Provisional => {
            for (line, before) in lines.iter_mut().zip(history) {
                line.shortfall = before.window.shortfall;
            }
        }
        Stage::TrueUp => {
            let mut span = Span {
                terms,
                usage,
                history,
                lines: &mut lines,
                decimals,
                notes,
            };
            span.true_up(condition)?;
        }
    }
    Ok(lines)
}

/// What each line owes of the committed amount of usage caps, in minor units: together exactly the amount.
fn committed_shares(
    terms: &[LineTerms],
    condition: &Condition,
    decimals: u8,
) -> Result<Vec<u128>, RatingError> {
    let share = |line: &LineTerms| match &line.pricing {
        Pricing::Capped { share, .. } => u128::from(share.0),
        _ => 0,
    };
    let shares: Vec<u128> = terms.iter().map(share).collect();
    match condition {
        Condition::UsageCaps { commitment } => {
            split_by_largest_remainder(minor(*commitment, decimals)?, &shares)
        }
        // Without caps there are no shares.
        _ => Ok(shares),
    }
}

/// Splits what is missing from a volume over lines by what they have used: each unit used stands for one that is missing.
/// What no unit stands for is split in equal parts, so that a single unit of the cheapest line does not price all the rest.
fn split_missing(missing: u128, used: &[u128]) -> Result<Vec<u128>, RatingError> {
    let sum = used
        .iter()
        .try_fold(0u128, |sum, used| sum.checked_add(*used))
        .ok_or(RatingError::Overflow)?;
    let by_use = missing.min(sum);
    let beyond = missing.saturating_sub(by_use);
    let equally: Vec<u128> = used.iter().map(|_| 0).collect();
    let parts = split_by_largest_remainder(by_use, used)?
        .into_iter()
        .zip(split_by_largest_remainder(beyond, &equally)?);
    parts
        .map(|(by_use, equally)| by_use.checked_add(equally).ok_or(RatingError::Overflow))
        .collect()
}

/// What `missing` costs at the average price of `quantity`, which was charged `charge`; rounded once.
fn average(charge: u128, quantity: u128, missing: Quantity) -> Result<i128, RatingError> {
    let owed = round_half_even(U256::from(charge), U256::from(missing.0), U256::from(quantity))?;
    i128::try_from(owed).map_err(|_| RatingError::Overflow)
}

/// `amount` in minor units, rounded half to even.
fn minor(amount: Amount, decimals: u8) -> Result<u128, RatingError> {
    u128::try_from(Exact::from(amount).to_minor(decimals)?).map_err(|_| RatingError::Overflow)
}

/// What a charge counts towards a commitment; `None` if it does not fit.
fn counted(charge: i128, tax: i128, including_tax: bool) -> Option<i128> {
    match including_tax {
        true => charge.checked_add(tax),
        false => Some(charge),
    }
}

/// A commitment's span: the closed windows before, and the window that was just rated.
struct Span<'a, R> {
    terms: &'a [LineTerms],
    usage: &'a [LineUsage],
    history: &'a [LineHistory],
    lines: &'a mut [LineCharge],
    decimals: u8,
    notes: &'a mut R,
}

impl<R: Recorder> Span<'_, R> {
    /// Sets the shortfall of every line of the window so that, with that of earlier windows, the span is charged what
    /// it owes.
    fn true_up(&mut self, condition: &Condition) -> Result<(), RatingError> {
        let owed = match condition {
            // Only what disputes have decided.
            Condition::Unconditional | Condition::UsageCaps { .. } => self.lines.iter().map(|_| 0).collect(),
            Condition::DealRevenue {
                commitment,
                including_tax,
            } => self.revenue(*commitment, |line| counted(line.charge, line.tax, *including_tax))?,
            Condition::ContractRevenue {
                commitment,
                including_tax,
            } => self.revenue(*commitment, |line| {
                counted(line.tap_charge, line.tap_tax, *including_tax)
            })?,
            Condition::VolumeCommitment { volume, missing } => self.volume(*volume, *missing)?,
        };
        for ((line, before), owed) in self.lines.iter_mut().zip(self.history).zip(owed) {
            line.shortfall = owed
                .checked_add(before.decided.shortfall)
                .and_then(|owed| owed.checked_sub(before.earlier.shortfall))
                .ok_or(RatingError::Overflow)?;
        }
        Ok(())
    }

    /// The shortfall of each line against a committed amount, measured by `measure`.
    fn revenue(
        &mut self,
        commitment: Amount,
        measure: impl Fn(&LineCharge) -> Option<i128>,
    ) -> Result<Vec<i128>, RatingError> {
        let weights = self.measured(measure)?;
        let missing = self.missing(
            minor(commitment, self.decimals)?,
            weights,
            split_by_largest_remainder,
        )?;
        missing
            .into_iter()
            .map(|part| i128::try_from(part).map_err(|_| RatingError::Overflow))
            .collect()
    }

    /// The shortfall of each line against a committed volume: the price of what it is short of.
    fn volume(&mut self, committed: Quantity, price: MissingPrice) -> Result<Vec<i128>, RatingError> {
        let weights = self.measured(|line| Some(line.quantity))?;
        let missing = self.missing(committed.0, weights, split_missing)?;
        let mut owed = Vec::with_capacity(missing.len());
        for (index, missing) in missing.into_iter().enumerate() {
            let (Some(terms), Some(usage), Some(line)) = (
                self.terms.get(index),
                self.usage.get(index),
                self.lines.get(index),
            ) else {
                return Err(RatingError::LinesDiffer);
            };
            if missing == 0 {
                owed.push(0);
                continue;
            }
            self.notes.missing_volume(index, Quantity(missing));
            let missing = Quantity(missing);
            let at = |price: Option<Price>| net_at(terms, price.unwrap_or_default(), missing, self.decimals);
            let prices = || terms.pricing.missing_prices();
            owed.push(match price {
                MissingPrice::AsUsed => {
                    let filled = with_missing(terms, usage, missing)?;
                    let full = rate_line(terms, &filled, 0, self.decimals, &mut ())?;
                    // A plan may charge more volume less; a shortfall is never negative.
                    let decided = self.history.get(index).copied().unwrap_or_default().decided;
                    full.charge
                        .checked_add(decided.charge)
                        .and_then(|full| full.checked_sub(line.charge))
                        .ok_or(RatingError::Overflow)?
                        .max(0)
                }
                MissingPrice::Average => {
                    let earlier = self.history.get(index).copied().unwrap_or_default().earlier;
                    let span = line.checked_add(&earlier).ok_or(RatingError::Overflow)?;
                    match (u128::try_from(span.charge), u128::try_from(span.quantity)) {
                        // The rounded charge of little usage says little about a unit, and fees say nothing: beside next to no
                        // volume their average need not even fit.
                        (Ok(charge), Ok(quantity)) if quantity > 0 => {
                            let (least, most) = (at(prices().min())?, at(prices().max())?);
                            average(charge, quantity, missing).map_or(most, |owed| owed.max(least).min(most))
                        }
                        _ => at(prices().next())?,
                    }
                }
                MissingPrice::FirstTier => at(prices().next())?,
                MissingPrice::LastTier => at(prices().last())?,
            });
        }
        Ok(owed)
    }

    /// What each included line has come to over the span; `None` for the others.
    fn measured(
        &mut self,
        measure: impl Fn(&LineCharge) -> Option<i128>,
    ) -> Result<Vec<Option<u128>>, RatingError> {
        let mut measured = Vec::with_capacity(self.lines.len());
        for (index, ((terms, line), before)) in self
            .terms
            .iter()
            .zip(self.lines.iter())
            .zip(self.history)
            .enumerate()
        {
            if !terms.in_commitment {
                measured.push(None);
                continue;
            }
            let whole = line.checked_add(&before.earlier).as_ref().and_then(&measure);
            // A history that states more credits than charges has nothing to count.
            let value = u128::try_from(whole.ok_or(RatingError::Overflow)?.max(0)).unwrap_or_default();
            self.notes.measured(index, value);
            measured.push(Some(value));
        }
        Ok(measured)
    }

    /// What is missing from `committed`, split over the included lines by what they came to.
    fn missing(
        &mut self,
        committed: u128,
        measured: Vec<Option<u128>>,
        split: fn(u128, &[u128]) -> Result<Vec<u128>, RatingError>,
    ) -> Result<Vec<u128>, RatingError> {
        let weights: Vec<u128> = measured.iter().flatten().copied().collect();
        let sum = weights
            .iter()
            .try_fold(0u128, |sum, weight| sum.checked_add(*weight))
            .ok_or(RatingError::Overflow)?;
        let missing = committed.saturating_sub(sum);
        self.notes.commitment(CommitmentExplanation {
            committed,
            measured: sum,
            missing,
        });
        let mut parts = split(missing, &weights)?.into_iter();
        Ok(measured
            .iter()
            .map(|line| line.and_then(|_| parts.next()).unwrap_or_default())
            .collect())
    }
}
