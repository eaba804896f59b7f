//! The early end of an agreement.

use crate::{Agreements, Config, Error, Event, Pallet};
use frame_support::{ensure, traits::Get};
use interclear_ports::{Clock, Operators, Periods};
use interclear_primitives::{agreement::AgreementStatus, ids::AgreementId, operator::Role, period::Period};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_terminate(who: &T::AccountId, id: AgreementId, last: Period) -> DispatchResult {
        let by = T::Operators::ensure_role(who, Role::Commercial)?;
        let (mut agreement, _) = Self::load_for(id, by)?;
        let now = T::Clock::now();
        ensure!(
            agreement.status_at(now) == AgreementStatus::Active,
            Error::<T>::NotActive
        );
        ensure!(last.is_valid(), Error::<T>::InvalidPeriod);
        let first = agreement
            .versions
            .first()
            .map(|entry| entry.from)
            .ok_or(Error::<T>::NotActive)?;
        ensure!(first <= last && last < agreement.end(), Error::<T>::OutsideTerm);
        let notice = Period::containing(now).months_until(last);
        ensure!(last >= Period::containing(now), Error::<T>::NoticeTooShort);
        let agreed = Self::newest_outline(id, &agreement)?.notice_months;
        ensure!(
            notice >= T::TerminationNoticeMonths::get().max(u32::from(agreed)),
            Error::<T>::NoticeTooShort
        );
        // The last month charges what is missing from commitments, so it must not be closed already.
        ensure!(
            T::Periods::last_closed(id).is_none_or(|closed| closed < last),
            Error::<T>::PeriodClosed
        );

        Self::clear_table(id, &mut agreement);
        agreement.versions.retain(|entry| {
            let begins = entry.from <= last;
            if !begins {
                Self::drop_terms(id, entry.version);
            }
            begins
        });
        agreement.status = AgreementStatus::Terminated;
        agreement.last = last;
        agreement.renewal_months = 0;
        Agreements::<T>::insert(id, agreement);
        Self::deposit_event(Event::Terminated {
            agreement: id,
            by,
            last,
        });
        Ok(())
    }
}
