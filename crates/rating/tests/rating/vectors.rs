//! The golden numbers that the project shares, where they are at hand.

use crate::support::*;
use interclear_rating::{
    validate_direction, Condition, LineCharge, LineTerms, LineUsage, MissingPrice, Pricing, Quantity,
    RatePlan, Share, TaxRate, TaxRule, Tiers, UsagePlan,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Fields of a case as they are written: numbers keep their decimal text.
struct Case(BTreeMap<String, Box<RawValue>>);

impl Case {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.get().trim_matches('"'))
    }

    fn number(&self, name: &str) -> &str {
        self.text(name).unwrap_or_else(|| panic!("{name} is missing"))
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn row(&self, name: &str) -> Vec<String> {
        strings(&self.0[name])
    }

    fn tiers(&self, name: &str) -> Tiers {
        let rows: Vec<Box<RawValue>> = serde_json::from_str(self.0[name].get()).expect("list of tiers");
        let rows: Vec<_> = rows.iter().map(|row| strings(row)).collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|row| match row.as_slice() {
                [start, price] => tier(start, "0", price),
                [start, fixed, price] => tier(start, fixed, price),
                _ => panic!("a tier has 2 or 3 numbers"),
            })
            .collect();
        rows.try_into().expect("few tiers")
    }

    fn lines(&self) -> Vec<Case> {
        cases(&self.0["lines"])
    }

    fn usage(&self) -> LineUsage {
        let mut usage = volumes(self.number("V"), self.text("W").unwrap_or("0"));
        if self.has("access_tiers") {
            usage.imsi_months = usage.volume;
            usage.volume = Quantity(0);
        }
        if let Some(charge) = self.text("tap_charge") {
            usage.tap_charge = amount(charge);
        }
        usage
    }

    /// The pricing that the fields of the case describe.
    fn pricing(&self) -> Pricing {
        if self.has("access_tiers") {
            return Pricing::Access {
                plan: RatePlan::Tiered {
                    tiers: self.tiers("access_tiers"),
                },
            };
        }
        if self.has("share") {
            return Pricing::Capped {
                share: Share(decimal(self.number("share"), 6).try_into().expect("share")),
                included: quantity(self.number("included")),
                increment: Quantity(1),
                price: price(self.number("increment")),
            };
        }
        let plan = if self.has("balanced_tiers") {
            UsagePlan::BalancedUnbalanced {
                balanced: RatePlan::Tiered {
                    tiers: self.tiers("balanced_tiers"),
                },
                unbalanced: RatePlan::Tiered {
                    tiers: self.tiers("unbalanced_tiers"),
                },
            }
        } else if self.has("balanced") {
            let unbalanced = match self.text("unbalanced_fixed") {
                Some(fixed) => RatePlan::Tiered {
                    tiers: fee_tiers(&[("0", fixed, self.number("unbalanced"))]),
                },
                None => linear(self.number("unbalanced")),
            };
            UsagePlan::BalancedUnbalanced {
                balanced: linear(self.number("balanced")),
                unbalanced,
            }
        } else if self.has("back_to_first") {
            let step = self.row("back_to_first");
            UsagePlan::Plan(RatePlan::TieredThenBackToFirst {
                tiers: self.tiers("tiers"),
                start: quantity(&step[0]),
                price: price(&step[1]),
            })
        } else if self.has("tiers") {
            UsagePlan::Plan(RatePlan::Tiered {
                tiers: self.tiers("tiers"),
            })
        } else if self.has("price") {
            UsagePlan::Plan(linear(self.number("price")))
        } else {
            UsagePlan::Plan(RatePlan::FlatFee {
                fee: amount(self.number("fixed")),
            })
        };
        Pricing::Usage {
            plan,
            floor: self.text("floor").map(price),
        }
    }

    fn check_one(&self, pricing: Pricing) {
        let charge = rate_one(line(pricing), self.usage()).charge;
        assert_eq!(charge, minor(self.number("charge")), "V = {}", self.number("V"));
    }

    fn check_lines(
        &self,
        terms: &[LineTerms],
        condition: &Condition,
        usage: &[LineUsage],
        decimals: u8,
    ) -> Vec<LineCharge> {
        validate_direction(terms, condition).expect("well formed");
        let rated = interclear_rating::rate_direction(terms, condition, usage, decimals).expect("rates");
        let scale = |text| i128::try_from(decimal(text, usize::from(decimals))).expect("fits");
        for (name, value) in [
            ("shortfall", rated.shortfall),
            ("payable", rated.charge + rated.shortfall),
            ("charge_total", rated.charge),
        ] {
            if let Some(expected) = self.text(name) {
                assert_eq!(value, scale(expected), "{name}");
            }
        }
        rated.lines
    }

    fn check_condition(&self, condition: Condition) {
        let lines = self.check_lines(&[line(self.pricing())], &condition, &[self.usage()], DECIMALS);
        assert_eq!(lines[0].charge, minor(self.number("charge")));
    }

    fn check_direction(&self, condition: Condition, decimals: u8) -> Vec<LineCharge> {
        let cases = self.lines();
        let terms: Vec<_> = cases.iter().map(|case| line(case.pricing())).collect();
        let usage: Vec<_> = cases.iter().map(Case::usage).collect();
        let lines = self.check_lines(&terms, &condition, &usage, decimals);
        for (line, case) in lines.iter().zip(&cases) {
            let expected = decimal(case.number("charge"), usize::from(decimals));
            assert_eq!(
                line.charge,
                i128::try_from(expected).expect("fits"),
                "{}",
                case.number("service")
            );
        }
        lines
    }

    fn deal_revenue(&self) -> Condition {
        Condition::DealRevenue {
            commitment: amount(self.number("commitment")),
            including_tax: false,
        }
    }
}

fn strings(value: &RawValue) -> Vec<String> {
    let items: Vec<Box<RawValue>> = serde_json::from_str(value.get()).expect("list");
    items.iter().map(|item| item.get().to_owned()).collect()
}

fn cases(value: &RawValue) -> Vec<Case> {
    serde_json::from_str::<Vec<BTreeMap<String, Box<RawValue>>>>(value.get())
        .expect("list of cases")
        .into_iter()
        .map(Case)
        .collect()
}

#[test]
fn rating_should_meet_the_golden_numbers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/rating.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not at hand");
        return;
    };
    let sections: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&text).expect("valid JSON");
    let mut checked = 0;
    for (name, value) in sections.iter().filter(|(name, _)| *name != "about") {
        for case in cases(value) {
            println!(
                "{name}: {:?}",
                case.0
                    .iter()
                    .map(|(k, v)| format!("{k}={}", v.get()))
                    .collect::<Vec<_>>()
            );
            match name.as_str() {
                "tiered"
                | "flat_fee"
                | "tiered_then_back_to_first"
                | "balanced_unbalanced"
                | "price_floor"
                | "bwr_example_1" => case.check_one(case.pricing()),
                "back_to_first" => case.check_one(
                    RatePlan::BackToFirst {
                        tiers: case.tiers("tiers"),
                    }
                    .into(),
                ),
                "send_or_pay_revenue" | "over_delivery" => case.check_condition(case.deal_revenue()),
                "send_or_pay_volume" => {
                    let volume = quantity(case.number("committed_volume"));
                    case.check_condition(Condition::VolumeCommitment {
                        volume,
                        missing: MissingPrice::AsUsed,
                    });
                }
                "zero_traffic_commitment" => {
                    case.check_direction(case.deal_revenue(), DECIMALS);
                }
                "revenue_commitment_across_services" => {
                    case.check_direction(case.deal_revenue(), DECIMALS);
                    let lines = case.check_direction(case.deal_revenue(), 2);
                    let split = Case(
                        serde_json::from_str(case.0["shortfall_split_in_cents"].get())
                            .expect("split by service"),
                    );
                    for (line, service) in lines.iter().zip(case.lines()) {
                        let service = service.number("service");
                        assert_eq!(line.shortfall.to_string(), split.number(service), "{service}");
                    }
                }
                "usage_caps" => {
                    let commitment = amount(case.number("commitment"));
                    case.check_direction(Condition::UsageCaps { commitment }, DECIMALS);
                }
                "per_destination" => {
                    case.check_direction(Condition::Unconditional, DECIMALS);
                }
                "excluded_services" => case.check_one(Pricing::TapCharge),
                "tax" => {
                    let rate = TaxRate(decimal(case.number("tax_rate"), 7).try_into().expect("rate"));
                    let terms = LineTerms {
                        tax: TaxRule::Excluded { rate },
                        ..line(case.pricing())
                    };
                    let rated = rate_one(terms, case.usage());
                    assert_eq!(rated.charge, minor(case.number("charge")));
                    assert_eq!(rated.tax, minor(case.number("tax")));
                    assert_eq!(rated.charge + rated.tax, minor(case.number("gross")));
                }
                other => panic!("no test knows the section {other}"),
            }
            checked += 1;
        }
    }
    println!("{checked} cases");
    assert!(checked >= 30, "only {checked} cases");
}
