//! `interclear today`: everything that waits for an operator, by deadline, with the command that does it.

use crate::{error::CommandError, names::Names, output, session::Session};
use clap::Args;
use interclear_client::{
    chain::{AccountId, Chain},
    money,
    time::now,
};
use interclear_primitives::{
    agreement::{Agreement, Direction, Terms},
    ids::{AgreementId, CycleId, ObligationId, OperatorId},
    netting::{Cycle, CyclePhase, ObligationStatus},
    period::Period,
    statement::StatementStatus,
    usage::PeriodUsage,
    Moment,
};
use serde_json::json;

/// Everything that waits for an operator, by deadline, with the command that does it.
#[derive(Args)]
pub struct TodayArgs {
    /// The operator: its number or one of its TADIG codes; that of the profile or of --key unless given.
    #[arg(long)]
    operator: Option<String>,
}

/// Months of an agreement that are looked at: a year, and the one that runs.
const MONTHS: usize = 13;
/// Newest cycles that are looked at.
const CYCLES: u32 = 16;

/// Something that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Task {
    /// Until when; `None` where nothing happens by itself.
    due: Option<Moment>,
    /// A word for machines.
    kind: &'static str,
    /// With whom.
    partner: Option<OperatorId>,
    /// What, in words.
    what: String,
    /// The command that does it.
    next: String,
}

/// One operator at one moment.
struct Desk<'a> {
    chain: &'a Chain,
    me: OperatorId,
    now: Moment,
}

impl TodayArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let me = session.operator_named(&chain, self.operator.as_deref()).await?;
        let desk = Desk {
            chain: &chain,
            me,
            now: now(),
        };
        let mut tasks = Vec::new();
        for id in chain.agreements_of(me).await? {
            tasks.extend(desk.agreement(id).await?);
        }
        tasks.extend(desk.cycles().await?);
        tasks.extend(desk.debts().await?);
        // A motion waits for an account, not for an operator.
        if let Ok(account) = session.account() {
            tasks.extend(motions(&chain, &account).await?);
        }
        sort(&mut tasks);
        print(session, &chain, me, &tasks).await
    }
}

/// By deadline, what has none last.
fn sort(tasks: &mut [Task]) {
    tasks.sort_by_key(|task| task.due.unwrap_or(Moment::MAX));
}

impl Desk<'_> {
    async fn agreement(&self, id: AgreementId) -> Result<Vec<Task>, CommandError> {
        let Some(found) = self.chain.agreement(id).await? else {
            return Ok(Vec::new());
        };
        let Some(place) = found.party_index(self.me) else {
            return Ok(Vec::new());
        };
        let partner = found.parties.into_iter().find(|party| *party != self.me);
        let mut tasks: Vec<Task> = offer(id, &found, place, partner, self.now).into_iter().collect();
        let Some(first) = found.versions.first().map(|version| version.from) else {
            return Ok(tasks);
        };
        let mut period = found.end().min(Period::containing(self.now));
        for _ in 0..MONTHS {
            if period < first {
                break;
            }
            tasks.extend(self.month(id, &found, place, partner, period).await?);
            period = period.previous();
        }
        Ok(tasks)
    }

    async fn month(
        &self,
        id: AgreementId,
        found: &Agreement<AccountId>,
        place: usize,
        partner: Option<OperatorId>,
        period: Period,
    ) -> Result<Vec<Task>, CommandError> {
        if let Some(statement) = self.chain.statement(id, period).await? {
            let mine = statement.affirmed.get(place).copied().unwrap_or(true);
            let waits = statement.status == StatementStatus::Issued && !mine;
            return Ok(waits
                .then(|| Task {
                    due: Some(statement.affirm_by),
                    kind: "affirm_statement",
                    partner,
                    what: format!("the statement of {period} waits to be affirmed; silence affirms it"),
                    next: format!("interclear statement verify {id} {period} && interclear statement affirm {id} {period}"),
                })
                .into_iter()
                .collect());
        }
        let usage = self.chain.period_usage(id, period).await?;
        if usage.closed {
            return Ok(Vec::new());
        }
        let terms = match found.version_in(period) {
            Some(version) => self.chain.terms(id, version).await?,
            None => None,
        };
        let closing = self.chain.closing(id, period).await?;
        let asked = closing.and_then(|closing| closing.asked);
        let month = Month {
            id,
            period,
            place,
            partner,
            usage: &usage,
            terms: terms.as_ref(),
            asked,
        };
        Ok(month.tasks(self.me, self.now))
    }

    async fn cycles(&self) -> Result<Vec<Task>, CommandError> {
        let Some(CycleId(newest)) = self.chain.latest_cycle().await? else {
            return Ok(Vec::new());
        };
        let mut tasks = Vec::new();
        for id in (newest.saturating_sub(CYCLES)..=newest).map(CycleId) {
            let Some(cycle) = self.chain.cycle(id).await? else {
                continue;
            };
            if cycle.is_finished() {
                continue;
            }
            let positions = self.chain.positions(id).await?;
            let mine = positions.iter().find(|(who, _)| *who == self.me);
            let pays = match mine {
                Some((_, position)) if !position.excluded && position.held == 0 => {
                    position.net.clear().ok().filter(|net| *net < 0)
                }
                _ => None,
            };
            let decimals = match self.chain.token(cycle.token).await? {
                Some(token) => token.decimals,
                None => 0,
            };
            tasks.extend(cycle_task(id, &cycle, pays, decimals, self.now));
        }
        Ok(tasks)
    }

    /// What is due and in no cycle.
    async fn debts(&self) -> Result<Vec<Task>, CommandError> {
        let tokens = self.chain.tokens().await?;
        let (mut tasks, mut from) = (Vec::new(), ObligationId(0));
        loop {
            let page = self.chain.obligations(self.me, from).await?;
            for (_, obligation) in &page {
                if obligation.debtor != self.me || obligation.status != ObligationStatus::Open {
                    continue;
                }
                let token = tokens
                    .iter()
                    .find(|(_, token)| token.currency == obligation.currency);
                let (amount, next) = match token {
                    Some((id, token)) => (
                        money::grouped_value(&obligation.amount, token.decimals),
                        format!("interclear cycle open --token {id}"),
                    ),
                    None => (
                        money::value(&obligation.amount, 0),
                        "interclear token list".into(),
                    ),
                };
                tasks.push(Task {
                    due: Some(obligation.due),
                    kind: "pay",
                    partner: Some(obligation.creditor),
                    what: format!(
                        "{amount} {} are owed and in no netting cycle yet",
                        obligation.currency
                    ),
                    next,
                });
            }
            match page.last().and_then(|(id, _)| id.next()) {
                Some(next) => from = next,
                None => return Ok(tasks),
            }
        }
    }
}

/// What is offered and waits for this party's signature.
fn offer<A>(
    id: AgreementId,
    found: &Agreement<A>,
    place: usize,
    partner: Option<OperatorId>,
    now: Moment,
) -> Option<Task> {
    let offer = found.offer.as_ref().filter(|offer| !offer.lapsed(now))?;
    let signed = offer
        .signatures
        .get(place)
        .is_some_and(|signed| !signed.is_empty());
    (!signed).then(|| Task {
        due: Some(offer.expires),
        kind: "answer_offer",
        partner,
        what: format!(
            "version {} of agreement {id} waits for your signature",
            offer.version
        ),
        next: format!("interclear agreement sign {id}"),
    })
}

/// A month that is open.
struct Month<'a> {
    id: AgreementId,
    period: Period,
    /// Which party asks: 0 or 1.
    place: usize,
    partner: Option<OperatorId>,
    usage: &'a PeriodUsage,
    terms: Option<&'a Terms>,
    /// Who has asked to close it.
    asked: Option<OperatorId>,
}

impl Month<'_> {
    fn tasks(&self, me: OperatorId, now: Moment) -> Vec<Task> {
        let (id, period, usage) = (self.id, self.period, self.usage);
        let mut tasks = Vec::new();
        let mut task = |kind, due, what, next: String| {
            tasks.push(Task {
                due,
                kind,
                partner: self.partner,
                what,
                next,
            });
        };
        let mine = Direction::BOTH.into_iter().nth(self.place);
        let waiting = mine
            .map(|direction| *usage.awaiting(direction))
            .unwrap_or_default();
        if waiting.unanswered > 0 {
            let due = self
                .terms
                .map(|terms| terms.usage.silence_closes(period, waiting.latest));
            let what = format!("{} for {period} wait for your answer", files(waiting.unanswered));
            task(
                "answer_files",
                due,
                what,
                "interclear tap acknowledge FILE...".into(),
            );
        }
        let late = mine
            .map(|direction| *usage.deferred(direction))
            .unwrap_or_default();
        if late.files > 0 {
            let due = self
                .terms
                .map(|terms| terms.usage.silence_closes(period, late.latest));
            let what = format!(
                "{} for {period} came after its closing days, and count once you acknowledge them or are silent",
                files(late.files)
            );
            task(
                "late_files",
                due,
                what,
                "interclear tap acknowledge FILE...".into(),
            );
        }
        if usage.returned > 0 {
            let what = format!(
                "{} of {period} were returned, and neither sent again nor waived",
                files(usage.returned)
            );
            task(
                "returned_files",
                None,
                what,
                format!("interclear period status {id} {period}"),
            );
        }
        if usage.gaps > 0 {
            let what = format!("files are missing in {}", plural(usage.gaps, "place", "places"));
            task(
                "missing_files",
                None,
                format!("{period}: {what}"),
                format!("interclear period status {id} {period}"),
            );
        }
        if usage.open_reports > 0 {
            let what = format!(
                "usage reports of {} for {period} are neither affirmed nor concluded",
                plural(usage.open_reports, "pair of networks", "pairs of networks")
            );
            task(
                "answer_reports",
                None,
                what,
                format!("interclear usage show {id} {period}"),
            );
        }
        let stopped =
            usage.gaps > 0 || usage.returned > 0 || usage.open_reports > 0 || usage.unanswered() > 0;
        let next = format!("interclear period close {id} {period}");
        match self.asked {
            Some(asked) if asked != me => {
                let due = self.terms.map(|terms| terms.usage.closes_alone(period));
                let what = format!("your partner has asked to close {period}");
                task("close_month", due, what, next);
            }
            None if now >= period.end() && !stopped && usage.in_use() => {
                task(
                    "close_month",
                    None,
                    format!("{period} is over and complete"),
                    next,
                );
            }
            _ => {}
        }
        tasks
    }
}

/// The next step of a cycle, for an operator that still pays something with it (negative), or not.
fn cycle_task(id: CycleId, cycle: &Cycle, pays: Option<i128>, decimals: u8, now: Moment) -> Option<Task> {
    let task = |kind, due, what, next| {
        Some(Task {
            due,
            kind,
            partner: None,
            what,
            next,
        })
    };
    match (cycle.phase, pays) {
        (CyclePhase::Announced, _) if now >= cycle.cut_off => task(
            "collect_cycle",
            None,
            format!("cycle {id} has reached its cut-off"),
            format!("interclear cycle collect {id} && interclear cycle compute {id}"),
        ),
        (CyclePhase::Collecting, _) => task(
            "compute_cycle",
            None,
            format!("cycle {id} is to be computed"),
            format!("interclear cycle compute {id}"),
        ),
        (CyclePhase::Computed | CyclePhase::Funding, Some(net)) => task(
            "fund_cycle",
            Some(cycle.fund_by),
            format!(
                "{} {} are to be put on hold for cycle {id}",
                money::grouped(net.saturating_neg(), decimals),
                cycle.currency
            ),
            format!("interclear cycle fund {id}"),
        ),
        (CyclePhase::Computed | CyclePhase::Funding, None) if cycle.unfunded == 0 => task(
            "settle_cycle",
            None,
            format!("cycle {id} is funded"),
            format!("interclear cycle settle {id}"),
        ),
        (CyclePhase::Computed | CyclePhase::Funding, None) if now >= cycle.fund_by => task(
            "exclude_defaulters",
            None,
            format!(
                "{} not funded cycle {id} in time",
                plural(cycle.unfunded, "debtor has", "debtors have")
            ),
            format!("interclear cycle exclude-defaulters {id}"),
        ),
        _ => None,
    }
}

/// Motions on which a member of the council has not voted.
async fn motions(chain: &Chain, account: &AccountId) -> Result<Vec<Task>, CommandError> {
    if !chain.council().await?.contains(account) {
        return Ok(Vec::new());
    }
    let motions = chain.motions().await?;
    let open = motions.into_iter().filter(|(_, votes)| !votes.has_voted(account));
    Ok(open
        .map(|(hash, votes)| Task {
            due: None,
            kind: "vote",
            partner: None,
            what: format!(
                "motion {} waits for your vote: {} of {} in favour",
                votes.index,
                votes.ayes.len(),
                votes.threshold
            ),
            next: format!("interclear council vote {} {}", output::hex(&hash.0), votes.index),
        })
        .collect())
}

fn plural(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn files(count: u32) -> String {
    plural(count, "file", "files")
}

async fn print(session: &Session, chain: &Chain, me: OperatorId, tasks: &[Task]) -> Result<(), CommandError> {
    let names = Names::of(chain).await?;
    let at = now();
    let value = json!({
        "operator": me,
        "tasks": tasks
            .iter()
            .map(|task| json!({
                "kind": task.kind,
                "due": task.due,
                "partner": task.partner,
                "what": task.what,
                "next": task.next,
            }))
            .collect::<Vec<_>>(),
    });
    session.output().print(&value, |_| {
        if tasks.is_empty() {
            return format!("nothing waits for {}", names.get(me));
        }
        let rows = tasks.iter().map(|task| {
            [
                task.due.map_or_else(|| "any time".into(), |due| left(due, at)),
                task.partner.map(|partner| names.get(partner)).unwrap_or_default(),
                task.what.clone(),
                task.next.clone(),
            ]
        });
        let table = output::table(["Due (UTC)", "Partner", "What waits", "Next"], &[], rows);
        format!("For {}:\n{table}", names.get(me))
    })?;
    Ok(())
}

/// A deadline, and how far away it is.
fn left(due: Moment, now: Moment) -> String {
    let moment = output::moment(due);
    match due.checked_sub(now) {
        Some(left) => format!("{moment}, in {}", output::duration(left)),
        None => format!("{moment}, {} ago", output::duration(now.saturating_sub(due))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        agreement::UsageTerms,
        money::{Currency, Value},
        usage::Awaiting,
        DAY,
    };

    const NOVEMBER: Period = Period(202_611);
    const ME: OperatorId = OperatorId(3);
    const OTHER: OperatorId = OperatorId(4);

    fn kinds(usage: &PeriodUsage, asked: Option<OperatorId>, now: Moment) -> Vec<&'static str> {
        let month = Month {
            id: AgreementId(7),
            period: NOVEMBER,
            place: 1,
            partner: Some(OTHER),
            usage,
            terms: None,
            asked,
        };
        month.tasks(ME, now).iter().map(|task| task.kind).collect()
    }

    #[test]
    fn a_month_should_wait_for_its_own_side_only_when_files_are_unanswered() {
        let after = NOVEMBER.end() + DAY;
        let mut usage = PeriodUsage {
            batches: 5,
            ..PeriodUsage::default()
        };
        assert_eq!(kinds(&usage, None, after), ["close_month"]);
        assert!(kinds(&usage, None, NOVEMBER.end() - 1).is_empty());
        assert!(
            kinds(&usage, Some(ME), after).is_empty(),
            "the other side is asked"
        );
        assert_eq!(kinds(&usage, Some(OTHER), after), ["close_month"]);
        let waiting = Awaiting {
            unanswered: 2,
            latest: NOVEMBER.end(),
        };
        *usage.awaiting_mut(Direction::FirstHome) = waiting;
        assert!(
            kinds(&usage, None, after).is_empty(),
            "these wait for the partner"
        );
        *usage.awaiting_mut(Direction::SecondHome) = waiting;
        assert_eq!(kinds(&usage, None, after), ["answer_files"]);
        usage.deferred_mut(Direction::FirstHome).add(after);
        assert_eq!(kinds(&usage, None, after), ["answer_files"]);
        usage.deferred_mut(Direction::SecondHome).add(after);
        assert_eq!(kinds(&usage, None, after), ["answer_files", "late_files"]);
        usage.deferred = Default::default();
        usage.open_reports = 1;
        usage.gaps = 1;
        usage.returned = 1;
        assert_eq!(
            kinds(&usage, None, after),
            [
                "answer_files",
                "returned_files",
                "missing_files",
                "answer_reports"
            ]
        );
        assert!(
            kinds(&PeriodUsage::default(), None, after).is_empty(),
            "nothing was used"
        );
    }

    #[test]
    fn the_deadline_of_files_should_be_that_of_the_terms_when_there_are_any() {
        let terms = UsageTerms::usual(Currency::EUR);
        assert_eq!(
            terms.silence_closes(NOVEMBER, NOVEMBER.end()),
            NOVEMBER.end() + 7 * DAY
        );
    }

    #[test]
    fn a_cycle_should_be_funded_before_it_is_settled_when_positions_stand() {
        let mut cycle = Cycle {
            token: 1,
            currency: Currency::EUR,
            opened_by: OperatorId(1),
            phase: CyclePhase::Computed,
            cut_off: 100,
            fund_by: 200,
            obligations: 2,
            gross: Value::ZERO,
            net: Value::ZERO,
            unfunded: 1,
            parties: 2,
            finished_at: None,
        };
        let kind =
            |cycle: &Cycle, pays, now| cycle_task(CycleId(1), cycle, pays, 2, now).map(|task| task.kind);
        assert_eq!(kind(&cycle, Some(-5), 150), Some("fund_cycle"));
        assert_eq!(kind(&cycle, None, 150), None, "others are to fund");
        assert_eq!(kind(&cycle, None, 200), Some("exclude_defaulters"));
        cycle.unfunded = 0;
        assert_eq!(kind(&cycle, None, 150), Some("settle_cycle"));
        cycle.phase = CyclePhase::Announced;
        assert_eq!(kind(&cycle, None, 99), None);
        assert_eq!(kind(&cycle, None, 100), Some("collect_cycle"));
    }

    #[test]
    fn tasks_should_be_in_the_order_of_their_deadlines_when_some_have_none() {
        let task = |due| Task {
            due,
            kind: "",
            partner: None,
            what: String::new(),
            next: String::new(),
        };
        let mut tasks = [task(None), task(Some(9)), task(Some(3))];
        sort(&mut tasks);
        assert_eq!(tasks.map(|task| task.due), [Some(3), Some(9), None]);
        assert_eq!(left(86_400, 0), "1970-01-02 00:00:00, in 1 d 00 h");
        assert_eq!(left(0, 60), "1970-01-01 00:00:00, 1 min 00 s ago");
    }
}
