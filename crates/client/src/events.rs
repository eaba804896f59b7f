//! What a transaction did, read from the events of its receipt.
//!
//! Each method fails when an event has another form, and one that promises a single result also when the event is missing:
//! the client and the chain are of different versions then.

use crate::chain::{AccountId, Chain, ChainError, Failure, Hash, Receipt};
use interclear_primitives::{
    agreement::Direction,
    dispute::{DisputeOutcome, Figures, LineKey},
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId, TokenId},
    money::Currency,
    period::Period,
    rating::SdrRate,
    report::{PairMonth, ReportSide},
    series::BatchKey,
    tariff::QuoteDate,
    Digest, Moment,
};

type Read<T> = Result<T, ChainError>;

/// What became of the files of one call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileCounts {
    /// Files on the chain from now on.
    pub anchored: u32,
    /// Files that the chain had already.
    pub duplicates: u32,
    /// Files that the chain refused.
    pub refused: u32,
}

/// An NRTRDE file that was delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NrtrdeDelivery {
    /// The file.
    pub key: BatchKey,
    /// Number of records.
    pub records: u32,
    /// Seconds from the first end of a call to the delivery.
    pub delay: Moment,
    /// Whether the delay is above the limit, so that the visited operator is liable.
    pub late: bool,
}

/// A month that a party has asked to close while it takes both parties to close it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CloseRequest {
    /// Id of the agreement.
    pub agreement: AgreementId,
    /// The month.
    pub period: Period,
    /// Who has asked.
    pub by: OperatorId,
    /// From when on the party that asked closes the month alone.
    pub alone_from: Moment,
}

/// A payment of a netting cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Payment {
    /// Who paid.
    pub from: OperatorId,
    /// Who was paid.
    pub to: OperatorId,
    /// The amount, in the token's smallest unit.
    pub amount: u128,
}

impl Receipt {
    /// The operators that were admitted.
    ///
    /// # Errors
    /// An event has another form.
    pub fn admitted(&self) -> Read<Vec<OperatorId>> {
        self.all("Operators", "Admitted")
    }

    /// The agreement that was proposed.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn proposed(&self) -> Read<AgreementId> {
        self.event("Agreements", "Proposed")
    }

    /// The version that is on the table since a counter-offer or an amendment.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn offered_version(&self) -> Read<u32> {
        type Offered = (AgreementId, OperatorId, u32);
        let mut offered: Vec<Offered> = self.all("Agreements", "AmendmentOffered")?;
        offered.extend(self.all::<Offered>("Agreements", "Countered")?);
        match offered.first() {
            Some((_, _, version)) => Ok(*version),
            None => Err(ChainError::MissingEvent {
                pallet: "Agreements",
                name: "Countered",
            }),
        }
    }

    /// The agreements of which a version is in force since both parties have signed it.
    ///
    /// # Errors
    /// An event has another form.
    pub fn activated(&self) -> Read<Vec<AgreementId>> {
        self.all("Agreements", "Activated")
    }

    /// Counts of a call that anchors many TAP files.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn file_counts(&self) -> Read<FileCounts> {
        let (anchored, duplicates, refused) = self.event("Anchoring", "ManyAnchored")?;
        Ok(FileCounts {
            anchored,
            duplicates,
            refused,
        })
    }

    /// Files of a call that the chain had already.
    ///
    /// # Errors
    /// An event has another form.
    pub fn duplicates(&self) -> Read<Vec<BatchKey>> {
        self.all("Anchoring", "DuplicateIgnored")
    }

    /// TAP files that were anchored for a month that is closed, with the month that bills them.
    ///
    /// # Errors
    /// An event has another form.
    pub fn anchored_for_closed_months(&self) -> Read<Vec<(BatchKey, Period)>> {
        let anchored: Vec<(BatchKey, Option<AgreementId>, Period, Period)> =
            self.all("Anchoring", "Anchored")?;
        let closed = anchored.into_iter().filter(|(.., own, billed)| own != billed);
        Ok(closed.map(|(key, .., billed)| (key, billed)).collect())
    }

    /// Places in a call of files that were refused, and why.
    ///
    /// # Errors
    /// An event has another form.
    pub fn refused_anchors(&self) -> Read<Vec<(u32, Failure)>> {
        let refused = self.refusals::<(u32, BatchKey)>("Anchoring", "AnchorRefused")?;
        Ok(refused
            .into_iter()
            .map(|((place, _), failure)| (place, failure))
            .collect())
    }

    /// Files whose acknowledgement was refused, and why.
    ///
    /// # Errors
    /// An event has another form.
    pub fn refused_acknowledgements(&self) -> Read<Vec<(BatchKey, Failure)>> {
        let refused = self.refusals::<(u32, BatchKey)>("Anchoring", "AcknowledgeRefused")?;
        Ok(refused
            .into_iter()
            .map(|((_, key), failure)| (key, failure))
            .collect())
    }

    /// How many files a call acknowledged, and how many were refused.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn acknowledged(&self) -> Read<(u32, u32)> {
        self.event("Anchoring", "ManyAcknowledged")
    }

    /// The NRTRDE files that were delivered.
    ///
    /// # Errors
    /// An event has another form.
    pub fn nrtrde_deliveries(&self) -> Read<Vec<NrtrdeDelivery>> {
        let delivered: Vec<(BatchKey, u32, Moment, bool)> = self.all("Anchoring", "NrtrdeAnchored")?;
        Ok(delivered
            .into_iter()
            .map(|(key, records, delay, late)| NrtrdeDelivery {
                key,
                records,
                delay,
                late,
            })
            .collect())
    }

    /// The usage reports that were accepted: pair, side and version.
    ///
    /// # Errors
    /// An event has another form.
    pub fn usage_reported(&self) -> Read<Vec<(PairMonth, ReportSide, u32)>> {
        let told: Vec<(PairMonth, ReportSide, u32, AgreementId, Period, Digest)> =
            self.all("Reports", "UsageReported")?;
        let told = told.into_iter();
        Ok(told
            .map(|(pair, side, version, ..)| (pair, side, version))
            .collect())
    }

    /// How the two sides' reports of a pair compare: lines that agree, differ, are missing at home, and at the visited side.
    ///
    /// # Errors
    /// An event has another form.
    pub fn usage_compared(&self) -> Read<Vec<(PairMonth, [u32; 4])>> {
        self.all("Reports", "UsageCompared")
    }

    /// How many lines a concluded pair leaves to a dispute.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn usage_disputed(&self) -> Read<u32> {
        let (_, disputed, ..): (PairMonth, u32, AgreementId, Period) =
            self.event("Reports", "UsageConcluded")?;
        Ok(disputed)
    }

    /// What the call asked for, if it asked to close a month and did not close it.
    ///
    /// # Errors
    /// An event has another form.
    pub fn close_requested(&self) -> Read<Option<CloseRequest>> {
        let asked: Vec<(AgreementId, Period, OperatorId, Moment)> =
            self.all("Statements", "CloseRequested")?;
        Ok(asked
            .first()
            .map(|&(agreement, period, by, alone_from)| CloseRequest {
                agreement,
                period,
                by,
                alone_from,
            }))
    }

    /// The dispute that was raised.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn dispute_raised(&self) -> Read<DisputeId> {
        self.event("Disputes", "DisputeRaised")
    }

    /// How many months running a line has differed whose small difference was noted.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn difference_marked(&self) -> Read<u8> {
        let (.., months): (AgreementId, Period, LineKey, OperatorId, u8) =
            self.event("Disputes", "DifferenceMarked")?;
        Ok(months)
    }

    /// How disputes have ended, and at which figures.
    ///
    /// # Errors
    /// An event has another form.
    pub fn disputes_ended(&self) -> Read<Vec<(DisputeId, DisputeOutcome, Figures)>> {
        self.all("Disputes", "DisputeEnded")
    }

    /// The agreement that came into force as a standing offer was accepted.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn offer_accepted(&self) -> Read<AgreementId> {
        let (.., agreement): (OperatorId, u8, OperatorId, AgreementId) =
            self.event("Escrow", "OfferAccepted")?;
        Ok(agreement)
    }

    /// What was paid as a voucher was redeemed, in the smallest unit of the token.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn redeemed(&self) -> Read<u128> {
        let (.., amount, _): (AgreementId, Direction, OperatorId, Period, u64, u128, u128) =
            self.event("Escrow", "Redeemed")?;
        Ok(amount)
    }

    /// What was left of an escrow and has gone back to its home party, likewise.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn refunded(&self) -> Read<u128> {
        let (_, _, amount): (AgreementId, Direction, u128) = self.event("Escrow", "Refunded")?;
        Ok(amount)
    }

    /// The obligations that affirmed statements created.
    ///
    /// # Errors
    /// An event has another form.
    pub fn obligations_created(&self) -> Read<Vec<ObligationId>> {
        self.all("Netting", "ObligationCreated")
    }

    /// The netting cycle that was announced.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn cycle_opened(&self) -> Read<CycleId> {
        self.event("Netting", "CycleOpened")
    }

    /// The hashes of the code that took the place of the runtime's.
    ///
    /// # Errors
    /// An event has another form.
    pub fn code_updated(&self) -> Read<Vec<Digest>> {
        self.all("System", "CodeUpdated")
    }

    /// The amount that was put on hold for a netting cycle, in the token's smallest unit.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn funded(&self) -> Read<u128> {
        let (_, _, held): (CycleId, OperatorId, u128) = self.event("Netting", "Funded")?;
        Ok(held)
    }

    /// The payments of a netting cycle.
    ///
    /// # Errors
    /// An event has another form.
    pub fn payments(&self) -> Read<Vec<Payment>> {
        let paid: Vec<(CycleId, OperatorId, OperatorId, u128)> = self.all("Netting", "Paid")?;
        Ok(paid
            .into_iter()
            .map(|(_, from, to, amount)| Payment { from, to, amount })
            .collect())
    }

    /// The tokens that were minted, in the token's smallest unit.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn minted(&self) -> Read<u128> {
        let (_, _, amount): (TokenId, [u8; 32], u128) = self.event("Assets", "Issued")?;
        Ok(amount)
    }

    /// The tokens that were sent, likewise.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn transferred(&self) -> Read<u128> {
        let (_, _, _, amount): (TokenId, [u8; 32], [u8; 32], u128) = self.event("Assets", "Transferred")?;
        Ok(amount)
    }

    /// The tokens that were burnt, likewise: the chain burns what is there, and no more.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn burnt(&self) -> Read<u128> {
        let (_, _, amount): (TokenId, [u8; 32], u128) = self.event("Assets", "Burned")?;
        Ok(amount)
    }

    /// How many feeders have submitted an exchange rate equally, and how many it takes.
    ///
    /// # Errors
    /// The event is missing, or has another form.
    pub fn rate_submitted(&self) -> Read<(u32, u8)> {
        type Submitted = (OperatorId, Currency, Period, SdrRate, QuoteDate, u32, u8);
        let (.., equal, quorum): Submitted = self.event("Tariffs", "RateSubmitted")?;
        Ok((equal, quorum))
    }

    /// The exchange rates that were fixed.
    ///
    /// # Errors
    /// An event has another form.
    pub fn rates_fixed(&self) -> Read<Vec<(Currency, Period)>> {
        self.all("Tariffs", "RateFixed")
    }

    /// The exchange rates that wait for the council from now on.
    ///
    /// # Errors
    /// An event has another form.
    pub fn rates_proposed(&self) -> Read<Vec<(Currency, Period)>> {
        self.all("Tariffs", "RateProposed")
    }

    /// The number and the hash of the motion that was put to the council, if it takes votes.
    ///
    /// # Errors
    /// An event has another form.
    pub fn motion(&self) -> Read<Option<(u32, Hash)>> {
        // Proposed { account, proposal_index, proposal_hash, threshold }
        let proposed: Vec<([u8; 32], u32, [u8; 32])> = self.all("Council", "Proposed")?;
        Ok(proposed
            .first()
            .map(|(_, index, hash)| (*index, Hash::from(*hash))))
    }

    /// What became of the call of a motion that was carried: `None` if the motion was not carried.
    ///
    /// # Errors
    /// An event has another form.
    pub fn carried_out(&self, motion: Hash) -> Read<Option<Result<(), Failure>>> {
        // Executed { proposal_hash, result }: the result's first byte is 0 for success, and an error follows 1.
        let executed: Vec<([u8; 32], u8)> = self.all("Council", "Executed")?;
        match executed.iter().find(|(executed, _)| *executed == motion.0) {
            None => Ok(None),
            Some((_, 0)) => Ok(Some(Ok(()))),
            Some(_) => {
                let failures = self.refusals::<([u8; 32], u8)>("Council", "Executed")?;
                let failed = failures.into_iter().find(|((failed, _), _)| *failed == motion.0);
                let (_, failure) = failed.ok_or(ChainError::MissingEvent {
                    pallet: "Council",
                    name: "Executed",
                })?;
                Ok(Some(Err(failure)))
            }
        }
    }
}

impl Chain {
    /// Members of the operators' council.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn council(&self) -> Result<Vec<AccountId>, ChainError> {
        Ok(self.stored("Council", "Members").await?.unwrap_or_default())
    }
}
