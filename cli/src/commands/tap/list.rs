//! `interclear tap list`: files with every partner, and who is next.

use crate::{
    commands::tap::series,
    error::CommandError,
    names::Names,
    output::{self, count},
    session::Session,
};
use clap::{Args, ValueEnum};
use interclear_client::{files::name_of, money, time::now};
use interclear_primitives::{
    batch::{Batch, BatchStatus},
    ids::OperatorId,
    money::Value,
    period::Period,
    series::Stream,
    Moment,
};
use interclear_tap::Scheme;
use serde_json::json;

#[derive(Args)]
pub(super) struct ListArgs {
    /// Whose files: an operator's number or one of its TADIG codes; that of the profile or of --key unless given.
    #[arg(long)]
    operator: Option<String>,
    /// Only files to and from this operator: its number or one of its TADIG codes.
    #[arg(long)]
    partner: Option<String>,
    /// Only files of this month, such as 2026-11.
    #[arg(long)]
    period: Option<Period>,
    /// Only files in this state; may be given more than once.
    #[arg(long = "status")]
    states: Vec<State>,
    /// How many of the newest numbers of each series are looked at.
    #[arg(long, default_value_t = NEWEST)]
    newest: u32,
}

const NEWEST: u32 = 1_000;

/// Where a file stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum State {
    /// Not answered yet.
    Waiting,
    /// Acknowledged, by word or by silence.
    Answered,
    /// Refused, as a whole or in part.
    Returned,
    /// Came when its month was closed, answered or not.
    Late,
    /// A number before the newest one that has not come.
    Missing,
}

impl State {
    fn of(batch: &Batch) -> Self {
        match batch.status {
            BatchStatus::Returned(_) | BatchStatus::Waived(_) => Self::Returned,
            BatchStatus::Anchored => Self::Waiting,
            BatchStatus::Acknowledged if !batch.returns.is_empty() => Self::Returned,
            BatchStatus::Acknowledged if batch.late.is_some() => Self::Late,
            BatchStatus::Acknowledged => Self::Answered,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Returned => "returned",
            Self::Late => "late",
            Self::Missing => "missing",
        }
    }
}

/// A file, or a run of missing ones.
struct Line {
    name: String,
    partner: OperatorId,
    to_me: bool,
    period: Period,
    records: Option<u32>,
    charge: Option<Value>,
    state: State,
    /// Whether another month bills it than its own, which was closed when it came.
    late: bool,
    /// More about the state.
    note: String,
    /// Who has to do something.
    next: Option<OperatorId>,
    until: Option<Moment>,
}

impl Line {
    /// Whether it is in one of these states: what came late is so whether it is answered or not.
    fn is_in(&self, states: &[State]) -> bool {
        states.contains(&self.state) || (self.late && states.contains(&State::Late))
    }
}

/// What there is to add to the word for a state.
fn note(batch: &Batch) -> String {
    let mut notes = Vec::new();
    match batch.status {
        BatchStatus::Returned(reason) => {
            notes.push(format!("as a whole ({reason:?}), to be sent again").to_lowercase())
        }
        BatchStatus::Waived(_) => notes.push("as a whole, and waived".into()),
        _ if !batch.returns.is_empty() => {
            let records: u64 = batch.returned.iter().map(|total| u64::from(total.records)).sum();
            let records = count(records, "record", "records");
            notes.push(match State::of(batch) {
                State::Returned => records,
                _ => format!("{records} returned"),
            });
        }
        _ => {}
    }
    if batch.deferred {
        notes.push("came after the closing days, counts once it is answered".into());
    }
    if let Some(late) = batch.late {
        notes.push(format!("billed with {late}"));
    }
    notes.join(", ")
}

/// What all services of a file are charged, if nothing is sealed.
fn charge(batch: &Batch) -> Option<Value> {
    let mut totals = batch.anchor.totals.iter();
    totals.try_fold(Value::ZERO, |sum, total| sum.checked_add(&total.charge).ok())
}

impl ListArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let me = session.operator_named(&chain, self.operator.as_deref()).await?;
        let with = match &self.partner {
            Some(which) => Some(chain.find_operator(which).await?),
            None => None,
        };
        let mut terms = series::TermsOf::default();
        let mut lines = Vec::new();
        for begun in series::series_of(&chain, me, with).await? {
            let (sender, recipient) = match begun.to_me {
                true => (begun.partner, me),
                false => (me, begun.partner),
            };
            for batch in series::newest(&chain, &begun, self.newest).await? {
                let state = State::of(&batch);
                let (next, until) = match batch.status {
                    BatchStatus::Anchored => (Some(recipient), terms.answer_by(&chain, &batch).await?),
                    BatchStatus::Returned(_) => (Some(sender), None),
                    _ => (None, None),
                };
                lines.push(Line {
                    name: name_of(&batch.anchor.key),
                    partner: begun.partner,
                    to_me: begun.to_me,
                    period: batch.billed_with(),
                    records: Some(batch.anchor.records),
                    charge: charge(&batch),
                    state,
                    late: batch.late.is_some(),
                    note: note(&batch),
                    next,
                    until,
                });
            }
            for gap in &begun.state.gaps {
                let name = |number| name_of(&begun.series.file(number));
                let digits = Scheme::Tap.digits();
                let run = match gap.first == gap.last {
                    true => name(gap.first),
                    false => format!("{}-{:0digits$}", name(gap.first), gap.last),
                };
                lines.push(Line {
                    name: run,
                    partner: begun.partner,
                    to_me: begun.to_me,
                    period: gap.period,
                    records: None,
                    charge: None,
                    state: State::Missing,
                    late: false,
                    note: match gap.count(Stream::Tap) {
                        1 => String::new(),
                        many => count(many, "file", "files"),
                    },
                    next: Some(sender),
                    until: None,
                });
            }
        }
        lines.retain(|line| {
            self.period.is_none_or(|period| line.period == period)
                && (self.states.is_empty() || line.is_in(&self.states))
        });
        lines.sort_by(|one, other| {
            (one.partner, one.to_me, &one.name).cmp(&(other.partner, other.to_me, &other.name))
        });
        print(session, &Names::of(&chain).await?, me, &lines)
    }
}

fn print(session: &Session, names: &Names, me: OperatorId, lines: &[Line]) -> Result<(), CommandError> {
    let at = now();
    let charge = |line: &Line, grouped: bool| {
        let written = match grouped {
            true => money::grouped_value,
            false => money::value,
        };
        line.charge.map(|charge| written(&charge, money::USAGE_DECIMALS))
    };
    let value: Vec<_> = lines
        .iter()
        .map(|line| {
            json!({
                "file": line.name,
                "partner": line.partner,
                "direction": if line.to_me { "received" } else { "sent" },
                "period": line.period,
                "records": line.records,
                "charge": charge(line, false),
                "status": line.state.word(),
                "note": line.note,
                "next": line.next,
                "until": line.until,
            })
        })
        .collect();
    session.output().print(&value, |_| {
        if lines.is_empty() {
            return "no such files".into();
        }
        let rows = lines.iter().map(|line| {
            let state = match line.note.is_empty() {
                true => line.state.word().to_owned(),
                false => format!("{}: {}", line.state.word(), line.note),
            };
            let next = match line.next {
                Some(next) if next == me => "you".into(),
                Some(next) => names.get(next),
                None => String::new(),
            };
            [
                line.name.clone(),
                names.get(line.partner),
                if line.to_me { "received" } else { "sent" }.into(),
                line.period.to_string(),
                line.records.map_or_else(String::new, output::number),
                charge(line, true).unwrap_or_default(),
                state,
                next,
                line.until
                    .map_or_else(String::new, |until| output::left(until, at)),
            ]
        });
        let head = [
            "File",
            "Partner",
            "Way",
            "Month",
            "Records",
            "Charge",
            "Status",
            "Next",
            "Until (UTC)",
        ];
        let table = output::table(head, &[4, 5], rows);
        let states = [
            State::Waiting,
            State::Answered,
            State::Returned,
            State::Late,
            State::Missing,
        ];
        let counts: Vec<String> = states
            .into_iter()
            .map(|state| (state, lines.iter().filter(|line| line.state == state).count()))
            .filter(|(_, many)| *many > 0)
            .map(|(state, many)| format!("{many} {}", state.word()))
            .collect();
        let mine = lines
            .iter()
            .any(|line| line.next == Some(me) && line.state == State::Waiting);
        let next = match mine {
            true => "\nAnswer them with: interclear tap acknowledge --all",
            false => "",
        };
        format!("{table}\n{}{next}", counts.join(", "))
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_client::files::key_named;
    use interclear_primitives::{
        batch::{Anchor, FatalReason, ServiceTotal},
        money::Currency,
        service::Service,
    };

    fn batch(status: BatchStatus) -> Batch {
        let total = ServiceTotal {
            service: Service::Gprs,
            records: 3,
            quantity: 3_000_000,
            charge: Value::Clear(1_500_000),
            tax: Value::ZERO,
        };
        Batch {
            anchor: Anchor {
                key: key_named("CDDEUD1FRAF100042").unwrap(),
                file_digest: [1; 32],
                root: [2; 32],
                currency: Currency::EUR,
                decimals: 6,
                records: 3,
                totals: vec![total].try_into().unwrap(),
                discount: Value::ZERO,
                earliest_call: None,
                latest_call: None,
                cut_off: 0,
                available: 0,
                resent_for: None,
            },
            digest: [3; 32],
            route: None,
            period: Period(202_611),
            late: None,
            deferred: false,
            status,
            anchored_at: 0,
            answered_at: None,
            fatal_return: None,
            returned: Default::default(),
            returns: Default::default(),
        }
    }

    #[test]
    fn a_file_should_be_told_by_what_became_of_it_when_it_is_listed() {
        let waiting = batch(BatchStatus::Anchored);
        assert_eq!(
            (State::of(&waiting), note(&waiting)),
            (State::Waiting, String::new())
        );
        assert_eq!(charge(&waiting), Some(Value::Clear(1_500_000)));

        let refused = batch(BatchStatus::Returned(FatalReason::Totals));
        assert_eq!(State::of(&refused), State::Returned);
        assert_eq!(note(&refused), "as a whole (totals), to be sent again");

        let mut part = batch(BatchStatus::Acknowledged);
        assert_eq!(State::of(&part), State::Answered);
        part.returns = vec![7].try_into().unwrap();
        part.returned = vec![ServiceTotal {
            records: 1,
            ..part.anchor.totals[0]
        }]
        .try_into()
        .unwrap();
        assert_eq!(
            (State::of(&part), note(&part)),
            (State::Returned, "1 record".into())
        );

        part.status = BatchStatus::Anchored;
        assert_eq!(
            (State::of(&part), note(&part)),
            (State::Waiting, "1 record returned".into())
        );

        let mut late = batch(BatchStatus::Acknowledged);
        late.late = Some(Period(202_612));
        assert_eq!(
            (State::of(&late), note(&late)),
            (State::Late, "billed with 2026-12".into())
        );
        // It is found as late before it is answered, too.
        late.status = BatchStatus::Anchored;
        let line = Line {
            name: String::new(),
            partner: OperatorId(1),
            to_me: true,
            period: late.billed_with(),
            records: None,
            charge: None,
            state: State::of(&late),
            late: late.late.is_some(),
            note: note(&late),
            next: None,
            until: None,
        };
        assert_eq!(line.state, State::Waiting);
        assert!(line.is_in(&[State::Late]) && line.is_in(&[State::Waiting]));
        assert!(!line.is_in(&[State::Answered, State::Missing]));
    }
}
