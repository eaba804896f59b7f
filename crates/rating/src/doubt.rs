//! Exchange rates that look wrong beside the one before.

use crate::SdrRate;

/// Why a rate should be looked at before it is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// One of the two is 0, which is not a rate.
    Zero,
    /// It is close to one divided by the rate before: SDR per unit in place of units per SDR.
    Reciprocal,
    /// It differs from the rate before by more than a fifth of that.
    Jump,
}

/// What one whole unit is in a rate's integer.
const WHOLE: u128 = 1_000_000_000;

/// Whether the rate of the `next` month looks wrong beside the `previous` one: more than a fifth away from it, and then
/// maybe its reciprocal, if it is within a fifth of one divided by it. `None` for a rate like the one before.
///
/// Where a rate is so close to 1 that its reciprocal is within a fifth of it, the two cannot be told apart.
pub fn looks_wrong(previous: SdrRate, next: SdrRate) -> Option<Doubt> {
    let (SdrRate(previous), SdrRate(next)) = (previous, next);
    if previous == 0 || next == 0 {
        return Some(Doubt::Zero);
    }
    if !jumps(previous, next) {
        return None;
    }
    // What does not fit is not a rate of any currency, and far away from anything.
    let reciprocal = WHOLE.checked_mul(WHOLE).and_then(|one| one.checked_div(previous));
    Some(match reciprocal {
        Some(reciprocal) if !jumps(reciprocal, next) => Doubt::Reciprocal,
        _ => Doubt::Jump,
    })
}

/// Whether `to` is more than a fifth of `from` away from it.
const fn jumps(from: u128, to: u128) -> bool {
    from.abs_diff(to) > from / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(previous: u128, next: u128) -> Option<Doubt> {
        looks_wrong(SdrRate(previous), SdrRate(next))
    }

    #[test]
    fn a_rate_should_not_be_doubted_when_it_moves_by_at_most_a_fifth() {
        for (previous, next) in [
            (1_219_029_000, 1_219_029_000),
            (1_000_000_000, 1_200_000_000),
            (1_000_000_000, 800_000_000),
            (200_000_000_000, 165_000_000_000),
            (1_100_000_000, 909_090_909),
        ] {
            assert_eq!(told(previous, next), None, "{previous}, {next}");
        }
    }

    #[test]
    fn a_rate_should_be_doubted_when_it_jumps_by_over_a_fifth() {
        assert_eq!(told(1_000_000_000, 1_200_000_001), Some(Doubt::Jump));
        assert_eq!(told(1_000_000_000, 799_999_999), Some(Doubt::Jump));
        assert_eq!(told(200_000_000_000, 250_000_000_000), Some(Doubt::Jump));
        assert_eq!(told(1, u128::MAX), Some(Doubt::Jump));
        assert_eq!(told(u128::MAX, 1), Some(Doubt::Jump));
    }

    #[test]
    fn a_rate_should_be_called_a_reciprocal_when_it_is_near_one_divided_by_the_last() {
        assert_eq!(told(1_219_029_000, 820_325_000), Some(Doubt::Reciprocal));
        assert_eq!(told(200_000_000_000, 5_100_000), Some(Doubt::Reciprocal), "yen");
        assert_eq!(told(5_100_000, 200_000_000_000), Some(Doubt::Reciprocal));
    }

    #[test]
    fn zero_should_not_be_a_rate() {
        assert_eq!(told(0, 1), Some(Doubt::Zero));
        assert_eq!(told(1, 0), Some(Doubt::Zero));
    }
}
