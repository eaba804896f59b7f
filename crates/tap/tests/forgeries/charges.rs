//! Charges, taxes, exchange rates and quantities.

use crate::made::*;
use interclear_primitives::{increment::Increment, service::Service};
use interclear_tap::{AgreedRate, Code, Context, Options, TariffCheck, Verdict};
use interclear_tap_samples::terms;

/// An agreement on a tenth of the currency for each minute that is begun.
fn by_the_minute() -> Options {
    Options {
        tariff: Some(TariffCheck {
            terms: terms::of(vec![terms::linear(
                Service::MocLocal,
                100_000_000,
                Increment::Seconds(60),
            )]),
            tolerance: 0,
        }),
        ..Options::default()
    }
}

#[test]
fn quantities_should_be_rounded_by_the_agreed_increment_when_the_agreement_is_in_another_currency() {
    let records = (0..1_000).map(|index| {
        let start = format!("2026031410{:02}{:02}", index / 60, index % 60);
        let call = Call {
            duration: made(|e| e.unsigned(223, 1)),
            start: start.leak(),
            ..Call::default()
        };
        call.record()
    });
    let mut file = File {
        charge: 100_000,
        records: records.collect(),
        ..File::default()
    };
    let options = by_the_minute();
    for (currency, compared) in [("EUR", 1_000), ("XDR", 0)] {
        file.currency = currency;
        let outcome = file.check_with(&options);
        let [total] = outcome.summary.as_ref().unwrap().services[..] else {
            panic!("one service");
        };
        assert_eq!(total.quantity, 1_000_000_000, "1,000 minutes, {currency}");
        let tariff = outcome.tariff.unwrap();
        assert_eq!((tariff.compared, tariff.skipped), (compared, 1_000 - compared));
    }
}

#[test]
fn exchange_rate_should_not_agree_when_rounding_does_not_explain_it() {
    let codes_of = |rate: (u64, u64), currencies: (&'static str, &'static str)| {
        let file = File {
            rate,
            local: currencies.0,
            currency: currencies.1,
            records: vec![Call::default().record()],
            ..File::default()
        };
        let agreed = AgreedRate {
            local: "EUR".parse().unwrap(),
            tap: "XDR".parse().unwrap(),
            rate: 1_219_029_000,
        };
        let options = Options {
            context: Context {
                agreed_rate: Some(agreed),
                ..Context::default()
            },
            ..Options::default()
        };
        let outcome = file.check_with(&options);
        (codes(&outcome), outcome.returned.records())
    };
    use Code::*;
    let below = (vec![ExchangeRateBelowAgreed; 2], 1);
    let file = ("EUR", "XDR");
    for good in [
        (6, 1_219_029),
        (5, 121_903),
        (5, 121_902),
        (4, 12_190),
        (3, 1_219),
    ] {
        assert_eq!(codes_of(good, file), (vec![], 0), "{good:?}");
    }
    for low in [
        (0, 1),
        (1, 12),
        (2, 121),
        (5, 110_000),
        (6, 1_219_028),
        (6, 820_325),
    ] {
        assert_eq!(codes_of(low, file), below, "{low:?}");
    }
    for high in [(0, 2), (1, 13), (2, 122), (6, 1_219_030)] {
        assert_eq!(
            codes_of(high, file),
            (vec![ExchangeRateAboveAgreed], 0),
            "{high:?}"
        );
    }
    // Who does not name the local currency is held to the agreed one.
    let missing = vec![
        LocalCurrencyMissing,
        ExchangeRateBelowAgreed,
        ExchangeRateBelowAgreed,
    ];
    assert_eq!(codes_of((5, 110_000), ("", "XDR")), (missing, 1));
    for others in [("USD", "XDR"), ("EUR", "USD")] {
        assert_eq!(codes_of((5, 110_000), others), (vec![ExchangeRateUnchecked], 0));
    }
    // Nothing is converted between a currency and itself, whatever is agreed between others.
    let itself = ("EUR", "EUR");
    for one in [(5, 100_000), (0, 1), (2, 100)] {
        assert_eq!(codes_of(one, itself), (vec![], 0), "{one:?}");
    }
    assert_eq!(codes_of((5, 50_000), itself), below);
    assert_eq!(codes_of((5, 200_000), itself), (vec![ExchangeRateAboveAgreed], 0));
    let half = File {
        rate: (5, 50_000),
        records: vec![Call::default().record()],
        ..File::default()
    };
    assert_eq!(codes(&half.check()), below.0, "with nothing agreed");
}

#[test]
fn tax_should_be_refused_when_it_is_not_on_what_is_charged() {
    use Code::*;
    let whole: &[(&str, u64)] = &[("00", 100)];
    let found = |charges: &[(&str, u64)], list: &[(Option<u64>, Option<u64>, Option<u64>)]| {
        codes(&taxed(charges, list).check())
    };
    assert_eq!(found(whole, &[(Some(1), Some(19), None)]), []);
    assert_eq!(found(whole, &[(Some(1), Some(19), Some(100))]), []);
    // A taxable amount of ten thousand times the charge.
    assert_eq!(
        found(whole, &[(Some(1), Some(190_000), Some(1_000_000))]),
        [TaxDiffers]
    );
    // No code: nothing says what the tax is.
    assert_eq!(
        found(whole, &[(None, Some(5_000), None)]),
        [TaxDiffers, ItemMissing]
    );
    assert_eq!(found(whole, &[(None, Some(5), None)]), [ItemMissing]);
    // A row without a rate: told, and refused above the charge.
    assert_eq!(found(whole, &[(Some(3), Some(5), None)]), [TaxUnrated]);
    assert_eq!(
        found(whole, &[(Some(3), Some(5_000), None)]),
        [TaxDiffers, TaxUnrated]
    );
    // It does not hide the tax beside it.
    let large: &[(&str, u64)] = &[("00", 10_000)];
    let both = [(Some(1), Some(9_000), None), (Some(3), Some(1), None)];
    assert_eq!(found(large, &both), [TaxDiffers, TaxUnrated]);
    // A taxable amount does not wander into the next tax.
    let leak = [(Some(2), None, Some(1_000_000)), (Some(1), Some(190_000), None)];
    assert_eq!(found(large, &leak), [TaxDiffers, ItemMissing]);
    // The second tax is on the charge and the first tax.
    let compound = [(Some(1), Some(1_900), None), (Some(2), Some(833), Some(11_900))];
    assert_eq!(found(large, &compound), []);
    let inflated = [(Some(1), Some(1_900), None), (Some(2), Some(910), Some(13_000))];
    assert_eq!(found(large, &inflated), [TaxDiffers]);
    assert_eq!(taxed(large, &both).check().returned.records(), 1);
}

#[test]
fn tax_should_be_refused_when_one_code_taxes_more_than_the_charge() {
    use Code::*;
    let charge: &[(&str, u64)] = &[("00", 10_000)];
    let check = |list: &[(Option<u64>, Option<u64>, Option<u64>)]| taxed(charge, list).check();
    let whole = (Some(1), Some(1_900), None);
    let half = (Some(1), Some(950), Some(5_000));
    let twice = check(&[whole, whole]);
    assert_eq!(codes(&twice), [TaxDiffers]);
    assert_eq!(twice.returned.records(), 1);
    let message = &twice.findings.kept()[0].message;
    assert!(message.contains("3.8") && message.contains("1.9"), "{message}");
    let stated = (Some(1), Some(1_900), Some(10_000));
    assert_eq!(codes(&check(&[stated, stated])), [TaxDiffers]);
    assert_eq!(codes(&check(&[half, half, half])), [TaxDiffers]);
    // The tax of the same code is none that it may be on as well.
    assert_eq!(
        codes(&check(&[whole, (Some(1), Some(361), Some(1_900))])),
        [TaxDiffers]
    );
    // A row without a rate: told, and refused above the charge.
    let unrated = (Some(3), Some(6_000), None);
    assert_eq!(codes(&check(&[unrated])), [TaxUnrated]);
    assert_eq!(codes(&check(&[unrated, unrated])), [TaxDiffers, TaxUnrated]);
    // Parts of the charge, or other codes.
    assert_eq!(codes(&check(&[half, half])), []);
    let other = (Some(2), Some(700), None);
    assert_eq!(codes(&check(&[whole, other])), []);
    assert_eq!(codes(&check(&[half, other, half])), []);
}

#[test]
fn tax_should_be_refused_when_one_code_taxes_airtime_twice() {
    let split: &[(&str, u64)] = &[("00", 10_000), ("01", 4_000), ("03", 6_000)];
    let found = |charges, list: &[(Option<u64>, Option<u64>, Option<u64>)]| {
        let file = File {
            taxes: vec![(1, "1900000", "01")],
            ..taxed(charges, list)
        };
        codes(&file.check())
    };
    let whole = (Some(1), Some(760), None);
    let stated = (Some(1), Some(760), Some(4_000));
    let half = (Some(1), Some(380), Some(2_000));
    for list in [[whole, whole], [stated, stated], [whole, half]] {
        assert_eq!(found(split, &list), [Code::TaxDiffers], "{list:?}");
    }
    assert_eq!(found(split, &[half, half]), []);
    // Airtime is not told apart: at most all of it is.
    let charge: &[(&str, u64)] = &[("00", 10_000)];
    let all = (Some(1), Some(1_900), None);
    assert_eq!(found(charge, &[all]), []);
    assert_eq!(found(charge, &[all, all]), [Code::TaxDiffers]);
    assert_eq!(found(charge, &[whole, whole]), []);
}

#[test]
fn tax_should_be_on_airtime_only_when_its_row_says_so() {
    let split: &[(&str, u64)] = &[("00", 10_000), ("01", 4_000), ("03", 6_000)];
    let found = |value, base, charges| {
        let file = File {
            taxes: vec![(1, "1900000", "01")],
            ..taxed(charges, &[(Some(1), Some(value), base)])
        };
        codes(&file.check())
    };
    assert_eq!(found(760, None, split), []);
    assert_eq!(found(760, Some(4_000), split), []);
    assert_eq!(found(1_900, None, split), [Code::TaxDiffers]);
    // Airtime is not told apart: at most all of it is.
    assert_eq!(found(760, None, &[("00", 10_000)]), []);
    assert_eq!(found(1_930, None, &[("00", 10_000)]), [Code::TaxDiffers]);
    // More airtime than is charged.
    assert_eq!(
        found(19_000, None, &[("00", 10_000), ("01", 100_000)]),
        [Code::TaxDiffers]
    );
}

#[test]
fn file_should_be_refused_when_small_excesses_of_tax_add_up() {
    let file = |charge: u64, list: &[u64]| {
        let tax: u64 = list.iter().sum();
        let list: Vec<(Option<u64>, Option<u64>, Option<u64>)> =
            list.iter().map(|tax| (Some(1), Some(*tax), None)).collect();
        let list = taxes(&list);
        let records = (0..400).map(|index| {
            let start = format!(
                "20260314{:02}{:02}{:02}",
                10 + index / 3_600,
                index / 60 % 60,
                index % 60
            );
            let call = Call {
                start: start.leak(),
                services: vec![service("11", &[information(1, &[("00", charge)], &list)])],
                ..Call::default()
            };
            call.record()
        });
        File {
            charge: 400 * charge,
            tax: 400 * tax,
            records: records.collect(),
            ..File::default()
        }
    };
    // 8.00 on 0.40.
    let outcome = file(1, &[20]).check();
    assert_eq!(codes(&outcome), [Code::TaxSumDiffers]);
    assert_eq!(outcome.verdict(), Verdict::Findings);
    // Rounded to a hundredth, one by one: 0.015 is 0.02, and 0.012 is 0.01.
    assert_eq!(codes(&file(79, &[20]).check()), []);
    assert_eq!(codes(&file(63, &[10]).check()), []);
    assert_eq!(
        codes(&file(1_000, &[170]).check()),
        [Code::TaxSumDiffers],
        "too little, too"
    );
    // Rounding explains 0.007 on 0.020 once, and not that the charge is taxed twice.
    assert_eq!(codes(&file(20, &[7]).check()), []);
    assert_eq!(codes(&file(20, &[7, 7]).check()), [Code::TaxSumDiffers]);
}

#[test]
fn charge_should_be_compared_with_measured_use_when_the_sender_charges_other_units() {
    let check = |informations: &[Vec<u8>], charge| {
        let call = Call {
            services: vec![service("11", informations)],
            ..Call::default()
        };
        let file = File {
            charge,
            records: vec![call.record()],
            ..File::default()
        };
        file.check_with(&by_the_minute())
            .findings
            .codes()
            .contains(&Code::ChargeAboveRate)
    };
    assert!(!check(&[information(1, &[("00", 100)], &[])], 100));
    // Ten minutes are charged for a call of one.
    let units = made(|e| {
        e.group(69, |e| {
            e.text(66, "D");
            e.unsigned(105, 1);
            e.group(258, |e| e.unsigned(259, 1));
            e.group(64, |e| {
                e.group(63, |e| {
                    e.text(71, "00");
                    e.unsigned(62, 1_000);
                    e.unsigned(65, 600);
                });
            });
        });
    });
    assert!(check(&[units], 1_000));
    // A second charge of nothing, or of the same again.
    for second in [0, 5_000] {
        let both =
            [(9_000, 1), (second, 1)].map(|(charge, level)| information(level, &[("00", charge)], &[]));
        assert!(check(&both, 9_000 + second));
    }
}

#[test]
fn discount_should_be_refused_when_it_is_not_what_its_row_says() {
    use Code::*;
    let check = |charge: u64, list: &[(u64, u64, Option<u64>)]| {
        let discounts = made(|e| {
            for (code, value, base) in list {
                e.group(96, |e| {
                    e.unsigned(91, *code);
                    e.unsigned(412, *value);
                    if let Some(base) = base {
                        e.unsigned(423, *base);
                    }
                });
            }
        });
        let call = Call {
            services: vec![service("11", &[information(1, &[("00", charge)], &discounts)])],
            ..Call::default()
        };
        let file = File {
            charge,
            discount: list.iter().map(|(_, value, _)| value).sum(),
            // The third is above 100 %.
            discounts: vec![
                (1, Some(1_000), None),
                (2, None, Some(250)),
                (3, Some(20_000), None),
            ],
            records: vec![call.record()],
            ..File::default()
        };
        let outcome = file.check();
        let mut codes = codes(&outcome);
        // The row itself.
        codes.retain(|code| *code != DiscountingBad);
        (codes, outcome.returned.records())
    };
    let fine: (Vec<Code>, u64) = (vec![], 0);
    let differs: (Vec<Code>, u64) = (vec![DiscountDiffers], 1);
    for (charge, one, wanted) in [
        // On all that was to be charged, on a part of it, and within 0.02.
        (9_000, (1, 1_000, Some(10_000)), &fine),
        (9_000, (1, 1_000, None), &fine),
        (9_500, (1, 500, Some(5_000)), &fine),
        (8_980, (1, 1_020, Some(10_000)), &fine),
        (8_979, (1, 1_021, Some(10_000)), &differs),
        // Less than the rate, more than it, and more than there is.
        (9_999, (1, 1, Some(10_000)), &differs),
        (9_000, (1, 9_500, Some(10_000)), &differs),
        (9_000, (1, 900_000, Some(10_000)), &differs),
        (9_000, (1, 900_000, Some(9_000_000)), &differs),
        // Amounts.
        (9_750, (2, 250, Some(10_000)), &fine),
        (0, (2, 100, Some(100)), &fine),
        (9_900, (2, 100, Some(10_000)), &differs),
        (9_000, (2, 1_000, Some(10_000)), &differs),
    ] {
        assert_eq!(&check(charge, &[one]), wanted, "{charge} {one:?}");
    }
    assert_eq!(
        check(0, &[(3, 10_000, Some(10_000))]),
        (vec![], 1),
        "returned for its row"
    );
    // Each of several.
    let fine_one = (2, 250, None);
    assert_eq!(check(8_750, &[(1, 1_000, None), fine_one]), fine);
    assert_eq!(check(8_750, &[fine_one, (1, 5_000, Some(10_000))]), differs);
}
