//! Usage under an agreement: what was used of every line, by month and networks.

use crate::{
    agreement::Agreement,
    decimal::Decimal,
    fault::{Faults, Reason, MAX_FAULTS},
    usage::{Field, Label, Row, Usage},
};
use interclear_billing::rate::Totals;
use interclear_primitives::{
    agreement::Direction,
    money::Value,
    period::Period,
    rating::{Condition, Pricing},
    service::{Service, Unit},
    tadig::Tadig,
    usage::{UsageKey, UsageTotal},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was used of a line in a month by the subscribers of one network in another: what a usage file between the two
/// would be anchored with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    /// The line.
    pub key: UsageKey,
    /// The month.
    pub period: Period,
    /// Home network, which owes.
    pub home: Tadig,
    /// Visited network, which is owed.
    pub visited: Tadig,
    /// Rows that were added up.
    pub rows: u32,
    /// In 10^-6 of the unit.
    pub quantity: u128,
    /// TAP charge without tax, in 10^-6 of the currency.
    pub charge: u128,
    /// TAP tax, in 10^-6 of the currency.
    pub tax: u128,
}

/// Usage that has been put under an agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assigned {
    /// The agreement, with lines for excluded services that were used.
    pub agreement: Agreement,
    /// What was used, by line, month and networks.
    ///
    /// Sums are exact, and of each line the cells together are rounded once: a cell states what its line has come to up
    /// to it, rounded half to even, less what the line has come to before it.
    pub cells: Vec<Cell>,
    /// What the file calls the directions, by [`Direction::index`].
    pub labels: [Label; 2],
    /// Lines that were used, and of which no row states a charge.
    pub uncharged: BTreeSet<UsageKey>,
    /// What was taken and should be looked at, from the file and from putting it under the agreement.
    pub warnings: Faults,
}

impl Assigned {
    /// What the file calls a direction.
    pub fn label(&self, direction: Direction) -> Label {
        let [first, second] = self.labels;
        match direction {
            Direction::FirstHome => first,
            Direction::SecondHome => second,
        }
    }

    /// The running totals of every month that has any, as the chain keeps them.
    ///
    /// # Errors
    /// An amount does not fit.
    pub fn months(&self) -> Result<BTreeMap<Period, Totals>, Faults> {
        let too_large = || Faults::one("file", Reason::Other("an amount is too large".into()));
        let mut months: BTreeMap<Period, Totals> = BTreeMap::new();
        for cell in &self.cells {
            let total: &mut UsageTotal = months
                .entry(cell.period)
                .or_default()
                .entry(cell.key)
                .or_default();
            let add = |value: &Value, more: u128| {
                let more = Value::from_unsigned(more).map_err(|_| too_large())?;
                value.checked_add(&more).map_err(|_| too_large())
            };
            total.records = total.records.saturating_add(cell.rows.into());
            total.quantity = total.quantity.checked_add(cell.quantity).ok_or_else(too_large)?;
            total.charge = add(&total.charge, cell.charge)?;
            total.tax = add(&total.tax, cell.tax)?;
        }
        Ok(months)
    }
}

/// What a line has come to in a month between two networks.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sums {
    pub(crate) rows: u32,
    quantity: Decimal,
    charge: Decimal,
    tax: Decimal,
}

impl Sums {
    fn plus(self, other: &Self) -> Option<Self> {
        Some(Self {
            rows: self.rows.checked_add(other.rows)?,
            quantity: self.quantity.checked_add(other.quantity)?,
            charge: self.charge.checked_add(other.charge)?,
            tax: self.tax.checked_add(other.tax)?,
        })
    }

    /// Quantity, charge and tax in millionths.
    pub(crate) fn rounded(&self) -> Option<[u128; 3]> {
        Some([
            self.quantity.rounded()?,
            self.charge.rounded()?,
            self.tax.rounded()?,
        ])
    }
}

/// Line, month, home and visited network.
pub(crate) type CellKey = (UsageKey, Period, Tadig, Tadig);

/// Rows that were added up under an agreement, before anything is rounded.
pub(crate) struct Summed {
    pub(crate) sums: BTreeMap<CellKey, Sums>,
    /// What the file calls the directions, as far as it has them.
    labels: [Option<Label>; 2],
    /// Excluded services that were used.
    excluded: BTreeSet<UsageKey>,
    /// Lines of which a row states a charge.
    stated: BTreeSet<UsageKey>,
    pub(crate) faults: Faults,
    warnings: Faults,
}

impl Agreement {
    /// Puts usage under the agreement: finds the line of every row and adds up.
    ///
    /// # Errors
    /// All [`Faults`] with their places: every row finds exactly one line, or the whole is refused.
    pub fn assign(self, usage: &Usage) -> Result<Assigned, Faults> {
        self.assign_as(usage, None)
    }

    /// As [`Agreement::assign`], of a file that the operator of a network has made: subscribers of its own networks are outbound,
    /// and those of others inbound. `None` where it is not known who has made it: then the directions are two, and each is called
    /// one thing only.
    ///
    /// # Errors
    /// As [`Agreement::assign`]; rows whose direction is how the other party sees it, and a network that is no party's.
    pub fn assign_as(self, usage: &Usage, maker: Option<Tadig>) -> Result<Assigned, Faults> {
        let Summed {
            sums,
            labels,
            excluded,
            stated,
            mut faults,
            mut warnings,
        } = self.sum_as(usage, maker);
        warnings.extend(&usage.warnings);
        // A file that states no charges at all has none to miss.
        let charges = usage.rows.iter().any(|row| row.charge.is_some());
        if charges {
            let uncharged = usage.uncharged();
            if let Some((place, _)) = uncharged.first() {
                warnings.add(place.as_str(), Reason::Uncharged(uncharged.len()));
            }
        }
        let used: BTreeSet<UsageKey> = sums.keys().map(|(key, ..)| *key).collect();
        let cells = match cells(&sums) {
            Some(cells) => cells,
            None => {
                faults.add("file", Reason::Other("an amount is too large".into()));
                Vec::new()
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Assigned {
            agreement: self.with_excluded(&excluded)?,
            cells,
            labels: directions(labels),
            uncharged: used.difference(&stated).copied().collect(),
            warnings,
        })
    }

    /// Finds the line of every row and adds up; what is wrong is noted.
    pub(crate) fn sum(&self, usage: &Usage) -> Summed {
        self.sum_as(usage, None)
    }

    fn sum_as(&self, usage: &Usage, maker: Option<Tadig>) -> Summed {
        let mut faults = Faults::default();
        let view = maker.and_then(|network| {
            let view = self.view_of(network);
            if view.is_none() {
                faults.add("the file's maker", Reason::UnknownTadig(network));
            }
            view
        });
        let lines = Lines {
            view,
            ..Lines::of(self)
        };
        let mut labels: [Option<Label>; 2] = [None; 2];
        let mut sums: HashMap<CellKey, Sums> = HashMap::with_capacity(usage.rows.len());
        let mut excluded = BTreeSet::new();
        let mut charged = [false; 2];
        // Rows without a charge that count towards a commitment, and lines of which some rows have one.
        let mut blank: [Vec<String>; 2] = Default::default();
        let mut stated = BTreeSet::new();
        let mut nothing: BTreeMap<UsageKey, String> = BTreeMap::new();
        for row in &usage.rows {
            let Some(key) = lines.find(self, row, &mut labels, &mut excluded, &mut faults) else {
                continue;
            };
            charged[key.direction.index()] |= row.charge.is_some();
            match row.charge {
                Some(_) => {
                    stated.insert(key);
                }
                None if lines.is_committed(&key) => {
                    let blank = &mut blank[key.direction.index()];
                    if blank.len() <= MAX_FAULTS {
                        blank.push(row.place(Field::Charge));
                    }
                }
                None => {}
            }
            if row.charge.is_none() && lines.settles_at_tap(&key) {
                nothing.entry(key).or_insert_with(|| row.place(Field::Charge));
            }
            let cell = sums.entry((key, row.period, row.home, row.visited)).or_default();
            let more = Sums {
                rows: 1,
                quantity: row.quantity,
                charge: row.charge.unwrap_or_default(),
                tax: row.tax.unwrap_or_default(),
            };
            match cell.plus(&more) {
                Some(sum) => *cell = sum,
                None => faults.add(
                    row.place(Field::Quantity),
                    Reason::Other("the sum is too large".into()),
                ),
            }
        }
        for direction in Direction::BOTH {
            let used = sums.keys().any(|(key, ..)| key.direction == direction);
            let measured = matches!(
                self.terms.direction(direction).condition,
                Condition::ContractRevenue { .. }
            );
            if used && measured && !charged[direction.index()] {
                let reason =
                    "the commitment is measured by TAP charges, and no row of this direction states any";
                faults.add(crate::agreement::side(direction), Reason::Other(reason.into()));
            } else if measured {
                // Missing is missing, and not 0.
                for place in &blank[direction.index()] {
                    let reason = "is missing: the commitment is measured by TAP charges";
                    faults.add(place.as_str(), Reason::Other(reason.into()));
                }
            }
        }
        let mut warnings = Faults::default();
        for (key, place) in nothing {
            if stated.contains(&key) {
                faults.add(place, Reason::NoCharge(key.service));
                continue;
            }
            warnings.add(place, Reason::NeitherRateNorCharge(key.service));
        }
        Summed {
            sums: sums.into_iter().collect(),
            labels,
            excluded,
            stated,
            faults,
            warnings,
        }
    }
}

impl Agreement {
    /// Whether a party has a network.
    pub fn has_network(&self, network: Tadig) -> bool {
        self.view_of(network).is_some()
    }

    /// What the party that has a network calls the direction in which its own subscribers roam; `None` if no party has it.
    fn view_of(&self, network: Tadig) -> Option<View> {
        let has = |direction: Direction| {
            let terms = self.terms.direction(direction);
            let home = terms.pairs().any(|(_, _, home)| home == network);
            let back = self.terms.direction(direction.reverse());
            home || back.pairs().any(|(_, visited, _)| visited == network)
        };
        let outbound = Direction::BOTH.into_iter().find(|direction| has(*direction))?;
        Some(View { network, outbound })
    }
}

/// Who has made a file, and in which direction its own subscribers roam.
#[derive(Clone, Copy)]
struct View {
    network: Tadig,
    outbound: Direction,
}

/// What the file calls the directions. One that it does not have is called the other way; in a file without rows the
/// first party's subscribers are the outbound ones.
fn directions(labels: [Option<Label>; 2]) -> [Label; 2] {
    match labels {
        [Some(first), Some(second)] => [first, second],
        [Some(first), None] => [first, first.reverse()],
        [None, Some(second)] => [second.reverse(), second],
        [None, None] => [Label::Outbound, Label::Inbound],
    }
}

/// Rounds the cells so that of each line they add up to what it has come to, rounded once.
fn cells(sums: &BTreeMap<CellKey, Sums>) -> Option<Vec<Cell>> {
    let mut cells = Vec::with_capacity(sums.len());
    let mut line: Option<(UsageKey, Sums, [u128; 3])> = None;
    for ((key, period, home, visited), sum) in sums {
        let (before, stated) = match line {
            Some((current, before, stated)) if current == *key => (before, stated),
            _ => (Sums::default(), [0; 3]),
        };
        let to_date = before.plus(sum)?;
        let rounded = to_date.rounded()?;
        let [quantity, charge, tax] = [0, 1, 2].map(|item: usize| {
            // What has been added is not negative, and rounding keeps the order.
            rounded[item].saturating_sub(stated[item])
        });
        cells.push(Cell {
            key: *key,
            period: *period,
            home: *home,
            visited: *visited,
            rows: sum.rows,
            quantity,
            charge,
            tax,
        });
        line = Some((*key, to_date, rounded));
    }
    Some(cells)
}

/// Finds lines fast.
struct Lines {
    routes: HashMap<(Tadig, Tadig), (Direction, u8)>,
    lines: HashMap<UsageKey, Line>,
    view: Option<View>,
}

struct Line {
    unit: Unit,
    at_tap: bool,
    /// Whether it counts towards the direction's commitment.
    committed: bool,
    /// Whether IMSI-months of the service are priced.
    access: bool,
}

impl Lines {
    fn of(agreement: &Agreement) -> Self {
        let mut routes = HashMap::new();
        let mut lines = HashMap::new();
        for direction in Direction::BOTH {
            let terms = agreement.terms.direction(direction);
            routes.extend(
                terms
                    .pairs()
                    .map(|(group, visited, home)| ((home, visited), (direction, group))),
            );
            for (group, line) in terms.lines() {
                let key = UsageKey {
                    direction,
                    group,
                    service: line.service,
                };
                let pricing = &line.terms.pricing;
                let known = Line {
                    unit: agreement.unit(&key),
                    at_tap: matches!(pricing, Pricing::TapCharge),
                    committed: line.terms.in_commitment,
                    access: matches!(pricing, Pricing::Access { .. } | Pricing::UsageAndAccess { .. }),
                };
                lines.insert(key, known);
            }
        }
        Self {
            routes,
            lines,
            view: None,
        }
    }

    /// Whether a line counts towards its direction's commitment.
    fn is_committed(&self, key: &UsageKey) -> bool {
        self.lines.get(key).is_some_and(|line| line.committed)
    }

    /// Whether a line is listed, and settles at the TAP charge.
    fn settles_at_tap(&self, key: &UsageKey) -> bool {
        self.lines.get(key).is_some_and(|line| line.at_tap)
    }

    /// The line of a row; `None` after a fault.
    fn find(
        &self,
        agreement: &Agreement,
        row: &Row,
        labels: &mut [Option<Label>; 2],
        excluded: &mut BTreeSet<UsageKey>,
        faults: &mut Faults,
    ) -> Option<UsageKey> {
        let Some((direction, group)) = self.routes.get(&(row.home, row.visited)).copied() else {
            self.explain_networks(row, faults);
            return None;
        };
        let mut sound = true;
        let mut wrong = |field: Field, reason: Reason| {
            faults.add(row.place(field), reason);
            sound = false;
        };
        let label = *labels[direction.index()].get_or_insert(row.label);
        let (home, visited, other) = (row.home, row.visited, row.label.reverse().name());
        match self.view {
            Some(View { network, outbound }) if (direction == outbound) != (row.label == Label::Outbound) => {
                wrong(
                    Field::Direction,
                    Reason::DirectionOfOther {
                        home,
                        visited,
                        other,
                        network,
                    },
                );
            }
            None if label != row.label || labels[direction.reverse().index()] == Some(row.label) => {
                wrong(
                    Field::Direction,
                    Reason::DirectionChanges { home, visited, other },
                );
            }
            _ => {}
        }
        let months = agreement.months();
        if !months.includes(row.period) {
            let reason = Reason::OutsideTerm {
                period: row.period,
                first: months.first,
                last: months.last,
            };
            wrong(Field::Period, reason);
        }
        if let Some(found) = row.currency {
            let expected = agreement.terms.usage.currency;
            if found != expected {
                wrong(Field::Currency, Reason::OtherCurrency { expected, found });
            }
        }
        let key = |service| UsageKey {
            direction,
            group,
            service,
        };
        let mut found = key(row.service);
        match self.lines.get(&found) {
            Some(line)
                if line.access && row.unit == Some(Unit::ImsiMonth) && line.unit != Unit::ImsiMonth =>
            {
                found = key(Service::NetworkAccess);
                let counted = |other: &UsageKey, line: &Line| {
                    line.access && (other.direction, other.group) == (direction, group)
                };
                if self
                    .lines
                    .iter()
                    .filter(|(other, line)| counted(other, line))
                    .count()
                    > 1
                {
                    wrong(Field::Unit, Reason::AccessOfSeveral);
                } else if !self.lines.contains_key(&found) {
                    wrong(Field::Service, Reason::NoLine(Service::NetworkAccess));
                }
            }
            Some(line) => {
                if let Some(unit) = row.unit.filter(|unit| *unit != line.unit) {
                    let reason = Reason::UnitOfService {
                        service: row.service,
                        expected: line.unit,
                        found: unit,
                    };
                    wrong(Field::Unit, reason);
                }
                // A contract may list a service and state no rate for it; terms of ours say what they mean.
                if line.at_tap && row.charge.is_none() && !agreement.excluded_at_tap {
                    wrong(Field::Charge, Reason::NoCharge(row.service));
                }
            }
            None if agreement.excluded_at_tap => {
                if let Some(unit) = row.unit.filter(|unit| *unit != row.service.unit()) {
                    let reason = Reason::UnitOfService {
                        service: row.service,
                        expected: row.service.unit(),
                        found: unit,
                    };
                    wrong(Field::Unit, reason);
                }
                if row.charge.is_none() {
                    wrong(Field::Charge, Reason::NoCharge(row.service));
                }
                excluded.insert(found);
            }
            None => wrong(Field::Service, Reason::NoLine(row.service)),
        }
        sound.then_some(found)
    }

    /// Tells which of the networks of a row the agreement does not know.
    fn explain_networks(&self, row: &Row, faults: &mut Faults) {
        let mut known = true;
        if !self.routes.keys().any(|(home, _)| *home == row.home) {
            known = false;
            faults.add(row.place(Field::Home), Reason::UnknownTadig(row.home));
        }
        if !self.routes.keys().any(|(_, visited)| *visited == row.visited) {
            known = false;
            faults.add(row.place(Field::Visited), Reason::UnknownTadig(row.visited));
        }
        if known {
            let reason = Reason::UnknownPair {
                home: row.home,
                visited: row.visited,
            };
            faults.add(row.place(Field::Home), reason);
        }
    }
}
