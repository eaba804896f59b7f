//! What has happened in a block, counted, for those who watch a node. It is asked by clients only, never in a block.

use crate::{RuntimeEvent, System};
use interclear_primitives::api::Activity;

/// What has happened in the block whose state is asked.
pub fn of_block() -> Activity {
    let mut activity = Activity::default();
    for record in System::read_events_no_consensus() {
        if let Some(count) = place(&mut activity, &record.event) {
            *count = count.saturating_add(1);
        }
    }
    activity
}

/// Where an event is counted, if it is.
fn place<'a>(activity: &'a mut Activity, event: &RuntimeEvent) -> Option<&'a mut u32> {
    use pallet_anchoring::Event as Anchoring;
    use pallet_disputes::Event as Disputes;
    use pallet_netting::Event as Netting;
    use pallet_reports::Event as Reports;
    use pallet_statements::Event as Statements;
    use pallet_validators::Event as Validators;
    Some(match event {
        RuntimeEvent::Anchoring(Anchoring::Anchored { .. }) => &mut activity.files_anchored,
        RuntimeEvent::Anchoring(Anchoring::Acknowledged { .. }) => &mut activity.files_acknowledged,
        RuntimeEvent::Anchoring(Anchoring::FileReturned { .. } | Anchoring::RecordsReturned { .. }) => {
            &mut activity.files_returned
        }
        RuntimeEvent::Anchoring(Anchoring::NrtrdeAnchored { .. }) => &mut activity.nrtrde_files,
        RuntimeEvent::Reports(Reports::UsageReported { .. }) => &mut activity.usage_reports,
        RuntimeEvent::Statements(Statements::PeriodClosed { .. }) => &mut activity.months_closed,
        RuntimeEvent::Netting(Netting::ObligationCreated { .. }) => &mut activity.obligations_created,
        RuntimeEvent::Netting(Netting::CycleSettled { .. }) => &mut activity.cycles_settled,
        RuntimeEvent::Netting(Netting::CycleCancelled { .. }) => &mut activity.cycles_cancelled,
        RuntimeEvent::Disputes(Disputes::DisputeRaised { .. }) => &mut activity.disputes_raised,
        RuntimeEvent::Disputes(Disputes::DisputeEnded { .. }) => &mut activity.disputes_ended,
        RuntimeEvent::Validators(Validators::SlotsMissed { .. }) => &mut activity.slots_missed,
        RuntimeEvent::Validators(Validators::ValidatorDisabled { .. }) => &mut activity.validators_disabled,
        _ => return None,
    })
}
