//! Countries: which one a network is in by its TADIG code, and which one a number belongs to.

mod premium;

use crate::events::Number;
use phonenumber::metadata::{Descriptor, Metadata, DATABASE};
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
    (*b"MUS", 230, World), (*b"MWI", 265, World), (*b"MYS", 60, World), (*b"MYT", 262, Eu),
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
    pub(crate) fn calling_code(self) -> u32 {
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

    /// How premium-rate numbers of the country begin behind its calling code.
    pub(crate) fn premium_numbers(&self) -> &'static [u8] {
        self.country()
            .map(|country| premium::beginnings(country.calling_code()))
            .unwrap_or_default()
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

    /// Whether a number belongs to the network's country. Short codes that begin as its numbers do may be anything.
    #[inline]
    pub(crate) fn holds(&self, called: Called<'_>) -> Told {
        if self.countries[0].is_none() {
            return Told::Unsure;
        }
        let Called { number, digits, .. } = called;
        let mut told = Told::No;
        for country in self.countries() {
            let code = country.calling_code();
            if !begins(digits, code) {
                continue;
            }
            if !called.fits(code) {
                told = Told::Unsure;
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
fn begins((number, count): (u32, u32), code: u32) -> bool {
    let digits = length_of(code);
    count >= digits && number / 10u32.pow(count - digits) == code
}

/// A number that was called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    number: Number<'a>,
    /// Its first digits, with their count.
    digits: (u32, u32),
    /// Whether the record says that the call went abroad: then the number is an international one.
    international: bool,
}

impl<'a> Called<'a> {
    /// `None` where there are no digits.
    #[inline]
    pub(crate) fn new(number: Number<'a>, international: bool) -> Option<Self> {
        let digits = number.leading_digits();
        (digits.1 > 0).then_some(Self {
            number,
            digits,
            international,
        })
    }

    /// Whether the number begins with a 0, as none does that has a calling code.
    #[inline]
    pub(crate) fn is_dialled(self) -> bool {
        let (leading, count) = self.digits;
        leading < 10u32.pow(count - 1)
    }

    /// Whether the number begins with a code.
    #[inline]
    pub(crate) fn begins(self, code: u32) -> bool {
        begins(self.digits, code)
    }

    /// Whether the number begins with the code of a service that no country has, and is one of it: what is not said to be
    /// international may be a short code, or a national number.
    #[inline]
    pub(crate) fn is_of(self, code: u32) -> bool {
        self.begins(code) && (self.international || self.fits(code))
    }

    /// Whether the digits may be a number as it is dialled within a country, by their count. Eleven and more have a calling code in
    /// front in most cases: where the plan has numbers that are as long, and are dialled without a prefix, they must be one of them.
    pub(crate) fn may_be_national(self, country: Country) -> bool {
        let code = country.calling_code();
        self.number.length().is_none_or(|count| {
            has_length(code, count)
                && (count < 11 || is_long_and_national(self.number, self.digits.0, code, count))
        })
    }

    /// Whether the number may be of another place than the country that has its calling code.
    pub(crate) fn may_be_elsewhere(self) -> bool {
        ELSEWHERE.iter().any(|code| self.begins(*code))
    }

    /// Whether the number is a premium-rate one by the plan of a calling code with which it begins.
    #[inline]
    pub(crate) fn is_premium(self, code: u32, beginnings: &[u8]) -> bool {
        let (leading, count) = self.digits;
        count.checked_sub(length_of(code) + 2).is_some_and(|behind| {
            let first = leading / 10u32.pow(behind) % 100;
            beginnings.iter().any(|beginning| u32::from(*beginning) == first)
        }) && self.is_premium_in_plan(code)
    }

    fn is_premium_in_plan(self, code: u32) -> bool {
        self.length_behind(code).is_some_and(|national| {
            planned((self.digits.0, code, national, Asked::Premium), |plan| {
                let premium = plan.descriptors().premium_rate();
                premium.is_some_and(|kind| is_behind(self.number, code, kind))
            })
        })
    }

    /// Digits behind a calling code, where their count is known.
    #[inline]
    fn length_behind(self, code: u32) -> Option<u32> {
        self.number.length()?.checked_sub(length_of(code))
    }

    /// Whether what stands behind a calling code is a number of its plan: by its length, and where the call may have been
    /// a national one, by all that the plan says.
    fn fits(self, code: u32) -> bool {
        self.length_behind(code).is_some_and(|national| {
            has_length(code, national)
                && (self.international || in_plan(self.number, self.digits.0, code, national))
        })
    }

    /// The country that the number belongs to; `None` where it cannot be told.
    pub(crate) fn country(self) -> Option<Country> {
        let (leading, count) = self.digits;
        if let Some(code) = SHARED_CODES.into_iter().find(|code| self.begins(*code)) {
            return territory(self.number, self.digits).filter(|_| self.fits(code));
        }
        // No calling code begins with 0: what does was dialled within a country.
        (1..=count.min(3))
            .map(|length| leading / 10u32.pow(count - length))
            .filter(|code| self.begins(*code))
            .find_map(|code| {
                let place = COUNTRIES.iter().position(|row| row.1 == code)?;
                u16::try_from(place).ok().map(Country).filter(|_| self.fits(code))
            })
    }
}

/// Digits of a calling code.
fn length_of(code: u32) -> u32 {
    code.checked_ilog10().unwrap_or(0) + 1
}

/// Lengths that numbers may have behind each calling code: bit n stands for n digits. To take them from the plans, which a test
/// compares them with, would take longer than to read a hundred thousand records.
const LENGTHS: [u32; 1_000] = {
    let mut lengths = [0; 1_000];
    let mut row = 0;
    while row < LENGTHS_BEHIND.len() {
        lengths[LENGTHS_BEHIND[row].0] = LENGTHS_BEHIND[row].1;
        row += 1;
    }
    lengths
};

/// Whether numbers may have so many digits behind a calling code.
#[inline]
fn has_length(code: u32, digits: u32) -> bool {
    let lengths = LENGTHS.get(code as usize).copied().unwrap_or(0);
    digits < 32 && lengths >> digits & 1 == 1
}

#[rustfmt::skip]
const LENGTHS_BEHIND: &[(usize, u32)] = &[
    (1, 0x480), (7, 0x4400), (20, 0x700), (27, 0x7e0), (30, 0x1c00), (31, 0xfe0), (32, 0x300), (33, 0x200),
    (34, 0x200), (36, 0x300), (39, 0x1fc0), (40, 0x240), (41, 0x1200), (43, 0x3ff0), (44, 0x680), (45, 0x100),
    (46, 0x17c0), (47, 0x120), (48, 0x7c0), (49, 0xfff0), (51, 0x300), (52, 0x400), (53, 0x5c0), (54, 0xc00),
    (55, 0xf00), (56, 0xe00), (57, 0xd00), (58, 0x400), (60, 0x700), (61, 0x17e0), (62, 0x3ff80), (63, 0x3f40),
    (64, 0x7e0), (65, 0xd00), (66, 0x2700), (81, 0x3ff00), (82, 0x7f60), (84, 0x780), (86, 0x1f80), (90, 0x3480),
    (91, 0x3f00), (92, 0x1f00), (93, 0x200), (94, 0x200), (95, 0x7c0), (98, 0x4f0), (211, 0x200), (212, 0x200),
    (213, 0x300), (216, 0x100), (218, 0x200), (220, 0x80), (221, 0x200), (222, 0x100), (223, 0x100), (224, 0x300),
    (225, 0x400), (226, 0x100), (227, 0x100), (228, 0x100), (229, 0x500), (230, 0x580), (231, 0x380), (232, 0x100),
    (233, 0x300), (234, 0x7c00), (235, 0x100), (236, 0x100), (237, 0x300), (238, 0x80), (239, 0x80), (240, 0x200),
    (241, 0x180), (242, 0x200), (243, 0x780), (244, 0x200), (245, 0x280), (246, 0x80), (247, 0x60), (248, 0x80),
    (249, 0x200), (250, 0x300), (251, 0x200), (252, 0x3c0), (253, 0x100), (254, 0x780), (255, 0x200), (256, 0x200),
    (257, 0x100), (258, 0x300), (260, 0x200), (261, 0x200), (262, 0x200), (263, 0x7e0), (264, 0x300), (265, 0x280),
    (266, 0x100), (267, 0x580), (268, 0x300), (269, 0x80), (290, 0x30), (291, 0x80), (297, 0x80), (298, 0x40),
    (299, 0x40), (350, 0x100), (351, 0x200), (352, 0xff0), (353, 0x780), (354, 0x280), (355, 0x3c0), (356, 0x100),
    (357, 0x100), (358, 0x1fe0), (359, 0x13c0), (370, 0x100), (371, 0x100), (372, 0x580), (373, 0x100), (374, 0x100),
    (375, 0xfc0), (376, 0x340), (377, 0x300), (378, 0x500), (380, 0x600), (381, 0x1fc0), (382, 0x300), (383, 0x1f00),
    (385, 0x380), (386, 0x1e0), (387, 0x300), (389, 0x100), (420, 0x1e00), (421, 0x2c0), (423, 0x280), (500, 0x20),
    (501, 0x880), (502, 0x900), (503, 0x980), (504, 0x900), (505, 0x100), (506, 0x500), (507, 0xd80), (508, 0x240),
    (509, 0x100), (590, 0x200), (591, 0x300), (592, 0x80), (593, 0xf00), (594, 0x200), (595, 0xfc0), (596, 0x200),
    (597, 0xc0), (598, 0x3ff0), (599, 0x180), (670, 0x180), (672, 0x40), (673, 0x80), (674, 0x80), (675, 0x180),
    (676, 0xa0), (677, 0xa0), (678, 0xa0), (679, 0x880), (680, 0x80), (681, 0x240), (682, 0x20), (683, 0x90),
    (685, 0x4e0), (686, 0x120), (687, 0x40), (688, 0xe0), (689, 0x340), (690, 0xf0), (691, 0x80), (692, 0x80),
    (800, 0x100), (808, 0x100), (850, 0x500), (852, 0xbe0), (853, 0x180), (855, 0x700), (856, 0x700), (870, 0x1200),
    (878, 0x1000), (880, 0x7c0), (881, 0x600), (882, 0x1f80), (883, 0x1f00), (886, 0xf80), (888, 0x800), (960, 0x480),
    (961, 0x180), (962, 0x300), (963, 0x300), (964, 0x700), (965, 0x180), (966, 0x600), (967, 0x380), (968, 0x380),
    (970, 0x700), (971, 0x1fe0), (972, 0x1f80), (973, 0x100), (974, 0xb80), (975, 0x180), (976, 0x700), (977, 0xd00),
    (979, 0x200), (992, 0x200), (993, 0x100), (994, 0x200), (995, 0x200), (996, 0x600), (998, 0x200),
];

/// Numbers of other places that are called by the code of a country: those of Palestine by Israel's, of its mobile networks and,
/// in four areas, its fixed line; those of Northern Cyprus by Turkey's. Networks charge them as the country that they are in.
const ELSEWHERE: [u32; 7] = [97_222, 97_242, 97_256, 97_259, 97_282, 97_292, 90_392];

/// The codes of countries whose plan has a prefix for calls within the country, in front of fixed-line numbers only: mobile numbers, of
/// eleven digits, are dialled as they are.
const MOBILES_AS_THEY_ARE: [u32; 2] = [55, 86];

/// What a plan is asked about digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Asked {
    /// Whether they are a number of it behind its calling code.
    Behind,
    /// Whether they are one as it is dialled within its country.
    Dialled,
    /// Whether they are a premium-rate one behind its calling code.
    Premium,
}

/// The first digits, the calling code, the length (of [`Asked::Dialled`] with it), and what is asked.
type Question = (u32, u32, u32, Asked);

thread_local! {
    /// What the plans of calling codes have answered.
    static PLANNED: RefCell<HashMap<Question, bool>> = RefCell::default();
}

/// Whether the digits behind a calling code are a number of its plan. The first digits and the length decide that.
fn in_plan(number: Number<'_>, leading: u32, code: u32, national: u32) -> bool {
    planned((leading, code, national, Asked::Behind), |plan| {
        is_behind(number, code, plan.descriptors().general())
    })
}

/// Whether the digits behind a calling code are of a kind.
fn is_behind(number: Number<'_>, code: u32, kind: &Descriptor) -> bool {
    let digits = number.digits();
    kind.is_match(digits.get(length_of(code) as usize..).unwrap_or_default())
}

/// Whether digits, of which there are eleven or more, are a number of a plan as it is dialled within its country.
fn is_long_and_national(number: Number<'_>, leading: u32, code: u32, count: u32) -> bool {
    planned((leading, code, count, Asked::Dialled), |plan| {
        let digits = number.digits();
        let is = |kind: Option<&Descriptor>| kind.is_some_and(|kind| kind.is_match(&digits));
        let kinds = plan.descriptors();
        is(kinds.toll_free())
            || MOBILES_AS_THEY_ARE.contains(&code) && is(kinds.mobile())
            || plan.national_prefix().is_none() && kinds_of(plan).into_iter().any(is)
    })
}

/// The kinds of numbers in a plan.
fn kinds_of(plan: &Metadata) -> [Option<&Descriptor>; 10] {
    let kinds = plan.descriptors();
    [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
        kinds.voicemail(),
    ]
}

/// Whether something holds by any plan of a calling code, which is looked up once.
fn planned(key: Question, holds: impl Fn(&Metadata) -> bool) -> bool {
    PLANNED.with_borrow_mut(|known| {
        if let Some(planned) = known.get(&key) {
            return *planned;
        }
        let plans = u16::try_from(key.1)
            .ok()
            .and_then(|code| DATABASE.by_code(&code))
            .unwrap_or_default();
        let planned = plans.into_iter().any(holds);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key, planned);
        planned
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

/// How numbers of the country of a TADIG code begin, and how many digits come behind: its calling code and nine digits, where these are
/// of no other country, or else all but the last four digits of a mobile number, or of another one where mobile numbers do not tell
/// their country. `None` where the country is not known, or not the only one.
pub fn numbers(tadig: &[u8]) -> Option<(String, usize)> {
    let place = Place::of(tadig);
    let (name, first, _) = place.country()?.row();
    let code = place.country()?.calling_code();
    if has_length(code, 9) && !SHARED_CODES.contains(&code) {
        return Some((first.to_string(), 9));
    }
    let plan = match SHARED.iter().find(|row| row.0 == *name) {
        Some((_, id)) => DATABASE.by_id(*id)?,
        None => DATABASE.by_code(&u16::try_from(code).ok()?)?.into_iter().next()?,
    };
    let kinds = plan.descriptors();
    let numbers = [kinds.mobile(), kinds.fixed_line()].into_iter().flatten();
    let mut numbers = numbers.filter_map(|kind| Some(format!("{code}{}", kind.example()?)));
    let number = numbers.find(|number| {
        let called = Called::new(Number::Text(number.as_bytes()), true);
        called.is_some_and(|called| place.holds(called) == Told::Yes)
    })?;
    Some((number.get(..number.len().checked_sub(4)?)?.to_string(), 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(tadig: &str) -> Place {
        Place::of(tadig.as_bytes())
    }

    fn called(number: &str) -> Option<Called<'_>> {
        Called::new(Number::Text(number.as_bytes()), false)
    }

    fn holds(tadig: &str, number: &str) -> Told {
        place(tadig).holds(called(number).unwrap())
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
        let region = |text: &str| called(text).unwrap().country().map(Country::region);
        assert_eq!(region("353861234567"), Some(Eu));
        assert_eq!(region("262692123456"), Some(Eu));
        assert_eq!(region("999010000001"), None);
    }

    #[test]
    fn numbers_should_be_those_of_their_country_when_its_code_is_shared_or_its_numbers_are_short() {
        for (network, nine) in [
            ("DEUD1", true),
            ("FRAF1", true),
            ("GBRVF", false),
            ("JEY01", false),
            ("IMN01", false),
            ("GGY01", false),
            ("USACG", false),
            ("CANRW", false),
            ("KAZ7A", false),
            ("RUS01", false),
            ("NORTM", false),
            ("AIA01", false),
        ] {
            let (beginning, rest) = numbers(network.as_bytes()).unwrap();
            assert_eq!(rest == 9, nine, "{network}");
            for last in ["6000000000", "0123456789", "9999999999"] {
                let number = format!("{beginning}{}", &last[..rest]);
                let called = Called::new(Number::Text(number.as_bytes()), true).unwrap();
                assert_eq!(place(network).holds(called), Told::Yes, "{network} {number}");
            }
        }
        assert_eq!(numbers(b"XXX01"), None);
        assert_eq!(numbers(b"YUG01"), None);
    }

    /// Numbers as a French subscriber dials them, and short codes: none is a number of the country whose code it begins with.
    #[test]
    fn numbers_should_belong_to_no_country_when_they_are_national_or_short() {
        for number in [
            "0612345678",
            "0301234567",
            "0033612345678",
            "00493012345",
            "01149301234567",
            "010012345",
            "612345678",
            "22100",
            "3311",
            "3101",
            "4930",
            "49100",
            "8100",
            "1800123",
            "12",
            "1125",
        ] {
            assert!(called(number).unwrap().country().is_none(), "{number}");
            for network in ["FRAF1", "DEUD1", "NLDPN", "AUSTA", "USACG", "JPNDO"] {
                assert_ne!(holds(network, number), Told::Yes, "{number} {network}");
            }
        }
        // What is said to be international is measured by its length.
        let short = Called::new(Number::Bcd(&[0x49, 0x30]), true).unwrap();
        assert_eq!(place("DEUD1").holds(short), Told::Unsure);
        let whole = Called::new(Number::Bcd(&[0x49, 0x30, 0x12, 0x34, 0x56, 0x7f]), true).unwrap();
        assert_eq!(place("DEUD1").holds(whole), Told::Yes);
    }

    #[test]
    fn long_digits_should_be_national_when_the_plan_has_such_a_number_without_a_prefix() {
        let may_be = |digits: &str, visited: &str| {
            let country = place(visited).country().unwrap();
            called(digits).unwrap().may_be_national(country)
        };
        for (digits, visited, wanted) in [
            // A mobile number of China, and one that would be in Maryland.
            ("13012345678", "CHNCT", true),
            ("12125551234", "CHNCT", false),
            ("13012345678", "DEUD1", false),
            // A mobile number of the area of Uberlandia, and two digits that no such number has behind them.
            ("34998765432", "BRACS", true),
            ("34612345678", "BRACS", false),
            // Freephone, with a prefix for other calls and without one.
            ("18001234567", "PHLGT", true),
            ("18011234567", "PHLGT", false),
            ("18001234567", "SGPST", true),
            ("18001234567", "FRAF1", false),
            // Whatever the plan has where nobody dials a prefix, and nothing else.
            ("19001234567", "SGPST", true),
            ("12125551234", "SGPST", false),
        ] {
            assert_eq!(may_be(digits, visited), wanted, "{digits} {visited}");
        }
    }

    fn lengths_behind(code: u16) -> u32 {
        let plans = DATABASE.by_code(&code).unwrap_or_default();
        let mut bits = 0;
        for plan in &plans {
            // The lengths stand with the kinds of numbers.
            let lengths = kinds_of(plan)
                .into_iter()
                .flatten()
                .flat_map(|kind| kind.possible_length());
            for length in lengths.filter(|length| **length < 32) {
                bits |= 1u32 << *length;
            }
        }
        bits
    }

    #[test]
    fn lengths_should_be_those_of_the_plans() {
        let plans = (1..1_000).map(|code| (code, lengths_behind(code)));
        let plans: Vec<_> = plans
            .filter(|(_, lengths)| *lengths > 0)
            .map(|(code, lengths)| (usize::from(code), lengths))
            .collect();
        assert_eq!(LENGTHS_BEHIND, plans, "{}", rows(&plans));
    }

    /// As they stand in the table.
    fn rows(plans: &[(usize, u32)]) -> String {
        let row = |(code, lengths): &(usize, u32)| format!("({code}, {lengths:#x}),");
        let lines = plans.chunks(8);
        lines
            .map(|plans| format!("    {}\n", plans.iter().map(row).collect::<Vec<_>>().join(" ")))
            .collect()
    }
}
