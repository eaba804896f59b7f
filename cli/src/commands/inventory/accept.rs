//! `interclear inventory accept`: the other side's values become one's own.

use super::{
    diff::Filter,
    report::{refused_words, send_records, would_refuse},
    words,
};
use crate::{
    commands::relation::{known, RelationArg},
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
    table,
};
use clap::Args;
use interclear_client::inventory::{Changes, Known};
use interclear_matching::{
    worklist::{worklist, Item},
    Field, Record, RecordId, Rule, Side, Store,
};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Args)]
pub(super) struct AcceptArgs {
    #[command(flatten)]
    relation: RelationArg,
    #[command(flatten)]
    filter: Filter,
    /// Only these fields, such as recurring or end; all that differ unless given.
    #[arg(long = "field", value_name = "FIELD", value_parser = field)]
    fields: Vec<Field>,
    /// Also take the key fields of likely pairs with at least this score, in thousandths: what looks like a typing error of yours.
    #[arg(long, value_name = "SCORE")]
    likely: Option<u32>,
    /// All differences; to be said where neither a cause nor a service is named.
    #[arg(long)]
    all: bool,
    /// Show what would change and what the chain would refuse, and send nothing.
    #[arg(long)]
    dry_run: bool,
}

fn field(text: &str) -> Result<Field, String> {
    Field::ALL
        .into_iter()
        .find(|field| field.name() == text)
        .ok_or_else(|| {
            format!(
                "`{text}` is not a field; the fields are {}",
                Field::ALL.map(Field::name).join(", ")
            )
        })
}

/// A record of one's own as it is, and as it becomes.
struct Accepted {
    before: Record,
    after: Record,
    /// Why it stays as it is.
    refused: Option<String>,
}

/// By how much recurring charges change in all, currency by currency; empty where they do not.
fn recurring(taken: &[&Accepted]) -> String {
    let mut sums = BTreeMap::<String, i128>::new();
    for entry in taken {
        for (record, sign) in [(&entry.before, -1), (&entry.after, 1)] {
            let sum = sums.entry(words::currency(&record.currency)).or_default();
            *sum = sum.saturating_add(i128::from(record.recurring).saturating_mul(sign));
        }
    }
    let said = sums.iter().filter(|(_, sum)| **sum != 0).map(|(currency, sum)| {
        let more = if *sum > 0 { "more" } else { "less" };
        let amount = format!("{} {currency}", words::grouped_charge(sum.unsigned_abs()));
        format!("{} {more}", amount.trim_end())
    });
    let said: Vec<String> = said.collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(
            "; their recurring charges become {} a month in all",
            said.join(", ")
        ),
    }
}

impl AcceptArgs {
    /// The fields of a difference that are taken.
    fn taken(&self, item: &Item, known: &Known, side: Side) -> Vec<Field> {
        let asked = |field: &Field| self.fields.is_empty() || self.fields.contains(field);
        match item.likely {
            None => item.fields.iter().filter(asked).collect(),
            Some(score) if self.likely.is_some_and(|least| score >= least) => {
                // One's own name for a service stays; what one says of the other side's is what may be wrong.
                let keys = Field::ALL
                    .into_iter()
                    .filter(|field| known.state.profile.rule(*field) == Rule::Key);
                keys.filter(|field| *field != side.id_field())
                    .filter(asked)
                    .collect()
            }
            Some(_) => Vec::new(),
        }
    }

    /// What becomes of one's own records.
    fn accepted(&self, known: &Known, side: Side) -> BTreeMap<RecordId, Accepted> {
        let mut accepted: BTreeMap<RecordId, Accepted> = BTreeMap::new();
        for item in worklist(&known.store)
            .iter()
            .filter(|item| self.filter.takes(item))
        {
            let (Some(own), Some(other)) = (item.record(side), item.record(side.other())) else {
                continue;
            };
            let fields = self.taken(item, known, side);
            if fields.is_empty() {
                continue;
            }
            let entry = accepted.entry(own.id(side)).or_insert(Accepted {
                before: *own,
                after: *own,
                refused: None,
            });
            for field in fields {
                entry.after = entry.after.with_field_of(other, field);
            }
        }
        for entry in accepted.values_mut() {
            entry.refused = entry.after.check(side).err().map(|fault| fault.to_string());
        }
        accepted.retain(|_, entry| entry.before != entry.after);
        accepted
    }

    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        if self.filter.is_open() && !self.all && self.likely.is_none() {
            return Err(CommandError::Invalid(
                "say what is accepted: --cause, --id, --likely, or --all; `interclear inventory diff` lists what differs".into(),
            ));
        }
        let chain = match self.dry_run {
            true => session.chain().await?,
            false => session.chain_to_sign().await?,
        };
        let (relation, side) = self.relation.own_side(session, &chain).await?;
        let known = known(&chain, relation).await?;
        let accepted = self.accepted(&known, side);
        let (refused, taken): (Vec<&Accepted>, Vec<&Accepted>) =
            accepted.values().partition(|entry| entry.refused.is_some());
        let changes = Changes {
            changed: taken.iter().map(|entry| (entry.before, entry.after)).collect(),
            ..Changes::default()
        };
        let after = known.after(side, &changes, false);
        let send = !self.dry_run && !taken.is_empty();
        let refusal = match self.dry_run {
            true => would_refuse(session, &chain, &relation, &changes.to_report(), &[]).await?,
            false => None,
        };
        if send {
            let by = recurring(&taken);
            session.confirm(&format!(
                "{} what the {} has{by}.",
                output::count(
                    taken.len() as u64,
                    "record of yours becomes",
                    "records of yours become"
                ),
                words::side(side.other()),
            ))?;
            send_records(session, &chain, &relation, &changes.to_report(), &[]).await?;
        }
        let value = json!({
            "accepted": taken.len(),
            "sent": send,
            "would_be_refused": refusal,
            "refused": refused.iter().map(|entry| json!({
                "id": words::value(&entry.before, side.id_field()),
                "reason": entry.refused,
            })).collect::<Vec<_>>(),
            "classes": words::counts_value(&after.store.state().counts),
        });
        session.output().print(&value, |_| {
            let words = self.words(&taken, &refused, &after, side);
            words + &refused_words(refusal.as_deref())
        })?;
        Ok(Exit::refused_if(!refused.is_empty() || refusal.is_some()))
    }

    fn words(&self, taken: &[&Accepted], refused: &[&Accepted], after: &Known, side: Side) -> String {
        let mut text = String::new();
        let shown = taken.iter().take(20).map(|entry| {
            let differs = Field::ALL
                .into_iter()
                .filter(|field| entry.before.content(*field) != entry.after.content(*field))
                .collect();
            vec![
                words::value(&entry.before, side.id_field()),
                words::values(&entry.before, differs),
                words::values(&entry.after, differs),
            ]
        });
        if !taken.is_empty() {
            text.push_str(&table::table_of(&["id", "before", "after"], &[], shown));
            text.push('\n');
        }
        for entry in refused {
            let id = words::value(&entry.before, side.id_field());
            let reason = entry.refused.as_deref().unwrap_or_default();
            text.push_str(&format!(
                "{id} stays as it is: its {reason} then; take the other field, too\n"
            ));
        }
        let done = if self.dry_run {
            "would be accepted"
        } else {
            "accepted"
        };
        let then = if self.dry_run { "then" } else { "now" };
        text.push_str(&format!(
            "{} {done}\n{then}: {}",
            output::count(taken.len() as u64, "record", "records"),
            words::in_a_line(&after.store.state().counts)
        ));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recurring_charges_should_be_told_by_currency_when_records_have_several() {
        let record = |recurring, currency: &[u8; 3]| Record {
            recurring,
            currency: *currency,
            ..Record::default()
        };
        let accepted = |before, after| Accepted {
            before,
            after,
            refused: None,
        };
        let all = [
            accepted(record(10_000_000, b"EUR"), record(12_500_000, b"EUR")),
            accepted(record(3_000_000, b"USD"), record(1_000_000, b"USD")),
            accepted(record(7_000_000, b"CHF"), record(7_000_000, b"CHF")),
        ];
        let all: Vec<&Accepted> = all.iter().collect();
        assert_eq!(
            recurring(&all),
            "; their recurring charges become 2.50 EUR more, 2.00 USD less a month in all"
        );
        assert_eq!(recurring(&all[2..]), "");
        // A record that changes its currency takes its charge from the one to the other.
        let moved = accepted(record(3_000_000, b"USD"), record(3_000_000, b"EUR"));
        assert_eq!(
            recurring(&[&moved]),
            "; their recurring charges become 3.00 EUR more, 3.00 USD less a month in all"
        );
    }
}
