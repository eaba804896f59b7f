//! Blind relations: tags of one's own records, and one's own values beside what of them does not match.

use super::words;
use crate::{
    commands::{keystore, relation::typed},
    error::CommandError,
};
use clap::Args;
use interclear_archive::report::{Cell, Report};
use interclear_client::{
    chain::Chain,
    channels::Desk,
    inventory::{Known, Tagger},
    vault::Vault,
};
use interclear_import::{services::Services, Faults};
use interclear_matching::{
    class, worklist::Stands, BlindRecord, Class, FieldSet, Record, RecordId, Reported, Side,
};
use interclear_primitives::inventory::Relation;
use std::path::PathBuf;

/// The vault of those who have blind relations.
#[derive(Args)]
pub(super) struct TagsArg {
    /// Your vault, with whose key tags are made in a blind relation; it is not needed in others.
    #[arg(long, value_name = "FILE", env = "INTERCLEAR_VAULT")]
    vault: Option<PathBuf>,
}

impl TagsArg {
    /// The vault in use, as an option of a next step.
    pub(super) fn in_use(&self) -> String {
        self.vault.as_deref().map_or_else(String::new, keystore::in_use)
    }

    /// The vault, open, where a relation is blind. Its passphrase is asked for.
    pub(super) async fn vault(
        &self,
        chain: &Chain,
        relation: &Relation,
    ) -> Result<Option<Vault>, CommandError> {
        let state = chain.inventory(*relation).await?;
        match (state.and_then(|state| state.profile.blind), &self.vault) {
            (None, _) => Ok(None),
            (Some(_), Some(file)) => keystore::open(file).map(Some),
            (Some(_), None) => Err(no_vault(relation)),
        }
    }

    /// As [`tagger`], with this vault. Its passphrase is asked for where a relation is blind.
    pub(super) async fn tagger(
        &self,
        chain: &Chain,
        relation: &Relation,
        side: Side,
    ) -> Result<Option<Tagger>, CommandError> {
        let vault = self.vault(chain, relation).await?;
        tagger(chain, relation, side, vault.as_ref()).await
    }
}

fn no_vault(relation: &Relation) -> CommandError {
    CommandError::Invalid(format!(
        "{} is blind: name the vault with whose key tags are made, with --vault",
        typed(relation)
    ))
}

/// How a side makes tags by the profile in force; `None` where a relation is open.
pub(super) async fn tagger(
    chain: &Chain,
    relation: &Relation,
    side: Side,
    vault: Option<&Vault>,
) -> Result<Option<Tagger>, CommandError> {
    let Some(profile) = chain.inventory(*relation).await?.map(|state| state.profile) else {
        return Ok(None);
    };
    let Some(epoch) = profile.blind else {
        return Ok(None);
    };
    let vault = vault.ok_or_else(|| no_vault(relation))?;
    let key = Desk::new(chain, relation.operator(side), vault)?.inventory_tags(vault, relation, epoch)?;
    Ok(Some(Tagger::new(key, profile, side)))
}

/// What was read of an export, in the form in which it is reported.
pub(super) struct Entries<R> {
    pub(super) records: Vec<R>,
    /// Those that were refused, by their ids as far as these could be read.
    pub(super) refused: Vec<Option<RecordId>>,
    pub(super) faults: Faults,
}

impl Entries<Record> {
    pub(super) fn open(services: Services) -> Self {
        let Services {
            records,
            refused,
            faults,
            ..
        } = services;
        Self {
            records,
            refused,
            faults,
        }
    }
}

impl Entries<BlindRecord> {
    /// Of an entry that was refused nothing is tagged, so none of one's own records is missing for certain while there is one.
    pub(super) fn tagged(services: Services, tagger: &Tagger) -> Self {
        let records = services.records.iter();
        Self {
            records: records.map(|record| tagger.tagged(record)).collect(),
            refused: vec![None; services.refused.len()],
            faults: services.faults,
        }
    }
}

/// A record of one's own that does not match.
pub(super) struct Differs<'a> {
    /// As the export has it.
    pub(super) record: &'a Record,
    /// How it stands; `None` where the chain does not have it.
    stands: Option<Stands>,
    /// The compared fields that differ from the other side's.
    fields: FieldSet,
}

/// What of an export does not match, by what the chain has.
pub(super) fn differing<'a>(
    known: &Known<BlindRecord>,
    side: Side,
    records: &'a [Record],
    tagged: &[BlindRecord],
) -> Vec<Differs<'a>> {
    let each = records.iter().zip(tagged);
    each.filter_map(|(record, tagged)| {
        let (stands, fields) = match class(&known.store, side, tagged.id(side)) {
            Some(Class::Matched { .. }) => return None,
            Some(Class::Partial { differs, .. }) => (Some(Stands::Partial), differs),
            Some(Class::Mismatch { differs, .. }) => (Some(Stands::Mismatch), differs),
            Some(Class::Only { at: Side::Buyer }) => (Some(Stands::OnlyAtBuyer), FieldSet::NONE),
            Some(Class::Only { at: Side::Seller }) => (Some(Stands::OnlyAtSeller), FieldSet::NONE),
            Some(Class::Ambiguous { .. }) => (Some(Stands::Ambiguous), FieldSet::NONE),
            None => (None, FieldSet::NONE),
        };
        Some(Differs {
            record,
            stands,
            fields,
        })
    })
    .collect()
}

/// What differs, with one's own values.
pub(super) fn report(title: String, note: String, side: Side, differing: &[Differs<'_>]) -> Report {
    let rows = differing.iter().map(|differs| {
        let stands = differs.stands.map(|stands| stands.to_string());
        let own = match differs.fields.is_empty() {
            true => String::new(),
            false => words::values(differs.record, differs.fields),
        };
        vec![
            Cell::Text(stands.unwrap_or_else(|| "not reported".into())),
            Cell::Text(words::value(differs.record, side.id_field())),
            Cell::Text(own),
        ]
    });
    Report {
        title,
        note,
        columns: vec!["Class", "Your id", "Differs: you have"],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_matching::{Day, Field, Profile, Rule, Text};
    use interclear_primitives::inventory::InventoryState;

    fn record(id: &str, recurring: u64) -> Record {
        Record {
            buyer_id: Text::new(id.as_bytes()).unwrap(),
            seller_id: Text::new(id.as_bytes()).unwrap(),
            product: Text::new(b"P").unwrap(),
            recurring,
            currency: *b"EUR",
            start: Day(20_000),
            since: Day(20_000),
            ..Record::default()
        }
    }

    #[test]
    fn a_next_step_should_name_the_vault_when_an_option_does() {
        let in_use = |file: Option<&str>| {
            let vault = file.map(PathBuf::from);
            TagsArg { vault }.in_use()
        };
        assert_eq!(in_use(Some("my vault.json")), " --vault 'my vault.json'");
        assert_eq!(in_use(None), "");
    }

    /// Tags as the engine takes them; how they are keyed is the business of others.
    fn tagged(record: &Record, side: Side, profile: &Profile) -> BlindRecord {
        BlindRecord::new(record, side, profile, |value| {
            let mut tag = [0u8; 16];
            for (place, octet) in value.iter().enumerate() {
                tag[place % 16] = u8::wrapping_add(tag[place % 16].wrapping_mul(31), *octet);
            }
            tag
        })
    }

    #[test]
    fn own_values_should_be_told_of_what_does_not_match_and_of_nothing_else() {
        let profile = Profile {
            version: 1,
            partial_up_to: 1,
            blind: Some(1),
            ..Profile::default()
        }
        .with(Field::SellerId, Rule::Key)
        .with(Field::Recurring, Rule::Exact);
        let state = InventoryState {
            profile,
            ..InventoryState::default()
        };
        let own = [
            record("S1", 100_000_000),
            record("S2", 100_000_000),
            record("S3", 100_000_000),
            record("S4", 100_000_000),
        ];
        let mine = own.map(|record| tagged(&record, Side::Buyer, &profile));
        let theirs = [record("S1", 100_000_000), record("S2", 120_000_000)];
        let theirs = theirs.map(|record| (Side::Seller, tagged(&record, Side::Seller, &profile)));
        // The fourth one was not reported.
        let reported = mine.iter().take(3).map(|record| (Side::Buyer, *record));
        let known = Known::matched(state, reported.chain(theirs));
        let differs = differing(&known, Side::Buyer, &own, &mine);
        let made = report("T".into(), "N".into(), Side::Buyer, &differs);
        let rows: Vec<String> = made
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::as_text).collect::<Vec<_>>().join(" | "))
            .collect();
        assert_eq!(
            rows,
            [
                "partial | S2 | recurring 100.00",
                "only at the buyer | S3 | ",
                "not reported | S4 | ",
            ]
        );
    }
}
