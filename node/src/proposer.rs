//! Stops filling a block in time for it to be closed.

use futures::{future::BoxFuture, FutureExt, TryFutureExt};
use interclear_runtime::opaque::Block;
use sp_consensus::{Environment, ProposeArgs, Proposer};
use sp_runtime::traits::Block as BlockT;

/// The part of a slot in which a block is made; one that takes longer is thrown away. Transactions are taken for two thirds of the
/// slot ([`InTime`]), which is more than the half that the runtime lets a block compute.
pub const PROPOSAL_PORTION: f32 = 0.9;

/// The part of the time that it is given in which the proposer within may fill a block. It keeps a tenth of it for itself, and
/// is given 0.98 of [`PROPOSAL_PORTION`] of a slot, so that two thirds of a slot are left: 2 s * 0.9 * 0.98 * 0.9
/// * 0.84 = 1.33 s.
const FILLING: f32 = 0.84;

/// A proposer, or what makes one, that leaves the last third of a slot for closing, sealing and passing the block on. What the
/// SDK's own leaves, a tenth, is too little for the state root of a full block, and a block that is late is thrown away.
pub struct InTime<Within>(pub Within);

impl<Within> Environment<Block> for InTime<Within>
where
    Within: Environment<Block>,
    Within::Error: 'static,
{
    type CreateProposer = BoxFuture<'static, Result<Self::Proposer, Self::Error>>;
    type Error = Within::Error;
    type Proposer = InTime<Within::Proposer>;

    fn init(&mut self, parent: &<Block as BlockT>::Header) -> Self::CreateProposer {
        self.0.init(parent).map_ok(InTime).boxed()
    }
}

impl<Within: Proposer<Block>> Proposer<Block> for InTime<Within> {
    type Error = Within::Error;
    type Proposal = Within::Proposal;

    fn propose(self, args: ProposeArgs<Block>) -> Self::Proposal {
        self.0.propose(ProposeArgs {
            max_duration: args.max_duration.mul_f32(FILLING),
            ..args
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Tells when the proposer within would stop, by its own rule of a tenth.
    struct Ends;

    impl Proposer<Block> for Ends {
        type Error = sp_consensus::Error;
        type Proposal = futures::future::Ready<Result<sp_consensus::Proposal<Block>, Self::Error>>;

        fn propose(self, args: ProposeArgs<Block>) -> Self::Proposal {
            let filled = args.max_duration - args.max_duration / 10;
            assert!(filled <= Duration::from_millis(1_334), "{filled:?}");
            assert!(filled >= Duration::from_millis(1_300), "{filled:?}");
            futures::future::ready(Err(sp_consensus::Error::ClientImport(String::new())))
        }
    }

    #[test]
    fn the_last_third_of_a_slot_should_be_kept_when_a_block_is_filled() {
        let slot = Duration::from_millis(interclear_runtime::SLOT_DURATION);
        let args = ProposeArgs {
            max_duration: slot.mul_f32(PROPOSAL_PORTION).mul_f32(0.98),
            ..Default::default()
        };
        drop(InTime(Ends).propose(args));
    }
}
