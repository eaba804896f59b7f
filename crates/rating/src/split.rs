//! Splitting a whole number so that the parts add up to it.

use crate::error::RatingError;
use alloc::vec::Vec;
use core::cmp::Reverse;
use primitive_types::U256;

/// Splits `total` in proportion to `weights` by largest remainder: every part is rounded down, and what is left goes,
/// one each, to the parts with the largest remainders; of equal ones the first comes first. When all weights are 0
/// the parts are equal, as far as they can be.
///
/// The parts add up to `total` exactly; without weights there are none.
///
/// # Errors
/// [`RatingError::Overflow`] when the weights have no sum.
pub fn split_by_largest_remainder(total: u128, weights: &[u128]) -> Result<Vec<u128>, RatingError> {
    let sum = weights
        .iter()
        .try_fold(0u128, |sum, weight| sum.checked_add(*weight))
        .ok_or(RatingError::Overflow)?;
    let even = u128::try_from(weights.len()).map_err(|_| RatingError::Overflow)?;
    let (divisor, all_zero) = if sum == 0 { (even, true) } else { (sum, false) };
    if divisor == 0 {
        return Ok(Vec::new());
    }

    let mut left = total;
    let mut parts = Vec::with_capacity(weights.len());
    let mut order = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let weight = if all_zero { 1 } else { *weight };
        // The product of two `u128` fits; the quotient is at most `total`, the remainder below the divisor.
        let product = U256::from(total)
            .checked_mul(U256::from(weight))
            .ok_or(RatingError::Overflow)?;
        let (part, remainder) = product.div_mod(U256::from(divisor));
        let part = u128::try_from(part).map_err(|_| RatingError::Overflow)?;
        left = left.checked_sub(part).ok_or(RatingError::Overflow)?;
        parts.push(part);
        order.push((Reverse(remainder), index));
    }
    order.sort_unstable();
    // Fewer units are left than there are parts with a remainder, because each lost less than one.
    for (_, index) in order {
        if left == 0 {
            break;
        }
        if let Some(part) = parts.get_mut(index) {
            *part = part.checked_add(1).ok_or(RatingError::Overflow)?;
            left = left.checked_sub(1).ok_or(RatingError::Overflow)?;
        }
    }
    Ok(parts)
}
