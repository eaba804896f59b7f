//! What other pallets ask: decimals of tokens, and what becomes of obligations in a cycle.

use crate::{Config, CycleObligations, Cycles, Decimals, Pallet, Positions};
use interclear_ports::Settlement;
use interclear_primitives::{
    ids::{CycleId, ObligationId, OperatorId},
    money::Currency,
    netting::{CyclePhase, ObligationStatus},
};

impl<T: Config> Settlement for Pallet<T> {
    fn decimals(currency: Currency) -> Option<u8> {
        Decimals::<T>::get(currency)
    }

    fn status_in(cycle: CycleId, parties: [OperatorId; 2]) -> ObligationStatus {
        match Cycles::<T>::get(cycle).map(|cycle| cycle.phase) {
            Some(CyclePhase::Settled)
                if parties
                    .iter()
                    .all(|party| !Positions::<T>::get(cycle, party).excluded) =>
            {
                ObligationStatus::Settled(cycle)
            }
            Some(CyclePhase::Settled | CyclePhase::Cancelled) => ObligationStatus::Open,
            _ => ObligationStatus::InCycle(cycle),
        }
    }

    fn includes(cycle: CycleId, obligation: ObligationId) -> bool {
        CycleObligations::<T>::contains_key(cycle, obligation)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_decimals(currency: Currency, decimals: u8) {
        Decimals::<T>::insert(currency, decimals);
    }
}
