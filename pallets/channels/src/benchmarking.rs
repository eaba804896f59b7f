//! Benchmarks: each call in its worst case that storage allows.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::{types::Versions, *};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use interclear_ports::{Clock, Operators};
use interclear_primitives::{
    channel::{MaxEpochs, MaxKeys, Pair, PublicKey, SealedBox, Suite, SuiteStatus},
    ids::OperatorId,
    tadig::Tadig,
};

const SUITE: Suite = Suite::XWing;

/// A key of the longest kind, with small coefficients.
fn key(number: u32) -> PublicKey {
    let mut key: Vec<u8> = vec![1; SUITE.public_key()];
    key.iter_mut()
        .rev()
        .zip([9; 32])
        .for_each(|(octet, with)| *octet = with);
    key.iter_mut()
        .zip((number % 256, number / 256).encoded())
        .for_each(|(octet, with)| *octet = with);
    PublicKey::truncate_from(key)
}

/// Two numbers as octets that stay below what a coefficient may be.
trait Encoded {
    fn encoded(self) -> Vec<u8>;
}

impl Encoded for (u32, u32) {
    fn encoded(self) -> Vec<u8> {
        [self.0 as u8, 0, self.1 as u8, 0].into()
    }
}

fn sealed() -> SealedBox {
    SealedBox::truncate_from(vec![7; SUITE.sealed_key()])
}

fn alpha<T: Config>() -> T::AccountId {
    account("alpha", 0, 0)
}

fn beta<T: Config>() -> T::AccountId {
    account("beta", 0, 0)
}

/// As many keys as are kept, all but the last one usable.
fn fill<T: Config>(operator: OperatorId, first: u32) -> u32 {
    let most = <MaxKeys as Get<u32>>::get();
    for number in 0..most {
        Pallet::<T>::do_set_sealing_key(operator, SUITE, key(first + number)).unwrap();
        T::Clock::benchmark_set_now(T::Clock::now() + T::KeyDelay::get());
    }
    most
}

/// Two operators with all the keys that they can have.
fn operators<T: Config>() -> ([OperatorId; 2], Versions) {
    T::Clock::benchmark_set_now(2_000_000_000);
    let both = [
        T::Operators::benchmark_admit(alpha::<T>(), Tadig(*b"BENAL")),
        T::Operators::benchmark_admit(beta::<T>(), Tadig(*b"BENBE")),
    ];
    let versions = Versions {
        own: fill::<T>(both[0], 0),
        partner: fill::<T>(both[1], 1_000),
    };
    (both, versions)
}

fn offer<T: Config>(from: OperatorId, to: OperatorId, versions: Versions) -> u32 {
    let pair = Pair::of(from, to).unwrap();
    let number = Channels::<T>::get(pair).map_or(0, |channel| channel.last) + 1;
    Pallet::<T>::do_offer_channel(from, to, number, SUITE, versions, [&sealed(), &sealed()]).unwrap();
    number
}

/// As many epochs as are kept; all but the first are closed if asked for.
fn agreed<T: Config>([from, to]: [OperatorId; 2], versions: Versions, close: bool) -> u32 {
    let mut last = 0;
    for place in 0..<MaxEpochs as Get<u32>>::get() {
        last = offer::<T>(from, to, versions);
        Pallet::<T>::do_accept_channel(to, from, last, [&sealed(), &sealed()], [7; 32]).unwrap();
        if close && place > 0 && place + 1 < <MaxEpochs as Get<u32>>::get() {
            Pallet::<T>::do_close_channel(to, from, last).unwrap();
        }
    }
    last
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn set_sealing_key() {
        let ([operator, _], _) = operators::<T>();
        #[extrinsic_call]
        _(RawOrigin::Signed(alpha::<T>()), SUITE, key(500));
        assert_eq!(
            Keyrings::<T>::get(operator).len() as u32,
            <MaxKeys as Get<u32>>::get()
        );
    }

    #[benchmark]
    fn revoke_sealing_key() {
        let ([operator, _], versions) = operators::<T>();
        #[extrinsic_call]
        _(RawOrigin::Signed(alpha::<T>()), operator, versions.own);
        assert!(Keyrings::<T>::get(operator)
            .last()
            .is_some_and(|key| key.revoked_at.is_some()));
    }

    #[benchmark]
    fn set_suite() -> Result<(), BenchmarkError> {
        let origin = T::GovernanceOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, SUITE, SuiteStatus::Retired);
        assert_eq!(Suites::<T>::get(SUITE), SuiteStatus::Retired);
        Ok(())
    }

    #[benchmark]
    fn offer_channel() {
        let ([from, to], versions) = operators::<T>();
        let number = offer::<T>(from, to, versions) + 1;
        #[extrinsic_call]
        _(
            RawOrigin::Signed(alpha::<T>()),
            to,
            number,
            SUITE,
            versions,
            sealed(),
            sealed(),
        );
        assert!(Epochs::<T>::contains_key(Pair::of(from, to).unwrap(), number));
    }

    #[benchmark]
    fn accept_channel() {
        let ([from, to], versions) = operators::<T>();
        agreed::<T>([from, to], versions, true);
        let number = offer::<T>(from, to, versions);
        #[extrinsic_call]
        _(
            RawOrigin::Signed(beta::<T>()),
            from,
            number,
            sealed(),
            sealed(),
            [7; 32],
        );
        let channel = Channels::<T>::get(Pair::of(from, to).unwrap()).unwrap();
        assert_eq!(channel.newest, Some(number));
    }

    #[benchmark]
    fn close_channel() {
        let ([from, to], versions) = operators::<T>();
        let last = agreed::<T>([from, to], versions, true);
        #[extrinsic_call]
        _(RawOrigin::Signed(alpha::<T>()), to, last);
        let channel = Channels::<T>::get(Pair::of(from, to).unwrap()).unwrap();
        assert_eq!(channel.newest, Some(1));
    }

    #[benchmark]
    fn resend_channel() {
        let ([from, to], versions) = operators::<T>();
        let last = agreed::<T>([from, to], versions, false);
        #[extrinsic_call]
        _(
            RawOrigin::Signed(alpha::<T>()),
            to,
            last,
            versions.partner,
            sealed(),
        );
        let epoch = Epochs::<T>::get(Pair::of(from, to).unwrap(), last).unwrap();
        assert!(epoch.resent.lo.is_some() || epoch.resent.hi.is_some());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::without_operators(), crate::mock::Test);
}
