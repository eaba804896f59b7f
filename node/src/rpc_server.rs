//! Serves JSON-RPC as the SDK's own server does, but not to every page that a browser shows.
//!
//! The SDK's server leaves WebSockets to any page: browsers do not ask before they open one, so that a foreign page on an
//! engineer's machine reaches the node on it. They do say which page it is (`Origin`), and here that is looked at. Unsafe methods
//! answer only where they are asked for by name, not because a caller is on the same machine. And each call counts, not each
//! request: see [`rate_limit`](crate::rate_limit).

use crate::{
    cli::MOST_CALLS_OF_BATCH,
    connections::Connections,
    rate_limit::{Limited, Limits},
};
use hyper::body::Incoming;
use jsonrpsee::{
    core::BoxError,
    server::{
        middleware::http::HostFilterLayer, serve_with_graceful_shutdown, stop_channel, BatchRequestConfig,
        HttpBody, HttpRequest, HttpResponse, Methods, PingConfig, RandomStringIdProvider, RpcServiceBuilder,
        ServerBuilder, StopHandle,
    },
    RpcModule,
};
use sc_rpc::DenyUnsafe;
use sc_rpc_server::{NodeHealthProxyLayer, Server};
use sc_service::{
    config::{RpcConfiguration, RpcEndpoint},
    Error as ServiceError, RpcMethods,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, runtime::Handle};
use tower::Service;
use tower_http::cors::{AllowOrigin, CorsLayer};

const MEGABYTE: u32 = 1024 * 1024;
/// Characters of the ids of subscriptions.
const ID_LENGTH: usize = 16;

/// What is served, and to whom.
pub struct Settings {
    endpoints: Vec<RpcEndpoint>,
    max_connections: u32,
    log_limit: u32,
}

impl Settings {
    /// Takes them from the SDK's server, which cannot be left out: it is given an address of its own on which it answers nobody.
    ///
    /// # Errors
    /// There is no endpoint, or one with what is not offered here.
    pub fn take(config: &mut RpcConfiguration) -> Result<Self, ServiceError> {
        let endpoints = config.addr.take().unwrap_or_default();
        let first = endpoints
            .first()
            .ok_or_else(|| ServiceError::Other("there is no JSON-RPC endpoint".into()))?;
        if endpoints
            .iter()
            .any(|endpoint| endpoint.rate_limit_trust_proxy_headers)
        {
            let refusal = "rates are limited by address, not by what the headers of a proxy say";
            return Err(ServiceError::Other(refusal.into()));
        }
        config.addr = Some(vec![RpcEndpoint {
            listen_addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            max_connections: 0,
            rpc_methods: RpcMethods::Safe,
            cors: Some(Vec::new()),
            is_optional: false,
            ..first.clone()
        }]);
        Ok(Self {
            endpoints,
            max_connections: config.max_connections,
            log_limit: config.request_logger_limit,
        })
    }
}

/// Serves the methods until the server is dropped.
///
/// # Errors
/// An address is taken.
pub async fn start(settings: Settings, methods: RpcModule<()>) -> Result<Server, ServiceError> {
    let methods = with_their_names(methods)?;
    let (stop, handle) = stop_channel();
    let (mut addresses, mut serving) = (Vec::new(), Vec::new());
    for endpoint in settings.endpoints {
        let listener = match bind(&endpoint).await {
            Err(_) if endpoint.is_optional => continue,
            other => other?,
        };
        addresses.push(listener.local_addr()?);
        serving.push(serve(
            listener,
            endpoint,
            methods.clone(),
            stop.clone(),
            settings.log_limit,
        )?);
    }
    if serving.is_empty() {
        return Err(ServiceError::Other("no address for JSON-RPC is free".into()));
    }
    let runtime = sc_service::create_rpc_runtime(settings.max_connections)?;
    for one in serving {
        runtime.spawn(one);
    }
    let shown: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    log::info!("Running JSON-RPC server: addr={},", shown.join(","));
    Ok(Server::new(handle, addresses, runtime))
}

/// The methods with one that lists them.
fn with_their_names(mut module: RpcModule<()>) -> Result<Methods, ServiceError> {
    const LIST: &str = "rpc_methods";
    let mut names: Vec<&'static str> = module.method_names().chain([LIST]).collect();
    names.sort_unstable();
    module
        .register_method(LIST, move |_, _, _| serde_json::json!({ "methods": names }))
        .map_err(|error| ServiceError::Application(error.into()))?;
    Ok(module.into())
}

async fn bind(endpoint: &RpcEndpoint) -> std::io::Result<TcpListener> {
    match TcpListener::bind(endpoint.listen_addr).await {
        Err(_) if endpoint.retry_random_port => {
            TcpListener::bind(SocketAddr::new(endpoint.listen_addr.ip(), 0)).await
        }
        other => other,
    }
}

/// Answers at one address.
fn serve(
    listener: TcpListener,
    endpoint: RpcEndpoint,
    methods: Methods,
    stop: StopHandle,
    log_limit: u32,
) -> Result<impl std::future::Future<Output = ()> + Send, ServiceError> {
    let origins = Origins(endpoint.cors.map(Arc::from));
    let http = tower::ServiceBuilder::new()
        .option_layer(host_filter(&origins, listener.local_addr()?)?)
        .layer(NodeHealthProxyLayer)
        .layer(origins.cors());
    let builder = ServerBuilder::default()
        .max_request_body_size(endpoint.max_payload_in_mb.saturating_mul(MEGABYTE))
        .max_response_body_size(endpoint.max_payload_out_mb.saturating_mul(MEGABYTE))
        .max_connections(endpoint.max_connections)
        .max_subscriptions_per_connection(endpoint.max_subscriptions_per_connection)
        .set_message_buffer_capacity(endpoint.max_buffer_capacity_per_connection)
        .set_batch_request_config(bounded(endpoint.batch_config))
        .set_id_provider(RandomStringIdProvider::new(ID_LENGTH))
        .enable_ws_ping(
            PingConfig::new()
                .ping_interval(Duration::from_secs(30))
                .inactive_limit(Duration::from_secs(60))
                .max_failures(3),
        )
        .set_http_middleware(http)
        .to_service_builder();
    let unsafe_methods = match endpoint.rpc_methods {
        RpcMethods::Unsafe => DenyUnsafe::No,
        RpcMethods::Safe | RpcMethods::Auto => DenyUnsafe::Yes,
    };
    let limits = endpoint
        .rate_limit
        .map(|calls| Arc::new(Limits::per_minute(calls)));
    let exempt = endpoint.rate_limit_whitelisted_ips;
    let connections = Connections::shared(endpoint.max_connections);
    Ok(async move {
        loop {
            let (socket, peer) = tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        log::debug!("a connection failed: {error}");
                        continue;
                    }
                },
                () = stop.clone().shutdown() => break,
            };
            let is_exempt = exempt.iter().any(|network| network.contains(peer.ip()));
            let held = connections.hold(peer.ip());
            if held.is_none() && !is_exempt {
                log::debug!("{} holds as many connections as an address may", peer.ip());
                continue;
            }
            let limit = Limited {
                limits: limits.clone().filter(|_| !is_exempt),
                from: peer.ip(),
                denied: unsafe_methods,
                _held: held.map(Arc::new),
            };
            let (builder, methods, origins) = (builder.clone(), methods.clone(), origins.clone());
            let until = stop.clone();
            let service = tower::service_fn(move |mut request: HttpRequest<Incoming>| {
                let is_allowed =
                    origins.allow(request.headers().get("origin").map(|origin| origin.as_bytes()));
                request.extensions_mut().insert(unsafe_methods);
                let rpc = RpcServiceBuilder::new()
                    .rpc_logger(log_limit)
                    .layer(limit.clone());
                let mut service = builder
                    .clone()
                    .set_rpc_middleware(rpc)
                    .build(methods.clone(), until.clone());
                async move {
                    if !is_allowed {
                        return refusal();
                    }
                    service.call(request).await
                }
            });
            Handle::current().spawn(serve_with_graceful_shutdown(
                socket,
                service,
                stop.clone().shutdown(),
            ));
        }
    })
}

/// Batches have a bound, whatever the endpoint says of them: one of its own, or the usual one.
fn bounded(batches: BatchRequestConfig) -> BatchRequestConfig {
    match batches {
        BatchRequestConfig::Unlimited => BatchRequestConfig::Limit(MOST_CALLS_OF_BATCH),
        other => other,
    }
}

fn refusal() -> Result<HttpResponse, BoxError> {
    let mut response = HttpResponse::new(HttpBody::from("this page is not allowed here: see --rpc-cors"));
    *response.status_mut() = 403u16.try_into()?;
    Ok(response)
}

/// On the machine's own address, the names by which it may be called: a page can give any name to it.
fn host_filter(origins: &Origins, address: SocketAddr) -> Result<Option<HostFilterLayer>, ServiceError> {
    if origins.0.is_none() || !address.ip().is_loopback() {
        return Ok(None);
    }
    let names = ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:{}", address.port()));
    HostFilterLayer::new(names)
        .map(Some)
        .map_err(|error| ServiceError::Application(error.into()))
}

/// The pages that may ask; `None` are all.
#[derive(Clone)]
struct Origins(Option<Arc<[String]>>);

impl Origins {
    /// Whether a request may be answered. Only browsers name an origin, and they always do when the page is not the node's own.
    fn allow(&self, origin: Option<&[u8]>) -> bool {
        match (&self.0, origin) {
            (None, _) | (_, None) => true,
            (Some(allowed), Some(origin)) => allowed.iter().any(|allowed| fits(allowed.as_bytes(), origin)),
        }
    }

    /// Lets a browser show the answers to the pages that may ask.
    fn cors(&self) -> CorsLayer {
        if self.0.is_none() {
            return CorsLayer::permissive();
        }
        let origins = self.clone();
        let allow = AllowOrigin::predicate(move |origin, _| origins.allow(Some(origin.as_bytes())));
        CorsLayer::permissive().allow_origin(allow)
    }
}

/// Whether an origin is the allowed one; `:*` at its end stands for any port, or none.
fn fits(allowed: &[u8], origin: &[u8]) -> bool {
    let Some(host) = allowed.strip_suffix(b":*") else {
        return allowed.eq_ignore_ascii_case(origin);
    };
    let Some((start, rest)) = origin.split_at_checked(host.len()) else {
        return false;
    };
    let is_port = |rest: &[u8]| {
        rest.split_first().is_none_or(|(colon, port)| {
            *colon == b':' && !port.is_empty() && port.iter().all(u8::is_ascii_digit)
        })
    };
    start.eq_ignore_ascii_case(host) && is_port(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::Parser;
    use jsonrpsee::types::ErrorObjectOwned;
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    const ANY_PORT: &str = "--rpc-port=0";

    /// The server alone, with the node's flags, a method that anybody may call and one that is unsafe.
    fn serving(flags: &[&str]) -> (tokio::runtime::Runtime, Server) {
        let run = Cli::parse_from(["interclear-node"].iter().chain(flags)).run;
        let is_dev = run.shared_params.dev;
        let endpoints = run
            .rpc_params
            .rpc_addr(is_dev, true, 0)
            .expect("the flags are valid")
            .expect("there are endpoints");
        let settings = Settings {
            endpoints: endpoints.into_iter().take(1).map(Into::into).collect(),
            max_connections: 10,
            log_limit: 100,
        };
        let mut module = RpcModule::new(());
        module
            .register_method("system_name", |_, _, _| "node")
            .expect("it is new");
        module
            .register_method("author_rotateKeys", |_, _, extensions| {
                let denied = extensions.get::<DenyUnsafe>().expect("the server says so");
                denied
                    .check_if_safe()
                    .map(|()| "rotated")
                    .map_err(ErrorObjectOwned::from)
            })
            .expect("it is new");
        module
            .register_method("state_getKeys", |_, _, _| "all keys")
            .expect("it is new");
        let main = tokio::runtime::Runtime::new().expect("there is one");
        let server = main.block_on(start(settings, module)).expect("a port is free");
        (main, server)
    }

    fn ask(server: &Server, request: &str) -> String {
        let address = server.listen_addrs()[0];
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .expect("a timeout");
        let request = request.replace("PORT", &address.port().to_string());
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = Vec::new();
        let mut buffer = [0; 4_096];
        while let Ok(count @ 1..) = stream.read(&mut buffer) {
            answer.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&answer);
            // A connection stays open after a handshake.
            if request.contains("websocket") && text.contains("\r\n\r\n") {
                break;
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of a WebSocket's handshake by a page, or by what is no browser.
    fn handshake(server: &Server, origin: Option<&str>) -> String {
        let origin = origin.map_or_else(String::new, |origin| format!("Origin: {origin}\r\n"));
        let answer = ask(
            server,
            &format!(
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}\r\n"
            ),
        );
        answer.chars().skip("HTTP/1.1 ".len()).take(3).collect()
    }

    fn call(server: &Server, method: &str, headers: &str) -> String {
        let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":[]}}"#);
        ask(
            server,
            &format!(
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\nContent-Type: application/json\r\n\
                 {headers}Content-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        )
    }

    #[test]
    fn foreign_page_should_be_refused_when_it_opens_a_websocket() {
        let (_main, server) = serving(&[ANY_PORT]);
        assert_eq!(handshake(&server, None), "101", "no browser");
        for allowed in [
            "https://polkadot.js.org",
            "http://localhost",
            "http://localhost:3000",
            "https://127.0.0.1:8080",
        ] {
            assert_eq!(handshake(&server, Some(allowed)), "101", "{allowed}");
        }
        for foreign in [
            "https://evil.example",
            "null",
            "https://polkadot.js.org.evil.example",
            "http://localhost.evil.example",
            "http://localhost:3000.evil.example",
            "http://localhost:",
            "https://evil.example/http://localhost",
            "",
        ] {
            assert_eq!(handshake(&server, Some(foreign)), "403", "{foreign}");
        }
        let answer = call(&server, "system_name", "Origin: https://evil.example\r\n");
        assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
        let answer = ask(
            &server,
            "GET /health HTTP/1.1\r\nHost: evil.example:PORT\r\nConnection: close\r\n\r\n",
        );
        assert!(
            answer.starts_with("HTTP/1.1 403"),
            "another name for this machine: {answer}"
        );
    }

    #[test]
    fn an_address_should_hold_its_share_of_the_connections_when_it_opens_all_it_can() {
        // Nothing is exempt; ten connections are taken in all, so an address holds two.
        let flags = [
            ANY_PORT,
            "--rpc-max-connections=10",
            "--rpc-rate-limit-whitelisted-ips=192.0.2.1/32",
        ];
        let (_main, server) = serving(&flags);
        let open = || {
            let mut stream = TcpStream::connect(server.listen_addrs()[0]).expect("it listens");
            stream
                .set_read_timeout(Some(Duration::from_secs(5)))
                .expect("a timeout");
            let port = server.listen_addrs()[0].port();
            let sent = stream.write_all(
                format!(
                    "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                     Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                )
                .as_bytes(),
            );
            let mut answer = [0; 12];
            let is_open = sent.is_ok() && stream.read(&mut answer).is_ok() && answer.ends_with(b"101");
            is_open.then_some(stream)
        };
        let first = [
            open().expect("within its share"),
            open().expect("within its share"),
        ];
        std::thread::sleep(Duration::from_millis(200));
        assert!(open().is_none(), "WebSockets count as long as they are open");
        drop(first);
        std::thread::sleep(Duration::from_secs(1));
        assert!(open().is_some());
    }

    #[test]
    fn pages_should_be_those_that_are_named_when_some_are() {
        let (_main, server) = serving(&[ANY_PORT, "--rpc-cors=https://desk.example"]);
        assert_eq!(handshake(&server, Some("https://desk.example")), "101");
        assert_eq!(handshake(&server, Some("https://polkadot.js.org")), "403");
        let (_main, server) = serving(&[ANY_PORT, "--rpc-cors=all"]);
        assert_eq!(handshake(&server, Some("https://evil.example")), "101");
    }

    #[test]
    fn unsafe_methods_should_answer_only_when_they_are_asked_for_by_name() {
        for (flags, answers) in [
            (&[ANY_PORT][..], false),
            (&[ANY_PORT, "--rpc-methods=auto"], false),
            (&["--experimental-rpc-endpoint=listen-addr=127.0.0.1:0"], false),
            (&[ANY_PORT, "--rpc-methods=unsafe"], true),
        ] {
            let (_main, server) = serving(flags);
            assert!(call(&server, "system_name", "").contains(r#""result":"node""#));
            let rotated = call(&server, "author_rotateKeys", "").contains("rotated");
            assert_eq!(rotated, answers, "{flags:?}");
        }
    }

    #[test]
    fn method_should_be_unsafe_when_nothing_bounds_what_it_reads() {
        for (flags, answers) in [
            (&[ANY_PORT][..], false),
            (&[ANY_PORT, "--rpc-methods=unsafe"], true),
        ] {
            let (_main, server) = serving(flags);
            let answer = call(&server, "state_getKeys", "");
            assert_eq!(answer.contains(r#""result":"all keys""#), answers, "{answer}");
            assert_eq!(
                answer.contains("state_getKeys has no bound"),
                !answers,
                "{answer}"
            );
        }
    }

    /// What is answered to so many calls in one batch.
    fn call_together(server: &Server, calls: usize) -> String {
        let one = r#"{"jsonrpc":"2.0","id":1,"method":"system_name","params":[]}"#;
        let body = format!("[{}]", vec![one; calls].join(","));
        ask(
            server,
            &format!(
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        )
    }

    #[test]
    fn each_call_should_count_when_they_come_in_batches_and_over_new_connections() {
        let limited = [
            ANY_PORT,
            "--rpc-rate-limit=10",
            "--rpc-rate-limit-whitelisted-ips=192.0.2.0/24",
        ];
        let (_main, server) = serving(&limited);
        let answered = |answer: &str| {
            let count = |part| answer.matches(part).count();
            (
                count(r#""result":"node""#),
                count("more than 10 calls in a minute"),
            )
        };
        assert_eq!(answered(&call_together(&server, 8)), (8, 0));
        assert_eq!(answered(&call_together(&server, 4)), (2, 2));
        assert_eq!(answered(&call(&server, "system_name", "")), (0, 1));
        // Programs on the same machine are not counted, unless they are to be.
        let (_main, server) = serving(&[ANY_PORT, "--rpc-rate-limit=10"]);
        assert_eq!(answered(&call_together(&server, 50)), (50, 0));
    }

    #[test]
    fn batch_should_be_refused_when_it_has_more_calls_than_it_may() {
        for flags in [
            &[ANY_PORT][..],
            &["--experimental-rpc-endpoint=listen-addr=127.0.0.1:0"],
        ] {
            let (_main, server) = serving(flags);
            let answered = |calls| {
                call_together(&server, calls)
                    .matches(r#""result":"node""#)
                    .count()
            };
            assert_eq!((answered(100), answered(101)), (100, 0), "{flags:?}");
        }
        let (_main, server) = serving(&[ANY_PORT, "--rpc-max-batch-request-len=200"]);
        assert!(call_together(&server, 101).contains("node"));
    }

    #[test]
    fn the_sdk_server_should_answer_nobody_when_it_has_to_be_there() {
        let run = Cli::parse_from(["interclear-node", ANY_PORT]).run;
        let addresses = run
            .rpc_params
            .rpc_addr(false, true, 0)
            .expect("the flags are valid")
            .expect("there are endpoints");
        let mut config = RpcConfiguration {
            addr: Some(addresses.into_iter().map(Into::into).collect()),
            max_connections: 10,
            cors: None,
            methods: RpcMethods::Safe,
            max_request_size: 1,
            max_response_size: 1,
            id_provider: None,
            max_subs_per_conn: 1,
            port: 0,
            message_buffer_capacity: 1,
            batch_config: sc_rpc_server::BatchRequestConfig::Unlimited,
            rate_limit: None,
            rate_limit_whitelisted_ips: Vec::new(),
            rate_limit_trust_proxy_headers: false,
            request_logger_limit: 1,
        };
        let settings = Settings::take(&mut config).expect("nothing is asked for that is not offered");
        assert_eq!(settings.endpoints.len(), 2);
        let main = tokio::runtime::Runtime::new().expect("there is one");
        let runtime = sc_service::create_rpc_runtime(1).expect("there is one");
        let mut module = RpcModule::new(());
        module
            .register_method("system_name", |_, _, _| "node")
            .expect("it is new");
        let server = sc_service::start_rpc_servers(&config, None, main.handle(), module, runtime, None)
            .expect("a port is free");
        let answer = call(&server, "system_name", "");
        assert!(answer.starts_with("HTTP/1.1 429"), "{answer}");
        assert_eq!(handshake(&server, None), "429");
    }
}
