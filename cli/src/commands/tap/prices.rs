//! What the services of files charge, beside what the agreement asks for them.

use crate::{
    commands::files,
    error::CommandError,
    output::{self, count},
    session::Session,
};
use clap::Args;
use interclear_client::{money, text::printable};
use interclear_primitives::{money::Currency, service::Service, tadig::Tadig};
use interclear_tap::{Options, PricedService};
use serde_json::{json, Value as Json};
use std::{collections::BTreeMap, path::PathBuf};

/// What the charges of files are looked at by.
#[derive(Args)]
pub(super) struct PriceArgs {
    /// Terms, as `interclear agreement propose` takes them: a service is warned of whose charges in a file are far from what they ask
    /// for it. Where the chain knows the agreement that a file bills to, its terms count.
    #[arg(long, value_name = "FILE")]
    agreement: Option<PathBuf>,
    /// How many times the agreed amount, or less than which part of it, a file may charge for a service before it is said: with 5,
    /// more than five times, or less than a fifth; with 1, whatever is beyond the agreed tolerance. `off` says nothing, such as where
    /// files carry standard charges and the agreement discounted ones. `price_factor` of the profile or the configuration file
    /// unless given, or else 5.
    #[arg(long, value_name = "off|N", value_parser = factor)]
    price_factor: Option<Factor>,
}

/// How far charges may be from what is agreed before it is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Factor {
    /// As far as they like.
    Off,
    /// So many times, in 10^-6.
    Times(u64),
}

fn factor(text: &str) -> Result<Factor, String> {
    if text == "off" {
        return Ok(Factor::Off);
    }
    let factor = money::parse_amount(text, money::USAGE_DECIMALS).map_err(|error| error.to_string())?;
    match u64::try_from(factor) {
        Ok(factor) if factor >= ONE => Ok(Factor::Times(factor)),
        Ok(_) => Err("a factor is 1 or more; `off` says nothing of prices".into()),
        Err(_) => Err(format!("{text} does not fit")),
    }
}

/// A factor of 1.
const ONE: u64 = 1_000_000;
/// The code of the warning, beside those of findings.
const CODE: &str = "service-off-price";
/// Files of a warning that are named to people; the rest is counted.
const NAMED: usize = 5;

impl PriceArgs {
    /// The options, with the terms that were named.
    pub(super) fn options(&self, options: Options) -> Result<Options, CommandError> {
        Ok(Options {
            expected: self.agreement.as_deref().map(files::terms).transpose()?,
            ..options
        })
    }

    /// What is said where a factor was named, and no agreement, of files whose agreement the chain does not tell.
    pub(super) fn without_effect(&self) -> Option<&'static str> {
        let alone = self.agreement.is_none() && matches!(self.price_factor, Some(Factor::Times(_)));
        alone.then_some(
            "--price-factor compares nothing: the agreement that these files bill to is not known; name it with --agreement, or a node \
             that knows it with --url",
        )
    }

    /// What gathers the services that are far from their agreed price: by the factor that was said, here or by the profile.
    pub(super) fn off(&self, session: &Session) -> Result<OffPrices, CommandError> {
        if let Some(factor) = self.price_factor {
            return Ok(OffPrices::new(factor));
        }
        let (text, origin) = session.price_factor();
        let factor = factor(&text).map_err(|reason| {
            let text = printable(&text);
            CommandError::Configuration(format!(
                "`price_factor` of {origin} is `{text}`: {reason}; write a number such as 5, or \"off\""
            ))
        })?;
        Ok(OffPrices::new(factor))
    }
}

/// What is told as one: a service from one network to another, above its price or below.
type Group = (Tadig, Tadig, Service, Currency, bool);

/// What the files of a group come to.
#[derive(Default)]
struct Off {
    records: u64,
    /// In 10^-6 of the currency, as what is agreed.
    charge: u128,
    agreed: u128,
    files: Vec<String>,
}

/// The services of files that are far from their agreed price.
pub(super) struct OffPrices {
    factor: Factor,
    groups: BTreeMap<Group, Off>,
}

impl OffPrices {
    fn new(factor: Factor) -> Self {
        Self {
            factor,
            groups: BTreeMap::new(),
        }
    }

    /// Looks at the services of one more file.
    pub(super) fn add(&mut self, file: &str, prices: &[PricedService]) {
        let Factor::Times(factor) = self.factor else {
            return;
        };
        for one in prices.iter().filter(|one| one.deviates(factor)) {
            // What is charged too much here does not make good what is charged too little there.
            let above = one.charge > one.agreed;
            let group = (one.sender, one.recipient, one.service, one.currency, above);
            let off = self.groups.entry(group).or_default();
            off.records = off.records.saturating_add(one.records);
            off.charge = off.charge.saturating_add(one.charge);
            off.agreed = off.agreed.saturating_add(one.agreed);
            off.files.push(file.to_owned());
        }
    }

    /// A line for people of each service and direction.
    pub(super) fn words(&self) -> Vec<String> {
        self.groups.iter().map(|(group, off)| words(group, off)).collect()
    }

    /// The same for machines, with all files.
    pub(super) fn json(&self) -> Vec<Json> {
        let amount = |micro| money::unsigned(micro, money::USAGE_DECIMALS);
        let each = self.groups.iter().map(|(group, off)| {
            let (sender, recipient, service, currency, above) = group;
            json!({
                "code": CODE,
                "sender": sender,
                "recipient": recipient,
                "service": service.to_string(),
                "price": if *above { "above" } else { "below" },
                "records": off.records,
                "currency": currency,
                "charge": amount(off.charge),
                "agreed": amount(off.agreed),
                "files": off.files,
                "message": words(group, off),
            })
        });
        each.collect()
    }
}

fn words((sender, recipient, service, currency, _): &Group, off: &Off) -> String {
    let amount = |micro| money::grouped_unsigned(micro, money::USAGE_DECIMALS);
    let (charge, agreed) = (amount(off.charge), amount(off.agreed));
    format!(
        "{service} from {sender} to {recipient}: {} {charge} {currency}, and the agreement asks for {agreed} {currency}: {}; in {} ({CODE})",
        count(off.records, "record charges", "records charge"),
        times(off.charge, off.agreed),
        named(&off.files),
    )
}

/// The first files, and how many more there are.
fn named(files: &[String]) -> String {
    let first: Vec<String> = files.iter().take(NAMED).map(|file| printable(file)).collect();
    let first = first.join(", ");
    match files.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {}", count(more as u64, "more file", "more files")),
    }
}

/// How many times the agreed price is charged, or which part of it; a digit behind the point, rounded down.
fn times(charge: u128, agreed: u128) -> String {
    let tenths = |more: u128, less: u128| {
        let tenths = more.saturating_mul(10) / less.max(1);
        format!("{}.{}", output::number(tenths / 10), tenths % 10)
    };
    match (charge, agreed) {
        (_, 0) => "it is free there".into(),
        (0, _) => "nothing is charged".into(),
        (charge, agreed) if charge >= agreed => format!("{} times as much", tenths(charge, agreed)),
        (charge, agreed) => format!("{} times less", tenths(agreed, charge)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn priced(charge: u128, agreed: u128) -> PricedService {
        PricedService {
            sender: "FRAF1".parse().unwrap(),
            recipient: "DEUD1".parse().unwrap(),
            service: Service::Gprs,
            records: 812,
            currency: Currency::EUR,
            charge,
            agreed,
            tolerance: 10_000,
        }
    }

    fn told(files: &[PricedService], by: &str) -> Vec<String> {
        let mut off = OffPrices::new(factor(by).unwrap());
        for (place, one) in files.iter().enumerate() {
            off.add(&format!("F{place}"), &[*one]);
        }
        off.words()
    }

    #[test]
    fn a_service_should_be_warned_of_when_its_charge_is_far_from_the_agreed_one() {
        let one = |charge, agreed| told(&[priced(charge, agreed)], "5").join("");
        assert_eq!(
            one(57_322_300_000, 5_732_230_000),
            "GPRS from FRAF1 to DEUD1: 812 records charge 57\u{202f}322.300000 EUR, and the agreement asks for 5\u{202f}732.230000 EUR: \
             10.0 times as much; in F0 (service-off-price)"
        );
        assert!(one(1_000_000, 30_000_000).contains("30.0 times less"));
        assert!(one(1_000_000, 0).contains("it is free there"));
        assert!(one(0, 1_000_000).contains("nothing is charged"));
        // Five times is no more than five times.
        assert_eq!(one(5_000_000, 1_000_000), "");
        assert_eq!(one(1_000_000, 5_000_000), "");
        assert_eq!(told(&[priced(1_000_000, 0)], "off"), [""; 0]);
    }

    #[test]
    fn a_service_should_be_told_once_for_each_direction_when_many_files_are_far_from_its_price() {
        let above = priced(10_000_000, 1_000_000);
        let below = priced(1_000_000, 10_000_000);
        let back = PricedService {
            sender: above.recipient,
            recipient: above.sender,
            ..above
        };
        let mut files = vec![above; 380];
        files.extend([back, below, priced(1_000_000, 1_000_000)]);
        let told = told(&files, "5");
        let [back, below, above] = &told[..] else {
            panic!("{told:?}");
        };
        assert!(back.starts_with("GPRS from DEUD1 to FRAF1: 812 records") && back.contains("; in F380 ("));
        assert!(
            below.contains("10.0 times less; in F381 (service-off-price)"),
            "{below}"
        );
        assert!(
            above.contains("308\u{202f}560 records charge 3\u{202f}800.000000 EUR")
                && above.ends_with("; in F0, F1, F2, F3, F4 and 375 more files (service-off-price)"),
            "{above}"
        );
        let mut off = OffPrices::new(factor("5").unwrap());
        for file in ["a", "b", "c", "d", "e", "f"] {
            off.add(file, &[priced(10_000_000, 1_000_000)]);
        }
        let listed = off.json();
        let [one] = &listed[..] else {
            panic!("one warning");
        };
        assert_eq!(one["files"], json!(["a", "b", "c", "d", "e", "f"]));
        assert_eq!(
            (&one["code"], &one["service"], &one["price"], &one["charge"]),
            (&json!(CODE), &json!("GPRS"), &json!("above"), &json!("60.000000"))
        );
    }

    #[test]
    fn a_factor_should_be_refused_when_it_is_less_than_one() {
        assert_eq!(factor("1"), Ok(Factor::Times(1_000_000)));
        assert_eq!(factor("2.5"), Ok(Factor::Times(2_500_000)));
        assert_eq!(factor("off"), Ok(Factor::Off));
        assert!(factor("0.5").is_err() && factor("twice").is_err() && factor("").is_err());
    }
}
