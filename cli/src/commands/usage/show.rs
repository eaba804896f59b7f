//! `interclear usage show`: both sides' reports of a month.

use crate::{
    arguments::Month,
    commands::{agreement::found::agreement_in, usage::words},
    error::CommandError,
    output::{self, coloured_table, Cell},
    session::{Session, QUERIES},
};
use clap::Args;
use futures::{stream, StreamExt, TryStreamExt};
use interclear_client::chain::Chain;
use interclear_primitives::{
    money::Currency,
    report::{ComparedLine, PairMonth, UsageReport, UsageReports},
    tadig::Tadig,
};

#[derive(Args)]
pub(super) struct ShowArgs {
    #[command(flatten)]
    month: Month,
    /// Only the lines of this visited network...
    #[arg(long, requires = "home")]
    visited: Option<Tadig>,
    /// ... and this home network.
    #[arg(long, requires = "visited")]
    home: Option<Tadig>,
}

type Reports = (UsageReports, Vec<ComparedLine>);

/// Both sides' reports of a pair's month.
///
/// # Errors
/// Nobody has reported.
pub(super) async fn reports_of(chain: &Chain, pair: PairMonth) -> Result<Reports, CommandError> {
    let reports = chain.usage_reports(pair).await?;
    reports.ok_or_else(|| {
        CommandError::NotFound(format!(
            "usage report of {} for subscribers of {} in {}; `interclear usage report` makes one",
            pair.period, pair.home, pair.visited
        ))
    })
}

/// All pairs of a month with both sides' reports.
pub(super) async fn all_of(
    chain: &Chain,
    month: &Month,
) -> Result<Vec<(PairMonth, UsageReports, Vec<ComparedLine>)>, CommandError> {
    let pairs = chain.reported_pairs(month.agreement, month.period).await?;
    let each = pairs.into_iter().map(|pair| async move {
        let (reports, compared) = reports_of(chain, pair).await?;
        Ok((pair, reports, compared))
    });
    stream::iter(each).buffered(QUERIES).try_collect().await
}

/// The currency of the charges in the reports of a month.
pub(super) async fn currency_of(chain: &Chain, month: &Month) -> Result<Currency, CommandError> {
    let (_, terms, _) = chain.version_in(month.agreement, month.period).await?;
    Ok(terms.usage.currency)
}

impl ShowArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        let chain = session.chain().await?;
        let Month { agreement, period } = self.month;
        if let (Some(visited), Some(home)) = (self.visited, self.home) {
            let pair = PairMonth {
                visited,
                home,
                period,
            };
            return one(session, &chain, pair, &self.month).await;
        }
        let all = all_of(&chain, &self.month).await?;
        if all.is_empty() {
            agreement_in(&chain, agreement, period).await?;
        }
        let value: Vec<_> = all
            .iter()
            .map(|(pair, reports, compared)| words::as_json(pair, reports, compared))
            .collect();
        session.output().print(&value, |_| {
            if all.is_empty() {
                return format!("no usage of {period} is reported under agreement {agreement}");
            }
            let rows = all.iter().map(|(pair, reports, compared)| row(pair, reports, compared));
            let head = [
                "Visited",
                "Home",
                "Visited reports",
                "Home reports",
                "Agree",
                "Differ",
                "Missing at home",
                "Missing at visited",
                "State",
            ];
            let table = coloured_table(head, &[4, 5, 6, 7], rows);
            let open = all
                .iter()
                .filter(|(_, reports, _)| reports.outcome.is_none())
                .count();
            let what = match open {
                0 => "All are final.".into(),
                open => format!(
                    "{open} of {} are open, which stops the month from being closed. `interclear usage show {agreement} \
                     {period} --visited TADIG --home TADIG` shows the lines of one.",
                    all.len()
                ),
            };
            format!("{table}\n{what}")
        })?;
        Ok(())
    }
}

fn row(pair: &PairMonth, reports: &UsageReports, compared: &[ComparedLine]) -> [Cell; 9] {
    let version = |report: &Option<UsageReport>| {
        Cell::new(
            report
                .as_ref()
                .map_or_else(|| "-".into(), |report| format!("version {}", report.version)),
        )
    };
    let both = reports.visited.is_some() && reports.home.is_some();
    // What one side alone has said is compared with nothing.
    let counted = words::count(compared);
    let [agree, differ, missing_at_home, missing_at_visited] =
        [0, 1, 2, 3].map(|place: usize| match (both, counted[place]) {
            (false, _) => Cell::new(""),
            (true, 0) => Cell::new("0"),
            (true, count) => Cell::new(count).fg(words::colour(words::RESULTS[place])),
        });
    let (state, colour) = words::state(pair, reports, compared);
    [
        Cell::new(pair.visited),
        Cell::new(pair.home),
        version(&reports.visited),
        version(&reports.home),
        agree,
        differ,
        missing_at_home,
        missing_at_visited,
        Cell::new(state).fg(colour),
    ]
}

async fn one(session: &Session, chain: &Chain, pair: PairMonth, month: &Month) -> Result<(), CommandError> {
    let (reports, compared) = reports_of(chain, pair).await?;
    if reports.route.agreement != month.agreement {
        return Err(CommandError::Invalid(format!(
            "subscribers of {} in {} are under agreement {} in {}",
            pair.home, pair.visited, reports.route.agreement, pair.period
        )));
    }
    let currency = currency_of(chain, month).await?;
    session
        .output()
        .print(&words::as_json(&pair, &reports, &compared), |_| {
            text(&pair, &reports, &compared, currency)
        })?;
    Ok(())
}

/// A pair's month for people.
pub(super) fn text(
    pair: &PairMonth,
    reports: &UsageReports,
    compared: &[ComparedLine],
    currency: Currency,
) -> String {
    let said = |side: &str, report: &Option<UsageReport>| match report {
        Some(report) => format!(
            "\nThe {side} network reported version {} at {} UTC",
            report.version,
            output::moment(report.reported_at)
        ),
        None => format!("\nThe {side} network has not reported"),
    };
    format!(
        "Subscribers of {} in {}, {}: {}{}{}\n{}",
        pair.home,
        pair.visited,
        pair.period,
        words::state(pair, reports, compared).0,
        said("visited", &reports.visited),
        said("home", &reports.home),
        words::comparison(reports, compared, currency)
    )
}
