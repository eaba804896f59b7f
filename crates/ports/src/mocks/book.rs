//! The book of debts, and the cycles that settle them.

use super::*;

/// Answers [`Obligations`] with a whole book, numbered and paged in the order in which debts arise.
pub struct MockObligations;

impl MockObligations {
    /// All obligations that are kept, as they are booked.
    pub fn all() -> Vec<(ObligationId, Obligation)> {
        with(|tables| tables.obligations.iter().map(|(id, debt)| (*id, *debt)).collect())
    }

    /// Changes the mark of an obligation from what `expected` accepts.
    fn mark(
        id: ObligationId,
        expected: impl FnOnce(ObligationStatus) -> Option<ObligationStatus>,
    ) -> DispatchResult {
        with(|tables| {
            let obligation = tables
                .obligations
                .get_mut(&id)
                .ok_or(DispatchError::Other("ObligationNotFound"))?;
            obligation.status =
                expected(obligation.status).ok_or(DispatchError::Other("ObligationInWrongState"))?;
            Ok(())
        })
    }
}

impl Obligations for MockObligations {
    fn get(id: ObligationId) -> Option<Obligation> {
        with(|tables| tables.obligations.get(&id).copied())
    }

    fn open(currency: Currency, after: Option<ObligationId>, max: u32) -> Vec<ObligationId> {
        Self::all()
            .into_iter()
            .filter(|(id, _)| Some(*id) > after)
            .filter(|(_, debt)| debt.currency == currency && debt.status == ObligationStatus::Open)
            .map(|(id, _)| id)
            .take(usize::try_from(max).unwrap_or(usize::MAX))
            .collect()
    }

    fn has_unsettled(operator: OperatorId, currency: Currency) -> bool {
        Self::all().into_iter().any(|(_, debt)| {
            debt.currency == currency
                && [debt.debtor, debt.creditor].contains(&operator)
                && !matches!(debt.status, ObligationStatus::Settled(_))
        })
    }

    fn create(
        debtor: OperatorId,
        creditor: OperatorId,
        currency: Currency,
        amount: Value,
        due: Moment,
        source: ObligationSource,
    ) -> Result<ObligationId, DispatchError> {
        let status = ObligationStatus::Open;
        with(|tables| {
            // Only what has been settled is removed, so the numbers of what is kept would not do.
            tables.next_obligation += 1;
            let id = ObligationId(tables.next_obligation - 1);
            let obligation = Obligation {
                debtor,
                creditor,
                currency,
                amount,
                due,
                source,
                status,
            };
            tables.obligations.insert(id, obligation);
            Ok(id)
        })
    }

    fn take_in(id: ObligationId, cycle: CycleId) -> DispatchResult {
        Self::mark(id, |status| {
            (status == ObligationStatus::Open).then_some(ObligationStatus::InCycle(cycle))
        })
    }

    fn resolve(id: ObligationId, settled: bool) -> DispatchResult {
        Self::mark(id, |status| match status {
            ObligationStatus::InCycle(cycle) if settled => Some(ObligationStatus::Settled(cycle)),
            ObligationStatus::InCycle(_) => Some(ObligationStatus::Open),
            _ => None,
        })
    }

    fn remove(id: ObligationId) {
        with(|tables| {
            tables
                .obligations
                .retain(|known, debt| *known != id || !matches!(debt.status, ObligationStatus::Settled(_)))
        });
    }
}

/// Answers [`Settlement`]; a cycle has taken in whatever the book says.
pub struct MockSettlement;

impl MockSettlement {
    /// Makes as if there were a token of a currency.
    pub fn set_decimals(currency: Currency, decimals: u8) {
        with(|tables| tables.decimals.insert(currency, decimals));
    }

    /// Finishes a cycle with its transfers, from which some operators were excluded.
    pub fn settle(cycle: CycleId, excluded: &[OperatorId]) {
        let excluded = excluded.to_vec();
        with(|tables| tables.cycles.insert(cycle, Outcome::Settled { excluded }));
    }

    /// Finishes a cycle without a transfer.
    pub fn cancel(cycle: CycleId) {
        with(|tables| tables.cycles.insert(cycle, Outcome::Cancelled));
    }
}

impl Settlement for MockSettlement {
    fn decimals(currency: Currency) -> Option<u8> {
        with(|tables| tables.decimals.get(&currency).copied())
    }

    fn status_in(cycle: CycleId, parties: [OperatorId; 2]) -> ObligationStatus {
        with(|tables| match tables.cycles.get(&cycle) {
            None => ObligationStatus::InCycle(cycle),
            Some(Outcome::Settled { excluded }) if !parties.iter().any(|party| excluded.contains(party)) => {
                ObligationStatus::Settled(cycle)
            }
            Some(_) => ObligationStatus::Open,
        })
    }

    fn includes(_: CycleId, _: ObligationId) -> bool {
        true
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_decimals(currency: Currency, decimals: u8) {
        Self::set_decimals(currency, decimals);
    }
}
