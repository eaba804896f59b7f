//! Every tag by its name, against files of an independent encoder: which element stands in which there.

use super::{nrtrde, rap, *};
use crate::ber::Elements;
use std::collections::BTreeSet;

type Edges = BTreeSet<(u32, u32)>;

/// Which element stands in which, in RAP files and usage, and in near-real-time ones; `None` with a message where
/// they are absent.
fn oracle() -> Option<(Edges, Edges)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tap/oracle");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: {folder} is absent");
        return None;
    };
    let (mut usage, mut near) = (Edges::new(), Edges::new());
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Look-alikes in unknown elements prove nothing.
        if !name.ends_with(".ber") || name.starts_with("t_") {
            continue;
        }
        let octets = std::fs::read(&path).unwrap();
        let edges = match name.starts_with("NR") || name.starts_with("w_") {
            true => &mut near,
            false => &mut usage,
        };
        walk(0, &octets, edges);
    }
    Some((usage, near))
}

fn walk(parent: u32, octets: &[u8], edges: &mut Edges) {
    for element in Elements::new(octets) {
        let element = element.unwrap();
        edges.insert((parent, element.tag));
        if element.constructed {
            walk(element.tag, element.contents, edges);
        }
    }
}

/// By the names of the field: parent, and what stands in it.
const USAGE: &[(u32, &[u32])] = &[
    (
        0,
        &[TRANSFER_BATCH, NOTIFICATION, RETURN_BATCH, RAP_ACKNOWLEDGEMENT],
    ),
    (
        TRANSFER_BATCH,
        &[
            BATCH_CONTROL_INFO,
            ACCOUNTING_INFO,
            NETWORK_INFO,
            CALL_EVENT_DETAILS,
            AUDIT_CONTROL_INFO,
        ],
    ),
    (
        BATCH_CONTROL_INFO,
        &[
            SENDER,
            RECIPIENT,
            FILE_SEQUENCE_NUMBER,
            FILE_CREATION_TIME_STAMP,
            TRANSFER_CUT_OFF_TIME_STAMP,
            FILE_AVAILABLE_TIME_STAMP,
            SPECIFICATION_VERSION_NUMBER,
            RELEASE_VERSION_NUMBER,
            FILE_TYPE_INDICATOR,
            RAP_FILE_SEQUENCE_NUMBER,
        ],
    ),
    (FILE_CREATION_TIME_STAMP, &[LOCAL_TIME_STAMP, UTC_TIME_OFFSET]),
    (
        ACCOUNTING_INFO,
        &[
            TAXATION_LIST,
            DISCOUNTING_LIST,
            LOCAL_CURRENCY,
            TAP_CURRENCY,
            CURRENCY_CONVERSION_LIST,
            TAP_DECIMAL_PLACES,
        ],
    ),
    (TAXATION_LIST, &[TAXATION]),
    (TAXATION, &[TAX_CODE, TAX_TYPE, TAX_RATE]),
    (DISCOUNTING_LIST, &[DISCOUNTING]),
    // The rate without its choice is that of release 10.
    (DISCOUNTING, &[DISCOUNT_CODE, DISCOUNT_APPLIED, DISCOUNT_RATE]),
    (DISCOUNT_APPLIED, &[DISCOUNT_RATE, FIXED_DISCOUNT_VALUE]),
    (CURRENCY_CONVERSION_LIST, &[CURRENCY_CONVERSION]),
    (
        CURRENCY_CONVERSION,
        &[EXCHANGE_RATE_CODE, NUMBER_OF_DECIMAL_PLACES, EXCHANGE_RATE],
    ),
    (NETWORK_INFO, &[UTC_TIME_OFFSET_INFO_LIST, REC_ENTITY_INFO_LIST]),
    (UTC_TIME_OFFSET_INFO_LIST, &[UTC_TIME_OFFSET_INFORMATION]),
    (
        UTC_TIME_OFFSET_INFORMATION,
        &[UTC_TIME_OFFSET_CODE, UTC_TIME_OFFSET],
    ),
    (REC_ENTITY_INFO_LIST, &[REC_ENTITY_INFORMATION]),
    (
        REC_ENTITY_INFORMATION,
        &[
            REC_ENTITY_CODE,
            REC_ENTITY_TYPE,
            REC_ENTITY_ID,
            MSC_ID,
            IP_TEXT_V4_ADDRESS,
        ],
    ),
    (
        CALL_EVENT_DETAILS,
        &[
            MOBILE_ORIGINATED_CALL,
            MOBILE_TERMINATED_CALL,
            SUPPL_SERVICE_EVENT,
            SERVICE_CENTRE_USAGE,
            GPRS_CALL,
            CONTENT_TRANSACTION,
            LOCATION_SERVICE,
            MESSAGING_EVENT,
            MOBILE_SESSION,
        ],
    ),
    (
        MOBILE_ORIGINATED_CALL,
        &[
            MO_BASIC_CALL_INFORMATION,
            LOCATION_INFORMATION,
            IMEI_OR_ESN,
            EQUIPMENT_INFORMATION,
            BASIC_SERVICE_USED_LIST,
            CAMEL_SERVICE_USED,
        ],
    ),
    (
        MO_BASIC_CALL_INFORMATION,
        &[
            CHARGEABLE_SUBSCRIBER,
            SIM_CHARGEABLE_SUBSCRIBER,
            DESTINATION,
            CALL_EVENT_START_TIME_STAMP,
            TOTAL_CALL_EVENT_DURATION,
            CAUSE_FOR_TERM,
        ],
    ),
    (CHARGEABLE_SUBSCRIBER, &[SIM_CHARGEABLE_SUBSCRIBER]),
    (SIM_CHARGEABLE_SUBSCRIBER, &[IMSI, MSISDN]),
    (
        DESTINATION,
        &[CALLED_NUMBER, SMS_DESTINATION_NUMBER, ADDRESS_STRING_DIGITS],
    ),
    (MOBILE_TERMINATED_CALL, &[MT_BASIC_CALL_INFORMATION]),
    (MT_BASIC_CALL_INFORMATION, &[CALL_ORIGINATOR]),
    (
        CALL_ORIGINATOR,
        &[CALLING_NUMBER, SMS_ORIGINATOR, ADDRESS_STRING_DIGITS],
    ),
    (
        CALL_EVENT_START_TIME_STAMP,
        &[LOCAL_TIME_STAMP, UTC_TIME_OFFSET_CODE],
    ),
    (LOCATION_INFORMATION, &[NETWORK_LOCATION]),
    (
        NETWORK_LOCATION,
        &[REC_ENTITY_CODE, CALL_REFERENCE, LOCATION_AREA, CELL_ID],
    ),
    (IMEI_OR_ESN, &[IMEI]),
    (EQUIPMENT_INFORMATION, &[MOBILE_STATION_CLASS_MARK, IMEI]),
    (BASIC_SERVICE_USED_LIST, &[BASIC_SERVICE_USED]),
    (
        BASIC_SERVICE_USED,
        &[BASIC_SERVICE, CHARGING_TIME_STAMP, CHARGE_INFORMATION_LIST],
    ),
    (BASIC_SERVICE, &[BASIC_SERVICE_CODE, TELE_SERVICE_CODE]),
    (BASIC_SERVICE_CODE, &[TELE_SERVICE_CODE]),
    (CHARGE_INFORMATION_LIST, &[CHARGE_INFORMATION]),
    (
        CHARGE_INFORMATION,
        &[
            CHARGED_ITEM,
            EXCHANGE_RATE_CODE,
            CALL_TYPE_GROUP,
            CHARGE_DETAIL_LIST,
            TAX_INFORMATION_LIST,
            DISCOUNT_INFORMATION,
        ],
    ),
    (
        CALL_TYPE_GROUP,
        &[CALL_TYPE_LEVEL_1, CALL_TYPE_LEVEL_2, CALL_TYPE_LEVEL_3],
    ),
    (CHARGE_DETAIL_LIST, &[CHARGE_DETAIL]),
    (
        CHARGE_DETAIL,
        &[CHARGE_TYPE, CHARGE, CHARGEABLE_UNITS, CHARGED_UNITS],
    ),
    (TAX_INFORMATION_LIST, &[TAX_INFORMATION]),
    (
        TAX_INFORMATION,
        &[TAX_CODE, TAX_VALUE, TAXABLE_AMOUNT, CHARGE_TYPE],
    ),
    (
        DISCOUNT_INFORMATION,
        &[DISCOUNT_CODE, DISCOUNT, DISCOUNTABLE_AMOUNT, DISCOUNT_VALUE],
    ),
    (CAMEL_SERVICE_USED, &[TAX_INFORMATION_LIST, CAMEL_INVOCATION_FEE]),
    (SUPPL_SERVICE_EVENT, &[SUPPL_SERVICE_USED]),
    (
        SUPPL_SERVICE_USED,
        &[SUPPL_SERVICE_CODE, SUPPL_SERVICE_ACTION_CODE, CHARGE_INFORMATION],
    ),
    (
        SERVICE_CENTRE_USAGE,
        &[
            SCU_BASIC_INFORMATION,
            REC_ENTITY_CODE,
            CHARGE_INFORMATION,
            SCU_CHARGE_TYPE,
            SCU_TIME_STAMPS,
        ],
    ),
    (
        SCU_BASIC_INFORMATION,
        &[
            SCU_CHARGEABLE_SUBSCRIBER,
            CHARGED_PARTY_STATUS,
            NON_CHARGED_NUMBER,
            NON_CHARGED_PARTY_310,
        ],
    ),
    (SCU_CHARGEABLE_SUBSCRIBER, &[GSM_CHARGEABLE_SUBSCRIBER]),
    (NON_CHARGED_PARTY_310, &[ADDRESS_STRING_DIGITS]),
    (SCU_CHARGE_TYPE, &[MESSAGE_NUMBER]),
    (
        SCU_TIME_STAMPS,
        &[DEPOSIT_TIME_STAMP, COMPLETION_TIME_STAMP, CHARGING_POINT],
    ),
    (
        GPRS_CALL,
        &[
            GPRS_BASIC_CALL_INFORMATION,
            GPRS_LOCATION_INFORMATION,
            GPRS_SERVICE_USED,
        ],
    ),
    (
        GPRS_BASIC_CALL_INFORMATION,
        &[
            GPRS_CHARGEABLE_SUBSCRIBER,
            GPRS_DESTINATION,
            CHARGING_ID,
            PARTIAL_TYPE_INDICATOR,
            PDP_CONTEXT_START_TIME_STAMP,
        ],
    ),
    (GPRS_CHARGEABLE_SUBSCRIBER, &[CHARGEABLE_SUBSCRIBER, PDP_ADDRESS]),
    (GPRS_DESTINATION, &[ACCESS_POINT_NAME_NI]),
    (GPRS_LOCATION_INFORMATION, &[GPRS_NETWORK_LOCATION]),
    (GPRS_NETWORK_LOCATION, &[REC_ENTITY_CODE_LIST]),
    (
        GPRS_SERVICE_USED,
        &[
            DATA_VOLUME_INCOMING,
            DATA_VOLUME_OUTGOING,
            CHARGE_INFORMATION_LIST,
            GPRS_SERVICE_USAGE_LIST,
        ],
    ),
    (GPRS_SERVICE_USAGE_LIST, &[GPRS_SERVICE_USAGE]),
    (GPRS_SERVICE_USAGE, &[DATA_VOLUME_INCOMING, DATA_VOLUME_OUTGOING]),
    (
        CONTENT_TRANSACTION,
        &[
            CONTENT_TRANSACTION_BASIC_INFO,
            CHARGED_PARTY_INFORMATION,
            CONTENT_SERVICE_USED_LIST,
        ],
    ),
    (
        CONTENT_TRANSACTION_BASIC_INFO,
        &[ORDER_PLACED_TIME_STAMP, TRANSACTION_STATUS],
    ),
    (CHARGED_PARTY_INFORMATION, &[CHARGED_PARTY_ID_LIST]),
    (CHARGED_PARTY_ID_LIST, &[CHARGED_PARTY_IDENTIFICATION]),
    (
        CHARGED_PARTY_IDENTIFICATION,
        &[CHARGED_PARTY_ID_TYPE, CHARGED_PARTY_IDENTIFIER],
    ),
    (CONTENT_SERVICE_USED_LIST, &[CONTENT_SERVICE_USED]),
    (
        CONTENT_SERVICE_USED,
        &[
            CONTENT_TRANSACTION_CODE,
            CONTENT_TRANSACTION_TYPE,
            OBJECT_TYPE,
            TRANSACTION_IDENTIFIER,
            DATA_VOLUME_INCOMING,
            CHARGE_REFUND_INDICATOR,
            CHARGE_INFORMATION_LIST,
        ],
    ),
    (
        LOCATION_SERVICE,
        &[
            REC_ENTITY_CODE,
            CALL_REFERENCE,
            TRACKING_CUSTOMER_INFORMATION,
            LOCATION_SERVICE_USAGE,
        ],
    ),
    (TRACKING_CUSTOMER_INFORMATION, &[TRACKING_CUSTOMER_ID_LIST]),
    (TRACKING_CUSTOMER_ID_LIST, &[TRACKING_CUSTOMER_IDENTIFICATION]),
    (
        TRACKING_CUSTOMER_IDENTIFICATION,
        &[CUSTOMER_ID_TYPE, CUSTOMER_IDENTIFIER],
    ),
    (
        LOCATION_SERVICE_USAGE,
        &[LCS_QOS_REQUESTED, CHARGING_TIME_STAMP, CHARGE_INFORMATION_LIST],
    ),
    (LCS_QOS_REQUESTED, &[LCS_REQUEST_TIME_STAMP]),
    (
        MESSAGING_EVENT,
        &[
            MESSAGING_EVENT_SERVICE,
            CHARGED_PARTY,
            EVENT_REFERENCE,
            REC_ENTITY_CODE_LIST,
            SERVICE_START_TIME_STAMP,
            NON_CHARGED_PARTY,
            CHARGE,
            TAX_INFORMATION_LIST,
        ],
    ),
    (CHARGED_PARTY, &[IMSI, MSISDN, PUBLIC_USER_ID, IMEI]),
    (NON_CHARGED_PARTY, &[NON_CHARGED_PARTY_NUMBER]),
    (
        MOBILE_SESSION,
        &[MOBILE_SESSION_SERVICE, SESSION_CHARGE_INFO_LIST],
    ),
    (SESSION_CHARGE_INFO_LIST, &[SESSION_CHARGE_INFORMATION]),
    (SESSION_CHARGE_INFORMATION, &[CHARGED_ITEM, CHARGE_DETAIL_LIST]),
    (
        AUDIT_CONTROL_INFO,
        &[
            EARLIEST_CALL_TIME_STAMP,
            LATEST_CALL_TIME_STAMP,
            TOTAL_CHARGE,
            TOTAL_CHARGE_REFUND,
            TOTAL_TAX_REFUND,
            TOTAL_TAX_VALUE,
            TOTAL_DISCOUNT_VALUE,
            TOTAL_DISCOUNT_REFUND,
            CALL_EVENT_DETAILS_COUNT,
            TOTAL_CHARGE_VALUE_LIST,
        ],
    ),
    (TOTAL_CHARGE_VALUE_LIST, &[TOTAL_CHARGE_VALUE]),
    (TOTAL_CHARGE_VALUE, &[CHARGE_TYPE, ABSOLUTE_AMOUNT]),
    (
        RETURN_BATCH,
        &[
            rap::BATCH_CONTROL_INFO,
            rap::RETURN_DETAIL_LIST,
            rap::AUDIT_CONTROL_INFO,
        ],
    ),
    (
        rap::BATCH_CONTROL_INFO,
        &[
            rap::FILE_CREATION_TIME_STAMP,
            rap::FILE_AVAILABLE_TIME_STAMP,
            rap::SPECIFICATION_VERSION_NUMBER,
            rap::RELEASE_VERSION_NUMBER,
        ],
    ),
    (
        rap::RETURN_DETAIL_LIST,
        &[rap::MISSING_RETURN, rap::FATAL_RETURN, rap::SEVERE_RETURN],
    ),
    (
        rap::MISSING_RETURN,
        &[rap::START_MISSING_SEQ_NUMBER, rap::END_MISSING_SEQ_NUMBER],
    ),
    (
        rap::FATAL_RETURN,
        &[
            FILE_SEQUENCE_NUMBER,
            rap::BATCH_CONTROL_ERROR,
            rap::AUDIT_CONTROL_INFO_ERROR,
        ],
    ),
    (
        rap::SEVERE_RETURN,
        &[
            FILE_SEQUENCE_NUMBER,
            MOBILE_ORIGINATED_CALL,
            rap::ERROR_DETAIL_LIST,
        ],
    ),
    (
        rap::BATCH_CONTROL_ERROR,
        &[BATCH_CONTROL_INFO, rap::ERROR_DETAIL_LIST],
    ),
    (rap::ERROR_DETAIL_LIST, &[rap::ERROR_DETAIL]),
    (
        rap::ERROR_DETAIL,
        &[rap::ERROR_CONTEXT_LIST, rap::ITEM_OFFSET, rap::ERROR_CODE],
    ),
    (rap::ERROR_CONTEXT_LIST, &[rap::ERROR_CONTEXT]),
    (
        rap::ERROR_CONTEXT,
        &[rap::PATH_ITEM_ID, rap::ITEM_OCCURRENCE, rap::ITEM_LEVEL],
    ),
    (
        rap::AUDIT_CONTROL_INFO,
        &[
            rap::TOTAL_SEVERE_RETURN_VALUE,
            rap::TOTAL_SEVERE_RETURN_TAX,
            rap::RETURN_DETAILS_COUNT,
        ],
    ),
    (
        RAP_ACKNOWLEDGEMENT,
        &[
            rap::ACK_FILE_CREATION_TIME_STAMP,
            rap::ACK_FILE_AVAILABLE_TIME_STAMP,
        ],
    ),
];

const NEAR: &[(u32, &[u32])] = &[
    (0, &[nrtrde::NRTRDE]),
    (
        nrtrde::NRTRDE,
        &[
            nrtrde::SPECIFICATION_VERSION_NUMBER,
            nrtrde::RELEASE_VERSION_NUMBER,
            nrtrde::SENDER,
            nrtrde::RECIPIENT,
            nrtrde::SEQUENCE_NUMBER,
            nrtrde::FILE_AVAILABLE_TIME_STAMP,
            nrtrde::UTC_TIME_OFFSET,
            nrtrde::CALL_EVENT_LIST,
            nrtrde::CALL_EVENTS_COUNT,
        ],
    ),
    (nrtrde::CALL_EVENT_LIST, &[nrtrde::MOC, nrtrde::MTC, nrtrde::GPRS]),
    (
        nrtrde::MOC,
        &[
            nrtrde::IMSI,
            nrtrde::IMEI,
            nrtrde::CALL_EVENT_START_TIME_STAMP,
            nrtrde::UTC_TIME_OFFSET,
            nrtrde::CALL_EVENT_DURATION,
            nrtrde::CAUSE_FOR_TERMINATION,
            nrtrde::SERVICE_CODE,
            nrtrde::DIALLED_DIGITS,
            nrtrde::CONNECTED_NUMBER,
            nrtrde::REC_ENTITY_ID,
        ],
    ),
    (
        nrtrde::SERVICE_CODE,
        &[nrtrde::TELE_SERVICE_CODE, nrtrde::BEARER_SERVICE_CODE],
    ),
    (nrtrde::MTC, &[nrtrde::CALLING_NUMBER]),
    (
        nrtrde::GPRS,
        &[
            nrtrde::ACCESS_POINT_NAME_NI,
            nrtrde::DATA_VOLUME_INCOMING,
            nrtrde::DATA_VOLUME_OUTGOING,
            nrtrde::SGSN_ADDRESS,
            nrtrde::GGSN_ADDRESS,
            nrtrde::CHARGING_ID,
        ],
    ),
];

/// Tags of which the files have none: those facts come from public descriptions alone.
const ABSENT: &[u32] = &[
    VALUE_ADDED_SERVICE,
    VALUE_ADDED_SERVICE_USED,
    VALUE_ADDED_SERVICE_USED_LIST,
    SUPPL_SERVICE_USED_LIST,
    BEARER_SERVICE_CODE,
    ESN,
    MIN,
    MDN,
    MIN_CHARGEABLE_SUBSCRIBER,
    IP_TEXT_V6_ADDRESS,
    REQUESTED_DELIVERY_TIME_STAMP,
    ACTUAL_DELIVERY_TIME_STAMP,
    CHARGE_DETAIL_TIME_STAMP,
    IMS_SIGNALLING_CONTEXT,
    AGGREGATED_USAGE_RECORD,
    AUR_TAX_INFORMATION,
    AGGREGATED_USAGE_DATE_START,
    AGGREGATION_IDENTIFIER,
    AGGREGATED_CHARGE_UNIT_TYPE,
    AGGREGATED_CHARGE_UNITS,
    AGGREGATED_USAGE_CHARGE,
    AUR_TAX_VALUE,
    AUR_TAX_INFORMATION_LIST,
    rap::ACCOUNTING_INFO_ERROR,
    rap::MESSAGE_DESCRIPTION_ERROR,
    rap::NETWORK_INFO_ERROR,
    rap::TRANSFER_BATCH_ERROR,
    rap::NOTIFICATION_ERROR,
    rap::STOP_RETURN,
    rap::LAST_SEQ_NUMBER,
];

fn missing(named: &[(u32, &[u32])], edges: &Edges) -> Vec<(u32, u32)> {
    let named = named
        .iter()
        .flat_map(|(parent, children)| children.iter().map(|child| (*parent, *child)));
    named.filter(|edge| !edges.contains(edge)).collect()
}

#[test]
fn elements_should_stand_in_each_other_as_their_names_say() {
    let Some((usage, near)) = oracle() else { return };
    assert_eq!(missing(USAGE, &usage), []);
    assert_eq!(missing(NEAR, &near), []);
    // What the files have is not said to be absent.
    for tag in ABSENT {
        let found = usage.iter().find(|(_, child)| child == tag);
        assert_eq!(found, None);
    }
}

#[test]
fn every_tag_should_be_compared_by_its_name() {
    let compared =
        |named: &[(u32, &[u32])], tag: u32| named.iter().any(|(_, children)| children.contains(&tag));
    for (name, tag) in ALL.iter().chain(rap::ALL) {
        assert!(compared(USAGE, *tag) || ABSENT.contains(tag), "{name}");
    }
    for (name, tag) in nrtrde::ALL {
        assert!(compared(NEAR, *tag), "{name}");
    }
}
