//! A chain that loses connections, to see that each anchor lands once.

use super::*;
use interclear_primitives::{
    batch::Anchor,
    money::{Currency, Value},
    nrtrde::NrtrdeAnchor,
    series::{SeriesKey, Stream},
};
use std::cell::{Cell, RefCell};

/// What happens to a call.
#[derive(Clone, Copy, PartialEq)]
enum Luck {
    Lands,
    /// The connection breaks before the pool has it.
    LostOnTheWay,
    /// It lands, but nobody hears of it.
    LandsUnheard,
    /// It is in the pool when the connection breaks, and lands two looks later.
    LandsLater,
}

#[derive(Default)]
struct Fake {
    luck: RefCell<Vec<Luck>>,
    chain: RefCell<Vec<Reduced>>,
    landed: RefCell<Vec<BatchKey>>,
    pool: RefCell<Vec<Reduced>>,
    looks: Cell<u32>,
    nonce: Cell<u64>,
    down: Cell<u32>,
    refuse: Vec<u32>,
    /// How many of the anchors on the chain were there before.
    before: usize,
}

/// What the chain's clock shows when sending begins.
const CLOCK: Moment = 1_000;

impl Fake {
    fn new(luck: &[Luck]) -> Self {
        Self {
            luck: RefCell::new(luck.iter().rev().copied().collect()),
            ..Self::default()
        }
    }

    fn land(&self, anchors: &[Reduced]) -> Answer {
        let kind = |anchor: &Reduced| anchor.key().series.stream;
        assert!(anchors.iter().all(|anchor| kind(anchor) == kind(&anchors[0])));
        self.nonce.set(self.nonce.get() + 1);
        let mut answer = Answer::default();
        for (place, anchor) in (0u32..).zip(anchors) {
            if self.refuse.contains(&anchor.key().sequence) {
                answer.refused.push((place, "too old".into()));
            } else if self.chain.borrow().contains(anchor) {
                answer.duplicates.push(anchor.key());
            } else {
                self.chain.borrow_mut().push(anchor.clone());
                self.landed.borrow_mut().push(anchor.key());
            }
        }
        answer
    }

    fn broken<T>() -> Result<T, ChainError> {
        Err(ChainError::Disconnected("gone".into()))
    }
}

impl Destination for Fake {
    fn genesis(&self) -> Digest {
        [0; 32]
    }

    async fn recipient_key(&self, _: Tadig) -> Result<Option<(OperatorId, SealingKey)>, ChainError> {
        Ok(None)
    }

    async fn reconnect(&mut self) -> Result<(), ChainError> {
        if self.down.get() > 0 {
            self.down.set(self.down.get() - 1);
            return Self::broken();
        }
        Ok(())
    }

    async fn next_nonce(&self) -> Result<u64, ChainError> {
        Ok(self.nonce.get() + u64::from(!self.pool.borrow().is_empty()))
    }

    async fn final_nonce(&self) -> Result<u64, ChainError> {
        if !self.pool.borrow().is_empty() {
            self.looks.set(self.looks.get() + 1);
            if self.looks.get() > 2 {
                let anchors = self.pool.take();
                self.land(&anchors);
            }
        }
        Ok(self.nonce.get())
    }

    async fn send(&self, anchors: &[Reduced], nonce: u64) -> Result<Answer, ChainError> {
        assert!(anchors.len() <= calls::FILES_PER_CALL);
        if nonce != self.nonce.get() {
            return Err(ChainError::Refused("outdated".into()));
        }
        match self.luck.borrow_mut().pop().unwrap_or(Luck::Lands) {
            Luck::Lands => Ok(self.land(anchors)),
            Luck::LostOnTheWay => Self::broken(),
            Luck::LandsUnheard => {
                self.land(anchors);
                Self::broken()
            }
            Luck::LandsLater => {
                *self.pool.borrow_mut() = anchors.to_vec();
                Self::broken()
            }
        }
    }

    async fn has(&self, anchor: &Reduced) -> Result<Option<Moment>, ChainError> {
        let known = self.chain.borrow();
        let place = known.iter().position(|known| known == anchor);
        // What was there before anything was sent came a moment earlier.
        Ok(place.map(|place| if place < self.before { CLOCK - 1 } else { CLOCK + 1 }))
    }

    async fn clock(&self) -> Result<Moment, ChainError> {
        Ok(CLOCK)
    }

    async fn pause(&self, _: Duration) {}
}

fn anchors(count: u32) -> Vec<Reduced> {
    let code = |text: &str| text.parse().unwrap();
    let series = SeriesKey {
        sender: code("DEUD1"),
        recipient: code("FRAF1"),
        stream: Stream::Tap,
        test: false,
    };
    (1..=count)
        .map(|sequence| {
            Reduced::Tap(Anchor {
                key: BatchKey { series, sequence },
                file_digest: [1; 32],
                root: [2; 32],
                currency: Currency::EUR,
                decimals: 4,
                records: 0,
                totals: Default::default(),
                discount: Value::ZERO,
                earliest_call: None,
                latest_call: None,
                cut_off: 0,
                available: 0,
                resent_for: None,
            })
        })
        .collect()
}

async fn run(fake: &mut Fake, anchors: &[Reduced]) -> Vec<Fate> {
    let fates = deliver(fake, anchors, &mut ()).await.unwrap();
    let mut landed = fake.landed.borrow().clone();
    let all = landed.len();
    landed.sort();
    landed.dedup();
    assert_eq!(landed.len(), all, "nothing lands twice");
    fates
}

#[tokio::test]
async fn every_anchor_should_land_once_when_the_connection_breaks_anywhere() {
    use Luck::*;
    for luck in [
        &[Lands][..],
        &[LostOnTheWay, Lands],
        &[LostOnTheWay, LostOnTheWay, LandsUnheard],
        &[LandsUnheard, Lands, LandsUnheard],
        &[LandsLater, LostOnTheWay, LandsLater],
    ] {
        let mut fake = Fake::new(luck);
        fake.down.set(3);
        let sent = anchors(600);
        let fates = run(&mut fake, &sent).await;
        assert_eq!(fates, vec![Fate::Anchored; 600]);
        assert_eq!(fake.landed.borrow().len(), 600);
    }
}

#[tokio::test]
async fn fates_should_differ_when_anchors_are_duplicate_or_refused() {
    let mut fake = Fake {
        refuse: vec![3],
        ..Fake::default()
    };
    let mut sent = anchors(4);
    run(&mut fake, &sent[..1]).await;
    // The first is known, the second comes twice.
    sent.push(sent[1].clone());
    let fates = run(&mut fake, &sent).await;
    let refused = Fate::Refused("too old".into());
    assert_eq!(
        fates,
        [
            Fate::Duplicate,
            Fate::Anchored,
            refused,
            Fate::Anchored,
            Fate::Duplicate
        ]
    );
}

#[tokio::test]
async fn kinds_should_go_in_calls_of_their_own_when_both_are_sent() {
    let mut fake = Fake::default();
    let mut sent = anchors(2);
    let mut series = sent[0].key().series;
    series.stream = Stream::Nrtrde;
    let nrtrde = |sequence| {
        Reduced::Nrtrde(NrtrdeAnchor {
            key: BatchKey { series, sequence },
            file_digest: [1; 32],
            root: [2; 32],
            records: 1,
            earliest_end: Some(5),
            latest_end: Some(6),
            available: 7,
        })
    };
    sent.extend((1..=300).map(nrtrde));
    let fates = run(&mut fake, &sent).await;
    assert_eq!(fates, vec![Fate::Anchored; 302]);
    assert_eq!(fake.nonce.get(), 3);
}

#[tokio::test]
async fn a_refusal_should_be_asked_for_again_when_it_was_not_heard() {
    let mut fake = Fake {
        refuse: vec![2],
        ..Fake::new(&[Luck::LandsUnheard])
    };
    let fates = run(&mut fake, &anchors(3)).await;
    assert_eq!(
        fates,
        [Fate::Anchored, Fate::Refused("too old".into()), Fate::Anchored]
    );
}

#[tokio::test]
async fn a_file_should_be_a_duplicate_when_it_was_there_before_and_nobody_heard_of_it_now() {
    for luck in [Luck::LandsUnheard, Luck::LandsLater] {
        let sent = anchors(2);
        let mut fake = Fake {
            before: 1,
            ..Fake::new(&[luck])
        };
        fake.chain.borrow_mut().push(sent[0].clone());
        let fates = run(&mut fake, &sent).await;
        assert_eq!(fates, [Fate::Duplicate, Fate::Anchored]);
    }
}

#[tokio::test]
async fn the_month_that_bills_a_file_should_be_told_when_its_own_is_closed() {
    let sent = anchors(2);
    let answer = Answer {
        closed: vec![(sent[1].key(), Period(202_611))],
        ..Answer::default()
    };
    assert_eq!(fate(&answer, 0, &sent[0].key()), Fate::Anchored);
    let closed = fate(&answer, 1, &sent[1].key());
    assert_eq!(
        closed.reason().unwrap(),
        "its month is closed: it is billed with 2026-11"
    );
}

#[tokio::test]
async fn a_call_should_not_be_tried_again_when_it_was_refused_at_once() {
    let mut fake = Fake::default();
    fake.nonce.set(0);
    *fake.pool.borrow_mut() = anchors(1);
    // The pool is not empty, so the next nonce is not the one that the chain takes.
    let result = deliver(&mut fake, &anchors(1), &mut ()).await;
    assert!(matches!(result, Err(ChainError::Refused(_))));
}

#[tokio::test]
async fn delivery_should_give_up_when_the_connection_stays_broken() {
    let mut fake = Fake::new(&[Luck::LostOnTheWay]);
    fake.down.set(u32::MAX);
    let result = deliver(&mut fake, &anchors(1), &mut ()).await;
    assert!(result.is_err_and(|error| error.is_connection()));
}

#[test]
fn anchors_should_not_be_called_refused_when_no_node_answers_after_they_were_sent() {
    let error = ChainError::Unreachable {
        url: "ws://127.0.0.1:9944".into(),
        reason: "Connection refused".into(),
    };
    let error = error.once_sent();
    assert!(error.is_undecided() && error.is_connection());
    assert_eq!(
        error.to_string(),
        "the connection to the node broke: no node answers at ws://127.0.0.1:9944: Connection refused"
    );
}

#[test]
fn a_file_should_be_known_again_when_only_its_secret_is_another() {
    let sent = anchors(2);
    let Reduced::Tap(anchor) = &sent[0] else {
        panic!("these are TAP files");
    };
    let salted = |records| {
        Reduced::Tap(Anchor {
            file_digest: [8; 32],
            root: [9; 32],
            records,
            ..anchor.clone()
        })
    };
    assert!(sent[0].is_twin_of(&salted(0)));
    assert!(!sent[0].is_twin_of(&salted(1)), "another content");
    assert!(!sent[0].is_twin_of(&sent[0]), "the same secret");
    assert!(!sent[0].is_twin_of(&sent[1]), "another number");
}
