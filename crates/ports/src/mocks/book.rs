//! The book of debts.

use super::*;

/// Answers [`Obligations`] with a whole book, numbered in the order in which debts arise; nothing in it is ever settled.
pub struct MockObligations;

impl MockObligations {
    /// Makes as if there were a token of a currency.
    pub fn set_decimals(currency: Currency, decimals: u8) {
        with(|tables| tables.decimals.insert(currency, decimals));
    }

    /// An obligation.
    pub fn get(id: ObligationId) -> Option<Obligation> {
        with(|tables| tables.obligations.get(&id).copied())
    }

    /// Of which obligation another one gives something back.
    pub fn given_back(by: ObligationId) -> Option<ObligationId> {
        with(|tables| tables.given_back.get(&by).copied())
    }

    /// Whether the interest on an obligation has been forgotten.
    pub fn is_forgotten(id: ObligationId) -> bool {
        with(|tables| tables.forgotten.contains(&id))
    }

    /// Makes as if all ids but some had been given out.
    pub fn leave_ids(left: u64) {
        with(|tables| tables.next_obligation = u64::MAX - left);
    }

    /// Forgets an obligation, as if it had been settled and evicted.
    pub fn forget(id: ObligationId) {
        with(|tables| tables.obligations.remove(&id));
    }
}

impl Obligations for MockObligations {
    fn decimals(currency: Currency) -> Option<u8> {
        with(|tables| tables.decimals.get(&currency).copied())
    }

    fn is_kept(id: ObligationId) -> bool {
        with(|tables| tables.obligations.contains_key(&id))
    }

    fn create(debt: Debt) -> Result<ObligationId, DispatchError> {
        with(|tables| {
            let id = ObligationId(tables.next_obligation);
            tables.next_obligation = id.next().ok_or(DispatchError::Other("IdsExhausted"))?.0;
            let obligation = Obligation {
                debtor: debt.debtor,
                creditor: debt.creditor,
                currency: debt.currency,
                // As if each issuer had a token with its own number.
                token: debt.accepts.first().map(|issuer| issuer.0),
                amount: debt.amount,
                due: debt.due,
                source: debt.source,
                status: ObligationStatus::Open,
                interest: LateInterest {
                    bps: debt.late_interest_bps,
                    ..LateInterest::default()
                },
            };
            tables.obligations.insert(id, obligation);
            tables.given_back.extend(debt.gives_back.map(|of| (id, of)));
            Ok(id)
        })
    }

    fn forget_interest(id: ObligationId) {
        with(|tables| tables.forgotten.insert(id));
    }

    fn all() -> Vec<(ObligationId, Obligation)> {
        with(|tables| tables.obligations.iter().map(|(id, debt)| (*id, *debt)).collect())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_charged(debt: Debt) -> ObligationId {
        Self::create(debt).expect("few ids are given out")
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(currency: Currency, _: OperatorId) {
        Self::set_decimals(currency, 2);
    }
}
