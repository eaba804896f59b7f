//! Benchmarks: each call in its worst case.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::{
    traits::fungibles::{Inspect, Mutate},
    BoundedVec,
};
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
fn desks<T: Config>() -> [T::AccountId; 2] {
    T::Clock::benchmark_set_now(CLOCK);
    let [issuer, holder]: [T::AccountId; 2] = [0, 1].map(|number| account("desk", number, 0));
    let operator = T::Operators::benchmark_admit(issuer.clone(), samples::tadig(0));
    T::Operators::benchmark_admit(holder.clone(), samples::tadig(1));
    T::Fiat::benchmark_issue(TOKEN, operator);
    for desk in [&issuer, &holder] {
        T::Tokens::mint_into(TOKEN, desk, 1_000_000).expect("the token exists; qed");
    }
    [issuer, holder]
}

/// As many days on which something was burnt as are kept.
fn burnt<T: Config>() {
    let days = (0..127).map(|_| Burnt {
        last: CLOCK,
        amount: 1,
    });
    BurntLately::<T>::insert(TOKEN, BoundedVec::truncate_from(days.collect()));
}

#[benchmarks]
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
        burnt::<T>();

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

    /// The token, of which netting takes a note.
    #[benchmark]
    fn freeze() {
        let [issuer, _] = desks::<T>();

        #[extrinsic_call]
        _(
            RawOrigin::Signed(issuer),
            TOKEN,
            None,
            FreezeReason::Order,
            Some([1; 32]),
        );

        assert_eq!(Pallet::<T>::freezes(TOKEN).len(), 1);
    }

    #[benchmark]
    fn thaw() {
        let [issuer, _] = desks::<T>();
        Pallet::<T>::do_freeze(&issuer, TOKEN, None, FreezeReason::Order, None)
            .expect("the issuer freezes; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer), TOKEN, None);

        assert_eq!(Pallet::<T>::freezes(TOKEN).len(), 0);
    }

    #[benchmark]
    fn mint() {
        let [issuer, holder] = desks::<T>();
        let attested = Attestation {
            amount: u128::MAX,
            as_of: CLOCK,
            digest: [1; 32],
        };
        Pallet::<T>::do_attest(&issuer, TOKEN, attested).expect("the issuer attests; qed");
        burnt::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer), TOKEN, holder.clone(), 1_000);

        assert_eq!(T::Tokens::balance(TOKEN, &holder), 1_001_000);
    }

    #[benchmark]
    fn burn() {
        let [issuer, _] = desks::<T>();
        burnt::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(issuer.clone()), TOKEN, 1_000);

        assert_eq!(T::Tokens::balance(TOKEN, &issuer), 999_000);
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::empty(), crate::mock::Test);
}
