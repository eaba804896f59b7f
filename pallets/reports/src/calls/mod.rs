//! The rules behind the calls.

mod answer;
mod report;

use crate::{Config, Error, Pallet};
use alloc::vec::Vec;
use frame_support::ensure;
use interclear_ports::{Operators, UsageBook};
use interclear_primitives::{
    ids::OperatorId,
    report::{PairMonth, ReportSide, ReportedLine},
    service::{Service, ServiceSet},
};

/// The services of lines.
fn services_of(lines: &[ReportedLine]) -> ServiceSet {
    lines.iter().map(|line| line.service).collect()
}

impl<T: Config> Pallet<T> {
    /// On which side of a pair an operator reports.
    fn side_of(operator: OperatorId, pair: &PairMonth) -> Result<ReportSide, Error<T>> {
        let visited = T::Operators::owner_of(&pair.visited).ok_or(Error::UnknownVisitedNetwork)?;
        let home = T::Operators::owner_of(&pair.home).ok_or(Error::UnknownHomeNetwork)?;
        match operator {
            _ if operator == visited => Ok(ReportSide::Visited),
            _ if operator == home => Ok(ReportSide::Home),
            _ => Err(Error::NotAParty),
        }
    }

    /// None of the services has come in a TAP file: what may still be reported.
    fn ensure_not_by_tap(pair: &PairMonth, services: ServiceSet) -> Result<(), Error<T>> {
        ensure!(
            !T::Usage::services_by_file(pair).overlaps(services),
            Error::SettledByTap
        );
        Ok(())
    }

    /// The lines whose services have not come in a TAP file meanwhile, all that can still bill. Of a home network's report that
    /// keeps no file away; what came settles by it, and the rest must not wait for ever on its account.
    fn not_by_tap<L>(
        pair: &PairMonth,
        lines: impl IntoIterator<Item = L>,
        service: impl Fn(&L) -> Service,
    ) -> Vec<L> {
        let by_tap = T::Usage::services_by_file(pair);
        let lines = lines.into_iter();
        lines.filter(|line| !by_tap.contains(service(line))).collect()
    }
}
