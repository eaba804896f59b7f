//! A pool that misbehaves on purpose, and a chain that tells how often a call has landed.

use super::*;
use std::{cell::RefCell, collections::VecDeque};

/// What happens to one attempt.
#[derive(Clone, Copy)]
enum Plan {
    /// It becomes final.
    Lands,
    /// It becomes final, but the answer never comes.
    LandsUnseen,
    /// As before, and the node calls it invalid.
    LandsCalledInvalid,
    /// It becomes final, but only after nobody reports on it any more.
    LandsLate,
    /// The connection breaks before anything arrives.
    Lost,
    /// The pool takes it and drops it later.
    Dropped,
    /// Another signer has taken the nonce, as the pool says.
    OtherSigner,
    /// It is wrong in itself.
    Refused,
}

#[derive(Default)]
struct State {
    plans: VecDeque<Plan>,
    /// Final transactions: the attempt that is one of ours, or `None`.
    chain: Vec<Option<u32>>,
    attempts: u32,
    nonces: Vec<u64>,
    unreachable: u32,
}

#[derive(Default)]
struct Mock(RefCell<State>);

impl Mock {
    fn new(plans: &[Plan]) -> Self {
        let state = State {
            plans: plans.iter().copied().collect(),
            ..State::default()
        };
        Self(RefCell::new(state))
    }

    fn landed(&self) -> usize {
        self.0.borrow().chain.iter().flatten().count()
    }
}

impl Pool for Mock {
    type Attempt = u32;
    type Done = u32;

    async fn reconnect(&mut self) -> Result<(), ChainError> {
        let mut state = self.0.borrow_mut();
        if state.unreachable > 0 {
            state.unreachable -= 1;
            return Err(ChainError::Unreachable {
                url: String::new(),
                reason: String::new(),
            });
        }
        Ok(())
    }

    async fn next_nonce(&self) -> Result<u64, ChainError> {
        self.final_nonce().await
    }

    async fn final_nonce(&self) -> Result<u64, ChainError> {
        Ok(self.0.borrow().chain.len() as u64)
    }

    async fn sign(&self, _: u64) -> Result<u32, ChainError> {
        let mut state = self.0.borrow_mut();
        state.attempts += 1;
        Ok(state.attempts)
    }

    async fn send(&self, attempt: &u32, nonce: u64, _: &mut impl Listener) -> Result<u32, ChainError> {
        let mut state = self.0.borrow_mut();
        state.nonces.push(nonce);
        match state.plans.pop_front().unwrap() {
            Plan::Lands => {
                state.chain.push(Some(*attempt));
                Ok(*attempt)
            }
            Plan::LandsUnseen => {
                state.chain.push(Some(*attempt));
                Err(ChainError::Disconnected("reset".into()))
            }
            Plan::LandsCalledInvalid => {
                state.chain.push(Some(*attempt));
                Err(ChainError::Dropped("invalid".into()))
            }
            Plan::LandsLate => {
                state.chain.push(Some(*attempt));
                Err(ChainError::Unwatched("finality takes long"))
            }
            Plan::Lost => Err(ChainError::Disconnected("reset".into())),
            Plan::Dropped => Err(ChainError::Dropped("the pool is full".into())),
            Plan::OtherSigner => {
                state.chain.push(None);
                Err(ChainError::Overtaken("priority".into()))
            }
            Plan::Refused => Err(ChainError::Refused("no desk".into())),
        }
    }

    async fn find(&self, attempts: &[u32]) -> Result<Option<u32>, ChainError> {
        let state = self.0.borrow();
        let found = state
            .chain
            .iter()
            .flatten()
            .find(|landed| attempts.contains(landed));
        Ok(found.copied())
    }

    async fn pause(&self, _: u32) {}
}

async fn run(mock: &mut Mock) -> (Result<u32, ChainError>, Vec<News>) {
    let mut heard = Vec::new();
    let result = send(mock, &mut |news| heard.push(news)).await;
    (result, heard)
}

#[tokio::test]
async fn a_call_should_land_once_when_whatever_goes_wrong_before() {
    use Plan::*;
    for (plans, result) in [
        (&[Lands][..], 1),
        (&[LandsUnseen], 1),
        (&[LandsCalledInvalid], 1),
        (&[LandsLate], 1),
        (&[Lost, Lands], 2),
        (&[Lost, LandsUnseen], 2),
        (&[Dropped, Lands], 2),
        (&[Dropped, Dropped, LandsCalledInvalid], 3),
        (&[OtherSigner, Lands], 2),
        (&[Lost, OtherSigner, Dropped, Lands], 4),
    ] {
        let mut mock = Mock::new(plans);
        let (done, _) = run(&mut mock).await;
        assert_eq!(done.unwrap(), result);
        assert_eq!(mock.landed(), 1);
    }
}

#[tokio::test]
async fn the_next_nonce_should_be_taken_and_said_when_another_signer_was_faster() {
    let mut mock = Mock::new(&[Plan::OtherSigner, Plan::Lands]);
    let (done, heard) = run(&mut mock).await;
    assert!(done.is_ok());
    assert_eq!(mock.0.borrow().nonces, [0, 1]);
    assert_eq!(heard, [News::Queued, News::Overtaken { nonce: 0 }]);
}

#[tokio::test]
async fn a_connection_should_not_be_said_to_be_lost_when_finality_takes_long() {
    let mut mock = Mock::new(&[Plan::LandsLate]);
    let (done, heard) = run(&mut mock).await;
    assert!(done.is_ok());
    let told: Vec<String> = heard.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["finality takes long; looking up what has become of it, and what has landed is not sent again"]
    );
}

#[tokio::test]
async fn a_transaction_should_not_be_called_another_one_when_an_earlier_attempt_may_have_its_place() {
    let mut mock = Mock::new(&[Plan::Dropped, Plan::OtherSigner, Plan::Lands]);
    let (done, heard) = run(&mut mock).await;
    assert!(done.is_ok());
    let queued = heard.iter().find(|news| **news == News::Queued).unwrap();
    assert!(queued.to_string().contains("this one or another"), "{queued}");
}

#[tokio::test]
async fn the_nonce_should_stay_when_an_attempt_is_made_again() {
    let mut mock = Mock::new(&[Plan::Dropped, Plan::Lost, Plan::Lands]);
    mock.0.borrow_mut().unreachable = 3;
    assert!(run(&mut mock).await.0.is_ok());
    assert_eq!(mock.0.borrow().nonces, [0, 0, 0]);
}

#[tokio::test]
async fn a_call_should_be_refused_at_once_when_it_is_wrong_in_itself() {
    let mut mock = Mock::new(&[Plan::Refused]);
    assert!(matches!(run(&mut mock).await.0, Err(ChainError::Refused(_))));
    assert_eq!(mock.landed(), 0);
}

#[tokio::test]
async fn a_call_should_not_be_called_refused_when_another_node_may_have_an_attempt() {
    let mut mock = Mock::new(&[Plan::Dropped, Plan::Refused]);
    assert!(matches!(run(&mut mock).await.0, Err(ChainError::Undecided(_))));
}

#[tokio::test]
async fn a_call_should_be_undecided_when_no_node_answers_after_it_was_sent() {
    for plan in [Plan::Lost, Plan::LandsUnseen, Plan::LandsLate] {
        let mut mock = Mock::new(&[plan]);
        mock.0.borrow_mut().unreachable = u32::MAX;
        let (done, heard) = run(&mut mock).await;
        let error = done.unwrap_err();
        assert!(matches!(error, ChainError::Undecided(_)), "{error}");
        let last = heard.last().unwrap().to_string();
        assert!(last.starts_with("connection lost (no node answers at "), "{last}");
    }
}

#[tokio::test]
async fn a_call_should_be_given_up_when_no_attempt_gets_through() {
    let mut mock = Mock::new(&[Plan::Dropped; 20]);
    assert!(matches!(run(&mut mock).await.0, Err(ChainError::Undecided(_))));
    assert_eq!(mock.0.borrow().attempts, ATTEMPTS);
}

#[test]
fn what_stands_still_should_be_told_in_figures_when_a_transaction_waits() {
    let heads = |best_age, final_age| Heads {
        best: 813,
        best_age,
        final_block: 790,
        final_age,
    };
    for (block, heads, words) in [
        (
            Some(812),
            heads(3, 180),
            "it is in block 812, but finality has stood at 790 for 3 min 00 s",
        ),
        (
            Some(812),
            heads(170, 180),
            "it is in block 812, but finality has stood at 790 for 3 min 00 s, and no block has come after 813 for 2 min 50 s",
        ),
        (
            None,
            heads(62, 70),
            "it is in no block yet: no block has come after 813 for 1 min 02 s, and finality has stood at 790 for 1 min 10 s",
        ),
        (
            None,
            heads(4, 65),
            "it is in no block yet: block 813 was made 4 s ago, and finality has stood at 790 for 1 min 05 s",
        ),
    ] {
        assert_eq!(News::Waits { block, heads }.to_string(), words);
    }
}
