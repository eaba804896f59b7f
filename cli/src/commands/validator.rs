//! `interclear validator`: who makes blocks and votes on finality, with which keys, and what it has done.

use crate::{error::CommandError, names::Names, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{
    calls,
    chain::{account_of, AccountId, Call, Chain, Hash},
    peers::PeerId,
};
use interclear_primitives::validator::{Offence, OffenceKind, SessionSlots, ValidatorState};
use serde::Deserialize;
use serde_json::{json, Value};

/// Validators: who makes blocks and votes on finality.
#[derive(Args)]
pub struct ValidatorArgs {
    #[command(subcommand)]
    command: ValidatorCommand,
}

#[derive(Subcommand)]
enum ValidatorCommand {
    /// List all validators: whose they are, how they stand, how many of their slots they have missed.
    List,
    /// Show one validator with its slots, session by session, and what it has been proven to have done.
    Show {
        /// The validator's address.
        account: AccountId,
    },
    /// Put the admission of an operator's node to the council. The account is an engineering desk of the operator.
    ///
    /// It takes part two sessions after it has keys: see `interclear validator keys rotate`. For a validator of the first block this names
    /// its operator.
    Add {
        /// The account of an engineering desk.
        account: AccountId,
    },
    /// Put the removal of a validator to the council.
    ///
    /// It takes part in the session that runs and in the next one. There are always two validators left.
    Remove {
        /// The validator's address.
        account: AccountId,
    },
    /// Put to the council that a disabled validator takes part again. Set new keys first if the old ones were stolen.
    Reenable {
        /// The validator's address.
        account: AccountId,
    },
    /// Report that a validator has made two blocks in one slot of the present session. It is disabled at once.
    ///
    /// The node that --url names must have both blocks; the one that was left behind goes when finality has passed it.
    Report {
        /// The hash of one block.
        first: Hash,
        /// The hash of the other.
        second: Hash,
    },
    /// Propose to the council to go on without lost validators, when finality cannot recover.
    ///
    /// Only where a third or more of the validators are lost with their keys. Remove them in the same motion (--remove). The
    /// set of the session after the next one is forced on all nodes; until then, and until it votes, no keys are set.
    NoteStalled {
        /// The highest block that is final on any validator that is left.
        #[arg(long)]
        final_block: u32,
        /// Blocks after which the voters that are left go on: so many that the block that says so is not reverted.
        #[arg(long, default_value_t = 600)]
        delay: u32,
        /// Validators that are lost; may be given more than once.
        #[arg(long = "remove")]
        lost: Vec<AccountId>,
    },
    /// Session keys: by which a validator makes blocks and votes.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Have a validator stop, without the council: by its own account or an admin desk of its operator (--key). It takes part for
    /// two more sessions.
    Retire {
        /// The validator's account; that of --key if none is given.
        account: Option<AccountId>,
    },
    /// Nodes that others let in.
    Peers {
        #[command(subcommand)]
        command: PeersCommand,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Have the node that --url names make new session keys, and register them for the account of --key.
    ///
    /// The node must be the validator itself, reached over a connection on which unsafe methods are allowed: its own
    /// loopback. The keys act two sessions later; until then the node keeps using the old ones.
    Rotate,
    /// Show which keys are in use, which ones in the next session, which are set, and when the session ends.
    Status {
        /// The validator's account; that of --key if none is given.
        account: Option<AccountId>,
    },
}

#[derive(Subcommand)]
enum PeersCommand {
    /// List the nodes of all operators that are not suspended.
    List {
        /// Print nothing but the identities, one on a line.
        #[arg(long)]
        plain: bool,
    },
    /// Name the nodes that are the operator's, in place of those named before. By an engineering desk (--key).
    Set {
        /// Identities of nodes in the network, such as 12D3KooW…; none to take all back.
        peers: Vec<PeerId>,
    },
}

/// Seconds from one block to the next, when no slot is missed.
const BLOCK: u64 = 2;

/// What the node answers: hexadecimal digits.
#[derive(Deserialize)]
struct Generated {
    keys: String,
    proof: Option<String>,
}

fn bytes(text: &str) -> Result<Vec<u8>, CommandError> {
    hex::decode(text.trim_start_matches("0x"))
        .map_err(|_| CommandError::Invalid("the node answered with keys that cannot be read".into()))
}

impl ValidatorArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            ValidatorCommand::List => list(session).await,
            ValidatorCommand::Show { account } => show(session, account).await,
            ValidatorCommand::Add { account } => session.put_to_council(calls::add_validator(&account)).await,
            ValidatorCommand::Remove { account } => {
                session.put_to_council(calls::remove_validator(&account)).await
            }
            ValidatorCommand::Reenable { account } => {
                session.put_to_council(calls::reenable_validator(&account)).await
            }
            ValidatorCommand::Report { first, second } => report(session, first, second).await,
            ValidatorCommand::NoteStalled {
                final_block,
                delay,
                lost,
            } => {
                let removals = lost.iter().map(calls::remove_validator);
                let stalled = calls::note_stalled(delay, final_block);
                let call = match lost.is_empty() {
                    true => stalled,
                    false => Call::batch_all(removals.chain([stalled])),
                };
                session.put_to_council(call).await
            }
            ValidatorCommand::Keys { command } => match command {
                KeysCommand::Rotate => rotate(session).await,
                KeysCommand::Status { account } => status(session, account).await,
            },
            ValidatorCommand::Retire { account } => {
                let account = match account {
                    Some(account) => account,
                    None => session.account()?,
                };
                session.confirm(&format!(
                    "The validator {account} retires; only the council can admit it again."
                ))?;
                let done = "it takes part for two more sessions; then its session keys are free";
                session
                    .execute_and_report(&calls::retire_validator(&account), done)
                    .await
            }
            ValidatorCommand::Peers { command } => match command {
                PeersCommand::List { plain } => peers(session, plain).await,
                PeersCommand::Set { peers } => {
                    let keys: Vec<_> = peers.iter().map(|peer| peer.0).collect();
                    let done = format!(
                        "others let in {} of the operator",
                        output::count(keys.len() as u64, "node", "nodes")
                    );
                    session.execute_and_report(&calls::set_peers(&keys), &done).await
                }
            },
        }
    }
}

/// How a validator stands, in words.
pub(super) fn standing(state: &ValidatorState) -> &'static str {
    let validator = &state.validator;
    match (state.in_set, state.queued) {
        (true, _) if validator.disabled => "disabled: makes no blocks",
        (false, _) if validator.disabled => "disabled",
        _ if validator.leaving => "removed: leaves within two sessions",
        (true, true) => "takes part",
        (true, false) => "leaves when the session ends",
        (false, true) => "takes part from the next session on",
        (false, false) if !state.has_keys => "has no session keys",
        (false, false) => "left out, or queued when the session ends",
    }
}

pub(super) fn missed(slots: &SessionSlots) -> String {
    match slots.all() {
        0 => String::new(),
        all => format!("{} of {}", output::number(slots.missed), output::number(all)),
    }
}

fn as_json(account: &AccountId, state: &ValidatorState) -> Value {
    json!({
        "account": account.to_string(),
        "operator": state.validator.operator,
        "standing": standing(state),
        "disabled": state.validator.disabled,
        "leaving": state.validator.leaving,
        "liable_from": state.validator.liable_from,
        "has_keys": state.has_keys,
        "in_set": state.in_set,
        "queued": state.queued,
        "present": state.present,
        "kept": state.kept,
    })
}

fn owner(state: &ValidatorState, names: &Names) -> String {
    let unnamed = || "not named".into();
    state
        .validator
        .operator
        .map_or_else(unnamed, |operator| names.get(operator))
}

async fn list(session: &Session) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let all = chain.validators().await?;
    let value: Vec<_> = all
        .iter()
        .map(|(account, state)| as_json(account, state))
        .collect();
    session.output().print(&value, |_| {
        let rows = all.iter().map(|(account, state)| {
            [
                account.to_string(),
                owner(state, &names),
                standing(state).into(),
                missed(&state.present),
                missed(&state.kept),
            ]
        });
        let head = ["Validator", "Operator", "", "Missed now", "Missed in a day"];
        output::table(head, &[3, 4], rows)
    })?;
    Ok(())
}

/// What was done, in words.
fn deed(offence: &Offence) -> String {
    match offence.kind {
        OffenceKind::TwoBlocks { slot } => format!("made two blocks in slot {slot}"),
        OffenceKind::TwoVotes { set_id, round } => {
            format!("voted twice in round {round} of the voters' set {set_id}")
        }
    }
}

async fn show(session: &Session, account: AccountId) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let all = chain.validators().await?;
    let state = all.into_iter().find(|(one, _)| *one == account);
    let (_, state) = state.ok_or_else(|| CommandError::NotFound(format!("validator {account}")))?;
    let (history, offences) = chain.validator_record(account).await?;
    let mut value = as_json(&account, &state);
    value["slots"] = json!(history);
    value["offences"] = json!(offences);
    session.output().print(&value, |_| {
        let told = offences.iter().map(|offence| {
            [
                offence.session.to_string(),
                deed(offence),
                offence.reported_in.to_string(),
            ]
        });
        let offences = match offences.is_empty() {
            true => "Nothing has been proven against it.".into(),
            false => output::table(["Session", "Proven", "Reported in"], &[0, 2], told),
        };
        // Sessions without a miss say nothing.
        let missed_in = history.iter().filter(|slots| slots.missed > 0);
        let rows = missed_in.map(|slots| [slots.session.to_string(), missed(slots)]);
        let slots = match state.kept.missed {
            0 => "No slot missed in the sessions that are kept.".into(),
            _ => output::table(["Session", "Missed"], &[0, 1], rows),
        };
        format!(
            "Validator {account} of operator {}: {}\nMissed slots: {} in session {}, {} in those that are kept\n{slots}\n\
             {offences}",
            owner(&state, &names),
            standing(&state),
            match state.present.all() {
                0 => "none yet".into(),
                _ => missed(&state.present),
            },
            state.present.session,
            match state.kept.all() {
                0 => "none".into(),
                _ => missed(&state.kept),
            },
        )
    })?;
    Ok(())
}

async fn report(session: &Session, first: Hash, second: Hash) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let header = |hash: Hash| {
        let chain: &Chain = &chain;
        async move {
            let unknown = || CommandError::NotFound(format!("block {}", output::hex(&hash.0)));
            chain.sealed_header(hash).await?.ok_or_else(unknown)
        }
    };
    let (first, second) = (header(first).await?, header(second).await?);
    let call = chain.report_of(&first, &second).await?;
    let receipt = session.execute(&chain, &call).await?;
    let done = format!(
        "two blocks of slot {} are reported; their author is disabled",
        first.slot
    );
    session.report(&receipt, &done, json!({ "slot": first.slot }))
}

async fn status(session: &Session, account: Option<AccountId>) -> Result<(), CommandError> {
    let account = match account {
        Some(account) => account,
        None => session.account()?,
    };
    let chain = session.chain().await?;
    let keys = chain.validator_keys(account).await?;
    let now = chain.at_final().await?.block_number();
    let left = keys
        .session_ends
        .map(|ends| u64::from(ends).saturating_sub(now).saturating_mul(BLOCK));
    let shown = |keys: &Option<Vec<u8>>| keys.as_ref().map(|keys| output::hex(keys));
    let value = json!({
        "account": account.to_string(),
        "in_use": shown(&keys.in_use),
        "queued": shown(&keys.queued),
        "set": shown(&keys.set),
        "session_ends": keys.session_ends,
        "seconds_left": left,
    });
    session.output().print(&value, |_| {
        let words = |keys: &Option<Vec<u8>>| shown(keys).unwrap_or_else(|| "none".into());
        let rows = [
            ["in this session".into(), words(&keys.in_use)],
            ["in the next session".into(), words(&keys.queued)],
            ["in the one after, if it is in the set".into(), words(&keys.set)],
        ];
        let ends = left.map_or_else(String::new, |left| {
            format!("\nThe session ends in about {}.", output::duration(left))
        });
        format!(
            "{}{ends}",
            output::table(["Takes part", "By the keys"], &[], rows)
        )
    })?;
    Ok(())
}

async fn peers(session: &Session, plain: bool) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let all = chain.peers().await?;
    let value: Vec<_> = all
        .iter()
        .map(|(operator, peers)| {
            let peers: Vec<_> = peers.iter().map(|key| PeerId(*key).to_string()).collect();
            json!({ "operator": operator, "peers": peers })
        })
        .collect();
    session.output().print(&value, |_| {
        let mut rows = all.iter().flat_map(|(operator, peers)| {
            peers
                .iter()
                .map(|key| [names.get(*operator), PeerId(*key).to_string()])
        });
        match plain {
            true => rows.by_ref().map(|[_, peer]| peer).collect::<Vec<_>>().join("\n"),
            false => output::table(["Operator", "Node"], &[], rows),
        }
    })?;
    Ok(())
}

async fn rotate(session: &Session) -> Result<(), CommandError> {
    let key = session.key()?;
    let chain = session.chain().await?;
    let owner = output::hex(&account_of(&key).0);
    let params = subxt::rpcs::rpc_params![owner];
    let generated: Generated = chain.rpc("author_rotateKeysWithOwner", params).await?;
    let unproven =
        || CommandError::Invalid("the node does not prove that it has the keys; it is too old".into());
    let proof = bytes(&generated.proof.ok_or_else(unproven)?)?;
    let keys = bytes(&generated.keys)?;
    let call = calls::set_session_keys(keys.clone(), &proof);
    let receipt = session.execute(&chain, &call).await?;
    let account = account_of(&key).to_string();
    let done = format!("the new session keys of {account} are registered and act two sessions from now");
    session.report(
        &receipt,
        &done,
        json!({ "account": account, "keys": output::hex(&keys) }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::validator::Validator;

    fn state(validator: Validator, in_set: bool, queued: bool) -> ValidatorState {
        ValidatorState {
            validator,
            has_keys: in_set || queued,
            in_set,
            queued,
            present: SessionSlots::default(),
            kept: SessionSlots::default(),
        }
    }

    #[test]
    fn standing_should_say_what_happens_next() {
        let sound = Validator::default();
        let disabled = Validator {
            disabled: true,
            ..sound
        };
        let leaving = Validator {
            leaving: true,
            ..sound
        };
        for (validator, in_set, queued, words) in [
            (sound, true, true, "takes part"),
            (sound, true, false, "leaves when the session ends"),
            (sound, false, true, "takes part from the next session on"),
            (sound, false, false, "has no session keys"),
            (disabled, true, true, "disabled: makes no blocks"),
            (disabled, false, false, "disabled"),
            (leaving, true, true, "removed: leaves within two sessions"),
        ] {
            assert_eq!(standing(&state(validator, in_set, queued)), words);
        }
    }

    #[test]
    fn slots_should_be_told_as_a_part_when_there_are_some() {
        let slots = SessionSlots {
            session: 1,
            made: 30,
            missed: 7,
        };
        assert_eq!(missed(&slots), "7 of 37");
        assert_eq!(missed(&SessionSlots::default()), "");
    }
}
