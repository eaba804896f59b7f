//! Countries by ISO 3166-1.

/// Codes of two and of three letters and the name, without blanks. Sorted by the first.
#[rustfmt::skip]
const COUNTRIES: [(&[u8; 2], &[u8; 3], &str); 249] = [
    (b"AD", b"AND", "ANDORRA"), (b"AE", b"ARE", "UNITEDARABEMIRATES"), (b"AF", b"AFG", "AFGHANISTAN"),
    (b"AG", b"ATG", "ANTIGUAANDBARBUDA"), (b"AI", b"AIA", "ANGUILLA"), (b"AL", b"ALB", "ALBANIA"),
    (b"AM", b"ARM", "ARMENIA"), (b"AO", b"AGO", "ANGOLA"), (b"AQ", b"ATA", "ANTARCTICA"),
    (b"AR", b"ARG", "ARGENTINA"), (b"AS", b"ASM", "AMERICANSAMOA"), (b"AT", b"AUT", "AUSTRIA"),
    (b"AU", b"AUS", "AUSTRALIA"), (b"AW", b"ABW", "ARUBA"), (b"AX", b"ALA", "ALANDISLANDS"),
    (b"AZ", b"AZE", "AZERBAIJAN"), (b"BA", b"BIH", "BOSNIAANDHERZEGOVINA"), (b"BB", b"BRB", "BARBADOS"),
    (b"BD", b"BGD", "BANGLADESH"), (b"BE", b"BEL", "BELGIUM"), (b"BF", b"BFA", "BURKINAFASO"),
    (b"BG", b"BGR", "BULGARIA"), (b"BH", b"BHR", "BAHRAIN"), (b"BI", b"BDI", "BURUNDI"),
    (b"BJ", b"BEN", "BENIN"), (b"BL", b"BLM", "SAINTBARTHELEMY"), (b"BM", b"BMU", "BERMUDA"),
    (b"BN", b"BRN", "BRUNEI"), (b"BO", b"BOL", "BOLIVIA"), (b"BQ", b"BES", "BONAIRE"),
    (b"BR", b"BRA", "BRAZIL"), (b"BS", b"BHS", "BAHAMAS"), (b"BT", b"BTN", "BHUTAN"),
    (b"BV", b"BVT", "BOUVETISLAND"), (b"BW", b"BWA", "BOTSWANA"), (b"BY", b"BLR", "BELARUS"),
    (b"BZ", b"BLZ", "BELIZE"), (b"CA", b"CAN", "CANADA"), (b"CC", b"CCK", "COCOSKEELINGISLANDS"),
    (b"CD", b"COD", "DRCONGO"), (b"CF", b"CAF", "CENTRALAFRICANREPUBLIC"), (b"CG", b"COG", "CONGO"),
    (b"CH", b"CHE", "SWITZERLAND"), (b"CI", b"CIV", "IVORYCOAST"), (b"CK", b"COK", "COOKISLANDS"),
    (b"CL", b"CHL", "CHILE"), (b"CM", b"CMR", "CAMEROON"), (b"CN", b"CHN", "CHINA"),
    (b"CO", b"COL", "COLOMBIA"), (b"CR", b"CRI", "COSTARICA"), (b"CU", b"CUB", "CUBA"),
    (b"CV", b"CPV", "CAPEVERDE"), (b"CW", b"CUW", "CURACAO"), (b"CX", b"CXR", "CHRISTMASISLAND"),
    (b"CY", b"CYP", "CYPRUS"), (b"CZ", b"CZE", "CZECHREPUBLIC"), (b"DE", b"DEU", "GERMANY"),
    (b"DJ", b"DJI", "DJIBOUTI"), (b"DK", b"DNK", "DENMARK"), (b"DM", b"DMA", "DOMINICA"),
    (b"DO", b"DOM", "DOMINICANREPUBLIC"), (b"DZ", b"DZA", "ALGERIA"), (b"EC", b"ECU", "ECUADOR"),
    (b"EE", b"EST", "ESTONIA"), (b"EG", b"EGY", "EGYPT"), (b"EH", b"ESH", "WESTERNSAHARA"),
    (b"ER", b"ERI", "ERITREA"), (b"ES", b"ESP", "SPAIN"), (b"ET", b"ETH", "ETHIOPIA"),
    (b"FI", b"FIN", "FINLAND"), (b"FJ", b"FJI", "FIJI"), (b"FK", b"FLK", "FALKLANDISLANDS"),
    (b"FM", b"FSM", "MICRONESIA"), (b"FO", b"FRO", "FAROEISLANDS"), (b"FR", b"FRA", "FRANCE"),
    (b"GA", b"GAB", "GABON"), (b"GB", b"GBR", "UNITEDKINGDOM"), (b"GD", b"GRD", "GRENADA"),
    (b"GE", b"GEO", "GEORGIA"), (b"GF", b"GUF", "FRENCHGUIANA"), (b"GG", b"GGY", "GUERNSEY"),
    (b"GH", b"GHA", "GHANA"), (b"GI", b"GIB", "GIBRALTAR"), (b"GL", b"GRL", "GREENLAND"),
    (b"GM", b"GMB", "GAMBIA"), (b"GN", b"GIN", "GUINEA"), (b"GP", b"GLP", "GUADELOUPE"),
    (b"GQ", b"GNQ", "EQUATORIALGUINEA"), (b"GR", b"GRC", "GREECE"),
    (b"GS", b"SGS", "SOUTHGEORGIAANDTHESOUTHSANDWICHISLANDS"), (b"GT", b"GTM", "GUATEMALA"),
    (b"GU", b"GUM", "GUAM"), (b"GW", b"GNB", "GUINEABISSAU"), (b"GY", b"GUY", "GUYANA"),
    (b"HK", b"HKG", "HONGKONG"), (b"HM", b"HMD", "HEARDISLANDANDMCDONALDISLANDS"),
    (b"HN", b"HND", "HONDURAS"), (b"HR", b"HRV", "CROATIA"), (b"HT", b"HTI", "HAITI"),
    (b"HU", b"HUN", "HUNGARY"), (b"ID", b"IDN", "INDONESIA"), (b"IE", b"IRL", "IRELAND"),
    (b"IL", b"ISR", "ISRAEL"), (b"IM", b"IMN", "ISLEOFMAN"), (b"IN", b"IND", "INDIA"),
    (b"IO", b"IOT", "BRITISHINDIANOCEANTERRITORY"), (b"IQ", b"IRQ", "IRAQ"), (b"IR", b"IRN", "IRAN"),
    (b"IS", b"ISL", "ICELAND"), (b"IT", b"ITA", "ITALY"), (b"JE", b"JEY", "JERSEY"),
    (b"JM", b"JAM", "JAMAICA"), (b"JO", b"JOR", "JORDAN"), (b"JP", b"JPN", "JAPAN"), (b"KE", b"KEN", "KENYA"),
    (b"KG", b"KGZ", "KYRGYZSTAN"), (b"KH", b"KHM", "CAMBODIA"), (b"KI", b"KIR", "KIRIBATI"),
    (b"KM", b"COM", "COMOROS"), (b"KN", b"KNA", "SAINTKITTSANDNEVIS"), (b"KP", b"PRK", "NORTHKOREA"),
    (b"KR", b"KOR", "SOUTHKOREA"), (b"KW", b"KWT", "KUWAIT"), (b"KY", b"CYM", "CAYMANISLANDS"),
    (b"KZ", b"KAZ", "KAZAKHSTAN"), (b"LA", b"LAO", "LAOS"), (b"LB", b"LBN", "LEBANON"),
    (b"LC", b"LCA", "SAINTLUCIA"), (b"LI", b"LIE", "LIECHTENSTEIN"), (b"LK", b"LKA", "SRILANKA"),
    (b"LR", b"LBR", "LIBERIA"), (b"LS", b"LSO", "LESOTHO"), (b"LT", b"LTU", "LITHUANIA"),
    (b"LU", b"LUX", "LUXEMBOURG"), (b"LV", b"LVA", "LATVIA"), (b"LY", b"LBY", "LIBYA"),
    (b"MA", b"MAR", "MOROCCO"), (b"MC", b"MCO", "MONACO"), (b"MD", b"MDA", "MOLDOVA"),
    (b"ME", b"MNE", "MONTENEGRO"), (b"MF", b"MAF", "SAINTMARTIN"), (b"MG", b"MDG", "MADAGASCAR"),
    (b"MH", b"MHL", "MARSHALLISLANDS"), (b"MK", b"MKD", "MACEDONIA"), (b"ML", b"MLI", "MALI"),
    (b"MM", b"MMR", "MYANMAR"), (b"MN", b"MNG", "MONGOLIA"), (b"MO", b"MAC", "MACAO"),
    (b"MP", b"MNP", "NORTHERNMARIANAISLANDS"), (b"MQ", b"MTQ", "MARTINIQUE"), (b"MR", b"MRT", "MAURITANIA"),
    (b"MS", b"MSR", "MONTSERRAT"), (b"MT", b"MLT", "MALTA"), (b"MU", b"MUS", "MAURITIUS"),
    (b"MV", b"MDV", "MALDIVES"), (b"MW", b"MWI", "MALAWI"), (b"MX", b"MEX", "MEXICO"),
    (b"MY", b"MYS", "MALAYSIA"), (b"MZ", b"MOZ", "MOZAMBIQUE"), (b"NA", b"NAM", "NAMIBIA"),
    (b"NC", b"NCL", "NEWCALEDONIA"), (b"NE", b"NER", "NIGER"), (b"NF", b"NFK", "NORFOLKISLAND"),
    (b"NG", b"NGA", "NIGERIA"), (b"NI", b"NIC", "NICARAGUA"), (b"NL", b"NLD", "NETHERLANDS"),
    (b"NO", b"NOR", "NORWAY"), (b"NP", b"NPL", "NEPAL"), (b"NR", b"NRU", "NAURU"), (b"NU", b"NIU", "NIUE"),
    (b"NZ", b"NZL", "NEWZEALAND"), (b"OM", b"OMN", "OMAN"), (b"PA", b"PAN", "PANAMA"),
    (b"PE", b"PER", "PERU"), (b"PF", b"PYF", "FRENCHPOLYNESIA"), (b"PG", b"PNG", "PAPUANEWGUINEA"),
    (b"PH", b"PHL", "PHILIPPINES"), (b"PK", b"PAK", "PAKISTAN"), (b"PL", b"POL", "POLAND"),
    (b"PM", b"SPM", "SAINTPIERREANDMIQUELON"), (b"PN", b"PCN", "PITCAIRN"), (b"PR", b"PRI", "PUERTORICO"),
    (b"PS", b"PSE", "PALESTINE"), (b"PT", b"PRT", "PORTUGAL"), (b"PW", b"PLW", "PALAU"),
    (b"PY", b"PRY", "PARAGUAY"), (b"QA", b"QAT", "QATAR"), (b"RE", b"REU", "REUNION"),
    (b"RO", b"ROU", "ROMANIA"), (b"RS", b"SRB", "SERBIA"), (b"RU", b"RUS", "RUSSIA"),
    (b"RW", b"RWA", "RWANDA"), (b"SA", b"SAU", "SAUDIARABIA"), (b"SB", b"SLB", "SOLOMONISLANDS"),
    (b"SC", b"SYC", "SEYCHELLES"), (b"SD", b"SDN", "SUDAN"), (b"SE", b"SWE", "SWEDEN"),
    (b"SG", b"SGP", "SINGAPORE"), (b"SH", b"SHN", "SAINTHELENA"), (b"SI", b"SVN", "SLOVENIA"),
    (b"SJ", b"SJM", "SVALBARDANDJANMAYEN"), (b"SK", b"SVK", "SLOVAKIA"), (b"SL", b"SLE", "SIERRALEONE"),
    (b"SM", b"SMR", "SANMARINO"), (b"SN", b"SEN", "SENEGAL"), (b"SO", b"SOM", "SOMALIA"),
    (b"SR", b"SUR", "SURINAME"), (b"SS", b"SSD", "SOUTHSUDAN"), (b"ST", b"STP", "SAOTOMEANDPRINCIPE"),
    (b"SV", b"SLV", "ELSALVADOR"), (b"SX", b"SXM", "SINTMAARTEN"), (b"SY", b"SYR", "SYRIA"),
    (b"SZ", b"SWZ", "SWAZILAND"), (b"TC", b"TCA", "TURKSANDCAICOSISLANDS"), (b"TD", b"TCD", "CHAD"),
    (b"TF", b"ATF", "FRENCHSOUTHERNTERRITORIES"), (b"TG", b"TGO", "TOGO"), (b"TH", b"THA", "THAILAND"),
    (b"TJ", b"TJK", "TAJIKISTAN"), (b"TK", b"TKL", "TOKELAU"), (b"TL", b"TLS", "TIMORLESTE"),
    (b"TM", b"TKM", "TURKMENISTAN"), (b"TN", b"TUN", "TUNISIA"), (b"TO", b"TON", "TONGA"),
    (b"TR", b"TUR", "TURKEY"), (b"TT", b"TTO", "TRINIDADANDTOBAGO"), (b"TV", b"TUV", "TUVALU"),
    (b"TW", b"TWN", "TAIWAN"), (b"TZ", b"TZA", "TANZANIA"), (b"UA", b"UKR", "UKRAINE"),
    (b"UG", b"UGA", "UGANDA"), (b"UM", b"UMI", "UNITEDSTATESMINOROUTLYINGISLANDS"),
    (b"US", b"USA", "UNITEDSTATES"), (b"UY", b"URY", "URUGUAY"), (b"UZ", b"UZB", "UZBEKISTAN"),
    (b"VA", b"VAT", "VATICANCITY"), (b"VC", b"VCT", "SAINTVINCENTANDTHEGRENADINES"),
    (b"VE", b"VEN", "VENEZUELA"), (b"VG", b"VGB", "BRITISHVIRGINISLANDS"), (b"VI", b"VIR", "USVIRGINISLANDS"),
    (b"VN", b"VNM", "VIETNAM"), (b"VU", b"VUT", "VANUATU"), (b"WF", b"WLF", "WALLISANDFUTUNA"),
    (b"WS", b"WSM", "SAMOA"), (b"YE", b"YEM", "YEMEN"), (b"YT", b"MYT", "MAYOTTE"),
    (b"ZA", b"ZAF", "SOUTHAFRICA"), (b"ZM", b"ZMB", "ZAMBIA"), (b"ZW", b"ZWE", "ZIMBABWE"),
];

/// Other names that are usual, and codes that are written though they are not of the standard.
#[rustfmt::skip]
const OTHERS: [(&str, &[u8; 2]); 16] = [
    ("CZECHIA", b"CZ"), ("ELLADA", b"GR"), ("EL", b"GR"), ("ENGLAND", b"GB"), ("GREATBRITAIN", b"GB"), ("HOLLAND", b"NL"),
    ("COTEDIVOIRE", b"CI"), ("NORTHMACEDONIA", b"MK"), ("CABOVERDE", b"CV"), ("ESWATINI", b"SZ"), ("RUSSIANFEDERATION", b"RU"),
    ("TURKIYE", b"TR"), ("UAE", b"AE"), ("UK", b"GB"), ("UNITEDSTATESOFAMERICA", b"US"), ("KOREA", b"KR"),
];

/// The code of two letters of what was written: either code, or the English name. In capitals, without separators.
pub(crate) fn country(written: &str) -> Option<[u8; 2]> {
    let known = COUNTRIES.iter().find(|(two, three, name)| {
        let written = written.as_bytes();
        written == two.as_slice() || written == three.as_slice() || written == name.as_bytes()
    });
    let other = OTHERS.iter().find(|(name, _)| *name == written);
    known
        .map(|(two, ..)| **two)
        .or_else(|| other.map(|(_, two)| **two))
}

/// Whether text begins with a code of two letters that a country has.
pub(crate) fn begins_with_country(text: &[u8]) -> bool {
    text.first_chunk::<2>().is_some_and(|code| {
        COUNTRIES
            .binary_search_by(|(two, ..)| two.as_slice().cmp(code))
            .is_ok()
    })
}
