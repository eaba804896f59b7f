//! What commands on escrows ask first.

use crate::{commands::agreement::found::agreement_of, error::CommandError, names::Names, session::Session};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
};
use interclear_primitives::{
    agreement::{Direction, Prepaid},
    escrow::{in_minor, Escrow, EscrowMonth},
    ids::{AgreementId, OperatorId},
    money::Currency,
    period::Period,
};
use serde_json::{json, Value};

/// The direction in which the subscribers of the operator roam for which the key acts.
pub(super) async fn own_direction(
    session: &Session,
    chain: &Chain,
    agreement: AgreementId,
) -> Result<Direction, CommandError> {
    let operator = session.operator(chain).await?;
    let found = agreement_of(chain, agreement).await?;
    Direction::owed_by(operator, &found.parties).ok_or_else(|| {
        CommandError::Invalid(format!(
            "operator {operator}, for which the key acts, is not a party to agreement {agreement}"
        ))
    })
}

pub(super) async fn escrow_of(
    chain: &Chain,
    agreement: AgreementId,
    direction: Direction,
) -> Result<Escrow<AccountId>, CommandError> {
    let [first, second] = chain.escrows(agreement).await?;
    let found = match direction {
        Direction::FirstHome => first,
        Direction::SecondHome => second,
    };
    found.ok_or_else(|| {
        CommandError::NotFound(format!(
            "escrow under agreement {agreement} of the party whose subscribers roam; it makes one with `interclear escrow deposit \
             {agreement} AMOUNT`"
        ))
    })
}

/// The escrow of the other party of a direction of one's own, which releases a part of it.
pub(super) async fn escrow_of_partner(
    chain: &Chain,
    agreement: AgreementId,
    own: Direction,
) -> Result<Escrow<AccountId>, CommandError> {
    match escrow_of(chain, agreement, own.reverse()).await {
        Err(CommandError::NotFound(_)) if escrow_of(chain, agreement, own).await.is_ok() => {
            Err(CommandError::Invalid(format!(
                "the escrow under agreement {agreement} is your own, and secures your partner: your partner releases a part of it, \
                 with this command; what is left comes back at the end (`interclear escrow refund {agreement}`)"
            )))
        }
        found => found,
    }
}

/// The names of the home and of the visited party of a direction.
pub(super) async fn sides(
    chain: &Chain,
    names: &Names,
    agreement: AgreementId,
    direction: Direction,
) -> Result<[String; 2], CommandError> {
    let parties = agreement_of(chain, agreement).await?.parties;
    Ok(direction.home_and_visited(parties).map(|party| names.get(party)))
}

/// An amount of the token of an escrow.
pub(super) fn shown(escrow: &Escrow<AccountId>, minor: u128) -> String {
    format!(
        "{} {}",
        money::grouped_unsigned(minor, escrow.decimals),
        escrow.currency
    )
}

/// What is left of an escrow, of amounts in 10^-6 of its currency: whole units of the token, of which a part is worth nothing.
pub(super) fn whole(escrow: &Escrow<AccountId>, millionths: u128) -> u128 {
    let unit = escrow.in_millionths(1);
    millionths.checked_div(unit).unwrap_or_default()
}

/// What an escrow has reserved, or is warned of: a part of a unit takes a whole one.
pub(super) fn taken(escrow: &Escrow<AccountId>, millionths: u128) -> u128 {
    escrow.in_minor(millionths)
}

/// Below what both parties are warned, in 10^-6 of the currency.
pub(super) fn floor(prepaid: Option<Prepaid>) -> u128 {
    prepaid.map_or(0, |prepaid| prepaid.floor)
}

/// What is left of an escrow for files of a month, in 10^-6 of its currency; nothing where these reserve nothing.
pub(super) fn left_for(
    escrow: &Escrow<AccountId>,
    prepaid: Option<Prepaid>,
    month: Period,
    used: &EscrowMonth,
) -> u128 {
    match prepaid {
        Some(_) if escrow.from <= month => escrow.left_for(used),
        _ => 0,
    }
}

/// Which files an escrow covers, if those of a month, in which its direction is prepaid or not, are not among them.
pub(super) fn covered(escrow: &Escrow<AccountId>, prepaid: bool, month: Period) -> Option<String> {
    match prepaid {
        true => (month < escrow.from).then(|| format!("covers files from {} on", escrow.from)),
        false => Some(format!(
            "covers no files of {month}, for which the terms do not say that the direction is prepaid"
        )),
    }
}

/// What is said of an amount in 10^-6 of a currency that the first deposit finds reserved; `None` of nothing.
pub(super) fn found_reserved(millionths: u128, (decimals, currency): (u8, Currency)) -> Option<String> {
    // A part of a unit takes a whole one.
    let amount = in_minor(millionths, decimals);
    (millionths > 0).then(|| {
        format!(
            "{} {currency} of prepaid months are stated or owed already, and come before new usage",
            money::grouped_unsigned(amount, decimals)
        )
    })
}

/// For machines: the escrow of a party that has deposited nothing, among those that there are, with what its first deposit finds reserved.
pub(super) fn not_deposited(
    of: OperatorId,
    owed_before: u128,
    (decimals, currency): (u8, Currency),
) -> Value {
    json!({
        "of": of,
        "token": null,
        "currency": currency,
        "account": null,
        "held": money::unsigned(0, decimals),
        "reserved": money::unsigned(0, 6),
        "left": money::unsigned(0, 6),
        "owed_before": money::unsigned(owed_before, 6),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escrow() -> Escrow<AccountId> {
        Escrow {
            token: 1,
            currency: Currency::EUR,
            decimals: 2,
            account: AccountId::from([0; 32]),
            held: 10_000,
            reserved: 1_234_567,
            unpaid: 0,
            tried: None,
            from: Period(202_601),
        }
    }

    #[test]
    fn what_an_escrow_covers_should_be_told_when_files_of_the_month_are_not_among_it() {
        assert_eq!(covered(&escrow(), true, Period(202_601)), None);
        let later = covered(&escrow(), true, Period(202_512)).unwrap();
        assert_eq!(later, "covers files from 2026-01 on");
        let on_affirmation = covered(&escrow(), false, Period(202_601)).unwrap();
        assert!(on_affirmation.contains("no files of 2026-01"), "{on_affirmation}");
    }

    #[test]
    fn nothing_should_be_left_for_files_when_they_reserve_nothing() {
        let left = |prepaid, month| left_for(&escrow(), prepaid, month, &EscrowMonth::default());
        let prepaid = Some(Prepaid { floor: 7 });
        // 100.00 are held, and 1.234567 of it are used.
        assert_eq!(left(prepaid, Period(202_601)), 98_765_433);
        assert_eq!(left(prepaid, Period(202_512)), 0);
        assert_eq!(left(None, Period(202_601)), 0);
        assert_eq!([prepaid, None].map(floor), [7, 0]);
    }

    #[test]
    fn what_is_owed_should_be_told_before_the_first_deposit_when_there_is_any() {
        let euro = (2, Currency::EUR);
        assert_eq!(found_reserved(0, euro), None);
        assert_eq!(
            found_reserved(1_234_567_890_001, euro).as_deref(),
            Some("1\u{202f}234\u{202f}567.90 EUR of prepaid months are stated or owed already, and come before new usage")
        );
    }

    #[test]
    fn machines_should_read_what_a_first_deposit_finds_when_a_party_has_no_escrow() {
        let entry = not_deposited(OperatorId(3), 1_234_567, (2, Currency::EUR));
        assert_eq!(entry["of"], 3);
        assert_eq!(entry["owed_before"], "1.234567");
        // Whoever reads the amounts of escrows reads amounts, and no account that does not hold them.
        assert_eq!(
            (&entry["held"], &entry["left"]),
            (&json!("0.00"), &json!("0.000000"))
        );
        assert_eq!((&entry["account"], &entry["token"]), (&Value::Null, &Value::Null));
    }

    #[test]
    fn amounts_should_have_the_decimals_of_the_token_when_files_charge_parts_of_its_unit() {
        let escrow = escrow();
        assert_eq!(shown(&escrow, taken(&escrow, escrow.reserved)), "1.24 EUR");
        assert_eq!(shown(&escrow, whole(&escrow, escrow.left())), "98.76 EUR");
        assert_eq!(shown(&escrow, 1_234_567), "12\u{202f}345.67 EUR");
    }
}
