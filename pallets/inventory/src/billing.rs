//! A month's bill, a bounded number of records at a time.
//!
//! First what both sides agree on is brought up to date, record by record of the buyer. A service that has lost both its ids since the
//! last bill looks like a new one then, and what was billed of it like another one's: so services that bill for earlier months for the
//! first time are held against those that do not match any more, by what tells them besides their ids. Then what all agreed services
//! come to is summed up, in the month and in the earlier ones that can still be corrected. Meanwhile nobody reports, so that every service is billed
//! by the same state, wherever the work has come to.

use crate::{
    store::Kept, AgreedServices, BillingOf, Bills, Bought, Config, Error, Event, LastBilled, Newcomers,
    Pallet, Records, Relation, RunCursor, Runs, StatedMonths, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
    ensure,
    traits::{ConstU32, Get},
    weights::WeightMeter,
    Blake2_128, BoundedVec, StorageHasher,
};
use interclear_billing::inventory::{charges, lines, undisputed, Agreed, MonthBilled, MonthSum, Stated};
use interclear_matching::{class_of, Class, Day, Record, RecordId, Side, Store};
use interclear_ports::{unexpected, Clock, Obligations};
use interclear_primitives::{
    inventory::{InventoryBill, InventoryTerms, CORRECTED_MONTHS, MAX_BILL_CURRENCIES, MAX_HELD_MONTHS},
    money::{Currency, Value},
    period::Period,
    Moment, DAY,
};
use interclear_record::record;

/// Months of a bill: its own, and those that can still be corrected.
const MONTHS: usize = CORRECTED_MONTHS as usize + 1;

/// Steps of a bill, or records that are matched anew, before it is the turn of another relation.
pub(crate) const STEPS_IN_TURN: u32 = 250;

/// What stands for order, ends and product of a service in the words of the buyer, who would pay twice for one that is taken for two.
pub type Likeness = [u8; 16];

/// A service that bills for months before that of the bill for the first time: its likeness, its first day (the greater octet first, so
/// that days ascend), and the seller's id.
pub type Newcomer = (Likeness, [u8; 2], RecordId);

/// A service on which both sides agree or have agreed, kept by the seller's id.
#[record(no_serde)]
pub struct AgreedService {
    /// The buyer's record.
    pub buyer: RecordId,
    /// By what the buyer tells it besides its ids.
    pub likeness: Likeness,
    /// What is agreed of it.
    pub agreed: Agreed,
    /// Months that it does not bill, as long as it may be another one of which the seller still has the record: for these months both
    /// sides have agreed on that one.
    pub held: Option<Held>,
    /// Whether months of another one are held, since that may be this one.
    pub holds: bool,
}

/// Months of a service that are held: no more than a bill corrects. They do not grow old, so that nobody gains by waiting.
#[record(Copy, no_serde)]
pub struct Held {
    /// The first one.
    pub from: Period,
    /// The one after the last.
    pub until: Period,
}

/// What the services of a currency come to in each of the months, the oldest first.
#[record(no_serde)]
pub struct CurrencySums {
    /// The currency of the charges.
    pub currency: Currency,
    /// A sum for each month.
    pub months: [MonthSum; MONTHS],
    /// What comes of months before these that were held until now.
    pub earlier: BoundedVec<(Period, MonthSum), ConstU32<MAX_HELD_MONTHS>>,
    /// How many services charge something in the bill's own month.
    pub services: u32,
}

/// How far a bill has come.
#[record(Copy, no_serde)]
pub enum Phase {
    /// What both sides agree on is brought up to date, behind this record of the buyer.
    Agreeing(Option<RecordId>),
    /// Services that do not match any more, behind this record of the seller, are gone on with by those that match for the first time.
    Following(Option<RecordId>),
    /// What is agreed is summed up, behind this record of the seller.
    Summing(Option<RecordId>),
}

/// A bill that is being made.
#[record(no_serde)]
pub struct Run {
    /// The month.
    pub period: Period,
    /// How far it has come.
    pub phase: Phase,
    /// What has been summed up.
    pub sums: BoundedVec<CurrencySums, ConstU32<MAX_BILL_CURRENCIES>>,
}

impl Run {
    /// A bill at its beginning, with room for the currencies in which something was stated.
    pub(crate) fn new(period: Period, stated: impl Iterator<Item = Currency>) -> Self {
        let mut run = Self {
            period,
            phase: Phase::Agreeing(None),
            sums: BoundedVec::new(),
        };
        for currency in stated {
            let _room = run.of(currency);
        }
        run
    }

    /// The sums of a currency; `None` where there are as many currencies as a bill can have.
    fn of(&mut self, currency: Currency) -> Option<&mut CurrencySums> {
        let place = match self.sums.iter().position(|of| of.currency == currency) {
            Some(place) => place,
            None => {
                let empty = CurrencySums {
                    currency,
                    months: [MonthSum::default(); MONTHS],
                    earlier: BoundedVec::new(),
                    services: 0,
                };
                self.sums.try_push(empty).ok()?;
                self.sums.len().checked_sub(1)?
            }
        };
        self.sums.get_mut(place)
    }
}

impl CurrencySums {
    /// Adds what a service comes to in a month before those that the bill corrects; `None` where there is no room for the month.
    fn add_earlier(&mut self, month: Period, more: MonthSum) -> Option<()> {
        match self.earlier.iter_mut().find(|(of, _)| *of == month) {
            Some((_, sum)) => *sum = sum.plus(more).ok()?,
            None => self.earlier.try_push((month, more)).ok()?,
        }
        Some(())
    }
}

/// The months of a bill, the oldest first.
pub(crate) fn months(of: Period) -> [Period; MONTHS] {
    let mut months = [of; MONTHS];
    let mut month = of;
    for place in months.iter_mut().rev() {
        *place = month;
        month = month.previous();
    }
    months
}

/// The first day of a month.
fn first_day(month: Period) -> Day {
    Day(u16::try_from(month.start() / DAY).unwrap_or(u16::MAX))
}

/// The month of a day.
fn month_of(day: Day) -> Period {
    Period::containing(Moment::from(day.0).saturating_mul(DAY))
}

/// By what the buyer tells a service besides its ids.
fn likeness(bought: &Record) -> Likeness {
    Blake2_128::hash(&(bought.order, bought.a_end, bought.z_end, bought.product).encode())
}

/// What a service comes to in a currency, in each of the months from the first one on for which it bills.
fn sums(
    service: &Agreed,
    first: Period,
    currency: Currency,
    months: &[Period; MONTHS],
    terms: &InventoryTerms,
) -> Option<[MonthSum; MONTHS]> {
    let mut sums = [MonthSum::default(); MONTHS];
    for (sum, month) in sums.iter_mut().zip(months) {
        if *month >= first {
            *sum = charges(service, currency, *month, terms.convention).ok()?;
        }
    }
    Some(sums)
}

/// What became of a step.
enum Step {
    /// There is more to do.
    More,
    /// The bill is made.
    Done,
}

impl<T: Config> Pallet<T> {
    /// Goes on with all bills in turn, some steps of each, as far as the meter allows: no large relation has others wait for its end.
    pub(crate) fn go_on_billing(meter: &mut WeightMeter) {
        let idle = T::WeightInfo::go_on_billing(0);
        let each = T::WeightInfo::go_on_billing(1).saturating_sub(idle);
        while meter.try_consume(idle).is_ok() {
            let Some(relation) = Self::next_run() else { return };
            let (Some(mut run), Some(terms)) = (Runs::<T>::get(relation), BillingOf::<T>::get(relation))
            else {
                unexpected!(LOG_TARGET, "{relation:?} is billed without terms");
                Runs::<T>::remove(relation);
                continue;
            };
            RunCursor::<T>::put(relation);
            let kept = Kept::<T>::of(relation);
            let mut left = STEPS_IN_TURN;
            let done = loop {
                if left == 0 || meter.try_consume(each).is_err() {
                    break false;
                }
                left = left.saturating_sub(1);
                if let Step::Done = Self::step(&kept, relation, &mut run, &terms) {
                    break true;
                }
            };
            if !done {
                Runs::<T>::insert(relation, run);
                if left > 0 {
                    return;
                }
                continue;
            }
            if meter.try_consume(T::WeightInfo::finish_bill()).is_err() {
                Runs::<T>::insert(relation, run);
                return;
            }
            Runs::<T>::remove(relation);
            Self::finish(relation, &run, &terms);
        }
    }

    /// The bill whose turn it is: the one behind that of the last turn, or the first.
    fn next_run() -> Option<Relation> {
        let after = RunCursor::<T>::get()
            .and_then(|last| Runs::<T>::iter_keys_from(Runs::<T>::hashed_key_for(last)).next());
        after.or_else(|| Runs::<T>::iter_keys().next())
    }

    /// Looks at one more record.
    fn step(kept: &Kept<T>, relation: Relation, run: &mut Run, terms: &InventoryTerms) -> Step {
        match run.phase {
            Phase::Agreeing(after) => {
                let from = after.map(|id| (Side::Buyer, id));
                match kept.next_record(from) {
                    Some((Side::Buyer, id, bought)) => {
                        Self::agree(kept, relation, (id, &bought), run.period, terms);
                        run.phase = Phase::Agreeing(Some(id));
                    }
                    // Records of the seller come behind all of the buyer's.
                    _ => {
                        run.phase = match Newcomers::<T>::iter_key_prefix(relation).next() {
                            None => Phase::Summing(None),
                            Some(_) => Phase::Following(None),
                        }
                    }
                }
                Step::More
            }
            Phase::Following(after) => {
                let newcomer = Newcomers::<T>::iter_key_prefix(relation).next();
                match (newcomer, Self::next_service(relation, after)) {
                    (None, _) => run.phase = Phase::Summing(None),
                    (_, Some((id, service))) => {
                        Self::follow(relation, id, &service, run.period);
                        run.phase = Phase::Following(Some(id));
                    }
                    // What goes on with nothing is new.
                    (Some(newcomer), None) => Self::release(relation, newcomer, run, terms),
                }
                Step::More
            }
            Phase::Summing(after) => match Self::next_service(relation, after) {
                None => Step::Done,
                Some((id, service)) => {
                    Self::sum_up(relation, id, &service, run, terms);
                    run.phase = Phase::Summing(Some(id));
                    Step::More
                }
            },
        }
    }

    /// The first agreed service behind a record of the seller.
    fn next_service(relation: Relation, after: Option<RecordId>) -> Option<(RecordId, AgreedService)> {
        let mut services = match after {
            None => AgreedServices::<T>::iter_prefix(relation),
            Some(id) => {
                let from = AgreedServices::<T>::hashed_key_for(relation, id);
                AgreedServices::<T>::iter_prefix_from(relation, from)
            }
        };
        services.next()
    }

    /// Notes what both sides agree on of a record of the buyer, if it matches.
    fn agree(
        kept: &Kept<T>,
        relation: Relation,
        (buyer, bought): (RecordId, &Record),
        month: Period,
        terms: &InventoryTerms,
    ) {
        let Class::Matched { with: seller } = class_of(kept, (Side::Buyer, buyer), bought) else {
            return;
        };
        let Some(sold) = kept.record(Side::Seller, seller) else {
            unexpected!(LOG_TARGET, "a match of {relation:?} has no record");
            return;
        };
        let said = undisputed(bought, &sold);
        let [oldest, ..] = months(month);
        let known = Self::known(kept, relation, buyer, seller);
        let held = known.as_ref().and_then(|service| service.held);
        // What was billed of it stays: what it bills for the first time ends where it has started until now.
        let (is_new, until) = match known.as_ref().map(|service| &service.agreed) {
            Some(agreed) if !agreed.versions.is_empty() => {
                (said.start < agreed.start, month_of(agreed.start).min(month))
            }
            _ => (true, month),
        };
        let agreed = match known {
            None => Agreed::new(&said, month),
            Some(AgreedService { mut agreed, .. }) => {
                if !agreed.agree(&said, month) {
                    // Prices that no bill can correct any more make room for the new one. Where they do not, there were more
                    // changes in a few months than can be told apart, and the last ones bill as before.
                    agreed.forget(first_day(oldest));
                    let _room = agreed.agree(&said, month);
                }
                agreed
            }
        };
        let likeness = likeness(bought);
        let reaches_back = is_new || held.is_some();
        let is_newcomer = reaches_back && said.bills && month > terms.first && said.start < first_day(month);
        if is_newcomer {
            let newcomer: Newcomer = (likeness, said.start.0.to_be_bytes(), seller);
            Newcomers::<T>::insert(relation, newcomer, ());
        }
        // Of a newcomer they are held until it is known what it goes on with.
        let from = oldest;
        let held = held.or(is_newcomer.then_some(Held { from, until }));
        let service = AgreedService {
            buyer,
            likeness,
            agreed,
            held,
            holds: false,
        };
        Bought::<T>::insert(relation, buyer, seller);
        AgreedServices::<T>::insert(relation, seller, service);
    }

    /// What was billed of a match before: under the seller's id, or else under that with which the buyer's record has matched last. What
    /// goes on under an id goes on with what was billed under it, so that it is not billed twice.
    ///
    /// Under the buyer's id it does so once the seller has it no more under the old one. Else a buyer would have back what was billed, by
    /// giving the id of one service to another one.
    fn known(kept: &Kept<T>, relation: Relation, buyer: RecordId, seller: RecordId) -> Option<AgreedService> {
        let elsewhere = Bought::<T>::get(relation, buyer).filter(|before| *before != seller);
        let Some(service) = AgreedServices::<T>::get(relation, seller) else {
            let before = elsewhere?;
            if Self::is_left(kept, before) {
                Self::part(relation, before);
                return None;
            }
            return AgreedServices::<T>::take(relation, before);
        };
        if service.buyer != buyer {
            // The two records of the buyer exchange what was billed of them: whatever the other one matches next goes on with it, and
            // nothing is left over that is billed beside it.
            match elsewhere {
                None => Bought::<T>::remove(relation, service.buyer),
                Some(before) => {
                    let nobody = Self::nobody(seller);
                    let other = if service.buyer == nobody {
                        // It stands at this service alone, which may be parted once more.
                        Bought::<T>::remove(relation, nobody);
                        Self::nobody(before)
                    } else {
                        service.buyer
                    };
                    Bought::<T>::insert(relation, other, before);
                    AgreedServices::<T>::mutate(relation, before, |left| {
                        if let Some(left) = left {
                            left.buyer = other;
                            left.likeness = service.likeness;
                        }
                    });
                }
            }
        }
        Some(service)
    }

    /// Whether the seller still has a record, which matches nothing: it has not said that the service is another one now.
    fn is_left(kept: &Kept<T>, seller: RecordId) -> bool {
        let place = (Side::Seller, seller);
        kept.record(Side::Seller, seller)
            .is_some_and(|left| !matches!(class_of(kept, place, &left), Class::Matched { .. }))
    }

    /// What stands in the place of a record of the buyer at a service that no record of the buyer has.
    pub(crate) fn nobody(seller: RecordId) -> RecordId {
        RecordId::of(&seller.0)
    }

    /// Parts a service from a record of the buyer, which that has given to another one: what was billed stays, as if the buyer had withdrawn
    /// the record and reported one under a new id.
    fn part(relation: Relation, seller: RecordId) {
        let nobody = Self::nobody(seller);
        AgreedServices::<T>::mutate(relation, seller, |service| {
            if let Some(service) = service {
                service.buyer = nobody;
                Bought::<T>::insert(relation, nobody, seller);
            }
        });
    }

    /// Takes a service from those that bill for earlier months for the first time, once it is known how it does.
    fn admit(relation: Relation, newcomer: Newcomer, how: impl FnOnce(&mut AgreedService)) {
        let (_, _, new) = newcomer;
        AgreedServices::<T>::mutate(relation, new, |service| {
            if let Some(service) = service {
                how(service);
            }
        });
        Newcomers::<T>::remove(relation, newcomer);
    }

    /// Lets a service that matches for the first time go on with one that does not match any more, if that is the same but for its ids:
    /// the seller has withdrawn its record, the buyer tells both by the same words, and both would bill for the same days. As long as the
    /// seller has not, nobody knows whether it is the same: the months that were billed of the other one are held, however long that takes.
    /// One that never came into use bills for none, and would only stand in the way of one behind it that was billed.
    fn follow(relation: Relation, id: RecordId, service: &AgreedService, month: Period) {
        let agreed = &service.agreed;
        let bills_before = agreed.through < month && !agreed.versions.is_empty();
        if !bills_before {
            return;
        }
        let billed_until = agreed
            .end
            .unwrap_or(Day(u16::MAX))
            .min(first_day(agreed.through.next()));
        // One that starts on the same day, or else the one behind it, or the first of all.
        let found = [agreed.start, Day(0)].into_iter().find_map(|start| {
            let from: Newcomer = (service.likeness, start.0.to_be_bytes(), RecordId::default());
            let from = Newcomers::<T>::hashed_key_for(relation, from);
            let (likeness, start, new) = Newcomers::<T>::iter_key_prefix_from(relation, from).next()?;
            let is_same = likeness == service.likeness && Day(u16::from_be_bytes(start)) < billed_until;
            is_same.then_some((likeness, start, new))
        });
        let Some(newcomer) = found else { return };
        if Records::<T>::contains_key(relation, (Side::Seller, id)) {
            Self::hold(relation, id, agreed.through, newcomer, month);
            return;
        }
        Self::admit(relation, newcomer, |new| {
            new.agreed.follow(agreed);
            new.held = None;
        });
        Self::forget(relation, id, service.buyer);
    }

    /// Holds the months of a newcomer that were billed of a service that may be the same. Of one that was not billed for so long that no
    /// bill corrects it any more, nothing would be billed twice, unless the months are held since then.
    fn hold(relation: Relation, id: RecordId, through: Period, newcomer: Newcomer, month: Period) {
        let (_, _, new) = newcomer;
        let [oldest, ..] = months(month);
        let held = AgreedServices::<T>::get(relation, new).and_then(|new| new.held);
        let Some(held) = held else { return };
        let held = match held.from < oldest {
            true => held,
            false => Held {
                until: held.until.min(through.next()),
                ..held
            },
        };
        if held.until <= held.from {
            return;
        }
        Self::admit(relation, newcomer, |new| new.held = Some(held));
        AgreedServices::<T>::mutate(relation, id, |service| {
            if let Some(service) = service {
                service.holds = true;
            }
        });
    }

    /// Has a service that goes on with nothing bill for all its months. Those that were held until now and that no bill corrects any
    /// more come once, with this one. Where it cannot take them, they are held until the next one.
    fn release(relation: Relation, newcomer: Newcomer, run: &mut Run, terms: &InventoryTerms) {
        let (_, _, new) = newcomer;
        let service = AgreedServices::<T>::get(relation, new);
        let Some(with) = service.and_then(|service| Self::with_held(&service, run, terms)) else {
            Self::admit(relation, newcomer, |_| {});
            return;
        };
        *run = with;
        Self::admit(relation, newcomer, |new| new.held = None);
    }

    /// A bill that takes in the held months of a service that it does not correct; `None` where it has no room for them, or a currency
    /// no token.
    fn with_held(service: &AgreedService, run: &Run, terms: &InventoryTerms) -> Option<Run> {
        let mut with = run.clone();
        let Some(held) = service.held else {
            return Some(with);
        };
        let [oldest, ..] = months(run.period);
        let mut month = held.from.max(terms.first);
        while month < held.until.min(oldest) {
            for currency in service.agreed.currencies() {
                let sum = charges(&service.agreed, currency, month, terms.convention).ok()?;
                if sum != MonthSum::default() {
                    T::Obligations::decimals(currency)?;
                    with.of(currency)?.add_earlier(month, sum)?;
                }
            }
            month = month.next();
        }
        Some(with)
    }

    /// Forgets a service.
    fn forget(relation: Relation, id: RecordId, buyer: RecordId) {
        AgreedServices::<T>::remove(relation, id);
        Bought::<T>::remove(relation, buyer);
    }

    /// Adds what a service comes to, and forgets one that no bill charges or corrects any more.
    fn sum_up(
        relation: Relation,
        id: RecordId,
        service: &AgreedService,
        run: &mut Run,
        terms: &InventoryTerms,
    ) {
        let months = months(run.period);
        let [oldest, ..] = months;
        let agreed = &service.agreed;
        let waits = || {
            (service.holds || service.held.is_some())
                && Records::<T>::contains_key(relation, (Side::Seller, id))
        };
        let has_ended = agreed.end.is_some_and(|end| end <= first_day(oldest));
        if (agreed.through < oldest || has_ended) && !waits() {
            Self::forget(relation, id, service.buyer);
            return;
        }
        let first = service
            .held
            .map_or(terms.first, |held| held.until.max(terms.first));
        for currency in agreed.currencies() {
            let Some(sums) = sums(agreed, first, currency, &months, terms) else {
                unexpected!(LOG_TARGET, "a service of {relation:?} charges more than adds up");
                continue;
            };
            if sums.iter().all(|sum| *sum == MonthSum::default()) {
                continue;
            }
            // Of more currencies than a bill can have the last ones are not billed: all services of one are, or none.
            let Some(of) = run.of(currency) else { continue };
            for (sum, more) in of.months.iter_mut().zip(&sums) {
                match sum.plus(*more) {
                    Ok(added) => *sum = added,
                    Err(_) => unexpected!(
                        LOG_TARGET,
                        "the services of {relation:?} charge more than adds up"
                    ),
                }
            }
            let [.., own] = sums;
            if own != MonthSum::default() {
                of.services = of.services.saturating_add(1);
            }
        }
    }

    /// Issues a bill for each currency in which something is owed or credited.
    pub(crate) fn finish(relation: Relation, run: &Run, terms: &InventoryTerms) {
        let months = months(run.period);
        let [oldest, ..] = months;
        // Months that no bill corrects any more.
        let over: Vec<(Currency, Period)> = StatedMonths::<T>::iter_key_prefix(relation)
            .filter(|(_, month)| *month < oldest)
            .collect();
        for place in over {
            StatedMonths::<T>::remove(relation, place);
        }
        for of in &run.sums {
            Self::issue(relation, run.period, of.currency, of, terms);
        }
        LastBilled::<T>::insert(relation, run.period);
        Self::deposit_event(Event::MonthBilled {
            relation,
            period: run.period,
        });
    }

    fn issue(
        relation: Relation,
        period: Period,
        currency: Currency,
        of: &CurrencySums,
        terms: &InventoryTerms,
    ) {
        let Some(decimals) = T::Obligations::decimals(currency) else {
            // Billed with the first month for which there is a token.
            Self::deposit_event(Event::NotBilled {
                relation,
                period,
                currency,
            });
            return;
        };
        let [oldest, ..] = months(period);
        let mut of_months = of.earlier.to_vec();
        of_months.sort_by_key(|(month, _)| *month);
        of_months.extend(months(period).into_iter().zip(of.months));
        let mut billed: Vec<MonthBilled> = of_months
            .into_iter()
            .filter(|(month, _)| *month >= terms.first)
            .map(|(month, sum)| MonthBilled {
                month,
                sum,
                stated: StatedMonths::<T>::get(relation, (currency, month)),
            })
            .collect();
        let Ok(found) = lines(&mut billed, terms.convention, decimals) else {
            // More than a debt can be is not owed before both sides have looked at it.
            Self::deposit_event(Event::NotBilled {
                relation,
                period,
                currency,
            });
            return;
        };
        for month in billed.iter().filter(|billed| billed.month >= oldest) {
            Self::keep_stated(relation, (currency, month.month), month.stated);
        }
        if found.is_empty() {
            return;
        }
        let net = found
            .iter()
            .fold(0i128, |net, line| net.saturating_add(line.amount));
        let affirm_by = T::Clock::now().saturating_add(DAY.saturating_mul(terms.affirm_days.into()));
        let bill = InventoryBill {
            lines: BoundedVec::truncate_from(found),
            net: Value::Clear(net),
            services: of.services,
            affirm_by,
            due: affirm_by.saturating_add(DAY.saturating_mul(terms.payment_days.into())),
            affirmed: [false; 2],
            closed: false,
            withheld: [Value::ZERO; 2],
            obligations: BoundedVec::new(),
        };
        Bills::<T>::insert(relation, (period, currency), bill);
        Self::deposit_event(Event::BillIssued {
            relation,
            period,
            currency,
            net: Value::Clear(net),
        });
    }

    /// The month that is billed next.
    pub(crate) fn next_bill(relation: &Relation, terms: &InventoryTerms) -> Period {
        match LastBilled::<T>::get(relation) {
            Some(last) => last.next().max(terms.first),
            None => terms.first,
        }
    }

    /// The bills that are no longer kept when a month is billed, once all are closed.
    ///
    /// # Errors
    /// One is open.
    pub(crate) fn closed_long_ago(
        relation: Relation,
        period: Period,
    ) -> Result<Vec<(Period, Currency)>, Error<T>> {
        let oldest = Self::oldest_bill(period);
        let mut over = Vec::new();
        for (place, bill) in Bills::<T>::iter_prefix(relation) {
            ensure!(bill.closed, Error::<T>::EarlierBillOpen);
            if place.0 < oldest {
                over.push(place);
            }
        }
        Ok(over)
    }

    /// The oldest month of which a bill is kept while one is billed or billed last.
    pub(crate) fn oldest_bill(period: Period) -> Period {
        (0..T::BillsKept::get()).fold(period, |month, _| month.previous())
    }

    /// Keeps what is stated of a month, unless it is nothing.
    pub(crate) fn keep_stated(relation: Relation, place: (Currency, Period), stated: Stated) {
        match stated == Stated::default() {
            true => StatedMonths::<T>::remove(relation, place),
            false => StatedMonths::<T>::insert(relation, place, stated),
        }
    }
}
