//! Statements whose lines are disputed, and proofs of records.

use super::*;
use interclear_primitives::{
    agreement::Direction,
    statement::{Decided, StatementStatus},
    DAY,
};

/// Answers [`DisputedStatements`] from statements that tests set; notes go to [`MockObligations`].
pub struct MockStatements;

impl MockStatements {
    /// Issues a statement.
    pub fn set(agreement: AgreementId, period: Period, statement: Statement) {
        with(|tables| tables.statements.insert((agreement, period), statement));
    }

    /// Removes a statement, as if it had been evicted.
    pub fn forget(agreement: AgreementId, period: Period) {
        with(|tables| tables.statements.remove(&(agreement, period)));
    }

    /// What disputes have decided, oldest first.
    pub fn decided() -> Vec<Decided> {
        with(|tables| tables.decided.clone())
    }

    /// Notes that a party has affirmed.
    pub fn affirm(agreement: AgreementId, period: Period, party: usize) {
        Self::change(agreement, period, |statement| statement.affirmed[party] = true);
    }

    /// Makes an obligation of what is not withheld of a statement.
    pub fn conclude(agreement: AgreementId, period: Period) {
        let source = ObligationSource::Statement { agreement, period };
        Self::change(agreement, period, |statement| {
            statement.status = StatementStatus::Affirmed;
            let payable = statement.payable().expect("fits");
            book(statement, payable, statement.due, source);
        });
    }

    fn change<R>(agreement: AgreementId, period: Period, change: impl FnOnce(&mut Statement) -> R) -> R {
        let mut statement = Self::statement(agreement, period).expect("is there");
        let result = change(&mut statement);
        Self::set(agreement, period, statement);
        result
    }
}

fn book(statement: &Statement, amount: Value, due: Moment, source: ObligationSource) -> Option<ObligationId> {
    let [first, second] = statement.parties;
    let (debtor, creditor) = match amount.clear().expect("is clear") {
        0 => return None,
        1.. => (first, second),
        _ => (second, first),
    };
    let amount = Value::from_unsigned(amount.clear().expect("is clear").unsigned_abs()).expect("fits");
    let made = MockObligations::create(Debt {
        debtor,
        creditor,
        currency: statement.currency,
        amount,
        due,
        source,
        accepts: Default::default(),
        late_interest_bps: 0,
        gives_back: None,
        condition: Default::default(),
    });
    Some(made.expect("ids are left"))
}

impl DisputedStatements for MockStatements {
    fn statement(agreement: AgreementId, period: Period) -> Option<Statement> {
        with(|tables| tables.statements.get(&(agreement, period)).cloned())
    }

    fn begin_dispute(agreement: AgreementId, period: Period, by: OperatorId) -> Result<bool, DispatchError> {
        let statement = Self::statement(agreement, period).ok_or(DispatchError::Other("NoStatement"))?;
        let place = statement.parties.iter().position(|party| *party == by);
        let place = place.ok_or(DispatchError::Other("NotAParty"))?;
        if statement.affirmed[place] {
            return Err(DispatchError::Other("Affirmed"));
        }
        if MockClock::now() >= statement.disputed_until {
            return Err(DispatchError::Other("DisputeDaysOver"));
        }
        Self::change(agreement, period, |statement| statement.disputed.open[place] += 1);
        // Silence affirms what nobody has affirmed by then.
        Ok(statement.status == StatementStatus::Issued && MockClock::now() <= statement.affirm_by)
    }

    fn end_dispute(
        agreement: AgreementId,
        period: Period,
        by: OperatorId,
        _dispute: DisputeId,
        decided: Option<Decided>,
    ) -> DispatchResult {
        with(|tables| tables.decided.extend(decided));
        Self::change(agreement, period, |statement| {
            let place = statement.parties.iter().position(|party| *party == by);
            statement.disputed.open[place.expect("a party")] -= 1;
        });
        Ok(())
    }

    fn adjust(
        agreement: AgreementId,
        period: Period,
        direction: Direction,
        change: Change,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let later = MockClock::now() + DAY * 30;
        let source = ObligationSource::Note {
            agreement,
            period,
            dispute,
        };
        Ok(Self::change(agreement, period, |statement| {
            let mut note = None;
            let due = statement.due.max(change.due_from);
            for (part, due) in [(change.withheld, due), (change.corrected, later)] {
                let before = statement.payable().expect("fits");
                let adjusted = &mut statement.disputed.adjusted[direction.index()];
                *adjusted = adjusted.checked_add(&Value::Clear(part)).expect("fits");
                let more = statement.payable().expect("fits").checked_sub(&before);
                if statement.status == StatementStatus::Affirmed {
                    note = book(statement, more.expect("fits"), due, source).or(note);
                }
            }
            note
        }))
    }

    fn charge_fee(
        agreement: AgreementId,
        period: Period,
        loser: OperatorId,
        amount: Value,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError> {
        let statement = Self::statement(agreement, period).ok_or(DispatchError::Other("NoStatement"))?;
        let owed = match statement.parties[0] == loser {
            true => amount,
            false => amount.checked_neg().expect("fits"),
        };
        let due = MockClock::now() + DAY * 30;
        Ok(book(
            &statement,
            owed,
            due,
            ObligationSource::DisputeFee { dispute },
        ))
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(agreement: AgreementId, period: Period, statement: Statement) {
        Self::set(agreement, period, statement);
    }
}

/// Answers [`Evidence`].
pub struct MockEvidence;

impl MockEvidence {
    /// Proves a record.
    pub fn prove(key: BatchKey, root: Digest, index: u32) {
        with(|tables| tables.proven.insert((key, root, index)));
    }

    /// Has a line of a month's statement bill something.
    pub fn bill(about: About, agreement: AgreementId, period: Period, line: LineKey) {
        with(|tables| tables.named.insert((about, agreement, period, line)));
    }
}

impl Evidence for MockEvidence {
    fn is_proven(key: &BatchKey, root: Digest, index: u32) -> bool {
        with(|tables| tables.proven.contains(&(*key, root, index)))
    }

    fn is_of_line(about: &About, agreement: AgreementId, period: Period, line: &LineKey) -> bool {
        with(|tables| tables.named.contains(&(*about, agreement, period, *line)))
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_prove(key: BatchKey, root: Digest, index: u32) {
        Self::prove(key, root, index);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_bill(key: BatchKey, agreement: AgreementId, period: Period, line: &LineKey) {
        Self::bill(About::File(key), agreement, period, *line);
    }
}
