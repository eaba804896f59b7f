//! `#[record]`: the derives of what is stored on the chain and shown by clients.
//!
//! Every record is cloned, compared, printed, encoded, decoded, bounded in length and described in the metadata; with the
//! feature `std` of the crate that holds it, it is also read and written by serde. Written out, that is a list of a dozen
//! names on every type.
//!
//! ```ignore
//! #[record(Copy, Ord, snake_case)]
//! pub enum Direction { /* .. */ }
//! ```
//!
//! The crate that uses it depends on `codec`, `scale_info` and, with `std`, on `serde`.

use proc_macro::{TokenStream, TokenTree};

/// What every record derives.
const ALWAYS: &str = "Clone, PartialEq, Eq, Debug, ::codec::Encode, ::codec::Decode, \
                      ::codec::DecodeWithMemTracking, ::codec::MaxEncodedLen, ::scale_info::TypeInfo";

/// Derives for a record. In brackets, what only some records are:
///
/// - `Copy`, `Default`: derived as such;
/// - `Ord`: `PartialOrd` and `Ord`, with `std` also `Hash`;
/// - `snake_case`: serde writes variants as `like_this`.
///
/// # Panics
/// The compiler stops at any other word.
#[proc_macro_attribute]
pub fn record(words: TokenStream, item: TokenStream) -> TokenStream {
    let (mut derives, mut serde) = (String::from(ALWAYS), String::new());
    let mut std = String::from("::serde::Serialize, ::serde::Deserialize");
    for word in words {
        let word = match word {
            TokenTree::Punct(comma) if comma.as_char() == ',' => continue,
            word => word.to_string(),
        };
        match word.as_str() {
            "Copy" | "Default" => {
                derives.push_str(", ");
                derives.push_str(&word);
            }
            "Ord" => {
                derives.push_str(", PartialOrd, Ord");
                std.push_str(", Hash");
            }
            "snake_case" => serde.push_str(", serde(rename_all = \"snake_case\")"),
            _ => panic!("`{word}` is no word of #[record]: Copy, Default, Ord, snake_case"),
        }
    }
    let attributes = format!("#[derive({derives})] #[cfg_attr(feature = \"std\", derive({std}){serde})]");
    let mut out: TokenStream = attributes.parse().expect("these are attributes");
    out.extend(item);
    out
}
