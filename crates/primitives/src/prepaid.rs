//! Which directions of an agreement are prepaid.

use interclear_record::record;

/// That usage of a direction is taken only as far as its home party has paid ahead, into an escrow.
#[record(Copy)]
pub struct Prepaid {
    /// Both parties are warned when less is left of the escrow, in 10^-6 of the currency; files call it `warn_below`.
    #[cfg_attr(feature = "std", serde(rename = "warn_below"))]
    pub floor: u128,
}

/// What is prepaid, in files: by the party that pays, and only where one does.
#[cfg(feature = "std")]
pub(crate) mod by_payer {
    use super::Prepaid;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Default, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct ByPayer {
        #[serde(skip_serializing_if = "Option::is_none")]
        first: Option<Prepaid>,
        #[serde(skip_serializing_if = "Option::is_none")]
        second: Option<Prepaid>,
    }

    pub fn is_none(prepaid: &[Option<Prepaid>; 2]) -> bool {
        prepaid.iter().all(Option::is_none)
    }

    pub fn serialize<S: Serializer>(prepaid: &[Option<Prepaid>; 2], to: S) -> Result<S::Ok, S::Error> {
        let [first, second] = *prepaid;
        ByPayer { first, second }.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[Option<Prepaid>; 2], D::Error> {
        let ByPayer { first, second } = ByPayer::deserialize(from)?;
        Ok([first, second])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Rules {
        #[serde(default, with = "by_payer", skip_serializing_if = "by_payer::is_none")]
        prepaid: [Option<Prepaid>; 2],
    }

    #[test]
    fn prepaid_directions_should_be_named_by_who_pays_when_they_are_written() {
        let text = |prepaid| serde_json::to_value(Rules { prepaid }).unwrap();
        assert_eq!(text([None; 2]), serde_json::json!({}));
        let second = [None, Some(Prepaid { floor: 7 })];
        let written = text(second);
        let expected = serde_json::json!({ "prepaid": { "second": { "warn_below": 7 } } });
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_value::<Rules>(written).unwrap().prepaid, second);
    }
}
