//! Amounts and quantities in JSON: decimal text, because readers of JSON that keep numbers as floating point (JavaScript)
//! lose digits above 2^53. Numbers are read, too.

use alloc::string::String;
use core::{fmt::Display, marker::PhantomData, str::FromStr};
use serde::{de, Deserializer, Serializer};

/// Writes a number as text.
///
/// # Errors
/// Those of the format.
pub fn serialize<N: Display, S: Serializer>(number: &N, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(number)
}

/// Reads a number from text or from a whole number of at most 64 bits.
///
/// # Errors
/// It is not a whole number, or does not fit.
pub fn deserialize<'de, N, D>(from: D) -> Result<N, D::Error>
where
    N: FromStr + TryFrom<u64> + TryFrom<i64>,
    D: Deserializer<'de>,
{
    from.deserialize_any(Number(PhantomData))
}

struct Number<N>(PhantomData<N>);

impl<N> de::Visitor<'_> for Number<N>
where
    N: FromStr + TryFrom<u64> + TryFrom<i64>,
{
    type Value = N;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a whole number, such as \"1200000\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<N, E> {
        text.parse()
            .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<N, E> {
        self.visit_str(&text)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<N, E> {
        N::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<N, E> {
        N::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }
}

/// A price, likewise.
pub mod price {
    use interclear_rating::Price;
    use serde::{Deserializer, Serializer};

    /// Writes a price as text.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer>(price: &Price, to: S) -> Result<S::Ok, S::Error> {
        super::serialize(&price.0, to)
    }

    /// Reads a price from text or a number.
    ///
    /// # Errors
    /// It is not a whole number, or does not fit.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Price, D::Error> {
        super::deserialize(from).map(Price)
    }
}

/// A price that may be missing, likewise.
pub mod optional_price {
    use interclear_rating::Price;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Text(#[serde(with = "super::price")] Price);

    /// Writes a price as text, or `null`.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer>(price: &Option<Price>, to: S) -> Result<S::Ok, S::Error> {
        price.map(Text).serialize(to)
    }

    /// Reads a price from text or a number, or `null`.
    ///
    /// # Errors
    /// It is not a whole number, or does not fit.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Price>, D::Error> {
        Ok(Option::deserialize(from)?.map(|Text(price)| price))
    }
}

/// An exchange rate, likewise.
pub mod rate {
    use interclear_rating::SdrRate;
    use serde::{Deserializer, Serializer};

    /// Writes a rate as text.
    ///
    /// # Errors
    /// Those of the format.
    pub fn serialize<S: Serializer>(rate: &SdrRate, to: S) -> Result<S::Ok, S::Error> {
        super::serialize(&rate.0, to)
    }

    /// Reads a rate from text or a number.
    ///
    /// # Errors
    /// It is not a whole number, or does not fit.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SdrRate, D::Error> {
        super::deserialize(from).map(SdrRate)
    }
}

#[cfg(test)]
mod tests {
    use crate::{batch::ServiceTotal, money::Value, service::Service};

    #[test]
    fn amounts_should_be_text_when_written_and_keep_every_digit() {
        let total = ServiceTotal {
            service: Service::Gprs,
            records: 1,
            quantity: u128::MAX,
            charge: Value::Clear(9_007_199_254_740_993),
            tax: Value::Clear(i128::MIN),
        };
        let written = serde_json::to_string(&total).unwrap();
        assert!(written.contains(r#""quantity":"340282366920938463463374607431768211455""#));
        assert!(written.contains(r#"{"clear":"9007199254740993"}"#));
        assert_eq!(serde_json::from_str::<ServiceTotal>(&written).unwrap(), total);
    }

    #[test]
    fn numbers_should_be_read_when_they_are_whole_and_fit() {
        let value = |text: &str| serde_json::from_str::<Value>(text).ok();
        assert_eq!(value(r#"{"clear":-5}"#), Some(Value::Clear(-5)));
        assert_eq!(value(r#"{"clear":"-5"}"#), Some(Value::Clear(-5)));
        for wrong in [
            r#"{"clear":1.5}"#,
            r#"{"clear":"1.5"}"#,
            r#"{"clear":""}"#,
            r#"{"clear":1e30}"#,
            r#"{"clear":null}"#,
        ] {
            assert_eq!(value(wrong), None, "{wrong}");
        }
    }
}
