//! `interclear tap generate`: a month of files as a visited network would make them.

use crate::{error::CommandError, exit::Exit, output, session::Session};
use clap::Args;
use interclear_client::{
    disk::{self, write_with, Existing, Readers},
    money,
    text::printable,
};
use interclear_primitives::{money::Currency, period::Period, tadig::Tadig};
use interclear_tap::{validate, Options, Scheme};
use interclear_tap_samples::{Generator, Parameters, Variant};
use serde::Serialize;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

#[derive(Args)]
pub(super) struct GenerateArgs {
    /// The visited network, which sends the files.
    #[arg(long)]
    sender: Tadig,
    /// The home network, which receives them.
    #[arg(long)]
    recipient: Tadig,
    /// The month, such as 2026-11.
    #[arg(long)]
    period: Period,
    /// The folder that the files are written to.
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// How many files share the month.
    #[arg(long, default_value_t = 1)]
    files: u32,
    /// Records per file; with 0, notifications are made.
    #[arg(long, default_value_t = 1_000)]
    events: u64,
    /// Everything random follows from it: the same seed makes the same files.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Currency of all amounts.
    #[arg(long, default_value = "EUR")]
    currency: Currency,
    /// Decimals of all amounts.
    #[arg(long, default_value_t = 4)]
    decimals: u8,
    /// How far the visited network's clock is ahead of UTC, such as 60 or -300.
    #[arg(
        long,
        default_value_t = 0,
        allow_negative_numbers = true,
        value_name = "MINUTES"
    )]
    utc_offset: i32,
    /// Sequence number of the first file.
    #[arg(long, default_value_t = 1)]
    first_sequence: u32,
    /// Mobile country and network code of the home network, 5 or 6 digits.
    #[arg(long, default_value = "00101")]
    home_plmn: String,
    /// No record carries a tax.
    #[arg(long)]
    no_taxes: bool,
    /// Some records carry a discount.
    #[arg(long)]
    discounts: bool,
    /// Make test files, which never bill.
    #[arg(long)]
    test: bool,
    /// Release of TAP 3: 10, 11 or 12.
    #[arg(long, default_value_t = 12)]
    release: u64,
    /// Let every kind of record occur that the release has, content that is paid back included.
    #[arg(long)]
    all_kinds: bool,
    /// Make files of near-real-time records (NRTRDE) over the same usage instead. Many files for the month keep them in
    /// time: at 400 each covers less than two hours.
    #[arg(long, conflicts_with_all = ["wrong_total", "resent_for", "test"])]
    nrtrde: bool,
    /// Make the file with this place in the month (from 1) with a wrong total, as a recipient would return it.
    #[arg(long, value_name = "PLACE")]
    wrong_total: Option<u32>,
    /// Make only the file with this place in the month (from 1).
    #[arg(long, value_name = "PLACE")]
    only: Option<u32>,
    /// The files are sent again, as asked for by the RAP file with this sequence number.
    #[arg(long, value_name = "NUMBER")]
    resent_for: Option<u32>,
    /// Write over files that exist.
    #[arg(long)]
    force: bool,
}

#[derive(Serialize)]
struct Written {
    file: String,
    events: u64,
    total_charge: String,
    bytes: u64,
}

impl GenerateArgs {
    fn parameters(&self) -> Parameters {
        Parameters {
            files: self.files,
            events: self.events,
            currency: self.currency,
            decimals: self.decimals,
            utc_offset: self.utc_offset.saturating_mul(60),
            first_sequence: self.first_sequence,
            seed: self.seed,
            taxes: !self.no_taxes,
            discounts: self.discounts,
            test: self.test,
            release: self.release,
            all_kinds: self.all_kinds,
            home_plmn: self.home_plmn.clone(),
            ..Parameters::new(self.sender, self.recipient, self.period)
        }
    }

    /// The places in the month of the files to make, from 0.
    fn places(&self) -> Result<Vec<u32>, CommandError> {
        for place in [self.wrong_total, self.only].into_iter().flatten() {
            if !(1..=self.files).contains(&place) {
                return Err(CommandError::Invalid(format!(
                    "there is no file {place}: the month has {}",
                    self.files
                )));
            }
        }
        Ok(match self.only {
            Some(place) => vec![place.saturating_sub(1)],
            None => (0..self.files).collect(),
        })
    }

    pub(super) fn run(self, session: &Session) -> Result<Exit, CommandError> {
        let generator = Generator::new(self.parameters())
            .map_err(|invalid| CommandError::Invalid(invalid.to_string()))?;
        let places = self.places()?;
        std::fs::create_dir_all(&self.out).map_err(|error| unwritable(&self.out, &error))?;
        let bar = output::progress(places.len() as u64, "writing");
        let mut written = Vec::new();
        for place in places {
            written.push(self.write(&generator, place)?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        session.output().print(&written, |written| {
            let rows = written.iter().map(|one| {
                let file = printable(&one.file);
                [
                    file,
                    output::number(one.events),
                    one.total_charge.clone(),
                    output::number(one.bytes),
                ]
            });
            output::table(["File", "Records", "Total charge", "Bytes"], &[1, 2, 3], rows)
        })?;
        Ok(Exit::Done)
    }

    fn existing(&self) -> Existing {
        match self.force {
            true => Existing::Replace,
            false => Existing::Keep,
        }
    }

    fn write(&self, generator: &Generator, place: u32) -> Result<Written, CommandError> {
        if self.nrtrde {
            return self.write_nrtrde(generator, place);
        }
        let path = self.out.join(generator.name(place).to_string());
        let variant = Variant {
            wrong_total: self.wrong_total == place.checked_add(1),
            rap_sequence: self.resent_for,
            ..Variant::default()
        };
        let mut made = None;
        let mut bytes = 0;
        let write = |file: &mut File| {
            let mut out = BufWriter::new(file);
            made = Some(generator.write(place, variant, &mut out)?);
            out.flush()?;
            bytes = out.get_ref().metadata()?.len();
            Ok(())
        };
        write_with(&path, self.existing(), Readers::Usual, write)
            .map_err(|error| unwritable(&path, &error))?;
        let made = made.ok_or_else(|| unwritable(&path, &std::io::Error::other("nothing was made")))?;
        Ok(Written {
            file: output::path_value(&path),
            events: made.batch.audit.events.unwrap_or(0),
            total_charge: money::unsigned(made.batch.audit.charge.unwrap_or(0).into(), self.decimals),
            bytes,
        })
    }

    fn write_nrtrde(&self, generator: &Generator, place: u32) -> Result<Written, CommandError> {
        let (name, octets) = generator.nrtrde(place);
        let path = self.out.join(Scheme::Nrtrde.name(&name));
        disk::write(&path, &octets, self.existing(), Readers::Usual)
            .map_err(|error| unwritable(&path, &error))?;
        let outcome =
            validate(octets.as_slice(), &Options::default()).map_err(|error| unwritable(&path, &error))?;
        Ok(Written {
            file: output::path_value(&path),
            events: outcome.events,
            total_charge: money::unsigned(0, self.decimals),
            bytes: octets.len() as u64,
        })
    }
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> CommandError {
    let reason = match error.kind() {
        std::io::ErrorKind::AlreadyExists => "the file exists already; --force writes over it".into(),
        _ => interclear_client::text::reason(error),
    };
    CommandError::File {
        path: path.into(),
        reason,
    }
}
