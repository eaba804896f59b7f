//! While netting is paused the time to fund stands still: nobody is excluded for what it could not do.

use crate::{Config, Cycles, Event, Pallet, Standings, Unfinished, MAX_TOKENS};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use interclear_ports::Clock;
use interclear_primitives::{
    ids::CycleId,
    netting::{Cycle, CyclePhase},
    Moment,
};

impl<T: Config> Pallet<T> {
    /// The cycles that debtors can fund, one of a token at most. All others have their time to fund from the computation on.
    fn being_funded() -> Vec<(CycleId, Cycle)> {
        Unfinished::<T>::iter_values()
            .filter_map(|id| Some((id, Cycles::<T>::get(id)?)))
            .filter(|(_, cycle)| matches!(cycle.phase, CyclePhase::Computed | CyclePhase::Funding))
            .collect()
    }

    pub(crate) fn do_stop() {
        let now = T::Clock::now();
        for (_, cycle) in Self::being_funded() {
            Standings::<T>::mutate(cycle.token, |standing| {
                standing.stood = Self::has_stood(standing, now);
                standing.since = None;
            });
        }
    }

    /// A time to fund that was over when the pause began stays so.
    pub(crate) fn do_go_on(since: Moment) {
        let now = T::Clock::now();
        for (id, mut cycle) in Self::being_funded() {
            if cycle.fund_by >= since {
                // Nobody announces the end of a pause, which may be in the night: a working day begins anew, as after an exclusion.
                let left = Self::funding_time(since, cycle.fund_by).max(Self::least_funding_time());
                cycle.fund_by = cycle.fund_by.max(Self::funded_by(now, left));
                Self::deposit_event(Event::FundingMoved {
                    cycle: id,
                    fund_by: cycle.fund_by,
                });
            }
            let stands = Self::stands(cycle.token);
            Standings::<T>::mutate(cycle.token, |standing| {
                standing.since = stands.then_some(now);
                standing.until = cycle.fund_by;
            });
            Cycles::<T>::insert(id, cycle);
        }
    }

    /// By what is read and written of each token: whether it stands takes its issuer, and its asset.
    pub(crate) fn weight_of_switching() -> Weight {
        let of_all = |each: u64| u64::from(MAX_TOKENS).saturating_mul(each);
        T::DbWeight::get().reads_writes(of_all(8), of_all(2))
    }
}
