//! Digits of numbers, as many as fit, in a word: four bits each, and ones behind them.

/// Digits in a word.
pub(crate) const WORD: usize = 16;
/// The lowest bit of each digit.
const LOWEST: u64 = u64::MAX / 0xf;

/// A word of this many digits, to which ones are added.
#[inline]
pub(crate) fn filled(word: u64, digits: usize) -> u64 {
    let free = 4 * WORD.saturating_sub(digits) as u32;
    word.checked_shl(free).unwrap_or(0) | u64::MAX.checked_shr(64 - free).unwrap_or(0)
}

/// At most eight octets of two digits each.
#[inline]
pub(crate) fn word(octets: &[u8]) -> u64 {
    let half = |octets: &[u8; 4]| u64::from(u32::from_be_bytes(*octets));
    match (octets.first_chunk(), octets.last_chunk()) {
        (Some(first), Some(last)) => {
            // The two overlap by what is missing.
            let free = 8 * 8usize.saturating_sub(octets.len()) as u32;
            half(first) << 32 | (half(last) << free & 0xffff_ffff) | ((1u64 << free) - 1)
        }
        _ => {
            let word = octets.iter().fold(0, |word, octet| word << 8 | u64::from(*octet));
            filled(word, 2 * octets.len())
        }
    }
}

/// The bits of a word from its first filler on.
#[inline]
pub(crate) fn behind(word: u64) -> u64 {
    let unlike = !word;
    let digits = (unlike | unlike >> 1 | unlike >> 2 | unlike >> 3) & LOWEST;
    u64::MAX
        .checked_shr((digits ^ LOWEST).leading_zeros() & !3)
        .unwrap_or(0)
}

/// How many digits a word has before its filler; `None` where anything else is among or behind them.
#[inline]
pub(crate) fn length(word: u64) -> Option<u32> {
    let behind = behind(word);
    // Above nine are those with the bit of eight and one of those of four and two.
    let above = word & (word << 1 | word << 2) & (LOWEST << 3);
    (word & behind == behind && above & !behind == 0).then_some(behind.leading_zeros() / 4)
}
