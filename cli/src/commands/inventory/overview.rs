//! `interclear inventory overview`: how a relation stands, and what became of its months.

use super::{diff, words};
use crate::{
    commands::{
        relation::{known, typed, RelationArg},
        report,
    },
    error::CommandError,
    output,
    session::Session,
    table,
};
use clap::Args;
use interclear_archive::{
    archive,
    database::Database,
    error::ArchiveError,
    relations::{history, months, History, Month},
    report::{Cell, Report},
    sheet::{self, Bar, Chart},
    trace,
};
use interclear_client::{
    chain::{Chain, ChainError},
    money,
    time::now,
};
use interclear_matching::{worklist::worklist, Counts, Store};
use interclear_primitives::{inventory::Relation, money::Currency, period::Period};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

#[derive(Args)]
pub(super) struct OverviewArgs {
    #[command(flatten)]
    relation: RelationArg,
    /// A database that `interclear index` has filled: how much matched at the end of each month, and bills that the chain has forgotten.
    /// sqlite:FILE, or postgres://USER@HOST/NAME. The chain itself tells only how much matches now; where no node answers, the database
    /// tells what it knows alone.
    #[arg(long, env = "INTERCLEAR_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// Write a file; its name ends with .html, .csv, .xlsx or .json. A file that is there is replaced. The page has charts, and opens
    /// without a network.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What became of the months of each currency.
type Months = BTreeMap<(Currency, Period), Month>;

/// What is known of a relation.
struct Told {
    relation: Relation,
    /// How much matches now, or did when the database was last written.
    counts: Counts,
    history: History,
    decimals: BTreeMap<Currency, u8>,
    /// What does not match now, by cause: only a node tells.
    groups: Option<Vec<diff::Group>>,
    /// What else is to be known of it.
    note: String,
}

/// What a database knows of a relation of this chain.
async fn remembered(chain: &Chain, relation: &Relation, url: &str) -> Result<History, CommandError> {
    let mut database = Database::to_read(url).await?;
    let position = archive::position(&mut database)
        .await?
        .ok_or(ArchiveError::Empty)?;
    position.ensure_of(&archive::hexadecimal(&chain.genesis().0))?;
    Ok(history(&mut database, relation).await?)
}

/// Amounts and shares by month, the newest last.
fn made(
    title: String,
    note: String,
    counts: &BTreeMap<Period, Counts>,
    months: &Months,
    decimals: &BTreeMap<Currency, u8>,
) -> Report {
    let mut places: BTreeSet<(Period, Option<Currency>)> = months
        .keys()
        .map(|(currency, month)| (*month, Some(*currency)))
        .collect();
    let billed: BTreeSet<Period> = months.keys().map(|(_, month)| *month).collect();
    let others = counts.keys().filter(|month| !billed.contains(*month));
    places.extend(others.map(|month| (*month, None)));
    let rows = places.into_iter().map(|(month, currency)| {
        let share = counts
            .get(&month)
            .map(|counts| words::percent(words::share(counts)));
        let mut row = vec![
            Cell::Text(month.to_string()),
            Cell::Text(share.unwrap_or_default()),
        ];
        let of = currency.and_then(|currency| Some((currency, months.get(&(currency, month))?)));
        match of {
            Some((currency, of)) => {
                let scale = decimals.get(&currency).copied().unwrap_or(0);
                row.push(Cell::Text(currency.to_string()));
                row.push(Cell::Count(of.services.into()));
                let amounts = [
                    of.billed,
                    of.withheld,
                    of.charged_later,
                    of.credited_later,
                    of.comes_to(),
                ];
                row.extend(amounts.map(|amount| Cell::Decimal(amount, scale)));
            }
            None => row.extend((0..7).map(|_| Cell::Text(String::new()))),
        }
        row
    });
    Report {
        title,
        note,
        columns: vec![
            "Month",
            "Matched",
            "Currency",
            "Services",
            "Billed",
            "Withheld",
            "Charged later",
            "Credited later",
            "Comes to",
        ],
        rows: rows.collect(),
    }
}

/// How much matched at the end of each month.
fn shares(counts: &BTreeMap<Period, Counts>) -> Chart {
    let bars = counts.iter().map(|(month, counts)| {
        let all = counts.matched.saturating_add(counts.unmatched());
        Bar {
            name: month.to_string(),
            length: words::share(counts).into(),
            words: format!(
                "{}: {} of {}",
                words::percent(words::share(counts)),
                output::number(counts.matched),
                output::number(all)
            ),
        }
    });
    Chart {
        title: "Matched at the end of each month, or now".into(),
        bars: bars.collect(),
    }
}

/// What of the money, as a title, and how much it is.
type Figure = (&'static str, fn(&Month) -> i128);

/// What is shown of the money of a month.
const FIGURES: [Figure; 4] = [
    ("billed, by month", |month| month.billed),
    ("withheld by the buyer, by month", |month| month.withheld),
    ("recovered: charged by later bills, by month", |month| {
        month.charged_later
    }),
    ("credited by later bills, by month", |month| month.credited_later),
];

/// Money by month, for each currency.
fn of_money(months: &Months, decimals: &BTreeMap<Currency, u8>) -> Vec<Chart> {
    let currencies: BTreeSet<Currency> = months.keys().map(|(currency, _)| *currency).collect();
    let mut charts = Vec::new();
    for currency in currencies {
        let scale = decimals.get(&currency).copied().unwrap_or(0);
        for (what, figure) in FIGURES {
            let of = months.iter().filter(|((of, _), _)| *of == currency);
            let bars = of.filter_map(|((_, period), month)| {
                let length = u128::try_from(figure(month)).ok().filter(|amount| *amount > 0)?;
                Some(Bar {
                    name: period.to_string(),
                    length,
                    words: money::grouped_unsigned(length, scale),
                })
            });
            charts.push(Chart {
                title: format!("{currency} {what}"),
                bars: bars.collect(),
            });
        }
    }
    charts
}

/// What is said of a relation in which nothing has happened; the note says of when that is, where it is not of now.
fn nothing(relation: &Relation, note: &str) -> String {
    let relation = typed(relation);
    let note = match note.trim() {
        "" => String::new(),
        note => format!("{note}\n"),
    };
    format!(
        "{note}{relation} has neither records nor bills yet; each side reports its records with: interclear inventory report FILE --relation \
         {relation}"
    )
}

impl OverviewArgs {
    /// What the node knows, and of what it has forgotten the database.
    async fn asked(&self, chain: &Chain) -> Result<Told, CommandError> {
        let relation = self.relation.find(chain).await?;
        let known = known(chain, relation).await?;
        let counts = known.store.state().counts;
        let mut history = match &self.database {
            Some(url) => remembered(chain, &relation, url).await?,
            None => History::default(),
        };
        // What the chain says is newer than what any database does.
        history.counts.insert(Period::containing(now()), counts);
        let live = chain.inventory_bills(relation).await?;
        history.bills.extend(
            live.into_iter()
                .map(|(month, currency, bill)| ((currency, month), bill)),
        );
        Ok(Told {
            relation,
            counts,
            history,
            decimals: chain.decimals().await?,
            groups: Some(diff::groups(&worklist(&known.store))),
            note: String::new(),
        })
    }

    /// What the database knows, where no node answers.
    async fn looked_up(&self, url: &str, unreachable: &ChainError) -> Result<Told, CommandError> {
        let mut database = Database::to_read(url).await?;
        let position = interclear_archive::report::known(&mut database).await?.note;
        let relation = self.relation.find_in(&mut database).await?;
        let history = history(&mut database, &relation).await?;
        if history == History::default() {
            return Err(CommandError::NotFound(format!(
                "relation {} in {}: {position}",
                typed(&relation),
                database.name()
            )));
        }
        let decimals = trace::decimals(&mut database).await?;
        let decimals = decimals
            .into_iter()
            .filter_map(|(code, places)| Some((code.parse().ok()?, places)));
        let newest = history.counts.last_key_value();
        Ok(Told {
            relation,
            counts: newest.map(|(_, counts)| *counts).unwrap_or_default(),
            decimals: decimals.collect(),
            groups: None,
            note: format!(" Of {position}. What does not match, by cause, a node tells: {unreachable}."),
            history,
        })
    }

    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let told = match (session.chain().await, &self.database) {
            (Err(CommandError::Chain(error)), Some(url)) if error.is_connection() => {
                self.looked_up(url, &error).await?
            }
            (chain, _) => self.asked(&chain?).await?,
        };
        let Told {
            relation,
            counts,
            mut history,
            decimals,
            groups,
            note: more,
        } = told;
        // Before the first record there is nothing to match.
        history
            .counts
            .retain(|_, counts| counts.matched > 0 || counts.unmatched() > 0);
        let open = history.bills.values().filter(|bill| !bill.closed).count();
        let months = months(&history.bills);
        let mut note = format!(
            "{}. A month comes to what its own bill charges less what the buyer withholds of it, and to what later bills charge and credit of it.",
            words::in_a_line(&counts)
        );
        if open > 0 {
            let bills = output::count(open as u64, "bill waits", "bills wait");
            note.push_str(&format!(" {bills} to be affirmed."));
        }
        note.push_str(&more);
        let title = format!("Overview of {}", typed(&relation));
        let made = made(title, note, &history.counts, &months, &decimals);
        if let Some(path) = &self.out {
            let page = || {
                let mut charts = vec![shares(&history.counts)];
                if let Some(groups) = &groups {
                    charts.extend(diff::charts(&counts, groups));
                }
                charts.extend(of_money(&months, &decimals));
                sheet::html_with(&made, &charts)
            };
            report::write(path, &made, page)?;
        }
        let mut value = sheet::json(&made);
        if let Some(members) = value.as_object_mut() {
            members.insert("classes".into(), words::counts_value(&counts));
            let causes = groups
                .as_ref()
                .map(|groups| groups.iter().map(diff::group_value).collect::<Vec<_>>());
            members.insert("causes".into(), causes.into());
        }
        session.output().print(&value, |_| {
            if made.rows.is_empty() {
                return nothing(&relation, &more);
            }
            let rows = made.rows.iter().map(|row| row.iter().map(Cell::shown).collect());
            let table = table::table_of(&made.columns, &[1, 3, 4, 5, 6, 7, 8], rows);
            let text = format!("{}\n{}\n\n{table}", made.title, made.note);
            match (&self.out, &self.database) {
                (None, _) => text + "\n--out FILE.html writes it as a page with charts",
                (Some(_), None) => text + "\n--database URL adds what matched in months before",
                _ => text,
            }
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_matching::Text;
    use interclear_primitives::ids::OperatorId;

    /// 95 of 100 matched in September, and all in October; of 300.00 for September 200.00 were withheld, of which 80.00 came again.
    fn known_months() -> (BTreeMap<Period, Counts>, Months, BTreeMap<Currency, u8>) {
        let counts = |matched, only_at_buyer| Counts {
            matched,
            only_at_buyer,
            ..Counts::default()
        };
        let september = Month {
            services: 95,
            billed: 30_000,
            withheld: 20_000,
            charged_later: 8_000,
            credited_later: 0,
        };
        (
            [
                (Period(202_609), counts(95, 5)),
                (Period(202_610), counts(100, 0)),
            ]
            .into(),
            [((Currency::EUR, Period(202_609)), september)].into(),
            [(Currency::EUR, 2)].into(),
        )
    }

    #[test]
    fn a_relation_should_tell_what_comes_next_when_nothing_has_happened_in_it() {
        let relation = Relation {
            buyer: OperatorId(0),
            seller: OperatorId(1),
            class: Text::new(b"ELINE").unwrap(),
        };
        let next = "0:1:ELINE has neither records nor bills yet; each side reports its records with: interclear inventory report FILE \
                    --relation 0:1:ELINE";
        assert_eq!(nothing(&relation, ""), next);
        // Without a node it is of the last block that the database has.
        assert_eq!(
            nothing(&relation, " Of block 7. No node answers."),
            format!("Of block 7. No node answers.\n{next}")
        );
    }

    #[test]
    fn every_month_should_have_its_row_when_it_matched_or_billed() {
        let (counts, months, decimals) = known_months();
        let made = made("T".into(), "N".into(), &counts, &months, &decimals);
        let rows: Vec<String> = made
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::as_text).collect::<Vec<_>>().join(" | "))
            .collect();
        assert_eq!(
            rows,
            [
                "2026-09 | 95.0 % | EUR | 95 | 300.00 | 200.00 | 80.00 | 0.00 | 180.00",
                "2026-10 | 100.0 % |  |  |  |  |  |  | ",
            ]
        );
        assert!(made.rows.iter().all(|row| row.len() == made.columns.len()));
    }

    #[test]
    fn page_should_draw_shares_and_money_and_fetch_nothing() {
        let (counts, months, decimals) = known_months();
        let made = made("T".into(), "N".into(), &counts, &months, &decimals);
        let mut charts = vec![shares(&counts)];
        charts.extend(of_money(&months, &decimals));
        let page = sheet::html_with(&made, &charts);
        for drawn in [
            "Matched at the end of each month",
            "95.0 %: 95 of 100",
            "EUR billed, by month",
            ">300.00<",
            "EUR withheld by the buyer, by month",
            ">200.00<",
            "EUR recovered: charged by later bills, by month",
            ">80.00<",
        ] {
            assert!(page.contains(drawn), "{drawn}");
        }
        assert!(
            !page.contains("credited by later bills, by month"),
            "of nothing nothing is drawn"
        );
        assert!(!page.contains("http"), "nothing is fetched");
    }
}
