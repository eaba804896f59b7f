//! One pass over everything inside an element, without recursion.

use super::{DecodeError, EndSearch, Header, Problem, MAX_DEPTH};

/// Told about what [`walk`] finds. Tags are application tag numbers; other classes have the number `u32::MAX`.
pub trait Visitor<'a> {
    /// A constructed element starts; `false` steps over it without looking inside.
    fn enter(&mut self, parent: u32, tag: u32) -> bool;
    /// A primitive element with its contents.
    fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]);
    /// An element that was entered ends.
    fn leave(&mut self, tag: u32);
}

#[derive(Clone, Copy)]
struct Frame {
    tag: u32,
    end: usize,
    definite: bool,
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
    let mut frames = [Frame {
        tag: 0,
        end: 0,
        definite: true,
    }; MAX_DEPTH];
    let mut depth = 0;
    let mut position = header.size;
    let mut frame = match header.length {
        Some(length) => Frame {
            tag: header.tag.number(),
            end: header.size.saturating_add(length),
            definite: true,
        },
        None => Frame {
            tag: header.tag.number(),
            end: bytes.len(),
            definite: false,
        },
    };
    // The path is put together only when something is wrong.
    macro_rules! fail {
        ($problem:expr) => {{
            let path = frames[..depth].iter().map(|f| f.tag).chain([frame.tag]).collect();
            return Err(DecodeError {
                offset: position as u64,
                path,
                problem: $problem,
            });
        }};
    }
    // Into an element that is made of others: to its stated end, or to its end mark, at the latest where its parent ends.
    macro_rules! descend {
        ($tag:expr, $header:expr, $length:expr) => {{
            if depth + 1 == MAX_DEPTH {
                fail!(Problem::TooDeep);
            }
            frames[depth] = frame;
            depth += 1;
            position += $header.size;
            let length: Option<usize> = $length;
            frame = Frame {
                tag: $tag,
                end: length.map_or(frame.end, |length| position + length),
                definite: length.is_some(),
            };
        }};
    }
    if frame.end > bytes.len() {
        fail!(Problem::Truncated);
    }
    loop {
        if position >= frame.end && frame.definite {
            visitor.leave(frame.tag);
            if depth == 0 {
                return Ok(());
            }
            depth -= 1;
            frame = frames[depth];
            continue;
        }
        // The header may reach over the end of the frame: that is found out right below.
        let room = frame.end - position;
        let header = match Header::read(&bytes[position..]) {
            Ok(header) => header,
            Err(Problem::Truncated) => fail!(Problem::Overrun),
            Err(problem) => fail!(problem),
        };
        if header.size > room {
            fail!(Problem::Overrun);
        }
        let tag = header.tag.number();
        match header.length {
            Some(length) => {
                if header.size + length > room {
                    fail!(Problem::Overrun);
                }
                if !header.constructed {
                    if length == 0 && header.is_end() {
                        if frame.definite {
                            fail!(Problem::StrayEnd);
                        }
                        position += header.size;
                        visitor.leave(frame.tag);
                        if depth == 0 {
                            return Ok(());
                        }
                        depth -= 1;
                        frame = frames[depth];
                        continue;
                    }
                    let start = position + header.size;
                    position = start + length;
                    visitor.value(frame.tag, tag, &bytes[start..position]);
                } else if visitor.enter(frame.tag, tag) {
                    descend!(tag, header, Some(length));
                } else {
                    position += header.size + length;
                }
            }
            None if visitor.enter(frame.tag, tag) => {
                descend!(tag, header, None);
            }
            None => {
                let mut search = EndSearch::new(header.size);
                match search.advance(&bytes[position..frame.end]) {
                    Ok(true) => position += search.position,
                    Ok(_) => fail!(Problem::Overrun),
                    Err(problem) => fail!(problem),
                }
            }
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
