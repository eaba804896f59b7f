//! What two networks agreed on about files, as arguments.

use clap::{Args, ValueEnum};
use interclear_tap::{classify::Zones, Options, Rules};

/// What two networks agreed on about files.
#[derive(Args)]
pub(super) struct RuleArgs {
    /// Greatest age of a record when its file is made available, in days.
    #[arg(long, default_value_t = 30)]
    max_age_days: u32,
    /// How international calls are split.
    #[arg(long, default_value = "single")]
    zones: ZoneName,
}

#[derive(Clone, Copy, ValueEnum)]
enum ZoneName {
    /// All are MOC International.
    Single,
    /// MOC EU, MOC EEA and MOC RoW.
    European,
}

impl RuleArgs {
    /// Options of a validation by these rules.
    pub(super) fn options(&self) -> Options {
        let zones = match self.zones {
            ZoneName::Single => Zones::Single,
            ZoneName::European => Zones::European,
        };
        let rules = Rules {
            max_age_days: self.max_age_days,
            zones,
            ..Rules::default()
        };
        Options {
            rules,
            ..Options::default()
        }
    }
}
