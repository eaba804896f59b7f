//! `interclear tariff`: reference tariffs, price caps and exchange rates.

mod caps;
mod doubt;
mod show;

pub(super) use caps::within_caps;
pub(super) use doubt::Beside;

use crate::{commands::usual::unusual, error::CommandError, exit::Exit, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, money};
use interclear_primitives::{
    money::Currency,
    period::Period,
    rating::{Price, SdrRate},
    service::Service,
    tadig::Tadig,
    tariff::{Area, CapName, Member, QuoteDate, RegionCode, UnitPrice},
};
use serde_json::json;
use std::path::PathBuf;

/// Reference tariffs, price caps and exchange rates.
#[derive(Args)]
pub struct TariffArgs {
    #[command(subcommand)]
    command: TariffCommand,
}

#[derive(Subcommand)]
enum TariffCommand {
    /// List reference tariffs.
    List {
        /// Only those of this region or network.
        area: Option<String>,
    },
    /// List price caps.
    Caps,
    /// List regions with their members.
    Regions,
    /// List the exchange rates of a month, and what has been submitted but is not fixed.
    Rates {
        /// The month; the running one unless given.
        period: Option<Period>,
        /// The month, written as an option as other commands have it.
        #[arg(
            long = "period",
            hide = true,
            conflicts_with = "period",
            value_name = "PERIOD"
        )]
        same: Option<Period>,
    },
    /// Show who submits exchange rates.
    Feeders,
    /// Compare the prices of terms with the caps in force. Exits with status 1 if one is
    /// exceeded.
    Check {
        /// The terms, as for `agreement propose`.
        file: PathBuf,
        /// First month in force; that of the terms unless given.
        #[arg(long)]
        from: Option<Period>,
    },
    /// Submit the exchange rate of the coming month, as a feeder.
    Feed(RateArgs),
    /// Put a region's membership to the council.
    SetRegion {
        /// Its code, such as EEA.
        region: RegionCode,
        /// First month of the membership: the running one or later.
        #[arg(long)]
        from: Period,
        /// Countries (DEU) and single networks (AAZVF).
        #[arg(required = true)]
        members: Vec<Member>,
    },
    /// Put a reference tariff to the council.
    Publish {
        /// What is priced, such as "GPRS".
        service: Service,
        /// Where it applies: in the visited networks of this region; or name one network with --network.
        #[arg(long, required_unless_present = "network", conflicts_with = "network")]
        region: Option<RegionCode>,
        /// Where it applies: in this one visited network, in place of a region.
        #[arg(long)]
        network: Option<Tadig>,
        #[command(flatten)]
        price: PriceArgs,
    },
    /// Put a price cap to the council.
    Cap {
        /// What is priced, such as "GPRS".
        service: Service,
        /// The region of the visited networks.
        #[arg(long)]
        visited: RegionCode,
        /// The region of the home networks; all unless given.
        #[arg(long)]
        home: Option<RegionCode>,
        /// What the cap is called, such as the regulation that sets it.
        #[arg(long)]
        name: CapName,
        #[command(flatten)]
        price: PriceArgs,
    },
    /// Put an exchange rate to the council: also one on which the feeders agree and that waits, so as to accept it.
    SetRate(RateArgs),
    /// Put to the council to refuse a rate on which the feeders agree, and that waits because it looks wrong.
    RefuseRate {
        /// ISO 4217 code of the currency whose rate is refused.
        #[arg(long)]
        currency: Currency,
        /// The month for which the rate would hold.
        #[arg(long)]
        period: Period,
    },
    /// Put the appointment of feeders, in place of those before, to the council.
    SetFeeders {
        /// An operator, by its number or one of its TADIG codes; may be given more than once.
        #[arg(long = "operator")]
        operators: Vec<String>,
        /// How many equal submissions fix a rate: more than half of the operators.
        #[arg(long)]
        quorum: u8,
        /// A currency whose rate they submit; may be given more than once.
        #[arg(long = "currency")]
        currencies: Vec<Currency>,
    },
}

/// A price from a month on, or its end.
#[derive(Args)]
struct PriceArgs {
    /// First month: the running one or later.
    #[arg(long)]
    from: Period,
    /// The price per unit, without tax, such as 0.0011.
    #[arg(long, requires = "currency", required_unless_present = "end")]
    price: Option<String>,
    /// Its currency; XDR for SDR.
    #[arg(long)]
    currency: Option<Currency>,
    /// End the price: there is none from that month on.
    #[arg(long, conflicts_with_all = ["price", "currency"])]
    end: bool,
}

impl PriceArgs {
    /// Asks about a price that is far from what the service costs.
    fn ask_about(&self, session: &Session, service: Service) -> Result<(), CommandError> {
        let asked = self
            .price()?
            .and_then(|price| unusual(price.price, service, price.currency));
        match asked {
            Some(words) => session.confirm_slip(&[words], "It is put to the council as it is."),
            None => Ok(()),
        }
    }

    fn price(&self) -> Result<Option<UnitPrice>, CommandError> {
        let (Some(text), Some(currency)) = (&self.price, self.currency) else {
            return Ok(None);
        };
        let price = Price(decimal(text)?);
        Ok(Some(UnitPrice { currency, price }))
    }
}

/// An exchange rate of a month.
#[derive(Args)]
struct RateArgs {
    /// ISO 4217 code of the currency.
    #[arg(long)]
    currency: Currency,
    /// The month for which the rate would hold.
    #[arg(long)]
    period: Period,
    /// The currency for one SDR, such as 1.312345.
    #[arg(long)]
    rate: String,
    /// The day of the IMF's quotation: the 23rd of the month before, or up to 5 days earlier.
    #[arg(long)]
    quote_date: QuoteDate,
}

impl RateArgs {
    /// The rate; what the chain would refuse in any case is refused here.
    fn rate(&self) -> Result<SdrRate, CommandError> {
        if !self.quote_date.fits(self.period) {
            return Err(CommandError::Invalid(format!(
                "the rate of {} is quoted on {}, or up to {} days earlier",
                self.period,
                QuoteDate::of(self.period),
                QuoteDate::DAYS_BACK,
            )));
        }
        let rate = SdrRate(decimal(&self.rate)?);
        match rate.is_in_range() {
            true => Ok(rate),
            false => Err(CommandError::Invalid(format!(
                "a rate is within {} and {} of the currency for one SDR",
                money::price(SdrRate::MIN.0),
                money::price(SdrRate::MAX.0),
            ))),
        }
    }
}

/// Reads a price or a rate in 10^-9.
fn decimal(text: &str) -> Result<u128, CommandError> {
    money::parse_amount(text, money::PRICE_DECIMALS).map_err(|error| CommandError::Invalid(error.to_string()))
}

impl TariffArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            TariffCommand::List { area } => show::tariffs(session, area.as_deref()).await?,
            TariffCommand::Caps => show::caps(session).await?,
            TariffCommand::Regions => show::regions(session).await?,
            TariffCommand::Rates { period, same } => show::rates(session, period.or(same)).await?,
            TariffCommand::Feeders => show::feeders(session).await?,
            TariffCommand::Check { file, from } => return caps::check(session, &file, from).await,
            TariffCommand::Feed(args) => feed(session, &args).await?,
            TariffCommand::SetRegion {
                region,
                from,
                members,
            } => {
                session
                    .put_to_council(calls::set_region(&region, from, &members))
                    .await?
            }
            TariffCommand::Publish {
                service,
                region,
                network,
                price,
            } => {
                let area = region.map(Area::Region).or(network.map(Area::Network));
                let area = area.ok_or_else(|| {
                    CommandError::Invalid("name a region or a network for the tariff".into())
                })?;
                price.ask_about(session, service)?;
                let call = calls::set_tariff(&area, service, price.from, price.price()?);
                session.put_to_council(call).await?
            }
            TariffCommand::Cap {
                service,
                visited,
                home,
                name,
                price,
            } => {
                price.ask_about(session, service)?;
                let call = calls::set_cap(&name, service, &visited, &home, price.from, price.price()?);
                session.put_to_council(call).await?
            }
            TariffCommand::SetRate(args) => {
                let call = calls::set_rate(args.currency, args.period, args.rate()?, args.quote_date);
                let chain = session.chain_to_sign().await?;
                ask_about(session, &chain, &args).await?;
                session.put_to_council_of(&chain, call).await?
            }
            TariffCommand::RefuseRate { currency, period } => {
                session
                    .put_to_council(calls::refuse_rate(currency, period))
                    .await?
            }
            TariffCommand::SetFeeders {
                operators,
                quorum,
                currencies,
            } => {
                let chain = session.chain().await?;
                let mut ids = Vec::new();
                for operator in &operators {
                    ids.push(chain.find_operator(operator).await?);
                }
                session
                    .put_to_council(calls::set_feeders(&ids, quorum, &currencies))
                    .await?
            }
        }
        Ok(Exit::Done)
    }
}

/// Tells how a rate compares with the newest one, and asks where it looks wrong.
async fn ask_about(session: &Session, chain: &Chain, args: &RateArgs) -> Result<(), CommandError> {
    let beside = Beside::of(chain, args.currency, args.period, args.rate()?).await?;
    match beside.doubtful {
        true => session.confirm_slip(&[beside.words], "It is sent as it is."),
        false => {
            output::note(&beside.words);
            Ok(())
        }
    }
}

async fn feed(session: &Session, args: &RateArgs) -> Result<(), CommandError> {
    let rate = args.rate()?;
    let chain = session.chain().await?;
    ask_about(session, &chain, args).await?;
    let call = calls::feed(args.currency, args.period, rate, args.quote_date);
    let receipt = session.execute(&chain, &call).await?;
    let (equal, quorum) = receipt.rate_submitted()?;
    let rate_of = (args.currency, args.period);
    let fixed = receipt.rates_fixed()?.contains(&rate_of);
    let waits = receipt.rates_proposed()?.contains(&rate_of);
    let (currency, period, text) = (args.currency, args.period, money::price(rate.0));
    let state = match (fixed, waits) {
        (true, _) => "and is fixed".into(),
        (_, true) => "and waits for the council, as it is far from the rate before".into(),
        _ => format!("{equal} of {quorum} equal submissions"),
    };
    let done = format!("{text} {currency} for an SDR in {period}: submitted, {state}");
    session.report(
        &receipt,
        &done,
        json!({ "currency": currency, "period": period, "rate": text, "equal": equal, "quorum": quorum, "fixed": fixed, "waits": waits }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_should_be_exact_when_a_price_is_read() {
        assert_eq!(decimal("1.312345").ok(), Some(1_312_345_000));
        assert_eq!(money::price(1_312_345_000), "1.312345");
        assert_eq!(money::price(2_000_000_000), "2");
        assert!(decimal("1.3123456789").is_err());
    }
}
