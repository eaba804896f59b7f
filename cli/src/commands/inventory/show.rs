//! `interclear inventory list` and `show`: relations, their classes, single services.

use super::words;
use crate::{
    arguments::Who,
    commands::relation::{known, typed, RelationArg},
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::text::printable;
use interclear_matching::{class, normalise::identifier, Class, Field, Record, RecordId, Side, Store, Text};
use serde_json::json;

#[derive(Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    who: Who,
}

impl ListArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let operator = session.operator_named(&chain, self.who.named()).await?;
        let names = Names::of(&chain).await?;
        let mut relations = chain.relations(operator).await?;
        relations.sort();
        let mut found = Vec::new();
        for relation in relations {
            if let Some(state) = chain.inventory(relation).await? {
                found.push((relation, state));
            }
        }
        let value: Vec<_> = found
            .iter()
            .map(|(relation, state)| {
                json!({
                    "relation": typed(relation),
                    "buyer": relation.buyer,
                    "seller": relation.seller,
                    "class": relation.class,
                    "profile": state.profile.version,
                    "classes": words::counts_value(&state.counts),
                })
            })
            .collect();
        session.output().print(&value, |_| {
            if found.is_empty() {
                return format!(
                    "{} has no relation whose match profile both sides have signed: interclear inventory profile propose",
                    names.get(operator)
                );
            }
            output::table(
                [
                    "relation",
                    "buyer",
                    "seller",
                    "profile",
                    "matched",
                    "share",
                    "not matched",
                ],
                &[3, 4, 5],
                found.iter().map(|(relation, state)| {
                    let others = words::classes(&state.counts)
                        .into_iter()
                        .skip(1)
                        .filter(|(_, count)| *count > 0);
                    let others: Vec<String> = others
                        .map(|(class, count)| format!("{} {class}", output::number(count)))
                        .collect();
                    [
                        typed(relation),
                        names.get(relation.buyer),
                        names.get(relation.seller),
                        state.profile.version.to_string(),
                        output::number(state.counts.matched),
                        words::percent(words::share(&state.counts)),
                        others.join(", "),
                    ]
                }),
            )
        })?;
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct ShowArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// A service by its id at the buyer or the seller: its records of both sides, field by field.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

impl ShowArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let relation = self.relation.find(&chain).await?;
        if let Some(id) = &self.id {
            return self.service(session, &known(&chain, relation).await?, id);
        }
        let state = chain.inventory(relation).await?.ok_or_else(|| {
            CommandError::NotFound(format!(
                "match profile that both sides of {} have signed: `interclear inventory profile show` tells what is proposed",
                typed(&relation)
            ))
        })?;
        let proposed = chain.proposed_profile(relation).await?;
        let value = json!({
            "relation": typed(&relation),
            "profile": state.profile.version,
            "blind": state.profile.blind,
            "rematching": state.rematch.is_some(),
            "proposed": proposed.as_ref().map(|proposal| proposal.profile.version),
            "classes": words::counts_value(&state.counts),
        });
        session.output().print(&value, |_| {
            let mut text = format!(
                "{}, matched by version {} of the profile\n",
                typed(&relation),
                state.profile.version
            );
            if let Some(epoch) = state.profile.blind {
                text.push_str(&format!(
                    "blind: both sides report tags in place of values, by the key of epoch {epoch} of their channel\n"
                ));
            }
            if state.rematch.is_some() {
                text.push_str("records are still being matched by it\n");
            }
            if let Some(proposal) = &proposed {
                text.push_str(&format!(
                    "version {} is proposed by the {}\n",
                    proposal.profile.version,
                    words::side(proposal.by)
                ));
            }
            let rows =
                words::classes(&state.counts).map(|(class, count)| [class.to_owned(), output::number(count)]);
            let share = words::percent(words::share(&state.counts));
            format!(
                "{text}\n{}\n\n{share} match",
                output::table(["class", "records or pairs"], &[1], rows)
            )
        })?;
        Ok(())
    }

    fn service(
        &self,
        session: &Session,
        known: &interclear_client::inventory::Known,
        named: &str,
    ) -> Result<(), CommandError> {
        let id: Text<32> =
            identifier(named).map_err(|refusal| CommandError::Invalid(format!("`{named}` {refusal}")))?;
        let own = RecordId::of(id.as_bytes());
        let place = Side::BOTH
            .into_iter()
            .find(|side| known.store.record(*side, own).is_some());
        let side = place.ok_or_else(|| {
            CommandError::NotFound(format!("record of either side with the id {}", printable(named)))
        })?;
        let stands = class(&known.store, side, own);
        let (with, differs) = match stands {
            Some(Class::Matched { with }) => (Some(with), Default::default()),
            Some(Class::Partial { with, differs } | Class::Mismatch { with, differs }) => {
                (Some(with), differs)
            }
            _ => (None, Default::default()),
        };
        let this = known.store.record(side, own);
        let other = with.and_then(|with| known.store.record(side.other(), with));
        let (buyer, seller) = match side {
            Side::Buyer => (this, other),
            Side::Seller => (other, this),
        };
        let said = match stands {
            Some(Class::Matched { .. }) => "matched".into(),
            Some(Class::Partial { .. }) => "partial".into(),
            Some(Class::Mismatch { .. }) => "mismatch".into(),
            Some(Class::Only { at }) => format!("only at the {}", words::side(at)),
            Some(Class::Ambiguous { buyer, seller }) => {
                format!("ambiguous: {buyer} at the buyer, {seller} at the seller")
            }
            None => String::new(),
        };
        let value = json!({
            "class": said,
            "differs": differs.iter().map(Field::name).collect::<Vec<_>>(),
            "buyer": buyer.as_ref().map(words::record_value),
            "seller": seller.as_ref().map(words::record_value),
        });
        session.output().print(&value, |_| {
            let of = |record: &Option<Record>, field| {
                record
                    .as_ref()
                    .map(|record| words::value(record, field))
                    .unwrap_or_default()
            };
            let rows = Field::ALL.map(|field| {
                let mark = if differs.contains(field) { "differs" } else { "" };
                [
                    field.to_string(),
                    of(&buyer, field),
                    of(&seller, field),
                    mark.to_owned(),
                ]
            });
            format!(
                "{said}\n\n{}",
                output::table(["field", "buyer", "seller", ""], &[], rows)
            )
        })?;
        Ok(())
    }
}
