//! Documents as UBL 2.1 after EN 16931.

use super::{percent, Invoice, Party, Sort, Untaxed};
use crate::sheet::escaped;
use interclear_client::{
    money::{exact_quantity, money},
    time,
};

/// Clearing between partners, of UNCL 4461.
const CLEARING: u8 = 97;

/// An element with text.
fn text(name: &str, text: &str) -> String {
    format!("<cbc:{name}>{}</cbc:{name}>", escaped(text))
}

/// An element with text, if there is any.
fn maybe(name: &str, of: Option<&String>) -> String {
    of.map_or_else(String::new, |of| text(name, of))
}

const VAT: &str = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>";

fn party(role: &str, party: &Party) -> String {
    let address = [
        maybe("StreetName", party.street.as_ref()),
        maybe("CityName", party.city.as_ref()),
        maybe("PostalZone", party.postcode.as_ref()),
    ]
    .concat();
    let vat = party.vat.as_ref().map_or_else(String::new, |vat| {
        format!(
            "<cac:PartyTaxScheme>{}{VAT}</cac:PartyTaxScheme>",
            text("CompanyID", vat)
        )
    });
    format!(
        "<cac:{role}><cac:Party><cac:PartyIdentification>{}</cac:PartyIdentification><cac:PostalAddress>{address}<cac:Country>{}</cac:Country>\
         </cac:PostalAddress>{vat}<cac:PartyLegalEntity>{}</cac:PartyLegalEntity></cac:Party></cac:{role}>\n",
        text("ID", &party.tadig),
        text("IdentificationCode", &party.country),
        text("RegistrationName", &party.name),
    )
}

impl Invoice {
    fn amount(&self, name: &str, amount: i128) -> String {
        format!(
            "<cbc:{name} currencyID=\"{}\">{}</cbc:{name}>",
            escaped(&self.currency),
            money(amount, 2)
        )
    }

    fn category(&self, rate: i128, of: &str) -> String {
        let untaxed = self.untaxed();
        let code = match rate {
            0 => untaxed.code(),
            _ => "S",
        };
        // What is not subject to VAT has no rate of it.
        let percent = match (rate, untaxed) {
            (0, Untaxed::O) => String::new(),
            _ => text("Percent", &percent(rate)),
        };
        // It is said once, beside the sum; and a rate of zero needs none.
        let why = match (rate, untaxed, of) {
            (0, Untaxed::Z, _) => String::new(),
            (0, _, "TaxCategory") => text("TaxExemptionReason", self.reason()),
            _ => String::new(),
        };
        format!("<cac:{of}>{}{percent}{why}{VAT}</cac:{of}>", text("ID", code))
    }

    /// As UBL 2.1 after EN 16931: an invoice (380), a debit note (383, which is an `Invoice`, too), or a credit note (381).
    pub fn ubl(&self) -> String {
        let (document, code) = match self.sort {
            Sort::Invoice => ("Invoice", "380"),
            Sort::DebitNote => ("Invoice", "383"),
            Sort::CreditNote => ("CreditNote", "381"),
        };
        let credit = self.sort == Sort::CreditNote;
        let [issued, due] = &self.days;
        let [supplier, customer] = &self.parties;
        let [net, tax, payable] = self.totals();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{document} xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:{document}-2\" \
             xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
             xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\n"
        );
        let mut line = |parts: &[String]| {
            out.push_str(&parts.concat());
            out.push('\n');
        };
        line(&[text("CustomizationID", "urn:cen.eu:en16931:2017")]);
        line(&[text("ID", &self.number)]);
        line(&[text("IssueDate", issued)]);
        // A credit note says with the means of payment when it is due.
        if !credit {
            line(&[text("DueDate", due)]);
        }
        line(&[text(&format!("{document}TypeCode"), code)]);
        line(&[text("Note", &self.about)]);
        line(&[text("DocumentCurrencyCode", &self.currency)]);
        if let Some(period) = self.period {
            line(&[
                "<cac:InvoicePeriod>".into(),
                text("StartDate", &time::day(period.start())),
                text("EndDate", &time::day(period.end().saturating_sub(1))),
                "</cac:InvoicePeriod>".into(),
            ]);
        }
        if let Some(number) = &self.reference {
            line(&[
                "<cac:BillingReference><cac:InvoiceDocumentReference>".into(),
                text("ID", number),
                "</cac:InvoiceDocumentReference></cac:BillingReference>".into(),
            ]);
        }
        line(&[
            "<cac:ContractDocumentReference>".into(),
            text("ID", &self.contract),
            "</cac:ContractDocumentReference>".into(),
        ]);
        if let Some(object) = &self.object {
            // 130 is the object that is invoiced (BT-18).
            line(&[
                "<cac:AdditionalDocumentReference>".into(),
                text("ID", object),
                text("DocumentTypeCode", "130"),
                "</cac:AdditionalDocumentReference>".into(),
            ]);
        }
        line(&[
            party("AccountingSupplierParty", supplier),
            party("AccountingCustomerParty", customer),
            "<cac:PaymentMeans>".into(),
            text("PaymentMeansCode", &CLEARING.to_string()),
            match credit {
                true => text("PaymentDueDate", due),
                false => String::new(),
            },
            "</cac:PaymentMeans>".into(),
        ]);
        line(&["<cac:TaxTotal>".into(), self.amount("TaxAmount", tax)]);
        for group in &self.taxes {
            line(&[
                "<cac:TaxSubtotal>".into(),
                self.amount("TaxableAmount", group.net),
                self.amount("TaxAmount", group.tax),
                self.category(group.rate, "TaxCategory"),
                "</cac:TaxSubtotal>".into(),
            ]);
        }
        line(&["</cac:TaxTotal>".into()]);
        line(&[
            "<cac:LegalMonetaryTotal>".into(),
            self.amount("LineExtensionAmount", net),
            self.amount("TaxExclusiveAmount", net),
            self.amount("TaxInclusiveAmount", net.saturating_add(tax)),
            match self.rounding {
                0 => String::new(),
                rounding => self.amount("PayableRoundingAmount", rounding),
            },
            self.amount("PayableAmount", payable),
            "</cac:LegalMonetaryTotal>".into(),
        ]);
        let quantity = if credit {
            "CreditedQuantity"
        } else {
            "InvoicedQuantity"
        };
        for (each, number) in self.lines.iter().zip(1u32..) {
            // A price is never negative: what is taken off is minus one of it. Tiers and commitments make that there is no price of a unit.
            let count = if each.net < 0 { -1 } else { 1 };
            let note = each.used.map_or_else(String::new, |used| {
                text("Note", &format!("Used: {}", used.words(exact_quantity)))
            });
            line(&[
                format!("<cac:{document}Line>"),
                text("ID", &number.to_string()),
                note,
                format!("<cbc:{quantity} unitCode=\"C62\">{count}</cbc:{quantity}>"),
                self.amount("LineExtensionAmount", each.net),
                format!(
                    "<cac:Item>{}{}</cac:Item><cac:Price>{}</cac:Price></cac:{document}Line>",
                    text("Name", &each.name),
                    self.category(each.rate, "ClassifiedTaxCategory"),
                    self.amount("PriceAmount", each.net.saturating_abs())
                ),
            ]);
        }
        out.push_str(&format!("</{document}>\n"));
        out
    }
}
