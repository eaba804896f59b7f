//! How many calls an address may make in a minute.
//!
//! The SDK's own limit begins anew with each request over HTTP. Here each call counts, alone or in a batch, and each subscription,
//! over whatever connections they come.

use futures::{future::BoxFuture, FutureExt};
use jsonrpsee::{
    server::middleware::rpc::RpcServiceT,
    types::{ErrorObject, Request},
    MethodResponse,
};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

const MINUTE: Duration = Duration::from_secs(60);
/// The code by which the SDK refuses what is too much.
const TOO_MANY_CALLS: i32 = -32_999;
/// Addresses that are remembered at a time; what comes from further ones is counted together.
const MOST_ADDRESSES: usize = 16_384;

/// What each address has called of late.
pub struct Limits {
    per_minute: NonZeroU32,
    /// When all that an address has called is worked off, at the rate of its limit.
    worked_off: Mutex<HashMap<IpAddr, Instant>>,
}

impl Limits {
    pub fn per_minute(per_minute: NonZeroU32) -> Self {
        Self {
            per_minute,
            worked_off: Mutex::default(),
        }
    }

    /// Counts a call, unless the address has made as many as it may.
    fn admit(&self, from: IpAddr, now: Instant) -> bool {
        let mut worked_off = self.worked_off.lock().unwrap_or_else(PoisonError::into_inner);
        let mut address = one_caller(from);
        if worked_off.len() >= MOST_ADDRESSES && !worked_off.contains_key(&address) {
            worked_off.retain(|_, end| *end > now);
            if worked_off.len() >= MOST_ADDRESSES {
                address = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
            }
        }
        let before = worked_off.get(&address).map_or(now, |end| now.max(*end));
        let end = before + MINUTE / self.per_minute.get();
        let fits = end <= now + MINUTE;
        if fits {
            worked_off.insert(address, end);
        }
        fits
    }
}

/// Whoever has one address of version 6 has the whole network of 64 bits.
fn one_caller(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).into(),
        version_4 => version_4,
    }
}

/// Counts the calls of one connection.
#[derive(Clone)]
pub struct Limited {
    pub limits: Arc<Limits>,
    pub from: IpAddr,
}

impl<S> tower::Layer<S> for Limited {
    type Service = Counted<S>;

    fn layer(&self, within: S) -> Self::Service {
        Counted {
            within,
            limit: self.clone(),
        }
    }
}

/// A service whose calls are counted.
#[derive(Clone)]
pub struct Counted<S> {
    within: S,
    limit: Limited,
}

impl<'a, S> RpcServiceT<'a> for Counted<S>
where
    S: RpcServiceT<'a> + Send + Sync + Clone + 'static,
{
    type Future = BoxFuture<'a, MethodResponse>;

    fn call(&self, request: Request<'a>) -> Self::Future {
        let Limited { limits, from } = &self.limit;
        if !limits.admit(*from, Instant::now()) {
            let words = format!(
                "more than {} calls in a minute from one address",
                limits.per_minute
            );
            let refused = ErrorObject::owned(TOO_MANY_CALLS, words, None::<()>);
            let response = MethodResponse::error(request.id, refused);
            return futures::future::ready(response).boxed();
        }
        let within = self.within.clone();
        async move { within.call(request).await }.boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sixty() -> Limits {
        Limits::per_minute(NonZeroU32::new(60).expect("not zero"))
    }

    #[test]
    fn calls_should_be_admitted_again_when_time_has_passed() {
        let (limits, now) = (sixty(), Instant::now());
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().expect("an address"));
        let admitted = |from, now| (0..1_000).filter(|_| limits.admit(from, now)).count();
        assert_eq!(admitted(one, now), 60);
        assert_eq!(admitted(other, now), 60, "each has its own");
        assert_eq!(admitted(one, now + Duration::from_secs(7)), 7);
        assert_eq!(
            admitted(one, now + Duration::from_secs(1_000)),
            60,
            "no more is saved up"
        );
    }

    #[test]
    fn networks_and_new_addresses_should_not_be_a_way_around_when_there_are_very_many() {
        let (limits, now) = (sixty(), Instant::now());
        let of_network = |host: u128| IpAddr::V6(Ipv6Addr::from((0x2001_0db8 << 96) + host));
        assert_eq!(
            (0..1_000)
                .filter(|host| limits.admit(of_network(*host), now))
                .count(),
            60
        );
        let mapped = |host: u32| IpAddr::V6(Ipv4Addr::from(host).to_ipv6_mapped());
        let many = (1..=MOST_ADDRESSES as u32 * 2).filter(|host| limits.admit(mapped(*host), now));
        // Those that are remembered, and sixty of all others together.
        assert_eq!(many.count(), MOST_ADDRESSES - 1 + 60);
        let later = now + MINUTE + Duration::from_secs(1);
        assert!(limits.admit(mapped(u32::MAX), later));
        assert_eq!(limits.worked_off.lock().expect("nobody has it").len(), 1);
    }
}
