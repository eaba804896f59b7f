//! `interclear agreement list`, `show` and `terms`.

use crate::{
    commands::agreement::{
        found::{agreement_of, newest, terms_of},
        words,
    },
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use interclear_client::{chain::AccountId, time::now};
use interclear_primitives::{
    agreement::{Agreement, AgreementStatus},
    ids::AgreementId,
    period::Period,
};
use serde_json::json;
use std::collections::BTreeSet;

type Found = Agreement<AccountId>;

pub(in crate::commands) fn status(agreement: &Found) -> &'static str {
    match agreement.status_at(now()) {
        AgreementStatus::Proposed => "proposed",
        AgreementStatus::Countered => "countered",
        AgreementStatus::Active => "active",
        AgreementStatus::Abandoned => "abandoned",
        AgreementStatus::Terminated => "terminated",
        AgreementStatus::Expired => "expired",
    }
}

fn as_json(id: AgreementId, agreement: &Found) -> serde_json::Value {
    let offer = agreement.offer.as_ref().map(|offer| {
        let signed = |party: usize| -> Vec<String> {
            offer
                .signatures
                .get(party)
                .into_iter()
                .flatten()
                .map(ToString::to_string)
                .collect()
        };
        json!({
            "version": offer.version,
            "by": offer.by,
            "from": offer.from,
            "digest": output::hex(&offer.digest),
            "expires": offer.expires,
            "signatures": [signed(0), signed(1)],
        })
    });
    json!({
        "id": id,
        "parties": agreement.parties,
        "status": status(agreement),
        "latest": agreement.latest,
        "last": agreement.last,
        "renewal_months": agreement.renewal_months,
        "versions": agreement.versions,
        "offer": offer,
    })
}

pub(super) async fn list(session: &Session, operator: Option<&str>) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let operators = match operator {
        Some(which) => vec![chain.find_operator(which).await?],
        None => chain
            .all_operators()
            .await?
            .into_iter()
            .map(|(id, _)| id)
            .collect(),
    };
    let mut ids = BTreeSet::new();
    for operator in operators {
        ids.extend(chain.agreements_of(operator).await?);
    }
    let mut found = Vec::new();
    for id in ids {
        if let Some(agreement) = chain.agreement(id).await? {
            found.push((id, agreement));
        }
    }
    let names = Names::of(&chain).await?;
    let value: Vec<_> = found
        .iter()
        .map(|(id, agreement)| as_json(*id, agreement))
        .collect();
    session.output().print(&value, |_| {
        let rows = found.iter().map(|(id, agreement)| {
            let [first, second] = agreement.parties.map(|party| names.get(party));
            let table = agreement
                .offer
                .as_ref()
                .map_or_else(String::new, |offer| format!("version {}", offer.version));
            [
                id.to_string(),
                first,
                second,
                status(agreement).into(),
                agreement.last.to_string(),
                table,
            ]
        });
        output::table(
            [
                "Agreement",
                "First party",
                "Second party",
                "Status",
                "Last month",
                "On the table",
            ],
            &[0],
            rows,
        )
    })?;
    Ok(())
}

pub(super) async fn show(session: &Session, id: AgreementId) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let agreement = agreement_of(&chain, id).await?;
    let names = Names::of(&chain).await?;
    session.output().print(&as_json(id, &agreement), |_| {
        let [first, second] = agreement.parties.map(|party| names.get(party));
        let mut text = format!(
            "Agreement {id} between {first} and {second}: {}\nLast month: {}\n",
            status(&agreement),
            agreement.last
        );
        let rows = agreement.versions.iter().map(|entry| {
            let until = match agreement.months_of(entry.version) {
                None => "never".into(),
                Some(months) if months.last == Period::MAX => "terminated".into(),
                Some(months) => months.last.to_string(),
            };
            [entry.version.to_string(), entry.from.to_string(), until]
        });
        if agreement.versions.is_empty() {
            text.push_str("No version is in force.\n");
        } else {
            text.push_str(&output::table(["Version", "From", "To"], &[0], rows));
            text.push('\n');
        }
        if let Some(offer) = &agreement.offer {
            text.push_str(&format!(
                "On the table: version {} by {}, from {}, until {} UTC\nDigest: {}\n",
                offer.version,
                names.get(offer.by),
                offer.from,
                output::moment(offer.expires),
                output::hex(&offer.digest),
            ));
            for (party, signatures) in [first, second].iter().zip(&offer.signatures) {
                let desks: Vec<String> = signatures.iter().map(ToString::to_string).collect();
                let desks = if desks.is_empty() {
                    "nobody yet".into()
                } else {
                    desks.join(", ")
                };
                text.push_str(&format!("Signed for {party}: {desks}\n"));
            }
        }
        text
    })?;
    Ok(())
}

pub(super) async fn terms(
    session: &Session,
    id: AgreementId,
    version: Option<u32>,
) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let agreement = agreement_of(&chain, id).await?;
    let version = version.unwrap_or_else(|| newest(&agreement));
    let terms = terms_of(&chain, id, version).await?;
    let names = Names::of(&chain).await?;
    session.output().print(&terms, |terms| {
        let summary = words::summary(terms, agreement.parties.map(|party| names.get(party)));
        format!(
            "Agreement {id}, version {version}\n{summary}\nDigest: {}",
            output::hex(&terms.digest())
        )
    })?;
    Ok(())
}
