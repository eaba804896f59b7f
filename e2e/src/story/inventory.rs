//! Fixed-line services between the two operators: reported by both, put right until all match, and billed.

use super::{expect, now, Actors, Party, StoryError, Teller, TOKEN};
use interclear_client::{calls, chain::Receipt, inventory::Known, money::grouped};
use interclear_inventory_samples::{profile, Parameters, Row};
use interclear_matching::{
    causes::Cause,
    class,
    worklist::{worklist, Item},
    Class, Counts, Field, Record, RecordId, Side, Store, Text,
};
use interclear_primitives::{
    inventory::{Convention, InventoryBill, InventoryTerms, Relation},
    money::Currency,
    netting::Issuers,
    period::Period,
    DAY,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Of a thousand services, as many are damaged.
const DAMAGED: u32 = 50;
/// What the buyer's treasury is given beside what it has, in cents: ten million euro.
const MINTED: u128 = 1_000_000_000;
/// How long a bill may take.
const PATIENCE: u64 = 240;

/// Services, and what became of them.
pub struct Services {
    /// Buyer, seller and class of products.
    pub relation: Relation,
    /// How many of each class there were when both sides had reported, and when they had put their records right.
    pub counts: [Counts; 2],
    /// Records that the buyer and the seller have changed, added or withdrawn.
    pub corrected: [usize; 2],
    /// What the month comes to.
    pub bill: InventoryBill,
}

impl Services {
    /// What the buyer owes, in minor units.
    pub fn net(&self) -> Result<i128, StoryError> {
        Ok(self.bill.net.clear()?)
    }
}

/// Inventories that are damaged as much as is usual.
pub(super) fn parameters(seed: u64, services: usize) -> Parameters {
    Parameters {
        seed,
        services,
        damaged: DAMAGED,
    }
}

/// The second operator buys services of the first. Returns what has made the bill an obligation.
pub(super) async fn bill(
    actors: &Actors,
    period: Period,
    parameters: Parameters,
    teller: &mut dyn Teller,
) -> Result<(Services, Receipt), StoryError> {
    let [seller, buyer] = actors.mobile();
    let relation = Relation {
        buyer: buyer.operator,
        seller: seller.operator,
        class: Text::new(b"ELINE").ok_or_else(|| StoryError::Unexpected("no class".into()))?,
    };
    agree(actors, &relation, period, teller).await?;

    teller.step("both sides report their inventories");
    let made = parameters.make();
    let bought = records(&made.buyer, Side::Buyer)?;
    let sold = records(&made.seller, Side::Seller)?;
    futures::try_join!(
        send(buyer, &relation, &bought, &[]),
        send(seller, &relation, &sold, &[])
    )?;
    let before = known(buyer, relation).await?;
    tell(&before, parameters.services, teller);

    teller.step("what does not match is put right");
    let work = Work::of(&before)?;
    let [of_buyer, of_seller] = [&work.buyer, &work.seller];
    futures::try_join!(
        put_right(buyer, &relation, of_buyer),
        put_right(seller, &relation, of_seller)
    )?;
    for (party, of) in [(buyer, of_buyer), (seller, of_seller)] {
        teller.note(&format!(
            "{} corrects, adds or withdraws {} of its records",
            party.name,
            of.len()
        ));
    }
    let after = known(seller, relation).await?;
    tell(&after, parameters.services, teller);
    let matched = Counts {
        matched: after.state.counts.matched,
        ..Counts::default()
    };
    expect(after.state.counts == matched, "every record has its match")?;

    teller.step(&format!("{period} is billed"));
    let begin = calls::bill_month(&relation, period);
    seller.chain.execute(&seller.clearing, &begin).await?;
    let bill = issued(seller, relation, period).await?;
    let net = bill.net.clear()?;
    expect(
        net == expected(&after, period),
        "the bill is what the records say, day by day",
    )?;
    teller.note(&format!(
        "{} services charge {} EUR; what is in other currencies waits for their tokens",
        bill.services,
        grouped(net, 2)
    ));
    let affirm = calls::affirm_bill(&relation, period, Currency::EUR);
    let receipt = buyer.chain.execute(&buyer.clearing, &affirm).await?;
    teller.note(&format!("{} affirms it", buyer.name));
    let services = Services {
        relation,
        counts: [before.state.counts, after.state.counts],
        corrected: [of_buyer.len(), of_seller.len()],
        bill,
    };
    Ok((services, receipt))
}

/// A match profile and terms of billing, proposed by the seller and signed by the buyer; and enough tokens for the buyer.
async fn agree(
    actors: &Actors,
    relation: &Relation,
    period: Period,
    teller: &mut dyn Teller,
) -> Result<(), StoryError> {
    let [seller, buyer] = actors.mobile();
    teller.step(&format!(
        "{} buys fixed-line services of {}",
        buyer.name, seller.name
    ));
    let accepts = Issuers::truncate_from(vec![actors.issuer.operator]);
    let terms = InventoryTerms {
        convention: Convention::ActualDays,
        first: period,
        report_days: 0,
        // What the story needs to end today: the bill is owed when one side has affirmed it, and due at once.
        affirm_days: 0,
        payment_days: 0,
        late_interest_bps: 0,
        accepts: [accepts.clone(), accepts],
    };
    let profile = profile();
    let propose = calls::propose_profile(relation, &profile, Some(&terms));
    seller.chain.execute(&seller.commercial, &propose).await?;
    let sign = calls::sign_profile(relation, &profile, Some(&terms));
    buyer.chain.execute(&buyer.commercial, &sign).await?;
    teller.note("both sign by what records are matched, and how what matches bills");
    let mint = calls::mint(TOKEN, &buyer.treasury_account(), MINTED);
    let issuer = &actors.issuer;
    issuer.chain.execute(&issuer.treasury, &mint).await?;
    let minted = i128::try_from(MINTED).unwrap_or(i128::MAX);
    teller.note(&format!("{} EUR more for {}", grouped(minted, 2), buyer.name));
    Ok(())
}

fn records(rows: &[Row], side: Side) -> Result<Vec<Record>, StoryError> {
    rows.iter()
        .map(|row| {
            row.written()
                .record(side)
                .map_err(|refused| StoryError::Unexpected(format!("{row:?}: {refused:?}")))
        })
        .collect()
}

async fn send(
    party: &Party,
    relation: &Relation,
    reported: &[Record],
    withdrawn: &[RecordId],
) -> Result<(), StoryError> {
    let (chain, key) = (&party.chain, &party.clearing);
    chain
        .send_inventory(key, relation, reported, withdrawn, |_| ())
        .await?;
    Ok(())
}

async fn put_right(party: &Party, relation: &Relation, of: &Corrections) -> Result<(), StoryError> {
    send(party, relation, &of.reported(), &of.withdrawn()).await
}

async fn known(party: &Party, relation: Relation) -> Result<Known, StoryError> {
    let known = party.chain.known_inventory(relation, |_| ()).await?;
    known.ok_or_else(|| StoryError::Unexpected("no profile is in force".into()))
}

/// How many of the services both sides have alike.
fn tell(known: &Known, services: usize, teller: &mut dyn Teller) {
    let matched = known.state.counts.matched;
    let share = f64::from(matched) * 100.0 / services.max(1) as f64;
    teller.note(&format!("{matched} of {services} services match, {share:.1} %"));
}

/// What one side does about what does not match.
#[derive(Default)]
struct Corrections {
    changed: BTreeMap<RecordId, Record>,
    gone: BTreeSet<RecordId>,
}

impl Corrections {
    fn reported(&self) -> Vec<Record> {
        self.changed.values().copied().collect()
    }

    fn withdrawn(&self) -> Vec<RecordId> {
        self.gone.iter().copied().collect()
    }

    fn len(&self) -> usize {
        self.changed.len() + self.gone.len()
    }

    /// A field of one's own record becomes what the other side has.
    fn accept(&mut self, side: Side, own: &Record, other: &Record, field: Field) {
        let changed = self.changed.entry(own.id(side)).or_insert(*own);
        *changed = changed.with_field_of(other, field);
    }
}

/// What both sides do.
#[derive(Default)]
struct Work {
    buyer: Corrections,
    seller: Corrections,
}

impl Work {
    /// As clearing desks would do it: the buyer has mistyped ids, has some services twice, and took days on which they were ordered for
    /// those on which they began; the seller is wrong about all the rest.
    fn of(known: &Known) -> Result<Self, StoryError> {
        let mut work = Self::default();
        let mut twice: BTreeMap<Text<32>, Vec<Record>> = BTreeMap::new();
        for (place, item) in worklist(&known.store).iter().enumerate() {
            match (&item.buyer, &item.seller) {
                (Some(bought), Some(sold)) => work.pair(item, bought, sold),
                (Some(bought), None) if item.cause == Cause::Duplicate => {
                    twice.entry(bought.seller_id).or_default().push(*bought);
                }
                (Some(bought), None) => {
                    work.seller.changed.insert(bought.id(Side::Seller), *bought);
                }
                (None, Some(sold)) if item.cause != Cause::Duplicate => {
                    let mut found = *sold;
                    if found.buyer_id.is_empty() {
                        let id = format!("FOUND{place}");
                        found.buyer_id = Text::new(id.as_bytes())
                            .ok_or_else(|| StoryError::Unexpected(format!("{id} is too long")))?;
                    }
                    work.buyer.changed.insert(found.id(Side::Buyer), found);
                }
                _ => {}
            }
        }
        for mut of in twice.into_values() {
            of.sort_by_key(|record| record.buyer_id.as_bytes().len());
            let more = of.iter().skip(1).map(|record| record.id(Side::Buyer));
            work.buyer.gone.extend(more);
        }
        Ok(work)
    }

    fn pair(&mut self, item: &Item, bought: &Record, sold: &Record) {
        if item.likely.is_some() {
            self.buyer.accept(Side::Buyer, bought, sold, Field::SellerId);
        }
        for field in item.fields.iter() {
            match field {
                Field::Start | Field::Since => self.buyer.accept(Side::Buyer, bought, sold, field),
                _ => self.seller.accept(Side::Seller, sold, bought, field),
            }
        }
    }
}

/// The bill of a month, once the chain has made it.
async fn issued(party: &Party, relation: Relation, period: Period) -> Result<InventoryBill, StoryError> {
    let started = now();
    while now() < started + PATIENCE {
        let bills = party.chain.inventory_bills(relation).await?;
        let of =
            |(month, currency, _): &(Period, Currency, _)| (*month, *currency) == (period, Currency::EUR);
        if let Some((.., bill)) = bills.into_iter().find(of) {
            return Ok(bill);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Err(StoryError::Unexpected("the month is not billed".into()))
}

/// What a month comes to by the records alone, in cents: each price that both sides have, for each day of the month on which both say
/// that the service was there at that price; rounded once, half to even.
fn expected(known: &Known, period: Period) -> i128 {
    let [first, last] = [period.start(), period.end()].map(|moment| moment / DAY);
    let (mut recurring, mut one_off) = (0u128, 0u128);
    for (side, id, bought) in known.store.records() {
        let Some(Class::Matched { with }) = class(&known.store, side, id) else {
            continue;
        };
        let Some(sold) = known
            .store
            .record(Side::Seller, with)
            .filter(|_| side == Side::Buyer)
        else {
            continue;
        };
        if sold.currency != *b"EUR" {
            continue;
        }
        let start = u64::from(bought.start.0.max(sold.start.0));
        let from = start.max(bought.since.0.max(sold.since.0).into()).max(first);
        let ends = [bought.end, sold.end].into_iter().flatten();
        let until = ends.fold(last, |until, end| until.min(end.0.into()));
        let days = u128::from(until.saturating_sub(from));
        recurring += u128::from(bought.recurring.min(sold.recurring)) * days;
        if (first..last).contains(&start) {
            one_off += u128::from(bought.one_off.min(sold.one_off));
        }
    }
    let cents = |sum: u128, parts: u128| {
        let (whole, left) = (sum / parts, sum % parts);
        let up = match (left * 2).cmp(&parts) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => whole % 2,
            std::cmp::Ordering::Greater => 1,
        };
        i128::try_from(whole + up).unwrap_or(i128::MAX)
    };
    cents(recurring, u128::from(last - first) * 10_000) + cents(one_off, 10_000)
}
