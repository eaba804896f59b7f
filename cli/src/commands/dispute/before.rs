//! What is said before a dispute is raised or withdrawn: what is withheld, and that there is no second one.

use super::{figures::Scale, words};
use crate::{names::Names, output};
use interclear_billing::disputes::Claims;
use interclear_client::money;
use interclear_primitives::{
    dispute::{Dispute, Figures, LineKey, LineSide},
    ids::{DisputeId, OperatorId},
    statement::{Statement, StatementStatus},
    Moment,
};

/// Nobody disputes a line twice.
const ONCE: &str = "You dispute the line once: you cannot claim more later, nor raise another dispute on it if you withdraw this one.";

/// What raising a dispute comes to until it ends.
pub(super) struct Raising<'a> {
    pub(super) statement: &'a Statement,
    pub(super) line: &'a LineKey,
    pub(super) stated: &'a Figures,
    pub(super) claimed: &'a Figures,
    pub(super) scale: &'a Scale,
    pub(super) names: &'a Names,
    /// Who raises it.
    pub(super) by: OperatorId,
}

impl Raising<'_> {
    /// What is paid of the line meanwhile, and what is withheld; by the rules of `pallet-disputes`.
    pub(super) fn words(&self, now: Moment) -> String {
        let statement = self.statement;
        let home = self.line.usage.direction.index();
        let side = match statement.parties.get(home) == Some(&self.by) {
            true => LineSide::Debtor,
            false => LineSide::Creditor,
        };
        if statement.status == StatementStatus::Affirmed || now > statement.affirm_by {
            return format!(
                "What is booked of the line stays: the statement is due, so the dispute ends in a credit or debit note.\n{ONCE}"
            );
        }
        let worth = |figures: &Figures| {
            let worth = figures.worth().and_then(|worth| worth.clear());
            worth.unwrap_or_default()
        };
        let (stated, claimed) = (worth(self.stated), worth(self.claimed));
        let claims = match side {
            LineSide::Debtor => Claims {
                stated,
                debtor: claimed,
                creditor: stated,
            },
            LineSide::Creditor => Claims {
                stated,
                debtor: stated,
                creditor: claimed,
            },
        };
        let others = statement.parties.iter().find(|party| **party != self.by);
        let other = others.copied().unwrap_or(self.by);
        let unheard = !statement.has_affirmed(other) && statement.affirm_by < statement.disputed_until;
        let paid = match unheard {
            true => claims.owned(side),
            false => claims.undisputed(None),
        };
        let amount = |amount: i128| {
            let figure = money::grouped(amount, self.scale.decimals);
            format!("{figure} {}", self.scale.currency)
        };
        let withheld = stated.saturating_sub(paid);
        let until = match unheard {
            true => format!(
                "until {} has answered, or its days to answer are over",
                self.names.get(other)
            ),
            false => "until the dispute ends".into(),
        };
        let yours = match (side, unheard && withheld > 0) {
            (LineSide::Creditor, true) => ": what is stated in your favour is withheld, too",
            _ => "",
        };
        format!(
            "Of the stated {} of the line {} is paid meanwhile, and {} is withheld {until}{yours}.\n{ONCE}",
            amount(stated),
            amount(paid),
            amount(withheld)
        )
    }
}

/// What withdrawing a dispute comes to.
pub(super) fn withdrawing(id: DisputeId, dispute: &Dispute, side: LineSide, names: &Names) -> String {
    let stated = words::figures(&dispute.stated, &Scale::of(dispute));
    let other = side.other().of(&dispute.parties);
    // The line may be disputed once by each, if the first one withdraws.
    let unless = match dispute.earlier {
        None => format!(", unless {} disputes it", names.get(other)),
        Some(_) => String::new(),
    };
    format!(
        "you give up dispute {id} for good: you cannot dispute the line again. It stands as stated, {stated}{unless}."
    )
}

/// What has been withdrawn.
pub(super) fn withdrawn(id: DisputeId, dispute: &Dispute) -> String {
    format!(
        "dispute {id} is withdrawn, on {} UTC: the line stands as stated, {}, and you cannot dispute it again",
        output::moment(dispute.until),
        words::figures(&dispute.stated, &Scale::of(dispute))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        agreement::Direction,
        money::{Currency, Value},
        samples,
        service::{Service, Unit},
        usage::UsageKey,
        DAY,
    };

    const ISSUED: Moment = 1_800_000_000;

    fn statement(affirm_days: u64, affirmed: [bool; 2]) -> Statement {
        Statement {
            affirmed,
            issued_at: ISSUED,
            affirm_by: ISSUED + affirm_days * DAY,
            disputed_until: ISSUED + 30 * DAY,
            due: ISSUED + 30 * DAY,
            ..samples::statement([OperatorId(0), OperatorId(1)], 0)
        }
    }

    /// What operator 0, whose subscribers used it, or operator 1 is told before it claims something else than the stated 4.82.
    fn told(statement: &Statement, by: u32, claimed: i128, now: Moment) -> String {
        let figures = |charge| Figures {
            quantity: 10_000_000,
            charge: Value::Clear(charge),
            shortfall: Value::ZERO,
            tax: Value::ZERO,
        };
        let line = LineKey {
            usage: UsageKey {
                direction: Direction::FirstHome,
                group: 0,
                service: Service::MocLocal,
            },
            late: None,
        };
        let scale = Scale {
            decimals: 2,
            currency: Currency::EUR,
            unit: Unit::Minute,
        };
        let names = Names::known([(OperatorId(0), "Alpha".into()), (OperatorId(1), "Beta".into())]);
        let raising = Raising {
            statement,
            line: &line,
            stated: &figures(482),
            claimed: &figures(claimed),
            scale: &scale,
            names: &names,
            by: OperatorId(by),
        };
        let words = raising.words(now);
        let (first, second) = words.split_once('\n').unwrap();
        assert_eq!(second, ONCE);
        first.to_owned()
    }

    #[test]
    fn what_is_withheld_should_be_told_before_a_dispute_is_raised() {
        let early = statement(10, [false; 2]);
        // The creditor that is owed more gets nothing of the line until the debtor has been heard.
        assert_eq!(
            told(&early, 1, 5_000, ISSUED),
            "Of the stated 4.82 EUR of the line 0.00 EUR is paid meanwhile, and 4.82 EUR is withheld until 0 Alpha has answered, \
             or its days to answer are over: what is stated in your favour is withheld, too."
        );
        assert_eq!(
            told(&early, 0, 100, ISSUED),
            "Of the stated 4.82 EUR of the line 1.00 EUR is paid meanwhile, and 3.82 EUR is withheld until 1 Beta has answered, \
             or its days to answer are over."
        );
        // Who has affirmed has nothing more to say: what is stated is not in dispute.
        let affirmed = statement(10, [true, false]);
        assert_eq!(
            told(&affirmed, 1, 5_000, ISSUED),
            "Of the stated 4.82 EUR of the line 4.82 EUR is paid meanwhile, and 0.00 EUR is withheld until the dispute ends."
        );
        assert!(told(&early, 0, 100, early.affirm_by + 1).contains("credit or debit note"));
    }
}
