//! What is said when the program is stopped while a transaction is on its way: that it may land all the same.
//!
//! Before anything is sent a signal ends the program as it ends any other. From then on signals are waited for, and what is on its way
//! is looked up when one comes.

use crate::{error::CommandError, exit::Exit, json_errors, output};
use indicatif::ProgressBar;
use interclear_client::chain::{ChainError, NOT_TAKEN};
use std::sync::{
    atomic::{AtomicBool, Ordering},
    Mutex, MutexGuard, Once, PoisonError,
};

/// A transaction that is on its way.
struct Flight {
    /// How far it has come.
    stands: String,
    /// What shows that it is waited for.
    bar: ProgressBar,
}

static FLIGHT: Mutex<Option<Flight>> = Mutex::new(None);
static LISTENING: Once = Once::new();
/// Whether the program runs until it is stopped, so that being stopped is not a failure.
static ENDLESS: AtomicBool = AtomicBool::new(false);

/// Says that the program runs until it is stopped.
pub fn runs_until_stopped() {
    ENDLESS.store(true, Ordering::Relaxed);
}

fn flight() -> MutexGuard<'static, Option<Flight>> {
    FLIGHT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As long as it is held, a transaction is on its way.
pub struct OnItsWay(());

impl OnItsWay {
    /// A transaction is on its way from now on; `bar` shows it.
    pub fn new(bar: &ProgressBar) -> Self {
        *flight() = Some(Flight {
            stands: NOT_TAKEN.into(),
            bar: bar.clone(),
        });
        LISTENING.call_once(listen);
        Self(())
    }

    /// It has come so far.
    pub fn stands(&self, words: impl Into<String>) {
        if let Some(flight) = flight().as_mut() {
            flight.stands = words.into();
        }
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        *flight() = None;
    }
}

/// Whether something is on its way.
#[cfg(test)]
pub fn is_on_its_way() -> bool {
    flight().is_some()
}

/// A way to stop a program.
#[derive(Clone, Copy)]
struct Signal {
    name: &'static str,
    number: i32,
}

const INTERRUPT: Signal = Signal {
    name: "Ctrl-C (SIGINT)",
    number: 2,
};
#[cfg(unix)]
const TERMINATE: Signal = Signal {
    name: "SIGTERM",
    number: 15,
};

/// Waits for signals beside everything else that is done.
#[cfg(unix)]
fn listen() {
    use tokio::signal::unix::{signal, SignalKind};
    for (kind, which) in [
        (SignalKind::interrupt(), INTERRUPT),
        (SignalKind::terminate(), TERMINATE),
    ] {
        // Where the system does not let signals be waited for, they end the program as before.
        if let Ok(mut signals) = signal(kind) {
            tokio::spawn(async move {
                if signals.recv().await.is_some() {
                    stop(which);
                }
            });
        }
    }
}

#[cfg(not(unix))]
fn listen() {
    tokio::spawn(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop(INTERRUPT);
        }
    });
}

/// The error of what is on its way when a signal comes, if anything is.
fn error(flight: Option<&Flight>, signal: Signal) -> Option<CommandError> {
    flight.map(|flight| {
        CommandError::Chain(ChainError::Stopped {
            by: signal.name,
            stands: flight.stands.clone(),
        })
    })
}

/// The status with which a signal ends the program: by what is on its way, or else as shells tell it of any program.
fn status(error: Option<&CommandError>, signal: Signal, endless: bool) -> i32 {
    match (error.map(CommandError::exit), endless) {
        (Some(exit), _) => exit as i32,
        (None, true) => Exit::Done as i32,
        (None, false) => 128 + signal.number,
    }
}

fn stop(signal: Signal) {
    // Nothing new is sent while this is told.
    let flight = flight();
    if let Some(flight) = flight.as_ref() {
        flight.bar.finish_and_clear();
    }
    let error = error(flight.as_ref(), signal);
    if let Some(error) = &error {
        match json_errors() {
            true => eprintln!("{}", error.as_json()),
            false => output::warn(&error.as_text()),
        }
    }
    let endless = ENDLESS.load(Ordering::Relaxed);
    std::process::exit(status(error.as_ref(), signal, endless));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_should_say_that_it_may_land_only_when_something_is_on_its_way() {
        let flight = Flight {
            stands: "block 812 has it; waiting until the block is final".into(),
            bar: ProgressBar::hidden(),
        };
        let said = error(Some(&flight), INTERRUPT).unwrap();
        for endless in [false, true] {
            assert_eq!(status(Some(&said), INTERRUPT, endless), Exit::Undecided as i32);
        }
        assert_eq!(said.code(), "stopped");
        let text = said.as_text();
        for words in [
            "stopped by Ctrl-C",
            "block 812 has it",
            "it may land later",
            "before you send it again",
        ] {
            assert!(text.contains(words), "{text}");
        }
        assert!(error(None, INTERRUPT).is_none());
        assert_eq!(status(None, INTERRUPT, false), 130);
        assert_eq!(status(None, INTERRUPT, true), 0, "a watcher is stopped some day");
    }

    #[tokio::test]
    async fn nothing_should_be_on_its_way_when_it_has_arrived() {
        let bar = ProgressBar::hidden();
        let on_its_way = OnItsWay::new(&bar);
        assert_eq!(
            flight().as_ref().map(|flight| flight.stands.clone()),
            Some(NOT_TAKEN.into())
        );
        on_its_way.stands("block 7 has it");
        assert_eq!(
            flight().as_ref().map(|flight| flight.stands.clone()),
            Some("block 7 has it".into())
        );
        drop(on_its_way);
        assert!(flight().is_none());
    }
}
