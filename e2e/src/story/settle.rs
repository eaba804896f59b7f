//! From the closed month to the money that moved, checked against a recomputation from the files alone.

use super::{expect, now, Actors, Deal, Reported, SentFile, StoryError, Teller, TOKEN};
use interclear_billing::rate::{rate_month, Account, OpenMonth, RatedMonth, Totals};
use interclear_client::calls;
use interclear_primitives::{
    agreement::Direction,
    batch::Anchor,
    ids::{CycleId, ObligationId, OperatorId},
    money::Value,
    netting::{CyclePhase, Obligation, Position},
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
    /// Of the month, affirmed by both.
    pub statement: Statement,
    /// The obligation that it made.
    pub obligation: (ObligationId, Obligation),
    /// In which it was paid.
    pub cycle: CycleId,
    /// Net positions of the cycle.
    pub positions: Vec<(OperatorId, Position)>,
    /// Free balances of the two treasuries before and after, in the token's minor unit.
    pub balances: [(u128, u128); 2],
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
    before: [u128; 2],
    teller: &mut dyn Teller,
) -> Result<Settled, StoryError> {
    let [first, second] = actors.mobile();
    teller.step(&format!("{period} is closed, rated on the chain, and affirmed"));
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
    let affirm = calls::affirm(deal.agreement, period);
    let (one, two) = futures::try_join!(
        first.chain.execute(&first.clearing, &affirm),
        second.chain.execute(&second.clearing, &affirm),
    )?;
    teller.note("both clearing desks affirm");

    let mut created = one.obligations_created()?;
    created.extend(two.obligations_created()?);
    let [id] = created[..] else {
        return Err(StoryError::Unexpected(format!(
            "{} obligations were created, not 1",
            created.len()
        )));
    };
    let obligation = first.chain.obligation(id).await?;
    let obligation = obligation.ok_or_else(|| StoryError::Unexpected("the obligation is missing".into()))?;

    teller.step("obligations are netted, funded and paid");
    let time = now();
    // What is due by now is taken in.
    let open = calls::open_cycle(TOKEN, time, time + DAY);
    let opened = first.chain.execute(&first.clearing, &open).await?;
    let cycle = opened.cycle_opened()?;
    first
        .chain
        .execute(&first.clearing, &calls::collect(cycle))
        .await?;
    first
        .chain
        .execute(&first.clearing, &calls::compute(cycle, PAGE))
        .await?;
    let positions = first.chain.positions(cycle).await?;
    let payer = if obligation.debtor == first.operator {
        first
    } else {
        second
    };
    teller.note(&format!("cycle {cycle}: {} pays", payer.name));
    payer.chain.execute(&payer.treasury, &calls::fund(cycle)).await?;
    let (_, held) = first.chain.balance(TOKEN, payer.treasury_account()).await?;
    let amount = obligation
        .amount
        .clear_unsigned()
        .map_err(|_| StoryError::Unexpected("a sealed amount".into()))?;
    expect(held == amount, "the net debtor's amount is on hold")?;
    teller.note("the debtor's tokens are on hold");
    second
        .chain
        .execute(&second.clearing, &calls::settle(cycle))
        .await?;
    let phase = first.chain.cycle(cycle).await?.map(|cycle| cycle.phase);
    expect(phase == Some(CyclePhase::Settled), "the cycle is settled")?;

    let after = balances(actors).await?;
    let net = own
        .net
        .clear()
        .map_err(|_| StoryError::Unexpected("a sealed amount".into()))?;
    let expected = [
        before[0].checked_add_signed(-net),
        before[1].checked_add_signed(net),
    ];
    expect(
        after.map(Some) == expected,
        "the balances are what the files, rated alone, say",
    )?;
    teller.note("paid; the balances are what the files, rated alone, say");
    let balances = [(before[0], after[0]), (before[1], after[1])];
    Ok(Settled {
        statement,
        obligation: (id, obligation),
        cycle,
        positions,
        balances,
    })
}
