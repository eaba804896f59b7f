//! `interclear status`: the node, the chain as it knows it, and what is one's own there, on one screen.

use crate::{
    commands::{
        today,
        validator::{missed, standing},
    },
    error::CommandError,
    exit::Exit,
    names::Names,
    output::{self, count, number},
    session::Session,
};
use clap::Args;
use interclear_client::{
    chain::{AccountId, Chain},
    node::NodeState,
    text::printable,
    time::now,
};
use interclear_primitives::{
    api::Quota,
    ids::OperatorId,
    switch::Pause,
    task::{waiting, Waiting},
    validator::ValidatorState,
    Moment,
};
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// One screen: the node, whether it is in step, where finality stands, what the council has paused; and of an operator its quota, its validators and what waits.
///
/// Exits with status 1 while the node is still fetching blocks, or finality has stood still for more than a minute.
#[derive(Args)]
pub struct StatusArgs {
    /// The operator: its number or one of its TADIG codes; that of the profile or of --key unless given. Without any, the
    /// node alone is told of.
    #[arg(long)]
    operator: Option<String>,
}

/// Seconds from one block to the next, when no slot is missed.
const BLOCK: u64 = 2;

/// What is one's own.
struct Mine {
    operator: OperatorId,
    name: String,
    quota: Option<Quota>,
    validators: Vec<(AccountId, ValidatorState)>,
    work: BTreeMap<&'static str, Waiting>,
    /// Motions that wait for the vote of --key.
    motions: u64,
}

impl StatusArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let chain = session.chain().await?;
        let node = chain.node_state().await?;
        let paused = chain.pauses().await?;
        let named = self.operator.is_some() || session.names_somebody();
        let mine = match named {
            true => Some(mine(session, &chain, self.operator.as_deref()).await?),
            false => None,
        };
        let value = json!({ "node": node, "paused": paused, "mine": mine.as_ref().map(Mine::as_json) });
        session.output().print(&value, |_| {
            let mut rows = about(&node);
            rows.extend(paused.iter().map(about_pause));
            match &mine {
                Some(mine) => rows.extend(mine.rows(now())),
                None => rows.push([
                    "Operator".into(),
                    "name one with --operator, --key or a profile".into(),
                ]),
            }
            output::table(["", ""], &[], rows)
        })?;
        Ok(Exit::refused_if(node.syncing || node.stands_still()))
    }
}

/// The node and the chain, row by row.
fn about(node: &NodeState) -> Vec<[String; 2]> {
    let behind = node.best.saturating_sub(node.final_block);
    let step = match node.syncing {
        true => format!(
            "fetching blocks: {} of {}",
            number(node.best),
            number(node.highest)
        ),
        false => format!("in step, best block {}", number(node.best)),
    };
    let age = output::duration(node.final_age);
    let finality = match node.stands_still() {
        // The first block has no time of its own.
        true if node.final_block == 0 => format!(
            "no block is final yet, {} behind the best",
            count(behind, "block", "blocks")
        ),
        true => format!(
            "STANDS at block {} for {age}, {} behind the best",
            number(node.final_block),
            count(behind, "block", "blocks")
        ),
        false => format!("block {}, made {age} ago", number(node.final_block)),
    };
    [
        (
            "Node",
            format!("{} {}, {}", node.name, node.version, node.roles.join(", ")),
        ),
        ("Identity", node.peer_id.clone()),
        (
            "Chain",
            format!("{}, rules of version {}", node.chain, node.runtime),
        ),
        ("Blocks", step),
        ("Finality", finality),
        ("Peers", number(node.peers)),
    ]
    .map(|(name, text)| [name.to_owned(), text])
    .into()
}

/// A function that is paused, or for which others still wait.
fn about_pause(pause: &Pause) -> [String; 2] {
    let (function, reason) = (pause.function, printable(pause.reason.as_str()));
    let text = match pause.until {
        None => format!(
            "{function}, since {}, until {} at most: {reason}",
            output::moment(pause.since),
            output::moment(pause.ends)
        ),
        Some(until) => format!(
            "{function} goes on; what acts on what is missing of it waits until {}",
            output::moment(until)
        ),
    };
    ["Paused".into(), text]
}

async fn mine(session: &Session, chain: &Chain, named: Option<&str>) -> Result<Mine, CommandError> {
    let operator = session.operator_named(chain, named).await?;
    let names = Names::of(chain).await?;
    let account = session.account().ok();
    // All desks of an operator share its quota.
    let desks = chain.desks(operator).await?;
    let quota = match desks.first() {
        Some((desk, _)) => chain.quota(*desk).await?,
        None => None,
    };
    let motions = match account {
        Some(account) => today::motions(chain, &account).await?.len() as u64,
        None => 0,
    };
    let all = chain.validators().await?;
    Ok(Mine {
        operator,
        name: names.get(operator),
        quota,
        validators: all
            .into_iter()
            .filter(|(_, state)| state.validator.operator == Some(operator))
            .collect(),
        work: with_redemptions(
            waiting(&chain.all_tasks(operator).await?),
            today::redemptions(chain, operator)
                .await?
                .iter()
                .map(today::Line::due),
        ),
        motions,
    })
}

/// What waits, with the redemptions that do, by their deadlines: the chain has no task of these.
fn with_redemptions(
    mut work: BTreeMap<&'static str, Waiting>,
    redemptions: impl Iterator<Item = Option<Moment>>,
) -> BTreeMap<&'static str, Waiting> {
    let dues: Vec<Option<Moment>> = redemptions.collect();
    if !dues.is_empty() {
        let count = dues.len() as u64;
        let due = dues.into_iter().flatten().min();
        work.insert("pay_redemption", Waiting { count, due });
    }
    work
}

/// What of the quota is used, in percent.
fn used(quota: &Quota) -> u64 {
    quota
        .used
        .saturating_mul(100)
        .checked_div(quota.limit)
        .unwrap_or(100)
}

impl Mine {
    fn as_json(&self) -> Value {
        let validators: Vec<_> = self
            .validators
            .iter()
            .map(|(account, state)| {
                json!({
                    "account": account.to_string(),
                    "standing": standing(state),
                    "in_set": state.in_set,
                    "disabled": state.validator.disabled,
                    "present": state.present,
                    "kept": state.kept,
                })
            })
            .collect();
        json!({
            "operator": self.operator,
            "name": self.name,
            "quota": self.quota,
            "validators": validators,
            "work": self.work,
            "motions": self.motions,
        })
    }

    fn rows(&self, at: Moment) -> Vec<[String; 2]> {
        let mut rows = vec![["Operator".to_owned(), self.name.clone()]];
        rows.push([
            "Quota".into(),
            match &self.quota {
                Some(quota) => format!(
                    "{} % used; the window turns in {}",
                    used(quota),
                    output::duration(u64::from(quota.turns_in).saturating_mul(BLOCK))
                ),
                None => "none".into(),
            },
        ]);
        if self.validators.is_empty() {
            rows.push(["Validator".into(), "none".into()]);
        }
        for (account, state) in &self.validators {
            let missed = match missed(&state.kept) {
                none if none.is_empty() => String::new(),
                missed => format!("; slots missed in a day: {missed}"),
            };
            rows.push([
                "Validator".into(),
                format!("{account}: {}{missed}", standing(state)),
            ]);
        }
        rows.extend(self.work.iter().map(|(kind, waiting)| {
            let due = waiting.due.map_or_else(String::new, |due| {
                format!(", the first by {}", output::left(due, at))
            });
            [label(kind), format!("{}{due}", number(waiting.count))]
        }));
        if self.motions > 0 {
            rows.push(["Vote".into(), number(self.motions)]);
        }
        if self.work.is_empty() && self.motions == 0 {
            rows.push(["Work".into(), "nothing waits".into()]);
        }
        rows
    }
}

/// The kind of what waits, as people read it.
fn label(kind: &str) -> String {
    let mut words = kind.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::switch::Function;

    fn node() -> NodeState {
        NodeState {
            chain: "Test".into(),
            name: "Interclear Node".into(),
            version: "0.1.0".into(),
            peer_id: "12D3KooW".into(),
            roles: vec!["Authority".into()],
            runtime: 1,
            peers: 3,
            syncing: false,
            best: 1_200,
            highest: 1_200,
            final_block: 1_198,
            final_at: 0,
            final_age: 4,
        }
    }

    fn row(node: &NodeState, name: &str) -> String {
        let rows = about(node);
        let found = rows.iter().find(|[of, _]| of == name);
        found.map(|[_, text]| text.clone()).unwrap()
    }

    #[test]
    fn finality_should_be_told_with_how_long_it_has_stood_when_it_stands() {
        assert_eq!(row(&node(), "Finality"), "block 1\u{202f}198, made 4 s ago");
        let stands = NodeState {
            final_age: 180,
            final_block: 1_110,
            ..node()
        };
        assert_eq!(
            row(&stands, "Finality"),
            "STANDS at block 1\u{202f}110 for 3 min 00 s, 90 blocks behind the best"
        );
    }

    #[test]
    fn a_pause_should_be_told_with_its_reason_and_with_what_still_waits_when_it_is_over() {
        let pause = |until| Pause {
            function: Function::Anchoring,
            since: 951_782_400,
            began: 951_782_400,
            ends: 954_374_400,
            reason: "files count twice".parse().unwrap(),
            until,
        };
        assert_eq!(
            about_pause(&pause(None)),
            [
                "Paused",
                "anchoring, since 2000-02-29 00:00:00, until 2000-03-30 00:00:00 at most: files count twice"
            ]
        );
        assert_eq!(
            about_pause(&pause(Some(951_868_800)))[1],
            "anchoring goes on; what acts on what is missing of it waits until 2000-03-01 00:00:00"
        );
    }

    #[test]
    fn no_age_should_be_told_when_no_block_is_final() {
        let begun = NodeState {
            final_age: 1_795_819_998,
            final_block: 0,
            best: 2,
            ..node()
        };
        assert_eq!(
            row(&begun, "Finality"),
            "no block is final yet, 2 blocks behind the best"
        );
    }

    #[test]
    fn a_node_should_not_be_in_step_when_it_is_fetching_blocks() {
        let behind = NodeState {
            syncing: true,
            highest: 4_000,
            ..node()
        };
        assert_eq!(
            row(&behind, "Blocks"),
            "fetching blocks: 1\u{202f}200 of 4\u{202f}000"
        );
        assert_eq!(row(&node(), "Blocks"), "in step, best block 1\u{202f}200");
    }

    #[test]
    fn redemptions_should_be_counted_with_the_first_deadline_when_some_wait() {
        assert!(with_redemptions(BTreeMap::new(), [].into_iter()).is_empty());
        let work = with_redemptions(BTreeMap::new(), [Some(90), Some(60)].into_iter());
        assert_eq!(
            work,
            BTreeMap::from([(
                "pay_redemption",
                Waiting {
                    count: 2,
                    due: Some(60)
                }
            )])
        );
    }

    #[test]
    fn work_should_be_told_with_its_first_deadline_when_it_has_one() {
        let mine = Mine {
            operator: OperatorId(0),
            name: "Alpha Mobile (0)".into(),
            quota: Some(Quota {
                limit: 200,
                used: 25,
                turns_in: 30,
            }),
            validators: Vec::new(),
            work: BTreeMap::from([(
                "answer_files",
                Waiting {
                    count: 3,
                    due: Some(86_400),
                },
            )]),
            motions: 1,
        };
        let rows = mine.rows(0);
        let told: Vec<_> = rows
            .iter()
            .map(|[name, text]| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("Operator", "Alpha Mobile (0)"),
                ("Quota", "12 % used; the window turns in 1 min 00 s"),
                ("Validator", "none"),
                ("Answer files", "3, the first by 1970-01-02 00:00:00, in 1 d 00 h"),
                ("Vote", "1"),
            ]
        );
        let idle = Mine {
            work: BTreeMap::new(),
            motions: 0,
            ..mine
        };
        assert_eq!(idle.rows(0).last().unwrap()[1], "nothing waits");
    }
}
