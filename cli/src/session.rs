//! What every command works with: the node, the key that signs, and the way results are printed.

use crate::{
    carried::{self, Carried},
    error::CommandError,
    interrupt::OnItsWay,
    keys::{self, OpenError},
    output::{self, Manner, Output},
    profile::{Chosen, Origin, Profile},
};
use clap::Args;
use indicatif::ProgressBar;
use interclear_client::{
    chain::{AccountId, Call, Chain, ChainError, Failure, News, Receipt},
    council::{self, CouncilError},
    files::hex,
    keys::{KeyError, Keypair},
    text,
};
use interclear_primitives::{ids::OperatorId, tadig::Tadig};
use serde_json::{json, Value};
use std::{
    convert::Infallible,
    future::Future,
    io::{BufRead, Write},
    sync::{Arc, OnceLock},
    time::Duration,
};

/// Queries that are under way at the same time.
pub const QUERIES: usize = 16;
/// Time before the first try to reach a node again, and the longest one.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Time between two looks at the newest blocks while something is on its way.
const LOOK: Duration = Duration::from_secs(10);
/// What is said of a dry run by nobody.
pub const NOT_ASKED: &str =
    "the chain is not asked what it would say: name the key that would sign with --key";
/// How far the charges of a service may be from its agreed price, where nothing is said.
const USUAL_PRICE_FACTOR: &str = "5";
/// The node that is asked where none is named.
const USUAL_URL: &str = "ws://127.0.0.1:9944";

/// What a command works with, from the options that every command takes.
#[derive(Args, Clone)]
#[command(next_help_heading = "Options of every command")]
pub struct Session {
    /// The node to ask; ws://127.0.0.1:9944 unless given.
    #[arg(long, global = true, env = "INTERCLEAR_URL")]
    url: Option<String>,
    /// The key that signs: an encrypted keystore file, or for development a URI such as //Alice.
    #[arg(long, global = true, env = "INTERCLEAR_KEY", hide_env_values = true)]
    key: Option<String>,
    /// The profile of the configuration file that says url, key and operator. An option goes before the environment, and that before
    /// the profile; `interclear config show` tells what is in use, and what says so.
    #[arg(long, global = true, env = "INTERCLEAR_PROFILE", value_name = "NAME")]
    profile: Option<String>,
    /// Print JSON instead of text; errors, too, on standard error.
    #[arg(long, global = true)]
    json: bool,
    /// Do not ask before money or obligations change. Where standard input or standard error is not a terminal nothing is asked,
    /// and what looks like a slip is refused without this.
    #[arg(long, global = true)]
    yes: bool,
    /// Put a motion to the council, vote for it or close it, though it would fail if it were carried out now. Without this it is asked about on
    /// a terminal, and refused in scripts and with --yes.
    #[arg(long, global = true)]
    may_fail: bool,
    /// Give up waiting after this time, such as 90s, 5m or 1h; what was sent may land later (exit status 3).
    #[arg(long, global = true, value_name = "TIME", value_parser = span)]
    timeout: Option<Duration>,
    /// Go by the best block in place of the newest final one, and wait for a block only: to act while finality stands still. What is
    /// not final may still be undone.
    #[arg(long, global = true)]
    best: bool,
    /// Print results and errors only.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Tell what happens on the way.
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Do not fold tables that are wider than the terminal.
    #[arg(long, global = true)]
    wide: bool,
    /// The operator of the profile.
    #[arg(skip)]
    of_profile: Option<String>,
    /// What the configuration file says.
    #[arg(skip)]
    chosen: Chosen,
    /// Where the node and the key are said.
    #[arg(skip)]
    origins: Option<[Origin; 2]>,
    /// The key, once it has been opened: nobody types a passphrase twice.
    #[arg(skip)]
    opened: Arc<OnceLock<Keypair>>,
}

/// Reads a span of time: `90`, `90s`, `5m` or `1h`.
fn span(text: &str) -> Result<Duration, String> {
    let malformed = || format!("`{text}` is not a span of time; write 90s, 5m or 1h");
    let (count, unit) = match text.char_indices().last() {
        Some((place, 's')) => (&text[..place], 1),
        Some((place, 'm')) => (&text[..place], 60),
        Some((place, 'h')) => (&text[..place], 3_600),
        _ => (text, 1),
    };
    let count: u64 = count.parse().map_err(|_| malformed())?;
    match count.checked_mul(unit) {
        Some(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds)),
        _ => Err(malformed()),
    }
}

/// Whether a text is the address of a node, as far as its beginning goes.
fn is_address(url: &str) -> bool {
    let scheme = url
        .trim()
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| ["ws", "wss"].contains(&scheme.as_str()))
}

/// Whether what goes to a node can be read and changed on the way: it is not encrypted and leaves this machine.
pub fn is_exposed(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("ws://").or_else(|| url.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let local = host
        .parse::<std::net::IpAddr>()
        .map_or(host.eq_ignore_ascii_case("localhost"), |address| {
            address.is_loopback()
        });
    !local
}

impl Session {
    /// The options with what the configuration file adds to them.
    ///
    /// # Errors
    /// The configuration is wrong, or the profile that is named is empty.
    pub fn complete(mut self) -> Result<Self, CommandError> {
        output::set_manner(Manner {
            quiet: self.quiet,
            verbose: self.verbose,
            wide: self.wide,
        });
        let named = self.profile.as_deref();
        carried::set(Carried::said(self.url.as_deref(), named));
        if named.is_some_and(str::is_empty) {
            return Err(CommandError::Configuration(
                "the profile that is named is empty: --profile or INTERCLEAR_PROFILE".into(),
            ));
        }
        self.chosen = Chosen::load(named).map_err(CommandError::Configuration)?;
        let (url, of_url) = self.settled(self.url.clone(), ["--url", "INTERCLEAR_URL"], |profile| {
            &profile.url
        });
        let (key, of_key) = self.settled(self.key.clone(), ["--key", "INTERCLEAR_KEY"], |profile| {
            &profile.key
        });
        (self.url, self.key, self.origins) = (url, key, Some([of_url, of_key]));
        self.of_profile = self
            .chosen
            .setting(|profile| &profile.operator)
            .map(|(value, _)| value);
        Ok(self)
    }

    /// Fails where what is named cannot be the address of a node.
    ///
    /// # Errors
    /// It is empty, or begins otherwise.
    pub fn ensure_address(&self) -> Result<(), CommandError> {
        if self.url.as_deref().is_some_and(|url| url.trim().is_empty()) {
            return Err(CommandError::Configuration(
                "the address of the node is empty: --url, INTERCLEAR_URL or `url` of the configuration"
                    .into(),
            ));
        }
        if let Some(url) = self.url.as_deref().filter(|url| !is_address(url)) {
            let url = text::printable(url);
            return Err(CommandError::Configuration(format!(
                "`{url}` is not the address of a node: write ws:// or wss:// in front, as in {USUAL_URL}"
            )));
        }
        Ok(())
    }

    /// A setting, and where it is said: the option goes before the environment, and that before the configuration file. What an option
    /// repeats of the environment is the environment's.
    fn settled(
        &self,
        said: Option<String>,
        [option, variable]: [&'static str; 2],
        of: fn(&Profile) -> &Option<String>,
    ) -> (Option<String>, Origin) {
        match said {
            Some(value) if std::env::var(variable).is_ok_and(|known| known == value) => {
                (Some(value), Origin::Environment(variable))
            }
            Some(value) => (Some(value), Origin::Option(option)),
            None => match self.chosen.setting(of) {
                Some((value, origin)) => (Some(value), origin),
                None => (None, Origin::Nothing),
            },
        }
    }

    /// What is in use, and where each is said: a word for machines, the value, the origin. What looks like a secret is not repeated.
    pub fn settings(&self) -> [(&'static str, Option<String>, Origin); 6] {
        let [of_url, of_key] = self.origins.clone().unwrap_or([Origin::Nothing, Origin::Nothing]);
        let secret = matches!(
            keys::account(self.key.as_deref()),
            Err(OpenError::SecretInTheOpen)
        );
        let key = self.key.clone().map(|key| match secret {
            true => "a seed phrase or seed, which is not repeated here".into(),
            false => key,
        });
        let operator = self.chosen.setting(|profile| &profile.operator);
        let (operator, of_operator) =
            operator.map_or((None, Origin::Nothing), |(name, origin)| (Some(name), origin));
        let file = self.chosen.file.as_deref().map(output::path_value);
        let of_file = match (&file, std::env::var_os("INTERCLEAR_CONFIG")) {
            // It may be empty, so that none is read.
            (_, Some(_)) => Origin::Environment("INTERCLEAR_CONFIG"),
            (Some(_), None) => Origin::Usual,
            (None, None) => Origin::Nothing,
        };
        let (profile, of_profile) = match (&self.profile, &self.chosen.name) {
            (Some(_), _) => self.settled(
                self.profile.clone(),
                ["--profile", "INTERCLEAR_PROFILE"],
                |profile| &profile.url,
            ),
            (None, Some(name)) => (Some(name.clone()), Origin::Default),
            (None, None) => (None, Origin::Nothing),
        };
        let (factor, of_factor) = self.price_factor();
        let url = self.url.clone().unwrap_or_else(|| USUAL_URL.into());
        let of_url = if of_url == Origin::Nothing {
            Origin::Usual
        } else {
            of_url
        };
        [
            ("configuration", file, of_file),
            ("profile", profile, of_profile),
            ("url", Some(url), of_url),
            ("key", key, of_key),
            ("operator", operator, of_operator),
            ("price_factor", Some(factor), of_factor),
        ]
    }

    /// How far the charges of a service may be from its agreed price where no option says it, as it is written; and what says so.
    pub fn price_factor(&self) -> (String, Origin) {
        let said = self.chosen.setting(|profile| &profile.price_factor);
        said.unwrap_or_else(|| (USUAL_PRICE_FACTOR.into(), Origin::Usual))
    }

    /// A key that is not there, with the part of the configuration that names it.
    fn key_error(&self, error: OpenError) -> CommandError {
        let origin = self.origins.as_ref().map(|[_, key]| key);
        match (&error, origin, &self.chosen.file) {
            (
                OpenError::Key(KeyError::NoSuchFile { .. }),
                Some(Origin::Profile(_) | Origin::File),
                Some(file),
            ) => {
                let origin = origin.map(ToString::to_string).unwrap_or_default();
                CommandError::Configuration(format!(
                    "{error}, which {} names as `key` ({origin}): mend it there, or name another with --key; a path that is not \
                     absolute begins at the folder of that file",
                    text::path(file)
                ))
            }
            _ => error.into(),
        }
    }

    /// How to print.
    pub fn output(&self) -> Output {
        Output { json: self.json }
    }

    /// The connection.
    ///
    /// # Errors
    /// No node answers.
    pub async fn chain(&self) -> Result<Chain, CommandError> {
        let url = self.url.as_deref().unwrap_or(USUAL_URL);
        if is_exposed(url) {
            output::note(&format!(
                "warning: {url} is not encrypted: whoever is on the way can read what you ask and lie to you about the \
                 answers; take wss:// or a tunnel"
            ));
        }
        let connecting = Chain::connect(url);
        let chain = match self.timeout {
            None => connecting.await?,
            Some(after) => {
                tokio::time::timeout(after, connecting)
                    .await
                    .map_err(|_| ChainError::Unreachable {
                        url: url.into(),
                        reason: format!("no answer within {} s", after.as_secs()),
                    })??
            }
        };
        output::detail(&format!("connected to {url}"));
        Ok(chain.by_best(self.best))
    }

    /// The connection of a command that signs: that no key is named, or none is there, is said before a node is asked.
    ///
    /// # Errors
    /// There is no key, or no node answers.
    pub async fn chain_to_sign(&self) -> Result<Chain, CommandError> {
        self.account()?;
        self.chain().await
    }

    /// A new connection after one was lost: asks again and again.
    ///
    /// # Errors
    /// What asking again does not mend.
    pub async fn chain_again(&self) -> Result<Chain, CommandError> {
        let mut pause = PAUSE;
        loop {
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
            match self.chain().await {
                Err(CommandError::Chain(error)) if error.is_connection() => {
                    output::detail(&error.to_string());
                }
                other => return other,
            }
        }
    }

    /// The key that signs.
    ///
    /// # Errors
    /// None was named, or it does not open.
    pub fn key(&self) -> Result<Keypair, CommandError> {
        if let Some(key) = self.opened.get() {
            return Ok(key.clone());
        }
        let key = keys::open(self.key.as_deref()).map_err(|error| self.key_error(error))?;
        Ok(self.opened.get_or_init(|| key).clone())
    }

    /// The account of the key that signs; nobody is asked for a passphrase.
    ///
    /// # Errors
    /// None was named, or it is not a key.
    pub fn account(&self) -> Result<AccountId, CommandError> {
        keys::account(self.key.as_deref()).map_err(|error| self.key_error(error))
    }

    /// The operator for which the key that signs acts.
    ///
    /// # Errors
    /// No key was named, it is not a key, or its account is not a desk.
    pub async fn operator(&self, chain: &Chain) -> Result<OperatorId, CommandError> {
        let account = self.account()?;
        let desk = chain.desk(account).await?;
        desk.map(|desk| desk.operator).ok_or_else(|| {
            CommandError::Invalid(format!(
                "{account} is not a desk of an operator: it consents with `interclear desk consent`, and the operator's admin desk adds it"
            ))
        })
    }

    /// Whether the profile or a key names the operator that is asked about.
    pub fn names_somebody(&self) -> bool {
        self.of_profile.is_some() || self.key.is_some()
    }

    /// A network of the operator that the profile names, if it names it so.
    pub fn network_of_profile(&self) -> Option<Tadig> {
        self.of_profile.as_deref()?.parse().ok()
    }

    /// The operator that is asked about: the one that is named, or else that of the profile, or else that of the key.
    ///
    /// # Errors
    /// It does not exist, or none of the three is there.
    pub async fn operator_named(
        &self,
        chain: &Chain,
        named: Option<&str>,
    ) -> Result<OperatorId, CommandError> {
        match named.or(self.of_profile.as_deref()) {
            Some(named) => Ok(chain.find_operator(named).await?),
            None if self.key.is_none() => Err(CommandError::Configuration(
                "name an operator (its number or a TADIG code), or a key with --key".into(),
            )),
            None => self.operator(chain).await,
        }
    }

    /// Whether a person is asked before something is done.
    pub fn asks(&self) -> bool {
        !self.yes && output::can_ask()
    }

    /// Tells a person what is about to be done, and asks. Where nobody can be asked, as in a script, or with --yes, it is
    /// done without asking.
    ///
    /// # Errors
    /// [`CommandError::NotConfirmed`] unless the answer is yes.
    pub fn confirm(&self, what: &str) -> Result<(), CommandError> {
        if !self.asks() {
            return Ok(());
        }
        output::warn(&format!("If you go on: {what}"));
        eprint!("Go on? [y/N] ");
        std::io::stderr().flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(CommandError::NotConfirmed),
        }
    }

    /// As [`Session::confirm`], of something that looks like a slip, which `doubts` name: where nobody can be asked it is refused,
    /// unless --yes is given. Where nothing is in doubt it is [`Session::confirm`].
    ///
    /// # Errors
    /// [`CommandError::NotConfirmed`] unless the answer is yes, [`CommandError::LooksWrong`] where nobody can be asked.
    pub fn confirm_slip(&self, doubts: &[String], what: &str) -> Result<(), CommandError> {
        if !doubts.is_empty() && !self.yes && !output::can_ask() {
            return Err(CommandError::LooksWrong(doubts.join("\n")));
        }
        for doubt in doubts {
            match self.yes {
                true => output::note(doubt),
                // Whoever is asked sees what about, --quiet or not.
                false => output::warn(doubt),
            }
        }
        self.confirm(what)
    }

    /// As [`Session::confirm_slip`], of a motion that would fail for a reason that has been told, if there is one: where nobody is asked
    /// it is refused, unless --may-fail is given.
    ///
    /// # Errors
    /// As [`Session::confirm_slip`], with [`CommandError::FailingNotConfirmed`] where there is such a reason, and
    /// [`CommandError::WouldFail`] where nobody is asked.
    pub fn confirm_failing(
        &self,
        failing: Option<&Failure>,
        doubts: &[String],
        what: &str,
    ) -> Result<(), CommandError> {
        match failing.filter(|_| !self.may_fail && !self.asks()) {
            Some(failure) => Err(CommandError::WouldFail(failure.clone())),
            None => self.confirm_slip(doubts, what).map_err(|error| match error {
                CommandError::NotConfirmed if failing.is_some() => CommandError::FailingNotConfirmed,
                error => error,
            }),
        }
    }

    /// Signs and submits a call, waits until it is final, and says so.
    ///
    /// # Errors
    /// The chain refused, the connection broke, or time ran out.
    pub async fn execute(&self, chain: &Chain, call: &Call) -> Result<Receipt, CommandError> {
        let key = self.key()?;
        let spinner = output::spinner(&format!("{}: waiting for finality", call.title()));
        let on_its_way = OnItsWay::new(&spinner);
        let mut listener = |news: News| {
            on_its_way.stands(news.to_string());
            let usual = matches!(news, News::Ready { .. } | News::InBlock { .. });
            let words = format!("{}: {news}", call.title());
            match usual {
                true => {
                    spinner.set_message(words.clone());
                    spinner.suspend(|| output::detail(&words));
                }
                false => spinner.suspend(|| output::note(&words)),
            }
        };
        let receipt = chain
            .execute_within(&key, call, self.timeout, &mut listener)
            .await;
        drop(on_its_way);
        spinner.finish_and_clear();
        let receipt = receipt?;
        if output::verbose() {
            output::detail(&format!("{}: transaction {:?}", call.title(), receipt.hash));
        }
        Ok(receipt)
    }

    /// Fails where the chain would refuse a call of the key now, before anything is said or asked about what it does.
    ///
    /// # Errors
    /// What the chain says of it, or the connection broke.
    pub async fn ensure_taken(&self, chain: &Chain, call: &Call) -> Result<(), CommandError> {
        match chain.call_outcome(&self.account()?, call).await? {
            Some(Err(failure)) => Err(ChainError::Failed(failure).into()),
            // A call that cannot be tried is sent, and refused then.
            Some(Ok(())) | None => Ok(()),
        }
    }

    /// As [`Session::execute`], and prints where the call landed as the whole answer.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub async fn execute_and_report(&self, call: &Call, done: &str) -> Result<(), CommandError> {
        let chain = self.chain_to_sign().await?;
        let receipt = self.execute(&chain, call).await?;
        self.report(&receipt, done, json!({}))
    }

    /// Waits for something that sends, for as long as --timeout says; `stands` says what has become of it then. Where no block comes
    /// meanwhile, or none becomes final, that is told beside the bar.
    ///
    /// # Errors
    /// Its own, or [`ChainError::TimedOut`].
    pub async fn within<T>(
        &self,
        chain: &Chain,
        bar: &ProgressBar,
        sending: impl Future<Output = Result<T, ChainError>>,
        stands: &str,
    ) -> Result<T, CommandError> {
        let sending = telling(chain, bar, sending);
        let Some(after) = self.timeout else {
            return Ok(sending.await?);
        };
        let out_of_time = |_| ChainError::TimedOut {
            after,
            stands: stands.into(),
        };
        Ok(tokio::time::timeout(after, sending)
            .await
            .map_err(out_of_time)??)
    }

    /// Prints what a call did and where it landed; `more` is added to the JSON.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn report(&self, receipt: &Receipt, done: &str, more: Value) -> Result<(), CommandError> {
        let mut value = json!({
            "block": format!("{:?}", receipt.block),
            "number": receipt.number,
            "transaction": format!("{:?}", receipt.hash),
        });
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        self.output()
            .print(&value, |_| with_block(done, receipt.number, self.best))?;
        Ok(())
    }

    /// Why a call would fail if the council carried it out now, as far as the chain can tell.
    async fn would_fail(&self, chain: &Chain, call: &Call) -> Result<Option<Failure>, CommandError> {
        match chain.proposal_outcome(call).await {
            Ok(outcome) => Ok(outcome.and_then(Result::err)),
            Err(error) if error.is_connection() => Err(error.into()),
            // A call that the runtime cannot even try is proposed all the same.
            Err(error) => {
                output::detail(&error.to_string());
                Ok(None)
            }
        }
    }

    /// Puts a call to the council and tells how to vote.
    ///
    /// # Errors
    /// The key is not a member's, or the connection broke.
    pub async fn put_to_council(&self, call: Call) -> Result<(), CommandError> {
        let chain = self.chain_to_sign().await?;
        self.put_to_council_of(&chain, call).await
    }

    /// As [`Session::put_to_council`], over a connection that is there.
    ///
    /// # Errors
    /// As [`Session::put_to_council`].
    pub async fn put_to_council_of(&self, chain: &Chain, call: Call) -> Result<(), CommandError> {
        let title = call.title();
        let account = self.account()?;
        if !chain.council().await?.contains(&account) {
            return Err(CouncilError::NotAMember(account).into());
        }
        if let Some(failure) = self.would_fail(chain, &call).await? {
            output::warn(&format!("{title}: carried out now, it would FAIL: {failure}"));
            self.confirm_failing(Some(&failure), &[], "It is put to the council all the same.")?;
        }
        let motion = council::motion(chain, call).await?;
        let receipt = self.execute(chain, &motion).await?;
        let Some(motion) = council::proposed(&receipt)? else {
            return self.report(&receipt, &format!("{title}: carried out"), json!({}));
        };
        let (index, hash) = (motion.index, hex(&motion.hash.0));
        let done = format!(
            "{title}: motion {index} is with the council.\nMembers vote with: interclear council vote {index}\n\
             Then close it with: interclear council close {index}\n"
        );
        self.report(&receipt, &done, json!({ "motion": index, "hash": hash }))
    }
}

/// Waits for something that blocks bring. Where none comes meanwhile, or none becomes final, that is told beside the bar.
pub async fn telling<T>(chain: &Chain, bar: &ProgressBar, waiting: impl Future<Output = T>) -> T {
    tokio::select! {
        came = waiting => came,
        never = tell_what_stands(chain, bar) => match never {},
    }
}

/// Tells, again and again, that no block comes, or none becomes final, while that is so.
async fn tell_what_stands(chain: &Chain, bar: &ProgressBar) -> Infallible {
    loop {
        tokio::time::sleep(LOOK).await;
        // Of a connection that is lost, what sends tells itself.
        let Ok(heads) = chain.heads().await else { continue };
        if heads.blocks_stand() || heads.finality_stands() {
            let words = format!("waiting: {}, and {}", heads.blocks(), heads.finality());
            bar.suspend(|| output::warn(&words));
            tokio::time::sleep(LONGEST_PAUSE).await;
        }
    }
}

/// What was done, with the block that has it at the end of the first line.
fn with_block(done: &str, block: u64, best: bool) -> String {
    let (first, rest) = done.split_once('\n').unwrap_or((done, ""));
    let how = if best { "not final yet," } else { "final" };
    format!("{first} ({how} in block {block})\n{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        session: Session,
    }

    #[test]
    fn a_motion_that_would_fail_should_be_refused_when_nobody_is_asked_unless_it_may_fail() {
        let session = |options: &[&str]| {
            let typed = [&["interclear"], options].concat();
            Options::try_parse_from(typed).unwrap().session
        };
        let failure = Failure {
            pallet: "Operators".into(),
            name: "TadigTaken".into(),
            words: "The code is taken".into(),
        };
        let confirm =
            |options: &[&str], failing| session(options).confirm_failing(failing, &[], "It is sent.");
        let refused = confirm(&["--yes"], Some(&failure)).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "nothing was sent: carried out now, the motion would fail: The code is taken (Operators.TadigTaken)"
        );
        assert_eq!(refused.code(), "would_fail");
        assert!(refused.as_text().contains("--may-fail"), "{}", refused.as_text());
        assert!(confirm(&["--yes", "--may-fail"], Some(&failure)).is_ok());
        assert!(confirm(&["--yes"], None).is_ok());
    }

    #[test]
    fn an_address_should_be_warned_of_when_it_is_open_and_elsewhere() {
        for exposed in [
            "ws://node.example:9944",
            "ws://10.0.0.7:9944",
            "http://192.168.1.2",
            "ws://localhost.example",
            "ws://[2001:db8::1]:9944",
            "ws://127.0.0.1@evil.example",
        ] {
            assert!(is_exposed(exposed), "{exposed}");
        }
        for fine in [
            "wss://node.example",
            "ws://127.0.0.1:9944",
            "ws://localhost:9944",
            "ws://[::1]:9944/",
            "ws://127.8.8.8",
        ] {
            assert!(!is_exposed(fine), "{fine}");
        }
    }

    #[test]
    fn the_block_should_stand_in_the_first_line_when_there_are_several() {
        assert_eq!(with_block("done", 7, false).trim_end(), "done (final in block 7)");
        assert_eq!(
            with_block("done\nnext\n", 7, false),
            "done (final in block 7)\nnext\n"
        );
        assert_eq!(
            with_block("done\n", 7, true),
            "done (not final yet, in block 7)\n"
        );
    }

    #[test]
    fn a_span_should_be_read_when_it_has_a_unit_or_none() {
        for (text, seconds) in [("90", 90), ("90s", 90), ("5m", 300), ("1h", 3_600)] {
            assert_eq!(span(text), Ok(Duration::from_secs(seconds)));
        }
        for wrong in ["", "0", "s", "-1s", "1d", "1.5h", "99999999999999999999", "5é"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }
}
