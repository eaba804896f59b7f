//! What two networks agreed on about files, as arguments.

use crate::{carried::quoted, output};
use clap::{Args, ValueEnum};
use interclear_client::{money, text::path as shown};
use interclear_primitives::money::Currency;
use interclear_tap::{classify::Zones, AgreedRate, Head, Known, Options, Said};
use std::{collections::BTreeSet, path::Path};

/// What two networks agreed on about files.
#[derive(Args)]
pub(super) struct RuleArgs {
    /// Greatest age of a record when its file is made available, in days; what is agreed where the chain is asked, or
    /// else 30.
    #[arg(long)]
    max_age_days: Option<u32>,
    /// How international calls are split; as the agreement does where the chain is asked, or else not at all.
    #[arg(long)]
    zones: Option<ZoneName>,
    /// The exchange rate agreed for the month, as local currency, TAP currency and units of the first for one of the second,
    /// such as `EUR,SDR,1.219029`: files in these currencies are compared with it, and charges in one of them with prices in the other.
    #[arg(long, value_name = "LOCAL,TAP,RATE", value_parser = agreed_rate)]
    agreed_rate: Option<AgreedRate>,
}

fn agreed_rate(text: &str) -> Result<AgreedRate, String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let [local, tap, rate] = parts[..] else {
        return Err(format!("`{text}` is not LOCAL,TAP,RATE such as EUR,SDR,1.219029"));
    };
    let currency =
        |text: &str| -> Result<Currency, String> { text.parse().map_err(|error| format!("{text}: {error}")) };
    let amount =
        money::parse_amount(rate, money::PRICE_DECIMALS).map_err(|error| format!("{rate}: {error}"))?;
    let rate = u64::try_from(amount).map_err(|_| format!("{rate} does not fit"))?;
    if rate == 0 {
        return Err("an exchange rate of 0 exchanges nothing".into());
    }
    Ok(AgreedRate {
        local: currency(local)?,
        tap: currency(tap)?,
        rate,
    })
}

#[derive(Clone, Copy, ValueEnum)]
enum ZoneName {
    /// All are MOC International.
    Single,
    /// MOC EU, MOC EEA and MOC RoW.
    European,
}

impl RuleArgs {
    /// Options of a validation by these rules.
    pub(super) fn options(&self) -> Options {
        self.over(Options::default())
    }

    /// What was said, as options of a next step.
    pub(super) fn in_use(&self) -> String {
        let age = self.max_age_days.map(|days| format!(" --max-age-days {days}"));
        let zones = self.zones.map(|zones| match zones {
            ZoneName::Single => " --zones single",
            ZoneName::European => " --zones european",
        });
        let rate = self.agreed_rate.map(|AgreedRate { local, tap, rate }| {
            format!(" --agreed-rate {local},{tap},{}", money::price(rate.into()))
        });
        format!(
            "{}{}{}",
            age.unwrap_or_default(),
            zones.unwrap_or_default(),
            rate.unwrap_or_default()
        )
    }

    /// The same, with the store in use.
    pub(super) fn in_use_with(&self, store: Option<&Path>) -> String {
        let store = store.map(|folder| format!(" --store {}", quoted(&shown(folder))));
        format!("{}{}", self.in_use(), store.unwrap_or_default())
    }

    /// What was said here counts more than what is known from elsewhere.
    pub(super) fn over(&self, options: Options) -> Options {
        let said = Said {
            max_age_days: self.max_age_days,
            zones: self.zones.map(|zones| match zones {
                ZoneName::Single => Zones::Single,
                ZoneName::European => Zones::European,
            }),
            agreed_rate: self.agreed_rate,
        };
        said.over(options)
    }

    /// That the rate which was named is of no file, of those of which the chain has one: all are in other currencies, and it is passed over.
    pub(super) fn without_effect<'a>(
        &self,
        known: impl IntoIterator<Item = &'a (Head, Known)>,
    ) -> Option<String> {
        let AgreedRate { local, tap, .. } = self.agreed_rate?;
        let mut others = BTreeSet::new();
        for (_, known) in known {
            let of_chain = known
                .agreed_rate
                .filter(|known| (known.local, known.tap) != (local, tap))?;
            others.insert(format!("{} and {}", of_chain.local, of_chain.tap));
        }
        let others: Vec<String> = others.into_iter().collect();
        (!others.is_empty()).then(|| {
            format!(
                "--agreed-rate {local},{tap} is of no file that was named: they are in {}, and the chain's rate counts; name the rate of \
                 these currencies, or leave the option out",
                others.join(", ")
            )
        })
    }

    /// Tells so, if it is so.
    pub(super) fn tell_without_effect<'a>(&self, known: impl IntoIterator<Item = &'a (Head, Known)>) {
        if let Some(words) = self.without_effect(known) {
            output::warn(&format!("warning: {words}"));
        }
    }
}

/// The options for a file of which the chain knows something, or nothing.
pub(super) fn knowing(known: Option<&(Head, Known)>, options: &Options) -> Options {
    match known {
        Some((head, known)) => known.apply(options, head.name.sender, head.name.recipient),
        None => options.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::period::Period;
    use interclear_tap::FileName;

    /// A file of which the chain has the rate between two currencies, or none.
    fn known(rate: Option<(&str, &str)>) -> (Head, Known) {
        let head = Head {
            name: FileName {
                test: false,
                sender: "USAW1".parse().unwrap(),
                recipient: "DEUD1".parse().unwrap(),
                sequence: 1,
            },
            period: Period(202_611),
            local: None,
            tap: None,
        };
        let agreed_rate = rate.map(|(local, tap)| AgreedRate {
            local: local.parse().unwrap(),
            tap: tap.parse().unwrap(),
            rate: 1_300_000_000,
        });
        let known = Known {
            agreed_rate,
            ..Known::default()
        };
        (head, known)
    }

    #[test]
    fn an_agreed_rate_should_be_told_to_be_of_no_file_when_all_are_in_other_currencies() {
        let rules = RuleArgs {
            max_age_days: None,
            zones: None,
            agreed_rate: Some(agreed_rate("USD,SDR,1.3").unwrap()),
        };
        let told = |rates: &[Option<(&str, &str)>]| {
            let files: Vec<(Head, Known)> = rates.iter().map(|rate| known(*rate)).collect();
            rules.without_effect(&files)
        };
        let (euro, dollar) = (Some(("EUR", "SDR")), Some(("USD", "SDR")));
        assert_eq!(
            told(&[euro, euro]).unwrap(),
            "--agreed-rate USD,XDR is of no file that was named: they are in EUR and XDR, and the chain's rate counts; name the rate of \
             these currencies, or leave the option out"
        );
        assert_eq!(told(&[euro, dollar]), None, "it is of one of them");
        // Where the chain has no rate, what was named counts, and checking the file says whether it is of it.
        assert_eq!(told(&[euro, None]), None);
        assert_eq!(told(&[]), None);
        let none = RuleArgs {
            agreed_rate: None,
            ..rules
        };
        assert_eq!(none.without_effect(&[known(euro)]), None);
    }
}
