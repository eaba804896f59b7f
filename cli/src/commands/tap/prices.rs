//! What the services of a file charge, beside what the agreement asks for them.

use crate::{
    commands::files,
    error::CommandError,
    output::{self, count},
};
use clap::Args;
use interclear_client::money;
use interclear_tap::{Options, PricedService};
use std::path::PathBuf;

/// What the charges of a file are looked at by.
#[derive(Args)]
pub(super) struct PriceArgs {
    /// Terms, as `interclear agreement propose` takes them: a service is warned of whose charges in a file are far from what they ask
    /// for it. Where the chain knows the agreement that a file bills to, its terms count.
    #[arg(long, value_name = "FILE")]
    agreement: Option<PathBuf>,
    /// How many times what the agreement asks for a service a file may charge, or what part of it, before it is warned of; with 1 the
    /// agreed tolerance decides.
    #[arg(long, value_name = "FACTOR", default_value = "5", value_parser = factor)]
    price_factor: u64,
}

fn factor(text: &str) -> Result<u64, String> {
    let factor = money::parse_amount(text, money::USAGE_DECIMALS).map_err(|error| error.to_string())?;
    match u64::try_from(factor) {
        Ok(factor) if factor >= ONE => Ok(factor),
        Ok(_) => Err("a factor is 1 or more".into()),
        Err(_) => Err(format!("{text} does not fit")),
    }
}

/// A factor of 1.
const ONE: u64 = 1_000_000;
/// The code of the warning, beside those of findings.
const CODE: &str = "service-off-price";

impl PriceArgs {
    /// The options, with the terms that were named.
    pub(super) fn options(&self, options: Options) -> Result<Options, CommandError> {
        Ok(Options {
            expected: self.agreement.as_deref().map(files::terms).transpose()?,
            ..options
        })
    }

    /// A warning for each service that is far from its agreed price.
    pub(super) fn warnings(&self, prices: &[PricedService]) -> Vec<String> {
        let off = prices.iter().filter(|one| one.deviates(self.price_factor));
        off.map(words).collect()
    }
}

fn words(one: &PricedService) -> String {
    let amount = |micro| money::grouped_unsigned(micro, money::USAGE_DECIMALS);
    let (charge, agreed) = (amount(one.charge), amount(one.agreed));
    format!(
        "{}: {} {charge} {currency}, and the agreement asks for {agreed} {currency}: {} ({CODE})",
        one.service,
        count(one.records, "record charges", "records charge"),
        times(one.charge, one.agreed),
        currency = one.currency,
    )
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
    use interclear_primitives::{money::Currency, service::Service};

    #[test]
    fn a_service_should_be_warned_of_when_its_charge_is_far_from_the_agreed_one() {
        let args = PriceArgs {
            agreement: None,
            price_factor: factor("5").unwrap(),
        };
        let told = |charge, agreed| {
            let one = PricedService {
                service: Service::Gprs,
                records: 812,
                currency: Currency::EUR,
                charge,
                agreed,
                tolerance: 10_000,
            };
            args.warnings(&[one]).join("")
        };
        assert_eq!(
            told(57_322_300_000, 5_732_230_000),
            "GPRS: 812 records charge 57\u{202f}322.300000 EUR, and the agreement asks for 5\u{202f}732.230000 EUR: 10.0 times as much \
             (service-off-price)"
        );
        assert!(told(1_000_000, 30_000_000).contains("30.0 times less"));
        assert!(told(1_000_000, 0).contains("it is free there"));
        assert!(told(0, 1_000_000).contains("nothing is charged"));
        // Five times is no more than five times.
        assert_eq!(told(5_000_000, 1_000_000), "");
        assert_eq!(told(1_000_000, 5_000_000), "");
    }

    #[test]
    fn a_factor_should_be_refused_when_it_is_less_than_one() {
        assert_eq!(factor("1"), Ok(1_000_000));
        assert_eq!(factor("2.5"), Ok(2_500_000));
        assert!(factor("0.5").is_err() && factor("twice").is_err());
    }
}
