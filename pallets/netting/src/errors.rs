//! Why the pallet refuses; a section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
    /// Why a call was refused; nothing changed.
    #[pallet::error]
    pub enum Error<T> {
        /// A token with this id exists already.
        TokenExists,
        /// There are 16 tokens, as many as there may be.
        MaxTokensExceeded,
        /// The issuer has a token in this currency already.
        AlreadyIssued,
        /// The operator is not of kind token issuer.
        NotAnIssuer,
        /// The currency is not an ISO 4217 code.
        InvalidCurrency,
        /// The token would have more than 6 decimals.
        MaxDecimalsExceeded,
        /// Another token of the currency has other decimals; all tokens of a currency have the same.
        DecimalsDiffer,
        /// The operator has no payout account.
        NoPayoutAccount,
        /// No token has this id.
        TokenNotFound,
        /// An amount is too large.
        AmountOverflow,
        /// An amount is sealed: the chain cannot read it.
        AmountSealed,
        /// An amount is negative where it must not be.
        NegativeAmount,
        /// The day of the cut-off has passed.
        CutOffPassed,
        /// The cut-off lies further ahead than it may (`MaxCutOffAhead`).
        CutOffTooFar,
        /// A cycle in the token has taken in all days before that of the cut-off already. A day has at most one cycle.
        DayTakenIn,
        /// Debtors would have less than a working day to fund (`MinFundingTime`): 24 hours in which Saturdays and Sundays (UTC)
        /// do not count.
        FundingTooShort,
        /// The funding deadline is further from the cut-off than it may be (`MaxFundingTime`).
        FundingTooLong,
        /// Nothing waits to be settled in the token.
        NothingToSettle,
        /// The token's issuer is suspended or has frozen it: nothing is paid in it at present.
        TokenSuspended,
        /// The obligation is to be paid in a token that stands: its issuer is active and has not frozen it. Only its creditor moves
        /// it then, to one that comes before that in the terms.
        TokenStands,
        /// No obligation has this id, or it has been evicted.
        ObligationNotFound,
        /// The operator neither owes the obligation nor is owed it.
        NotAParty,
        /// The obligation is in another currency than the token.
        CurrencyDiffers,
        /// A cycle has taken the obligation in: it is paid with that, or given back when a party is excluded. Until then nothing else is
        /// done with it.
        ObligationInCycle,
        /// The obligation was paid with a cycle: if it was paid by a bank as well, send that money back.
        PaidWithCycle,
        /// The creditor has confirmed that the obligation was paid outside of cycles.
        AlreadyPaidOutside,
        /// The debtor has paid the obligation by itself.
        AlreadyPaid,
        /// The obligation is paid with a netting cycle; only what is paid gross by the terms is paid by itself.
        NotGross,
        /// The creditor accepts no token of this issuer by the terms, and has not named it for what it is owed within 30 days
        /// (`name_token`).
        TokenNotAccepted,
        /// Together these obligations have been through more cycles than one call looks at, four times as many as are
        /// kept: name fewer of them at once.
        MaxLooksExceeded,
        /// The obligation has not been paid; late interest is charged when it has been.
        ObligationNotPaid,
        /// The obligation bears no late interest, was paid in time, or its late interest has been charged.
        NoInterest,
        /// Late interest is charged within 90 days from the payment.
        ChargeDaysOver,
        /// The operator is not the one that owes the obligation.
        NotTheDebtor,
        /// The obligation is owed to another operator.
        NotTheCreditor,
        /// A payment reference has 1 to 35 characters, each one of A-Z, 0-9, -, / and ., and names no person.
        InvalidReference,
        /// No token has this currency.
        CurrencyUnknown,
        /// A cap must be against another operator, which is admitted and not suspended, or in total.
        InvalidPartner,
        /// One of the two operators is owed more than its cap, by the other one or in total.
        ExposureAboveCap,
        /// The debtor has claimed the payment, and the creditor has time to confirm it.
        AlreadyClaimed,
        /// The debtor has claimed that it has paid the obligation outside of cycles: what is held ahead pays it by a call alone, of the
        /// debtor, or of the creditor once the 7 days of the first claim are over. The creditor confirms the claim, or waits for their end.
        ClaimPending,
        /// Cycles in a token open every 1 to 366 days.
        TurnOutOfRange,
        /// As many tokens have cycles that open by themselves as there may be (`MaxSchedules`).
        MaxSchedulesExceeded,
        /// The token has a cycle that is neither settled nor cancelled; it goes on first.
        CycleUnfinished,
        /// As many cycles in the token are kept as may be (`MaxCycles`); there is room again once the oldest is
        /// evicted.
        MaxCyclesExceeded,
        /// No cycle has this id, or it has been evicted.
        CycleNotFound,
        /// The cycle is in the wrong phase for this call.
        WrongPhase,
        /// The cut-off of the cycle has not been reached.
        CutOffPending,
        /// The operator has no position in the cycle.
        NoPosition,
        /// The operator is excluded from the cycle.
        Excluded,
        /// The operator is not a net debtor of the cycle: it pays nothing.
        NothingToFund,
        /// The operator has funded its amount already.
        AlreadyFunded,
        /// The funding deadline has passed.
        FundingClosed,
        /// The funding deadline has not passed.
        FundingOpen,
        /// The account has too few tokens; one minor unit must stay on it.
        InsufficientFunds,
        /// The issuer has frozen the token or the account.
        AccountFrozen,
        /// The payment can be made, or what keeps it from being made does not spare the debtor.
        NotHindered,
        /// The account has too few tokens that were not tendered today for other obligations: each spares its debtor once a day.
        TokensTendered,
        /// A net debtor has not funded its amount.
        NotFunded,
        /// A net creditor's account cannot receive the token.
        PayoutBlocked,
        /// Nobody has to be excluded: the cycle can be settled.
        NoDefaulter,
        /// Nothing is on hold for the operator that could be released.
        NothingHeld,
        /// There is no cycle id left to give.
        IdsExhausted,
    }
}
