//! `interclear inventory profile`: what both sides agree to compare.

use super::words;
use crate::{
    commands::{
        files::{text, words as words_of_faults},
        relation::{typed, RelationArg},
    },
    error::CommandError,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, chain::Chain, channels::Desk, time::now};
use interclear_import::services::{profile_text, read_profile};
use interclear_matching::{Field, Profile, Rule};
use interclear_primitives::{
    channel::Pair,
    ids::OperatorId,
    inventory::{Convention, InventoryTerms, Relation},
    netting::Issuers,
    period::Period,
};
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct ProfileArgs {
    #[command(subcommand)]
    command: ProfileCommand,
}

#[derive(Subcommand)]
enum ProfileCommand {
    /// Print an example of a profile, to start from.
    Template {
        /// One for a blind relation, to be proposed with --blind: without billing, and with no percentage.
        #[arg(long)]
        blind: bool,
    },
    /// Propose a profile, the first or the next version; it replaces what either side has proposed before.
    Propose {
        #[command(flatten)]
        relation: RelationArg,
        /// Make it a blind relation: both sides report tags in place of values, by the key of the newest epoch of your channel. Equal values
        /// match, others read nothing, and what matches does not bill. For a relation without a profile, or one that is blind already.
        #[arg(long)]
        blind: bool,
        /// The profile; `interclear inventory profile template` prints an example.
        file: PathBuf,
    },
    /// Print what the other side has proposed, and sign it: it is in force at once.
    Sign {
        #[command(flatten)]
        relation: RelationArg,
    },
    /// Take back what your side has proposed.
    Withdraw {
        #[command(flatten)]
        relation: RelationArg,
    },
    /// Print the profile in force, and what is proposed, in the form that can be changed and proposed.
    Show {
        #[command(flatten)]
        relation: RelationArg,
    },
}

/// Terms to start from; the issuers are to be named.
pub(super) fn template_terms() -> InventoryTerms {
    let accepts: Issuers = vec![OperatorId(1)].try_into().unwrap_or_default();
    InventoryTerms {
        convention: Convention::ActualDays,
        first: Period::containing(now()).next(),
        report_days: 5,
        affirm_days: 10,
        payment_days: 30,
        late_interest_bps: 500,
        accepts: [accepts.clone(), accepts],
    }
}

/// A profile to start from in a blind relation, where no charge differs by a percentage.
fn blind_template() -> Profile {
    Profile::usual().with(Field::Recurring, Rule::Exact)
}

impl ProfileArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            ProfileCommand::Template { blind } => {
                let text = match blind {
                    false => profile_text(&Profile::usual(), Some(&template_terms())),
                    true => profile_text(&blind_template(), None),
                };
                let value = json!({ "profile": text });
                session.output().print_whole(&value, &text)?;
                Ok(())
            }
            ProfileCommand::Propose {
                relation,
                blind,
                file,
            } => propose(session, &relation, blind, file).await,
            ProfileCommand::Sign { relation } => sign(session, &relation).await,
            ProfileCommand::Withdraw { relation } => {
                let chain = session.chain_to_sign().await?;
                let relation = relation.find(&chain).await?;
                let receipt = session
                    .execute(&chain, &calls::withdraw_profile(&relation))
                    .await?;
                let done = format!("the proposed profile of {} is withdrawn", typed(&relation));
                session.report(&receipt, &done, json!({}))
            }
            ProfileCommand::Show { relation } => show(session, &relation).await,
        }
    }
}

/// What is asked about before a profile is proposed: a class that was mistyped would be another relation.
fn proposing(version: u32, relation: &Relation) -> String {
    let begins = match version {
        1 => format!(
            " It is the first one: both sides report services of the class {} under it.",
            relation.class
        ),
        _ => String::new(),
    };
    format!(
        "Version {version} of the match profile of {} is proposed.{begins}",
        typed(relation)
    )
}

/// The chain does not look at the epoch of a blind profile: one that was never agreed has no key, and one is closed when others may have it.
async fn check_epoch(chain: &Chain, relation: &Relation, profile: &Profile) -> Result<(), CommandError> {
    let (Some(epoch), Some(pair)) = (profile.blind, Pair::of(relation.buyer, relation.seller)) else {
        return Ok(());
    };
    let epochs = chain.epochs(pair).await?.into_iter();
    let open: Vec<u32> = epochs
        .filter(|(_, epoch)| epoch.is_open())
        .map(|(number, _)| number)
        .collect();
    match not_open(epoch, &open) {
        None => Ok(()),
        Some(words) => Err(CommandError::Invalid(words)),
    }
}

/// Why nobody is to make tags by an epoch's key; `None` where both have agreed it and neither has closed it.
fn not_open(epoch: u32, open: &[u32]) -> Option<String> {
    (!open.contains(&epoch)).then(|| {
        format!(
            "the profile is blind by epoch {epoch} of the channel of the two, which is closed or was never agreed; `interclear inventory \
             profile propose --blind` proposes it by the newest one that is open"
        )
    })
}

async fn propose(
    session: &Session,
    relation: &RelationArg,
    blind: bool,
    file: PathBuf,
) -> Result<(), CommandError> {
    let text = text(&file)?;
    // What is wrong with the file is told before a node is asked.
    let wrong = |faults| CommandError::Invalid(words_of_faults(&file, &faults));
    read_profile(&text, 1, blind.then_some(1)).map_err(wrong)?;
    let chain = session.chain_to_sign().await?;
    let (relation, side) = relation.own_side(session, &chain).await?;
    let epoch = match blind {
        false => None,
        true => {
            let [me, partner] = [side, side.other()].map(|side| relation.operator(side));
            let newest = Desk::newest(&chain, me, partner).await?;
            Some(newest.ok_or_else(|| {
                CommandError::NotFound(format!(
                    "epoch of your channel with operator {partner} that both have agreed: `interclear channel offer {partner} --vault VAULT` offers one"
                ))
            })?)
        }
    };
    let version = chain
        .inventory(relation)
        .await?
        .map_or(0, |state| state.profile.version);
    let version = version.saturating_add(1);
    let (profile, billing) = read_profile(&text, version, epoch).map_err(wrong)?;
    check_epoch(&chain, &relation, &profile).await?;
    session.confirm(&proposing(version, &relation))?;
    let receipt = session
        .execute(
            &chain,
            &calls::propose_profile(&relation, &profile, billing.as_ref()),
        )
        .await?;
    let done = format!(
        "version {version} of the match profile is proposed\nThe other side signs it with: interclear inventory profile sign \
         --relation {}\n",
        typed(&relation)
    );
    session.report(&receipt, &done, json!({ "version": version }))
}

/// What comes next, when a profile is in force: after another epoch than `before`, ids have other tags, too.
fn signed(relation: &Relation, version: u32, before: Option<u32>, blind: Option<u32>) -> String {
    let vault = match blind {
        None => "",
        Some(_) => "--vault VAULT ",
    };
    let again = match (before, blind) {
        (Some(before), Some(epoch)) if before != epoch => format!(
            "Records by the key of epoch {before} stay beside those of epoch {epoch} until they are withdrawn: report a whole export with \
             --complete --withdraw COUNT, with how many records you have\n"
        ),
        _ => String::new(),
    };
    format!(
        "version {version} of the match profile is in force\nEach side reports its records with: interclear inventory report --relation {} \
         {vault}EXPORT\n{again}",
        typed(relation)
    )
}

async fn sign(session: &Session, relation: &RelationArg) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let (relation, side) = relation.own_side(session, &chain).await?;
    let proposal = chain.proposed_profile(relation).await?.ok_or_else(|| {
        CommandError::NotFound(format!(
            "match profile that is proposed for {}; `interclear inventory profile propose` proposes one",
            typed(&relation)
        ))
    })?;
    if proposal.by == side {
        return Err(CommandError::Invalid(
            "your own side has proposed it: the other one signs it, and you take it back with `interclear inventory profile withdraw`".into(),
        ));
    }
    check_epoch(&chain, &relation, &proposal.profile).await?;
    let before = chain
        .inventory(relation)
        .await?
        .and_then(|state| state.profile.blind);
    let text = profile_text(&proposal.profile, proposal.billing.as_ref());
    if !session.output().json {
        session.output().print_whole(&(), &text)?;
    }
    let version = proposal.profile.version;
    session.confirm(&format!(
        "Version {version} of the match profile of {} is signed; all records are matched by it from now on.",
        typed(&relation)
    ))?;
    let receipt = session
        .execute(
            &chain,
            &calls::sign_profile(&relation, &proposal.profile, proposal.billing.as_ref()),
        )
        .await?;
    let done = signed(&relation, version, before, proposal.profile.blind);
    session.report(&receipt, &done, json!({ "version": version }))
}

async fn show(session: &Session, relation: &RelationArg) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let relation = relation.find(&chain).await?;
    let in_force = chain.inventory(relation).await?.map(|state| state.profile);
    let proposed = chain.proposed_profile(relation).await?;
    let billing = chain.inventory_terms(relation).await?;
    let value = json!({
        "in_force": in_force,
        "billing": billing,
        "proposed": proposed,
    });
    let mut text = match &in_force {
        Some(profile) => format!(
            "# Version {}, in force.\n{}",
            profile.version,
            profile_text(profile, billing.as_ref())
        ),
        None => format!("# No profile is in force for {}.\n", typed(&relation)),
    };
    if let Some(proposal) = &proposed {
        text.push_str(&format!(
            "\n# Version {}, proposed by the {}, not signed.\n{}",
            proposal.profile.version,
            words::side(proposal.by),
            profile_text(&proposal.profile, proposal.billing.as_ref())
        ));
    }
    session.output().print_whole(&value, &text)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_matching::Text;

    #[test]
    fn the_class_should_be_asked_about_when_a_profile_is_the_first_of_its_relation() {
        let relation = Relation {
            buyer: OperatorId(0),
            seller: OperatorId(1),
            class: Text::new(b"ELINE").unwrap(),
        };
        assert_eq!(
            proposing(1, &relation),
            "Version 1 of the match profile of 0:1:ELINE is proposed. It is the first one: both sides report services of the class ELINE \
             under it."
        );
        assert_eq!(
            proposing(2, &relation),
            "Version 2 of the match profile of 0:1:ELINE is proposed."
        );
    }

    #[test]
    fn blind_profile_should_be_refused_when_its_epoch_is_not_open() {
        assert_eq!(not_open(2, &[2, 3]), None);
        for open in [&[2, 3][..], &[]] {
            let told = not_open(1, open).unwrap();
            assert!(
                told.contains("epoch 1") && told.contains("propose --blind"),
                "{told}"
            );
        }
    }

    #[test]
    fn records_of_another_epoch_should_be_told_to_stay_when_a_profile_is_signed() {
        let relation = Relation {
            buyer: OperatorId(0),
            seller: OperatorId(1),
            class: Text::new(b"ELINE").unwrap(),
        };
        let told = signed(&relation, 2, Some(1), Some(3));
        assert!(
            told.contains("epoch 1 stay") && told.contains("--complete --withdraw COUNT"),
            "{told}"
        );
        for (before, blind) in [(None, None), (None, Some(1)), (Some(1), Some(1))] {
            let told = signed(&relation, 2, before, blind);
            assert!(!told.contains("stay"), "{told}");
            assert_eq!(told.contains("--vault VAULT EXPORT"), blind.is_some(), "{told}");
        }
    }

    #[test]
    fn template_should_be_read_as_it_is_printed() {
        assert_eq!(Profile::usual().check(), Ok(()));
        let terms = template_terms();
        assert_eq!(
            read_profile(&profile_text(&Profile::usual(), Some(&terms)), 1, None),
            Ok((Profile::usual(), Some(terms)))
        );
        let blind = Profile {
            blind: Some(1),
            ..blind_template()
        };
        assert_eq!(
            read_profile(&profile_text(&blind_template(), None), 1, Some(1)),
            Ok((blind, None))
        );
    }
}
