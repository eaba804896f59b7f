//! NRTRDE and RAP files, as far as they are recognised: whether they are well formed, and from whom to whom.

use crate::{
    ber::{DecodeError, Problem, ReadError, MAX_DEPTH},
    reader::{Kind, Reader},
    tags::*,
};
use std::io::Read;

/// Longest header field that is kept.
const MAX_FIELD: usize = 32;

/// The header of a file of another kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) sender: Option<String>,
    pub(crate) recipient: Option<String>,
    pub(crate) sequence: Option<String>,
    /// Records (NRTRDE) in the file.
    pub(crate) events: u64,
}

/// Reads every element of the file; the first well-formed field of each kind is kept.
pub(crate) fn inspect<R: Read>(reader: &mut Reader<R>) -> Result<Envelope, ReadError> {
    let mut envelope = Envelope::default();
    let (sender, recipient, sequence) = match reader.kind() {
        Kind::Nrtrde => (nrtrde::SENDER, nrtrde::RECIPIENT, nrtrde::SEQUENCE_NUMBER),
        _ => (SENDER, RECIPIENT, RAP_FILE_SEQUENCE_NUMBER),
    };
    // Open elements, and the end of the closest definite one, outermost first.
    let mut open: Vec<_> = reader
        .root
        .take()
        .into_iter()
        .map(|root| (root, root.end))
        .collect();
    let mut path: Vec<u32> = open.iter().map(|(root, _)| root.tag).collect();
    while let Some((innermost, limit)) = open.last().copied() {
        let Some(header) = reader.inside(innermost, limit, &path)? else {
            open.pop();
            path.pop();
            continue;
        };
        let tag = header.tag.number();
        if header.constructed {
            if reader.kind() == Kind::Nrtrde && path.last() == Some(&nrtrde::CALL_EVENT_LIST) {
                envelope.events += 1;
            }
            if open.len() == MAX_DEPTH {
                let offset = reader.offset();
                return Err(DecodeError::at(offset, Problem::TooDeep).within(&path).into());
            }
            let inner = reader.open(&header, innermost.end.or(limit), &path)?;
            open.push((inner, inner.end.or(limit)));
            path.push(tag);
            continue;
        }
        let field = [
            (sender, &mut envelope.sender),
            (recipient, &mut envelope.recipient),
            (sequence, &mut envelope.sequence),
        ]
        .into_iter()
        .find_map(|(wanted, field)| (wanted == tag && field.is_none()).then_some(field));
        if let (Some(field), Some(length @ ..=MAX_FIELD)) = (field, header.length) {
            let size = reader.window.hold(&header)?;
            let contents = &reader.window.octets()[size - length..size];
            *field = Some(String::from_utf8_lossy(contents).into_owned());
        }
        reader.step_over(&header, limit, &path)?;
    }
    reader.window.finish()?;
    Ok(envelope)
}
