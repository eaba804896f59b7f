//! `interclear tariff list`, `caps`, `regions`, `rates`, `feeders`.

use crate::{error::CommandError, names::Names, output, session::Session};
use interclear_client::{money, time::now};
use interclear_primitives::{
    api::MAX_PAGE,
    period::Period,
    service::Unit,
    tariff::{in_force, Area, PriceStep, RateDoubt, RateSource, UnitPrice},
};
use serde_json::{json, Value};

fn price_json(price: Option<UnitPrice>) -> Value {
    price.map_or(
        Value::Null,
        |price| json!({ "price": money::price(price.price.0), "currency": price.currency }),
    )
}

fn price_words(price: Option<UnitPrice>, unit: Unit) -> String {
    price.map_or_else(
        || "none".into(),
        |price| format!("{} {}/{unit}", money::price(price.price.0), price.currency),
    )
}

fn steps_json(steps: &[PriceStep]) -> Vec<Value> {
    let step = |step: &PriceStep| json!({ "from": step.from, "price": price_json(step.price) });
    steps.iter().map(step).collect()
}

/// What holds now, and what is decided for later.
fn steps_words(steps: &[PriceStep], unit: Unit) -> [String; 2] {
    let now = running();
    let price = in_force(steps, now).and_then(|step| step.price);
    let later = steps
        .iter()
        .filter(|step| step.from > now)
        .map(|step| format!("{} from {}", price_words(step.price, unit), step.from));
    [price_words(price, unit), later.collect::<Vec<_>>().join(", ")]
}

/// The month that runs on this machine's clock.
fn running() -> Period {
    Period::containing(now())
}

pub(super) async fn tariffs(session: &Session, area: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = chain.tariffs(after).await?;
        let more = u32::try_from(page.len()).is_ok_and(|count| count >= MAX_PAGE);
        after = page.last().map(|(area, service, _)| (area.clone(), *service));
        all.extend(page);
        if !more {
            break;
        }
    }
    all.retain(|(one, ..)| area.is_none_or(|wanted| wanted == one.to_string()));
    all.sort_by(|(a, x, _), (b, y, _)| (a, x).cmp(&(b, y)));
    let value: Vec<Value> = all
        .iter()
        .map(|(area, service, steps)| json!({ "area": area, "service": service, "steps": steps_json(steps) }))
        .collect();
    session.output().print(&value, |_| {
        let rows = all.iter().map(|(area, service, steps)| {
            let kind = match area {
                Area::Region(_) => "region",
                Area::Network(_) => "network",
            };
            let [now, later] = steps_words(steps, service.unit());
            [area.to_string(), kind.into(), service.to_string(), now, later]
        });
        output::table(["Area", "", "Service", "Price now", "Decided"], &[], rows)
    })?;
    Ok(())
}

pub(super) async fn caps(session: &Session) -> Result<(), CommandError> {
    let caps = session.chain().await?.caps().await?;
    let value: Vec<Value> = caps
        .iter()
        .map(|(service, cap)| {
            json!({
                "cap": cap.id,
                "name": cap.name,
                "service": service,
                "visited": cap.visited,
                "home": cap.home,
                "steps": steps_json(&cap.steps),
            })
        })
        .collect();
    session.output().print(&value, |_| {
        let rows = caps.iter().map(|(service, cap)| {
            let home = cap
                .home
                .as_ref()
                .map_or_else(|| "all".into(), ToString::to_string);
            let [now, later] = steps_words(&cap.steps, service.unit());
            [
                cap.id.to_string(),
                cap.name.to_string(),
                service.to_string(),
                cap.visited.to_string(),
                home,
                now,
                later,
            ]
        });
        output::table(
            [
                "Cap",
                "Name",
                "Service",
                "Visited",
                "Home",
                "Price now",
                "Decided",
            ],
            &[0],
            rows,
        )
    })?;
    Ok(())
}

pub(super) async fn regions(session: &Session) -> Result<(), CommandError> {
    let regions = session.chain().await?.regions().await?;
    let rows: Vec<[String; 3]> = regions
        .iter()
        .flat_map(|(code, versions)| versions.iter().map(move |version| (code, version)))
        .map(|(code, version)| {
            let members: Vec<String> = version.members.iter().map(ToString::to_string).collect();
            [code.to_string(), version.from.to_string(), members.join(" ")]
        })
        .collect();
    let value: Vec<Value> = rows
        .iter()
        .map(|[region, from, members]| {
            let members: Vec<&str> = members.split(' ').collect();
            json!({ "region": region, "from": from, "members": members })
        })
        .collect();
    session.output().print(&value, |_| {
        output::table(["Region", "From", "Members"], &[], rows)
    })?;
    Ok(())
}

pub(super) async fn rates(session: &Session, period: Option<Period>) -> Result<(), CommandError> {
    let period = period.unwrap_or_else(running);
    let chain = session.chain().await?;
    let (rates, submissions) = (chain.rates(period).await?, chain.rate_submissions(period).await?);
    let waiting = chain.proposed_rates(period).await?;
    let names = Names::of(&chain).await?;
    let fixed = rates.iter().map(|(currency, fixed)| {
        json!({
            "currency": currency,
            "rate": money::price(fixed.rate.0),
            "quote_date": fixed.quoted,
            "source": fixed.source,
        })
    });
    let proposed = waiting.iter().map(|(currency, one)| {
        json!({
            "currency": currency,
            "rate": money::price(one.rate.0),
            "quote_date": one.quoted,
            "before": one.before.map(|before| money::price(before.0)),
            "before_month": one.before_month,
            "doubt": one.doubt,
        })
    });
    let submitted = submissions.iter().flat_map(|(currency, all)| {
        all.iter().map(move |one| {
            json!({
                "currency": currency,
                "feeder": one.feeder,
                "rate": money::price(one.rate.0),
                "quote_date": one.quoted,
            })
        })
    });
    let value = json!({
        "period": period,
        "fixed": fixed.collect::<Vec<_>>(),
        "proposed": proposed.collect::<Vec<_>>(),
        "submitted": submitted.collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let fixed = rates.iter().map(|(currency, fixed)| {
            let by = match fixed.source {
                RateSource::Feeders => "the feeders",
                RateSource::Governance => "the council",
                RateSource::Late => "the council, late",
                RateSource::Unopposed => "the feeders; the council has not opposed it",
            };
            [
                currency.to_string(),
                money::price(fixed.rate.0),
                fixed.quoted.to_string(),
                format!("fixed by {by}"),
            ]
        });
        let proposed = waiting.iter().map(|(currency, one)| {
            let why = match one.doubt {
                RateDoubt::Jump => "far from",
                RateDoubt::Reciprocal => "like a reciprocal of",
                RateDoubt::First => "the first of its currency",
            };
            let before = one
                .before
                .zip(one.before_month)
                .map_or_else(String::new, |(rate, month)| {
                    format!(" the {} of {month}", money::price(rate.0))
                });
            [
                currency.to_string(),
                money::price(one.rate.0),
                one.quoted.to_string(),
                format!("waits for the council: {why}{before}"),
            ]
        });
        let submitted = submissions.iter().flat_map(|(currency, all)| {
            let names = &names;
            all.iter().map(move |one| {
                [
                    currency.to_string(),
                    money::price(one.rate.0),
                    one.quoted.to_string(),
                    format!("submitted by {}", names.get(one.feeder)),
                ]
            })
        });
        let table = output::table(
            ["Currency", "For one SDR", "Quoted", "State"],
            &[1],
            fixed.chain(proposed).chain(submitted),
        );
        format!("Exchange rates of {period}\n{table}")
    })?;
    Ok(())
}

pub(super) async fn feeders(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let feeders = chain.rate_feeders().await?;
    let names = Names::of(&chain).await?;
    session.output().print(&feeders, |feeders| {
        if feeders.operators.is_empty() {
            return "nobody submits exchange rates; the council sets them".into();
        }
        let currencies: Vec<String> = feeders.currencies.iter().map(ToString::to_string).collect();
        let rows = feeders
            .operators
            .iter()
            .map(|operator| [operator.to_string(), names.get(*operator)]);
        format!(
            "{} of {} equal submissions fix a rate of {}\n{}",
            feeders.quorum,
            feeders.operators.len(),
            currencies.join(", "),
            output::table(["Operator", "Name"], &[0], rows),
        )
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{money::Currency, rating::Price, service::Service};

    #[test]
    fn steps_words_should_tell_now_from_later_when_a_step_is_to_come() {
        let step = |from, price: Option<u128>| PriceStep {
            from,
            price: price.map(|price| UnitPrice {
                currency: Currency::EUR,
                price: Price(price),
            }),
        };
        let next = running().next();
        let steps = [step(Period(200001), Some(1_100_000)), step(next, None)];
        assert_eq!(
            steps_words(&steps, Service::Gprs.unit()),
            ["0.0011 EUR/MB".to_owned(), format!("none from {next}")]
        );
    }
}
