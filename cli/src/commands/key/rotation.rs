//! A new sealing key takes the place of an old one, and the old one is destroyed.

use super::registered;
use crate::{
    commands::{channel::offer, keystore::VaultFile},
    error::CommandError,
    output::{self, hex},
    session::Session,
};
use interclear_client::{calls, chain::Chain, channels::Desk, files::SealingKeypair, time, vault::Vault};
use interclear_primitives::{
    channel::{newest_usable, Pair, SealingKey, Suite},
    ids::OperatorId,
    Moment,
};
use serde_json::json;

/// What a rotation does next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    /// Register a new key.
    Register,
    /// Register one of the vault that is not registered: it was made before, and the call did not land.
    RegisterAgain(usize),
    /// Wait until the newest one is usable.
    Wait(Moment),
    /// Offer each partner a new epoch.
    Offer,
}

/// By the keys that are registered, and those of the vault: nothing is made twice when a step is repeated.
fn next_step(
    keys: &[SealingKey],
    vault: &[(Suite, Vec<u8>)],
    suite: Suite,
    now: Moment,
    behind: bool,
) -> Step {
    let known = |public: &[u8]| keys.iter().any(|key| key.key.as_slice() == public);
    // Of older ones the chain may have forgotten that they were registered.
    let last = vault.iter().rposition(|(of, _)| *of == suite);
    if let Some(place) = last.filter(|place| vault.get(*place).is_some_and(|(_, public)| !known(public))) {
        return Step::RegisterAgain(place);
    }
    let newest = keys
        .iter()
        .rev()
        .find(|key| key.state.revoked_at.is_none() && key.state.suite == suite);
    match newest {
        Some(key) if !key.state.is_usable(now) => Step::Wait(key.state.usable_from),
        Some(_) if behind => Step::Offer,
        _ => Step::Register,
    }
}

/// Partners whose newest open epoch is sealed to another key than this version of the operator's, and to which none is offered yet.
async fn behind(
    chain: &Chain,
    me: OperatorId,
    version: u32,
    desk: &Desk<'_>,
) -> Result<Vec<OperatorId>, CommandError> {
    let mut found = Vec::new();
    for (partner, channel) in desk.all().await? {
        let Some(pair) = Pair::of(me, partner) else {
            continue;
        };
        let epochs = chain.epochs(pair).await?;
        let current = |number: u32| {
            let of = epochs.iter().find(|(other, _)| *other == number);
            of.is_some_and(|(_, epoch)| *epoch.versions.of(&pair, me) == version)
        };
        let Some(newest) = channel.newest else { continue };
        let offered = channel.offers.of(&pair, me).is_some_and(current);
        if !current(newest) && !offered {
            found.push(partner);
        }
    }
    Ok(found)
}

async fn register(
    session: &Session,
    chain: &Chain,
    vault: &Vault,
    pair: &SealingKeypair,
    is_first: bool,
) -> Result<(), CommandError> {
    let key = registered(vault.path(), pair.public())?;
    let receipt = session
        .execute(chain, &calls::set_sealing_key(pair.suite(), &key))
        .await?;
    let public = hex(&pair.public());
    let done = match is_first {
        true => "the first sealing key is registered, and usable at once",
        false => "the new sealing key is registered: run this again when it is usable, after a day",
    };
    session.report(&receipt, done, json!({ "sealing_key": public }))
}

/// Does the next step of a rotation.
pub(super) async fn rotate(session: &Session, suite: Suite, vault: &VaultFile) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let me = session.operator(&chain).await?;
    let mut vault = vault.open()?;
    let (keys, now) = (chain.sealing_keys(me).await?, chain.time().await?);
    let newest = newest_usable(&keys, Some(suite), now).map(|key| key.state.version);
    let late = match newest {
        Some(version) => behind(&chain, me, version, &Desk::new(&chain, me, &vault)?).await?,
        None => Vec::new(),
    };
    let pairs = vault.keys();
    let own: Vec<(Suite, Vec<u8>)> = pairs.iter().map(|pair| (pair.suite(), pair.public())).collect();
    match next_step(&keys, &own, suite, now, !late.is_empty()) {
        Step::Register => {
            session.confirm("a new sealing key is made, kept in the vault and registered")?;
            let pair = SealingKeypair::generate(suite);
            // First it is kept: a key that is registered and lost would be of no use to anybody.
            vault.add_key(&pair);
            vault.save()?;
            register(session, &chain, &vault, &pair, keys.is_empty()).await
        }
        Step::RegisterAgain(place) => match pairs.get(place) {
            Some(pair) => register(session, &chain, &vault, pair, keys.is_empty()).await,
            None => Ok(()),
        },
        Step::Wait(from) => Err(CommandError::Invalid(format!(
            "the new key is usable from {}: run this again then",
            time::moment(from)
        ))),
        Step::Offer => {
            for partner in late {
                offer(session, &chain, &vault, me, partner).await?;
            }
            Ok(())
        }
    }
}

/// Destroys an old key.
pub(super) async fn retire(session: &Session, version: u32, vault: &VaultFile) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let in_use = vault.in_use();
    let mut vault = vault.open()?;
    let me = vault.owner().1;
    let desk = Desk::new(&chain, me, &vault)?;
    let (keys, now) = (chain.sealing_keys(me).await?, chain.time().await?);
    let found = keys.iter().find(|key| key.state.version == version);
    let key =
        found.ok_or_else(|| CommandError::NotFound(format!("version {version} of your sealing key")))?;
    let newest = newest_usable(&keys, Some(key.state.suite), now);
    if key.state.revoked_at.is_none() && newest.is_none_or(|newest| newest.state.version <= version) {
        return Err(CommandError::Invalid(format!(
            "version {version} is what partners seal to: `interclear key rotate{in_use}` brings a new one first, or `interclear key \
             sealing revoke {version}` ends it"
        )));
    }
    for (partner, _) in desk.all().await? {
        let Some(pair) = Pair::of(me, partner) else {
            continue;
        };
        for (number, epoch) in chain.epochs(pair).await? {
            // Also what is only offered: it could not be read once it is accepted.
            let in_use = epoch.is_open() || epoch.accepted.is_none();
            if in_use && *epoch.versions.of(&pair, me) == version {
                return Err(CommandError::Invalid(format!(
                    "epoch {number} of the channel with operator {partner} is in use and sealed to version {version}: agree a new \
                     one and close it first"
                )));
            }
        }
    }
    let question = format!("version {version} and the keys of its epochs are destroyed in this vault, and what they open is lost to it");
    session.confirm(&question)?;
    let epochs = vault.destroy(&key.key, version);
    vault.save()?;
    let value = json!({ "version": version, "epochs": epochs });
    session.output().print(&value, |_| {
        format!(
            "version {version} is destroyed, with {}; destroy copies of the vault and keystores, too",
            output::count(epochs as u64, "key of an epoch", "keys of epochs")
        )
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::channel::{KeyState, PublicKey};

    fn key(version: u32, octet: u8, usable_from: Moment) -> SealingKey {
        SealingKey {
            state: KeyState {
                version,
                suite: Suite::X25519,
                set_at: 0,
                usable_from,
                revoked_at: None,
            },
            key: PublicKey::truncate_from(vec![octet; 32]),
        }
    }

    /// A rotation goes on where it was left: nothing is made twice, whatever broke in between.
    #[test]
    fn each_step_of_a_rotation_should_follow_from_what_is_there_when_it_is_run_again() {
        let own = |octets: &[u8]| -> Vec<(Suite, Vec<u8>)> {
            octets
                .iter()
                .map(|octet| (Suite::X25519, vec![*octet; 32]))
                .collect()
        };
        let step = |keys: &[SealingKey], vault: &[u8], behind| {
            next_step(keys, &own(vault), Suite::X25519, 100, behind)
        };
        assert_eq!(step(&[], &[], false), Step::Register);
        assert_eq!(
            step(&[], &[1], false),
            Step::RegisterAgain(0),
            "the call did not land"
        );
        assert_eq!(step(&[key(1, 1, 0)], &[1], false), Step::Register);
        assert_eq!(step(&[key(1, 1, 0)], &[1, 2], false), Step::RegisterAgain(1));
        let both = [key(1, 1, 0), key(2, 2, 150)];
        assert_eq!(step(&both, &[1, 2], false), Step::Wait(150));
        let usable = [key(1, 1, 0), key(2, 2, 100)];
        assert_eq!(step(&usable, &[1, 2], true), Step::Offer);
        assert_eq!(step(&usable, &[1, 2], false), Step::Register);
        // The chain has forgotten the first one.
        assert_eq!(step(&usable[1..], &[1, 2], true), Step::Offer);
        // What is being revoked is not waited for.
        let mut stolen = both;
        stolen[1].state.revoked_at = Some(90);
        assert_eq!(step(&stolen, &[1, 2], false), Step::Register);
    }
}
