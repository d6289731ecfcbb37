//! Scores on the demonstration corpus do not fall below the floors of eval/floors.toml.

use std::fs;

use attache_tests::{Fallible, demo, engine, root};
use serde::Deserialize;

#[derive(Deserialize)]
struct Floors {
    demo: Demo,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Demo {
    type_f1: f64,
    type_and_countries_f1: f64,
    essential_recall: f64,
}

#[test]
fn floors() -> Fallible {
    let floors: Floors = toml::from_str(&fs::read_to_string(root().join("eval/floors.toml"))?)?;
    let scores = demo::scores(engine())?;
    let figures = [
        ("type_f1", scores.type_f1, floors.demo.type_f1),
        (
            "type_and_countries_f1",
            scores.type_and_countries_f1,
            floors.demo.type_and_countries_f1,
        ),
        (
            "essential_recall",
            scores.essential_recall,
            floors.demo.essential_recall,
        ),
    ];
    for (name, score, floor) in figures {
        println!("{name} {:.1}, floor {floor:.1}", 100.0 * score);
    }
    let fallen: Vec<_> = figures
        .iter()
        .filter(|(_, score, floor)| 100.0 * score < *floor)
        .collect();
    assert!(fallen.is_empty(), "below the floor: {fallen:?}");
    assert_eq!(scores.furniture, 0, "records out of page furniture");
    Ok(())
}
