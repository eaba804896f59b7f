//! What is known of a file before it is read: from the chain, or from any other book that both networks keep.

use super::{EventKinds, Options};
use crate::{
    classify::Zones,
    events::EventKind,
    model::{currency_of, DateTime},
    name::{FileName, Scheme},
    reader::{Item, Reader},
    tariff::AgreedRate,
};
use interclear_primitives::{
    agreement::Terms, batch::Anchor, money::Currency, period::Period, service::Service, tadig::Tadig, Moment,
};
use std::{fs::File, io, path::Path};

/// What a file says of itself before its records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// Who sends which file to whom.
    pub name: FileName,
    /// The month that the file bills to: that of the transfer cut-off in UTC, or where it has none, of the time at which it
    /// was made available.
    pub period: Period,
    /// The sender's currency, where it is stated.
    pub local: Option<Currency>,
    /// The currency of the charges; that of a file without accounting information is not known.
    pub tap: Option<Currency>,
}

/// Reads what a TAP file says of itself; `None` for files of another kind, and where it does not say enough.
///
/// # Errors
/// The file cannot be opened or read.
pub fn head(path: &Path) -> io::Result<Option<Head>> {
    let mut reader = match Reader::new(File::open(path)?, false) {
        Ok(reader) if reader.kind().is_tap() => reader,
        _ => return Ok(None),
    };
    let (mut control, mut accounting) = (None, None);
    while let Ok(Some(item)) = reader.next_item() {
        match item {
            Item::BatchControl(found) => control = Some(found),
            Item::Accounting(found) => accounting = Some(found),
            Item::Network(_) => {}
            Item::Event(_) | Item::Audit(_) => break,
        }
    }
    let named = || {
        let control = control?;
        let moment = |stamp: &Option<DateTime>| stamp.as_ref().and_then(DateTime::utc);
        let at = moment(&control.cut_off).or_else(|| moment(&control.available))?;
        Some(Head {
            name: FileName {
                test: control.is_test(),
                sender: control.sender.as_deref()?.parse().ok()?,
                recipient: control.recipient.as_deref()?.parse().ok()?,
                sequence: Scheme::Tap.sequence(control.sequence.as_deref()?)?,
            },
            period: Period::containing(Moment::try_from(at).ok()?),
            local: accounting
                .as_ref()
                .and_then(|table| table.local_currency.as_deref()?.parse().ok()),
            tap: accounting
                .as_ref()
                .and_then(|table| currency_of(table.tap_currency.as_deref())),
        })
    };
    Ok(named())
}

/// What is known of a file before it is read. What is `None` is not known, and nothing is checked by it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// The number that comes next in the series.
    pub expected_sequence: Option<u32>,
    /// What was anchored for the file that is known under the number, unless it was returned: Blake2b-256, salted with the
    /// file's secret.
    pub known_digest: Option<[u8; 32]>,
    /// What was anchored for it, likewise, if it was returned.
    pub returned_digest: Option<[u8; 32]>,
    /// All that was anchored under the number, whether it was returned or not.
    pub anchored: Option<Anchor>,
    /// The terms in force in the month that the file bills to.
    pub terms: Option<Terms>,
    /// The exchange rate of that month between the file's currencies.
    pub agreed_rate: Option<AgreedRate>,
}

impl Known {
    /// The options, with what is known of a file from `sender` to `recipient`: its number, the agreed age, kinds of records,
    /// zones and prices, and the month's exchange rate. What was said of them counts more.
    #[must_use]
    pub fn apply(&self, options: &Options, sender: Tadig, recipient: Tadig) -> Options {
        options.said.over(self.merge(options.clone(), sender, recipient))
    }

    fn merge(&self, mut options: Options, sender: Tadig, recipient: Tadig) -> Options {
        // Without the secret nobody can tell whether the file is the one that was anchored.
        let comparable = self.known_digest.filter(|_| options.secret.is_some());
        let context = &mut options.context;
        context.expected_sequence = self.expected_sequence.or(context.expected_sequence);
        context.known_digest = comparable.or(context.known_digest);
        context.agreed_rate = self.agreed_rate.or(context.agreed_rate);
        let Some(terms) = &self.terms else { return options };
        options.rules.max_age_days = terms.usage.age_limit_days.into();
        options.expected = Some(terms.clone());
        let groups = terms
            .directions
            .iter()
            .flat_map(|direction| direction.groups.iter());
        let mut groups =
            groups.filter(|group| group.visited.contains(&sender) && group.home.contains(&recipient));
        if let Some(group) = groups.next() {
            let services: Vec<Service> = group.lines.iter().map(|line| line.service).collect();
            options.rules.agreed = EventKinds::of(&services);
            options.rules.zones = Zones::of(&services);
        }
        options
    }
}

impl EventKinds {
    /// The kinds of records by which services are billed.
    pub fn of(services: &[Service]) -> Self {
        let kinds = services.iter().filter_map(|service| kind(*service));
        kinds.fold(Self::NONE, Self::with)
    }
}

/// The kind of records by which a service is billed; none for access, which no record tells of.
fn kind(service: Service) -> Option<EventKind> {
    Some(match service {
        Service::MocLocal
        | Service::MocBackHome
        | Service::MocInternational
        | Service::MocEu
        | Service::MocEea
        | Service::MocRow
        | Service::MocPremium
        | Service::MocSatellite
        | Service::MocSpecialDestinations
        | Service::MocVideoTelephony
        | Service::SmsMo => EventKind::MobileOriginated,
        Service::Mtc | Service::SmsMt => EventKind::MobileTerminated,
        Service::Gprs | Service::M2m | Service::NbIot | Service::LteM | Service::ImsSignalling => {
            EventKind::Gprs
        }
        Service::Volte | Service::Vilte => EventKind::MobileSession,
        Service::SupplementaryService => EventKind::SupplementaryService,
        Service::ServiceCentreUsage => EventKind::ServiceCentre,
        Service::Content => EventKind::Content,
        Service::Location => EventKind::Location,
        Service::Messaging => EventKind::Messaging,
        Service::NetworkAccess => return None,
    })
}
