//! Desks and their roles.

use super::are_distinct;
use crate::{
    AdminDesks, Config, Consented, Desks, DesksAdded, DesksOf, Error, Event, Operators, Pallet, Retired,
};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use interclear_ports::{Clock, Members};
use interclear_primitives::{
    ids::OperatorId,
    operator::{consent_text, signable_forms, Desk, Role, Roles, CONSENT_LIFETIME},
    Moment, DAY,
};
use sp_runtime::{
    traits::{Verify, Zero},
    DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
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

    pub(crate) fn do_add_consenting_desk(
        operator: OperatorId,
        account: T::AccountId,
        roles: Roles,
        until: Moment,
        consent: T::Consent,
    ) -> DispatchResult {
        let now = T::Clock::now();
        ensure!(now <= until, Error::<T>::ConsentExpired);
        ensure!(
            until <= now.saturating_add(CONSENT_LIFETIME),
            Error::<T>::ConsentTooLong
        );
        ensure!(
            Self::signable(operator, &roles, until)
                .iter()
                .any(|form| consent.verify(form.as_slice(), &account)),
            Error::<T>::NoConsent
        );
        ensure!(
            Consented::<T>::get(&account).is_none_or(|used| used < until),
            Error::<T>::ConsentUsed
        );
        // What an account leaves behind when it ceases to be a desk stays for good.
        DesksAdded::<T>::try_mutate(operator, |(day, added)| {
            let today = now.checked_div(DAY).unwrap_or_default();
            if *day != today {
                (*day, *added) = (today, 0);
            }
            ensure!(*added < T::MaxDesks::get(), Error::<T>::MaxDesksPerDayExceeded);
            *added = added.saturating_add(1);
            Ok::<_, DispatchError>(())
        })?;
        Self::do_add_desk(operator, account.clone(), roles)?;
        Consented::<T>::insert(account, until);
        Ok(())
    }

    /// The forms of what an account signs to become a desk.
    pub(crate) fn signable(operator: OperatorId, roles: &[Role], until: Moment) -> [Vec<u8>; 2] {
        let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
        signable_forms(&consent_text(genesis.as_ref(), operator, roles, until))
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

    /// Removes a desk, whatever it is to its operator. Only the last admin is left to be replaced.
    pub(crate) fn do_displace_desk(account: T::AccountId) -> DispatchResult {
        let desk = Desks::<T>::get(&account).ok_or(Error::<T>::DeskNotFound)?;
        if desk.roles.contains(&Role::Admin) {
            Self::leave_admins(desk.operator)?;
        }
        Self::displace(desk.operator, account.clone());
        Self::pay_to_another(desk.operator, &account)
    }

    /// Has an operator paid to the first of its other treasury desks, if it was paid to an account that is not a desk any more.
    fn pay_to_another(operator: OperatorId, account: &T::AccountId) -> DispatchResult {
        if Self::ensure_not_payout(operator, account).is_ok() {
            return Ok(());
        }
        let is_treasury = |other: &T::AccountId| {
            Desks::<T>::get(other).is_some_and(|desk| desk.roles.contains(&Role::Treasury))
        };
        let heir = DesksOf::<T>::get(operator).into_iter().find(is_treasury);
        Self::change_operator(operator, |record| {
            record.payout_account = heir.clone();
            Ok(())
        })?;
        Self::deposit_event(match heir {
            Some(account) => Event::PayoutAccountSet { operator, account },
            None => Event::PayoutAccountRemoved { operator },
        });
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

    pub(super) fn admin_only() -> Roles {
        Roles::truncate_from(alloc::vec![Role::Admin])
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
    pub(super) fn register_desk(operator: OperatorId, account: T::AccountId, roles: Roles) -> DispatchResult {
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
        Self::displace(operator, account);
        Ok(())
    }

    /// Ends an account's acting for an operator, and its being a validator, by which it would have a quota still.
    fn displace(operator: OperatorId, account: T::AccountId) {
        Self::retire_desk(operator, account.clone());
        T::Members::end_validator(&account);
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
