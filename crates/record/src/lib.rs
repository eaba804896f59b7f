//! `#[record]`: the derives of what is stored on chain and shown by clients.
//!
//! Every record is cloned, compared, printed, encoded, decoded, bounded in length and described in the metadata; with
//! the feature `std` of the crate that holds it, it is also read and written by serde unless it says otherwise. Written
//! out, that is a list of a dozen names on every type.
//!
//! ```ignore
//! #[record(Copy, Ord, snake_case)]
//! pub enum Direction { /* .. */ }
//! ```
//!
//! The crate that uses it depends on `codec`, `scale_info` and, with `std` and unless `no_serde`, on `serde`.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::unwrap_used))]

use proc_macro::{TokenStream, TokenTree};

/// What every record derives.
const ALWAYS: &str =
    "Clone, PartialEq, Eq, ::codec::Encode, ::codec::Decode, ::codec::DecodeWithMemTracking, \
                      ::codec::MaxEncodedLen, ::scale_info::TypeInfo";

/// Derives for a record. In brackets, what only some records are:
///
/// - `Copy`, `Default`: derived as such;
/// - `Ord`: `PartialOrd` and `Ord`, with `std` also `Hash`;
/// - `snake_case`: serde writes variants as `like_this`;
/// - `no_serde`: never read or written by serde, or by an implementation of its own;
/// - `no_debug`: shown in debugging by an implementation of its own.
///
/// # Panics
/// At any other word: the compiler shows the message at the attribute.
#[proc_macro_attribute]
#[allow(
    clippy::expect_used,
    reason = "in a macro a panic is an error of compilation, and the text parsed is its own"
)]
pub fn record(words: TokenStream, item: TokenStream) -> TokenStream {
    let (mut derives, mut options) = (String::from(ALWAYS), String::new());
    let (mut debug, mut serde, mut hash) = (true, true, false);
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
                hash = true;
            }
            "snake_case" => options.push_str(", serde(rename_all = \"snake_case\")"),
            "no_serde" => serde = false,
            "no_debug" => debug = false,
            _ => {
                panic!(
                    "`{word}` is not a word of #[record]; its words are \
                     Copy, Default, Ord, snake_case, no_serde and no_debug"
                )
            }
        }
    }
    if debug {
        derives.push_str(", Debug");
    }
    let std = match (serde, hash) {
        (true, true) => "::serde::Serialize, ::serde::Deserialize, Hash",
        (true, false) => "::serde::Serialize, ::serde::Deserialize",
        (false, true) => "Hash",
        (false, false) => "",
    };
    let attributes = format!("#[derive({derives})] #[cfg_attr(feature = \"std\", derive({std}){options})]");
    let mut out: TokenStream = attributes.parse().expect("the words above yield attributes only");
    out.extend(item);
    out
}
