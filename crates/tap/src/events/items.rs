//! Items of a record that are needed, and belong there once.

use super::EventKind;

/// A set of items.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Items(u32);

macro_rules! items {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $field:literal;)*) => {
        impl Items {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*

            /// Each item with the name of its field.
            const NAMED: &'static [(Self, &'static str)] = &[$((Self::$name, $field)),*];
        }
    };
}

items! {
    /// Who used the service: IMSI or another identifier.
    SUBSCRIBER = 0, "chargeableSubscriber";
    /// The length of a call or session.
    DURATION = 1, "totalCallEventDuration";
    /// Octets received.
    VOLUME_IN = 2, "dataVolumeIncoming";
    /// Octets sent.
    VOLUME_OUT = 3, "dataVolumeOutgoing";
    /// Teleservice or bearer service.
    SERVICE_CODE = 4, "basicServiceCode";
    /// Charging id of packet data.
    CHARGING_ID = 5, "chargingId";
    /// The charge of type 00.
    CHARGE = 6, "chargeDetail";
    /// What a charge is for.
    CHARGE_TYPE = 7, "chargeType";
    /// The row of the tax table.
    TAX_CODE = 8, "taxCode";
    /// The amount of a tax.
    TAX_VALUE = 9, "taxValue";
    /// The row of the discount table.
    DISCOUNT_CODE = 10, "discountCode";
    /// The row of the table of exchange rates.
    RATE_CODE = 11, "exchangeRateCode";
    /// The number called.
    CALLED = 12, "calledNumber";
    /// Whether a charge is paid back.
    REFUND = 13, "chargeRefundIndicator";
    /// The amount that is taken off.
    DISCOUNT = 14, "discount";
    /// The amount that a tax is on.
    TAXABLE = 15, "taxableAmount";
    /// Which element of the network recorded it.
    ENTITY = 16, "recEntityCode";
    /// What a charge counts.
    CHARGED_ITEM = 17, "chargedItem";
    /// The access point of packet data.
    ACCESS_POINT = 18, "accessPointNameNI";
    /// The supplementary service.
    SUPPLEMENTARY = 19, "supplServiceCode";
    /// What was done with it.
    ACTION = 20, "supplServiceActionCode";
    /// Whether a service centre's message was sent or received.
    PARTY_STATUS = 21, "chargedPartyStatus";
    /// The other number of a service centre's message.
    NON_CHARGED = 22, "nonChargedNumber";
    /// The network's reference of a location request.
    CALL_REFERENCE = 23, "callReference";
    /// The network's reference of an event over IP.
    EVENT_REFERENCE = 24, "eventReference";
    /// The service of a message over IP.
    MESSAGING_SERVICE = 25, "messagingEventService";
    /// The service of a session over IP.
    SESSION_SERVICE = 26, "mobileSessionService";
    /// Whether content was delivered.
    TRANSACTION_STATUS = 27, "transactionStatus";
    /// What kind of content it is.
    TRANSACTION_CODE = 28, "contentTransactionCode";
    /// How it was bought.
    TRANSACTION_TYPE = 29, "contentTransactionType";
    /// What was bought.
    OBJECT_TYPE = 30, "objectType";
}

impl Items {
    /// No item.
    pub const NONE: Self = Self(0);

    /// The items in either set.
    #[inline]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The items that are not in the other set.
    #[inline]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether any item of the other set is in this one.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The fields' names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let named = Self::NAMED.iter();
        named
            .filter(move |(item, _)| self.has(*item))
            .map(|(_, name)| *name)
    }

    /// What a record of a kind must have. What its charges, taxes and discounts must have is looked for in each of them.
    #[inline]
    pub(super) const fn needed(kind: EventKind) -> Self {
        let used = Self::SUBSCRIBER.with(Self::ENTITY);
        let call = used.with(Self::DURATION).with(Self::CHARGE);
        match kind {
            EventKind::MobileOriginated | EventKind::MobileTerminated => call.with(Self::SERVICE_CODE),
            EventKind::MobileSession => call.with(Self::SESSION_SERVICE).with(Self::EVENT_REFERENCE),
            EventKind::Gprs => call
                .with(Self::VOLUME_IN)
                .with(Self::VOLUME_OUT)
                .with(Self::CHARGING_ID)
                .with(Self::ACCESS_POINT),
            EventKind::ServiceCentre => used
                .with(Self::CHARGE)
                .with(Self::PARTY_STATUS)
                .with(Self::NON_CHARGED),
            EventKind::Messaging => used
                .with(Self::CHARGE)
                .with(Self::MESSAGING_SERVICE)
                .with(Self::EVENT_REFERENCE),
            EventKind::Content => Self::SUBSCRIBER
                .with(Self::TRANSACTION_STATUS)
                .with(Self::TRANSACTION_CODE)
                .with(Self::TRANSACTION_TYPE)
                .with(Self::OBJECT_TYPE),
            EventKind::SupplementaryService => used.with(Self::SUPPLEMENTARY).with(Self::ACTION),
            EventKind::Location => Self::CHARGE.with(Self::ENTITY).with(Self::CALL_REFERENCE),
            EventKind::ValueAdded | EventKind::Aggregated | EventKind::Unknown(_) => Self::NONE,
        }
    }
}
