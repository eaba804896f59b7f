//! How many calls an address may make in a minute.
//!
//! The SDK's own limit begins anew with each request over HTTP. Here each call counts, alone or in a batch, and each subscription,
//! over whatever connections they come, and a long one as several. What has no bound is unsafe, as no number of calls bounds it.

use crate::connections::{one_caller, Held};
use futures::{future::BoxFuture, FutureExt};
use jsonrpsee::{
    server::middleware::rpc::RpcServiceT,
    types::{ErrorCode, ErrorObject, Request},
    MethodResponse,
};
use sc_rpc::DenyUnsafe;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

const MINUTE: Duration = Duration::from_secs(60);
/// The code by which the SDK refuses what is too much.
const TOO_MANY_CALLS: i32 = -32_999;
/// As so many calls one counts for which the node runs code of the runtime: it may take a tenth of a second.
const COMPUTED: u32 = 10;
/// As so many calls one counts that hands out all that waits in the pool, or reads all that blocks differ in.
const WHOLE: u32 = 100;
/// For so many octets of parameters a call counts once more: each of a list of keys is looked up.
const LONG: usize = 16 * 1024;
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

    /// Counts a call that is worth `calls`, or all that may be made, unless the address has made as many as it may.
    fn admit(&self, from: IpAddr, calls: u32, now: Instant) -> bool {
        let mut worked_off = self.worked_off.lock().unwrap_or_else(PoisonError::into_inner);
        let mut address = one_caller(from);
        if worked_off.len() >= MOST_ADDRESSES && !worked_off.contains_key(&address) {
            worked_off.retain(|_, end| *end > now);
            if worked_off.len() >= MOST_ADDRESSES {
                address = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
            }
        }
        let before = worked_off.get(&address).map_or(now, |end| now.max(*end));
        let end = before + MINUTE * calls.min(self.per_minute.get()) / self.per_minute.get();
        let fits = end <= now + MINUTE;
        if fits {
            worked_off.insert(address, end);
        }
        fits
    }
}

/// How many calls one of a method counts for, with parameters of so many octets.
fn worth(method: &str, octets: usize) -> u32 {
    let one = match method {
        "author_pendingExtrinsics" | "archive_v1_storageDiff" => WHOLE,
        "state_call"
        | "state_callAt"
        | "state_getMetadata"
        | "system_accountNextIndex"
        | "chainHead_v1_call"
        | "archive_v1_call" => COMPUTED,
        method if method.starts_with("interclear_") => COMPUTED,
        _ => 1,
    };
    let more = octets / LONG;
    u32::try_from(more).map_or(u32::MAX, |more| more.saturating_add(one))
}

/// Whether one call of a method may take all keys of the state, and gigabytes, or half a minute of a thread: the SDK calls it safe.
fn has_no_bound(method: &str) -> bool {
    matches!(
        method,
        "state_getKeys" | "childstate_getKeys" | "state_getStorageSize" | "state_getStorageSizeAt"
    )
}

/// Counts the calls of one connection.
#[derive(Clone)]
pub struct Limited {
    /// `None` for addresses whose calls are not counted.
    pub limits: Option<Arc<Limits>>,
    pub from: IpAddr,
    /// Whether what is unsafe is refused.
    pub denied: DenyUnsafe,
    /// A WebSocket outlives the request that opened it: what lasts as long as it is what serves its calls.
    pub _held: Option<Arc<Held>>,
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
        let Limited {
            limits, from, denied, ..
        } = &self.limit;
        if has_no_bound(request.method_name()) && denied.check_if_safe().is_err() {
            let words = format!(
                "{} has no bound, and is unsafe: see --rpc-methods, or ask for pages (state_getKeysPaged)",
                request.method_name()
            );
            // As the SDK refuses what is unsafe.
            let refused = ErrorObject::owned(ErrorCode::MethodNotFound.code(), words, None::<()>);
            let response = MethodResponse::error(request.id, refused);
            return futures::future::ready(response).boxed();
        }
        let octets = request.params.as_ref().map_or(0, |params| params.get().len());
        let calls = worth(request.method_name(), octets);
        let over = limits
            .as_ref()
            .filter(|limits| !limits.admit(*from, calls, Instant::now()));
        if let Some(limits) = over {
            let words = format!(
                "more than {} calls in a minute from one address (one that computes, or is long, counts as several)",
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
    use std::net::Ipv6Addr;

    fn sixty() -> Limits {
        Limits::per_minute(NonZeroU32::new(60).expect("not zero"))
    }

    #[test]
    fn calls_should_be_admitted_again_when_time_has_passed() {
        let (limits, now) = (sixty(), Instant::now());
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().expect("an address"));
        let admitted = |from, now| (0..1_000).filter(|_| limits.admit(from, 1, now)).count();
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
    fn fewer_calls_should_be_admitted_when_the_node_computes_their_answers() {
        let (limits, now) = (sixty(), Instant::now());
        let from = "192.0.2.1".parse().expect("an address");
        let admitted = |method| {
            (0..1_000)
                .filter(|_| limits.admit(from, worth(method, 0), now))
                .count()
        };
        assert_eq!(admitted("interclear_tasks"), 6);
        assert_eq!(admitted("system_health"), 0, "both count together");
        let of_all = ["state_call", "author_pendingExtrinsics"].map(|method| worth(method, 0));
        assert_eq!(of_all, [COMPUTED, WHOLE]);
    }

    #[test]
    fn fewer_calls_should_be_admitted_when_each_has_many_keys() {
        let limits = Limits::per_minute(NonZeroU32::new(6_000).expect("not zero"));
        let (from, now) = ("192.0.2.1".parse().expect("an address"), Instant::now());
        // A hundred thousand keys in seven megabytes take a second.
        let calls = worth("state_queryStorageAt", 7_000_000);
        let admitted = (0..1_000).filter(|_| limits.admit(from, calls, now)).count();
        assert_eq!(admitted, 14);
        assert_eq!(
            worth("author_submitExtrinsic", 10_000),
            1,
            "what is usual counts once"
        );
    }

    #[test]
    fn a_call_should_be_admitted_alone_when_it_is_worth_more_than_all_that_may_be_made() {
        let (limits, now) = (sixty(), Instant::now());
        let from = "192.0.2.1".parse().expect("an address");
        assert!(limits.admit(from, WHOLE, now));
        assert!(!limits.admit(from, 1, now));
    }

    #[test]
    fn networks_and_new_addresses_should_not_be_a_way_around_when_there_are_very_many() {
        let (limits, now) = (sixty(), Instant::now());
        let of_network = |host: u128| IpAddr::V6(Ipv6Addr::from((0x2001_0db8 << 96) + host));
        assert_eq!(
            (0..1_000)
                .filter(|host| limits.admit(of_network(*host), 1, now))
                .count(),
            60
        );
        let mapped = |host: u32| IpAddr::V6(Ipv4Addr::from(host).to_ipv6_mapped());
        let many = (1..=MOST_ADDRESSES as u32 * 2).filter(|host| limits.admit(mapped(*host), 1, now));
        // Those that are remembered, and sixty of all others together.
        assert_eq!(many.count(), MOST_ADDRESSES - 1 + 60);
        let later = now + MINUTE + Duration::from_secs(1);
        assert!(limits.admit(mapped(u32::MAX), 1, later));
        assert_eq!(limits.worked_off.lock().expect("nobody has it").len(), 1);
    }
}
