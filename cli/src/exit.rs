//! With what status the program exits.

use std::process::ExitCode;

/// The statuses; there are no others. Clap exits with status 2, too, when the arguments cannot be parsed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for is done, or nothing is wrong.
    Done = 0,
    /// Something was refused, failed, or a finding was made.
    Refused = 1,
    /// A file cannot be read or decoded.
    Undecodable = 2,
}

impl Exit {
    /// Refused if anything was.
    pub fn refused_if(refused: bool) -> Self {
        match refused {
            true => Self::Refused,
            false => Self::Done,
        }
    }

    /// The status for what a validation found, by the code that it has for it.
    pub fn of_validation(code: u8) -> Self {
        match code {
            interclear_tap::EXIT_BILLABLE => Self::Done,
            interclear_tap::EXIT_FINDINGS => Self::Refused,
            _ => Self::Undecodable,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
