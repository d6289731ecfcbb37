//! Time expressions, as TempEval-3 scores them.

use super::{LayerScore, Ratio, TimeSpan, spans};

pub(super) fn score(gold: &[TimeSpan], predicted: &[TimeSpan]) -> LayerScore {
    let ranges = |times: &[TimeSpan]| times.iter().map(|time| [time.start, time.end]).collect::<Vec<_>>();
    let (mut rows, pairs) = spans::rows(&ranges(gold), &ranges(predicted));
    let with = |right: fn(&TimeSpan, &TimeSpan) -> bool| {
        let matched = pairs.iter().filter(|(g, p)| right(&gold[*g], &predicted[*p])).count();
        Ratio::spans(matched, predicted.len(), gold.len())
    };
    rows.push(("… with its type", with(|one, other| one.kind == other.kind)));
    rows.push(("… with its value", with(|one, other| one.value == other.value)));
    LayerScore {
        rows,
        ..LayerScore::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(start: usize, end: usize, kind: &str, value: &str) -> TimeSpan {
        TimeSpan {
            start,
            end,
            kind: kind.into(),
            value: value.into(),
        }
    }

    #[test]
    fn attributes_count_on_overlapping_spans() {
        let gold = [
            time(0, 6, "DATE", "2014-05-07"),
            time(10, 20, "DURATION", "P3D"),
            time(30, 34, "DATE", "2014"),
            time(40, 44, "DATE", "2015"),
        ];
        let predicted = [
            time(0, 6, "DATE", "2014-05-07"),
            time(12, 20, "DATE", "P3D"),
            time(30, 34, "DATE", "2013"),
            time(50, 54, "DATE", "2016"),
            time(60, 64, "SET", "P1D"),
        ];
        let rows = score(&gold, &predicted).rows;
        let [exact, relaxed, kind, value] = [0, 1, 2, 3].map(|at| rows[at].1.figures());
        let near = |one: [f64; 3], other: [f64; 3]| one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(near(exact, [2.0 / 5.0, 2.0 / 4.0, 4.0 / 9.0]), "{exact:?}");
        assert!(near(relaxed, [3.0 / 5.0, 3.0 / 4.0, 6.0 / 9.0]), "{relaxed:?}");
        assert!(near(kind, exact), "the second has the wrong type");
        assert!(near(value, exact), "the third has the wrong value");
    }
}
