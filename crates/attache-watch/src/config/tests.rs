use super::*;

fn read(text: &str) -> Result<Config, Vec<ConfigError>> {
    Config::parse(text, Path::new("feeds.toml"))
}

fn faults(text: &str) -> Vec<(usize, String)> {
    let faults = read(text).expect_err("faults");
    faults.into_iter().map(|fault| (fault.line, fault.message)).collect()
}

#[test]
fn the_example_is_sound_and_shows_every_setting() {
    let config = read(EXAMPLE).expect("sound");
    assert_eq!(config.feeds.len(), 3);
    assert!(config.user_agent.starts_with("attache/") && config.user_agent.ends_with("(+mailto:you@example.org)"));
    assert_eq!(config.token, "attache");
    let settings = [
        "contact",
        "user_agent",
        "output",
        "every",
        "delay",
        "timeout",
        "retry",
        "tries",
        "jobs",
        "max_bytes",
        "file_bytes",
        "allow",
        "name",
        "url",
        "publisher",
        "language",
        "max_age",
        "articles",
        "robots",
    ];
    for setting in settings {
        assert!(EXAMPLE.contains(&format!("{setting} = ")), "{setting}");
    }
}

#[test]
fn settings_of_a_feed_win() {
    let config = read(
        "contact = \"a@b.example\"\nevery = \"2h\"\nuser_agent = \"our-bot/2\"\n[[feed]]\nurl = \"https://a.example/feed/\"\n\
         [[feed]]\nname = \"b\"\nurl = \"http://127.0.0.1:99/\"\nallow = [\"127.0.0.1\"]\nevery = \"90s\"\nmax_age = \"7d\"\narticles = \"feed\"",
    )
    .expect("sound");
    let [a, b] = config.feeds.as_slice() else {
        panic!("two feeds")
    };
    assert_eq!(
        (a.name.as_str(), a.every, a.fetch, a.max_age),
        ("a.example/feed", Duration::from_secs(7200), true, None)
    );
    assert_eq!(
        (b.every, b.fetch, b.max_age),
        (Duration::from_secs(90), false, Some(Duration::from_secs(7 * 86_400)))
    );
    assert!(config.allows(&b.url, Some(b)) && !config.allows(&b.url, Some(a)) && !config.allows(&b.url, None));
    assert_eq!(
        (config.user_agent.as_str(), config.token.as_str()),
        ("our-bot/2 (+a@b.example)", "our-bot")
    );
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = "contact = \"nobody\"\ndelay = \"2 parsecs\"\njobs = 0\nallow = [\"http://a\"]\n[[feed]]\nurl = \"news\"\n\
                [[feed]]\nurl = \"http://10.0.0.1/\"\narticles = \"all\"\n[[feed]]\nurl = \"https://a.example/\"\n[[feed]]\nurl = \"https://a.example\"\n";
    let lines: Vec<usize> = faults(text).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 6, 8, 9, 12]);
}

#[test]
fn what_is_missing_or_not_known_is_told() {
    assert_eq!(faults("").len(), 2);
    let (line, message) = faults("contact = \"a@b.example\"\nspeed = 9\n").remove(0);
    assert_eq!(line, 2);
    assert!(message.contains("unknown field `speed`"), "{message}");
    assert_eq!(faults("contact = \"a@b.example\"\njobs = 1 2\n")[0].0, 2);
    assert_eq!(faults("contact = \"a@b.example\"\njobs = \"many\"\n")[0].0, 2);
    let shown = read("contact = \"a@b.example\"").expect_err("no feed")[0].to_string();
    assert!(shown.starts_with("feeds.toml: no feed in it\n  hint: "), "{shown}");
}
