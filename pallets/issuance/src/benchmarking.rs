//! Benchmarks: each call in its worst case.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::{traits::fungibles::Mutate, BoundedVec};
use frame_system::RawOrigin;
use interclear_ports::{Clock, FiatTokens, Operators};
use interclear_primitives::{
    ids::{RedemptionId, TokenId},
    issuance::{Attestation, FreezeReason},
    netting::PaymentReference,
    samples, Moment,
};

const TOKEN: TokenId = 700;
const CLOCK: Moment = 1_800_000_000;
const FIRST: RedemptionId = RedemptionId(0);

fn reference() -> PaymentReference {
    PaymentReference(BoundedVec::truncate_from(alloc::vec![b'X'; 35]))
}

/// An issuer with a token, and a holder of it.
fn desks<T>() -> [T::AccountId; 2]
where
    T: Config,
    T::Tokens: Mutate<T::AccountId>,
{
    T::Clock::benchmark_set_now(CLOCK);
    let [issuer, holder]: [T::AccountId; 2] = [0, 1].map(|number| account("desk", number, 0));
    let operator = T::Operators::benchmark_admit(issuer.clone(), samples::tadig(0));
    T::Operators::benchmark_admit(holder.clone(), samples::tadig(1));
    T::Fiat::benchmark_issue(TOKEN, operator);
    T::Tokens::mint_into(TOKEN, &holder, 1_000_000).expect("the token exists; qed");
    [issuer, holder]
}

#[benchmarks(where T::Tokens: Mutate<T::AccountId>)]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn attest() {
        let [issuer, _] = desks::<T>();
        let before = Attestation {
            amount: 1,
            as_of: CLOCK - 1,
            digest: [1; 32],
        };
        Pallet::<T>::do_attest(&issuer, TOKEN, before).expect("the issuer attests; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer), TOKEN, 1_000, CLOCK, [2; 32]);

        assert_eq!(
            Pallet::<T>::attestation(TOKEN).map(|attested| attested.amount),
            Some(1_000)
        );
    }

    #[benchmark]
    fn redeem() {
        let [_, holder] = desks::<T>();
        Pallet::<T>::do_redeem(&holder, TOKEN, 1_000, reference()).expect("it has enough; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(holder), TOKEN, 1_000, reference());

        assert!(Redemptions::<T>::contains_key(RedemptionId(1)));
    }

    #[benchmark]
    fn confirm_redemption() {
        let [issuer, holder] = desks::<T>();
        Pallet::<T>::do_redeem(&holder, TOKEN, 1_000, reference()).expect("it has enough; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer), FIRST, reference());

        assert!(!Redemptions::<T>::contains_key(FIRST));
    }

    #[benchmark]
    fn return_redemption() {
        let [issuer, holder] = desks::<T>();
        Pallet::<T>::do_redeem(&holder, TOKEN, 1_000, reference()).expect("it has enough; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer), FIRST);

        assert!(!Redemptions::<T>::contains_key(FIRST));
    }

    #[benchmark]
    fn freeze() {
        let [issuer, holder] = desks::<T>();

        #[extrinsic_call]
        _(
            RawOrigin::Signed(issuer),
            TOKEN,
            Some(holder),
            FreezeReason::Order,
            Some([1; 32]),
        );

        assert_eq!(Pallet::<T>::freezes(TOKEN).len(), 1);
    }

    #[benchmark]
    fn thaw() {
        let [issuer, holder] = desks::<T>();
        let account = Some(holder);
        Pallet::<T>::do_freeze(&issuer, TOKEN, account.clone(), FreezeReason::Order, None)
            .expect("the issuer freezes; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer), TOKEN, account);

        assert_eq!(Pallet::<T>::freezes(TOKEN).len(), 0);
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::empty(), crate::mock::Test);
}
