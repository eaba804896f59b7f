//! Writing returns.

use super::{Acknowledgement, ErrorDetail, ReturnControl, ReturnDetail, ReturnFile};
use crate::{
    ber::{Encoder, LengthForm},
    model::{moment, number, text},
    tags::*,
};

impl ReturnFile {
    /// The octets of the file.
    pub fn to_octets(&self, form: LengthForm) -> Vec<u8> {
        let mut encoder = Encoder::new(form);
        encoder.group(RETURN_BATCH, |e| {
            e.group(rap::BATCH_CONTROL_INFO, |e| self.control.encode_fields(e));
            e.group(rap::RETURN_DETAIL_LIST, |e| {
                self.details.iter().for_each(|detail| detail.encode(e));
            });
            e.group(rap::AUDIT_CONTROL_INFO, |e| {
                number(e, rap::TOTAL_SEVERE_RETURN_VALUE, self.audit.value);
                number(e, rap::RETURN_DETAILS_COUNT, self.audit.details);
                number(e, rap::TOTAL_SEVERE_RETURN_TAX, self.audit.tax);
            });
        });
        encoder.into_octets()
    }
}

impl ReturnControl {
    fn encode_fields(&self, e: &mut Encoder) {
        text(e, SENDER, &self.sender);
        text(e, RECIPIENT, &self.recipient);
        text(e, RAP_FILE_SEQUENCE_NUMBER, &self.sequence);
        moment(e, rap::FILE_CREATION_TIME_STAMP, &self.created);
        moment(e, rap::FILE_AVAILABLE_TIME_STAMP, &self.available);
        number(e, SPECIFICATION_VERSION_NUMBER, self.tap_version);
        number(e, RELEASE_VERSION_NUMBER, self.tap_release);
        number(e, rap::SPECIFICATION_VERSION_NUMBER, self.version);
        number(e, rap::RELEASE_VERSION_NUMBER, self.release);
        text(e, FILE_TYPE_INDICATOR, &self.file_type);
        number(e, TAP_DECIMAL_PLACES, self.tap_decimals);
        text(e, TAP_CURRENCY, &self.tap_currency);
    }
}

impl Acknowledgement {
    /// The octets of the file.
    pub fn to_octets(&self, form: LengthForm) -> Vec<u8> {
        let mut encoder = Encoder::new(form);
        encoder.group(RAP_ACKNOWLEDGEMENT, |e| {
            text(e, SENDER, &self.sender);
            text(e, RECIPIENT, &self.recipient);
            text(e, RAP_FILE_SEQUENCE_NUMBER, &self.sequence);
            moment(e, rap::ACK_FILE_CREATION_TIME_STAMP, &self.created);
            moment(e, rap::ACK_FILE_AVAILABLE_TIME_STAMP, &self.available);
            text(e, FILE_TYPE_INDICATOR, &self.file_type);
        });
        encoder.into_octets()
    }
}

impl ReturnDetail {
    fn encode(&self, e: &mut Encoder) {
        match self {
            Self::Missing { first, last } => e.group(rap::MISSING_RETURN, |e| {
                text(e, rap::START_MISSING_SEQ_NUMBER, first);
                text(e, rap::END_MISSING_SEQ_NUMBER, last);
            }),
            Self::Fatal { sequence, errors } => e.group(rap::FATAL_RETURN, |e| {
                text(e, FILE_SEQUENCE_NUMBER, sequence);
                for found in errors {
                    e.group(found.group.tag(), |e| {
                        e.raw(&found.octets);
                        if !found.errors.is_empty() {
                            error_details(e, &found.errors);
                        }
                    });
                }
            }),
            Self::Severe {
                sequence,
                record,
                errors,
            } => e.group(rap::SEVERE_RETURN, |e| {
                text(e, FILE_SEQUENCE_NUMBER, sequence);
                e.raw(record);
                // Also where there are none: what stands before the list is the record.
                error_details(e, errors);
            }),
            Self::Stop { last } => e.group(rap::STOP_RETURN, |e| text(e, rap::LAST_SEQ_NUMBER, last)),
            Self::Unknown(tag) => e.group(*tag, |_| {}),
        }
    }
}

fn error_details(e: &mut Encoder, errors: &[ErrorDetail]) {
    e.group(rap::ERROR_DETAIL_LIST, |e| {
        for error in errors {
            e.group(rap::ERROR_DETAIL, |e| {
                if !error.path.is_empty() {
                    e.group(rap::ERROR_CONTEXT_LIST, |e| {
                        for step in &error.path {
                            e.group(rap::ERROR_CONTEXT, |e| {
                                e.unsigned(rap::PATH_ITEM_ID, step.item);
                                number(e, rap::ITEM_OCCURRENCE, step.occurrence);
                                e.unsigned(rap::ITEM_LEVEL, step.level);
                            });
                        }
                    });
                }
                number(e, rap::ITEM_OFFSET, error.offset);
                number(e, rap::ERROR_CODE, error.code);
            });
        }
    });
}
