//! The rules behind the calls, and what other pallets ask.

use crate::{
    AdminDesks, Config, Desks, DesksOf, Error, Event, NextOperatorId, Operators, Pallet, Retired, TadigOwner,
};
use frame_support::{ensure, traits::Get, BoundedVec};
use interclear_ports as ports;
use interclear_primitives::{
    ids::OperatorId,
    operator::{
        Desk, MaxNameLen, MaxPlmns, MaxTadigs, Operator, OperatorKind, OperatorKinds, OperatorStatus, Plmn,
        Role, Roles, SealingKey,
    },
    tadig::Tadig,
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

/// Whether no item occurs twice. The lists are short.
fn are_distinct<Item: PartialEq>(items: &[Item]) -> bool {
    items
        .iter()
        .enumerate()
        .all(|(place, item)| !items.iter().take(place).any(|earlier| earlier == item))
}

/// A name that people can read: UTF-8, not blank, without control characters.
fn is_valid_name(name: &[u8]) -> bool {
    core::str::from_utf8(name)
        .is_ok_and(|text| !text.trim().is_empty() && !text.chars().any(|c| c.is_control()))
}

impl<T: Config> Pallet<T> {
    /// The operator for which an account acts in a role; a suspended operator passes.
    pub(crate) fn ensure_desk_with(who: &T::AccountId, role: Role) -> Result<OperatorId, DispatchError> {
        let desk = Desks::<T>::get(who).ok_or(Error::<T>::NotADesk)?;
        if desk.roles.contains(&role) {
            return Ok(desk.operator);
        }
        Err(match role {
            Role::Admin => Error::<T>::AdminRoleRequired,
            Role::Commercial => Error::<T>::CommercialRoleRequired,
            Role::Clearing => Error::<T>::ClearingRoleRequired,
            Role::Treasury => Error::<T>::TreasuryRoleRequired,
            Role::Engineering => Error::<T>::EngineeringRoleRequired,
        }
        .into())
    }

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
        NextOperatorId::<T>::put(operator.next().ok_or(Error::<T>::IdsExhausted)?);
        Self::claim_tadigs(operator, &tadigs)?;
        let record = Operator {
            name: name.clone(),
            kinds: kinds.clone(),
            tadigs: tadigs.clone(),
            plmns: plmns.clone(),
            status: OperatorStatus::Active,
            sealing_key: None,
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

    pub(crate) fn do_replace_admin(operator: OperatorId, account: T::AccountId) -> DispatchResult {
        ensure!(
            Operators::<T>::contains_key(operator),
            Error::<T>::OperatorNotFound
        );
        // The old desks go first: their places may be needed for the new one.
        for other in DesksOf::<T>::get(operator)
            .into_iter()
            .filter(|other| *other != account)
        {
            Self::revoke_admin(operator, other)?;
        }
        match Desks::<T>::get(&account) {
            None => Self::register_desk(operator, account.clone(), Self::admin_only())?,
            Some(desk) if desk.operator != operator => return Err(Error::<T>::AlreadyADesk.into()),
            Some(desk) if desk.roles.contains(&Role::Admin) => (),
            Some(Desk { mut roles, .. }) => {
                roles
                    .try_push(Role::Admin)
                    .map_err(|_| Error::<T>::DuplicateRole)?;
                Self::write_roles(operator, &account, roles);
            }
        }
        AdminDesks::<T>::insert(operator, 1);
        Self::deposit_event(Event::AdminReplaced {
            operator,
            admin: account,
        });
        Ok(())
    }

    pub(crate) fn do_add_desk(operator: OperatorId, account: T::AccountId, roles: Roles) -> DispatchResult {
        Self::ensure_roles(&roles)?;
        let desks = DesksOf::<T>::decode_len(operator).unwrap_or_default();
        // The last place is kept, so that a stolen admin key cannot fill all and lock governance out.
        ensure!(
            desks.saturating_add(1) < T::MaxDesks::get() as usize,
            Error::<T>::MaxDesksExceeded
        );
        Self::register_desk(operator, account, roles)
    }

    pub(crate) fn do_set_roles(operator: OperatorId, account: T::AccountId, roles: Roles) -> DispatchResult {
        Self::ensure_roles(&roles)?;
        let desk = Self::desk_of(operator, &account)?;
        let (was_admin, is_admin) = (desk.roles.contains(&Role::Admin), roles.contains(&Role::Admin));
        if was_admin && !is_admin {
            Self::leave_admins(operator)?;
        } else if is_admin && !was_admin {
            Self::join_admins(operator);
        }
        if roles.contains(&Role::Treasury) {
            Self::write_roles(operator, &account, roles);
            Self::pay_to_first_treasury(operator, account)
        } else {
            Self::ensure_not_payout(operator, &account)?;
            Self::write_roles(operator, &account, roles);
            Ok(())
        }
    }

    pub(crate) fn do_remove_desk(operator: OperatorId, account: T::AccountId) -> DispatchResult {
        let desk = Self::desk_of(operator, &account)?;
        Self::ensure_not_payout(operator, &account)?;
        if desk.roles.contains(&Role::Admin) {
            Self::leave_admins(operator)?;
        }
        ensure!(
            frame_system::Pallet::<T>::can_dec_provider(&account),
            Error::<T>::DeskInUse
        );
        Self::retire_desk(operator, account);
        Ok(())
    }

    pub(crate) fn do_set_payout_account(operator: OperatorId, account: T::AccountId) -> DispatchResult {
        let desk = Self::desk_of(operator, &account)?;
        ensure!(desk.roles.contains(&Role::Treasury), Error::<T>::NotATreasuryDesk);
        Self::change_operator(operator, |record| {
            record.payout_account = Some(account.clone());
            Ok(())
        })?;
        Self::deposit_event(Event::PayoutAccountSet { operator, account });
        Ok(())
    }

    pub(crate) fn do_set_sealing_key(operator: OperatorId, key: [u8; 32]) -> DispatchResult {
        ensure!(key != [0; 32], Error::<T>::InvalidSealingKey);
        let key = Self::change_operator(operator, |record| {
            ensure!(
                record.sealing_key.is_none_or(|old| old.key != key),
                Error::<T>::SealingKeyUnchanged
            );
            let version = record.sealing_key.map_or(0, |old| old.version).saturating_add(1);
            let key = SealingKey { version, key };
            record.sealing_key = Some(key);
            Ok(key)
        })?;
        Self::deposit_event(Event::SealingKeySet { operator, key });
        Ok(())
    }

    /// Changes the record of an operator, or nothing if the change is refused.
    fn change_operator<R>(
        operator: OperatorId,
        change: impl FnOnce(&mut Operator<T::AccountId>) -> Result<R, DispatchError>,
    ) -> Result<R, DispatchError> {
        Operators::<T>::try_mutate(operator, |record| {
            change(record.as_mut().ok_or(Error::<T>::OperatorNotFound)?)
        })
    }

    fn ensure_networks(tadigs: &[Tadig], plmns: &[Plmn]) -> DispatchResult {
        ensure!(tadigs.iter().all(Tadig::is_valid), Error::<T>::InvalidTadig);
        ensure!(are_distinct(tadigs), Error::<T>::DuplicateTadig);
        ensure!(plmns.iter().all(Plmn::is_valid), Error::<T>::InvalidPlmn);
        ensure!(are_distinct(plmns), Error::<T>::DuplicatePlmn);
        Ok(())
    }

    fn ensure_roles(roles: &[Role]) -> DispatchResult {
        ensure!(!roles.is_empty(), Error::<T>::NoRoles);
        ensure!(are_distinct(roles), Error::<T>::DuplicateRole);
        Ok(())
    }

    fn ensure_not_payout(operator: OperatorId, account: &T::AccountId) -> DispatchResult {
        let payout = Operators::<T>::get(operator).and_then(|record| record.payout_account);
        ensure!(payout.as_ref() != Some(account), Error::<T>::IsPayoutAccount);
        Ok(())
    }

    /// Makes codes those of an operator unless one belongs to another.
    fn claim_tadigs(operator: OperatorId, tadigs: &[Tadig]) -> DispatchResult {
        for tadig in tadigs {
            match TadigOwner::<T>::get(tadig) {
                None => TadigOwner::<T>::insert(tadig, operator),
                Some(owner) => ensure!(owner == operator, Error::<T>::TadigTaken),
            }
        }
        Ok(())
    }

    fn admin_only() -> Roles {
        Roles::truncate_from(alloc::vec![Role::Admin])
    }

    /// The desk behind an account, if it is one of the operator's.
    fn desk_of(operator: OperatorId, account: &T::AccountId) -> Result<Desk, DispatchError> {
        let desk = Desks::<T>::get(account).filter(|desk| desk.operator == operator);
        Ok(desk.ok_or(Error::<T>::DeskNotFound)?)
    }

    fn join_admins(operator: OperatorId) {
        AdminDesks::<T>::mutate(operator, |count| *count = count.saturating_add(1));
    }

    fn leave_admins(operator: OperatorId) -> DispatchResult {
        AdminDesks::<T>::try_mutate(operator, |count| {
            ensure!(*count > 1, Error::<T>::LastAdminDesk);
            *count = count.saturating_sub(1);
            Ok(())
        })
    }

    /// Adds a desk; its account can sign and hold from now on.
    fn register_desk(operator: OperatorId, account: T::AccountId, roles: Roles) -> DispatchResult {
        ensure!(!Desks::<T>::contains_key(&account), Error::<T>::AlreadyADesk);
        DesksOf::<T>::try_mutate(operator, |desks| desks.try_push(account.clone()))
            .map_err(|_| Error::<T>::MaxDesksExceeded)?;
        if Retired::<T>::take(&account).is_none() {
            frame_system::Pallet::<T>::inc_providers(&account);
        }
        Desks::<T>::insert(
            &account,
            Desk {
                operator,
                roles: roles.clone(),
            },
        );
        if roles.contains(&Role::Admin) {
            Self::join_admins(operator);
        }
        let is_treasury = roles.contains(&Role::Treasury);
        Self::deposit_event(Event::DeskAdded {
            operator,
            desk: account.clone(),
            roles,
        });
        if is_treasury {
            Self::pay_to_first_treasury(operator, account)?;
        }
        Ok(())
    }

    /// Names a treasury desk the payout account if the operator has none.
    fn pay_to_first_treasury(operator: OperatorId, account: T::AccountId) -> DispatchResult {
        let is_first = Self::change_operator(operator, |record| {
            let is_first = record.payout_account.is_none();
            if is_first {
                record.payout_account = Some(account.clone());
            }
            Ok(is_first)
        })?;
        if is_first {
            Self::deposit_event(Event::PayoutAccountSet { operator, account });
        }
        Ok(())
    }

    fn write_roles(operator: OperatorId, account: &T::AccountId, roles: Roles) {
        Desks::<T>::insert(
            account,
            Desk {
                operator,
                roles: roles.clone(),
            },
        );
        Self::deposit_event(Event::RolesSet {
            operator,
            desk: account.clone(),
            roles,
        });
    }

    /// Takes the admin role from a desk, and the desk away if it has no other. The caller counts the admin desks.
    fn revoke_admin(operator: OperatorId, account: T::AccountId) -> DispatchResult {
        let mut roles = Self::desk_of(operator, &account)?.roles;
        if !roles.contains(&Role::Admin) {
            return Ok(());
        }
        roles.retain(|role| *role != Role::Admin);
        if !roles.is_empty() {
            Self::write_roles(operator, &account, roles);
            return Ok(());
        }
        // Whoever has the lost key must not be able to keep its desk by holding something.
        Self::retire_desk(operator, account);
        Ok(())
    }

    /// Ends an account's acting for an operator. An account that has signed keeps its provider reference, and with it its
    /// count of transactions: one that came again with the count at zero could be made to repeat what it had signed before.
    fn retire_desk(operator: OperatorId, account: T::AccountId) {
        let has_signed = !frame_system::Pallet::<T>::account_nonce(&account).is_zero();
        if has_signed || frame_system::Pallet::<T>::dec_providers(&account).is_err() {
            Retired::<T>::insert(&account, ());
        }
        Desks::<T>::remove(&account);
        DesksOf::<T>::mutate(operator, |desks| desks.retain(|desk| *desk != account));
        Self::deposit_event(Event::DeskRemoved {
            operator,
            desk: account,
        });
    }
}

impl<T: Config> ports::Operators<T::AccountId> for Pallet<T> {
    fn desk(who: &T::AccountId) -> Option<Desk> {
        Desks::<T>::get(who)
    }

    fn ensure_role(who: &T::AccountId, role: Role) -> Result<OperatorId, DispatchError> {
        Self::ensure_desk_with(who, role)
    }

    fn ensure_active_role(who: &T::AccountId, role: Role) -> Result<OperatorId, DispatchError> {
        let operator = Self::ensure_desk_with(who, role)?;
        ensure!(
            <Self as ports::Operators<_>>::is_active(operator),
            Error::<T>::OperatorSuspended
        );
        Ok(operator)
    }

    fn is_active(operator: OperatorId) -> bool {
        Operators::<T>::get(operator).is_some_and(|record| record.status == OperatorStatus::Active)
    }

    fn has_kind(operator: OperatorId, kind: OperatorKind) -> bool {
        Operators::<T>::get(operator).is_some_and(|record| record.kinds.contains(&kind))
    }

    fn owner_of(tadig: &Tadig) -> Option<OperatorId> {
        TadigOwner::<T>::get(tadig)
    }

    fn payout_account(operator: OperatorId) -> Option<T::AccountId> {
        Operators::<T>::get(operator)?.payout_account
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_admit(desk: T::AccountId, tadig: Tadig) -> OperatorId {
        use OperatorKind::{Auditor, Carrier, DeviceMaker, Hub, Mobile, TokenIssuer};
        use Role::{Admin, Clearing, Commercial, Engineering, Treasury};
        let operator = Self::do_admit(
            BoundedVec::truncate_from(b"Benchmark".to_vec()),
            BoundedVec::truncate_from(alloc::vec![
                Mobile,
                Carrier,
                Hub,
                DeviceMaker,
                TokenIssuer,
                Auditor
            ]),
            BoundedVec::truncate_from(alloc::vec![tadig]),
            BoundedVec::default(),
            desk.clone(),
        )
        .expect("a benchmark admits new accounts and codes; qed");
        let roles = alloc::vec![Admin, Commercial, Clearing, Treasury, Engineering];
        Self::do_set_roles(operator, desk, BoundedVec::truncate_from(roles))
            .expect("the desk was added above; qed");
        operator
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add_tadig(operator: OperatorId, tadig: Tadig) {
        Self::change_operator(operator, |record| {
            Self::claim_tadigs(operator, &[tadig])?;
            record
                .tadigs
                .try_push(tadig)
                .map_err(|_| Error::<T>::TadigTaken)?;
            Ok(())
        })
        .expect("a benchmark adds a few new codes to an operator; qed");
    }
}
