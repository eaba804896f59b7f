//! Records that only this pallet stores.

use alloc::vec::Vec;
use frame_support::{traits::PalletError, BoundedVec};
use interclear_billing::terms::TermsFaultCode;
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, Flows, MaxGroups, Terms, UsageTerms},
    ids::AgreementId,
    money::Currency,
    period::Period,
};
use interclear_record::record;

/// What the chain asks of a version again and again, so that it need not read the whole terms.
#[record(no_serde)]
pub struct Outline {
    /// First month of the term.
    pub first: Period,
    /// Last month of the term.
    pub last: Period,
    /// Currency of prices, statements and payment.
    pub currency: Currency,
    /// Rules for usage files.
    pub usage: UsageTerms,
    /// Whether tokens may be held ahead for what each direction comes to.
    pub secures: [bool; 2],
    /// Commercial signatures that each party needs.
    pub signatures: u8,
    /// Months of notice for a termination.
    pub notice_months: u8,
    /// Pairs of networks, in both directions.
    pub pairs: u32,
    /// Service lines, in both directions.
    pub lines: u32,
    /// The priced services of each group by flow, per direction.
    pub flows: [BoundedVec<Flows, MaxGroups>; 2],
}

impl Outline {
    /// The outline of some terms.
    pub fn of(terms: &Terms) -> Self {
        let flows = |direction: &DirectionTerms| {
            let flows: Vec<Flows> = direction.groups.iter().map(|group| group.flows()).collect();
            // As many as there are groups, which have the same bound.
            BoundedVec::truncate_from(flows)
        };
        let [first_home, second_home] = &terms.directions;
        Self {
            first: terms.first,
            last: terms.last,
            currency: terms.currency,
            usage: terms.usage,
            secures: Direction::BOTH.map(|direction| terms.secures(direction)),
            signatures: terms.signatures,
            notice_months: terms.notice_months,
            pairs: terms.pair_count(),
            lines: terms.line_count(),
            flows: [flows(first_home), flows(second_home)],
        }
    }

    /// The services that a group prices, by flow.
    pub fn flows(&self, direction: Direction, group: u8) -> Flows {
        let flows = self.flows.get(direction.index());
        flows
            .and_then(|flows| flows.get(usize::from(group)))
            .copied()
            .unwrap_or_default()
    }
}

/// One version of an agreement that routes a pair of networks.
///
/// The entry holds in the months in which its version is in force; it says nothing about other months.
#[record(Copy, no_serde)]
pub struct RouteEntry {
    /// Whose terms price the pair.
    pub agreement: AgreementId,
    /// Counted from 1.
    pub version: u32,
    /// Whose subscribers roam.
    pub direction: Direction,
    /// The service group within the direction.
    pub group: u8,
}

/// Which rule offered terms break.
#[record(Copy, no_serde)]
pub struct TermsRefusal(pub TermsFaultCode);

impl PalletError for TermsRefusal {
    /// The rule, and of a rule about rate plans which one; an error of a pallet has room for four octets.
    const MAX_ENCODED_SIZE: usize = 2;
}
