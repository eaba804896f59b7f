//! Epochs of channels: offered by one side, accepted by the other, closed by either.

use crate::{types::Versions, Channels, Config, Epochs, Error, Event, Pallet, Partners};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use interclear_ports::{Clock, Operators};
use interclear_primitives::{
    channel::{digest_of_boxes, BySide, Channel, Epoch, Pair, Resent, Said, SealedBox, Suite},
    ids::OperatorId,
    Digest,
};
use sp_runtime::{DispatchError, SaturatedConversion};

/// The box of the other side, and that of oneself.
type Boxes<'b> = [&'b SealedBox; 2];

impl<T: Config> Pallet<T> {
    pub(crate) fn do_offer_channel(
        from: OperatorId,
        to: OperatorId,
        number: u32,
        suite: Suite,
        versions: Versions,
        boxes: Boxes<'_>,
    ) -> DispatchResult {
        let pair = Pair::of(from, to).ok_or(Error::<T>::SameOperator)?;
        ensure!(T::Operators::is_active(to), Error::<T>::OperatorNotActive);
        Self::ensure_active(suite)?;
        for (operator, version) in [(from, versions.own), (to, versions.partner)] {
            let key = Self::usable_key(operator, version)?;
            ensure!(key.suite == suite, Error::<T>::OtherSuite);
            let until = key.set_at.saturating_add(T::MaxKeyAge::get());
            ensure!(T::Clock::now() < until, Error::<T>::MaxKeyAgeExceeded);
        }
        Self::ensure_boxes(suite, boxes)?;
        let mut channel = Channels::<T>::get(pair).unwrap_or_default();
        let next = channel.last.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
        // The boxes are bound to it.
        ensure!(number == next, Error::<T>::EpochNotFound);
        channel.last = number;
        if let Some(before) = channel.offers.of_mut(&pair, from).replace(number) {
            Epochs::<T>::remove(pair, before);
        }
        let mut by_side = BySide::default();
        *by_side.of_mut(&pair, from) = versions.own;
        *by_side.of_mut(&pair, to) = versions.partner;
        let epoch = Epoch {
            suite,
            from,
            versions: by_side,
            offered: Self::said(&boxes),
            accepted: None,
            confirm: None,
            closed_at: None,
            resent: BySide::default(),
        };
        Epochs::<T>::insert(pair, number, epoch);
        Channels::<T>::insert(pair, channel);
        Partners::<T>::insert(from, to, ());
        Partners::<T>::insert(to, from, ());
        Self::deposit_event(Event::ChannelOffered {
            from,
            to,
            epoch: number,
            suite,
        });
        Ok(())
    }

    pub(crate) fn do_accept_channel(
        by: OperatorId,
        with: OperatorId,
        number: u32,
        boxes: Boxes<'_>,
        confirm: Digest,
    ) -> DispatchResult {
        let (pair, mut channel) = Self::channel_of(by, with)?;
        ensure!(
            *channel.offers.of(&pair, with) == Some(number),
            Error::<T>::OfferNotFound
        );
        let mut epoch = Epochs::<T>::get(pair, number).ok_or(Error::<T>::OfferNotFound)?;
        ensure!(T::Operators::is_active(with), Error::<T>::OperatorNotActive);
        Self::ensure_active(epoch.suite)?;
        for operator in [by, with] {
            Self::usable_key(operator, *epoch.versions.of(&pair, operator))?;
        }
        Self::ensure_boxes(epoch.suite, boxes)?;
        epoch.accepted = Some(Self::said(&boxes));
        epoch.confirm = Some(confirm);
        *channel.offers.of_mut(&pair, with) = None;
        if channel.epochs.is_full() {
            Epochs::<T>::remove(pair, channel.epochs.remove(0));
        }
        // Of two offers that have crossed, the older one may be accepted last.
        let place = channel.epochs.partition_point(|other| *other < number);
        channel
            .epochs
            .try_insert(place, number)
            .map_err(|_| Error::<T>::IdsExhausted)?;
        Epochs::<T>::insert(pair, number, epoch);
        Self::keep(pair, channel);
        Self::deposit_event(Event::ChannelAccepted {
            by,
            with,
            epoch: number,
        });
        Ok(())
    }

    pub(crate) fn do_close_channel(by: OperatorId, with: OperatorId, number: u32) -> DispatchResult {
        let (pair, mut channel) = Self::channel_of(by, with)?;
        let mut epoch = Epochs::<T>::get(pair, number).ok_or(Error::<T>::EpochNotFound)?;
        ensure!(epoch.closed_at.is_none(), Error::<T>::AlreadyClosed);
        if epoch.accepted.is_some() {
            epoch.closed_at = Some(T::Clock::now());
            Epochs::<T>::insert(pair, number, epoch);
        } else {
            *channel.offers.of_mut(&pair, epoch.from) = None;
            Epochs::<T>::remove(pair, number);
        }
        Self::keep(pair, channel);
        Self::deposit_event(Event::ChannelClosed {
            by,
            with,
            epoch: number,
        });
        Ok(())
    }

    pub(crate) fn do_resend_channel(
        from: OperatorId,
        to: OperatorId,
        number: u32,
        version: u32,
        sealed: &SealedBox,
    ) -> DispatchResult {
        let (pair, _) = Self::channel_of(from, to)?;
        let mut epoch = Epochs::<T>::get(pair, number).ok_or(Error::<T>::EpochNotFound)?;
        ensure!(epoch.accepted.is_some(), Error::<T>::NotAccepted);
        let key = Self::usable_key(to, version)?;
        ensure!(sealed.len() == key.suite.sealed_key(), Error::<T>::InvalidBox);
        *epoch.resent.of_mut(&pair, to) = Some(Resent {
            said: Self::said(&[sealed]),
            version,
        });
        Epochs::<T>::insert(pair, number, epoch);
        Self::deposit_event(Event::ChannelResent {
            from,
            to,
            epoch: number,
            version,
        });
        Ok(())
    }

    fn channel_of(one: OperatorId, other: OperatorId) -> Result<(Pair, Channel), DispatchError> {
        let pair = Pair::of(one, other).ok_or(Error::<T>::SameOperator)?;
        let channel = Channels::<T>::get(pair).ok_or(Error::<T>::EpochNotFound)?;
        Ok((pair, channel))
    }

    fn ensure_boxes(suite: Suite, boxes: Boxes<'_>) -> DispatchResult {
        let length = suite.sealed_key();
        ensure!(
            boxes.iter().all(|sealed| sealed.len() == length),
            Error::<T>::InvalidBox
        );
        Ok(())
    }

    /// Stores a channel, with the newest of its epochs that is open.
    fn keep(pair: Pair, mut channel: Channel) {
        let open = |number: &&u32| Epochs::<T>::get(pair, **number).is_some_and(|epoch| epoch.is_open());
        channel.newest = channel.epochs.iter().rev().find(open).copied();
        Channels::<T>::insert(pair, channel);
    }

    fn said(boxes: &[&SealedBox]) -> Said {
        Said {
            block: frame_system::Pallet::<T>::block_number().saturated_into(),
            at: T::Clock::now(),
            boxes: digest_of_boxes(boxes),
        }
    }
}
