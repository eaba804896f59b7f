//! Usage as it is reported (BCE): totals of a month for a pair of networks, by service.

use crate::{
    agreement::Agreement,
    cells::Sums,
    fault::{Faults, Reason},
    usage::Usage,
};
use interclear_primitives::{
    agreement::{Direction, Tolerance},
    money::Value,
    report::{PairMonth, ReportLines, ReportedLine},
    service::{Service, Unit},
    usage::UsageKey,
};
use std::collections::BTreeMap;

/// What a side reports of a pair of networks and a month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PairUsage {
    /// Whose subscribers roam.
    pub direction: Direction,
    /// The service group of the pair within the direction.
    pub group: u8,
    /// Rows that were added up.
    pub rows: u32,
    /// The totals, by ascending service. Each was rounded once, half to even, to millionths; one that comes to nothing is left
    /// out.
    pub lines: ReportLines,
}

impl Agreement {
    /// Adds usage up per pair of networks, month and service. Two sides that count alike report alike: unlike the cells of
    /// [`crate::Assigned`], every total is rounded for itself.
    ///
    /// # Errors
    /// All [`Faults`] with their places, as [`Agreement::assign`] has them.
    pub fn reports(&self, usage: &Usage) -> Result<BTreeMap<PairMonth, PairUsage>, Faults> {
        let summed = self.sum(usage);
        let mut faults = summed.faults;
        let mut pairs: BTreeMap<PairMonth, PairUsage> = BTreeMap::new();
        // By ascending line, so that the services of a pair come in order.
        for ((key, period, home, visited), sums) in &summed.sums {
            let pair = PairMonth {
                visited: *visited,
                home: *home,
                period: *period,
            };
            let known = pairs.entry(pair).or_insert_with(|| PairUsage {
                direction: key.direction,
                group: key.group,
                rows: 0,
                lines: ReportLines::default(),
            });
            known.rows = known.rows.saturating_add(sums.rows);
            let fits = match line(key.service, sums) {
                Some(Some(line)) => known.lines.try_push(line).is_ok(),
                Some(None) => true,
                None => false,
            };
            if !fits {
                let place = format!("{home} in {visited}, {period}");
                faults.add(place, Reason::Other("an amount is too large".into()));
            }
        }
        faults.unless(pairs)
    }

    /// The accepted difference of every service of a pair's group.
    pub fn tolerances(&self, pair: &PairUsage) -> Vec<(Service, Tolerance)> {
        self.terms.direction(pair.direction).tolerances(pair.group)
    }

    /// The unit in which a service of a pair is counted.
    pub fn unit_in(&self, pair: &PairUsage, service: Service) -> Unit {
        self.unit(&UsageKey {
            direction: pair.direction,
            group: pair.group,
            service,
        })
    }
}

/// A total as it is reported, `Some(None)` if it comes to nothing; `None` when it does not fit.
fn line(service: Service, sums: &Sums) -> Option<Option<ReportedLine>> {
    let [quantity, charge, tax] = sums.rounded()?;
    let line = ReportedLine {
        service,
        quantity,
        charge: Value::from_unsigned(charge).ok()?,
        tax: Value::from_unsigned(tax).ok()?,
    };
    Some(([quantity, charge, tax] != [0; 3]).then_some(line))
}
