//! Calls, put together from the same types that the pallets decode.

use super::ChainError;
use codec::{Compact, Encode};
use subxt::Metadata;

/// A call of a pallet: its name and its encoded arguments.
///
/// The arguments are encoded by the types that the pallets themselves use; before a call is signed it is decoded once
/// against the metadata of the chain, so that a client of another version refuses instead of sending nonsense.
#[derive(Clone, Debug)]
pub struct Call {
    pallet: &'static str,
    name: &'static str,
    arguments: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Encoded(Vec<u8>),
    Nested(Box<Call>),
}

impl Call {
    /// A call without arguments.
    pub fn new(pallet: &'static str, name: &'static str) -> Self {
        Self {
            pallet,
            name,
            arguments: Vec::new(),
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl Encode) -> Self {
        self.arguments.push(Piece::Encoded(argument.encode()));
        self
    }

    /// Adds an argument that is encoded already.
    pub fn encoded(mut self, argument: Vec<u8>) -> Self {
        self.arguments.push(Piece::Encoded(argument));
        self
    }

    /// Adds a call as an argument.
    pub fn call(mut self, argument: Call) -> Self {
        self.arguments.push(Piece::Nested(Box::new(argument)));
        self
    }

    /// Several calls in one transaction, of which all succeed or none.
    pub fn batch_all(calls: impl IntoIterator<Item = Call>) -> Self {
        Self::batch("batch_all", calls)
    }

    /// Several calls in one transaction, each on its own; [`super::Receipt::items`] tells which succeeded.
    pub fn force_batch(calls: impl IntoIterator<Item = Call>) -> Self {
        Self::batch("force_batch", calls)
    }

    fn batch(name: &'static str, calls: impl IntoIterator<Item = Call>) -> Self {
        let calls: Vec<Call> = calls.into_iter().collect();
        let count = Compact(u32::try_from(calls.len()).unwrap_or(u32::MAX));
        calls
            .into_iter()
            .fold(Self::new("Utility", name).arg(count), Self::call)
    }

    /// `Pallet.call`, as people write it.
    pub fn title(&self) -> String {
        format!("{}.{}", self.pallet, self.name)
    }

    /// The call as the chain decodes it.
    ///
    /// # Errors
    /// The chain has no such call.
    pub fn encode(&self, metadata: &Metadata) -> Result<Vec<u8>, ChainError> {
        let unknown = || ChainError::UnknownCall(self.title());
        let pallet = metadata.pallet_by_name(self.pallet).ok_or_else(unknown)?;
        let call = pallet.call_variant_by_name(self.name).ok_or_else(unknown)?;
        let mut bytes = vec![pallet.call_index(), call.index];
        for argument in &self.arguments {
            match argument {
                Piece::Encoded(encoded) => bytes.extend(encoded),
                Piece::Nested(call) => bytes.extend(call.encode(metadata)?),
            }
        }
        Ok(bytes)
    }
}
