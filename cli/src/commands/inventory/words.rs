//! Records, classes and money, in words.

use crate::output;
use interclear_archive::report::Cell;
use interclear_client::money;
use interclear_matching::{Content, Counts, Field, FieldSet, Record, Side};
use serde_json::{json, Value};

pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Buyer => "buyer",
        Side::Seller => "seller",
    }
}

/// A charge as decimal text, with two decimals where it has no more.
pub(super) fn charge(micro: u128) -> String {
    charge_cell(micro).as_text()
}

/// As [`charge`], with its thousands apart, for people.
pub(super) fn grouped_charge(micro: u128) -> String {
    match micro % 10_000 {
        0 => money::grouped_unsigned(micro / 10_000, 2),
        _ => money::grouped_unsigned(micro, money::USAGE_DECIMALS),
    }
}

/// A charge as a cell of a report.
pub(super) fn charge_cell(micro: u128) -> Cell {
    let signed = i128::try_from(micro).unwrap_or(i128::MAX);
    match micro % 10_000 {
        0 => Cell::Decimal(signed / 10_000, 2),
        _ => Cell::Decimal(signed, 6),
    }
}

pub(super) fn bandwidth(bits: u64) -> String {
    let units = [
        (1_000_000_000, "Gbit/s"),
        (1_000_000, "Mbit/s"),
        (1_000, "kbit/s"),
    ];
    match units
        .into_iter()
        .find(|(unit, _)| bits >= *unit && bits.is_multiple_of(unit / 1_000))
    {
        Some((unit, name)) => {
            let thousandths = u128::from(bits / (unit / 1_000));
            let text = money::unsigned(thousandths, 3);
            format!("{} {name}", text.trim_end_matches('0').trim_end_matches('.'))
        }
        None => format!("{bits} bit/s"),
    }
}

pub(super) fn currency(code: &[u8; 3]) -> String {
    match code {
        [0, 0, 0] => String::new(),
        code => String::from_utf8_lossy(code).into_owned(),
    }
}

/// A field of a record; empty where it is not given.
pub(super) fn value(record: &Record, field: Field) -> String {
    match (field, record.content(field)) {
        (Field::Currency, _) => currency(&record.currency),
        (_, Content::Text(text)) => String::from_utf8_lossy(text).into_owned(),
        (_, Content::Number(0)) if !matches!(field, Field::Recurring | Field::OneOff) => String::new(),
        (Field::Bandwidth, Content::Number(bits)) => bandwidth(bits),
        (Field::Term, Content::Number(months)) => output::count(months, "month", "months"),
        (_, Content::Number(micro)) => charge(micro.into()),
        (_, Content::Day(day)) => day.map(|day| day.to_string()).unwrap_or_default(),
        (_, Content::Status(stands)) => stands.word().into(),
    }
}

/// Fields of a record: `end 2026-10-31; status terminated`.
pub(super) fn values(record: &Record, fields: FieldSet) -> String {
    let said = fields.iter().map(|field| match value(record, field) {
        empty if empty.is_empty() => format!("{field} none"),
        value => format!("{field} {value}"),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// Pairs and records that there are, and how many of them match, in thousandths.
pub(super) fn share(counts: &Counts) -> u64 {
    let (matched, unmatched) = (u64::from(counts.matched), u64::from(counts.unmatched()));
    matched
        .saturating_mul(1_000)
        .checked_div(matched.saturating_add(unmatched))
        .unwrap_or_default()
}

/// A share in thousandths as `95.1 %`: 100 % is said only of all.
pub(super) fn percent(thousandths: u64) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// Classes with how many there are of each.
pub(super) fn classes(counts: &Counts) -> [(&'static str, u32); 7] {
    [
        ("matched", counts.matched),
        ("partial", counts.partial),
        ("mismatch", counts.mismatched),
        ("only at the buyer", counts.only_at_buyer),
        ("only at the seller", counts.only_at_seller),
        ("ambiguous at the buyer", counts.ambiguous_at_buyer),
        ("ambiguous at the seller", counts.ambiguous_at_seller),
    ]
}

pub(super) fn counts_value(counts: &Counts) -> Value {
    json!({
        "matched": counts.matched,
        "partial": counts.partial,
        "mismatch": counts.mismatched,
        "only_at_buyer": counts.only_at_buyer,
        "only_at_seller": counts.only_at_seller,
        "ambiguous_at_buyer": counts.ambiguous_at_buyer,
        "ambiguous_at_seller": counts.ambiguous_at_seller,
        "matched_share": percent(share(counts)),
    })
}

/// Classes of which there are any, in a line.
pub(super) fn in_a_line(counts: &Counts) -> String {
    let there = classes(counts).into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = there
        .map(|(class, count)| format!("{} {class}", output::number(count)))
        .collect();
    match said.is_empty() {
        true => "no records".into(),
        false => format!("{} ({} match)", said.join(", "), percent(share(counts))),
    }
}

/// A record by the names of its fields.
pub(super) fn record_value(record: &Record) -> Value {
    let fields = Field::ALL.into_iter().map(|field| {
        let text = value(record, field);
        let value = if text.is_empty() { Value::Null } else { json!(text) };
        (field.name().to_owned(), value)
    });
    Value::Object(fields.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_should_be_written_as_people_read_them() {
        for (bits, text) in [
            (100_000_000, "100 Mbit/s"),
            (2_048_000, "2.048 Mbit/s"),
            (10_000_000_000, "10 Gbit/s"),
            (7, "7 bit/s"),
        ] {
            assert_eq!(bandwidth(bits), text);
        }
        assert_eq!(
            (charge(1_200_500_000), charge(1)),
            ("1200.50".into(), "0.000001".into())
        );
        assert_eq!(
            (grouped_charge(1_200_500_000), grouped_charge(1)),
            ("1\u{202f}200.50".into(), "0.000001".into())
        );
        let counts = Counts {
            matched: 1_999,
            only_at_buyer: 1,
            ..Counts::default()
        };
        assert_eq!(
            in_a_line(&counts).replace('\u{202f}', " "),
            "1 999 matched, 1 only at the buyer (99.9 % match)"
        );
        assert_eq!(in_a_line(&Counts::default()), "no records");
    }
}
