//! Codes, months and days: what a client reads and writes as text.

/// Shows a type in debugging as `Display` has it, and reads and writes it with serde as that text.
macro_rules! as_text {
    ($name:ident) => {
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(self, f)
            }
        }

        $crate::text::serde_as_text!($name);
    };
}

/// Reads and writes a type with serde as the text of its `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($name:ident) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <alloc::string::String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A text of bounded length and with allowed characters alone.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $most:literal, $allowed:expr, $expected:literal) => {
        $(#[$doc])*
        #[interclear_record::record(Ord, no_serde, no_debug)]
        pub struct $name(pub bounded_collections::BoundedVec<u8, bounded_collections::ConstU32<$most>>);

        impl $name {
            /// Whether it is not empty and consists of the allowed characters. Decoding does not check that.
            pub fn is_valid(&self) -> bool {
                let allowed: fn(char) -> bool = $allowed;
                core::str::from_utf8(&self.0).is_ok_and(|text| !text.is_empty() && text.chars().all(allowed))
            }

            /// The text; `?` where decoded bytes are not UTF-8.
            pub fn as_str(&self) -> &str {
                core::str::from_utf8(&self.0).unwrap_or("?")
            }
        }

        impl core::str::FromStr for $name {
            type Err = &'static str;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let bytes = bounded_collections::BoundedVec::try_from(alloc::vec::Vec::from(text.as_bytes())).map_err(|_| $expected)?;
                let parsed = Self(bytes);
                parsed.is_valid().then_some(parsed).ok_or($expected)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::text::as_text!($name);
    };
}

pub(crate) use {as_text, serde_as_text, text};
