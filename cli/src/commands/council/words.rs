//! The call of a motion in words: what would change, with the names of operators.

use crate::{
    commands::{
        amounts::Amounts,
        dispute::words::ruling,
        operator::in_words,
        values::{composite, text},
    },
    error::CommandError,
    names::Names,
    output,
};
use interclear_client::{chain::Chain, money, text::printable};
use interclear_primitives::{
    dispute::{Dispute, Figures},
    ids::{DisputeId, OperatorId},
    money::{Currency, Value as Amount},
    period::Period,
    rating::SdrRate,
    service::Service,
};
use serde_json::{json, Value as Json};
use subxt::{
    dynamic::Value,
    ext::scale_value::{Composite, ValueDef},
};

fn moment(value: &Json) -> String {
    value.as_u64().map_or_else(|| text(value), output::moment)
}

/// A time in words.
fn time(value: &Json) -> String {
    value.as_u64().map_or_else(|| text(value), output::duration)
}

/// A call, taken apart.
pub(super) struct Described {
    /// Its pallet and name, such as `Operators.admit`.
    pub(super) title: String,
    /// Its arguments by name.
    pub(super) arguments: Json,
    /// The calls in it, if it is a batch.
    inner: Vec<Described>,
    /// What it rules, if it rules a dispute that is there.
    ruling: Option<Box<(DisputeId, Dispute, Figures)>>,
}

impl Described {
    /// Takes a call apart that the metadata describes: a variant of its pallet, in which is a variant of its name.
    pub(super) fn new(call: &Value) -> Option<Self> {
        let ValueDef::Variant(pallet) = &call.value else {
            return None;
        };
        let ValueDef::Variant(name) = &pallet.values.values().next()?.value else {
            return None;
        };
        Some(Self {
            title: format!("{}.{}", pallet.name, name.name),
            arguments: composite("", &name.values),
            inner: calls(&name.values),
            ruling: None,
        })
    }

    /// Writes its amounts, and those of the calls in it, as decimal numbers.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn scale(&mut self, chain: &Chain, amounts: &mut Amounts) -> Result<(), CommandError> {
        let mut calls = vec![self];
        while let Some(call) = calls.pop() {
            if let Some((id, figures)) = call.ruled() {
                let dispute = chain.dispute(id).await?;
                call.ruling = dispute.map(|dispute| Box::new((id, dispute, figures)));
            }
            let pallet = call.title.split('.').next().unwrap_or_default().to_owned();
            amounts.write(chain, &pallet, &mut call.arguments).await?;
            calls.extend(&mut call.inner);
        }
        Ok(())
    }

    pub(super) fn as_json(&self) -> Json {
        match self.inner.is_empty() {
            true => json!({ "call": self.title, "arguments": self.arguments }),
            false => json!({
                "call": self.title,
                "calls": self.inner.iter().map(Self::as_json).collect::<Vec<_>>(),
            }),
        }
    }

    /// The exchange rates that it would fix.
    pub(super) fn rates(&self) -> Vec<(Currency, Period, SdrRate)> {
        let own = || {
            let part = |name| self.said(name);
            let rate = (self.title == "Tariffs.set_rate")
                .then(|| self.figure("rate"))
                .flatten()?;
            Some((
                part("currency").parse().ok()?,
                part("period").parse().ok()?,
                SdrRate(rate),
            ))
        };
        let inner = self.inner.iter().flat_map(Self::rates);
        own().into_iter().chain(inner).collect()
    }

    /// The dispute that it would rule, and at which figures, before these are written for people.
    fn ruled(&self) -> Option<(DisputeId, Figures)> {
        if self.title != "Disputes.rule" {
            return None;
        }
        let id = self.arguments["dispute"].as_u64()?;
        let figures = &self.arguments["figures"];
        let amount = |name: &str| {
            let value = &figures[name];
            let amount = value.as_i64().map(i128::from);
            let amount = amount.or_else(|| value.as_str()?.parse().ok());
            amount.map(Amount::Clear)
        };
        let ruled = Figures {
            quantity: whole(&figures["quantity"])?,
            charge: amount("charge")?,
            shortfall: amount("shortfall")?,
            tax: amount("tax")?,
        };
        Some((DisputeId(id), ruled))
    }

    /// What would change, in a sentence without an end.
    pub(super) fn words(&self, names: &Names) -> String {
        if !self.inner.is_empty() {
            let parts: Vec<String> = self.inner.iter().map(|call| call.words(names)).collect();
            return parts.join("; ");
        }
        if let Some((id, dispute, figures)) = self.ruling.as_deref() {
            return ruling(*id, dispute, figures, names);
        }
        let said = |name: &str| self.said(name);
        let operator = |name: &str| {
            let id = self.arguments[name]
                .as_u64()
                .and_then(|id| u32::try_from(id).ok());
            id.map_or_else(|| said(name), |id| names.get(OperatorId(id)))
        };
        match self.title.as_str() {
            "Operators.admit" => format!(
                "admit \"{}\" ({}) {}; its first admin desk is {}",
                said("name"),
                kind_words(&said("kinds")),
                match said("tadigs").as_str() {
                    "none" => "without a TADIG code".into(),
                    codes if codes.contains(' ') => format!("with the TADIG codes {codes}"),
                    code => format!("with the TADIG code {code}"),
                },
                said("admin")
            ),
            "Disputes.rule" => format!("rule dispute {}: {}", said("dispute"), said("figures")),
            "Operators.suspend" => format!("suspend operator {}", operator("operator")),
            "Operators.readmit" => format!("readmit operator {}", operator("operator")),
            "Operators.set_networks" => format!(
                "operator {} has the TADIG codes {} and the networks {}, and no others",
                operator("operator"),
                said("tadigs"),
                said("plmns")
            ),
            "Operators.replace_admin" => format!(
                "{} becomes the admin desk of operator {}, in place of all others",
                said("account"),
                operator("operator")
            ),
            "Netting.create_token" => format!(
                "create token {} in {} with {} decimals, issued by operator {}",
                said("token"),
                said("currency"),
                said("decimals"),
                operator("issuer")
            ),
            "Netting.open_cycle" => format!(
                "open a netting cycle in token {} out of turn: cut-off {} UTC, {} to fund",
                said("token"),
                moment(&self.arguments["cut_off"]),
                time(&self.arguments["funding"])
            ),
            "Netting.set_schedule" => match &self.arguments["turns"] {
                Json::Null => format!("no cycle in token {} opens by itself any more", said("token")),
                turns => format!(
                    "a netting cycle in token {} opens at {} UTC, and every {} days from then on; {} to fund",
                    said("token"),
                    moment(&turns["first"]),
                    text(&turns["every_days"]),
                    time(&turns["funding"])
                ),
            },
            "Netting.cancel_cycle" => format!("cancel netting cycle {}", said("cycle")),
            "Tariffs.set_rate" => format!(
                "fix the exchange rate of {} for {}: {} for one SDR",
                said("currency"),
                said("period"),
                self.price("rate")
            ),
            "Tariffs.refuse_rate" => format!(
                "refuse the rate of {} for {} on which the feeders agree",
                said("currency"),
                said("period")
            ),
            "Tariffs.set_feeders" => {
                let ids = self.arguments["operators"].as_array().cloned().unwrap_or_default();
                let feeders: Vec<String> = ids
                    .iter()
                    .map(|id| {
                        let number = id.as_u64().and_then(|id| u32::try_from(id).ok());
                        number.map_or_else(|| text(id), |id| names.get(OperatorId(id)))
                    })
                    .collect();
                match feeders.is_empty() {
                    true => "nobody submits exchange rates any more".into(),
                    false => format!(
                        "these submit the exchange rates of {}, and nobody else: {}; {} equal submissions fix one",
                        said("currencies"),
                        feeders.join(", "),
                        said("quorum")
                    ),
                }
            }
            "Tariffs.set_region" => format!(
                "region {} is {} from {} on, and nothing else",
                said("region"),
                said("members"),
                said("from")
            ),
            "Tariffs.set_tariff" => format!(
                "the reference tariff of {} in {} is {} from {} on",
                self.service(),
                said("area"),
                self.unit_price(),
                said("from")
            ),
            "Tariffs.set_cap" => format!(
                "the cap {} on {} in networks of {}, for subscribers of {}, is {} from {} on",
                said("name"),
                self.service(),
                said("visited"),
                match &self.arguments["home"] {
                    Json::Null => "all networks".into(),
                    _ => said("home"),
                },
                self.unit_price(),
                said("from")
            ),
            "Validators.add" => format!("admit {} as a validator, for the operator whose desk it is", said("validator")),
            "Validators.remove" => format!("remove the validator {}", said("validator")),
            "Validators.reenable" => format!("let the disabled validator {} take part again", said("validator")),
            "Validators.note_stalled" => format!(
                "say that finality stands still at block {}: the voters that are left go on from there, {} blocks after the \
                 session that forces them has begun",
                said("best_finalized"),
                said("delay")
            ),
            "CouncilMembership.add_member" => format!("give {} a seat in the council", said("who")),
            "CouncilMembership.remove_member" => format!("take the seat in the council from {}", said("who")),
            "CouncilMembership.swap_member" => {
                format!(
                    "give the seat in the council of {} to {}",
                    said("remove"),
                    said("add")
                )
            }
            "Switches.pause" => format!(
                "pause {} until the council lets it go on, for 30 days at most, as: {}",
                said("function").to_lowercase(),
                said("reason")
            ),
            "Switches.resume" => format!("let {} go on", said("function").to_lowercase()),
            "Upgrades.authorize" => format!(
                "authorise the runtime whose code has the hash {}",
                said("code_hash")
            ),
            _ => format!("{}: {}", self.title, printable(&text(&self.arguments))),
        }
    }

    /// An argument as text; lists without brackets.
    fn said(&self, name: &str) -> String {
        let value = &self.arguments[name];
        let said = match value {
            Json::Array(parts) if parts.is_empty() => "none".into(),
            Json::Array(parts) => parts.iter().map(text).collect::<Vec<_>>().join(" "),
            // Of an address that may be written in several ways.
            Json::Object(address) if address.len() == 1 => address.values().map(text).collect(),
            other => text(other),
        };
        printable(&said)
    }

    /// A figure in 10^-9.
    fn price(&self, name: &str) -> String {
        // Text that has a point is a decimal number already.
        self.figure(name).map_or_else(|| self.said(name), money::price)
    }

    fn figure(&self, name: &str) -> Option<u128> {
        whole(&self.arguments[name])
    }

    /// The price of a tariff or a cap.
    fn unit_price(&self) -> String {
        let price = &self.arguments["price"];
        match (price, whole(&price["price"])) {
            (Json::Null, _) => "ended".into(),
            (_, Some(figure)) => format!("{} {}", money::price(figure), text(&price["currency"])),
            (_, None) => text(price),
        }
    }

    /// The service, by its usual name.
    fn service(&self) -> String {
        let named = self.said("service");
        named
            .parse::<Service>()
            .map_or(named, |service| service.to_string())
    }
}

/// A whole number, which is text where it is large.
fn whole(value: &Json) -> Option<u128> {
    let figure = value.as_u64().map(u128::from);
    figure.or_else(|| value.as_str()?.parse().ok())
}

/// Kinds of operators as people call them.
fn kind_words(kinds: &str) -> String {
    let words = kinds.split(' ').map(in_words);
    words.collect::<Vec<_>>().join(", ")
}

/// The calls in a list among the arguments.
fn calls(arguments: &Composite<()>) -> Vec<Described> {
    let lists = arguments.values().filter_map(|argument| match &argument.value {
        ValueDef::Composite(Composite::Unnamed(parts)) => Some(parts),
        _ => None,
    });
    for list in lists {
        let calls: Option<Vec<Described>> = list.iter().map(Described::new).collect();
        if let Some(calls) = calls.filter(|calls| !calls.is_empty()) {
            return calls;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::known([(OperatorId(3), "Alpha Mobile".into())])
    }

    fn call(pallet: &str, name: &str, arguments: Vec<(&str, Value)>) -> Value {
        let call = Value::named_variant(name, arguments);
        Value::unnamed_variant(pallet, [call])
    }

    fn tadig(code: &str) -> Value {
        Value::unnamed_composite([Value::from_bytes(code)])
    }

    #[test]
    fn a_motion_should_name_the_operator_and_the_change_when_it_is_known() {
        let suspend = call(
            "Operators",
            "suspend",
            vec![("operator", Value::unnamed_composite([Value::u128(3)]))],
        );
        let described = Described::new(&suspend).unwrap();
        assert_eq!(described.words(&names()), "suspend operator 3 Alpha Mobile");
        assert_eq!(described.as_json()["call"], "Operators.suspend");

        let token = call(
            "Netting",
            "create_token",
            vec![
                ("token", Value::u128(7)),
                ("issuer", Value::unnamed_composite([Value::u128(3)])),
                ("currency", Value::unnamed_composite([Value::from_bytes("EUR")])),
                ("decimals", Value::u128(2)),
            ],
        );
        assert_eq!(
            Described::new(&token).unwrap().words(&names()),
            "create token 7 in EUR with 2 decimals, issued by operator 3 Alpha Mobile"
        );
        assert_eq!(
            kind_words("Mobile TokenIssuer MVNO"),
            "mobile, token issuer, MVNO"
        );

        let networks = call(
            "Operators",
            "set_networks",
            vec![
                ("operator", Value::unnamed_composite([Value::u128(9)])),
                (
                    "tadigs",
                    Value::unnamed_composite([tadig("DEU7A"), tadig("DEU7C")]),
                ),
                ("plmns", Value::unnamed_composite(Vec::<Value>::new())),
            ],
        );
        assert_eq!(
            Described::new(&networks).unwrap().words(&names()),
            "operator 9 has the TADIG codes DEU7A DEU7C and the networks none, and no others"
        );
        let rate = call(
            "Tariffs",
            "set_rate",
            vec![
                ("currency", Value::unnamed_composite([Value::from_bytes("USD")])),
                ("period", Value::unnamed_composite([Value::u128(202_701)])),
                ("rate", Value::unnamed_composite([Value::u128(1_312_345_000)])),
            ],
        );
        assert_eq!(
            Described::new(&rate).unwrap().words(&names()),
            "fix the exchange rate of USD for 2027-01: 1.312345 for one SDR"
        );
        let batch = call(
            "Utility",
            "batch_all",
            vec![("calls", Value::unnamed_composite([suspend, rate]))],
        );
        let usd: Currency = "USD".parse().unwrap();
        assert_eq!(
            Described::new(&batch).unwrap().rates(),
            [(usd, Period(202_701), SdrRate(1_312_345_000))]
        );
    }

    #[test]
    fn names_should_be_text_in_json_when_a_motion_admits_an_operator_or_sets_a_cap() {
        for name in ["X", "XY", "É", "", "Alpha Mobile"] {
            let text = Value::unnamed_composite([Value::from_bytes(name)]);
            let admit = call(
                "Operators",
                "admit",
                vec![
                    ("name", text.clone()),
                    (
                        "kinds",
                        Value::unnamed_composite([Value::unnamed_variant("Mobile", [])]),
                    ),
                    ("tadigs", Value::unnamed_composite([tadig("DEU7A")])),
                    ("admin", Value::from_bytes([7; 32])),
                ],
            );
            let cap = call(
                "Tariffs",
                "set_cap",
                vec![("name", Value::unnamed_composite([text]))],
            );
            let batch = call(
                "Utility",
                "batch_all",
                vec![("calls", Value::unnamed_composite([admit, cap]))],
            );
            let described = Described::new(&batch).unwrap();
            for one in described.as_json()["calls"].as_array().unwrap() {
                assert_eq!(one["arguments"]["name"], name, "{one}");
            }
            assert!(described
                .words(&names())
                .starts_with(&format!("admit \"{name}\" (mobile)")));
        }
    }

    #[test]
    fn figures_should_be_read_from_a_motion_when_it_rules_a_dispute() {
        let clear = |amount| Value::unnamed_variant("Clear", [Value::i128(amount)]);
        let figures = Value::named_composite([
            ("quantity", Value::u128(9_650_000)),
            ("charge", clear(2_000)),
            ("shortfall", clear(0)),
            ("tax", clear(-5)),
        ]);
        let rule = call(
            "Disputes",
            "rule",
            vec![
                ("dispute", Value::unnamed_composite([Value::u128(2)])),
                ("figures", figures),
            ],
        );
        let ruled = Described::new(&rule).unwrap().ruled().unwrap();
        let expected = Figures {
            quantity: 9_650_000,
            charge: Amount::Clear(2_000),
            shortfall: Amount::ZERO,
            tax: Amount::Clear(-5),
        };
        assert_eq!(ruled, (DisputeId(2), expected));
    }

    #[test]
    fn a_motion_should_be_in_words_when_it_is_of_tariffs_or_feeders() {
        let words = |name, arguments| {
            let call = call("Tariffs", name, arguments);
            Described::new(&call).unwrap().words(&names())
        };
        let code = |text: &str| Value::unnamed_composite([Value::from_bytes(text)]);
        let id = |id| Value::unnamed_composite([Value::u128(id)]);
        let feeders = |operators: Vec<Value>| {
            words(
                "set_feeders",
                vec![
                    (
                        "operators",
                        Value::unnamed_composite([Value::unnamed_composite(operators)]),
                    ),
                    ("quorum", Value::u128(2)),
                    (
                        "currencies",
                        Value::unnamed_composite([Value::unnamed_composite([code("USD"), code("GBP")])]),
                    ),
                ],
            )
        };
        assert_eq!(
            feeders(vec![id(3), id(4)]),
            "these submit the exchange rates of USD GBP, and nobody else: 3 Alpha Mobile, 4; 2 equal submissions fix one"
        );
        let price = Value::named_composite([("currency", code("EUR")), ("price", Value::u128(1_100_000))]);
        let tariff = |price| {
            words(
                "set_tariff",
                vec![
                    ("area", Value::unnamed_variant("Region", [code("EEA")])),
                    ("service", Value::unnamed_variant("Gprs", [])),
                    ("from", Value::unnamed_composite([Value::u128(202_701)])),
                    ("price", price),
                ],
            )
        };
        assert_eq!(
            tariff(Value::unnamed_variant("Some", [price])),
            "the reference tariff of GPRS in EEA is 0.0011 EUR from 2027-01 on"
        );
        assert_eq!(
            tariff(Value::unnamed_variant("None", [])),
            "the reference tariff of GPRS in EEA is ended from 2027-01 on"
        );
    }

    #[test]
    fn a_motion_should_say_what_becomes_of_validators_when_it_recovers_finality() {
        let remove = call(
            "Validators",
            "remove",
            vec![("validator", Value::string("5Dave"))],
        );
        let stalled = call(
            "Validators",
            "note_stalled",
            vec![("delay", Value::u128(600)), ("best_finalized", Value::u128(1234))],
        );
        let batch = call(
            "Utility",
            "batch_all",
            vec![("calls", Value::unnamed_composite([remove, stalled]))],
        );
        assert_eq!(
            Described::new(&batch).unwrap().words(&names()),
            "remove the validator 5Dave; say that finality stands still at block 1234: the voters that are left go on from \
             there, 600 blocks after the session that forces them has begun"
        );
        for (name, words) in [
            (
                "add",
                "admit 5Dave as a validator, for the operator whose desk it is",
            ),
            ("reenable", "let the disabled validator 5Dave take part again"),
        ] {
            let one = call("Validators", name, vec![("validator", Value::string("5Dave"))]);
            assert_eq!(Described::new(&one).unwrap().words(&names()), words);
        }
    }

    #[test]
    fn cycles_should_be_told_with_their_times_when_the_council_opens_them() {
        let words = |name, arguments| {
            Described::new(&call("Netting", name, arguments))
                .unwrap()
                .words(&names())
        };
        let (token, at, day) = (Value::u128(1), Value::u128(951_782_400), Value::u128(86_400));
        assert_eq!(
            words(
                "open_cycle",
                vec![
                    ("token", token.clone()),
                    ("cut_off", at.clone()),
                    ("funding", day.clone())
                ]
            ),
            "open a netting cycle in token 1 out of turn: cut-off 2000-02-29 00:00:00 UTC, 1 d 00 h to fund"
        );
        let turns = Value::named_composite([("first", at), ("every_days", Value::u128(7)), ("funding", day)]);
        assert_eq!(
            words(
                "set_schedule",
                vec![
                    ("token", token.clone()),
                    ("turns", Value::unnamed_variant("Some", [turns]))
                ]
            ),
            "a netting cycle in token 1 opens at 2000-02-29 00:00:00 UTC, and every 7 days from then on; 1 d 00 h to fund"
        );
        assert_eq!(
            words(
                "set_schedule",
                vec![("token", token), ("turns", Value::unnamed_variant("None", []))]
            ),
            "no cycle in token 1 opens by itself any more"
        );
    }

    #[test]
    fn a_pause_should_be_told_with_its_reason_when_it_is_put_to_the_council() {
        let netting = || Value::unnamed_variant("Netting", []);
        let reason =
            Value::unnamed_composite([Value::unnamed_composite([Value::from_bytes("it pays twice")])]);
        let words = |name, arguments| {
            Described::new(&call("Switches", name, arguments))
                .unwrap()
                .words(&names())
        };
        assert_eq!(
            words("pause", vec![("function", netting()), ("reason", reason)]),
            "pause netting until the council lets it go on, for 30 days at most, as: it pays twice"
        );
        assert_eq!(
            words("resume", vec![("function", netting())]),
            "let netting go on"
        );
    }

    #[test]
    fn a_motion_should_be_told_by_its_arguments_when_it_is_a_batch_or_unknown() {
        let cancel = || call("Netting", "cancel_cycle", vec![("cycle", Value::u128(4))]);
        let other = call(
            "System",
            "remark",
            vec![("remark", Value::from_bytes("\u{1b}[2Jabc"))],
        );
        let batch = call(
            "Utility",
            "batch_all",
            vec![("calls", Value::unnamed_composite([cancel(), other]))],
        );
        let described = Described::new(&batch).unwrap();
        assert_eq!(
            described.words(&names()),
            "cancel netting cycle 4; System.remark: remark=0x1b5b324a616263"
        );
        assert_eq!(described.as_json()["calls"][0]["arguments"]["cycle"], 4);
        assert!(Described::new(&Value::u128(1)).is_none());
    }
}
