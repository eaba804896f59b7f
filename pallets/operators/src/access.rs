//! Access without fees: who may submit, and how much.

use crate::{
    Config, Desks, DesksOf, Pallet, Part, Payer, QuotaUsage, Standing, Triage, WeightInfo, WindowUse,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
    dispatch::{DispatchClass, DispatchInfo, Pays, PostDispatchInfo},
    traits::Get,
    weights::Weight,
    CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::{pallet_prelude::BlockNumberFor, CheckNonce, ExtensionsWeightInfo as _};
use interclear_ports::Members;
use scale_info::TypeInfo;
use sp_runtime::{
    traits::{
        AsSystemOriginSigner, CheckedDiv, DispatchInfoOf, Dispatchable, Implication, One, PostDispatchInfoOf,
        SaturatedConversion, Saturating, TransactionExtension, ValidateResult,
    },
    transaction_validity::{
        InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidity,
        TransactionValidityError, ValidTransaction,
    },
    DispatchResult,
};

/// Lets only desks, council members and validators submit, each payer within its quota per window and its share of the pool.
///
/// It carries the nonce and takes the place of `frame_system::CheckNonce`, under the same name and in the same form, because how
/// many transactions of an account wait before one is what its nonce says, and every client knows how to write it.
///
/// # Transaction validity
/// What is cheap to tell comes first, and what looks at each call of a batch last.
/// - A transaction that costs more than a whole quota never fits, and is refused with `ExhaustsResources`.
/// - An account that may not submit is refused with `BadSigner`, before anything is said of nonces; a desk's call of the
///   operational class with `Call`.
/// - A transaction too far ahead of its account's nonce, or too long for its place, is refused with `Future` by the pool: it is
///   taken once those before it are in a block. All desks of an operator divide one share, so that none of them adds to it.
/// - A call that fails by its origin, whoever signs it, is refused with `Call`; one that has to wait for a function that the council
///   has paused, with `Custom` and the number of the function.
/// - Urgent calls, and what only council members may call, go before all others as long as they fit into the reserve of
///   their payer, an eighth of the quota. When it is used up they are like any other. All desks of an operator divide the place
///   ahead of others, so that what they have waiting there together fits into the reserve.
/// - Among equals goes first whoever would have most of its quota left; of one payer, what fewer wait before. So a flooder's are
///   the last to be included and the first to be displaced, and no series loses its beginning.
/// - A transaction that does not fit into what is left of the quota, if each one before it costs as much, waits in the pool with
///   a priority below all others. It is the first to go when the pool is full, and fits again when the window turns. A block does
///   not take it; there it is refused with `ExhaustsResources`, which leaves it in the pool. So out of quota means later, never
///   invalid.
///
/// The outer signer of a batch pays for all of it. A call that says, when it is done, that it costs nothing gives all of it back: a
/// report that proves an offence, the first vote on a motion. Inherents and other transactions without a signer pass untouched, but for
/// what only council members may call: the SDK takes the code of an authorised upgrade from anybody, who would choose the moment.
#[derive(
    Encode,
    Decode,
    DecodeWithMemTracking,
    TypeInfo,
    CloneNoBound,
    EqNoBound,
    PartialEqNoBound,
    DebugNoBound,
    DefaultNoBound,
)]
#[scale_info(skip_type_params(T))]
pub struct CheckAccess<T: Config + Send + Sync>(#[codec(compact)] pub T::Nonce);

impl<T: Config + Send + Sync> CheckAccess<T> {
    /// The extension of a transaction with this nonce.
    pub fn from(nonce: T::Nonce) -> Self {
        Self(nonce)
    }

    /// What this extension weighs, with what the call filter looks up when the call is made.
    fn own_weight(call: &T::RuntimeCall) -> Weight {
        let lookups = T::WeightInfo::look_up_desk().saturating_mul(T::Triage::lookups(call).into());
        T::WeightInfo::check_access()
            .saturating_add(T::ExtensionsWeightInfo::check_nonce())
            // Whether what it needs is paused, here and in the call filter: a call needs two functions at most. In a batch the others look it up
            // again for next to nothing, beside what they weigh.
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(lookups)
    }
}

/// From validation to preparation.
#[derive(DebugNoBound)]
pub enum Val<T: Config> {
    /// There is no signer; the weight of this extension is given back.
    Passed(Weight),
    /// Charge the payer.
    Charge {
        /// Who has signed.
        who: T::AccountId,
        /// Whose quota is used.
        payer: Payer<T::AccountId>,
        /// Of what it is paid.
        from: Part,
        /// Execution time, in picoseconds.
        cost: u64,
    },
}

/// From preparation to what follows the dispatch.
#[derive(DebugNoBound)]
pub enum Pre<T: Config> {
    /// There is no signer; the weight of this extension is given back.
    Passed(Weight),
    /// The payer has been charged.
    Charged {
        /// Whose quota has been used.
        payer: Payer<T::AccountId>,
        /// Of what it has been paid.
        from: Part,
        /// Execution time, in picoseconds.
        cost: u64,
    },
}

/// What is left to a payer that has used nothing, in priorities.
pub(crate) const SHARES: u64 = 1 << 20;
/// Places behind others of its account that a transaction can have, in priorities: more than ever wait.
pub(crate) const PLACES: u64 = 1 << 16;
/// What is added to the priority of a transaction that fits into the quota.
pub(crate) const IN_QUOTA: TransactionPriority = 1 << 40;
/// What is added for what fits into the reserve.
pub(crate) const AHEAD_OF_OTHERS: TransactionPriority = 1 << 41;
/// The reserve of urgent calls, as a part of the quota.
const RESERVE: u64 = 8;

impl<T: Config> Pallet<T> {
    /// Whose quota the transactions of an account use; `None` if it may not submit.
    pub(crate) fn payer(who: &T::AccountId) -> Option<Payer<T::AccountId>> {
        // Membership comes first: an operator can make any account its desk, and must not be able to put a member on a quota
        // that it has used up itself.
        if T::Members::is_member(who) {
            return Some(Payer::Account(who.clone()));
        }
        Desks::<T>::get(who).map(|desk| Payer::Operator(desk.operator))
    }

    /// The number of the present window.
    pub(crate) fn window() -> BlockNumberFor<T> {
        let length = T::QuotaWindow::get().max(One::one());
        frame_system::Pallet::<T>::block_number()
            .checked_div(&length)
            .unwrap_or_default()
    }

    /// What a payer has used in the present window.
    pub(crate) fn used_in_window(payer: &Payer<T::AccountId>) -> WindowUse<BlockNumberFor<T>> {
        let (window, usage) = (Self::window(), QuotaUsage::<T>::get(payer));
        if usage.window == window {
            return usage;
        }
        WindowUse {
            window,
            ..Default::default()
        }
    }

    /// What a transaction costs, in picoseconds of execution: its weight with the base weight that the block books, or
    /// its share of the block's length as a share of the block's time, whichever is more. So nobody fills the blocks
    /// with long transactions that take little time either.
    fn cost(weight: Weight, class: DispatchClass, len: usize) -> u64 {
        let limits = T::BlockWeights::get();
        let time = weight.saturating_add(limits.get(class).base_extrinsic).ref_time();
        let max_len = u128::from((*T::BlockLength::get().max.get(class)).max(1));
        let share = u128::from(limits.max_block.ref_time())
            .saturating_mul(len as u128)
            .checked_div(max_len)
            .unwrap_or(u128::MAX);
        time.max(u64::try_from(share).unwrap_or(u64::MAX))
    }

    /// What a payer may use in a window, in picoseconds of execution.
    pub(crate) fn limit(part: Part) -> u64 {
        let quota = T::QuotaPerWindow::get().ref_time();
        match part {
            Part::Quota => quota,
            Part::Reserve => quota.checked_div(RESERVE).unwrap_or_default(),
        }
    }

    /// What is left of a part of the quota after a cost, in [`SHARES`]; `None` if the cost is more than is left.
    fn left_after(usage: &WindowUse<BlockNumberFor<T>>, part: Part, cost: u64) -> Option<u64> {
        let limit = Self::limit(part);
        let left = limit.checked_sub(usage.of(part).checked_add(cost)?)?;
        let share = u128::from(left)
            .saturating_mul(u128::from(SHARES))
            .checked_div(u128::from(limit))?;
        u64::try_from(share).ok()
    }

    /// Of what a transaction would be paid, if each one before it costs as much, and its priority.
    fn place(payer: &Payer<T::AccountId>, is_urgent: bool, cost: u64, before: u64) -> (Option<Part>, u64) {
        let usage = Self::used_in_window(payer);
        let together = cost.saturating_mul(before.saturating_add(1));
        let left = |part| Self::left_after(&usage, part, together).map(|left| (part, left));
        let (part, tier, share) = match left(Part::Reserve)
            .filter(|_| is_urgent)
            .or_else(|| left(Part::Quota))
        {
            // Each desk may have as much waiting as this one, and none is told of the others: only what fits into the reserve
            // with all of theirs goes ahead.
            Some((part @ Part::Reserve, left)) => {
                let of_all = together.saturating_mul(Self::sharers(payer));
                match Self::left_after(&usage, part, of_all) {
                    Some(left) => (Some(part), AHEAD_OF_OTHERS, left),
                    None => (Some(part), IN_QUOTA, left),
                }
            }
            Some((part @ Part::Quota, left)) => (Some(part), IN_QUOTA, left),
            None => (None, 0, 0),
        };
        let place = PLACES.saturating_sub(1).saturating_sub(before);
        let priority = tier
            .saturating_add(share.saturating_mul(PLACES))
            .saturating_add(place);
        (part, priority)
    }

    /// Accounts that use the quota of a payer.
    fn sharers(payer: &Payer<T::AccountId>) -> u64 {
        match payer {
            Payer::Operator(operator) => DesksOf::<T>::decode_len(operator).unwrap_or(1).max(1) as u64,
            Payer::Account(_) => 1,
        }
    }

    /// Whether a transaction may wait behind so many of its account. The desks of an operator divide its share.
    fn has_place(payer: &Payer<T::AccountId>, before: u64, len: usize) -> bool {
        let places = before.saturating_add(1).saturating_mul(Self::sharers(payer));
        places <= u64::from(T::MaxWaiting::get())
            && places.saturating_mul(len as u64) <= u64::from(T::MaxWaitingBytes::get())
    }

    /// Makes what a council member has used count for the account that takes its seat: a quota belongs to the seat. It still
    /// counts for the account itself if that goes on to submit, as a validator, so that no change of hands makes a fresh
    /// quota of a used one; otherwise nothing of it is kept. The caller has given the seat away.
    pub fn hand_over_quota(from: &T::AccountId, to: &T::AccountId) {
        let stays = T::Members::is_member(from);
        let (from, to) = (Payer::Account(from.clone()), Payer::Account(to.clone()));
        if from == to {
            return;
        }
        let handed = Self::used_in_window(&from);
        if !stays {
            QuotaUsage::<T>::remove(&from);
        }
        let own = Self::used_in_window(&to);
        let both = WindowUse {
            window: own.window,
            used: own.used.saturating_add(handed.used),
            urgent: own.urgent.saturating_add(handed.urgent),
        };
        if both.used > 0 || both.urgent > 0 {
            QuotaUsage::<T>::insert(to, both);
        }
    }
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for CheckAccess<T>
where
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    T::RuntimeOrigin: AsSystemOriginSigner<T::AccountId>,
{
    // The name by which clients know the extension that carries a nonce.
    const IDENTIFIER: &'static str = "CheckNonce";
    type Implicit = ();
    type Val = Val<T>;
    type Pre = Pre<T>;

    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        Self::own_weight(call)
    }

    fn validate(
        &self,
        origin: T::RuntimeOrigin,
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
        _self_implicit: (),
        _inherited_implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, T::RuntimeCall> {
        let Some(who) = origin.as_system_origin_signer() else {
            return Ok((
                ValidTransaction::default(),
                Val::Passed(self.weight(call)),
                origin,
            ));
        };
        let cost = Pallet::<T>::cost(info.total_weight(), info.class, len);
        if cost > Pallet::<T>::limit(Part::Quota) {
            return Err(InvalidTransaction::ExhaustsResources.into());
        }
        let payer = Pallet::<T>::payer(who).ok_or(InvalidTransaction::BadSigner)?;
        let is_member = matches!(payer, Payer::Account(_));
        if info.class == DispatchClass::Operational && !is_member {
            return Err(InvalidTransaction::Call.into());
        }
        let (who, nonce) = (who.clone(), self.0);
        let order = CheckNonce::<T>::validate_nonce_for_account(&who, nonce)?;
        let before = nonce.saturating_sub(frame_system::Pallet::<T>::account_nonce(&who));
        let before: u64 = before.saturated_into();
        let is_made = source == TransactionSource::InBlock;
        if !is_made && !Pallet::<T>::has_place(&payer, before, len) {
            return Err(InvalidTransaction::Future.into());
        }
        let is_urgent = match T::Triage::standing(call) {
            Standing::Ordinary => false,
            Standing::Urgent => true,
            Standing::Members if T::Members::has_seat(&who) => true,
            Standing::WithMembers if T::Members::has_seat(&who) => false,
            Standing::Members | Standing::WithMembers | Standing::Refused => {
                return Err(InvalidTransaction::Call.into());
            }
        };
        if let Some(function) = T::Triage::waits_for(call) {
            return Err(InvalidTransaction::Custom(function).into());
        }
        let (part, priority) = Pallet::<T>::place(&payer, is_urgent, cost, before);
        let from = match part {
            Some(part) => part,
            // A block is made now; the pool can wait for the window to turn.
            None if is_made => return Err(InvalidTransaction::ExhaustsResources.into()),
            None => Part::Quota,
        };
        let validity = ValidTransaction {
            priority,
            requires: order.requires,
            provides: order.provides,
            ..Default::default()
        };
        let charge = Val::Charge {
            who,
            payer,
            from,
            cost,
        };
        Ok((validity, charge, origin))
    }

    fn bare_validate(
        call: &T::RuntimeCall,
        _info: &DispatchInfoOf<T::RuntimeCall>,
        _len: usize,
    ) -> TransactionValidity {
        match T::Triage::standing(call) {
            Standing::Members | Standing::WithMembers => Err(InvalidTransaction::Call.into()),
            // What a block's author adds is told from the rest by the pallets whose it is.
            _ => Ok(ValidTransaction::default()),
        }
    }

    fn bare_validate_and_prepare(
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> Result<(), TransactionValidityError> {
        Self::bare_validate(call, info, len).map(|_| ())
    }

    fn prepare(
        self,
        val: Self::Val,
        _origin: &T::RuntimeOrigin,
        _call: &T::RuntimeCall,
        _info: &DispatchInfoOf<T::RuntimeCall>,
        _len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let (who, payer, from, cost) = match val {
            Val::Passed(weight) => return Ok(Pre::Passed(weight)),
            Val::Charge {
                who,
                payer,
                from,
                cost,
            } => (who, payer, from, cost),
        };
        CheckNonce::<T>::prepare_nonce_for_account(&who, self.0)?;
        let mut usage = Pallet::<T>::used_in_window(&payer);
        let used = usage.of_mut(from);
        *used = used.saturating_add(cost);
        QuotaUsage::<T>::insert(&payer, usage);
        Ok(Pre::Charged { payer, from, cost })
    }

    fn post_dispatch_details(
        pre: Self::Pre,
        info: &DispatchInfoOf<T::RuntimeCall>,
        post_info: &PostDispatchInfoOf<T::RuntimeCall>,
        len: usize,
        _result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        match pre {
            Pre::Passed(weight) => Ok(weight),
            Pre::Charged { payer, from, cost } => {
                // What a call does for all, and says so when it is done, takes nothing of anybody's quota.
                let actual = match post_info.pays_fee {
                    Pays::No => 0,
                    Pays::Yes => Pallet::<T>::cost(post_info.calc_actual_weight(info), info.class, len),
                };
                let unspent = cost.saturating_sub(actual);
                if unspent > 0 {
                    // The entry is gone if the call has given the payer's seat to another, who has been charged for all of it.
                    QuotaUsage::<T>::mutate_extant(payer, |usage| {
                        let used = usage.of_mut(from);
                        *used = used.saturating_sub(unspent);
                    });
                }
                Ok(Weight::zero())
            }
        }
    }
}
