//! A month's bill, a bounded number of records at a time.
//!
//! First what both sides agree on is brought up to date, record by record of the buyer; then what all agreed services come to is summed
//! up, in the month and in the earlier ones that can still be corrected. Meanwhile nobody reports, so that every service is billed
//! by the same state, wherever the work has come to.

use crate::{
    store::Kept, AgreedServices, BillingOf, Bills, Bought, Config, Event, LastBilled, Pallet, Relation, Runs,
    StatedMonths, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use frame_support::{
    traits::{ConstU32, Get},
    weights::WeightMeter,
    BoundedVec,
};
use interclear_billing::inventory::{charges, lines, undisputed, Agreed, Charging, MonthBilled, MonthSum};
use interclear_matching::{class, Class, Day, RecordId, Side, Store};
use interclear_ports::{unexpected, Clock, Obligations};
use interclear_primitives::{
    inventory::{InventoryBill, InventoryTerms, CORRECTED_MONTHS, MAX_BILL_CURRENCIES},
    money::{Currency, Value},
    period::Period,
    Moment, DAY,
};
use interclear_record::record;

/// Months of a bill: its own, and those that can still be corrected.
const MONTHS: usize = CORRECTED_MONTHS as usize + 1;

/// A service on which both sides agree or have agreed, kept by the seller's id.
#[record(no_serde)]
pub struct AgreedService {
    /// The buyer's record.
    pub buyer: RecordId,
    /// What is agreed of it.
    pub agreed: Agreed,
}

/// What the services of a currency come to in each of the months, the oldest first.
#[record(no_serde)]
pub struct CurrencySums {
    /// The currency of the charges.
    pub currency: Currency,
    /// A sum for each month.
    pub months: [MonthSum; MONTHS],
    /// How many services charge something in the bill's own month.
    pub services: u32,
}

/// How far a bill has come.
#[record(Copy, no_serde)]
pub enum Phase {
    /// What both sides agree on is brought up to date, behind this record of the buyer.
    Agreeing(Option<RecordId>),
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
                    services: 0,
                };
                self.sums.try_push(empty).ok()?;
                self.sums.len().checked_sub(1)?
            }
        };
        self.sums.get_mut(place)
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

/// What a service comes to in each of the months in which the relation bills.
pub(crate) fn sums(
    service: &Agreed,
    months: &[Period; MONTHS],
    terms: &InventoryTerms,
) -> Option<[MonthSum; MONTHS]> {
    let mut sums = [MonthSum::default(); MONTHS];
    for (sum, month) in sums.iter_mut().zip(months) {
        if *month >= terms.first {
            *sum = charges(service, *month, Charging::Monthly(terms.convention), &[]).ok()?;
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
    /// Goes on with one bill after the other as far as the meter allows.
    pub(crate) fn go_on_billing(meter: &mut WeightMeter) {
        let idle = T::WeightInfo::go_on_billing(0);
        let each = T::WeightInfo::go_on_billing(1).saturating_sub(idle);
        let mut waiting = Runs::<T>::iter_keys();
        while meter.try_consume(idle).is_ok() {
            let Some(relation) = waiting.next() else { return };
            let (Some(mut run), Some(terms)) = (Runs::<T>::get(relation), BillingOf::<T>::get(relation))
            else {
                unexpected!(LOG_TARGET, "{relation:?} is billed without terms");
                Runs::<T>::remove(relation);
                continue;
            };
            loop {
                if meter.try_consume(each).is_err() {
                    Runs::<T>::insert(relation, run);
                    return;
                }
                if let Step::Done = Self::step(relation, &mut run, &terms) {
                    break;
                }
            }
            Runs::<T>::remove(relation);
            Self::finish(relation, &run, &terms);
        }
    }

    /// Looks at one more record.
    fn step(relation: Relation, run: &mut Run, terms: &InventoryTerms) -> Step {
        match run.phase {
            Phase::Agreeing(after) => {
                let from = after.map(|id| (Side::Buyer, id));
                match Kept::<T>::of(relation).next_record(from) {
                    Some((Side::Buyer, id, _)) => {
                        Self::agree(relation, id, run.period);
                        run.phase = Phase::Agreeing(Some(id));
                    }
                    // Records of the seller come behind all of the buyer's.
                    _ => run.phase = Phase::Summing(None),
                }
                Step::More
            }
            Phase::Summing(after) => {
                let mut services = match after {
                    None => AgreedServices::<T>::iter_prefix(relation),
                    Some(id) => {
                        let from = AgreedServices::<T>::hashed_key_for(relation, id);
                        AgreedServices::<T>::iter_prefix_from(relation, from)
                    }
                };
                match services.next() {
                    None => Step::Done,
                    Some((id, service)) => {
                        Self::sum_up(relation, id, &service, run, terms);
                        run.phase = Phase::Summing(Some(id));
                        Step::More
                    }
                }
            }
        }
    }

    /// Notes what both sides agree on of a record of the buyer, if it matches.
    fn agree(relation: Relation, buyer: RecordId, month: Period) {
        let kept = Kept::<T>::of(relation);
        let Some(Class::Matched { with: seller }) = class(&kept, Side::Buyer, buyer) else {
            return;
        };
        let records = (kept.record(Side::Buyer, buyer), kept.record(Side::Seller, seller));
        let (Some(bought), Some(sold)) = records else {
            unexpected!(LOG_TARGET, "a match of {relation:?} has no record");
            return;
        };
        let terms = undisputed(&bought, &sold);
        // A service that goes on under another id of the seller's goes on with what was billed of it: it is not billed twice.
        if let Some(before) = Bought::<T>::get(relation, buyer).filter(|before| *before != seller) {
            if !AgreedServices::<T>::contains_key(relation, seller) {
                if let Some(service) = AgreedServices::<T>::take(relation, before) {
                    AgreedServices::<T>::insert(relation, seller, service);
                }
            }
        }
        let service = match AgreedServices::<T>::get(relation, seller) {
            None => AgreedService {
                buyer,
                agreed: Agreed::new(&terms, month),
            },
            Some(mut service) => {
                if !service.agreed.agree(&terms, month) {
                    // Prices that no bill can correct any more make room for the new one. Where they do not, there were more
                    // changes in a few months than can be told apart, and the last ones bill as before.
                    let [oldest, ..] = months(month);
                    service.agreed.forget(first_day(oldest));
                    let _room = service.agreed.agree(&terms, month);
                }
                if service.buyer != buyer {
                    Self::forget_bought(relation, service.buyer, seller);
                    service.buyer = buyer;
                }
                service
            }
        };
        Bought::<T>::insert(relation, buyer, seller);
        AgreedServices::<T>::insert(relation, seller, service);
    }

    /// Forgets under which id a record of the buyer has matched, unless it is another one by now.
    fn forget_bought(relation: Relation, buyer: RecordId, seller: RecordId) {
        if Bought::<T>::get(relation, buyer) == Some(seller) {
            Bought::<T>::remove(relation, buyer);
        }
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
        if agreed.through < oldest || agreed.end.is_some_and(|end| end <= first_day(oldest)) {
            AgreedServices::<T>::remove(relation, id);
            Self::forget_bought(relation, service.buyer, id);
            return;
        }
        let Some(sums) = sums(agreed, &months, terms) else {
            unexpected!(LOG_TARGET, "a service of {relation:?} charges more than adds up");
            return;
        };
        if sums.iter().all(|sum| *sum == MonthSum::default()) {
            return;
        }
        // Of more currencies than a bill can have the last ones are not billed: all services of one are, or none.
        let Some(of) = run.of(agreed.currency) else { return };
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

    /// Issues a bill for each currency in which something is owed or credited.
    fn finish(relation: Relation, run: &Run, terms: &InventoryTerms) {
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
        let mut billed: Vec<MonthBilled> = months(period)
            .into_iter()
            .zip(of.months)
            .filter(|(month, _)| *month >= terms.first)
            .map(|(month, sum)| MonthBilled {
                month,
                sum,
                stated: StatedMonths::<T>::get(relation, (currency, month)),
            })
            .collect();
        let charging = Charging::Monthly(terms.convention);
        let Ok(found) = lines(&mut billed, charging, decimals) else {
            // More than a debt can be is not owed before both sides have looked at it.
            Self::deposit_event(Event::NotBilled {
                relation,
                period,
                currency,
            });
            return;
        };
        for month in &billed {
            match month.stated == Default::default() {
                true => StatedMonths::<T>::remove(relation, (currency, month.month)),
                false => StatedMonths::<T>::insert(relation, (currency, month.month), month.stated),
            }
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
            obligation: None,
        };
        Bills::<T>::insert(relation, (period, currency), bill);
        Self::deposit_event(Event::BillIssued {
            relation,
            period,
            currency,
            net: Value::Clear(net),
        });
    }

    /// From when on a month can be billed.
    pub(crate) fn billed_from(period: Period, terms: &InventoryTerms) -> Moment {
        period
            .end()
            .saturating_add(DAY.saturating_mul(terms.report_days.into()))
    }

    /// The month that is billed next.
    pub(crate) fn next_bill(relation: &Relation, terms: &InventoryTerms) -> Period {
        match LastBilled::<T>::get(relation) {
            Some(last) => last.next().max(terms.first),
            None => terms.first,
        }
    }

    /// Forgets bills that were closed long ago.
    pub(crate) fn forget_bills(relation: Relation, period: Period) {
        let keep = T::BillsKept::get();
        let mut oldest = period;
        for _ in 0..keep {
            oldest = oldest.previous();
        }
        let over: Vec<(Period, Currency)> = Bills::<T>::iter_prefix(relation)
            .filter(|((month, _), bill)| *month < oldest && bill.closed)
            .map(|(place, _)| place)
            .collect();
        for place in over {
            Bills::<T>::remove(relation, place);
        }
    }
}
