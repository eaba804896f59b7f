//! From the closed month to the money that moved, checked against a recomputation from the files alone.

use super::{
    dispute, expect, now, Actors, Deal, Disputed, Reported, SentFile, Services, StoryError, Teller, TOKEN,
};
use interclear_billing::rate::{rate_month, Account, OpenMonth, RatedMonth, Totals};
use interclear_client::{calls, chain::Receipt, council::carry};
use interclear_primitives::{
    agreement::Direction,
    batch::Anchor,
    ids::{CycleId, ObligationId},
    money::Value,
    netting::{CyclePhase, Obligation},
    period::Period,
    span::{Accounted, Months},
    statement::Statement,
    tadig::Tadig,
    usage::UsageKey,
    DAY,
};

/// Obligations taken into a cycle by one call.
const PAGE: u32 = 100;

/// What became of the money.
pub struct Settled {
    /// Of the month, affirmed by both but for what is in dispute.
    pub statement: Statement,
    /// Its line that was disputed.
    pub disputed: Disputed,
    /// Fixed-line services that were billed beside it, if there are any.
    pub services: Option<Services>,
    /// What nobody disputed, paid on time, and what was owed of the rest after all.
    pub payments: [Payment; 2],
    /// Free balances of the two treasuries before and after, in the token's minor unit.
    pub balances: [(u128, u128); 2],
}

/// Obligations, and the cycle in which they were netted and paid.
pub struct Payment {
    /// The obligations.
    pub obligations: Vec<(ObligationId, Obligation)>,
    /// The cycle.
    pub cycle: CycleId,
}

/// Free balances of the two treasuries.
pub(super) async fn balances(actors: &Actors) -> Result<[u128; 2], StoryError> {
    let [first, second] = actors.mobile();
    let (one, _) = first.chain.balance(TOKEN, first.treasury_account()).await?;
    let (two, _) = first.chain.balance(TOKEN, second.treasury_account()).await?;
    Ok([one, two])
}

/// What was used: the input of the month's statement.
#[derive(Clone, Copy)]
pub struct Used<'a> {
    /// The files that bill.
    pub files: &'a [SentFile],
    /// What bills without files.
    pub reported: &'a Reported,
}

/// Adds up files to running totals, as the chain should have them.
///
/// # Errors
/// A sum does not fit.
pub fn add_up<'a>(anchors: impl IntoIterator<Item = &'a Anchor>, first: Tadig) -> Result<Totals, StoryError> {
    let mut totals = Totals::new();
    for anchor in anchors {
        // The recipient is the home network.
        let direction = if anchor.key.series.recipient == first {
            Direction::FirstHome
        } else {
            Direction::SecondHome
        };
        for service in &anchor.totals {
            let total = totals
                .entry(UsageKey {
                    direction,
                    group: 0,
                    service: service.service,
                })
                .or_default();
            let add = |sum: &Value, more: &Value| {
                sum.checked_add(more)
                    .map_err(|_| StoryError::Unexpected("overflow".into()))
            };
            total.records += u64::from(service.records);
            total.quantity += service.quantity;
            total.charge = add(&total.charge, &service.charge)?;
            total.tax = add(&total.tax, &service.tax)?;
        }
    }
    Ok(totals)
}

/// Rates the month again from the files and reports alone: no figure of the chain enters.
///
/// # Errors
/// An amount does not fit.
pub fn recompute(deal: &Deal, used: Used<'_>, first: Tadig, decimals: u8) -> Result<RatedMonth, StoryError> {
    let mut totals = add_up(used.files.iter().map(|file| &file.anchor), first)?;
    let Reported { direction, line } = used.reported;
    let reported = totals
        .entry(UsageKey {
            direction: *direction,
            group: 0,
            service: line.service,
        })
        .or_default();
    (reported.quantity, reported.charge, reported.tax) = (line.quantity, line.charge, line.tax);
    let terms = &deal.terms;
    rate_month(&OpenMonth {
        terms,
        period: terms.first,
        accounted: [Accounted::alone(Months {
            first: terms.first,
            last: terms.last,
        }); 2],
        totals: &totals,
        exchange: None,
        account: &Account::new(),
        decimals,
    })
    .map_err(StoryError::unexpected)
}

pub(super) async fn settle(
    actors: &Actors,
    deal: &Deal,
    period: Period,
    used: Used<'_>,
    services: Option<(Services, Receipt)>,
    before: [u128; 2],
    teller: &mut dyn Teller,
) -> Result<Settled, StoryError> {
    let [first, second] = actors.mobile();
    teller.step(&format!("{period} is closed and rated on the chain"));
    let closing = first.chain.closing(deal.agreement, period).await?;
    let closing = closing.ok_or_else(|| StoryError::Unexpected("the month cannot be closed".into()))?;
    let close = calls::close_period(deal.agreement, period, closing.changes);
    let asked = first.chain.execute(&first.clearing, &close).await?;
    let asked = asked.close_requested()?;
    expect(
        asked.is_some_and(|asked| asked.agreement == deal.agreement),
        "it takes both parties to close the month",
    )?;
    teller.note(&format!(
        "{} asks to close it, {} agrees",
        first.name, second.name
    ));
    second.chain.execute(&second.clearing, &close).await?;
    let statement = second.chain.statement(deal.agreement, period).await?;
    let statement = statement.ok_or_else(|| StoryError::Unexpected("there is no statement".into()))?;
    let own = recompute(deal, used, first.tadig, statement.decimals)?;
    expect(
        statement.lines.to_vec() == own.lines,
        "each line is what the files say",
    )?;
    expect(
        statement.net == own.net && statement.totals == own.totals,
        "the totals are what the files say",
    )?;
    teller.note(&format!(
        "{} statement lines, each equal to what both sides compute from the files and reports",
        own.lines.len()
    ));
    let disputed = dispute::raise(actors, deal, period, &own.lines, teller).await?;
    let [withheld, given_up] = disputed.parts()?;
    let affirm = calls::affirm(deal.agreement, period);
    let (one, two) = futures::try_join!(
        first.chain.execute(&first.clearing, &affirm),
        second.chain.execute(&second.clearing, &affirm),
    )?;
    teller.note("both clearing desks affirm all the rest");

    let (services, billed) = services.unzip();
    // The second operator buys of the first.
    let bought = services.as_ref().map_or(Ok(0), Services::net)?;
    let net = own.net.clear()? - bought;
    let owed: Vec<Receipt> = [one, two].into_iter().chain(billed).collect();
    let undisputed = pay(actors, &owed, teller).await?;
    let what = "what nobody disputes is paid on time";
    expect_paid(actors, before, net - withheld, what, teller).await?;
    let ended = dispute::end(actors, &disputed, teller).await?;
    let rest = pay(actors, &[ended], teller).await?;
    let what = "the balances are what the files, rated alone, and the dispute say";
    let after = expect_paid(actors, before, net - given_up, what, teller).await?;
    let balances = [(before[0], after[0]), (before[1], after[1])];
    Ok(Settled {
        statement,
        disputed,
        services,
        payments: [undisputed, rest],
        balances,
    })
}

/// The first operator has paid the second so much, and no more: the balances say so.
async fn expect_paid(
    actors: &Actors,
    before: [u128; 2],
    paid: i128,
    what: &str,
    teller: &mut dyn Teller,
) -> Result<[u128; 2], StoryError> {
    let after = balances(actors).await?;
    let expected = [
        before[0].checked_add_signed(-paid),
        before[1].checked_add_signed(paid),
    ];
    expect(after.map(Some) == expected, what)?;
    teller.note(&format!("paid; {what}"));
    Ok(after)
}

/// Pays the obligations that calls have made, in a cycle of their own.
async fn pay(actors: &Actors, receipts: &[Receipt], teller: &mut dyn Teller) -> Result<Payment, StoryError> {
    let [first, second] = actors.mobile();
    let mut created = Vec::new();
    for receipt in receipts {
        created.extend(receipt.obligations_created()?);
    }
    // Roaming is one of them, and services are the other one if there are any.
    expect(
        [1, receipts.len() - 1].contains(&created.len()),
        "what is owed to each side is one obligation",
    )?;
    let mut obligations = Vec::new();
    // What the first operator pays of them, or is paid.
    let mut net = 0i128;
    for id in created {
        let found = first.chain.obligation(id).await?;
        let found = found.ok_or_else(|| StoryError::Unexpected("an obligation is missing".into()))?;
        let amount = found.amount.clear()?;
        net += if found.debtor == first.operator {
            amount
        } else {
            -amount
        };
        obligations.push((id, found));
    }

    teller.step("obligations are netted, funded and paid");
    // What is due by now is taken in.
    let open = calls::open_cycle(TOKEN, now(), DAY);
    let opened = carry(&first.chain, &actors.council, open).await?;
    let cycle = opened.cycle_opened()?;
    teller.note(&format!("the council opens cycle {cycle} out of turn"));
    first
        .chain
        .execute(&first.clearing, &calls::collect(cycle))
        .await?;
    first
        .chain
        .execute(&first.clearing, &calls::compute(cycle, PAGE))
        .await?;
    let payer = if net > 0 { first } else { second };
    teller.note(&format!(
        "cycle {cycle}: {} {}, {} pays",
        obligations.len(),
        if obligations.len() == 1 {
            "obligation"
        } else {
            "obligations are netted"
        },
        payer.name
    ));
    payer.chain.execute(&payer.treasury, &calls::fund(cycle)).await?;
    let (_, held) = first.chain.balance(TOKEN, payer.treasury_account()).await?;
    expect(held == net.unsigned_abs(), "the net debtor's amount is on hold")?;
    teller.note("the debtor's tokens are on hold");
    second
        .chain
        .execute(&second.clearing, &calls::settle(cycle))
        .await?;
    let phase = first.chain.cycle(cycle).await?.map(|cycle| cycle.phase);
    expect(phase == Some(CyclePhase::Settled), "the cycle is settled")?;
    Ok(Payment { obligations, cycle })
}
