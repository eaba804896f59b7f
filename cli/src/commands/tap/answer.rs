//! `interclear tap return` and `return-records`: what a recipient refuses of a file.

use crate::{
    arguments::digest,
    commands::{
        secret::SecretArgs,
        tap::{
            named::{read, Named},
            rules::RuleArgs,
        },
    },
    error::CommandError,
    exit::Exit,
    session::Session,
};
use clap::{Args, ValueEnum};
use interclear_client::{
    calls,
    files::{hash_file, name_of},
    money,
};
use interclear_primitives::{
    batch::{FatalReason, ReturnedRecords, ServiceTotal},
    money::Value,
    Digest,
};
use interclear_tap::Options;
use serde_json::json;
use std::path::PathBuf;

/// The returns (RAP) file that goes to the sender.
#[derive(Args)]
struct RapArgs {
    /// Sequence number of the returns (RAP) file; the file that is sent again names it.
    #[arg(long, value_name = "NUMBER")]
    rap_sequence: u32,
    /// The returns file, whose digest goes on the chain.
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "rap_hash",
        conflicts_with = "rap_hash"
    )]
    rap: Option<PathBuf>,
    /// The digest (Blake2b-256) of the returns file.
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    rap_hash: Option<Digest>,
}

impl RapArgs {
    fn digest(&self) -> Result<Digest, CommandError> {
        match (&self.rap, self.rap_hash) {
            (Some(path), _) => Ok(hash_file(path)?),
            (None, Some(digest)) => Ok(digest),
            (None, None) => Err(CommandError::Invalid(
                "name the returns file with --rap or --rap-hash".into(),
            )),
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Reason {
    /// The file cannot be decoded.
    Syntax,
    /// A mandatory item is missing or wrong.
    Header,
    /// The sequence number contradicts the name or the file before.
    Sequence,
    /// The totals differ from the records.
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
    /// Why; found out from the file if it is here.
    #[arg(long)]
    reason: Option<Reason>,
    #[command(flatten)]
    rap: RapArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    secrets: SecretArgs,
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
        let call = calls::return_file(file.key, reason, self.rap.rap_sequence, self.rap.digest()?);
        let chain = session.chain().await?;
        file.expect_same(&chain, &self.secrets).await?;
        let receipt = session.execute(&chain, &call).await?;
        let name = name_of(&file.key);
        let more = json!({ "batch": name, "reason": reason, "rap_sequence": self.rap.rap_sequence });
        session.report(
            &receipt,
            &format!("{name} is returned: nothing of it bills"),
            more,
        )?;
        Ok(Exit::Done)
    }
}

#[derive(Args)]
pub(super) struct ReturnRecordsArgs {
    /// The file, or its name such as CDDEUD1FRAF100042. Without --total the records with severe findings are returned.
    file: String,
    /// Records of a service, their quantity, charge and tax, such as `GPRS,12,350.5,7.01,0`; may be given more than once.
    #[arg(long = "total", value_parser = total)]
    totals: Vec<ServiceTotal>,
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

impl ReturnRecordsArgs {
    fn totals(&self, file: &Named, options: &Options) -> Result<Vec<ServiceTotal>, CommandError> {
        if !self.totals.is_empty() {
            let mut totals = self.totals.clone();
            totals.sort_by_key(|total| total.service);
            return Ok(totals);
        }
        let Some(path) = &file.path else {
            return Err(CommandError::Invalid(
                "say what is returned with --total, or name the file itself".into(),
            ));
        };
        let refused = |reason: String| CommandError::File {
            path: path.clone(),
            reason,
        };
        let outcome = read(path, options)?;
        let decimals = outcome.summary.as_ref().map(|summary| summary.decimals);
        let decimals = decimals.ok_or_else(|| refused("the file cannot be read far enough".into()))?;
        let (services, _) = outcome.returned.normalised(decimals);
        let totals: Result<Vec<_>, _> = services.iter().map(|service| service.total()).collect();
        let totals = totals.map_err(|error| refused(error.to_string()))?;
        if totals.is_empty() {
            return Err(refused("no record of it has a severe finding".into()));
        }
        Ok(totals)
    }

    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let options = self.rules.options();
        let file = Named::new(&self.file, &options)?;
        let totals = self.totals(&file, &options)?;
        let count: u64 = totals.iter().map(|total| u64::from(total.records)).sum();
        let records = ReturnedRecords {
            rap_sequence: self.rap.rap_sequence,
            rap_hash: self.rap.digest()?,
            totals: totals
                .try_into()
                .map_err(|_| CommandError::Invalid("a service is given twice".into()))?,
        };
        let chain = session.chain().await?;
        file.expect_same(&chain, &self.secrets).await?;
        let receipt = session
            .execute(&chain, &calls::return_records(file.key, &records))
            .await?;
        let name = name_of(&file.key);
        let more = json!({ "batch": name, "records": count, "rap_sequence": self.rap.rap_sequence });
        session.report(&receipt, &format!("{count} records of {name} are returned"), more)?;
        Ok(Exit::Done)
    }
}
