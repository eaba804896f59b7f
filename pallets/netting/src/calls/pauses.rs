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
    /// The cycles that are not over, one of a token at most.
    fn running() -> Vec<(CycleId, Cycle)> {
        Unfinished::<T>::iter_values()
            .filter_map(|id| Some((id, Cycles::<T>::get(id)?)))
            .collect()
    }

    /// Whether debtors can fund a cycle.
    fn can_be_funded(cycle: &Cycle) -> bool {
        matches!(cycle.phase, CyclePhase::Computed | CyclePhase::Funding)
    }

    pub(crate) fn do_stop() {
        let now = T::Clock::now();
        for (_, cycle) in Self::running() {
            if Self::can_be_funded(&cycle) {
                Standings::<T>::mutate(cycle.token, |standing| Self::end_standing(standing, now));
            }
        }
    }

    /// A time to fund that was over when the pause began stays so. It runs from the cut-off on, whoever has collected and computed since: who
    /// knew of the pause must not shorten it by waiting.
    pub(crate) fn do_go_on(since: Moment) {
        let now = T::Clock::now();
        for (id, mut cycle) in Self::running() {
            if cycle.fund_by >= since {
                let [begun, begins] = [since, now].map(|moment| moment.max(cycle.cut_off));
                // Nobody announces the end of a pause, which may be in the night: a working day begins anew, as after an exclusion.
                let left = Self::funding_time(begun, cycle.fund_by).max(Self::least_funding_time());
                let fund_by = Self::funded_by(begins, left);
                if fund_by > cycle.fund_by {
                    cycle.fund_by = fund_by;
                    Self::deposit_event(Event::FundingMoved { cycle: id, fund_by });
                }
            }
            if Self::can_be_funded(&cycle) {
                let stands = Self::stands(cycle.token);
                Standings::<T>::mutate(cycle.token, |standing| {
                    standing.since = stands.then_some(now);
                    standing.until = cycle.fund_by;
                });
            }
            Cycles::<T>::insert(id, cycle);
        }
    }

    /// By what is read and written of each token: whether it stands takes its issuer, and its asset.
    pub(crate) fn weight_of_switching() -> Weight {
        let of_all = |each: u64| u64::from(MAX_TOKENS).saturating_mul(each);
        T::DbWeight::get().reads_writes(of_all(8), of_all(2))
    }
}
