//! One pass over a record: which elements belong where, and what they say.

use super::{Amounts, CodeFault, CodeKind, CodeTables, Event, EventKind, Number, Table, TaxFault};
use crate::{
    ber::{unsigned, Visitor},
    tags::*,
};

/// Parts of a rate: seven digits are a per cent with five decimals.
const RATE_PARTS: u128 = 10_000_000;

/// Reduces what a pass over a record finds.
pub(super) struct Walker<'a, 't> {
    event: &'t mut Event<'a>,
    tables: &'t CodeTables,
    /// Type, amount and units of the charge detail that is open; they may come in any order.
    charge_type: Option<&'a [u8]>,
    charge: Option<u64>,
    units: Option<u64>,
    /// The charge information that is open.
    scope: Scope,
    /// The tax that is open.
    tax: Tax,
    /// The time stamp that gave the start, whose offset code belongs to it.
    start_parent: u32,
    /// Inside content that is paid back.
    refunding: bool,
}

/// What charge information (or a record or service with a charge of its own) says about its charges.
#[derive(Clone, Copy, Default)]
struct Scope {
    charge: u128,
    rate_code: bool,
    /// Taxes that do not say on what they are: on the charge.
    taxes: u32,
    tax: u128,
    rate: u64,
    /// Of such a tax the rate is not known.
    unrated: bool,
}

#[derive(Clone, Copy, Default)]
struct Tax {
    value: Option<u64>,
    base: Option<u64>,
    rate: Option<u32>,
}

impl<'a, 't> Walker<'a, 't> {
    #[inline]
    pub(super) fn new(event: &'t mut Event<'a>, tables: &'t CodeTables) -> Self {
        Self {
            event,
            tables,
            charge_type: None,
            charge: None,
            units: None,
            scope: Scope::default(),
            tax: Tax::default(),
            start_parent: 0,
            refunding: false,
        }
    }

    #[inline]
    fn number(&mut self, contents: &[u8]) -> u64 {
        match unsigned(contents) {
            Some(number) => number,
            None => {
                self.event.faults.any = true;
                self.event.faults.amount = true;
                0
            }
        }
    }

    #[inline]
    fn amounts(&mut self) -> &mut Amounts {
        if self.refunding {
            &mut self.event.refunds
        } else {
            &mut self.event.amounts
        }
    }

    /// A charge that counts in the totals.
    #[inline]
    fn add_charge(&mut self, charge: u64) {
        self.scope.charge += u128::from(charge);
        self.amounts().charge += u128::from(charge);
        self.event.charges = self.event.charges.saturating_add(1);
    }

    /// Looks a code up, and notes the first that is wrong.
    #[inline]
    fn look_up<T: Copy>(&mut self, kind: CodeKind, contents: &[u8], table: &Table<T>) -> Option<T> {
        // A code that is not a number is in no table.
        let code = unsigned(contents).unwrap_or(u64::MAX);
        let row = table.row(code);
        let rule = match row {
            None => Some(kind.unknown()),
            Some(row) => row.fault,
        };
        if let Some(rule) = rule {
            let faults = &mut self.event.faults;
            faults.any = true;
            faults.codes[kind as usize].get_or_insert(CodeFault { code, rule });
        }
        row.map(|row| row.value)
    }

    /// A tax ends.
    #[inline]
    fn close_tax(&mut self) {
        let Some(value) = std::mem::take(&mut self.tax.value) else {
            return;
        };
        let tax = std::mem::take(&mut self.tax);
        self.amounts().tax += u128::from(value);
        match (tax.base, tax.rate) {
            (Some(base), Some(rate)) => self.check_tax(value.into(), base.into(), rate.into(), 1),
            (_, rate) => {
                self.scope.taxes += 1;
                self.scope.tax += u128::from(value);
                self.scope.rate += u64::from(rate.unwrap_or(0));
                self.scope.unrated |= rate.is_none();
            }
        }
    }

    #[inline]
    fn check_tax(&mut self, stated: u128, base: u128, rate: u64, taxes: u32) {
        let parts = base.saturating_mul(rate.into());
        let allowed = u128::from(self.tables.tax_tolerance) * u128::from(taxes) * RATE_PARTS;
        if stated.saturating_mul(RATE_PARTS).abs_diff(parts) > allowed {
            let faults = &mut self.event.faults;
            faults.any = true;
            let expected = parts / RATE_PARTS;
            faults.tax.get_or_insert(TaxFault { stated, expected });
        }
    }

    /// Charge information ends. A CAMEL invocation fee needs no exchange rate of its own.
    #[inline]
    fn close_scope(&mut self, tag: u32) {
        let scope = std::mem::take(&mut self.scope);
        if scope.taxes > 0 && !scope.unrated {
            self.check_tax(scope.tax, scope.charge, scope.rate, scope.taxes);
        }
        if scope.charge > 0 && !scope.rate_code && tag != CAMEL_SERVICE_USED {
            self.event.faults.any = true;
            self.event.faults.rate_missing = true;
        }
    }

    /// Whether the time stamp in `parent` is when the record starts.
    #[inline]
    fn is_start(&self, parent: u32) -> bool {
        match self.event.kind {
            EventKind::MobileOriginated | EventKind::MobileTerminated | EventKind::Gprs => {
                parent == CALL_EVENT_START_TIME_STAMP
            }
            EventKind::SupplementaryService | EventKind::ValueAdded => parent == CHARGING_TIME_STAMP,
            EventKind::ServiceCentre => matches!(parent, DEPOSIT_TIME_STAMP | COMPLETION_TIME_STAMP),
            EventKind::Content => parent == ORDER_PLACED_TIME_STAMP,
            EventKind::Location => matches!(parent, LCS_REQUEST_TIME_STAMP | CHARGING_TIME_STAMP),
            EventKind::Messaging | EventKind::MobileSession => parent == SERVICE_START_TIME_STAMP,
            EventKind::Aggregated | EventKind::Unknown(_) => false,
        }
    }
}

/// Elements that have charges, taxes and a code of an exchange rate.
const fn has_charges(tag: u32) -> bool {
    matches!(
        tag,
        CHARGE_INFORMATION | CAMEL_SERVICE_USED | SESSION_CHARGE_INFORMATION | MESSAGING_EVENT
    )
}

/// Elements that hold a subscriber in release 10, where choices have no tag of their own.
const fn has_subscriber(tag: u32) -> bool {
    matches!(
        tag,
        CHARGEABLE_SUBSCRIBER
            | MO_BASIC_CALL_INFORMATION
            | MT_BASIC_CALL_INFORMATION
            | SUPPL_SERVICE_EVENT
            | GPRS_CHARGEABLE_SUBSCRIBER
    )
}

const fn is_call(tag: u32) -> bool {
    matches!(tag, MOBILE_ORIGINATED_CALL | MOBILE_TERMINATED_CALL)
}

/// Whether an element belongs into the one around it and holds anything that matters.
#[inline]
fn nests(parent: u32, tag: u32) -> bool {
    match tag {
        MO_BASIC_CALL_INFORMATION => parent == MOBILE_ORIGINATED_CALL,
        MT_BASIC_CALL_INFORMATION => parent == MOBILE_TERMINATED_CALL,
        CHARGEABLE_SUBSCRIBER => parent != CHARGEABLE_SUBSCRIBER && has_subscriber(parent),
        SIM_CHARGEABLE_SUBSCRIBER => has_subscriber(parent),
        MIN_CHARGEABLE_SUBSCRIBER => {
            has_subscriber(parent)
                || matches!(
                    parent,
                    SCU_CHARGEABLE_SUBSCRIBER | SCU_BASIC_INFORMATION | VALUE_ADDED_SERVICE
                )
        }
        SCU_CHARGEABLE_SUBSCRIBER => parent == SCU_BASIC_INFORMATION,
        GSM_CHARGEABLE_SUBSCRIBER => matches!(parent, SCU_CHARGEABLE_SUBSCRIBER | SCU_BASIC_INFORMATION),
        DESTINATION => parent == MO_BASIC_CALL_INFORMATION,
        CALL_ORIGINATOR => parent == MT_BASIC_CALL_INFORMATION,
        CALL_EVENT_START_TIME_STAMP => matches!(
            parent,
            MO_BASIC_CALL_INFORMATION | MT_BASIC_CALL_INFORMATION | GPRS_BASIC_CALL_INFORMATION
        ),
        LOCATION_INFORMATION => is_call(parent) || parent == SUPPL_SERVICE_EVENT,
        NETWORK_LOCATION => parent == LOCATION_INFORMATION,
        IMEI_OR_ESN | EQUIPMENT_INFORMATION => {
            is_call(parent) || matches!(parent, SUPPL_SERVICE_EVENT | GPRS_CALL)
        }
        BASIC_SERVICE_USED_LIST => is_call(parent),
        BASIC_SERVICE_USED => parent == BASIC_SERVICE_USED_LIST,
        BASIC_SERVICE => parent == BASIC_SERVICE_USED,
        BASIC_SERVICE_CODE => parent == BASIC_SERVICE,
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
        CHARGE_INFORMATION => matches!(
            parent,
            CHARGE_INFORMATION_LIST
                | SUPPL_SERVICE_USED
                | SERVICE_CENTRE_USAGE
                | VALUE_ADDED_SERVICE_USED
                | CAMEL_SERVICE_USED
        ),
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
        SUPPL_SERVICE_USED_LIST => is_call(parent),
        SUPPL_SERVICE_USED => matches!(parent, SUPPL_SERVICE_EVENT | SUPPL_SERVICE_USED_LIST),
        VALUE_ADDED_SERVICE_USED_LIST => is_call(parent) || parent == GPRS_CALL,
        VALUE_ADDED_SERVICE_USED => {
            matches!(parent, VALUE_ADDED_SERVICE | VALUE_ADDED_SERVICE_USED_LIST)
        }
        GPRS_BASIC_CALL_INFORMATION | GPRS_LOCATION_INFORMATION | GPRS_SERVICE_USED => parent == GPRS_CALL,
        GPRS_CHARGEABLE_SUBSCRIBER | PDP_CONTEXT_START_TIME_STAMP => parent == GPRS_BASIC_CALL_INFORMATION,
        GPRS_NETWORK_LOCATION => parent == GPRS_LOCATION_INFORMATION,
        GPRS_SERVICE_USAGE_LIST => parent == GPRS_SERVICE_USED,
        GPRS_SERVICE_USAGE => parent == GPRS_SERVICE_USAGE_LIST,
        REC_ENTITY_CODE_LIST => matches!(parent, GPRS_NETWORK_LOCATION | MESSAGING_EVENT | MOBILE_SESSION),
        SCU_BASIC_INFORMATION | SCU_CHARGE_TYPE | SCU_TIME_STAMPS => parent == SERVICE_CENTRE_USAGE,
        NON_CHARGED_PARTY_310 => parent == SCU_BASIC_INFORMATION,
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

impl<'a> Visitor<'a> for Walker<'a, '_> {
    #[inline]
    fn enter(&mut self, parent: u32, tag: u32) -> bool {
        if !nests(parent, tag) {
            return false;
        }
        match tag {
            CHARGE_DETAIL => {
                self.charge_type = None;
                self.charge = None;
                self.units = None;
            }
            CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION | CAMEL_SERVICE_USED => {
                self.scope = Scope::default();
            }
            _ => {}
        }
        true
    }

    #[inline]
    fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]) {
        let tables = self.tables;
        match tag {
            CHARGE_TYPE if parent == CHARGE_DETAIL => self.charge_type = Some(contents),
            CHARGE if parent == CHARGE_DETAIL => self.charge = Some(self.number(contents)),
            // A message over IP carries the charge itself.
            CHARGE if parent == MESSAGING_EVENT => {
                let charge = self.number(contents);
                self.add_charge(charge);
            }
            CAMEL_INVOCATION_FEE if parent == CAMEL_SERVICE_USED => {
                let charge = self.number(contents);
                self.add_charge(charge);
            }
            CHARGEABLE_UNITS if parent == CHARGE_DETAIL => self.units = unsigned(contents),
            CHARGED_ITEM if matches!(parent, CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION) => {
                self.event.charged_item.get_or_insert(contents);
            }
            EXCHANGE_RATE_CODE if has_charges(parent) => {
                self.scope.rate_code = true;
                self.look_up(CodeKind::ExchangeRate, contents, &tables.exchange_rates);
            }
            TAX_VALUE if matches!(parent, TAX_INFORMATION | TAX_INFORMATION_LIST) => {
                self.tax.value = Some(self.number(contents));
            }
            TAXABLE_AMOUNT if matches!(parent, TAX_INFORMATION | TAX_INFORMATION_LIST) => {
                self.tax.base = Some(self.number(contents));
            }
            TAX_CODE if matches!(parent, TAX_INFORMATION | TAX_INFORMATION_LIST) => {
                self.tax.rate = self.look_up(CodeKind::Tax, contents, &tables.taxes).flatten();
            }
            DISCOUNT | DISCOUNT_VALUE if parent == DISCOUNT_INFORMATION => {
                let discount = u128::from(self.number(contents));
                self.amounts().discount += discount;
            }
            DISCOUNT_CODE if parent == DISCOUNT_INFORMATION => {
                self.look_up(CodeKind::Discount, contents, &tables.discounts);
            }
            REC_ENTITY_CODE
                if matches!(
                    parent,
                    NETWORK_LOCATION | REC_ENTITY_CODE_LIST | SERVICE_CENTRE_USAGE | LOCATION_SERVICE
                ) =>
            {
                self.look_up(CodeKind::Entity, contents, &tables.entities);
            }
            LOCAL_TIME_STAMP if self.event.start.is_none() && self.is_start(parent) => {
                self.event.start = Some(contents);
                self.start_parent = parent;
            }
            // Only time stamps of which the code belongs to a table are looked into.
            UTC_TIME_OFFSET_CODE => {
                if self.start_parent == parent && self.event.offset_code.is_none() {
                    self.event.offset_code = Some(unsigned(contents).unwrap_or(u64::MAX));
                }
                self.look_up(CodeKind::Offset, contents, &tables.offsets);
            }
            TOTAL_CALL_EVENT_DURATION
                if matches!(
                    parent,
                    MO_BASIC_CALL_INFORMATION
                        | MT_BASIC_CALL_INFORMATION
                        | GPRS_BASIC_CALL_INFORMATION
                        | MOBILE_SESSION
                ) =>
            {
                self.event.duration = self.number(contents);
            }
            DATA_VOLUME_INCOMING if has_volumes(parent) => {
                self.event.volume_in += u128::from(self.number(contents));
            }
            DATA_VOLUME_OUTGOING if has_volumes(parent) => {
                self.event.volume_out += u128::from(self.number(contents));
            }
            IMSI if identifies(parent) => self.event.imsi = Some(contents),
            MSISDN if identifies(parent) => self.event.msisdn = Some(contents),
            MIN | MDN if parent == MIN_CHARGEABLE_SUBSCRIBER => {
                self.event.party.get_or_insert(contents);
            }
            IMEI if matches!(parent, IMEI_OR_ESN | EQUIPMENT_INFORMATION | CHARGED_PARTY) => {
                self.event.imei = Some(contents);
            }
            ESN if matches!(parent, IMEI_OR_ESN | EQUIPMENT_INFORMATION) => {
                self.event.imei.get_or_insert(contents);
            }
            CALLED_NUMBER if parent == DESTINATION => self.event.called = Some(Number::Bcd(contents)),
            NON_CHARGED_PARTY_NUMBER if parent == NON_CHARGED_PARTY => {
                self.event.called = Some(Number::Bcd(contents));
            }
            SMS_DESTINATION_NUMBER if parent == DESTINATION => {
                self.event.called = Some(Number::Text(contents));
            }
            NON_CHARGED_NUMBER if parent == SCU_BASIC_INFORMATION => {
                self.event.called = Some(Number::Text(contents));
            }
            CALLING_NUMBER if parent == CALL_ORIGINATOR => {
                self.event.calling = Some(Number::Bcd(contents));
            }
            SMS_ORIGINATOR if parent == CALL_ORIGINATOR => self.event.calling = Some(Number::Text(contents)),
            ADDRESS_STRING_DIGITS => match parent {
                DESTINATION | NON_CHARGED_PARTY_310 => self.event.called = Some(Number::Bcd(contents)),
                CALL_ORIGINATOR => self.event.calling = Some(Number::Bcd(contents)),
                _ => {}
            },
            CHARGED_PARTY_IDENTIFIER | CUSTOMER_IDENTIFIER | PUBLIC_USER_ID
                if matches!(
                    parent,
                    CHARGED_PARTY_IDENTIFICATION | TRACKING_CUSTOMER_IDENTIFICATION | CHARGED_PARTY
                ) =>
            {
                self.event.party.get_or_insert(contents);
            }
            CALL_REFERENCE if matches!(parent, NETWORK_LOCATION | LOCATION_SERVICE) => {
                self.event.reference.get_or_insert(contents);
            }
            EVENT_REFERENCE if matches!(parent, MESSAGING_EVENT | MOBILE_SESSION) => {
                self.event.reference.get_or_insert(contents);
            }
            TRANSACTION_IDENTIFIER if parent == CONTENT_SERVICE_USED => {
                self.event.reference.get_or_insert(contents);
            }
            PARTIAL_TYPE_INDICATOR if parent == GPRS_BASIC_CALL_INFORMATION => {
                self.event.part = Some(contents);
            }
            MESSAGE_NUMBER if parent == SCU_CHARGE_TYPE => self.event.part = Some(contents),
            TELE_SERVICE_CODE if matches!(parent, BASIC_SERVICE_CODE | BASIC_SERVICE) => {
                self.event.tele_service.get_or_insert(contents);
            }
            BEARER_SERVICE_CODE if matches!(parent, BASIC_SERVICE_CODE | BASIC_SERVICE) => {
                self.event.bearer_service.get_or_insert(contents);
            }
            CHARGING_ID if parent == GPRS_BASIC_CALL_INFORMATION => {
                self.event.charging_id = unsigned(contents);
            }
            IMS_SIGNALLING_CONTEXT if parent == GPRS_SERVICE_USED => {
                self.event.ims_signalling = unsigned(contents) != Some(0);
            }
            MOBILE_SESSION_SERVICE if parent == MOBILE_SESSION => {
                self.event.session_service = unsigned(contents);
            }
            CALL_TYPE_LEVEL_1 if parent == CALL_TYPE_GROUP && self.event.level_1.is_none() => {
                self.event.level_1 = unsigned(contents);
            }
            CALL_TYPE_LEVEL_2 if parent == CALL_TYPE_GROUP && self.event.level_2.is_none() => {
                self.event.level_2 = unsigned(contents);
            }
            CALL_TYPE_LEVEL_3 if parent == CALL_TYPE_GROUP && self.event.level_3.is_none() => {
                self.event.level_3 = unsigned(contents);
            }
            CHARGE_REFUND_INDICATOR if parent == CONTENT_SERVICE_USED => {
                self.refunding = unsigned(contents) == Some(1);
            }
            _ if parent == AGGREGATED_USAGE_RECORD || parent == AUR_TAX_INFORMATION => {
                self.aggregate(tag, contents);
            }
            _ => {}
        }
    }

    #[inline]
    fn leave(&mut self, tag: u32) {
        match tag {
            CHARGE_DETAIL => {
                if let (Some(b"00"), Some(charge)) = (self.charge_type, self.charge) {
                    if self.event.charges == 0 {
                        self.event.chargeable_units = self.units;
                    }
                    self.add_charge(charge);
                }
            }
            TAX_INFORMATION | TAX_INFORMATION_LIST => self.close_tax(),
            CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION | CAMEL_SERVICE_USED | MESSAGING_EVENT => {
                self.close_scope(tag);
            }
            CONTENT_SERVICE_USED => self.refunding = false,
            _ => {}
        }
    }
}

impl<'a> Walker<'a, '_> {
    /// A field of an aggregate, which no public module describes.
    #[cold]
    fn aggregate(&mut self, tag: u32, contents: &'a [u8]) {
        match tag {
            AGGREGATED_USAGE_DATE_START => self.event.start = Some(contents),
            AGGREGATION_IDENTIFIER => self.event.reference = Some(contents),
            AGGREGATED_CHARGE_UNIT_TYPE => self.event.charged_item = Some(contents),
            AGGREGATED_CHARGE_UNITS => self.event.chargeable_units = unsigned(contents),
            AGGREGATED_USAGE_CHARGE => self.event.amounts.charge += u128::from(self.number(contents)),
            AUR_TAX_VALUE => self.event.amounts.tax += u128::from(self.number(contents)),
            _ => {}
        }
    }
}

const fn has_volumes(parent: u32) -> bool {
    matches!(
        parent,
        GPRS_SERVICE_USED | GPRS_SERVICE_USAGE | CONTENT_SERVICE_USED
    )
}

const fn identifies(parent: u32) -> bool {
    matches!(
        parent,
        SIM_CHARGEABLE_SUBSCRIBER | GSM_CHARGEABLE_SUBSCRIBER | CHARGED_PARTY
    )
}
