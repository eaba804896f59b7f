//! Which service a record belongs to: the one place that decides.
//!
//! | record | condition, first match wins | service |
//! |---|---|---|
//! | mobile originated | teleservice 20, 21, 22 | SMSMO |
//! | | bearer service 37 | MOC Video Telephony |
//! | | call type level 2 is 4, or the called number starts with 979 | MOC Premium |
//! | | call type level 2 is 5, or the called number starts with 870, 881, 882, 883 | MOC Satellite |
//! | | call type level 2 is 3, or the called number starts with 800, 808 | MOC Special Destinations |
//! | | call type level 1 is 1 (national) | MOC Local |
//! | | the called number has the calling code of the home country, and that is not the visited country's | MOC Back Home |
//! | | call type level 1 is 2 (international) | international, see below |
//! | | the called number has the calling code of the visited country, or there is no called number | MOC Local |
//! | | any other called number | international, see below |
//! | mobile terminated | teleservice 20, 21, 22 | SMSMT |
//! | | any other | MTC |
//! | packet data | always | GPRS |
//! | mobile session | always | VoLTE |
//! | supplementary service event | always | Supplementary Service |
//! | service centre usage | always | Service Centre Usage |
//! | content transaction | always | Content |
//! | location service | always | Location |
//! | messaging event | always | Messaging |
//! | aggregated usage | its unit is octets (`V`, `W`, `X`) | GPRS |
//! | | any other | Network Access |
//! | a tag that is not known | | none: charges count in the totals of the file only |
//!
//! International calls are MOC International; with [`Zones::European`] they are MOC EU, MOC EEA or MOC RoW by the
//! country called, the European ones only if the visited country is itself in that zone.
//!
//! Home and visited country are those of the recipient's and sender's TADIG codes. A call that spans several basic
//! services or call types counts as the first one.

use crate::{
    countries::{country, region_of_calling_code, Region},
    events::{leading_digits, Event, EventKind},
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

/// Decides for the records of one file.
#[derive(Clone, Copy, Debug)]
pub struct Classifier {
    home: Option<u32>,
    visited: Option<(u32, Region)>,
    zones: Zones,
}

impl Classifier {
    /// For files from `sender` to `recipient` (TADIG codes). A country that is not known matches no called number.
    pub fn new(sender: &[u8], recipient: &[u8], zones: Zones) -> Self {
        Self {
            home: country(recipient).map(|c| c.0),
            visited: country(sender),
            zones,
        }
    }

    /// The service of a record; `None` for kinds that belong to no service.
    #[inline]
    pub fn service(&self, event: &Event<'_>) -> Option<Service> {
        match event.kind {
            EventKind::MobileOriginated if event.is_message() => Some(Service::SmsMo),
            EventKind::MobileOriginated => Some(self.originated_call(event)),
            EventKind::MobileTerminated if event.is_message() => Some(Service::SmsMt),
            EventKind::MobileTerminated => Some(Service::Mtc),
            EventKind::Gprs => Some(Service::Gprs),
            EventKind::MobileSession => Some(Service::Volte),
            EventKind::SupplementaryService => Some(Service::SupplementaryService),
            EventKind::ServiceCentre => Some(Service::ServiceCentreUsage),
            EventKind::Content => Some(Service::Content),
            EventKind::Location => Some(Service::Location),
            EventKind::Messaging => Some(Service::Messaging),
            EventKind::Aggregated => Some(match event.charged_item {
                Some(b"V" | b"W" | b"X") => Service::Gprs,
                _ => Service::NetworkAccess,
            }),
            EventKind::Unknown(_) => None,
        }
    }

    fn originated_call(&self, event: &Event<'_>) -> Service {
        let called = event.called.map(leading_digits).filter(|(_, count)| *count > 0);
        let starts_with = |code: u32| called.is_some_and(|called| begins(called, code));
        if event.bearer_service == Some(b"37") {
            return Service::MocVideoTelephony;
        }
        match event.level_2 {
            Some(4) => return Service::MocPremium,
            Some(5) => return Service::MocSatellite,
            Some(3) => return Service::MocSpecialDestinations,
            _ => {}
        }
        // Calling codes of services and not of countries all start with an 8 or a 9.
        if called.is_some_and(|called| begins(called, 8) || begins(called, 9)) {
            if starts_with(979) {
                return Service::MocPremium;
            }
            if [870, 881, 882, 883].into_iter().any(starts_with) {
                return Service::MocSatellite;
            }
            if starts_with(800) || starts_with(808) {
                return Service::MocSpecialDestinations;
            }
        }
        if event.level_1 == Some(1) {
            return Service::MocLocal;
        }
        let visited = self.visited.map(|c| c.0);
        if self.home != visited && self.home.is_some_and(starts_with) {
            return Service::MocBackHome;
        }
        if event.level_1 != Some(2) && (called.is_none() || visited.is_some_and(starts_with)) {
            return Service::MocLocal;
        }
        self.international(called)
    }

    fn international(&self, called: Option<(u32, u32)>) -> Service {
        if self.zones == Zones::Single {
            return Service::MocInternational;
        }
        match (self.visited.map(|c| c.1), called.and_then(region_called)) {
            (Some(Region::Eu), Some(Region::Eu)) => Service::MocEu,
            (Some(Region::Eu | Region::Eea), Some(Region::Eu | Region::Eea)) => Service::MocEea,
            _ => Service::MocRow,
        }
    }
}

/// Whether a number, given as its first digits and their count, begins with a code.
fn begins((number, count): (u32, u32), code: u32) -> bool {
    let digits = code.checked_ilog10().unwrap_or(0) + 1;
    count >= digits && number / 10u32.pow(count - digits) == code
}

/// The region of the country called; calling codes have one to four digits and the longest known one counts.
fn region_called((number, count): (u32, u32)) -> Option<Region> {
    (1..=count.min(4))
        .rev()
        .find_map(|digits| region_of_calling_code(number / 10u32.pow(count - digits)))
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
    fn originated_calls_follow_the_table() {
        use Service::*;
        let tables = CodeTables::default();
        // Visited: France. Home: Germany.
        /// Called number, call type levels 1 and 2, teleservice, bearer service, and the service with one and with European zones.
        type Row<'a> = (
            &'a str,
            Option<u64>,
            Option<u64>,
            &'a str,
            &'a str,
            Service,
            Service,
        );
        let rows: &[Row] = &[
            ("33612345678", Some(1), Some(1), "11", "", MocLocal, MocLocal),
            ("4930123456", Some(2), None, "11", "", MocBackHome, MocBackHome),
            ("4930123456", None, None, "11", "", MocBackHome, MocBackHome),
            ("33612345678", None, None, "11", "", MocLocal, MocLocal),
            ("", None, None, "10", "", MocLocal, MocLocal),
            ("", Some(2), None, "11", "", MocInternational, MocRow),
            ("3531234567", Some(2), Some(1), "11", "", MocInternational, MocEu),
            ("4712345678", Some(2), Some(1), "11", "", MocInternational, MocEea),
            ("12125551234", None, None, "11", "", MocInternational, MocRow),
            ("33899123456", Some(1), Some(4), "11", "", MocPremium, MocPremium),
            ("8816123456", Some(2), None, "11", "", MocSatellite, MocSatellite),
            (
                "80012345678",
                Some(2),
                None,
                "11",
                "",
                MocSpecialDestinations,
                MocSpecialDestinations,
            ),
            (
                "33612345678",
                Some(1),
                Some(1),
                "",
                "37",
                MocVideoTelephony,
                MocVideoTelephony,
            ),
            ("4930123456", None, None, "22", "", SmsMo, SmsMo),
        ];
        for (called, level_1, level_2, tele_service, bearer, single, european) in rows {
            let octets = call(called, *level_1, *level_2, tele_service, bearer);
            let event = Event::read(&octets, &Header::read(&octets).unwrap(), &tables).unwrap();
            for (zones, wanted) in [(Zones::Single, single), (Zones::European, european)] {
                let service = Classifier::new(b"FRAF1", b"DEUD1", zones).service(&event);
                assert_eq!(
                    service,
                    Some(*wanted),
                    "{called} {level_1:?} {level_2:?} {zones:?}"
                );
            }
        }
    }

    #[test]
    fn calls_between_networks_of_one_country_are_local() {
        let octets = call("4930123456", None, None, "11", "");
        let event = Event::read(&octets, &Header::read(&octets).unwrap(), &CodeTables::default()).unwrap();
        assert_eq!(
            Classifier::new(b"DEUD2", b"DEUD1", Zones::Single).service(&event),
            Some(Service::MocLocal)
        );
    }
}
