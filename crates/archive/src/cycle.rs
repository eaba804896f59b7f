//! A netting cycle computed once more from the debts that it has taken in, and compared position by position.

use crate::{
    database::{cell, texts, Database},
    error::ArchiveError,
    runtime::Runtime,
    trace::{self, Debt},
};
use interclear_client::money::money;
use interclear_netting::{carry_forward, transfers, CarriedForward, NettingError};
use std::collections::{BTreeMap, BTreeSet};

/// Something that the chain has otherwise than it comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deviation {
    /// Of what.
    pub place: String,
    /// Which figure.
    pub item: &'static str,
    /// As the chain has it.
    pub chain: String,
    /// As it comes to.
    pub recomputed: String,
}

/// What a comparison came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Announced, Collecting, Computed, Funding, Settled or Cancelled.
    pub phase: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Debts that the cycle has taken in.
    pub obligations: usize,
    /// Positions that were compared.
    pub positions: usize,
    /// Payments that were compared; `None` where none are known, as in the state of a node.
    pub payments: Option<usize>,
    /// What differs.
    pub deviations: Vec<Deviation>,
}

type Position = (i128, i128, bool);

struct Known {
    token: i64,
    currency: String,
    phase: String,
    obligations: String,
    gross: i128,
    net: i128,
    block: i64,
}

async fn known(database: &mut Database, cycle: i64) -> Result<Option<Known>, ArchiveError> {
    let query = "SELECT CAST(token AS TEXT), currency, phase, CAST(obligations AS TEXT), CAST(gross AS TEXT), CAST(net AS TEXT), \
                 CAST(from_block AS TEXT) FROM cycles WHERE cycle = $1";
    let rows = texts(database, query, &[cycle.into()]).await?;
    Ok(rows.first().map(|row| {
        let part = |place: usize| cell(row, place);
        Known {
            token: part(0).parse().unwrap_or_default(),
            currency: part(1).into(),
            phase: part(2).into(),
            obligations: part(3).into(),
            gross: part(4).parse().unwrap_or_default(),
            net: part(5).parse().unwrap_or_default(),
            block: part(6).parse().unwrap_or_default(),
        }
    }))
}

async fn positions(database: &mut Database, cycle: i64) -> Result<BTreeMap<i64, Position>, ArchiveError> {
    let query = "SELECT CAST(operator AS TEXT), CAST(net AS TEXT), CAST(carried AS TEXT), CAST(excluded AS TEXT) FROM positions \
                 WHERE cycle = $1";
    let rows = texts(database, query, &[cycle.into()]).await?;
    let each = rows.iter().filter_map(|row| {
        let part = |place: usize| cell(row, place);
        let excluded = matches!(part(3), "1" | "true");
        Some((
            part(0).parse().ok()?,
            (part(1).parse().ok()?, part(2).parse().ok()?, excluded),
        ))
    });
    Ok(each.collect())
}

/// Net amounts below this are carried forward, in the runtime that has made a block.
async fn minimum(database: &mut Database, block: i64) -> Result<u128, ArchiveError> {
    let query = match database.kind() {
        crate::database::Kind::Sqlite => "SELECT version, metadata FROM runtimes WHERE version = (SELECT runtime FROM blocks WHERE number <= $1 ORDER BY number DESC LIMIT 1)",
        crate::database::Kind::Postgres => "SELECT version, metadata FROM runtimes WHERE version = (SELECT runtime FROM blocks WHERE number <= $1::bigint ORDER BY number DESC LIMIT 1)",
    };
    let row = sqlx::query(query)
        .bind(block)
        .fetch_optional(database.connection())
        .await?;
    let unknown = || ArchiveError::OtherForm {
        what: "MinimumNet".into(),
        reason: "the archive does not describe the runtime".into(),
    };
    let row = row.ok_or_else(unknown)?;
    let version: i64 = crate::database::column(&row, 0)?;
    let octets: Vec<u8> = crate::database::column(&row, 1)?;
    let runtime = Runtime::new(u32::try_from(version).unwrap_or_default(), octets).map_err(|reason| {
        ArchiveError::OtherForm {
            what: "MinimumNet".into(),
            reason,
        }
    })?;
    let constant = runtime.constant("Netting", "MinimumNet");
    constant
        .and_then(|text| text.trim_matches('"').parse().ok())
        .ok_or_else(unknown)
}

/// What each operator is owed by others less what it owes.
fn added_up<'a>(debts: impl Iterator<Item = &'a Debt>) -> BTreeMap<i64, i128> {
    let mut sums = BTreeMap::<i64, i128>::new();
    for debt in debts {
        for (operator, amount) in [
            (debt.creditor, debt.amount),
            (debt.debtor, debt.amount.saturating_neg()),
        ] {
            let sum = sums.entry(operator).or_default();
            *sum = sum.saturating_add(amount);
        }
    }
    sums
}

fn refused(error: NettingError) -> ArchiveError {
    ArchiveError::OtherForm {
        what: "the cycle".into(),
        reason: error.to_string(),
    }
}

/// Computes a cycle once more; `None` if there is none.
///
/// # Errors
/// What the database says.
pub async fn verify(database: &mut Database, cycle: i64) -> Result<Option<Verdict>, ArchiveError> {
    let Some(known) = known(database, cycle).await? else {
        return Ok(None);
    };
    let mut verdict = Verdict {
        phase: known.phase.clone(),
        currency: known.currency.clone(),
        obligations: 0,
        positions: 0,
        payments: None,
        deviations: Vec::new(),
    };
    // Before it has been computed, and where nothing is left in it, there is nothing to compare.
    if matches!(known.phase.as_str(), "Announced" | "Collecting") {
        return Ok(Some(verdict));
    }
    let names = trace::names(database).await?;
    let decimals = trace::decimals(database)
        .await?
        .get(&known.currency)
        .copied()
        .unwrap_or_default();
    let all = trace::debts(database).await?;
    let in_it = || {
        all.iter()
            .filter(|debt| debt.cycle == Some(cycle) && debt.token == Some(known.token))
    };
    let whole = added_up(in_it());
    let least = minimum(database, known.block).await?;
    let CarriedForward {
        positions: paid,
        carried,
    } = carry_forward(&whole, least).map_err(refused)?;
    let held = positions(database, cycle).await?;
    verdict.obligations = in_it().count();
    let shown = |amount: i128| money(amount, decimals);
    let name = |operator: i64| {
        names
            .get(&operator)
            .map_or_else(|| operator.to_string(), |name| format!("{operator} {name}"))
    };
    let mut compare = |place: &str, item: &'static str, chain: String, recomputed: String| {
        if chain != recomputed {
            verdict.deviations.push(Deviation {
                place: place.into(),
                item,
                chain,
                recomputed,
            });
        }
    };
    let operators: BTreeSet<i64> = held.keys().chain(whole.keys()).copied().collect();
    for operator in &operators {
        let place = name(*operator);
        let Some((net, kept, excluded)) = held.get(operator) else {
            compare(
                &place,
                "position",
                "none".into(),
                shown(whole.get(operator).copied().unwrap_or_default()),
            );
            continue;
        };
        let pays = paid.get(operator).copied().unwrap_or_default();
        let stays = whole
            .get(operator)
            .copied()
            .unwrap_or_default()
            .saturating_sub(pays);
        compare(&place, "net", shown(*net), shown(pays));
        compare(&place, "carried forward", shown(*kept), shown(stays));
        if *excluded && whole.contains_key(operator) {
            compare(
                &place,
                "excluded",
                "yes".into(),
                "no: obligations of it are in the cycle".into(),
            );
        }
    }
    let of_cycle = format!("cycle {cycle}");
    let gross = in_it().fold(0i128, |sum, debt| sum.saturating_add(debt.amount));
    let net = paid
        .values()
        .filter(|net| **net > 0)
        .fold(0i128, |sum, net| sum.saturating_add(*net));
    compare(
        &of_cycle,
        "obligations",
        known.obligations.clone(),
        in_it().count().to_string(),
    );
    compare(&of_cycle, "gross", shown(known.gross), shown(gross));
    compare(&of_cycle, "net", shown(known.net), shown(net));
    let sum = held.values().fold(0i128, |sum, (net, kept, _)| {
        sum.saturating_add(*net).saturating_add(*kept)
    });
    compare(&of_cycle, "sum of all positions", shown(sum), shown(0));
    if known.phase == "Settled" {
        // What was too small to be paid is owed anew.
        let expected = carried.iter().map(|debt| {
            (
                debt.from,
                debt.to,
                i128::try_from(debt.amount).unwrap_or(i128::MAX),
            )
        });
        let found = all.iter().filter(|debt| debt.source["Carried"]["cycle"] == cycle);
        let found: BTreeSet<_> = found
            .map(|debt| (debt.debtor, debt.creditor, debt.amount))
            .collect();
        for (from, to, amount) in expected.filter(|debt| !found.contains(debt)) {
            let place = format!("{} to {}", name(from), name(to));
            compare(&place, "owed anew", "none".into(), shown(amount));
        }
        let query = "SELECT CAST(payer AS TEXT), CAST(payee AS TEXT), CAST(amount AS TEXT) FROM payments WHERE cycle = $1";
        let rows = texts(database, query, &[cycle.into()]).await?;
        if !rows.is_empty() || net == 0 {
            let mut made = BTreeMap::<(i64, i64), i128>::new();
            for row in &rows {
                let part = |place: usize| cell(row, place).parse::<i128>();
                let (Ok(from), Ok(to), Ok(amount)) = (part(0), part(1), part(2)) else {
                    continue;
                };
                let party = |number: i128| i64::try_from(number).unwrap_or(i64::MAX);
                let sum = made.entry((party(from), party(to))).or_default();
                *sum = sum.saturating_add(amount);
            }
            let due = transfers(&paid).map_err(refused)?;
            let due: BTreeMap<(i64, i64), i128> = due
                .iter()
                .map(|payment| {
                    (
                        (payment.from, payment.to),
                        i128::try_from(payment.amount).unwrap_or(i128::MAX),
                    )
                })
                .collect();
            let pairs: BTreeSet<_> = made.keys().chain(due.keys()).copied().collect();
            for pair in &pairs {
                let of = |amounts: &BTreeMap<(i64, i64), i128>| {
                    amounts
                        .get(pair)
                        .map_or_else(|| "none".into(), |amount| shown(*amount))
                };
                compare(
                    &format!("{} to {}", name(pair.0), name(pair.1)),
                    "paid",
                    of(&made),
                    of(&due),
                );
            }
            verdict.payments = Some(rows.len());
        }
    }
    verdict.positions = operators.len();
    Ok(Some(verdict))
}
