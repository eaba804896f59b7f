//! Random sequences of calls by anybody at any time: every record stays consistent, an error changes nothing, and what
//! has been closed keeps its terms.

use super::*;
use crate::Agreements;
use frame_support::{traits::Hooks, weights::Weight};
use interclear_ports::Agreements as _;
use proptest::prelude::*;
use sp_runtime::StateVersion;
use std::collections::BTreeMap;

const DESKS: [u64; 6] = [
    ALPHA_DESK,
    ALPHA_DESK_2,
    BETA_DESK,
    BETA_DESK_2,
    GAMMA_DESK,
    ALPHA_CLEARING,
];

#[derive(Clone, Debug)]
enum Step {
    Propose {
        desk: usize,
        terms: TermsSeed,
    },
    Counter {
        desk: usize,
        id: u32,
        stale: bool,
        terms: TermsSeed,
    },
    Sign {
        desk: usize,
        id: u32,
    },
    SignAll {
        id: u32,
    },
    Withdraw {
        desk: usize,
        id: u32,
    },
    Reject {
        desk: usize,
        id: u32,
    },
    Amend {
        desk: usize,
        id: u32,
        from: u32,
        terms: TermsSeed,
    },
    Terminate {
        desk: usize,
        id: u32,
        last: u32,
    },
    Anchor {
        id: u32,
        month: u32,
    },
    Close {
        id: u32,
    },
    Wait {
        days: u64,
    },
    Idle {
        steps: u64,
    },
}

/// A choice of terms, most of them valid.
#[derive(Clone, Debug)]
struct TermsSeed {
    first: u32,
    months: u32,
    home: usize,
    visited: usize,
    two_groups: bool,
    signatures: u8,
}

fn month(offset: u32) -> Period {
    (0..offset).fold(NOW.previous(), |month, _| month.next())
}

impl TermsSeed {
    fn build(&self, swapped: bool) -> Terms {
        terms_with(|terms| {
            terms.first = month(self.first);
            terms.last = month(self.first + self.months);
            terms.signatures = self.signatures;
            let (home, visited) = if swapped { (B, A) } else { (A, B) };
            let mut groups = vec![group(&home[self.home..=self.home], &visited[..self.visited])];
            if self.two_groups {
                let other = (self.home + 1) % home.len();
                groups.push(group(&home[other..=other], &visited[..1]));
            }
            terms.directions = [
                direction(groups),
                direction(vec![group(&visited[..1], &home[..1])]),
            ];
        })
    }
}

fn seeds() -> impl Strategy<Value = TermsSeed> {
    (0..4u32, 3..18u32, 0..3usize, 1..=3usize, any::<bool>(), 1..=2u8).prop_map(
        |(first, months, home, visited, two_groups, signatures)| TermsSeed {
            first,
            months,
            home,
            visited,
            two_groups,
            signatures,
        },
    )
}

fn steps() -> impl Strategy<Value = Step> {
    // The last two of the desks may do nothing here.
    let desk = || prop_oneof![8 => 0..DESKS.len() - 2, 1 => DESKS.len() - 2..DESKS.len()];
    let id = || prop_oneof![3 => Just(0u32), 1 => 1..4u32];
    prop_oneof![
        3 => (desk(), seeds()).prop_map(|(desk, terms)| Step::Propose { desk, terms }),
        2 => (desk(), id(), prop::bool::weighted(0.2), seeds())
            .prop_map(|(desk, id, stale, terms)| Step::Counter { desk, id, stale, terms }),
        4 => (desk(), id()).prop_map(|(desk, id)| Step::Sign { desk, id }),
        12 => id().prop_map(|id| Step::SignAll { id }),
        1 => (desk(), id()).prop_map(|(desk, id)| Step::Withdraw { desk, id }),
        1 => (desk(), id()).prop_map(|(desk, id)| Step::Reject { desk, id }),
        10 => (desk(), id(), 0..14u32, seeds())
            .prop_map(|(desk, id, from, terms)| Step::Amend { desk, id, from, terms }),
        1 => (desk(), id(), 6..18u32).prop_map(|(desk, id, last)| Step::Terminate { desk, id, last }),
        3 => (id(), 0..14u32).prop_map(|(id, month)| Step::Anchor { id, month }),
        6 => id().prop_map(|id| Step::Close { id }),
        4 => (1..45u64).prop_map(|days| Step::Wait { days }),
        3 => (0..3_000u64).prop_map(|steps| Step::Idle { steps }),
    ]
}

/// Terms of months that have been closed.
type Closed = BTreeMap<(AgreementId, Period), (u32, Terms)>;

fn swapped(id: u32) -> bool {
    Agreements::<Test>::get(AgreementId(id)).is_some_and(|agreement| agreement.parties == [BETA, ALPHA])
}

fn take(step: &Step, closed: &mut Closed) -> DispatchOutcome {
    use crate::WeightInfo;
    match step {
        Step::Propose { desk, terms } => {
            let desk = DESKS[*desk];
            let by_beta = [BETA_DESK, BETA_DESK_2].contains(&desk);
            Some(propose(desk, if by_beta { ALPHA } else { BETA }, terms.build(by_beta)).is_ok())
        }
        Step::Counter {
            desk,
            id,
            stale,
            terms,
        } => {
            let version = Agreements::<Test>::get(AgreementId(*id)).map_or(0, |agreement| agreement.latest);
            let version = version.saturating_sub(u32::from(*stale));
            Some(counter(DESKS[*desk], AgreementId(*id), version, terms.build(swapped(*id))).is_ok())
        }
        Step::Sign { desk, id } => {
            let offer = Agreements::<Test>::get(AgreementId(*id)).and_then(|agreement| agreement.offer);
            let (version, digest) = offer.map_or((0, [0; 32]), |offer| (offer.version, offer.digest));
            Some(sign_version(DESKS[*desk], AgreementId(*id), version, digest).is_ok())
        }
        Step::SignAll { id } => {
            let offer = Agreements::<Test>::get(AgreementId(*id)).and_then(|agreement| agreement.offer);
            if let Some(offer) = offer {
                for desk in &DESKS[..4] {
                    // Each may be refused; what counts is the state afterwards.
                    let _ = sign_version(*desk, AgreementId(*id), offer.version, offer.digest);
                }
            }
            None
        }
        Step::Withdraw { desk, id } => Some(withdraw(DESKS[*desk], AgreementId(*id)).is_ok()),
        Step::Reject { desk, id } => Some(reject(DESKS[*desk], AgreementId(*id)).is_ok()),
        Step::Amend {
            desk,
            id,
            from,
            terms,
        } => {
            let mut terms = terms.build(swapped(*id));
            // An amendment keeps the first month.
            let versions = Agreements::<Test>::get(AgreementId(*id)).map(|agreement| agreement.versions);
            if let Some(first) = versions.and_then(|versions| versions.first().copied()) {
                terms.first = first.from;
            }
            Some(amend(DESKS[*desk], AgreementId(*id), month(*from), terms).is_ok())
        }
        Step::Terminate { desk, id, last } => {
            Some(terminate(DESKS[*desk], AgreementId(*id), month(*last)).is_ok())
        }
        Step::Anchor { id, month: offset } => {
            // As anchoring does: only for a month in force that is not closed.
            let (id, period) = (AgreementId(*id), month(*offset));
            if Deals::terms_in(id, period).is_some() && !closed.contains_key(&(id, period)) {
                MockUsage::set_period(
                    id,
                    period,
                    PeriodUsage {
                        batches: 1,
                        ..Default::default()
                    },
                );
            }
            None
        }
        Step::Close { id } => {
            let id = AgreementId(*id);
            let next = closed
                .range((id, Period(0))..=(id, Period(u32::MAX)))
                .next_back()
                .map(|((_, p), _)| p.next());
            let versions = Agreements::<Test>::get(id).map(|agreement| agreement.versions);
            let first = versions.and_then(|versions| versions.first().map(|entry| entry.from));
            if let Some(period) = next
                .or(first)
                .filter(|period| *period < Period::containing(MockClock::now()))
            {
                if let Some(terms) = Deals::terms_in(id, period) {
                    MockPeriods::close(id, period);
                    closed.insert((id, period), terms);
                }
            }
            None
        }
        Step::Wait { days } => {
            MockClock::advance(days * DAY);
            None
        }
        Step::Idle { steps } => {
            let limit = <()>::sweep_base().saturating_add(<()>::sweep_agreement().saturating_mul(*steps));
            let used = Deals::on_idle(1, limit);
            assert!(
                used.all_lte(limit),
                "on_idle used more than it was given: {used:?}"
            );
            let nothing = Deals::on_idle(1, Weight::zero());
            assert_eq!(nothing, Weight::zero());
            None
        }
    }
}

/// Whether a call succeeded; `None` for what is not a call.
type DispatchOutcome = Option<bool>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn records_should_stay_consistent_when_anybody_calls_anything(steps in prop::collection::vec(steps(), 1..100)) {
        ExtBuilder::default().active().build().execute_with(|| {
            let mut closed = Closed::new();
            for step in &steps {
                let before = sp_io::storage::root(StateVersion::V1);
                let outcome = take(step, &mut closed);
                if outcome == Some(false) {
                    prop_assert_eq!(&before, &sp_io::storage::root(StateVersion::V1), "{:?}", step);
                }
                let state = Deals::do_try_state();
                prop_assert!(state.is_ok(), "{:?} after {:?}", state, step);
                for ((id, period), terms) in &closed {
                    let now = Deals::terms_in(*id, *period);
                    prop_assert_eq!(now.as_ref(), Some(terms), "a closed month has other terms after {:?}", step);
                }
            }
            Ok(())
        })?;
    }
}
