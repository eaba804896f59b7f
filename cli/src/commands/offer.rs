//! `interclear offer`: terms that an operator offers to whoever accepts them and pays ahead.

use crate::{
    arguments::{digest, moment},
    commands::{
        agreement::{slips, summary, told},
        amounts::amount_of,
        files,
        reserves::token_of,
    },
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, money, time::now};
use interclear_primitives::{
    agreement::{Direction, Terms},
    escrow::{Networks, StandingOffer},
    ids::{OperatorId, TokenId},
    money::Currency,
    netting::Token,
    tadig::Tadig,
    Digest, Moment,
};
use serde_json::json;
use std::{collections::BTreeMap, path::PathBuf};

/// Standing offers: terms that an operator offers to whoever accepts them and pays ahead.
#[derive(Args)]
pub struct OfferArgs {
    #[command(subcommand)]
    command: OfferCommand,
}

#[derive(Subcommand)]
enum OfferCommand {
    /// Publish an offer. Whoever accepts it is the first party, and pays ahead.
    Publish {
        /// The terms, as between you as second party and any other operator; the networks of that have to be there, and do
        /// not count.
        file: PathBuf,
        /// The token in which the other party pays ahead; the terms accept its issuer.
        #[arg(long)]
        token: TokenId,
        /// The least that it deposits, such as 100.00.
        #[arg(long, allow_negative_numbers = true)]
        deposit: String,
        /// Until when the offer can be accepted: +30d or 2026-12-31.
        #[arg(long, value_parser = moment)]
        until: Moment,
        /// How often it can be accepted.
        #[arg(long, default_value_t = 1)]
        uses: u32,
        /// Its number among your offers, from 0 on, in the place of your offer of this number; the first one that is free unless given.
        #[arg(long)]
        number: Option<u8>,
    },
    /// Withdraw an offer of yours.
    Withdraw {
        /// Its number among your offers.
        number: u8,
    },
    /// List the standing offers of an operator.
    List {
        /// The operator: its number or one of its TADIG codes.
        operator: String,
    },
    /// Print what an operator offers, and accept it: the agreement is in force from this month on, and its escrow funded.
    Accept {
        /// The operator: its number or one of its TADIG codes.
        operator: String,
        /// The number of the offer, as `offer list` shows it.
        number: u8,
        /// How much to pay ahead, such as 250.00; the least that is asked for unless given.
        #[arg(long, allow_negative_numbers = true)]
        deposit: Option<String>,
        /// Your networks that it is for; may be given more than once.
        #[arg(long = "network", required = true)]
        networks: Vec<Tadig>,
        /// Accept an offer with this digest only.
        #[arg(long, value_parser = digest)]
        digest: Option<Digest>,
    },
}

impl OfferArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            OfferCommand::Publish {
                file,
                token,
                deposit,
                until,
                uses,
                number,
            } => {
                if let Some(reason) = over(until, now()) {
                    return Err(CommandError::Invalid(reason));
                }
                let terms = StandingOffer::open(files::terms(&file)?);
                let chain = session.chain_to_sign().await?;
                let token_found = token_of(&chain, token).await?;
                let offer = StandingOffer {
                    terms,
                    token,
                    deposit: amount_of(&deposit, token_found.decimals)?,
                    until,
                    uses,
                };
                publish(session, &chain, number, &offer, &token_found).await
            }
            OfferCommand::Withdraw { number } => {
                let done = format!("your offer {number} is withdrawn");
                session
                    .execute_and_report(&calls::withdraw_offer(number), &done)
                    .await
            }
            OfferCommand::List { operator } => {
                let chain = session.chain().await?;
                let operator = chain.find_operator(&operator).await?;
                list(session, &chain, operator).await
            }
            OfferCommand::Accept {
                operator,
                number,
                deposit,
                networks,
                digest,
            } => accept(session, &operator, number, deposit, networks, digest).await,
        }
    }
}

/// Why nobody could ever accept an offer until a moment, if that is so.
fn over(until: Moment, now: Moment) -> Option<String> {
    (until <= now).then(|| {
        format!(
            "nobody could accept the offer: {} UTC is over; say with --until a moment that is ahead, such as +30d; nothing was sent",
            output::moment(until)
        )
    })
}

/// Shows an offer, asks about it and publishes it.
async fn publish(
    session: &Session,
    chain: &Chain,
    number: Option<u8>,
    offer: &StandingOffer,
    token: &Token,
) -> Result<(), CommandError> {
    let me = session.operator(chain).await?;
    let names = Names::of(chain).await?;
    let own = networks_of(chain, me).await?;
    if let Some(foreign) = foreign(&offer.terms, &own) {
        return Err(CommandError::Invalid(foreign));
    }
    let mine = chain.standing_offers(me).await?;
    let number = number.unwrap_or_else(|| free(&mine));
    let decimals = chain.decimals().await?;
    let shown = |offer: &StandingOffer| {
        let deposit = deposit(offer, &decimals);
        let (first, last, until) = (offer.terms.first, offer.terms.last, output::moment(offer.until));
        let digest = output::hex(&offer.digest());
        format!(
            "{first} to {last}, for at least {deposit} of token {} paid ahead, {} until {until} UTC, digest {digest}",
            offer.token,
            output::count(offer.uses, "time", "times")
        )
    };
    let parties = ["whoever accepts it".to_owned(), names.get(me)];
    output::note(&summary(&offer.terms, parties));
    let replaced = mine.iter().find(|(other, _)| *other == number);
    let mut asked = slips(chain, &offer.terms, &names).await?;
    asked.extend(below_floor(offer, token.decimals));
    let place = replaced.map_or_else(String::new, |(_, before)| {
        format!(" It takes the place of your offer {number}: {}.", shown(before))
    });
    let what = format!(
        "Whoever pays ahead can accept these terms: {}.{place}",
        shown(offer)
    );
    session.confirm_slip(&told(&asked), &what)?;
    let call = calls::publish_offer(number, offer);
    let receipt = session.execute(chain, &call).await?;
    let digest = output::hex(&offer.digest());
    let instead = replaced.map_or("", |_| ", in the place of the one before");
    let words = format!(
        "your offer {number} can be accepted until {} UTC{instead}\ndigest {digest}",
        output::moment(offer.until)
    );
    let more = json!({
        "number": number,
        "digest": digest,
        "replaced": replaced.map(|(_, before)| output::hex(&before.digest())),
    });
    session.report(&receipt, &words, more)
}

/// The least deposit of an offer, with its currency: all tokens of one have the same decimals.
fn deposit(offer: &StandingOffer, decimals: &BTreeMap<Currency, u8>) -> String {
    let currency = offer.terms.currency;
    let decimals = decimals.get(&currency).copied().unwrap_or(0);
    format!("{} {currency}", money::grouped_unsigned(offer.deposit, decimals))
}

/// The first number that no offer has.
fn free(offers: &[(u8, StandingOffer)]) -> u8 {
    let taken = |number: &u8| offers.iter().any(|(other, _)| other == number);
    (0..=u8::MAX).find(|number| !taken(number)).unwrap_or(u8::MAX)
}

/// The networks of an operator.
async fn networks_of(chain: &Chain, operator: OperatorId) -> Result<Vec<Tadig>, CommandError> {
    let found = chain.operator(operator).await?;
    Ok(found.map_or_else(Vec::new, |found| found.tadigs.into_inner()))
}

/// Which network of the operator's side of an offer is another one's, in words.
fn foreign(terms: &Terms, own: &[Tadig]) -> Option<String> {
    let [first, second] = &terms.directions;
    let visited = first.groups.iter().flat_map(|group| &group.visited);
    let home = second.groups.iter().flat_map(|group| &group.home);
    let networks = visited
        .map(|network| (network, "first", "visited"))
        .chain(home.map(|network| (network, "second", "home")));
    let (network, direction, item) = networks
        .into_iter()
        .find(|(network, ..)| !own.contains(network))?;
    Some(format!(
        "{direction} direction: {item} names {}, which is not a network of yours; in an offer you are the second party, whose networks \
         the first direction visits and the second has as home",
        network.as_str()
    ))
}

/// Which network is named for an offer that is none of those of who accepts it, and which are.
fn not_own(named: &[Tadig], own: &[Tadig]) -> Option<String> {
    let other = named.iter().find(|network| !own.contains(network))?;
    let own: Vec<&str> = own.iter().map(Tadig::as_str).collect();
    Some(format!(
        "{} is not a network of yours: an offer is accepted for networks of yours, which are {}",
        other.as_str(),
        own.join(", ")
    ))
}

/// A least deposit with which both are warned from the beginning.
fn below_floor(offer: &StandingOffer, decimals: u8) -> Option<String> {
    let floor = offer.terms.usage.prepaid(Direction::FirstHome)?.floor;
    let unit = 10u128.saturating_pow(u32::from(6u8.saturating_sub(decimals)));
    (offer.deposit.saturating_mul(unit) < floor).then(|| {
        format!(
            "the least deposit, {}, is below {}, of which both are warned: is it meant so?",
            money::grouped_unsigned(offer.deposit, decimals),
            money::grouped_unsigned(floor.div_ceil(unit), decimals)
        )
    })
}

async fn list(session: &Session, chain: &Chain, operator: OperatorId) -> Result<(), CommandError> {
    let names = Names::of(chain).await?;
    let decimals = chain.decimals().await?;
    let offers = chain.standing_offers(operator).await?;
    let value: Vec<_> = offers
        .iter()
        .map(|(number, offer)| {
            json!({
                "number": number,
                "digest": output::hex(&offer.digest()),
                "until": offer.until,
                "uses": offer.uses,
                "token": offer.token,
                "deposit": money::unsigned(
                    offer.deposit,
                    decimals.get(&offer.terms.currency).copied().unwrap_or(0),
                ),
                "currency": offer.terms.currency,
                "terms": offer.terms,
            })
        })
        .collect();
    session.output().print(&json!(value), |_| {
        if offers.is_empty() {
            return format!("{} has no standing offer", names.get(operator));
        }
        let rows = offers.iter().map(|(number, offer)| {
            [
                number.to_string(),
                format!("{} to {}", offer.terms.first, offer.terms.last),
                deposit(offer, &decimals),
                output::moment(offer.until),
                offer.uses.to_string(),
                output::hex(&offer.digest()),
            ]
        });
        let head = [
            "Number",
            "Term",
            "Least deposit",
            "Until (UTC)",
            "Times",
            "Digest",
        ];
        output::table(head, &[0, 2, 4], rows)
    })?;
    Ok(())
}

async fn accept(
    session: &Session,
    operator: &str,
    number: u8,
    deposit: Option<String>,
    networks: Vec<Tadig>,
    seen: Option<Digest>,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let by = chain.find_operator(operator).await?;
    let offers = chain.standing_offers(by).await?;
    let offer = offers.into_iter().find(|(other, _)| *other == number);
    let (_, offer) = offer.ok_or_else(|| {
        CommandError::NotFound(format!(
            "offer {number} of operator {by}; `interclear offer list {by}` tells which there are"
        ))
    })?;
    let digest = offer.digest();
    if seen.is_some_and(|seen| seen != digest) {
        return Err(CommandError::Invalid(format!(
            "the offer is another one by now, with the digest {}: look at it with `interclear offer list {by}`; nothing was sent",
            output::hex(&digest)
        )));
    }
    let me = session.operator(&chain).await?;
    if let Some(reason) = not_own(&networks, &networks_of(&chain, me).await?) {
        return Err(CommandError::Invalid(format!("{reason}; nothing was sent")));
    }
    let networks = Networks::try_from(networks)
        .map_err(|_| CommandError::Invalid("an offer is accepted for 32 networks at most".into()))?;
    let token = token_of(&chain, offer.token).await?;
    let amount = match deposit {
        Some(amount) => amount_of(&amount, token.decimals)?,
        None => offer.deposit,
    };
    let names = Names::of(&chain).await?;
    let terms = offer.terms_for(&networks, offer.terms.first);
    let shown = format!(
        "{} {}",
        money::grouped_unsigned(amount, token.decimals),
        token.currency
    );
    output::note(&summary(&terms, [names.get(me), names.get(by)]));
    session.confirm(&format!("You accept these terms, and pay {shown} ahead."))?;
    let call = calls::accept_offer(by, number, digest, &networks, amount);
    let receipt = session.execute(&chain, &call).await?;
    let agreement = receipt.offer_accepted()?;
    let words = format!(
        "agreement {agreement} is in force, and {shown} are paid ahead\nSee what is left of it with: interclear escrow show {agreement}\n"
    );
    let more = json!({
        "agreement": agreement,
        "deposit": money::unsigned(amount, token.decimals),
        "currency": token.currency,
    });
    session.report(&receipt, &words, more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        agreement::Prepaid, period::Period, rating::Pricing, samples, service::Service,
    };

    #[test]
    fn an_offer_should_be_refused_when_its_time_is_over_before_it_is_published() {
        let told = over(86_400, 86_400).unwrap();
        assert!(told.contains("1970-01-02 00:00:00 UTC is over"), "{told}");
        assert!(told.contains("--until"), "{told}");
        assert_eq!(over(86_401, 86_400), None);
    }

    #[test]
    fn a_network_should_be_refused_when_it_is_not_one_of_who_accepts_an_offer() {
        assert_eq!(
            not_own(&[OTHER, MINE], &[OTHER]).unwrap(),
            "FRA7B is not a network of yours: an offer is accepted for networks of yours, which are DEU7A"
        );
        assert_eq!(not_own(&[OTHER], &[MINE, OTHER]), None);
    }

    const MINE: Tadig = Tadig(*b"FRA7B");
    const OTHER: Tadig = Tadig(*b"DEU7A");

    fn offer(deposit: u128, [visited, home]: [Tadig; 2]) -> StandingOffer {
        let (first, last) = (Period(202_611), Period(202_612));
        let mut terms = samples::terms(first, last);
        let line = || vec![samples::line(Service::Gprs, Pricing::default())];
        let mut there = samples::group(OTHER, visited, line());
        let mut back = samples::group(home, OTHER, line());
        there.home.clear();
        back.visited.clear();
        terms.directions = [samples::direction(vec![there]), samples::direction(vec![back])];
        terms.usage.prepaid[0] = Some(Prepaid { floor: 20_000_000 });
        StandingOffer {
            terms,
            token: 1,
            deposit,
            until: 0,
            uses: 2,
        }
    }

    #[test]
    fn an_offer_should_be_refused_when_its_networks_are_the_wrong_way_round() {
        assert_eq!(foreign(&offer(0, [MINE, MINE]).terms, &[MINE]), None);
        let words = foreign(&offer(0, [MINE, OTHER]).terms, &[MINE]).expect("one is foreign");
        assert!(words.starts_with("second direction: home names DEU7A"), "{words}");
        let words = foreign(&offer(0, [OTHER, MINE]).terms, &[MINE]).expect("one is foreign");
        assert!(
            words.starts_with("first direction: visited names DEU7A"),
            "{words}"
        );
    }

    #[test]
    fn a_least_deposit_should_be_questioned_when_it_is_below_the_floor() {
        assert_eq!(below_floor(&offer(2_000, [MINE, MINE]), 2), None);
        assert_eq!(
            below_floor(&offer(1_999, [MINE, MINE]), 2).as_deref(),
            Some("the least deposit, 19.99, is below 20.00, of which both are warned: is it meant so?")
        );
    }

    #[test]
    fn a_deposit_should_have_the_decimals_of_its_own_currency_when_offers_are_in_several() {
        let decimals = [(Currency::EUR, 2), ("JPY".parse().unwrap(), 0)].into();
        let mut one = offer(12_345, [MINE, MINE]);
        assert_eq!(deposit(&one, &decimals), "123.45 EUR");
        one.terms.currency = "JPY".parse().unwrap();
        assert_eq!(deposit(&one, &decimals), "12\u{202f}345 JPY");
    }

    #[test]
    fn an_offer_should_have_a_number_of_its_own_when_none_is_given() {
        let of = |number| (number, offer(0, [MINE, MINE]));
        assert_eq!(free(&[]), 0);
        assert_eq!(free(&[of(0), of(2)]), 1);
    }
}
