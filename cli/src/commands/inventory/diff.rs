//! `interclear inventory diff`: what does not match, and why.

use super::{
    blind::{self, Entries, TagsArg},
    report::{read, read_map},
    words,
};
use crate::{
    carried::quoted,
    commands::{
        files::{refused, words as words_of_faults},
        relation::{known, known_as, typed, RelationArg},
        report,
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
    table,
};
use clap::Args;
use interclear_archive::{
    report::{Cell, Report},
    sheet::{self, Bar, Chart},
};
use interclear_client::{chain::Chain, text::path as shown};
use interclear_matching::{
    causes::Cause,
    worklist::{worklist, Item},
    BlindRecord, Counts,
};
use serde_json::{json, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// Which differences.
#[derive(Args, Clone, Default)]
pub(super) struct Filter {
    /// Only these causes, such as wrong-price or billing-after-disconnection; several may be named.
    #[arg(long = "cause", value_name = "CAUSE", value_parser = cause)]
    causes: Vec<CauseName>,
    /// Only the service with this id at the buyer or the seller; several may be named.
    #[arg(long = "id", value_name = "ID")]
    ids: Vec<String>,
}

/// A cause as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct CauseName(Cause);

/// The causes that have a name of their own.
const CAUSES: [Cause; 13] = [
    Cause::AfterDisconnection,
    Cause::EndedBySeller,
    Cause::BeforeAcceptance,
    Cause::BeforeDelivery,
    Cause::WrongPrice,
    Cause::PriceDate,
    Cause::WrongCurrency,
    Cause::SwappedEnds,
    Cause::Bandwidth,
    Cause::Duplicate,
    Cause::LikelyTypo,
    Cause::NotAtSeller,
    Cause::NotAtBuyer,
];

fn cause(text: &str) -> Result<CauseName, String> {
    let name = |cause: &Cause| cause.to_string().replace(' ', "-");
    let others = interclear_matching::Field::ALL.map(Cause::OtherField);
    let mut all = CAUSES.iter().chain(&others);
    all.find(|cause| name(cause) == text)
        .map(|cause| CauseName(*cause))
        .ok_or_else(|| {
            let known: Vec<String> = CAUSES.iter().map(name).collect();
            format!(
                "`{text}` is not a cause; the causes are {} and other-FIELD",
                known.join(", ")
            )
        })
}

impl Filter {
    /// Whether anything is left out.
    pub(super) fn is_open(&self) -> bool {
        self.causes.is_empty() && self.ids.is_empty()
    }

    pub(super) fn takes(&self, item: &Item) -> bool {
        let buyer = item.buyer.map(|record| record.buyer_id);
        let seller = item.seller.map(|record| record.seller_id);
        (self.causes.is_empty() || self.causes.contains(&CauseName(item.cause)))
            && (buyer.is_some_and(|id| self.names(id.as_str()))
                || seller.is_some_and(|id| self.names(id.as_str())))
    }

    /// Whether a service is among those that are named by their ids; all are where none is.
    fn names(&self, own: &str) -> bool {
        let plain = |text: &str| -> String {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_ascii_uppercase()
        };
        self.ids.is_empty() || self.ids.iter().any(|id| plain(id) == own)
    }
}

#[derive(Args)]
pub(super) struct DiffArgs {
    #[command(flatten)]
    relation: RelationArg,
    #[command(flatten)]
    filter: Filter,
    /// Print every difference, not only how many there are of each cause and the costliest ones.
    #[arg(long)]
    all: bool,
    /// Write every difference to a file; its name ends with .csv, .xlsx, .json or .html. A file that is there is replaced. The page
    /// has charts, and opens without a network.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Your own export, of a blind relation, where the chain has no values: your values are told of it.
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    /// The map of the export's columns, as `interclear inventory report` takes it.
    #[arg(long, value_name = "FILE", requires = "export")]
    map: Option<PathBuf>,
    #[command(flatten)]
    tags: TagsArg,
}

/// Differences that are printed unless all are asked for.
const COSTLIEST: usize = 20;

/// Differences of one cause in one currency.
pub(super) struct Group {
    cause: Cause,
    currency: String,
    count: u64,
    stake: u128,
}

/// Differences by cause and currency, the costliest first.
pub(super) fn groups(items: &[Item]) -> Vec<Group> {
    let mut groups: BTreeMap<(Cause, String), Group> = BTreeMap::new();
    for item in items {
        let currency = words::currency(&item.currency());
        let group = groups.entry((item.cause, currency.clone())).or_insert(Group {
            cause: item.cause,
            currency,
            count: 0,
            stake: 0,
        });
        group.count = group.count.saturating_add(1);
        group.stake = group.stake.saturating_add(item.stake.into());
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.stake), std::cmp::Reverse(group.count)));
    groups
}

fn report(title: String, note: String, items: &[Item]) -> Report {
    let text = |text: String| Cell::Text(text);
    let rows = items.iter().map(|item| {
        let of = |record: Option<&interclear_matching::Record>| match record {
            Some(record) if !item.fields.is_empty() => words::values(record, item.fields),
            _ => String::new(),
        };
        let id = |id: Option<String>| text(id.unwrap_or_default());
        vec![
            text(item.stands.to_string()),
            text(item.cause.to_string()),
            id(item.buyer.map(|record| record.buyer_id.to_string())),
            id(item.seller.map(|record| record.seller_id.to_string())),
            text(of(item.buyer.as_ref())),
            text(of(item.seller.as_ref())),
            text(words::currency(&item.currency())),
            words::charge_cell(item.stake.into()),
            match item.likely {
                Some(score) => Cell::Decimal(score.into(), 3),
                None => text(String::new()),
            },
        ]
    });
    Report {
        title,
        note,
        columns: vec![
            "Class",
            "Cause",
            "Buyer id",
            "Seller id",
            "Buyer has",
            "Seller has",
            "Currency",
            "A month",
            "Likely",
        ],
        rows: rows.collect(),
    }
}

/// What matches, and by cause how many differences there are and what depends on them.
pub(super) fn charts(counts: &Counts, groups: &[Group]) -> Vec<Chart> {
    let bar = |name: String, length: u128, words: String| Bar { name, length, words };
    let classes = words::classes(counts).into_iter().filter(|(_, count)| *count > 0);
    let mut charts = vec![Chart {
        title: format!("{} match", words::percent(words::share(counts))),
        bars: classes
            .map(|(class, count)| bar(class.into(), count.into(), output::number(count)))
            .collect(),
    }];
    let mut by_count: BTreeMap<Cause, u64> = BTreeMap::new();
    for group in groups {
        let count = by_count.entry(group.cause).or_default();
        *count = count.saturating_add(group.count);
    }
    let mut by_count: Vec<_> = by_count.into_iter().collect();
    by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    charts.push(Chart {
        title: "Differences by cause".into(),
        bars: by_count
            .into_iter()
            .map(|(cause, count)| bar(cause.to_string(), count.into(), output::number(count)))
            .collect(),
    });
    let currencies: BTreeSet<&String> = groups.iter().map(|group| &group.currency).collect();
    for currency in currencies {
        let of = groups
            .iter()
            .filter(|group| group.currency == *currency && group.stake > 0);
        charts.push(Chart {
            title: format!("{currency} a month that depends on them"),
            bars: of
                .map(|group| bar(group.cause.to_string(), group.stake, words::charge(group.stake)))
                .collect(),
        });
    }
    charts
}

impl DiffArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let chain = session.chain().await?;
        if let Some(export) = &self.export {
            return self.blind(session, &chain, export).await;
        }
        let relation = self.relation.find(&chain).await?;
        let known = known(&chain, relation).await?;
        let mut items = worklist(&known.store);
        items.retain(|item| self.filter.takes(item));
        let counts = interclear_matching::Store::state(&known.store).counts;
        let groups = groups(&items);
        let title = format!("Differences of {}", typed(&relation));
        let note = format!(
            "{}. Of a month of 30 days: what one side charges or expects to be charged, and the other does not. \
             Likely pairs are proposals, by how much agrees.",
            words::in_a_line(&counts)
        );
        let made = report(title, note, &items);
        if let Some(path) = &self.out {
            report::write(path, &made, || sheet::html_with(&made, &charts(&counts, &groups)))?;
        }
        let mut value = sheet::json(&made);
        if let Some(members) = value.as_object_mut() {
            members.insert("classes".into(), words::counts_value(&counts));
            members.insert("causes".into(), groups.iter().map(group_value).collect());
        }
        session
            .output()
            .print(&value, |_| self.words(&made, &counts, &groups))?;
        Ok(Exit::refused_if(!items.is_empty()))
    }

    /// What of one's own export does not match in a blind relation.
    async fn blind(&self, session: &Session, chain: &Chain, export: &Path) -> Result<Exit, CommandError> {
        if !self.filter.causes.is_empty() {
            return Err(CommandError::Invalid(
                "causes are told by the values of both sides, which nobody has of a blind relation: name services with --id".into(),
            ));
        }
        let map = read_map(self.map.as_deref())?;
        let (relation, side) = self.relation.own_side(session, chain).await?;
        let Some(tagger) = self.tags.tagger(chain, &relation, side).await? else {
            return Err(CommandError::Invalid(format!(
                "{} is not blind: leave --export out, and the values of both sides are told",
                typed(&relation)
            )));
        };
        let services = match read(export, side, map.as_ref())? {
            Ok(services) => services,
            Err(faults) => return refused(session, export, &faults),
        };
        let own = services.records.clone();
        let tagged = Entries::tagged(services, &tagger);
        if !tagged.faults.is_empty() {
            output::warn(&words_of_faults(export, &tagged.faults));
        }
        let known = known_as::<BlindRecord>(chain, relation).await?;
        let news = known
            .changes(side, &tagged.records, &tagged.refused)
            .to_report()
            .len();
        if news > 0 {
            let map = self.map.as_deref();
            output::note(&format!(
                "{} otherwise on the chain than in the export; report it first: interclear inventory report --relation {}{}{} {}",
                output::count(news as u64, "record of yours is", "records of yours are"),
                typed(&relation),
                self.tags.in_use(),
                map.map_or_else(String::new, |map| format!(" --map {}", quoted(&shown(map)))),
                quoted(&shown(export))
            ));
        }
        let mut differs = blind::differing(&known, side, &own, &tagged.records);
        differs.retain(|differs| self.filter.names(&words::value(differs.record, side.id_field())));
        let counts = interclear_matching::Store::state(&known.store).counts;
        let title = format!("Differences of {}", typed(&relation));
        let note = format!(
            "{}. Which fields differ from the other side's, and what you have; what it has is not on the chain.",
            words::in_a_line(&counts)
        );
        let made = blind::report(title, note, side, &differs);
        if let Some(path) = &self.out {
            report::write(path, &made, || sheet::html_with(&made, &charts(&counts, &[])))?;
        }
        let mut value = sheet::json(&made);
        if let Some(members) = value.as_object_mut() {
            members.insert("classes".into(), words::counts_value(&counts));
        }
        session.output().print(&value, |_| {
            let mut text = format!("{}\n", words::in_a_line(&counts));
            self.tell_rows(&mut text, &made, &[]);
            if !made.rows.is_empty() {
                text.push_str("Compare these with the other side, and correct and report what is wrong");
            }
            text
        })?;
        Ok(Exit::refused_if(!made.rows.is_empty()))
    }

    /// The rows of a report, or the first of them.
    fn tell_rows(&self, text: &mut String, made: &Report, figures: &[usize]) {
        if made.rows.is_empty() {
            text.push_str(match self.filter.is_open() {
                true => "nothing differs",
                false => {
                    "nothing that was asked for differs; without --cause and --id all that differs is listed"
                }
            });
            return;
        }
        let most = if self.all { made.rows.len() } else { COSTLIEST };
        let rows = made
            .rows
            .iter()
            .take(most)
            .map(|row| row.iter().map(Cell::as_text).collect());
        text.push_str(&format!("\n{}\n", table::table_of(&made.columns, figures, rows)));
        if made.rows.len() > most {
            let more = made.rows.len().saturating_sub(most);
            text.push_str(&format!(
                "and {} more: --all prints them, --out FILE writes them\n",
                output::number(more as u64)
            ));
        }
    }

    fn words(&self, made: &Report, counts: &Counts, groups: &[Group]) -> String {
        let mut text = format!("{}\n", words::in_a_line(counts));
        if made.rows.is_empty() {
            self.tell_rows(&mut text, made, &[]);
            return text;
        }
        let by_cause = groups.iter().map(|group| {
            [
                group.cause.to_string(),
                output::number(group.count),
                words::grouped_charge(group.stake),
                group.currency.clone(),
            ]
        });
        text.push_str(&format!(
            "\n{}\n",
            output::table(["cause", "how many", "a month", ""], &[1, 2], by_cause)
        ));
        if self.out.is_some() && !self.all {
            return text;
        }
        self.tell_rows(&mut text, made, &[7, 8]);
        text.push_str("What the other side has right `interclear inventory accept` takes over; what you have right it is to correct");
        text
    }
}

pub(super) fn group_value(group: &Group) -> Value {
    json!({
        "cause": group.cause.to_string(),
        "count": group.count,
        "currency": group.currency,
        "a_month": words::charge(group.stake),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cause_should_be_found_by_its_words() {
        assert_eq!(cause("wrong-price"), Ok(CauseName(Cause::WrongPrice)));
        assert_eq!(
            cause("other-product"),
            Ok(CauseName(Cause::OtherField(interclear_matching::Field::Product)))
        );
        assert!(cause("price")
            .unwrap_err()
            .contains("billing-after-disconnection"));
    }
}
