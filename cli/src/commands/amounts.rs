//! Amounts as they are typed; and those in events and calls as decimal numbers: the chain's own are integers, in scales that only their
//! context tells.

use crate::{commands::agreement::found::scale_of, error::CommandError};
use interclear_client::{chain::Chain, money};
use interclear_primitives::{
    ids::{AgreementId, CycleId, DisputeId, TokenId},
    money::Currency,
    netting::Token,
};
use serde_json::{json, Value as Json};
use std::collections::{btree_map::Entry, BTreeMap};

/// Reads an amount of a currency with so many decimals, in its minor unit.
///
/// # Errors
/// The text is anything else.
pub(super) fn amount_of(amount: &str, decimals: u8) -> Result<u128, CommandError> {
    money::parse_amount(amount, decimals).map_err(|error| CommandError::Invalid(error.to_string()))
}

/// Fields that are amounts of money.
const MONEY: [&str; 15] = [
    "amount",
    "balance",
    "charge",
    "deposit",
    "discount",
    "fee",
    "gross",
    "held",
    "net",
    "shortfall",
    "tax",
    "total",
    "totals",
    "withheld",
    "worth",
];
/// Fields that are amounts of money in the scale of a token, and something else elsewhere.
const OF_TOKENS: [&str; 2] = ["cap", "exposure"];
/// What of an escrow is left for files is in the scale of what they charge, whatever its token is.
const LEFT: &str = "left";
/// Fields that are prices or exchange rates.
const PRICES: [&str; 2] = ["price", "rate"];

/// In what scale amounts of money are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Scale {
    /// That of files and usage reports.
    Usage,
    /// That of a token, as far as it is known which.
    Token(Option<u8>),
}

/// Writes the amounts, quantities, prices and rates of the fields of an event, or of the arguments of a call, as decimal numbers.
/// An amount of money whose scale is not known is named as what it is.
fn write(fields: &mut Json, scale: Scale) {
    match fields {
        Json::Array(parts) => parts.iter_mut().for_each(|part| write(part, scale)),
        Json::Object(members) => {
            for (name, value) in members.iter_mut() {
                let name = name.as_str();
                if MONEY.contains(&name) || (scale != Scale::Usage && OF_TOKENS.contains(&name)) {
                    numbers(value, &|amount| match scale {
                        Scale::Usage => money::money(amount, money::USAGE_DECIMALS),
                        Scale::Token(Some(decimals)) => money::money(amount, decimals),
                        Scale::Token(None) => format!("{amount} minor units"),
                    });
                } else if PRICES.contains(&name) || (name == "before" && scale == Scale::Usage) {
                    // Beside what an exchange rate looks wrong, or elsewhere the token before.
                    numbers(value, &|price| {
                        u128::try_from(price).map_or_else(|_| price.to_string(), money::price)
                    });
                } else if name == LEFT {
                    numbers(value, &|amount| money::money(amount, money::USAGE_DECIMALS));
                } else if name == "quantity" {
                    numbers(value, &money::exact_quantity);
                }
                write(value, scale);
            }
        }
        _ => {}
    }
}

/// Writes a number, or a list of them; what is beneath has names of its own.
fn numbers(value: &mut Json, written: &impl Fn(i128) -> String) {
    match value {
        Json::Array(parts) => parts.iter_mut().for_each(|part| numbers(part, written)),
        Json::Number(_) | Json::String(_) => {
            if let Some(number) = number(value) {
                *value = json!(written(number));
            }
        }
        _ => {}
    }
}

/// What does not fit into 64 bits is text.
fn number(value: &Json) -> Option<i128> {
    match value {
        Json::Number(number) => number
            .as_i64()
            .map(i128::from)
            .or_else(|| Some(number.as_u64()?.into())),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// What is known of tokens, and of what is in them.
#[derive(Default)]
pub(super) struct Amounts {
    tokens: BTreeMap<TokenId, Token>,
    cycles: BTreeMap<u32, TokenId>,
    disputes: BTreeMap<u64, u8>,
    agreements: BTreeMap<u32, Currency>,
}

impl Amounts {
    /// Writes the amounts of the fields of an event, or of the arguments of a call, of a pallet.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn write(
        &mut self,
        chain: &Chain,
        pallet: &str,
        fields: &mut Json,
    ) -> Result<(), CommandError> {
        let scale = match pallet {
            "Assets" | "Disputes" | "Escrow" | "Inventory" | "Issuance" | "Netting" | "Statements" => {
                Scale::Token(self.decimals(chain, fields).await?)
            }
            "Anchoring" | "Reports" | "Tariffs" | "Agreements" => Scale::Usage,
            // Of other pallets nobody says what their numbers are.
            _ => return Ok(()),
        };
        write(fields, scale);
        Ok(())
    }

    /// The decimals of the token that fields are about: they name it, or a cycle or a dispute in it, or its currency, or else the
    /// agreement under which it is owed or held.
    async fn decimals(&mut self, chain: &Chain, fields: &Json) -> Result<Option<u8>, CommandError> {
        let id = |name: &str| u32::try_from(fields.get(name)?.as_u64()?).ok();
        if let Some(dispute) = fields.get("dispute").and_then(Json::as_u64) {
            if let Entry::Vacant(place) = self.disputes.entry(dispute) {
                if let Some(found) = chain.dispute(DisputeId(dispute)).await? {
                    place.insert(found.decimals);
                }
            }
            return Ok(self.disputes.get(&dispute).copied());
        }
        let mut token = id("asset_id").or(id("token")).or(id("id"));
        if let (None, Some(cycle)) = (token, id("cycle")) {
            if let Entry::Vacant(place) = self.cycles.entry(cycle) {
                if let Some(found) = chain.cycle(CycleId(cycle)).await? {
                    place.insert(found.token);
                }
            }
            token = self.cycles.get(&cycle).copied();
        }
        let mut currency = fields.get("currency").and_then(Json::as_str).map(str::to_owned);
        if let (None, None, Some(agreement)) = (token, &currency, id("agreement")) {
            if let Entry::Vacant(place) = self.agreements.entry(agreement) {
                if let Some(found) = owed_in(chain, AgreementId(agreement)).await? {
                    place.insert(found);
                }
            }
            currency = self.agreements.get(&agreement).map(Currency::to_string);
        }
        let of = |known: &BTreeMap<TokenId, Token>| match token {
            Some(token) => known.get(&token).map(|token| token.decimals),
            // The same for every token of a currency.
            None => {
                let mut same = known.values();
                let same = same.find(|token| Some(token.currency.to_string()) == currency);
                same.map(|token| token.decimals)
            }
        };
        if of(&self.tokens).is_none() {
            self.tokens = chain.tokens().await?.into_iter().collect();
        }
        Ok(of(&self.tokens))
    }
}

/// The currency in which an agreement owes; `None` where none of its versions are in force.
async fn owed_in(chain: &Chain, id: AgreementId) -> Result<Option<Currency>, CommandError> {
    let Some(found) = chain.agreement(id).await? else {
        return Ok(None);
    };
    match scale_of(chain, id, &found).await {
        Ok((_, currency)) => Ok(Some(currency)),
        Err(CommandError::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Cli;
    use clap::Parser;

    #[test]
    fn an_amount_should_be_told_to_be_wrong_and_not_to_be_an_option_when_it_is_negative() {
        for typed in [
            "interclear escrow deposit 0 -20",
            "interclear offer accept FRA7B 1 --deposit -1 --network DEU7A",
            "interclear token burn 1 -0.50",
            "interclear exposure cap --currency EUR -5",
        ] {
            let parsed = Cli::try_parse_from(typed.split(' '));
            assert!(parsed.is_ok(), "{typed}");
        }
        let told = amount_of("-20", 2).unwrap_err().to_string();
        assert!(told.starts_with("an amount is a decimal number"), "{told}");
    }

    fn written(mut fields: Json, scale: Scale) -> Json {
        write(&mut fields, scale);
        fields
    }

    #[test]
    fn amounts_should_be_decimal_numbers_in_text_when_their_token_is_known() {
        let euro = Scale::Token(Some(2));
        let burnt = json!({ "asset_id": 1, "owner": "5F", "balance": 150 });
        assert_eq!(
            written(burnt, euro),
            json!({ "asset_id": 1, "owner": "5F", "balance": "1.50" })
        );
        let closed = json!({ "currency": "EUR", "totals": [204, "123456789012345678901"], "net": -5 });
        assert_eq!(
            written(closed, euro),
            json!({ "currency": "EUR", "totals": ["2.04", "1234567890123456789.01"], "net": "-0.05" })
        );
        let figures = json!({ "quantity": 9_000_500_000u64, "charge": 1800, "shortfall": 0, "tax": 342 });
        assert_eq!(
            written(json!({ "dispute": 3, "claimed": figures }), euro),
            json!({ "dispute": 3, "claimed":
                { "quantity": "9000.5", "charge": "18.00", "shortfall": "0.00", "tax": "3.42" } })
        );
        let unknown = json!({ "cycle": 7, "amount": 150 });
        assert_eq!(
            written(unknown, Scale::Token(None)),
            json!({ "cycle": 7, "amount": "150 minor units" })
        );
    }

    #[test]
    fn amounts_of_escrows_and_caps_should_be_decimal_numbers_when_their_token_is_known_and_minor_units_when_not(
    ) {
        let paid = json!({ "agreement": 0, "direction": "FirstHome", "to": 1, "amount": 250, "held": 50 });
        assert_eq!(
            written(paid.clone(), Scale::Token(Some(2))),
            json!({ "agreement": 0, "direction": "FirstHome", "to": 1, "amount": "2.50", "held": "0.50" })
        );
        let unknown = written(paid, Scale::Token(None));
        assert_eq!(unknown["amount"], "250 minor units");
        assert_eq!(unknown["held"], "50 minor units");
        // Not in the scale of the token.
        let passed = json!({ "agreement": 0, "left": 1_950_000 });
        assert_eq!(
            written(passed, Scale::Token(Some(2))),
            json!({ "agreement": 0, "left": "1.950000" })
        );
        let exceeded = json!({ "currency": "EUR", "exposure": 12_345, "cap": 10_000 });
        assert_eq!(
            written(exceeded, Scale::Token(Some(2))),
            json!({ "currency": "EUR", "exposure": "123.45", "cap": "100.00" })
        );
        let disputed = json!({ "currency": "EUR", "withheld": [1_000, 0] });
        assert_eq!(
            written(disputed, Scale::Token(Some(2))),
            json!({ "currency": "EUR", "withheld": ["10.00", "0.00"] })
        );
    }

    #[test]
    fn charges_of_files_and_prices_should_have_their_own_scales_when_they_are_told() {
        let anchored = json!({ "records": 21, "charge": 2_043_200, "tax": 0 });
        assert_eq!(
            written(anchored, Scale::Usage),
            json!({ "records": 21, "charge": "2.043200", "tax": "0.000000" })
        );
        let fixed = json!({ "currency": "USD", "rate": 1_312_345_000u64, "quorum": 2 });
        assert_eq!(
            written(fixed, Scale::Usage),
            json!({ "currency": "USD", "rate": "1.312345", "quorum": 2 })
        );
        let published = json!({ "price": { "currency": "EUR", "price": 2_000_000 } });
        assert_eq!(
            written(published, Scale::Usage),
            json!({ "price": { "currency": "EUR", "price": "0.002" } })
        );
    }
}
