//! Which calls are urgent, and which cannot succeed whoever signs them.

use super::{
    switches::{needs, Need},
    system::{is_permitted, payee},
};
use crate::RuntimeCall;
use alloc::{collections::BTreeSet, vec, vec::Vec};
use interclear_primitives::switch::Function;
use pallet_operators::{Standing, Triage};

/// Calls of one transaction that are looked at. What carries more is refused: no client sends it, and each is looked at before
/// anything is paid.
pub const MOST_CALLS: usize = 1_000;

/// Tells the standing of the runtime's calls, by the call alone.
///
/// Urgent is what answers, pays or stops: it must work when a day's quota has gone into files. Refused is what no account may
/// call: what the filter keeps out, and what only the council or a block's author may do. Calls that are made together are
/// refused for one that is, for members where one is, and as urgent as the least of them. The council's motions are not asked.
pub struct CallTriage;

impl Triage<RuntimeCall> for CallTriage {
    fn standing(call: &RuntimeCall) -> Standing {
        let Some(calls) = all_of(call) else {
            return Standing::Refused;
        };
        let mut together = None;
        for call in calls {
            together = Some(match (together, of_one(call)) {
                (_, Standing::Refused) => return Standing::Refused,
                (None, one) => one,
                (Some(one), other) => of_both(one, other),
            });
        }
        together.unwrap_or(Standing::Ordinary)
    }

    fn lookups(call: &RuntimeCall) -> u32 {
        // Nobody makes more calls than are looked at.
        let calls = all_of(call).unwrap_or_default();
        calls.into_iter().filter(|call| payee(call).is_some()).count() as u32
    }

    fn waits_for(call: &RuntimeCall) -> Option<u8> {
        // Each function is looked up once, however many calls of a batch need it.
        let calls = all_of(call).unwrap_or_default();
        let needed: BTreeSet<Need> = calls.into_iter().flat_map(needs).copied().collect();
        needed.into_iter().find_map(Need::waits_for).map(Function::code)
    }
}

/// The calls that are made by one, which may be a batch; `None` if they are more than are looked at.
fn all_of(call: &RuntimeCall) -> Option<Vec<&RuntimeCall>> {
    use pallet_utility::Call::{batch, batch_all, force_batch, if_else};
    let (mut open, mut seen, mut found) = (vec![call], 0usize, Vec::new());
    while let Some(call) = open.pop() {
        seen = seen.saturating_add(1);
        let carried = match call {
            RuntimeCall::Utility(batch { calls } | batch_all { calls } | force_batch { calls }) => {
                calls.len()
            }
            RuntimeCall::Utility(if_else { .. }) => 2,
            _ => 0,
        };
        if seen.saturating_add(open.len()).saturating_add(carried) > MOST_CALLS {
            return None;
        }
        match call {
            RuntimeCall::Utility(batch { calls } | batch_all { calls } | force_batch { calls }) => {
                open.extend(calls);
            }
            RuntimeCall::Utility(if_else { main, fallback }) => open.extend([&**main, &**fallback]),
            _ => found.push(call),
        }
    }
    Some(found)
}

/// What is for members stays that beside anything else; what is ordinary makes all the rest so.
fn of_both(one: Standing, other: Standing) -> Standing {
    use Standing::{Members, Ordinary, Urgent, WithMembers};
    match (one, other) {
        (one, other) if one == other => one,
        (Members, Urgent) | (Urgent, Members) => Members,
        (Members | WithMembers, _) | (_, Members | WithMembers) => WithMembers,
        _ => Ordinary,
    }
}

fn of_one(call: &RuntimeCall) -> Standing {
    if !is_permitted(call) || needs_another_origin(call) {
        Standing::Refused
    } else if is_for_members(call) {
        Standing::Members
    } else if is_urgent(call) {
        Standing::Urgent
    } else {
        Standing::Ordinary
    }
}

fn is_urgent(call: &RuntimeCall) -> bool {
    use pallet_agreements::Call as Agreements;
    use pallet_anchoring::Call as Anchoring;
    use pallet_channels::Call as Channels;
    use pallet_disputes::Call as Disputes;
    use pallet_escrow::Call as Escrow;
    use pallet_grandpa::Call as Grandpa;
    use pallet_inventory::Call as Inventory;
    use pallet_issuance::Call as Issuance;
    use pallet_netting::Call as Netting;
    use pallet_operators::Call as Operators;
    use pallet_reports::Call as Reports;
    use pallet_statements::Call as Statements;
    use pallet_validators::Call as Validators;
    matches!(
        call,
        RuntimeCall::Anchoring(
            Anchoring::acknowledge { .. }
                | Anchoring::acknowledge_many { .. }
                | Anchoring::return_file { .. }
                | Anchoring::return_records { .. }
        ) | RuntimeCall::Reports(Reports::affirm_usage { .. } | Reports::conclude_usage { .. })
            | RuntimeCall::Statements(Statements::affirm { .. })
            | RuntimeCall::Disputes(
                Disputes::raise { .. }
                    | Disputes::answer { .. }
                    | Disputes::accept { .. }
                    | Disputes::concede { .. }
                    | Disputes::offer { .. }
                    | Disputes::escalate { .. }
                    | Disputes::arbitrate { .. }
            )
            // A bill is disputed until silence affirms it.
            | RuntimeCall::Inventory(Inventory::dispute_bill { .. } | Inventory::affirm_bill { .. })
            // What holds up the money of all others, or has an end of its own; what has 90 days may wait, and what anybody may do is
            // done by another.
            | RuntimeCall::Netting(
                Netting::fund { .. }
                    | Netting::settle { .. }
                    | Netting::exclude_defaulters { .. }
                    | Netting::release { .. }
                    | Netting::claim_payment { .. }
                    | Netting::confirm_payment { .. }
                    | Netting::pay { .. }
                    | Netting::tender { .. }
            )
            | RuntimeCall::Issuance(
                Issuance::confirm_redemption { .. }
                    | Issuance::return_redemption { .. }
                    | Issuance::freeze { .. }
                    | Issuance::thaw { .. }
            )
            // A voucher expires with its month.
            | RuntimeCall::Escrow(Escrow::deposit { .. } | Escrow::redeem { .. })
            | RuntimeCall::Agreements(Agreements::reject { .. } | Agreements::terminate { .. })
            | RuntimeCall::Channels(Channels::revoke_sealing_key { .. } | Channels::close_channel { .. })
            | RuntimeCall::Operators(Operators::set_roles { .. } | Operators::remove_desk { .. })
            // By an engineering desk: whoever is disabled has no quota of its own, and needs new keys first.
            | RuntimeCall::Validators(Validators::set_keys { .. } | Validators::report_two_blocks { .. })
            | RuntimeCall::Grandpa(Grandpa::report_equivocation { .. })
    )
}

/// What the council's members may do, and nobody else.
fn is_for_members(call: &RuntimeCall) -> bool {
    match call {
        RuntimeCall::Council(_) => true,
        RuntimeCall::System(call) => matches!(call, frame_system::Call::apply_authorized_upgrade { .. }),
        _ => false,
    }
}

fn needs_another_origin(call: &RuntimeCall) -> bool {
    use pallet_assets::Call as Assets;
    use pallet_channels::Call as Channels;
    use pallet_collective::Call as Council;
    use pallet_disputes::Call as Disputes;
    use pallet_grandpa::Call as Grandpa;
    use pallet_netting::Call as Netting;
    use pallet_operators::Call as Operators;
    use pallet_tariffs::Call as Tariffs;
    use pallet_utility::Call as Utility;
    use pallet_validators::Call as Validators;
    match call {
        RuntimeCall::Timestamp(_)
        | RuntimeCall::Scheduler(_)
        | RuntimeCall::Upgrades(_)
        | RuntimeCall::Switches(_)
        | RuntimeCall::CouncilMembership(_) => true,
        RuntimeCall::System(call) => !matches!(call, frame_system::Call::apply_authorized_upgrade { .. }),
        RuntimeCall::Grandpa(call) => !matches!(call, Grandpa::report_equivocation { .. }),
        RuntimeCall::Utility(call) => matches!(
            call,
            Utility::dispatch_as { .. } | Utility::dispatch_as_fallible { .. } | Utility::with_weight { .. }
        ),
        RuntimeCall::Council(call) => matches!(
            call,
            // A member alone may do nothing that others may not.
            Council::execute { .. }
                | Council::set_members { .. }
                | Council::disapprove_proposal { .. }
                | Council::kill { .. }
        ),
        RuntimeCall::Assets(call) => matches!(call, Assets::force_asset_status { .. }),
        RuntimeCall::Operators(call) => matches!(
            call,
            Operators::admit { .. }
                | Operators::suspend { .. }
                | Operators::readmit { .. }
                | Operators::set_networks { .. }
                | Operators::replace_admin { .. }
        ),
        RuntimeCall::Channels(call) => matches!(call, Channels::set_suite { .. }),
        RuntimeCall::Disputes(call) => matches!(call, Disputes::rule { .. }),
        RuntimeCall::Netting(call) => {
            matches!(
                call,
                Netting::create_token { .. }
                    | Netting::open_cycle { .. }
                    | Netting::cancel_cycle { .. }
                    | Netting::set_schedule { .. }
                    | Netting::set_general_cap { .. }
            )
        }
        RuntimeCall::Tariffs(call) => !matches!(call, Tariffs::feed { .. }),
        RuntimeCall::Validators(call) => !matches!(
            call,
            Validators::report_two_blocks { .. }
                | Validators::retire { .. }
                | Validators::set_keys { .. }
                | Validators::set_peers { .. }
        ),
        _ => false,
    }
}
