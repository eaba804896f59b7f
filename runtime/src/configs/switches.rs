//! Which calls wait while the council has paused a function.

use crate::{RuntimeCall, Switches};
use interclear_ports::Switches as _;
use interclear_primitives::switch::Function;

/// What of its functions a call needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Need {
    /// The call is part of this one.
    Runs(Function),
    /// The call acts on what is missing of this one: it waits until that has had its time again.
    HadItsTime(Function),
}

impl Need {
    /// The function, while the call has to wait for it.
    pub(super) fn waits_for(self) -> Option<Function> {
        match self {
            Self::Runs(function) => Switches::is_paused(function).then_some(function),
            Self::HadItsTime(function) => Switches::waits(function).then_some(function),
        }
    }
}

/// What a call needs, by the call alone.
///
/// A pause stops what begins something. What answers within days that run is never paused, nor what anybody does with its own money,
/// nor governance: the README of `pallet-switches` says why.
pub(super) fn needs(call: &RuntimeCall) -> &'static [Need] {
    use pallet_agreements::Call as Agreements;
    use pallet_anchoring::Call as Anchoring;
    use pallet_escrow::Call as Escrow;
    use pallet_inventory::Call as Inventory;
    use pallet_netting::Call as Netting;
    use pallet_statements::Call as Statements;
    match call {
        RuntimeCall::Agreements(
            Agreements::propose { .. }
            | Agreements::counter { .. }
            | Agreements::sign { .. }
            | Agreements::amend { .. },
        )
        | RuntimeCall::Escrow(Escrow::publish_offer { .. } | Escrow::accept_offer { .. }) => {
            &[Need::Runs(Function::Agreements)]
        }
        RuntimeCall::Anchoring(
            Anchoring::anchor { .. } | Anchoring::anchor_many { .. } | Anchoring::begin_series { .. },
        ) => &[Need::Runs(Function::Anchoring)],
        RuntimeCall::Anchoring(Anchoring::waive_file { .. } | Anchoring::waive_gap { .. }) => {
            &[Need::HadItsTime(Function::Anchoring)]
        }
        RuntimeCall::Statements(Statements::close_period { .. }) => &[
            Need::Runs(Function::Closing),
            Need::HadItsTime(Function::Anchoring),
        ],
        RuntimeCall::Netting(
            Netting::open_cycle { .. }
            | Netting::collect { .. }
            | Netting::compute { .. }
            | Netting::fund { .. }
            | Netting::settle { .. }
            | Netting::exclude_defaulters { .. },
        ) => &[Need::Runs(Function::Netting)],
        RuntimeCall::Inventory(
            Inventory::report_records { .. }
            | Inventory::report_blind_records { .. }
            | Inventory::withdraw_records { .. }
            | Inventory::propose_profile { .. }
            | Inventory::sign_profile { .. },
        ) => &[Need::Runs(Function::Inventory)],
        RuntimeCall::Inventory(Inventory::bill_month { .. }) => &[Need::HadItsTime(Function::Inventory)],
        _ => &[],
    }
}

/// The function for which a call has to wait, if it does.
pub(super) fn waits_for(call: &RuntimeCall) -> Option<Function> {
    needs(call).iter().copied().find_map(Need::waits_for)
}
