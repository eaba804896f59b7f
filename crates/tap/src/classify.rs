//! Which service a record belongs to: the one place that decides.
//!
//! | record | condition, first match wins | service |
//! |---|---|---|
//! | mobile originated, mobile terminated | no teleservice and no bearer service, or one that is no code of two hexadecimal digits | none |
//! | mobile originated | teleservice 20, 21, 22 | SMSMO |
//! | | bearer service 37 | MOC Video Telephony |
//! | | call type level 2 is 4, or the called number starts with 979 | MOC Premium |
//! | | call type level 2 is 5, or the called number starts with 870, 881, 882, 883 | MOC Satellite |
//! | | call type level 2 is 3, or the called number starts with 800, 808 | MOC Special Destinations |
//! | | call type level 1 is 1 (national) | MOC Local |
//! | | the called number is one of the home country, and that is not the visited country | MOC Back Home |
//! | | call type level 1 is 2 (international) | international, see below |
//! | | the called number is a premium-rate one of the visited country | MOC Premium |
//! | | the called number is any other of the visited country | MOC Local |
//! | | the called number is one of another country | international, see below |
//! | mobile terminated | teleservice 20, 21, 22 | SMSMT |
//! | | any other | MTC |
//! | packet data | IMS signalling context | IMS Signalling |
//! | | any other | GPRS |
//! | mobile session | service 1, 2 (voice sent and received) | VoLTE |
//! | | any other: which codes stand for video is in no public text, so none is taken for it | none |
//! | supplementary service event | always | Supplementary Service |
//! | service centre usage | always | Service Centre Usage |
//! | content transaction | always | Content |
//! | location service | always | Location |
//! | messaging event | always | Messaging |
//! | all else: value-added services, aggregates, tags that are not known | | none |
//!
//! International calls are MOC International; with [`Zones::European`] they are MOC EU, MOC EEA or MOC RoW by the
//! country called, the European ones only if the visited country is itself in that zone.
//!
//! Home and visited country are those of the networks that the recipient's and sender's TADIG codes name, which are not
//! always ISO codes; countries that share a calling code are told apart by the national part of the number. A number is of
//! a country, or of a service with a code of its own (800, 870, 979 and so on), when it has the code and a length that its
//! plan has, and, unless the call is said to be international, fits the plan in full: `0612345678` is not Australian
//! and `4930` not German. Where what is
//! needed cannot be told (no number, a network of unknown country, a number in no plan) the call has no service: it is
//! reported and counts in the totals of the file only, and is never guessed to be the dearest or the cheapest. A call that
//! spans several basic services or call types counts as the first one.
//!
//! Where call type and number contradict each other the table says which counts, and [`Classifier::contradiction`] that they do.

use crate::{
    countries::{Called, Country, Place, Region, Told},
    events::{Event, EventKind, Number},
};
use interclear_primitives::service::Service;

/// How international calls are split.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Zones {
    /// All are MOC International.
    #[default]
    Single,
    /// MOC EU, MOC EEA and MOC RoW.
    European,
}

impl Zones {
    /// How international calls are split where these services are priced.
    pub fn of(services: &[Service]) -> Self {
        let split = [Service::MocEu, Service::MocEea, Service::MocRow];
        match services.iter().any(|service| split.contains(service)) {
            true => Self::European,
            false => Self::Single,
        }
    }
}

/// How the call type of a record contradicts its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contradiction {
    /// Said to be international, and the number is one of the visited country.
    LocalAsInternational,
    /// Said to be national, and the number is one of the home country.
    HomeAsNational,
    /// Said to be national, and the number is of an international service: premium rate, satellite or freephone.
    ServiceAsNational,
    /// Said to be national and to no premium number, and the number is a premium-rate one of the visited country.
    PremiumAsLocal,
    /// A call that was received, with the price group of a number that is called.
    ReceivedAsCalled,
}

impl Contradiction {
    /// The item that says otherwise than the number.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::ReceivedAsCalled | Self::PremiumAsLocal => "callTypeLevel2",
            _ => "callTypeLevel1",
        }
    }

    /// In words.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::LocalAsInternational => {
                "the call is marked international, and the called number is one of the visited country"
            }
            Self::HomeAsNational => {
                "the call is marked national, and the called number is one of the home country: a call back home"
            }
            Self::ServiceAsNational => {
                "the call is marked national, and the called number is an international premium-rate, satellite or freephone number"
            }
            Self::PremiumAsLocal => {
                "the call is marked as an ordinary national one, and the called number is a premium-rate number of the visited country"
            }
            Self::ReceivedAsCalled => {
                "the call was received, and is marked as one to a premium, satellite or special number"
            }
        }
    }
}

/// Decides for the records of one file.
#[derive(Clone, Copy, Debug)]
pub struct Classifier {
    home: Place,
    visited: Place,
    domestic: Told,
    zones: Zones,
    /// How premium-rate numbers of the visited country begin.
    premium: &'static [u8],
}

impl Classifier {
    /// For files from `sender` to `recipient` (TADIG codes).
    pub fn new(sender: &[u8], recipient: &[u8], zones: Zones) -> Self {
        let (home, visited) = (Place::of(recipient), Place::of(sender));
        Self {
            home,
            visited,
            domestic: home.is(&visited),
            zones,
            premium: visited.premium_numbers(),
        }
    }

    /// The service of a record; `None` for kinds that belong to no service, and where it cannot be told.
    #[inline]
    pub fn service(&self, event: &Event<'_>) -> Option<Service> {
        match event.kind {
            EventKind::MobileOriginated if event.is_message() => Some(Service::SmsMo),
            EventKind::MobileOriginated => self.originated_call(event),
            EventKind::MobileTerminated if event.is_message() => Some(Service::SmsMt),
            EventKind::MobileTerminated => event.has_service_code().then_some(Service::Mtc),
            EventKind::Gprs if event.ims_signalling => Some(Service::ImsSignalling),
            EventKind::Gprs => Some(Service::Gprs),
            EventKind::MobileSession => match event.session_service {
                Some(1 | 2) => Some(Service::Volte),
                _ => None,
            },
            EventKind::SupplementaryService => Some(Service::SupplementaryService),
            EventKind::ServiceCentre => Some(Service::ServiceCentreUsage),
            EventKind::Content => Some(Service::Content),
            EventKind::Location => Some(Service::Location),
            EventKind::Messaging => Some(Service::Messaging),
            EventKind::ValueAdded | EventKind::Aggregated | EventKind::Unknown(_) => None,
        }
    }

    /// How the call type of a call contradicts its number, as far as the number tells. Of most records only their first digits are
    /// looked at.
    #[inline]
    pub fn contradiction(&self, event: &Event<'_>) -> Option<Contradiction> {
        match (event.kind, event.level_1) {
            (EventKind::MobileTerminated, _) => {
                matches!(event.level_2, Some(3..=5)).then_some(Contradiction::ReceivedAsCalled)
            }
            (EventKind::MobileOriginated, Some(level @ 1..=2)) if !event.is_message() => {
                let special = matches!(event.level_2, Some(3..=5));
                self.marked_otherwise(event.called?, level == 2, special)
            }
            _ => None,
        }
    }

    fn marked_otherwise(
        &self,
        number: Number<'_>,
        international: bool,
        special: bool,
    ) -> Option<Contradiction> {
        let visited = self.visited.country()?;
        let called = Called::new(number, international)?;
        if called.begins(visited.calling_code()) {
            if !international {
                // Of two countries that share the code.
                if self.domestic == Told::No && self.is_back_home(called, visited) {
                    return Some(Contradiction::HomeAsNational);
                }
                let premium = !special
                    && self.is_premium(called)
                    && self.visited.holds(called) == Told::Yes
                    && !called.may_be_national(visited);
                return premium.then_some(Contradiction::PremiumAsLocal);
            }
            let local = self.visited.holds(called) == Told::Yes && !called.may_be_elsewhere();
            return local.then_some(Contradiction::LocalAsInternational);
        }
        if international || called.is_dialled() {
            return None;
        }
        if of_no_country(called).is_some() {
            return Some(Contradiction::ServiceAsNational);
        }
        self.is_back_home(called, visited)
            .then_some(Contradiction::HomeAsNational)
    }

    /// Whether a number is one of the home country, and cannot be one as it is dialled within the visited country.
    #[inline]
    fn is_back_home(&self, called: Called<'_>, visited: Country) -> bool {
        self.home.holds(called) == Told::Yes && !called.may_be_national(visited)
    }

    fn originated_call(&self, event: &Event<'_>) -> Option<Service> {
        if !event.has_service_code() {
            return None;
        }
        if event.bearer_service == Some(b"37") {
            return Some(Service::MocVideoTelephony);
        }
        match event.level_2 {
            Some(4) => return Some(Service::MocPremium),
            Some(5) => return Some(Service::MocSatellite),
            Some(3) => return Some(Service::MocSpecialDestinations),
            _ => {}
        }
        let international = event.level_1 == Some(2);
        let called = event.called.and_then(|number| Called::new(number, international));
        if let Some(service) = called.and_then(of_no_country) {
            return Some(service);
        }
        if event.level_1 == Some(1) {
            return Some(Service::MocLocal);
        }
        let called = called?;
        match self.home.holds(called) {
            Told::Yes if self.domestic == Told::No => return Some(Service::MocBackHome),
            Told::Yes if self.domestic == Told::Unsure => return None,
            // Within the visited country it does not matter where home is.
            Told::Unsure if international || self.visited.holds(called) != Told::Yes => return None,
            _ => {}
        }
        if international {
            // As it was dialled, with a prefix: of any country, home included.
            return self.international(called).filter(|_| !called.is_dialled());
        }
        match self.visited.holds(called) {
            Told::Yes => Some(match self.is_premium(called) {
                true => Service::MocPremium,
                false => Service::MocLocal,
            }),
            Told::Unsure => None,
            Told::No => {
                called.country()?;
                self.international(called)
            }
        }
    }

    /// Whether a number that begins with the calling code of the visited country is a premium-rate one.
    fn is_premium(&self, called: Called<'_>) -> bool {
        let visited = self.visited.country();
        visited.is_some_and(|visited| called.is_premium(visited.calling_code(), self.premium))
    }

    fn international(&self, called: Called<'_>) -> Option<Service> {
        if self.zones == Zones::Single {
            return Some(Service::MocInternational);
        }
        let visited = self.visited.country().map(Country::region);
        let called = called.country().map(Country::region);
        match (visited, called) {
            (Some(Region::World), _) | (_, Some(Region::World)) => Some(Service::MocRow),
            (Some(Region::Eu), Some(Region::Eu)) => Some(Service::MocEu),
            (Some(_), Some(_)) => Some(Service::MocEea),
            _ => None,
        }
    }
}

/// The service of a number whose code no country has.
#[inline]
fn of_no_country(called: Called<'_>) -> Option<Service> {
    // All such codes start with an 8 or a 9.
    if !(called.begins(8) || called.begins(9)) {
        return None;
    }
    let is_of = |codes: &[u32]| codes.iter().any(|code| called.is_of(*code));
    if is_of(&[979]) {
        Some(Service::MocPremium)
    } else if is_of(&[870, 881, 882, 883]) {
        Some(Service::MocSatellite)
    } else if is_of(&[800, 808]) {
        Some(Service::MocSpecialDestinations)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ber::{Encoder, Header},
        events::CodeTables,
        tags::*,
    };

    fn call(
        called: &str,
        level_1: Option<u64>,
        level_2: Option<u64>,
        tele_service: &str,
        bearer: &str,
    ) -> Vec<u8> {
        let mut e = Encoder::default();
        e.group(MOBILE_ORIGINATED_CALL, |e| {
            e.group(MO_BASIC_CALL_INFORMATION, |e| {
                e.group(DESTINATION, |e| {
                    if !called.is_empty() {
                        e.bcd(CALLED_NUMBER, called);
                    }
                });
            });
            e.group(BASIC_SERVICE_USED_LIST, |e| {
                e.group(BASIC_SERVICE_USED, |e| {
                    e.group(BASIC_SERVICE, |e| {
                        e.group(BASIC_SERVICE_CODE, |e| {
                            if bearer.is_empty() {
                                e.text(TELE_SERVICE_CODE, tele_service);
                            } else {
                                e.text(BEARER_SERVICE_CODE, bearer);
                            }
                        });
                    });
                    e.group(CHARGE_INFORMATION_LIST, |e| {
                        e.group(CHARGE_INFORMATION, |e| {
                            e.group(CALL_TYPE_GROUP, |e| {
                                if let Some(level) = level_1 {
                                    e.unsigned(CALL_TYPE_LEVEL_1, level);
                                }
                                if let Some(level) = level_2 {
                                    e.unsigned(CALL_TYPE_LEVEL_2, level);
                                }
                            });
                        });
                    });
                });
            });
        });
        e.into_octets()
    }

    #[test]
    fn call_should_be_classified_by_the_table_when_it_is_originated() {
        use Service::*;
        let tables = CodeTables::default();
        // Visited: France. Home: Germany.
        /// Called number, call type levels 1 and 2, teleservice, bearer service, and the service with one and with European
        /// zones.
        type Row<'a> = (
            &'a str,
            Option<u64>,
            Option<u64>,
            &'a str,
            &'a str,
            Option<Service>,
            Option<Service>,
        );
        let rows: &[Row] = &[
            (
                "33612345678",
                Some(1),
                Some(1),
                "11",
                "",
                Some(MocLocal),
                Some(MocLocal),
            ),
            (
                "4930123456",
                Some(2),
                None,
                "11",
                "",
                Some(MocBackHome),
                Some(MocBackHome),
            ),
            (
                "4930123456",
                None,
                None,
                "11",
                "",
                Some(MocBackHome),
                Some(MocBackHome),
            ),
            (
                "33612345678",
                None,
                None,
                "11",
                "",
                Some(MocLocal),
                Some(MocLocal),
            ),
            // Premium rate by the plan of France, unless the visited network says what it is.
            (
                "33899123456",
                Some(0),
                Some(0),
                "11",
                "",
                Some(MocPremium),
                Some(MocPremium),
            ),
            (
                "33899123456",
                Some(1),
                Some(1),
                "11",
                "",
                Some(MocLocal),
                Some(MocLocal),
            ),
            ("", None, None, "10", "", None, None),
            ("", Some(2), None, "11", "", None, None),
            (
                "3531234567",
                Some(2),
                Some(1),
                "11",
                "",
                Some(MocInternational),
                Some(MocEu),
            ),
            (
                "4712345678",
                Some(2),
                Some(1),
                "11",
                "",
                Some(MocInternational),
                Some(MocEea),
            ),
            (
                "12125551234",
                None,
                None,
                "11",
                "",
                Some(MocInternational),
                Some(MocRow),
            ),
            (
                "33899123456",
                Some(1),
                Some(4),
                "11",
                "",
                Some(MocPremium),
                Some(MocPremium),
            ),
            (
                "8816123456",
                Some(2),
                None,
                "11",
                "",
                Some(MocSatellite),
                Some(MocSatellite),
            ),
            (
                "80012345678",
                Some(2),
                None,
                "11",
                "",
                Some(MocSpecialDestinations),
                Some(MocSpecialDestinations),
            ),
            (
                "33612345678",
                Some(1),
                Some(1),
                "",
                "37",
                Some(MocVideoTelephony),
                Some(MocVideoTelephony),
            ),
            ("4930123456", None, None, "22", "", Some(SmsMo), Some(SmsMo)),
        ];
        for (called, level_1, level_2, tele_service, bearer, single, european) in rows {
            let octets = call(called, *level_1, *level_2, tele_service, bearer);
            let event = Event::read(&octets, &Header::read(&octets).unwrap(), &tables).unwrap();
            for (zones, wanted) in [(Zones::Single, single), (Zones::European, european)] {
                let service = Classifier::new(b"FRAF1", b"DEUD1", zones).service(&event);
                assert_eq!(service, *wanted, "{called} {level_1:?} {level_2:?} {zones:?}");
            }
        }
    }

    #[test]
    fn a_record_should_have_no_service_when_its_service_code_is_none() {
        let classifier = Classifier::new(b"FRAF1", b"DEUD1", Zones::Single);
        let service = |tele_service: &str, bearer: &str| {
            let octets = call("33612345678", Some(1), Some(1), tele_service, bearer);
            let event =
                Event::read(&octets, &Header::read(&octets).unwrap(), &CodeTables::default()).unwrap();
            classifier.service(&event)
        };
        for code in ["11", "12", "61", "D0", "d0"] {
            assert_eq!(service(code, ""), Some(Service::MocLocal), "{code}");
        }
        // A message whose code is damaged is no call of no seconds.
        for code in ["", "2", "022", "22 ", "\u{1}\u{6}", "ZZ", "\u{22}"] {
            assert_eq!(service(code, ""), None, "{code:?}");
        }
        assert_eq!(service("", "20"), Some(Service::MocLocal));
        assert_eq!(service("", "2?"), None);
    }

    #[test]
    fn a_call_type_should_contradict_its_number_when_the_number_can_be_nothing_else() {
        use Contradiction::*;
        for (visited, home, number, level, wanted) in [
            // Within China and Brazil, though there are such numbers in Maryland and Spain.
            ("CHNCT", "USACG", "13012345678", 1, None),
            ("CHNCT", "USACG", "12125551234", 1, Some(HomeAsNational)),
            ("DEUD1", "USACG", "13012345678", 1, Some(HomeAsNational)),
            ("BRACS", "ESPRT", "34998765432", 1, None),
            ("BRACS", "ESPRT", "34612345678", 1, Some(HomeAsNational)),
            // Countries that share a calling code.
            ("RUS01", "KAZKT", "77011234567", 1, Some(HomeAsNational)),
            ("RUS01", "KAZKT", "74951234567", 1, None),
            ("KAZKT", "RUS01", "74951234567", 1, Some(HomeAsNational)),
            ("USACG", "CANRW", "14165551234", 1, Some(HomeAsNational)),
            ("USACG", "CANRW", "12125551234", 1, None),
            ("USACG", "USAAT", "12125551234", 1, None),
            ("RUS01", "KAZKT", "7011234567", 1, None),
            // Palestine and Northern Cyprus, by the codes of Israel and Turkey.
            ("ISR01", "DEUD1", "972591234567", 2, None),
            ("ISR01", "DEUD1", "972561234567", 2, None),
            ("ISR01", "DEUD1", "97222961234", 2, None),
            ("ISR01", "DEUD1", "972541234567", 2, Some(LocalAsInternational)),
            ("ISR01", "DEUD1", "97236961234", 2, Some(LocalAsInternational)),
            ("TURTC", "DEUD1", "903921234567", 2, None),
            ("TURTC", "DEUD1", "903121234567", 2, Some(LocalAsInternational)),
            // Premium rate in France and in North America, a mobile number, and a number too long for the plan.
            ("FRAF1", "DEUD1", "33899123456", 1, Some(PremiumAsLocal)),
            ("FRAF1", "DEUD1", "33612345678", 1, None),
            ("FRAF1", "DEUD1", "338991234567", 1, None),
            ("USACG", "DEUD1", "19005551234", 1, Some(PremiumAsLocal)),
            ("USACG", "DEUD1", "12125551234", 1, None),
            ("FRAF1", "DEUD1", "33899123456", 2, Some(LocalAsInternational)),
        ] {
            let octets = call(number, Some(level), None, "11", "");
            let header = Header::read(&octets).unwrap();
            let event = Event::read(&octets, &header, &CodeTables::default()).unwrap();
            let classifier = Classifier::new(visited.as_bytes(), home.as_bytes(), Zones::Single);
            assert_eq!(
                classifier.contradiction(&event),
                wanted,
                "{visited} {home} {number} {level}"
            );
        }
    }

    #[test]
    fn a_premium_number_should_contradict_nothing_when_the_call_is_marked_so() {
        let octets = call("33899123456", Some(1), Some(4), "11", "");
        let header = Header::read(&octets).unwrap();
        let event = Event::read(&octets, &header, &CodeTables::default()).unwrap();
        let classifier = Classifier::new(b"FRAF1", b"DEUD1", Zones::Single);
        assert_eq!(classifier.contradiction(&event), None);
        assert_eq!(classifier.service(&event), Some(Service::MocPremium));
        let unmarked = call("19005551234", Some(0), Some(0), "11", "");
        let header = Header::read(&unmarked).unwrap();
        let event = Event::read(&unmarked, &header, &CodeTables::default()).unwrap();
        let classifier = Classifier::new(b"USACG", b"DEUD1", Zones::Single);
        assert_eq!(classifier.service(&event), Some(Service::MocPremium));
    }

    #[test]
    fn call_should_be_local_when_both_networks_are_in_one_country() {
        let octets = call("4930123456", None, None, "11", "");
        let event = Event::read(&octets, &Header::read(&octets).unwrap(), &CodeTables::default()).unwrap();
        assert_eq!(
            Classifier::new(b"DEUD2", b"DEUD1", Zones::Single).service(&event),
            Some(Service::MocLocal)
        );
    }
}
