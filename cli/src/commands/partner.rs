//! `interclear partner`: everything between two operators.

use crate::{
    commands::{
        agreement::{found::months_of, show::status},
        dispute,
        exposure::Exposures,
        forecast::Forecasts,
        obligations::{self, Owed},
        statement::Vouchers,
    },
    error::CommandError,
    names::Names,
    output::{self, count},
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
    time::now,
};
use interclear_primitives::{
    agreement::Agreement,
    dispute::Dispute,
    ids::{AgreementId, DisputeId, ObligationId, OperatorId},
    money::{Currency, Value},
    period::Period,
    statement::{Statement, StatementStatus},
    Moment,
};
use serde_json::json;
use std::collections::BTreeMap;

/// Everything between two operators: agreements, months, disputes, what is owed, caps, commitments.
#[derive(Args)]
pub struct PartnerArgs {
    #[command(subcommand)]
    command: PartnerCommand,
}

#[derive(Subcommand)]
enum PartnerCommand {
    /// Show all agreements with a partner, their months of the last year and how each stands, open disputes, what each side owes,
    /// your cap, and what commitments come to at the pace so far.
    Show {
        /// The partner: its number or one of its TADIG codes.
        partner: String,
        /// Who asks: an operator's number or one of its TADIG codes; that of the profile or of --key unless given.
        #[arg(long)]
        operator: Option<String>,
    },
}

/// An agreement with the partner.
struct Between {
    id: AgreementId,
    found: Agreement<AccountId>,
    months: Vec<Month>,
    /// Commitments, or why they cannot be told.
    forecasts: Result<Forecasts, String>,
}

/// All that there is between the two.
struct All {
    agreements: Vec<Between>,
    disputes: Vec<(DisputeId, Dispute)>,
    owed: Vec<Owed>,
    exposures: Exposures,
}

/// A month that has usage or a statement, or runs.
struct Month {
    period: Period,
    state: String,
    /// What the asking operator receives (positive) or pays, once it stands; as its disputes stand, and beyond what vouchers or escrows
    /// have paid.
    net: Option<(i128, u8, Currency)>,
}

impl PartnerArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let PartnerCommand::Show { partner, operator } = self.command;
        let chain = session.chain().await?;
        let me = session.operator_named(&chain, operator.as_deref()).await?;
        let partner = chain.find_operator(&partner).await?;
        if partner == me {
            return Err(CommandError::Invalid(format!(
                "operator {me} is not its own partner: name the other one, and with --operator who asks"
            )));
        }
        if chain.operator(partner).await?.is_none() {
            return Err(CommandError::NotFound(format!("operator {partner}")));
        }
        let mut agreements = Vec::new();
        for id in chain.agreements_of(me).await? {
            match chain.agreement(id).await? {
                Some(found) if found.parties.contains(&partner) => {
                    agreements.push(between(&chain, id, found, me).await?);
                }
                _ => {}
            }
        }
        let owed: Vec<Owed> = obligations::of(&chain, me)
            .await?
            .into_iter()
            .filter(|owed| [owed.obligation.debtor, owed.obligation.creditor].contains(&partner))
            .collect();
        let mut disputes = dispute::open_of(&chain, me).await?;
        disputes.retain(|(_, one)| [me, partner].iter().all(|party| one.parties.contains(party)));
        let all = All {
            agreements,
            disputes,
            owed,
            exposures: Exposures::of(&chain, me, Some(partner)).await?,
        };
        print(session, &Names::of(&chain).await?, [me, partner], &all)
    }
}

async fn between(
    chain: &Chain,
    id: AgreementId,
    found: Agreement<AccountId>,
    me: OperatorId,
) -> Result<Between, CommandError> {
    let mut months = Vec::new();
    for period in months_of(&found, now()) {
        months.extend(month(chain, id, &found, me, period).await?);
    }
    let forecasts = match found.versions.is_empty() {
        true => Err("no version is in force".into()),
        false => match Forecasts::of(chain, id, None).await {
            Ok(forecasts) => Ok(forecasts),
            Err(CommandError::Chain(error)) if error.is_connection() => return Err(error.into()),
            Err(other) => Err(other.to_string()),
        },
    };
    Ok(Between {
        id,
        found,
        months,
        forecasts,
    })
}

async fn month(
    chain: &Chain,
    id: AgreementId,
    found: &Agreement<AccountId>,
    me: OperatorId,
    period: Period,
) -> Result<Option<Month>, CommandError> {
    if let Some(statement) = chain.statement(id, period).await? {
        let state = match statement.status {
            StatementStatus::Affirmed => {
                let obligation = match statement.obligation {
                    Some(id) => Some((id, obligations::one(chain, id).await?)),
                    None => None,
                };
                let obligation = obligation.as_ref().map(|(id, owed)| (*id, owed.as_ref()));
                affirmed(obligation, statement.carried != Value::ZERO, now())
            }
            StatementStatus::Issued => {
                let mine = found
                    .party_index(me)
                    .is_some_and(|place| statement.affirmed[place]);
                let who = if mine { "your partner" } else { "you" };
                format!(
                    "stated; {who} can affirm until {} UTC",
                    output::moment(statement.affirm_by)
                )
            }
        };
        // Positive: the first party owes the second.
        let mine = |net: &Value| {
            let net = net.clear().ok()?;
            Some(if found.party_index(me) == Some(0) {
                net.saturating_neg()
            } else {
                net
            })
        };
        let payable = statement.payable().ok();
        let (stated, payable) = (
            mine(&statement.net),
            mine(payable.as_ref().unwrap_or(&statement.net)),
        );
        let (paid, net) = match statement.status {
            // What it counts of vouchers no longer changes.
            StatementStatus::Affirmed => (
                Some(Paid::Escrows(escrowed(&statement))),
                left_of(&statement).and_then(|left| mine(&Value::Clear(left))),
            ),
            StatementStatus::Issued => match Vouchers::of(chain, id, period, &statement).await? {
                Some(vouchers) => (
                    Some(Paid::Vouchers(vouchers.paid)),
                    mine(&Value::Clear(vouchers.rest)),
                ),
                None => (None, payable),
            },
        };
        let open = statement
            .disputed
            .open
            .iter()
            .fold(0u32, |sum, open| sum.saturating_add(*open));
        return Ok(Some(Month {
            period,
            state: with_paid(
                disputed(
                    state,
                    open,
                    stated.filter(|stated| Some(*stated) != payable),
                    statement.decimals,
                ),
                paid,
                statement.decimals,
            ),
            net: net.map(|net| (net, statement.decimals, statement.currency)),
        }));
    }
    let usage = chain.period_usage(id, period).await?;
    if usage.closed {
        return Ok(Some(Month {
            period,
            state: "closed; its statement is not kept any more".into(),
            net: None,
        }));
    }
    if !usage.in_use() && now() >= period.end() {
        return Ok(None);
    }
    let waits = [
        (usage.unanswered(), "file not answered", "files not answered"),
        (usage.returned, "file returned", "files returned"),
        (usage.gaps, "gap", "gaps"),
        (usage.open_reports, "report open", "reports open"),
    ];
    let waits: Vec<String> = waits
        .into_iter()
        .filter(|(many, ..)| *many > 0)
        .map(|(many, one, more)| count(many, one, more))
        .collect();
    let state = match (now() < period.end(), waits.is_empty()) {
        (true, true) => "runs".into(),
        (true, false) => format!("runs; {}", waits.join(", ")),
        (false, true) => "complete, to be closed".into(),
        (false, false) => format!("open: {}", waits.join(", ")),
    };
    Ok(Some(Month {
        period,
        state,
        net: None,
    }))
}

/// How an affirmed month stands: by the obligation that its net has become, as far as that is kept.
fn affirmed(obligation: Option<(ObligationId, Option<&Owed>)>, carried: bool, at: Moment) -> String {
    match obligation {
        Some((id, Some(owed))) => format!("affirmed; obligation {id}: {}", obligations::status(owed, at)),
        Some((id, None)) => format!("affirmed; obligation {id} is not kept any more"),
        None if carried => "affirmed; carried forward to a later statement".into(),
        None => "affirmed; no obligation has come of it".into(),
    }
}

/// What the escrows of the first and of the second party have paid of a statement.
fn escrowed(statement: &Statement) -> [u128; 2] {
    let paid = statement.escrowed.each_ref();
    paid.map(|paid| paid.clear_unsigned().unwrap_or_default())
}

/// A state with the disputes on the statement, and what it would come to without them.
fn disputed(state: String, open: u32, stated: Option<i128>, decimals: u8) -> String {
    let mut words = state;
    if open > 0 {
        words.push_str(&format!("; {}", count(open, "open dispute", "open disputes")));
    }
    if let Some(stated) = stated {
        words.push_str(&format!(
            "; {} without disputes",
            money::grouped(stated, decimals)
        ));
    }
    words
}

/// What the first party owes the second of an affirmed statement beyond what escrows have paid; `None` of amounts that are not clear.
fn left_of(statement: &Statement) -> Option<i128> {
    let [first, second] = &statement.escrowed;
    let left = statement.payable().ok()?.checked_sub(first).ok()?;
    left.checked_add(second).ok()?.clear().ok()
}

/// What the first and the second party's escrow have paid of a month already.
enum Paid {
    /// By vouchers, of a statement that does not count them yet.
    Vouchers([u128; 2]),
    /// By vouchers or on affirmation, of a statement that counts it.
    Escrows([u128; 2]),
}

/// A state with what was paid of the month, which what is received takes into account.
fn with_paid(mut words: String, paid: Option<Paid>, decimals: u8) -> String {
    let (how, [first, second]) = match paid {
        Some(Paid::Vouchers(paid)) => ("vouchers were paid", paid),
        Some(Paid::Escrows(paid @ ([_, 0] | [0, _]))) => ("the escrow has paid", paid),
        Some(Paid::Escrows(paid)) => ("the escrows have paid", paid),
        None => return words,
    };
    let paid = first.saturating_add(second);
    if paid > 0 {
        let paid = money::grouped_unsigned(paid, decimals);
        words.push_str(&format!("; {how} {paid} of it"));
    }
    words
}

/// What is owed between the two by currency: to the first one less by it.
fn balance(me: OperatorId, owed: &[Owed]) -> BTreeMap<Currency, (i128, u8)> {
    let mut sums = BTreeMap::new();
    for one in owed {
        let Ok(amount) = one.obligation.amount.clear() else {
            continue;
        };
        let sum: &mut (i128, u8) = sums.entry(one.obligation.currency).or_insert((0, one.decimals));
        sum.0 = match one.obligation.creditor == me {
            true => sum.0.saturating_add(amount),
            false => sum.0.saturating_sub(amount),
        };
    }
    sums
}

fn print(
    session: &Session,
    names: &Names,
    [me, partner]: [OperatorId; 2],
    All {
        agreements,
        disputes,
        owed,
        exposures,
    }: &All,
) -> Result<(), CommandError> {
    let balance = balance(me, owed);
    let value = json!({
        "operator": me,
        "partner": partner,
        "agreements": agreements.iter().map(|one| json!({
            "id": one.id,
            "status": status(&one.found),
            "last": one.found.last,
            "months": one.months.iter().map(|month| json!({
                "period": month.period,
                "state": month.state,
                "net": month.net.map(|(net, decimals, _)| money::money(net, decimals)),
                "currency": month.net.map(|(.., currency)| currency),
            })).collect::<Vec<_>>(),
            "commitments": one.forecasts.as_ref().ok().map(Forecasts::as_json),
        })).collect::<Vec<_>>(),
        "obligations": owed.iter().map(Owed::as_json).collect::<Vec<_>>(),
        "disputes": disputes.iter().map(|(id, one)| dispute::words::as_json(*id, one)).collect::<Vec<_>>(),
        "exposure": exposures.as_json(),
        "balance": balance.iter().map(|(currency, (sum, decimals))| json!({
            "currency": currency,
            "amount": money::money(*sum, *decimals),
        })).collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        let mut text = format!("{} and {}\n", names.get(me), names.get(partner));
        if agreements.is_empty() {
            text.push_str("There is no agreement between them.\n");
        }
        for one in agreements {
            text.push_str(&format!(
                "\nAgreement {}: {}, until {}\n",
                one.id,
                status(&one.found),
                one.found.last
            ));
            if !one.months.is_empty() {
                let rows = one.months.iter().map(|month| {
                    let (net, currency) = match month.net {
                        Some((net, decimals, currency)) => {
                            (money::grouped(net, decimals), currency.to_string())
                        }
                        None => Default::default(),
                    };
                    [month.period.to_string(), month.state.clone(), net, currency]
                });
                let head = ["Month", "State", "You receive (pay)", "Currency"];
                text.push_str(&output::table(head, &[2], rows));
                text.push('\n');
            }
            match &one.forecasts {
                Ok(forecasts) => {
                    for words in forecasts.words(names) {
                        text.push_str(&format!("If usage goes on as it does, {words}\n"));
                    }
                }
                Err(reason) if one.found.versions.is_empty() => text.push_str(&format!("{reason}\n")),
                Err(reason) => text.push_str(&format!("Commitments cannot be forecast: {reason}\n")),
            }
        }
        text.push_str(&match owed.is_empty() {
            true => "\nNothing is owed between them.\n".into(),
            false => format!("\n{}\n", obligations::table(names, owed)),
        });
        if !disputes.is_empty() {
            text.push_str(&format!(
                "\nOpen disputes:\n{}\n",
                dispute::words::table(disputes, names)
            ));
        }
        if !exposures.is_empty() {
            text.push_str(&format!("\nExposure, due or not:\n{}\n", exposures.table()));
        }
        for (currency, (sum, decimals)) in &balance {
            let amount = money::grouped(sum.saturating_abs(), *decimals);
            text.push_str(&match sum.signum() {
                1 => format!("Together {} owes you {amount} {currency}.\n", names.get(partner)),
                -1 => format!("Together you owe {} {amount} {currency}.\n", names.get(partner)),
                _ => format!("In {currency} the two sides are even.\n"),
            });
        }
        text
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        ids::CycleId,
        netting::{Obligation, ObligationStatus},
        samples,
    };

    #[test]
    fn a_stated_month_should_name_its_disputes_and_what_it_comes_to_without_them() {
        let state = |open, stated| disputed("stated".into(), open, stated, 2);
        assert_eq!(state(0, None), "stated");
        assert_eq!(
            state(1, Some(-2_142)),
            "stated; 1 open dispute; -21.42 without disputes"
        );
        assert_eq!(state(0, Some(-2_142)), "stated; -21.42 without disputes");
        assert_eq!(state(2, None), "stated; 2 open disputes");
        let paid = |paid| with_paid("stated".into(), paid, 2);
        assert_eq!(paid(None), "stated");
        assert_eq!(
            paid(Some(Paid::Vouchers([1_000, 0]))),
            "stated; vouchers were paid 10.00 of it"
        );
        // Vouchers or not: an affirmed statement does not tell.
        assert_eq!(
            paid(Some(Paid::Escrows([0, 1_000]))),
            "stated; the escrow has paid 10.00 of it"
        );
        assert_eq!(
            paid(Some(Paid::Escrows([700, 300]))),
            "stated; the escrows have paid 10.00 of it"
        );
        assert_eq!(paid(Some(Paid::Escrows([0, 0]))), "stated");
    }

    #[test]
    fn an_affirmed_month_should_tell_what_became_of_its_net_when_it_is_owed_paid_or_forgotten() {
        let owed = |status| Owed {
            id: ObligationId(3),
            obligation: Obligation {
                token: Some(1),
                status,
                ..samples::obligation([OperatorId(1), OperatorId(2)], 7_039)
            },
            decimals: 2,
            claim: None,
        };
        let told = |obligation| affirmed(obligation, false, 0);
        let (open, paid) = (
            owed(ObligationStatus::Open),
            owed(ObligationStatus::Settled(CycleId(1))),
        );
        let id = ObligationId(3);
        assert_eq!(told(Some((id, Some(&open)))), "affirmed; obligation 3: open");
        assert_eq!(
            told(Some((id, Some(&paid)))),
            "affirmed; obligation 3: settled with cycle 1"
        );
        assert_eq!(
            told(Some((id, None))),
            "affirmed; obligation 3 is not kept any more"
        );
        assert_eq!(told(None), "affirmed; no obligation has come of it");
        assert_eq!(
            affirmed(None, true, 0),
            "affirmed; carried forward to a later statement"
        );

        let statement = Statement {
            escrowed: [Value::Clear(1_000), Value::ZERO],
            ..samples::statement([OperatorId(1), OperatorId(2)], 7_039)
        };
        assert_eq!(escrowed(&statement), [1_000, 0]);
        assert_eq!(
            left_of(&statement),
            Some(6_039),
            "what the obligation is of, not the net"
        );
        let other_way = Statement {
            escrowed: [Value::ZERO, Value::Clear(1_000)],
            ..samples::statement([OperatorId(1), OperatorId(2)], -7_039)
        };
        assert_eq!(left_of(&other_way), Some(-6_039));
    }

    #[test]
    fn balance_should_be_what_is_owed_less_what_is_owing_when_both_sides_have_debts() {
        let (me, other) = (OperatorId(1), OperatorId(2));
        let owed = |debtor, creditor, amount, currency| Owed {
            id: ObligationId(0),
            obligation: Obligation {
                currency,
                ..samples::obligation([debtor, creditor], amount)
            },
            decimals: 2,
            claim: None,
        };
        let usd = "USD".parse().unwrap();
        let list = [
            owed(other, me, 500, Currency::EUR),
            owed(me, other, 800, Currency::EUR),
            owed(other, me, 7, usd),
        ];
        let sums = balance(me, &list);
        assert_eq!(sums[&Currency::EUR], (-300, 2));
        assert_eq!(sums[&usd], (7, 2));
    }
}
