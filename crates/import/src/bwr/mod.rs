//! Contracts of the format `gsma-bwr-roaming-v1`.
//!
//! What the format says and the chain's terms say, side by side:
//!
//! | format | terms |
//! |---|---|
//! | `framework.contractParties` | first and second party |
//! | `framework.term` | first and last month; both must be whole |
//! | `generalInformation` | the older form of both: the parties are its members that have networks |
//! | `discounts` of a party | the direction whose home networks its `serviceGroups` name |
//! | no `usagePricing`, `Not Charged` | not charged |
//! | a `kind` without a rate | settles at the TAP charge |
//! | a rate without a `kind` | the plan of its shape |
//! | `Linear rate`, `Flat rate` | linear, flat fee |
//! | `Tiered with Thresholds`, `Threshold - back to first` | tiered, back to first |
//! | `Balanced/Unbalanced (Linear rate)` | balanced/unbalanced |
//! | `accessPricing` | access, alone or together with usage |
//! | `Deal Revenue Commitment`, `Contract Revenue Commitment` | the same conditions, over the term |
//! | a service that no group lists | excluded: settles at the TAP charge |
//!
//! Volumes accumulate over the whole term, as the format's calculation has it: window and commitment span are the term.

mod discounts;
mod header;
mod plan;
mod reading;

use crate::{
    agreement::Agreement,
    fault::{Faults, Reason},
    node::{Cursor, Node},
};
use discounts::Side;
use header::{Header, Parties};
use interclear_primitives::{
    agreement::{Direction, DirectionTerms, DisputeTerms, PaymentTerms, Terms, UsageTerms},
    rating::Pricing,
    span::Span,
};
use std::collections::BTreeMap;

/// What the `version` of such a contract is.
pub(crate) const VERSION: &str = "gsma-bwr-roaming-v1";

/// Days that are usual, and that the format does not tell.
const USUAL_PAYMENT: PaymentTerms = PaymentTerms {
    affirm_days: 15,
    late_interest_bps: 0,
    ..PaymentTerms::usual()
};

/// Whether a document is such a contract: it states a version, or has one of the format's headers.
pub(crate) fn is_one(document: &Node) -> bool {
    let root = Cursor::new(document);
    ["version", "framework", "generalInformation"]
        .iter()
        .any(|name| root.member(name).is_there())
}

/// Reads a contract of a known version, or of none.
///
/// # Errors
/// All faults, each with its path.
pub(crate) fn read(document: &Node) -> Result<Agreement, Faults> {
    let root = Cursor::new(document);
    let mut faults = Faults::default();
    let version = root.member("version");
    if version.is_there() {
        match version.text(&mut faults) {
            Some(VERSION) => {}
            Some(other) => {
                let found = other.to_owned();
                let known = VERSION.to_owned();
                return Err(Faults::one(version.path(), Reason::Unknown { found, known }));
            }
            None => return Err(faults),
        }
    }
    let Some(Header {
        first,
        last,
        mut parties,
        currency,
        name,
        mut notes,
    }) = Header::read(&root, &mut faults)
    else {
        return Err(faults);
    };
    let [one, two] = parties.names;
    let mut units = BTreeMap::new();
    let discounts = root.member("discounts");
    for name in discounts.names() {
        if !parties.names.contains(&name) {
            let known = format!("{one}, {two}");
            let found = name.to_owned();
            faults.add(discounts.member(name).path(), Reason::Unknown { found, known });
        }
    }
    let mut sides: [Option<DirectionTerms>; 2] = [None, None];
    for party in [one, two] {
        let cursor = discounts.member(party);
        if !cursor.is_there() {
            notes.push(format!("{party} grants no discounts"));
            continue;
        }
        let side = Side::read(&cursor, &mut parties, currency, &mut faults);
        let Some(Side {
            direction,
            terms,
            units: counted,
        }) = side
        else {
            continue;
        };
        units.extend(counted);
        let unpriced: Vec<&str> = terms
            .lines()
            .filter(|(_, line)| matches!(line.terms.pricing, Pricing::TapCharge))
            .map(|(_, line)| line.service.name())
            .collect();
        if !unpriced.is_empty() {
            let services = unpriced.join(", ");
            notes.push(format!(
                "{party} states no rate for {services}: this settles at the TAP charge"
            ));
        }
        if let Some(slot) = sides.get_mut(direction.index()) {
            if slot.is_some() {
                let reason = "the networks of both parties' discounts are those of one direction";
                faults.add(cursor.path(), Reason::Other(reason.into()));
            }
            *slot = Some(terms);
        }
    }
    notes.extend(parties.beyond_default());
    notes.push(
        "days of payment, of disputes and for usage files are the usual ones: the contract does not tell"
            .into(),
    );
    let terms = Terms {
        first,
        last,
        currency,
        directions: sides.map(|side| side.unwrap_or_else(nothing_agreed)),
        usage: UsageTerms::usual(currency),
        payment: USUAL_PAYMENT,
        accepts: Default::default(),
        disputes: DisputeTerms::usual(),
        signatures: 1,
        notice_months: 0,
        renewal_months: 0,
    };
    if faults.is_empty() {
        for fault in interclear_billing::terms::faults(&terms) {
            faults.add("terms", Reason::Other(fault.to_string()));
        }
    }
    faults.unless(Agreement {
        terms,
        parties: Some([one.to_owned(), two.to_owned()]),
        name,
        units,
        excluded_at_tap: true,
        notes,
    })
}

fn nothing_agreed() -> DirectionTerms {
    DirectionTerms {
        groups: Default::default(),
        condition: Default::default(),
        window: Span::Term,
        commitment_span: Span::Term,
        in_full: false,
    }
}

/// Whose subscribers roam when the home networks are those of the party at `place`.
pub(crate) fn direction_of(place: usize) -> Direction {
    match place {
        0 => Direction::FirstHome,
        _ => Direction::SecondHome,
    }
}
