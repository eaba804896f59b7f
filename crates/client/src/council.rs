//! Motions by which the operators' council governs.

use crate::{
    calls,
    chain::{AccountId, Call, Chain, ChainError, Failure, Hash, Receipt},
};
use codec::Decode;
use subxt::dynamic::Value;
use subxt_signer::sr25519::Keypair;

/// A motion that has been put to the council.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Motion {
    /// Counts the motions.
    pub index: u32,
    /// By which it is voted on.
    pub hash: Hash,
}

/// How a motion stands, as `pallet-collective` keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct Votes {
    /// Counts the motions.
    pub index: u32,
    /// How many must be in favour.
    pub threshold: u32,
    /// Who is in favour.
    pub ayes: Vec<AccountId>,
    /// Who is against it.
    pub nays: Vec<AccountId>,
    /// The block until which is voted.
    pub end: u32,
}

impl Votes {
    /// Whether an account has voted, either way.
    pub fn has_voted(&self, who: &AccountId) -> bool {
        self.ayes.contains(who) || self.nays.contains(who)
    }
}

/// How a motion is named: by its number, or by its hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MotionName {
    /// The number.
    Index(u32),
    /// The hash by which it is voted on.
    Hash(Hash),
}

/// The text names no motion.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a motion is named by its number, or by its hash of 64 hexadecimal digits")]
pub struct InvalidMotionName;

impl core::str::FromStr for MotionName {
    type Err = InvalidMotionName;

    fn from_str(text: &str) -> Result<Self, InvalidMotionName> {
        if let Ok(index) = text.parse() {
            return Ok(Self::Index(index));
        }
        let mut hash = [0; 32];
        let digits = text.strip_prefix("0x").unwrap_or(text);
        hex::decode_to_slice(digits, &mut hash).map_err(|_| InvalidMotionName)?;
        Ok(Self::Hash(Hash::from(hash)))
    }
}

impl Chain {
    /// A motion that is with the council, and how it stands.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn find_motion(&self, name: MotionName) -> Result<Option<(Motion, Votes)>, ChainError> {
        let motions = self.motions().await?;
        let found = motions.into_iter().find(|(hash, votes)| match name {
            MotionName::Index(index) => votes.index == index,
            MotionName::Hash(wanted) => *hash == wanted,
        });
        Ok(found.map(|(hash, votes)| {
            let index = votes.index;
            (Motion { index, hash }, votes)
        }))
    }

    /// The call of a motion, as the metadata describes it.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn call_of_motion(&self, hash: Hash) -> Result<Option<Value>, ChainError> {
        self.described_under("Council", "ProposalOf", hash).await
    }

    /// All motions that are with the council, by the hash by which they are voted on.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn motions(&self) -> Result<Vec<(Hash, Votes)>, ChainError> {
        let hashes: Vec<Hash> = self.stored("Council", "Proposals").await?.unwrap_or_default();
        let mut motions = Vec::with_capacity(hashes.len());
        for hash in hashes {
            if let Some(votes) = self.stored_under("Council", "Voting", hash).await? {
                motions.push((hash, votes));
            }
        }
        Ok(motions)
    }
}

/// Why a motion was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CouncilError {
    /// The chain refused a step, or the connection broke.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// No key was given to propose the motion with.
    #[error("a motion needs a member of the council to propose it")]
    NoMember,
    /// The account has no seat.
    #[error("{0} is not a member of the council; `interclear council members` lists them")]
    NotAMember(AccountId),
    /// The motion was closed, but too few members had voted for it.
    #[error("the motion was closed without enough votes")]
    NotCarried,
    /// The members voted for the motion, but its call failed; nothing has changed.
    #[error("the motion was carried, but its call failed: {0}")]
    CallFailed(Failure),
}

impl Motion {
    /// The call that votes on the motion.
    pub fn vote(&self, approve: bool) -> Call {
        calls::vote(self.hash, self.index, approve)
    }

    /// The call that closes the motion.
    pub fn close(&self) -> Call {
        calls::close_motion(self.hash, self.index)
    }

    /// Fails unless the receipt of closing the motion tells that its call succeeded.
    ///
    /// # Errors
    /// Too few have voted for it, or its call failed.
    pub fn ensure_carried_out(&self, receipt: &Receipt) -> Result<(), CouncilError> {
        match receipt.carried_out(self.hash)? {
            Some(Ok(())) => Ok(()),
            Some(Err(failure)) => Err(CouncilError::CallFailed(failure)),
            None => Err(CouncilError::NotCarried),
        }
    }
}

/// How many of `members` must vote for a motion of two thirds.
pub fn two_thirds(members: usize) -> u32 {
    u32::try_from(members.saturating_mul(2).div_ceil(3)).unwrap_or(u32::MAX)
}

/// The call that puts another one to the council, to be carried by two thirds.
///
/// # Errors
/// The connection broke.
pub async fn motion(chain: &Chain, call: Call) -> Result<Call, ChainError> {
    let threshold = two_thirds(chain.council().await?.len());
    Ok(calls::propose_motion(threshold, call))
}

/// The motion that a proposal has become; `None` where there is one member, for whom it is carried out at once.
///
/// # Errors
/// The event has another form.
pub fn proposed(receipt: &Receipt) -> Result<Option<Motion>, ChainError> {
    Ok(receipt.motion()?.map(|(index, hash)| Motion { index, hash }))
}

/// Puts a call to the council. With one member it is carried out at once and there is no motion to vote on.
///
/// # Errors
/// The key is not a member's, or the connection broke.
pub async fn propose(
    chain: &Chain,
    key: &Keypair,
    call: Call,
) -> Result<(Receipt, Option<Motion>), ChainError> {
    let receipt = chain.execute(key, &motion(chain, call).await?).await?;
    let motion = proposed(&receipt)?;
    Ok((receipt, motion))
}

/// Has a motion proposed by the first key, voted for by all, and closed: for tests and demonstrations in which one
/// person holds the keys of several members.
///
/// # Errors
/// Any step failed, or the motion was carried out and its call failed.
pub async fn carry(chain: &Chain, members: &[Keypair], call: Call) -> Result<Receipt, CouncilError> {
    let first = members.first().ok_or(CouncilError::NoMember)?;
    let (receipt, motion) = propose(chain, first, call).await?;
    let Some(motion) = motion else { return Ok(receipt) };
    let vote = motion.vote(true);
    let votes = members.iter().map(|member| chain.execute(member, &vote));
    futures::future::try_join_all(votes).await?;
    let receipt = chain.execute(first, &motion.close()).await?;
    motion.ensure_carried_out(&receipt)?;
    Ok(receipt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_motion_should_be_named_by_number_or_hash_and_by_nothing_else() {
        let hash = "ab".repeat(32);
        assert_eq!("7".parse(), Ok(MotionName::Index(7)));
        for text in [hash.clone(), format!("0x{hash}")] {
            assert_eq!(text.parse(), Ok(MotionName::Hash(Hash::from([0xab; 32]))));
        }
        for wrong in ["", "-1", "0xab", "seven"] {
            assert_eq!(wrong.parse::<MotionName>(), Err(InvalidMotionName), "{wrong}");
        }
    }

    #[test]
    fn two_thirds_should_round_up_when_members_are_not_a_multiple_of_three() {
        assert_eq!([1, 2, 3, 4, 6].map(two_thirds), [1, 2, 2, 3, 4]);
    }
}
