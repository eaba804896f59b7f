//! Access without fees: who may submit, and how much.

use crate::{Config, Desks, Pallet, Payer, QuotaUsage, WeightInfo, WindowUse};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use frame_support::{
    dispatch::{DispatchClass, DispatchInfo, PostDispatchInfo},
    traits::Get,
    weights::Weight,
    CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::pallet_prelude::BlockNumberFor;
use interclear_ports::Members;
use scale_info::TypeInfo;
use sp_runtime::{
    traits::{
        AsSystemOriginSigner, CheckedDiv, DispatchInfoOf, Dispatchable, Implication, One, PostDispatchInfoOf,
        TransactionExtension, ValidateResult,
    },
    transaction_validity::{
        InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidityError,
        ValidTransaction,
    },
    DispatchResult,
};

/// Lets only desks, council members and validators submit, each payer within its quota per window.
///
/// It encodes to nothing, so that clients which do not know it build valid transactions. Put it before `CheckNonce`:
/// an account that may not submit is then refused with that reason instead of one about fees.
///
/// # Transaction validity
/// - An account that may not submit is refused with `BadSigner`.
/// - A transaction that does not fit into what is left of the quota waits in the pool with the lowest priority, 0: it is the
///   first to go when the pool is full, and fits again when the window turns. A block does not take it; there it is
///   refused with `ExhaustsResources`, which leaves it in the pool. So out of quota means later, never invalid.
/// - A transaction that costs more than a whole quota never fits, and is refused with `ExhaustsResources`.
/// - Otherwise the priority is what would be left of the quota in thousandths, so that whoever has used little goes before
///   whoever has used much.
///
/// The outer signer of a batch or of a multisig call pays for all of it. Inherents and other transactions without a
/// signer pass untouched.
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
pub struct CheckAccess<T: Config + Send + Sync>(PhantomData<T>);

impl<T: Config + Send + Sync> CheckAccess<T> {
    /// The extension; it carries nothing.
    pub fn new() -> Self {
        Self::default()
    }
}

/// From validation to preparation.
#[derive(DebugNoBound)]
pub enum Val<T: Config> {
    /// There is no signer; the weight of this extension is given back.
    Passed(Weight),
    /// Charge the payer.
    Charge {
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

/// Priority of a payer that has used nothing.
const FULL_PRIORITY: u64 = 1_000;

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

    /// What is left of a payer's quota after a cost; `None` if the cost is more than is left.
    fn left_after(payer: &Payer<T::AccountId>, cost: u64) -> Option<u64> {
        let limit = T::QuotaPerWindow::get().ref_time();
        limit.checked_sub(Self::used_in_window(payer).checked_add(cost)?)
    }
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for CheckAccess<T>
where
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    T::RuntimeOrigin: AsSystemOriginSigner<T::AccountId>,
{
    const IDENTIFIER: &'static str = "CheckAccess";
    type Implicit = ();
    type Val = Val<T>;
    type Pre = Pre<T>;

    fn weight(&self, _: &T::RuntimeCall) -> Weight {
        T::WeightInfo::check_access()
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
        let cost = Pallet::<T>::cost(info.total_weight(), info.class, len);
        let limit = T::QuotaPerWindow::get().ref_time();
        let left = match Pallet::<T>::left_after(&payer, cost) {
            Some(left) => left,
            // The window turns; a block is made now.
            None if cost <= limit && source != TransactionSource::InBlock => 0,
            None => return Err(InvalidTransaction::ExhaustsResources.into()),
        };
        let share = u128::from(left)
            .saturating_mul(u128::from(FULL_PRIORITY))
            .checked_div(u128::from(limit))
            .unwrap_or_default();
        let priority = TransactionPriority::try_from(share).unwrap_or(FULL_PRIORITY);
        Ok((
            ValidTransaction {
                priority,
                ..Default::default()
            },
            Val::Charge { payer, cost },
            origin,
        ))
    }

    fn prepare(
        self,
        val: Self::Val,
        _origin: &T::RuntimeOrigin,
        _call: &T::RuntimeCall,
        _info: &DispatchInfoOf<T::RuntimeCall>,
        _len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let (payer, cost) = match val {
            Val::Passed(weight) => return Ok(Pre::Passed(weight)),
            Val::Charge { payer, cost } => (payer, cost),
        };
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
