//! When statements and payments are due, and how disputes on them go.

use crate::{ids::OperatorId, period::Period, Moment, DAY};
use interclear_rating::{convert, SdrRate};
use interclear_record::record;

/// So many days, in seconds.
pub(crate) const fn days(count: u16) -> Moment {
    (count as Moment).saturating_mul(DAY)
}

/// How what is owed is paid.
#[record(Copy, Default, snake_case)]
pub enum PaymentCondition {
    /// Netted: with the cycle that takes it in once it is due.
    #[default]
    AtCycle,
    /// Gross: by a call of the debtor, by the due date. No cycle takes it in.
    OnDate,
    /// Gross and at once: due when the statement is affirmed, by both parties or by silence.
    OnAffirmation,
}

impl PaymentCondition {
    /// Whether each obligation is paid by itself, and netted with none.
    pub const fn is_gross(&self) -> bool {
        !matches!(self, Self::AtCycle)
    }

    /// Whether it is what is usual.
    #[cfg(feature = "std")]
    const fn is_usual(&self) -> bool {
        !self.is_gross()
    }
}

impl core::fmt::Display for PaymentCondition {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::AtCycle => "with netting cycles",
            Self::OnDate => "gross, by the due date",
            Self::OnAffirmation => "gross, on affirmation",
        })
    }
}

#[cfg(feature = "std")]
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The most late interest a year, in basis points: as much as what is owed.
pub const MAX_LATE_INTEREST_BPS: u16 = 10_000;

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
    /// Late interest per year, in basis points: who misses the first netting cycle after the due day bears it from that day on, and
    /// where payment is gross, who has not paid by then.
    pub late_interest_bps: u16,
    /// Whether what is owed is netted, or paid gross.
    #[cfg_attr(
        feature = "std",
        serde(default, skip_serializing_if = "PaymentCondition::is_usual")
    )]
    pub condition: PaymentCondition,
    /// Less than so many SDR is carried forward to the next statement, for a year at most and not beyond the agreement's end; 50 is
    /// usual in the industry, 0 carries nothing forward. 0 where an escrow may pay.
    #[cfg_attr(feature = "std", serde(default, skip_serializing_if = "is_zero"))]
    pub minimum_sdr: u32,
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
        match self.condition {
            // With its affirmation by silence, which waits for the days to dispute.
            PaymentCondition::OnAffirmation => self.undisputed_from(issued_at),
            _ => self.paid_by(issued_at.saturating_add(days(self.affirm_days))),
        }
    }

    /// When both the days to affirm a statement and those to dispute it are over.
    fn undisputed_from(&self, issued_at: Moment) -> Moment {
        let affirm = issued_at.saturating_add(days(self.affirm_days));
        affirm.max(self.disputed_until(issued_at))
    }

    /// When something is due that both have affirmed, or that was ruled, at a moment.
    pub fn paid_by(&self, since: Moment) -> Moment {
        if self.condition == PaymentCondition::OnAffirmation {
            return since;
        }
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

    /// What is carried forward is less than this, in the minor unit of a currency with so many decimals: the agreed SDR at a rate,
    /// rounded once, half to even.
    pub fn minimum(&self, rate: SdrRate, decimals: u8) -> u128 {
        let units = 10u128
            .checked_pow(decimals.into())
            .and_then(|unit| unit.checked_mul(self.minimum_sdr.into()));
        units
            .and_then(|units| convert(units, SdrRate::SDR, rate).ok())
            .unwrap_or_default()
    }

    /// From when on silence affirms a statement: not before the days to affirm and those to dispute are over, unless it is due.
    pub fn silence_affirms(&self, issued_at: Moment) -> Moment {
        self.undisputed_from(issued_at).min(self.due(issued_at))
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
            condition: PaymentCondition::AtCycle,
            minimum_sdr: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimum_should_be_the_agreed_sdr_at_the_rate() {
        let terms = |minimum_sdr| PaymentTerms {
            minimum_sdr,
            ..PaymentTerms::usual()
        };
        // 50 SDR at 1.225 EUR are 61.25 EUR; yen have no decimals.
        assert_eq!(terms(50).minimum(SdrRate(1_225_000_000), 2), 6_125);
        assert_eq!(terms(50).minimum(SdrRate(210_123_000_000), 0), 10_506);
        assert_eq!(terms(50).minimum(SdrRate::SDR, 6), 50_000_000);
        assert_eq!(terms(0).minimum(SdrRate(1_225_000_000), 2), 0);
    }

    #[test]
    fn payments_should_be_due_with_the_affirmation_when_they_are_agreed_so() {
        let terms = PaymentTerms {
            payment_days: 0,
            condition: PaymentCondition::OnAffirmation,
            ..PaymentTerms::usual()
        };
        let issued = Period(202_601).start();
        assert_eq!(terms.paid_by(issued + 3 * DAY), issued + 3 * DAY);
        // 10 days to affirm and 30 to dispute: silence takes both.
        assert_eq!(terms.silence_affirms(issued), issued + 30 * DAY);
        assert_eq!(terms.due(issued), terms.silence_affirms(issued));
    }

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
