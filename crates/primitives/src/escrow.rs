//! Escrows: tokens that one party of an agreement holds ahead for the traffic of its subscribers.

use crate::{
    agreement::{MaxGroupTadigs, Terms},
    bounds::MAX_TOKEN_DECIMALS,
    ids::{ObligationId, TokenId},
    money::Currency,
    period::Period,
    tadig::Tadig,
    Digest, Moment,
};
use bounded_collections::BoundedVec;
use interclear_record::record;

/// The escrow of a direction of an agreement: held for its home party, and paid to the other one.
#[record]
pub struct Escrow<AccountId> {
    /// In which it is held.
    pub token: TokenId,
    /// The currency of the token.
    pub currency: Currency,
    /// The decimals of the token.
    pub decimals: u8,
    /// The account on which it is held, a treasury desk of the home party's.
    pub account: AccountId,
    /// What is held, in the minor unit of the token.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub held: u128,
    /// What of it usage of open months, and statements that are not affirmed, have used beyond what vouchers were paid of them, and what
    /// it could not pay, in 10^-6 of the currency. It may be more than is held.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub reserved: u128,
    /// Obligations of the home party that the escrow could not pay, or not in full, and of which nobody has found yet that they are paid.
    pub unpaid: u32,
    /// At which of these it was last tried whether it can be paid: the next one is tried first.
    pub tried: Option<ObligationId>,
    /// The month from which on the direction is prepaid, or paid on affirmation: what was owed for earlier ones it does not pay.
    pub from: Period,
}

/// What a month has used of an escrow.
#[record(Copy)]
#[derive(Default)]
pub struct EscrowMonth {
    /// An open one what its files charge, a closed one what its statement says until that is affirmed, in 10^-6 of the currency.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub reserved: u128,
    /// What vouchers were paid that no statement counts yet, in the minor unit of the token.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub redeemed: u128,
    /// What of that was paid by vouchers of the month before, for files that this month bills in its place.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub carried: u128,
    /// The number of the newest voucher that was redeemed.
    pub voucher: u64,
}

impl EscrowMonth {
    /// What the month's own vouchers were paid: these say what its usage comes to, without what it bills of the month before.
    pub fn by_own(&self) -> u128 {
        self.redeemed.saturating_sub(self.carried)
    }
}

/// An amount in the minor unit of a token with so many decimals, in 10^-6 of its currency.
pub fn in_millionths(minor: u128, decimals: u8) -> u128 {
    let digits = MAX_TOKEN_DECIMALS.saturating_sub(decimals);
    minor.saturating_mul(10u128.saturating_pow(u32::from(digits)))
}

/// An amount in 10^-6 of a currency, in the minor unit of a token with so many decimals, rounded up.
pub fn in_minor(millionths: u128, decimals: u8) -> u128 {
    let unit = in_millionths(1, decimals);
    let up = millionths.saturating_add(unit.saturating_sub(1));
    up.checked_div(unit).unwrap_or_default()
}

impl<AccountId> Escrow<AccountId> {
    /// An amount in the minor unit of the token, in 10^-6 of the currency.
    pub fn in_millionths(&self, minor: u128) -> u128 {
        in_millionths(minor, self.decimals)
    }

    /// What is left for usage that comes now and that no voucher was paid of, in 10^-6 of the currency.
    pub fn left(&self) -> u128 {
        self.in_millionths(self.held).saturating_sub(self.reserved)
    }

    /// What vouchers of a closed month that has used so much, in 10^-6 of the currency, were paid beyond that, but for what came from the
    /// month before: it goes with files that the next month bills, once. In the minor unit of the token; what is used is rounded up to it.
    pub fn unused_of(&self, month: &EscrowMonth, used: u128) -> u128 {
        let used = self.in_minor(used);
        month.redeemed.saturating_sub(used.max(month.carried))
    }

    /// An amount in 10^-6 of the currency, in the minor unit of the token, rounded up.
    pub fn in_minor(&self, millionths: u128) -> u128 {
        in_minor(millionths, self.decimals)
    }

    /// What is left for usage that comes now of a month in which the direction is prepaid, and which the escrow is for, in 10^-6 of the
    /// currency: first what vouchers were paid of it beyond what it has used.
    pub fn left_for(&self, month: &EscrowMonth) -> u128 {
        let paid = self.in_millionths(month.redeemed);
        paid.saturating_sub(month.reserved).saturating_add(self.left())
    }

    /// What a voucher of a month can be paid now, in the minor unit of the token: what is held, but for what other months keep.
    pub fn payable_for(&self, month: &EscrowMonth) -> u128 {
        let others = self.reserved.saturating_sub(self.kept_for(month));
        let free = self.in_millionths(self.held).saturating_sub(others);
        free.checked_div(self.in_millionths(1)).unwrap_or_default()
    }

    /// What a month keeps from being left: what vouchers were paid of it is not held any more.
    pub fn kept_for(&self, month: &EscrowMonth) -> u128 {
        month.reserved.saturating_sub(self.in_millionths(month.redeemed))
    }
}

/// Networks of one operator, as many as a group of services has.
pub type Networks = BoundedVec<Tadig, MaxGroupTadigs>;

/// What an operator offers to whoever accepts it: terms without the networks of the other party, which is the first one and pays
/// ahead.
#[record]
pub struct StandingOffer {
    /// The terms; home networks of the first direction, and visited ones of the second, are empty.
    pub terms: Terms,
    /// The token in which the accepting party pays ahead.
    pub token: TokenId,
    /// The least that it deposits, in the minor unit of the token.
    #[cfg_attr(feature = "std", serde(with = "crate::decimal"))]
    pub deposit: u128,
    /// Until when it can be accepted.
    pub until: Moment,
    /// How often it can still be accepted.
    pub uses: u32,
}

/// Terms with networks of the other party, in place of those that they name.
fn with_networks(mut terms: Terms, networks: &Networks) -> Terms {
    let [first, second] = &mut terms.directions;
    for group in &mut first.groups {
        group.home = networks.clone();
    }
    for group in &mut second.groups {
        group.visited = networks.clone();
    }
    terms
}

impl StandingOffer {
    /// The terms between its operator and one with these networks, from a month on.
    pub fn terms_for(&self, networks: &Networks, month: Period) -> Terms {
        let mut terms = with_networks(self.terms.clone(), networks);
        terms.first = terms.first.max(month);
        terms
    }

    /// Terms as an offer has them, which leaves the networks of the other party to that.
    pub fn open(terms: Terms) -> Terms {
        with_networks(terms, &Networks::default())
    }

    /// Whether it leaves the networks of the other party to that.
    pub fn is_open(&self) -> bool {
        let [first, second] = &self.terms.directions;
        first.groups.iter().all(|group| group.home.is_empty())
            && second.groups.iter().all(|group| group.visited.is_empty())
    }

    /// Stands for what is accepted, however often it has been: Blake2b-256 of terms, token, deposit and time.
    pub fn digest(&self) -> Digest {
        let content = (&self.terms, self.token, self.deposit, self.until);
        codec::Encode::using_encoded(&content, sp_crypto_hashing::blake2_256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escrow(decimals: u8, held: u128, reserved: u128) -> Escrow<u64> {
        Escrow {
            token: 1,
            currency: Currency::EUR,
            decimals,
            account: 7,
            held,
            reserved,
            unpaid: 0,
            tried: None,
            from: Period(202601),
        }
    }

    #[test]
    fn left_should_be_in_millionths_when_the_token_has_other_decimals() {
        assert_eq!(escrow(2, 1_234, 2_340_000).left(), 10_000_000);
        assert_eq!(escrow(6, 1_234, 234).left(), 1_000);
        assert_eq!(escrow(0, 12, 0).left(), 12_000_000);
    }

    #[test]
    fn nothing_should_be_left_when_more_is_reserved_than_held() {
        assert_eq!(escrow(2, 100, 1_000_001).left(), 0);
    }

    #[test]
    fn a_month_should_keep_what_no_voucher_was_paid_of_it_when_it_has_used_more() {
        let month = |reserved, redeemed| EscrowMonth {
            reserved,
            redeemed,
            carried: 0,
            voucher: 1,
        };
        assert_eq!(escrow(2, 0, 0).kept_for(&month(5_000_000, 200)), 3_000_000);
        assert_eq!(escrow(2, 0, 0).kept_for(&month(5_000_000, 501)), 0);
    }

    #[test]
    fn what_vouchers_were_paid_should_be_left_for_their_own_month_when_it_has_used_less() {
        let month = |reserved, redeemed| EscrowMonth {
            reserved,
            redeemed,
            carried: 0,
            voucher: 1,
        };
        // 1.00 is held, and 0.40 of it is kept for another month.
        let escrow = escrow(2, 100, 400_000);
        let left = |month| escrow.left_for(&month);
        assert_eq!(left(month(0, 0)), 600_000);
        assert_eq!(left(month(2_000_000, 500)), 3_600_000);
        assert_eq!(left(month(5_000_000, 500)), 600_000);
    }

    #[test]
    fn a_voucher_should_be_paid_what_no_other_month_keeps_when_it_is_redeemed() {
        let month = |reserved, redeemed| EscrowMonth {
            reserved,
            redeemed,
            carried: 0,
            voucher: 1,
        };
        let kept = |decimals, held, reserved, month| escrow(decimals, held, reserved).payable_for(&month);
        assert_eq!(kept(2, 100, 0, month(0, 500)), 100);
        assert_eq!(
            kept(2, 100, 400_000, month(400_000, 0)),
            100,
            "it keeps that itself"
        );
        assert_eq!(kept(2, 100, 400_000, month(0, 0)), 60);
        assert_eq!(kept(2, 100, 1_400_000, month(400_000, 10)), 0);
        // A part of the smallest unit is kept whole.
        assert_eq!(kept(2, 100, 400_001, month(0, 0)), 59);
        assert_eq!(kept(0, 12, 400_000, month(0, 0)), 11);
    }

    #[test]
    fn what_was_carried_should_not_be_carried_on_when_the_next_month_does_not_use_it_either() {
        let unused = |used, redeemed, carried| {
            let month = EscrowMonth {
                reserved: 0,
                redeemed,
                carried,
                voucher: 1,
            };
            escrow(2, 0, 0).unused_of(&month, used)
        };
        assert_eq!(unused(3_000_000, 1_000, 0), 700);
        // A part of the smallest unit is used whole.
        assert_eq!(unused(3_000_001, 1_000, 0), 699);
        assert_eq!(unused(20_000_000, 1_000, 0), 0);
        assert_eq!(unused(0, 1_000, 600), 400);
        assert_eq!(unused(7_000_000, 1_000, 600), 300);
        assert_eq!(unused(0, 600, 600), 0);
    }
}
