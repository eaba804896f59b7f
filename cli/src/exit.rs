//! With what status the program exits.

use interclear_tap::Verdict;
use std::process::ExitCode;

/// The statuses; there are no others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for is done, or nothing is wrong.
    Done = 0,
    /// Something was refused, failed, or a finding was made.
    Refused = 1,
    /// A file cannot be read or decoded.
    Undecodable = 2,
    /// It is not known whether what was sent has landed: time ran out, the program was stopped, or the connection is lost.
    Undecided = 3,
    /// The arguments or the configuration are wrong; nothing was done. As `EX_USAGE` of sysexits.
    Usage = 64,
}

/// The statuses in words, for `--help`.
pub const TABLE: &str = "\
Exit status:
  0   done, or nothing is wrong
  1   refused or failed, or something was found
  2   a file cannot be read or decoded
  3   not known whether it has landed: time ran out, it was stopped (Ctrl-C), or the connection is lost
  64  the arguments or the configuration are wrong; nothing was done";

impl Exit {
    /// Refused if anything was.
    pub fn refused_if(refused: bool) -> Self {
        match refused {
            true => Self::Refused,
            false => Self::Done,
        }
    }

    /// The status for what the check of a file came to.
    pub fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Billable => Self::Done,
            Verdict::Findings => Self::Refused,
            Verdict::Undecodable => Self::Undecodable,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
