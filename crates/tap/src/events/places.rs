//! Which elements belong where in a record.

use crate::tags::*;

/// Elements that have charges, taxes and a code of an exchange rate.
pub(super) const fn has_charges(tag: u32) -> bool {
    matches!(
        tag,
        CHARGE_INFORMATION | CAMEL_SERVICE_USED | SESSION_CHARGE_INFORMATION | MESSAGING_EVENT
    )
}

/// Elements that hold a subscriber.
const fn has_subscriber(tag: u32) -> bool {
    matches!(
        tag,
        MO_BASIC_CALL_INFORMATION
            | MT_BASIC_CALL_INFORMATION
            | SUPPL_SERVICE_EVENT
            | GPRS_CHARGEABLE_SUBSCRIBER
    )
}

const fn is_call(tag: u32) -> bool {
    matches!(tag, MOBILE_ORIGINATED_CALL | MOBILE_TERMINATED_CALL)
}

/// Whether an element belongs into the one around it and holds anything that matters. `old` is release 10, in which choices
/// have no tag of their own and some items others; what belongs into the one release does not belong into the other.
#[inline]
pub(super) fn nests(parent: u32, tag: u32, old: bool) -> bool {
    match tag {
        MO_BASIC_CALL_INFORMATION => parent == MOBILE_ORIGINATED_CALL,
        MT_BASIC_CALL_INFORMATION => parent == MOBILE_TERMINATED_CALL,
        CHARGEABLE_SUBSCRIBER => !old && has_subscriber(parent),
        SIM_CHARGEABLE_SUBSCRIBER if old => has_subscriber(parent),
        SIM_CHARGEABLE_SUBSCRIBER => parent == CHARGEABLE_SUBSCRIBER,
        MIN_CHARGEABLE_SUBSCRIBER if old => {
            has_subscriber(parent) || matches!(parent, SCU_BASIC_INFORMATION | VALUE_ADDED_SERVICE)
        }
        MIN_CHARGEABLE_SUBSCRIBER => matches!(parent, CHARGEABLE_SUBSCRIBER | SCU_CHARGEABLE_SUBSCRIBER),
        SCU_CHARGEABLE_SUBSCRIBER => !old && parent == SCU_BASIC_INFORMATION,
        GSM_CHARGEABLE_SUBSCRIBER if old => parent == SCU_BASIC_INFORMATION,
        GSM_CHARGEABLE_SUBSCRIBER => parent == SCU_CHARGEABLE_SUBSCRIBER,
        DESTINATION => parent == MO_BASIC_CALL_INFORMATION,
        CALL_ORIGINATOR => parent == MT_BASIC_CALL_INFORMATION,
        CALL_EVENT_START_TIME_STAMP => matches!(
            parent,
            MO_BASIC_CALL_INFORMATION | MT_BASIC_CALL_INFORMATION | GPRS_BASIC_CALL_INFORMATION
        ),
        LOCATION_INFORMATION => is_call(parent) || parent == SUPPL_SERVICE_EVENT,
        NETWORK_LOCATION => parent == LOCATION_INFORMATION,
        IMEI_OR_ESN | EQUIPMENT_INFORMATION => {
            old == (tag == EQUIPMENT_INFORMATION)
                && (is_call(parent) || matches!(parent, SUPPL_SERVICE_EVENT | GPRS_CALL))
        }
        BASIC_SERVICE_USED_LIST => is_call(parent),
        BASIC_SERVICE_USED => parent == BASIC_SERVICE_USED_LIST,
        BASIC_SERVICE => parent == BASIC_SERVICE_USED,
        BASIC_SERVICE_CODE => !old && parent == BASIC_SERVICE,
        CHARGING_TIME_STAMP => matches!(
            parent,
            BASIC_SERVICE_USED
                | SUPPL_SERVICE_USED
                | VALUE_ADDED_SERVICE_USED
                | LOCATION_SERVICE_USAGE
                | GPRS_SERVICE_USED
                | GPRS_SERVICE_USAGE
        ),
        CHARGE_INFORMATION_LIST => matches!(
            parent,
            BASIC_SERVICE_USED | GPRS_SERVICE_USED | CONTENT_SERVICE_USED | LOCATION_SERVICE_USAGE
        ),
        CHARGE_INFORMATION => {
            matches!(
                parent,
                CHARGE_INFORMATION_LIST | SUPPL_SERVICE_USED | SERVICE_CENTRE_USAGE
            ) || old && matches!(parent, VALUE_ADDED_SERVICE_USED | CAMEL_SERVICE_USED)
        }
        CHARGE_DETAIL_LIST => matches!(parent, CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION),
        CHARGE_DETAIL => parent == CHARGE_DETAIL_LIST,
        CHARGE_DETAIL_TIME_STAMP => parent == CHARGE_DETAIL,
        CALL_TYPE_GROUP => matches!(
            parent,
            CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION | MESSAGING_EVENT
        ),
        // Some senders turn list and item around; nothing else has either tag.
        TAX_INFORMATION_LIST => has_charges(parent) || parent == TAX_INFORMATION,
        TAX_INFORMATION => has_charges(parent) || parent == TAX_INFORMATION_LIST,
        DISCOUNT_INFORMATION => matches!(parent, CHARGE_INFORMATION | CAMEL_SERVICE_USED),
        CAMEL_SERVICE_USED => is_call(parent) || parent == GPRS_CALL,
        SUPPL_SERVICE_USED_LIST => old && is_call(parent),
        SUPPL_SERVICE_USED => matches!(parent, SUPPL_SERVICE_EVENT | SUPPL_SERVICE_USED_LIST),
        VALUE_ADDED_SERVICE_USED_LIST => old && (is_call(parent) || parent == GPRS_CALL),
        VALUE_ADDED_SERVICE_USED => {
            old && matches!(parent, VALUE_ADDED_SERVICE | VALUE_ADDED_SERVICE_USED_LIST)
        }
        GPRS_BASIC_CALL_INFORMATION | GPRS_LOCATION_INFORMATION | GPRS_SERVICE_USED => parent == GPRS_CALL,
        GPRS_CHARGEABLE_SUBSCRIBER | GPRS_DESTINATION | PDP_CONTEXT_START_TIME_STAMP => {
            parent == GPRS_BASIC_CALL_INFORMATION
        }
        GPRS_NETWORK_LOCATION => parent == GPRS_LOCATION_INFORMATION,
        GPRS_SERVICE_USAGE_LIST => old && parent == GPRS_SERVICE_USED,
        GPRS_SERVICE_USAGE => parent == GPRS_SERVICE_USAGE_LIST,
        REC_ENTITY_CODE_LIST => matches!(parent, GPRS_NETWORK_LOCATION | MESSAGING_EVENT | MOBILE_SESSION),
        SCU_BASIC_INFORMATION | SCU_CHARGE_TYPE | SCU_TIME_STAMPS => parent == SERVICE_CENTRE_USAGE,
        NON_CHARGED_PARTY_310 => old && parent == SCU_BASIC_INFORMATION,
        DEPOSIT_TIME_STAMP | COMPLETION_TIME_STAMP => parent == SCU_TIME_STAMPS,
        CONTENT_TRANSACTION_BASIC_INFO | CHARGED_PARTY_INFORMATION | CONTENT_SERVICE_USED_LIST => {
            parent == CONTENT_TRANSACTION
        }
        ORDER_PLACED_TIME_STAMP | REQUESTED_DELIVERY_TIME_STAMP | ACTUAL_DELIVERY_TIME_STAMP => {
            parent == CONTENT_TRANSACTION_BASIC_INFO
        }
        CHARGED_PARTY_ID_LIST => parent == CHARGED_PARTY_INFORMATION,
        CHARGED_PARTY_IDENTIFICATION => parent == CHARGED_PARTY_ID_LIST,
        CONTENT_SERVICE_USED => parent == CONTENT_SERVICE_USED_LIST,
        TRACKING_CUSTOMER_INFORMATION | LOCATION_SERVICE_USAGE => parent == LOCATION_SERVICE,
        TRACKING_CUSTOMER_ID_LIST => parent == TRACKING_CUSTOMER_INFORMATION,
        TRACKING_CUSTOMER_IDENTIFICATION => parent == TRACKING_CUSTOMER_ID_LIST,
        LCS_QOS_REQUESTED => parent == LOCATION_SERVICE_USAGE,
        LCS_REQUEST_TIME_STAMP => parent == LCS_QOS_REQUESTED,
        CHARGED_PARTY | NON_CHARGED_PARTY | SERVICE_START_TIME_STAMP => {
            matches!(parent, MESSAGING_EVENT | MOBILE_SESSION)
        }
        SESSION_CHARGE_INFO_LIST => parent == MOBILE_SESSION,
        SESSION_CHARGE_INFORMATION => parent == SESSION_CHARGE_INFO_LIST,
        AUR_TAX_INFORMATION_LIST => parent == AGGREGATED_USAGE_RECORD,
        AUR_TAX_INFORMATION => parent == AUR_TAX_INFORMATION_LIST,
        _ => false,
    }
}

pub(super) const fn has_volumes(parent: u32, old: bool) -> bool {
    match parent {
        GPRS_SERVICE_USED => !old,
        GPRS_SERVICE_USAGE => old,
        CONTENT_SERVICE_USED => true,
        _ => false,
    }
}

pub(super) const fn has_service_code(parent: u32, old: bool) -> bool {
    match parent {
        BASIC_SERVICE => old,
        BASIC_SERVICE_CODE => true,
        _ => false,
    }
}

pub(super) const fn is_tax(parent: u32) -> bool {
    matches!(parent, TAX_INFORMATION | TAX_INFORMATION_LIST)
}

pub(super) const fn identifies(parent: u32) -> bool {
    matches!(
        parent,
        SIM_CHARGEABLE_SUBSCRIBER | GSM_CHARGEABLE_SUBSCRIBER | CHARGED_PARTY
    )
}
