//! A line that the two sides count differently: what nobody disputes is paid on time, and the rest when they have come together.

use super::{expect, Actors, Deal, StoryError, Teller};
use interclear_client::{calls, chain::Receipt};
use interclear_primitives::{
    agreement::Direction,
    dispute::{DisputeKind, DisputeOutcome, Figures, LineKey},
    ids::DisputeId,
    money::{Value, ValueError},
    period::Period,
    service::{Service, Unit},
    statement::StatementLine,
};

/// What the debtor of the line counts less than is stated, in thousandths.
const GAP: u128 = 95;
/// What its creditor gives up when it has looked again. What is left must come to a unit of the currency, which is the least that a cycle
/// pays.
const GIVEN_UP: u128 = 20;

/// A line in dispute, and what the two sides say.
pub struct Disputed {
    /// Its number.
    pub id: DisputeId,
    /// As stated.
    pub line: StatementLine,
    /// What its debtor says, and nobody disputes.
    pub claimed: Figures,
    /// What its creditor says after it has looked again, and its debtor accepts.
    pub agreed: Figures,
}

impl Disputed {
    /// What is withheld until the dispute has ended, and what its creditor gives up, in minor units.
    pub(super) fn parts(&self) -> Result<[i128; 2], ValueError> {
        let worth = |figures: &Figures| figures.worth()?.clear();
        let stated = worth(&Figures::of(&self.line))?;
        Ok([stated - worth(&self.claimed)?, stated - worth(&self.agreed)?])
    }
}

/// A line less so many thousandths.
fn less(line: &StatementLine, thousandths: u128) -> Result<Figures, ValueError> {
    let charge = line.charge.clear_unsigned()?;
    Ok(Figures {
        quantity: line.quantity - line.quantity * thousandths / 1_000,
        charge: Value::from_unsigned(charge - charge * thousandths / 1_000)?,
        ..Figures::of(line)
    })
}

/// The first operator's subscribers have talked less, by its own count, than the dearest voice line says that it owes.
pub(super) async fn raise(
    actors: &Actors,
    deal: &Deal,
    period: Period,
    lines: &[StatementLine],
    teller: &mut dyn Teller,
) -> Result<Disputed, StoryError> {
    let [first, second] = actors.mobile();
    teller.step("one voice line is disputed");
    // A flat fee is the same whatever was talked.
    let talked = |line: &&StatementLine| {
        line.direction == Direction::FirstHome
            && line.service.unit() == Unit::Minute
            && line.service != Service::MocPremium
    };
    let dearest = lines
        .iter()
        .filter(talked)
        .max_by_key(|line| line.charge.clear().ok());
    let line = dearest.ok_or_else(|| StoryError::Unexpected("nobody has talked".into()))?;
    let claimed = less(line, GAP)?;
    let kind = DisputeKind::Volume;
    let call = calls::raise_dispute(deal.agreement, period, LineKey::of(line), kind, &claimed, None);
    let raised = first.chain.execute(&first.clearing, &call).await?;
    teller.note(&format!(
        "{} counts 9.5 % less {} than {} states, and withholds that alone",
        first.name, line.service, second.name
    ));
    Ok(Disputed {
        id: raised.dispute_raised()?,
        line: line.clone(),
        claimed,
        agreed: less(line, GIVEN_UP)?,
    })
}

/// The second operator gives up a part, and the first accepts the rest. Returns what has made the rest an obligation.
pub(super) async fn end(
    actors: &Actors,
    disputed: &Disputed,
    teller: &mut dyn Teller,
) -> Result<Receipt, StoryError> {
    let [first, second] = actors.mobile();
    teller.step("the dispute ends");
    let answer = calls::answer_dispute(disputed.id, &disputed.agreed);
    second.chain.execute(&second.clearing, &answer).await?;
    teller.note(&format!("{} finds that 2 % were not owed", second.name));
    let accept = calls::accept_in_dispute(disputed.id, &disputed.agreed);
    let accepted = first.chain.execute(&first.clearing, &accept).await?;
    let ended = accepted.disputes_ended()?;
    expect(
        ended == [(disputed.id, DisputeOutcome::Accepted, disputed.agreed)],
        "the dispute has ended at what both say",
    )?;
    teller.note(&format!(
        "{} accepts the other 7.5 %, which are owed by a note",
        first.name
    ));
    Ok(accepted)
}
