//! `interclear today`: everything that waits for an operator, by deadline, with the command that does it.

mod gross;

use crate::{
    arguments::Who,
    carried::pasteable,
    commands::{relation::typed, tap::series},
    error::CommandError,
    names::Names,
    output::{self, count},
    session::Session,
};
use clap::Args;
use interclear_client::{
    chain::{AccountId, Chain},
    money,
    time::now,
};
use interclear_primitives::{
    ids::{OperatorId, RedemptionId, TokenId},
    issuance::Redemption,
    money::Currency,
    netting::Token,
    task::{Task, TaskKind},
    Moment,
};
use serde_json::{json, Value};

/// Everything that waits for an operator, by deadline, with the command that does it.
#[derive(Args)]
pub struct TodayArgs {
    #[command(flatten)]
    who: Who,
}

/// Something that waits, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    due: Option<Moment>,
    /// From when on silence has an effect.
    silence: Option<Moment>,
    /// A word for machines.
    kind: &'static str,
    partner: Option<OperatorId>,
    what: String,
    /// The command that does it.
    next: String,
}

impl Line {
    /// Until when.
    pub(super) const fn due(&self) -> Option<Moment> {
        self.due
    }

    /// For machines.
    pub(super) fn as_json(&self) -> Value {
        json!({
            "kind": self.kind,
            "due": self.due,
            "silence": self.silence,
            "partner": self.partner,
            "what": self.what,
            "next": pasteable(&self.next),
        })
    }

    /// What waits, and from when on silence has an effect, where that is later than it is due.
    fn told(&self) -> String {
        let effect = match self.kind {
            "answer_files" => "silence stops the month until",
            "late_files" => "silence acknowledges nothing before",
            _ => "silence has an effect from",
        };
        match self
            .silence
            .filter(|silence| self.due.is_some_and(|due| due < *silence))
        {
            Some(silence) => format!("{}; {effect} {} UTC", self.what, output::moment(silence)),
            None => self.what.clone(),
        }
    }
}

impl TodayArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let me = session.operator_named(&chain, self.who.named()).await?;
        let lines = lines(session, &chain, me).await?;
        print(session, &chain, me, &lines).await
    }
}

/// Everything that waits for an operator, and for the account of --key, by deadline.
pub(super) async fn lines(
    session: &Session,
    chain: &Chain,
    me: OperatorId,
) -> Result<Vec<Line>, CommandError> {
    let tokens = Tokens(chain.tokens().await?);
    let mut tasks = chain.all_tasks(me).await?;
    for task in &mut tasks {
        let oldest = oldest_answer(chain, me, task).await?;
        task.due = oldest.or(task.due);
    }
    let paid = gross::commands(chain, &tokens, me, &tasks).await?;
    let in_words = |task: &Task| {
        let mut line = tokens.line(task);
        if let TaskKind::Pay { obligation, .. } = task.kind {
            line.next = paid.get(&obligation).cloned().unwrap_or(line.next);
        }
        line
    };
    let mut lines: Vec<Line> = tasks.iter().map(in_words).collect();
    // A motion waits for an account, not for an operator.
    if let Ok(account) = session.account() {
        lines.extend(motions(chain, &account).await?);
    }
    lines.extend(tokens.redeemed(me, &chain.all_redemptions().await?));
    lines.sort_by_key(|line| line.due.unwrap_or(Moment::MAX));
    Ok(lines)
}

/// Newest numbers of each series of files among which the one is looked for that is to be answered first.
const NEWEST: u32 = 400;

/// Until when the first of the files is to be answered: the chain tells only when the newest one is.
async fn oldest_answer(chain: &Chain, me: OperatorId, task: &Task) -> Result<Option<Moment>, CommandError> {
    let TaskKind::AnswerFiles { period, .. } = task.kind else {
        return Ok(None);
    };
    let mut terms = series::TermsOf::default();
    let mut oldest: Option<Moment> = None;
    for begun in series::series_of(chain, me, task.partner).await? {
        if !begun.to_me {
            continue;
        }
        for batch in series::newest(chain, &begun, NEWEST).await? {
            if series::waits(&batch) && batch.billed_with() == period {
                let by = terms.answer_by(chain, &batch).await?;
                oldest = by.map(|by| oldest.map_or(by, |oldest| oldest.min(by))).or(oldest);
            }
        }
    }
    Ok(oldest)
}

/// Redemptions of the tokens that an operator issues, which wait for its payment.
pub(super) async fn redemptions(chain: &Chain, issuer: OperatorId) -> Result<Vec<Line>, CommandError> {
    let tokens = Tokens(chain.tokens().await?);
    Ok(tokens.redeemed(issuer, &chain.all_redemptions().await?))
}

/// The tokens in which amounts are told.
struct Tokens(Vec<(TokenId, Token)>);

impl Tokens {
    fn of(&self, currency: Currency) -> Option<&(TokenId, Token)> {
        self.0.iter().find(|(_, token)| token.currency == currency)
    }

    /// The token that is as it is wanted, where there is but one.
    fn sole(&self, wanted: impl Fn(&Token) -> bool) -> Option<TokenId> {
        let mut all = self.0.iter().filter(|(_, token)| wanted(token));
        match (all.next(), all.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    }

    /// The token of a currency, where there is but one.
    fn only(&self, currency: Currency) -> Option<TokenId> {
        self.sole(|token| token.currency == currency)
    }

    /// The token of a currency by one of these issuers, where there is but one.
    fn accepted(&self, currency: Currency, issuers: &[OperatorId]) -> Option<TokenId> {
        self.sole(|token| token.currency == currency && issuers.contains(&token.issuer))
    }

    /// What holders redeem of the tokens that an operator issues: it pays them at their banks, and says so.
    fn redeemed(&self, issuer: OperatorId, redemptions: &[(RedemptionId, Redemption)]) -> Vec<Line> {
        let own = redemptions.iter().filter_map(|(id, redemption)| {
            let token = self.0.iter().find(|(id, _)| *id == redemption.token)?;
            (token.1.issuer == issuer).then_some((id, redemption, &token.1))
        });
        own.map(|(id, redemption, token)| Line {
            due: Some(redemption.until),
            silence: Some(redemption.until),
            kind: "pay_redemption",
            partner: Some(redemption.operator),
            what: format!(
                "redemption {id}: {} {} are to be paid at a bank with reference {}; unconfirmed, the tokens go back",
                money::grouped_unsigned(redemption.amount, token.decimals),
                token.currency,
                redemption.reference
            ),
            next: format!("interclear token confirm-redemption {id} --reference REFERENCE"),
        })
        .collect()
    }

    fn line(&self, task: &Task) -> Line {
        let (what, next) = self.words(&task.kind, task.partner);
        Line {
            due: task.due,
            silence: task.silence,
            kind: task.kind.word(),
            partner: task.partner,
            what,
            next,
        }
    }

    /// What waits, and the command that does it.
    fn words(&self, kind: &TaskKind, partner: Option<OperatorId>) -> (String, String) {
        match *kind {
            TaskKind::CheckSealingKey { version } => (
                format!("version {version} of your sealing key was registered; if you have not done so, revoke it"),
                "interclear key sealing list".into(),
            ),
            TaskKind::AnswerChannel { epoch } => {
                let partner = partner.map(|partner| partner.to_string()).unwrap_or_default();
                (
                    format!("epoch {epoch} of a channel is offered to you"),
                    // The environment may name the vault.
                    match std::env::var_os("INTERCLEAR_VAULT") {
                        Some(_) => format!("interclear channel accept {partner}"),
                        None => format!("interclear channel accept {partner} --vault FILE"),
                    },
                )
            }
            TaskKind::AnswerOffer { agreement, version } => (
                format!("version {version} of agreement {agreement} waits for your signature"),
                format!("interclear agreement sign {agreement}"),
            ),
            TaskKind::AnswerFiles { period, files: many, .. } => (
                format!("{} for {period} {} for your answer", files(many), wait(many)),
                "interclear tap acknowledge --all".into(),
            ),
            TaskKind::LateFiles { period, files: many, .. } => (
                format!(
                    "{} for {period} came after its closing days, and {} once you acknowledge or are silent",
                    files(many),
                    if many == 1 { "counts" } else { "count" }
                ),
                "interclear tap acknowledge --all".into(),
            ),
            TaskKind::ReturnedFiles {
                agreement,
                period,
                files: many,
            } => (
                format!(
                    "{} of {period} {} returned, and neither sent again nor waived",
                    files(many),
                    if many == 1 { "was" } else { "were" }
                ),
                format!("interclear period status {agreement} {period}"),
            ),
            TaskKind::MissingFiles {
                agreement,
                period,
                gaps,
            } => (
                format!("{period}: files are missing in {}", count(gaps, "place", "places")),
                format!("interclear period status {agreement} {period}"),
            ),
            TaskKind::AnswerReports {
                agreement,
                period,
                pairs,
            } => (
                format!(
                    "usage reports of {} for {period} are neither affirmed nor concluded",
                    count(pairs, "pair of networks", "pairs of networks")
                ),
                format!("interclear usage show {agreement} {period}"),
            ),
            TaskKind::CloseMonth {
                agreement,
                period,
                asked,
            } => (
                match asked {
                    true => format!("your partner has asked to close {period}"),
                    false => format!("{period} is over and complete"),
                },
                format!("interclear period close {agreement} {period}"),
            ),
            TaskKind::AffirmStatement { agreement, period } => (
                format!("the statement of {period} waits to be affirmed; silence affirms it"),
                format!(
                    "interclear statement verify {agreement} {period} && interclear statement affirm {agreement} {period}"
                ),
            ),
            TaskKind::AnswerDispute { dispute } => (
                format!("dispute {dispute} waits for your answer; silence accepts what your partner says, up to what was stated"),
                format!("interclear dispute show {dispute}"),
            ),
            TaskKind::ContinueDispute { dispute } => (
                format!("your partner has answered in dispute {dispute}; silence accepts what it says, up to what was stated"),
                format!("interclear dispute show {dispute}"),
            ),
            TaskKind::RuleDispute { dispute } => (
                format!("dispute {dispute} waits for your ruling, as an arbitrator"),
                format!("interclear dispute show {dispute}"),
            ),
            TaskKind::EscrowLow {
                agreement,
                pays,
                currency,
                left,
            } => {
                let whose = if pays { "your" } else { "your partner's" };
                let left = left.clear_unsigned().unwrap_or_default();
                // A part of a token's smallest unit is worth nothing.
                let decimals = self.of(currency).map_or(6, |(_, token)| token.decimals.min(6));
                let unit = 10u128.saturating_pow(u32::from(6u8.saturating_sub(decimals)));
                let what = match left {
                    0 => format!("nothing is left of {whose} escrow for this month: files are refused"),
                    left => format!(
                        "{} {currency} are left of {whose} escrow for this month; files are refused once it has run dry",
                        money::grouped_unsigned(left.checked_div(unit).unwrap_or_default(), decimals)
                    ),
                };
                (
                    what,
                    match pays {
                        true => format!("interclear escrow deposit {agreement} AMOUNT"),
                        false => format!("interclear escrow show {agreement}"),
                    },
                )
            }
            TaskKind::Pay {
                obligation,
                currency,
                amount,
                gross: true,
            } => {
                let decimals = self.of(currency).map_or(0, |(_, token)| token.decimals);
                let amount = money::grouped_value(&amount, decimals);
                let what = format!("{amount} {currency} are owed gross: no netting cycle takes them in");
                let token = self
                    .only(currency)
                    .map_or_else(|| "TOKEN".into(), |token| token.to_string());
                (what, format!("interclear payment pay {obligation} --token {token}"))
            }
            TaskKind::Pay { currency, amount, .. } => {
                let (amount, next) = match self.of(currency) {
                    Some((_, token)) => (
                        money::grouped_value(&amount, token.decimals),
                        "interclear obligations".to_owned(),
                    ),
                    None => (money::value(&amount, 0), "interclear token list".into()),
                };
                let what = format!("{amount} {currency} are owed and in no netting cycle yet");
                (what, next)
            }
            TaskKind::NameToken {
                obligation,
                currency,
                amount,
                named,
            } => {
                let (amount, token) = match self.of(currency) {
                    Some((id, token)) => (
                        money::grouped_value(&amount, token.decimals),
                        named.unwrap_or(*id).to_string(),
                    ),
                    None => (money::value(&amount, 0), "TOKEN".into()),
                };
                let what = match named {
                    Some(named) => {
                        format!("{amount} {currency} are owed in no token yet; your partner names token {named}")
                    }
                    None => format!("{amount} {currency} are owed to you in no token yet"),
                };
                (
                    what,
                    format!("interclear token name {token} {obligation}"),
                )
            }
            TaskKind::ChargeInterest {
                obligation,
                currency,
                amount,
            } => {
                let decimals = self.of(currency).map_or(0, |(_, token)| token.decimals);
                (
                    format!(
                        "obligation {obligation} was paid late: {} {currency} of interest",
                        money::grouped_value(&amount, decimals)
                    ),
                    format!("interclear interest charge {obligation}"),
                )
            }
            TaskKind::ConfirmPayment {
                obligation,
                currency,
                amount,
                in_cycle,
                escrow,
            } => {
                let amount = match self.of(currency) {
                    Some((_, token)) => money::grouped_value(&amount, token.decimals),
                    None => money::value(&amount, 0),
                };
                let silence = match (in_cycle, escrow) {
                    (Some(cycle), _) => format!("cycle {cycle} has taken it in, and may pay it a second time"),
                    (None, Some(agreement)) => {
                        format!("confirm it, or have what is held pay it: interclear escrow pay {agreement} {obligation}")
                    }
                    (None, None) => "silence says that it has not".into(),
                };
                (
                    format!("your partner says that it has paid {amount} {currency}; {silence}"),
                    format!("interclear payment show {obligation}"),
                )
            }
            TaskKind::ExposureExceeded {
                currency,
                amount,
                cap,
            } => {
                let decimals = self.of(currency).map_or(0, |(_, token)| token.decimals);
                let [amount, cap] = [amount, cap].map(|value| money::grouped_value(&value, decimals));
                (
                    format!("{amount} {currency} are owed to you, above your cap of {cap}"),
                    "interclear exposure show".into(),
                )
            }
            TaskKind::CollectCycle { cycle } => (
                format!("cycle {cycle} has reached its cut-off"),
                format!("interclear cycle collect {cycle} && interclear cycle compute {cycle}"),
            ),
            TaskKind::ComputeCycle { cycle } => (
                format!("cycle {cycle} is to be computed"),
                format!("interclear cycle compute {cycle}"),
            ),
            TaskKind::FundCycle { cycle, token, amount } => {
                let token = self.0.iter().find(|(id, _)| *id == token);
                let amount = match token {
                    Some((_, token)) => format!(
                        "{} {}",
                        money::grouped_value(&amount, token.decimals),
                        token.currency
                    ),
                    None => money::value(&amount, 0),
                };
                (
                    format!("{amount} are to be put on hold for cycle {cycle}"),
                    format!("interclear cycle fund {cycle}"),
                )
            }
            TaskKind::SettleCycle { cycle } => (
                format!("cycle {cycle} is funded"),
                format!("interclear cycle settle {cycle}"),
            ),
            TaskKind::ExcludeDefaulters { cycle, debtors } => (
                format!(
                    "{} not funded cycle {cycle} in time",
                    count(debtors, "debtor has", "debtors have")
                ),
                format!("interclear cycle exclude-defaulters {cycle}"),
            ),
            TaskKind::SignProfile { relation, version } => (
                format!(
                    "version {version} of the match profile for {} waits for your signature",
                    relation.class
                ),
                format!("interclear inventory profile sign --relation {}", typed(&relation)),
            ),
            TaskKind::CorrectRecords { relation, records } => (
                match records {
                    1 => format!("1 record of {} does not match, and is not billed", relation.class),
                    _ => format!("{records} records of {} do not match, and are not billed", relation.class),
                },
                format!("interclear inventory diff --relation {}", typed(&relation)),
            ),
            TaskKind::BillMonth { relation, period } => (
                format!("{period} of {} can be billed", relation.class),
                format!("interclear inventory bill --relation {} {period}", typed(&relation)),
            ),
            TaskKind::AffirmBill {
                relation,
                period,
                currency,
                net,
            } => {
                let decimals = self.of(currency).map_or(0, |(_, token)| token.decimals);
                (
                    format!(
                        "the bill of {} for {period}, {} {currency}, waits to be affirmed; silence affirms it",
                        relation.class,
                        money::grouped_value(&net, decimals)
                    ),
                    format!(
                        "interclear inventory affirm --relation {} {period} --currency {currency}",
                        typed(&relation)
                    ),
                )
            }
        }
    }
}

fn files(number: u32) -> String {
    count(number, "file", "files")
}

fn wait(number: u32) -> &'static str {
    if number == 1 {
        "waits"
    } else {
        "wait"
    }
}

/// Motions on which a member of the council has not voted.
pub(super) async fn motions(chain: &Chain, account: &AccountId) -> Result<Vec<Line>, CommandError> {
    if !chain.council().await?.contains(account) {
        return Ok(Vec::new());
    }
    let motions = chain.motions().await?;
    let open = motions.into_iter().filter(|(_, votes)| !votes.has_voted(account));
    Ok(open
        .map(|(_, votes)| Line {
            due: None,
            silence: None,
            kind: "vote",
            partner: None,
            what: format!(
                "motion {} waits for your vote: {} of {} in favour",
                votes.index,
                votes.ayes.len(),
                votes.threshold
            ),
            next: format!("interclear council show {}", votes.index),
        })
        .collect())
}

async fn print(session: &Session, chain: &Chain, me: OperatorId, lines: &[Line]) -> Result<(), CommandError> {
    let names = Names::of(chain).await?;
    let at = now();
    let value = json!({
        "operator": me,
        "tasks": lines
            .iter()
            .map(Line::as_json)
            .collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        if lines.is_empty() {
            return format!("nothing waits for {}", names.get(me));
        }
        let rows = lines.iter().map(|line| {
            [
                line.due
                    .map_or_else(|| "any time".into(), |due| output::left(due, at)),
                line.partner.map(|partner| names.get(partner)).unwrap_or_default(),
                line.told(),
                line.next.clone(),
            ]
        });
        let table = output::table(["Due (UTC)", "Partner", "What waits", "Next"], &[], rows);
        format!("For {}:\n{table}", names.get(me))
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
