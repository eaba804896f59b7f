//! When statements and payments are due, and how disputes on them go.

use crate::{ids::OperatorId, period::Period, Moment, DAY};
use interclear_record::record;

/// So many days, in seconds.
pub(crate) const fn days(count: u16) -> Moment {
    (count as Moment).saturating_mul(DAY)
}

/// When statements and payments are due.
#[record(Copy)]
pub struct PaymentTerms {
    /// Days after the statement within which a party affirms; from their end the days to pay count at the latest.
    pub affirm_days: u16,
    /// Days from the affirmed statement to the due date of the obligation.
    pub payment_days: u16,
    /// Days after the statement within which a line may be disputed. Silence does not affirm before they are over, unless the
    /// statement is due.
    pub dispute_days: u16,
    /// The day of the month, 1 to 28, on which payments are due: the first one when the days to pay are over. `None`: they are due as
    /// soon as these are over.
    #[cfg_attr(feature = "std", serde(default, skip_serializing_if = "Option::is_none"))]
    pub due_on: Option<u8>,
    /// Late interest per year, in basis points: who misses the first netting cycle after the due day bears it from that day on.
    pub late_interest_bps: u16,
}

/// How disputes on what a statement says go.
#[record(Copy)]
#[cfg_attr(feature = "std", serde(default))]
pub struct DisputeTerms {
    /// Days that a party has for each answer; 15 is usual. Silence past them has a stated result.
    pub answer_days: u16,
    /// Days within which an escalated dispute is ruled by the arbitrators, and after them by the council; 60 is usual.
    pub ruling_days: u16,
    /// The least share of what a line is worth about which it is disputed, in basis points; 100 (1 %) is usual.
    pub material_bps: u16,
    /// A difference of this amount is disputed however large the line is, in 10^-6 of the currency; `None` where only the
    /// share counts.
    #[cfg_attr(feature = "std", serde(skip_serializing_if = "Option::is_none"))]
    pub material_amount: Option<u128>,
    /// What the party pays to the other one against which a dispute is ruled, in 10^-6 of the currency.
    pub fee: u128,
    /// Whether what a dispute decides, by figures that both parties have named or that were ruled, counts in the accounting window and
    /// the commitment of its line: what was used, for tiers and missing volume, and what was charged. If not, it is paid, and takes in
    /// late usage that brings the same, which it does in any case.
    pub moves_window: bool,
    /// Three operators of which two agree rule what is escalated; `None` leaves it to the council.
    #[cfg_attr(feature = "std", serde(skip_serializing_if = "Option::is_none"))]
    pub arbitrators: Option<[OperatorId; 3]>,
}

impl DisputeTerms {
    /// What most operators agree on: 15 days for each answer, 60 for a ruling by the council, 1 % of a line, and no fee; what is
    /// decided counts in the window.
    pub const fn usual() -> Self {
        Self {
            answer_days: 15,
            ruling_days: 60,
            material_bps: 100,
            material_amount: None,
            fee: 0,
            moves_window: true,
            arbitrators: None,
        }
    }

    /// Until when a party answers what it has been asked at a moment.
    pub const fn answer_by(&self, since: Moment) -> Moment {
        since.saturating_add(days(self.answer_days))
    }

    /// Until when arbitrators, or the council, rule what has come to them at a moment.
    pub const fn ruled_by(&self, since: Moment) -> Moment {
        since.saturating_add(days(self.ruling_days))
    }
}

impl Default for DisputeTerms {
    fn default() -> Self {
        Self::usual()
    }
}

impl PaymentTerms {
    /// When the net of a statement is due at the latest: when its days to affirm and to pay are over, whoever was silent.
    pub fn due(&self, issued_at: Moment) -> Moment {
        self.paid_by(issued_at.saturating_add(days(self.affirm_days)))
    }

    /// When something is due that both have affirmed, or that was ruled, at a moment.
    pub fn paid_by(&self, since: Moment) -> Moment {
        let over = since.saturating_add(days(self.payment_days));
        let Some(day) = self.due_on else { return over };
        let month = Period::containing(over);
        let time = over.checked_rem(DAY).unwrap_or_default();
        // The same time of the agreed day, of this month or the next one.
        let on = |month: Period| {
            let before = days(u16::from(day).saturating_sub(1));
            month.start().saturating_add(before).saturating_add(time)
        };
        let due = on(month);
        if due < over {
            on(month.next())
        } else {
            due
        }
    }

    /// From when on silence affirms a statement: not before the days to affirm and those to dispute are over, unless it is due.
    pub fn silence_affirms(&self, issued_at: Moment) -> Moment {
        let affirm = issued_at.saturating_add(days(self.affirm_days));
        let (dispute, due) = (self.disputed_until(issued_at), self.due(issued_at));
        let both = if affirm > dispute { affirm } else { dispute };
        if both < due {
            both
        } else {
            due
        }
    }

    /// Until when lines of a statement can be disputed.
    pub const fn disputed_until(&self, issued_at: Moment) -> Moment {
        issued_at.saturating_add(days(self.dispute_days))
    }

    /// Days that most operators agree on: 10 to affirm, 30 to pay and to dispute, 8 % a year for who is late.
    pub const fn usual() -> Self {
        Self {
            affirm_days: 10,
            payment_days: 30,
            dispute_days: 30,
            due_on: None,
            late_interest_bps: 800,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_should_be_due_on_the_agreed_day_when_the_days_to_pay_are_over() {
        // 2026-01-10 at noon, and 30 days to pay: 2026-02-09.
        let since = Period(202_601).start() + 9 * DAY + DAY / 2;
        let due = |due_on| {
            let terms = PaymentTerms {
                due_on,
                ..PaymentTerms::usual()
            };
            let due = terms.paid_by(since);
            assert_eq!(due % DAY, DAY / 2);
            let month = Period::containing(due);
            (month, (due - month.start()) / DAY + 1)
        };
        let (february, march) = (Period(202_602), Period(202_603));
        assert_eq!(due(None), (february, 9));
        assert_eq!(due(Some(9)), (february, 9));
        assert_eq!(due(Some(10)), (february, 10));
        assert_eq!(due(Some(28)), (february, 28));
        assert_eq!(due(Some(8)), (march, 8));
        assert_eq!(due(Some(1)), (march, 1));
    }
}
