//! One pass over a record: which elements belong where, and what they say.

use super::{
    is_imsi,
    places::{has_charges, has_service_code, has_volumes, identifies, is_tax, nests},
    Amounts, CodeFault, CodeKind, CodeTables, DiscountRow, Event, EventKind, Items, Number, ShareFault,
    Table, TaxSum,
};
use crate::{
    ber::{unsigned, Visitor},
    tags::*,
};

/// Parts of a rate: seven digits are a per cent with five decimals.
pub(crate) const RATE_PARTS: u128 = 10_000_000;
/// Parts of the rate of a discount: hundredths of a per cent.
pub(crate) const DISCOUNT_PARTS: u64 = 10_000;
/// Taxes on one charge, and types of charges that a tax may be on, that are checked; more is not believed.
const MAX_TAXES: usize = 24;

/// Reduces what a pass over a record finds.
pub(super) struct Walker<'a, 't> {
    event: &'t mut Event<'a>,
    tables: &'t CodeTables,
    scratch: &'t mut Scratch,
    /// Items that were there at all, and those that were in the element that is open.
    seen: Items,
    open: Items,
    /// Type, amount and units of the charge detail that is open; they may come in any order.
    charge_type: Option<&'a [u8]>,
    charge: Option<u64>,
    units: Option<u64>,
    /// The charge information that is open.
    scope: Scope,
    /// The tax that is open.
    tax: Tax,
    /// The discount that is open.
    discount: Discount,
    /// The time stamp that gave the start, whose offset code belongs to it.
    start_parent: u32,
    /// Inside content that is paid back.
    refunding: bool,
}

/// What the charge information that is open has, as many as its scope says, and what all records have; kept from one record to
/// the next so that it is not made anew.
#[derive(Default)]
pub(crate) struct Scratch {
    taxes: [Tax; MAX_TAXES],
    /// Charges of other types than 00, by type.
    parts: [([u8; 2], u64); MAX_TAXES],
    discounts: Vec<Discount>,
    /// Taxes, by the rows of the tax table.
    pub(crate) sums: Vec<TaxSum>,
}

/// What charge information (or a record or service with a charge of its own) says about its charges.
#[derive(Clone, Copy, Default)]
struct Scope {
    charge: u128,
    /// Charges of type 00.
    totals: u32,
    rate_code: bool,
    /// Whether it says what its charges count.
    item: bool,
    taxes: usize,
    parts: usize,
}

#[derive(Clone, Copy, Default)]
struct Tax {
    there: bool,
    value: Option<u64>,
    base: Option<u64>,
    rate: Option<u32>,
    charge_type: Option<[u8; 2]>,
    /// The row of the tax table.
    place: usize,
    /// What it is on, once that is known.
    taxed: u128,
}

#[derive(Clone, Copy, Default)]
struct Discount {
    value: u64,
    base: Option<u64>,
    row: DiscountRow,
}

impl<'a, 't> Walker<'a, 't> {
    #[inline]
    pub(super) fn new(event: &'t mut Event<'a>, tables: &'t CodeTables, scratch: &'t mut Scratch) -> Self {
        Self {
            event,
            tables,
            scratch,
            seen: Items::NONE,
            open: Items::NONE,
            charge_type: None,
            charge: None,
            units: None,
            scope: Scope::default(),
            tax: Tax::default(),
            discount: Discount::default(),
            start_parent: 0,
            refunding: false,
        }
    }

    /// The record ends.
    #[inline]
    pub(super) fn finish(&mut self) {
        let missing = Items::needed(self.event.kind).without(self.seen);
        if missing != Items::NONE {
            self.miss(missing);
        }
    }

    /// An item that belongs once into the element around it.
    #[inline]
    fn once(&mut self, item: Items) {
        self.is_again(self.open.has(item), item);
        self.open = self.open.with(item);
        self.see(item);
    }

    /// An item that a record must have.
    #[inline]
    fn see(&mut self, item: Items) {
        self.seen = self.seen.with(item);
    }

    /// An item that says what was used.
    fn mark(&mut self, item: Items, place: usize, contents: &'a [u8]) {
        self.see(item);
        if let Some(mark) = self.event.marks.get_mut(place) {
            *mark = contents;
        }
    }

    #[inline]
    fn is_again(&mut self, again: bool, item: Items) {
        if again {
            self.repeat(item);
        }
    }

    #[cold]
    fn miss(&mut self, items: Items) {
        let faults = &mut self.event.faults;
        faults.any = true;
        faults.missing = faults.missing.with(items);
    }

    #[cold]
    fn repeat(&mut self, item: Items) {
        let faults = &mut self.event.faults;
        faults.any = true;
        faults.repeated = faults.repeated.with(item);
    }

    #[cold]
    fn malformed(&mut self, item: Items) {
        let faults = &mut self.event.faults;
        faults.any = true;
        faults.malformed = faults.malformed.with(item);
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

    /// A charge detail ends.
    #[inline(never)]
    fn close_charge(&mut self) {
        let Some(charge) = self.charge else {
            return self.miss(Items::CHARGE);
        };
        match self.charge_type {
            Some(b"00") => {
                if self.event.charges == 0 {
                    self.event.chargeable_units = self.units;
                }
                self.scope.totals += 1;
                self.add_charge(charge);
            }
            // Only taxes ask for the others.
            Some(&[first, second]) => {
                if let Some(part) = self.scratch.parts.get_mut(self.scope.parts) {
                    *part = ([first, second], charge);
                    self.scope.parts += 1;
                }
            }
            Some(_) => {}
            None => self.miss(Items::CHARGE_TYPE),
        }
    }

    /// Looks a code up, and notes the first that is wrong. The place is that of the row.
    #[inline]
    fn look_up<T: Copy>(&mut self, kind: CodeKind, contents: &[u8], table: &Table<T>) -> Option<(usize, T)> {
        // A code that is not a number is in no table.
        let code = unsigned(contents).unwrap_or(u64::MAX);
        let row = table.placed(code);
        let rule = match row {
            None => Some(kind.unknown()),
            Some((_, row)) => row.fault,
        };
        if let Some(rule) = rule {
            let faults = &mut self.event.faults;
            faults.any = true;
            faults.codes[kind as usize].get_or_insert(CodeFault { code, rule });
        }
        row.map(|(place, row)| (place, row.value))
    }

    /// The code of a tax.
    #[inline]
    fn tax_code(&mut self, contents: &[u8]) {
        let tables = self.tables;
        self.tax.there = true;
        if let Some((place, row)) = self.look_up(CodeKind::Tax, contents, &tables.taxes) {
            self.tax.place = place;
            self.tax.rate = row.rate;
            self.tax.charge_type = row.charge_type;
            // What is wrong with a row is told otherwise.
            let sound = tables
                .taxes
                .rows()
                .get(place)
                .is_some_and(|row| row.fault.is_none());
            if row.rate.is_none() && sound {
                self.event.faults.any = true;
                self.event.faults.tax_unrated = true;
            }
        }
    }

    /// A tax ends; it is checked when all of its charge is known.
    #[inline(never)]
    fn close_tax(&mut self) {
        // List and item have the same end where they are turned around.
        if !std::mem::take(&mut self.tax.there) {
            return;
        }
        let tax = std::mem::take(&mut self.tax);
        let missing = [Items::TAX_CODE, Items::TAX_VALUE]
            .into_iter()
            .filter(|item| !self.open.has(*item))
            .fold(Items::NONE, Items::with);
        if missing != Items::NONE {
            self.miss(missing);
        }
        self.open = self
            .open
            .without(Items::TAX_CODE.with(Items::TAX_VALUE).with(Items::TAXABLE));
        let value = tax.value.unwrap_or(0);
        self.amounts().tax += u128::from(value);
        match self.scratch.taxes.get_mut(self.scope.taxes) {
            Some(place) => {
                *place = tax;
                self.scope.taxes += 1;
            }
            None => self.tax_differs(value.into(), 0),
        }
    }

    #[cold]
    fn tax_differs(&mut self, stated: u128, expected: u128) {
        let faults = &mut self.event.faults;
        faults.any = true;
        faults.tax.get_or_insert(ShareFault { stated, expected });
    }

    /// Checks the taxes of the charge information that ends. Each is on the whole charge, on the part of it that its row
    /// names, or on the taxable amount, which is part of the charge, or of the charge with the other taxes. Taxes of one code
    /// are on different parts of the charge: together they are on no more than all of it.
    #[inline]
    fn check_taxes(&mut self, scope: &Scope) {
        if scope.taxes == 0 {
            return;
        }
        let stated_of = |tax: &Tax| u128::from(tax.value.unwrap_or(0));
        let all: u128 = self.scratch.taxes.iter().take(scope.taxes).map(stated_of).sum();
        let tolerance = u128::from(self.tables.tax_tolerance);
        for place in 0..scope.taxes {
            let Some(&tax) = self.scratch.taxes.get(place) else {
                break;
            };
            let stated = stated_of(&tax);
            let (mut together, mut before) = (0, 0);
            for (other_place, other) in self.scratch.taxes.iter().take(scope.taxes).enumerate() {
                // Without a code, a tax has no rate either.
                if (other.place, other.rate.is_some()) == (tax.place, tax.rate.is_some()) {
                    together += stated_of(other);
                    if other_place < place {
                        before += other.taxed;
                    }
                }
            }
            let Some(rate) = tax.rate.map(u128::from) else {
                if together > scope.charge + tolerance {
                    self.tax_differs(together, scope.charge);
                }
                continue;
            };
            let part = tax.charge_type.filter(|kind| kind != b"00").map(|kind| {
                let parts = self.scratch.parts.get(..scope.parts).unwrap_or_default();
                let parts = parts.iter().filter(|part| part.0 == kind);
                parts
                    .map(|part| u128::from(part.1))
                    .reduce(|sum, part| sum + part)
            });
            let whole = match part {
                Some(Some(part)) => part.min(scope.charge),
                _ => scope.charge,
            };
            let most = whole + (all - together);
            let base = match (tax.base.map(u128::from), part) {
                (Some(base), _) => base,
                // How much of the charge it is on cannot be told: it is on what it comes to, and at most on all.
                (None, Some(None))
                    if stated * RATE_PARTS <= (whole * rate).saturating_add(tolerance * RATE_PARTS) =>
                {
                    let base = (stated * RATE_PARTS).checked_div(rate).unwrap_or(0);
                    base.min(whole)
                }
                (None, _) => whole,
            };
            if before + base > most + tolerance {
                self.tax_differs(together, most * rate / RATE_PARTS);
                continue;
            }
            let parts = base.saturating_mul(rate);
            if (stated * RATE_PARTS).abs_diff(parts) > tolerance * RATE_PARTS {
                self.tax_differs(stated, parts / RATE_PARTS);
                continue;
            }
            if let Some(tax) = self.scratch.taxes.get_mut(place) {
                tax.taxed = base;
            }
            if let Some(sum) = self.scratch.sums.get_mut(tax.place).filter(|_| !self.refunding) {
                sum.stated += stated;
                // What was taxed before counts once.
                let counted = base.min(most.saturating_sub(before));
                sum.parts = sum.parts.saturating_add(counted.saturating_mul(rate));
                sum.count += 1;
            }
        }
    }

    /// A discount ends; it is checked when all of its charge is known.
    #[inline(never)]
    fn close_discount(&mut self) {
        if !self.open.has(Items::DISCOUNT_CODE) {
            self.miss(Items::DISCOUNT_CODE);
        }
        self.scratch.discounts.push(self.discount);
    }

    #[cold]
    fn discount_differs(&mut self, stated: u128, expected: u128) {
        let faults = &mut self.event.faults;
        faults.any = true;
        faults.discount.get_or_insert(ShareFault { stated, expected });
    }

    /// Checks the discounts of the charge information that ends. Charges are stated after discount, so that what was to be
    /// charged is the charge with all discounts. Each is on that, or on the discountable amount, which is part of it.
    #[inline]
    fn check_discounts(&mut self, scope: &Scope) {
        if self.scratch.discounts.is_empty() {
            return;
        }
        let mut discounts = std::mem::take(&mut self.scratch.discounts);
        let all: u128 = discounts.iter().map(|discount| u128::from(discount.value)).sum();
        let whole = scope.charge + all;
        let tolerance = u128::from(self.tables.tax_tolerance);
        for discount in &discounts {
            let stated = u128::from(discount.value);
            let base = discount.base.map_or(whole, |base| whole.min(base.into()));
            let expected = match (discount.row.rate, discount.row.fixed) {
                (Some(rate), _) => base * u128::from(rate) / u128::from(DISCOUNT_PARTS),
                (None, Some(fixed)) => base.min(fixed.into()),
                // That its row is wrong or not there is told otherwise.
                (None, None) => base.min(stated),
            };
            if stated.abs_diff(expected) > tolerance {
                self.discount_differs(stated, expected);
            }
        }
        // Kept for the next, so that none is made anew.
        discounts.clear();
        self.scratch.discounts = discounts;
    }

    /// Charge information ends. A CAMEL invocation fee needs no exchange rate of its own.
    #[inline(never)]
    fn close_scope(&mut self, tag: u32) {
        let scope = std::mem::take(&mut self.scope);
        self.check_taxes(&scope);
        self.check_discounts(&scope);
        if scope.charge > 0 && !scope.rate_code && tag != CAMEL_SERVICE_USED {
            self.event.faults.any = true;
            self.event.faults.rate_missing = true;
        }
        if matches!(tag, CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION) {
            self.see(Items::CHARGE);
            if !scope.item {
                self.miss(Items::CHARGED_ITEM);
            }
            match scope.totals {
                0 => self.miss(Items::CHARGE),
                1 => {}
                _ => self.repeat(Items::CHARGE),
            }
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
            // When it was ordered; without that, when it was to be delivered, or was.
            EventKind::Content => matches!(
                parent,
                ORDER_PLACED_TIME_STAMP | REQUESTED_DELIVERY_TIME_STAMP | ACTUAL_DELIVERY_TIME_STAMP
            ),
            EventKind::Location => matches!(parent, LCS_REQUEST_TIME_STAMP | CHARGING_TIME_STAMP),
            EventKind::Messaging | EventKind::MobileSession => parent == SERVICE_START_TIME_STAMP,
            EventKind::Aggregated | EventKind::Unknown(_) => false,
        }
    }
}

impl<'a> Visitor<'a> for Walker<'a, '_> {
    #[inline]
    fn enter(&mut self, parent: u32, tag: u32) -> bool {
        if !nests(parent, tag, self.tables.release_10) {
            return false;
        }
        match tag {
            BASIC_SERVICE_USED => self.open = self.open.without(Items::SERVICE_CODE),
            GPRS_SERVICE_USAGE | CONTENT_SERVICE_USED => {
                self.open = self.open.without(Items::VOLUME_IN.with(Items::VOLUME_OUT));
            }
            DISCOUNT_INFORMATION => {
                self.open = self.open.without(Items::DISCOUNT_CODE.with(Items::DISCOUNT));
                self.discount = Discount::default();
            }
            TAX_INFORMATION => self.tax.there = true,
            CHARGE_DETAIL => {
                self.charge_type = None;
                self.charge = None;
                self.units = None;
            }
            CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION | CAMEL_SERVICE_USED => {
                self.scope = Scope::default();
                self.scratch.discounts.clear();
            }
            _ => {}
        }
        true
    }

    #[inline]
    fn value(&mut self, parent: u32, tag: u32, contents: &'a [u8]) {
        let tables = self.tables;
        match tag {
            CHARGE_TYPE if parent == CHARGE_DETAIL => {
                let before = self.charge_type.replace(contents);
                self.is_again(before.is_some(), Items::CHARGE_TYPE);
            }
            CHARGE if parent == CHARGE_DETAIL => {
                let charge = self.number(contents);
                let before = self.charge.replace(charge);
                self.is_again(before.is_some(), Items::CHARGE);
            }
            // A message over IP carries the charge itself.
            CHARGE if parent == MESSAGING_EVENT => {
                self.once(Items::CHARGE);
                let charge = self.number(contents);
                self.add_charge(charge);
            }
            CAMEL_INVOCATION_FEE if parent == CAMEL_SERVICE_USED => {
                let charge = self.number(contents);
                self.add_charge(charge);
            }
            CHARGEABLE_UNITS if parent == CHARGE_DETAIL => self.units = unsigned(contents),
            CHARGED_ITEM if matches!(parent, CHARGE_INFORMATION | SESSION_CHARGE_INFORMATION) => {
                self.scope.item = true;
                self.event.charged_item.get_or_insert(contents);
            }
            EXCHANGE_RATE_CODE if has_charges(parent) => {
                let before = std::mem::replace(&mut self.scope.rate_code, true);
                self.is_again(before, Items::RATE_CODE);
                self.look_up(CodeKind::ExchangeRate, contents, &tables.exchange_rates);
            }
            TAX_VALUE if is_tax(parent) => {
                self.once(Items::TAX_VALUE);
                self.tax.there = true;
                self.tax.value = Some(self.number(contents));
            }
            TAXABLE_AMOUNT if is_tax(parent) => {
                self.once(Items::TAXABLE);
                self.tax.there = true;
                self.tax.base = Some(self.number(contents));
            }
            TAX_CODE if is_tax(parent) => {
                self.once(Items::TAX_CODE);
                self.tax_code(contents);
            }
            DISCOUNT | DISCOUNT_VALUE
                if parent == DISCOUNT_INFORMATION && tables.release_10 == (tag == DISCOUNT_VALUE) =>
            {
                self.once(Items::DISCOUNT);
                self.discount.value = self.number(contents);
                let discount = u128::from(self.discount.value);
                self.amounts().discount += discount;
            }
            DISCOUNTABLE_AMOUNT if parent == DISCOUNT_INFORMATION => {
                self.discount.base = Some(self.number(contents));
            }
            DISCOUNT_CODE if parent == DISCOUNT_INFORMATION => {
                self.once(Items::DISCOUNT_CODE);
                if let Some((_, row)) = self.look_up(CodeKind::Discount, contents, &tables.discounts) {
                    self.discount.row = row;
                }
            }
            REC_ENTITY_CODE
                if matches!(
                    parent,
                    NETWORK_LOCATION | REC_ENTITY_CODE_LIST | SERVICE_CENTRE_USAGE | LOCATION_SERVICE
                ) =>
            {
                self.see(Items::ENTITY);
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
                self.once(Items::DURATION);
                self.event.duration = self.number(contents);
            }
            DATA_VOLUME_INCOMING if has_volumes(parent, tables.release_10) => {
                self.once(Items::VOLUME_IN);
                self.event.volume_in += u128::from(self.number(contents));
            }
            DATA_VOLUME_OUTGOING if has_volumes(parent, tables.release_10) => {
                self.once(Items::VOLUME_OUT);
                self.event.volume_out += u128::from(self.number(contents));
            }
            IMSI if identifies(parent) => {
                self.once(Items::SUBSCRIBER);
                if !is_imsi(contents) {
                    self.malformed(Items::SUBSCRIBER);
                }
                self.event.imsi = Some(contents);
            }
            MSISDN if identifies(parent) => {
                if parent == GSM_CHARGEABLE_SUBSCRIBER {
                    self.see(Items::SUBSCRIBER);
                }
                self.event.msisdn = Some(contents);
            }
            MIN | MDN if parent == MIN_CHARGEABLE_SUBSCRIBER => {
                self.see(Items::SUBSCRIBER);
                self.event.party.get_or_insert(contents);
            }
            // Packet data may name its subscriber so.
            NETWORK_ACCESS_IDENTIFIER if parent == GPRS_CHARGEABLE_SUBSCRIBER => {
                self.see(Items::SUBSCRIBER);
                self.event.party.get_or_insert(contents);
            }
            IMEI if matches!(parent, IMEI_OR_ESN | EQUIPMENT_INFORMATION | CHARGED_PARTY) => {
                self.event.imei = Some(contents);
            }
            ESN if matches!(parent, IMEI_OR_ESN | EQUIPMENT_INFORMATION) => {
                self.event.imei.get_or_insert(contents);
            }
            CALLED_NUMBER if parent == DESTINATION && !tables.release_10 => {
                self.once(Items::CALLED);
                self.event.called = Some(Number::Bcd(contents));
            }
            NON_CHARGED_PARTY_NUMBER if parent == NON_CHARGED_PARTY => {
                self.once(Items::CALLED);
                self.event.called = Some(Number::Bcd(contents));
            }
            SMS_DESTINATION_NUMBER if parent == DESTINATION && !tables.release_10 => {
                self.event.called = Some(Number::Text(contents));
            }
            NON_CHARGED_NUMBER if parent == SCU_BASIC_INFORMATION && !tables.release_10 => {
                self.see(Items::NON_CHARGED);
                self.event.called = Some(Number::Text(contents));
            }
            CALLING_NUMBER if parent == CALL_ORIGINATOR && !tables.release_10 => {
                self.event.calling = Some(Number::Bcd(contents));
            }
            SMS_ORIGINATOR if parent == CALL_ORIGINATOR && !tables.release_10 => {
                self.event.calling = Some(Number::Text(contents));
            }
            ADDRESS_STRING_DIGITS if tables.release_10 => match parent {
                DESTINATION | NON_CHARGED_PARTY_310 => {
                    self.see(Items::NON_CHARGED);
                    self.once(Items::CALLED);
                    self.event.called = Some(Number::Bcd(contents));
                }
                CALL_ORIGINATOR => self.event.calling = Some(Number::Bcd(contents)),
                _ => {}
            },
            CHARGED_PARTY_IDENTIFIER | CUSTOMER_IDENTIFIER | PUBLIC_USER_ID
                if matches!(
                    parent,
                    CHARGED_PARTY_IDENTIFICATION | TRACKING_CUSTOMER_IDENTIFICATION | CHARGED_PARTY
                ) =>
            {
                if tag != PUBLIC_USER_ID {
                    self.see(Items::SUBSCRIBER);
                }
                self.event.party.get_or_insert(contents);
            }
            CALL_REFERENCE if matches!(parent, NETWORK_LOCATION | LOCATION_SERVICE) => {
                self.see(Items::CALL_REFERENCE);
                self.event.reference.get_or_insert(contents);
            }
            EVENT_REFERENCE if matches!(parent, MESSAGING_EVENT | MOBILE_SESSION) => {
                self.see(Items::EVENT_REFERENCE);
                self.event.reference.get_or_insert(contents);
            }
            TRANSACTION_IDENTIFIER if parent == CONTENT_SERVICE_USED => {
                self.event.reference.get_or_insert(contents);
            }
            PARTIAL_TYPE_INDICATOR if parent == GPRS_BASIC_CALL_INFORMATION => {
                self.event.part = Some(contents);
            }
            MESSAGE_NUMBER if parent == SCU_CHARGE_TYPE => self.event.part = Some(contents),
            TELE_SERVICE_CODE if has_service_code(parent, tables.release_10) => {
                self.once(Items::SERVICE_CODE);
                // Of several basic services the first says what the record is.
                if self.event.bearer_service.is_none() {
                    self.event.tele_service.get_or_insert(contents);
                }
            }
            BEARER_SERVICE_CODE if has_service_code(parent, tables.release_10) => {
                self.once(Items::SERVICE_CODE);
                if self.event.tele_service.is_none() {
                    self.event.bearer_service.get_or_insert(contents);
                }
            }
            CHARGING_ID if parent == GPRS_BASIC_CALL_INFORMATION => {
                self.once(Items::CHARGING_ID);
                self.event.charging_id = unsigned(contents);
            }
            IMS_SIGNALLING_CONTEXT if parent == GPRS_SERVICE_USED => {
                self.event.ims_signalling = unsigned(contents) != Some(0);
            }
            MOBILE_SESSION_SERVICE if parent == MOBILE_SESSION => {
                self.see(Items::SESSION_SERVICE);
                self.event.session_service = unsigned(contents);
            }
            ACCESS_POINT_NAME_NI if parent == GPRS_DESTINATION => self.see(Items::ACCESS_POINT),
            SUPPL_SERVICE_CODE if parent == SUPPL_SERVICE_USED => {
                self.mark(Items::SUPPLEMENTARY, 0, contents)
            }
            SUPPL_SERVICE_ACTION_CODE if parent == SUPPL_SERVICE_USED => {
                self.mark(Items::ACTION, 1, contents)
            }
            CHARGED_PARTY_STATUS if parent == SCU_BASIC_INFORMATION => self.see(Items::PARTY_STATUS),
            MESSAGING_EVENT_SERVICE if parent == MESSAGING_EVENT => self.see(Items::MESSAGING_SERVICE),
            TRANSACTION_STATUS if parent == CONTENT_TRANSACTION_BASIC_INFO => {
                self.see(Items::TRANSACTION_STATUS);
            }
            CONTENT_TRANSACTION_CODE if parent == CONTENT_SERVICE_USED => {
                self.mark(Items::TRANSACTION_CODE, 0, contents);
            }
            CONTENT_TRANSACTION_TYPE if parent == CONTENT_SERVICE_USED => {
                self.mark(Items::TRANSACTION_TYPE, 1, contents);
            }
            OBJECT_TYPE if parent == CONTENT_SERVICE_USED => self.see(Items::OBJECT_TYPE),
            CALL_TYPE_LEVEL_1 if parent == CALL_TYPE_GROUP && self.event.level_1.is_none() => {
                self.event.level_1 = unsigned(contents);
            }
            CALL_TYPE_LEVEL_2 if parent == CALL_TYPE_GROUP && self.event.level_2.is_none() => {
                self.event.level_2 = unsigned(contents);
            }
            CALL_TYPE_LEVEL_3 if parent == CALL_TYPE_GROUP && self.event.level_3.is_none() => {
                self.event.level_3 = unsigned(contents);
            }
            CHARGE_REFUND_INDICATOR if parent == CONTENT_SERVICE_USED => match unsigned(contents) {
                Some(0) => {}
                Some(1) => {
                    self.refunding = true;
                    self.event.refunded = true;
                }
                _ => self.malformed(Items::REFUND),
            },
            _ if parent == AGGREGATED_USAGE_RECORD || parent == AUR_TAX_INFORMATION => {
                self.aggregate(tag, contents);
            }
            _ => {}
        }
    }

    // Nothing is to be done for most, for which a call would take longer.
    #[inline(always)]
    fn leave(&mut self, tag: u32) {
        match tag {
            CHARGE_DETAIL => self.close_charge(),
            BASIC_SERVICE_USED if !self.open.has(Items::SERVICE_CODE) => self.miss(Items::SERVICE_CODE),
            DISCOUNT_INFORMATION => self.close_discount(),
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
