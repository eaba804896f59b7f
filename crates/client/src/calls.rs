//! The calls of the pallets, with the types that the pallets decode.
//!
//! With [`crate::events`] the only place that knows the names of pallets, calls and errors.

mod channels;
mod inventory;
mod seats;
mod switches;

pub use channels::*;
pub use inventory::*;
pub use seats::*;
pub use switches::*;

use crate::{
    chain::{AccountId, Call, Hash},
    consent::Consent,
    voucher::SignedVoucher,
};
use codec::Compact;
use interclear_merkle::Proof;
use interclear_primitives::{
    agreement::Terms,
    batch::{Anchor, FatalReason, ReturnedRecords},
    dispute::{About, DisputeKind, Evidence, Figures, LineKey},
    escrow::{Networks, StandingOffer},
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId, RedemptionId, TokenId},
    issuance::FreezeReason,
    money::Currency,
    netting::PaymentReference,
    nrtrde::NrtrdeAnchor,
    operator::{OperatorKind, Plmn, Role},
    period::Period,
    rating::SdrRate,
    report::{PairMonth, ReportLines},
    series::{BatchKey, SeriesKey},
    service::Service,
    tadig::Tadig,
    tariff::{Area, CapName, Member, QuoteDate, RegionCode, UnitPrice},
    Digest, Moment,
};
use subxt::utils::MultiAddress;

/// Files that one call anchors or acknowledges, at most.
pub const FILES_PER_CALL: usize = 250;
/// Pairs of networks whose usage one transaction reports or concludes: a small part of a block.
pub const PAIRS_PER_CALL: usize = 50;
/// Longest name of an operator, in bytes, and the most TADIG codes and networks it may have.
pub const OPERATOR_LIMIT: usize = 64;

/// The pallets of clearing, settlement and governance, as events name them.
pub const PALLETS: [&str; 18] = [
    "Operators",
    "Channels",
    "Agreements",
    "Anchoring",
    "Reports",
    "Inventory",
    "Issuance",
    "Statements",
    "Disputes",
    "Netting",
    "Escrow",
    "Tariffs",
    "Validators",
    "Assets",
    "Council",
    "CouncilMembership",
    "Upgrades",
    "Switches",
];

/// Errors of pallets that a client may want to tell from others; see [`crate::chain::ChainError::failure`].
pub mod errors {
    /// What is attested does not cover what is to be minted.
    pub const NOT_COVERED: &str = "NotCovered";
    /// A price of the terms is above a cap.
    pub const ABOVE_CAP: &str = "AboveCap";
    /// A file's number is known with other content.
    pub const ALREADY_ANCHORED: &str = "AlreadyAnchored";
    /// A file has been acknowledged already.
    pub const ALREADY_ACKNOWLEDGED: &str = "AlreadyAcknowledged";
    /// A file is dated ahead of the chain's clock, as messages name it.
    pub const DATED_AHEAD: [&str; 2] = ["Anchoring.AvailableInFuture", "Anchoring.CutOffInFuture"];
    /// A cap cannot be compared: the exchange rate of its month is not fixed.
    pub const CAP_RATE_MISSING: &str = "CapRateMissing";
    /// The usage report that is affirmed is not in the version that was named.
    pub const OTHER_REPORT_VERSION: &str = "OtherReportVersion";
    /// The other side's usage report may still come.
    pub const STILL_EXPECTED: &str = "StillExpected";
}

/// Admits an operator with its first admin desk; by the council.
pub fn admit(
    name: &str,
    kinds: &[OperatorKind],
    tadigs: &[Tadig],
    networks: &[Plmn],
    admin: &AccountId,
) -> Call {
    Call::new("Operators", "admit")
        .arg(name.as_bytes())
        .arg(kinds)
        .arg(tadigs)
        .arg(networks)
        .arg(admin)
}

/// Suspends an operator; by the council.
pub fn suspend(operator: OperatorId) -> Call {
    Call::new("Operators", "suspend").arg(operator)
}

/// Readmits a suspended operator; by the council.
pub fn readmit(operator: OperatorId) -> Call {
    Call::new("Operators", "readmit").arg(operator)
}

/// Replaces the TADIG codes and networks of an operator; by the council.
pub fn set_networks(operator: OperatorId, tadigs: &[Tadig], networks: &[Plmn]) -> Call {
    Call::new("Operators", "set_networks")
        .arg(operator)
        .arg(tadigs)
        .arg(networks)
}

/// Makes an account the only admin desk of an operator, in place of all others; by the council.
pub fn replace_admin(operator: OperatorId, account: &AccountId) -> Call {
    Call::new("Operators", "replace_admin").arg(operator).arg(account)
}

/// Names the treasury desk to which netting pays.
pub fn set_payout_account(account: &AccountId) -> Call {
    Call::new("Operators", "set_payout_account").arg(account)
}

/// Makes an account that consents a desk of the operator whose admin signs.
pub fn add_desk(account: &AccountId, roles: &[Role], consent: &Consent) -> Call {
    Call::new("Operators", "add_desk")
        .arg(account)
        .arg(roles)
        .arg(consent.until)
        .encoded(consent.signature.to_vec())
}

/// Replaces the roles of a desk.
pub fn set_roles(account: &AccountId, roles: &[Role]) -> Call {
    Call::new("Operators", "set_roles").arg(account).arg(roles)
}

/// Takes all roles from an account; an admin or the council may.
pub fn remove_desk(account: &AccountId) -> Call {
    Call::new("Operators", "remove_desk").arg(account)
}

/// Most execution time that closing a motion may take: a fifth of a block.
const MOTION_WEIGHT: (Compact<u64>, Compact<u64>) = (Compact(200_000_000_000), Compact(1_000_000));
/// Longest motion, in bytes.
const MOTION_LENGTH: Compact<u32> = Compact(65_536);

/// Puts a call to the council; it takes `threshold` votes.
pub fn propose_motion(threshold: u32, call: Call) -> Call {
    Call::new("Council", "propose")
        .arg(Compact(threshold))
        .call(call)
        .arg(MOTION_LENGTH)
}

/// Votes on the motion with a hash and a number.
pub fn vote(motion: Hash, index: u32, approve: bool) -> Call {
    Call::new("Council", "vote")
        .arg(motion)
        .arg(Compact(index))
        .arg(approve)
}

/// Closes a motion: carries it out if enough have voted for it.
pub fn close_motion(motion: Hash, index: u32) -> Call {
    Call::new("Council", "close")
        .arg(motion)
        .arg(Compact(index))
        .arg(MOTION_WEIGHT)
        .arg(MOTION_LENGTH)
}

/// Registers session keys, encoded as the node gave them, with its proof that it has them; by the validator.
pub fn set_session_keys(keys: Vec<u8>, proof: &[u8]) -> Call {
    Call::new("Validators", "set_keys").encoded(keys).arg(proof)
}

/// Admits the node of an operator, by the account of an engineering desk; by governance.
pub fn add_validator(account: &AccountId) -> Call {
    Call::new("Validators", "add").arg(account)
}

/// Removes a validator; by governance.
pub fn remove_validator(account: &AccountId) -> Call {
    Call::new("Validators", "remove").arg(account)
}

/// Ends an account's being a validator; by the validator or an admin desk of its operator.
pub fn retire_validator(account: &AccountId) -> Call {
    Call::new("Validators", "retire").arg(account)
}

/// Tells which nodes are the operator's, by the public keys of their identities; by an engineering desk.
pub fn set_peers(peers: &[[u8; 32]]) -> Call {
    Call::new("Validators", "set_peers").arg(peers)
}

/// Lets a disabled validator take part again; by governance.
pub fn reenable_validator(account: &AccountId) -> Call {
    Call::new("Validators", "reenable").arg(account)
}

/// Says that finality stands still at a block, and after how many blocks the voters that are left go on; by governance.
pub fn note_stalled(delay: u32, best_finalized: u32) -> Call {
    Call::new("Validators", "note_stalled")
        .arg(delay)
        .arg(best_finalized)
}

/// Reports that two blocks of one slot are sealed by the same key of the present session; by their headers, encoded with the seals.
pub fn report_two_blocks(first: Vec<u8>, second: Vec<u8>, author: [u8; 32]) -> Call {
    // No proof of whose the key was in a former session.
    let proof: Option<()> = None;
    Call::new("Validators", "report_two_blocks")
        .encoded(first)
        .encoded(second)
        .arg(author)
        .arg(proof)
}

/// Authorises the runtime whose code has this hash (Blake2b-256); by governance.
pub fn authorize_upgrade(code_hash: Digest) -> Call {
    Call::new("Upgrades", "authorize").arg(code_hash)
}

/// Hands in the code of an authorised runtime; by a member of the council.
pub fn apply_authorized_upgrade(code: Vec<u8>) -> Call {
    Call::new("System", "apply_authorized_upgrade").arg(code)
}

/// Puts terms forward to another operator.
pub fn propose(counterparty: OperatorId, terms: &Terms) -> Call {
    Call::new("Agreements", "propose").arg(counterparty).arg(terms)
}

/// Answers the version on the table with other terms.
pub fn counter(agreement: AgreementId, version: u32, terms: &Terms) -> Call {
    Call::new("Agreements", "counter")
        .arg(agreement)
        .arg(version)
        .arg(terms)
}

/// Signs the version on the table.
pub fn sign(agreement: AgreementId, version: u32, digest: Digest) -> Call {
    Call::new("Agreements", "sign")
        .arg(agreement)
        .arg(version)
        .arg(digest)
}

/// Withdraws the own offer.
pub fn withdraw(agreement: AgreementId) -> Call {
    Call::new("Agreements", "withdraw").arg(agreement)
}

/// Refuses the other party's offer.
pub fn reject(agreement: AgreementId) -> Call {
    Call::new("Agreements", "reject").arg(agreement)
}

/// Offers a new version from an open month on.
pub fn amend(agreement: AgreementId, from: Period, terms: &Terms) -> Call {
    Call::new("Agreements", "amend")
        .arg(agreement)
        .arg(from)
        .arg(terms)
}

/// Ends an agreement with a month.
pub fn terminate(agreement: AgreementId, last: Period) -> Call {
    Call::new("Agreements", "terminate").arg(agreement).arg(last)
}

/// Anchors files.
pub fn anchor_many(anchors: &[Anchor]) -> Call {
    Call::new("Anchoring", "anchor_many").arg(anchors)
}

/// Anchors one TAP file; what keeps it back is the outcome of the call.
pub fn anchor(anchor: &Anchor) -> Call {
    Call::new("Anchoring", "anchor").arg(anchor)
}

/// Anchors NRTRDE files.
pub fn anchor_nrtrde(anchors: &[NrtrdeAnchor]) -> Call {
    Call::new("Anchoring", "anchor_nrtrde").arg(anchors)
}

/// Proves that a record belongs to a file.
pub fn prove_record(key: BatchKey, index: u32, leaf: Digest, proof: &Proof) -> Call {
    Call::new("Anchoring", "prove_record")
        .arg(key)
        .arg(index)
        .arg(leaf)
        .arg(proof)
}

/// Reports the usage of a pair's month.
pub fn report_usage(pair: PairMonth, document: Digest, lines: &ReportLines) -> Call {
    Call::new("Reports", "report_usage")
        .arg(pair)
        .arg(document)
        .arg(lines)
}

/// Accepts the other side's usage report in a version.
pub fn affirm_usage(pair: PairMonth, version: u32) -> Call {
    Call::new("Reports", "affirm_usage").arg(pair).arg(version)
}

/// Bills what nobody disputes of two usage reports.
pub fn conclude_usage(pair: PairMonth) -> Call {
    Call::new("Reports", "conclude_usage").arg(pair)
}

/// Accepts files: one call for each [`FILES_PER_CALL`] of them, in one transaction.
pub fn acknowledge_many(keys: &[BatchKey]) -> Call {
    let call = |keys: &[BatchKey]| Call::new("Anchoring", "acknowledge_many").arg(keys);
    match keys.len() > FILES_PER_CALL {
        true => Call::batch_all(keys.chunks(FILES_PER_CALL).map(call)),
        false => call(keys),
    }
}

/// Refuses a whole file.
pub fn return_file(key: BatchKey, reason: FatalReason, rap_sequence: u32, rap_digest: Digest) -> Call {
    Call::new("Anchoring", "return_file")
        .arg(key)
        .arg(reason)
        .arg(rap_sequence)
        .arg(rap_digest)
}

/// Refuses records of a file.
pub fn return_records(key: BatchKey, records: &ReturnedRecords) -> Call {
    Call::new("Anchoring", "return_records").arg(key).arg(records)
}

/// Starts a series at another number than 1.
pub fn begin_series(series: SeriesKey, first: u32) -> Call {
    Call::new("Anchoring", "begin_series").arg(series).arg(first)
}

/// Waives missing files: they never bill.
pub fn waive_gap(series: SeriesKey, first: u32) -> Call {
    Call::new("Anchoring", "waive_gap").arg(series).arg(first)
}

/// Waives a file that was returned and not sent again.
pub fn waive_file(key: BatchKey) -> Call {
    Call::new("Anchoring", "waive_file").arg(key)
}

/// Closes a month and makes its statement; while it takes both parties, asks for it. `changes` tells as what it was seen:
/// [`MonthClosing::changes`](interclear_primitives::closing::MonthClosing::changes).
pub fn close_period(agreement: AgreementId, period: Period, changes: u32) -> Call {
    Call::new("Statements", "close_period")
        .arg(agreement)
        .arg(period)
        .arg(changes)
}

/// Affirms a statement.
pub fn affirm(agreement: AgreementId, period: Period) -> Call {
    Call::new("Statements", "affirm").arg(agreement).arg(period)
}

/// Affirms a statement whose other party has been silent for too long.
pub fn affirm_by_silence(agreement: AgreementId, period: Period) -> Call {
    Call::new("Statements", "affirm_by_silence")
        .arg(agreement)
        .arg(period)
}

/// Disputes a line of a statement, or what of it is named.
pub fn raise_dispute(
    agreement: AgreementId,
    period: Period,
    line: LineKey,
    kind: DisputeKind,
    claimed: &Figures,
    about: Option<About>,
) -> Call {
    Call::new("Disputes", "raise")
        .arg(agreement)
        .arg(period)
        .arg(line)
        .arg(kind)
        .arg(claimed)
        .arg(about)
}

/// Notes a difference that is too small to be disputed.
pub fn mark_difference(agreement: AgreementId, period: Period, line: LineKey, claimed: &Figures) -> Call {
    Call::new("Disputes", "mark_difference")
        .arg(agreement)
        .arg(period)
        .arg(line)
        .arg(claimed)
}

/// Answers a dispute with figures of one's own.
pub fn answer_dispute(dispute: DisputeId, claimed: &Figures) -> Call {
    Call::new("Disputes", "answer").arg(dispute).arg(claimed)
}

/// Concedes a part of what is in dispute.
pub fn concede(dispute: DisputeId, claimed: &Figures) -> Call {
    Call::new("Disputes", "concede").arg(dispute).arg(claimed)
}

/// Offers figures at which a dispute would end.
pub fn offer_in_dispute(dispute: DisputeId, figures: &Figures) -> Call {
    Call::new("Disputes", "offer").arg(dispute).arg(figures)
}

/// Accepts what the other party of a dispute says.
pub fn accept_in_dispute(dispute: DisputeId, figures: &Figures) -> Call {
    Call::new("Disputes", "accept").arg(dispute).arg(figures)
}

/// Takes a dispute back.
pub fn withdraw_dispute(dispute: DisputeId) -> Call {
    Call::new("Disputes", "withdraw").arg(dispute)
}

/// Asks for a ruling.
pub fn escalate_dispute(dispute: DisputeId) -> Call {
    Call::new("Disputes", "escalate").arg(dispute)
}

/// Says what a disputed line comes to, as an arbitrator.
pub fn arbitrate(dispute: DisputeId, figures: &Figures) -> Call {
    Call::new("Disputes", "arbitrate").arg(dispute).arg(figures)
}

/// Rules a dispute; by the council.
pub fn rule_dispute(dispute: DisputeId, figures: &Figures) -> Call {
    Call::new("Disputes", "rule").arg(dispute).arg(figures)
}

/// Has silence in a dispute take its result.
pub fn lapse_dispute(dispute: DisputeId) -> Call {
    Call::new("Disputes", "lapse").arg(dispute)
}

/// Brings evidence in a dispute.
pub fn add_evidence(dispute: DisputeId, evidence: Evidence) -> Call {
    Call::new("Disputes", "add_evidence").arg(dispute).arg(evidence)
}

/// Pays ahead for a prepaid direction, in the minor unit of a token; by its home party.
pub fn deposit(agreement: AgreementId, token: TokenId, amount: u128) -> Call {
    Call::new("Escrow", "deposit")
        .arg(agreement)
        .arg(token)
        .arg(Compact(amount))
}

/// Releases a part of the other party's escrow; by the creditor.
pub fn release_escrow(agreement: AgreementId, amount: u128) -> Call {
    Call::new("Escrow", "release").arg(agreement).arg(Compact(amount))
}

/// Has an escrow of an agreement pay an obligation that it could not pay before; by either party.
pub fn pay_debt(agreement: AgreementId, obligation: ObligationId) -> Call {
    Call::new("Escrow", "pay_debt").arg(agreement).arg(obligation)
}

/// Takes back what is left of an escrow; by its home party.
pub fn refund_escrow(agreement: AgreementId) -> Call {
    Call::new("Escrow", "refund").arg(agreement)
}

/// Has the other party's escrow pay what a voucher says; by the visited party.
pub fn redeem_voucher(signed: &SignedVoucher) -> Call {
    Call::new("Escrow", "redeem")
        .arg(&signed.voucher)
        .arg(signed.signer)
        .encoded(signed.signature.to_vec())
}

/// Offers terms to whoever accepts them and pays ahead.
pub fn publish_offer(number: u8, offer: &StandingOffer) -> Call {
    Call::new("Escrow", "publish_offer").arg(number).arg(offer)
}

/// Withdraws a standing offer.
pub fn withdraw_offer(number: u8) -> Call {
    Call::new("Escrow", "withdraw_offer").arg(number)
}

/// Accepts the standing offer of an operator for networks of one's own, and pays ahead.
pub fn accept_offer(by: OperatorId, number: u8, digest: Digest, networks: &Networks, amount: u128) -> Call {
    Call::new("Escrow", "accept_offer")
        .arg(by)
        .arg(number)
        .arg(digest)
        .arg(networks)
        .arg(Compact(amount))
}

/// Announces a netting cycle out of turn, whose debtors have `funding` seconds of working time; by the council.
pub fn open_cycle(token: TokenId, cut_off: Moment, funding: Moment) -> Call {
    Call::new("Netting", "open_cycle")
        .arg(token)
        .arg(cut_off)
        .arg(funding)
}

/// Has cycles in a token open by themselves from a moment on, every so many days, with so many seconds of working time to fund; or not
/// any more. By the council.
pub fn set_schedule(token: TokenId, turns: Option<(Moment, u16, Moment)>) -> Call {
    Call::new("Netting", "set_schedule").arg(token).arg(turns)
}

/// Names the token in which obligations are paid that are owed to the caller's operator.
pub fn name_token(token: TokenId, obligations: &[ObligationId]) -> Call {
    Call::new("Netting", "name_token").arg(token).arg(obligations)
}

/// Charges the late interest of obligations that were paid to the caller's operator.
pub fn charge_interest(obligations: &[ObligationId]) -> Call {
    let call = |id: &ObligationId| Call::new("Netting", "charge_interest").arg(*id);
    match obligations {
        [one] => call(one),
        all => Call::batch_all(all.iter().map(call)),
    }
}

/// Sets the most that the caller's operator wants to be owed, by another one or in total.
pub fn set_exposure_cap(currency: Currency, partner: Option<OperatorId>, cap: Option<u128>) -> Call {
    Call::new("Netting", "set_exposure_cap")
        .arg(currency)
        .arg(partner)
        .arg(cap)
}

/// Sets the most that an operator may be owed by another one where it has set no cap; by the council.
pub fn set_general_cap(currency: Currency, cap: Option<u128>) -> Call {
    Call::new("Netting", "set_general_cap").arg(currency).arg(cap)
}

/// Claims that an obligation was paid outside of cycles; by its debtor.
pub fn claim_payment(obligation: ObligationId, reference: &PaymentReference) -> Call {
    Call::new("Netting", "claim_payment")
        .arg(obligation)
        .arg(reference)
}

/// Confirms that an obligation was paid outside of cycles; by its creditor.
pub fn confirm_payment(obligation: ObligationId, reference: &PaymentReference) -> Call {
    Call::new("Netting", "confirm_payment")
        .arg(obligation)
        .arg(reference)
}

/// Pays an obligation by itself that is paid gross; by its debtor.
pub fn pay(obligation: ObligationId, token: TokenId) -> Call {
    Call::new("Netting", "pay").arg(obligation).arg(token)
}

/// Notes that an obligation would be paid gross today and cannot, for a reason that is not its debtor's; by that.
pub fn tender(obligation: ObligationId, token: TokenId) -> Call {
    Call::new("Netting", "tender").arg(obligation).arg(token)
}

/// Makes an obligation of what an agreement's statements have carried forward; by a party.
pub fn book_carried(agreement: AgreementId) -> Call {
    Call::new("Statements", "book_carried").arg(agreement)
}

/// Ends the announcement of a netting cycle, whose obligations are collected from then on.
pub fn collect(cycle: CycleId) -> Call {
    Call::new("Netting", "collect").arg(cycle)
}

/// Takes up to `max` obligations into a netting cycle.
pub fn compute(cycle: CycleId, max: u32) -> Call {
    Call::new("Netting", "compute").arg(cycle).arg(max)
}

/// Puts a net debtor's amount on hold.
pub fn fund(cycle: CycleId) -> Call {
    Call::new("Netting", "fund").arg(cycle)
}

/// Pays everybody, or nobody.
pub fn settle(cycle: CycleId) -> Call {
    Call::new("Netting", "settle").arg(cycle)
}

/// Excludes defaulters from a netting cycle.
pub fn exclude_defaulters(cycle: CycleId, max: u32) -> Call {
    Call::new("Netting", "exclude_defaulters").arg(cycle).arg(max)
}

/// Releases a hold that outlived its cycle.
pub fn release(cycle: CycleId) -> Call {
    Call::new("Netting", "release").arg(cycle)
}

/// Cancels an announced netting cycle; by the council.
pub fn cancel_cycle(cycle: CycleId) -> Call {
    Call::new("Netting", "cancel_cycle").arg(cycle)
}

/// Publishes the networks of a region; by the council.
pub fn set_region(region: &RegionCode, from: Period, members: &[Member]) -> Call {
    Call::new("Tariffs", "set_region")
        .arg(region)
        .arg(from)
        .arg(members)
}

/// Publishes a reference tariff or its end; by the council.
pub fn set_tariff(area: &Area, service: Service, from: Period, price: Option<UnitPrice>) -> Call {
    Call::new("Tariffs", "set_tariff")
        .arg(area)
        .arg(service)
        .arg(from)
        .arg(price)
}

/// Publishes a price cap or its end; by the council.
pub fn set_cap(
    name: &CapName,
    service: Service,
    visited: &RegionCode,
    home: &Option<RegionCode>,
    from: Period,
    price: Option<UnitPrice>,
) -> Call {
    Call::new("Tariffs", "set_cap")
        .arg(name)
        .arg(service)
        .arg(visited)
        .arg(home)
        .arg(from)
        .arg(price)
}

/// Fixes the exchange rate of a month; by the council.
pub fn set_rate(currency: Currency, period: Period, rate: SdrRate, quoted: QuoteDate) -> Call {
    Call::new("Tariffs", "set_rate")
        .arg(currency)
        .arg(period)
        .arg(rate)
        .arg(quoted)
}

/// Appoints the operators that submit exchange rates; by the council.
pub fn set_feeders(operators: &[OperatorId], quorum: u8, currencies: &[Currency]) -> Call {
    Call::new("Tariffs", "set_feeders")
        .arg(operators)
        .arg(quorum)
        .arg(currencies)
}

/// Submits the exchange rate of the coming month; by a feeder.
pub fn feed(currency: Currency, period: Period, rate: SdrRate, quoted: QuoteDate) -> Call {
    Call::new("Tariffs", "feed")
        .arg(currency)
        .arg(period)
        .arg(rate)
        .arg(quoted)
}

/// Refuses a rate on which the feeders agree and that waits for the council; by the council.
pub fn refuse_rate(currency: Currency, period: Period) -> Call {
    Call::new("Tariffs", "refuse_rate").arg(currency).arg(period)
}

/// Creates a fiat token; by the council.
pub fn create_token(
    token: TokenId,
    issuer: OperatorId,
    currency: Currency,
    decimals: u8,
    name: &str,
    symbol: &str,
) -> Call {
    Call::new("Netting", "create_token")
        .arg(token)
        .arg(issuer)
        .arg(currency)
        .arg(decimals)
        .arg(name.as_bytes())
        .arg(symbol.as_bytes())
}

/// Attests what the issuer of a token holds for it.
pub fn attest(token: TokenId, amount: u128, as_of: Moment, digest: Digest) -> Call {
    Call::new("Issuance", "attest")
        .arg(token)
        .arg(amount)
        .arg(as_of)
        .arg(digest)
}

/// Freezes an account of a token, or the token; by its issuer.
pub fn freeze(
    token: TokenId,
    account: Option<AccountId>,
    reason: FreezeReason,
    digest: Option<Digest>,
) -> Call {
    Call::new("Issuance", "freeze")
        .arg(token)
        .arg(account)
        .arg(reason)
        .arg(digest)
}

/// Lets what is frozen of a token go on; by its issuer.
pub fn thaw(token: TokenId, account: Option<AccountId>) -> Call {
    Call::new("Issuance", "thaw").arg(token).arg(account)
}

/// Redeems tokens of the account that signs.
pub fn redeem(token: TokenId, amount: u128, reference: &PaymentReference) -> Call {
    Call::new("Issuance", "redeem")
        .arg(token)
        .arg(amount)
        .arg(reference)
}

/// Confirms that what is redeemed has been paid; by the issuer.
pub fn confirm_redemption(redemption: RedemptionId, reference: &PaymentReference) -> Call {
    Call::new("Issuance", "confirm_redemption")
        .arg(redemption)
        .arg(reference)
}

/// Gives the tokens of a redemption back.
pub fn return_redemption(redemption: RedemptionId) -> Call {
    Call::new("Issuance", "return_redemption").arg(redemption)
}

/// Mints a fiat token; by its issuer.
pub fn mint(token: TokenId, to: &AccountId, amount: u128) -> Call {
    Call::new("Issuance", "mint").arg(token).arg(*to).arg(amount)
}

/// Burns tokens of the account that signs; by their issuer.
pub fn burn(token: TokenId, amount: u128) -> Call {
    Call::new("Issuance", "burn").arg(token).arg(amount)
}

/// Sends tokens from the account that signs to another desk.
pub fn transfer(token: TokenId, to: &AccountId, amount: u128) -> Call {
    let to: MultiAddress<AccountId, ()> = MultiAddress::Id(*to);
    Call::new("Assets", "transfer")
        .arg(Compact(token))
        .arg(to)
        .arg(Compact(amount))
}
