//! The rules of pausing, and of going on.

use crate::{Config, Error, Event, MaxRemembered, NettingPaused, Pallet, Pauses};
use frame_support::{ensure, traits::Get, BoundedVec};
use interclear_ports::{Clock, Cycles};
use interclear_primitives::{
    day_of,
    switch::{Function, Pause, PauseReason},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_pause(function: Function, reason: PauseReason) -> DispatchResult {
        ensure!(reason.is_valid(), Error::<T>::InvalidReason);
        let (before, now) = (Pauses::<T>::get(function), T::Clock::now());
        // What is left to wait of the pause before is not lost by another one, nor what still comes because of it.
        let (left, began) = match before {
            None => (0, now),
            Some(Pause { until, began, .. }) => {
                let left = until.ok_or(Error::<T>::AlreadyPaused)?.saturating_sub(now);
                (left, if left > 0 { began } else { now })
            }
        };
        let pause = Pause {
            function,
            since: now.saturating_sub(left),
            began,
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
        Self::end(pause);
        Ok(())
    }

    /// Ends a pause, by the council or by its time.
    pub(crate) fn end(pause: Pause) {
        let (function, since, now) = (pause.function, pause.since, T::Clock::now());
        let until = function
            .is_awaited()
            .then(|| now.saturating_add(now.saturating_sub(since)));
        match until {
            Some(_) => Pauses::<T>::insert(function, Pause { until, ..pause }),
            None => Pauses::<T>::remove(function),
        }
        if function == Function::Netting {
            Self::remember(day_of(since), day_of(now));
            T::Cycles::go_on(since);
        }
        Self::deposit_event(Event::Resumed { function, until });
    }

    /// Remembers the days of a pause of netting, if it took any.
    fn remember(from: u32, to: u32) {
        if from >= to {
            return;
        }
        let mut paused = NettingPaused::<T>::get().into_inner();
        match paused.last_mut() {
            // It was renewed.
            Some((_, end)) if *end == from => *end = to,
            _ => paused.push((from, to)),
        }
        let most = usize::try_from(<MaxRemembered as Get<u32>>::get()).unwrap_or(usize::MAX);
        if paused.len() > most {
            // The shortest one, the oldest of these: many that took a night must not have one of weeks forgotten.
            let days = |(_, (begin, end)): &(usize, &(u32, u32))| end.saturating_sub(*begin);
            let shortest = paused.iter().enumerate().min_by_key(days);
            if let Some(place) = shortest.map(|(place, _)| place) {
                paused.remove(place);
            }
        }
        NettingPaused::<T>::put(BoundedVec::truncate_from(paused));
    }
}
