//! What is told of tasks.

use super::*;
use crate::commands::Cli;
use clap::Parser;
use interclear_matching::Text;
use interclear_primitives::{
    ids::{AgreementId, CycleId, DisputeId, ObligationId},
    inventory::Relation,
    money::Value,
    period::Period,
};

fn token(issuer: u32, currency: Currency) -> Token {
    Token {
        issuer: OperatorId(issuer),
        currency,
        decimals: 2,
    }
}

/// One token, in euro.
fn tokens() -> Tokens {
    Tokens(vec![(1, token(2, Currency::EUR))])
}

fn redemption(token: TokenId) -> Redemption {
    Redemption {
        token,
        operator: OperatorId(9),
        amount: 123_456,
        reference: "BACK-1".parse().unwrap(),
        until: 86_400,
    }
}

fn relation() -> Relation {
    Relation {
        buyer: OperatorId(3),
        seller: OperatorId(7),
        class: Text::new(b"ELINE").expect("a class"),
    }
}

#[test]
fn a_task_should_say_when_silence_has_an_effect_when_that_is_later_than_it_is_due() {
    let line = |due, silence| Line {
        due,
        silence,
        kind: "answer_files",
        partner: None,
        what: "1 file waits".into(),
        next: String::new(),
    };
    assert_eq!(
        line(Some(0), Some(86_400)).told(),
        "1 file waits; silence stops the month until 1970-01-02 00:00:00 UTC"
    );
    for same in [
        line(Some(60), Some(60)),
        line(None, Some(60)),
        line(Some(60), None),
    ] {
        assert_eq!(same.told(), "1 file waits");
    }
}

#[test]
fn a_token_should_be_named_when_the_creditor_accepts_but_one_of_the_currency() {
    let usd = "USD".parse().unwrap();
    let tokens = Tokens(vec![
        (1, token(2, Currency::EUR)),
        (4, token(3, Currency::EUR)),
        (5, token(2, usd)),
    ]);
    let accepted = |issuers: &[u32]| {
        let issuers: Vec<OperatorId> = issuers.iter().map(|number| OperatorId(*number)).collect();
        tokens.accepted(Currency::EUR, &issuers)
    };
    assert_eq!(accepted(&[3]), Some(4));
    assert_eq!(accepted(&[2, 9]), Some(1));
    assert_eq!(accepted(&[2, 3]), None, "its debtor chooses");
    assert_eq!(accepted(&[9]), None);
}

#[test]
fn a_gross_payment_should_name_its_token_when_there_is_but_one_of_the_currency() {
    let token = |currency| token(2, currency);
    let task = TaskKind::Pay {
        obligation: ObligationId(7),
        currency: Currency::EUR,
        amount: Value::Clear(4_685),
        gross: true,
    };
    let usd = "USD".parse().unwrap();
    let next = |tokens| Tokens(tokens).words(&task, None).1;
    assert_eq!(
        next(vec![(1, token(usd)), (4, token(Currency::EUR))]),
        "interclear payment pay 7 --token 4"
    );
    // Which of them the creditor accepts is for its debtor to look up.
    assert_eq!(
        next(vec![(4, token(Currency::EUR)), (5, token(Currency::EUR))]),
        "interclear payment pay 7 --token TOKEN"
    );
    assert_eq!(
        next(vec![(1, token(usd))]),
        "interclear payment pay 7 --token TOKEN"
    );
}

#[test]
fn redemptions_should_be_told_to_the_issuer_when_they_wait_for_its_payment() {
    let tokens = Tokens(vec![(1, token(2, Currency::EUR)), (2, token(5, Currency::EUR))]);
    let all = [(RedemptionId(3), redemption(1)), (RedemptionId(4), redemption(2))];
    let lines = tokens.redeemed(OperatorId(2), &all);
    assert_eq!(
        lines,
        [Line {
            due: Some(86_400),
            silence: Some(86_400),
            kind: "pay_redemption",
            partner: Some(OperatorId(9)),
            what: "redemption 3: 1\u{202f}234.56 EUR are to be paid at a bank with reference BACK-1; unconfirmed, the tokens go back".into(),
            next: "interclear token confirm-redemption 3 --reference REFERENCE".into(),
        }]
    );
    assert!(
        tokens.redeemed(OperatorId(9), &all).is_empty(),
        "whoever redeems waits"
    );
}

#[test]
fn inventories_should_be_told_with_the_commands_that_do_it_when_something_waits() {
    let tokens = tokens();
    let relation = relation();
    let words = |kind: TaskKind| tokens.words(&kind, None);
    assert_eq!(
        words(TaskKind::AffirmBill {
            relation,
            period: Period(202_611),
            currency: Currency::EUR,
            net: Value::Clear(123_456),
        }),
        (
            "the bill of ELINE for 2026-11, 1\u{202f}234.56 EUR, waits to be affirmed; silence affirms it"
                .into(),
            "interclear inventory affirm --relation 3:7:ELINE 2026-11 --currency EUR".into()
        )
    );
    let records = |records| words(TaskKind::CorrectRecords { relation, records }).0;
    assert_eq!(
        [records(1), records(50)],
        [
            "1 record of ELINE does not match, and is not billed",
            "50 records of ELINE do not match, and are not billed"
        ]
    );
}

#[test]
fn tasks_should_be_told_with_their_amounts_and_commands_when_they_have_any() {
    let tokens = tokens();
    let fund = TaskKind::FundCycle {
        cycle: CycleId(3),
        token: 1,
        amount: Value::Clear(123_456),
    };
    assert_eq!(
        tokens.words(&fund, None),
        (
            "1\u{202f}234.56 EUR are to be put on hold for cycle 3".into(),
            "interclear cycle fund 3".into()
        )
    );
    let one = TaskKind::AnswerFiles {
        agreement: AgreementId(7),
        period: Period(202_611),
        files: 1,
    };
    assert_eq!(
        tokens.words(&one, None).0,
        "1 file for 2026-11 waits for your answer"
    );
    let later = TaskKind::ExcludeDefaulters {
        cycle: CycleId(3),
        debtors: 2,
    };
    assert_eq!(
        tokens.words(&later, None).0,
        "2 debtors have not funded cycle 3 in time"
    );
}

/// One of each kind.
fn kinds() -> Vec<TaskKind> {
    let (agreement, period, dispute) = (AgreementId(7), Period(202_611), DisputeId(2));
    let (obligation, cycle, currency) = (ObligationId(5), CycleId(3), Currency::EUR);
    let (amount, files) = (Value::Clear(123_456), 2);
    let relation = relation();
    let low = |pays| TaskKind::EscrowLow {
        agreement,
        pays,
        currency,
        left: Value::ZERO,
    };
    let pay = |gross| TaskKind::Pay {
        obligation,
        currency,
        amount,
        gross,
    };
    let name = |named, currency| TaskKind::NameToken {
        obligation,
        currency,
        amount,
        named,
    };
    let unknown = "USD".parse().unwrap();
    vec![
        TaskKind::CheckSealingKey { version: 1 },
        TaskKind::AnswerChannel { epoch: 1 },
        TaskKind::AnswerOffer {
            agreement,
            version: 2,
        },
        TaskKind::AnswerFiles {
            agreement,
            period,
            files,
        },
        TaskKind::LateFiles {
            agreement,
            period,
            files,
        },
        TaskKind::ReturnedFiles {
            agreement,
            period,
            files,
        },
        TaskKind::MissingFiles {
            agreement,
            period,
            gaps: 1,
        },
        TaskKind::AnswerReports {
            agreement,
            period,
            pairs: 1,
        },
        TaskKind::CloseMonth {
            agreement,
            period,
            asked: true,
        },
        TaskKind::AffirmStatement { agreement, period },
        TaskKind::AnswerDispute { dispute },
        TaskKind::ContinueDispute { dispute },
        TaskKind::RuleDispute { dispute },
        low(true),
        low(false),
        pay(true),
        pay(false),
        name(Some(1), currency),
        name(None, currency),
        name(None, unknown),
        TaskKind::ConfirmPayment {
            obligation,
            currency,
            amount,
            in_cycle: None,
        },
        TaskKind::ExposureExceeded {
            currency,
            amount,
            cap: Value::ZERO,
        },
        TaskKind::ChargeInterest {
            obligation,
            currency,
            amount,
        },
        TaskKind::CollectCycle { cycle },
        TaskKind::ComputeCycle { cycle },
        TaskKind::FundCycle {
            cycle,
            token: 1,
            amount,
        },
        TaskKind::SettleCycle { cycle },
        TaskKind::ExcludeDefaulters { cycle, debtors: 2 },
        TaskKind::SignProfile { relation, version: 1 },
        TaskKind::CorrectRecords { relation, records: 2 },
        TaskKind::BillMonth { relation, period },
        TaskKind::AffirmBill {
            relation,
            period,
            currency,
            net: amount,
        },
    ]
}

#[test]
fn every_task_should_name_a_command_that_there_is_when_it_is_told() {
    let tokens = tokens();
    let redeemed = tokens.redeemed(OperatorId(2), &[(RedemptionId(3), redemption(1))]);
    let told = kinds()
        .into_iter()
        .map(|kind| tokens.words(&kind, Some(OperatorId(4))).1);
    let told: Vec<String> = told.chain(redeemed.into_iter().map(|line| line.next)).collect();
    assert_eq!(told.len(), kinds().len() + 1);
    for command in told.iter().flat_map(|next| next.split(" && ")) {
        // What the reader has to fill in.
        let filled = command.replace("AMOUNT", "1.50").replace("TOKEN", "1");
        assert!(filled.starts_with("interclear "), "{command}");
        if let Err(error) = Cli::try_parse_from(filled.split(' ')) {
            panic!("{command}: {error}");
        }
    }
}
