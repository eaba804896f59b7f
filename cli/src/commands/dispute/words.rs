//! A dispute in words and in JSON.

use super::figures::Scale;
use crate::{commands::lines, names::Names, output};
use interclear_client::{files::hex, files::name_of, money, time::now};
use interclear_primitives::{
    dispute::{
        About, Dispute, DisputeKind, DisputeOutcome, DisputePhase, DisputeSubject, Evidence, Figures,
        LineSide, RuledBy,
    },
    ids::{AgreementId, DisputeId, OperatorId},
    money::Value,
    period::Period,
};
use serde_json::json;

/// The figures that a party accepts by accepting: the other one's offer, unless concessions have passed it or a ruling is awaited, or
/// else its claim.
pub(super) fn standing(dispute: &Dispute, side: LineSide) -> Figures {
    let worth = |figures: &Figures| {
        figures
            .worth()
            .and_then(|worth| worth.clear())
            .unwrap_or_default()
    };
    if matches!(dispute.phase, DisputePhase::Escalated(_)) {
        return side.of(&dispute.claims);
    }
    let [debtor, creditor] = &dispute.claims;
    let position = dispute.position(side);
    match (worth(debtor)..=worth(creditor)).contains(&worth(&position)) {
        true => position,
        false => side.of(&dispute.claims),
    }
}

fn worth(figures: &Figures, scale: &Scale) -> String {
    let worth = figures.worth().unwrap_or(Value::ZERO);
    format!(
        "{} {}",
        money::grouped_value(&worth, scale.decimals),
        scale.currency
    )
}

/// What a dispute keeps from being paid of a line as it was stated, until it ends.
pub(in crate::commands) struct Withheld {
    id: DisputeId,
    pub(in crate::commands) agreement: AgreementId,
    pub(in crate::commands) period: Period,
    service: String,
    parties: [OperatorId; 2],
    amount: i128,
    scale: Scale,
}

impl Withheld {
    /// `None` where it keeps nothing.
    pub(super) fn of(id: DisputeId, dispute: &Dispute) -> Option<Self> {
        let DisputeSubject::StatementLine {
            agreement,
            period,
            line,
        } = dispute.subject;
        let stated = dispute.stated.worth().ok()?.clear().ok()?;
        let amount = stated.checked_sub(dispute.settled.clear().ok()?)?;
        let keeps = dispute.phase.is_open() && dispute.withholds && amount != 0;
        keeps.then(|| Self {
            id,
            agreement,
            period,
            service: lines::service(line.usage.service, line.late),
            parties: dispute.parties,
            amount,
            scale: Scale::of(dispute),
        })
    }

    /// A sentence.
    pub(in crate::commands) fn words(&self, names: &Names) -> String {
        let Self { id, parties, .. } = self;
        let [debtor, creditor] = parties.map(|party| names.get(party));
        // A line that gives something back is owed the other way round.
        let (debtor, creditor) = match self.amount < 0 {
            true => (creditor, debtor),
            false => (debtor, creditor),
        };
        format!(
            "Dispute {id} withholds {} {} that {debtor} is stated to owe {creditor}: {} of {} under agreement {} (interclear dispute show {id})",
            money::grouped(self.amount.saturating_abs(), self.scale.decimals),
            self.scale.currency,
            self.service,
            self.period,
            self.agreement
        )
    }

    pub(in crate::commands) fn as_json(&self) -> serde_json::Value {
        json!({
            "dispute": self.id,
            "amount": money::money(self.amount, self.scale.decimals),
            "currency": self.scale.currency,
        })
    }
}

/// `905.00 EUR for 9 050 min`.
pub(super) fn figures(figures: &Figures, scale: &Scale) -> String {
    let mut parts = Vec::new();
    if figures.shortfall != Value::ZERO {
        let shortfall = money::grouped_value(&figures.shortfall, scale.decimals);
        parts.push(format!("{shortfall} of it missing from a commitment"));
    }
    if figures.tax != Value::ZERO {
        parts.push(format!(
            "{} of it tax",
            money::grouped_value(&figures.tax, scale.decimals)
        ));
    }
    let more = match parts.is_empty() {
        true => String::new(),
        false => format!(" ({})", parts.join(", ")),
    };
    format!(
        "{} for {} {}{more}",
        worth(figures, scale),
        output::quantity(figures.quantity),
        scale.unit
    )
}

fn kind(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::MissingUsage => "missing usage",
        DisputeKind::Volume => "volume",
        DisputeKind::Rate => "rate",
        DisputeKind::Tax => "tax",
        DisputeKind::Commitment => "commitment",
        DisputeKind::Inventory => "inventory",
        DisputeKind::ServiceLevel => "service level",
        DisputeKind::FraudLiability => "fraud liability",
    }
}

fn phase(phase: &DisputePhase) -> &'static str {
    match phase {
        DisputePhase::Raised => "raised",
        DisputePhase::Answered => "answered",
        DisputePhase::Offered => "offered",
        DisputePhase::Countered => "countered",
        DisputePhase::Escalated(RuledBy::Arbitrators) => "with the arbitrators",
        DisputePhase::Escalated(RuledBy::Council) => "with the council",
        DisputePhase::Ended(DisputeOutcome::Accepted) => "ended: accepted",
        DisputePhase::Ended(DisputeOutcome::Silence) => "ended: by silence",
        DisputePhase::Ended(DisputeOutcome::Ruled) => "ended: ruled",
        DisputePhase::Ended(DisputeOutcome::Unruled) => "ended: nobody has ruled",
        DisputePhase::Ended(DisputeOutcome::Withdrawn) => "ended: withdrawn",
    }
}

fn side(side: LineSide) -> &'static str {
    match side {
        LineSide::Debtor => "debtor",
        LineSide::Creditor => "creditor",
    }
}

/// What comes next, until when, and with which command.
fn next(id: DisputeId, dispute: &Dispute, names: &Names) -> String {
    let until = output::left(dispute.until, now());
    match dispute.phase {
        DisputePhase::Ended(_) => format!("Ended on {} UTC", output::moment(dispute.until)),
        DisputePhase::Escalated(RuledBy::Arbitrators) => {
            format!(
                "Two of three arbitrators rule by {until}, with `interclear dispute rule {id}`; after that the council does"
            )
        }
        DisputePhase::Escalated(RuledBy::Council) => {
            format!(
                "The council rules by {until}; after that the statement stands. A member puts figures to it with `interclear dispute rule \
                 {id}`"
            )
        }
        DisputePhase::Raised => format!(
            "{} is to act by {until}; its silence accepts what the other side says, up to what was stated\nIt answers with `interclear dispute \
             answer {id}`, or ends it with `interclear dispute accept {id}`",
            names.get(dispute.turn.of(&dispute.parties))
        ),
        _ => format!(
            "{} is to act by {until}; its silence accepts what the other side says, up to what was stated\nIt goes on with `interclear dispute \
             offer {id}`, `concede` or `escalate`, or ends it with `interclear dispute accept {id}`",
            names.get(dispute.turn.of(&dispute.parties))
        ),
    }
}

fn evidence(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Document(digest) => format!("a document, {}", hex(digest)),
        Evidence::Record { key, index, .. } => {
            format!(
                "record {} of {}",
                u64::from(*index).saturating_add(1),
                name_of(key)
            )
        }
    }
}

fn about(about: &About) -> String {
    match about {
        About::File(key) => name_of(key),
        About::Reports { visited, home } => format!("the reports of {visited} and {home}"),
    }
}

pub(super) fn text(id: DisputeId, dispute: &Dispute, names: &Names) -> String {
    let scale = Scale::of(dispute);
    let DisputeSubject::StatementLine {
        agreement,
        period,
        line,
    } = dispute.subject;
    let mut text = format!(
        "Dispute {id} on {} of {period} under agreement {agreement}: {}, {}",
        lines::service(line.usage.service, line.late),
        kind(dispute.kind),
        phase(&dispute.phase)
    );
    if let Some(named) = &dispute.about {
        text.push_str(&format!("; about {}", about(named)));
    }
    let rows = LineSide::BOTH.map(|one| {
        let raised = match dispute.raised_by == one {
            true => " (raised it)",
            false => "",
        };
        let offer = one.of(&dispute.offers);
        [
            format!("{}{raised}", names.get(one.of(&dispute.parties))),
            side(one).to_owned(),
            figures(&one.of(&dispute.claims), &scale),
            offer.map_or_else(|| "none".into(), |offer| figures(&offer, &scale)),
        ]
    });
    text.push('\n');
    text.push_str(&output::table(["Party", "Side", "Claims", "Offers"], &[], rows));
    text.push_str(&format!("\nStated: {}", figures(&dispute.stated, &scale)));
    if let Some(ended) = &dispute.ended {
        text.push_str(&format!("\nEnded at: {}", figures(ended, &scale)));
    }
    text.push_str(&format!(
        "\nPaid as it stands: {} {}{}",
        money::grouped_value(&dispute.settled, scale.decimals),
        scale.currency,
        match (dispute.phase.is_open(), dispute.withholds) {
            (true, _) if dispute.unheard => "; the rest of the line waits for the answer",
            (true, true) => "; what is in dispute is withheld",
            (true, false) => "; the statement was due, so it ends in a credit or debit note",
            _ => "",
        }
    ));
    for vote in dispute.votes.iter().flatten() {
        text.push_str(&format!("\nAn arbitrator says: {}", figures(vote, &scale)));
    }
    for submitted in &dispute.evidence {
        text.push_str(&format!(
            "\nEvidence of {}: {}",
            names.get(submitted.by),
            evidence(&submitted.evidence)
        ));
    }
    text.push('\n');
    text.push_str(&next(id, dispute, names));
    text
}

/// What a ruling would come to, beside what is stated and claimed.
pub(in crate::commands) fn ruling(
    id: DisputeId,
    dispute: &Dispute,
    ruled: &Figures,
    names: &Names,
) -> String {
    let scale = Scale::of(dispute);
    let DisputeSubject::StatementLine {
        agreement,
        period,
        line,
    } = dispute.subject;
    let says = LineSide::BOTH.map(|one| {
        format!(
            "{}, {}, claims {}",
            names.get(one.of(&dispute.parties)),
            side(one),
            figures(&one.of(&dispute.claims), &scale)
        )
    });
    format!(
        "rule dispute {id}, on {} of {period} under agreement {agreement}: it comes to {}; stated are {}; {}",
        lines::service(line.usage.service, line.late),
        figures(ruled, &scale),
        figures(&dispute.stated, &scale),
        says.join("; ")
    )
}

pub(in crate::commands) fn table(disputes: &[(DisputeId, Dispute)], names: &Names) -> String {
    let rows = disputes.iter().map(|(id, dispute)| {
        let scale = Scale::of(dispute);
        let DisputeSubject::StatementLine {
            agreement,
            period,
            line,
        } = dispute.subject;
        let [debtor, creditor] = &dispute.claims;
        let act = match dispute.phase {
            DisputePhase::Escalated(_) | DisputePhase::Ended(_) => String::new(),
            _ => names.get(dispute.turn.of(&dispute.parties)),
        };
        [
            id.to_string(),
            agreement.to_string(),
            period.to_string(),
            lines::service(line.usage.service, line.late),
            kind(dispute.kind).to_owned(),
            worth(&dispute.stated, &scale),
            worth(debtor, &scale),
            worth(creditor, &scale),
            dispute
                .ended
                .map_or_else(String::new, |ended| worth(&ended, &scale)),
            phase(&dispute.phase).to_owned(),
            act,
            match dispute.phase.is_open() {
                true => output::moment(dispute.until),
                false => String::new(),
            },
        ]
    });
    let head = [
        "Dispute",
        "Agreement",
        "Month",
        "Line",
        "Kind",
        "Stated",
        "Debtor claims",
        "Creditor claims",
        "Ended at",
        "Status",
        "To act",
        "Until (UTC)",
    ];
    output::table(head, &[0, 1, 5, 6, 7, 8], rows)
}

fn figures_json(figures: &Figures, scale: &Scale) -> serde_json::Value {
    let amount = |amount: &Value| money::value(amount, scale.decimals);
    json!({
        "quantity": money::unsigned(figures.quantity, money::USAGE_DECIMALS),
        "charge": amount(&figures.charge),
        "shortfall": amount(&figures.shortfall),
        "tax": amount(&figures.tax),
        "worth": amount(&figures.worth().unwrap_or(Value::ZERO)),
    })
}

pub(in crate::commands) fn as_json(id: DisputeId, dispute: &Dispute) -> serde_json::Value {
    let scale = Scale::of(dispute);
    let DisputeSubject::StatementLine {
        agreement,
        period,
        line,
    } = dispute.subject;
    let all = |figures: &Figures| figures_json(figures, &scale);
    let [debtor, creditor] = dispute.parties;
    json!({
        "id": id,
        "agreement": agreement,
        "period": period,
        "line": {
            "direction": line.usage.direction,
            "group": u32::from(line.usage.group).saturating_add(1),
            "service": line.usage.service,
            "late": line.late,
            "unit": scale.unit,
        },
        "kind": dispute.kind,
        "about": dispute.about.as_ref().map(about),
        "earlier": dispute.earlier,
        "debtor": debtor,
        "creditor": creditor,
        "raised_by": dispute.raised_by,
        "raised_at": dispute.raised_at,
        "currency": dispute.currency,
        "stated": all(&dispute.stated),
        "claims": dispute.claims.each_ref().map(all),
        "ended_at": dispute.ended.as_ref().map(all),
        "offers": dispute.offers.map(|offer| offer.map(|offer| all(&offer))),
        "phase": dispute.phase,
        "open": dispute.phase.is_open(),
        "turn": dispute.turn,
        "until": dispute.until,
        "withholds": dispute.withholds,
        "unheard": dispute.unheard,
        "concessions": dispute.concessions,
        "settled": money::value(&dispute.settled, scale.decimals),
        "evidence": dispute.evidence.iter().map(|one| json!({
            "by": one.by,
            "at": one.at,
            "what": evidence(&one.evidence),
        })).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use interclear_primitives::{
        agreement::{Direction, DisputeTerms},
        dispute::LineKey,
        money::Currency,
        service::Service,
        usage::UsageKey,
    };

    /// On a line that states 10.00, of which 0 Alpha, who used it, says that it is 4.00.
    fn dispute(settled: i128, withholds: bool, phase: DisputePhase) -> Dispute {
        let figures = |charge| Figures {
            quantity: 1_000_000,
            charge: Value::Clear(charge),
            shortfall: Value::ZERO,
            tax: Value::ZERO,
        };
        Dispute {
            subject: DisputeSubject::StatementLine {
                agreement: AgreementId(7),
                period: Period(202_610),
                line: LineKey {
                    usage: UsageKey {
                        direction: Direction::FirstHome,
                        group: 0,
                        service: Service::Gprs,
                    },
                    late: None,
                },
            },
            about: None,
            earlier: None,
            kind: DisputeKind::Volume,
            parties: [OperatorId(0), OperatorId(1)],
            raised_by: LineSide::Debtor,
            raised_at: 0,
            currency: Currency::EUR,
            decimals: 2,
            terms: DisputeTerms::usual(),
            stated: figures(1_000),
            claims: [figures(400), figures(1_000)],
            ended: None,
            offers: [None; 2],
            rounds: 0,
            concessions: [0; 2],
            phase,
            turn: LineSide::Creditor,
            until: 0,
            votes: [None; 3],
            withholds,
            unheard: false,
            settled: Value::Clear(settled),
            evidence: Default::default(),
        }
    }

    #[test]
    fn what_is_withheld_should_be_what_is_stated_and_not_paid_while_a_dispute_is_open() {
        let names = Names::known([(OperatorId(0), "Alpha".into()), (OperatorId(1), "Beta".into())]);
        let told = |dispute: &Dispute| Withheld::of(DisputeId(3), dispute).map(|one| one.words(&names));
        assert_eq!(
            told(&dispute(400, true, DisputePhase::Raised)).as_deref(),
            Some(
                "Dispute 3 withholds 6.00 EUR that 0 Alpha is stated to owe 1 Beta: GPRS of 2026-10 under agreement 7 \
                 (interclear dispute show 3)"
            )
        );
        assert_eq!(told(&dispute(1_000, true, DisputePhase::Raised)), None);
        // What was booked before stays until a note corrects it.
        assert_eq!(told(&dispute(400, false, DisputePhase::Raised)), None);
        let ended = DisputePhase::Ended(DisputeOutcome::Accepted);
        assert_eq!(told(&dispute(400, true, ended)), None);
    }

    #[test]
    fn a_step_should_come_with_its_command_when_a_dispute_is_shown() {
        let names = Names::known([]);
        let next = |phase| next(DisputeId(3), &dispute(400, true, phase), &names);
        assert!(next(DisputePhase::Raised).contains("`interclear dispute answer 3`"));
        assert!(next(DisputePhase::Countered).contains("`interclear dispute offer 3`"));
        assert!(next(DisputePhase::Escalated(RuledBy::Council)).contains("`interclear dispute rule 3`"));
        assert!(next(DisputePhase::Ended(DisputeOutcome::Silence)).starts_with("Ended on"));
    }
}
