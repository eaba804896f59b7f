//! Countries: which one a network is in by its TADIG code, and which one a number belongs to.

use crate::events::Number;
use std::{cell::RefCell, collections::HashMap};

use Region::{Eea, Eu, World};

/// Where a country belongs for regulated calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Region {
    /// European Union.
    Eu,
    /// European Economic Area outside of the Union.
    Eea,
    /// Everywhere else.
    World,
}

/// A country: ISO 3166-1 code, calling code (with the first area code where several share one), region. Sorted by code.
#[rustfmt::skip]
const COUNTRIES: &[([u8; 3], u32, Region)] = &[
    (*b"ABW", 297, World), (*b"AFG", 93, World), (*b"AGO", 244, World), (*b"AIA", 1264, World),
    (*b"ALB", 355, World), (*b"AND", 376, World), (*b"ARE", 971, World), (*b"ARG", 54, World),
    (*b"ARM", 374, World), (*b"ASM", 1684, World), (*b"ATG", 1268, World), (*b"AUS", 61, World),
    (*b"AUT", 43, Eu), (*b"AZE", 994, World), (*b"BDI", 257, World), (*b"BEL", 32, Eu),
    (*b"BEN", 229, World), (*b"BES", 599, World), (*b"BFA", 226, World), (*b"BGD", 880, World),
    (*b"BGR", 359, Eu), (*b"BHR", 973, World), (*b"BHS", 1242, World), (*b"BIH", 387, World),
    (*b"BLM", 590, World), (*b"BLR", 375, World), (*b"BLZ", 501, World), (*b"BMU", 1441, World),
    (*b"BOL", 591, World), (*b"BRA", 55, World), (*b"BRB", 1246, World), (*b"BRN", 673, World),
    (*b"BTN", 975, World), (*b"BWA", 267, World), (*b"CAF", 236, World), (*b"CAN", 1, World),
    (*b"CHE", 41, World), (*b"CHL", 56, World), (*b"CHN", 86, World), (*b"CIV", 225, World),
    (*b"CMR", 237, World), (*b"COD", 243, World), (*b"COG", 242, World), (*b"COK", 682, World),
    (*b"COL", 57, World), (*b"COM", 269, World), (*b"CPV", 238, World), (*b"CRI", 506, World),
    (*b"CUB", 53, World), (*b"CUW", 599, World), (*b"CYM", 1345, World), (*b"CYP", 357, Eu),
    (*b"CZE", 420, Eu), (*b"DEU", 49, Eu), (*b"DJI", 253, World), (*b"DMA", 1767, World), (*b"DNK", 45, Eu),
    (*b"DOM", 1809, World), (*b"DZA", 213, World), (*b"ECU", 593, World), (*b"EGY", 20, World),
    (*b"ERI", 291, World), (*b"ESP", 34, Eu), (*b"EST", 372, Eu), (*b"ETH", 251, World), (*b"FIN", 358, Eu),
    (*b"FJI", 679, World), (*b"FLK", 500, World), (*b"FRA", 33, Eu), (*b"FRO", 298, World),
    (*b"FSM", 691, World), (*b"GAB", 241, World), (*b"GBR", 44, World), (*b"GEO", 995, World),
    (*b"GGY", 44, World), (*b"GHA", 233, World), (*b"GIB", 350, World), (*b"GIN", 224, World),
    (*b"GLP", 590, Eu), (*b"GMB", 220, World), (*b"GNB", 245, World), (*b"GNQ", 240, World),
    (*b"GRC", 30, Eu), (*b"GRD", 1473, World), (*b"GRL", 299, World), (*b"GTM", 502, World),
    (*b"GUF", 594, Eu), (*b"GUM", 1671, World), (*b"GUY", 592, World), (*b"HKG", 852, World),
    (*b"HND", 504, World), (*b"HRV", 385, Eu), (*b"HTI", 509, World), (*b"HUN", 36, Eu),
    (*b"IDN", 62, World), (*b"IMN", 44, World), (*b"IND", 91, World), (*b"IOT", 246, World),
    (*b"IRL", 353, Eu), (*b"IRN", 98, World), (*b"IRQ", 964, World), (*b"ISL", 354, Eea),
    (*b"ISR", 972, World), (*b"ITA", 39, Eu), (*b"JAM", 1876, World), (*b"JEY", 44, World),
    (*b"JOR", 962, World), (*b"JPN", 81, World), (*b"KAZ", 7, World), (*b"KEN", 254, World),
    (*b"KGZ", 996, World), (*b"KHM", 855, World), (*b"KIR", 686, World), (*b"KNA", 1869, World),
    (*b"KOR", 82, World), (*b"KWT", 965, World), (*b"LAO", 856, World), (*b"LBN", 961, World),
    (*b"LBR", 231, World), (*b"LBY", 218, World), (*b"LCA", 1758, World), (*b"LIE", 423, Eea),
    (*b"LKA", 94, World), (*b"LSO", 266, World), (*b"LTU", 370, Eu), (*b"LUX", 352, Eu), (*b"LVA", 371, Eu),
    (*b"MAC", 853, World), (*b"MAF", 590, Eu), (*b"MAR", 212, World), (*b"MCO", 377, World),
    (*b"MDA", 373, World), (*b"MDG", 261, World), (*b"MDV", 960, World), (*b"MEX", 52, World),
    (*b"MHL", 692, World), (*b"MKD", 389, World), (*b"MLI", 223, World), (*b"MLT", 356, Eu),
    (*b"MMR", 95, World), (*b"MNE", 382, World), (*b"MNG", 976, World), (*b"MNP", 1670, World),
    (*b"MOZ", 258, World), (*b"MRT", 222, World), (*b"MSR", 1664, World), (*b"MTQ", 596, Eu),
    (*b"MUS", 230, World), (*b"MWI", 265, World), (*b"MYS", 60, World), (*b"MYT", 262, World),
    (*b"NAM", 264, World), (*b"NCL", 687, World), (*b"NER", 227, World), (*b"NGA", 234, World),
    (*b"NIC", 505, World), (*b"NIU", 683, World), (*b"NLD", 31, Eu), (*b"NOR", 47, Eea),
    (*b"NPL", 977, World), (*b"NRU", 674, World), (*b"NZL", 64, World), (*b"OMN", 968, World),
    (*b"PAK", 92, World), (*b"PAN", 507, World), (*b"PER", 51, World), (*b"PHL", 63, World),
    (*b"PLW", 680, World), (*b"PNG", 675, World), (*b"POL", 48, Eu), (*b"PRI", 1787, World),
    (*b"PRK", 850, World), (*b"PRT", 351, Eu), (*b"PRY", 595, World), (*b"PSE", 970, World),
    (*b"PYF", 689, World), (*b"QAT", 974, World), (*b"REU", 262, Eu), (*b"ROU", 40, Eu),
    (*b"RUS", 7, World), (*b"RWA", 250, World), (*b"SAU", 966, World), (*b"SDN", 249, World),
    (*b"SEN", 221, World), (*b"SGP", 65, World), (*b"SHN", 290, World), (*b"SLB", 677, World),
    (*b"SLE", 232, World), (*b"SLV", 503, World), (*b"SMR", 378, World), (*b"SOM", 252, World),
    (*b"SPM", 508, World), (*b"SRB", 381, World), (*b"SSD", 211, World), (*b"STP", 239, World),
    (*b"SUR", 597, World), (*b"SVK", 421, Eu), (*b"SVN", 386, Eu), (*b"SWE", 46, Eu), (*b"SWZ", 268, World),
    (*b"SXM", 1721, World), (*b"SYC", 248, World), (*b"SYR", 963, World), (*b"TCA", 1649, World),
    (*b"TCD", 235, World), (*b"TGO", 228, World), (*b"THA", 66, World), (*b"TJK", 992, World),
    (*b"TKL", 690, World), (*b"TKM", 993, World), (*b"TLS", 670, World), (*b"TON", 676, World),
    (*b"TTO", 1868, World), (*b"TUN", 216, World), (*b"TUR", 90, World), (*b"TUV", 688, World),
    (*b"TWN", 886, World), (*b"TZA", 255, World), (*b"UGA", 256, World), (*b"UKR", 380, World),
    (*b"URY", 598, World), (*b"USA", 1, World), (*b"UZB", 998, World), (*b"VCT", 1784, World),
    (*b"VEN", 58, World), (*b"VGB", 1284, World), (*b"VIR", 1340, World), (*b"VNM", 84, World),
    (*b"VUT", 678, World), (*b"WLF", 681, World), (*b"WSM", 685, World), (*b"XKX", 383, World),
    (*b"YEM", 967, World), (*b"ZAF", 27, World), (*b"ZMB", 260, World), (*b"ZWE", 263, World),
];

/// What networks write in place of the ISO 3166-1 code of their country, with the countries that it may stand for.
///
/// Sources: ROM, YUG, SCG, ANT, ZAR, TMP and BUR are former codes (ISO 3166-3) that networks keep; that YUG is in use in
/// Serbia and in Montenegro, and K00 for Kosovo, is among the known issues of GSMA's TADIG code naming conventions, as
/// quoted at <https://en.wikipedia.org/wiki/TADIG_code>; UNK is what passports of the United Nations' mission in Kosovo have
/// (ICAO 9303); SUD is the code of Sudan in sports (IOC). What may stand for several countries stands for none alone.
const EXCEPTIONS: &[([u8; 3], &[[u8; 3]])] = &[
    (*b"ANT", &[*b"BES", *b"CUW", *b"SXM"]),
    (*b"BUR", &[*b"MMR"]),
    (*b"K00", &[*b"XKX"]),
    (*b"KOS", &[*b"XKX"]),
    (*b"ROM", &[*b"ROU"]),
    (*b"SCG", &[*b"MNE", *b"SRB"]),
    (*b"SUD", &[*b"SDN"]),
    (*b"TMP", &[*b"TLS"]),
    (*b"UNK", &[*b"XKX"]),
    (*b"YUG", &[*b"MNE", *b"SRB"]),
    (*b"ZAR", &[*b"COD"]),
];

/// Countries that share a calling code, with the names that the numbering plans have for them (ISO 3166-1 alpha-2).
#[rustfmt::skip]
const SHARED: &[([u8; 3], &str)] = &[
    (*b"AIA", "AI"), (*b"ASM", "AS"), (*b"ATG", "AG"), (*b"BHS", "BS"), (*b"BMU", "BM"), (*b"BRB", "BB"),
    (*b"CAN", "CA"), (*b"CYM", "KY"), (*b"DMA", "DM"), (*b"DOM", "DO"), (*b"GRD", "GD"), (*b"GUM", "GU"),
    (*b"JAM", "JM"), (*b"KNA", "KN"), (*b"LCA", "LC"), (*b"MNP", "MP"), (*b"MSR", "MS"), (*b"PRI", "PR"),
    (*b"SXM", "SX"), (*b"TCA", "TC"), (*b"TTO", "TT"), (*b"USA", "US"), (*b"VCT", "VC"), (*b"VGB", "VG"),
    (*b"VIR", "VI"), (*b"KAZ", "KZ"), (*b"RUS", "RU"), (*b"GBR", "GB"), (*b"GGY", "GG"), (*b"IMN", "IM"),
    (*b"JEY", "JE"), (*b"MYT", "YT"), (*b"REU", "RE"), (*b"BLM", "BL"), (*b"GLP", "GP"), (*b"MAF", "MF"),
    (*b"BES", "BQ"), (*b"CUW", "CW"),
];

/// The calling codes that several countries share.
const SHARED_CODES: [u32; 6] = [1, 7, 44, 262, 590, 599];

/// A country, by its place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Country(u16);

impl Country {
    fn of(code: [u8; 3]) -> Option<Self> {
        let place = COUNTRIES.binary_search_by_key(&code, |row| row.0).ok()?;
        u16::try_from(place).ok().map(Self)
    }

    fn row(self) -> &'static ([u8; 3], u32, Region) {
        &COUNTRIES[usize::from(self.0)]
    }

    /// The calling code, without an area.
    fn calling_code(self) -> u32 {
        match self.row().1 {
            1_000..=1_999 => 1,
            code => code,
        }
    }

    pub(crate) fn region(self) -> Region {
        self.row().2
    }
}

/// Whether something holds, as far as it can be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    Yes,
    No,
    Unsure,
}

/// Where a network is: in one country, or in one of several.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Place {
    countries: [Option<Country>; 3],
}

impl Place {
    /// By a network's TADIG code.
    pub(crate) fn of(tadig: &[u8]) -> Self {
        let mut place = Self::default();
        let Some(code) = tadig.get(..3).and_then(|code| <[u8; 3]>::try_from(code).ok()) else {
            return place;
        };
        let exception = EXCEPTIONS.iter().find(|row| row.0 == code);
        let codes = exception.map_or(std::slice::from_ref(&code), |row| row.1);
        for (country, code) in place.countries.iter_mut().zip(codes) {
            *country = Country::of(*code);
        }
        place
    }

    fn countries(&self) -> impl Iterator<Item = Country> + '_ {
        self.countries.iter().flatten().copied()
    }

    /// The country, where there is one.
    pub(crate) fn country(&self) -> Option<Country> {
        match self.countries {
            [country, None, _] => country,
            _ => None,
        }
    }

    /// Whether two networks are in the same country.
    pub(crate) fn is(&self, other: &Self) -> Told {
        match (self.country(), other.country()) {
            (Some(one), Some(other)) if one == other => Told::Yes,
            (Some(_), Some(_)) => Told::No,
            _ if self.countries[0].is_none() || other.countries[0].is_none() => Told::Unsure,
            _ if self
                .countries()
                .any(|one| other.countries().any(|other| one == other)) =>
            {
                Told::Unsure
            }
            _ => Told::No,
        }
    }

    /// Whether a number belongs to the network's country.
    #[inline]
    pub(crate) fn holds(&self, number: Number<'_>, digits: (u32, u32)) -> Told {
        if self.countries[0].is_none() {
            return Told::Unsure;
        }
        let mut told = Told::No;
        for country in self.countries() {
            let code = country.calling_code();
            if !begins(digits, code) {
                continue;
            }
            let yes = if SHARED_CODES.contains(&code) {
                match territory(number, digits) {
                    Some(found) if found == country => true,
                    Some(_) => continue,
                    None => false,
                }
            } else {
                true
            };
            told = match self.country() {
                Some(_) if yes => Told::Yes,
                _ => Told::Unsure,
            };
        }
        told
    }
}

/// Whether a number, given as its first digits and their count, begins with a code.
#[inline]
pub(crate) fn begins((number, count): (u32, u32), code: u32) -> bool {
    let digits = code.checked_ilog10().unwrap_or(0) + 1;
    count >= digits && number / 10u32.pow(count - digits) == code
}

/// The country that a number belongs to; `None` where it cannot be told.
pub(crate) fn country_called(number: Number<'_>, digits: (u32, u32)) -> Option<Country> {
    let (leading, count) = digits;
    if SHARED_CODES.iter().any(|code| begins(digits, *code)) {
        return territory(number, digits);
    }
    (1..=count.min(3)).find_map(|length| {
        let code = leading / 10u32.pow(count - length);
        let place = COUNTRIES.iter().position(|row| row.1 == code)?;
        u16::try_from(place).ok().map(Country)
    })
}

/// Numbers that are remembered by each thread, at most.
const REMEMBERED: usize = 50_000;

thread_local! {
    /// Countries by the first digits of numbers under a shared calling code.
    static TERRITORIES: RefCell<HashMap<u32, Option<Country>>> = RefCell::default();
}

/// The country of a number under a shared calling code, by its national part.
fn territory(number: Number<'_>, (leading, count): (u32, u32)) -> Option<Country> {
    // In North America the area decides; elsewhere some digits more than are known here do.
    let by_area = begins((leading, count), 1) && count >= 4;
    let key = if by_area {
        leading / 10u32.pow(count - 4)
    } else {
        leading
    };
    TERRITORIES.with_borrow_mut(|known| {
        if let Some(country) = known.get(&key) {
            return *country;
        }
        let text = match by_area {
            true => format!("+{key}2345678"),
            false => format!("+{}", number.digits()),
        };
        let country = by_plan(&text);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key, country);
        country
    })
}

/// The country of a number by the numbering plans.
fn by_plan(text: &str) -> Option<Country> {
    let id = phonenumber::parse(None, text).ok()?.country().id()?;
    let row = SHARED.iter().find(|row| id.as_ref() == row.1)?;
    Country::of(row.0)
}

/// Calling code and region of the country of a TADIG code; `None` where it is not known, or not the only one.
pub fn country(tadig: &[u8]) -> Option<(u32, Region)> {
    let row = Place::of(tadig).country()?.row();
    Some((row.1, row.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(tadig: &str) -> Place {
        Place::of(tadig.as_bytes())
    }

    fn holds(tadig: &str, number: &str) -> Told {
        let number = Number::Text(number.as_bytes());
        place(tadig).holds(number, number.leading_digits())
    }

    #[test]
    fn country_should_be_found_when_its_table_is_sorted() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(country(b"DEUD1"), Some((49, Eu)));
        assert_eq!(country(b"NOR01"), Some((47, Eea)));
        assert_eq!(country(b"GBRVF"), Some((44, World)));
        assert_eq!(country(b"XXX01"), None);
        for (code, others) in EXCEPTIONS {
            assert!(
                Country::of(*code).is_none(),
                "a code of ISO 3166-1 is not an exception"
            );
            assert!(others.iter().all(|other| Country::of(*other).is_some()));
        }
        for (code, name) in SHARED {
            let country = Country::of(*code).unwrap();
            assert!(SHARED_CODES.contains(&country.calling_code()), "{name}");
        }
        for row in COUNTRIES {
            let country = Country::of(row.0).unwrap();
            let shared = SHARED_CODES.contains(&country.calling_code());
            assert_eq!(shared, SHARED.iter().any(|other| other.0 == row.0), "{row:?}");
        }
    }

    #[test]
    fn networks_should_be_found_when_their_code_is_not_that_of_iso() {
        assert_eq!(country(b"ROMMR"), Some((40, Eu)));
        assert_eq!(country(b"SUDMO"), Some((249, World)));
        assert_eq!(country(b"K0001"), Some((383, World)));
        assert_eq!(country(b"YUG01"), None, "Serbia or Montenegro");
        assert_eq!(holds("YUG01", "381601234567"), Told::Unsure);
        assert_eq!(holds("YUG01", "49301234567"), Told::No);
        assert_eq!(holds("ANTCT", "59995101234"), Told::Unsure);
        assert_eq!(holds("ANTCT", "17215201234"), Told::Unsure);
        assert_eq!(place("YUG01").is(&place("SRBNO")), Told::Unsure);
        assert_eq!(place("YUG01").is(&place("DEUD1")), Told::No);
        assert_eq!(place("ROMMR").is(&place("ROU01")), Told::Yes);
        assert_eq!(place("XXX01").is(&place("DEUD1")), Told::Unsure);
    }

    /// Numbers by the plans of the countries: area codes and mobile prefixes as published.
    #[test]
    fn countries_should_be_told_apart_by_the_national_part_when_they_share_a_calling_code() {
        for (number, its, others) in [
            ("77010000001", "KAZ7A", "RUS01"),
            ("74950000001", "RUS01", "KAZ7A"),
            ("12125551234", "USACG", "CANRW"),
            ("14165551234", "CANRW", "USACG"),
            ("18095551234", "DOM01", "USACG"),
            ("18495551234", "DOM01", "PRICL"),
            ("19395551234", "PRICL", "USACG"),
            ("16585551234", "JAMDC", "USACG"),
            ("447400123456", "GBRVF", "GGY01"),
            ("447781123456", "GGY01", "GBRVF"),
            ("262692123456", "REU01", "MYT01"),
            ("262639012345", "MYT01", "REU01"),
            ("59995101234", "CUW01", "BES01"),
            ("5997181234", "BES01", "CUW01"),
        ] {
            assert_eq!(holds(its, number), Told::Yes, "{number} {its}");
            assert_eq!(holds(others, number), Told::No, "{number} {others}");
        }
        assert_eq!(holds("RUS01", "7"), Told::Unsure, "cannot be told");
        let called = |text: &str| {
            let number = Number::Text(text.as_bytes());
            country_called(number, number.leading_digits()).map(Country::region)
        };
        assert_eq!(called("353861234567"), Some(Eu));
        assert_eq!(called("262692123456"), Some(Eu));
        assert_eq!(called("999010000001"), None);
    }
}
