//! `interclear escrow`: what is paid ahead for prepaid directions of agreements.

mod held;
mod voucher;

use crate::{
    commands::{
        agreement::found::{agreement_of, prepaid_in, scale_of},
        amounts::amount_of,
        frozen,
        moved::too_little,
        obligations,
        payment::from_escrow,
        reserves::{self, no_token},
    },
    error::CommandError,
    exit::Exit,
    names::Names,
    output,
    session::Session,
};
use clap::{Args, Subcommand};
use held::{
    covered, escrow_of, escrow_of_partner, floor, found_reserved, left_for, not_deposited, own_direction,
    shown, sides, taken, whole,
};
use interclear_client::{calls, chain::Chain, money};
use interclear_primitives::{
    agreement::Direction,
    ids::{AgreementId, ObligationId, TokenId},
    netting::Token,
    period::Period,
};
use serde_json::json;
use voucher::VoucherCommand;

/// Escrows: what is paid ahead for prepaid directions of agreements. Which these are says `usage.prepaid` of the terms, which
/// `interclear agreement template` explains.
#[derive(Args)]
pub struct EscrowArgs {
    #[command(subcommand)]
    command: EscrowCommand,
}

#[derive(Subcommand)]
enum EscrowCommand {
    /// Pay ahead for the traffic of your subscribers: put tokens of the account that signs on hold. Files draw them down, and
    /// statements are paid from them.
    Deposit {
        /// The agreement's number.
        agreement: AgreementId,
        /// How much, such as 1250.50.
        #[arg(allow_negative_numbers = true)]
        amount: String,
        /// The token; that of the escrow, or else the first one that your partner accepts, unless given.
        #[arg(long)]
        token: Option<TokenId>,
    },
    /// Release a part of your partner's escrow: it is held for you no longer.
    Release {
        /// The agreement's number.
        agreement: AgreementId,
        /// How much, such as 1250.50.
        #[arg(allow_negative_numbers = true)]
        amount: String,
    },
    /// Have the escrow of you or your partner pay an obligation that it could not pay when that arose, in full. What yours lacks is paid
    /// from your account, whichever of your desks holds the escrow. The chain does so by itself when it has room, and with each deposit, from
    /// what is held.
    Pay {
        /// The agreement's number.
        agreement: AgreementId,
        /// The obligation's number, as of `interclear obligations`.
        obligation: ObligationId,
    },
    /// Take back what is left of your escrow, when the agreement is over and nothing can be disputed any more. The chain does so
    /// by itself when it has room.
    Refund {
        /// The agreement's number.
        agreement: AgreementId,
    },
    /// Vouchers: what the home party signs while usage goes on, so that its partner is paid at once.
    Voucher {
        #[command(subcommand)]
        command: VoucherCommand,
    },
    /// Show the escrows of an agreement: what is held, and what is left for usage that comes now.
    Show {
        /// The agreement's number.
        agreement: AgreementId,
    },
}

impl EscrowArgs {
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
        match self.command {
            EscrowCommand::Deposit {
                agreement,
                amount,
                token,
            } => {
                let chain = session.chain_to_sign().await?;
                let direction = own_direction(session, &chain, agreement).await?;
                let (id, token) = token_to_deposit(&chain, agreement, direction, token).await?;
                let minor = amount_of(&amount, token.decimals)?;
                let account = session.account()?;
                frozen::ensure_spendable(&chain, id, &account).await?;
                if let Some(reason) = too_little(minor, chain.balance(id, account).await?, &token) {
                    return Err(CommandError::Invalid(format!("{reason}; nothing was sent")));
                }
                let [_, visited] = sides(&chain, &Names::of(&chain).await?, agreement, direction).await?;
                let before = escrow_of(&chain, agreement, direction).await;
                let held = before.as_ref().map_or(0, |escrow| escrow.held);
                let words = format!(
                    "{} of token {id} are paid ahead to {visited} under agreement {agreement}",
                    reserves::shown(minor, &token)
                );
                let kept = chain.owed_before(agreement).await?[direction.index()];
                let first = found_reserved(kept, (token.decimals, token.currency));
                session.confirm(&format!(
                    "{words}; {} are held then.{}",
                    reserves::shown(held.saturating_add(minor), &token),
                    first.map_or_else(String::new, |first| format!(" {first}."))
                ))?;
                let call = calls::deposit(agreement, id, minor);
                let receipt = session.execute(&chain, &call).await?;
                let amount = money::unsigned(minor, token.decimals);
                let more = json!({ "agreement": agreement, "token": id, "amount": amount });
                session.report(&receipt, &words, more)
            }
            EscrowCommand::Release { agreement, amount } => {
                let chain = session.chain_to_sign().await?;
                let own = own_direction(session, &chain, agreement).await?;
                let escrow = escrow_of_partner(&chain, agreement, own).await?;
                let [home, _] = sides(&chain, &Names::of(&chain).await?, agreement, own.reverse()).await?;
                let minor = amount_of(&amount, escrow.decimals)?;
                if minor > escrow.held {
                    return Err(CommandError::Invalid(format!(
                        "the escrow of {home} holds {}: {} cannot be released; nothing was sent",
                        shown(&escrow, escrow.held),
                        shown(&escrow, minor)
                    )));
                }
                let words = format!("{} of the escrow of {home} are released", shown(&escrow, minor));
                session.confirm(&format!(
                    "{words}; {} of token {} are held then.",
                    shown(&escrow, escrow.held.saturating_sub(minor)),
                    escrow.token
                ))?;
                let receipt = session
                    .execute(&chain, &calls::release_escrow(agreement, minor))
                    .await?;
                let amount = money::unsigned(minor, escrow.decimals);
                session.report(
                    &receipt,
                    &words,
                    json!({ "agreement": agreement, "amount": amount }),
                )
            }
            EscrowCommand::Pay {
                agreement,
                obligation,
            } => {
                let chain = session.chain_to_sign().await?;
                let owed = obligations::that(&chain, obligation).await?;
                let me = session.operator(&chain).await?;
                session.confirm(&from_escrow(agreement, &owed, me))?;
                let receipt = session
                    .execute(&chain, &calls::pay_debt(agreement, obligation))
                    .await?;
                session.report(
                    &receipt,
                    &format!("obligation {obligation} is paid from the escrow of agreement {agreement}"),
                    json!({}),
                )
            }
            EscrowCommand::Refund { agreement } => {
                let chain = session.chain_to_sign().await?;
                let own = own_direction(session, &chain, agreement).await?;
                let escrow = escrow_of(&chain, agreement, own).await?;
                let receipt = session.execute(&chain, &calls::refund_escrow(agreement)).await?;
                // Something may have been paid or released of it since it was looked at.
                let left = receipt.refunded()?;
                let done = format!(
                    "{} that were left of the escrow of agreement {agreement} are free, on {}",
                    shown(&escrow, left),
                    escrow.account
                );
                let more = json!({
                    "agreement": agreement,
                    "token": escrow.token,
                    "amount": money::unsigned(left, escrow.decimals),
                    "currency": escrow.currency,
                });
                session.report(&receipt, &done, more)
            }
            EscrowCommand::Voucher { command } => return command.run(session).await,
            EscrowCommand::Show { agreement } => show(session, agreement).await,
        }?;
        Ok(Exit::Done)
    }
}

/// The token in which a deposit is made.
async fn token_to_deposit(
    chain: &Chain,
    agreement: AgreementId,
    direction: Direction,
    named: Option<TokenId>,
) -> Result<(TokenId, Token), CommandError> {
    let tokens = chain.tokens().await?;
    let id = match (named, escrow_of(chain, agreement, direction).await) {
        (Some(id), _) => id,
        (None, Ok(escrow)) => escrow.token,
        (None, Err(_)) => first_accepted(chain, agreement, direction, &tokens).await?,
    };
    let found = tokens.into_iter().find(|(token, _)| *token == id);
    found.ok_or_else(|| no_token(id))
}

/// The first token that the creditor of a direction accepts.
async fn first_accepted(
    chain: &Chain,
    agreement: AgreementId,
    direction: Direction,
    tokens: &[(TokenId, Token)],
) -> Result<TokenId, CommandError> {
    let found = chain.agreement(agreement).await?;
    let version = found.and_then(|found| {
        let running = found.version_in(Period::containing(interclear_client::time::now()));
        running.or(found.versions.first().map(|first| first.version))
    });
    let terms = match version {
        Some(version) => chain.terms(agreement, version).await?,
        None => None,
    };
    let accepted = terms.and_then(|terms| {
        let of = |issuer| {
            let mut of_issuer = tokens.iter().filter(move |(_, token)| token.issuer == issuer);
            of_issuer.find(|(_, token)| token.currency == terms.currency)
        };
        let mut accepts = terms.creditor_accepts(direction).iter().copied();
        accepts.find_map(of).map(|(id, _)| *id)
    });
    accepted.ok_or_else(|| {
        CommandError::Invalid(
            "your partner accepts no token under the agreement: name one with --token".into(),
        )
    })
}

async fn show(session: &Session, agreement: AgreementId) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let names = Names::of(&chain).await?;
    let found = agreement_of(&chain, agreement).await?;
    let month = Period::containing(interclear_client::time::now());
    let escrows: Vec<_> = found
        .parties
        .into_iter()
        .zip(chain.escrows(agreement).await?)
        .zip(chain.escrow_month(agreement, month).await?)
        .zip(prepaid_in(&chain, agreement, &found, month).await?)
        .filter_map(|(((party, escrow), used), prepaid)| Some((party, escrow?, used, prepaid)))
        .collect();
    let mut value: Vec<_> = escrows
        .iter()
        .map(|(party, escrow, used, prepaid)| {
            json!({
                "of": party,
                "token": escrow.token,
                "currency": escrow.currency,
                "account": escrow.account.to_string(),
                "held": money::unsigned(escrow.held, escrow.decimals),
                "reserved": money::unsigned(escrow.reserved, 6),
                "left": money::unsigned(escrow.left(), 6),
                "month": month,
                "left_for_month": money::unsigned(left_for(escrow, *prepaid, month, used), 6),
                "redeemed_of_month": money::unsigned(used.redeemed, escrow.decimals),
                "floor": money::unsigned(floor(*prepaid), 6),
                "unpaid": escrow.unpaid,
                "owed_before": money::unsigned(0, 6),
            })
        })
        .collect();
    let mut before = String::new();
    for (party, kept) in found.parties.into_iter().zip(chain.owed_before(agreement).await?) {
        if kept > 0 {
            let scale = scale_of(&chain, agreement, &found).await?;
            let first = found_reserved(kept, scale).unwrap_or_default();
            before.push_str(&format!("\n{} has deposited nothing: {first}", names.get(party)));
            value.push(not_deposited(party, kept, scale));
        }
    }
    session.output().print(&json!(value), |_| {
        if escrows.is_empty() {
            return format!(
                "agreement {agreement} has no escrow: who pays ahead under it makes one with `interclear escrow deposit {agreement} \
                 AMOUNT`{before}"
            );
        }
        let rows = escrows.iter().map(|(party, escrow, _, prepaid)| {
            [
                names.get(*party),
                escrow.token.to_string(),
                shown(escrow, escrow.held),
                shown(escrow, taken(escrow, escrow.reserved)),
                shown(escrow, whole(escrow, escrow.left())),
                shown(escrow, taken(escrow, floor(*prepaid))),
            ]
        });
        let header = ["Of", "Token", "Held", "Reserved", "Left", "Warned below"];
        let mut text = output::table(header, &[2, 3, 4, 5], rows);
        for (party, escrow, used, prepaid) in &escrows {
            if escrow.unpaid > 0 {
                text.push_str(&format!(
                    "\nThe escrow of {} could not pay all of {}: interclear obligations {party}",
                    names.get(*party),
                    output::count(escrow.unpaid, "obligation", "obligations")
                ));
            }
            if escrow.left() < floor(*prepaid) {
                text.push_str(&format!(
                    "\nLess is left of the escrow of {} than both are warned of; it deposits more with `interclear escrow deposit \
                     {agreement} AMOUNT`",
                    names.get(*party)
                ));
            }
            if let Some(covered) = covered(escrow, prepaid.is_some(), month) {
                text.push_str(&format!("\nThe escrow of {} {covered}", names.get(*party)));
            }
            if used.redeemed > 0 {
                text.push_str(&format!(
                    "\nVouchers of {month} have had {} of the escrow of {} paid; {} are left for files of {month}",
                    shown(escrow, used.redeemed),
                    names.get(*party),
                    shown(escrow, whole(escrow, left_for(escrow, *prepaid, month, used)))
                ));
            }
        }
        text.push_str(&before);
        text
    })?;
    Ok(())
}
