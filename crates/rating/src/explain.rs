//! How a charge came to be, written down by the same code that computes it.

use crate::charge::DirectionCharge;
use crate::exact::Exact;
use crate::units::{Price, Quantity};
use alloc::vec::Vec;

/// Which part of a line a step belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The volume used, charged by one plan.
    Usage,
    /// The volume that the reverse direction matches.
    Balanced,
    /// The volume above that of the reverse direction.
    Unbalanced,
    /// The IMSI-months, charged by the access plan.
    Access,
}

/// What a step charges for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepKind {
    /// The volume is free.
    NotCharged,
    /// The fee of a flat fee or an included volume, due once in the window.
    FlatFee,
    /// The volume at the one price of the plan.
    Linear,
    /// The fee of an entered tier, by its index.
    TierFee(u32),
    /// The volume within a tier, by its index.
    TierVolume(u32),
    /// The whole volume at the price of the tier reached, by its index.
    BackToFirst(u32),
    /// The whole volume at the price of the back-to-first step above the tiers.
    LastStep,
    /// The volume covered by a fee or a share.
    Included,
    /// The volume above the included one, in whole increments.
    Excess,
    /// What raises the average price to the floor.
    FloorRaise,
    /// The TAP charge of an excluded line.
    TapCharge,
    /// The line's share of the committed amount under usage caps.
    CommittedShare,
}

/// One term of the sum that is a line's charge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// The part of the line's usage that it charges.
    pub part: Part,
    /// Why it is charged.
    pub kind: StepKind,
    /// The volume it charges; 0 for fees.
    pub volume: Quantity,
    /// The price per unit; 0 for fees.
    pub price: Price,
    /// What it adds to the line's exact charge.
    pub value: Exact,
}

/// How one line's charge came to be.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LineExplanation {
    /// The steps, in the order in which they were taken.
    pub steps: Vec<Step>,
    /// Their sum, before rounding and before tax is added or taken out.
    pub exact: Exact,
    /// What the line contributed to the commitment's measure, by which a shortfall is split: minor units, or
    /// millionths of the unit under a volume commitment. `None` when the line does not count.
    pub measured: Option<u128>,
    /// Volume that the line was short of under a volume commitment.
    pub missing_volume: Quantity,
}

/// What a condition measured: minor units, or millionths of the unit under a volume commitment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CommitmentExplanation {
    /// The committed amount or volume.
    pub committed: u128,
    /// What the included lines come to.
    pub measured: u128,
    /// What is missing; 0 when the commitment is met.
    pub missing: u128,
}

/// How the charges of a direction came to be.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Explanation {
    /// What was charged for the window so far, by the same computation.
    pub charge: DirectionCharge,
    /// One explanation for each line, in the order of the terms.
    pub lines: Vec<LineExplanation>,
    /// The commitment; `None` when there is none, or when it is provisional.
    pub commitment: Option<CommitmentExplanation>,
}

/// Takes notes while a direction is rated.
pub(crate) trait Recorder {
    /// A line is about to be rated.
    fn line(&mut self);
    /// A step of the line at hand.
    fn step(&mut self, step: Step);
    /// The sum of the steps of the line at hand.
    fn exact(&mut self, exact: Exact);
    /// The contribution of line `index` to the commitment's measure.
    fn measured(&mut self, index: usize, measured: u128);
    /// The volume that line `index` is short of.
    fn missing_volume(&mut self, index: usize, volume: Quantity);
    /// The commitment as measured.
    fn commitment(&mut self, commitment: CommitmentExplanation);
}

/// Takes none.
impl Recorder for () {
    fn line(&mut self) {}
    fn step(&mut self, _: Step) {}
    fn exact(&mut self, _: Exact) {}
    fn measured(&mut self, _: usize, _: u128) {}
    fn missing_volume(&mut self, _: usize, _: Quantity) {}
    fn commitment(&mut self, _: CommitmentExplanation) {}
}

impl Recorder for Explanation {
    fn line(&mut self) {
        self.lines.push(LineExplanation::default());
    }

    fn step(&mut self, step: Step) {
        if let Some(line) = self.lines.last_mut() {
            line.steps.push(step);
        }
    }

    fn exact(&mut self, exact: Exact) {
        if let Some(line) = self.lines.last_mut() {
            line.exact = exact;
        }
    }

    fn measured(&mut self, index: usize, measured: u128) {
        if let Some(line) = self.lines.get_mut(index) {
            line.measured = Some(measured);
        }
    }

    fn missing_volume(&mut self, index: usize, volume: Quantity) {
        if let Some(line) = self.lines.get_mut(index) {
            line.missing_volume = volume;
        }
    }

    fn commitment(&mut self, commitment: CommitmentExplanation) {
        self.commitment = Some(commitment);
    }
}
