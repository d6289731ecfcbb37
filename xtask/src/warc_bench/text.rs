//! Articles of no sense and of the right shape: our own labelled sentences, with other words, names and numbers put in.

use std::error::Error;
use std::fs;

use attache_tests::{files, root, wire::Dice};

/// Words of a hundred that are exchanged, so that no two articles share a sentence word for word.
const EXCHANGED: usize = 25;

/// Where sentences and words come from.
pub struct Source {
    sentences: Vec<Vec<String>>,
    words: Vec<String>,
    names: Vec<String>,
}

/// An article before it becomes a page.
#[derive(Debug, Clone)]
pub struct Article {
    /// Headline.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// ISO 639-1.
    pub language: &'static str,
}

impl Source {
    /// Reads `training/labelled/`.
    ///
    /// # Errors
    /// Where it is missing.
    pub fn english() -> Result<Self, Box<dyn Error>> {
        let mut texts = Vec::new();
        for path in files(&root().join("training/labelled"))? {
            let text = fs::read_to_string(path)?;
            let lines = text.lines().filter(|line| !line.starts_with('#') && line.contains(' '));
            texts.extend(lines.map(|line| line.split(" => ").next().unwrap_or(line).to_owned()));
        }
        Ok(Source::of(texts.iter().map(String::as_str)))
    }

    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let sentences: Vec<Vec<String>> = texts.map(split).filter(|s: &Vec<String>| s.len() > 5).collect();
        let inner = || sentences.iter().flat_map(|sentence| &sentence[1..]);
        let mut words: Vec<String> = inner().filter(|w| is_plain(w)).cloned().collect();
        let mut names: Vec<String> = inner().filter(|w| is_name(w)).cloned().collect();
        for pool in [&mut words, &mut names] {
            pool.sort();
            pool.dedup();
        }
        Source {
            sentences,
            words,
            names,
        }
    }

    /// An article of 4 to 20 paragraphs.
    pub fn article(&self, dice: &mut Dice, language: &'static str) -> Article {
        let number = 4 + dice.throw(9) + dice.throw(9);
        let paragraph = |dice: &mut Dice| {
            let number = 1 + dice.throw(4);
            let sentences: Vec<String> = (0..number).map(|_| self.sentence(dice)).collect();
            sentences.join(" ")
        };
        let title = self.sentence(dice);
        let title: Vec<&str> = title.split_whitespace().take(9).collect();
        Article {
            title: title.join(" ").trim_end_matches(['.', ',', '"', '”']).to_owned(),
            paragraphs: (0..number).map(|_| paragraph(dice)).collect(),
            language,
        }
    }

    /// A paragraph that another outlet adds.
    pub fn sentence(&self, dice: &mut Dice) -> String {
        let sentence = dice.pick(&self.sentences).clone();
        let last = sentence.len() - 1;
        let mut words = Vec::with_capacity(sentence.len());
        for (at, word) in sentence.iter().enumerate() {
            let moved = at > 0 && at < last && dice.throw(100) < EXCHANGED;
            words.push(match moved {
                true if is_plain(word) => dice.pick(&self.words).clone(),
                true if is_name(word) && !self.names.is_empty() => dice.pick(&self.names).clone(),
                true if word.bytes().all(|b| b.is_ascii_digit()) => (2 + dice.throw(900)).to_string(),
                _ => word.clone(),
            });
        }
        words.join(" ")
    }
}

fn is_plain(word: &str) -> bool {
    word.chars().count() > 4 && word.chars().all(char::is_lowercase)
}

fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && word.len() > 3 && chars.all(char::is_lowercase)
}

/// Sources of other languages, in our own words.
pub fn foreign() -> Vec<(&'static str, Source)> {
    FOREIGN
        .iter()
        .map(|(language, text)| (*language, Source::of(text.lines())))
        .collect()
}

const FOREIGN: &[(&str, &str)] = &[
    (
        "de",
        "Die Regierung hat am Mittwoch beschlossen, die Gespräche mit dem Nachbarland im Herbst wieder aufzunehmen.
Der Außenminister sagte vor Journalisten, man habe lange genug gewartet und wolle nun eine Antwort hören.
In der Hauptstadt gingen mehrere tausend Menschen auf die Straße, um gegen die höheren Preise zu protestieren.
Die Opposition nannte den Entwurf einen Fehler und kündigte an, vor dem Gericht dagegen zu klagen.
Nach Angaben der Behörden wurde bei dem Unfall niemand verletzt, die Brücke bleibt aber bis Montag gesperrt.
Beide Seiten vereinbarten, Gefangene auszutauschen und die Grenze für Lastwagen wieder zu öffnen.",
    ),
    (
        "fr",
        "Le gouvernement a décidé mercredi de reprendre à l'automne les discussions avec le pays voisin.
Le ministre des affaires étrangères a déclaré que son pays attendait depuis longtemps une réponse claire.
Plusieurs milliers de personnes ont manifesté dans la capitale contre la hausse des prix et des loyers.
L'opposition a dénoncé un projet qui, selon elle, met en danger les libertés des communes et des régions.
Les deux parties sont convenues d'échanger leurs prisonniers et de rouvrir la frontière aux camions.
Selon les autorités, personne n'a été blessé, mais le pont restera fermé jusqu'à lundi matin.",
    ),
    (
        "es",
        "El gobierno decidió el miércoles reanudar en otoño las conversaciones con el país vecino.
El ministro de exteriores declaró que su país llevaba demasiado tiempo esperando una respuesta clara.
Miles de personas salieron a las calles de la capital para protestar contra la subida de los precios.
La oposición calificó el proyecto de error y anunció que acudiría a los tribunales para impedirlo.
Ambas partes acordaron intercambiar prisioneros y abrir de nuevo la frontera a los camiones.
Según las autoridades no hubo heridos, aunque el puente seguirá cerrado hasta el lunes por la mañana.",
    ),
    (
        "ru",
        "Правительство решило в среду возобновить осенью переговоры с соседней страной о границе.
Министр иностранных дел заявил журналистам, что страна слишком долго ждала ясного ответа.
Тысячи людей вышли на улицы столицы, чтобы выразить протест против повышения цен на хлеб.
Оппозиция назвала проект закона ошибкой и сообщила, что обратится в конституционный суд.
Стороны договорились обменять пленных и снова открыть границу для грузовых автомобилей.
По данным властей, никто не пострадал, однако мост останется закрытым до понедельника.",
    ),
];
