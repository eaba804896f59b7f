//! `interclear escrow voucher`: what the home party of a prepaid direction signs off chain, and the visited one redeems.

use super::held::{amount_of, escrow_of, own_direction};
use crate::{error::CommandError, names::Names, session::Session};
use clap::Subcommand;
use interclear_client::{
    calls,
    chain::{AccountId, Chain},
    money, time,
    voucher::{InvalidVoucher, SignedVoucher},
};
use interclear_primitives::{
    escrow::{Escrow, EscrowMonth},
    ids::AgreementId,
    operator::Role,
    period::Period,
    voucher::Voucher,
};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(super) enum VoucherCommand {
    /// Sign what the usage of your subscribers comes to in a month so far: prints a voucher that your partner redeems. No
    /// transaction is sent; each voucher of a month takes the place of those before it.
    Sign {
        /// The agreement's number.
        agreement: AgreementId,
        /// What all usage of the month comes to so far, such as 1250.50.
        amount: String,
        /// The month; the one that runs unless given.
        #[arg(long)]
        month: Option<Period>,
        /// Its number, higher than those of the vouchers of the month before it; this moment, in seconds, unless given.
        #[arg(long)]
        number: Option<u64>,
    },
    /// Check a voucher: who has signed it, and what redeeming it would pay now.
    Show {
        /// The file with what `escrow voucher sign` has printed; - reads it from standard input.
        voucher: PathBuf,
    },
    /// Redeem a voucher, before its month is closed: you are paid what it says beyond earlier vouchers of the month,
    /// and the statement counts it.
    Redeem {
        /// The file with what `escrow voucher sign` has printed; - reads it from standard input.
        voucher: PathBuf,
    },
}

impl VoucherCommand {
    pub(super) async fn run(self, session: &Session) -> Result<(), CommandError> {
        match self {
            Self::Sign {
                agreement,
                amount,
                month,
                number,
            } => {
                let chain = session.chain_to_sign().await?;
                let direction = own_direction(session, &chain, agreement).await?;
                let escrow = escrow_of(&chain, agreement, direction).await?;
                let voucher = Voucher {
                    agreement,
                    direction,
                    period: month.unwrap_or_else(|| Period::containing(time::now())),
                    amount: amount_of(&amount, escrow.decimals)?,
                    number: number.unwrap_or_else(time::now),
                };
                sign(session, &chain, &escrow, voucher).await
            }
            Self::Show { voucher } => show(session, &read(&voucher)?).await,
            Self::Redeem { voucher } => {
                let voucher = read(&voucher)?;
                let chain = session.chain_to_sign().await?;
                let redeemable = Redeemable::of(&chain, &voucher).await?;
                let escrow = &redeemable.escrow;
                session.confirm(&redeemable.words())?;
                let receipt = session.execute(&chain, &calls::redeem_voucher(&voucher)).await?;
                let paid = receipt.redeemed()?;
                let words = format!(
                    "{} {} are paid to you",
                    money::grouped_unsigned(paid, escrow.decimals),
                    escrow.currency
                );
                let amount = money::unsigned(paid, escrow.decimals);
                session.report(&receipt, &words, json!({ "amount": amount }))
            }
        }
    }
}

fn read(path: &Path) -> Result<SignedVoucher, CommandError> {
    let text = match path == Path::new("-") {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(path),
    };
    let text = text.map_err(|error| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    })?;
    text.parse().map_err(|error: InvalidVoucher| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    })
}

/// What redeeming a voucher would pay.
struct Redeemable {
    escrow: Escrow<AccountId>,
    before: EscrowMonth,
    pays: u128,
}

impl Redeemable {
    async fn of(chain: &Chain, signed: &SignedVoucher) -> Result<Self, CommandError> {
        let voucher = &signed.voucher;
        if signed.fits(chain.genesis()) == Some(false) {
            return Err(CommandError::Invalid(
                "the signature does not fit the voucher and this chain".into(),
            ));
        }
        let escrow = escrow_of(chain, voucher.agreement, voucher.direction).await?;
        let months = chain.escrow_month(voucher.agreement, voucher.period).await?;
        let before = months[voucher.direction.index()];
        let new = match voucher.number < before.voucher {
            true => 0,
            false => voucher.amount.saturating_sub(before.redeemed),
        };
        let pays = new.min(escrow.held);
        Ok(Self { escrow, before, pays })
    }

    fn words(&self) -> String {
        let shown = |minor| money::grouped_unsigned(minor, self.escrow.decimals);
        format!(
            "{} {} of the escrow are paid; {} of the month were paid before.",
            shown(self.pays),
            self.escrow.currency,
            shown(self.before.redeemed)
        )
    }
}

async fn sign(
    session: &Session,
    chain: &Chain,
    escrow: &Escrow<AccountId>,
    voucher: Voucher,
) -> Result<(), CommandError> {
    let shown = format!(
        "{} {}",
        money::grouped_unsigned(voucher.amount, escrow.decimals),
        escrow.currency
    );
    let before = chain.escrow_month(voucher.agreement, voucher.period).await?[voucher.direction.index()];
    if voucher.amount < before.redeemed {
        return Err(CommandError::Invalid(format!(
            "your partner was paid {} by vouchers of {}: one of {shown} in all is worth nothing",
            money::grouped_unsigned(before.redeemed, escrow.decimals),
            voucher.period
        )));
    }
    let desk = chain.desk(session.account()?).await?;
    if !desk.is_some_and(|desk| desk.roles.contains(&Role::Treasury)) {
        return Err(CommandError::Invalid(
            "a voucher is signed by a treasury desk; the key is none".into(),
        ));
    }
    let period = voucher.period;
    session.confirm(&format!(
        "your partner can have the escrow pay {shown} in all for usage of {period}, less what it was paid before."
    ))?;
    let signed = SignedVoucher::sign(&session.key()?, chain.genesis(), voucher);
    let value = json!({
        "voucher": signed.to_string(),
        "agreement": signed.voucher.agreement,
        "period": period,
        "amount": money::unsigned(signed.voucher.amount, escrow.decimals),
        "number": signed.voucher.number,
    });
    session.output().print(&value, |_| signed.to_string())?;
    Ok(())
}

async fn show(session: &Session, signed: &SignedVoucher) -> Result<(), CommandError> {
    let chain = session.chain().await?;
    let redeemable = Redeemable::of(&chain, signed).await?;
    let names = Names::of(&chain).await?;
    let voucher = &signed.voucher;
    let parties = chain
        .agreement(voucher.agreement)
        .await?
        .map(|found| found.parties);
    let home = parties.map(|parties| voucher.direction.home_and_visited(parties)[0]);
    let desk = chain.desk(signed.signer).await?;
    let entitled =
        desk.is_some_and(|desk| Some(desk.operator) == home && desk.roles.contains(&Role::Treasury));
    let Redeemable { escrow, before, pays } = &redeemable;
    let value = json!({
        "agreement": voucher.agreement,
        "of": home,
        "period": voucher.period,
        "number": voucher.number,
        "amount": money::unsigned(voucher.amount, escrow.decimals),
        "currency": escrow.currency,
        "signer": signed.signer.to_string(),
        "entitled": entitled,
        "redeemed": money::unsigned(before.redeemed, escrow.decimals),
        "pays": money::unsigned(if entitled { *pays } else { 0 }, escrow.decimals),
    });
    session.output().print(&value, |_| {
        let who = home.map_or_else(String::new, |home| names.get(home));
        let head = format!(
            "Voucher {} of {who} for usage of {} under agreement {}: {} {} in all",
            voucher.number,
            voucher.period,
            voucher.agreement,
            money::grouped_unsigned(voucher.amount, escrow.decimals),
            escrow.currency
        );
        match entitled {
            true => format!("{head}\nIf it is redeemed now, {}", redeemable.words()),
            false => format!(
                "{head}\nIt is worth nothing: {} is no treasury desk of {who}",
                signed.signer
            ),
        }
    })?;
    Ok(())
}
