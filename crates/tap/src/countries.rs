//! Countries by the first three characters of a TADIG code: calling code and European region.

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

/// A country: code as in TADIG codes, calling code, region. Sorted by code.
///
/// Countries with a common calling code (such as 1 and 7) cannot be told apart by a called number alone.
#[rustfmt::skip]
const COUNTRIES: &[([u8; 3], u32, Region)] = &[
    (*b"ABW", 297, World), (*b"AFG", 93, World), (*b"AGO", 244, World), (*b"AIA", 1264, World),
    (*b"ALB", 355, World), (*b"AND", 376, World), (*b"ARE", 971, World), (*b"ARG", 54, World),
    (*b"ARM", 374, World), (*b"ASM", 1684, World), (*b"ATG", 1268, World), (*b"AUS", 61, World),
    (*b"AUT", 43, Eu), (*b"AZE", 994, World), (*b"BDI", 257, World), (*b"BEL", 32, Eu),
    (*b"BEN", 229, World), (*b"BFA", 226, World), (*b"BGD", 880, World), (*b"BGR", 359, Eu),
    (*b"BHR", 973, World), (*b"BHS", 1242, World), (*b"BIH", 387, World), (*b"BLR", 375, World),
    (*b"BLZ", 501, World), (*b"BMU", 1441, World), (*b"BOL", 591, World), (*b"BRA", 55, World),
    (*b"BRB", 1246, World), (*b"BRN", 673, World), (*b"BTN", 975, World), (*b"BWA", 267, World),
    (*b"CAF", 236, World), (*b"CAN", 1, World), (*b"CHE", 41, World), (*b"CHL", 56, World),
    (*b"CHN", 86, World), (*b"CIV", 225, World), (*b"CMR", 237, World), (*b"COD", 243, World),
    (*b"COG", 242, World), (*b"COK", 682, World), (*b"COL", 57, World), (*b"COM", 269, World),
    (*b"CPV", 238, World), (*b"CRI", 506, World), (*b"CUB", 53, World), (*b"CUW", 599, World),
    (*b"CYM", 1345, World), (*b"CYP", 357, Eu), (*b"CZE", 420, Eu), (*b"DEU", 49, Eu),
    (*b"DJI", 253, World), (*b"DMA", 1767, World), (*b"DNK", 45, Eu), (*b"DOM", 1809, World),
    (*b"DZA", 213, World), (*b"ECU", 593, World), (*b"EGY", 20, World), (*b"ERI", 291, World),
    (*b"ESP", 34, Eu), (*b"EST", 372, Eu), (*b"ETH", 251, World), (*b"FIN", 358, Eu), (*b"FJI", 679, World),
    (*b"FLK", 500, World), (*b"FRA", 33, Eu), (*b"FRO", 298, World), (*b"FSM", 691, World),
    (*b"GAB", 241, World), (*b"GBR", 44, World), (*b"GEO", 995, World), (*b"GHA", 233, World),
    (*b"GIB", 350, World), (*b"GIN", 224, World), (*b"GLP", 590, Eu), (*b"GMB", 220, World),
    (*b"GNB", 245, World), (*b"GNQ", 240, World), (*b"GRC", 30, Eu), (*b"GRD", 1473, World),
    (*b"GRL", 299, World), (*b"GTM", 502, World), (*b"GUF", 594, Eu), (*b"GUM", 1671, World),
    (*b"GUY", 592, World), (*b"HKG", 852, World), (*b"HND", 504, World), (*b"HRV", 385, Eu),
    (*b"HTI", 509, World), (*b"HUN", 36, Eu), (*b"IDN", 62, World), (*b"IND", 91, World),
    (*b"IRL", 353, Eu), (*b"IRN", 98, World), (*b"IRQ", 964, World), (*b"ISL", 354, Eea),
    (*b"ISR", 972, World), (*b"ITA", 39, Eu), (*b"JAM", 1876, World), (*b"JOR", 962, World),
    (*b"JPN", 81, World), (*b"KAZ", 7, World), (*b"KEN", 254, World), (*b"KGZ", 996, World),
    (*b"KHM", 855, World), (*b"KIR", 686, World), (*b"KNA", 1869, World), (*b"KOR", 82, World),
    (*b"KWT", 965, World), (*b"LAO", 856, World), (*b"LBN", 961, World), (*b"LBR", 231, World),
    (*b"LBY", 218, World), (*b"LCA", 1758, World), (*b"LIE", 423, Eea), (*b"LKA", 94, World),
    (*b"LSO", 266, World), (*b"LTU", 370, Eu), (*b"LUX", 352, Eu), (*b"LVA", 371, Eu),
    (*b"MAC", 853, World), (*b"MAR", 212, World), (*b"MCO", 377, World), (*b"MDA", 373, World),
    (*b"MDG", 261, World), (*b"MDV", 960, World), (*b"MEX", 52, World), (*b"MHL", 692, World),
    (*b"MKD", 389, World), (*b"MLI", 223, World), (*b"MLT", 356, Eu), (*b"MMR", 95, World),
    (*b"MNE", 382, World), (*b"MNG", 976, World), (*b"MOZ", 258, World), (*b"MRT", 222, World),
    (*b"MSR", 1664, World), (*b"MTQ", 596, Eu), (*b"MUS", 230, World), (*b"MWI", 265, World),
    (*b"MYS", 60, World), (*b"MYT", 262, World), (*b"NAM", 264, World), (*b"NCL", 687, World),
    (*b"NER", 227, World), (*b"NGA", 234, World), (*b"NIC", 505, World), (*b"NIU", 683, World),
    (*b"NLD", 31, Eu), (*b"NOR", 47, Eea), (*b"NPL", 977, World), (*b"NRU", 674, World),
    (*b"NZL", 64, World), (*b"OMN", 968, World), (*b"PAK", 92, World), (*b"PAN", 507, World),
    (*b"PER", 51, World), (*b"PHL", 63, World), (*b"PLW", 680, World), (*b"PNG", 675, World),
    (*b"POL", 48, Eu), (*b"PRI", 1787, World), (*b"PRK", 850, World), (*b"PRT", 351, Eu),
    (*b"PRY", 595, World), (*b"PSE", 970, World), (*b"PYF", 689, World), (*b"QAT", 974, World),
    (*b"REU", 262, Eu), (*b"ROU", 40, Eu), (*b"RUS", 7, World), (*b"RWA", 250, World),
    (*b"SAU", 966, World), (*b"SDN", 249, World), (*b"SEN", 221, World), (*b"SGP", 65, World),
    (*b"SLB", 677, World), (*b"SLE", 232, World), (*b"SLV", 503, World), (*b"SMR", 378, World),
    (*b"SOM", 252, World), (*b"SRB", 381, World), (*b"SSD", 211, World), (*b"STP", 239, World),
    (*b"SUR", 597, World), (*b"SVK", 421, Eu), (*b"SVN", 386, Eu), (*b"SWE", 46, Eu), (*b"SWZ", 268, World),
    (*b"SYC", 248, World), (*b"SYR", 963, World), (*b"TCA", 1649, World), (*b"TCD", 235, World),
    (*b"TGO", 228, World), (*b"THA", 66, World), (*b"TJK", 992, World), (*b"TKM", 993, World),
    (*b"TLS", 670, World), (*b"TON", 676, World), (*b"TTO", 1868, World), (*b"TUN", 216, World),
    (*b"TUR", 90, World), (*b"TUV", 688, World), (*b"TWN", 886, World), (*b"TZA", 255, World),
    (*b"UGA", 256, World), (*b"UKR", 380, World), (*b"URY", 598, World), (*b"USA", 1, World),
    (*b"UZB", 998, World), (*b"VCT", 1784, World), (*b"VEN", 58, World), (*b"VGB", 1284, World),
    (*b"VIR", 1340, World), (*b"VNM", 84, World), (*b"VUT", 678, World), (*b"WSM", 685, World),
    (*b"XKX", 383, World), (*b"YEM", 967, World), (*b"ZAF", 27, World), (*b"ZMB", 260, World),
    (*b"ZWE", 263, World),
];

/// Calling code and region of the country of a TADIG code.
pub fn country(tadig: &[u8]) -> Option<(u32, Region)> {
    let code: [u8; 3] = tadig.get(..3)?.try_into().ok()?;
    let place = COUNTRIES.binary_search_by_key(&code, |row| row.0).ok()?;
    Some((COUNTRIES[place].1, COUNTRIES[place].2))
}

/// Region of the country with exactly this calling code.
pub(crate) fn region_of_calling_code(code: u32) -> Option<Region> {
    COUNTRIES.iter().find(|row| row.1 == code).map(|row| row.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_known_countries_are_found() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(country(b"DEUD1"), Some((49, Eu)));
        assert_eq!(country(b"NOR01"), Some((47, Eea)));
        assert_eq!(country(b"GBRVF"), Some((44, World)));
        assert_eq!(country(b"XXX01"), None);
        assert_eq!(region_of_calling_code(353), Some(Eu));
    }
}
