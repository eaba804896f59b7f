//! `interclear nrtrde show` and `report`: when files were delivered, by the chain's clock.

use crate::{
    commands::sequence,
    error::CommandError,
    names::Names,
    output::{self, coloured_table, Cell, Color},
    session::Session,
};
use interclear_client::{
    chain::Chain,
    files::{key_named, name_of},
};
use interclear_primitives::{
    nrtrde::{NrtrdeMonth, NRTRDE_DELIVERY_LIMIT},
    series::{SeriesKey, Stream},
    tadig::Tadig,
};
use serde_json::json;

/// A network with its operator, such as `DEUD1 (1 Alpha Mobile)`.
async fn owner(chain: &Chain, names: &Names, network: Tadig) -> Result<String, CommandError> {
    let operator = chain.operator_by_tadig(network).await?;
    Ok(operator.map_or_else(
        || network.to_string(),
        |operator| format!("{network} ({})", names.get(operator)),
    ))
}

pub(super) async fn file(session: &Session, name: &str) -> Result<(), CommandError> {
    let key = key_named(name).filter(|key| key.series.stream == Stream::Nrtrde);
    let key = key.ok_or_else(|| {
        CommandError::Invalid(format!(
            "`{name}` is not the name of an NRTRDE file, such as NRDEUD1FRAF10000042"
        ))
    })?;
    let chain = session.chain().await?;
    let file = chain.nrtrde_file(key).await?;
    let file = file.ok_or_else(|| {
        CommandError::NotFound(format!(
            "anchor of {name}; `interclear nrtrde report {} {}` tells which numbers are missing",
            key.series.sender, key.series.recipient
        ))
    })?;
    let names = Names::of(&chain).await?;
    let visited = owner(&chain, &names, key.series.sender).await?;
    let home = owner(&chain, &names, key.series.recipient).await?;
    let anchor = &file.anchor;
    let value = json!({
        "file": name_of(&key),
        "agreement": file.agreement,
        "records": anchor.records,
        "file_digest": output::hex(&anchor.file_digest),
        "root": output::hex(&anchor.root),
        "earliest_end": anchor.earliest_end,
        "latest_end": anchor.latest_end,
        "available": anchor.available,
        "anchored_at": file.anchored_at,
        "acknowledged_at": file.acknowledged_at,
        "delay": file.delay(),
        "late": file.is_late(),
        "liable": if file.is_late() { "visited" } else { "home" },
    });
    session.output().print(&value, |_| {
        let at = |moment| format!("{} UTC", output::moment(moment));
        let ends = match (anchor.earliest_end, anchor.latest_end) {
            (Some(first), Some(last)) if first != last => {
                format!("{} to {}", output::moment(first), at(last))
            }
            (Some(first), _) => at(first),
            (None, _) => "no records".into(),
        };
        let limit = output::duration(NRTRDE_DELIVERY_LIMIT);
        let delay = match anchor.earliest_end {
            Some(_) => format!("{} ({limit} are allowed)", output::duration(file.delay())),
            None => String::new(),
        };
        let (liable, colour) = match file.is_late() {
            true => (
                format!("{visited}, the visited operator, for fraud on records delivered later than {limit}"),
                Color::Red,
            ),
            false => (
                format!("{home}, the home operator: the file was delivered in time"),
                Color::Green,
            ),
        };
        let acknowledged = file.acknowledged_at.map_or_else(
            || "not yet".into(),
            |moment| format!("{}, by the chain's clock", at(moment)),
        );
        let rows = [
            ("Visited network", visited.clone()),
            ("Home network", home.clone()),
            ("Records", anchor.records.to_string()),
            ("Calls ended", ends),
            ("Available", format!("{}, as the file says", at(anchor.available))),
            (
                "Anchored",
                format!("{}, by the chain's clock", at(file.anchored_at)),
            ),
            ("Acknowledged", acknowledged),
            ("Delay", delay),
        ];
        let rows = rows
            .into_iter()
            .map(|(item, value)| [Cell::new(item), Cell::new(value)])
            .chain([[Cell::new("Liable"), Cell::new(liable).fg(colour)]]);
        coloured_table(["File", &name_of(&key)], &[], rows)
    })?;
    Ok(())
}

pub(super) async fn report(session: &Session, sender: Tadig, recipient: Tadig) -> Result<(), CommandError> {
    let series = SeriesKey {
        sender,
        recipient,
        stream: Stream::Nrtrde,
        test: false,
    };
    let chain = session.chain().await?;
    let months = chain.nrtrde_months(series).await?;
    let state = chain.sequence(series).await?;
    let names = Names::of(&chain).await?;
    let visited = owner(&chain, &names, sender).await?;
    let home = owner(&chain, &names, recipient).await?;
    let sum = |of: fn(&NrtrdeMonth) -> u64| {
        months
            .iter()
            .fold(0u64, |sum, month| sum.saturating_add(of(month)))
    };
    let late_files = sum(|month| month.late_files.into());
    let value = json!({
        "series": sequence::as_json(&series, &state),
        "months": months,
        "late_files": late_files,
    });
    session.output().print(&value, |_| {
        let rows = months.iter().map(|month| {
            let late = |count: u64| match count {
                0 => Cell::new("0"),
                count => Cell::new(count).fg(Color::Red),
            };
            [
                Cell::new(month.period),
                Cell::new(month.files),
                Cell::new(month.records),
                Cell::new(month.acknowledged),
                late(month.late_files.into()),
                late(month.late_records),
                Cell::new(output::duration(month.longest_delay)),
            ]
        });
        let head = [
            "Delivered in",
            "Files",
            "Records",
            "Acknowledged",
            "Late files",
            "Records in them",
            "Longest delay",
        ];
        // A head without rows would say nothing.
        let table = match months.is_empty() {
            true => String::new(),
            false => coloured_table(head, &[1, 2, 3, 4, 5, 6], rows) + "\n",
        };
        let limit = output::duration(NRTRDE_DELIVERY_LIMIT);
        let liable = match (late_files, months.is_empty()) {
            (0, true) => format!("No file of {visited} for {home} has been delivered yet."),
            (0, false) => format!(
                "No file came later than {limit} after a call: fraud is at the risk of the home operator, {home}."
            ),
            (late, _) => format!(
                "{} records that were delivered more than {limit} after the call: for fraud on these the visited operator is \
                 liable, {visited}.",
                output::count(late, "file has", "files have")
            ),
        };
        format!("{table}{liable}\n{}", sequence::as_text(&series, &state))
    })?;
    Ok(())
}
