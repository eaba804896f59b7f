//! Match profiles as people write them.

use crate::fault::{Faults, Reason};
use interclear_matching::{normalise, Field, Profile, Rule};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    partial_up_to: u8,
    fields: BTreeMap<Field, String>,
}

/// Reads a profile: TOML with `partial_up_to` and a rule for each field under `[fields]`; fields that are left out are informative.
///
/// # Errors
/// It is not TOML, a rule cannot be read, or the profile cannot be matched by.
pub fn read_profile(text: &str, version: u32) -> Result<Profile, Faults> {
    let document: Document = toml::from_str(text)
        .map_err(|error| Faults::one("profile", Reason::Unreadable(error.to_string().trim_end().into())))?;
    let mut faults = Faults::default();
    let mut profile = Profile {
        version,
        partial_up_to: document.partial_up_to,
        ..Profile::default()
    };
    for (field, text) in &document.fields {
        match rule(*field, text) {
            Some(rule) => profile = profile.with(*field, rule),
            None => {
                let reason = format!(
                    "`{text}` is no rule: write key, exact, informative, {}",
                    tolerances(*field)
                );
                faults.add(format!("fields.{field}"), Reason::Other(reason));
            }
        }
    }
    if faults.is_empty() {
        if let Err(fault) = profile.check() {
            faults.add("profile", Reason::Other(fault.to_string()));
        }
    }
    faults.unless(profile)
}

/// The tolerances that a field can have, as examples.
fn tolerances(field: Field) -> &'static str {
    match field {
        Field::Bandwidth => "\"1 %\" or \"10 Mbit/s\"",
        Field::Recurring | Field::OneOff => "\"0.1 %\" or \"0.05\"",
        Field::Term => "\"1 %\" or \"1 month\"",
        Field::Start | Field::End | Field::Since => "\"2 days\"",
        _ => "and nothing else",
    }
}

fn rule(field: Field, text: &str) -> Option<Rule> {
    let text = text.trim();
    match text.to_ascii_lowercase().as_str() {
        "key" => return Some(Rule::Key),
        "exact" => return Some(Rule::Exact),
        "informative" => return Some(Rule::Informative),
        _ => {}
    }
    if let Some(part) = text.strip_suffix('%') {
        // In 10^-6 of a percent, of which ten thousand are 10^-6 of the whole.
        let millionths = normalise::charge(part.trim())
            .ok()
            .filter(|micro| micro % 100 == 0 && !part.trim().is_empty())?;
        return u32::try_from(millionths / 100).ok().map(Rule::Percent);
    }
    let number = |units: &[&str]| {
        let number = units.iter().find_map(|unit| text.strip_suffix(unit))?;
        number.trim().parse::<u16>().ok()
    };
    match field {
        Field::Start | Field::End | Field::Since => number(&["days", "day"]).map(Rule::Days),
        Field::Term => number(&["months", "month"]).map(|months| Rule::Absolute(months.into())),
        Field::Bandwidth => normalise::bandwidth(text).ok().map(Rule::Absolute),
        Field::Recurring | Field::OneOff => normalise::charge(text).ok().map(Rule::Absolute),
        _ => None,
    }
}

/// A number in 10^-6, without zeros at its end.
fn decimal(micro: u64) -> String {
    let text = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn words(field: Field, rule: Rule) -> String {
    match rule {
        Rule::Informative => "informative".into(),
        Rule::Key => "key".into(),
        Rule::Exact => "exact".into(),
        Rule::Percent(millionths) => format!("{} %", decimal(u64::from(millionths).saturating_mul(100))),
        Rule::Days(days) => format!("{days} days"),
        Rule::Absolute(most) => match field {
            Field::Bandwidth => format!("{most} bit/s"),
            Field::Term => format!("{most} months"),
            _ => decimal(most),
        },
    }
}

/// A profile as it is read by [`read_profile`].
pub fn profile_text(profile: &Profile) -> String {
    let mut text = format!(
        "# Records belong together when all their keys are the same. Of a pair that differs in at most so many compared fields\n\
         # the match is partial; of others it is a mismatch.\n\
         partial_up_to = {}\n\n\
         # key, exact, informative (shown, not compared), or what may differ: \"0.1 %\", \"10 Mbit/s\", \"0.05\", \"2 days\", \"1 month\".\n\
         [fields]\n",
        profile.partial_up_to
    );
    for field in Field::ALL {
        let _infallible = writeln!(text, "{field} = \"{}\"", words(field, profile.rule(field)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_should_be_read_as_it_was_written_when_it_has_every_rule() {
        let profile = Profile {
            version: 7,
            partial_up_to: 2,
            ..Profile::default()
        }
        .with(Field::SellerId, Rule::Key)
        .with(Field::Recurring, Rule::Percent(1_000))
        .with(Field::OneOff, Rule::Absolute(50_000))
        .with(Field::Bandwidth, Rule::Absolute(10_000_000))
        .with(Field::Start, Rule::Days(2))
        .with(Field::Term, Rule::Absolute(1))
        .with(Field::Currency, Rule::Exact);
        let text = profile_text(&profile);
        assert!(text.contains("recurring = \"0.1 %\""), "{text}");
        assert!(text.contains("one_off = \"0.05\""), "{text}");
        assert_eq!(read_profile(&text, 7), Ok(profile));
    }

    #[test]
    fn profile_should_be_refused_with_the_field_when_a_rule_is_not_one() {
        for (rules, words) in [
            ("seller_id = \"2 days\"", "fields.seller_id"),
            ("seller_id = \"key\"\nstart = \"2 weeks\"", "fields.start"),
            ("seller_id = \"key\"\nrecurring = \"0,1 %\"", "fields.recurring"),
            ("seller_id = \"key\"\nrecurring = \"%\"", "fields.recurring"),
            ("seller_id = \"key\"", "nothing is compared"),
            ("start = \"exact\"", "no field is a key"),
            (
                "seller_id = \"key\"\nrecurring = \"100 %\"",
                "recurring may differ by nothing, or by all of it",
            ),
            ("colour = \"exact\"", "colour"),
        ] {
            let refused = read_profile(&format!("partial_up_to = 1\n[fields]\n{rules}"), 1).unwrap_err();
            assert!(refused.to_string().contains(words), "{rules}: {refused}");
        }
    }
}
