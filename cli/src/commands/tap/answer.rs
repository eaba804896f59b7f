//! `interclear tap return` and `return-records`: what a recipient refuses of a file.

use crate::{
    carried::quoted,
    commands::{
        secret::SecretArgs,
        tap::{
            doubts::{self, looked_at, LookedAt},
            named::{read, Named},
            rules::{knowing, RuleArgs},
        },
    },
    error::CommandError,
    exit::Exit,
    output,
    session::Session,
};
use clap::{Args, ValueEnum};
use interclear_client::{
    calls,
    files::{digest, name_of, open_store, Doubt, FileError},
    money,
    text::{path as shown, printable, reason as io_reason},
    time::now,
};
use interclear_merkle::{file_digest, FileSecret};
use interclear_primitives::{
    batch::{FatalReason, ReturnedRecords, ServiceTotal},
    money::Value,
    Digest,
};
use interclear_tap::{
    rap::{gives, ReturnFile, Returned},
    validate, FileName, Finding, Kind, Options, Outcome, Severity,
};
use serde_json::json;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The RAP file that goes to the sender.
#[derive(Args)]
struct RapArgs {
    /// The RAP file: what is returned is what it says, and its digest goes on the chain.
    #[arg(long, value_name = "FILE")]
    rap: PathBuf,
    /// Sequence number of the RAP file, which must be in it; taken from it unless given.
    #[arg(long, value_name = "NUMBER")]
    rap_sequence: Option<u32>,
}

/// A RAP file that was read.
struct Returns {
    path: PathBuf,
    file: ReturnFile,
    number: u32,
    digest: Digest,
}

impl RapArgs {
    fn read(&self) -> Result<Returns, CommandError> {
        let refused = |reason: String| CommandError::File {
            path: self.rap.clone(),
            reason,
        };
        // Once: what is checked, read and named by its digest are the same octets.
        let octets = std::fs::read(&self.rap).map_err(|error| refused(io_reason(&error)))?;
        let mut options = Options::default();
        options.context.file_name = self
            .rap
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let checked = validate(octets.as_slice(), &options).map_err(|error| refused(error.to_string()))?;
        if checked.error.is_none() && checked.kind != Kind::Rap {
            return Err(refused(format!(
                "this is a file of kind {}, not a RAP file",
                checked.kind
            )));
        }
        let fatal = |finding: &&Finding| finding.severity == Severity::Fatal;
        if let Some(fatal) = checked.findings.kept().iter().find(fatal) {
            return Err(refused(format!("{} ({})", fatal.message, fatal.code)));
        }
        let file = ReturnFile::read(octets.as_slice()).map_err(|error| refused(error.to_string()))?;
        let number = file
            .number(self.rap_sequence)
            .map_err(|error| refused(error.to_string()))?;
        Ok(Returns {
            path: self.rap.clone(),
            file,
            number,
            digest: digest(&octets),
        })
    }
}

impl Returns {
    /// What stands for the RAP file on the chain: salted with the secret of the file that is returned, which both sides
    /// have. A RAP file repeats records, so that without a salt a guess at them could be checked.
    fn salted(&self, secret: Option<&FileSecret>) -> Digest {
        secret.map_or(self.digest, |secret| file_digest(secret, &self.digest))
    }

    fn refused(&self, reason: impl ToString) -> CommandError {
        CommandError::File {
            path: self.path.clone(),
            reason: reason.to_string(),
        }
    }

    /// What they say about a file.
    fn about(&self, file: &Named) -> Result<Returned<'_>, CommandError> {
        let series = file.key.series;
        let name = FileName {
            test: series.test,
            sender: series.sender,
            recipient: series.recipient,
            sequence: file.key.sequence,
        };
        self.file.about(&name).map_err(|error| self.refused(error))
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Reason {
    /// The file cannot be decoded.
    Syntax,
    /// A mandatory item is missing or wrong.
    Header,
    /// The sequence number contradicts the name or the file before.
    Sequence,
    /// The totals differ from the records, or the file is not what was anchored.
    Totals,
    /// Decimals or exchange rates are unusable.
    Accounting,
}

impl From<Reason> for FatalReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Syntax => Self::Syntax,
            Reason::Header => Self::Header,
            Reason::Sequence => Self::Sequence,
            Reason::Totals => Self::Totals,
            Reason::Accounting => Self::Accounting,
        }
    }
}

#[derive(Args)]
pub(super) struct ReturnArgs {
    /// The file, or its name such as CDDEUD1FRAF100042.
    file: String,
    /// Why; worked out from the file if it is here and is what was anchored. With a reason, a file that is not is
    /// returned, too. A file that is here is checked again, and must show the reason: something fatal of its kind or, for totals and
    /// accounting, anything.
    #[arg(long)]
    reason: Option<Reason>,
    /// Return the file for --reason although it shows nothing of the kind.
    #[arg(long, requires = "reason")]
    although_not_shown: bool,
    /// The folder that remembers records, as for `tap validate`: those of the file are forgotten, since they may be sent again.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    rap: RapArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    secrets: SecretArgs,
}

/// Whether a finding is one for which a whole file may be returned. Of totals and accounting anything is: other systems refuse a file where
/// records of it would be returned here, or a warning be given. Of the other kinds only what is fatal is.
fn supports(finding: &Finding, reason: FatalReason) -> bool {
    let any = matches!(reason, FatalReason::Totals | FatalReason::Accounting);
    (any || finding.severity == Severity::Fatal) && finding.code.reason() == reason
}

/// Whether a file gives such a reason to return it: something of that kind is wrong with it, or it is not what was anchored.
pub(super) fn shows(outcome: &Outcome, differs: Option<&Doubt>, reason: FatalReason) -> bool {
    // Under totals goes whatever is not what was anchored.
    let other = |doubt: &Doubt| {
        reason == FatalReason::Totals || doubt.differences.iter().any(|one| one.reason == reason)
    };
    let mut found = outcome.findings.kept().iter();
    found.any(|finding| supports(finding, reason)) || differs.is_some_and(other)
}

/// Why a file is not returned for a reason that it does not show. Whether its content is what was anchored is known only if its secret
/// was there; the next step has the rules in use.
fn not_shown(file: &str, reason: FatalReason, with_secret: bool, in_use: &str) -> String {
    let fine = match reason {
        FatalReason::Syntax => "it can be decoded",
        FatalReason::Header => "no mandatory item of its header is missing or wrong",
        FatalReason::Sequence if with_secret => {
            "its number is that of its name, and was anchored with this content"
        }
        FatalReason::Sequence => {
            "its number is that of its name (whether it was anchored with this content is checked with --sealing-key only)"
        }
        FatalReason::Totals => "its records come to the totals in it, and to what was anchored",
        FatalReason::Accounting => "its decimals and exchange rates can be used",
    };
    format!(
        "nothing is returned: {} does not show what --reason {} says: {fine}. `interclear tap validate --chain {}{in_use}` lists what is \
         wrong with it; if you have other grounds, say --although-not-shown, too",
        printable(file),
        doubts::word(reason),
        quoted(&printable(file))
    )
}

/// What a person is asked about before a whole file is returned.
fn returning(name: &str, reason: FatalReason) -> String {
    format!(
        "{name} is returned as a whole ({}): nothing of it bills until it is sent again.",
        doubts::word(reason)
    )
}

impl ReturnArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let options = self.rules.options();
        let file = Named::new(&self.file, &options)?;
        let found = match (&self.reason, &file.path) {
            (Some(reason), _) => Some((*reason).into()),
            (None, Some(path)) => read(path, &options)?.findings.fatal_reason(),
            (None, None) => {
                return Err(CommandError::Invalid(
                    "say why with --reason, or name the file itself".into(),
                ))
            }
        };
        let Some(reason) = found else {
            let fine = format!(
                "nothing fatal is wrong with {}; if it is to be returned all the same, say --reason",
                self.file
            );
            return Err(CommandError::Invalid(fine));
        };
        let returns = self.rap.read()?;
        let Returned::File(groups) = returns.about(&file)? else {
            return Err(returns.refused(
                "it returns single records, not the whole file; that is `interclear tap return-records`",
            ));
        };
        if !gives(&groups, reason) {
            return Err(returns.refused(format!(
                "it refuses the file for another reason than {}",
                doubts::word(reason)
            )));
        }
        let chain = session.chain_to_sign().await?;
        let looked = looked_at(&chain, &file, &self.rules, &self.secrets).await?;
        let LookedAt { secret, doubt, known } = looked;
        let doubt = doubt.filter(|doubt| !doubt.differences.is_empty());
        if let (Some(path), Some(_), false) = (&file.path, self.reason, self.although_not_shown) {
            let options = Options {
                secret: secret.clone(),
                ..knowing(known.as_ref(), &options)
            };
            if !shows(&read(path, &options)?, doubt.as_ref(), reason) {
                let in_use = self.rules.in_use();
                let why = not_shown(&self.file, reason, secret.is_some(), &in_use);
                return Err(CommandError::Invalid(why));
            }
        }
        if let Some(doubt) = doubt {
            if self.reason.is_none() {
                let in_use = self.rules.in_use_with(self.store.as_deref());
                return refuse_other(session, &file, &doubt, &in_use);
            }
            output::warn(&format!(
                "{}\nwarning: this is not the file that was anchored; it is returned for the reason that was given",
                doubts::table([(name_of(&file.key), &doubt)].into_iter())
            ));
        }
        let call = calls::return_file(file.key, reason, returns.number, returns.salted(secret.as_ref()));
        let name = name_of(&file.key);
        session.confirm(&returning(&name, reason))?;
        let receipt = session.execute(&chain, &call).await?;
        forget(self.store.as_deref(), file.path.as_deref(), None)?;
        let more = json!({ "batch": name, "reason": reason, "rap_sequence": returns.number });
        session.report(
            &receipt,
            &format!("{name} is returned: nothing of it bills"),
            more,
        )?;
        Ok(Exit::Done)
    }
}

/// Says that a file is not what was anchored, so that what is wrong with it says nothing of that; nothing has been sent.
fn refuse_other(session: &Session, file: &Named, doubt: &Doubt, in_use: &str) -> Result<Exit, CommandError> {
    let path = file.path.as_deref();
    let next = doubts::next_step(&file.key, path, doubt, in_use);
    let listed = doubts::json([(file.key, doubt, next.clone())].into_iter());
    let value = json!({ "returned": false, "files": listed });
    session.output().print(&value, |_| {
        format!(
            "{}\nnothing is returned: this is not the file that was anchored\nnext: {next}",
            doubts::table([(name_of(&file.key), doubt)].into_iter())
        )
    })?;
    Ok(Exit::Refused)
}

/// Has a store forget a file that was returned, or records of it by their places: they may be sent again.
fn forget(
    store: Option<&Path>,
    file: Option<&Path>,
    places: Option<&BTreeSet<u64>>,
) -> Result<(), CommandError> {
    let (Some(folder), Some(path)) = (store, file) else {
        return Ok(());
    };
    let forgotten = open_store(folder)?.returned(path, places);
    Ok(forgotten.map_err(FileError::from)?)
}

#[derive(Args)]
pub(super) struct ReturnRecordsArgs {
    /// The file, or its name such as CDDEUD1FRAF100042, and then with --total. Returned are the records in the RAP file:
    /// without --total those with severe findings by the agreement's rules, and no others.
    file: String,
    /// Records of a service, their quantity, charge and tax, such as `GPRS,12,350.5,7.01,0`; may be given more than once.
    #[arg(long = "total", value_parser = total)]
    totals: Vec<ServiceTotal>,
    /// The folder that remembers records, as for `tap validate`: those that were in other files are among the returned, and
    /// what is returned is forgotten, since it may be sent again.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    rap: RapArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    secrets: SecretArgs,
}

fn total(text: &str) -> Result<ServiceTotal, String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let [service, records, quantity, charge, tax] = parts[..] else {
        return Err(format!("`{text}` is not SERVICE,RECORDS,QUANTITY,CHARGE,TAX"));
    };
    let amount = |text: &str| {
        money::parse_amount(text, money::USAGE_DECIMALS).map_err(|error| format!("{text}: {error}"))
    };
    let value = |text: &str| Value::from_unsigned(amount(text)?).map_err(|_| format!("{text} does not fit"));
    Ok(ServiceTotal {
        service: service.parse().map_err(|error| format!("{service}: {error}"))?,
        records: records
            .parse()
            .map_err(|_| format!("{records} is not a number of records"))?,
        quantity: amount(quantity)?,
        charge: value(charge)?,
        tax: value(tax)?,
    })
}

/// What a person is asked about before records of a file are returned: all that they come to.
fn returning_records(name: &str, totals: &[ServiceTotal]) -> String {
    let count: u64 = totals.iter().map(|total| u64::from(total.records)).sum();
    let parts = totals.iter().map(|total| {
        format!(
            "\n  {}: {}, {} {}, charge {}, tax {}",
            total.service,
            output::count(total.records, "record", "records"),
            output::quantity(total.quantity),
            total.service.unit(),
            money::grouped_value(&total.charge, money::USAGE_DECIMALS),
            money::grouped_value(&total.tax, money::USAGE_DECIMALS),
        )
    });
    format!(
        "{} of {name} {} returned, and {} not bill:{}",
        output::count(count, "record", "records"),
        if count == 1 { "is" } else { "are" },
        if count == 1 { "does" } else { "do" },
        parts.collect::<String>()
    )
}

impl ReturnRecordsArgs {
    fn stated(&self) -> Vec<ServiceTotal> {
        let mut totals = self.totals.clone();
        totals.sort_by_key(|total| total.service);
        totals
    }

    /// What the records of the RAP file add up to in the file; they must be those with severe findings, or what was stated.
    fn totals(
        &self,
        path: &Path,
        returns: &Returns,
        records: &[&[u8]],
        options: Options,
    ) -> Result<(Vec<ServiceTotal>, BTreeSet<u64>), CommandError> {
        let options = Options {
            select: records.iter().map(|record| record.to_vec()).collect(),
            keep_returned: true,
            ..options
        };
        let outcome = match &self.store {
            Some(folder) => {
                let now = i64::try_from(now()).unwrap_or(i64::MAX);
                let looked = open_store(folder)?.look_up(path, &options, now);
                looked.map_err(FileError::from)?
            }
            None => read(path, &options)?,
        };
        let selected = &outcome.selected;
        if selected.missing > 0 {
            return Err(returns.refused(format!(
                "{} of the records that it returns are not in {}",
                selected.missing,
                shown(path)
            )));
        }
        let decimals = outcome.summary.as_ref().map(|summary| summary.decimals);
        let decimals = decimals.ok_or_else(|| returns.refused("the file cannot be read far enough"))?;
        let (services, _) = selected.sums.normalised(decimals);
        let totals: Result<Vec<_>, _> = services.iter().map(|service| service.total()).collect();
        let totals = totals.map_err(|error| returns.refused(error))?;
        let severe: BTreeSet<u64> = outcome
            .returned_records
            .iter()
            .map(|record| record.index)
            .collect();
        if self.totals.is_empty() && selected.places != severe {
            return Err(returns.refused(format!(
                "it returns {}, and by what is agreed others have severe findings ({} altogether); make the RAP file anew \
                 with `interclear tap rap write`, name the folder with --store that knows of duplicates, or say with --total what \
                 they come to",
                output::count(selected.places.len() as u64, "record", "records"),
                severe.len()
            )));
        }
        if !self.totals.is_empty() && self.stated() != totals {
            return Err(returns.refused("the records that it returns do not come to what --total says"));
        }
        Ok((totals, outcome.selected.places))
    }

    /// What was stated of a file that is not here, as far as the RAP file bears it out.
    fn unseen(&self, returns: &Returns, records: &[&[u8]]) -> Result<Vec<ServiceTotal>, CommandError> {
        if self.totals.is_empty() {
            return Err(CommandError::Invalid(
                "say what is returned with --total, or name the file itself".into(),
            ));
        }
        let totals = self.stated();
        let count: u64 = totals.iter().map(|total| u64::from(total.records)).sum();
        match count == records.len() as u64 {
            true => Ok(totals),
            false => Err(returns.refused(format!(
                "it returns {}, and --total says {count}",
                output::count(records.len() as u64, "record", "records")
            ))),
        }
    }

    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let file = Named::new(&self.file, &self.rules.options())?;
        let returns = self.rap.read()?;
        let Returned::Records(found) = returns.about(&file)? else {
            return Err(returns.refused("it refuses the whole file; that is `interclear tap return`"));
        };
        let chain = session.chain_to_sign().await?;
        let looked = looked_at(&chain, &file, &self.rules, &self.secrets).await?;
        let LookedAt { secret, doubt, known } = looked;
        if let Some(doubt) = doubt.filter(|doubt| !doubt.differences.is_empty()) {
            let in_use = self.rules.in_use_with(self.store.as_deref());
            return refuse_other(session, &file, &doubt, &in_use);
        }
        let (totals, places) = match &file.path {
            Some(path) => {
                let options = knowing(known.as_ref(), &self.rules.options());
                self.totals(path, &returns, &found, options)?
            }
            None => (self.unseen(&returns, &found)?, BTreeSet::new()),
        };
        let count: u64 = totals.iter().map(|total| u64::from(total.records)).sum();
        let records = ReturnedRecords {
            rap_sequence: returns.number,
            rap_digest: returns.salted(secret.as_ref()),
            totals: totals
                .try_into()
                .map_err(|_| CommandError::Invalid("a service is given twice".into()))?,
        };
        let name = name_of(&file.key);
        session.confirm(&returning_records(&name, &records.totals))?;
        let receipt = session
            .execute(&chain, &calls::return_records(file.key, &records))
            .await?;
        forget(self.store.as_deref(), file.path.as_deref(), Some(&places))?;
        let more = json!({ "batch": name, "records": count, "rap_sequence": returns.number });
        let done = format!(
            "{} of {name} {} returned",
            output::count(count, "record", "records"),
            if count == 1 { "is" } else { "are" }
        );
        session.report(&receipt, &done, more)?;
        Ok(Exit::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_client::files::Difference;
    use interclear_tap::Code;

    /// The command itself asks only after the chain was read.
    #[test]
    fn a_person_should_be_asked_with_what_no_longer_bills_when_a_file_or_records_are_returned() {
        assert_eq!(
            returning("CDDEUD1FRAF100042", FatalReason::Totals),
            "CDDEUD1FRAF100042 is returned as a whole (totals): nothing of it bills until it is sent again."
        );
        let totals = ["GPRS,12,350.5,7.01,0.5", "SMSMO,1,1,0.02,0"].map(|text| total(text).unwrap());
        let asked = |totals: &[ServiceTotal]| returning_records("CDDEUD1FRAF100042", totals);
        let both = asked(&totals);
        assert!(
            both.starts_with(
                "13 records of CDDEUD1FRAF100042 are returned, and do not bill:\n  GPRS: 12 records, 350.5"
            ),
            "{both}"
        );
        assert!(both.contains("charge 7.01") && both.contains("tax 0.5"), "{both}");
        assert!(both.contains("\n  SMSMO: 1 record, 1"), "{both}");
        let one = asked(&totals[1..]);
        assert!(
            one.starts_with("1 record of CDDEUD1FRAF100042 is returned, and does not bill:\n  SMSMO"),
            "{one}"
        );
    }

    #[test]
    fn a_file_should_be_said_to_be_what_was_anchored_when_its_secret_was_there() {
        let said = |with_secret| {
            let rules = " --zones european";
            not_shown("CDDEUD1FRAF100042", FatalReason::Sequence, with_secret, rules)
        };
        let (with, without) = (said(true), said(false));
        assert!(with.contains("and was anchored with this content"), "{with}");
        assert!(
            !without.contains("and was anchored with this content") && without.contains("--sealing-key"),
            "{without}"
        );
        for words in [with, without] {
            assert!(
                words.contains("`interclear tap validate --chain CDDEUD1FRAF100042 --zones european`")
                    && words.contains("--although-not-shown"),
                "{words}"
            );
        }
    }

    #[test]
    fn a_finding_should_support_a_return_when_it_is_fatal_or_about_totals_or_accounting() {
        for (code, reason, wanted) in [
            (Code::TotalTaxDiffers, FatalReason::Totals, true),
            (Code::CallSpanDiffers, FatalReason::Totals, true),
            (Code::ExchangeRateBelowAgreed, FatalReason::Accounting, true),
            (Code::ExchangeRateBelowAgreed, FatalReason::Totals, false),
            (Code::CallTimeBad, FatalReason::Syntax, false),
            (Code::Undecodable, FatalReason::Syntax, true),
            (Code::SequenceGap, FatalReason::Sequence, false),
            (Code::SequenceReused, FatalReason::Sequence, true),
        ] {
            let finding = Finding {
                severity: code.severity(),
                code,
                item: "file".into(),
                message: "wrong".into(),
            };
            assert_eq!(supports(&finding, reason), wanted, "{code} {reason:?}");
        }
    }

    #[test]
    fn a_reason_should_be_shown_when_the_file_is_wrong_so_or_is_not_what_was_anchored() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/tap/oracle/");
        if !Path::new(folder).is_dir() {
            println!("skipped: {folder} is not there");
            return;
        }
        let of = |name: &str| {
            let path = Path::new(folder).join(name);
            read(&path, &Options::default()).unwrap()
        };
        let fine = of("e_two_rates.ber");
        for reason in [FatalReason::Totals, FatalReason::Syntax, FatalReason::Sequence] {
            assert!(!shows(&fine, None, reason), "{reason:?}");
        }
        let wrong = of("b_tax_total_high.ber");
        assert!(shows(&wrong, None, FatalReason::Totals));
        assert!(!shows(&wrong, None, FatalReason::Syntax));
        let other = |reason| Doubt {
            unusable: None,
            differences: vec![Difference {
                what: "decimals".into(),
                file: "2".into(),
                anchor: "3".into(),
                reason,
            }],
        };
        let doubt = other(FatalReason::Accounting);
        assert!(shows(&fine, Some(&doubt), FatalReason::Accounting));
        assert!(
            shows(&fine, Some(&doubt), FatalReason::Totals),
            "it is not what was anchored"
        );
        assert!(!shows(&fine, Some(&doubt), FatalReason::Syntax));
    }
}
