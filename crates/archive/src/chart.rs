//! Charts as SVG: drawn here, so that a page needs no script, prints sharply, and opens without a network.

use plotters::{
    backend::SVGBackend,
    chart::ChartBuilder,
    coord::ranged1d::{IntoSegmentedCoord, SegmentValue},
    drawing::{DrawingAreaErrorKind, IntoDrawingArea},
    element::Rectangle,
    style::{Color, IntoFont, RGBColor, WHITE},
};

/// Colours that people with any sight tell apart, and that a grey print keeps apart.
pub(crate) const COLOURS: [RGBColor; 5] = [
    RGBColor(31, 95, 153),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
];

/// Some figures beside each other.
pub(crate) struct Chart {
    /// What is shown, on top of it.
    pub title: String,
    /// What the figures are in.
    pub unit: String,
    /// One for each group of bars.
    pub labels: Vec<String>,
    /// What each bar of a group is, and how large it is in each group.
    pub series: Vec<(&'static str, Vec<f64>)>,
    /// Whether the labels are long, so that the bars lie.
    pub lying: bool,
}

/// As wide as a page of a telephone, so that nothing shrinks until it cannot be read.
const WIDTH: u32 = 380;
const HEIGHT: u32 = 230;
const INK: RGBColor = RGBColor(60, 66, 74);
const LINES: RGBColor = RGBColor(225, 228, 232);

/// A figure in few digits.
fn short(figure: f64) -> String {
    let size = figure.abs();
    let (part, unit) = match size {
        _ if size >= 1e9 => (figure / 1e9, " bn"),
        _ if size >= 1e6 => (figure / 1e6, " m"),
        _ if size >= 1e4 => (figure / 1e3, " k"),
        _ => (figure, ""),
    };
    let digits = usize::from(part.fract().abs() > 1e-9);
    format!("{part:.digits$}{unit}")
}

impl Chart {
    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        !self
            .series
            .iter()
            .flat_map(|(_, figures)| figures)
            .any(|figure| *figure != 0.0)
    }

    fn bounds(&self) -> (f64, f64) {
        let figures = self
            .series
            .iter()
            .flat_map(|(_, figures)| figures.iter().copied());
        let (least, most) = figures.fold((0.0f64, 0.0f64), |(least, most), figure| {
            (least.min(figure), most.max(figure))
        });
        let room = (most - least) * 0.06;
        let below = if least < 0.0 { least - room } else { 0.0 };
        (below, if most > 0.0 { most + room } else { 0.0 })
    }

    /// The picture.
    pub(crate) fn svg(&self) -> String {
        let mut picture = String::new();
        // Writing into memory does not fail.
        let _ = self.draw(&mut picture);
        // It takes the width that there is.
        let size = format!("width=\"{WIDTH}\" height=\"{}\"", self.height());
        picture.replacen(&size, "role=\"img\"", 1)
    }

    fn height(&self) -> u32 {
        let groups = u32::try_from(self.labels.len().max(2).saturating_mul(self.series.len().max(2)))
            .unwrap_or(u32::MAX);
        match self.lying {
            true => groups.saturating_mul(14).saturating_add(40).min(600),
            false => HEIGHT,
        }
    }

    fn draw(&self, picture: &mut String) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
        let area = SVGBackend::with_string(picture, (WIDTH, self.height())).into_drawing_area();
        area.fill(&WHITE)?;
        // An axis of one group alone would have no label.
        let count = self.labels.len().max(2);
        let bars = self.series.len().max(1);
        let (below, above) = self.bounds();
        let groups = (0..count.saturating_sub(1)).into_segmented();
        let font = ("sans-serif", 15).into_font().color(&INK);
        let name = |at: &SegmentValue<usize>| match at {
            SegmentValue::CenterOf(place) => self
                .labels
                .get(*place)
                .map_or_else(String::new, |label| shortened(label, self.lying)),
            _ => String::new(),
        };
        // Where a bar begins and ends within its group, in thousandths of a group's width.
        let within = |place: usize, bar: usize| {
            let width = 760.0 / bars as f64;
            let begin = place as f64 + (120.0 + width * bar as f64) / 1_000.0;
            (begin, begin + width / 1_000.0)
        };
        let mut builder = ChartBuilder::on(&area);
        builder.margin(6).margin_right(14);
        // The labels sit on an axis of groups, the bars on one of numbers over it.
        if self.lying {
            let mut chart = builder
                .x_label_area_size(22)
                .y_label_area_size(146)
                .build_cartesian_2d(below..above, groups)?
                .set_secondary_coord(below..above, count as f64..0.0);
            chart
                .configure_mesh()
                .disable_y_mesh()
                .x_labels(4)
                .y_labels(count.max(1))
                .x_label_formatter(&|figure| short(*figure))
                .y_label_formatter(&|at| match at {
                    // From the top down.
                    SegmentValue::CenterOf(place) => name(&SegmentValue::CenterOf(
                        count.saturating_sub(1).saturating_sub(*place),
                    )),
                    other => name(other),
                })
                .label_style(font)
                .light_line_style(WHITE)
                .bold_line_style(LINES)
                .axis_style(LINES)
                .draw()?;
            for (bar, ((_, figures), colour)) in self.series.iter().zip(COLOURS.iter().cycle()).enumerate() {
                let each = figures.iter().enumerate().map(|(place, figure)| {
                    let (begin, end) = within(place, bar);
                    Rectangle::new([(0.0, begin), (*figure, end)], colour.filled())
                });
                chart.draw_secondary_series(each)?;
            }
        } else {
            let mut chart = builder
                .x_label_area_size(22)
                .y_label_area_size(48)
                .build_cartesian_2d(groups, below..above)?
                .set_secondary_coord(0.0..count as f64, below..above);
            chart
                .configure_mesh()
                .disable_x_mesh()
                .x_labels(count.clamp(1, 5))
                .y_labels(5)
                .x_label_formatter(&name)
                .y_label_formatter(&|figure| short(*figure))
                .label_style(font)
                .light_line_style(WHITE)
                .bold_line_style(LINES)
                .axis_style(LINES)
                .draw()?;
            for (bar, ((_, figures), colour)) in self.series.iter().zip(COLOURS.iter().cycle()).enumerate() {
                let each = figures.iter().enumerate().map(|(place, figure)| {
                    let (begin, end) = within(place, bar);
                    Rectangle::new([(begin, 0.0), (end, *figure)], colour.filled())
                });
                chart.draw_secondary_series(each)?;
            }
        }
        area.present()
    }
}

fn shortened(label: &str, lying: bool) -> String {
    let most = if lying { 18 } else { 14 };
    match label.chars().count() > most {
        true => label.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
        false => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(lying: bool) -> Chart {
        Chart {
            title: "A".into(),
            unit: "EUR".into(),
            labels: vec!["<b>&\"x".into(), "2026-10".into()],
            series: vec![("one", vec![1_500_000.0, -20.0]), ("other", vec![0.0, 7.25])],
            lying,
        }
    }

    #[test]
    fn a_picture_should_be_well_formed_when_labels_have_marks_of_their_own() {
        for lying in [false, true] {
            let svg = chart(lying).svg();
            let mut reader = quick_xml::Reader::from_str(&svg);
            let (mut bars, mut texts) = (0, String::new());
            loop {
                match reader.read_event().expect("it is well formed") {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Empty(tag) if tag.name().as_ref() == "rect" => bars += 1,
                    quick_xml::events::Event::Text(text) => texts.push_str(&text),
                    quick_xml::events::Event::GeneralRef(of) => texts.push_str(&format!("&{};", &*of)),
                    _ => {}
                }
            }
            assert!(bars >= 4, "{bars} bars");
            assert!(texts.contains("&lt;b&gt;&amp;"), "{texts}");
            assert!(
                !svg.contains("http://")
                    || svg.matches("http://").count() == svg.matches("http://www.w3.org/2000/svg").count()
            );
        }
    }

    #[test]
    fn a_label_should_be_there_when_there_is_one_group_alone() {
        for lying in [false, true] {
            let alone = Chart {
                labels: vec!["volume".into()],
                series: vec![("open", vec![1.0]), ("ended", vec![3.0])],
                ..chart(lying)
            };
            let svg = alone.svg();
            assert!(svg.contains("volume"), "{svg}");
        }
    }

    #[test]
    fn labels_should_fit_beside_bars_that_lie() {
        let label = shortened("Alpha Mobile MOC Back Home", true);
        assert_eq!(label, "Alpha Mobile MOC …");
        assert_eq!(label.chars().count(), 18);
        assert_eq!(shortened("Alpha Mobile", true), "Alpha Mobile");
    }

    #[test]
    fn figures_should_be_short_and_true_when_they_stand_on_an_axis() {
        let cases = [
            (0.0, "0"),
            (0.5, "0.5"),
            (9_999.0, "9999"),
            (12_500.0, "12.5 k"),
            (-3_000_000.0, "-3 m"),
            (2e9, "2 bn"),
        ];
        for (figure, words) in cases {
            assert_eq!(short(figure), words);
        }
    }
}
