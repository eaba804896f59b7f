//! What is owed besides what was supplied: fees of disputes, and late interest.

use super::{
    month::{self, Month},
    Draft, Part,
};
use crate::{
    database::{texts, Database},
    disputed::Disputed,
    error::ArchiveError,
    trace::{self, Debt},
};
use interclear_client::money::{grouped, money};
use interclear_primitives::{ids::AgreementId, period::Period};
use serde_json::Value as Json;

/// All documents of a month under an agreement: of its statement, of the fees of its disputes, and of late interest.
pub(super) async fn drafts(
    database: &mut Database,
    agreement: AgreementId,
    period: Period,
) -> Result<Vec<(Draft, Vec<Part>)>, ArchiveError> {
    let debts = trace::debts(database).await?;
    let (month, mut all) = month::drafts(database, &debts, agreement, period).await?;
    for one in &month.disputes {
        all.extend(fee(&month, one, &debts)?);
    }
    for debt in &debts {
        if let Some(reference) = reference(&month, debt)? {
            let draft = month.draft(String::new(), [debt.creditor, debt.debtor]);
            all.extend(interest(database, draft, reference, debt, &debts).await?);
        }
    }
    Ok(all)
}

/// The fee of a dispute, from the party against which it was ruled.
fn fee(month: &Month, one: &Disputed, debts: &[Debt]) -> Result<Option<(Draft, Vec<Part>)>, ArchiveError> {
    let of_it = |debt: &&Debt| debt.source["DisputeFee"]["dispute"].as_i64() == Some(one.number);
    let Some(debt) = debts.iter().find(of_it) else {
        return Ok(None);
    };
    let draft = Draft {
        reference: month.document_of(one)?,
        object: Some(format!("dispute {}", one.number)),
        about: format!(
            "Fee of dispute {} on {} under agreement {}, of the party against which it was ruled",
            one.number, month.period, month.agreement
        ),
        moments: [one.until, debt.due],
        compensation: true,
        ..month.draft(fee_number(month, one.number), [debt.creditor, debt.debtor])
    };
    let part = Part::untaxed(format!("Fee of dispute {}", one.number), debt.amount);
    Ok(Some((draft, vec![part])))
}

fn fee_number(month: &Month, dispute: i64) -> String {
    format!("{}-{}-F{dispute}", month.agreement, month.period)
}

/// The document that an obligation is owed by, if it follows from a statement; `None` if it does not.
fn reference(month: &Month, debt: &Debt) -> Result<Option<Option<String>>, ArchiveError> {
    let dispute = |of: &Json| {
        let number = of["dispute"].as_i64();
        month.disputes.iter().find(|one| Some(one.number) == number)
    };
    if let Some(one) = dispute(&debt.source["DisputeFee"]) {
        return Ok(Some(Some(fee_number(month, one.number))));
    }
    let statement = debt.statement();
    if statement != Some((i64::from(month.agreement.0), month.period.to_string().as_str())) {
        return Ok(None);
    }
    // What was withheld, and is paid after all, was billed by the side of its line.
    Ok(Some(match dispute(&debt.source["Note"]) {
        Some(one) => month.document_of(one)?,
        None => month.side_of(debt.creditor),
    }))
}

/// Late interest on an obligation, and what was given back of it, as its creditor bills them. Of the draft, number, references, words
/// and days are not known yet.
pub(super) async fn interest(
    database: &mut Database,
    draft: Draft,
    reference: Option<String>,
    late: &Debt,
    debts: &[Debt],
) -> Result<Vec<(Draft, Vec<Part>)>, ArchiveError> {
    let of_it = |debt: &&Debt| debt.source["Interest"]["obligation"].as_i64() == Some(late.obligation);
    let mut all = Vec::new();
    let mut charged: Option<String> = None;
    for debt in debts.iter().filter(of_it) {
        let number = format!("I{}", debt.obligation);
        let what = format!("Late interest on obligation {}", late.obligation);
        let gives_back = debt.creditor != late.creditor;
        let (reference, about, part) = match gives_back {
            false => {
                let how = charge(database, late.obligation, debt.amount, &draft).await?;
                let part = Part::untaxed(format!("{what}{how}"), debt.amount);
                (reference.clone(), what, part)
            }
            // A note has given back what was not owed, and with it what was charged on that.
            true => {
                let back = debt.amount.saturating_neg();
                let part = Part::untaxed(format!("{what}, of what was not owed"), back);
                (charged.clone(), format!("{what}, given back"), part)
            }
        };
        if !gives_back {
            charged = Some(number.clone());
        }
        let draft = Draft {
            number,
            reference,
            object: Some(format!("obligation {}", late.obligation)),
            about,
            moments: [issued(database, debt).await?, debt.due],
            period: None,
            compensation: true,
            ..draft.clone()
        };
        all.push((draft, vec![part]));
    }
    Ok(all)
}

/// How interest was worked out, if the database knows it as it was then.
async fn charge(
    database: &mut Database,
    obligation: i64,
    amount: i128,
    draft: &Draft,
) -> Result<String, ArchiveError> {
    let query = "SELECT CAST(value AS TEXT) FROM state WHERE pallet = 'Netting' AND item = 'Charges' \
                 AND CAST(key ->> 0 AS BIGINT) = $1 ORDER BY state.from_block, state.id LIMIT 1";
    let rows = texts(database, query, &[obligation.into()]).await?;
    let text = rows.first().and_then(|row| row.first()?.as_deref());
    let charge: Json = text
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let whole = |name: &str| charge[name].as_str()?.parse::<i128>().ok();
    let (Some(owed), Some(bps), Some(days), true) = (
        whole("owed"),
        charge["bps"].as_i64(),
        charge["days"].as_i64(),
        whole("amount") == Some(amount),
    ) else {
        return Ok(String::new());
    };
    let days = match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    Ok(format!(
        ": {days} at {} % a year on {} {}",
        money(bps.into(), 2),
        grouped(owed, draft.decimals),
        draft.currency
    ))
}

/// When an obligation arose: the time of the block from which on it is known, as far as that is before the day on which it is due.
async fn issued(database: &mut Database, debt: &Debt) -> Result<u64, ArchiveError> {
    let query = "SELECT CAST(MIN(b.time) AS TEXT) FROM state s JOIN blocks b ON b.number = s.from_block \
                 WHERE s.pallet = 'Netting' AND s.item = 'Obligations' AND CAST(s.key ->> 0 AS BIGINT) = $1";
    let rows = texts(database, query, &[debt.obligation.into()]).await?;
    let known = rows
        .first()
        .and_then(|row| row.first()?.as_deref()?.parse::<u64>().ok());
    Ok(known.map_or(debt.due, |time| (time / 1_000).min(debt.due)))
}
