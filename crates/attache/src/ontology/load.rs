//! Reading, checking and compiling the data files.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use toml::Spanned;

use super::context::{self, ContextWords};
use super::cue::{Cue, Cues, Words};
use super::names::{Case, NameRef, Names};
use super::pattern::{Example, Path, Trigger, TriggerKind};
use super::schema::{self, File};
use super::{Agent, Body, Country, Office, Ontology, OntologyError, Operator, Pattern, Person, Place};

/// A file's path and text, for messages with lines.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.get(..offset).unwrap_or(self.text).matches('\n').count() + 1
    }

    fn error(&self, offset: usize, message: String, hint: Option<&str>) -> OntologyError {
        OntologyError {
            path: self.path.to_owned(),
            line: self.line(offset),
            message,
            hint: hint.map(str::to_owned),
        }
    }
}

#[derive(Default)]
struct Loader {
    files: File,
    errors: Vec<OntologyError>,
    /// File and line of the patterns and operators, by id.
    origins: HashMap<String, (String, usize)>,
    places: Vec<Place>,
    place_names: Vec<(String, usize)>,
}

pub(super) fn load<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Ontology, Vec<OntologyError>> {
    let mut loader = Loader::default();
    for (path, text) in files {
        if path.ends_with(".tsv") {
            loader.read_places(path, text);
        } else if path.ends_with(".toml") && !path.ends_with("SOURCES.toml") {
            loader.read_toml(&Source { path, text });
        }
    }
    let ontology = loader.compile();
    match ontology {
        (ontology, errors) if errors.is_empty() => Ok(ontology),
        (_, errors) => Err(errors),
    }
}

/// Adds `more` to `all`; an entry with a key already there takes its place. A key twice in one file is an error.
fn merge<T>(
    all: &mut Vec<T>,
    more: Vec<T>,
    what: &str,
    key: impl Fn(&T) -> (String, usize),
    source: &Source,
    errors: &mut Vec<OntologyError>,
) {
    let mut seen = HashSet::new();
    let places: HashMap<String, usize> = all.iter().enumerate().map(|(i, e)| (key(e).0, i)).collect();
    for entry in more {
        let (name, offset) = key(&entry);
        if !seen.insert(name.clone()) {
            let hint = "keep one of the two; a file may replace entries of another file, not its own";
            errors.push(source.error(offset, format!("{what} `{name}` stands twice in this file"), Some(hint)));
        } else if let Some(place) = places.get(&name) {
            all[*place] = entry;
        } else {
            all.push(entry);
        }
    }
}

fn spanned(name: &Spanned<String>) -> (String, usize) {
    (name.get_ref().clone(), name.span().start)
}

impl Loader {
    fn read_toml(&mut self, source: &Source) {
        let file: File = match toml::from_str(source.text) {
            Ok(file) => file,
            Err(error) => {
                let offset = error.span().map_or(0, |s| s.start);
                let hint = "data/README.md describes every key; strings stand in double quotes";
                self.errors
                    .push(source.error(offset, error.message().to_owned(), Some(hint)));
                return;
            }
        };
        for (id, offset) in file
            .pattern
            .iter()
            .map(|p| spanned(&p.id))
            .chain(file.operator.iter().map(|o| spanned(&o.id)))
            .chain(file.learned.iter().map(|l| (l.id(), l.event.span().start)))
            .chain(file.cue.iter().map(|c| spanned(&c.id)))
        {
            self.origins.insert(id, (source.path.to_owned(), source.line(offset)));
        }
        self.check_dates(&file, source);
        let errors = &mut self.errors;
        let all = &mut self.files;
        all.ontology = file.ontology.or(all.ontology.take());
        if let Some(model) = &file.confidence
            && let Some(fault) = model.get_ref().fault()
        {
            errors.push(source.error(model.span().start, fault, Some("xtask calibrate writes this file")));
        }
        all.confidence = file.confidence.or(all.confidence.take());
        merge(
            &mut all.event,
            file.event,
            "event type",
            |e| (e.code.clone(), 0),
            source,
            errors,
        );
        merge(
            &mut all.mode,
            file.mode,
            "mode",
            |m| (format!("{}/{}", m.event, m.mode), 0),
            source,
            errors,
        );
        merge(
            &mut all.context,
            file.context,
            "context",
            |c| (c.name.clone(), 0),
            source,
            errors,
        );
        merge(
            &mut all.sector,
            file.sector,
            "sector",
            |s| (s.code.clone(), 0),
            source,
            errors,
        );
        merge(
            &mut all.nonstate,
            file.nonstate,
            "code",
            |n| (n.code.clone(), 0),
            source,
            errors,
        );
        merge(
            &mut all.cameo,
            file.cameo,
            "CAMEO code",
            |c| (c.code.clone(), 0),
            source,
            errors,
        );
        merge(
            &mut all.country,
            file.country,
            "country",
            |c| spanned(&c.code),
            source,
            errors,
        );
        merge(
            &mut all.person,
            file.person,
            "person",
            |p| spanned(&p.name),
            source,
            errors,
        );
        merge(
            &mut all.organisation,
            file.organisation,
            "organisation",
            |o| spanned(&o.name),
            source,
            errors,
        );
        merge(
            &mut all.group,
            file.group,
            "group",
            |g| spanned(&g.name),
            source,
            errors,
        );
        merge(
            &mut all.agent,
            file.agent,
            "agent",
            |a| spanned(&a.noun),
            source,
            errors,
        );
        merge(
            &mut all.class,
            file.class,
            "class",
            |c| spanned(&c.name),
            source,
            errors,
        );
        merge(
            &mut all.pattern,
            file.pattern,
            "pattern",
            |p| spanned(&p.id),
            source,
            errors,
        );
        merge(
            &mut all.operator,
            file.operator,
            "operator",
            |o| spanned(&o.id),
            source,
            errors,
        );
        merge(&mut all.cue, file.cue, "cue", |c| spanned(&c.id), source, errors);
        all.derive.extend(file.derive);
        all.second_reader = file.second_reader.or(all.second_reader);
        merge(
            &mut all.learned,
            file.learned,
            "learned",
            |l| (l.id(), l.event.span().start),
            source,
            errors,
        );
    }

    /// Dates must be readable and in order; a reversed range is the classic fault of actor lists.
    fn check_dates(&mut self, file: &File, source: &Source) {
        let offices = file
            .person
            .iter()
            .flat_map(|p| p.offices.iter().map(move |o| (&p.name, &o.from, &o.to)));
        let groups = file.group.iter().map(|g| (&g.name, &g.from, &g.to));
        let former = file
            .country
            .iter()
            .flat_map(|c| c.former.iter().map(move |f| (&c.code, &f.from, &f.to)));
        let lives = file.person.iter().map(|p| (&p.name, &p.born, &p.died));
        for (name, from, to) in offices.chain(groups).chain(former).chain(lives) {
            let (who, offset) = spanned(name);
            let mut read = |text: &Option<String>, last: bool| -> Option<Date> {
                let text = text.as_ref()?;
                let date = day(text, last);
                if date.is_none() {
                    let message = format!("`{who}`: `{text}` is no date; expected YYYY, YYYY-MM or YYYY-MM-DD");
                    self.errors.push(source.error(offset, message, None));
                }
                date
            };
            if let (Some(from), Some(to)) = (read(from, false), read(to, true))
                && to < from
            {
                let message = format!("`{who}`: the range {from} to {to} is reversed");
                self.errors
                    .push(source.error(offset, message, Some("swap `from` and `to`")));
            }
        }
    }

    fn read_places(&mut self, path: &str, text: &str) {
        let source = Source { path, text };
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
        let column = |name: &str| header.iter().position(|h| *h == name);
        let columns = [
            "geonameid",
            "name",
            "alternates",
            "lat",
            "lon",
            "country",
            "population",
            "feature",
        ]
        .map(column);
        let [
            Some(id),
            Some(name),
            Some(alternates),
            Some(lat),
            Some(lon),
            Some(country),
            Some(population),
            Some(feature),
        ] = columns
        else {
            let message = format!("the header misses a column; found {header:?}");
            let hint = "expected geonameid, name, alternates, lat, lon, country, population, feature";
            self.errors.push(source.error(0, message, Some(hint)));
            return;
        };
        for (n, line) in lines.enumerate().filter(|(_, l)| !l.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |i: usize| cells.get(i).copied().unwrap_or("");
            let code = cell(country);
            let state = code.is_empty() || code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
            let point = (cell(lat).parse::<f64>(), cell(lon).parse::<f64>());
            let (Ok(lat), Ok(lon), true) = (&point.0, &point.1, state) else {
                let message = format!("latitude and longitude must be numbers, `{code}` an alpha-3 code or empty");
                self.errors.push(OntologyError {
                    path: path.to_owned(),
                    line: n + 2,
                    message,
                    hint: None,
                });
                continue;
            };
            let index = self.places.len();
            self.places.push(Place {
                geonameid: cell(id).parse().unwrap_or(0),
                name: cell(name).to_owned(),
                lat: lat.clamp(-90.0, 90.0),
                lon: lon.clamp(-180.0, 180.0),
                country: cell(country).to_owned(),
                population: cell(population).parse().unwrap_or(0),
                feature: cell(feature).to_owned(),
            });
            let spellings = std::iter::once(cell(name)).chain(cell(alternates).split('|'));
            self.place_names
                .extend(spellings.filter(|s| !s.is_empty()).map(|s| (s.to_owned(), index)));
        }
    }

    fn compile(self) -> (Ontology, Vec<OntologyError>) {
        let Loader {
            files,
            mut errors,
            origins,
            places,
            place_names,
        } = self;
        let mut names = Names::default();
        let nonstate: Vec<(String, String)> = files
            .nonstate
            .iter()
            .map(|n| (n.code.clone(), n.name.clone()))
            .collect();
        let known: HashSet<&str> = files
            .country
            .iter()
            .map(|c| c.code.get_ref().as_str())
            .chain(nonstate.iter().map(|n| n.0.as_str()))
            .collect();
        let sectors: HashSet<&str> = files.sector.iter().map(|s| s.code.as_str()).collect();
        check_codes(&files, &known, &sectors, &mut errors);
        let countries: Vec<Country> = files
            .country
            .iter()
            .enumerate()
            .map(|(i, c)| country(i, c, &mut names))
            .collect();
        let mut bodies: Vec<Body> = Vec::new();
        for o in &files.organisation {
            add_body(o.name.get_ref(), &o.aliases, bodies.len(), false, &mut names);
            bodies.push(Body {
                name: o.name.get_ref().clone(),
                code: o.code.clone(),
                sector: o.sector.clone(),
                kind: o.kind.clone(),
                wikidata: o.wikidata.clone(),
            });
        }
        for g in &files.group {
            add_body(g.name.get_ref(), &g.aliases, bodies.len(), true, &mut names);
            bodies.push(Body {
                name: g.name.get_ref().clone(),
                code: g.code.clone(),
                sector: g.sector.clone(),
                kind: g.kind.clone(),
                wikidata: g.wikidata.clone(),
            });
        }
        let body_codes: HashMap<&str, &str> = files
            .organisation
            .iter()
            .flat_map(|o| {
                std::iter::once(o.name.get_ref())
                    .chain(&o.aliases)
                    .map(move |n| (n.as_str(), o.code.as_str()))
            })
            .chain(files.group.iter().flat_map(|g| {
                std::iter::once(g.name.get_ref())
                    .chain(&g.aliases)
                    .map(move |n| (n.as_str(), g.code.as_str()))
            }))
            .collect();
        let persons: Vec<Person> = files
            .person
            .iter()
            .enumerate()
            .map(|(i, p)| person(i, p, &body_codes, &mut names))
            .collect();
        let agents: Vec<Agent> = files
            .agent
            .iter()
            .enumerate()
            .map(|(i, a)| agent(i, a, &mut names))
            .collect();
        for (spelling, index) in &place_names {
            names.add(spelling, NameRef::Place(*index), Case::of_name(spelling));
        }
        let classes: HashMap<String, Vec<String>> = files
            .class
            .iter()
            .map(|c| (c.name.get_ref().clone(), c.words.clone()))
            .collect();
        let mut compiler = Compiler {
            files: &files,
            classes: &classes,
            origins: &origins,
            errors: &mut errors,
        };
        let patterns: Vec<Pattern> = files.pattern.iter().map(|p| compiler.pattern(p)).collect();
        let operators: Vec<Operator> = files.operator.iter().map(|o| compiler.operator(o)).collect();
        let learned: Vec<Pattern> = files.learned.iter().map(|l| compiler.learned(l)).collect();
        let mut cues = Cues::default();
        files.cue.iter().for_each(|c| compiler.cue(c, &mut cues));
        compiler.check_derivations();
        compiler.check_contexts(&sectors);
        let pattern_index = index(patterns.iter().map(|p| p.triggers.as_slice()));
        let operator_index = index(operators.iter().map(|o| o.triggers.as_slice()));
        let pattern_ids = patterns.iter().enumerate().map(|(i, p)| (p.id.clone(), i)).collect();
        let country_index = countries.iter().enumerate().map(|(i, c)| (c.code.clone(), i)).collect();
        let name = files
            .ontology
            .as_ref()
            .map_or("unnamed".to_owned(), |o| format!("{} {}", o.name, o.version));
        let items = countries
            .iter()
            .map(|c| (&c.name, &c.wikidata))
            .chain(bodies.iter().map(|b| (&b.name, &b.wikidata)))
            .filter_map(|(name, item)| Some((name.clone(), item.clone()?)))
            .collect();
        let nouns = super::nouns::Nouns::of(&classes, &persons);
        let ontology = Ontology {
            name,
            nouns,
            items,
            events: files.event,
            modes: files.mode,
            context_words: ContextWords::of(&files.context),
            contexts: files.context,
            sectors: files.sector,
            nonstate,
            cameo: files.cameo.into_iter().map(|c| (c.code.clone(), c)).collect(),
            countries,
            persons,
            bodies,
            agents,
            places,
            gazetteer: attache_gazetteer::Gazetteer::bundled(),
            names,
            patterns,
            operators,
            learned,
            belief: files.second_reader.unwrap_or_default(),
            derive: files.derive,
            confidence: files.confidence.map(Spanned::into_inner).unwrap_or_default(),
            cues,
            classes,
            pattern_index,
            operator_index,
            country_index,
            pattern_ids,
        };
        (ontology, errors)
    }
}

fn check_codes(files: &File, known: &HashSet<&str>, sectors: &HashSet<&str>, errors: &mut Vec<OntologyError>) {
    let mut check = |what: &str, code: &str| {
        if !code.is_empty() && !known.contains(code) {
            let message = format!("`{what}` has the unknown code `{code}`");
            let hint =
                Some("use an ISO 3166-1 alpha-3 code of actors/countries.toml or a code under [[nonstate]]".to_owned());
            errors.push(OntologyError {
                path: "actors".into(),
                line: 0,
                message,
                hint,
            });
        }
    };
    files.organisation.iter().for_each(|o| check(o.name.get_ref(), &o.code));
    files.group.iter().for_each(|g| check(g.name.get_ref(), &g.code));
    for person in &files.person {
        person
            .offices
            .iter()
            .for_each(|o| check(person.name.get_ref(), o.country.as_deref().unwrap_or("")));
    }
    let mut check_sectors = |what: &str, list: &[String]| {
        for sector in list.iter().filter(|s| !sectors.contains(s.as_str())) {
            let message = format!("`{what}` has the unknown sector `{sector}`");
            let hint = Some("sectors are listed under [[sector]] in ontology/plover.toml".to_owned());
            errors.push(OntologyError {
                path: "actors".into(),
                line: 0,
                message,
                hint,
            });
        }
    };
    files
        .organisation
        .iter()
        .for_each(|o| check_sectors(o.name.get_ref(), &o.sector));
    files
        .group
        .iter()
        .for_each(|g| check_sectors(g.name.get_ref(), &g.sector));
    files
        .agent
        .iter()
        .for_each(|a| check_sectors(a.noun.get_ref(), &a.sector));
    for person in &files.person {
        person
            .offices
            .iter()
            .for_each(|o| check_sectors(person.name.get_ref(), &o.sector));
    }
}

fn country(index: usize, c: &schema::Country, names: &mut Names) -> Country {
    let mut add = |name: &str, what: NameRef| names.add(name, what, Case::of_name(name));
    add(&c.name, NameRef::Country(index));
    c.names.iter().for_each(|n| add(n, NameRef::Country(index)));
    c.adjectives.iter().for_each(|n| add(n, NameRef::Adjective(index)));
    c.inhabitants.iter().for_each(|n| add(n, NameRef::Inhabitant(index)));
    add(&c.capital, NameRef::Capital(index));
    c.capital_names.iter().for_each(|n| add(n, NameRef::Capital(index)));
    c.regions.iter().for_each(|n| add(n, NameRef::Region(index)));
    for f in &c.former {
        add(&f.name, NameRef::Country(index));
        f.names.iter().for_each(|n| add(n, NameRef::Country(index)));
        f.adjectives.iter().for_each(|n| add(n, NameRef::Adjective(index)));
        f.inhabitants.iter().for_each(|n| add(n, NameRef::Inhabitant(index)));
        f.capital.iter().for_each(|n| add(n, NameRef::Capital(index)));
    }
    for (s, seat) in c.seats.iter().enumerate() {
        add(&seat.name, NameRef::Seat(index, s));
    }
    Country {
        code: c.code.get_ref().clone(),
        name: c.name.clone(),
        seats: c.seats.iter().map(|s| (s.name.clone(), s.sector.clone())).collect(),
        described: c.described.iter().map(|d| d.to_lowercase()).collect(),
        sector: c.sector.clone(),
        wikidata: c.wikidata.clone(),
    }
}

fn add_body(name: &str, aliases: &[String], index: usize, group: bool, names: &mut Names) {
    for name in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
        let what = if group {
            NameRef::Group(index)
        } else {
            NameRef::Organisation(index)
        };
        names.add(name, what, Case::of_name(name));
    }
}

fn person(index: usize, p: &schema::Person, bodies: &HashMap<&str, &str>, names: &mut Names) -> Person {
    for name in std::iter::once(p.name.get_ref()).chain(&p.aliases) {
        names.add(name, NameRef::Person(index), Case::of_name(name));
    }
    p.short
        .iter()
        .for_each(|n| names.add(n, NameRef::PersonShort(index), Case::of_name(n)));
    let office = |o: &schema::Office| Office {
        title: o.title.clone(),
        code: o.country.clone().or_else(|| {
            let body = o.organisation.as_deref()?;
            Some(bodies.get(body).copied().unwrap_or("IGO").to_owned())
        }),
        sector: o.sector.clone(),
        from: o.from.as_deref().and_then(|d| day(d, false)),
        to: o.to.as_deref().and_then(|d| day(d, true)),
    };
    Person {
        name: p.name.get_ref().clone(),
        gender: p.gender.as_deref().and_then(|g| g.chars().next()),
        born: p.born.clone(),
        wikidata: p.wikidata.clone(),
        offices: p.offices.iter().map(office).collect(),
    }
}

fn agent(index: usize, a: &schema::Agent, names: &mut Names) -> Agent {
    let noun = a.noun.get_ref();
    for noun in std::iter::once(noun).chain(&a.also) {
        names.add(noun, NameRef::Agent(index), Case::Any);
        names.add(&plural(noun), NameRef::Agent(index), Case::Any);
    }
    a.plural
        .iter()
        .for_each(|p| names.add(p, NameRef::Agent(index), Case::Any));
    Agent {
        noun: noun.clone(),
        sector: a.sector.clone(),
        kind: a.kind,
        domestic: a.domestic,
    }
}

/// The regular plural of a role noun; the first word takes it in "minister of …".
fn plural(noun: &str) -> String {
    let (head, rest) = match [" of ", " for ", " to ", " in "]
        .iter()
        .filter_map(|p| noun.find(p))
        .min()
    {
        Some(at) => noun.split_at(at),
        None => (noun, ""),
    };
    let vowel_before = |n: usize| head.chars().rev().nth(n).is_some_and(|c| "aeiou".contains(c));
    let plural = if head.ends_with('s') || head.ends_with("sh") || head.ends_with("ch") || head.ends_with('x') {
        format!("{head}es")
    } else if head.ends_with('y') && !vowel_before(1) {
        format!("{}ies", &head[..head.len() - 1])
    } else if head.ends_with("man") {
        format!("{}en", &head[..head.len() - 2])
    } else {
        format!("{head}s")
    };
    plural + rest
}

/// A date as the data files write it: the first (or last) day of a year, a month, or the day itself.
pub(crate) fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.trim().split('-');
    let year = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(match (month, day, last) {
        (None, _, true) => first.last_of_year(),
        (Some(_), None, true) => first.last_of_month(),
        _ => first,
    })
}

struct Compiler<'a> {
    files: &'a File,
    classes: &'a HashMap<String, Vec<String>>,
    origins: &'a HashMap<String, (String, usize)>,
    errors: &'a mut Vec<OntologyError>,
}

impl Compiler<'_> {
    fn error(&mut self, id: &str, message: String, hint: Option<&str>) {
        let (path, line) = self.origins.get(id).cloned().unwrap_or_default();
        self.errors.push(OntologyError {
            path,
            line,
            message: format!("`{id}`: {message}"),
            hint: hint.map(str::to_owned),
        });
    }

    fn words(&mut self, id: &str, words: &[String]) -> HashSet<String> {
        let mut all = HashSet::new();
        for word in words {
            match word.strip_prefix('@') {
                None => {
                    all.insert(word.clone());
                }
                Some(class) => match self.classes.get(class) {
                    Some(words) => all.extend(words.iter().cloned()),
                    None => self.error(
                        id,
                        format!("the class `@{class}` is not known"),
                        Some("declare it as [[class]]"),
                    ),
                },
            }
        }
        all
    }

    fn triggers(&mut self, id: &str, verb: &[String], noun: &[String], adj: &[String]) -> Vec<Trigger> {
        let mut triggers = Vec::new();
        for (kind, words) in [
            (TriggerKind::Verb, verb),
            (TriggerKind::Noun, noun),
            (TriggerKind::Adj, adj),
        ] {
            let mut words: Vec<String> = self.words(id, words).into_iter().collect();
            words.sort();
            for word in words {
                let (lemma, second) = match (kind, word.split_once(' ')) {
                    (_, None) => (word.clone(), None),
                    (TriggerKind::Noun, Some((modifier, noun))) => (noun.to_owned(), Some(modifier.to_owned())),
                    (_, Some((verb, particle))) => (verb.to_owned(), Some(particle.to_owned())),
                };
                triggers.push(Trigger { kind, lemma, second });
            }
        }
        if triggers.is_empty() {
            self.error(id, "has no trigger".into(), Some("give it `verb`, `noun` or `adj`"));
        }
        triggers
    }

    fn check_contexts(&mut self, sectors: &HashSet<&str>) {
        for named in &self.files.context {
            let sector = named.sectors.iter().find(|s| !sectors.contains(s.as_str()));
            let event = named.events.iter().find(|e| {
                let (event, mode) = e.split_once('/').unwrap_or((e, ""));
                let known = self.files.event.iter().any(|t| t.code == event);
                !known || !mode.is_empty() && !self.files.mode.iter().any(|m| m.event == event && m.mode == mode)
            });
            let fault = context::fault(named)
                .or_else(|| sector.map(|s| format!("the sector `{s}` is not known")))
                .or_else(|| event.map(|e| format!("the event `{e}` is not known")));
            if let Some(message) = fault {
                self.errors.push(OntologyError {
                    path: "ontology/plover.toml".into(),
                    line: 0,
                    message: format!("context `{}`: {message}", named.name),
                    hint: Some("`words`, `hints` and `unless` are lists of lemmas in small letters".into()),
                });
            }
        }
    }

    fn cue(&mut self, c: &schema::Cue, cues: &mut Cues) {
        let id = c.id.get_ref().as_str();
        let words = Words {
            verb: &c.verb,
            noun: &c.noun,
            adj: &c.adj,
            adverb: &c.adverb,
            phrase: &c.phrase,
        };
        let none = [words.verb, words.noun, words.adj, words.adverb, words.phrase]
            .iter()
            .all(|w| w.is_empty());
        if none || c.content.is_empty() {
            let hint = "give it `verb`, `noun`, `adj`, `adverb` or `phrase`, and `content`";
            self.error(id, "has no words or no content".into(), Some(hint));
        }
        let cue = Cue {
            force: c.force,
            content: c.content.clone(),
            addressee: c.addressee.clone(),
            source: self.words(id, &c.source),
        };
        cues.add(cue, words);
    }

    fn paths(&mut self, id: &str, paths: &[String]) -> Vec<Path> {
        let mut all = Vec::new();
        for path in paths {
            match Path::parse(path) {
                Some(path) => all.push(path),
                None => self.error(
                    id,
                    format!("`{path}` is no path"),
                    Some("docs/patterns.md lists the paths"),
                ),
            }
        }
        all
    }

    fn examples(&mut self, id: &str, lines: &[String]) -> Vec<Example> {
        let mut all = Vec::new();
        for line in lines {
            match Example::parse(line) {
                Ok(example) => all.push(example),
                Err(message) => self.error(id, message, None),
            }
        }
        all
    }

    fn check_event(&mut self, id: &str, event: &str, mode: &str, cameo: &str) {
        if !self.files.event.iter().any(|e| e.code == event) {
            self.error(
                id,
                format!("the event type `{event}` is not known"),
                Some("types are listed in ontology/plover.toml"),
            );
        }
        if !mode.is_empty() && !self.files.mode.iter().any(|m| m.event == event && m.mode == mode) {
            let modes: Vec<&str> = self
                .files
                .mode
                .iter()
                .filter(|m| m.event == event)
                .map(|m| m.mode.as_str())
                .collect();
            self.error(
                id,
                format!("{event} has no mode `{mode}`; it has {}", modes.join(", ")),
                None,
            );
        }
        if !self.files.cameo.iter().any(|c| c.code == cameo) {
            self.error(
                id,
                format!("the CAMEO code `{cameo}` is not known"),
                Some("codes are listed in ontology/cameo.toml"),
            );
        }
    }

    fn pattern(&mut self, p: &schema::Pattern) -> Pattern {
        let id = p.id.get_ref().as_str();
        self.check_event(id, &p.event, &p.mode, &p.cameo);
        if p.examples.is_empty() {
            self.error(
                id,
                "carries no example".into(),
                Some("a rule earns its place by the sentences that it reads right"),
            );
        }
        let default_actor: &[&str] = if p.verb.is_empty() && p.adj.is_empty() {
            &["subj", "poss", "mod", "by", "of"]
        } else {
            &["subj"]
        };
        let actor = p
            .actor
            .clone()
            .unwrap_or_else(|| default_actor.iter().map(|s| (*s).to_owned()).collect());
        let prep: BTreeMap<String, Vec<String>> = p.prep.clone();
        Pattern {
            id: id.to_owned(),
            origin: self.origins.get(id).cloned().unwrap_or_default(),
            event: p.event.clone(),
            mode: p.mode.clone(),
            cameo: p.cameo.clone(),
            triggers: self.triggers(id, &p.verb, &p.noun, &p.adj),
            obj: self.words(id, &p.obj),
            not_obj: self.words(id, &p.not_obj),
            comp: self.words(id, &p.comp),
            prep: prep
                .into_iter()
                .map(|(prep, words)| (prep, self.words(id, &words)))
                .collect(),
            actor: self.paths(id, &actor),
            recipient: self.paths(id, p.recipient.as_deref().unwrap_or(&[])),
            unnamed: p.unnamed.clone(),
            doer: None,
            nameless: p.nameless.clone(),
            joint: p.joint,
            needs_recipient: p.needs.iter().any(|n| n == "recipient"),
            actor_sector: p.actor_sector.clone(),
            recipient_sector: p.recipient_sector.clone(),
            status: p.status,
            context: p.context.clone(),
            weight: p.weight.unwrap_or(0.8),
            examples: self.examples(id, &p.examples),
            counter: p.counter.clone(),
        }
    }

    /// A row for the second reader: a pattern without triggers, whose weight is the probability that it asks for.
    fn learned(&mut self, l: &schema::Learned) -> Pattern {
        let id = l.id();
        self.check_event(&id, l.event.get_ref(), &l.mode, &l.cameo);
        Pattern {
            origin: self.origins.get(&id).cloned().unwrap_or_default(),
            event: l.event.get_ref().clone(),
            mode: l.mode.clone(),
            cameo: l.cameo.clone(),
            triggers: Vec::new(),
            obj: HashSet::new(),
            not_obj: HashSet::new(),
            comp: HashSet::new(),
            prep: Vec::new(),
            actor: self.paths(&id, &l.actor),
            recipient: self.paths(&id, &l.recipient),
            unnamed: l.unnamed.clone(),
            doer: l.doer,
            nameless: l.nameless.clone(),
            joint: l.joint,
            needs_recipient: l.needs.iter().any(|n| n == "recipient"),
            actor_sector: Vec::new(),
            recipient_sector: Vec::new(),
            status: None,
            context: Vec::new(),
            weight: l
                .sure
                .unwrap_or_else(|| self.files.second_reader.unwrap_or_default().sure),
            examples: Vec::new(),
            counter: Vec::new(),
            id,
        }
    }

    fn operator(&mut self, o: &schema::Operator) -> Operator {
        let id = o.id.get_ref().as_str();
        if o.examples.is_empty() {
            self.error(
                id,
                "carries no example".into(),
                Some("a rule earns its place by the sentences that it reads right"),
            );
        }
        Operator {
            id: id.to_owned(),
            origin: self.origins.get(id).cloned().unwrap_or_default(),
            effect: o.effect,
            triggers: self.triggers(id, &o.verb, &o.noun, &o.adj),
            content: o.content.clone(),
            recipient: self.paths(id, &o.recipient),
            object_control: o.object_control,
            bare: o.bare,
            needs_recipient: o.needs.iter().any(|n| n == "recipient"),
            examples: self.examples(id, &o.examples),
            counter: o.counter.clone(),
        }
    }

    fn check_derivations(&mut self) {
        for d in &self.files.derive {
            self.check_event(d.event.get_ref(), d.event.get_ref(), &d.mode, &d.cameo);
        }
    }
}

fn index<'a>(lists: impl Iterator<Item = &'a [Trigger]>) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, triggers) in lists.enumerate() {
        for trigger in triggers {
            let shortened = trigger.lemma.strip_suffix('e').map(str::to_owned);
            for lemma in [Some(trigger.lemma.clone()), shortened].into_iter().flatten() {
                let list = index.entry(lemma).or_default();
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
        }
    }
    index
}
