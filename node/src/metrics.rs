//! What Prometheus reads of the chain: what has happened in final blocks, and what is open in it.
//!
//! What has happened is counted block by block. What is open is looked up at a final block, as often as that takes a twentieth
//! of the time: with few members every other block, with many of them and much that is open less often.

use crate::client::Client;
use futures::StreamExt;
use interclear_primitives::{
    api::{types::*, Activity, InterclearApi},
    task::{waiting, Task},
    Moment,
};
use interclear_runtime::{opaque::Block, AccountId, Hash};
use prometheus::{
    core::Collector, GaugeVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, Result as Registered,
};
use sc_client_api::BlockchainEvents;
use sp_api::{ApiError, ProvideRuntimeApi};
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

/// Of the time that looking takes, how much more passes before it is done again.
const REST: u32 = 19;
/// Blocks that became final together and are counted: of older ones the state may be gone, as of those that a node fetches.
const BLOCKS: usize = 128;
/// Cycles before the newest one that are looked at: each token has one at a time.
const CYCLES: u32 = 32;

/// The metrics, each named `interclear_…`.
#[derive(Clone)]
pub struct Metrics {
    happened: IntCounterVec,
    final_at: IntGauge,
    looked: GaugeVec,
    tasks: IntGaugeVec,
    due: IntGaugeVec,
    obligations: IntGaugeVec,
    overdue: IntGaugeVec,
    quota: GaugeVec,
    disputes: IntGauge,
    cycles: IntGaugeVec,
    unfunded: IntGaugeVec,
    fund_by: IntGaugeVec,
    validators: IntGaugeVec,
    disabled: IntGaugeVec,
    missed: IntGaugeVec,
    slots: IntGaugeVec,
}

fn named(name: &str, help: &str) -> Opts {
    Opts::new(name, help).namespace("interclear")
}

fn register<T: Collector + Clone + 'static>(registry: &Registry, metric: Registered<T>) -> Registered<T> {
    let metric = metric?;
    registry.register(Box::new(metric.clone()))?;
    Ok(metric)
}

fn now() -> Moment {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

fn whole(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

impl Metrics {
    /// Registers all metrics.
    ///
    /// # Errors
    /// One of them is registered already.
    pub fn register(registry: &Registry) -> Registered<Self> {
        let gauges = |name: &str, help: &str, labels: &[&str]| {
            register(registry, IntGaugeVec::new(named(name, help), labels))
        };
        let gauge = |name: &str, help: &str| register(registry, IntGauge::with_opts(named(name, help)));
        let ratios = |name: &str, help: &str, labels: &[&str]| {
            register(registry, GaugeVec::new(named(name, help), labels))
        };
        let operator = ["operator", "name"];
        let validator = ["validator", "operator"];
        let metrics = Self {
            happened: register(
                registry,
                IntCounterVec::new(
                    named(
                        "happened_total",
                        "What has happened in final blocks since the node has started",
                    ),
                    &["what"],
                ),
            )?,
            final_at: gauge(
                "final_at_seconds",
                "When the newest block became final here, in seconds since 1970",
            )?,
            looked: ratios(
                "look_seconds",
                "How long it took to look up what is open, the last time",
                &[],
            )?,
            tasks: gauges(
                "tasks",
                "What waits for an operator: files, gaps, pairs, or tasks of other kinds",
                &["operator", "name", "kind"],
            )?,
            due: gauges(
                "task_due_seconds",
                "The first deadline of what waits for an operator, in seconds since 1970",
                &["operator", "name", "kind"],
            )?,
            obligations: gauges(
                "obligations_open",
                "Obligations that an operator has not paid",
                &operator,
            )?,
            overdue: gauges(
                "obligations_overdue",
                "Those of them that are past their due date",
                &operator,
            )?,
            quota: ratios(
                "quota_used_ratio",
                "The part of its quota that an operator has used in this window",
                &operator,
            )?,
            disputes: gauge("disputes_open", "Disputes that have not ended")?,
            cycles: gauges(
                "cycle",
                "1 for the phase in which a netting cycle is",
                &["cycle", "currency", "phase"],
            )?,
            unfunded: gauges(
                "cycle_unfunded",
                "Net debtors of an unfinished netting cycle that have not funded",
                &["cycle", "currency"],
            )?,
            fund_by: gauges(
                "cycle_fund_by_seconds",
                "When the debtors of an unfinished netting cycle must have funded, in seconds since 1970",
                &["cycle", "currency"],
            )?,
            validators: gauges(
                "validator_in_set",
                "1 for a validator that takes part, else 0",
                &validator,
            )?,
            disabled: gauges(
                "validator_disabled",
                "1 for a validator that is disabled, else 0",
                &validator,
            )?,
            missed: gauges(
                "validator_slots_missed",
                "Slots that a validator has missed in the session that runs",
                &validator,
            )?,
            slots: gauges(
                "validator_slots",
                "Slots that a validator has had in it",
                &validator,
            )?,
        };
        metrics.count(&Activity::default());
        // A node that never sees a final block must not look as if it had just seen one.
        metrics.final_at.set(whole(now()));
        Ok(metrics)
    }

    /// Adds what has happened in a block. With nothing, all counters are there from the beginning.
    fn count(&self, happened: &Activity) {
        let Activity {
            files_anchored,
            files_acknowledged,
            files_returned,
            nrtrde_files,
            usage_reports,
            months_closed,
            obligations_created,
            cycles_settled,
            cycles_cancelled,
            disputes_raised,
            disputes_ended,
            slots_missed,
            validators_disabled,
        } = *happened;
        for (what, many) in [
            ("files_anchored", files_anchored),
            ("files_acknowledged", files_acknowledged),
            ("files_returned", files_returned),
            ("nrtrde_files", nrtrde_files),
            ("usage_reports", usage_reports),
            ("months_closed", months_closed),
            ("obligations_created", obligations_created),
            ("cycles_settled", cycles_settled),
            ("cycles_cancelled", cycles_cancelled),
            ("disputes_raised", disputes_raised),
            ("disputes_ended", disputes_ended),
            ("slots_missed", slots_missed),
            ("validators_disabled", validators_disabled),
        ] {
            self.happened.with_label_values(&[what]).inc_by(many.into());
        }
    }

    /// Shows what is open, in place of what was.
    fn show(&self, open: &Open) {
        for vec in [
            &self.tasks,
            &self.due,
            &self.obligations,
            &self.overdue,
            &self.cycles,
            &self.unfunded,
            &self.fund_by,
            &self.validators,
            &self.disabled,
            &self.missed,
            &self.slots,
        ] {
            vec.reset();
        }
        self.quota.reset();
        for member in &open.members {
            let (id, name) = (member.id.0.to_string(), member.name.as_str());
            let own = [id.as_str(), name];
            self.obligations.with_label_values(&own).set(whole(member.owes));
            self.overdue.with_label_values(&own).set(whole(member.overdue));
            if let Some(quota) = &member.quota {
                let used = quota.used as f64 / quota.limit.max(1) as f64;
                self.quota.with_label_values(&own).set(used);
            }
            for (kind, waiting) in waiting(&member.tasks) {
                let labels = [id.as_str(), name, kind];
                self.tasks.with_label_values(&labels).set(whole(waiting.count));
                if let Some(due) = waiting.due {
                    self.due.with_label_values(&labels).set(whole(due));
                }
            }
        }
        self.disputes.set(whole(open.disputes));
        for (id, cycle) in &open.cycles {
            let (id, currency) = (id.0.to_string(), cycle.currency.to_string());
            let phase = cycle.phase.word();
            self.cycles.with_label_values(&[&id, &currency, phase]).set(1);
            if cycle.finished_at.is_none() {
                let labels = [id.as_str(), &currency];
                self.unfunded
                    .with_label_values(&labels)
                    .set(cycle.unfunded.into());
                self.fund_by.with_label_values(&labels).set(whole(cycle.fund_by));
            }
        }
        for (account, state) in &open.validators {
            let owner = state
                .validator
                .operator
                .map_or_else(String::new, |id| id.0.to_string());
            let account = account.to_string();
            let labels = [account.as_str(), &owner];
            self.validators
                .with_label_values(&labels)
                .set(state.in_set.into());
            self.disabled
                .with_label_values(&labels)
                .set(state.validator.disabled.into());
            self.missed
                .with_label_values(&labels)
                .set(state.present.missed.into());
            self.slots
                .with_label_values(&labels)
                .set(state.present.all().into());
        }
    }
}

/// What is open for an operator.
struct Member {
    id: OperatorId,
    name: String,
    quota: Option<Quota>,
    tasks: Vec<Task>,
    /// Obligations that it owes.
    owes: usize,
    /// Those that are past their due date.
    overdue: usize,
}

/// What is open in the whole chain.
#[derive(Default)]
struct Open {
    members: Vec<Member>,
    disputes: usize,
    cycles: Vec<(CycleId, Cycle)>,
    validators: Vec<(AccountId, ValidatorState)>,
}

/// Looks up what is open at a block.
fn look(client: &Client, at: Hash) -> Result<Open, ApiError> {
    let api = client.runtime_api();
    let mut open = Open {
        validators: InterclearApi::<Block, AccountId>::validators(&*api, at)?,
        ..Default::default()
    };
    let (mut from, mut disputes) = (OperatorId(0), BTreeSet::new());
    loop {
        let page: Vec<(OperatorId, Operator<AccountId>)> = api.operators(at, from)?;
        let Some((last, _)) = page.last() else { break };
        from = OperatorId(last.0.saturating_add(1));
        for (id, operator) in &page {
            open.members.push(member(client, at, *id, operator)?);
            disputes.extend(disputes_of(client, at, *id)?);
        }
    }
    open.disputes = disputes.len();
    let newest = InterclearApi::<Block, AccountId>::latest_cycle(&*api, at)?;
    for id in newest
        .iter()
        .flat_map(|newest| newest.0.saturating_sub(CYCLES)..=newest.0)
    {
        let cycle = InterclearApi::<Block, AccountId>::cycle(&*api, at, CycleId(id))?;
        // Of those that have ended, the newest alone says something.
        let shown = cycle.filter(|cycle| cycle.finished_at.is_none() || newest == Some(CycleId(id)));
        open.cycles.extend(shown.map(|cycle| (CycleId(id), cycle)));
    }
    Ok(open)
}

fn member(
    client: &Client,
    at: Hash,
    id: OperatorId,
    operator: &Operator<AccountId>,
) -> Result<Member, ApiError> {
    let api = client.runtime_api();
    let (mut tasks, mut after) = (Vec::new(), None);
    loop {
        let page = InterclearApi::<Block, AccountId>::tasks(&*api, at, id, after)?;
        tasks.extend(page.tasks);
        after = page.more;
        if after.is_none() {
            break;
        }
    }
    let (mut owes, mut overdue, mut after) = (0usize, 0usize, None);
    loop {
        let (page, more) = InterclearApi::<Block, AccountId>::obligations(&*api, at, id, after)?;
        for (_, obligation) in page.iter().filter(|(_, obligation)| obligation.debtor == id) {
            owes = owes.saturating_add(1);
            overdue = overdue.saturating_add(usize::from(obligation.due < now()));
        }
        after = more;
        if after.is_none() {
            break;
        }
    }
    // All desks of an operator share its quota.
    let desks: Vec<(AccountId, Desk)> = api.desks(at, id)?;
    let quota = match desks.into_iter().next() {
        Some((desk, _)) => api.quota(at, desk)?,
        None => None,
    };
    Ok(Member {
        id,
        name: String::from_utf8_lossy(&operator.name).into_owned(),
        quota,
        tasks,
        owes,
        overdue,
    })
}

fn disputes_of(client: &Client, at: Hash, id: OperatorId) -> Result<Vec<DisputeId>, ApiError> {
    let api = client.runtime_api();
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = InterclearApi::<Block, AccountId>::open_disputes(&*api, at, id, after)?;
        let Some((last, _)) = page.last() else {
            return Ok(all);
        };
        after = Some(*last);
        all.extend(page.iter().map(|(id, _)| *id));
    }
}

/// Counts and looks, as blocks become final, until the node ends.
pub async fn run(client: Arc<Client>, metrics: Metrics) {
    let mut blocks = client.finality_notification_stream();
    let mut again = Instant::now();
    while let Some(news) = blocks.next().await {
        metrics.final_at.set(whole(now()));
        let first = news.tree_route.len().saturating_sub(BLOCKS);
        let before = news.tree_route.iter().skip(first);
        for block in before.chain([&news.hash]) {
            let api = client.runtime_api();
            match InterclearApi::<Block, AccountId>::activity(&*api, *block) {
                Ok(happened) => metrics.count(&happened),
                // A runtime of another version may not know the question.
                Err(error) => log::debug!("metrics: block {block:?} is not counted: {error}"),
            }
        }
        if Instant::now() < again {
            continue;
        }
        let began = Instant::now();
        match look(&client, news.hash) {
            Ok(open) => metrics.show(&open),
            Err(error) => log::debug!("metrics: not looked at block {:?}: {error}", news.hash),
        }
        let took = began.elapsed();
        metrics.looked.with_label_values(&[]).set(took.as_secs_f64());
        again = Instant::now() + took.saturating_mul(REST).min(Duration::from_secs(600));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        task::TaskKind,
        validator::{SessionSlots, Validator},
    };

    /// The value of a metric, by its labels as they are written.
    fn value(registry: &Registry, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let family = registry
            .gather()
            .into_iter()
            .find(|family| family.get_name() == format!("interclear_{name}"))?;
        let metric = family.get_metric().iter().find(|metric| {
            labels.iter().all(|(name, value)| {
                let mut own = metric.get_label().iter();
                own.any(|label| label.get_name() == *name && label.get_value() == *value)
            })
        })?;
        Some(metric.get_gauge().get_value() + metric.get_counter().get_value())
    }

    fn member() -> Member {
        let kind = TaskKind::SettleCycle { cycle: CycleId(4) };
        let task = Task {
            due: Some(90),
            silence: None,
            partner: None,
            kind,
        };
        Member {
            id: OperatorId(3),
            name: "Alpha Mobile".into(),
            quota: Some(Quota {
                limit: 200,
                used: 50,
                turns_in: 1,
            }),
            tasks: vec![
                task,
                Task {
                    due: Some(60),
                    ..task
                },
            ],
            owes: 2,
            overdue: 1,
        }
    }

    #[test]
    fn counters_should_be_there_before_anything_has_happened_and_grow_when_it_does() {
        let registry = Registry::new();
        let metrics = Metrics::register(&registry).unwrap();
        let files = || value(&registry, "happened_total", &[("what", "files_anchored")]);
        assert_eq!(files(), Some(0.0));
        let block = Activity {
            files_anchored: 3,
            ..Default::default()
        };
        metrics.count(&block);
        metrics.count(&block);
        assert_eq!(files(), Some(6.0));
        assert_eq!(
            value(&registry, "happened_total", &[("what", "months_closed")]),
            Some(0.0)
        );
    }

    #[test]
    fn what_is_open_should_be_shown_and_gone_when_it_is_done() {
        let registry = Registry::new();
        let metrics = Metrics::register(&registry).unwrap();
        let state = ValidatorState {
            validator: Validator {
                operator: Some(OperatorId(3)),
                ..Default::default()
            },
            has_keys: true,
            in_set: true,
            queued: true,
            present: SessionSlots {
                session: 1,
                made: 70,
                missed: 5,
            },
            kept: SessionSlots::default(),
        };
        metrics.show(&Open {
            members: vec![member()],
            disputes: 7,
            validators: vec![(AccountId::new([1; 32]), state)],
            ..Default::default()
        });
        let own = [("operator", "3"), ("name", "Alpha Mobile")];
        let settle = [own[0], own[1], ("kind", "settle_cycle")];
        assert_eq!(value(&registry, "tasks", &settle), Some(2.0));
        assert_eq!(value(&registry, "task_due_seconds", &settle), Some(60.0));
        assert_eq!(value(&registry, "obligations_open", &own), Some(2.0));
        assert_eq!(value(&registry, "obligations_overdue", &own), Some(1.0));
        assert_eq!(value(&registry, "quota_used_ratio", &own), Some(0.25));
        assert_eq!(value(&registry, "disputes_open", &[]), Some(7.0));
        assert_eq!(value(&registry, "validator_slots_missed", &own[..1]), Some(5.0));
        assert_eq!(value(&registry, "validator_slots", &own[..1]), Some(75.0));
        metrics.show(&Open::default());
        assert_eq!(value(&registry, "tasks", &settle), None);
        assert_eq!(value(&registry, "disputes_open", &[]), Some(0.0));
    }
}
