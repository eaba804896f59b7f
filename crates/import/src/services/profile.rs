//! Match profiles as people write them.

use crate::fault::{Faults, Reason};
use interclear_matching::{normalise, Field, Profile, Rule};
use interclear_primitives::{
    ids::OperatorId,
    inventory::{Convention, InventoryTerms},
    netting::Issuers,
    period::Period,
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    partial_up_to: u8,
    blind: Option<u32>,
    fields: BTreeMap<Field, String>,
    billing: Option<Billing>,
}

/// Terms of billing as people write them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Billing {
    convention: Convention,
    first: String,
    report_days: u8,
    affirm_days: u8,
    payment_days: u16,
    late_interest_bps: u16,
    buyer_accepts: Vec<u32>,
    seller_accepts: Vec<u32>,
}

impl Billing {
    fn terms(&self, faults: &mut Faults) -> Option<InventoryTerms> {
        let mut issuers = |name: &str, numbers: &[u32]| -> Option<Issuers> {
            let issuers: Vec<OperatorId> = numbers.iter().copied().map(OperatorId).collect();
            let bounded = issuers
                .try_into()
                .ok()
                .filter(|issuers: &Issuers| !issuers.is_empty());
            if bounded.is_none() {
                let reason = "names the issuers whose tokens are accepted, one to eight, by their numbers";
                faults.add(format!("billing.{name}"), Reason::Other(reason.into()));
            }
            bounded
        };
        let accepts = (
            issuers("buyer_accepts", &self.buyer_accepts),
            issuers("seller_accepts", &self.seller_accepts),
        );
        let first: Option<Period> = self.first.parse().ok();
        if first.is_none() {
            faults.add("billing.first", Reason::Period(self.first.clone()));
        }
        Some(InventoryTerms {
            convention: self.convention,
            first: first?,
            report_days: self.report_days,
            affirm_days: self.affirm_days,
            payment_days: self.payment_days,
            late_interest_bps: self.late_interest_bps,
            accepts: [accepts.0?, accepts.1?],
        })
    }
}

/// Reads a profile and, under `[billing]`, how what matches bills: TOML with `partial_up_to` and a rule for each field under `[fields]`; fields that are left out are informative.
/// A blind relation has `blind`, the epoch of the channel by whose key tags are made; where it is given here, it stands in its place.
///
/// # Errors
/// It is not TOML, a rule cannot be read, the profile cannot be matched by, or it is blind and bills.
pub fn read_profile(
    text: &str,
    version: u32,
    blind: Option<u32>,
) -> Result<(Profile, Option<InventoryTerms>), Faults> {
    let document: Document = toml::from_str(text)
        .map_err(|error| Faults::one("profile", Reason::Unreadable(error.to_string().trim_end().into())))?;
    let mut faults = Faults::default();
    let mut profile = Profile {
        version,
        partial_up_to: document.partial_up_to,
        blind: blind.or(document.blind),
        ..Profile::default()
    };
    if profile.blind.is_some() && document.billing.is_some() {
        let reason =
            "what matches in a blind relation does not bill: leave [billing] out, or propose it open";
        faults.add("billing", Reason::Other(reason.into()));
    }
    for (field, text) in &document.fields {
        match rule(*field, text) {
            Some(rule) => profile = profile.with(*field, rule),
            None => {
                let reason = format!(
                    "`{text}` is not a rule: write key, exact, informative, {}",
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
    let billing = document
        .billing
        .as_ref()
        .and_then(|billing| billing.terms(&mut faults));
    faults.unless((profile, billing))
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
pub fn profile_text(profile: &Profile, billing: Option<&InventoryTerms>) -> String {
    let mut text = format!(
        "# Records belong together when all their keys are the same. Of a pair that differs in at most so many compared fields\n\
         # the match is partial; of others it is a mismatch.\n\
         partial_up_to = {}\n\n\
         {}\
         # key, exact, informative (shown, not compared), or what may differ: \"0.1 %\", \"10 Mbit/s\", \"0.05\", \"2 days\", \"1 month\".\n\
         [fields]\n",
        profile.partial_up_to,
        profile.blind.map_or_else(String::new, |epoch| format!(
            "# Both sides report tags in place of values, by the key of this epoch of their channel; what matches does not bill.\n\
             blind = {epoch}\n\n"
        )),
    );
    for field in Field::ALL {
        let _infallible = writeln!(text, "{field} = \"{}\"", words(field, profile.rule(field)));
    }
    if let Some(terms) = billing {
        let [buyer, seller] = &terms.accepts;
        let numbers = |issuers: &Issuers| {
            let numbers: Vec<String> = issuers.iter().map(ToString::to_string).collect();
            numbers.join(", ")
        };
        let convention = match terms.convention {
            Convention::ActualDays => "actual_days",
            Convention::ThirtyDays => "thirty_days",
        };
        let _infallible = write!(
            text,
            "\n# How what matches bills. Parts of a month by actual_days or thirty_days; the first month; days after a month to report,\n\
             # after the bill to affirm (silence affirms), and to pay; late interest a year in basis points; whose tokens each side accepts.\n\
             [billing]\nconvention = \"{convention}\"\nfirst = \"{}\"\nreport_days = {}\naffirm_days = {}\npayment_days = {}\n\
             late_interest_bps = {}\nbuyer_accepts = [{}]\nseller_accepts = [{}]\n",
            terms.first,
            terms.report_days,
            terms.affirm_days,
            terms.payment_days,
            terms.late_interest_bps,
            numbers(buyer),
            numbers(seller),
        );
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
        let issuers: Issuers = vec![OperatorId(3), OperatorId(9)].try_into().unwrap();
        let terms = InventoryTerms {
            convention: Convention::ThirtyDays,
            first: Period(202_611),
            report_days: 5,
            affirm_days: 10,
            payment_days: 30,
            late_interest_bps: 800,
            accepts: [issuers.clone(), issuers],
        };
        let text = profile_text(&profile, Some(&terms));
        assert!(text.contains("recurring = \"0.1 %\""), "{text}");
        assert!(text.contains("one_off = \"0.05\""), "{text}");
        assert_eq!(read_profile(&text, 7, None), Ok((profile, Some(terms))));
        assert_eq!(
            read_profile(&profile_text(&profile, None), 7, None),
            Ok((profile, None))
        );
        let blind = Profile {
            blind: Some(3),
            ..profile.with(Field::Recurring, Rule::Exact)
        };
        let text = profile_text(&blind, None);
        assert_eq!(read_profile(&text, 7, None), Ok((blind, None)));
        // What is said besides counts more than the file.
        let (later, _) = read_profile(&text, 7, Some(4)).unwrap();
        assert_eq!(later.blind, Some(4));
    }

    #[test]
    fn blind_profile_should_be_refused_with_what_to_do_when_it_bills_or_has_a_percentage() {
        let billed = "partial_up_to = 1\n[fields]\nseller_id = \"key\"\nrecurring = \"exact\"\n[billing]\nconvention = \"actual_days\"\n\
             first = \"2026-11\"\nreport_days = 5\naffirm_days = 5\npayment_days = 5\nlate_interest_bps = 0\n\
             buyer_accepts = [1]\nseller_accepts = [1]\n";
        let refused = |text: &str| read_profile(text, 1, Some(1)).unwrap_err().to_string();
        assert!(read_profile(billed, 1, None).is_ok());
        assert!(refused(billed).contains("leave [billing] out"));
        let part = "partial_up_to = 1\n[fields]\nseller_id = \"key\"\nrecurring = \"0.1 %\"";
        assert!(read_profile(part, 1, None).is_ok());
        assert!(refused(part).contains("write an amount, or exact"));
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
            let refused =
                read_profile(&format!("partial_up_to = 1\n[fields]\n{rules}"), 1, None).unwrap_err();
            assert!(refused.to_string().contains(words), "{rules}: {refused}");
        }
    }
}
