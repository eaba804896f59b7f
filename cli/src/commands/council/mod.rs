//! `interclear council`: motions by which operators govern.

mod upgrade;
mod words;

use self::words::Described;
use crate::{
    commands::{amounts::Amounts, tariff::Beside},
    error::CommandError,
    names::Names,
    output::{self, count},
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::{AccountId, Call, Chain, Failure},
    council::{CouncilError, Motion, MotionName, Votes},
};
use interclear_primitives::{
    ids::OperatorId,
    switch::{Function, PauseReason},
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// Motions of the operators' council.
#[derive(Args)]
pub struct CouncilArgs {
    #[command(subcommand)]
    command: CouncilCommand,
}

#[derive(Subcommand)]
enum CouncilCommand {
    /// List the motions that are with the council: what each changes, how it stands, until when.
    List,
    /// Show a motion: what it changes, who has voted and who has not, and whether it would fail if carried out now.
    Show {
        /// The motion's number, or its hash.
        motion: MotionName,
    },
    /// Vote on a motion. What it changes, and whether it would fail, is shown before.
    Vote {
        /// The motion's number, or its hash.
        motion: MotionName,
        /// Vote against it.
        #[arg(long)]
        nay: bool,
    },
    /// Close a motion: carry it out if enough have voted for it.
    Close {
        /// The motion's number, or its hash.
        motion: MotionName,
    },
    /// List the members of the council.
    Members,
    /// Put to the council who has a seat in it. There are always two seats left.
    Seat {
        #[command(subcommand)]
        command: SeatCommand,
    },
    /// Put to the council that a function of the chain is paused until it lets it go on, for 30 days at most. All others go on meanwhile.
    ///
    /// Nobody begins any of it: agreements, anchoring (of TAP files), closing (of months), netting (cycles) or inventory (of fixed-line
    /// services). What answers within days goes on, and so do governance and payments by oneself. `interclear status` tells what is paused.
    Pause {
        /// agreements, anchoring, closing, netting or inventory.
        function: Function,
        /// Why, for all to read: up to 128 bytes.
        #[arg(long)]
        reason: PauseReason,
    },
    /// Put to the council that a function goes on that is paused.
    ///
    /// What others do because files or records are missing waits as long again as the pause was; who had time left to fund a cycle has as
    /// much of it from then on.
    Resume {
        /// The function, as `interclear status` names it.
        function: Function,
    },
    /// Put to the council that the chain's next runtime has the code in a file, by the code's hash.
    ///
    /// Members build the same commit and compare the hash before they vote. Once the motion is closed, `interclear council apply` hands in the
    /// code.
    Upgrade {
        /// The code, as the build writes it: interclear_runtime.compact.compressed.wasm.
        code: PathBuf,
    },
    /// Hand in the code of the next runtime, which the council has authorised. The chain runs it from the next block on.
    ///
    /// An authorisation serves once: code of another chain, or without a higher spec_version, is refused and uses it up.
    Apply {
        /// The code that was put to the council: the same file.
        code: PathBuf,
    },
}

#[derive(Subcommand)]
enum SeatCommand {
    /// Give an account a seat.
    Add {
        /// The account's address.
        account: AccountId,
    },
    /// Take the seat of a member.
    Remove {
        /// The member's address.
        account: AccountId,
    },
    /// Give the seat of a member to another account: of one whose key is lost or stolen.
    Swap {
        /// The member's address.
        from: AccountId,
        /// The other account's address.
        to: AccountId,
    },
}

impl SeatCommand {
    /// Fails where the motion would change nothing.
    fn ensure_changes(&self) -> Result<(), CommandError> {
        match self {
            Self::Swap { from, to } if from == to => Err(CommandError::Invalid(
                "both addresses are the same, and nothing would change: name the member, and then the account that takes its seat; \
                 nothing was sent"
                    .into(),
            )),
            _ => Ok(()),
        }
    }

    fn call(&self) -> Call {
        match self {
            Self::Add { account } => calls::add_member(account),
            Self::Remove { account } => calls::remove_member(account),
            Self::Swap { from, to } => calls::swap_member(from, to),
        }
    }
}

/// Seconds from one block to the next, when no slot is missed.
const BLOCK: u64 = 2;

/// Everything about a motion.
struct Standing {
    motion: Motion,
    votes: Votes,
    call: Option<Described>,
    /// What it would come to now; `None` if that is not known.
    outcome: Option<Result<(), Failure>>,
    /// The exchange rates that it would fix, beside the newest ones.
    rates: Vec<Beside>,
    /// Members that have not voted.
    silent: Vec<AccountId>,
    /// Seconds until votes are no longer taken, about.
    left: u64,
}

impl Standing {
    async fn of(chain: &Chain, motion: Motion, votes: Votes) -> Result<Self, CommandError> {
        let call = chain.call_of_motion(motion.hash).await?;
        let mut call = call.as_ref().and_then(Described::new);
        // As they are in the call, before they are written for people.
        let fixed: Vec<_> = call.iter().flat_map(Described::rates).collect();
        if let Some(call) = &mut call {
            call.scale(chain, &mut Amounts::default()).await?;
        }
        let outcome = match chain.motion_outcome(motion.hash).await {
            Err(error) if error.is_connection() => return Err(error.into()),
            // A call that the runtime cannot even try is voted on all the same.
            outcome => outcome.ok().flatten(),
        };
        let mut rates = Vec::new();
        for (currency, period, rate) in fixed {
            rates.push(Beside::of(chain, currency, period, rate).await?);
        }
        let members = chain.council().await?;
        let now = chain.at_final().await?.block_number();
        Ok(Self {
            call,
            outcome,
            rates,
            silent: members
                .into_iter()
                .filter(|member| !votes.has_voted(member))
                .collect(),
            left: u64::from(votes.end).saturating_sub(now).saturating_mul(BLOCK),
            motion,
            votes,
        })
    }

    async fn named(chain: &Chain, name: MotionName) -> Result<Self, CommandError> {
        let (motion, votes) = found(chain, name).await?;
        Self::of(chain, motion, votes).await
    }

    fn words(&self, names: &Names) -> String {
        let unread = || "a call that this program cannot read".into();
        self.call.as_ref().map_or_else(unread, |call| call.words(names))
    }

    /// How it would end, and how the rates in it compare.
    fn outcome(&self) -> String {
        let outcome = match &self.outcome {
            Some(Ok(())) => "Carried out now, it would succeed.".into(),
            Some(Err(failure)) => format!("Carried out now, it would FAIL: {failure}"),
            None => "What it would come to now is not known.".into(),
        };
        let rates = self.rates.iter().map(|beside| format!("\n{}", beside.words));
        rates.fold(outcome, |words, rate| words + &rate)
    }

    /// What looks like a slip in it.
    fn doubts(&self) -> Vec<String> {
        let doubtful = self.rates.iter().filter(|beside| beside.doubtful);
        doubtful.map(|beside| beside.words.clone()).collect()
    }

    fn has_enough(&self) -> bool {
        u32::try_from(self.votes.ayes.len()).is_ok_and(|ayes| ayes >= self.votes.threshold)
    }

    /// Why closing it now would change nothing, if it is known: it would be carried out, and fail.
    fn failing(&self) -> Option<&Failure> {
        let outcome = self.outcome.as_ref().filter(|_| self.has_enough());
        outcome.and_then(|outcome| outcome.as_ref().err())
    }

    /// What closing it means.
    fn closing(&self) -> String {
        match self.has_enough() {
            true => format!("Motion {} is carried out, and gone.", self.motion.index),
            false => format!(
                "Motion {} is closed without enough votes, and gone.",
                self.motion.index
            ),
        }
    }

    /// Said before anything else is: what the chain refuses whatever the motion says.
    fn ensure_may_vote(&self, who: AccountId, nay: bool) -> Result<(), CommandError> {
        let votes = if nay { &self.votes.nays } else { &self.votes.ayes };
        if votes.contains(&who) {
            let side = if nay { "against" } else { "for" };
            return Err(CommandError::Invalid(format!(
                "you have voted {side} motion {} already",
                self.motion.index
            )));
        }
        match self.votes.has_voted(&who) || self.silent.contains(&who) {
            true => Ok(()),
            false => Err(CouncilError::NotAMember(who).into()),
        }
    }

    fn open_for(&self) -> String {
        match self.left {
            0 => "over: it can be closed".into(),
            left => format!("about {} more", output::duration(left)),
        }
    }

    /// Who has voted how and who has not, with the operators whose desks they are.
    fn voters<'a>(
        &'a self,
        members: &'a Members,
    ) -> impl Iterator<Item = (&'static str, AccountId, Option<OperatorId>)> + 'a {
        let sides = [
            ("for", &self.votes.ayes),
            ("against", &self.votes.nays),
            ("not voted", &self.silent),
        ];
        sides.into_iter().flat_map(move |(vote, accounts)| {
            let each = accounts.iter();
            each.map(move |account| (vote, *account, members.get(account).copied()))
        })
    }

    fn as_json(&self, names: &Names, members: &Members) -> serde_json::Value {
        let accounts = |list: &[AccountId]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let voters = self.voters(members).map(|(vote, account, operator)| {
            json!({
                "account": account.to_string(),
                "operator": operator,
                "name": operator.map(|operator| names.get(operator)),
                "vote": vote,
            })
        });
        json!({
            "motion": self.motion.index,
            "hash": output::hex(&self.motion.hash.0),
            "what": self.words(names),
            "call": self.call.as_ref().map(Described::as_json),
            "threshold": self.votes.threshold,
            "ayes": accounts(&self.votes.ayes),
            "nays": accounts(&self.votes.nays),
            "not_voted": accounts(&self.silent),
            "voters": voters.collect::<Vec<_>>(),
            "end_block": self.votes.end,
            "seconds_left": self.left,
            "fails": match &self.outcome {
                Some(Err(failure)) => Some(failure.to_string()),
                _ => None,
            },
            "compared": self.rates.iter().map(|beside| &beside.words).collect::<Vec<_>>(),
            "looks_wrong": !self.doubts().is_empty(),
        })
    }
}

/// For which operators accounts act.
type Members = BTreeMap<AccountId, OperatorId>;

/// For which operators those act that may vote on motions, or have done so.
async fn members_of<'a>(
    chain: &Chain,
    motions: impl IntoIterator<Item = &'a Standing>,
) -> Result<Members, CommandError> {
    let mut members = Members::new();
    let mut asked = BTreeSet::new();
    for one in motions {
        for account in one.votes.ayes.iter().chain(&one.votes.nays).chain(&one.silent) {
            if asked.insert(*account) {
                let desk = chain.desk(*account).await?;
                members.extend(desk.map(|desk| (*account, desk.operator)));
            }
        }
    }
    Ok(members)
}

async fn found(chain: &Chain, name: MotionName) -> Result<(Motion, Votes), CommandError> {
    chain.find_motion(name).await?.ok_or_else(|| {
        let which = match name {
            MotionName::Index(index) => index.to_string(),
            MotionName::Hash(hash) => output::hex(&hash.0),
        };
        CommandError::NotFound(format!(
            "motion {which} with the council; `interclear council list` tells which there are"
        ))
    })
}

impl CouncilArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            CouncilCommand::List => list(session).await,
            CouncilCommand::Show { motion } => show(session, motion).await,
            CouncilCommand::Vote { motion, nay } => vote(session, motion, nay).await,
            CouncilCommand::Close { motion } => {
                let chain = session.chain_to_sign().await?;
                let one = Standing::named(&chain, motion).await?;
                let names = Names::of(&chain).await?;
                let motion = one.motion;
                output::note(&format!(
                    "Motion {}: {}\n{} of {} votes in favour. {}",
                    motion.index,
                    one.words(&names),
                    one.votes.ayes.len(),
                    one.votes.threshold,
                    one.outcome()
                ));
                session.confirm_failing(one.failing(), &[], &one.closing())?;
                let receipt = session.execute(&chain, &motion.close()).await?;
                motion.ensure_carried_out(&receipt)?;
                let done = format!("motion {} is carried out", motion.index);
                session.report(&receipt, &done, json!({ "motion": motion.index }))
            }
            CouncilCommand::Members => members(session).await,
            CouncilCommand::Seat { command } => {
                command.ensure_changes()?;
                session.put_to_council(command.call()).await
            }
            CouncilCommand::Pause { function, reason } => {
                session.put_to_council(calls::pause(function, &reason)).await
            }
            CouncilCommand::Resume { function } => session.put_to_council(calls::resume(function)).await,
            CouncilCommand::Upgrade { code } => upgrade::propose(session, &code).await,
            CouncilCommand::Apply { code } => upgrade::apply(session, &code).await,
        }
    }
}

async fn list(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let mut motions = Vec::new();
    for (hash, votes) in chain.motions().await? {
        let index = votes.index;
        motions.push(Standing::of(&chain, Motion { index, hash }, votes).await?);
    }
    let members = members_of(&chain, &motions).await?;
    let value: Vec<_> = motions
        .iter()
        .map(|motion| motion.as_json(&names, &members))
        .collect();
    session.output().print(&value, |_| {
        if motions.is_empty() {
            return "no motion is with the council".into();
        }
        let rows = motions.iter().map(|one| {
            [
                one.motion.index.to_string(),
                one.words(&names),
                format!("{} of {}", one.votes.ayes.len(), one.votes.threshold),
                one.votes.nays.len().to_string(),
                one.silent.len().to_string(),
                one.open_for(),
                match &one.outcome {
                    Some(Err(_)) => "would fail now".into(),
                    _ if !one.doubts().is_empty() => "looks wrong".into(),
                    _ => String::new(),
                },
            ]
        });
        let head = [
            "Motion",
            "What it changes",
            "For",
            "Against",
            "Not voted",
            "Open",
            "",
        ];
        output::table(head, &[0, 3, 4], rows)
    })?;
    Ok(())
}

async fn show(session: &Session, motion: MotionName) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let one = Standing::named(&chain, motion).await?;
    let members = members_of(&chain, [&one]).await?;
    let rows = one.voters(&members).map(|(vote, account, operator)| {
        let operator = operator.map(|operator| names.get(operator)).unwrap_or_default();
        let vote = match vote {
            "for" => "In favour",
            "against" => "Against",
            _ => "Not voted",
        };
        [vote.to_owned(), account.to_string(), operator]
    });
    session.output().print(&one.as_json(&names, &members), |_| {
        let (index, votes) = (one.motion.index, &one.votes);
        format!(
            "Motion {index}: {}\n{}\n{} of {} votes in favour, {} against; open {}\n{}\nVote with: interclear council vote \
             {index}, or with --nay against it",
            one.words(&names),
            one.outcome(),
            votes.ayes.len(),
            votes.threshold,
            votes.nays.len(),
            one.open_for(),
            output::table(["Vote", "Member", "Desk of"], &[], rows)
        )
    })?;
    Ok(())
}

async fn vote(session: &Session, motion: MotionName, nay: bool) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let names = Names::of(&chain).await?;
    let one = Standing::named(&chain, motion).await?;
    let index = one.motion.index;
    let side = if nay { "against" } else { "for" };
    let mine = session.account()?;
    one.ensure_may_vote(mine, nay)?;
    let words = format!("Motion {index}: {}\n{}", one.words(&names), one.outcome());
    output::note(&words);
    let (doubts, meant) = (one.doubts(), format!("Your vote is {side} it."));
    match nay {
        true => session.confirm(&meant)?,
        false => {
            let failing = one.outcome.as_ref().and_then(|outcome| outcome.as_ref().err());
            session.confirm_failing(failing, &doubts, &meant)?;
        }
    }
    let receipt = session.execute(&chain, &one.motion.vote(!nay)).await?;
    let others = one.votes.ayes.iter().filter(|aye| **aye != mine).count();
    let ayes = others.saturating_add(usize::from(!nay));
    let threshold = usize::try_from(one.votes.threshold).unwrap_or(usize::MAX);
    let next = match ayes >= threshold {
        true => format!("it can be closed with: interclear council close {index}"),
        false => format!(
            "it takes {} more",
            count(
                u64::try_from(threshold.saturating_sub(ayes)).unwrap_or_default(),
                "vote",
                "votes"
            )
        ),
    };
    let more = json!({ "motion": index, "in_favour": ayes, "threshold": threshold });
    session.report(&receipt, &format!("voted {side} motion {index}: {next}"), more)
}

async fn members(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let mut members = Vec::new();
    for account in chain.council().await? {
        let desk = chain.desk(account).await?;
        members.push((account, desk.map(|desk| desk.operator)));
    }
    let value: Vec<_> = members
        .iter()
        .map(|(account, operator)| {
            let name = operator.map(|operator| names.get(operator));
            json!({ "account": account.to_string(), "operator": operator, "name": name })
        })
        .collect();
    session.output().print(&value, |_| {
        let rows = members.iter().map(|(account, operator)| {
            let operator = operator.map(|operator| names.get(operator)).unwrap_or_default();
            [account.to_string(), operator]
        });
        output::table(["Member", "Desk of"], &[], rows)
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_should_not_be_swapped_when_both_accounts_are_the_same() {
        let account = |octet| AccountId::from([octet; 32]);
        let swap = |from, to| SeatCommand::Swap {
            from: account(from),
            to: account(to),
        };
        let refused = swap(1, 1).ensure_changes().unwrap_err().to_string();
        assert!(refused.contains("both addresses are the same"), "{refused}");
        assert!(swap(1, 2).ensure_changes().is_ok());
    }

    fn standing(ayes: u8, outcome: Option<Result<(), Failure>>) -> Standing {
        let motion = Motion {
            index: 7,
            hash: Default::default(),
        };
        let votes = Votes {
            index: 7,
            threshold: 2,
            ayes: (0..ayes).map(|member| AccountId::from([member; 32])).collect(),
            nays: Vec::new(),
            end: 100,
        };
        Standing {
            motion,
            votes,
            call: None,
            outcome,
            rates: Vec::new(),
            silent: Vec::new(),
            left: 0,
        }
    }

    fn failure() -> Failure {
        Failure {
            pallet: "Operators".into(),
            name: "TadigTaken".into(),
            words: "The code is taken".into(),
        }
    }

    #[test]
    fn a_motion_should_say_before_a_vote_that_it_would_fail_when_it_would() {
        let names = Names::known([]);
        let json = |one: &Standing| one.as_json(&names, &Members::new());
        let failing = standing(0, Some(Err(failure())));
        assert_eq!(
            failing.outcome(),
            "Carried out now, it would FAIL: The code is taken (Operators.TadigTaken)"
        );
        assert_eq!(
            json(&failing)["fails"],
            "The code is taken (Operators.TadigTaken)"
        );
        let fine = standing(0, Some(Ok(())));
        assert_eq!(fine.outcome(), "Carried out now, it would succeed.");
        assert!(json(&fine)["fails"].is_null());
        assert_eq!(
            standing(0, None).outcome(),
            "What it would come to now is not known."
        );
    }

    #[test]
    fn closing_should_be_stopped_only_when_the_motion_is_carried_out_and_fails() {
        let closed = |ayes, outcome| {
            let one = standing(ayes, outcome);
            (one.failing().is_some(), one.closing())
        };
        let carried = "Motion 7 is carried out, and gone.".to_owned();
        let not_carried = "Motion 7 is closed without enough votes, and gone.".to_owned();
        assert_eq!(closed(2, Some(Err(failure()))), (true, carried.clone()));
        assert_eq!(closed(2, Some(Ok(()))), (false, carried));
        assert_eq!(closed(1, Some(Err(failure()))), (false, not_carried));
    }
}
