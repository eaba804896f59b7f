//! Who is on a document: names and addresses, which the chain does not know, from a file that the user writes.

use super::TaxGroup;
use crate::{
    database::Database,
    error::{ArchiveError, InvoiceError},
    trace::{self, Operator},
};
use interclear_primitives::ids::OperatorId;
use std::collections::BTreeMap;

/// The codes of countries that EN 16931 takes: those of ISO 3166-1, 1A for Kosovo, and XI for Northern Ireland.
const COUNTRIES: &str =
    "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG \
    EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR \
    HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR \
    LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG \
    NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE \
    SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA \
    UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW";

fn is_country(code: &str) -> bool {
    COUNTRIES.split(' ').any(|country| country == code)
}

/// Whether a number is one of VAT: the country's letters, which are EL for Greece, and a number behind them.
fn is_vat(number: &str) -> bool {
    let Some((country, rest)) = number.split_at_checked(2) else {
        return false;
    };
    let fits = |sign: char| sign.is_ascii_alphanumeric() || " .-/+*".contains(sign);
    (country == "EL" || is_country(country))
        && rest.chars().all(fits)
        && rest.contains(|sign: char| sign.is_ascii_digit())
}

/// Why no tax is charged where none is: a category of EN 16931.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Deserialize)]
pub enum Untaxed {
    /// The customer owes the tax.
    AE,
    /// Exempt.
    #[default]
    E,
    /// An export.
    G,
    /// Not subject to VAT. Such a document names no VAT numbers, and has no line with tax.
    O,
    /// The rate is zero.
    Z,
}

impl Untaxed {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::AE => "AE",
            Self::E => "E",
            Self::G => "G",
            Self::O => "O",
            Self::Z => "Z",
        }
    }

    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::AE => "Reverse charge",
            Self::E => "Exempt from VAT",
            Self::G => "Export outside the EU",
            Self::O => "Not subject to VAT",
            Self::Z => "Zero-rated",
        }
    }
}

/// Somebody on a document.
#[derive(Clone, Default, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Party {
    /// The TADIG code under which it stands in the file.
    #[serde(skip)]
    pub tadig: String,
    /// The registered name.
    pub name: String,
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Two letters, as in ISO 3166.
    pub country: String,
    /// The VAT number, with the country's letters before it.
    pub vat: Option<String>,
    /// Why lines with which it bills bear no tax, where they bear none.
    pub untaxed: Option<Untaxed>,
    /// That in words, if the usual ones will not do.
    pub reason: Option<String>,
    /// Why late interest and fees of disputes bear no tax; not subject to VAT unless said otherwise.
    pub compensation: Option<Untaxed>,
}

impl Party {
    fn texts(&mut self) -> [Option<&mut String>; 7] {
        [
            Some(&mut self.name),
            Some(&mut self.country),
            self.street.as_mut(),
            self.postcode.as_mut(),
            self.city.as_mut(),
            self.vat.as_mut(),
            self.reason.as_mut(),
        ]
    }

    /// As it bills compensation, which is no supply: late interest, and fees of disputes.
    pub(super) fn compensated(mut self) -> Self {
        self.untaxed = Some(self.compensation.unwrap_or(Untaxed::O));
        self.reason = None;
        self
    }

    fn needs(&self, what: &'static str) -> InvoiceError {
        InvoiceError::Missing {
            table: self.tadig.clone(),
            what,
        }
    }
}

/// The file of parties, by TADIG code.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Parties(BTreeMap<String, Party>);

impl Parties {
    /// Reads the file: TOML with a table for each operator, named after one of its TADIG codes.
    ///
    /// # Errors
    /// It has another form, or something in it cannot stand on a document.
    pub fn read(text: &str) -> Result<Self, InvoiceError> {
        let read: BTreeMap<String, Party> = toml::from_str(text)
            .map_err(|error| InvoiceError::Parties(error.to_string().trim_end().to_owned()))?;
        let mut all = BTreeMap::new();
        for (tadig, mut party) in read {
            party.tadig = tadig.to_ascii_uppercase();
            for text in party.texts().into_iter().flatten() {
                *text = text.trim().to_owned();
            }
            if party
                .texts()
                .into_iter()
                .flatten()
                .any(|text| text.contains(char::is_control))
            {
                return Err(InvoiceError::Parties(format!(
                    "[{tadig}] has a control character"
                )));
            }
            // What was left empty in the template is not known.
            for text in [
                &mut party.street,
                &mut party.postcode,
                &mut party.city,
                &mut party.vat,
                &mut party.reason,
            ] {
                *text = text.take().filter(|text| !text.is_empty());
            }
            if party.name.is_empty() {
                return Err(party.needs("a name"));
            }
            if !is_country(&party.country) {
                return Err(party.needs(
                    "a country of two capital letters, as in ISO 3166, such as DE; it is GB for the United Kingdom and GR for Greece",
                ));
            }
            if party.vat.as_deref().is_some_and(|vat| !is_vat(vat)) {
                return Err(party.needs(
                    "a VAT number that begins with the country's letters, such as DE123456789 (EL for Greece, XI for Northern Ireland), or none",
                ));
            }
            if let Some(other) = all.insert(party.tadig.clone(), party) {
                return Err(InvoiceError::Parties(format!("[{}] is there twice", other.tadig)));
            }
        }
        Ok(Self(all))
    }

    /// An operator, by any of its codes.
    pub(super) fn of(
        &self,
        operator: i64,
        operators: &BTreeMap<i64, Operator>,
    ) -> Result<Party, InvoiceError> {
        let known = operators.get(&operator);
        let codes = known.map_or(&[][..], |known| known.tadigs.as_slice());
        let mut found = codes.iter().filter_map(|code| self.0.get(code));
        match (found.next(), found.next()) {
            (Some(party), None) => Ok(party.clone()),
            (Some(one), Some(other)) => Err(InvoiceError::Parties(format!(
                "[{}] and [{}] are the same operator; leave one",
                one.tadig, other.tadig
            ))),
            (None, _) => Err(InvoiceError::Parties(format!(
                "there is no table for {}: it is named after a TADIG code, {}",
                known.map_or_else(|| operator.to_string(), |known| known.name.clone()),
                codes.join(" or ")
            ))),
        }
    }
}

/// Supplier and customer, if they are known as well as EN 16931 takes.
pub(super) fn checked(
    mut supplier: Party,
    mut customer: Party,
    taxes: &[TaxGroup],
) -> Result<[Party; 2], InvoiceError> {
    let taxed = taxes.iter().any(|group| group.rate > 0);
    if taxes.iter().any(|group| group.rate == 0) {
        match supplier.untaxed {
            None => {
                return Err(supplier.needs("`untaxed`: why it bills without tax, one of AE, E, G, O, Z"));
            }
            Some(Untaxed::O) if taxed => {
                return Err(supplier.needs("another `untaxed` than O, as it bills with tax, too"));
            }
            Some(Untaxed::O) => (supplier.vat, customer.vat) = (None, None),
            Some(Untaxed::AE) if customer.vat.is_none() => {
                return Err(customer.needs("a VAT number, as it owes the tax"));
            }
            Some(_) if supplier.vat.is_none() => return Err(supplier.needs("a VAT number")),
            Some(_) => {}
        }
    }
    if taxed && supplier.vat.is_none() {
        return Err(supplier.needs("a VAT number, as it bills with tax"));
    }
    Ok([supplier, customer])
}

/// A file of two operators, to fill in.
pub(super) async fn to_fill_in(database: &mut Database, of: [OperatorId; 2]) -> Result<String, ArchiveError> {
    let operators = trace::operators(database).await?;
    let mut text = String::from(
        "# Who is on invoices, credit notes and debit notes. Each table is named after one of the operator's TADIG codes.\n\
         # country: two letters, as in ISO 3166. vat: with the country's letters before it.\n\
         # untaxed: why lines that it bills bear no tax, where they bear none: AE (reverse charge), E (exempt), G (export outside the EU),\n\
         # O (not subject to VAT), Z (zero-rated); reason: that in words, if the usual ones will not do.\n\
         # compensation: why late interest and fees of disputes bear none, if for another reason than O.\n",
    );
    for party in of {
        let known = operators.get(&i64::from(party.0));
        let name = known.map_or("", |known| known.name.as_str());
        let table = known
            .and_then(|known| known.tadigs.first())
            .map_or("", String::as_str);
        text.push_str(&format!(
            "\n[{table}]\nname = {}\nstreet = \"\"\npostcode = \"\"\ncity = \"\"\ncountry = \"\"\nvat = \"\"\n\
             # untaxed = \"AE\"\n# reason = \"\"\n# compensation = \"O\"\n",
            toml::Value::String(name.to_owned())
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Parties::read(text).unwrap_err().to_string()
    }

    #[test]
    fn a_file_should_be_refused_when_something_in_it_cannot_stand_on_a_document() {
        for (text, says) in [
            ("[DEU7A]\ncountry = \"DE\"", "[DEU7A] needs a name"),
            (
                "[DEU7A]\nname = \"A\"\ncountry = \"Germany\"",
                "needs a country of two capital letters",
            ),
            (
                "[DEU7A]\nname = \"A\"\ncountry = \"DE\"\nvat = \"12345\"",
                "begins with the country's letters",
            ),
            (
                "[DEU7A]\nname = \"A\\u0001\"\ncountry = \"DE\"",
                "[DEU7A] has a control character",
            ),
            (
                "[DEU7A]\nname = \"A\"\ncountry = \"DE\"\n[deu7a]\nname = \"B\"\ncountry = \"DE\"",
                "[DEU7A] is there twice",
            ),
            (
                "[GBR01]\nname = \"A\"\ncountry = \"UK\"",
                "GB for the United Kingdom",
            ),
            ("[GRC01]\nname = \"A\"\ncountry = \"EL\"", "GR for Greece"),
            ("[DEU7A]\nname = \"A\"\ncountry = \"EU\"", "needs a country"),
            ("[DEU7A]\nname = \"A\"\ncountry = \"de\"", "needs a country"),
            ("[DEU7A]\nname = \"A\"\ncountry = \"AD AE\"", "needs a country"),
            ("[DEU7A]\nnames = \"A\"", "unknown field `names`"),
            ("[DEU7A]\nuntaxed = \"X\"", "unknown variant `X`"),
        ] {
            assert!(refused(text).contains(says), "{text}: {}", refused(text));
        }
        let party = Parties::read("[deu7a]\nname = \" A \"\ncountry = \"DE\"\nvat = \"\"").unwrap();
        let party = party.0.get("DEU7A").unwrap();
        assert_eq!((party.name.as_str(), &party.vat), ("A", &None));
    }

    #[test]
    fn a_vat_number_should_be_refused_when_it_has_no_country_or_no_number() {
        let read = |country: &str, vat: &str| {
            Parties::read(&format!(
                "[DEU7A]\nname = \"A\"\ncountry = \"{country}\"\nvat = \"{vat}\""
            ))
        };
        for (country, vat) in [
            ("DE", "DE123456789"),
            ("FR", "FRXX999999999"),
            ("GR", "EL123456789"),
            ("GB", "XI123456789"),
            ("CH", "CHE-123.456.789 MWST"),
            ("IE", "IE1234567WA"),
        ] {
            assert!(read(country, vat).is_ok(), "{vat}");
        }
        for vat in [
            "ZZ123456789",
            "UK123456789",
            "DE",
            "DE <>",
            "DEABC",
            "de123456789",
            "D\u{e9}123",
            "1",
        ] {
            let refused = read("DE", vat).unwrap_err().to_string();
            assert!(refused.contains("[DEU7A] needs a VAT number"), "{vat}: {refused}");
        }
    }

    #[test]
    fn countries_should_be_all_of_the_standard_and_each_once() {
        let codes: std::collections::BTreeSet<&str> = COUNTRIES.split(' ').collect();
        // 249 of ISO 3166-1, and two more.
        assert_eq!((codes.len(), COUNTRIES.split(' ').count()), (251, 251));
        assert!(codes.iter().all(|code| code.len() == 2));
        for (code, known) in [
            ("GB", true),
            ("XI", true),
            ("SS", true),
            ("UK", false),
            ("EL", false),
            ("EU", false),
            ("", false),
        ] {
            assert_eq!(is_country(code), known, "{code}");
        }
    }

    #[test]
    fn who_bills_should_be_known_well_enough_when_tax_is_charged_or_is_not() {
        let group = |rate| TaxGroup { rate, net: 1, tax: 0 };
        let (taxed, untaxed) = ([group(19)], [group(0)]);
        let both = [group(0), group(19)];
        let party = |vat: Option<&str>, untaxed| Party {
            tadig: "DEU7A".into(),
            vat: vat.map(str::to_owned),
            untaxed,
            ..Party::default()
        };
        let says = |supplier, customer, taxes: &[TaxGroup]| {
            checked(supplier, customer, taxes).map_err(|error| error.to_string())
        };
        let with = |untaxed| party(Some("DE1"), untaxed);
        let without = |untaxed| party(None, untaxed);
        assert!(says(without(None), without(None), &taxed)
            .unwrap_err()
            .contains("as it bills with tax"));
        assert!(says(with(None), without(None), &taxed).is_ok());
        assert!(says(with(None), without(None), &untaxed)
            .unwrap_err()
            .contains("`untaxed`"));
        assert!(says(with(Some(Untaxed::AE)), without(None), &untaxed)
            .unwrap_err()
            .contains("as it owes the tax"));
        assert!(says(without(Some(Untaxed::E)), without(None), &untaxed).is_err());
        assert!(says(with(Some(Untaxed::E)), without(None), &both).is_ok());
        assert!(says(with(Some(Untaxed::O)), without(None), &both)
            .unwrap_err()
            .contains("another `untaxed`"));
        let [supplier, customer] = says(with(Some(Untaxed::O)), with(None), &untaxed).unwrap();
        assert_eq!(
            (supplier.vat, customer.vat),
            (None, None),
            "where there is no VAT, no numbers of it stand"
        );
    }
}
