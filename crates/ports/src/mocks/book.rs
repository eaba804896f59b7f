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

    fn create(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
        accepts: &Issuers,
    ) -> Result<ObligationId, DispatchError> {
        let status = ObligationStatus::Open;
        with(|tables| {
            let id = ObligationId(tables.next_obligation);
            tables.next_obligation = id.next().ok_or(DispatchError::Other("IdsExhausted"))?.0;
            let obligation = Obligation {
                debtor,
                creditor,
                currency,
                // As if each issuer had a token with its own number.
                token: accepts.first().map(|issuer| issuer.0),
                amount,
                due,
                source,
                status,
            };
            tables.obligations.insert(id, obligation);
            Ok(id)
        })
    }

    fn all() -> Vec<(ObligationId, Obligation)> {
        with(|tables| tables.obligations.iter().map(|(id, debt)| (*id, *debt)).collect())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(currency: Currency, _: OperatorId) {
        Self::set_decimals(currency, 2);
    }
}
