//! The consent by which an account becomes a desk: its signature, given to the operator's admin by any way.

use crate::{chain::Hash, keys::Keypair};
use interclear_primitives::{
    ids::OperatorId,
    operator::{consent_text, Role},
    Moment,
};

/// Octets of a signature with the number of its scheme before them.
const LENGTH: usize = 65;
/// The number of sr25519 among the chain's schemes.
const SR25519: u8 = 1;

/// A consent, written as `UNTIL:0xSIGNATURE`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// The last second at which it may be used.
    pub until: Moment,
    /// The signature, its scheme first (0 ed25519, 1 sr25519).
    pub signature: [u8; LENGTH],
}

/// The text is not a consent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a consent is written UNTIL:0xSIGNATURE, as `interclear desk consent` prints it")]
pub struct InvalidConsent;

impl Consent {
    /// Signs that the key's account becomes a desk.
    pub fn sign(key: &Keypair, genesis: Hash, operator: OperatorId, roles: &[Role], until: Moment) -> Self {
        let text = consent_text(&genesis.0, operator, roles, until);
        let mut signature = [SR25519; LENGTH];
        signature[1..].copy_from_slice(&key.sign(text.as_bytes()).0);
        Self { until, signature }
    }
}

impl core::fmt::Display for Consent {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:0x{}", self.until, hex::encode(self.signature))
    }
}

impl core::str::FromStr for Consent {
    type Err = InvalidConsent;

    /// Also takes a signature of 64 octets without its scheme, as some wallets give it: that is sr25519.
    fn from_str(text: &str) -> Result<Self, InvalidConsent> {
        let (until, signature) = text.split_once(':').ok_or(InvalidConsent)?;
        let mut bytes = hex::decode(signature.trim_start_matches("0x")).map_err(|_| InvalidConsent)?;
        if bytes.len() == LENGTH - 1 {
            bytes.insert(0, SR25519);
        }
        Ok(Self {
            until: until.parse().map_err(|_| InvalidConsent)?,
            signature: bytes.try_into().map_err(|_| InvalidConsent)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_should_be_read_with_and_without_its_scheme_and_refused_when_it_is_not_one() {
        let signature = "07".repeat(64);
        let read = format!("60:0x{signature}").parse::<Consent>().unwrap();
        assert_eq!((read.until, read.signature[0], read.signature[64]), (60, 1, 7));
        assert_eq!(format!("60:0x01{signature}").parse(), Ok(read));
        for wrong in ["", "60", "60:0x07", "soon:0x", &format!("60:0x0101{signature}")] {
            assert_eq!(wrong.parse::<Consent>(), Err(InvalidConsent), "{wrong}");
        }
    }
}
