//! What the pallet tells; a section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
    /// What has happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A fiat token exists from now on.
        TokenCreated {
            /// Id of the token, which is its asset id.
            token: TokenId,
            /// Who mints, burns and freezes it.
            issuer: OperatorId,
            /// Its ISO 4217 code.
            currency: Currency,
            /// The decimals of its amounts.
            decimals: u8,
        },
        /// An obligation arose.
        ObligationCreated {
            /// Its id.
            obligation: ObligationId,
            /// Who owes.
            debtor: OperatorId,
            /// Who is owed.
            creditor: OperatorId,
            /// ISO 4217 code of the amount.
            currency: Currency,
            /// Id of the token in which it is paid; none until one is named.
            token: Option<TokenId>,
            /// In minor units.
            amount: Value,
            /// When it is due.
            due: Moment,
        },
        /// A creditor has charged late interest.
        InterestCharged {
            /// The obligation that was paid late.
            obligation: ObligationId,
            /// The obligation that the interest is.
            interest: ObligationId,
            /// Days that bear interest.
            days: u32,
        },
        /// A party has named a token beyond the terms; the obligation is paid in it once the other party names it, too.
        TokenProposed {
            /// Id of the obligation.
            obligation: ObligationId,
            /// Id of the token.
            token: TokenId,
            /// Who has named it.
            by: OperatorId,
        },
        /// An obligation is paid in another token than before.
        TokenNamed {
            /// Id of the obligation.
            obligation: ObligationId,
            /// Id of the token.
            token: TokenId,
            /// Id of the token in which it was to be paid before, if there was one.
            before: Option<TokenId>,
        },
        /// An operator has set the most that it wants to be owed.
        ExposureCapSet {
            /// Whose exposure it is.
            operator: OperatorId,
            /// ISO 4217 code.
            currency: Currency,
            /// By whom; none: in total.
            partner: Option<OperatorId>,
            /// In minor units; none: it has no cap of its own.
            cap: Option<u128>,
        },
        /// Governance has set the most that an operator may be owed by another one, where it has set no cap itself.
        GeneralCapSet {
            /// ISO 4217 code.
            currency: Currency,
            /// In minor units; none: there is none.
            cap: Option<u128>,
        },
        /// An obligation arose, or a cap was set, and an operator is owed more than its cap.
        ExposureExceeded {
            /// Whose exposure it is.
            operator: OperatorId,
            /// ISO 4217 code.
            currency: Currency,
            /// By whom; none: in total.
            partner: Option<OperatorId>,
            /// What it is owed, in minor units.
            exposure: u128,
            /// The most that it wants to be owed, in minor units.
            cap: u128,
        },
        /// A debtor says that it has paid an obligation outside of cycles.
        PaymentClaimed {
            /// Id of the obligation.
            obligation: ObligationId,
            /// The reference of the payment.
            reference: PaymentReference,
            /// When the claim lapses, unless the creditor has confirmed it by then.
            until: Moment,
        },
        /// A creditor has confirmed that an obligation was paid outside of cycles: nothing is owed for it any more.
        PaymentConfirmed {
            /// Id of the obligation.
            obligation: ObligationId,
            /// The reference of the payment.
            reference: PaymentReference,
        },
        /// A debtor would pay a gross obligation, has the tokens, and cannot for a reason that is not its own: the day does not count as
        /// late.
        PaymentHindered {
            /// What is owed.
            obligation: ObligationId,
            /// In which it would be paid.
            token: TokenId,
        },
        /// A debtor has paid an obligation by itself, gross: nothing is owed any more.
        ObligationPaid {
            /// What was owed.
            obligation: ObligationId,
            /// In which it was paid.
            token: TokenId,
            /// Who paid.
            debtor: OperatorId,
            /// Who was paid, to its payout account.
            creditor: OperatorId,
            /// How much.
            amount: Value,
        },
        /// Governance has said when cycles in a token open by themselves.
        ScheduleSet {
            /// Id of the token.
            token: TokenId,
            /// When they open; none: no longer by themselves.
            turns: Option<Turns>,
        },
        /// A netting cycle was announced.
        CycleOpened {
            /// Id of the cycle.
            cycle: CycleId,
            /// Id of the token in which it pays.
            token: TokenId,
            /// Currency of the token.
            currency: Currency,
            /// Obligations due on the days before its day are taken in.
            cut_off: Moment,
            /// When debtors must have funded.
            fund_by: Moment,
            /// Whether it was its turn by the schedule, and not opened out of turn.
            scheduled: bool,
        },
        /// A cycle ended without a transfer: it was cancelled while announced, or nothing was left in it. Its obligations
        /// are open again.
        CycleCancelled {
            /// Id of the cycle.
            cycle: CycleId,
        },
        /// Due obligations are taken in from now on.
        CycleCollecting {
            /// Id of the cycle.
            cycle: CycleId,
        },
        /// Net positions stand; debtors may fund.
        CycleComputed {
            /// Id of the cycle.
            cycle: CycleId,
            /// Number of obligations.
            obligations: u32,
            /// Operators with a position.
            parties: u32,
            /// Sum of the obligations, in minor units.
            gross: Value,
            /// Sum of what net debtors pay, in minor units.
            net: Value,
            /// Net debtors that have to fund.
            unfunded: u32,
            /// When they must have funded.
            fund_by: Moment,
        },
        /// An operator was excluded from a cycle with all its obligations.
        PartyExcluded {
            /// Id of the cycle.
            cycle: CycleId,
            /// Id of the operator.
            operator: OperatorId,
        },
        /// A net debtor put its amount on hold.
        Funded {
            /// Id of the cycle.
            cycle: CycleId,
            /// The net debtor.
            operator: OperatorId,
            /// What is on hold for it now, in minor units of the token.
            held: u128,
            /// Net debtors that have not funded yet.
            unfunded: u32,
        },
        /// A hold was released.
        Released {
            /// Id of the cycle.
            cycle: CycleId,
            /// Whose hold it was.
            operator: OperatorId,
            /// In minor units of the token.
            amount: u128,
        },
        /// A hold could not be released because the account or the token is frozen; `release` tries again.
        ReleaseDelayed {
            /// Id of the cycle.
            cycle: CycleId,
            /// Whose hold it was.
            operator: OperatorId,
            /// In minor units of the token.
            amount: u128,
        },
        /// A net debtor paid a net creditor.
        Paid {
            /// Id of the cycle.
            cycle: CycleId,
            /// Who paid.
            from: OperatorId,
            /// Who received.
            to: OperatorId,
            /// In minor units of the token.
            amount: u128,
        },
        /// All transfers of a cycle have happened.
        CycleSettled {
            /// Id of the cycle.
            cycle: CycleId,
            /// Sum of what was paid, in minor units.
            net: Value,
        },
        /// Netting goes on after a pause: debtors that had time left to fund have as much of it from now on.
        FundingMoved {
            /// Id of the cycle.
            cycle: CycleId,
            /// When they must have funded.
            fund_by: Moment,
        },
    }
}
