//! `interclear cash`: what the next netting cycles will take and bring.

use crate::{
    arguments::Who,
    commands::{obligations, statement::Vouchers},
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{chain::Chain, money, time::now};
use interclear_primitives::{
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    money::Currency,
    netting::ObligationStatus,
    period::Period,
    statement::StatementStatus,
    Moment,
};
use serde_json::json;
use std::{collections::BTreeMap, iter};

/// What the next cycles will take and bring.
#[derive(Args)]
pub struct CashArgs {
    #[command(subcommand)]
    command: CashCommand,
}

#[derive(Subcommand)]
enum CashCommand {
    /// Show everything that is known to be paid or received, by day: positions of cycles, obligations, late interest so
    /// far, and statements that silence will affirm, less what is in dispute and what the payer's own escrow pays.
    Forecast {
        #[command(flatten)]
        who: Who,
    },
}

/// Months of an agreement whose statements are looked at: a year, and the one that runs.
const MONTHS: usize = 13;

/// Why something will be paid.
enum Source {
    Cycle(CycleId),
    /// Whether it is paid gross, and what its debtor says to have paid of it elsewhere.
    Obligation(ObligationId, bool, Option<String>),
    Interest(ObligationId),
    Statement(AgreementId, Period, Stated),
}

/// What else there is to say of what a statement comes to.
#[derive(Default)]
struct Stated {
    /// What it would come to without its disputes, where that is something else.
    undisputed: Option<String>,
    /// What the payer's own escrow pays of it, and is not to be paid any more.
    escrowed: Option<String>,
    /// What vouchers were paid of it, by both escrows.
    redeemed: Option<String>,
}

impl Source {
    fn words(&self) -> String {
        match self {
            Self::Cycle(cycle) => format!("cycle {cycle}"),
            Self::Obligation(id, gross, claimed) => {
                let how = if *gross { "paid gross" } else { "in no cycle yet" };
                let claimed = claimed.as_ref().map(|claimed| format!("; {claimed}"));
                format!("obligation {id}, {how}{}", claimed.unwrap_or_default())
            }
            Self::Interest(id) => {
                format!("late interest of obligation {id} so far, charged once that is paid")
            }
            Self::Statement(agreement, period, stated) => {
                let disputes = stated.undisputed.as_ref().map_or_else(String::new, |amount| {
                    format!("; as its disputes stand, {amount} if all are withdrawn")
                });
                let escrow = stated
                    .escrowed
                    .as_ref()
                    .map_or_else(String::new, |amount| format!("; the escrow pays {amount} beside"));
                let vouchers = stated.redeemed.as_ref().map_or_else(String::new, |amount| {
                    format!("; less {amount} that vouchers were paid of it")
                });
                format!(
                    "statement of {period} under agreement {agreement}, not affirmed by both yet{disputes}{vouchers}{escrow}"
                )
            }
        }
    }
}

/// Something that will be received (positive) or paid.
struct Flow {
    due: Moment,
    partner: Option<OperatorId>,
    amount: i128,
    decimals: u8,
    currency: Currency,
    source: Source,
}

impl CashArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let CashCommand::Forecast { who } = self.command;
        let chain = session.chain().await?;
        let me = session.operator_named(&chain, who.named()).await?;
        let mut flows = in_cycles(&chain, me).await?;
        for owed in obligations::of(&chain, me).await? {
            let obligation = &owed.obligation;
            let (ObligationStatus::Open, Ok(amount)) = (obligation.status, obligation.amount.clear()) else {
                continue;
            };
            let receives = obligation.creditor == me;
            let flow = |amount: i128, source| Flow {
                due: obligation.due,
                partner: Some(if receives {
                    obligation.debtor
                } else {
                    obligation.creditor
                }),
                amount: if receives { amount } else { amount.saturating_neg() },
                decimals: owed.decimals,
                currency: obligation.currency,
                source,
            };
            let claimed = owed.claim.as_ref();
            let claimed = claimed.map(|claim| obligations::claimed(claim, now()));
            flows.push(flow(
                amount,
                Source::Obligation(owed.id, obligation.gross, claimed),
            ));
            let interest = obligation.interest.amount.clear().unwrap_or_default();
            if interest != 0 {
                flows.push(flow(interest, Source::Interest(owed.id)));
            }
        }
        flows.extend(stated(&chain, me).await?);
        flows.sort_by_key(|flow| (flow.currency, flow.due));
        print(session, &Names::of(&chain).await?, me, &flows)
    }
}

/// What positions of cycles that are not finished come to.
async fn in_cycles(chain: &Chain, me: OperatorId) -> Result<Vec<Flow>, CommandError> {
    let mut flows = Vec::new();
    for (id, cycle, decimals) in obligations::open_cycles(chain).await? {
        let positions = chain.positions(id).await?;
        let mine = positions
            .iter()
            .find(|(who, position)| *who == me && !position.excluded);
        if let Some(Ok(amount)) = mine.map(|(_, position)| position.net.clear()) {
            flows.push(Flow {
                due: cycle.fund_by,
                partner: None,
                amount,
                decimals,
                currency: cycle.currency,
                source: Source::Cycle(id),
            });
        }
    }
    Ok(flows)
}

/// What statements come to that are not affirmed yet: due as if silence affirmed them.
async fn stated(chain: &Chain, me: OperatorId) -> Result<Vec<Flow>, CommandError> {
    let mut flows = Vec::new();
    for id in chain.agreements_of(me).await? {
        let Some(found) = chain.agreement(id).await? else {
            continue;
        };
        let Some(first) = found.versions.first().map(|version| version.from) else {
            continue;
        };
        // Positive: the first party owes the second.
        let first_party = found.party_index(me) == Some(0);
        let [of_first, of_second] = chain.escrows(id).await?;
        let mut escrow = if first_party { of_first } else { of_second };
        let newest = found.end().min(Period::containing(now()));
        let months = iter::successors(Some(newest), |month| Some(month.previous()));
        let months: Vec<_> = months.take(MONTHS).take_while(|month| *month >= first).collect();
        for period in months.into_iter().rev() {
            let statement = chain.statement(id, period).await?;
            let open = statement.filter(|statement| statement.status == StatementStatus::Issued);
            if let Some((statement, Ok(net), Ok(payable))) = open.map(|open| {
                let payable = open.payable().unwrap_or(open.net).clear();
                let net = open.net.clear();
                (open, net, payable)
            }) {
                let mine = |net: i128| if first_party { net.saturating_neg() } else { net };
                let undisputed = money::grouped(mine(net), statement.decimals);
                let disputed = net != payable;
                let vouchers = Vouchers::of(chain, id, period, &statement).await?;
                let left = vouchers.map_or(payable, |vouchers| vouchers.rest);
                let redeemed = payable.saturating_sub(left);
                let ahead = escrow
                    .as_mut()
                    .filter(|escrow| escrow.currency == statement.currency)
                    .map_or(0, |escrow| paid_ahead(&mut escrow.held, mine(left)));
                flows.push(Flow {
                    due: statement.due,
                    partner: found.parties.into_iter().find(|party| *party != me),
                    amount: mine(left).saturating_add(ahead),
                    decimals: statement.decimals,
                    currency: statement.currency,
                    source: Source::Statement(
                        id,
                        period,
                        Stated {
                            undisputed: disputed.then_some(undisputed),
                            escrowed: (ahead > 0).then(|| money::grouped(ahead, statement.decimals)),
                            redeemed: (redeemed != 0)
                                .then(|| money::grouped(mine(redeemed), statement.decimals)),
                        },
                    ),
                });
            }
        }
    }
    Ok(flows)
}

/// What an escrow pays of what is to be paid, if it is; that is not held for the next month.
fn paid_ahead(held: &mut u128, amount: i128) -> i128 {
    let owed = u128::try_from(amount.saturating_neg()).unwrap_or(0);
    let paid = owed.min(*held);
    *held = held.saturating_sub(paid);
    i128::try_from(paid).unwrap_or(i128::MAX)
}

/// The running sum after each flow, per currency.
fn sums(flows: &[Flow]) -> Vec<i128> {
    let mut totals: BTreeMap<Currency, i128> = BTreeMap::new();
    flows
        .iter()
        .map(|flow| {
            let sum = totals.entry(flow.currency).or_default();
            *sum = sum.saturating_add(flow.amount);
            *sum
        })
        .collect()
}

fn print(session: &Session, names: &Names, me: OperatorId, flows: &[Flow]) -> Result<(), CommandError> {
    let sums = sums(flows);
    let value: Vec<_> = flows
        .iter()
        .zip(&sums)
        .map(|(flow, sum)| {
            json!({
                "due": flow.due,
                "partner": flow.partner,
                "amount": money::money(flow.amount, flow.decimals),
                "sum": money::money(*sum, flow.decimals),
                "currency": flow.currency,
                "source": flow.source.words(),
            })
        })
        .collect();
    session.output().print(&value, |_| {
        if flows.is_empty() {
            return format!("nothing is known that {} will pay or receive", names.get(me));
        }
        let rows = flows.iter().zip(&sums).map(|(flow, sum)| {
            [
                output::moment(flow.due),
                money::grouped(flow.amount, flow.decimals),
                flow.currency.to_string(),
                money::grouped(*sum, flow.decimals),
                flow.partner
                    .map_or_else(|| "all".into(), |partner| names.get(partner)),
                flow.source.words(),
            ]
        });
        let head = [
            "Due (UTC)",
            "Receives (pays)",
            "Currency",
            "Together",
            "With",
            "From",
        ];
        format!("For {}:\n{}", names.get(me), output::table(head, &[1, 3], rows))
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_should_run_in_each_currency_when_there_are_several() {
        let flow = |currency, amount| Flow {
            due: 0,
            partner: None,
            amount,
            decimals: 2,
            currency,
            source: Source::Cycle(CycleId(0)),
        };
        let usd: Currency = "USD".parse().unwrap();
        let flows = [
            flow(Currency::EUR, -500),
            flow(Currency::EUR, 200),
            flow(usd, 7),
            flow(Currency::EUR, 400),
        ];
        assert_eq!(sums(&flows), [-500, -300, 7, 100]);
    }

    #[test]
    fn an_escrow_should_pay_once_when_there_are_several_months() {
        let mut held = 700;
        assert_eq!(paid_ahead(&mut held, 200), 0, "it is received");
        assert_eq!(paid_ahead(&mut held, -500), 500);
        assert_eq!(paid_ahead(&mut held, -500), 200);
        assert_eq!((paid_ahead(&mut held, -500), held), (0, 0));
    }
}
