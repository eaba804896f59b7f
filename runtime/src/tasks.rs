//! What waits for an operator, put together from what the pallets answer. It is asked by clients only, never in a block.

use crate::{
    configs::ChainClock, AccountId, Agreements, Anchoring, Channels, Disputes, Escrow, Inventory, Netting,
    Runtime, Statements, Switches,
};
use alloc::vec::Vec;
use interclear_ports::{Agreements as _, Clock, Escrows, Switches as _};
use interclear_primitives::{
    agreement::{Agreement, Direction},
    api::MAX_PAGE,
    channel::{Channel, Pair},
    dispute::{Dispute, DisputePhase, RuledBy},
    ids::{AgreementId, CycleId, DisputeId, ObligationId, OperatorId},
    inventory::{InventorySide, Relation},
    money::Value,
    netting::{Cycle, CyclePhase, Obligation, ObligationStatus, Position},
    period::Period,
    span::Months,
    statement::StatementStatus,
    switch::Function,
    task::{Task, TaskCursor, TaskKind, TaskPage},
    usage::PeriodUsage,
    Moment,
};

/// Months of an agreement that are looked at: a year, and the one that runs.
const MONTHS: usize = 13;
/// Likewise after its end: late usage comes, and disputes end, for so long at most.
const MONTHS_AFTER: u32 = 12;

/// Agreements that one page looks at, each with its months.
const AGREEMENTS: usize = 32;
/// Disputes that one page looks at.
const DISPUTES: usize = MAX_PAGE as usize;
/// Caps that are exceeded, of which the first page tells.
const CAPS: usize = 64;
/// Obligations that one page looks at.
const OBLIGATIONS: usize = MAX_PAGE as usize;
/// Inventories that one page looks at, each with its bills.
const RELATIONS: usize = 16;

/// A page of what waits for an operator, by deadline; last what has none. However many agreements and debts an operator has, a
/// page looks at a bounded number of them.
pub fn page(operator: OperatorId, after: Option<TaskCursor>) -> TaskPage {
    let desk = Desk {
        me: operator,
        now: ChainClock::now(),
    };
    let mut tasks = Vec::new();
    if after.is_none() {
        tasks.extend(desk.sealing_keys());
        tasks.extend(desk.channels());
        tasks.extend(desk.cycles());
        tasks.extend(desk.exposed());
    }
    let more = match after {
        Some(TaskCursor::Relation(last)) => desk.relations(Some(last), &mut tasks),
        Some(TaskCursor::Obligation(last)) => desk.debts(Some(last), &mut tasks),
        Some(TaskCursor::Dispute(last)) => desk.disputes(Some(last), &mut tasks),
        Some(TaskCursor::Agreement(last)) => desk.agreements(Some(last), &mut tasks),
        None => desk.agreements(None, &mut tasks),
    };
    tasks.sort_by_key(|task| task.due.unwrap_or(Moment::MAX));
    TaskPage { tasks, more }
}

/// One operator at one moment.
struct Desk {
    me: OperatorId,
    now: Moment,
}

impl Desk {
    /// What waits in the next agreements, and if they are the last ones, in the first disputes; where to go on.
    fn agreements(&self, after: Option<AgreementId>, tasks: &mut Vec<Task>) -> Option<TaskCursor> {
        let agreements = Agreements::agreements_after(self.me, after, AGREEMENTS);
        let last = agreements
            .last()
            .copied()
            .filter(|_| agreements.len() >= AGREEMENTS);
        tasks.extend(agreements.into_iter().flat_map(|id| self.agreement(id)));
        match last {
            Some(last) => Some(TaskCursor::Agreement(last)),
            None => self.disputes(None, tasks),
        }
    }

    fn agreement(&self, id: AgreementId) -> Vec<Task> {
        let Some(found) = Agreements::agreement(id) else {
            return Vec::new();
        };
        let Some(place) = found.party_index(self.me) else {
            return Vec::new();
        };
        let mut tasks: Vec<Task> = self.offer(id, &found, place).into_iter().collect();
        let Some(first) = found.versions.first().map(|version| version.from) else {
            return tasks;
        };
        tasks.extend(self.escrows(id, &found));
        let current = Period::containing(self.now);
        // Months after the end bill late usage, and what disputes have decided.
        let after = Months {
            first: found.end().next(),
            last: current.min(found.end().plus(MONTHS_AFTER)),
        };
        tasks.extend(
            after
                .iter()
                .flat_map(|period| self.month(id, &found, place, period)),
        );
        let mut period = found.end().min(current);
        for _ in 0..MONTHS {
            if period < first {
                break;
            }
            tasks.extend(self.month(id, &found, place, period));
            period = period.previous();
        }
        tasks
    }

    /// What is offered and waits for this party's signature.
    fn offer(&self, id: AgreementId, found: &Agreement<AccountId>, place: usize) -> Option<Task> {
        let offer = found.offer.as_ref()?;
        let signed = offer
            .signatures
            .get(place)
            .is_some_and(|signed| !signed.is_empty());
        (!signed).then(|| Task {
            due: Some(offer.expires),
            silence: None,
            partner: self.partner(found),
            kind: TaskKind::AnswerOffer {
                agreement: id,
                version: offer.version,
            },
        })
    }

    /// Prepaid directions of which less is left for the month that runs than both parties want to be warned of.
    fn escrows(&self, id: AgreementId, found: &Agreement<AccountId>) -> Vec<Task> {
        let period = Period::containing(self.now);
        let Some(version) = found.version_in(period) else {
            return Vec::new();
        };
        let Some(usage) = Agreements::usage_terms_in(id, period) else {
            return Vec::new();
        };
        let low = |direction: Direction| {
            let floor = usage.prepaid(direction)?.floor.max(1);
            let left = Escrow::left(id, direction, period);
            let currency = Agreements::terms(id, version)?.currency;
            let [home, _] = direction.home_and_visited(found.parties);
            (left < floor).then_some(Task {
                due: None,
                silence: None,
                partner: self.partner(found),
                kind: TaskKind::EscrowLow {
                    agreement: id,
                    pays: home == self.me,
                    currency,
                    left: Value::from_unsigned(left).ok()?,
                },
            })
        };
        Direction::BOTH.into_iter().filter_map(low).collect()
    }

    fn partner(&self, found: &Agreement<AccountId>) -> Option<OperatorId> {
        found.parties.into_iter().find(|party| *party != self.me)
    }

    fn month(
        &self,
        id: AgreementId,
        found: &Agreement<AccountId>,
        place: usize,
        period: Period,
    ) -> Vec<Task> {
        let partner = self.partner(found);
        if let Some(statement) = Statements::statement(id, period) {
            let mine = statement.affirmed.get(place).copied().unwrap_or(true);
            let waits = statement.status == StatementStatus::Issued && !mine;
            let task = waits.then_some(Task {
                due: Some(statement.affirm_by),
                silence: Some(statement.affirm_by),
                partner,
                kind: TaskKind::AffirmStatement {
                    agreement: id,
                    period,
                },
            });
            return task.into_iter().collect();
        }
        let usage = Anchoring::period_usage(id, period);
        if usage.closed {
            return Vec::new();
        }
        let over = self.now >= period.end();
        // Nobody asks for what still runs.
        let asked = over
            .then(|| Statements::closing(id, period)?.asked)
            .flatten()
            .map(|asked| asked != self.me);
        let rules = || {
            let version = found.version_in(period.min(found.end()))?;
            Some(Agreements::terms(id, version)?.usage)
        };
        let mine = Direction::BOTH.into_iter().nth(place);
        let latest = mine.map_or(0, |direction| usage.awaiting(direction).latest);
        let deferred = mine.map_or(0, |direction| usage.deferred(direction).latest);
        let bills =
            over && (usage.in_use() || Self::takes_decisions(id, period) || Escrow::has_redeemed(id, period));
        // What the council has paused is nobody's task.
        let waits = || Switches::is_paused(Function::Closing) || Switches::waits(Function::Anchoring);
        open_month(id, period, mine, &usage, bills, asked)
            .into_iter()
            .filter(|kind| !matches!(kind, TaskKind::CloseMonth { .. }) || !waits())
            .map(|kind| {
                let files = |since| {
                    let rules = rules()?;
                    Some((rules.answer_by(since), rules.silence_closes(period, since)))
                };
                let times = match kind {
                    TaskKind::AnswerFiles { .. } => files(latest),
                    TaskKind::LateFiles { .. } => files(deferred),
                    TaskKind::CloseMonth { asked: true, .. } => {
                        rules().map(|rules| (rules.closes_alone(period), rules.closes_alone(period)))
                    }
                    _ => None,
                };
                Task {
                    due: times.map(|(due, _)| due),
                    silence: times.map(|(_, silence)| silence),
                    partner,
                    kind,
                }
            })
            .collect()
    }

    /// Whether a month is the next one to be closed, and disputes have decided something that counts with it.
    fn takes_decisions(agreement: AgreementId, period: Period) -> bool {
        !Statements::decisions(agreement).is_empty()
            && Anchoring::period_usage(agreement, period.previous()).closed
    }

    /// What waits in the next disputes, and if they are the last ones, the first debts; where to go on.
    fn disputes(&self, after: Option<DisputeId>, tasks: &mut Vec<Task>) -> Option<TaskCursor> {
        let page = Disputes::open_disputes(self.me, after);
        let last = page.last().map(|(id, _)| *id).filter(|_| page.len() >= DISPUTES);
        tasks.extend(page.iter().filter_map(|(id, dispute)| {
            let kind = dispute_step(*id, dispute, self.me)?;
            // Whoever is silent as an arbitrator leaves the ruling to the council.
            Some(Task {
                due: Some(dispute.until),
                silence: Some(dispute.until),
                partner: dispute
                    .side(self.me)
                    .map(|side| side.other().of(&dispute.parties)),
                kind,
            })
        }));
        match last {
            Some(last) => Some(TaskCursor::Dispute(last)),
            None => self.debts(None, tasks),
        }
    }

    /// Keys that are not used yet: of one that its owner has not registered, he has until then to say so.
    fn sealing_keys(&self) -> Vec<Task> {
        pallet_channels::Keyrings::<Runtime>::get(self.me)
            .into_iter()
            .filter(|key| key.usable_from > self.now && key.revoked_at.is_none())
            .map(|key| Task {
                due: Some(key.usable_from),
                silence: Some(key.usable_from),
                partner: None,
                kind: TaskKind::CheckSealingKey { version: key.version },
            })
            .collect()
    }

    /// What partners offer, of the first page of channels.
    fn channels(&self) -> Vec<Task> {
        let offered = |(partner, channel): (OperatorId, Channel)| {
            let pair = Pair::of(self.me, partner)?;
            let epoch = (*channel.offers.of(&pair, partner))?;
            Some(Task {
                due: None,
                silence: None,
                partner: Some(partner),
                kind: TaskKind::AnswerChannel { epoch },
            })
        };
        Channels::channels(self.me, None)
            .into_iter()
            .filter_map(offered)
            .collect()
    }

    /// Caps above which the operator is.
    fn exposed(&self) -> Vec<Task> {
        Netting::exceeded(self.me, CAPS)
            .into_iter()
            .map(|(currency, partner, amount, cap)| Task {
                due: None,
                silence: None,
                partner,
                kind: TaskKind::ExposureExceeded {
                    currency,
                    amount,
                    cap,
                },
            })
            .collect()
    }

    fn cycles(&self) -> Vec<Task> {
        // Their time to fund stands still.
        if Switches::is_paused(Function::Netting) {
            return Vec::new();
        }
        // There is one at a time for each token.
        let mut ids: Vec<CycleId> = pallet_netting::Unfinished::<Runtime>::iter_values().collect();
        ids.sort_unstable();
        ids.into_iter()
            .filter_map(|id| {
                let cycle = Netting::cycle(id)?;
                let pays = Netting::position(id, self.me).and_then(|position| still_pays(&position));
                let kind = cycle_step(id, &cycle, pays, self.now)?;
                let due = matches!(kind, TaskKind::FundCycle { .. }).then_some(cycle.fund_by);
                Some(Task {
                    due,
                    silence: due,
                    partner: None,
                    kind,
                })
            })
            .collect()
    }

    /// What is owed and in no cycle, waits for its creditor to name a token, or was paid to it late, of the next obligations, and if they
    /// are the last ones, what waits in the first inventories; where to go on.
    fn debts(&self, after: Option<ObligationId>, tasks: &mut Vec<Task>) -> Option<TaskCursor> {
        let page = Netting::obligations_after(self.me, after, OBLIGATIONS);
        let last = page
            .last()
            .map(|(id, _)| *id)
            .filter(|_| page.len() >= OBLIGATIONS);
        tasks.extend(page.into_iter().filter_map(|(obligation, owed)| {
            let (currency, amount) = (owed.currency, owed.amount);
            let interest = Netting::charged_until(obligation, &owed).filter(|_| owed.creditor == self.me);
            if let Some(until) = interest {
                return Some(Task {
                    due: Some(until),
                    silence: None,
                    partner: Some(owed.debtor),
                    kind: TaskKind::ChargeInterest {
                        obligation,
                        currency,
                        amount: owed.interest.amount,
                    },
                });
            }
            let receives = owed.creditor == self.me;
            let partner = if receives { owed.debtor } else { owed.creditor };
            let open = owed.status == ObligationStatus::Open;
            let in_cycle = match owed.status {
                ObligationStatus::InCycle(cycle) => Some(cycle),
                _ => None,
            };
            if receives && (open || in_cycle.is_some()) {
                let until = Netting::claimed_until(obligation, self.now);
                let escrow = self.paid_by_call(obligation, &owed);
                // What its creditor confirms, or is paid from what is held, needs no token.
                if until.is_some() || escrow.is_some() {
                    return Some(Task {
                        due: until,
                        silence: None,
                        partner: Some(partner),
                        kind: TaskKind::ConfirmPayment {
                            obligation,
                            currency,
                            amount,
                            in_cycle,
                            escrow,
                        },
                    });
                }
            }
            let nowhere = open && owed.token.is_none() && !owed.gross;
            let named = nowhere
                .then(|| Netting::named(partner, self.me, currency))
                .flatten();
            let (partner, kind) = if nowhere && (receives || named.is_some()) {
                let kind = TaskKind::NameToken {
                    obligation,
                    currency,
                    amount,
                    named,
                };
                (partner, kind)
            } else if owed.debtor == self.me && open {
                let kind = TaskKind::Pay {
                    obligation,
                    currency,
                    amount,
                    gross: owed.gross,
                };
                (owed.creditor, kind)
            } else {
                return None;
            };
            Some(Task {
                due: Some(owed.due),
                silence: None,
                partner: Some(partner),
                kind,
            })
        }));
        match last {
            Some(last) => Some(TaskCursor::Obligation(last)),
            None => self.relations(None, tasks),
        }
    }

    /// The agreement whose escrow pays a debt that was claimed to be paid, and does so by a call of its creditor alone.
    fn paid_by_call(&self, id: ObligationId, owed: &Obligation) -> Option<AgreementId> {
        let agreement = owed.source.agreement()?;
        let amount = owed.amount.clear_unsigned().ok()?;
        if owed.status != ObligationStatus::Open || !Netting::has_lapsed(id, self.now) {
            return None;
        }
        let debt = pallet_netting::Obligations::<Runtime>::get(id)?;
        let paid_in = (debt.currency, &debt.accepts);
        Escrow::could_pay(agreement, id, debt.creditor, paid_in, amount).then_some(agreement)
    }

    /// What waits in the next inventories; where to go on.
    fn relations(&self, after: Option<Relation>, tasks: &mut Vec<Task>) -> Option<TaskCursor> {
        let page = Inventory::relations_after(self.me, after, RELATIONS);
        let last = page.last().copied().filter(|_| page.len() >= RELATIONS);
        tasks.extend(page.into_iter().flat_map(|relation| self.inventory(relation)));
        last.map(TaskCursor::Relation)
    }

    fn inventory(&self, relation: Relation) -> Vec<Task> {
        let Some(side) = relation.side_of(self.me) else {
            return Vec::new();
        };
        let task = |due, silence, kind| Task {
            due,
            silence,
            partner: Some(relation.operator(side.other())),
            kind,
        };
        let mut tasks = Vec::new();
        if let Some(proposed) = Inventory::proposed_profile(relation).filter(|proposed| proposed.by != side) {
            let version = proposed.profile.version;
            tasks.push(task(None, None, TaskKind::SignProfile { relation, version }));
        }
        let next = Inventory::next_month(relation);
        if let Some(state) = Inventory::inventory(relation) {
            let records = state.counts.unmatched();
            if records > 0 {
                // What matches by then is billed with the month.
                let by = next.map(|(_, from)| from);
                tasks.push(task(by, None, TaskKind::CorrectRecords { relation, records }));
            }
        }
        let mut bills = Inventory::inventory_bills(relation);
        bills.retain(|(.., bill)| !bill.closed);
        if let Some((period, _)) = next.filter(|(_, from)| self.now >= *from) {
            let could = bills.is_empty() && !Inventory::is_at_work(relation);
            if could && !Switches::waits(Function::Inventory) {
                tasks.push(task(None, None, TaskKind::BillMonth { relation, period }));
            }
        }
        for (period, currency, bill) in bills {
            let [buyer, seller] = bill.affirmed;
            let mine = match side {
                InventorySide::Buyer => buyer,
                InventorySide::Seller => seller,
            };
            // Once silence has affirmed it, whoever asks for it first has it booked.
            if !mine || self.now >= bill.affirm_by {
                let by = Some(bill.affirm_by);
                let kind = TaskKind::AffirmBill {
                    relation,
                    period,
                    currency,
                    net: bill.net,
                };
                tasks.push(task(by, by, kind));
            }
        }
        tasks
    }
}

/// What waits in a month that is not closed, for the party whose subscribers roam in the direction `mine`. `bills` says that it is
/// over, and something is billed with it; `asked` whether the partner has asked to close it, if anybody has.
pub(crate) fn open_month(
    agreement: AgreementId,
    period: Period,
    mine: Option<Direction>,
    usage: &PeriodUsage,
    bills: bool,
    asked: Option<bool>,
) -> Vec<TaskKind> {
    let files = mine.map_or(0, |direction| usage.awaiting(direction).unanswered);
    let late = mine.map_or(0, |direction| usage.deferred(direction).files);
    let complete =
        usage.gaps == 0 && usage.returned == 0 && usage.open_reports == 0 && usage.unanswered() == 0;
    let ready = bills && complete;
    let tasks = [
        (files > 0).then_some(TaskKind::AnswerFiles {
            agreement,
            period,
            files,
        }),
        (late > 0).then_some(TaskKind::LateFiles {
            agreement,
            period,
            files: late,
        }),
        (usage.returned > 0).then_some(TaskKind::ReturnedFiles {
            agreement,
            period,
            files: usage.returned,
        }),
        (usage.gaps > 0).then_some(TaskKind::MissingFiles {
            agreement,
            period,
            gaps: usage.gaps,
        }),
        (usage.open_reports > 0).then_some(TaskKind::AnswerReports {
            agreement,
            period,
            pairs: usage.open_reports,
        }),
        // Who has asked itself waits for the other one.
        (asked.unwrap_or(ready)).then_some(TaskKind::CloseMonth {
            agreement,
            period,
            asked: asked.is_some(),
        }),
    ];
    tasks.into_iter().flatten().collect()
}

/// What a dispute waits for, if it is the operator's.
fn dispute_step(id: DisputeId, dispute: &Dispute, me: OperatorId) -> Option<TaskKind> {
    let mine = dispute.turn.of(&dispute.parties) == me;
    match dispute.phase {
        DisputePhase::Raised if mine => Some(TaskKind::AnswerDispute { dispute: id }),
        DisputePhase::Answered | DisputePhase::Offered | DisputePhase::Countered if mine => {
            Some(TaskKind::ContinueDispute { dispute: id })
        }
        DisputePhase::Escalated(RuledBy::Arbitrators) => {
            let arbitrators = dispute.terms.arbitrators?;
            let place = arbitrators.iter().position(|arbitrator| *arbitrator == me)?;
            let silent = dispute.votes.get(place)?.is_none();
            silent.then_some(TaskKind::RuleDispute { dispute: id })
        }
        _ => None,
    }
}

/// What a position pays and has not funded.
fn still_pays(position: &Position) -> Option<Value> {
    let net = position.net.clear().ok().filter(|net| *net < 0)?;
    let due = !position.excluded && position.held == 0;
    due.then_some(Value::Clear(net.saturating_neg()))
}

/// The next step of a cycle, for an operator that still pays something with it, or not.
pub(crate) fn cycle_step(
    cycle: CycleId,
    found: &Cycle,
    pays: Option<Value>,
    now: Moment,
) -> Option<TaskKind> {
    match (found.phase, pays) {
        (CyclePhase::Announced, _) if now >= found.cut_off => Some(TaskKind::CollectCycle { cycle }),
        (CyclePhase::Collecting, _) => Some(TaskKind::ComputeCycle { cycle }),
        (CyclePhase::Computed | CyclePhase::Funding, Some(amount)) => Some(TaskKind::FundCycle {
            cycle,
            token: found.token,
            amount,
        }),
        (CyclePhase::Computed | CyclePhase::Funding, None) if found.unfunded == 0 => {
            Some(TaskKind::SettleCycle { cycle })
        }
        (CyclePhase::Computed | CyclePhase::Funding, None) if now >= found.fund_by => {
            Some(TaskKind::ExcludeDefaulters {
                cycle,
                debtors: found.unfunded,
            })
        }
        _ => None,
    }
}
