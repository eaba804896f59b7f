//! What an agreement may not charge: the caps that terms exceed, in words.

use crate::{commands::files, error::CommandError, exit::Exit, output, session::Session};
use interclear_client::{
    calls::errors,
    chain::{Call, Chain, Receipt},
    money,
};
use interclear_primitives::{
    agreement::{Direction, Terms},
    period::Period,
    tariff::CapExceeded,
};
use serde_json::{json, Value};
use std::path::Path;

/// The pallet's errors about caps.
const ABOVE_CAP: [&str; 2] = [errors::ABOVE_CAP, errors::CAP_RATE_MISSING];

/// Submits a call about terms, unless they exceed a cap; the caps are named before, and again if one was published on the
/// way.
///
/// # Errors
/// A cap is exceeded, the chain refused for another reason, or the connection broke.
pub(in crate::commands) async fn within_caps(
    session: &Session,
    chain: &Chain,
    call: &Call,
    terms: &Terms,
    from: Period,
) -> Result<Receipt, CommandError> {
    let exceeded = chain.caps_exceeded(terms.clone(), from).await?;
    if !exceeded.is_empty() {
        let words = words(terms, &exceeded);
        return Err(CommandError::Invalid(format!(
            "nothing was sent: the chain would refuse prices above caps.\n{words}"
        )));
    }
    match session.execute(chain, call).await {
        Err(CommandError::Chain(error)) if error.failure().is_some_and(|name| ABOVE_CAP.contains(&name)) => {
            let exceeded = chain.caps_exceeded(terms.clone(), from).await?;
            Err(CommandError::Invalid(format!(
                "{error}.\n{}",
                words(terms, &exceeded)
            )))
        }
        other => other,
    }
}

/// `interclear tariff check`.
pub(super) async fn check(
    session: &Session,
    file: &Path,
    from: Option<Period>,
) -> Result<Exit, CommandError> {
    let terms = files::terms(file)?;
    let exceeded = session
        .chain()
        .await?
        .caps_exceeded(terms.clone(), from.unwrap_or(terms.first))
        .await?;
    let value: Vec<Value> = exceeded.iter().map(|one| as_json(&terms, one)).collect();
    session.output().print(&value, |_| match exceeded.is_empty() {
        true => "no price is above a cap".into(),
        false => words(&terms, &exceeded),
    })?;
    Ok(Exit::refused_if(!exceeded.is_empty()))
}

fn as_json(terms: &Terms, one: &CapExceeded) -> Value {
    json!({
        "direction": one.direction,
        "group": u32::from(one.group).saturating_add(1),
        "service": one.service,
        "currency": terms.currency,
        "offered": money::price(one.offered.0),
        "limit": one.limit.map(|limit| money::price(limit.0)),
        "cap": one.cap,
        "name": one.name,
        "published": { "price": money::price(one.published.price.0), "currency": one.published.currency },
        "period": one.period,
    })
}

fn words(terms: &Terms, exceeded: &[CapExceeded]) -> String {
    let currency = terms.currency;
    let rows = exceeded.iter().map(|one| {
        let home = match one.direction {
            Direction::FirstHome => "first",
            Direction::SecondHome => "second",
        };
        let published = format!(
            "{} {}",
            money::price(one.published.price.0),
            one.published.currency
        );
        let limit = match one.limit {
            None => format!("{published}, no exchange rate"),
            Some(limit) if one.published.currency != currency => {
                format!("{} {currency} ({published})", money::price(limit.0))
            }
            Some(_) => published,
        };
        [
            home.into(),
            u32::from(one.group).saturating_add(1).to_string(),
            one.service.to_string(),
            format!("{} {currency}", money::price(one.offered.0)),
            limit,
            one.period.to_string(),
            format!("{} ({})", one.name, one.cap),
        ]
    });
    output::table(
        [
            "Home",
            "Group",
            "Service",
            "Highest price",
            "Allowed",
            "From",
            "Cap",
        ],
        &[1],
        rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        ids::CapId, money::Currency, rating::Price, service::Service, tariff::UnitPrice,
    };

    #[test]
    fn words_should_name_line_and_cap_when_a_price_is_above_it() {
        let terms: Terms = interclear_import::Agreement::read(include_str!("../agreement/template.json"))
            .unwrap()
            .terms;
        let mut exceeded = CapExceeded {
            direction: Direction::SecondHome,
            group: 1,
            service: Service::Gprs,
            cap: CapId(3),
            name: "Regulation (EU) 2022/612".parse().unwrap(),
            period: Period(202707),
            published: UnitPrice {
                currency: Currency::SDR,
                price: Price(1_000_000),
            },
            limit: Some(Price(1_193_041)),
            offered: Price(2_000_000),
        };
        let text = words(&terms, std::slice::from_ref(&exceeded));
        for part in [
            "second",
            "2 ",
            "GPRS",
            "0.002 EUR",
            "0.001193041 EUR (0.001 XDR)",
            "2027-07",
            "Regulation (EU) 2022/612 (3)",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(as_json(&terms, &exceeded)["limit"], "0.001193041");
        exceeded.limit = None;
        assert!(words(&terms, &[exceeded]).contains("0.001 XDR, no exchange rate"));
    }
}
