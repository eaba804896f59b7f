//! Vouchers, which the home party of a prepaid direction signs off chain and gives the visited one by any way.

use crate::{
    chain::{account_of, AccountId, Hash},
    keys::Keypair,
};
use interclear_primitives::{agreement::Direction, voucher::Voucher};
use subxt_signer::sr25519::{self, PublicKey, Signature};

/// Octets of a signature with the number of its scheme before them.
const LENGTH: usize = 65;
/// The number of sr25519 among the chain's schemes.
const SR25519: u8 = 1;

/// A voucher with its signature, written as `AGREEMENT:PAYER:MONTH:NUMBER:AMOUNT:SIGNER:0xSIGNATURE`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedVoucher {
    /// What is signed.
    pub voucher: Voucher,
    /// The account that signed, a treasury desk of the home party.
    pub signer: AccountId,
    /// The signature, its scheme first (0 ed25519, 1 sr25519).
    pub signature: [u8; LENGTH],
}

/// The text is not a voucher.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "a voucher is written AGREEMENT:PAYER:MONTH:NUMBER:AMOUNT:SIGNER:0xSIGNATURE, as `interclear escrow voucher sign` prints it"
)]
pub struct InvalidVoucher;

impl SignedVoucher {
    /// Signs a voucher.
    pub fn sign(key: &Keypair, genesis: Hash, voucher: Voucher) -> Self {
        let mut signature = [SR25519; LENGTH];
        signature[1..].copy_from_slice(&key.sign(voucher.text(&genesis.0).as_bytes()).0);
        Self {
            voucher,
            signer: account_of(key),
            signature,
        }
    }

    /// Whether the signature fits a chain; `None` if it is of a scheme that only the chain checks.
    pub fn fits(&self, genesis: Hash) -> Option<bool> {
        let [SR25519, signature @ ..] = self.signature else {
            return None;
        };
        let (signature, signer) = (Signature(signature), PublicKey(self.signer.0));
        let forms = self.voucher.signable(&genesis.0);
        Some(
            forms
                .iter()
                .any(|form| sr25519::verify(&signature, form, &signer)),
        )
    }
}

impl core::fmt::Display for SignedVoucher {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Voucher {
            agreement,
            direction,
            period,
            amount,
            number,
        } = &self.voucher;
        let payer = match direction {
            Direction::FirstHome => "first",
            Direction::SecondHome => "second",
        };
        let signature = hex::encode(self.signature);
        write!(
            f,
            "{agreement}:{payer}:{period}:{number}:{amount}:{}:0x{signature}",
            self.signer
        )
    }
}

impl core::str::FromStr for SignedVoucher {
    type Err = InvalidVoucher;

    /// Also takes a signature of 64 octets without its scheme, as some wallets give it: that is sr25519.
    fn from_str(text: &str) -> Result<Self, InvalidVoucher> {
        fn read<T: core::str::FromStr>(text: &str) -> Result<T, InvalidVoucher> {
            text.parse().map_err(|_| InvalidVoucher)
        }
        let parts: Vec<_> = text.trim().split(':').collect();
        let [agreement, payer, period, number, amount, signer, signature] = parts[..] else {
            return Err(InvalidVoucher);
        };
        let direction = match payer {
            "first" => Direction::FirstHome,
            "second" => Direction::SecondHome,
            _ => return Err(InvalidVoucher),
        };
        let mut octets = hex::decode(signature.trim_start_matches("0x")).map_err(|_| InvalidVoucher)?;
        if octets.len() == LENGTH - 1 {
            octets.insert(0, SR25519);
        }
        Ok(Self {
            voucher: Voucher {
                agreement: read(agreement)?,
                direction,
                period: read(period)?,
                amount: read(amount)?,
                number: read(number)?,
            },
            signer: read(signer)?,
            signature: octets.try_into().map_err(|_| InvalidVoucher)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{ids::AgreementId, period::Period};

    fn signed() -> SignedVoucher {
        let voucher = Voucher {
            agreement: AgreementId(7),
            direction: Direction::SecondHome,
            period: Period(202610),
            amount: 12_345,
            number: 3,
        };
        SignedVoucher::sign(&crate::keys::from_uri("//Bob").unwrap(), Hash::zero(), voucher)
    }

    #[test]
    fn voucher_should_be_read_as_it_is_written_and_refused_when_it_is_not_one() {
        let signed = signed();
        let text = signed.to_string();
        let bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
        assert!(
            text.starts_with(&format!("7:second:2026-10:3:12345:{bob}:0x01")),
            "{text}"
        );
        assert_eq!(format!(" {text}\n").parse(), Ok(signed.clone()));
        assert_eq!(text.replace(":0x01", ":0x").parse(), Ok(signed));
        for wrong in ["", "7", &text[..text.len() - 4], &text.replace("second", "third")] {
            assert_eq!(wrong.parse::<SignedVoucher>(), Err(InvalidVoucher), "{wrong}");
        }
    }

    #[test]
    fn signature_should_fit_when_chain_and_content_are_those_that_were_signed() {
        assert_eq!(signed().fits(Hash::zero()), Some(true));
        assert_eq!(signed().fits(Hash::repeat_byte(1)), Some(false));
        let mut other = signed();
        other.voucher.amount += 1;
        assert_eq!(other.fits(Hash::zero()), Some(false));
        let mut other = signed();
        other.signature[0] = 0;
        assert_eq!(other.fits(Hash::zero()), None);
    }
}
