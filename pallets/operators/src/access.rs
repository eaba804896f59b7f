//! Access without fees: who may submit, and how much.

use crate::{Config, Desks, DesksOf, Pallet, Payer, QuotaUsage, Standing, Triage, WeightInfo, WindowUse};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
    dispatch::{DispatchClass, DispatchInfo, PostDispatchInfo},
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
        InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidityError,
        ValidTransaction,
    },
    DispatchResult,
};

/// Lets only desks, council members and validators submit, each payer within its quota per window and its share of the pool.
///
/// It carries the nonce and takes the place of `frame_system::CheckNonce`, under the same name and in the same form, because how
/// many transactions of an account wait before one is what its nonce says, and every client knows how to write it.
///
/// # Transaction validity
/// - An account that may not submit is refused with `BadSigner`, before anything is said of nonces.
/// - A call that fails by its origin, whoever signs it, is refused with `Call`; so is a desk's call of the operational class.
/// - A transaction too far ahead of its account's nonce, or too long for its place, is refused with `Future` by the pool: it is
///   taken once those before it are in a block. All desks of an operator divide one share, so that none of them adds to it.
/// - A transaction that does not fit into what is left of the quota, if each one before it costs as much, waits in the pool with
///   the lowest priority, 0: it is the first to go when the pool is full, and fits again when the window turns. A block does not
///   take it; there it is refused with `ExhaustsResources`, which leaves it in the pool. So out of quota means later, never
///   invalid.
/// - A transaction that costs more than a whole quota never fits, and is refused with `ExhaustsResources`.
/// - Otherwise urgent calls, and those of council and validators, go before all others; among equals goes first whoever would
///   have most of its quota left, in thousandths. So a flooder's are the last to be included and the first to be displaced.
///
/// Urgent calls have a reserve beyond the quota, an eighth of it. The outer signer of a batch pays for all of it. Inherents and
/// other transactions without a signer pass untouched.
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

    /// What this extension weighs.
    fn own_weight() -> Weight {
        T::WeightInfo::check_access().saturating_add(T::ExtensionsWeightInfo::check_nonce())
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
        /// Execution time, in picoseconds.
        cost: u64,
    },
}

/// Priority within a tier of a payer that has used nothing.
pub(crate) const FULL_PRIORITY: TransactionPriority = 1_000;
/// What is added to the priority of a transaction that fits into the quota; one that does not has 0.
pub(crate) const IN_QUOTA: TransactionPriority = 1 << 32;
/// What is added for urgent calls, and for council and validators.
pub(crate) const AHEAD_OF_OTHERS: TransactionPriority = 1 << 33;
/// The reserve of urgent calls, as a part of the quota.
const URGENT_RESERVE: u64 = 8;

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

    /// What a payer has used in the present window, in picoseconds of execution.
    pub(crate) fn used_in_window(payer: &Payer<T::AccountId>) -> u64 {
        let usage = QuotaUsage::<T>::get(payer);
        if usage.window == Self::window() {
            usage.used
        } else {
            0
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

    /// What a payer may use in a window for calls of a standing, in picoseconds of execution.
    pub(crate) fn limit(standing: Standing) -> u64 {
        let quota = T::QuotaPerWindow::get().ref_time();
        match standing {
            Standing::Urgent => quota.saturating_add(quota.checked_div(URGENT_RESERVE).unwrap_or_default()),
            Standing::Ordinary | Standing::Refused => quota,
        }
    }

    /// What is left of a limit after a cost; `None` if the cost is more than is left.
    fn left_after(payer: &Payer<T::AccountId>, limit: u64, cost: u64) -> Option<u64> {
        limit.checked_sub(Self::used_in_window(payer).checked_add(cost)?)
    }

    /// Whether a transaction may wait behind so many of its account. The desks of an operator divide its share.
    fn has_place(payer: &Payer<T::AccountId>, before: u64, len: usize) -> bool {
        let desks = match payer {
            Payer::Operator(operator) => DesksOf::<T>::decode_len(operator).unwrap_or(1).max(1),
            Payer::Account(_) => 1,
        };
        let places = before.saturating_add(1).saturating_mul(desks as u64);
        places <= u64::from(T::MaxWaiting::get())
            && places.saturating_mul(len as u64) <= u64::from(T::MaxWaitingBytes::get())
    }

    /// Makes what a council member has used count for the account that takes its seat: a quota belongs to the seat.
    pub fn hand_over_quota(from: &T::AccountId, to: &T::AccountId) {
        let window = Self::window();
        let handed = QuotaUsage::<T>::take(Payer::Account(from.clone()));
        if handed.window == window && handed.used > 0 {
            QuotaUsage::<T>::mutate(Payer::Account(to.clone()), |usage| {
                let own = if usage.window == window { usage.used } else { 0 };
                *usage = WindowUse {
                    window,
                    used: own.saturating_add(handed.used),
                };
            });
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

    fn weight(&self, _: &T::RuntimeCall) -> Weight {
        Self::own_weight()
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
        let payer = Pallet::<T>::payer(who).ok_or(InvalidTransaction::BadSigner)?;
        let is_member = matches!(payer, Payer::Account(_));
        let standing = T::Triage::standing(call);
        if standing == Standing::Refused || (info.class == DispatchClass::Operational && !is_member) {
            return Err(InvalidTransaction::Call.into());
        }
        let (who, nonce) = (who.clone(), self.0);
        let order = CheckNonce::<T>::validate_nonce_for_account(&who, nonce)?;
        let before = nonce.saturating_sub(frame_system::Pallet::<T>::account_nonce(&who));
        let before: u64 = before.saturated_into();
        let is_made = source == TransactionSource::InBlock;

        let cost = Pallet::<T>::cost(info.total_weight(), info.class, len);
        let limit = Pallet::<T>::limit(standing);
        if cost > limit {
            return Err(InvalidTransaction::ExhaustsResources.into());
        }
        if !is_made && !Pallet::<T>::has_place(&payer, before, len) {
            return Err(InvalidTransaction::Future.into());
        }
        let with_those_before = cost.saturating_mul(before.saturating_add(1));
        let priority = match Pallet::<T>::left_after(&payer, limit, with_those_before) {
            Some(left) => {
                let share = u128::from(left)
                    .saturating_mul(u128::from(FULL_PRIORITY))
                    .checked_div(u128::from(limit))
                    .unwrap_or_default();
                let tier = match is_member || standing == Standing::Urgent {
                    true => AHEAD_OF_OTHERS,
                    false => IN_QUOTA,
                };
                tier.saturating_add(TransactionPriority::try_from(share).unwrap_or(FULL_PRIORITY))
            }
            // A block is made now; the pool can wait for the window to turn.
            None if is_made => return Err(InvalidTransaction::ExhaustsResources.into()),
            None => 0,
        };
        let validity = ValidTransaction {
            priority,
            requires: order.requires,
            provides: order.provides,
            ..Default::default()
        };
        Ok((validity, Val::Charge { who, payer, cost }, origin))
    }

    fn prepare(
        self,
        val: Self::Val,
        _origin: &T::RuntimeOrigin,
        _call: &T::RuntimeCall,
        _info: &DispatchInfoOf<T::RuntimeCall>,
        _len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let (who, payer, cost) = match val {
            Val::Passed(weight) => return Ok(Pre::Passed(weight)),
            Val::Charge { who, payer, cost } => (who, payer, cost),
        };
        CheckNonce::<T>::prepare_nonce_for_account(&who, self.0)?;
        let used = Pallet::<T>::used_in_window(&payer).saturating_add(cost);
        QuotaUsage::<T>::insert(
            &payer,
            WindowUse {
                window: Pallet::<T>::window(),
                used,
            },
        );
        Ok(Pre::Charged { payer, cost })
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
            Pre::Charged { payer, cost } => {
                let actual = Pallet::<T>::cost(post_info.calc_actual_weight(info), info.class, len);
                let unspent = cost.saturating_sub(actual);
                if unspent > 0 {
                    QuotaUsage::<T>::mutate(payer, |usage| usage.used = usage.used.saturating_sub(unspent));
                }
                Ok(Weight::zero())
            }
        }
    }
}
