//! What commands on escrows ask first.

use crate::{commands::agreement::found::agreement_of, error::CommandError, names::Names, session::Session};
use interclear_client::{
    chain::{AccountId, Chain},
    money,
};
use interclear_primitives::{agreement::Direction, escrow::Escrow, ids::AgreementId, period::Period};

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
            "operator {operator}, for which the key acts, is no party to agreement {agreement}"
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
    millionths.div_ceil(escrow.in_millionths(1).max(1))
}

/// Which files an escrow covers, if those of a month are not among them.
pub(super) fn covered(escrow: &Escrow<AccountId>, month: Period) -> Option<String> {
    let covered = match escrow.prepaid {
        true => format!("covers files from {} on", escrow.from),
        false => "covers no files, as it is for payment on affirmation: where the terms have become prepaid, it does from the first file on".into(),
    };
    (!escrow.is_drawn_on(month)).then_some(covered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::money::Currency;

    fn escrow() -> Escrow<AccountId> {
        Escrow {
            token: 1,
            currency: Currency::EUR,
            decimals: 2,
            account: AccountId::from([0; 32]),
            held: 10_000,
            reserved: 1_234_567,
            floor: 0,
            unpaid: 0,
            tried: None,
            prepaid: true,
            from: Period(202_601),
        }
    }

    #[test]
    fn what_an_escrow_covers_should_be_told_when_files_of_the_month_are_not_among_it() {
        assert_eq!(covered(&escrow(), Period(202_601)), None);
        let later = covered(&escrow(), Period(202_512)).unwrap();
        assert_eq!(later, "covers files from 2026-01 on");
        let on_affirmation = Escrow {
            prepaid: false,
            ..escrow()
        };
        assert!(covered(&on_affirmation, Period(202_601)).is_some_and(|text| text.contains("no files")));
    }

    #[test]
    fn amounts_should_have_the_decimals_of_the_token_when_files_charge_parts_of_its_unit() {
        let escrow = escrow();
        assert_eq!(shown(&escrow, taken(&escrow, escrow.reserved)), "1.24 EUR");
        assert_eq!(shown(&escrow, whole(&escrow, escrow.left())), "98.76 EUR");
        assert_eq!(shown(&escrow, 1_234_567), "12\u{202f}345.67 EUR");
    }
}
