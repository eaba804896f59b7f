//! Documents as pages made for print.

use super::{percent, Invoice, Party, Sort};
use crate::sheet::escaped;
use interclear_client::money::{grouped, grouped_quantity};

const STYLE: &str = ":root{color-scheme:light}*{box-sizing:border-box}\
body{font:14px/1.45 system-ui,sans-serif;max-width:190mm;margin:2rem auto;padding:0 1rem;color:#1b1f24}\
header{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:2px solid #1b1f24;padding-bottom:.6rem}\
h1{font-size:1.7rem;margin:0;line-height:1.2}h2{font-size:.8rem;color:#57606a;margin:0 0 .2rem;font-weight:600}\
dl{display:grid;grid-template-columns:auto auto;gap:.1rem .8rem;margin:0}dt{color:#57606a}dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}\
.parties{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin:1.4rem 0}\
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .4rem;border-bottom:1px solid #dfe3e8;text-align:left;vertical-align:top}\
th{color:#57606a;font-size:.85rem}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.sums{width:auto;min-width:60%;margin:1rem 0 0 auto;break-inside:avoid}\
.total td{font-weight:700;border-top:2px solid #1b1f24;border-bottom:0;font-size:1.1em}.small{color:#57606a;font-size:.9em}\
tr{break-inside:avoid}thead{display:table-header-group}\
@page{size:A4;margin:18mm 15mm}@media print{body{margin:0;padding:0;max-width:none;font-size:10.5pt}}";

/// How it is settled, where nothing else is known of it.
const SETTLED: &str =
    "It is settled between the parties as they have agreed, set against what is owed the other way.";

fn party(role: &str, party: &Party) -> String {
    let of = |part: &Option<String>| part.clone().unwrap_or_default();
    let town = format!("{} {}", of(&party.postcode), of(&party.city));
    let vat = party.vat.as_ref().map(|vat| format!("VAT {vat}"));
    let parts = [
        of(&party.street),
        town.trim().to_owned(),
        party.country.clone(),
        vat.unwrap_or_default(),
        format!("TADIG {}", party.tadig),
    ];
    let parts: String = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| format!("<br>{}", escaped(part)))
        .collect();
    format!("<div><h2>{role}</h2><b>{}</b>{parts}</div>", escaped(&party.name))
}

impl Invoice {
    /// As a page made for print, which needs nothing but itself.
    pub fn html(&self) -> String {
        let title = self.sort.name();
        let [issued, due] = &self.days;
        let [net, _, payable] = self.totals();
        let shown = |amount: i128| grouped(amount, 2);
        let [supplier, customer] = &self.parties;
        // What is not usage has no such column.
        let is_usage = self.lines.iter().any(|line| line.used.is_some());
        let used = |cell: String| if is_usage { cell } else { String::new() };
        let lines = self.lines.iter().zip(1u32..).map(|(line, number)| {
            let rate = match line.rate {
                0 => "–".to_owned(),
                rate => format!("{}\u{a0}%", percent(rate)),
            };
            let quantity = line.used.map(|used| used.words(grouped_quantity));
            format!(
                "<tr><td class=\"n\">{number}</td><td>{}</td>{}<td class=\"n\">{rate}</td><td class=\"n\">{}</td></tr>\n",
                escaped(&line.name),
                used(format!(
                    "<td class=\"n\">{}</td>",
                    escaped(&quantity.unwrap_or_default())
                )),
                shown(line.net)
            )
        });
        let lines: String = lines.collect();
        let mut sums = vec![("Without tax".to_owned(), net)];
        sums.extend(self.taxes.iter().map(|group| match group.rate {
            0 => (format!("No tax on {}: {}", shown(group.net), self.reason()), 0),
            rate => (
                format!("Tax, {}\u{a0}% on {}", percent(rate), shown(group.net)),
                group.tax,
            ),
        }));
        if self.rounding != 0 {
            sums.push(("Tax is rounded line by line".into(), self.rounding));
        }
        let sums: String = sums
            .iter()
            .map(|(name, amount)| {
                format!(
                    "<tr><td>{}</td><td class=\"n\">{}</td></tr>\n",
                    escaped(name),
                    shown(*amount)
                )
            })
            .collect();
        let result = match self.sort {
            Sort::CreditNote => "Credited",
            Sort::Invoice | Sort::DebitNote => "To pay",
        };
        let relation = match self.sort {
            Sort::Invoice => "Follows from",
            Sort::CreditNote | Sort::DebitNote => "Corrects",
        };
        let reference = self.reference.as_ref().map_or_else(String::new, |number| {
            format!("<dt>{relation}</dt><dd>{}</dd>", escaped(number))
        });
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <title>{title} {number}</title><style>{STYLE}</style></head>\n<body><header><h1>{title}</h1><dl><dt>Number</dt><dd><b>{number}</b></dd>\
             {reference}<dt>Issued</dt><dd>{issued}</dd><dt>Due</dt><dd>{due}</dd></dl></header>\n<div class=\"parties\">{from}{to}</div>\n\
             <p>{about}. Amounts are in {currency}.</p>\n<table><thead><tr><th class=\"n\">No.</th><th>{what}</th>{head}\
             <th class=\"n\">Tax</th><th class=\"n\">Without tax</th></tr></thead><tbody>\n{lines}</tbody></table>\n<table class=\"sums\"><tbody>{sums}\
             <tr class=\"total\"><td>{result}, {currency}</td><td class=\"n\">{payable}</td></tr></tbody></table>\n\
             <p class=\"small\">{settled}</p></body></html>\n",
            settled = escaped(self.settled.as_deref().unwrap_or(SETTLED)),
            number = escaped(&self.number),
            what = if is_usage { "Service" } else { "What" },
            head = used("<th class=\"n\">Used</th>".into()),
            from = party("From", supplier),
            to = party("To", customer),
            about = escaped(&self.about),
            currency = escaped(&self.currency),
            payable = shown(payable),
        )
    }
}
