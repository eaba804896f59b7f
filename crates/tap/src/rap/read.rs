//! Reading returns, one detail at a time.

use super::{
    Acknowledgement, ErrorContext, ErrorDetail, ErrorGroup, GroupErrors, ReturnAudit, ReturnControl,
    ReturnDetail, ReturnFile,
};
use crate::{
    ber::{DecodeError, Element, Elements, Problem, ReadError},
    events::EventKind,
    model::{date_time, each, is_of_usage, items, Group, Once},
    reader::{Kind, Reader},
    tags::*,
};
use std::io::Read;

/// What stands next in a RAP file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReturnItem {
    /// Who returns what to whom.
    Control(ReturnControl),
    /// The whole contents of an acknowledgement.
    Acknowledgement(Acknowledgement),
    /// A return.
    Detail(ReturnDetail),
    /// What the returns add up to.
    Audit(ReturnAudit),
}

impl ReturnFile {
    /// Reads a RAP file as a whole; takes memory for all of it. Of a group that stands there twice, for which the file is refused
    /// when it is validated, the first counts.
    ///
    /// # Errors
    /// The file is of another kind ([`Problem::UnknownKind`]), an acknowledgement included, it is malformed, or the source
    /// fails.
    pub fn read(source: impl Read) -> Result<Self, ReadError> {
        let mut reader = Reader::new(source, false)?;
        let mut file = Self::default();
        let (mut control, mut audit, mut acknowledgement) = (None, None, false);
        if reader.kind() == Kind::Rap {
            visit(&mut reader, |item| match item {
                ReturnItem::Control(found) => {
                    control.get_or_insert(found);
                }
                ReturnItem::Detail(detail) => file.details.push(detail),
                ReturnItem::Audit(found) => {
                    audit.get_or_insert(found);
                }
                ReturnItem::Acknowledgement(_) => acknowledgement = true,
            })?;
        }
        if reader.kind() != Kind::Rap || acknowledgement {
            return Err(DecodeError::at(0, Problem::UnknownKind).into());
        }
        file.control = control.unwrap_or_default();
        file.audit = audit.unwrap_or_default();
        Ok(file)
    }
}

/// Hands out everything in a RAP file, in order; only one detail is in memory at a time.
///
/// # Errors
/// A malformed encoding with its place, or failure of the source.
pub(crate) fn visit<R: Read>(
    reader: &mut Reader<R>,
    mut told: impl FnMut(ReturnItem),
) -> Result<(), ReadError> {
    let Some(root) = reader.root.take() else {
        return Err(DecodeError::at(0, Problem::UnknownKind).into());
    };
    let mut acknowledgement = Acknowledgement::default();
    let (mut seen, mut listed) = (Once::default(), false);
    while let Some(header) = reader.inside(root, None, &[root.tag])? {
        match header.tag.number() {
            _ if root.tag == RAP_ACKNOWLEDGEMENT => {
                reader.element(&header, root.end, &[root.tag], |field| {
                    seen.see(field.tag, is_of_usage(field.tag))?;
                    acknowledgement.field(field, false)
                })?;
            }
            rap::BATCH_CONTROL_INFO => told(ReturnItem::Control(reader.group(&header, root)?)),
            rap::AUDIT_CONTROL_INFO => told(ReturnItem::Audit(reader.group(&header, root)?)),
            rap::RETURN_DETAIL_LIST if header.constructed => {
                let path = [root.tag, rap::RETURN_DETAIL_LIST];
                if std::mem::replace(&mut listed, true) {
                    let offset = reader.offset();
                    return Err(DecodeError::at(offset, Problem::Repeated).within(&path).into());
                }
                let list = reader.open(&header, root.end, &path[..1])?;
                while let Some(header) = reader.inside(list, root.end, &path)? {
                    let end = list.end.or(root.end);
                    told(ReturnItem::Detail(reader.element(&header, end, &path, detail)?));
                }
            }
            _ => reader.step_over(&header, root.end, &[root.tag])?,
        }
    }
    if root.tag == RAP_ACKNOWLEDGEMENT {
        told(ReturnItem::Acknowledgement(acknowledgement));
    }
    reader.window.finish()
}

fn detail(element: &Element<'_>) -> Result<ReturnDetail, Problem> {
    match element.tag {
        rap::MISSING_RETURN => {
            let (mut first, mut last) = (None, None);
            items(element, |field| {
                match field.tag {
                    rap::START_MISSING_SEQ_NUMBER => first = Some(field.text()),
                    rap::END_MISSING_SEQ_NUMBER => last = Some(field.text()),
                    _ => {}
                }
                Ok(())
            })?;
            Ok(ReturnDetail::Missing { first, last })
        }
        rap::FATAL_RETURN => {
            let (mut sequence, mut errors) = (None, Vec::new());
            items(element, |field| {
                match (field.tag, ErrorGroup::from_tag(field.tag)) {
                    (FILE_SEQUENCE_NUMBER, _) => sequence = Some(field.text()),
                    (_, Some(group)) => {
                        errors.push(group_errors(group, field)?);
                    }
                    _ => {}
                }
                Ok(())
            })?;
            Ok(ReturnDetail::Fatal { sequence, errors })
        }
        rap::SEVERE_RETURN => severe(element),
        rap::STOP_RETURN => {
            let mut last = None;
            // The tag of the number differs between releases; there is only one primitive field.
            each(element, |field| {
                let again = !field.constructed && last.replace(field.text()).is_some();
                match again {
                    true => Err(Problem::Repeated),
                    false => Ok(()),
                }
            })?;
            Ok(ReturnDetail::Stop { last })
        }
        other => Ok(ReturnDetail::Unknown(other)),
    }
}

/// A group that is wrong, and the errors in it.
fn group_errors(group: ErrorGroup, element: &Element<'_>) -> Result<GroupErrors, Problem> {
    let (mut octets, mut errors) = (Vec::new(), Vec::new());
    let mut fields = Elements::new(element.contents);
    let mut seen = Once::default();
    loop {
        let start = fields.position();
        let Some(field) = fields.next() else { break };
        let field = field?;
        seen.see(field.tag, is_of_usage(field.tag))?;
        match field.tag {
            rap::ERROR_DETAIL_LIST => error_details(&field, &mut errors)?,
            _ if field.constructed && octets.is_empty() => {
                octets = element.contents[start..fields.position()].to_vec();
            }
            _ => {}
        }
    }
    Ok(GroupErrors {
        group,
        octets,
        errors,
    })
}

/// The number of the file, the record, the errors, in this order, each once. The record is known by its place where its tag is none
/// of a record: that may be why it is returned.
fn severe(element: &Element<'_>) -> Result<ReturnDetail, Problem> {
    let (mut sequence, mut known, mut errors) = (None, None, None);
    // Everything else, with its place among the fields.
    let mut others = Vec::new();
    let mut fields = Elements::new(element.contents);
    for place in 0.. {
        let start = fields.position();
        let Some(field) = fields.next() else { break };
        let field = field?;
        // As it stood in its file.
        let whole = &element.contents[start..fields.position()];
        match field.tag {
            FILE_SEQUENCE_NUMBER if sequence.is_none() => sequence = Some(field.text()),
            FILE_SEQUENCE_NUMBER => return Err(Problem::Repeated),
            tag if !matches!(EventKind::from_tag(tag), EventKind::Unknown(_)) => {
                if known.replace(whole).is_some() {
                    return Err(Problem::Repeated);
                }
            }
            rap::ERROR_DETAIL_LIST if known.is_some() && errors.is_some() => return Err(Problem::Repeated),
            tag => {
                // The last such list is that of the errors.
                if tag == rap::ERROR_DETAIL_LIST {
                    errors = Some((place, field));
                }
                others.push((place, whole));
            }
        }
    }
    let end = errors.map_or(usize::MAX, |(place, _)| place);
    let unknown = others
        .first()
        .filter(|(place, _)| *place < end)
        .map(|(_, whole)| *whole);
    let mut found = Vec::new();
    if let Some((_, list)) = errors {
        error_details(&list, &mut found)?;
    }
    Ok(ReturnDetail::Severe {
        sequence,
        record: known.or(unknown).unwrap_or_default().to_vec(),
        errors: found,
    })
}

fn error_details(list: &Element<'_>, found: &mut Vec<ErrorDetail>) -> Result<(), Problem> {
    each(list, |row| {
        if row.tag != rap::ERROR_DETAIL {
            return Ok(());
        }
        let mut result = ErrorDetail::default();
        items(row, |field| {
            match field.tag {
                rap::ERROR_CONTEXT_LIST => each(field, |step| {
                    result.path.push(error_context(step)?);
                    Ok(())
                })?,
                rap::ITEM_OFFSET => result.offset = field.unsigned(),
                rap::ERROR_CODE => result.code = field.unsigned(),
                _ => {}
            }
            Ok(())
        })?;
        found.push(result);
        Ok(())
    })
}

fn error_context(step: &Element<'_>) -> Result<ErrorContext, Problem> {
    let mut result = ErrorContext {
        item: 0,
        level: 0,
        occurrence: None,
    };
    items(step, |field| {
        match field.tag {
            rap::PATH_ITEM_ID => result.item = field.unsigned().unwrap_or(0),
            rap::ITEM_LEVEL => result.level = field.unsigned().unwrap_or(0),
            rap::ITEM_OCCURRENCE => result.occurrence = field.unsigned(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(result)
}

impl Group for ReturnControl {
    fn field(&mut self, field: &Element<'_>, _: bool) -> Result<(), Problem> {
        match field.tag {
            SENDER => self.sender = Some(field.text()),
            RECIPIENT => self.recipient = Some(field.text()),
            RAP_FILE_SEQUENCE_NUMBER => self.sequence = Some(field.text()),
            rap::FILE_CREATION_TIME_STAMP => self.created = date_time(field)?,
            rap::FILE_AVAILABLE_TIME_STAMP => self.available = date_time(field)?,
            SPECIFICATION_VERSION_NUMBER => self.tap_version = field.unsigned(),
            RELEASE_VERSION_NUMBER => self.tap_release = field.unsigned(),
            rap::SPECIFICATION_VERSION_NUMBER => self.version = field.unsigned(),
            rap::RELEASE_VERSION_NUMBER => self.release = field.unsigned(),
            FILE_TYPE_INDICATOR => self.file_type = Some(field.text()),
            TAP_CURRENCY => self.tap_currency = Some(field.text()),
            TAP_DECIMAL_PLACES => self.tap_decimals = field.unsigned(),
            _ => {}
        }
        Ok(())
    }
}

impl Group for Acknowledgement {
    fn field(&mut self, field: &Element<'_>, _: bool) -> Result<(), Problem> {
        match field.tag {
            SENDER => self.sender = Some(field.text()),
            RECIPIENT => self.recipient = Some(field.text()),
            RAP_FILE_SEQUENCE_NUMBER => self.sequence = Some(field.text()),
            rap::ACK_FILE_CREATION_TIME_STAMP => self.created = date_time(field)?,
            rap::ACK_FILE_AVAILABLE_TIME_STAMP => self.available = date_time(field)?,
            FILE_TYPE_INDICATOR => self.file_type = Some(field.text()),
            _ => {}
        }
        Ok(())
    }
}

impl Group for ReturnAudit {
    fn field(&mut self, field: &Element<'_>, _: bool) -> Result<(), Problem> {
        match field.tag {
            rap::TOTAL_SEVERE_RETURN_VALUE => self.value = field.unsigned(),
            rap::TOTAL_SEVERE_RETURN_TAX => self.tax = field.unsigned(),
            rap::RETURN_DETAILS_COUNT => self.details = field.unsigned(),
            _ => {}
        }
        Ok(())
    }
}
