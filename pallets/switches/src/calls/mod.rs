//! The rules of pausing, and of going on.

use crate::{Config, Error, Event, Pallet, Pauses};
use frame_support::{ensure, traits::Get};
use interclear_ports::{Clock, Cycles};
use interclear_primitives::switch::{Function, Pause, PauseReason};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_pause(function: Function, reason: PauseReason) -> DispatchResult {
        ensure!(reason.is_valid(), Error::<T>::InvalidReason);
        let (before, now) = (Pauses::<T>::get(function), T::Clock::now());
        // What is left to wait of the pause before is not lost by another one.
        let left = match before {
            None => 0,
            Some(Pause { until, .. }) => until.ok_or(Error::<T>::AlreadyPaused)?.saturating_sub(now),
        };
        let pause = Pause {
            function,
            since: now.saturating_sub(left),
            ends: now.saturating_add(T::MaxPause::get()),
            reason: reason.clone(),
            until: None,
        };
        Pauses::<T>::insert(function, pause);
        if function == Function::Netting {
            T::Cycles::stop();
        }
        Self::deposit_event(Event::Paused { function, reason });
        Ok(())
    }

    pub(crate) fn do_resume(function: Function) -> DispatchResult {
        let pause = Pauses::<T>::get(function)
            .filter(Pause::is_paused)
            .ok_or(Error::<T>::NotPaused)?;
        let (since, now) = (pause.since, T::Clock::now());
        let until = function
            .is_awaited()
            .then(|| now.saturating_add(now.saturating_sub(since)));
        match until {
            Some(_) => Pauses::<T>::insert(function, Pause { until, ..pause }),
            None => Pauses::<T>::remove(function),
        }
        if function == Function::Netting {
            T::Cycles::go_on(since);
        }
        Self::deposit_event(Event::Resumed { function, until });
        Ok(())
    }
}
