//! Closing a month, affirming its statement.

use crate::{
    AmountFault, Commitments, CommittedLine, Config, Decimals, Error, Event, Expiring, LastClosed, Pallet,
    Record, Statements, Unaffirmed,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, BoundedVec};
use interclear_primitives::{
    ports::{Agreements, Operators, Periods, Usage},
    rating::{
        rate_window, Amount, Condition, DirectionCharge, LineCharge, LineHistory, LineTerms, LineUsage,
        Quantity, Stage,
    },
    AgreementId, Direction, MaxStatementLines, Moment, ObligationSource, OperatorId, Period, Role, Service,
    ServiceGroup, Statement, StatementLine, StatementStatus, Terms, UsageKey, UsageTotal, Value, DAY,
};
use sp_runtime::{DispatchError, DispatchResult};

type Totals = BTreeMap<UsageKey, UsageTotal>;
type Charged = BTreeMap<UsageKey, LineCharge>;

impl<T: Config> Pallet<T> {
    /// The place of the desk's operator among the parties.
    fn ensure_party(parties: [OperatorId; 2], operator: OperatorId) -> Result<usize, Error<T>> {
        parties
            .iter()
            .position(|party| *party == operator)
            .ok_or(Error::<T>::NotAParty)
    }

    /// Returns the number of lines of the statement.
    pub(crate) fn do_close_period(
        who: &T::AccountId,
        agreement: AgreementId,
        period: Period,
    ) -> Result<u32, DispatchError> {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let parties = T::Agreements::parties(agreement).ok_or(Error::<T>::AgreementNotFound)?;
        Self::ensure_party(parties, operator)?;
        ensure!(period.is_valid(), Error::<T>::InvalidPeriod);
        let now = Self::now();
        ensure!(now >= period.end(), Error::<T>::PeriodRunning);
        ensure!(!Self::is_closed(agreement, period), Error::<T>::AlreadyClosed);
        let (version, terms) = T::Agreements::terms_in(agreement, period).ok_or(Error::<T>::NotInForce)?;
        // The months in force have no holes, so the month before stands for all earlier ones.
        let previous = period.previous();
        let previous_in_force = T::Agreements::usage_terms_in(agreement, previous).is_some();
        ensure!(
            !previous_in_force || Self::is_closed(agreement, previous),
            Error::<T>::EarlierMonthOpen
        );
        let decimals = Decimals::<T>::get(terms.currency).ok_or(Error::<T>::CurrencyNotSettled)?;
        T::Usage::ensure_complete(agreement, period, now)?;

        let last_month = T::Agreements::usage_terms_in(agreement, period.next()).is_none();
        let statement = Statement {
            parties,
            version,
            currency: terms.currency,
            decimals,
            lines: BoundedVec::new(),
            totals: [Value::ZERO; 2],
            net: Value::ZERO,
            status: StatementStatus::Issued,
            affirmed: [false; 2],
            issued_at: now,
            affirm_by: now.saturating_add(days(terms.payment.affirm_days)),
            payment_days: terms.payment.payment_days,
        };
        let totals = T::Usage::totals(agreement, period).into_iter().collect();
        let before = Commitments::<T>::get(agreement)
            .into_iter()
            .map(|line| (line.key, line.charged))
            .collect();
        let stage = if last_month {
            Stage::TrueUp
        } else {
            Stage::Provisional
        };
        let (statement, committed) =
            Self::rate(statement, &terms, &totals, &before, stage).map_err(Error::<T>::from)?;
        ensure!(
            Self::all_priced(&statement, &totals),
            Error::<T>::UsageWithoutLine
        );

        T::Usage::seal(agreement, period)?;
        if last_month || committed.is_empty() {
            Commitments::<T>::remove(agreement);
        } else {
            Commitments::<T>::insert(agreement, committed);
        }
        LastClosed::<T>::insert(agreement, period);
        Unaffirmed::<T>::insert(agreement, period, statement.affirm_by);
        Self::deposit_event(Event::PeriodClosed {
            agreement,
            period,
            parties,
            currency: statement.currency,
            totals: statement.totals,
            net: statement.net,
            affirm_by: statement.affirm_by,
        });
        let lines = u32::try_from(statement.lines.len()).unwrap_or(u32::MAX);
        Statements::<T>::insert(agreement, period, statement);
        Ok(lines)
    }

    /// Fills in lines and totals; also returns what counts towards commitments from now on.
    ///
    /// The accounting window is the month, the span of a commitment the months in force: a shortfall is charged with the last.
    fn rate(
        mut statement: Statement,
        terms: &Terms,
        totals: &Totals,
        before: &Charged,
        stage: Stage,
    ) -> Result<(Statement, BoundedVec<CommittedLine, MaxStatementLines>), AmountFault> {
        let mut committed = BoundedVec::new();
        for direction in Direction::BOTH {
            let (keys, charge) = rate_direction(terms, direction, totals, before, stage, statement.decimals)?;
            let total = statement
                .totals
                .get_mut(direction.index())
                .ok_or(AmountFault::NotRateable)?;
            *total = Value::Clear(charge.gross()?);
            for ((key, priced), line) in keys.iter().zip(&charge.lines) {
                let stated = statement_line(*key, line)?;
                statement
                    .lines
                    .try_push(stated)
                    .map_err(|_| AmountFault::NotRateable)?;
                let spans = !matches!(
                    terms.direction(direction).condition,
                    Condition::Unconditional | Condition::UsageCaps { .. }
                );
                if spans && priced.in_commitment {
                    let earlier = before.get(key).copied().unwrap_or_default();
                    let charged = earlier.checked_add(line).ok_or(AmountFault::Overflow)?;
                    let line = CommittedLine { key: *key, charged };
                    committed.try_push(line).map_err(|_| AmountFault::NotRateable)?;
                }
            }
        }
        let [first, second] = statement.totals;
        statement.net = first.checked_sub(&second)?;
        Ok((statement, committed))
    }

    /// Whether each line with usage is on the statement; else usage would silently go unpaid.
    fn all_priced(statement: &Statement, totals: &Totals) -> bool {
        let stated = statement
            .lines
            .iter()
            .map(line_key)
            .collect::<alloc::collections::BTreeSet<_>>();
        totals.keys().all(|key| stated.contains(key))
    }

    pub(crate) fn do_affirm(who: &T::AccountId, agreement: AgreementId, period: Period) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let mut statement = Statements::<T>::get(agreement, period).ok_or(Error::<T>::StatementNotFound)?;
        let place = Self::ensure_party(statement.parties, operator)?;
        ensure!(
            statement.status == StatementStatus::Issued,
            Error::<T>::AlreadyAffirmed
        );
        let affirmed = statement.affirmed.get_mut(place).ok_or(Error::<T>::NotAParty)?;
        ensure!(!*affirmed, Error::<T>::AlreadyAffirmed);
        *affirmed = true;
        Self::deposit_event(Event::Affirmed {
            agreement,
            period,
            operator,
        });
        if statement.affirmed == [true; 2] {
            Self::conclude_statement(agreement, period, statement, Self::now(), false)?;
        } else {
            Statements::<T>::insert(agreement, period, statement);
        }
        Ok(())
    }

    pub(crate) fn do_affirm_by_silence(
        who: &T::AccountId,
        agreement: AgreementId,
        period: Period,
    ) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Clearing)?;
        let statement = Statements::<T>::get(agreement, period).ok_or(Error::<T>::StatementNotFound)?;
        Self::ensure_party(statement.parties, operator)?;
        ensure!(
            statement.status == StatementStatus::Issued,
            Error::<T>::AlreadyAffirmed
        );
        ensure!(Self::now() > statement.affirm_by, Error::<T>::AffirmationPending);
        Self::affirm_silently(agreement, period, statement)
    }

    /// Affirms a statement whose affirmation date has passed, as of that date.
    pub(crate) fn affirm_silently(
        agreement: AgreementId,
        period: Period,
        statement: Statement,
    ) -> DispatchResult {
        // As of the date and not as of now: when a sweep comes around must not move the due date.
        let affirmed_at = statement.affirm_by;
        Self::conclude_statement(agreement, period, statement, affirmed_at, true)
    }

    fn conclude_statement(
        agreement: AgreementId,
        period: Period,
        mut statement: Statement,
        affirmed_at: Moment,
        by_silence: bool,
    ) -> DispatchResult {
        let [first, second] = statement.parties;
        let due = affirmed_at.saturating_add(days(statement.payment_days));
        let debt = Self::direct(first, second, statement.net).map_err(Error::<T>::from)?;
        let obligation = match debt {
            None => None,
            Some((debtor, creditor, amount)) => {
                let source = ObligationSource::Statement { agreement, period };
                Some(Self::create_obligation(
                    debtor,
                    creditor,
                    statement.currency,
                    amount,
                    due,
                    source,
                )?)
            }
        };
        statement.status = StatementStatus::Affirmed;
        Statements::<T>::insert(agreement, period, statement);
        Unaffirmed::<T>::remove(agreement, period);
        let record = Record::Statement(agreement, period);
        Self::expire(Expiring {
            record,
            since: Self::now(),
        });
        Self::deposit_event(Event::StatementAffirmed {
            agreement,
            period,
            by_silence,
            obligation,
        });
        Ok(())
    }
}

fn days(days: u16) -> Moment {
    Moment::from(days).saturating_mul(DAY)
}

/// The key of the usage that a line bills.
pub(crate) fn line_key(line: &StatementLine) -> UsageKey {
    UsageKey {
        direction: line.direction,
        group: line.group,
        service: line.service,
    }
}

fn statement_line(key: UsageKey, charge: &LineCharge) -> Result<StatementLine, AmountFault> {
    Ok(StatementLine {
        direction: key.direction,
        group: key.group,
        service: key.service,
        quantity: u128::try_from(charge.quantity).map_err(|_| AmountFault::Negative)?,
        tap_charge: Value::Clear(charge.tap_charge),
        charge: Value::Clear(charge.charge),
        shortfall: Value::Clear(charge.shortfall),
        tax: Value::Clear(charge.tax),
    })
}

type Keyed = Vec<(UsageKey, LineTerms)>;

fn rate_direction(
    terms: &Terms,
    direction: Direction,
    totals: &Totals,
    before: &Charged,
    stage: Stage,
    decimals: u8,
) -> Result<(Keyed, DirectionCharge), AmountFault> {
    let agreed = terms.direction(direction);
    let lines: Keyed = agreed
        .lines()
        .map(|(group, line)| {
            (
                UsageKey {
                    direction,
                    group,
                    service: line.service,
                },
                line.terms.clone(),
            )
        })
        .collect();
    let priced: Vec<LineTerms> = lines.iter().map(|(_, line)| line.clone()).collect();
    let mut usage = Vec::with_capacity(lines.len());
    for (key, _) in &lines {
        let group = agreed
            .groups
            .get(usize::from(key.group))
            .ok_or(AmountFault::NotRateable)?;
        usage.push(line_usage(terms, group, *key, totals)?);
    }
    let history: Vec<LineHistory> = lines
        .iter()
        .map(|(key, _)| LineHistory {
            window: LineCharge::default(),
            earlier: before.get(key).copied().unwrap_or_default(),
        })
        .collect();
    let charge = rate_window(&priced, &agreed.condition, &usage, &history, stage, decimals)?;
    Ok((lines, charge))
}

/// What the engine is told of a line.
fn line_usage(
    terms: &Terms,
    group: &ServiceGroup,
    key: UsageKey,
    totals: &Totals,
) -> Result<LineUsage, AmountFault> {
    let quantity = |key: &UsageKey| totals.get(key).map_or(0, |total| total.quantity);
    let total = totals.get(&key).copied().unwrap_or_default();
    let mut reverse_volume = 0u128;
    let reverse = key.direction.reverse();
    for (other, number) in terms.direction(reverse).groups.iter().zip(0u8..) {
        // Only a group within the mirrored networks can be attributed; running totals know no single networks.
        let mirrored = other.home.iter().all(|tadig| group.visited.contains(tadig))
            && other.visited.iter().all(|tadig| group.home.contains(tadig));
        if mirrored {
            let key = UsageKey {
                direction: reverse,
                group: number,
                service: key.service,
            };
            reverse_volume = reverse_volume
                .checked_add(quantity(&key))
                .ok_or(AmountFault::Overflow)?;
        }
    }
    Ok(LineUsage {
        volume: Quantity(total.quantity),
        reverse_volume: Quantity(reverse_volume),
        // IMSIs are counted for the group as a whole.
        imsi_months: Quantity(quantity(&UsageKey {
            service: Service::NetworkAccess,
            ..key
        })),
        tap_charge: Amount(total.charge.clear_unsigned()?),
        tap_tax: Amount(total.tax.clear_unsigned()?),
    })
}
