//! What the patterns, operators and derivations reach, and with how many examples: the holes in the data.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::pattern::Example;
use super::schema::Derive;
use super::{Effect, Ontology};

/// Examples that a type with its mode should have.
pub const EXAMPLES: usize = 12;

/// What is reached, and what is not.
#[derive(Debug, Clone, Serialize)]
pub struct Coverage {
    /// Every type and mode, in the order of the data files.
    pub kinds: Vec<KindCoverage>,
    /// Every CAMEO code of three digits, sorted.
    pub cameo: Vec<CameoCoverage>,
    /// Examples of all patterns and operators.
    pub examples: usize,
    /// Counter-examples of all patterns and operators.
    pub counter: usize,
}

/// A type with one of its modes, or a type without.
#[derive(Debug, Clone, Default, Serialize)]
pub struct KindCoverage {
    /// Event type.
    pub event: String,
    /// Mode, or none.
    pub mode: Option<String>,
    /// Patterns that give it.
    pub patterns: usize,
    /// Effects of operators that make it of another event, sorted.
    pub derived: Vec<String>,
    /// Examples that expect it.
    pub examples: usize,
    /// Counter-examples of the patterns that give it, and of the operators that make it of another event.
    pub counter: usize,
    /// What is wanting; nothing where it is covered.
    pub holes: Vec<String>,
}

/// A CAMEO code of three digits, with the codes of four digits below it.
#[derive(Debug, Clone, Serialize)]
pub struct CameoCoverage {
    /// The code.
    pub code: String,
    /// CAMEO's name.
    pub name: String,
    /// Patterns that give it or a code below it.
    pub patterns: usize,
    /// Derivations that do.
    pub derived: usize,
    /// PLOVER has no type for it, so that no record can carry it.
    pub outside: bool,
}

impl CameoCoverage {
    /// Whether a record can carry it.
    pub fn is_reached(&self) -> bool {
        self.patterns + self.derived > 0
    }

    /// Whether it is not reached though PLOVER has a type for it.
    pub fn is_hole(&self) -> bool {
        !self.is_reached() && !self.outside
    }
}

impl Coverage {
    /// Number of types, modes and CAMEO codes with something wanting.
    pub fn holes(&self) -> usize {
        let kinds = self.kinds.iter().filter(|kind| !kind.holes.is_empty()).count();
        kinds + self.cameo.iter().filter(|code| code.is_hole()).count()
    }
}

impl Ontology {
    /// What the data files reach.
    pub fn coverage(&self) -> Coverage {
        let counts = |examples: &[Example], counter: &[String]| (examples.len(), counter.len());
        let patterns = self.patterns.iter().map(|p| counts(&p.examples, &p.counter));
        let operators = self.operators.iter().map(|o| counts(&o.examples, &o.counter));
        let (examples, counter) = patterns
            .chain(operators)
            .fold((0, 0), |sum, more| (sum.0 + more.0, sum.1 + more.1));
        Coverage {
            kinds: self.kinds(),
            cameo: self.cameo_codes(),
            examples,
            counter,
        }
    }

    fn kinds(&self) -> Vec<KindCoverage> {
        let examples = self.examples_by_kind();
        let counter = self.counter_by_effect();
        let mut all = Vec::new();
        for event in &self.events {
            let modes = self.modes.iter().filter(|mode| mode.event == event.code);
            let modes: Vec<&str> = modes.map(|mode| mode.mode.as_str()).collect();
            for mode in std::iter::once("").chain(modes.iter().copied()) {
                let mut kind = self.kind(&event.code, mode, &counter);
                kind.examples = examples.get(&(event.code.as_str(), mode)).copied().unwrap_or(0);
                let reached = kind.patterns + kind.derived.len() > 0;
                // A type with modes may stand without one, but need not.
                if mode.is_empty() && !modes.is_empty() {
                    all.extend(reached.then_some(kind));
                    continue;
                }
                kind.holes = holes(&kind, reached);
                all.push(kind);
            }
        }
        all
    }

    fn kind(&self, event: &str, mode: &str, counter: &BTreeMap<String, usize>) -> KindCoverage {
        let patterns = self.patterns.iter().filter(|p| p.event == event && p.mode == mode);
        let reach = |d: &&Derive| d.event.get_ref() == event && d.mode == mode;
        let effects: BTreeSet<String> = self
            .derive
            .iter()
            .filter(reach)
            .map(|d| effect_name(d.effect))
            .collect();
        let own: usize = patterns.clone().map(|p| p.counter.len()).sum();
        let lent: usize = effects.iter().filter_map(|effect| counter.get(effect)).sum();
        KindCoverage {
            event: event.to_owned(),
            mode: Some(mode.to_owned()).filter(|mode| !mode.is_empty()),
            patterns: patterns.count(),
            derived: effects.into_iter().collect(),
            counter: own + lent,
            ..KindCoverage::default()
        }
    }

    /// Examples by the type and mode that they expect; where an example does not tell, the mode is that of its pattern.
    fn examples_by_kind(&self) -> BTreeMap<(&str, &str), usize> {
        let mut all = BTreeMap::new();
        let of_patterns = self.patterns.iter().flat_map(|p| {
            p.examples
                .iter()
                .map(move |e| (e, Some((p.event.as_str(), p.mode.as_str()))))
        });
        let of_operators = self.operators.iter().flat_map(|o| o.examples.iter().map(|e| (e, None)));
        for (example, own) in of_patterns.chain(of_operators) {
            let lent = own
                .filter(|(event, _)| *event == example.event)
                .map_or("", |(_, mode)| mode);
            let mode = example.mode.as_deref().unwrap_or(lent);
            *all.entry((example.event.as_str(), mode)).or_default() += 1;
        }
        all
    }

    fn counter_by_effect(&self) -> BTreeMap<String, usize> {
        let mut all = BTreeMap::new();
        for operator in &self.operators {
            *all.entry(effect_name(operator.effect)).or_default() += operator.counter.len();
        }
        all
    }

    fn cameo_codes(&self) -> Vec<CameoCoverage> {
        let mut codes: Vec<CameoCoverage> = self
            .cameo
            .values()
            .filter(|cameo| cameo.code.len() == 3)
            .map(|cameo| CameoCoverage {
                code: cameo.code.clone(),
                name: cameo.name.clone(),
                patterns: self
                    .patterns
                    .iter()
                    .filter(|p| p.cameo.starts_with(&cameo.code))
                    .count(),
                derived: self.derive.iter().filter(|d| d.cameo.starts_with(&cameo.code)).count(),
                outside: cameo.plover.is_empty(),
            })
            .collect();
        codes.sort_by(|one, other| one.code.cmp(&other.code));
        codes
    }
}

fn effect_name(effect: Effect) -> String {
    format!("{effect:?}").to_lowercase()
}

fn holes(kind: &KindCoverage, reached: bool) -> Vec<String> {
    let mut holes = Vec::new();
    if !reached {
        holes.push("not reached".to_owned());
    }
    if kind.examples < EXAMPLES {
        holes.push(format!("{} of {EXAMPLES} examples", kind.examples));
    }
    if kind.counter == 0 {
        holes.push("no counter-example".to_owned());
    }
    holes
}

#[cfg(test)]
mod tests {
    use super::super::OntologyFile;
    use super::*;

    const FILE: &str = r#"
[[event]]
code = "AID"
quad = 2
score = 10.0
definition = "Help."

[[event]]
code = "SANCTION"
quad = 4
score = -6.0
definition = "Cut."

[[mode]]
event = "SANCTION"
mode = "expel"
score = -5.5
definition = "Envoys sent home."

[[mode]]
event = "SANCTION"
mode = "convict"
score = -5.5
definition = "A verdict."

[[country]]
code = "FRA"
name = "France"
capital = "Paris"

[[country]]
code = "MLI"
name = "Mali"
capital = "Bamako"

[[cameo]]
code = "070"
name = "Provide aid"
plover = "AID"

[[cameo]]
code = "071"
name = "Provide economic aid"
plover = "AID"

[[cameo]]
code = "0711"
name = "Provide a grant"
plover = "AID"

[[cameo]]
code = "166"
name = "Expel"
plover = "SANCTION"

[[cameo]]
code = "010"
name = "Make statement"

[[pattern]]
id = "aid.help"
event = "AID"
cameo = "0711"
verb = ["help"]
recipient = ["obj"]
examples = ["France helped Mali. => AID FRA > MLI", "Mali helped France. => AID MLI > FRA"]
counter = ["It helped."]

[[operator]]
id = "refuse"
effect = "refuse"
verb = ["refuse"]
content = ["xcomp"]
examples = ["France refused to help Mali. => SANCTION/expel FRA > MLI"]

[[derive]]
effect = "refuse"
inner = ["AID"]
event = "SANCTION"
mode = "expel"
cameo = "166"
"#;

    #[test]
    fn holes_are_told() {
        let file = OntologyFile {
            path: "own.toml".into(),
            text: FILE.into(),
        };
        let ontology = Ontology::only(&[file]).unwrap_or_else(|errors| panic!("{errors:?}"));
        let coverage = ontology.coverage();
        assert_eq!((coverage.examples, coverage.counter), (3, 1));
        let kinds: Vec<_> = coverage
            .kinds
            .iter()
            .map(|kind| {
                (
                    kind.event.as_str(),
                    kind.mode.as_deref(),
                    kind.examples,
                    kind.holes.join("; "),
                )
            })
            .collect();
        let wanted = [
            ("AID", None, 2, "2 of 12 examples".to_owned()),
            (
                "SANCTION",
                Some("expel"),
                1,
                "1 of 12 examples; no counter-example".to_owned(),
            ),
            (
                "SANCTION",
                Some("convict"),
                0,
                "not reached; 0 of 12 examples; no counter-example".to_owned(),
            ),
        ];
        assert_eq!(kinds, wanted);
        let codes: Vec<_> = coverage
            .cameo
            .iter()
            .map(|code| (code.code.as_str(), code.is_reached(), code.is_hole()))
            .collect();
        let wanted = [
            ("010", false, false),
            ("070", false, true),
            ("071", true, false),
            ("166", true, false),
        ];
        assert_eq!(codes, wanted);
        assert_eq!(coverage.holes(), 4);
    }
}
