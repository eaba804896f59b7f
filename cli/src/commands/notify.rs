//! What `interclear watch --notify` posts to a web service: new deadlines of an operator, and failures.

use crate::{
    commands::today::{self, Line},
    error::CommandError,
    output,
    session::{is_exposed, Session},
};
use http_body_util::Full;
use hyper::{
    body::Bytes,
    header::{CONTENT_TYPE, USER_AGENT},
    Request, Uri,
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{connect::HttpConnector, Client},
    rt::TokioExecutor,
};
use interclear_client::{chain::Chain, text::printable, time::now};
use interclear_primitives::ids::OperatorId;
use serde_json::{json, Value};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// Time between two looks at what waits.
pub(super) const EVERY: Duration = Duration::from_secs(60);
/// Time within which the service answers.
const PATIENCE: Duration = Duration::from_secs(10);
/// What the program calls itself.
const AGENT: &str = concat!("interclear/", env!("CARGO_PKG_VERSION"));

/// The address of a service, whose path and query may be a secret and are never repeated.
#[derive(Clone)]
pub(super) struct Address(Uri);

impl std::str::FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            return Err(
                "it is empty: name a service with --notify or INTERCLEAR_NOTIFY, or unset that variable",
            );
        }
        let wrong = "it is not the address of a service: write https:// or http:// in front";
        let uri: Uri = text.parse().map_err(|_| wrong)?;
        let scheme = uri.scheme_str().unwrap_or_default();
        match ["http", "https"].contains(&scheme) && uri.host().is_some_and(|host| !host.is_empty()) {
            true => Ok(Self(uri)),
            false => Err(wrong),
        }
    }
}

impl Address {
    /// What of it may be shown: where the service is.
    pub(super) fn shown(&self) -> String {
        let scheme = self.0.scheme_str().unwrap_or_default();
        let port = self.0.port().map_or_else(String::new, |port| format!(":{port}"));
        printable(&format!("{scheme}://{}{port}", self.0.host().unwrap_or_default()))
    }
}

/// How something is posted.
enum Post {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Encrypted(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

impl Post {
    fn to(address: &Address) -> std::io::Result<Self> {
        let client = Client::builder(TokioExecutor::new());
        if address.0.scheme_str() == Some("http") {
            return Ok(Self::Plain(client.build(HttpConnector::new())));
        }
        let connector = HttpsConnectorBuilder::new().with_native_roots()?;
        Ok(Self::Encrypted(
            client.build(connector.https_only().enable_http1().build()),
        ))
    }

    async fn send(&self, address: &Address, value: &Value) -> Result<(), String> {
        let request = Request::post(&address.0)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, AGENT)
            .body(Full::new(Bytes::from(value.to_string())))
            .map_err(|error| error.to_string())?;
        let answer = async {
            match self {
                Self::Plain(client) => client.request(request).await,
                Self::Encrypted(client) => client.request(request).await,
            }
        };
        let answer = tokio::time::timeout(PATIENCE, answer).await;
        let answer = answer.map_err(|_| format!("no answer within {} s", PATIENCE.as_secs()))?;
        match answer.map_err(|_| "it cannot be reached".to_owned())?.status() {
            status if status.is_success() => Ok(()),
            status => Err(format!("it answered with status {}", status.as_u16())),
        }
    }
}

/// Posts each new deadline once, and failures.
pub(super) struct Notifier {
    address: Address,
    post: Post,
    operator: OperatorId,
    /// What the service has been told of and is still to be done.
    told: BTreeSet<String>,
    /// When it was looked last.
    looked: Option<Instant>,
    /// Whether the service knows that the connection is lost.
    lost: bool,
    /// Whether the service knows that blocks or finality stand.
    stands: bool,
}

/// By what something that waits is known again: it is new when its deadline is another one.
fn mark(line: &Value) -> String {
    let part = |name: &str| line.get(name).map(ToString::to_string).unwrap_or_default();
    ["kind", "partner", "due", "next"].map(part).join(" ")
}

impl Notifier {
    pub(super) fn new(address: &Address, operator: OperatorId) -> Result<Self, CommandError> {
        if is_exposed(&address.0.to_string()) {
            output::note(&format!(
                "warning: {} is not encrypted: whoever is on the way can read what waits; take https://",
                address.shown()
            ));
        }
        let post = Post::to(address).map_err(|error| {
            CommandError::Invalid(format!(
                "{} cannot be asked: the certificates that this machine trusts cannot be read: {}",
                address.shown(),
                interclear_client::text::reason(&error)
            ))
        })?;
        Ok(Self {
            address: address.clone(),
            post,
            operator,
            told: BTreeSet::new(),
            looked: None,
            lost: false,
            stands: false,
        })
    }

    /// Looks at what waits, at most once a minute, and posts what is new.
    ///
    /// # Errors
    /// The connection to the node broke. A service that does not answer is none: it is tried again with the next look.
    pub(super) async fn look(&mut self, session: &Session, chain: &Chain) -> Result<(), CommandError> {
        if self.looked.is_some_and(|looked| looked.elapsed() < EVERY) {
            return Ok(());
        }
        self.looked = Some(Instant::now());
        let lines = today::lines(session, chain, self.operator).await?;
        let lines: Vec<Value> = lines.iter().map(Line::as_json).collect();
        self.tell_new(&lines).await;
        let heads = chain.heads().await?;
        let words = format!("{}, and {}", heads.blocks(), heads.finality());
        self.tell_connection(false, &format!("the connection is back: {words}"))
            .await;
        self.tell_standing(heads.blocks_stand() || heads.finality_stands(), &words)
            .await;
        Ok(())
    }

    /// Posts what the service has not been told of. What is done is forgotten, so that it is told of if it comes again.
    async fn tell_new(&mut self, lines: &[Value]) {
        let marks: BTreeSet<String> = lines.iter().map(mark).collect();
        self.told.retain(|told| marks.contains(told));
        for line in lines {
            let mark = mark(line);
            if self.told.contains(&mark) {
                continue;
            }
            let mut value = line.clone();
            value["type"] = "deadline".into();
            value["operator"] = json!(self.operator);
            if !self.post(&value).await {
                // The next look tries what is left again.
                return;
            }
            self.told.insert(mark);
        }
    }

    /// Posts once that the connection is lost; as soon as there is another, it is looked again.
    pub(super) async fn tell_lost(&mut self, words: &str) {
        self.looked = None;
        self.tell_connection(true, words).await;
    }

    /// Posts once that the connection is lost, and that it is back.
    async fn tell_connection(&mut self, lost: bool, words: &str) {
        self.lost = self
            .tell_failure(self.lost, lost, ["connection_lost", "connection_back"], words)
            .await;
    }

    /// Posts once that blocks or finality stand, and that they go on.
    async fn tell_standing(&mut self, stands: bool, words: &str) {
        self.stands = self
            .tell_failure(self.stands, stands, ["stands_still", "goes_on"], words)
            .await;
    }

    /// Posts that something fails, or does so no longer, unless the service knows it. What the service knows then.
    async fn tell_failure(&self, known: bool, fails: bool, [begins, ends]: [&str; 2], what: &str) -> bool {
        if fails == known {
            return known;
        }
        let kind = if fails { begins } else { ends };
        let value = json!({
            "type": "failure", "kind": kind, "operator": self.operator, "what": what, "at": now(),
        });
        match self.post(&value).await {
            true => fails,
            false => known,
        }
    }

    /// Whether the service took it; that it did not is told here.
    async fn post(&self, value: &Value) -> bool {
        let value = output::dated(value).unwrap_or_else(|_| value.clone());
        let sent = self.post.send(&self.address, &value).await;
        if let Err(why) = &sent {
            output::warn(&format!(
                "{} was not told: {why}; it is tried again",
                self.address.shown()
            ));
        }
        sent.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::TcpListener,
        thread::JoinHandle,
    };

    /// A service that answers so many times, with these statuses; what was posted to it, with the first line of each request.
    fn service(statuses: &'static [&'static str]) -> (Address, JoinHandle<Vec<(String, Value)>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/hook?key=secret", listener.local_addr().unwrap());
        let served = std::thread::spawn(move || {
            let mut posted = Vec::new();
            for status in statuses {
                let (stream, _) = listener.accept().unwrap();
                let mut reader = BufReader::new(stream);
                let (mut first, mut length) = (String::new(), 0);
                reader.read_line(&mut first).unwrap();
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).unwrap();
                    let line = line.trim().to_ascii_lowercase();
                    if line.is_empty() {
                        break;
                    }
                    if let Some(value) = line.strip_prefix("content-length: ") {
                        length = value.parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                posted.push((first.trim().to_owned(), serde_json::from_slice(&body).unwrap()));
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                reader.get_mut().write_all(answer.as_bytes()).unwrap();
            }
            posted
        });
        (address.parse().unwrap(), served)
    }

    fn line(kind: &str, due: u64) -> Value {
        json!({ "kind": kind, "due": due, "partner": 7, "what": "x", "next": "interclear today" })
    }

    #[tokio::test]
    async fn a_deadline_should_be_posted_once_and_again_when_it_is_another_or_was_not_taken() {
        let (address, served) = service(&["200 OK", "500 Internal Server Error", "204 No Content", "200 OK"]);
        let mut notifier = Notifier::new(&address, OperatorId(3)).unwrap();
        let (first, second) = (
            line("answer_files", 1_800_000_000),
            line("close_month", 1_800_000_060),
        );
        notifier.tell_new(&[first.clone(), second.clone()]).await;
        notifier.tell_new(&[first.clone(), second.clone()]).await;
        notifier.tell_new(&[first, second.clone()]).await;
        notifier
            .tell_new(&[line("answer_files", 1_800_086_400), second])
            .await;
        let posted = served.join().unwrap();
        let told: Vec<_> = posted
            .iter()
            .map(|(_, value)| {
                (
                    value["kind"].as_str().unwrap(),
                    value["due_utc"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("answer_files", "2027-01-15T08:00:00Z"),
                ("close_month", "2027-01-15T08:01:00Z"),
                ("close_month", "2027-01-15T08:01:00Z"),
                ("answer_files", "2027-01-16T08:00:00Z"),
            ]
        );
        for (first, value) in &posted {
            assert_eq!(first, "POST /hook?key=secret HTTP/1.1");
            assert_eq!(
                (&value["type"], &value["operator"]),
                (&json!("deadline"), &json!(3))
            );
        }
    }

    /// The kinds of what was posted.
    fn kinds(posted: &[(String, Value)]) -> Vec<&str> {
        posted
            .iter()
            .map(|(_, value)| value["kind"].as_str().unwrap())
            .collect()
    }

    #[tokio::test]
    async fn a_failure_should_be_posted_once_when_blocks_stand_and_once_when_they_go_on() {
        let (address, served) = service(&["503 Service Unavailable", "200 OK", "200 OK"]);
        let mut notifier = Notifier::new(&address, OperatorId(3)).unwrap();
        for stands in [false, true, true, true, false, false] {
            notifier.tell_standing(stands, "no block has come").await;
        }
        let posted = served.join().unwrap();
        assert_eq!(kinds(&posted), ["stands_still", "stands_still", "goes_on"]);
        let (_, value) = &posted[0];
        assert_eq!(value["type"], "failure");
        assert_eq!(value["what"], "no block has come");
        assert!(value["at_utc"].is_string());
    }

    #[tokio::test]
    async fn the_connection_should_be_told_once_when_it_is_lost_and_once_when_it_is_back() {
        let (address, served) = service(&["503 Service Unavailable", "200 OK", "200 OK", "200 OK"]);
        let mut notifier = Notifier::new(&address, OperatorId(3)).unwrap();
        notifier.tell_connection(false, "a block has come").await;
        for _ in 0..4 {
            notifier.looked = Some(Instant::now());
            notifier.tell_lost("no node answers").await;
            assert!(notifier.looked.is_none(), "the next look waits for nothing");
        }
        notifier.tell_connection(false, "a block has come").await;
        notifier.tell_connection(false, "a block has come").await;
        notifier.tell_lost("no node answers").await;
        let posted = served.join().unwrap();
        assert_eq!(
            kinds(&posted),
            [
                "connection_lost",
                "connection_lost",
                "connection_back",
                "connection_lost"
            ]
        );
        let (_, value) = &posted[2];
        assert_eq!(
            (&value["type"], &value["what"]),
            (&json!("failure"), &json!("a block has come"))
        );
    }

    #[test]
    fn an_address_should_be_shown_without_its_secret_and_refused_when_it_is_of_no_service() {
        let address: Address = "https://hooks.example:8443/T00/B00?token=secret".parse().unwrap();
        assert_eq!(address.shown(), "https://hooks.example:8443");
        for empty in ["", " "] {
            let told = empty.parse::<Address>().err().unwrap();
            assert!(told.starts_with("it is empty"), "{told}");
        }
        for wrong in [
            "hooks.example",
            "ws://hooks.example",
            "https://",
            "file:///etc/passwd",
        ] {
            assert!(wrong.parse::<Address>().is_err(), "{wrong}");
        }
    }
}
