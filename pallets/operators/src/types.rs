//! Types that only this pallet needs.

use alloc::{string::String, vec::Vec};
use interclear_primitives::{
    ids::OperatorId,
    operator::{OperatorKind, Plmn, Role},
    tadig::Tadig,
};
use interclear_record::record;
use serde::{Deserialize, Serialize};

/// Of what a payer pays for a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// What each operator, council member or validator has in a window of blocks.
    Quota,
    /// The reserve for urgent calls.
    Reserve,
}

/// Whose quota a transaction uses.
#[record(no_serde)]
pub enum Payer<AccountId> {
    /// All desks of an operator share one quota.
    Operator(OperatorId),
    /// A council member or validator has a quota of its own, even if it is a desk.
    Account(AccountId),
}

/// What the runtime says of a call before it is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Within the quota.
    Ordinary,
    /// Answers, pays or stops: may use the reserve beyond the quota, and goes first then.
    Urgent,
    /// What only council members may call; theirs is urgent, and anybody else's is refused.
    Members,
    /// Ordinary calls with what only council members may call among them; anybody else's is refused, too.
    WithMembers,
    /// Fails whoever signs it.
    Refused,
}

/// Tells the standing of calls.
pub trait Triage<Call> {
    /// The standing of a call; of a batch, what holds for all its calls.
    fn standing(call: &Call) -> Standing;

    /// Accounts of which the call filter looks up whether they are desks when the call, or each call of a batch, is made.
    fn lookups(call: &Call) -> u32;

    /// The number of a function that the council has paused, and for which a call, or one of a batch, has to wait.
    fn waits_for(call: &Call) -> Option<u8>;
}

impl<Call> Triage<Call> for () {
    fn standing(_: &Call) -> Standing {
        Standing::Ordinary
    }

    fn lookups(_: &Call) -> u32 {
        0
    }

    fn waits_for(_: &Call) -> Option<u8> {
        None
    }
}

/// Quota used in the newest window in which a payer submitted anything.
///
/// An older window counts as nothing used, so that no entry must ever be reset.
#[record(Copy, Default, no_serde)]
pub struct WindowUse<BlockNumber> {
    /// Number of the window: the block number divided by the length of a window.
    pub window: BlockNumber,
    /// Execution time used of the quota, in picoseconds.
    pub used: u64,
    /// Execution time used of the reserve for urgent calls, in picoseconds.
    pub urgent: u64,
}

impl<BlockNumber> WindowUse<BlockNumber> {
    /// What is used of a part.
    pub(crate) fn of(&self, part: Part) -> u64 {
        match part {
            Part::Quota => self.used,
            Part::Reserve => self.urgent,
        }
    }

    /// What is used of a part, to be changed.
    pub(crate) fn of_mut(&mut self, part: Part) -> &mut u64 {
        match part {
            Part::Quota => &mut self.used,
            Part::Reserve => &mut self.urgent,
        }
    }
}

/// An operator that is a member from the first block on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisOperator<AccountId> {
    /// Legal name.
    pub name: String,
    /// What it is.
    pub kinds: Vec<OperatorKind>,
    /// Its TADIG codes.
    pub tadigs: Vec<Tadig>,
    /// Its networks.
    pub plmns: Vec<Plmn>,
    /// Its desks; the first must be an admin desk.
    pub desks: Vec<(AccountId, Vec<Role>)>,
}

/// What the benchmarks need of the runtime.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId, Consent> {
    /// An account, and its signature of a message, of the kind that takes longest to check.
    fn sign(message: &[u8]) -> (AccountId, Consent);
    /// Makes as many others members as there can be.
    fn fill_members();
}
