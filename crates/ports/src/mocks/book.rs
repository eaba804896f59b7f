//! The book of debts.

use super::*;
use interclear_primitives::DAY;

/// What [`MockObligations`] answers to who has an obligation paid that its debtor claims to have paid.
pub const CLAIM_PENDING: DispatchError = DispatchError::Other("ClaimPending");

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

    /// What escrows have given back of obligations, to whom, and how much.
    pub fn not_owed() -> Vec<(ObligationId, OperatorId, Value)> {
        with(|tables| tables.not_owed.clone())
    }

    /// Whether the interest on an obligation has been forgotten.
    pub fn is_forgotten(id: ObligationId) -> bool {
        with(|tables| tables.forgotten.contains(&id))
    }

    /// Makes as if all ids but some had been given out.
    pub fn leave_ids(left: u64) {
        with(|tables| tables.next_obligation = u64::MAX - left);
    }

    /// Makes as if the creditor had confirmed a payment outside of cycles.
    pub fn pay_outside(id: ObligationId) {
        with(|tables| {
            let debt = tables.obligations.get_mut(&id).expect("is kept");
            debt.status = ObligationStatus::PaidOutside(tables.now);
        });
    }

    /// Makes as if the debtor had claimed a payment outside of cycles: for the first time, for seven days.
    pub fn claim(id: ObligationId) {
        with(|tables| {
            tables.claims.entry(id).or_insert(tables.now + 7 * DAY);
        });
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

    fn is_paid(id: ObligationId) -> bool {
        with(|tables| {
            let found = tables.obligations.get(&id);
            found.is_none_or(|debt| debt.status.is_paid())
        })
    }

    fn waiting(id: ObligationId) -> Option<(Currency, u128)> {
        let debt = Self::get(id).filter(|debt| debt.status == ObligationStatus::Open)?;
        Some((debt.currency, debt.amount.clear_unsigned().ok()?))
    }

    fn tokens() -> Vec<TokenId> {
        (0..16).collect()
    }

    fn look_weight() -> Weight {
        Weight::from_parts(1_000, 0)
    }

    fn is_accepted(token: TokenId, currency: Currency, accepts: &Issuers) -> bool {
        Self::decimals(currency).is_some() && accepts.iter().any(|issuer| issuer.0 == token)
    }

    fn give_back(id: ObligationId, note: &Debt) -> DispatchResult {
        with(|tables| tables.not_owed.push((id, note.creditor, note.amount)));
        Ok(())
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
                gross: debt.condition.is_gross(),
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

    fn end_with(
        id: ObligationId,
        by: Option<OperatorId>,
        pay: impl FnOnce(Currency, &Issuers, u128) -> Result<TokenId, DispatchError>,
    ) -> DispatchResult {
        let debt = Self::get(id).ok_or(DispatchError::Other("ObligationNotFound"))?;
        if debt.status != ObligationStatus::Open {
            return Err(DispatchError::Other("ObligationNotOpen"));
        }
        let claimed = with(|tables| tables.claims.get(&id).map(|until| tables.now <= *until));
        let may_pay = match by {
            None => claimed.is_none(),
            Some(party) => party == debt.debtor || claimed != Some(true),
        };
        if !may_pay {
            return Err(CLAIM_PENDING);
        }
        // Its creditor accepts the token in which it is.
        let accepts: Vec<_> = debt.token.into_iter().map(OperatorId).collect();
        let amount = debt.amount.clear_unsigned().expect("a test owes what is clear");
        pay(debt.currency, &accepts.try_into().expect("is one"), amount)?;
        with(|tables| {
            let debt = tables.obligations.get_mut(&id).expect("is kept");
            debt.status = ObligationStatus::PaidGross(tables.now);
        });
        Ok(())
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

/// Answers [`Escrows`] from what tests set, in cents.
pub struct MockEscrows;

impl MockEscrows {
    /// Holds so many cents for a direction.
    pub fn set(agreement: AgreementId, direction: Direction, cents: u128) {
        with(|tables| tables.escrows.insert((agreement, direction), (cents, 0)));
    }

    /// What is held, in cents, and what is reserved, in 10^-6.
    pub fn get(agreement: AgreementId, direction: Direction) -> (u128, i128) {
        with(|tables| {
            tables
                .escrows
                .get(&(agreement, direction))
                .copied()
                .unwrap_or_default()
        })
    }

    /// Makes as if the issuer had frozen the account that holds what is held for a direction.
    pub fn freeze(agreement: AgreementId, direction: Direction) {
        with(|tables| tables.frozen_escrows.insert((agreement, direction)));
    }

    /// Makes as if vouchers of the first and of the second party had been paid of a month, in cents.
    pub fn redeem(agreement: AgreementId, period: Period, cents: [u128; 2]) {
        with(|tables| tables.redeemed.insert((agreement, period), cents));
    }

    /// What vouchers were paid that no statement has counted, in cents.
    pub fn redeemed(agreement: AgreementId, period: Period) -> [u128; 2] {
        let key = (agreement, period);
        with(|tables| tables.redeemed.get(&key).copied().unwrap_or_default())
    }

    /// What could not be paid, in the order in which it was noted: for which direction and month, and what has arisen from it.
    pub fn unpaid() -> Vec<(Direction, Period, ObligationId)> {
        with(|tables| {
            tables
                .unpaid
                .iter()
                .map(|(_, direction, period, id)| (*direction, *period, *id))
                .collect()
        })
    }

    /// What statements have reserved, in cents.
    pub fn reserved(agreement: AgreementId, period: Period) -> [u128; 2] {
        with(|tables| {
            tables
                .reserves
                .get(&(agreement, period))
                .copied()
                .unwrap_or_default()
        })
    }
}

impl Escrows for MockEscrows {
    // As if all had been drawn for this month.
    fn left(agreement: AgreementId, direction: Direction, period: Period) -> u128 {
        let (cents, drawn) = Self::get(agreement, direction);
        let redeemed = Self::redeemed(agreement, period)[direction.index()];
        u128::try_from((cents + redeemed) as i128 * 10_000 - drawn).unwrap_or_default()
    }

    fn draw(agreement: AgreementId, direction: Direction, _period: Period, change: i128) -> bool {
        with(|tables| {
            let escrow = tables.escrows.get_mut(&(agreement, direction));
            escrow.map(|(_, drawn)| *drawn += change).is_some()
        })
    }

    // Nobody is warned.
    fn free(_: AgreementId) -> [u128; 2] {
        [0; 2]
    }

    fn warn(_: AgreementId, _: Period, _: [u128; 2]) {}

    fn reserve(agreement: AgreementId, period: Period, owed: [u128; 2]) {
        with(|tables| tables.reserves.insert((agreement, period), owed));
    }

    fn take_redeemed(
        agreement: AgreementId,
        period: Period,
        payable: [u128; 2],
        withheld: [u128; 2],
    ) -> [u128; 2] {
        let redeemed = Self::redeemed(agreement, period);
        let stays = [0, 1].map(|place| {
            let beyond = redeemed[place].saturating_sub(payable[place]);
            beyond.min(withheld[place])
        });
        Self::redeem(agreement, period, stays);
        [0, 1].map(|place| redeemed[place] - stays[place])
    }

    // The files have been drawn already, for whatever month; what other ones charge is not known.
    fn close(agreement: AgreementId, period: Period, owed: [u128; 2], late: [i128; 2]) {
        Self::reserve(agreement, period, owed);
        let [mut from, mut to] = [period, period.next()].map(|month| Self::redeemed(agreement, month));
        let came = with(|tables| tables.carried.get(&(agreement, period)).copied());
        let came = came.unwrap_or_default();
        let carried = [0, 1].map(|place| {
            let beyond = from[place].saturating_sub(owed[place].max(came[place]));
            beyond.min(late[place].max(0).unsigned_abs().div_ceil(10_000))
        });
        for place in [0, 1] {
            from[place] -= carried[place];
            to[place] += carried[place];
        }
        with(|tables| tables.carried.insert((agreement, period.next()), carried));
        Self::redeem(agreement, period, from);
        Self::redeem(agreement, period.next(), to);
    }

    fn has_redeemed(agreement: AgreementId, period: Period) -> bool {
        Self::redeemed(agreement, period) != [0, 0]
    }

    fn pay(
        agreement: AgreementId,
        direction: Direction,
        period: Period,
        _currency: Currency,
        _accepts: &Issuers,
        amount: u128,
    ) -> u128 {
        let mut redeemed = Self::redeemed(agreement, period);
        let counted = amount.min(redeemed[direction.index()]);
        redeemed[direction.index()] -= counted;
        Self::redeem(agreement, period, redeemed);
        let held = with(|tables| match tables.escrows.get_mut(&(agreement, direction)) {
            None => 0,
            Some((cents, _)) => {
                let paid = (amount - counted).min(*cents);
                *cents -= paid;
                paid
            }
        });
        counted + held
    }

    fn note_unpaid(agreement: AgreementId, direction: Direction, period: Period, obligation: ObligationId) {
        with(|tables| tables.unpaid.push((agreement, direction, period, obligation)));
    }

    // As if it were held in the token that is asked for.
    fn held_for(agreement: AgreementId, obligation: ObligationId, _: TokenId) -> (u128, bool) {
        let unpaid = with(|tables| tables.unpaid.clone());
        let noted = |(of, _, _, id): &(AgreementId, Direction, Period, ObligationId)| {
            *of == agreement && *id == obligation
        };
        let found = unpaid.into_iter().find(noted);
        found.map_or((0, false), |(agreement, direction, ..)| {
            let frozen = with(|tables| tables.frozen_escrows.contains(&(agreement, direction)));
            (Self::get(agreement, direction).0, frozen)
        })
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_open(agreement: AgreementId, direction: Direction, held: u128) {
        Self::set(agreement, direction, held);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_redeem(agreement: AgreementId, direction: Direction, period: Period, amount: u128) {
        let mut redeemed = Self::redeemed(agreement, period);
        redeemed[direction.index()] = amount;
        Self::redeem(agreement, period, redeemed);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_hold(agreement: AgreementId, obligation: ObligationId, _: TokenId, held: u128) {
        Self::set(agreement, Direction::SecondHome, held);
        Self::note_unpaid(agreement, Direction::SecondHome, Period(0), obligation);
    }
}
