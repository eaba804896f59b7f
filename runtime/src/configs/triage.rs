//! Which calls are urgent, and which cannot succeed whoever signs them.

use super::system::PermittedCalls;
use crate::RuntimeCall;
use alloc::vec::Vec;
use frame_support::traits::Contains;
use pallet_operators::{Standing, Triage};

/// Tells the standing of the runtime's calls.
///
/// Urgent is what answers, pays or stops: it must work when a day's quota has gone into files. Refused is what no account may
/// call: what the filter keeps out, and what only the council or a block's author may do. Its motions are not asked.
pub struct CallTriage;

impl Triage<RuntimeCall> for CallTriage {
    fn standing(call: &RuntimeCall) -> Standing {
        use pallet_utility::Call::{as_derivative, batch, batch_all, force_batch, if_else};
        match call {
            RuntimeCall::Utility(batch { calls } | batch_all { calls } | force_batch { calls }) => {
                return of_all(calls.iter().map(Self::standing));
            }
            RuntimeCall::Utility(if_else { main, fallback }) => {
                return of_all([Self::standing(main), Self::standing(fallback)].into_iter());
            }
            RuntimeCall::Utility(as_derivative { call, .. }) => return Self::standing(call),
            _ => (),
        }
        if !PermittedCalls::contains(call) || needs_another_origin(call) {
            return Standing::Refused;
        }
        match is_urgent(call) {
            true => Standing::Urgent,
            false => Standing::Ordinary,
        }
    }
}

/// Calls that are made together are refused for one that cannot succeed, and urgent when all are.
fn of_all(standings: impl Iterator<Item = Standing>) -> Standing {
    let standings: Vec<Standing> = standings.collect();
    if standings.contains(&Standing::Refused) {
        Standing::Refused
    } else if !standings.is_empty() && standings.iter().all(|standing| *standing == Standing::Urgent) {
        Standing::Urgent
    } else {
        Standing::Ordinary
    }
}

fn is_urgent(call: &RuntimeCall) -> bool {
    use pallet_agreements::Call as Agreements;
    use pallet_anchoring::Call as Anchoring;
    use pallet_netting::Call as Netting;
    use pallet_operators::Call as Operators;
    use pallet_reports::Call as Reports;
    use pallet_statements::Call as Statements;
    matches!(
        call,
        RuntimeCall::Anchoring(
            Anchoring::acknowledge { .. }
                | Anchoring::acknowledge_many { .. }
                | Anchoring::return_file { .. }
                | Anchoring::return_records { .. }
        ) | RuntimeCall::Reports(Reports::affirm_usage { .. } | Reports::conclude_usage { .. })
            | RuntimeCall::Statements(Statements::affirm { .. })
            | RuntimeCall::Netting(Netting::fund { .. })
            | RuntimeCall::Agreements(Agreements::reject { .. } | Agreements::terminate { .. })
            | RuntimeCall::Operators(Operators::set_roles { .. } | Operators::remove_desk { .. })
    )
}

fn needs_another_origin(call: &RuntimeCall) -> bool {
    use pallet_assets::Call as Assets;
    use pallet_collective::Call as Council;
    use pallet_grandpa::Call as Grandpa;
    use pallet_netting::Call as Netting;
    use pallet_operators::Call as Operators;
    use pallet_tariffs::Call as Tariffs;
    use pallet_utility::Call as Utility;
    match call {
        RuntimeCall::Timestamp(_)
        | RuntimeCall::Scheduler(_)
        | RuntimeCall::Upgrades(_)
        | RuntimeCall::CouncilMembership(_) => true,
        RuntimeCall::System(call) => !matches!(call, frame_system::Call::apply_authorized_upgrade { .. }),
        RuntimeCall::Grandpa(call) => !matches!(call, Grandpa::report_equivocation { .. }),
        RuntimeCall::Utility(call) => matches!(
            call,
            Utility::dispatch_as { .. } | Utility::dispatch_as_fallible { .. } | Utility::with_weight { .. }
        ),
        RuntimeCall::Council(call) => matches!(
            call,
            Council::set_members { .. } | Council::disapprove_proposal { .. } | Council::kill { .. }
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
        RuntimeCall::Netting(call) => {
            matches!(call, Netting::create_token { .. } | Netting::cancel_cycle { .. })
        }
        RuntimeCall::Tariffs(call) => !matches!(call, Tariffs::feed { .. }),
        _ => false,
    }
}
