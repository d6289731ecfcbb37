//! Places: found, and resolved to the right point of the globe.

use attache_gazetteer::{RADIUS, distance};

use super::{LayerScore, PlaceSpan, Ratio, spans};

/// No two points are farther apart; a place without coordinates counts as that far off.
const FARTHEST_KM: f64 = RADIUS * std::f64::consts::PI;
/// 100 miles: what the field calls close.
const CLOSE_KM: f64 = 161.0;

pub(super) fn score(gold: &[PlaceSpan], predicted: &[PlaceSpan]) -> LayerScore {
    let ranges = |places: &[PlaceSpan]| places.iter().map(|place| [place.start, place.end]).collect::<Vec<_>>();
    let (rows, pairs) = spans::rows(&ranges(gold), &ranges(predicted));
    let pairs: Vec<(&PlaceSpan, &PlaceSpan)> = pairs.into_iter().map(|(g, p)| (&gold[g], &predicted[p])).collect();
    let kilometres: Vec<f64> = pairs
        .iter()
        .filter_map(|(gold, predicted)| error(gold, predicted))
        .collect();
    let close = kilometres.iter().filter(|error| **error <= CLOSE_KM).count();
    LayerScore {
        rows,
        shares: vec![
            ("country", share(&pairs, |place| place.country_code.as_ref())),
            ("geonameid", share(&pairs, |place| place.geonameid.as_ref())),
            ("within 161 km", Ratio::share(close, kilometres.len())),
        ],
        kilometres,
    }
}

/// Of the pairs whose gold tells this, those that agree.
fn share<T: PartialEq>(pairs: &[(&PlaceSpan, &PlaceSpan)], part: fn(&PlaceSpan) -> Option<&T>) -> Ratio {
    let told = pairs.iter().filter(|(gold, _)| part(gold).is_some());
    let right = told.clone().filter(|(gold, predicted)| part(gold) == part(predicted));
    Ratio::share(right.count(), told.count())
}

/// Kilometres between them; `None` where the gold has no coordinates.
fn error(gold: &PlaceSpan, predicted: &PlaceSpan) -> Option<f64> {
    let gold = (gold.lat?, gold.lon?);
    let far = Some(FARTHEST_KM);
    let there = predicted.lat.zip(predicted.lon);
    there.map(|there| distance(gold, there)).or(far)
}

/// Mean and median error, and the area under the curve of the sorted logarithms of the errors (0 is perfect, 1 the worst).
pub(super) fn distances(mut kilometres: Vec<f64>) -> Vec<(&'static str, f64)> {
    kilometres.sort_by(f64::total_cmp);
    let n = kilometres.len();
    let mean = kilometres.iter().fold(0.0, |sum, error| sum + error) / n as f64;
    let median = match n {
        0 => f64::NAN,
        n if n % 2 == 1 => kilometres[n / 2],
        n => (kilometres[n / 2 - 1] + kilometres[n / 2]) / 2.0,
    };
    let log = |error: f64| error.ln_1p() / FARTHEST_KM.ln_1p();
    let area = match n {
        0 => f64::NAN,
        1 => log(kilometres[0]),
        n => {
            let strips = kilometres.windows(2).map(|pair| (log(pair[0]) + log(pair[1])) / 2.0);
            strips.fold(0.0, |sum, strip| sum + strip) / (n - 1) as f64
        }
    };
    vec![
        ("mean error, km", mean),
        ("median error, km", median),
        ("AUC of log error", area),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: usize, point: Option<(f64, f64)>, country: Option<&str>, id: Option<u32>) -> PlaceSpan {
        PlaceSpan {
            start,
            end: start + 5,
            geonameid: id,
            lat: point.map(|point| point.0),
            lon: point.map(|point| point.1),
            country_code: country.map(str::to_owned),
        }
    }

    #[test]
    fn a_degree_of_latitude_has_111_km() {
        assert!((distance((10.0, 20.0), (11.0, 20.0)) - 111.195).abs() < 0.01);
        assert!((distance((0.0, 0.0), (0.0, 180.0)) - FARTHEST_KM).abs() < 0.01);
        // Paris to London.
        assert!((distance((48.8566, 2.3522), (51.5074, -0.1278)) - 343.6).abs() < 1.0);
    }

    #[test]
    fn only_found_places_are_located() {
        let gold = [
            place(0, Some((10.0, 20.0)), Some("FRA"), Some(1)),
            place(10, Some((10.0, 20.0)), Some("FRA"), None),
            place(20, Some((10.0, 20.0)), None, Some(3)),
            place(30, None, Some("FRA"), None),
        ];
        let predicted = [
            place(0, Some((11.0, 20.0)), Some("FRA"), Some(1)),
            place(10, Some((12.0, 20.0)), Some("DEU"), None),
            place(20, None, None, None),
        ];
        let score = score(&gold, &predicted);
        assert!((score.rows[0].1.figures()[2] - 6.0 / 7.0).abs() < 1e-12);
        let [country, id, close] = [0, 1, 2].map(|at| score.shares[at].1);
        assert_eq!((country.right, country.gold), (1.0, 2.0));
        assert_eq!((id.right, id.gold), (1.0, 2.0));
        assert_eq!(
            (close.right, close.gold),
            (1.0, 3.0),
            "111 km is close, 222 is not, nowhere is not"
        );
        let [mean, median, area] = distances(score.kilometres)[..] else {
            panic!("three numbers")
        };
        assert!((mean.1 - (111.195 + 222.39 + FARTHEST_KM) / 3.0).abs() < 0.1);
        assert!((median.1 - 222.39).abs() < 0.1);
        let log = |error: f64| error.ln_1p() / FARTHEST_KM.ln_1p();
        assert!((area.1 - (log(111.195) / 2.0 + log(222.39) + 0.5) / 2.0).abs() < 1e-4);
    }
}
