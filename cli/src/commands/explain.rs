//! How figures came to be, in words: steps of plans, windows, commitments.

use crate::{error::CommandError, output};
use interclear_billing::{explain::ExplainedDirection, stretch::Stretch};
use interclear_client::money;
use interclear_import::{Basis, Forecast};
use interclear_primitives::{
    agreement::{DirectionTerms, Terms},
    money::Currency,
    period::Period,
    rating::{Condition, LineTerms, Part, Pricing, Step, StepKind, TaxRate, TaxRule},
    service::{Service, Unit},
    usage::UsageKey,
    DAY,
};
use serde_json::{json, Value};

/// What amounts are in.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) currency: Currency,
    pub(super) decimals: u8,
}

/// The places of the lines that are asked for: by number, counted from 1, or by service; all where nothing is asked.
pub(super) fn choose(keys: impl Iterator<Item = UsageKey>, wanted: &str) -> Result<Vec<usize>, CommandError> {
    let keys: Vec<UsageKey> = keys.collect();
    if wanted.is_empty() {
        return Ok((0..keys.len()).collect());
    }
    let missing = || {
        CommandError::NotFound(format!(
            "line {wanted}; there are {}, or name a service",
            keys.len()
        ))
    };
    let chosen: Vec<usize> = match (wanted.parse::<usize>(), wanted.parse::<Service>()) {
        (Ok(number), _) => number
            .checked_sub(1)
            .filter(|place| *place < keys.len())
            .into_iter()
            .collect(),
        (_, Ok(service)) => (0..keys.len())
            .filter(|place| keys[*place].service == service)
            .collect(),
        _ => Vec::new(),
    };
    if chosen.is_empty() {
        return Err(missing());
    }
    Ok(chosen)
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Usage => "",
        Part::Balanced => "balanced with the other direction, ",
        Part::Unbalanced => "above the other direction, ",
        Part::Access => "access, ",
    }
}

fn kind(kind: StepKind) -> String {
    let tier = |tier: u32| tier.saturating_add(1);
    match kind {
        StepKind::NotCharged => "free".into(),
        StepKind::FlatFee => "flat fee".into(),
        StepKind::Linear => "at one price".into(),
        StepKind::TierFee(index) => format!("fee of tier {}", tier(index)),
        StepKind::TierVolume(index) => format!("within tier {}", tier(index)),
        StepKind::BackToFirst(index) => format!("all of it at the price of tier {}", tier(index)),
        StepKind::LastStep => "all of it at the price of the last step".into(),
        StepKind::Included => "included".into(),
        StepKind::Excess => "above what is included, in whole increments".into(),
        StepKind::FloorRaise => "raised to the least average price".into(),
        StepKind::TapCharge => "as the TAP files charge".into(),
        StepKind::CommittedShare => "share of the committed amount".into(),
    }
}

/// An exact figure with its thousands apart, as in all tables.
fn apart(figure: impl core::fmt::Display) -> String {
    let text = figure.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    match whole.parse::<u128>() {
        Ok(whole) => format!("{sign}{}{rest}", output::number(whole)),
        Err(_) => text,
    }
}

fn step_words(step: &Step, unit: Unit, scale: &Scale) -> String {
    let unit = if step.part == Part::Access {
        Unit::ImsiMonth
    } else {
        unit
    };
    let Scale { currency, .. } = scale;
    let what = format!("{}{}", part(step.part), kind(step.kind));
    let value = format!("{} {currency}", apart(step.value));
    match (step.volume.0, step.price.0) {
        (0, 0) => format!("{what}: {value}"),
        (_, 0) => format!("{what}: {} {unit}, {value}", apart(step.volume)),
        _ => format!(
            "{what}: {} {unit} x {} {currency}/{unit} = {value}",
            apart(step.volume),
            apart(step.price)
        ),
    }
}

/// How the charge of a line came to be, in the window to date that ends with a month.
pub(super) fn text(
    direction: &ExplainedDirection,
    place: usize,
    unit: Unit,
    scale: &Scale,
    period: Period,
) -> String {
    let (Some(line), Some(charge), Some(before)) = (
        direction.explanation.lines.get(place),
        direction.explanation.charge.lines.get(place),
        direction.before.get(place),
    ) else {
        return String::new();
    };
    let amount = |amount: i128| format!("{} {}", money::grouped(amount, scale.decimals), scale.currency);
    let window = direction.window;
    let mut rows = vec![format!("accounting window {}, to {period}", window.months)];
    if window.owed < window.whole {
        let whole = output::count(window.whole, "month", "months");
        rows.push(format!("  owed for {} of {whole}", window.owed));
    }
    rows.extend(
        line.steps
            .iter()
            .map(|step| format!("  {}", step_words(step, unit, scale))),
    );
    rows.push(format!(
        "charge: {} {}, rounded once: {}",
        apart(line.exact),
        scale.currency,
        amount(charge.charge)
    ));
    let terms = direction.terms.get(place);
    if charge.tax != 0 {
        let base = apart(line.exact);
        let of = terms.map_or_else(String::new, |terms| tax_words(terms, &base, scale.currency));
        rows.push(format!("tax: {}{of}", amount(charge.tax)));
    }
    if direction.window.months.first != period {
        let month = charge.charge.saturating_sub(before.window.charge);
        rows.push(format!(
            "charged for the window before {period}: {}, with {period}: {}",
            amount(before.window.charge),
            amount(month)
        ));
    }
    let Some(measured) = line.measured else {
        rows.extend(terms.and_then(|terms| counts(direction, terms, period)));
        return rows.join("\n");
    };
    if let Some(commitment) = &direction.explanation.commitment {
        let volume = matches!(direction.condition, Condition::VolumeCommitment { .. });
        let counted = |count: u128| match volume {
            true => format!("{} {unit}", output::quantity(count)),
            false => format!(
                "{} {}",
                money::grouped_unsigned(count, scale.decimals),
                scale.currency
            ),
        };
        rows.push(format!(
            "commitment {}{}: {} committed, {} reached, {} missing",
            direction.span.months,
            part_of(&direction.span),
            counted(commitment.committed),
            counted(commitment.measured),
            counted(commitment.missing)
        ));
        rows.push(format!(
            "this line came to {} of it and bears {} of what is missing{}",
            counted(measured),
            amount(charge.shortfall),
            match commitment.missing {
                0 => "",
                _ => ", split in proportion by largest remainder",
            }
        ));
        if line.missing_volume.0 > 0 {
            rows.push(format!(
                "it is short of {} {unit}, {}",
                apart(line.missing_volume),
                match direction.condition {
                    Condition::VolumeCommitment { missing, .. } => super::agreement::missing_price(missing),
                    _ => "at its own prices",
                }
            ));
        }
    }
    rows.join("\n")
}

/// By which rule a line is taxed, as the end of a sentence; `base` is its exact charge.
fn tax_words(terms: &LineTerms, base: &str, currency: Currency) -> String {
    let percent = |rate: TaxRate| money::quantity(u128::from(rate.0).saturating_mul(10));
    match (&terms.pricing, terms.tax) {
        (Pricing::TapCharge, _) => ", as the TAP files state it".into(),
        (_, TaxRule::Excluded { rate }) => {
            format!(", {} % of {base} {currency}, rounded once", percent(rate))
        }
        (_, TaxRule::Included { rate }) => {
            format!(
                ", {} % included in {base} {currency}, rounded once",
                percent(rate)
            )
        }
        (_, TaxRule::Untaxed) => String::new(),
    }
}

/// Whether a line counts towards a commitment that is not due with the month; nothing where none is agreed.
fn counts(direction: &ExplainedDirection, terms: &LineTerms, period: Period) -> Option<String> {
    let months = direction.span.months;
    match (&direction.condition, terms.in_commitment) {
        (Condition::Unconditional, _) => None,
        (_, false) => Some(format!("does not count towards the commitment {months}")),
        (_, true) if direction.due || months.last <= period => {
            Some(format!("counts towards the commitment {months}"))
        }
        (_, true) => Some(format!(
            "counts towards the commitment {months}, which is due with {}; until then nothing is charged for what is missing",
            months.last
        )),
    }
}

/// For how much of its agreed length a span or window is owed, where that is not all of it.
fn part_of(stretch: &Stretch) -> String {
    match stretch.owed == stretch.whole {
        true => String::new(),
        false => format!(
            " ({} of {})",
            stretch.owed,
            output::count(stretch.whole, "month", "months")
        ),
    }
}

/// As [`text`], for machines.
pub(super) fn json(
    direction: &ExplainedDirection,
    place: usize,
    unit: Unit,
    scale: &Scale,
    period: Period,
) -> Value {
    let key = direction.keys.get(place);
    let line = direction.explanation.lines.get(place);
    let charge = direction
        .explanation
        .charge
        .lines
        .get(place)
        .copied()
        .unwrap_or_default();
    let before = direction.before.get(place).copied().unwrap_or_default();
    let terms = direction.terms.get(place);
    let amount = |amount: i128| money::money(amount, scale.decimals);
    let steps: Vec<Value> = line.map_or_else(Vec::new, |line| {
        let step = |step: &Step| {
            json!({
                "step": format!("{}{}", part(step.part), kind(step.kind)),
                "volume": step.volume.to_string(),
                "price": step.price.to_string(),
                "value": step.value.to_string(),
            })
        };
        line.steps.iter().map(step).collect()
    });
    json!({
        "service": key.map(|key| key.service),
        "unit": unit,
        "period": period,
        "window": direction.window.months,
        "steps": steps,
        "exact": line.map(|line| line.exact.to_string()),
        "charge": amount(charge.charge),
        "charged_before": amount(before.window.charge),
        "tax": amount(charge.tax),
        "tax_rule": terms.map(|terms| terms.tax),
        "counts": terms.is_some_and(|terms| {
            terms.in_commitment && !matches!(direction.condition, Condition::Unconditional)
        }),
        "shortfall": amount(charge.shortfall),
        "commitment": direction.explanation.commitment.map(|commitment| json!({
            "span": direction.span.months,
            "committed": commitment.committed.to_string(),
            "reached": commitment.measured.to_string(),
            "missing": commitment.missing.to_string(),
            "line": line.and_then(|line| line.measured).map(|measured| measured.to_string()),
        })),
    })
}

/// A commitment's figure as it is counted: an amount, or a volume.
fn counted(terms: &DirectionTerms, count: u128, decimals: u8) -> String {
    match terms.condition {
        Condition::VolumeCommitment { .. } => money::quantity(count),
        _ => money::unsigned(count, decimals),
    }
}

/// By which usage a forecast is made, in words.
fn basis(basis: &Basis) -> String {
    let days = output::count(basis.passed / DAY, "day", "days");
    let by = match basis.months.as_slice() {
        [month] => format!("the usage of {month} ({days})"),
        [first, .., last] => format!(
            "the usage of {} from {first} to {last} ({days})",
            output::count(
                u64::try_from(basis.months.len()).unwrap_or(u64::MAX),
                "month",
                "months"
            )
        ),
        [] => "no usage".into(),
    };
    let more: Vec<String> = basis.more.iter().map(ToString::to_string).collect();
    match more.as_slice() {
        [] => by,
        more => format!(
            "{by} and what has come of {} beyond that pace",
            more.join(" and ")
        ),
    }
}

/// What a commitment will come to at the pace so far, in a sentence.
pub(super) fn forecast_words(terms: &Terms, forecast: &Forecast, decimals: u8) -> String {
    let by_volume = matches!(
        terms.direction(forecast.direction).condition,
        Condition::VolumeCommitment { .. }
    );
    let figure = |count: u128| match by_volume {
        true => output::quantity(count),
        false => money::grouped_unsigned(count, decimals),
    };
    format!(
        "commitment {}: by {}, {} of {} will be reached, {} will be missing; the shortfall will be {} {}",
        forecast.span,
        basis(&forecast.basis),
        figure(forecast.reached),
        figure(forecast.committed),
        figure(forecast.missing),
        money::grouped(forecast.shortfall, decimals),
        terms.currency
    )
}

/// A forecast for machines.
pub(super) fn forecast_json(terms: &Terms, forecast: &Forecast, decimals: u8) -> Value {
    let agreed = terms.direction(forecast.direction);
    let figure = |count: u128| counted(agreed, count, decimals);
    json!({
        "direction": forecast.direction,
        "span": forecast.span,
        "committed": figure(forecast.committed),
        "reached": figure(forecast.reached),
        "missing": figure(forecast.missing),
        "shortfall": money::money(forecast.shortfall, decimals),
        "basis": { "months": forecast.basis.months, "seconds": forecast.basis.passed, "more": forecast.basis.more },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tax_should_be_told_with_its_rate_and_its_base() {
        let terms = |tax| LineTerms {
            pricing: Pricing::linear(interclear_primitives::rating::Price(1)),
            in_commitment: false,
            tax,
        };
        // A hundred thousand is one percent.
        let rate = TaxRate(1_900_000);
        let words = |tax| tax_words(&terms(tax), "22.105", Currency::EUR);
        assert_eq!(
            words(TaxRule::Excluded { rate }),
            ", 19 % of 22.105 EUR, rounded once"
        );
        assert_eq!(
            words(TaxRule::Included { rate }),
            ", 19 % included in 22.105 EUR, rounded once"
        );
        let taxed_in_files = LineTerms {
            pricing: Pricing::TapCharge,
            ..terms(TaxRule::Untaxed)
        };
        assert_eq!(
            tax_words(&taxed_in_files, "1", Currency::EUR),
            ", as the TAP files state it"
        );
    }

    #[test]
    fn a_line_should_be_said_to_count_when_its_commitment_is_due_later() {
        let months = |first, last| interclear_primitives::span::Months {
            first: Period(first),
            last: Period(last),
        };
        let stretch = |months| Stretch {
            months,
            owed: 1,
            whole: 1,
        };
        let direction = |condition| ExplainedDirection {
            window: stretch(months(202_610, 202_610)),
            span: stretch(months(202_610, 202_709)),
            condition,
            due: false,
            keys: Vec::new(),
            terms: Vec::new(),
            usage: Vec::new(),
            before: Vec::new(),
            explanation: Default::default(),
        };
        let committed = Condition::DealRevenue {
            commitment: interclear_primitives::rating::Amount(10_000_000_000),
            including_tax: false,
        };
        let line = |in_commitment| LineTerms {
            pricing: Pricing::TapCharge,
            in_commitment,
            tax: TaxRule::Untaxed,
        };
        let said = |condition, counted| counts(&direction(condition), &line(counted), Period(202_610));
        let term = months(202_610, 202_709);
        assert_eq!(
            said(committed, true),
            Some(format!(
                "counts towards the commitment {term}, which is due with 2027-09; until then nothing is charged for what is \
                 missing"
            ))
        );
        assert_eq!(
            said(committed, false),
            Some(format!("does not count towards the commitment {term}"))
        );
        assert_eq!(said(Condition::Unconditional, true), None);
    }

    #[test]
    fn a_forecast_should_say_by_which_usage_it_is_made() {
        let of = |months: &[u32], days: u64| {
            basis(&Basis {
                months: months.iter().copied().map(Period).collect(),
                passed: days * DAY,
                more: Vec::new(),
            })
        };
        assert_eq!(of(&[202_610], 31), "the usage of 2026-10 (31 days)");
        assert_eq!(
            of(&[202_610, 202_612], 62),
            "the usage of 2 months from 2026-10 to 2026-12 (62 days)"
        );
        let more = Basis {
            months: vec![Period(202_610)],
            passed: 31 * DAY,
            more: vec![Period(202_611)],
        };
        assert_eq!(
            basis(&more),
            "the usage of 2026-10 (31 days) and what has come of 2026-11 beyond that pace"
        );
    }

    #[test]
    fn thousands_should_be_apart_when_a_figure_is_exact() {
        for (figure, shown) in [
            ("13331.294649", "13\u{202f}331.294649"),
            ("-1000", "-1\u{202f}000"),
            ("0.00175", "0.00175"),
            ("999", "999"),
        ] {
            assert_eq!(apart(figure), shown);
        }
    }
}
