//! One pass over everything inside an element, without recursion.

use super::{DecodeError, EndSearch, Header, Problem, MAX_DEPTH, MAX_ELEMENT};

/// Told about what [`walk`] finds. Tags are application tag numbers; other classes have the number `u32::MAX`.
pub trait Visitor<'a> {
    /// A constructed element starts; `false` steps over it without looking inside.
    fn enter(&mut self, parent: u32, tag: u32) -> bool;
    /// A primitive element with its contents.
    fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]);
    /// An element that was entered ends.
    fn leave(&mut self, tag: u32);
}

/// An element that is open; small, as room for the deepest is made for each record.
#[derive(Clone, Copy, Default)]
struct Frame {
    tag: u32,
    end: u32,
    indefinite: bool,
}

/// Visits everything inside the element that `bytes` is, `header` being its header; both length forms.
///
/// # Errors
/// The first malformed element, with its offset in `bytes` and the tags around it.
#[inline]
pub fn walk<'a, V: Visitor<'a>>(
    bytes: &'a [u8],
    header: &Header,
    visitor: &mut V,
) -> Result<(), DecodeError> {
    let mut frames = [Frame::default(); MAX_DEPTH];
    let mut depth = 0;
    // Of the element that is open: its tag, where it ends (of indefinite length at the latest), and what is left of it.
    let mut tag = header.tag.number();
    let mut indefinite = header.length.is_none();
    let mut end = header
        .length
        .map_or(bytes.len(), |length| header.size.saturating_add(length));
    let rest = match bytes.get(header.size..end) {
        // Nothing larger is held, and ends would not fit.
        Some(_) if end > MAX_ELEMENT => Err(Problem::TooLarge),
        Some(rest) => Ok(rest),
        None => Err(Problem::Truncated),
    };
    let mut rest = rest.map_err(|problem| DecodeError {
        offset: header.size as u64,
        path: vec![tag],
        problem,
    })?;
    // Where it goes on and the path are put together only when something is wrong.
    macro_rules! fail {
        ($problem:expr) => {{
            let path = frames[..depth].iter().map(|f| f.tag).chain([tag]).collect();
            return Err(DecodeError {
                offset: (end - rest.len()) as u64,
                path,
                problem: $problem,
            });
        }};
    }
    // Into an element that is made of others, of `size` octets with its header: to its stated end, or to its end mark, at the
    // latest where its parent ends.
    macro_rules! descend {
        ($header:expr, $size:expr) => {{
            if depth + 1 == MAX_DEPTH {
                fail!(Problem::TooDeep);
            }
            frames[depth] = Frame {
                tag,
                end: end as u32,
                indefinite,
            };
            depth += 1;
            let size: Option<usize> = $size;
            let position = end - rest.len();
            (tag, indefinite) = ($header.tag.number(), size.is_none());
            end = size.map_or(end, |size| position + size);
            rest = &bytes[position + $header.size..end];
        }};
    }
    // Out of the element that is open.
    macro_rules! ascend {
        () => {{
            visitor.leave(tag);
            if depth == 0 {
                return Ok(());
            }
            depth -= 1;
            let frame = frames[depth];
            let position = end - rest.len();
            (tag, end, indefinite) = (frame.tag, frame.end as usize, frame.indefinite);
            rest = &bytes[position..end];
        }};
    }
    loop {
        if rest.is_empty() && !indefinite {
            ascend!();
            continue;
        }
        let header = match Header::read(rest) {
            Ok(header) => header,
            // What is wrong with it may stand behind the end of the element around.
            Err(_) => match Header::read(&bytes[end - rest.len()..]) {
                Ok(_) | Err(Problem::Truncated) => fail!(Problem::Overrun),
                Err(problem) => fail!(problem),
            },
        };
        let inner = header.tag.number();
        let Some(length) = header.length else {
            if visitor.enter(tag, inner) {
                descend!(header, None);
                continue;
            }
            let mut search = EndSearch::new(header.size);
            match search.advance(rest) {
                Ok(true) => rest = &rest[search.position..],
                Ok(_) => fail!(Problem::Overrun),
                Err(problem) => fail!(problem),
            }
            continue;
        };
        let Some((element, behind)) = rest.split_at_checked(header.size + length) else {
            fail!(Problem::Overrun);
        };
        if !header.constructed {
            if header.is_end() {
                if !indefinite {
                    fail!(Problem::StrayEnd);
                }
                rest = behind;
                ascend!();
                continue;
            }
            rest = behind;
            visitor.value(tag, inner, &element[header.size..]);
        } else if visitor.enter(tag, inner) {
            descend!(header, Some(element.len()));
        } else {
            rest = behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(Vec<String>);

    impl<'a> Visitor<'a> for Log {
        fn enter(&mut self, parent: u32, tag: u32) -> bool {
            self.0.push(format!("{parent}<{tag}"));
            tag != 5
        }
        fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]) {
            self.0.push(format!("{parent}.{tag}={contents:?}"));
        }
        fn leave(&mut self, tag: u32) {
            self.0.push(format!("{tag}>"));
        }
    }

    fn log(bytes: &[u8]) -> Result<Vec<String>, DecodeError> {
        let mut log = Log::default();
        walk(bytes, &Header::read(bytes).unwrap(), &mut log)?;
        Ok(log.0)
    }

    #[test]
    fn walk_should_be_the_same_when_lengths_are_of_either_form() {
        let definite = [0x69, 12, 0x6a, 3, 0x41, 1, 7, 0x65, 2, 0x41, 0, 0x42, 0];
        let indefinite = [
            0x69, 0x80, 0x6a, 0x80, 0x41, 1, 7, 0, 0, 0x65, 0x80, 0x41, 0, 0, 0, 0x42, 0, 0, 0,
        ];
        let wanted = ["9<10", "10.1=[7]", "10>", "9<5", "9.2=[]", "9>"];
        let mut definite = definite.to_vec();
        definite[1] = (definite.len() - 2) as u8;
        assert_eq!(log(&definite).unwrap(), wanted);
        assert_eq!(log(&indefinite).unwrap(), wanted);
    }

    #[test]
    fn element_should_be_refused_with_its_place_when_longer_than_its_parent() {
        let error = log(&[0x69, 5, 0x6a, 3, 0x41, 2, 7]).unwrap_err();
        assert_eq!(
            error,
            DecodeError {
                offset: 4,
                path: vec![9, 10],
                problem: Problem::Overrun
            }
        );
        assert_eq!(error.path_text(), "/9/10");
    }

    #[test]
    fn nesting_should_be_refused_when_it_is_too_deep() {
        let mut bytes = vec![0x69, 0x80];
        for _ in 0..100 {
            bytes.extend([0x6a, 0x80]);
        }
        assert_eq!(log(&bytes).unwrap_err().problem, Problem::TooDeep);
    }
}
