//! `interclear escrow voucher`: what the home party of a prepaid direction signs off chain, and the visited one redeems.

use super::held::{escrow_of, own_direction, shown, taken};
use crate::{
    commands::{
        agreement::found::{agreement_of, outside},
        amounts::amount_of,
        files,
    },
    error::CommandError,
    exit::Exit,
    names::Names,
    output,
    session::Session,
};
use clap::Subcommand;
use interclear_client::{
    calls,
    chain::{AccountId, Chain},
    money, time,
    voucher::{InvalidVoucher, SignedVoucher},
};
use interclear_primitives::{
    agreement::{Agreement, Direction, Terms},
    escrow::{Escrow, EscrowMonth},
    ids::{AgreementId, OperatorId},
    operator::Role,
    period::Period,
    voucher::Voucher,
    Moment,
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
        #[arg(allow_negative_numbers = true)]
        amount: String,
        /// The month; the one that runs unless given.
        #[arg(long)]
        month: Option<Period>,
        /// Its number, higher than those of the vouchers of the month before it; this moment, in seconds, unless given.
        #[arg(long)]
        number: Option<u64>,
    },
    /// Check a voucher: who has signed it, and what redeeming it would pay now. Exits with status 1 if that is nothing.
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
    pub(super) async fn run(self, session: &Session) -> Result<Exit, CommandError> {
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
            Self::Show { voucher } => return show(session, &read(&voucher)?).await,
            Self::Redeem { voucher } => {
                let voucher = read(&voucher)?;
                let chain = session.chain_to_sign().await?;
                let redeemable = Redeemable::of(&chain, &voucher).await?;
                let escrow = &redeemable.escrow;
                if let Some(why) = &redeemable.worthless {
                    return Err(CommandError::Invalid(format!("nothing was sent: {why}")));
                }
                session.confirm(&redeemable.words())?;
                let receipt = session.execute(&chain, &calls::redeem_voucher(&voucher)).await?;
                let paid = receipt.redeemed()?;
                let words = format!(
                    "{} are paid to you for usage of {} under agreement {}",
                    shown(escrow, paid),
                    voucher.voucher.period,
                    voucher.voucher.agreement
                );
                let more = json!({
                    "agreement": voucher.voucher.agreement,
                    "period": voucher.voucher.period,
                    "amount": money::unsigned(paid, escrow.decimals),
                    "currency": escrow.currency,
                });
                session.report(&receipt, &words, more)
            }
        }?;
        Ok(Exit::Done)
    }
}

fn read(path: &Path) -> Result<SignedVoucher, CommandError> {
    let text = match path == Path::new("-") {
        true => std::io::read_to_string(std::io::stdin()).map_err(|error| CommandError::File {
            path: path.into(),
            reason: error.to_string(),
        })?,
        false => files::text(path)?,
    };
    text.parse().map_err(|error: InvalidVoucher| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    })
}

/// Why no voucher of a month of an agreement is paid at all.
async fn obstacle(
    chain: &Chain,
    (agreement, found): (AgreementId, &Agreement<AccountId>),
    direction: Direction,
    period: Period,
) -> Result<Option<String>, CommandError> {
    let terms = match found.version_in(period) {
        Some(version) => chain.terms(agreement, version).await?,
        None => None,
    };
    let prepaid = |terms: Terms| terms.includes(period) && terms.usage.prepaid(direction).is_some();
    if !terms.is_some_and(prepaid) {
        return Ok(Some(match found.versions.first() {
            Some(first) if period < first.from || period > found.end() => outside(agreement, period, found),
            _ => format!("agreement {agreement} does not say that this direction is prepaid in {period}"),
        }));
    }
    let closed = chain.period_usage(agreement, period).await?.closed;
    Ok((closed || chain.statement(agreement, period).await?.is_some())
        .then(|| format!("{period} is closed: its statement says what is paid, and no voucher any more")))
}

/// What redeeming a voucher would pay.
struct Redeemable {
    /// Whose escrow pays.
    home: OperatorId,
    escrow: Escrow<AccountId>,
    before: EscrowMonth,
    /// Who has signed it is a treasury desk of its home party.
    entitled: bool,
    pays: u128,
    /// Why it pays nothing.
    worthless: Option<String>,
}

impl Redeemable {
    async fn of(chain: &Chain, signed: &SignedVoucher) -> Result<Self, CommandError> {
        let voucher = &signed.voucher;
        let (agreement, direction, period) = (voucher.agreement, voucher.direction, voucher.period);
        if signed.fits(chain.genesis()) == Some(false) {
            return Err(CommandError::Invalid(
                "the signature does not fit the voucher and this chain: have it sent again as `escrow voucher sign` has printed it".into(),
            ));
        }
        let found = agreement_of(chain, agreement).await?;
        let [home, _] = direction.home_and_visited(found.parties);
        let desk = chain.desk(signed.signer).await?;
        let entitled = desk.is_some_and(|desk| desk.operator == home && desk.roles.contains(&Role::Treasury));
        let escrow = escrow_of(chain, agreement, direction).await?;
        let before = chain.escrow_month(agreement, period).await?[direction.index()];
        let worthless = match entitled {
            true => obstacle(chain, (agreement, &found), direction, period).await?,
            false => Some(format!(
                "{} is not a treasury desk of operator {home}, whose treasury signs vouchers: ask for one that it has signed",
                signed.signer
            )),
        };
        let worthless = worthless.or_else(|| amiss(&escrow, &before, voucher, time::now()));
        let pays = match worthless {
            Some(_) => 0,
            None => pays(&escrow, &before, voucher),
        };
        Ok(Self {
            home,
            escrow,
            before,
            entitled,
            pays,
            worthless,
        })
    }

    fn words(&self) -> String {
        format!(
            "{} of the escrow are paid; {} of the month were paid before.",
            shown(&self.escrow, self.pays),
            shown(&self.escrow, self.before.by_own())
        )
    }
}

/// What a voucher is paid of an escrow, as the chain does: what other months have used stays.
fn pays(escrow: &Escrow<AccountId>, before: &EscrowMonth, voucher: &Voucher) -> u128 {
    let new = voucher.amount.saturating_sub(before.by_own());
    new.min(escrow.payable_for(before))
}

/// Why an escrow pays nothing for a voucher of a month that is prepaid and open.
fn amiss(escrow: &Escrow<AccountId>, before: &EscrowMonth, voucher: &Voucher, now: Moment) -> Option<String> {
    let period = voucher.period;
    if now < period.start() {
        return Some(format!(
            "{period} has not begun; it can be redeemed from {} UTC on",
            output::moment(period.start())
        ));
    }
    if period < escrow.from {
        return Some(format!(
            "the escrow pays for months from {} on, until more is deposited",
            escrow.from
        ));
    }
    if voucher.number < before.voucher {
        return Some(format!(
            "voucher {} of {period} was redeemed, which is newer",
            before.voucher
        ));
    }
    if voucher.amount <= before.by_own() {
        return Some(format!(
            "vouchers of {period} were paid {} before",
            shown(escrow, before.by_own())
        ));
    }
    (pays(escrow, before, voucher) == 0).then(|| match escrow.held {
        0 => "nothing is held".into(),
        held => format!(
            "of {} that are held, other months have used all",
            shown(escrow, held)
        ),
    })
}

/// Why a voucher that says so much looks like a slip.
fn doubt(escrow: &Escrow<AccountId>, before: &EscrowMonth, voucher: &Voucher) -> Option<String> {
    let payable = escrow.payable_for(before);
    (voucher.amount > payable.saturating_add(before.by_own())).then(|| {
        format!(
            "question: {} in all are more than there is: the escrow holds {} that usage of {} can be paid from, and vouchers of it \
             were paid {} before. Is it meant so?",
            shown(escrow, voucher.amount),
            shown(escrow, payable),
            voucher.period,
            shown(escrow, before.by_own())
        )
    })
}

async fn sign(
    session: &Session,
    chain: &Chain,
    escrow: &Escrow<AccountId>,
    voucher: Voucher,
) -> Result<(), CommandError> {
    let amount = shown(escrow, voucher.amount);
    let (agreement, direction, period) = (voucher.agreement, voucher.direction, voucher.period);
    let found = agreement_of(chain, agreement).await?;
    if let Some(why) = obstacle(chain, (agreement, &found), direction, period).await? {
        return Err(CommandError::Invalid(format!("nothing was signed: {why}")));
    }
    let before = chain.escrow_month(agreement, period).await?[direction.index()];
    if voucher.amount < before.by_own() {
        return Err(CommandError::Invalid(format!(
            "your partner was paid {} by vouchers of {period}: one of {amount} in all is worth nothing",
            shown(escrow, before.by_own()),
        )));
    }
    let desk = chain.desk(session.account()?).await?;
    if !desk.is_some_and(|desk| desk.roles.contains(&Role::Treasury)) {
        return Err(CommandError::Invalid(
            "a voucher is signed by a treasury desk, and the key is none: `interclear operator show OPERATOR` lists its desks".into(),
        ));
    }
    let used = chain.usage(agreement, period).await?;
    let used = used.iter().filter(|(key, _)| key.direction == direction);
    let used = used.fold(0u128, |sum, (_, total)| {
        let parts = [&total.charge, &total.tax].map(|part| part.clear_unsigned().unwrap_or_default());
        parts.into_iter().fold(sum, u128::saturating_add)
    });
    let [_, visited] = direction.home_and_visited(found.parties);
    let visited = Names::of(chain).await?.get(visited);
    let doubts: Vec<String> = doubt(escrow, &before, &voucher).into_iter().collect();
    session.confirm_slip(
        &doubts,
        &format!(
            "{visited} can have the escrow pay {amount} in all for usage of {period}, of which {} were paid before. The escrow holds {}; \
             the files of {period} come to {} so far.",
            shown(escrow, before.by_own()),
            shown(escrow, escrow.held),
            shown(escrow, taken(escrow, used))
        ),
    )?;
    let signed = SignedVoucher::sign(&session.key()?, chain.genesis(), voucher);
    let value = json!({
        "voucher": signed.to_string(),
        "agreement": agreement,
        "period": period,
        "amount": money::unsigned(signed.voucher.amount, escrow.decimals),
        "number": signed.voucher.number,
    });
    session.output().print(&value, |_| signed.to_string())?;
    Ok(())
}

async fn show(session: &Session, signed: &SignedVoucher) -> Result<Exit, CommandError> {
    let chain = session.chain().await?;
    let redeemable = Redeemable::of(&chain, signed).await?;
    let names = Names::of(&chain).await?;
    let voucher = &signed.voucher;
    let Redeemable {
        home,
        escrow,
        before,
        entitled,
        pays,
        worthless,
    } = &redeemable;
    let value = json!({
        "agreement": voucher.agreement,
        "of": home,
        "period": voucher.period,
        "number": voucher.number,
        "amount": money::unsigned(voucher.amount, escrow.decimals),
        "currency": escrow.currency,
        "signer": signed.signer.to_string(),
        "entitled": entitled,
        "redeemed": money::unsigned(before.by_own(), escrow.decimals),
        "pays": money::unsigned(*pays, escrow.decimals),
        "worthless": worthless,
    });
    session.output().print(&value, |_| {
        let head = format!(
            "Voucher {} of {} for usage of {} under agreement {}: {} in all",
            voucher.number,
            names.get(*home),
            voucher.period,
            voucher.agreement,
            shown(escrow, voucher.amount)
        );
        match worthless {
            None => format!("{head}\nIf it is redeemed now, {}", redeemable.words()),
            Some(why) => format!("{head}\nIt is worth nothing now: {why}"),
        }
    })?;
    Ok(Exit::refused_if(worthless.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::money::Currency;

    const NOVEMBER: Period = Period(202_611);

    fn escrow(held: u128, reserved: u128) -> Escrow<AccountId> {
        Escrow {
            token: 1,
            currency: Currency::EUR,
            decimals: 2,
            account: AccountId::from([0; 32]),
            held,
            reserved,
            unpaid: 0,
            tried: None,
            from: NOVEMBER,
        }
    }

    fn voucher(amount: u128) -> Voucher {
        Voucher {
            agreement: AgreementId(1),
            direction: Direction::FirstHome,
            period: NOVEMBER,
            amount,
            number: 7,
        }
    }

    fn before(redeemed: u128, voucher: u64) -> EscrowMonth {
        EscrowMonth {
            reserved: 0,
            redeemed,
            carried: 0,
            voucher,
        }
    }

    #[test]
    fn a_voucher_should_be_worth_nothing_when_the_chain_would_refuse_it() {
        let now = NOVEMBER.start();
        let why = |escrow: Escrow<AccountId>, before, voucher, now| amiss(&escrow, &before, &voucher, now);
        let expected = |words: &str| Some(words.to_owned());
        assert_eq!(why(escrow(100, 0), before(0, 7), voucher(300), now), None);
        assert_eq!(
            why(escrow(100, 0), before(0, 7), voucher(300), now - 1),
            expected("2026-11 has not begun; it can be redeemed from 2026-11-01 00:00:00 UTC on")
        );
        let later = Escrow {
            from: NOVEMBER.next(),
            ..escrow(100, 0)
        };
        assert_eq!(
            why(later, before(0, 7), voucher(300), now),
            expected("the escrow pays for months from 2026-12 on, until more is deposited")
        );
        assert_eq!(
            why(escrow(100, 0), before(0, 8), voucher(300), now),
            expected("voucher 8 of 2026-11 was redeemed, which is newer")
        );
        assert_eq!(
            why(escrow(100, 0), before(300, 7), voucher(300), now),
            expected("vouchers of 2026-11 were paid 3.00 EUR before")
        );
        assert_eq!(
            why(escrow(0, 0), before(0, 7), voucher(300), now),
            expected("nothing is held")
        );
        assert_eq!(
            why(escrow(100, 1_000_000), before(0, 7), voucher(300), now),
            expected("of 1.00 EUR that are held, other months have used all")
        );
    }

    #[test]
    fn signing_should_be_questioned_when_a_voucher_says_more_than_there_is() {
        let of = |held, reserved, redeemed, amount| {
            doubt(&escrow(held, reserved), &before(redeemed, 6), &voucher(amount))
        };
        assert_eq!(of(10_000, 0, 0, 10_000), None);
        assert_eq!(of(7_000, 0, 3_000, 10_000), None);
        assert_eq!(
            of(7_000, 20_000_000, 3_000, 30_000).as_deref(),
            Some(
                "question: 300.00 EUR in all are more than there is: the escrow holds 50.00 EUR that usage of 2026-11 can be paid from, \
                 and vouchers of it were paid 30.00 EUR before. Is it meant so?"
            )
        );
    }

    #[test]
    fn a_voucher_should_be_worth_the_same_when_the_month_bills_what_the_one_before_has_paid() {
        let before = EscrowMonth {
            carried: 60_000,
            ..before(60_000 + 10_000, 6)
        };
        let now = NOVEMBER.start();
        assert_eq!(amiss(&escrow(90_000, 0), &before, &voucher(50_000), now), None);
        assert_eq!(pays(&escrow(90_000, 0), &before, &voucher(50_000)), 40_000);
        assert_eq!(
            amiss(&escrow(90_000, 0), &before, &voucher(10_000), now).as_deref(),
            Some("vouchers of 2026-11 were paid 100.00 EUR before")
        );
    }
}
