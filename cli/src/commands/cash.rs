//! `interclear cash`: what the next netting cycles will take and bring.

use crate::{
    arguments::Who,
    commands::{
        agreement::found::{months_of, scale_of},
        dispute,
        obligations::{self, Owed},
        statement::Vouchers,
    },
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
    Moment, DAY,
};
use serde_json::json;
use std::collections::BTreeMap;

/// What the next cycles will take and bring.
#[derive(Args)]
pub struct CashArgs {
    #[command(subcommand)]
    command: CashCommand,
}

#[derive(Subcommand)]
enum CashCommand {
    /// Show everything that is known to be paid or received, by day: positions of cycles, obligations, late interest so
    /// far, and statements that silence will affirm, less what is in dispute, what the payer's own escrow pays, and what is carried
    /// forward, which has a line of its own.
    Forecast {
        #[command(flatten)]
        who: Who,
    },
}

/// Why something will be paid.
enum Source {
    /// With what debtors say to have paid elsewhere of the obligations in it.
    Cycle(CycleId, Vec<String>),
    /// Whether it is paid gross, and what its debtor says to have paid of it elsewhere.
    Obligation(ObligationId, bool, Option<String>),
    Interest(ObligationId),
    Statement(AgreementId, Period, Stated),
    /// What statements have left for a later one, as it is less than the agreed minimum.
    Carried(AgreementId),
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
    /// Less than which it is, and so carried forward.
    minimum: Option<String>,
    /// What was carried forward to it.
    carried: Option<String>,
    /// What the payer's escrow pays of it, where that is the other one's.
    secured: i128,
}

impl Source {
    fn words(&self) -> String {
        match self {
            Self::Cycle(cycle, claims) => {
                let claims = claims.iter().map(|claim| format!("; {claim}"));
                format!("cycle {cycle}{}", claims.collect::<String>())
            }
            Self::Carried(agreement) => format!(
                "carried forward under agreement {agreement}, as it is less than the agreed minimum: owed with a later statement, or by \
                 `statement book-carried` once it has waited for a year or the agreement has ended"
            ),
            Self::Obligation(id, gross, claimed) => {
                let how = if *gross {
                    "to be paid gross"
                } else {
                    "in no cycle yet"
                };
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
                let minimum = stated.minimum.as_ref().map_or_else(String::new, |minimum| {
                    format!("; carried forward, as it is less than {minimum}")
                });
                let carried = stated.carried.as_ref().map_or_else(String::new, |amount| {
                    format!("; with {amount} carried forward to it")
                });
                format!(
                    "statement of {period} under agreement {agreement}, not affirmed by both \
                     yet{disputes}{vouchers}{escrow}{minimum}{carried}"
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
        let names = Names::of(&chain).await?;
        let owed = obligations::of(&chain, me).await?;
        let mut flows = in_cycles(&chain, me, &owed).await?;
        for owed in owed {
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
        flows.extend(stated(&chain, me, None).await?);
        flows.sort_by_key(|flow| (flow.currency, flow.due));
        // Of statements that are not affirmed what is in dispute is told above.
        let told = |agreement: AgreementId, period: Period| {
            flows.iter().any(|flow| {
                matches!(flow.source, Source::Statement(of, month, _) if (of, month) == (agreement, period))
            })
        };
        let mut withheld = dispute::withheld_of(&chain, me).await?;
        withheld.retain(|one| !told(one.agreement, one.period));
        let withheld: Vec<String> = withheld.iter().map(|one| one.words(&names)).collect();
        print(session, &names, me, &flows, &withheld)
    }
}

/// What positions of cycles that are not finished come to.
async fn in_cycles(chain: &Chain, me: OperatorId, owed: &[Owed]) -> Result<Vec<Flow>, CommandError> {
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
                source: Source::Cycle(id, obligations::claimed_in(id, owed)),
            });
        }
    }
    Ok(flows)
}

/// What statements with one other come to that are not affirmed by both, and what is carried forward: what is not owed yet, and will be.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Awaited {
    pub(super) decimals: u8,
    /// What will be received (positive) or paid.
    pub(super) amount: i128,
    /// What of it the other one's escrow pays.
    pub(super) secured: i128,
}

/// Likewise, by currency.
///
/// # Errors
/// The connection broke.
pub(super) async fn awaited(
    chain: &Chain,
    me: OperatorId,
    partner: OperatorId,
) -> Result<BTreeMap<Currency, Awaited>, CommandError> {
    Ok(added_up(&stated(chain, me, Some(partner)).await?))
}

fn added_up(flows: &[Flow]) -> BTreeMap<Currency, Awaited> {
    let mut sums = BTreeMap::<Currency, Awaited>::new();
    for flow in flows {
        let secured = match &flow.source {
            Source::Statement(_, _, stated) => stated.secured,
            _ => 0,
        };
        let sum = sums.entry(flow.currency).or_default();
        sum.decimals = flow.decimals;
        sum.amount = sum.amount.saturating_add(flow.amount);
        sum.secured = sum.secured.saturating_add(secured);
    }
    sums.retain(|_, sum| sum.amount != 0 || sum.secured != 0);
    sums
}

/// What statements come to that are not affirmed yet, with all or with one other: due as if silence affirmed them.
async fn stated(chain: &Chain, me: OperatorId, with: Option<OperatorId>) -> Result<Vec<Flow>, CommandError> {
    let mut flows = Vec::new();
    for id in chain.agreements_of(me).await? {
        let Some(found) = chain.agreement(id).await? else {
            continue;
        };
        if with.is_some_and(|with| !found.parties.contains(&with)) {
            continue;
        }
        // Positive: the first party owes the second.
        let first_party = found.party_index(me) == Some(0);
        let [of_first, of_second] = chain.escrows(id).await?;
        let (mut escrow, mut of_other) = match first_party {
            true => (of_first, of_second),
            false => (of_second, of_first),
        };
        let mut carried = Carried::of(chain, id).await?;
        let mut last = None;
        for period in months_of(&found, now()).into_iter().rev() {
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
                // Another month must follow with which it can be owed.
                let waits = found.version_in(period.next()).is_some();
                let (before, booked) = (
                    carried.net,
                    carried.book(
                        (left, net.saturating_sub(payable)),
                        statement.minimum,
                        waits,
                        statement.affirm_by,
                    ),
                );
                last = Some((statement.decimals, statement.currency));
                let minimum = (carried.net != 0).then(|| {
                    format!(
                        "{} {}",
                        money::grouped_unsigned(statement.minimum, statement.decimals),
                        statement.currency
                    )
                });
                let taken_over = (before != 0 && carried.net == 0)
                    .then(|| money::grouped(mine(before), statement.decimals));
                let ahead = escrow
                    .as_mut()
                    .filter(|escrow| escrow.currency == statement.currency)
                    .map_or(0, |escrow| paid_ahead(&mut escrow.held, mine(booked)));
                let secured = of_other
                    .as_mut()
                    .filter(|escrow| escrow.currency == statement.currency)
                    .map_or(0, |escrow| {
                        paid_ahead(&mut escrow.held, mine(booked).saturating_neg())
                    });
                flows.push(Flow {
                    due: statement.due,
                    partner: found.parties.into_iter().find(|party| *party != me),
                    amount: mine(booked).saturating_add(ahead),
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
                            minimum,
                            carried: taken_over,
                            secured,
                        },
                    ),
                });
            }
        }
        if carried.net != 0 {
            let (decimals, currency) = match last {
                Some(scale) => scale,
                None => scale_of(chain, id, &found).await?,
            };
            flows.push(Flow {
                due: carried.since.saturating_add(CARRIED_FOR),
                partner: found.parties.into_iter().find(|party| *party != me),
                amount: if first_party {
                    carried.net.saturating_neg()
                } else {
                    carried.net
                },
                decimals,
                currency,
                source: Source::Carried(id),
            });
        }
    }
    Ok(flows)
}

/// How long anything is carried forward, as in `pallet-statements`.
const CARRIED_FOR: Moment = 365 * DAY;

/// What is carried forward under an agreement: what the first party owes the second, and since when.
struct Carried {
    net: i128,
    since: Moment,
}

impl Carried {
    async fn of(chain: &Chain, agreement: AgreementId) -> Result<Self, CommandError> {
        let found = chain.carried_forward(agreement).await?;
        Ok(found.map_or(Self { net: 0, since: 0 }, |found| Self {
            net: found.net.clear().unwrap_or_default(),
            since: found.since,
        }))
    }

    /// What becomes owed when a statement leaves `rest` at a moment: that and what was carried forward, or nothing, where both are less
    /// than the minimum together, with what disputes withhold of it, and may wait.
    fn book(&mut self, (rest, withheld): (i128, i128), minimum: u128, waits: bool, at: Moment) -> i128 {
        if self.net == 0 {
            self.since = at;
        }
        let sum = self.net.saturating_add(rest);
        let waits = waits && at < self.since.saturating_add(CARRIED_FOR);
        let whole = sum.saturating_add(withheld);
        match waits && sum.unsigned_abs().max(whole.unsigned_abs()) < minimum {
            true => {
                self.net = sum;
                0
            }
            false => {
                self.net = 0;
                sum
            }
        }
    }
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

fn print(
    session: &Session,
    names: &Names,
    me: OperatorId,
    flows: &[Flow],
    withheld: &[String],
) -> Result<(), CommandError> {
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
        let withheld: String = withheld.iter().map(|words| format!("\n{words}")).collect();
        if flows.is_empty() {
            return format!(
                "nothing is known that {} will pay or receive{withheld}",
                names.get(me)
            );
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
        let table = output::table(head, &[1, 3], rows);
        format!("For {}:\n{table}{withheld}", names.get(me))
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
            source: Source::Cycle(CycleId(0), Vec::new()),
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
    fn what_is_stated_should_be_told_with_what_is_paid_ahead_of_it_when_it_is_not_owed_yet() {
        let flow = |amount, source| Flow {
            due: 0,
            partner: Some(OperatorId(1)),
            amount,
            decimals: 2,
            currency: Currency::EUR,
            source,
        };
        let stated = |secured| {
            let stated = Stated {
                secured,
                ..Stated::default()
            };
            Source::Statement(AgreementId(0), Period(202_610), stated)
        };
        let sums = added_up(&[
            flow(19_696, stated(5_000)),
            flow(-1_000, stated(0)),
            flow(300, Source::Carried(AgreementId(1))),
        ]);
        let sum = Awaited {
            decimals: 2,
            amount: 18_996,
            secured: 5_000,
        };
        assert_eq!(sums, BTreeMap::from([(Currency::EUR, sum)]));
        let even = [flow(700, stated(0)), flow(-700, stated(0))];
        assert_eq!(added_up(&even), BTreeMap::new());
    }

    #[test]
    fn an_obligation_should_not_sound_paid_when_it_is_to_be_paid_gross() {
        let words = |gross| Source::Obligation(ObligationId(7), gross, None).words();
        assert_eq!(words(true), "obligation 7, to be paid gross");
        assert_eq!(words(false), "obligation 7, in no cycle yet");
    }

    #[test]
    fn what_is_less_than_the_minimum_should_be_carried_forward_until_it_is_more_or_a_year_has_passed() {
        let mut carried = Carried { net: 0, since: 0 };
        assert_eq!(carried.book((40, 0), 50, true, 1_000), 0);
        assert_eq!((carried.net, carried.since), (40, 1_000));
        assert_eq!(
            carried.book((-60, 0), 50, true, 2_000),
            0,
            "20 the other way round"
        );
        assert_eq!((carried.net, carried.since), (-20, 1_000));
        assert_eq!(
            carried.book((-30, 0), 50, true, 3_000),
            -50,
            "no less than the minimum"
        );
        assert_eq!(carried.net, 0);

        assert_eq!(
            carried.book((40, 60), 50, true, 4_000),
            40,
            "what is in dispute counts"
        );
        assert_eq!(carried.book((40, 0), 50, false, 4_000), 40, "no month follows");
        assert_eq!(carried.book((40, 0), 0, true, 4_000), 40, "no minimum");
        assert_eq!(carried.book((40, 0), 50, true, 5_000), 0);
        let year = 365 * DAY;
        assert_eq!(carried.book((1, 0), 50, true, 5_000 + year), 41);
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
