//! Records other than calls, short messages and packet data.

use super::{Layout, Record, Usage};
use crate::{ber::Encoder, tags::*};

/// The identifier is an MSISDN.
const MSISDN_IDENTIFIER: u64 = 1;
/// A message sent, and a voice session made, over IP.
const SENT: u64 = 1;

impl Record {
    pub(super) fn encode_other(&self, e: &mut Encoder, layout: Layout, usage: Usage) {
        match usage {
            Usage::SupplementaryService => self.encode_supplementary_service(e, layout),
            Usage::ServiceCentre => self.encode_service_centre(e, layout),
            Usage::Content { octets, refunded } => self.encode_content(e, layout, octets, refunded),
            Usage::Location => self.encode_location(e, layout),
            Usage::Messaging => self.encode_messaging(e),
            Usage::Session => self.encode_session(e),
            Usage::CallMade { .. }
            | Usage::CallReceived
            | Usage::MessageSent
            | Usage::MessageReceived
            | Usage::Data { .. } => {}
        }
    }

    fn encode_supplementary_service(&self, e: &mut Encoder, layout: Layout) {
        e.group(SUPPL_SERVICE_EVENT, |e| {
            self.subscriber(e, layout);
            e.group(LOCATION_INFORMATION, |e| self.network_location(e));
            e.group(SUPPL_SERVICE_USED, |e| {
                e.text(SUPPL_SERVICE_CODE, "21");
                e.unsigned(SUPPL_SERVICE_ACTION_CODE, 0);
                self.start(e, CHARGING_TIME_STAMP);
                self.charges(e, layout);
            });
        });
    }

    fn encode_service_centre(&self, e: &mut Encoder, layout: Layout) {
        e.group(SERVICE_CENTRE_USAGE, |e| {
            e.group(SCU_BASIC_INFORMATION, |e| {
                layout.choice(e, SCU_CHARGEABLE_SUBSCRIBER, |e| {
                    e.group(GSM_CHARGEABLE_SUBSCRIBER, |e| {
                        e.bcd(IMSI, self.imsi.as_str());
                        e.bcd(MSISDN, self.msisdn.as_str());
                    });
                });
                e.unsigned(CHARGED_PARTY_STATUS, 0);
                match layout {
                    Layout::Release10 => e.group(NON_CHARGED_PARTY_310, |e| {
                        e.bcd(ADDRESS_STRING_DIGITS, self.other.as_str())
                    }),
                    Layout::Release11 => e.text(NON_CHARGED_NUMBER, self.other.as_str()),
                }
            });
            e.unsigned(REC_ENTITY_CODE, self.entity_code);
            self.charges(e, layout);
            e.group(SCU_TIME_STAMPS, |e| {
                self.start(e, DEPOSIT_TIME_STAMP);
                self.start(e, COMPLETION_TIME_STAMP);
                e.text(CHARGING_POINT, "D");
            });
        });
    }

    fn encode_content(&self, e: &mut Encoder, layout: Layout, octets: u64, refunded: bool) {
        e.group(CONTENT_TRANSACTION, |e| {
            e.group(CONTENT_TRANSACTION_BASIC_INFO, |e| {
                self.start(e, ORDER_PLACED_TIME_STAMP);
                e.unsigned(TRANSACTION_STATUS, 0);
            });
            e.group(CHARGED_PARTY_INFORMATION, |e| {
                e.group(CHARGED_PARTY_ID_LIST, |e| {
                    e.group(CHARGED_PARTY_IDENTIFICATION, |e| {
                        e.unsigned(CHARGED_PARTY_ID_TYPE, MSISDN_IDENTIFIER);
                        e.text(CHARGED_PARTY_IDENTIFIER, self.msisdn.as_str());
                    });
                });
            });
            e.group(CONTENT_SERVICE_USED_LIST, |e| {
                e.group(CONTENT_SERVICE_USED, |e| {
                    e.unsigned(CONTENT_TRANSACTION_CODE, 1);
                    e.unsigned(CONTENT_TRANSACTION_TYPE, 1);
                    e.unsigned(OBJECT_TYPE, 1);
                    e.text(TRANSACTION_IDENTIFIER, &self.reference.to_string());
                    e.unsigned(DATA_VOLUME_INCOMING, octets);
                    if refunded {
                        e.unsigned(CHARGE_REFUND_INDICATOR, 1);
                    }
                    e.group(CHARGE_INFORMATION_LIST, |e| self.charges(e, layout));
                });
            });
        });
    }

    fn encode_location(&self, e: &mut Encoder, layout: Layout) {
        e.group(LOCATION_SERVICE, |e| {
            e.unsigned(REC_ENTITY_CODE, self.entity_code);
            e.octet_string(CALL_REFERENCE, &self.reference.to_be_bytes());
            e.group(TRACKING_CUSTOMER_INFORMATION, |e| {
                e.group(TRACKING_CUSTOMER_ID_LIST, |e| {
                    e.group(TRACKING_CUSTOMER_IDENTIFICATION, |e| {
                        e.unsigned(CUSTOMER_ID_TYPE, MSISDN_IDENTIFIER);
                        e.text(CUSTOMER_IDENTIFIER, self.msisdn.as_str());
                    });
                });
            });
            e.group(LOCATION_SERVICE_USAGE, |e| {
                e.group(LCS_QOS_REQUESTED, |e| self.start(e, LCS_REQUEST_TIME_STAMP));
                self.start(e, CHARGING_TIME_STAMP);
                e.group(CHARGE_INFORMATION_LIST, |e| self.charges(e, layout));
            });
        });
    }

    /// The charge stands in the record itself, without charge details.
    fn encode_messaging(&self, e: &mut Encoder) {
        e.group(MESSAGING_EVENT, |e| {
            e.unsigned(MESSAGING_EVENT_SERVICE, SENT);
            self.charged_party(e);
            e.text(EVENT_REFERENCE, &self.reference.to_string());
            e.group(REC_ENTITY_CODE_LIST, |e| {
                e.unsigned(REC_ENTITY_CODE, self.entity_code)
            });
            self.start(e, SERVICE_START_TIME_STAMP);
            self.non_charged_party(e);
            e.unsigned(EXCHANGE_RATE_CODE, self.exchange_rate_code);
            self.call_type(e);
            e.unsigned(CHARGE, self.charge);
            self.taxes(e, Layout::Release11);
        });
    }

    fn encode_session(&self, e: &mut Encoder) {
        e.group(MOBILE_SESSION, |e| {
            e.unsigned(MOBILE_SESSION_SERVICE, SENT);
            self.charged_party(e);
            e.unsigned(LOCATION_AREA, self.location_area);
            e.unsigned(CELL_ID, self.cell);
            e.text(EVENT_REFERENCE, &self.reference.to_string());
            e.group(REC_ENTITY_CODE_LIST, |e| {
                e.unsigned(REC_ENTITY_CODE, self.entity_code)
            });
            self.start(e, SERVICE_START_TIME_STAMP);
            e.unsigned(CAUSE_FOR_TERM, 0);
            e.unsigned(TOTAL_CALL_EVENT_DURATION, self.duration);
            self.non_charged_party(e);
            e.group(SESSION_CHARGE_INFO_LIST, |e| {
                e.group(SESSION_CHARGE_INFORMATION, |e| {
                    let (item, units) = self.charged();
                    e.text(CHARGED_ITEM, item);
                    e.unsigned(EXCHANGE_RATE_CODE, self.exchange_rate_code);
                    self.call_type(e);
                    self.charge_details(e, units);
                    self.taxes(e, Layout::Release11);
                });
            });
        });
    }

    fn charged_party(&self, e: &mut Encoder) {
        e.group(CHARGED_PARTY, |e| {
            e.bcd(IMSI, self.imsi.as_str());
            e.bcd(MSISDN, self.msisdn.as_str());
        });
    }

    fn non_charged_party(&self, e: &mut Encoder) {
        e.group(NON_CHARGED_PARTY, |e| {
            e.bcd(NON_CHARGED_PARTY_NUMBER, self.other.as_str())
        });
    }

    pub(super) fn network_location(&self, e: &mut Encoder) {
        e.group(NETWORK_LOCATION, |e| {
            e.unsigned(REC_ENTITY_CODE, self.entity_code);
            e.octet_string(CALL_REFERENCE, &self.reference.to_be_bytes());
            e.unsigned(LOCATION_AREA, self.location_area);
            e.unsigned(CELL_ID, self.cell);
        });
    }
}
