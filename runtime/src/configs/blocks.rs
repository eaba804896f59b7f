//! How full a block may be.

use crate::SLOT_DURATION;
use frame_support::{
    dispatch::DispatchClass,
    parameter_types,
    weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::Perbill;

/// The share of a block for ordinary transactions; the rest is for what must happen.
const NORMAL_SHARE: Perbill = Perbill::from_percent(90);
/// The computation a block may take: half of a slot, so that the other half is left to pass it on and check it.
pub(super) const BLOCK_WEIGHT: Weight =
    Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND / 1_000 * SLOT_DURATION / 2, u64::MAX);
/// The size a block may have, in bytes. A node's block author has a limit of its own, which must not be below.
pub const BLOCK_LENGTH: u32 = 4 * 1024 * 1024;

parameter_types! {
    pub RuntimeBlockWeights: BlockWeights = BlockWeights::with_sensible_defaults(BLOCK_WEIGHT, NORMAL_SHARE);
    pub RuntimeBlockLength: BlockLength = BlockLength::builder()
        .max_length(BLOCK_LENGTH)
        .modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_SHARE * *length)
        .build();
}
