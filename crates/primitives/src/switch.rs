//! Functions of the chain that the council pauses and lets go on, one by one.

use crate::{text::text, Moment};
use interclear_record::record;

text!(
    /// Why a function is paused, for all to read: up to 128 bytes of UTF-8.
    PauseReason,
    128,
    |c| !c.is_control(),
    "a reason has 1 to 128 bytes and no control characters"
);

/// What can be paused by itself. Which calls it takes is in the runtime.
#[record(Copy, Ord, snake_case)]
pub enum Function {
    /// Agreements, their amendments and standing offers: to offer them, and to sign.
    Agreements,
    /// To anchor usage files (TAP).
    Anchoring,
    /// To close months.
    Closing,
    /// Netting cycles, from their opening to their settlement.
    Netting,
    /// To report records of fixed-line services, to agree how they match, and to bill them.
    Inventory,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Agreements,
        Self::Anchoring,
        Self::Closing,
        Self::Netting,
        Self::Inventory,
    ];

    /// Its name, as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreements => "agreements",
            Self::Anchoring => "anchoring",
            Self::Closing => "closing",
            Self::Netting => "netting",
            Self::Inventory => "inventory",
        }
    }

    /// The number with which the pool refuses a transaction that waits for it.
    pub const fn code(self) -> u8 {
        match self {
            Self::Agreements => 100,
            Self::Anchoring => 101,
            Self::Closing => 102,
            Self::Netting => 103,
            Self::Inventory => 104,
        }
    }

    /// The one that has a number.
    pub fn of_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.code() == code)
    }

    /// Whether others act on what is missing of it: they wait until it has had its time again.
    pub const fn is_awaited(self) -> bool {
        matches!(self, Self::Anchoring | Self::Inventory)
    }
}

impl core::fmt::Display for Function {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name())
    }
}

impl core::str::FromStr for Function {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|function| function.name() == text);
        found.ok_or("a function is one of: agreements, anchoring, closing, netting, inventory")
    }
}

/// That a function is paused, or has been not long ago.
#[record]
pub struct Pause {
    /// What is paused.
    pub function: Function,
    /// Since when; earlier by what was left to wait of the pause before.
    pub since: Moment,
    /// When the first of the pauses began for which others wait: what could not come since then comes as long as they do.
    pub began: Moment,
    /// When it goes on by itself, unless the council lets it go on before.
    pub ends: Moment,
    /// Why.
    pub reason: PauseReason,
    /// Once it goes on: until when others do not act on what is missing of it. `None` while it is paused.
    pub until: Option<Moment>,
}

impl Pause {
    /// Whether the function is paused.
    pub fn is_paused(&self) -> bool {
        self.until.is_none()
    }

    /// Whether others still wait for what is missing of it.
    pub fn waits(&self, now: Moment) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_should_be_read_by_its_name_alone() {
        for function in Function::ALL {
            assert_eq!(function.to_string().parse::<Function>(), Ok(function));
            assert_eq!(Function::of_code(function.code()), Some(function));
        }
        assert_eq!("netting".parse::<Function>(), Ok(Function::Netting));
        for wrong in ["", "Netting", "disputes", "netting "] {
            assert!(wrong.parse::<Function>().is_err(), "{wrong}");
        }
        assert_eq!(Function::of_code(0), None);
    }

    #[test]
    fn every_function_should_be_listed_and_offered_when_another_word_is_read() {
        let scale_info::TypeDef::Variant(kinds) = <Function as scale_info::TypeInfo>::type_info().type_def
        else {
            panic!("functions are variants");
        };
        assert_eq!(kinds.variants.len(), Function::ALL.len());
        let hint = "disputes".parse::<Function>().unwrap_err();
        let (_, names) = hint.split_once(": ").unwrap();
        let names: Vec<&str> = names.split(", ").collect();
        assert_eq!(names, Function::ALL.map(Function::name));
    }

    #[test]
    fn a_reason_should_be_refused_when_it_is_empty_too_long_or_has_control_characters() {
        assert!("a cycle pays twice: see the notice"
            .parse::<PauseReason>()
            .is_ok());
        for wrong in ["", "a\nb", &"x".repeat(129)] {
            assert!(wrong.parse::<PauseReason>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn others_should_wait_when_the_function_is_paused_and_until_its_time_is_over() {
        let pause = |until| Pause {
            function: Function::Anchoring,
            since: 100,
            began: 100,
            ends: 1_000,
            reason: "x".parse().unwrap(),
            until,
        };
        assert!(pause(None).is_paused() && pause(None).waits(Moment::MAX));
        assert!(!pause(Some(300)).is_paused());
        assert!(pause(Some(300)).waits(299) && !pause(Some(300)).waits(300));
    }
}
