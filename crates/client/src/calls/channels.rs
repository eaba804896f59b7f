//! Sealing keys, and channels.

use crate::chain::Call;
use interclear_primitives::{
    channel::{PublicKey, SealedBox, Suite, SuiteStatus},
    ids::OperatorId,
    Digest,
};

/// Registers the operator's next sealing key; by an admin desk.
pub fn set_sealing_key(suite: Suite, key: &PublicKey) -> Call {
    Call::new("Channels", "set_sealing_key").arg(suite).arg(key)
}

/// Revokes a sealing key; by an admin desk of its operator, or by the council.
pub fn revoke_sealing_key(operator: OperatorId, version: u32) -> Call {
    Call::new("Channels", "revoke_sealing_key")
        .arg(operator)
        .arg(version)
}

/// Sets whether a suite may be used; by the council.
pub fn set_suite(suite: Suite, status: SuiteStatus) -> Call {
    Call::new("Channels", "set_suite").arg(suite).arg(status)
}

/// Offers an epoch of a channel: its number and suite, the versions of the own and of the partner's key, and the boxes for the
/// partner and for oneself.
pub fn offer_channel(
    to: OperatorId,
    epoch: u32,
    suite: Suite,
    versions: [u32; 2],
    boxes: &[SealedBox; 2],
) -> Call {
    let [own, partner] = versions;
    let [to_partner, to_oneself] = boxes;
    Call::new("Channels", "offer_channel")
        .arg(to)
        .arg(epoch)
        .arg(suite)
        .arg((own, partner))
        .arg(to_partner)
        .arg(to_oneself)
}

/// Accepts an epoch, with the boxes for the partner and for oneself, and what comes of the key that both now have.
pub fn accept_channel(with: OperatorId, epoch: u32, boxes: &[SealedBox; 2], confirm: Digest) -> Call {
    let [to_partner, to_oneself] = boxes;
    Call::new("Channels", "accept_channel")
        .arg(with)
        .arg(epoch)
        .arg(to_partner)
        .arg(to_oneself)
        .arg(confirm)
}

/// Closes an epoch, or takes away what is offered.
pub fn close_channel(with: OperatorId, epoch: u32) -> Call {
    Call::new("Channels", "close_channel").arg(with).arg(epoch)
}

/// Sends the key of an epoch again, sealed to a version of the partner's key.
pub fn resend_channel(to: OperatorId, epoch: u32, version: u32, sealed: &SealedBox) -> Call {
    Call::new("Channels", "resend_channel")
        .arg(to)
        .arg(epoch)
        .arg(version)
        .arg(sealed)
}
