//! `interclear cycle`: netting, funding and payment.

mod verify;

use crate::{
    arguments::{moment, time},
    commands::{dispute, frozen, index::MaybeBooks, obligations, reserves::token_of},
    error::CommandError,
    exit::Exit,
    names::Names,
    output::{self, count},
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::{Call, Chain, Receipt},
    money,
    time::now,
};
use interclear_primitives::{
    ids::{CycleId, TokenId},
    money::Currency,
    netting::{Cycle, CyclePhase, Position},
    Moment,
};
use serde_json::{json, Value as Json};

/// Netting cycles: everybody pays or receives one amount.
#[derive(Args)]
pub struct CycleArgs {
    #[command(subcommand)]
    command: CycleCommand,
}

#[derive(Subcommand)]
enum CycleCommand {
    /// Open a cycle out of turn; by a motion of the council.
    Open {
        /// The token in which the cycle pays.
        #[arg(long)]
        token: TokenId,
        /// Obligations due on the days before its day (UTC) are taken in: now, +2h, 2026-12-01 or 2026-12-01T12:00:00 (UTC).
        /// On a test network, those of its day, too.
        #[arg(long, value_parser = moment, default_value = "now")]
        cut_off: Moment,
        /// How long debtors have to fund, from the cut-off: 24h or 2d; at least a day. Saturdays and Sundays (UTC) do not count.
        #[arg(long, value_parser = time, default_value = "1d")]
        fund_within: Moment,
    },
    /// List when cycles open by themselves.
    Schedules,
    /// Have cycles in a token open by themselves, or no longer; by a motion of the council.
    Schedule {
        /// The token in which the cycle pays.
        #[arg(long)]
        token: TokenId,
        /// The first cut-off, in the future: 2026-12-01T12:00:00 (UTC) or +2d. The following ones are at the same time of the day.
        #[arg(long, value_parser = moment, required_unless_present = "end")]
        first: Option<Moment>,
        /// Days from one cut-off to the next.
        #[arg(long, default_value_t = 7)]
        every: u16,
        /// How long debtors have to fund, from each cut-off: 24h or 2d; at least a day. Saturdays and Sundays (UTC) do not count.
        #[arg(long, value_parser = time, default_value = "1d")]
        fund_within: Moment,
        /// No cycle opens by itself any more.
        #[arg(long, conflicts_with = "first")]
        end: bool,
    },
    /// End the announcement once the cut-off has been reached: due obligations are collected from then on.
    Collect {
        /// The cycle's number.
        cycle: CycleId,
    },
    /// Compute the net positions, in as many steps as it takes.
    Compute {
        /// The cycle's number.
        cycle: CycleId,
        /// Daily sums of operators to process per step.
        #[arg(long, default_value_t = STEP)]
        step: u32,
    },
    /// Put your amount on hold, as a treasury desk of a net debtor.
    Fund {
        /// The cycle's number.
        cycle: CycleId,
    },
    /// Pay everybody, or nobody.
    Settle {
        /// The cycle's number.
        cycle: CycleId,
    },
    /// After the funding deadline: exclude debtors that have not funded, and compute the rest again.
    ExcludeDefaulters {
        /// The cycle's number.
        cycle: CycleId,
        /// Daily sums of operators to process per step, or sixteen times the pairs of operators.
        #[arg(long, default_value_t = STEP)]
        step: u32,
    },
    /// Release a hold that could not be released with its cycle.
    Release {
        /// The cycle's number.
        cycle: CycleId,
    },
    /// Cancel a cycle that is only announced, so that its token is free for another one; by a motion of the council.
    Cancel {
        /// The cycle's number.
        cycle: CycleId,
    },
    /// List the newest cycles, also those that are settled or cancelled.
    List,
    /// Compute a cycle once more, here, from the obligations that it has taken in, and compare every position. Exits with status 1
    /// if anything differs. Cycles that the chain has forgotten are taken from a database of your own.
    Verify {
        /// The cycle's number.
        cycle: CycleId,
        #[command(flatten)]
        books: MaybeBooks,
    },
    /// Show a cycle with all net positions.
    Show {
        /// The cycle; the newest unless given.
        cycle: Option<CycleId>,
    },
}

/// What a step looks at: fits into a block with other calls.
const STEP: u32 = 4_096;
/// Most steps of a computation: far more than a cycle of any size needs.
const MAX_STEPS: u32 = 10_000;

impl CycleArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let done: Result<(), CommandError> = match self.command {
            CycleCommand::Open {
                token,
                cut_off,
                fund_within,
            } => {
                let chain = session.chain_to_sign().await?;
                Limits::of(&chain).await?.check(now(), cut_off, fund_within)?;
                let call = calls::open_cycle(token, cut_off, fund_within);
                session.put_to_council_of(&chain, call).await
            }
            CycleCommand::Schedules => schedules(session).await,
            CycleCommand::Schedule {
                token,
                first,
                every,
                fund_within,
                ..
            } => {
                let chain = session.chain_to_sign().await?;
                if first.is_some() {
                    Limits::of(&chain).await?.check_funding(fund_within)?;
                }
                let turns = first.map(|first| (first, every, fund_within));
                session
                    .put_to_council_of(&chain, calls::set_schedule(token, turns))
                    .await
            }
            CycleCommand::Collect { cycle } => {
                still_open(&session.chain_to_sign().await?, cycle).await?;
                session
                    .execute_and_report(
                        &calls::collect(cycle),
                        &format!("cycle {cycle} is collecting; next: interclear cycle compute {cycle}"),
                    )
                    .await
            }
            CycleCommand::Compute { cycle, step } => {
                in_steps(session, cycle, calls::compute(cycle, step), step).await
            }
            CycleCommand::Fund { cycle } => fund(session, cycle).await,
            CycleCommand::Settle { cycle } => settle(session, cycle).await,
            CycleCommand::ExcludeDefaulters { cycle, step } => {
                session.confirm(&format!(
                    "Whoever has not funded cycle {cycle} is excluded from it, with all that it owes and is owed."
                ))?;
                in_steps(session, cycle, calls::exclude_defaulters(cycle, step), step).await
            }
            CycleCommand::Release { cycle } => {
                session
                    .execute_and_report(
                        &calls::release(cycle),
                        &format!("the hold for cycle {cycle} is released"),
                    )
                    .await
            }
            CycleCommand::Cancel { cycle } => session.put_to_council(calls::cancel_cycle(cycle)).await,
            CycleCommand::List => list(session).await,
            CycleCommand::Verify { cycle, books } => {
                return verify::run(session, cycle, books.database.as_deref()).await
            }
            CycleCommand::Show { cycle } => {
                let chain = session.chain().await?;
                let cycle = match cycle {
                    Some(cycle) => cycle,
                    None => chain.latest_cycle().await?.ok_or_else(|| {
                        CommandError::NotFound(
                            "netting cycle yet; `interclear cycle schedules` tells when one opens".into(),
                        )
                    })?,
                };
                show(session, &chain, cycle).await
            }
        };
        done.map(|()| Exit::Done)
    }
}

/// What the chain allows for the times of a cycle, in seconds.
struct Limits {
    ahead: Moment,
    /// Of working time.
    least: Moment,
    most: Moment,
    /// A test network, where nobody waits.
    test: bool,
}

/// What debtors have on a test network.
const TEST_FUNDING_TIME: Moment = 3_600;

impl Limits {
    async fn of(chain: &Chain) -> Result<Self, CommandError> {
        let constant = |name| chain.constant::<Moment>("Netting", name);
        let (ahead, least, most, test) = futures::try_join!(
            constant("MaxCutOffAhead"),
            constant("MinFundingTime"),
            constant("MaxFundingTime"),
            chain.stored::<bool>("Netting", "TestNetwork")
        )?;
        Ok(Self {
            ahead,
            least,
            most,
            test: test.unwrap_or_default(),
        })
    }

    /// What the chain would refuse, with its figures.
    fn check(&self, now: Moment, cut_off: Moment, funding: Moment) -> Result<(), CommandError> {
        if cut_off > now.saturating_add(self.ahead) {
            return Err(CommandError::Invalid(format!(
                "the cut-off is too far ahead: at most {} from now, so until {} UTC",
                output::duration(self.ahead),
                output::moment(now.saturating_add(self.ahead))
            )));
        }
        self.check_funding(funding)
    }

    fn check_funding(&self, funding: Moment) -> Result<(), CommandError> {
        let least = match self.test {
            true => TEST_FUNDING_TIME,
            false => self.least,
        };
        let (what, bound) = if funding < least {
            ("too little time to fund: at least", least)
        } else if funding > self.most {
            ("too much time to fund: at most", self.most)
        } else {
            return Ok(());
        };
        Err(CommandError::Invalid(format!(
            "{what} {} (--fund-within)",
            output::duration(bound)
        )))
    }
}

/// When cycles open by themselves.
async fn schedules(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let found = chain.schedules().await?;
    session.output().print(&found, |_| {
        if found.is_empty() {
            return "no cycle opens by itself: the council opens each one".into();
        }
        let rows = found.iter().map(|one| {
            [
                one.token.to_string(),
                output::moment(one.next),
                count(one.every_days, "day", "days"),
                output::duration(one.funding),
            ]
        });
        let head = [
            "Token",
            "Next cut-off (UTC)",
            "Every",
            "To fund, without weekends",
        ];
        output::table(head, &[0], rows)
    })?;
    Ok(())
}

/// What an operator has to put on hold; or why that is nothing.
fn to_fund(id: CycleId, phase: CyclePhase, name: &str, position: Option<&Position>) -> Result<u128, String> {
    if matches!(phase, CyclePhase::Announced | CyclePhase::Collecting) {
        return Err(format!(
            "cycle {id} is {}, and nobody knows yet what it takes{}",
            phase.word(),
            next_step(id, phase, 0)
        ));
    }
    let look = format!("interclear cycle show {id}");
    match position {
        None => Err(format!("{name} has nothing in cycle {id}: {look}")),
        Some(position) if position.excluded => Err(format!(
            "{name} is excluded from cycle {id}: what it owes is open again, and the next cycle takes it in"
        )),
        Some(position) => match position.net.clear() {
            Ok(net) if net < 0 => Ok(net.unsigned_abs()),
            _ => Err(format!("{name} pays nothing with cycle {id}: {look}")),
        },
    }
}

/// Puts on hold what the operator pays, and says before what of it is claimed to have been paid elsewhere.
async fn fund(session: &Session, id: CycleId) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    still_open(&chain, id).await?;
    let (found, decimals) = scale(&chain, id).await?;
    let operator = session.operator(&chain).await?;
    let positions = chain.positions(id).await?;
    let position = positions.iter().find(|(who, _)| *who == operator);
    let position = position.map(|(_, position)| position);
    let names = Names::of(&chain).await?;
    let name = names.get(operator);
    let pays = to_fund(id, found.phase, &name, position)
        .map_err(|reason| CommandError::Invalid(format!("nothing was sent: {reason}")))?;
    let account = session.account()?;
    frozen::ensure_spendable(&chain, found.token, &account).await?;
    // What is on hold already is replaced where its account has been frozen since; else the chain says so.
    if position.is_some_and(|position| position.held == 0) {
        let (free, _) = chain.balance(found.token, account).await?;
        enough(free, pays, decimals, &found.currency.to_string())?;
    }
    let owed = obligations::of(&chain, operator).await?;
    let owed: Vec<_> = owed
        .into_iter()
        .filter(|one| one.obligation.debtor == operator)
        .collect();
    for claim in obligations::claimed_in(id, &owed) {
        output::warn(&format!(
            "warning: {claim}: the cycle pays it as well, and its creditor then sends the bank's money back"
        ));
    }
    for withheld in dispute::withheld_of(&chain, operator).await? {
        output::note(&format!("{}: the cycle does not pay it", withheld.words(&names)));
    }
    session.confirm(&funding(id, &name, pays, decimals, found.currency))?;
    let receipt = session.execute(&chain, &calls::fund(id)).await?;
    let held = receipt.funded()?;
    let done = format!(
        "{} {} are on hold for cycle {id}; once all debtors have funded: interclear cycle settle {id}",
        money::grouped_unsigned(held, decimals),
        found.currency
    );
    let more = json!({ "cycle": id, "held": money::unsigned(held, decimals), "currency": found.currency });
    session.report(&receipt, &done, more)
}

/// What a person is asked about before a cycle is funded.
fn funding(id: CycleId, name: &str, pays: u128, decimals: u8, currency: Currency) -> String {
    format!(
        "{} {currency} that {name} pays with cycle {id} are put on hold.",
        money::grouped_unsigned(pays, decimals)
    )
}

/// Fails where an account has too few tokens, and says how many are missing.
fn enough(free: u128, pays: u128, decimals: u8, currency: &str) -> Result<(), CommandError> {
    // One minor unit must stay on the account while there is a hold.
    let needed = pays.saturating_add(1);
    if free >= needed {
        return Ok(());
    }
    let amount = |minor| money::grouped_unsigned(minor, decimals);
    Err(CommandError::Invalid(format!(
        "{} {currency} are to be put on hold and one minor unit must stay, but the account has {} that it can spend: {} are \
         missing; the issuer mints them, or another desk sends them with `interclear token transfer`",
        amount(pays),
        amount(free),
        amount(needed.saturating_sub(free))
    )))
}

async fn cycle_of(chain: &Chain, id: CycleId) -> Result<Cycle, CommandError> {
    chain.cycle(id).await?.ok_or_else(|| {
        CommandError::NotFound(format!(
            "cycle {id}; `interclear cycle list` lists those that are kept"
        ))
    })
}

/// Fails where a cycle has ended, and says how and when.
async fn still_open(chain: &Chain, id: CycleId) -> Result<(), CommandError> {
    let cycle = cycle_of(chain, id).await?;
    match ended(&cycle) {
        Some(how) => Err(CommandError::Invalid(format!(
            "cycle {id} {how}; nothing was sent"
        ))),
        None => Ok(()),
    }
}

/// How a cycle has ended, if it has.
fn ended(cycle: &Cycle) -> Option<String> {
    let over = matches!(cycle.phase, CyclePhase::Settled | CyclePhase::Cancelled);
    let at = cycle
        .finished_at
        .map(|at| format!(" at {} UTC", output::moment(at)));
    over.then(|| format!("was {}{}", cycle.phase.word(), at.unwrap_or_default()))
}

/// A cycle, and the decimals of its amounts.
async fn scale(chain: &Chain, id: CycleId) -> Result<(Cycle, u8), CommandError> {
    let cycle = cycle_of(chain, id).await?;
    let decimals = token_of(chain, cycle.token).await?.decimals;
    Ok((cycle, decimals))
}

/// Runs a first call, then computes until the positions stand.
async fn in_steps(session: &Session, id: CycleId, first: Call, step: u32) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    still_open(&chain, id).await?;
    let mut receipt: Receipt = session.execute(&chain, &first).await?;
    for _ in 0..MAX_STEPS {
        // What is final is what is read, so this is never older than the receipt.
        let stands = cycle_of(&chain, id).await?.phase;
        if stands != CyclePhase::Collecting {
            let done = format!("cycle {id} is {}", stands.word());
            if session.output().json {
                return session.report(&receipt, &done, json!({ "cycle": id, "phase": stands.word() }));
            }
            session.report(&receipt, &done, json!({}))?;
            return show(session, &chain, id).await;
        }
        receipt = session.execute(&chain, &calls::compute(id, step)).await?;
    }
    Err(CommandError::Invalid(format!(
        "cycle {id} is still collecting after {MAX_STEPS} steps; take larger ones with --step"
    )))
}

async fn settle(session: &Session, id: CycleId) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    still_open(&chain, id).await?;
    let (cycle, decimals) = scale(&chain, id).await?;
    session.confirm(&format!(
        "Cycle {id} is settled: its debtors pay {} {} together. That is final.",
        money::grouped_value(&cycle.net, decimals),
        cycle.currency
    ))?;
    let receipt = session.execute(&chain, &calls::settle(id)).await?;
    let paid = receipt.payments()?;
    let names = Names::of(&chain).await?;
    let rows: Vec<_> = paid
        .iter()
        .map(|paid| json!({ "from": paid.from, "to": paid.to, "amount": money::unsigned(paid.amount, decimals) }))
        .collect();
    if session.output().json {
        return session.report(&receipt, "", json!({ "cycle": id, "paid": rows }));
    }
    session.report(&receipt, &format!("cycle {id} is settled"), json!({}))?;
    session.output().print(&(), |()| {
        let rows = paid.iter().map(|paid| {
            [
                names.get(paid.from),
                names.get(paid.to),
                money::grouped_unsigned(paid.amount, decimals),
                cycle.currency.to_string(),
            ]
        });
        output::table(["Paid by", "Paid to", "Amount", "Currency"], &[2], rows)
    })?;
    Ok(())
}

/// Cycles that are listed.
const NEWEST: u32 = 50;

/// What machines are told of a cycle in lists, and with more when it is shown.
fn json_of(id: CycleId, cycle: &Cycle, decimals: u8) -> Json {
    json!({
        "id": id,
        "token": cycle.token,
        "currency": cycle.currency,
        "phase": cycle.phase,
        "cut_off": cycle.cut_off,
        "fund_by": cycle.fund_by,
        "obligations": cycle.obligations,
        "gross": money::value(&cycle.gross, decimals),
        "net": money::value(&cycle.net, decimals),
        "finished_at": cycle.finished_at,
    })
}

async fn list(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let tokens = chain.tokens().await?;
    let mut cycles = Vec::new();
    if let Some(CycleId(newest)) = chain.latest_cycle().await? {
        for id in (newest.saturating_sub(NEWEST - 1)..=newest).rev().map(CycleId) {
            if let Some(cycle) = chain.cycle(id).await? {
                let token = tokens.iter().find(|(token, _)| *token == cycle.token);
                cycles.push((id, token.map_or(0, |(_, token)| token.decimals), cycle));
            }
        }
    }
    let value: Vec<_> = cycles
        .iter()
        .map(|(id, decimals, cycle)| json_of(*id, cycle, *decimals))
        .collect();
    session.output().print(&value, |_| {
        if cycles.is_empty() {
            return "there is no netting cycle yet: interclear cycle schedules tells when one opens".into();
        }
        let rows = cycles.iter().map(|(id, decimals, cycle)| {
            [
                id.to_string(),
                cycle.phase.word().into(),
                output::moment(cycle.cut_off),
                output::number(cycle.obligations),
                money::grouped_value(&cycle.gross, *decimals),
                money::grouped_value(&cycle.net, *decimals),
                cycle.currency.to_string(),
                cycle.finished_at.map_or_else(String::new, output::moment),
            ]
        });
        let head = [
            "Cycle",
            "Phase",
            "Cut-off (UTC)",
            "Obligations",
            "Gross",
            "Net",
            "Currency",
            "Ended (UTC)",
        ];
        output::table(head, &[0, 3, 4, 5], rows)
    })?;
    Ok(())
}

/// What a cycle waits for, as a line with the command that does it.
fn next_step(id: CycleId, phase: CyclePhase, unfunded: u32) -> String {
    match (phase, unfunded) {
        (CyclePhase::Announced, _) => {
            format!("\nAfter the cut-off: interclear cycle collect {id} && interclear cycle compute {id}")
        }
        (CyclePhase::Collecting, _) => format!("\nNext: interclear cycle compute {id}"),
        (CyclePhase::Computed | CyclePhase::Funding, 0) => format!("\nNext: interclear cycle settle {id}"),
        (CyclePhase::Computed | CyclePhase::Funding, _) => format!(
            "\nEach debtor's treasury: interclear cycle fund {id}\nFor debtors that have not funded in time: interclear cycle \
             exclude-defaulters {id}"
        ),
        (CyclePhase::Settled | CyclePhase::Cancelled, _) => String::new(),
    }
}

/// Whether an operator has done its part, for a column.
fn funded(position: &Position, phase: CyclePhase) -> &'static str {
    let pays = position.net.clear().is_ok_and(|net| net < 0);
    match (position.excluded, phase) {
        (true, _) => "excluded",
        (_, CyclePhase::Computed | CyclePhase::Funding) if pays && position.held == 0 => "not funded",
        (_, CyclePhase::Computed | CyclePhase::Funding) if pays => "funded",
        _ => "",
    }
}

async fn show(session: &Session, chain: &Chain, id: CycleId) -> Result<(), CommandError> {
    let (cycle, decimals) = scale(chain, id).await?;
    let positions = chain.positions(id).await?;
    let names = Names::of(chain).await?;
    let mut value = json_of(id, &cycle, decimals);
    value["unfunded"] = cycle.unfunded.into();
    value["parties"] = cycle.parties.into();
    value["positions"] = positions
        .iter()
        .map(|(operator, position)| {
            json!({
                "operator": operator,
                "net": money::value(&position.net, decimals),
                "carried": money::value(&position.carried, decimals),
                "held": money::unsigned(position.held, decimals),
                "excluded": position.excluded,
            })
        })
        .collect();
    session.output().print(&value, |_| {
        let amount = |value| money::grouped_value(value, decimals);
        let rows = positions.iter().map(|(operator, position)| {
            let note = funded(position, cycle.phase);
            let held = money::grouped_unsigned(position.held, decimals);
            [
                names.get(*operator),
                amount(&position.net),
                amount(&position.carried),
                held,
                note.into(),
            ]
        });
        format!(
            "Cycle {id} in token {} ({}): {}\nCut-off {} UTC, to be funded until (UTC) {}\n\
             {} of {} {} net to {}; {} not funded\n{}{}",
            cycle.token,
            cycle.currency,
            cycle.phase.word(),
            output::moment(cycle.cut_off),
            match cycle.is_finished() {
                true => output::moment(cycle.fund_by),
                false => output::left(cycle.fund_by, now()),
            },
            count(cycle.obligations, "obligation", "obligations"),
            amount(&cycle.gross),
            cycle.currency,
            amount(&cycle.net),
            count(cycle.unfunded, "net debtor has", "net debtors have"),
            output::table(
                ["Operator", "Receives (pays)", "Carried", "On hold", ""],
                &[1, 2, 3],
                rows
            ),
            next_step(id, cycle.phase, cycle.unfunded),
        )
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::money::Value;

    #[test]
    fn a_cycle_should_tell_its_next_step_when_it_has_one() {
        let id = CycleId(3);
        let next = |phase, unfunded| next_step(id, phase, unfunded).trim().to_owned();
        assert_eq!(next(CyclePhase::Computed, 0), "Next: interclear cycle settle 3");
        assert!(next(CyclePhase::Funding, 2).starts_with("Each debtor's treasury: interclear cycle fund 3"));
        assert!(next(CyclePhase::Announced, 0).contains("cycle collect 3 && interclear cycle compute 3"));
        assert_eq!(next(CyclePhase::Settled, 0), "");
    }

    #[test]
    fn a_position_should_tell_whether_it_is_funded_when_it_pays_and_the_cycle_waits() {
        let position = |net, held| Position {
            net: Value::Clear(net),
            held,
            ..Position::default()
        };
        let note = |position: &Position| funded(position, CyclePhase::Funding);
        assert_eq!(note(&position(-5, 0)), "not funded");
        assert_eq!(note(&position(-5, 5)), "funded");
        assert_eq!(note(&position(5, 0)), "");
        assert_eq!(funded(&position(-5, 0), CyclePhase::Settled), "");
        let excluded = Position {
            excluded: true,
            ..position(-5, 0)
        };
        assert_eq!(note(&excluded), "excluded");
    }

    #[test]
    fn funding_should_say_why_nothing_is_to_be_funded_when_an_operator_pays_nothing() {
        let position = |net, excluded| Position {
            net: Value::Clear(net),
            excluded,
            ..Position::default()
        };
        let id = CycleId(3);
        let of = |phase, position: Option<Position>| to_fund(id, phase, "1 Alpha", position.as_ref());
        let computed = CyclePhase::Computed;
        assert_eq!(of(computed, Some(position(-500, false))), Ok(500));
        let held = Position {
            held: 500,
            ..position(-500, false)
        };
        assert_eq!(of(CyclePhase::Funding, Some(held)), Ok(500));
        for (phase, position, words) in [
            (CyclePhase::Collecting, None, "Next: interclear cycle compute 3"),
            (
                computed,
                None,
                "1 Alpha has nothing in cycle 3: interclear cycle show 3",
            ),
            (
                computed,
                Some(position(500, false)),
                "1 Alpha pays nothing with cycle 3",
            ),
            (
                computed,
                Some(position(0, false)),
                "1 Alpha pays nothing with cycle 3",
            ),
            (
                computed,
                Some(position(-500, true)),
                "1 Alpha is excluded from cycle 3",
            ),
        ] {
            let said = of(phase, position).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
    }

    #[test]
    fn times_should_be_refused_with_their_figures_when_the_chain_would_refuse_them() {
        let production = Limits {
            ahead: 259_200,
            least: 86_400,
            most: 1_209_600,
            test: false,
        };
        let said = |limits: &Limits, cut_off, funding| {
            let refused = limits.check(1_000_000_000, cut_off, funding).err();
            refused.map(|error| error.to_string())
        };
        assert_eq!(said(&production, 0, 86_400), None);
        assert_eq!(
            said(&production, 0, 86_399).as_deref(),
            Some("too little time to fund: at least 1 d 00 h (--fund-within)")
        );
        let far = said(&production, 1_000_259_201, 86_400);
        assert!(far.is_some_and(|said| said.contains("too far ahead: at most 3 d 00 h")));
        let long = said(&production, 0, 1_209_601);
        assert!(long.is_some_and(|said| said.contains("at most 14 d 00 h")));
        let test = Limits {
            test: true,
            ..production
        };
        assert_eq!(said(&test, 0, 3_600), None);
        assert_eq!(
            said(&test, 0, 3_599).as_deref(),
            Some("too little time to fund: at least 1 h 00 min (--fund-within)")
        );
    }

    #[test]
    fn funding_should_say_what_is_missing_when_an_account_has_too_little() {
        assert!(enough(101, 100, 2, "EUR").is_ok());
        assert_eq!(
            funding(CycleId(3), "1 Alpha", 123_456, 2, Currency::EUR),
            "1\u{202f}234.56 EUR that 1 Alpha pays with cycle 3 are put on hold."
        );
        let said = enough(100, 100, 2, "EUR").unwrap_err().to_string();
        assert!(
            said.contains("has 1.00 that it can spend: 0.01 are missing"),
            "{said}"
        );
    }
}
