//! Benchmarks: each measures the most that its call can do.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use super::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*, BenchmarkError};
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    traits::{EnsureOrigin, Get},
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_ports::{Clock, Operators as _};
use interclear_primitives::{
    ids::OperatorId,
    operator::{MaxPlmns, MaxTadigs, OperatorKind, OperatorStatus, Plmn, Role, Roles},
    tadig::Tadig,
};
use sp_runtime::traits::{
    AsSystemOriginSigner, AsTransactionAuthorizedOrigin, DispatchTransaction, Dispatchable, Zero,
};

const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Different codes for different first letters and numbers.
fn codes(first: u8, count: u32) -> BoundedVec<Tadig, MaxTadigs> {
    let digit = |number: u32| DIGITS[number as usize % DIGITS.len()];
    let codes = (0..count)
        .map(|i| Tadig([first, b'B', b'M', digit(i / 36), digit(i)]))
        .collect::<Vec<_>>();
    BoundedVec::truncate_from(codes)
}

fn networks() -> BoundedVec<Plmn, MaxPlmns> {
    BoundedVec::truncate_from(
        (0..<MaxPlmns as Get<u32>>::get())
            .map(|i| Plmn {
                mcc: 262,
                mnc: i as u16,
            })
            .collect(),
    )
}

fn roles(list: &[Role]) -> Roles {
    BoundedVec::truncate_from(list.to_vec())
}

fn governance<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
    T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

/// An operator with all codes and networks that it can have, a desk with every role, and `more` admin desks.
fn operator<T: Config>(more: u32) -> (OperatorId, T::AccountId) {
    let desk: T::AccountId = account("desk", 0, 0);
    let operator = Pallet::<T>::benchmark_admit(desk.clone(), Tadig(*b"ABM00"));
    Pallet::<T>::do_set_networks(operator, codes(b'A', <MaxTadigs as Get<u32>>::get()), networks())
        .expect("the codes are new; qed");
    for i in 0..more {
        Pallet::<T>::do_add_desk(operator, account("more", i, 0), roles(&[Role::Admin]))
            .expect("the accounts are new and there is room; qed");
    }
    (operator, desk)
}

#[benchmarks(where
    T: Send + Sync,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo> + From<Call<T>>,
    T::RuntimeOrigin: AsSystemOriginSigner<T::AccountId> + AsTransactionAuthorizedOrigin + Clone,
)]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn admit(t: Linear<0, { <MaxTadigs as Get<u32>>::get() }>) -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let name = BoundedVec::truncate_from(vec![b'n'; 64]);
        let kinds = BoundedVec::truncate_from(vec![
            OperatorKind::Mobile,
            OperatorKind::Carrier,
            OperatorKind::Hub,
            OperatorKind::DeviceMaker,
            OperatorKind::TokenIssuer,
            OperatorKind::Auditor,
        ]);
        let admin: T::AccountId = account("admin", 0, 0);
        let id = NextOperatorId::<T>::get();

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            name,
            kinds,
            codes(b'A', t),
            networks(),
            admin.clone(),
        );

        assert_eq!(Desks::<T>::get(admin).map(|desk| desk.operator), Some(id));
        Ok(())
    }

    #[benchmark]
    fn suspend() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let (operator, _) = operator::<T>(0);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, operator);

        assert_eq!(
            Operators::<T>::get(operator).map(|record| record.status),
            Some(OperatorStatus::Suspended)
        );
        Ok(())
    }

    #[benchmark]
    fn readmit() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let (operator, _) = operator::<T>(0);
        Pallet::<T>::do_suspend(operator)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, operator);

        assert_eq!(
            Operators::<T>::get(operator).map(|record| record.status),
            Some(OperatorStatus::Active)
        );
        Ok(())
    }

    #[benchmark]
    fn set_networks(t: Linear<0, { <MaxTadigs as Get<u32>>::get() }>) -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let (operator, _) = operator::<T>(0);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, operator, codes(b'B', t), networks());

        assert_eq!(
            Operators::<T>::get(operator).map(|record| record.tadigs),
            Some(codes(b'B', t))
        );
        Ok(())
    }

    #[benchmark]
    fn replace_admin(d: Linear<2, { T::MaxDesks::get() }>) -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        // All places that admin desks can fill: the one with every role and the others.
        let (operator, _) = operator::<T>(d.saturating_sub(2));
        let admin: T::AccountId = account("admin", 0, 0);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, operator, admin.clone());

        assert_eq!(AdminDesks::<T>::get(operator), 1);
        assert!(Desks::<T>::contains_key(admin));
        Ok(())
    }

    #[benchmark]
    fn add_desk() {
        let (operator, admin) = operator::<T>(T::MaxDesks::get().saturating_sub(3));
        let (roles, until) = (roles(&[Role::Admin, Role::Treasury]), T::Clock::now());
        // The second form is tried when the first does not fit.
        let [_, form] = Pallet::<T>::signable(operator, &roles, until);
        let (desk, consent) = T::BenchmarkHelper::sign(&form);

        #[extrinsic_call]
        _(RawOrigin::Signed(admin), desk.clone(), roles, until, consent);

        assert_eq!(Desks::<T>::get(desk).map(|desk| desk.operator), Some(operator));
    }

    #[benchmark]
    fn set_roles() {
        let (_, admin) = operator::<T>(1);
        let desk: T::AccountId = account("more", 0, 0);
        let new = roles(&[
            Role::Commercial,
            Role::Clearing,
            Role::Treasury,
            Role::Engineering,
        ]);

        #[extrinsic_call]
        _(RawOrigin::Signed(admin), desk.clone(), new.clone());

        assert_eq!(Desks::<T>::get(desk).map(|desk| desk.roles), Some(new));
    }

    #[benchmark]
    fn remove_desk() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        // The payout account of an operator whose other treasury desk is the last of all.
        let (operator, desk) = operator::<T>(T::MaxDesks::get().saturating_sub(3));
        let last: T::AccountId = account("last", 0, 0);
        Pallet::<T>::do_add_desk(operator, last.clone(), roles(&[Role::Treasury]))?;
        // An account that has signed is kept.
        frame_system::Pallet::<T>::inc_account_nonce(&desk);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, desk.clone());

        assert!(!Desks::<T>::contains_key(desk));
        assert_eq!(
            Operators::<T>::get(operator).and_then(|record| record.payout_account),
            Some(last)
        );
        Ok(())
    }

    #[benchmark]
    fn set_payout_account() -> Result<(), BenchmarkError> {
        let (operator, admin) = operator::<T>(0);
        let desk: T::AccountId = account("new", 0, 0);
        Pallet::<T>::do_add_desk(operator, desk.clone(), roles(&[Role::Treasury]))?;

        #[extrinsic_call]
        _(RawOrigin::Signed(admin), desk.clone());

        assert_eq!(
            Operators::<T>::get(operator).and_then(|record| record.payout_account),
            Some(desk)
        );
        Ok(())
    }

    #[benchmark]
    fn check_access() {
        // As many desks and members as there can be.
        let (operator, desk) = operator::<T>(T::MaxDesks::get().saturating_sub(2));
        T::BenchmarkHelper::fill_members();
        let call: T::RuntimeCall = Call::<T>::set_payout_account {
            account: desk.clone(),
        }
        .into();
        let info = DispatchInfo::default();
        let origin: T::RuntimeOrigin = RawOrigin::Signed(desk.clone()).into();

        #[block]
        {
            CheckAccess::<T>::from(Zero::zero())
                .test_run(origin, &call, &info, 0, 0, |_| Ok(().into()))
                .expect("a desk with a fresh quota may submit; qed")
                .expect("nothing is dispatched; qed");
        }

        assert!(QuotaUsage::<T>::contains_key(Payer::Operator(operator)));
    }

    /// What the call filter asks of the one to whom tokens go.
    #[benchmark]
    fn look_up_desk() -> Result<(), BenchmarkError> {
        let (_, desk) = operator::<T>(0);
        let found;

        #[block]
        {
            found = Desks::<T>::get(&desk).is_some();
        }

        assert!(found);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
