//! `interclear payment`: what is paid outside of netting cycles, by a bank or gross.

use crate::{commands::obligations, error::CommandError, names::Names, output, session::Session};
use clap::{Args, Subcommand};
use interclear_client::{calls, money};
use interclear_primitives::{
    ids::{ObligationId, TokenId},
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
    /// Note that you would pay today an obligation that is paid gross, have the tokens, and cannot for a reason that is not yours: your
    /// creditor has named no account, or has itself frozen yours or the token, or no token that it accepts stands. The day bears
    /// no late interest then; do it on each such day.
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
    /// claim.
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
            PaymentCommand::Pay { obligation, token } => {
                let chain = session.chain_to_sign().await?;
                if let Some(owed) = obligations::one(&chain, obligation).await? {
                    session.confirm(&format!(
                        "You pay {} obligation {obligation}, {} {}, in token {token}. That is final.",
                        Names::of(&chain).await?.get(owed.obligation.creditor),
                        money::grouped_value(&owed.obligation.amount, owed.decimals),
                        owed.obligation.currency,
                    ))?;
                }
                let done = format!("obligation {obligation} is paid in token {token}");
                session
                    .execute_and_report(&calls::pay(obligation, token), &done)
                    .await
            }
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
            } => {
                let chain = session.chain_to_sign().await?;
                if let Some(owed) = obligations::one(&chain, obligation).await? {
                    let names = Names::of(&chain).await?;
                    session.confirm(&format!(
                        "{} is told that you have paid it obligation {obligation}, {} {}, by a bank with {reference}. It stays owed \
                         until {0} confirms that.",
                        names.get(owed.obligation.creditor),
                        money::grouped_value(&owed.obligation.amount, owed.decimals),
                        owed.obligation.currency,
                    ))?;
                }
                let done =
                    format!(
                        "your creditor is told that obligation {obligation} was paid with {reference}; until it confirms that, the next cycle \
                         takes the obligation in all the same"
                    );
                session
                    .execute_and_report(&calls::claim_payment(obligation, &reference), &done)
                    .await
            }
            PaymentCommand::Confirm {
                obligation,
                reference,
            } => {
                session.confirm(&format!(
                    "obligation {obligation} is paid, and nobody owes it any more."
                ))?;
                let done = format!("obligation {obligation} was paid with {reference}");
                session
                    .execute_and_report(&calls::confirm_payment(obligation, &reference), &done)
                    .await
            }
            PaymentCommand::Show { obligation } => show(session, obligation).await,
        }
    }
}

async fn show(session: &Session, id: ObligationId) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let payment = chain
        .outside_payment(id)
        .await?
        .ok_or_else(|| CommandError::NotFound(format!("payment of obligation {id} outside of cycles")))?;
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
