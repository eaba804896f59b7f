//! `interclear rate`: usage rated by terms or a contract, here, without a node.

use crate::{
    commands::{explain, files, lines},
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use clap::Args;
use interclear_client::money;
use interclear_import::{Assigned, Forecast, Label, Rated, RatedLine, Rates, Scope};
use interclear_primitives::{
    agreement::Direction, money::Currency, period::Period, rating::SdrRate, statement::StatementLine,
    tadig::Tadig,
};
use serde_json::{json, Value};
use std::{collections::BTreeMap, path::PathBuf};

/// Rate usage by terms or a contract, here, without a node: what the statements of the term come to.
///
/// All months of the term are rated, so that flat fees and commitments are due even where there is no usage.
#[derive(Args)]
pub struct RateArgs {
    /// Terms, or a contract of the format gsma-bwr-roaming-v1.
    #[arg(long, alias = "agreement", value_name = "FILE")]
    contract: PathBuf,
    /// The usage: JSON with inbound and outbound rows, or the 8-column table as .csv or .xlsx.
    #[arg(long, value_name = "FILE")]
    usage: PathBuf,
    #[command(flatten)]
    table: files::TableArgs,
    /// Whose usage it is: a TADIG code of the operator that made the file, to which subscribers of its own are outbound, and those of
    /// others inbound. That of the profile where the terms have it, unless given; without it rows are compared among each other only.
    #[arg(long, value_name = "TADIG")]
    operator: Option<Tadig>,
    /// Decimals of the amounts, those of the token that settles.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(..=12))]
    decimals: u8,
    /// Only the months up to the last one with usage: a commitment that runs on is not due.
    #[arg(long)]
    provisional: bool,
    /// The statement of every month as well.
    #[arg(long)]
    by_month: bool,
    /// Show how the figures came to be: of all lines, or of one by its number or service.
    #[arg(long, value_name = "LINE", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,
    /// Show what commitments come to if usage goes on as it does.
    #[arg(long)]
    forecast: bool,
    /// A month's exchange rate per SDR, such as 2026-01:EUR=1.18; once for each month and currency.
    #[arg(long = "sdr-rate", value_name = "MONTH:CURRENCY=RATE", value_parser = sdr_rate)]
    sdr_rates: Vec<((Period, Currency), SdrRate)>,
}

/// Reads `2026-01:EUR=1.18`.
fn sdr_rate(text: &str) -> Result<((Period, Currency), SdrRate), String> {
    let malformed = || format!("`{text}` is not a rate; write 2026-01:EUR=1.18");
    let (place, rate) = text.split_once('=').ok_or_else(malformed)?;
    let (month, currency) = place.split_once(':').ok_or_else(malformed)?;
    let rate = money::parse_amount(rate, money::PRICE_DECIMALS).map_err(|error| error.to_string())?;
    let key = (
        month.parse().map_err(|_| malformed())?,
        currency.parse().map_err(|_| malformed())?,
    );
    match rate {
        0 => Err(malformed()),
        rate => Ok((key, SdrRate(rate))),
    }
}

impl RateArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let rates: Rates = self.sdr_rates.iter().copied().collect();
        let agreement = match files::agreement(&self.contract)? {
            Ok(agreement) => agreement,
            Err(faults) => return files::refused(session, &self.contract, &faults),
        };
        let result = files::usage(&self.usage, &self.table)?.and_then(|usage| {
            let of_profile = || {
                let network = session.network_of_profile()?;
                agreement.has_network(network).then_some(network)
            };
            let maker = self.operator.or_else(of_profile);
            let assigned = agreement.assign_as(&usage, maker)?;
            let scope = if self.provisional {
                Scope::ToDate
            } else {
                Scope::Term
            };
            let rated = interclear_import::rate(&assigned, scope, &rates, self.decimals)?;
            let explained = match &self.explain {
                None => Vec::new(),
                Some(_) => interclear_import::explain(&assigned, scope, &rates, self.decimals)?,
            };
            let forecast = match self.forecast {
                false => None,
                true => Some(interclear_import::forecast(&assigned, &rates, self.decimals)?),
            };
            Ok((assigned, rated, explained, forecast))
        });
        let (assigned, rated, explained, forecast) = match result {
            Ok(result) => result,
            Err(faults) => return files::refused(session, &self.usage, &faults),
        };
        files::warn(&self.usage, &assigned.warnings);
        let view = View::of(&assigned, &rated);
        let mut value = view.json();
        if self.by_month {
            value["months"] = view.months_json();
        }
        if let Some(forecast) = &forecast {
            value["forecast"] = forecast.iter().map(|one| view.forecast_json(one)).collect();
        }
        let mut text = view.text(self.by_month);
        if let Some(forecast) = &forecast {
            text.push_str("\n\nIf usage goes on as it does:");
            for one in forecast {
                text.push_str(&format!("\n  {}", view.forecast_words(one)));
            }
            if forecast.is_empty() {
                text.push_str("\n  nothing is committed");
            }
        }
        if let Some(wanted) = &self.explain {
            let chosen = explain::choose(rated.lines.iter().map(|line| line.key), wanted)?;
            let scale = view.scale();
            let mut list = Vec::new();
            for place in &chosen {
                let line = &rated.lines[*place];
                let name = format!("{} {}, {}", place + 1, line.label.name(), line.service());
                for (period, direction) in &explained {
                    if let Some(one) = direction.keys.iter().position(|key| *key == line.key) {
                        list.push(explain::json(direction, one, line.unit, &scale, *period));
                        text.push_str(&format!("\n\n{name}\n"));
                        text.push_str(&explain::text(direction, one, line.unit, &scale, *period));
                    }
                }
            }
            value["explanations"] = list.into();
        }
        session.output().print(&value, |_| text)?;
        Ok(Exit::Done)
    }
}

/// Rated usage as it is shown.
struct View<'a> {
    assigned: &'a Assigned,
    rated: &'a Rated,
    /// Whether a direction has several groups, so that a service may have several lines.
    grouped: bool,
}

/// The sums of the lines of a direction.
#[derive(Clone, Copy, Default)]
struct Sums([i128; 4]);

impl Sums {
    fn add(&mut self, amounts: [i128; 4]) {
        for (sum, amount) in self.0.iter_mut().zip(amounts) {
            *sum = sum.saturating_add(amount);
        }
    }

    /// TAP charge, charge, shortfall, tax, and what is owed.
    fn all(self) -> [i128; 5] {
        let [tap_charge, charge, shortfall, tax] = self.0;
        let owed = charge.saturating_add(shortfall).saturating_add(tax);
        [tap_charge, charge, shortfall, tax, owed]
    }
}

fn amounts(line: &RatedLine) -> [i128; 4] {
    [line.tap_charge, line.charge, line.shortfall, line.tax]
}

fn stated(line: &StatementLine) -> [i128; 4] {
    [line.tap_charge, line.charge, line.shortfall, line.tax].map(|value| value.clear().unwrap_or_default())
}

impl<'a> View<'a> {
    fn of(assigned: &'a Assigned, rated: &'a Rated) -> Self {
        let directions = assigned.agreement.terms.directions.iter();
        Self {
            assigned,
            rated,
            grouped: directions
                .map(|direction| direction.groups.len())
                .any(|groups| groups > 1),
        }
    }

    fn currency(&self) -> Currency {
        self.assigned.agreement.terms.currency
    }

    fn scale(&self) -> explain::Scale {
        explain::Scale {
            currency: self.currency(),
            decimals: self.rated.decimals,
        }
    }

    fn money(&self, amount: i128) -> String {
        money::money(amount, self.rated.decimals)
    }

    /// Whether the line was used, and no row states a charge: that is not a charge of 0.
    fn is_uncharged(&self, line: &RatedLine) -> bool {
        self.assigned.uncharged.contains(&line.key)
    }

    fn sums(&self) -> BTreeMap<Label, Sums> {
        let mut sums: BTreeMap<Label, Sums> = Label::BOTH.map(|label| (label, Sums::default())).into();
        for line in &self.rated.lines {
            sums.entry(line.label).or_default().add(amounts(line));
        }
        sums
    }

    fn line_json(&self, label: Label, group: u8, line: Value) -> Value {
        let mut value = json!({ "direction": label.name() });
        if let (Some(value), Value::Object(line)) = (value.as_object_mut(), line) {
            if self.grouped {
                value.insert("group".into(), (u32::from(group) + 1).into());
            }
            value.extend(line);
        }
        value
    }

    fn amounts_json(&self, amounts: [i128; 4]) -> [String; 4] {
        amounts.map(|amount| self.money(amount))
    }

    fn totals_json(&self, sums: &BTreeMap<Label, Sums>) -> Value {
        let total = |(label, sums): (&Label, &Sums)| {
            let [tap_charge, charge, shortfall, tax, owed] = sums.all().map(|amount| self.money(amount));
            let value = json!({
                "tap_charge": tap_charge, "charge": charge, "shortfall": shortfall, "tax": tax, "total": owed,
            });
            (label.name().to_owned(), value)
        };
        Value::Object(sums.iter().map(total).collect())
    }

    fn json(&self) -> Value {
        let lines = self.rated.lines.iter().map(|line| {
            let quantity = money::exact_quantity(line.quantity);
            let amounts = self.amounts_json(amounts(line));
            let mut value = lines::figures(line.service(), line.unit, quantity, amounts);
            if self.is_uncharged(line) {
                value["tap_charge"] = Value::Null;
            }
            self.line_json(line.label, line.key.group, value)
        });
        let terms = &self.assigned.agreement.terms;
        json!({
            "currency": self.currency(),
            "first": terms.first,
            "last": self.rated.months.last().map_or(terms.last, |(period, _)| *period),
            "lines": lines.collect::<Vec<_>>(),
            "totals": self.totals_json(&self.sums()),
            "notes": self.assigned.agreement.notes,
            "warnings": files::listed(&self.assigned.warnings),
        })
    }

    fn months_json(&self) -> Value {
        let months = self.rated.months.iter().map(|(period, month)| {
            let mut sums: BTreeMap<Label, Sums> = Label::BOTH.map(|label| (label, Sums::default())).into();
            let lines: Vec<Value> = month
                .lines
                .iter()
                .map(|line| {
                    let label = self.assigned.label(line.direction);
                    sums.entry(label).or_default().add(stated(line));
                    let unit = self.assigned.agreement.unit(&line.key());
                    let quantity = money::quantity(line.quantity);
                    let value = lines::figures(line.service, unit, quantity, self.amounts_json(stated(line)));
                    self.line_json(label, line.group, value)
                })
                .collect();
            json!({ "period": period, "lines": lines, "totals": self.totals_json(&sums) })
        });
        months.collect()
    }

    /// Who owes under a direction, where the contract has names.
    fn debtor(&self, label: Label) -> String {
        let direction = Direction::BOTH
            .into_iter()
            .find(|direction| self.assigned.label(*direction) == label)
            .unwrap_or(Direction::FirstHome);
        let place = direction.index();
        let names = self.assigned.agreement.parties.as_ref();
        let name = names.and_then(|names| names.get(place));
        name.map_or_else(
            || format!("the {} party", if place == 0 { "first" } else { "second" }),
            Clone::clone,
        )
    }

    fn text(&self, by_month: bool) -> String {
        let agreement = &self.assigned.agreement;
        let mut text = String::new();
        if let Some(name) = &agreement.name {
            text.push_str(&format!("{name}: "));
        }
        let months = self.rated.months.len();
        let last = self
            .rated
            .months
            .last()
            .map_or(agreement.terms.last, |(period, _)| *period);
        let months = output::count(months as u64, "month", "months");
        text.push_str(&format!("{} to {last}, {months}\n", agreement.terms.first));
        let shown = self.rated.lines.iter().map(|line| lines::Line {
            late: None,
            whose: line.label.name().into(),
            group: line.key.group,
            service: line.service(),
            unit: line.unit,
            quantity: money::grouped_quantity(line.quantity),
            amounts: {
                let mut amounts = amounts(line).map(|amount| money::grouped(amount, self.rated.decimals));
                if self.is_uncharged(line) {
                    amounts[0] = "-".into();
                }
                amounts
            },
        });
        text.push_str(&lines::table("Direction", shown));
        if by_month {
            text.push_str(&format!("\n\n{}", self.months_text()));
        }
        for (label, sums) in self.sums() {
            let [_, _, shortfall, _, owed] = sums.all();
            text.push_str(&format!(
                "\n{}: {} owes {} {}",
                label.name(),
                self.debtor(label),
                money::grouped(owed, self.rated.decimals),
                self.currency()
            ));
            if shortfall != 0 {
                let shortfall = money::grouped(shortfall, self.rated.decimals);
                text.push_str(&format!(", of which {shortfall} are missing from the commitment"));
            }
        }
        for note in &agreement.notes {
            text.push_str(&format!("\nnote: {note}"));
        }
        text
    }

    fn months_text(&self) -> String {
        let rows = self.rated.months.iter().flat_map(|(period, month)| {
            Label::BOTH.into_iter().map(move |label| {
                let mut sums = Sums::default();
                for line in &month.lines {
                    if self.assigned.label(line.direction) == label {
                        sums.add(stated(line));
                    }
                }
                let [tap_charge, charge, shortfall, tax, owed] = sums
                    .all()
                    .map(|amount| money::grouped(amount, self.rated.decimals));
                [
                    period.to_string(),
                    label.name().into(),
                    tap_charge,
                    charge,
                    shortfall,
                    tax,
                    owed,
                ]
            })
        });
        let head = [
            "Month",
            "Direction",
            "TAP charge",
            "Charge",
            "Shortfall",
            "Tax",
            "Total",
        ];
        output::table(head, &[2, 3, 4, 5, 6], rows)
    }

    fn forecast_json(&self, forecast: &Forecast) -> Value {
        let mut value = explain::forecast_json(&self.assigned.agreement.terms, forecast, self.rated.decimals);
        value["direction"] = self.assigned.label(forecast.direction).name().into();
        value
    }

    fn forecast_words(&self, forecast: &Forecast) -> String {
        let label = self.assigned.label(forecast.direction).name();
        let words = explain::forecast_words(&self.assigned.agreement.terms, forecast, self.rated.decimals);
        format!("{label}, {words}")
    }
}
