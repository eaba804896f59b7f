//! How premium-rate numbers begin.

/// The first two digits behind a calling code that premium-rate numbers of its plans have. Nearly all other numbers are told from these
/// by them, which takes a hundredth of what it takes to look into the plan.
#[rustfmt::skip]
const BEGINNINGS: &[(u32, &[u8])] = &[
    (1, &[24, 34, 90]), (7, &[80]), (20, &[90]), (27, &[86, 90, 91, 92]), (30, &[90]), (31, &[90]),
    (32, &[70, 90]), (33, &[81, 82, 83, 85, 86, 88, 89]), (34, &[80]), (36, &[90, 91]),
    (39, &[8, 14, 16, 89]), (40, &[90]), (41, &[90]), (43, &[86, 89, 90, 93]), (44, &[84, 87, 90, 91, 98]),
    (45, &[90]), (46, &[64, 90, 93, 94, 99]), (47, &[82]), (48, &[70]), (49, &[13, 90]), (51, &[80]),
    (52, &[90]), (54, &[60]), (55, &[50, 90]), (57, &[19, 90]), (58, &[90]), (60, &[16]), (61, &[19]),
    (62, &[80]), (64, &[11, 13, 14, 15, 17, 18, 19, 50, 90]), (65, &[19]), (66, &[19]), (81, &[99]),
    (82, &[60]), (84, &[19]), (86, &[16]), (90, &[88, 89, 90]), (91, &[18]), (92, &[90]), (212, &[89]),
    (213, &[80]), (216, &[88]), (221, &[88]), (227, &[9]), (230, &[30]), (231, &[33]), (236, &[87]),
    (240, &[90]), (242, &[80]), (248, &[85]), (250, &[90]), (254, &[90]), (255, &[90]), (256, &[90]),
    (262, &[89]), (264, &[87]), (267, &[90]), (268, &[90]), (269, &[80, 81, 82, 83, 84, 85, 86, 87, 88, 89]),
    (297, &[90]), (298, &[90]), (351, &[60, 64, 76]), (352, &[90]), (353, &[15]), (354, &[90]), (355, &[90]),
    (356, &[50, 51, 52]), (357, &[90]), (358, &[60, 70]), (359, &[90]), (370, &[90, 91]), (371, &[90]),
    (372, &[40, 90]), (373, &[90]), (374, &[90]), (375, &[81, 90]),
    (376, &[10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99]),
    (378, &[71, 77, 78]), (380, &[90]), (381, &[78, 90]), (382, &[94, 95]), (383, &[90]),
    (385, &[60, 61, 64, 65, 69]), (386, &[89, 90]), (387, &[90, 92, 94, 96]),
    (389, &[50, 51, 52, 53, 54, 55, 56, 57, 58, 59]), (420, &[90, 97]), (421, &[90, 97, 98]), (423, &[90]),
    (502, &[19]), (503, &[90]), (506, &[90]), (507, &[82, 85, 86, 87, 88, 90, 98]), (508, &[81, 82, 89]),
    (590, &[81, 82, 89]), (592, &[90]), (594, &[81, 82, 89]), (596, &[81, 82, 89]), (597, &[90]),
    (598, &[90]), (670, &[90]), (687, &[36]), (852, &[90]), (855, &[19]), (886, &[20]), (960, &[90]),
    (961, &[90, 91]), (962, &[90, 91, 92, 93, 94, 95, 96, 97, 98, 99]), (966, &[92]), (968, &[90]),
    (971, &[90]), (972, &[12, 19]), (973, &[87, 90, 91, 92, 93, 94, 95, 96, 97, 98]), (994, &[90]),
];

/// How premium-rate numbers behind a calling code begin.
pub(super) fn beginnings(code: u32) -> &'static [u8] {
    let row = BEGINNINGS.binary_search_by_key(&code, |row| row.0);
    row.map(|place| BEGINNINGS[place].1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use phonenumber::metadata::DATABASE;

    /// Digits that are told apart from others by nothing but their beginning, as far as the plans go.
    fn digits(beginning: u8, length: usize, kind: u64) -> String {
        let mut text = format!("{beginning:02}");
        let mut state = kind * 7_919 + u64::from(beginning);
        while text.len() < length {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push(char::from(b'0' + (state >> 33) as u8 % 10));
        }
        text
    }

    #[test]
    fn premium_numbers_should_begin_as_the_table_says() {
        assert!(BEGINNINGS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut examples = 0;
        for code in (1..1_000u16).filter(|code| *code != 979) {
            let table = beginnings(code.into());
            let plans = DATABASE.by_code(&code).unwrap_or_default();
            for kind in plans.iter().filter_map(|plan| plan.descriptors().premium_rate()) {
                if let Some(example) = kind.example() {
                    examples += 1;
                    let beginning: u8 = example[..2].parse().unwrap();
                    assert!(table.contains(&beginning), "{code} {example}");
                }
                for other in (0..100).filter(|beginning| !table.contains(beginning)) {
                    for length in kind.possible_length() {
                        for digits in (0..8).map(|kind| digits(other, usize::from(*length), kind)) {
                            assert!(!kind.is_match(&digits), "{code} {digits}");
                        }
                    }
                }
            }
        }
        assert!(examples > 100, "{examples}");
    }
}
