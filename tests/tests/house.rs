//! The order of the house: format, digests, arrows between modules, who may use what.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache_tests::{Fallible, digests::CATALOGUES, root};

/// Modules of `crates/attache`, and the modules that they must not use.
const ARROWS: &[(&[&str], &[&str])] = &[
    (
        &["date", "event", "document", "ontology", "extract", "time", "copies"],
        &["coder", "resolve", "pipeline", "annotate", "record", "dedup"],
    ),
    (
        &["date", "event", "document", "ontology", "time", "copies"],
        &["extract", "eval"],
    ),
    (
        &["date", "event", "document", "ontology", "time", "extract"],
        &["copies"],
    ),
    (&["copies"], &["ontology", "event", "time"]),
    (
        &["coder", "resolve", "confidence", "record"],
        &["pipeline", "annotate", "dedup", "extract", "eval"],
    ),
    (&["pipeline", "annotate", "dedup"], &["eval"]),
    (
        &["eval"],
        &["coder", "resolve", "pipeline", "record", "dedup", "extract"],
    ),
];

#[test]
fn formatted() -> Fallible {
    let cargo = Command::new(env!("CARGO"))
        .args(["fmt", "--all", "--check"])
        .current_dir(root())
        .output()?;
    if String::from_utf8_lossy(&cargo.stderr).contains("not installed") {
        eprintln!("format not checked: this toolchain comes without rustfmt");
        return Ok(());
    }
    let diff = String::from_utf8_lossy(&cargo.stdout).into_owned();
    let start: Vec<&str> = diff.lines().take(40).collect();
    assert!(cargo.status.success(), "run `cargo fmt --all`\n{}", start.join("\n"));
    Ok(())
}

#[test]
fn digests() -> Fallible {
    let mut faults = Vec::new();
    for catalogue in CATALOGUES {
        faults.extend(catalogue.faults(&root())?);
    }
    assert!(
        faults.is_empty(),
        "run `cargo run -p xtask -- digests`\n{}",
        faults.join("\n")
    );
    Ok(())
}

#[test]
fn arrows() -> Fallible {
    let source = root().join("crates/attache/src");
    let mut upward = Vec::new();
    for (path, line, code) in lines(&source)? {
        let module = module(&source, &path);
        let barred = ARROWS
            .iter()
            .filter(|(from, _)| from.contains(&module.as_str()))
            .flat_map(|(_, to)| *to);
        let used = barred.filter(|to| code.contains(&format!("crate::{to}")));
        upward.extend(used.map(|to| format!("{}:{line}: {module} uses {to}", path.display())));
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
    Ok(())
}

#[test]
fn only_the_ontology_knows_toml() -> Fallible {
    let source = root().join("crates/attache/src");
    let mut found = Vec::new();
    for (path, line, code) in lines(&source)? {
        if module(&source, &path) != "ontology" && code.contains("toml::") {
            found.push(format!("{}:{line}", path.display()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn the_libraries_touch_no_disk_clock_or_network() -> Fallible {
    const WORLD: &[&str] = &[
        "std::fs",
        "std::env::var",
        "std::net",
        "SystemTime",
        "Instant::now",
        "Zoned::now",
        "Timestamp::now",
        "static mut",
    ];
    // The readers read files, and nothing else of the world.
    let readers: Vec<&str> = WORLD.iter().filter(|word| **word != "std::fs").copied().collect();
    let mut found = Vec::new();
    for (krate, barred) in [
        ("crates/attache/src", WORLD),
        ("crates/attache-parse/src", WORLD),
        ("crates/attache-input/src", &readers),
    ] {
        for (path, line, code) in lines(&root().join(krate))? {
            let used = barred.iter().filter(|word| code.contains(**word));
            found.extend(used.map(|word| format!("{}:{line}: {word}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn only_the_watcher_opens_sockets() -> Fallible {
    const SOCKETS: &[&str] = &[
        "std::net",
        "TcpStream",
        "UdpSocket",
        "ToSocketAddrs",
        "ureq::",
        "attache_watch::watch",
    ];
    let mut found = Vec::new();
    for krate in ["attache", "attache-cli", "attache-input", "attache-parse"] {
        let folder = root().join("crates").join(krate);
        let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
        assert!(
            !manifest.contains("ureq") && !manifest.contains("rustls"),
            "{krate} can reach the network"
        );
        for (path, line, code) in lines(&folder.join("src"))? {
            let command = path.ends_with("commands/watch.rs");
            let used = SOCKETS.iter().filter(|word| !command && code.contains(**word));
            found.extend(used.map(|word| format!("{}:{line}: {word}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn no_crate_is_free_of_the_workspace_lints() -> Fallible {
    let members = [
        "crates/attache",
        "crates/attache-cli",
        "crates/attache-input",
        "crates/attache-parse",
        "crates/attache-watch",
        "data",
        "data/gazetteer",
        "models/en",
        "tests",
        "xtask",
    ];
    for member in members {
        let manifest: toml::Table = toml::from_str(&fs::read_to_string(root().join(member).join("Cargo.toml"))?)?;
        let inherits = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"))
            .and_then(toml::Value::as_bool);
        assert_eq!(
            inherits,
            Some(true),
            "{member} lets itself off the lints, which forbid unsafe code"
        );
    }
    let whole: toml::Table = toml::from_str(&fs::read_to_string(root().join("Cargo.toml"))?)?;
    assert_eq!(
        whole["workspace"]["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    Ok(())
}

/// Every line of every Rust file below a folder, tests and comments left out.
fn lines(folder: &Path) -> Fallible<Vec<(PathBuf, usize, String)>> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines.extend(self::lines(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path)?;
            let product = text
                .lines()
                .enumerate()
                .take_while(|(_, line)| line.trim() != "#[cfg(test)]");
            let code = product.filter(|(_, line)| !line.trim_start().starts_with("//"));
            lines.extend(code.map(|(at, line)| (path.clone(), at + 1, line.to_owned())));
        }
    }
    Ok(lines)
}

/// The module of a file: the first part of its path below `source`.
fn module(source: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(source).unwrap_or(file);
    let first = inside.iter().next().unwrap_or_default().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}
