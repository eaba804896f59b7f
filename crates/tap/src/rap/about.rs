//! What returns say about one usage file.

use super::{ErrorGroup, ReturnDetail, ReturnFile};
use crate::{
    model::currency_of,
    name::{FileName, Scheme},
};
use interclear_primitives::{batch::FatalReason, money::Currency};

/// What becomes of a usage file by its returns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Returned<'r> {
    /// The whole file is refused, for what was found in these groups.
    File(Vec<ErrorGroup>),
    /// These records are returned, as they stand in the file.
    Records(Vec<&'r [u8]>),
}

/// Why returns do not say what is to be done.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAbout {
    /// They are exchanged between others.
    #[error("the RAP file goes from {} to {}; one about this file goes from {expected_sender} to {expected_recipient}",
        sender.as_deref().unwrap_or("nobody"), recipient.as_deref().unwrap_or("nobody"))]
    Parties {
        /// Who made the RAP file, as it says.
        sender: Option<String>,
        /// Who receives them.
        recipient: Option<String>,
        /// Who received the usage.
        expected_sender: String,
        /// Who sent it.
        expected_recipient: String,
    },
    /// Test files are returned by test returns, and no others.
    #[error("the RAP file is a test and the usage file is not, or the other way round")]
    Test,
    /// Their number is none.
    #[error("the RAP file has no number from 00001 to 99999")]
    Unnumbered,
    /// They have another number than was said.
    #[error("the RAP file has the number {stated:05}, not {expected:05}")]
    Number {
        /// In the RAP file.
        stated: u32,
        /// As was said.
        expected: u32,
    },
    /// They say nothing about the file.
    #[error("the RAP file says nothing about file {0:05}")]
    Nothing(u32),
    /// They refuse the file and return records of it.
    #[error("the RAP file refuses file {0:05}, and returns records of it, too")]
    Both(u32),
    /// They give no reason.
    #[error("the RAP file gives no reason for refusing file {0:05}")]
    NoReason(u32),
    /// They count in another currency, or with other decimals.
    #[error("the RAP file counts in {stated}, the usage file in {expected}")]
    Money {
        /// As the RAP file says.
        stated: String,
        /// As the usage file does.
        expected: String,
    },
}

impl ReturnFile {
    /// The number of the RAP file.
    ///
    /// # Errors
    /// [`NotAbout::Unnumbered`], and [`NotAbout::Number`] where another one is expected.
    pub fn number(&self, expected: Option<u32>) -> Result<u32, NotAbout> {
        let stated = self.control.sequence.as_deref();
        let stated = stated
            .and_then(|text| Scheme::Returns.sequence(text))
            .ok_or(NotAbout::Unnumbered)?;
        match expected.filter(|expected| *expected != stated) {
            Some(expected) => Err(NotAbout::Number { stated, expected }),
            None => Ok(stated),
        }
    }

    /// Whether the returned records are of a file with this currency and these decimals.
    ///
    /// # Errors
    /// [`NotAbout::Money`] where the RAP file says otherwise; without a currency it says SDR.
    pub fn counts_in(&self, currency: Currency, decimals: u8) -> Result<(), NotAbout> {
        let control = &self.control;
        let stated = control.tap_currency.as_deref();
        if currency_of(stated) == Some(currency)
            && control
                .tap_decimals
                .is_none_or(|stated| stated == u64::from(decimals))
        {
            return Ok(());
        }
        let words = |currency: &str, decimals: Option<u64>| match decimals {
            Some(decimals) => format!("{currency} with {decimals} decimals"),
            None => currency.to_owned(),
        };
        Err(NotAbout::Money {
            stated: words(stated.unwrap_or("XDR"), control.tap_decimals),
            expected: words(&currency.to_string(), Some(decimals.into())),
        })
    }

    /// What is returned of the usage file with a number: all of it, or records.
    pub fn details_of(&self, number: u32) -> impl Iterator<Item = &ReturnDetail> {
        self.details.iter().filter(move |detail| match detail {
            ReturnDetail::Fatal { sequence, .. } | ReturnDetail::Severe { sequence, .. } => {
                let sequence = sequence.as_deref();
                sequence.and_then(|text| Scheme::Tap.sequence(text)) == Some(number)
            }
            _ => false,
        })
    }

    /// What the RAP file says about a usage file. What it says about others does not matter.
    ///
    /// # Errors
    /// See [`NotAbout`].
    pub fn about(&self, usage: &FileName) -> Result<Returned<'_>, NotAbout> {
        let (sender, recipient) = (usage.recipient.as_str(), usage.sender.as_str());
        let control = &self.control;
        if (control.sender.as_deref(), control.recipient.as_deref()) != (Some(sender), Some(recipient)) {
            return Err(NotAbout::Parties {
                sender: control.sender.clone(),
                recipient: control.recipient.clone(),
                expected_sender: sender.into(),
                expected_recipient: recipient.into(),
            });
        }
        if control.is_test() != usage.test {
            return Err(NotAbout::Test);
        }
        let number = usage.sequence;
        let (mut groups, mut records) = (None, Vec::new());
        for detail in self.details_of(number) {
            match detail {
                ReturnDetail::Fatal { errors, .. } => {
                    let found = errors.iter().map(|errors| errors.group);
                    groups.get_or_insert_with(Vec::new).extend(found);
                }
                ReturnDetail::Severe { record, .. } => records.push(record.as_slice()),
                _ => {}
            }
        }
        match (groups, records.is_empty()) {
            (None, true) => Err(NotAbout::Nothing(number)),
            (None, false) => Ok(Returned::Records(records)),
            (Some(_), false) => Err(NotAbout::Both(number)),
            (Some(groups), true) if groups.is_empty() => Err(NotAbout::NoReason(number)),
            (Some(groups), true) => Ok(Returned::File(groups)),
        }
    }
}

/// Whether what was found in these groups may be why a file is refused for a reason.
pub fn gives(groups: &[ErrorGroup], reason: FatalReason) -> bool {
    use ErrorGroup::*;
    let gives = |group: &ErrorGroup| match reason {
        // Both are found in any group.
        FatalReason::Syntax | FatalReason::Header => true,
        FatalReason::Sequence => matches!(group, TransferBatch | Notification | BatchControl),
        FatalReason::Totals => matches!(group, TransferBatch | Notification | Audit),
        FatalReason::Accounting => matches!(group, TransferBatch | Accounting | Network),
    };
    groups.iter().any(gives)
}
