//! The pallets whose weights can be measured.

frame_benchmarking::define_benchmarks!(
    [frame_benchmarking, BaselineBench::<Runtime>]
    [frame_system, SystemBench::<Runtime>]
    [frame_system_extensions, SystemExtensionsBench::<Runtime>]
    [pallet_timestamp, Timestamp]
    [pallet_balances, Balances]
    [pallet_assets, Assets]
    [pallet_collective, Council]
    [pallet_membership, CouncilMembership]
    [pallet_utility, Utility]
    [pallet_preimage, Preimage]
    [pallet_scheduler, Scheduler]
    [pallet_operators, Operators]
    [pallet_agreements, Agreements]
    [pallet_anchoring, Anchoring]
    [pallet_reports, Reports]
    [pallet_statements, Statements]
    [pallet_disputes, Disputes]
    [pallet_netting, Netting]
    [pallet_tariffs, Tariffs]
    [pallet_validators, Validators]
);
