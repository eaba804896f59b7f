//! Roaming services and their units.

use crate::text::serde_as_text;
use interclear_record::record;

/// What a quantity counts; quantities are in 10^-6 of it.
#[record(Copy, Ord, no_serde)]
pub enum Unit {
    /// Minutes of a call.
    Minute,
    /// Short messages, by number.
    Message,
    /// Megabytes of 1,024 x 1,024 bytes.
    Megabyte,
    /// Events, by number, such as those of signalling.
    Event,
    /// Different IMSIs seen in a month.
    ImsiMonth,
}

impl Unit {
    /// The name in tables and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minute => "min",
            Self::Message => "msg",
            Self::Megabyte => "MB",
            Self::Event => "event",
            Self::ImsiMonth => "IMSI",
        }
    }

    /// Every unit.
    pub const ALL: &'static [Self] = &[
        Self::Minute,
        Self::Message,
        Self::Megabyte,
        Self::Event,
        Self::ImsiMonth,
    ];

    /// Spellings that systems use, folded as [`Unit::from_str`](core::str::FromStr) folds its input.
    const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Minute => &["min", "mins", "minute", "minutes"],
            Self::Message => &["msg", "sms", "message", "messages"],
            Self::Megabyte => &["mb", "mbyte", "mbytes", "megabyte", "megabytes"],
            Self::Event => &["event", "events"],
            Self::ImsiMonth => &["imsi", "imsis", "imsimonth", "imsimonths"],
        }
    }
}

/// The name is not a spelling of a known unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownUnit;

/// Lower-case letters and digits of a name: blanks, hyphens and underscores make no difference.
fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
}

impl core::str::FromStr for Unit {
    type Err = UnknownUnit;
    /// Reads every known spelling, as [`Service`] does.
    fn from_str(text: &str) -> Result<Self, UnknownUnit> {
        let wanted: alloc::string::String = letters(text).collect();
        Self::ALL
            .iter()
            .find(|unit| unit.spellings().contains(&wanted.as_str()))
            .copied()
            .ok_or(UnknownUnit)
    }
}

impl core::fmt::Display for UnknownUnit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("unknown unit; known are min, SMS, MB, event and IMSI")
    }
}

impl core::error::Error for UnknownUnit {}

macro_rules! services {
    ($($(#[$doc:meta])* $name:ident, $text:literal, $unit:ident, [$($alias:literal),*];)*) => {
        /// A roaming service that an agreement prices.
        #[record(Copy, Ord, no_serde)]
        pub enum Service {
            $($(#[$doc])* $name,)*
        }

        impl Service {
            /// Every service, in the order in which tables list them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// How many there are.
            pub const COUNT: u32 = Self::ALL.len() as u32;

            /// The canonical name, in tables and files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The unit in which the service is counted unless an agreement says otherwise.
            pub const fn unit(self) -> Unit {
                match self { $(Self::$name => Unit::$unit,)* }
            }

            /// Other spellings that systems use, folded as [`Service::from_str`](core::str::FromStr) folds its input.
            const fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($alias),*],)* }
            }
        }
    };
}

services! {
    /// Mobile originated call within the visited country.
    MocLocal, "MOC Local", Minute, ["mocnational", "moclocalcall"];
    /// Mobile originated call to the home country.
    MocBackHome, "MOC Back Home", Minute, ["mochome", "moctohome"];
    /// Mobile originated call to a third country.
    MocInternational, "MOC International", Minute, ["mocint", "mocintl"];
    /// Mobile originated call within the European Union.
    MocEu, "MOC EU", Minute, [];
    /// Mobile originated call within the European Economic Area.
    MocEea, "MOC EEA", Minute, [];
    /// Mobile originated call to the rest of the world.
    MocRow, "MOC RoW", Minute, ["mocrestofworld"];
    /// Mobile originated call to a premium number.
    MocPremium, "MOC Premium", Minute, ["mocpremiumnumbers"];
    /// Mobile originated call to a satellite network.
    MocSatellite, "MOC Satellite", Minute, ["mocsat"];
    /// Mobile originated call to a special destination.
    MocSpecialDestinations, "MOC Special Destinations", Minute, ["mocspecialdestination", "mocspecial"];
    /// Mobile originated video call.
    MocVideoTelephony, "MOC Video Telephony", Minute, ["mocvideo"];
    /// Mobile terminated call.
    Mtc, "MTC", Minute, ["mtccall", "mtccalls"];
    /// Short message sent.
    SmsMo, "SMSMO", Message, ["mosms", "smsoriginated"];
    /// Short message received.
    SmsMt, "SMSMT", Message, ["mtsms", "smsterminated"];
    /// Packet data.
    Gprs, "GPRS", Megabyte, ["data", "packetdata"];
    /// Data of machines.
    M2m, "M2M", Megabyte, ["m2mdata"];
    /// Narrow-band Internet of things.
    NbIot, "NB-IoT", Megabyte, [];
    /// LTE for machines.
    LteM, "LTE-M", Megabyte, ["ltecatm"];
    /// Voice over LTE.
    Volte, "VoLTE", Minute, [];
    /// Video over LTE.
    Vilte, "ViLTE", Minute, [];
    /// Signalling of the IP multimedia subsystem.
    ImsSignalling, "IMS Signalling", Event, ["signalling", "imssignaling", "signaling"];
    /// Access to the network, counted per IMSI and month.
    NetworkAccess, "Network Access", ImsiMonth, ["access", "imsiaccess"];
    /// Use of a supplementary service, such as call forwarding.
    SupplementaryService, "Supplementary Service", Event, ["supplservice", "supplementaryservices", "ss"];
    /// Use of a short message service centre by subscribers of others.
    ServiceCentreUsage, "Service Centre Usage", Message, ["servicecenterusage", "scu", "smscusage"];
    /// Content that a subscriber bought.
    Content, "Content", Event, ["contenttransaction", "contentservice"];
    /// Position of a subscriber, asked for or tracked.
    Location, "Location", Event, ["locationservice", "locationservices", "lcs"];
    /// Message of the IP multimedia subsystem.
    Messaging, "Messaging", Message, ["messagingevent", "imsmessaging"];
}

/// The name is not a spelling of a known service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownService;

impl core::str::FromStr for Service {
    type Err = UnknownService;
    /// Reads every known spelling: upper and lower case, blanks, hyphens and underscores make no difference.
    fn from_str(text: &str) -> Result<Self, UnknownService> {
        let wanted: alloc::string::String = letters(text).collect();
        Self::ALL
            .iter()
            .find(|service| {
                letters(service.name()).eq(wanted.chars()) || service.aliases().contains(&wanted.as_str())
            })
            .copied()
            .ok_or(UnknownService)
    }
}

impl core::fmt::Display for Service {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name())
    }
}

impl core::fmt::Display for Unit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name())
    }
}

impl core::fmt::Display for UnknownService {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("unknown service; known are ")?;
        for (place, service) in Service::ALL.iter().enumerate() {
            if place > 0 {
                f.write_str(", ")?;
            }
            f.write_str(service.name())?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownService {}

serde_as_text!(Service);

#[cfg(feature = "std")]
impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A set of services, as one bit for each.
#[record(Copy, Default)]
pub struct ServiceSet(u32);

// A service is a bit.
const _: () = assert!(Service::ALL.len() <= 32);

impl ServiceSet {
    /// Whether a service is in the set.
    pub fn contains(self, service: Service) -> bool {
        self.0 & Self::from_iter([service]).0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The services of both sets.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every service of the other set is in this one.
    pub const fn contains_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether the sets have a service in common.
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<Service> for ServiceSet {
    fn from_iter<I: IntoIterator<Item = Service>>(services: I) -> Self {
        let bit = |service: Service| 1u32.checked_shl(service as u32).unwrap_or(0);
        Self(services.into_iter().fold(0, |set, service| set | bit(service)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_should_hold_the_services_put_in() {
        let set = ServiceSet::from_iter([Service::Mtc, Service::Gprs]);
        let held: Vec<_> = Service::ALL
            .iter()
            .filter(|service| set.contains(**service))
            .collect();
        assert_eq!(held, [&Service::Mtc, &Service::Gprs]);
        assert!(set.overlaps(ServiceSet::from_iter([Service::Gprs])));
        assert!(!set.overlaps(ServiceSet::from_iter([Service::SmsMo])) && ServiceSet::default().is_empty());
    }

    #[test]
    fn every_service_should_read_back_from_its_name_and_aliases() {
        // A duplicate spelling would read back as the service that has it first.
        for service in Service::ALL {
            assert_eq!(service.name().parse(), Ok(*service));
            for alias in service.aliases() {
                assert_eq!(alias.parse(), Ok(*service), "{alias}");
            }
        }
    }

    #[test]
    fn units_should_be_read_in_every_known_spelling() {
        for unit in Unit::ALL {
            assert_eq!(unit.name().parse(), Ok(*unit));
            for spelling in unit.spellings() {
                assert_eq!(spelling.parse(), Ok(*unit), "{spelling}");
            }
        }
        assert_eq!("Min".parse(), Ok(Unit::Minute));
        assert_eq!("IMSI-months".parse(), Ok(Unit::ImsiMonth));
        assert_eq!(
            "GB".parse::<Unit>(),
            Err(UnknownUnit),
            "another scale is not a spelling"
        );
    }

    #[test]
    fn spellings_seen_in_the_field_should_be_normalised() {
        for (text, service) in [
            ("SMS MO", Service::SmsMo),
            ("MOC Row", Service::MocRow),
            ("NB-IOT", Service::NbIot),
            ("signalling", Service::ImsSignalling),
            ("moc_back_home", Service::MocBackHome),
            ("Service Center Usage", Service::ServiceCentreUsage),
            ("messaging event", Service::Messaging),
        ] {
            assert_eq!(text.parse(), Ok(service), "{text}");
        }
        assert_eq!("Fax".parse::<Service>(), Err(UnknownService));
    }
}
