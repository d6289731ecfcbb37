//! How far figures would move had other texts been drawn: the percentile bootstrap.

/// Resamples drawn.
pub const RESAMPLES: usize = 1000;

/// The 95 % percentile interval of each figure over [`RESAMPLES`] resamples of `units` texts, drawn with replacement. `figures`
/// gets the numbers of the texts drawn and gives as many figures at every call; one that is undefined there (NaN) is left out
/// of its interval. An interval is `[NaN, NaN]` where its figure was never defined. The same input gives the same intervals.
pub fn intervals(units: usize, figures: impl Fn(&[usize]) -> Vec<f64>) -> Vec<[f64; 2]> {
    let mut random = SplitMix(0x0061_7474_6163_6865);
    let mut sample = vec![0; units];
    let mut drawn: Vec<Vec<f64>> = Vec::new();
    for _ in 0..RESAMPLES {
        sample.iter_mut().for_each(|at| *at = random.below(units));
        let values = figures(&sample);
        drawn.resize_with(values.len(), Vec::new);
        for (values, value) in drawn.iter_mut().zip(values) {
            values.extend(Some(value).filter(|value| value.is_finite()));
        }
    }
    drawn.into_iter().map(middle).collect()
}

/// What lies between the 2.5th and the 97.5th percentile.
fn middle(mut values: Vec<f64>) -> [f64; 2] {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = values.len().checked_sub(1)?;
        values.get((share * last as f64).round() as usize).copied()
    };
    [0.025, 0.975].map(|share| at(share).unwrap_or(f64::NAN))
}

/// Sebastiano Vigna's SplitMix64. Our own, because the intervals in the records of scores must stay the same when a crate
/// changes its generator.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of 100 draws of a coin with share ½ has a standard error of 0.05.
    #[test]
    fn intervals_are_as_wide_as_theory_has_it() {
        let mean = |sample: &[usize]| {
            let ones = sample.iter().filter(|at| *at % 2 == 0).count();
            vec![ones as f64 / sample.len() as f64, f64::NAN]
        };
        let [coin, never] = intervals(100, mean)[..] else {
            panic!("two figures")
        };
        assert!(
            (coin[0] - 0.402).abs() < 0.015 && (coin[1] - 0.598).abs() < 0.015,
            "{coin:?}"
        );
        assert!(never.iter().all(|end| end.is_nan()));
        assert_eq!(intervals(100, mean)[0], coin);
    }

    #[test]
    fn one_text_gives_a_point_and_none_gives_nothing() {
        assert_eq!(intervals(1, |_| vec![0.7]), [[0.7, 0.7]]);
        assert!(intervals(0, |sample| vec![sample.len() as f64 / 0.0])[0][0].is_nan());
    }
}
