//! What a validation is told.

use crate::{
    classify::Zones,
    events::EventKind,
    tariff::{AgreedRate, TariffCheck},
};
use interclear_merkle::FileSecret;
use interclear_primitives::agreement::Terms;
use std::collections::BTreeSet;

/// A set of kinds of records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EventKinds(u16);

impl EventKinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Calls, messages and packet data.
    pub const BASIC: Self = Self::NONE
        .with(EventKind::MobileOriginated)
        .with(EventKind::MobileTerminated)
        .with(EventKind::Gprs);
    /// Every kind that has a name.
    pub const NAMED: Self = Self(0x7ff);

    const fn bit(kind: EventKind) -> u16 {
        match kind {
            EventKind::MobileOriginated => 1,
            EventKind::MobileTerminated => 1 << 1,
            EventKind::SupplementaryService => 1 << 2,
            EventKind::ServiceCentre => 1 << 3,
            EventKind::Gprs => 1 << 4,
            EventKind::Content => 1 << 5,
            EventKind::Location => 1 << 6,
            EventKind::Messaging => 1 << 7,
            EventKind::MobileSession => 1 << 8,
            EventKind::Aggregated => 1 << 9,
            EventKind::ValueAdded => 1 << 10,
            EventKind::Unknown(_) => 0,
        }
    }

    /// The set with one more kind.
    #[must_use]
    pub const fn with(self, kind: EventKind) -> Self {
        Self(self.0 | Self::bit(kind))
    }

    /// Whether a kind is in the set; kinds without a name never are.
    #[inline]
    pub const fn contains(self, kind: EventKind) -> bool {
        self.0 & Self::bit(kind) != 0
    }
}

/// What two networks agreed on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rules {
    /// Greatest age of a record when its file is made available, in days.
    pub max_age_days: u32,
    /// Kinds of records that may be billed.
    pub agreed: EventKinds,
    /// How international calls are split.
    pub zones: Zones,
}

impl Default for Rules {
    /// 30 days, every kind that has a name, international calls not split.
    fn default() -> Self {
        Self {
            max_age_days: 30,
            agreed: EventKinds::NAMED,
            zones: Zones::Single,
        }
    }
}

/// What was said of files: it counts more than what is known of them from elsewhere. What is `None` was left open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// Greatest age of a record when its file is made available, in days.
    pub max_age_days: Option<u32>,
    /// How international calls are split.
    pub zones: Option<Zones>,
    /// The exchange rate agreed for the month. Files may be in several currencies; what is known of others than these stays.
    pub agreed_rate: Option<AgreedRate>,
}

impl Said {
    /// The options with what was said, which counts as well once more becomes known ([`Known::apply`](super::Known::apply)).
    #[must_use]
    pub fn over(self, mut options: Options) -> Options {
        let rules = &mut options.rules;
        rules.max_age_days = self.max_age_days.unwrap_or(rules.max_age_days);
        rules.zones = self.zones.unwrap_or(rules.zones);
        let known = &mut options.context.agreed_rate;
        let rate = self
            .agreed_rate
            .filter(|said| known.is_none_or(|known| (known.local, known.tap) == (said.local, said.tap)));
        *known = rate.or(*known);
        options.said = self;
        options
    }
}

/// What is known besides the octets of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Context {
    /// Name of the file, without folders. Names of another scheme than `CDsssssrrrrrnnnnn` are not checked.
    pub file_name: Option<String>,
    /// The sequence number that comes next in this series (sender, recipient, test or chargeable).
    pub expected_sequence: Option<u32>,
    /// Blake2b-256 of the file already processed under this file's sequence number, salted as it is anchored where the
    /// options have a secret; leave it out when that file was refused and is sent again.
    pub known_digest: Option<[u8; 32]>,
    /// Sequence numbers of the returns made to the sender; when given, a file that is sent again must name one of them.
    pub known_returns: Option<BTreeSet<u32>>,
    /// The exchange rate agreed for the month, where the file's currencies are these.
    pub agreed_rate: Option<AgreedRate>,
}

/// The threads that a validation takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Threads {
    /// Two for large files that are hashed, where the machine has two cores.
    #[default]
    Machine,
    /// That of the caller only, so that several files can be validated at once.
    One,
    /// Two for large files that are hashed.
    Two,
}

/// Everything that a validation is told.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What was agreed.
    pub rules: Rules,
    /// What is known.
    pub context: Context,
    /// What of both was said, by [`Said::over`].
    pub said: Said,
    /// Whether to compute the file's digest; done anyway when the context has one to compare with.
    pub digest: bool,
    /// With a secret, the salted Merkle root over the records is computed, and the digest in the summary is salted.
    pub secret: Option<FileSecret>,
    /// Whether the records with severe findings are kept in the outcome, to be returned.
    pub keep_returned: bool,
    /// Records whose sums are asked for, as they stand in the file; each as often as it is named.
    pub select: Vec<Vec<u8>>,
    /// With an agreement, the charge of each record is compared with its prices.
    pub tariff: Option<TariffCheck>,
    /// With terms, what each service charges is added up beside what they ask for it. Quantities stay as measured.
    pub expected: Option<Terms>,
    /// How many threads are taken. The outcome does not depend on it.
    pub threads: Threads,
}
