//! `interclear payment`: what is paid outside of netting cycles, by a bank or gross.

use crate::{
    commands::{
        dispute::{self, words::Withheld},
        frozen,
        moved::too_little,
        obligations::{self, Owed},
        reserves::token_of,
    },
    error::CommandError,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use interclear_client::{calls, money};
use interclear_primitives::{
    ids::{AgreementId, ObligationId, OperatorId, TokenId},
    netting::{ObligationStatus, PaymentReference},
};
use serde_json::json;

/// Payments outside of netting cycles: by a bank, or gross in tokens.
#[derive(Args)]
pub struct PaymentArgs {
    #[command(subcommand)]
    command: PaymentCommand,
}

#[derive(Subcommand)]
enum PaymentCommand {
    /// Pay an obligation by itself that the terms have paid gross, all of it, from your account to the payout account of its creditor.
    /// From the day after the due day on it bears late interest.
    Pay {
        /// The obligation: `interclear obligations` lists them.
        obligation: ObligationId,
        /// The token, of an issuer that the creditor accepts: `interclear token list` lists them.
        #[arg(long)]
        token: TokenId,
    },
    /// Note that you would pay today an obligation that is paid gross, have the tokens, on your account or held for it in an escrow that
    /// cannot pay, and cannot for a reason that is not yours: your creditor has named no account, or has itself frozen yours, or no token
    /// that it accepts stands. What an escrow lacks you add with `interclear escrow pay`, from any desk. The day bears no late interest
    /// then; do it on each such day. The same tokens are tendered for one obligation a day.
    Tender {
        /// The obligation: `interclear obligations` lists them.
        obligation: ObligationId,
        /// The token that you have, of an issuer that the creditor accepts: `interclear token list` lists them.
        #[arg(long)]
        token: TokenId,
    },
    /// Tell your creditor that you have paid an obligation in full outside of netting cycles. It stays owed until the
    /// creditor confirms it, and the next cycle takes it in all the same: tell the creditor before the cut-off. Silence
    /// for 7 days says that it has not been paid; if it is confirmed within these days, no late interest runs after the
    /// claim. From then on an escrow pays it only as you have it do so (`interclear escrow pay`), or your
    /// creditor does when the days of the first claim are over.
    Claim {
        /// The obligation: `interclear obligations` lists them.
        obligation: ObligationId,
        /// The bank's reference of the payment: 1 to 35 characters A-Z, 0-9, -, / and ., naming no person.
        #[arg(long)]
        reference: PaymentReference,
    },
    /// Confirm that an obligation was paid to you in full outside of netting cycles. This is final. One that a cycle
    /// has taken in can be confirmed once the cycle has given it back; if the cycle has paid it as well, send the
    /// bank's payment back.
    Confirm {
        /// The obligation: `interclear obligations` lists them.
        obligation: ObligationId,
        /// The bank's reference of the payment: 1 to 35 characters A-Z, 0-9, -, / and ., naming no person.
        #[arg(long)]
        reference: PaymentReference,
    },
    /// Show what is claimed, or confirmed, of an obligation.
    Show {
        /// The number of what was paid, as `obligations` lists it.
        obligation: ObligationId,
    },
}

impl PaymentArgs {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self.command {
            PaymentCommand::Pay { obligation, token } => pay(session, obligation, token).await,
            PaymentCommand::Tender { obligation, token } => {
                let done = format!(
                    "today bears no late interest on obligation {obligation}: you could not pay it in token {token}. Tender it again \
                     tomorrow, or pay it as soon as you can"
                );
                session
                    .execute_and_report(&calls::tender(obligation, token), &done)
                    .await
            }
            PaymentCommand::Claim {
                obligation,
                reference,
            } => claim(session, obligation, &reference).await,
            PaymentCommand::Confirm {
                obligation,
                reference,
            } => confirm(session, obligation, &reference).await,
            PaymentCommand::Show { obligation } => show(session, obligation).await,
        }
    }
}

/// `obligation 42, 70.39 EUR`.
fn named(owed: &Owed) -> String {
    format!(
        "obligation {}, {} {}",
        owed.id,
        money::grouped_value(&owed.obligation.amount, owed.decimals),
        owed.obligation.currency
    )
}

async fn pay(session: &Session, id: ObligationId, token: TokenId) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let owed = obligations::that(&chain, id).await?;
    let (found, account) = (token_of(&chain, token).await?, session.account()?);
    frozen::ensure_spendable(&chain, token, &account).await?;
    let amount = owed.obligation.amount.clear_unsigned().unwrap_or_default();
    let has = chain.balance(token, account).await?;
    // Of another currency, or what is paid already, the chain says so.
    let fits = found.currency == owed.obligation.currency && !owed.obligation.status.is_paid();
    if let Some(reason) = too_little(amount, has, &found).filter(|_| fits) {
        return Err(CommandError::Invalid(format!("{reason}; nothing was sent")));
    }
    let names = Names::of(&chain).await?;
    session.confirm(&format!(
        "You pay {} {}, in token {token} of {}.{} That is final.",
        names.get(owed.obligation.creditor),
        named(&owed),
        names.get(found.issuer),
        claimed_before(&owed)
    ))?;
    let receipt = session.execute(&chain, &calls::pay(id, token)).await?;
    let done = format!("{} is paid in token {token}", named(&owed));
    session.report(&receipt, &done, json!({ "obligation": id, "token": token }))
}

/// That an obligation is said to be paid already, for who is about to pay it.
fn claimed_before(owed: &Owed) -> String {
    owed.claim.as_ref().map_or_else(String::new, |claim| {
        format!(
            " You have claimed it as paid with {}: if it was, it is paid twice.",
            claim.reference
        )
    })
}

/// What a party is asked about before an escrow pays an obligation by its call: the creditor says by it that no bank has.
pub(super) fn from_escrow(agreement: AgreementId, owed: &Owed, me: OperatorId) -> String {
    let debtor = owed.obligation.debtor == me;
    let (more, claimed) = match (debtor, &owed.claim) {
        (true, _) => (", and your account what it does not hold", claimed_before(owed)),
        (false, None) => ("", String::new()),
        (false, Some(claim)) => (
            "",
            format!(
                " Its debtor claims to have paid it with {}: you say by this that it has not.",
                claim.reference
            ),
        ),
    };
    format!(
        "The escrow of agreement {agreement} pays {}{more}.{claimed} That is final.",
        named(owed)
    )
}

async fn claim(
    session: &Session,
    id: ObligationId,
    reference: &PaymentReference,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let owed = obligations::that(&chain, id).await?;
    let names = Names::of(&chain).await?;
    let creditor = names.get(owed.obligation.creditor);
    session.confirm(&format!(
        "{creditor} is told that you have paid it {} by a bank with {reference}. It stays owed until {creditor} confirms that.",
        named(&owed)
    ))?;
    let receipt = session
        .execute(&chain, &calls::claim_payment(id, reference))
        .await?;
    let done = format!(
        "{creditor} is told that {} was paid with {reference}; until it confirms that, the next cycle takes the obligation in all the same",
        named(&owed)
    );
    session.report(
        &receipt,
        &done,
        json!({ "obligation": id, "reference": reference }),
    )
}

/// What of a confirmation looks like a slip: the payment is claimed with another reference.
fn doubts(owed: &Owed, reference: &PaymentReference, debtor: &str) -> Vec<String> {
    let other = owed.claim.iter().filter(|claim| claim.reference != *reference);
    other
        .map(|claim| {
            format!(
                "{debtor} claims to have paid it with {}, and you confirm {reference}: is it meant so?",
                claim.reference
            )
        })
        .collect()
}

async fn confirm(
    session: &Session,
    id: ObligationId,
    reference: &PaymentReference,
) -> Result<(), CommandError> {
    let chain = session.chain_to_sign().await?;
    let owed = obligations::that(&chain, id).await?;
    let names = Names::of(&chain).await?;
    let debtor = names.get(owed.obligation.debtor);
    if let ObligationStatus::InCycle(cycle) = owed.obligation.status {
        return Err(CommandError::Invalid(format!(
            "{} is in cycle {cycle}, and can be confirmed once that has given it back: interclear cycle show {cycle}; nothing was sent",
            named(&owed)
        )));
    }
    let said = match &owed.claim {
        Some(claim) => format!(
            "{debtor} claims to have paid it with {}, and waits for you until {} UTC",
            claim.reference,
            output::moment(claim.at)
        ),
        None => format!("{debtor} has not claimed to have paid it"),
    };
    let withheld = dispute::withheld_of(&chain, owed.obligation.creditor).await?;
    let of = |one: &&Withheld| owed.month() == Some((one.agreement, one.period));
    for one in withheld.iter().filter(of) {
        output::note(&format!(
            "{}: it is not part of the obligation",
            one.words(&names)
        ));
    }
    session.confirm_slip(
        &doubts(&owed, reference, &debtor),
        &format!(
            "{}, is paid to you by {debtor} with {reference}, all of it, and nobody owes it any more. {said}. That is final.",
            named(&owed)
        ),
    )?;
    let receipt = session
        .execute(&chain, &calls::confirm_payment(id, reference))
        .await?;
    let done = format!("{} was paid by {debtor} with {reference}", named(&owed));
    session.report(
        &receipt,
        &done,
        json!({ "obligation": id, "reference": reference }),
    )
}

async fn show(session: &Session, id: ObligationId) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let payment = chain
        .outside_payment(id)
        .await?
        .ok_or_else(|| {
            CommandError::NotFound(format!(
                "payment of obligation {id} that is claimed or confirmed outside of cycles; `interclear obligations` tells how it stands"
            ))
        })?;
    let status = chain.obligation(id).await?.map(|found| found.status);
    let value = json!({
        "status": status,
        "obligation": id,
        "reference": payment.reference,
        "at": payment.at,
        "confirmed": payment.confirmed,
    });
    session.output().print(&value, |_| {
        let at = output::moment(payment.at);
        let reference = &payment.reference;
        match payment.confirmed {
            true => format!("paid with {reference}, confirmed {at} UTC"),
            false => match status {
                Some(ObligationStatus::InCycle(cycle)) => format!(
                    "the debtor says that it was paid with {reference}, and cycle {cycle} has taken it in: it is confirmed when the \
                     cycle has given it back; if the cycle settles with it, it is paid twice, and the creditor sends the bank's \
                     money back"
                ),
                Some(ObligationStatus::Settled(cycle)) => format!(
                    "the debtor says that it was paid with {reference}; it was paid with cycle {cycle} as well: if the bank has paid, the \
                     creditor sends that money back"
                ),
                _ => format!(
                    "the debtor says that it was paid with {reference}; the creditor confirms it until {at} UTC, or has not been paid:\n\
                 interclear payment confirm {id} --reference {reference}"
                ),
            },
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{netting::OutsidePayment, samples};

    /// What operator 1 owes operator 2, and has claimed as paid with a reference.
    fn owed(claim: Option<&str>) -> Owed {
        Owed {
            id: ObligationId(42),
            obligation: samples::obligation([OperatorId(1), OperatorId(2)], 7_039),
            decimals: 2,
            claim: claim.map(|reference| OutsidePayment {
                reference: reference.parse().unwrap(),
                at: 0,
                confirmed: false,
            }),
        }
    }

    #[test]
    fn a_payment_should_be_questioned_when_its_debtor_claims_another_reference() {
        let reference = "BANK-77".parse().unwrap();
        let asked = |claim| doubts(&owed(claim), &reference, "1 Alpha");
        assert!(asked(None).is_empty() && asked(Some("BANK-77")).is_empty());
        assert_eq!(
            asked(Some("BANK-78")),
            ["1 Alpha claims to have paid it with BANK-78, and you confirm BANK-77: is it meant so?"]
        );
        assert_eq!(named(&owed(None)), "obligation 42, 70.39 EUR");
        assert!(claimed_before(&owed(Some("BANK-78"))).contains("if it was, it is paid twice"));
    }

    #[test]
    fn a_party_should_be_asked_with_amount_and_claim_when_an_escrow_is_to_pay() {
        let asked = |me, claim| from_escrow(AgreementId(7), &owed(claim), OperatorId(me));
        assert_eq!(
            asked(1, None),
            "The escrow of agreement 7 pays obligation 42, 70.39 EUR, and your account what it does not hold. That is final."
        );
        assert!(asked(1, Some("BANK-77")).contains("if it was, it is paid twice"));
        assert_eq!(
            asked(2, None),
            "The escrow of agreement 7 pays obligation 42, 70.39 EUR. That is final."
        );
        assert!(asked(2, Some("BANK-77")).contains("with BANK-77: you say by this that it has not"));
    }
}
