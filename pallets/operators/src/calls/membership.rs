//! Membership and networks of operators, decided by governance.

use super::are_distinct;
use crate::{Config, Error, Event, NextOperatorId, Operators, Pallet, TadigOwner};
use frame_support::{ensure, traits::Get, BoundedVec};
use interclear_primitives::{
    ids::OperatorId,
    operator::{MaxNameLen, MaxPlmns, MaxTadigs, Operator, OperatorKinds, OperatorStatus, Plmn},
    tadig::Tadig,
};
use sp_runtime::{DispatchError, DispatchResult};

/// A name that people can read: UTF-8, not blank, without control characters.
fn is_valid_name(name: &[u8]) -> bool {
    core::str::from_utf8(name)
        .is_ok_and(|text| !text.trim().is_empty() && !text.chars().any(|c| c.is_control()))
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_admit(
        name: BoundedVec<u8, MaxNameLen>,
        kinds: OperatorKinds,
        tadigs: BoundedVec<Tadig, MaxTadigs>,
        plmns: BoundedVec<Plmn, MaxPlmns>,
        admin: T::AccountId,
    ) -> Result<OperatorId, DispatchError> {
        ensure!(is_valid_name(&name), Error::<T>::InvalidName);
        ensure!(!kinds.is_empty(), Error::<T>::NoKinds);
        ensure!(are_distinct(&kinds), Error::<T>::DuplicateKind);
        Self::ensure_networks(&tadigs, &plmns)?;

        let operator = NextOperatorId::<T>::get();
        ensure!(
            operator.0 < T::MaxOperators::get(),
            Error::<T>::MaxOperatorsExceeded
        );
        NextOperatorId::<T>::put(operator.next().ok_or(Error::<T>::MaxOperatorsExceeded)?);
        Self::claim_tadigs(operator, &tadigs)?;
        let record = Operator {
            name: name.clone(),
            kinds: kinds.clone(),
            tadigs: tadigs.clone(),
            plmns: plmns.clone(),
            status: OperatorStatus::Active,
            payout_account: None,
        };
        Operators::<T>::insert(operator, record);
        Self::deposit_event(Event::Admitted {
            operator,
            name,
            kinds,
            tadigs,
            plmns,
            admin: admin.clone(),
        });
        Self::register_desk(operator, admin, Self::admin_only())?;
        Ok(operator)
    }

    pub(crate) fn do_suspend(operator: OperatorId) -> DispatchResult {
        Self::change_operator(operator, |record| {
            ensure!(
                record.status == OperatorStatus::Active,
                Error::<T>::AlreadySuspended
            );
            record.status = OperatorStatus::Suspended;
            Ok(())
        })?;
        Self::deposit_event(Event::Suspended { operator });
        Ok(())
    }

    pub(crate) fn do_readmit(operator: OperatorId) -> DispatchResult {
        Self::change_operator(operator, |record| {
            ensure!(
                record.status == OperatorStatus::Suspended,
                Error::<T>::NotSuspended
            );
            record.status = OperatorStatus::Active;
            Ok(())
        })?;
        Self::deposit_event(Event::Readmitted { operator });
        Ok(())
    }

    pub(crate) fn do_set_networks(
        operator: OperatorId,
        tadigs: BoundedVec<Tadig, MaxTadigs>,
        plmns: BoundedVec<Plmn, MaxPlmns>,
    ) -> DispatchResult {
        Self::ensure_networks(&tadigs, &plmns)?;
        Self::change_operator(operator, |record| {
            for old in record.tadigs.iter().filter(|old| !tadigs.contains(old)) {
                TadigOwner::<T>::remove(old);
            }
            Self::claim_tadigs(operator, &tadigs)?;
            record.tadigs = tadigs.clone();
            record.plmns = plmns.clone();
            Ok(())
        })?;
        Self::deposit_event(Event::NetworksSet {
            operator,
            tadigs,
            plmns,
        });
        Ok(())
    }

    fn ensure_networks(tadigs: &[Tadig], plmns: &[Plmn]) -> DispatchResult {
        ensure!(tadigs.iter().all(Tadig::is_valid), Error::<T>::InvalidTadig);
        ensure!(are_distinct(tadigs), Error::<T>::DuplicateTadig);
        ensure!(plmns.iter().all(Plmn::is_valid), Error::<T>::InvalidPlmn);
        ensure!(are_distinct(plmns), Error::<T>::DuplicatePlmn);
        Ok(())
    }

    /// Makes codes those of an operator unless one belongs to another.
    pub(crate) fn claim_tadigs(operator: OperatorId, tadigs: &[Tadig]) -> DispatchResult {
        for tadig in tadigs {
            match TadigOwner::<T>::get(tadig) {
                None => TadigOwner::<T>::insert(tadig, operator),
                Some(owner) => ensure!(owner == operator, Error::<T>::TadigTaken),
            }
        }
        Ok(())
    }
}
