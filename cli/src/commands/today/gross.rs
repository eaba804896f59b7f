//! Debts that are paid by themselves: the commands that pay them.

use super::Tokens;
use crate::{error::CommandError, session::QUERIES};
use futures::{stream, StreamExt, TryStreamExt};
use interclear_client::chain::{AccountId, Chain};
use interclear_primitives::{
    agreement::{Direction, Terms},
    escrow::Escrow,
    ids::{AgreementId, ObligationId, OperatorId},
    money::Currency,
    netting::{Obligation, ObligationSource},
    period::Period,
    task::{Task, TaskKind},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
};

/// A debt of a statement, or of a note on one.
#[derive(Clone, Copy)]
struct Debt {
    id: ObligationId,
    currency: Currency,
    agreement: AgreementId,
    period: Period,
}

impl Debt {
    fn of(id: ObligationId, owed: &Obligation) -> Option<Self> {
        match owed.source {
            ObligationSource::Statement { agreement, period }
            | ObligationSource::Note {
                agreement, period, ..
            } => Some(Self {
                id,
                currency: owed.currency,
                agreement,
                period,
            }),
            _ => None,
        }
    }
}

/// An agreement as its debtor sees it.
struct Side {
    direction: Direction,
    escrow: Option<Escrow<AccountId>>,
}

impl Side {
    /// Whether what is held is to pay a debt: of later months the escrow has noted what it could not pay.
    fn pays(&self, debt: &Debt) -> bool {
        let escrow = self.escrow.as_ref();
        escrow.is_some_and(|escrow| escrow.unpaid > 0 && escrow.from <= debt.period)
    }
}

/// Answers in the order of their questions, several of which are under way at a time.
async fn answers<T>(
    questions: Vec<impl Future<Output = Result<T, CommandError>>>,
) -> Result<Vec<T>, CommandError> {
    stream::iter(questions).buffered(QUERIES).try_collect().await
}

async fn debt(chain: &Chain, id: ObligationId) -> Result<Option<Debt>, CommandError> {
    let owed = chain.obligation(id).await?;
    Ok(owed.and_then(|owed| Debt::of(id, &owed)))
}

async fn side(
    chain: &Chain,
    me: OperatorId,
    agreement: AgreementId,
) -> Result<Option<(AgreementId, Side)>, CommandError> {
    let Some(found) = chain.agreement(agreement).await? else {
        return Ok(None);
    };
    let Some(direction) = Direction::owed_by(me, &found.parties) else {
        return Ok(None);
    };
    let [first, second] = chain.escrows(agreement).await?;
    let escrow = match direction {
        Direction::FirstHome => first,
        Direction::SecondHome => second,
    };
    Ok(Some((agreement, Side { direction, escrow })))
}

/// The months whose terms say in which token a debt is paid, each once.
fn months(debts: &[Debt], sides: &BTreeMap<AgreementId, Side>) -> BTreeSet<(AgreementId, Period)> {
    let by_token = debts
        .iter()
        .filter(|debt| sides.get(&debt.agreement).is_some_and(|side| !side.pays(debt)));
    by_token.map(|debt| (debt.agreement, debt.period)).collect()
}

/// The command that pays a debt, where an escrow owes it or the terms leave one token.
fn command(tokens: &Tokens, debt: &Debt, side: &Side, terms: Option<&Terms>) -> Option<String> {
    if side.pays(debt) {
        return Some(format!("interclear escrow pay {} {}", debt.agreement, debt.id));
    }
    let token = tokens.accepted(debt.currency, terms?.creditor_accepts(side.direction))?;
    Some(format!("interclear payment pay {} --token {token}", debt.id))
}

/// The commands that pay what an operator owes gross, as far as they can be told. Each agreement and each month is asked about once, however
/// many debts there are.
pub(super) async fn commands(
    chain: &Chain,
    tokens: &Tokens,
    me: OperatorId,
    tasks: &[Task],
) -> Result<BTreeMap<ObligationId, String>, CommandError> {
    let gross = tasks.iter().filter_map(|task| match task.kind {
        TaskKind::Pay {
            obligation,
            gross: true,
            ..
        } => Some(debt(chain, obligation)),
        _ => None,
    });
    let debts: Vec<Debt> = answers(gross.collect()).await?.into_iter().flatten().collect();
    let agreements: BTreeSet<AgreementId> = debts.iter().map(|debt| debt.agreement).collect();
    let each: Vec<_> = agreements.into_iter().map(|id| side(chain, me, id)).collect();
    let sides: BTreeMap<AgreementId, Side> = answers(each).await?.into_iter().flatten().collect();
    let each = months(&debts, &sides)
        .into_iter()
        .map(|(agreement, period)| async move {
            let terms = chain.terms_in(agreement, period).await?;
            Ok::<_, CommandError>(((agreement, period), terms))
        });
    let terms: BTreeMap<(AgreementId, Period), Option<Terms>> =
        answers(each.collect()).await?.into_iter().collect();
    let paid = debts.iter().filter_map(|debt| {
        let side = sides.get(&debt.agreement)?;
        let terms = terms.get(&(debt.agreement, debt.period));
        let next = command(tokens, debt, side, terms.and_then(Option::as_ref))?;
        Some((debt.id, next))
    });
    Ok(paid.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEPTEMBER: Period = Period(202_609);
    const OCTOBER: Period = Period(202_610);

    fn debt(id: u64, agreement: u32, period: Period) -> Debt {
        Debt {
            id: ObligationId(id),
            currency: Currency::EUR,
            agreement: AgreementId(agreement),
            period,
        }
    }

    /// An agreement whose escrow could not pay so many debts from October on; without an escrow where it is `None`.
    fn side(unpaid: Option<u32>) -> Side {
        let escrow = unpaid.map(|unpaid| Escrow {
            token: 1,
            currency: Currency::EUR,
            decimals: 2,
            account: AccountId::from([0; 32]),
            held: 10_000,
            reserved: 0,
            unpaid,
            tried: None,
            from: OCTOBER,
        });
        Side {
            direction: Direction::FirstHome,
            escrow,
        }
    }

    #[test]
    fn a_month_should_be_asked_about_once_when_several_debts_are_of_it() {
        let sides = BTreeMap::from([(AgreementId(7), side(Some(1))), (AgreementId(8), side(None))]);
        let debts = [
            debt(1, 7, SEPTEMBER),
            debt(2, 7, SEPTEMBER),
            debt(3, 7, OCTOBER),
            debt(4, 8, OCTOBER),
            debt(5, 9, OCTOBER),
        ];
        // October of 7 its escrow owes, and of 9 nothing is known.
        assert_eq!(
            months(&debts, &sides),
            BTreeSet::from([(AgreementId(7), SEPTEMBER), (AgreementId(8), OCTOBER)])
        );
    }

    #[test]
    fn a_debt_should_be_paid_from_the_escrow_when_that_could_not_pay_it_when_it_arose() {
        let tokens = Tokens(Vec::new());
        let told = |period, side: Side| command(&tokens, &debt(3, 7, period), &side, None);
        assert_eq!(
            told(OCTOBER, side(Some(1))).as_deref(),
            Some("interclear escrow pay 7 3")
        );
        assert_eq!(told(SEPTEMBER, side(Some(1))), None, "it is of before the escrow");
        assert_eq!(told(OCTOBER, side(Some(0))), None, "it has paid all");
        assert_eq!(told(OCTOBER, side(None)), None);
    }
}
