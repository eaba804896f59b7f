//! Where pallets meet: each trait is what one pallet offers to the others, wired in the runtime.
//!
//! No pallet depends on another, so each can be read, tested and replaced alone.
//!
//! - [`Operators`] and [`Members`]: for whom an account acts, and with which roles;
//! - [`Agreements`]: the terms in force in a month, and which of them price a pair of networks;
//! - [`Usage`]: the running totals of a month, and whether it is complete;
//! - [`Periods`]: which months are closed, and [`DisputedStatements`]: what disputes change of what they come to;
//! - [`Evidence`]: which records of files are proven;
//! - [`Obligations`]: the book of debts, and [`Escrows`]: what is held ahead for them;
//! - [`Caps`] and [`Rates`]: price caps and exchange rates;
//! - [`Switches`]: what the council has paused, and [`Cycles`]: whose time to fund stands still meanwhile;
//! - [`idle`]: what they share of their work in idle time, and [`tokens`]: of what is frozen;
//! - `mocks`: answers to every port from thread-local tables, for the tests of the pallets.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

extern crate alloc;

use alloc::vec::Vec;
use frame_support::{
    dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
    weights::Weight,
};
use interclear_billing::disputes::Change;
use interclear_primitives::{
    agreement::{Direction, Flows, PaymentCondition, Route, Terms, Tolerance},
    batch::ServiceTotal,
    dispute::{About, LineKey},
    ids::{AgreementId, DisputeId, ObligationId, OperatorId, TokenId},
    journal::MonthStep,
    money::{Currency, Value},
    netting::{Issuers, Obligation, ObligationSource},
    operator::{Desk, OperatorKind, Role},
    period::Period,
    report::PairMonth,
    series::BatchKey,
    service::ServiceSet,
    span::{Accounted, Months},
    statement::{Decided, Statement},
    switch::Function,
    tadig::Tadig,
    usage::{PeriodUsage, UsageKey, UsageTotal, MAX_LATE_MONTHS},
    Digest, Moment,
};
use interclear_rating::SdrRate;
use sp_runtime::{DispatchError, DispatchResult};

pub mod idle;
#[cfg(feature = "std")]
pub mod mocks;
pub mod tokens;

#[doc(hidden)]
pub use log;

/// Logs what must not happen in work in idle time, which has nobody to answer to. In the tests of the crate that uses it,
/// it is a failure.
#[macro_export]
macro_rules! unexpected {
    ($target:expr, $($message:tt)+) => {{
        $crate::log::error!(target: $target, $($message)+);
        // This halts no runtime: the crate that uses the macro is asked, and no crate is built with `test` but for its own tests; elsewhere
        // this is `if false`. An attribute in its place would have the compiler warn, in these tests, of all that follows.
        if cfg!(test) {
            panic!($($message)+);
        }
    }};
}

/// The time of the chain, answered by the runtime.
pub trait Clock {
    /// Seconds since the Unix epoch, by the chain's clock.
    fn now() -> Moment;

    /// Sets the clock.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_now(now: Moment);
}

/// One less of what is counted; a count that comes to nothing is not kept.
pub fn one_less(count: &mut Option<u32>) {
    *count = count
        .and_then(|count| count.checked_sub(1))
        .filter(|count| *count > 0);
}

/// The outcome of a call that has taken so much, whether it was refused or not.
///
/// # Errors
/// The call was refused.
pub fn having_taken(weight: Weight, outcome: DispatchResult) -> DispatchResultWithPostInfo {
    match outcome {
        Ok(()) => Ok(Some(weight).into()),
        Err(error) => Err(error.with_weight(weight)),
    }
}

/// Operators and their desks, offered by `pallet-operators`.
pub trait Operators<AccountId> {
    /// Operator and roles of an account; `None` if it is not a desk.
    fn desk(who: &AccountId) -> Option<Desk>;

    /// The operator for which a desk acts, if the desk has the role. A suspended operator passes: it may still pay,
    /// answer and close.
    ///
    /// # Errors
    /// The account is not a desk, or lacks the role.
    fn ensure_role(who: &AccountId, role: Role) -> Result<OperatorId, DispatchError>;

    /// As [`Operators::ensure_role`], for calls that begin something new.
    ///
    /// # Errors
    /// Also if the operator is suspended.
    fn ensure_active_role(who: &AccountId, role: Role) -> Result<OperatorId, DispatchError>;

    /// Whether the operator exists and is not suspended.
    fn is_active(operator: OperatorId) -> bool;

    /// Whether the operator exists and is of a kind.
    fn has_kind(operator: OperatorId, kind: OperatorKind) -> bool;

    /// The operator whose network a TADIG code names; `None` for an unknown code.
    fn owner_of(tadig: &Tadig) -> Option<OperatorId>;

    /// The account to which an operator is paid.
    fn payout_account(operator: OperatorId) -> Option<AccountId>;

    /// Operators that have ever been admitted, at most.
    fn max_operators() -> u32;

    /// Admits an active operator of every kind with one TADIG code, one desk with every role, and that desk as
    /// payout account.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_admit(desk: AccountId, tadig: Tadig) -> OperatorId;

    /// Gives an operator another TADIG code.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add_tadig(operator: OperatorId, tadig: Tadig);
}

/// Agreements in force, offered by `pallet-agreements`.
pub trait Agreements {
    /// The first and the second party; `None` if there is no such agreement.
    fn parties(agreement: AgreementId) -> Option<[OperatorId; 2]>;

    /// The version in force in a month and its terms; `None` in a month without one.
    fn terms_in(agreement: AgreementId, period: Period) -> Option<(u32, Terms)>;

    /// Over which months each direction is accounted together with a month, by
    /// [`Direction::index`](interclear_primitives::agreement::Direction::index); `None` in a month without a version.
    fn accounted_in(agreement: AgreementId, period: Period) -> Option<[Accounted; 2]>;

    /// The rules for usage files in a month; cheaper than the whole terms.
    fn usage_terms_in(
        agreement: AgreementId,
        period: Period,
    ) -> Option<interclear_primitives::agreement::UsageTerms>;

    /// The month by whose terms a month is answered and closed: itself, or after the end of the agreement, when it bills late
    /// usage alone, the last one in force.
    fn closing_month(agreement: AgreementId, period: Period) -> Option<Period> {
        // Of months after the end, only the first ones bill what is still taken.
        let months = usize::try_from(MAX_LATE_MONTHS).unwrap_or_default();
        core::iter::successors(Some(period), |month| Some(month.previous()))
            .take(months.saturating_mul(2))
            .find(|month| Self::usage_terms_in(agreement, *month).is_some())
    }

    /// The rules by which a month is answered and closed.
    fn closing_terms(
        agreement: AgreementId,
        period: Period,
    ) -> Option<interclear_primitives::agreement::UsageTerms> {
        Self::usage_terms_in(agreement, Self::closing_month(agreement, period)?)
    }

    /// Until when the lines of a month can be disputed whose statement is issued at a moment.
    fn disputed_until(agreement: AgreementId, period: Period, issued_at: Moment) -> Moment {
        let terms = Self::closing_month(agreement, period).and_then(|month| Self::terms_in(agreement, month));
        terms.map_or(issued_at, |(_, terms)| terms.payment.disputed_until(issued_at))
    }

    /// The services that a route's group prices in a month; cheaper than the whole terms.
    fn priced(route: &Route, period: Period) -> ServiceSet {
        Self::flows(route, period).priced()
    }

    /// The same services by the flow in which they may come.
    fn flows(route: &Route, period: Period) -> Flows;

    /// The tolerance of every service that a route's group prices in a month.
    fn tolerances(route: &Route, period: Period)
        -> Vec<(interclear_primitives::service::Service, Tolerance)>;

    /// The agreement, direction and group that price the traffic of `home`'s subscribers in `visited` in a month;
    /// `None` if no agreement does.
    fn route(visited: &Tadig, home: &Tadig, period: Period) -> Option<Route>;

    /// Whether an agreement prices the traffic of `home`'s subscribers in `visited` in a month or in a later one.
    fn is_routed(visited: &Tadig, home: &Tadig, from: Period) -> bool;

    /// The first and the last month in which a version is in force under which what a direction comes to is held ahead: it is prepaid,
    /// or may be, as it is paid on affirmation; `None` without one. The
    /// last one is [`Period::MAX`] if it renews itself.
    fn secured_months(agreement: AgreementId, direction: Direction) -> Option<Months>;

    /// Puts terms in force from their first month on to which both parties have consented otherwise than by signing an offer.
    ///
    /// # Errors
    /// What would refuse the terms as an offer, or as it comes into force.
    fn conclude(parties: [OperatorId; 2], terms: Terms) -> Result<AgreementId, DispatchError>;

    /// What [`Agreements::conclude`] weighs at most.
    fn conclude_weight() -> Weight;

    /// Puts an agreement in force without signatures.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_activate(parties: [OperatorId; 2], terms: Terms) -> AgreementId;
}

/// Usage anchored per agreement and month, offered by `pallet-anchoring`.
pub trait Usage {
    /// What has been anchored for a month.
    fn period_usage(agreement: AgreementId, period: Period) -> PeriodUsage;

    /// Running totals of a month: one entry per line that has usage, by ascending key; at most as many as the agreement
    /// has lines.
    fn totals(agreement: AgreementId, period: Period) -> Vec<(UsageKey, UsageTotal)>;

    /// Late usage of closed months that a month bills, by ascending month and key: of at most [`MAX_LATE_MONTHS`] months,
    /// each with at most as many entries as the agreement has lines in it.
    fn late_totals(agreement: AgreementId, period: Period) -> Vec<(Period, UsageKey, UsageTotal)>;

    /// Whether every file of a month has come and been answered, and every usage report has final figures, of those that
    /// the month waits for: what arose after its closing days does not hold it open.
    ///
    /// # Errors
    /// A gap is open, a returned file has been neither sent again nor given up, the figures of a report are not final, or
    /// an answer is missing and silence does not (or not yet) count; see
    /// [`UsageTerms::silence_closes`](interclear_primitives::agreement::UsageTerms::silence_closes).
    fn ensure_complete(agreement: AgreementId, period: Period, now: Moment) -> DispatchResult;

    /// Closes a month for good: no further file, return or report is booked. Answers what files of the first and of the second direction
    /// charge, with tax, in 10^-6 of the currency, that came too late to count in it, so that the next month bills them: of these escrows
    /// still have to be told ([`Escrows::close`]).
    ///
    /// # Errors
    /// The month is closed already.
    fn close(agreement: AgreementId, period: Period) -> Result<[i128; 2], DispatchError>;

    /// Notes that what a month comes to has changed by something that is not usage.
    fn note_change(agreement: AgreementId, period: Period);

    /// The moment that counts within the days for late usage: now, or when anchoring was paused, until its files have had their time again.
    fn sent_at() -> Moment;

    /// Until when files of a direction that were returned, and for which no month waits, may be sent again; 0 without any.
    fn sent_again_until(agreement: AgreementId, direction: Direction) -> Moment;

    /// Keeps what a closed month bills at least until a moment: files, proofs and reports are evidence of its lines.
    fn keep_until(agreement: AgreementId, period: Period, until: Moment);

    /// Adds usage without files to a month, or `late` usage of another month that this one bills.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_add(
        agreement: AgreementId,
        period: Period,
        late: Option<Period>,
        totals: &[(UsageKey, UsageTotal)],
    );
}

/// The running totals, as far as usage reports book in them, offered by `pallet-anchoring`.
pub trait UsageBook: Usage {
    /// The month that bills usage of a month that comes now: itself while it is open, afterwards the next open one. What
    /// `answers` something that came in time is taken beyond the days agreed for late usage.
    ///
    /// # Errors
    /// The month is closed, and later than the days agreed for late usage, or no usage of it is taken any more.
    fn billed_with(agreement: AgreementId, period: Period, answers: bool) -> Result<Period, DispatchError>;

    /// The services of a pair's month that have come in TAP files, also in files that were returned, since these are
    /// sent again.
    fn services_by_file(pair: &PairMonth) -> ServiceSet;

    /// Notes that a pair of networks has reported usage for the first time that a month bills: if it `holds` the month open,
    /// this waits for its final figures.
    ///
    /// # Errors
    /// The month is closed.
    fn open_report(agreement: AgreementId, period: Period, holds: bool) -> DispatchResult;

    /// Notes that what was expected of one more pair has come: its creditor's report, or figures that are final without it.
    fn note_expected(agreement: AgreementId, period: Period);

    /// Notes that a party has done something to a month, after which it waits before it closes the month alone; see
    /// [`Moves`](interclear_primitives::usage::Moves). Nothing for another operator.
    fn note_move(agreement: AgreementId, period: Period, by: OperatorId);

    /// Adds a step of usage reports to the running digest of a month.
    fn note_step(agreement: AgreementId, period: Period, step: &MonthStep);

    /// Adds the final figures of a pair in `period` to the running totals of a route, one total per service, in the month
    /// that bills them, and returns that. `reported` is the month with which the pair's first report was noted: if it waited
    /// for the figures (`holds`), it no longer does, and if it was closed without them, the next open one bills them.
    ///
    /// # Errors
    /// That month is closed, and no usage of `period` is taken any more; or a sum does not fit. The reports were made in time, so
    /// that the days agreed for late usage do not count.
    fn bill_report(
        route: &Route,
        period: Period,
        reported: Period,
        totals: &[ServiceTotal],
        holds: bool,
    ) -> Result<Period, DispatchError>;
}

/// Usage reports (billing and charging evolution, BCE), offered by `pallet-reports`.
pub trait Reports {
    /// The services of a pair's month that settle by reports under an agreement. Reads one record.
    fn services_by_report(agreement: AgreementId, pair: &PairMonth) -> ServiceSet;

    /// Each pair whose reports a month bills. Meant for checks of consistency, as it reads every report.
    fn billed_in(agreement: AgreementId, period: Period) -> Vec<ReportedPair>;
}

/// What a pair's usage reports of a month come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportedPair {
    /// Under what it bills.
    pub route: Route,
    /// The month of the usage; earlier than the one that bills it if it came late.
    pub period: Period,
    /// Whether the month that bills it waits for its figures.
    pub holds: bool,
    /// Whether it was expected to report in time, and what was expected has come.
    pub has_come: bool,
    /// What bills; `None` while the figures are not final.
    pub billed: Option<Vec<ServiceTotal>>,
}

/// Months that have been closed, offered by `pallet-statements`.
pub trait Periods {
    /// Whether a statement has been issued for the month.
    fn is_closed(agreement: AgreementId, period: Period) -> bool;

    /// The last month with a statement.
    fn last_closed(agreement: AgreementId) -> Option<Period>;

    /// Whether nothing of the month is left to be said: its statement is affirmed, and no dispute on it is open.
    fn is_final(agreement: AgreementId, period: Period) -> bool;

    /// Whether disputes are open whose decisions a later month may bill, or such decisions wait for it.
    fn is_undecided(agreement: AgreementId) -> bool;

    /// Makes as if a month had been closed.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_close(agreement: AgreementId, period: Period);
}

/// Statements, as far as disputes change what is paid of them, offered by `pallet-statements`.
pub trait DisputedStatements {
    /// A statement, while it is kept.
    fn statement(agreement: AgreementId, period: Period) -> Option<Statement>;

    /// Notes that a party has raised a dispute on a line, each of which is disputed once; silence whose date has passed affirms before. Returns whether the
    /// disputed part is withheld: the net has not become an obligation.
    ///
    /// # Errors
    /// There is no statement, the operator is not a party to it or has affirmed it, or its days to dispute are over.
    fn begin_dispute(agreement: AgreementId, period: Period, by: OperatorId) -> Result<bool, DispatchError>;

    /// Notes that a dispute has ended that a party had raised, and what it has decided of its line, if that counts in the window and the
    /// commitment of the line.
    ///
    /// # Errors
    /// There is no statement, or no such dispute on it.
    fn end_dispute(
        agreement: AgreementId,
        period: Period,
        by: OperatorId,
        dispute: DisputeId,
        decided: Option<Decided>,
    ) -> DispatchResult;

    /// Changes what is paid of the lines of a direction; where the net has become an obligation, each part of the change becomes
    /// one of its own, a credit or debit note. Returns the last one.
    ///
    /// # Errors
    /// There is no statement, or an amount does not fit.
    fn adjust(
        agreement: AgreementId,
        period: Period,
        direction: Direction,
        change: Change,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError>;

    /// Books the fee of who has lost a dispute on a statement, due the agreed payment days from now on. `amount` is positive.
    ///
    /// # Errors
    /// There is no statement, the operator is not a party to it, or a sum does not fit.
    fn charge_fee(
        agreement: AgreementId,
        period: Period,
        loser: OperatorId,
        amount: Value,
        dispute: DisputeId,
    ) -> Result<Option<ObligationId>, DispatchError>;

    /// Issues a statement of as many lines as there can be, for a month that is over.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(agreement: AgreementId, period: Period, statement: Statement);
}

/// Proofs of single records, and what lines bill, offered by `pallet-anchoring`.
pub trait Evidence {
    /// Whether the record at a position of a file with a root has been proven to belong to it.
    fn is_proven(key: &BatchKey, root: Digest, index: u32) -> bool;

    /// Whether a line of a month's statement bills what is named; an NRTRDE file bills nothing, and must have come too late in the
    /// direction of the line.
    fn is_of_line(about: &About, agreement: AgreementId, period: Period, line: &LineKey) -> bool;

    /// Proves a record.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_prove(key: BatchKey, root: Digest, index: u32);

    /// Has a line of a month's statement bill a file.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_bill(key: BatchKey, agreement: AgreementId, period: Period, line: &LineKey);
}

/// A debt that arises.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Debt {
    /// Who owes.
    pub debtor: OperatorId,
    /// Who is owed.
    pub creditor: OperatorId,
    /// ISO 4217 code.
    pub currency: Currency,
    /// Positive, in the minor unit of the currency's tokens.
    pub amount: Value,
    /// When it is due, in seconds since the epoch.
    pub due: Moment,
    /// From what it arises.
    pub source: ObligationSource,
    /// Whose tokens the creditor accepts, best first.
    pub accepts: Issuers,
    /// What it bears when it is late, a year, in basis points.
    pub late_interest_bps: u16,
    /// The obligation of the other direction of which it gives back what was not owed: that bears no interest.
    pub gives_back: Option<ObligationId>,
    /// Whether it is netted, or paid gross.
    pub condition: PaymentCondition,
}

/// The book of debts and the tokens that pay them, offered by `pallet-netting`.
pub trait Obligations {
    /// The decimals of all tokens of a currency; `None` where there is no token.
    fn decimals(currency: Currency) -> Option<u8>;

    /// Books a debt, which a cycle takes in once it is due. This is where every obligation comes into being, whatever it
    /// arises from. It is paid in the token of the first issuer that the creditor accepts whose token stands; where none does, the
    /// parties name one. What is paid gross is in no token, and no cycle takes it in.
    ///
    /// # Errors
    /// There is no obligation id left to give, or a sum of what an operator owes or is owed does not fit.
    fn create(debt: Debt) -> Result<ObligationId, DispatchError>;

    /// Whether an obligation is kept: until it has been settled and its cycle removed.
    fn is_kept(id: ObligationId) -> bool;

    /// Whether an obligation has been paid, with a cycle or outside of them. What is kept no longer has been.
    fn is_paid(id: ObligationId) -> bool;

    /// What an obligation comes to that is open and that no cycle has taken in yet, and in which currency. A glance, where [`is_paid`] may
    /// take a long look: `None` of any other one.
    ///
    /// [`is_paid`]: Obligations::is_paid
    fn waiting(id: ObligationId) -> Option<(Currency, u128)>;

    /// Ends an open obligation that is paid from what was held ahead for it, as an operator asks for, or by itself: `pay` is told its
    /// currency, whose tokens its creditor accepts and what is owed, pays all of that, and says in which token.
    ///
    /// # Errors
    /// The obligation is not open, or in a cycle that is not settled; its debtor has claimed for the first time to have paid it elsewhere,
    /// its creditor still has time to look, and another one than the debtor asks; or `pay` fails. Nothing has changed then.
    fn end_with(
        id: ObligationId,
        by: Option<OperatorId>,
        pay: impl FnOnce(Currency, &Issuers, u128) -> Result<TokenId, DispatchError>,
    ) -> DispatchResult;

    /// What it weighs to ask whether one has been paid, at most: an obligation may have been through many cycles.
    fn look_weight() -> Weight;

    /// Whether a creditor is paid in a token that accepts those of some issuers: it is of the currency and theirs, and stands.
    fn is_accepted(token: TokenId, currency: Currency, accepts: &Issuers) -> bool;

    /// Nobody bears interest on what is given back: so much of an obligation was not owed, which an escrow has given back to its
    /// debtor. What `create` books of a note it notes by itself.
    ///
    /// # Errors
    /// As [`Obligations::create`], of which an obligation of late interest that was charged may arise.
    fn give_back(id: ObligationId, note: &Debt) -> DispatchResult;

    /// Forgets what late interest was charged on the net of a statement that is removed: nothing of it is given back any more.
    fn forget_interest(id: ObligationId);

    /// All tokens. For checks of the state.
    fn tokens() -> Vec<TokenId>;

    /// All obligations that are kept. For checks of the state, as it reads all of them.
    fn all() -> Vec<(ObligationId, Obligation)>;

    /// Books a debt whose late interest has been charged.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_charged(debt: Debt) -> ObligationId;

    /// Has an operator issue a token of a currency with two decimals, unless it does.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(currency: Currency, issuer: OperatorId);
}

/// Fiat tokens, offered by `pallet-netting`.
pub trait FiatTokens {
    /// The operator that issues a token; `None` if there is no such token.
    fn issuer(token: TokenId) -> Option<OperatorId>;

    /// Whether this is a test network, where nobody waits for days to pass.
    fn is_test_network() -> bool;

    /// All tokens. For checks of the state.
    fn all() -> Vec<TokenId>;

    /// Notes that the issuer of a token has frozen it for everybody, or has let it go on: who could not fund a cycle meanwhile is not
    /// late.
    fn note_frozen(token: TokenId, frozen: bool);

    /// Has an operator issue a token of the euro with two decimals.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_issue(token: TokenId, issuer: OperatorId);
}

/// The power of issuers to stop their tokens, answered by the runtime.
pub trait Freezer<AccountId> {
    /// Stops an account of a token, or the token for everybody.
    ///
    /// # Errors
    /// The account has nothing of the token.
    fn freeze(token: TokenId, account: Option<&AccountId>) -> DispatchResult;

    /// Lets it go on.
    ///
    /// # Errors
    /// As [`Freezer::freeze`].
    fn thaw(token: TokenId, account: Option<&AccountId>) -> DispatchResult;
}

/// What operators are owed, and the most that they want to be, offered by `pallet-netting`.
pub trait Exposures {
    /// Whether neither of two operators is owed more than its cap, by the other one or in total.
    ///
    /// # Errors
    /// One is.
    fn ensure_within(one: OperatorId, other: OperatorId) -> DispatchResult;

    /// Has the two owe each other so that it takes longest to find out, and neither is above its cap.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(one: OperatorId, other: OperatorId);
}

/// Nobody has a cap.
impl Exposures for () {
    fn ensure_within(_: OperatorId, _: OperatorId) -> DispatchResult {
        Ok(())
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(_: OperatorId, _: OperatorId) {}
}

/// What is held ahead for the usage of a direction, offered by `pallet-escrow`. Without an escrow nothing is left, and nothing is
/// done.
pub trait Escrows {
    /// What is left of an escrow for usage that comes now and that a month bills, in 10^-6 of its currency: first what vouchers were
    /// paid of the month beyond what it has used. Nothing where files of the month would draw on nothing: it was deposited for later months
    /// alone, or for payment on affirmation.
    fn left(agreement: AgreementId, direction: Direction, period: Period) -> u128;

    /// Notes that the files of a direction that a month bills charge more, or less, than before: so much, with tax, in 10^-6 of
    /// the currency. Answers whether the month is prepaid, so that there was something to do.
    fn draw(agreement: AgreementId, direction: Direction, period: Period, change: i128) -> bool;

    /// What is left of the escrows of the first and of the second party for usage that comes now, in 10^-6 of their currencies.
    fn free(agreement: AgreementId) -> [u128; 2];

    /// Warns both parties where less is left than `before`, and too little for what is agreed of a month. Nobody is warned of what
    /// statements reserve, pay and note step by step: who does that asks [`Escrows::free`] first, and warns at the end.
    fn warn(agreement: AgreementId, period: Period, before: [u128; 2]);

    /// Reserves what the statement of a month says, in place of what its files have charged: what the first and the second
    /// party owe of its net, in the minor unit of the currency's tokens; nothing once that is paid.
    fn reserve(agreement: AgreementId, period: Period, owed: [u128; 2]);

    /// Takes what vouchers were paid of a month, so that its statement counts it: of the first and of the second party. Of what goes
    /// beyond what the party has to pay as much stays as is withheld.
    fn take_redeemed(
        agreement: AgreementId,
        period: Period,
        payable: [u128; 2],
        withheld: [u128; 2],
    ) -> [u128; 2];

    /// Reserves what the statement of a month says that is closed, as [`Escrows::reserve`] does; and in the next one, where that is prepaid,
    /// what `late` files of the first and of the second direction charge, with tax, in 10^-6 of the currency, that this bills in its place.
    /// What vouchers were paid of the closed month beyond its statement, and beyond its other files, goes with them, prepaid or not, as far
    /// as they charge, and once: what came from the month before stays.
    fn close(agreement: AgreementId, period: Period, owed: [u128; 2], late: [i128; 2]);

    /// Whether vouchers were paid of a month, or of the one before for files that it bills, which its statement has to count.
    fn has_redeemed(agreement: AgreementId, period: Period) -> bool;

    /// Pays as much of an amount, which the home party of a direction owes the other one for a month, as vouchers were paid of it that
    /// no statement has counted, and then as is held; nothing in a token of another currency or an issuer that the creditor does not
    /// `accept`, and nothing for a month before the first prepaid one. Returns what was paid.
    fn pay(
        agreement: AgreementId,
        direction: Direction,
        period: Period,
        currency: Currency,
        accepts: &Issuers,
        amount: u128,
    ) -> u128;

    /// Notes the obligation that has arisen from what could not be paid for a month.
    fn note_unpaid(agreement: AgreementId, direction: Direction, period: Period, obligation: ObligationId);

    /// What the escrow of an agreement that could not pay an obligation holds in a token, in its minor unit: nothing goes back before that
    /// is paid. And whether the issuer has frozen the account that holds it, or the token.
    fn held_for(agreement: AgreementId, obligation: ObligationId, token: TokenId) -> (u128, bool);

    /// Opens an escrow in a token of the euro that holds so much.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_open(agreement: AgreementId, direction: Direction, held: u128);

    /// Has vouchers of a month been paid so much, in the minor unit of the token.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_redeem(agreement: AgreementId, direction: Direction, period: Period, amount: u128);

    /// Has an escrow hold so much in a token, and note that it could not pay an obligation.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_hold(agreement: AgreementId, obligation: ObligationId, token: TokenId, held: u128);
}

/// Price caps, offered by `pallet-tariffs`.
pub trait Caps {
    /// Whether no line of the terms can charge more than a cap that is in force in a month from `from` to the last one.
    ///
    /// # Errors
    /// A line can, or a cap is in another currency and there is no exchange rate to compare by.
    fn ensure_within(terms: &Terms, from: Period) -> DispatchResult;

    /// Publishes as many caps as there can be, none of which the terms exceed, in another currency than theirs.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_fill(terms: &Terms);
}

/// Exchange rates, offered by `pallet-tariffs`.
pub trait Rates {
    /// Units of a currency for one special drawing right (SDR), fixed for a month.
    fn sdr_rate(currency: Currency, period: Period) -> Option<SdrRate>;

    /// Fixes a rate, also for a month that has begun.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_rate(currency: Currency, period: Period, rate: SdrRate);
}

/// Knows no rates: files must be charged in the currency of their agreement.
impl Rates for () {
    fn sdr_rate(_: Currency, _: Period) -> Option<SdrRate> {
        None
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_set_rate(_: Currency, _: Period, _: SdrRate) {}
}

/// Accounts that may submit without being a desk: council members and validators.
pub trait Members<AccountId> {
    /// Whether the account is a council member or a validator.
    fn is_member(who: &AccountId) -> bool;

    /// Whether it is a council member.
    fn has_seat(who: &AccountId) -> bool;

    /// Ends an account's being a validator, if it is one. Its seat it keeps.
    fn end_validator(who: &AccountId);
}

/// What the council has paused, offered by `pallet-switches`.
pub trait Switches {
    /// Whether a function is paused.
    fn is_paused(function: Function) -> bool;

    /// Whether others wait for what is missing of a function: it is paused, or was for so long, not longer ago.
    fn waits(function: Function) -> bool {
        Self::since(function).is_some()
    }

    /// When the first of the pauses of a function began for which others wait, as long as they do.
    fn since(function: Function) -> Option<Moment>;

    /// The days from one on and before another on which netting was paused, of as many pauses as are remembered.
    fn netting_paused(from: u32, to: u32) -> u32;

    /// Has netting have been paused as often as is remembered.
    #[cfg(feature = "runtime-benchmarks")]
    fn benchmark_remember();
}

/// Netting cycles, offered by `pallet-netting`: while netting is paused their time to fund stands still.
pub trait Cycles {
    /// Netting is paused from now on.
    fn stop();

    /// Netting goes on that was paused since a moment: who had time left to fund then has as much of it from now on,
    /// and a working day at least.
    fn go_on(since: Moment);

    /// What either of the two weighs, at most.
    fn switch_weight() -> Weight;
}
