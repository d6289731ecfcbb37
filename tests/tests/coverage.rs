//! The data files have no holes: every type and mode and every CAMEO code of three digits is reached, with examples.

use attache_tests::ontology;

#[test]
fn nothing_is_out_of_reach() {
    let coverage = ontology().coverage();
    let kinds = coverage.kinds.iter().filter(|kind| !kind.holes.is_empty()).map(|kind| {
        let mode = kind.mode.as_deref().map(|mode| format!("/{mode}")).unwrap_or_default();
        format!("{}{mode}: {}", kind.event, kind.holes.join(", "))
    });
    let codes = coverage.cameo.iter().filter(|code| code.is_hole());
    let codes = codes.map(|code| format!("{} {}: not reached", code.code, code.name));
    let holes: Vec<String> = kinds.chain(codes).collect();
    assert!(holes.is_empty(), "{} holes\n{}", holes.len(), holes.join("\n"));
    assert!(coverage.examples >= 1500, "{} examples", coverage.examples);
}
