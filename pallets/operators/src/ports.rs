//! What the pallet answers to others: members and their desks.

use crate::{Config, Desks, Error, Operators, Pallet, TadigOwner};
#[cfg(feature = "runtime-benchmarks")]
use frame_support::BoundedVec;
use frame_support::{ensure, traits::Get};
use interclear_ports as ports;
use interclear_primitives::{
    ids::OperatorId,
    operator::{Desk, OperatorKind, OperatorStatus, Role},
    tadig::Tadig,
};
use sp_runtime::DispatchError;

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

    fn max_operators() -> u32 {
        T::MaxOperators::get()
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
