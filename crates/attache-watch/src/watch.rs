//! The round: what is due is asked, what comes back is stored.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, Scope};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::address::site;
use crate::agenda::{Agenda, Errand, Task};
use crate::config::{Config, FeedConfig};
use crate::fetch::{Answer, Failure, Fetcher, Request, Validators};
use crate::note::Note;
use crate::output::{self, OutputError};
use crate::politeness::{Moment, back_off, millis, now};
use crate::robots::{self, Robots};
use crate::store::{Recalled, RobotsRow, Source, Store, StoreError, Waiting};

/// Redirects that are followed for one page.
const MAX_HOPS: usize = 5;

/// Longest wait after failures of an article or a host.
const LONGEST: Duration = Duration::from_secs(6 * 3600);

/// How long a `robots.txt` is good.
const ROBOTS_FRESH: Duration = Duration::from_secs(24 * 3600);

/// Shortest time between two requests to a host that is not allowed by name.
const SHORTEST_DELAY: Duration = Duration::from_secs(1);

/// How long to watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One round: every feed that is not in trouble is polled, whatever is new is fetched.
    Once,
    /// Until the process is ended.
    Forever,
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Feeds that answered.
    pub polled: usize,
    /// Feeds that did not.
    pub failed: usize,
    /// Articles not known before.
    pub found: usize,
    /// Documents made.
    pub kept: usize,
    /// Articles left out.
    pub skipped: usize,
    /// Attempts that failed and will be made again.
    pub put_off: usize,
}

/// Why watching cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// Another process is at it.
    #[error("{}: another attache watches into this folder", .0.display())]
    Locked(PathBuf),
    /// The folder cannot be used.
    #[error("{}: {error}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// How.
        error: io::Error,
    },
    /// The state cannot be used.
    #[error("{}: {error}", path.display())]
    State {
        /// Which.
        path: PathBuf,
        /// How.
        error: StoreError,
    },
    /// The state failed while watching.
    #[error("the state: {0}")]
    Store(#[from] StoreError),
    /// Documents cannot be written.
    #[error("{0}")]
    Output(#[from] OutputError),
}

/// The state of a folder.
pub fn state_path(folder: &Path) -> PathBuf {
    folder.join("state.sqlite")
}

/// Watches the feeds; documents and state go into `folder`, and `tell` is told what happens. The process may be ended at any
/// instant.
///
/// # Errors
/// Where the folder is in use, or cannot be read or written.
pub fn watch(config: &Config, folder: &Path, mode: Mode, tell: &mut dyn FnMut(&Note)) -> Result<Totals, WatchError> {
    let _lock = lock(folder)?;
    let path = state_path(folder);
    let store = Store::open(&path).map_err(|error| WatchError::State { path, error })?;
    let mut watcher = Watcher {
        config,
        folder,
        mode,
        store,
        fetcher: Fetcher::new(&config.user_agent, config.timeout),
        agenda: Agenda::default(),
        sources: HashMap::new(),
        articles: HashMap::new(),
        robots: HashMap::new(),
        parked: HashMap::new(),
        tell,
        totals: Totals::default(),
    };
    watcher.start()?;
    watcher.run()?;
    Ok(watcher.totals)
}

/// The folder for this process alone, until the file is closed.
fn lock(folder: &Path) -> Result<File, WatchError> {
    let failed = |error| WatchError::Folder {
        path: folder.to_owned(),
        error,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let file = File::create(folder.join("lock")).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WatchError::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// What a site asks of us, until when.
struct Verdict {
    until: Moment,
    /// `None` where it could not be read, and nothing may be asked.
    rules: Option<Robots>,
}

/// A request that ended.
struct Done {
    errand: Errand,
    answer: Result<Answer, Failure>,
}

pub struct Watcher<'a> {
    pub config: &'a Config,
    pub folder: &'a Path,
    pub mode: Mode,
    pub store: Store,
    fetcher: Fetcher,
    pub agenda: Agenda,
    pub sources: HashMap<i64, Source>,
    pub articles: HashMap<i64, Waiting>,
    robots: HashMap<String, Verdict>,
    /// What waits for the `robots.txt` of an origin that is being asked for.
    parked: HashMap<String, Vec<Errand>>,
    tell: &'a mut dyn FnMut(&Note),
    pub totals: Totals,
}

impl<'a> Watcher<'a> {
    /// Takes up what an earlier run left: first of all the lines that may not be in their files.
    fn start(&mut self) -> Result<(), WatchError> {
        self.write()?;
        for host in self.store.recalled()? {
            self.agenda
                .recall(&host.site, host.free_at, host.held_until, host.failures);
        }
        let config = self.config;
        let now = now();
        for feed in &config.feeds {
            let source = self.store.source(&feed.name, feed.url.as_str(), now)?;
            let children = self.store.children(&feed.name)?;
            for source in [source].into_iter().chain(children) {
                self.plan_poll(source, now);
            }
        }
        for article in self.store.waiting()? {
            self.plan_article(article)?;
        }
        Ok(())
    }

    /// Puts a feed on the agenda; a round of its own asks every feed that is not in trouble.
    pub fn plan_poll(&mut self, source: Source, now: Moment) {
        let early = self.mode == Mode::Once && source.failures == 0;
        let due = if early { now } else { source.due };
        // Where `every` has become shorter since.
        let every = self.config.feed(&source.feed).map_or(Duration::ZERO, |feed| feed.every);
        let due = match source.failures {
            0 => due.min(now + millis(every)),
            _ => due,
        };
        if let Ok(url) = Url::parse(&source.url) {
            self.agenda.add(errand(Task::Poll(source.id), url, &source.feed), due);
        }
        self.sources.insert(source.id, source);
    }

    /// Puts an article on the agenda, or takes its text from the feed. Those of feeds that are watched no longer rest.
    pub fn plan_article(&mut self, article: Waiting) -> Result<(), WatchError> {
        if self.config.feed(&article.feed).is_none() {
            return Ok(());
        }
        let url = article
            .url
            .as_deref()
            .filter(|_| !article.local)
            .and_then(|url| Url::parse(url).ok());
        let (id, due, feed) = (article.id, article.due, article.feed.clone());
        self.articles.insert(id, article);
        match url {
            Some(url) => self.agenda.add(errand(Task::Article(id), url, &feed), due),
            None => self.keep_text_of_feed(id, None)?,
        }
        Ok(())
    }

    fn run(&mut self) -> Result<(), WatchError> {
        thread::scope(|scope| {
            let (sender, results) = mpsc::channel();
            let mut flying = 0;
            loop {
                while flying < self.config.jobs
                    && let Some((errand, request)) = self.next()?
                {
                    send(scope, self.fetcher.clone(), errand, request, sender.clone());
                    flying += 1;
                }
                let wake = self.agenda.wake(now(), self.mode == Mode::Once);
                if flying == 0 && wake.is_none() {
                    return Ok(());
                }
                if let Some(done) = wait(&results, flying, wake.filter(|_| flying < self.config.jobs)) {
                    flying -= 1;
                    self.done(done)?;
                    self.write()?;
                }
            }
        })
    }

    /// The next request, if one may be made now.
    fn next(&mut self) -> Result<Option<(Errand, Request)>, WatchError> {
        while let Some(errand) = self.agenda.next(now()) {
            let site = site(&errand.url);
            if let Some(request) = self.ready(&errand)? {
                return Ok(Some((errand, request)));
            }
            // Nothing was asked: its host owes no delay.
            self.agenda.done(&site, 0);
        }
        Ok(None)
    }

    /// The request for an errand, unless it is refused, done with, or has to wait for the `robots.txt`.
    fn ready(&mut self, errand: &Errand) -> Result<Option<Request>, WatchError> {
        let config = self.config;
        if let Task::Article(id) = errand.task
            && !self.store.is_waiting(id)?
        {
            self.articles.remove(&id);
            return Ok(None);
        }
        let Some(feed) = config.feed(&errand.feed) else {
            return Ok(None);
        };
        if let Err(why) = config.check(&errand.url, Some(feed)) {
            self.lasting(errand, why)?;
            return Ok(None);
        }
        if self.asks_robots(errand, feed) && !self.may_ask(errand)? {
            return Ok(None);
        }
        let (accept, known, cut) = match &errand.task {
            Task::Poll(id) => (
                ACCEPT_FEED,
                self.sources.get(id).map(|source| source.known.clone()),
                false,
            ),
            Task::Article(_) => (ACCEPT_PAGE, None, false),
            Task::Robots(_) => ("text/plain, */*;q=0.1", None, true),
        };
        Ok(Some(Request {
            url: errand.url.clone(),
            accept,
            known: known.unwrap_or_else(Validators::default),
            max_bytes: if cut { robots::MAX_BYTES } else { config.max_bytes },
            cut,
            allowed: config.allows(&errand.url, Some(feed)),
        }))
    }

    fn asks_robots(&self, errand: &Errand, feed: &FeedConfig) -> bool {
        match errand.task {
            Task::Robots(_) => false,
            Task::Article(_) => true,
            Task::Poll(id) => feed.robots || self.sources.get(&id).is_some_and(|source| source.child),
        }
    }

    /// Whether the `robots.txt` lets the errand through now. Where it is not known yet, it is asked for first.
    fn may_ask(&mut self, errand: &Errand) -> Result<bool, WatchError> {
        let origin = errand.url.origin().ascii_serialization();
        let now = now();
        self.recall_robots(&origin)?;
        match self
            .robots
            .get(&origin)
            .filter(|verdict| errand.waited || verdict.until > now)
        {
            None => {
                let parked = self.parked.entry(origin.clone()).or_default();
                parked.push(errand.clone());
                if parked.len() == 1
                    && let Ok(url) = Url::parse(&format!("{origin}/robots.txt"))
                {
                    self.agenda
                        .add(self::errand(Task::Robots(origin), url, &errand.feed), 0);
                }
                Ok(false)
            }
            Some(Verdict { rules: None, until }) => {
                let until = *until;
                self.wait_for_robots(errand, until)?;
                Ok(false)
            }
            Some(Verdict { rules: Some(rules), .. }) => {
                let allowed = rules.allows(&errand.url[url::Position::BeforePath..url::Position::AfterQuery]);
                if !allowed {
                    self.lasting(errand, format!("its robots.txt forbids {:?}", self.config.token))?;
                }
                Ok(allowed)
            }
        }
    }

    fn recall_robots(&mut self, origin: &str) -> Result<(), WatchError> {
        if !self.robots.contains_key(origin)
            && let Some(row) = self.store.robots(origin)?
        {
            self.robots.insert(origin.to_owned(), verdict(&row, &self.config.token));
        }
        Ok(())
    }

    /// What came back.
    fn done(&mut self, done: Done) -> Result<(), WatchError> {
        let Done { errand, answer } = done;
        let site = site(&errand.url);
        self.settle(&errand, &site, &answer)?;
        match answer {
            Ok(Answer::Redirect { to, lasting }) => self.redirected(errand, &to, lasting),
            answer => match errand.task.clone() {
                Task::Poll(id) => self.polled(id, &errand, answer),
                Task::Article(id) => self.fetched(id, &errand, answer),
                Task::Robots(origin) => self.robots_read(origin, answer),
            },
        }
    }

    /// The host is free after its delay, and held where it is in trouble.
    fn settle(&mut self, errand: &Errand, site: &str, answer: &Result<Answer, Failure>) -> Result<(), WatchError> {
        let now = now();
        let delay = self.delay(&errand.url, &errand.feed);
        self.agenda.done(site, now + millis(delay));
        let before = self.agenda.memory(site);
        let trouble = match answer {
            Err(Failure::Host(_)) => Some(None),
            Ok(Answer::Status {
                code: 429 | 503,
                retry_after,
            }) => Some(*retry_after),
            Ok(_) => None,
            // What is wrong with one page says nothing about its host.
            Err(_) => return Ok(()),
        };
        match trouble {
            Some(wanted) => {
                let failures = self.agenda.failed(site);
                let wait = wanted.unwrap_or_else(|| back_off(failures, self.config.retry, LONGEST));
                self.agenda.hold(site, now + millis(wait));
            }
            None => self.agenda.fine(site),
        }
        let (free_at, held_until, failures) = self.agenda.memory(site);
        if trouble.is_some() || before.2 != failures || delay > self.config.delay {
            let site = site.to_owned();
            self.store.remember(&Recalled {
                site,
                free_at,
                held_until,
                failures,
            })?;
        }
        Ok(())
    }

    /// Time between two requests to a host.
    fn delay(&self, url: &Url, feed: &str) -> Duration {
        let asked = self.robots.get(&url.origin().ascii_serialization());
        let asked = asked
            .and_then(|verdict| verdict.rules.as_ref()?.delay)
            .unwrap_or_default();
        let own = match self.config.allows(url, self.config.feed(feed)) {
            true => self.config.delay,
            false => self.config.delay.max(SHORTEST_DELAY),
        };
        own.max(asked)
    }

    /// A redirect is a request of its own, with all that goes before one.
    fn redirected(&mut self, mut errand: Errand, to: &str, lasting: bool) -> Result<(), WatchError> {
        let Ok(mut url) = errand.url.join(to) else {
            return self.lasting(&errand, format!("a redirect to {to:?}, which is no address"));
        };
        url.set_fragment(None);
        if errand.hops.contains(&url) || errand.url == url {
            return self.lasting(&errand, "redirects in a circle".to_owned());
        }
        if errand.hops.len() >= MAX_HOPS {
            return self.lasting(&errand, format!("more than {MAX_HOPS} redirects"));
        }
        match errand.task {
            Task::Article(id) if self.store.kept_at(url.as_str(), id)? => return self.same(id),
            Task::Poll(_) if lasting && errand.hops.is_empty() => {
                let feed = errand.feed.clone();
                self.tell(Note::Moved {
                    feed,
                    to: url.to_string(),
                });
            }
            _ => {}
        }
        let from = std::mem::replace(&mut errand.url, url);
        errand.hops.push(from);
        errand.waited = false;
        self.agenda.add(errand, now());
        Ok(())
    }

    fn robots_read(&mut self, origin: String, answer: Result<Answer, Failure>) -> Result<(), WatchError> {
        let fresh = now() + millis(ROBOTS_FRESH);
        let row = match answer {
            Ok(Answer::Page(page)) => RobotsRow {
                until: fresh,
                body: Some(page.bytes),
            },
            Ok(Answer::Status { code, .. }) if !is_passing(code) => RobotsRow {
                until: fresh,
                body: Some(Vec::new()),
            },
            other => {
                let wait = match &other {
                    Ok(Answer::Status { retry_after, .. }) => *retry_after,
                    _ => None,
                };
                let wait = wait.unwrap_or_else(|| back_off(5, self.config.retry, LONGEST));
                RobotsRow {
                    until: now() + millis(wait),
                    // What is refused here (redirects in a circle, a private address) is as good as not there; the page
                    // itself is refused for the same reason, if it is one.
                    body: matches!(other, Err(Failure::Lasting(_))).then(Vec::new),
                }
            }
        };
        self.store.keep_robots(&origin, &row)?;
        self.robots.insert(origin.clone(), verdict(&row, &self.config.token));
        for errand in self.parked.remove(&origin).unwrap_or_default() {
            self.agenda.add(Errand { waited: true, ..errand }, now());
        }
        Ok(())
    }

    /// An errand that will not go better another time.
    fn lasting(&mut self, errand: &Errand, why: String) -> Result<(), WatchError> {
        match &errand.task {
            Task::Poll(id) => self.poll_failed(*id, why, None),
            Task::Article(id) => self.give_up(*id, why),
            Task::Robots(origin) => self.robots_read(origin.clone(), Err(Failure::Lasting(why))),
        }
    }

    /// An errand that waits until its `robots.txt` can be read.
    fn wait_for_robots(&mut self, errand: &Errand, until: Moment) -> Result<(), WatchError> {
        let why = "its robots.txt cannot be read, which forbids everything".to_owned();
        let wait = Duration::from_millis(u64::try_from(until - now()).unwrap_or(0));
        match errand.task {
            Task::Poll(id) => self.poll_failed(id, why, Some(wait)),
            Task::Article(id) => self.put_off(id, why, 0, wait),
            Task::Robots(_) => Ok(()),
        }
    }

    /// Writes what is kept; the day is that of the clock, in UTC.
    pub fn write(&mut self) -> Result<(), WatchError> {
        Ok(output::write(&mut self.store, self.folder, &today())?)
    }

    pub fn tell(&mut self, note: Note) {
        match &note {
            Note::Polled { new, .. } => {
                self.totals.polled += 1;
                self.totals.found += new;
            }
            Note::Unchanged { .. } => self.totals.polled += 1,
            Note::PollFailed { .. } => self.totals.failed += 1,
            Note::Kept { .. } => self.totals.kept += 1,
            Note::Skipped { .. } => self.totals.skipped += 1,
            Note::PutOff { .. } => self.totals.put_off += 1,
            Note::Broken { .. } | Note::Moved { .. } => {}
        }
        (self.tell)(&note);
    }
}

const ACCEPT_FEED: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1";

/// Codes after which another attempt makes sense.
pub fn is_passing(code: u16) -> bool {
    matches!(code, 408 | 425 | 429 | 500..)
}

/// The day in UTC.
pub fn today() -> String {
    Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

fn errand(task: Task, url: Url, feed: &str) -> Errand {
    Errand {
        task,
        url,
        feed: feed.to_owned(),
        hops: Vec::new(),
        waited: false,
    }
}

fn verdict(row: &RobotsRow, token: &str) -> Verdict {
    Verdict {
        until: row.until,
        rules: row.body.as_ref().map(|body| Robots::parse(body, token)),
    }
}

/// Asks in a thread of its own; whatever happens there, something comes back.
fn send<'s>(scope: &'s Scope<'s, '_>, fetcher: Fetcher, errand: Errand, request: Request, results: Sender<Done>) {
    scope.spawn(move || {
        let asked = catch_unwind(AssertUnwindSafe(|| fetcher.fetch(&request)));
        let answer = asked.unwrap_or_else(|_| Err(Failure::Lasting("the request failed inside of attache".to_owned())));
        // The other end is gone where the run has failed.
        let _ = results.send(Done { errand, answer });
    });
}

/// Longest sleep: a clock that is put right, or a machine that slept, is noticed after it.
const NAP: Duration = Duration::from_secs(30);

/// The next result, or nothing once it is time for another request.
fn wait(results: &Receiver<Done>, flying: usize, wake: Option<Moment>) -> Option<Done> {
    let pause = wake.map(|at| Duration::from_millis(u64::try_from(at - now()).unwrap_or(0)).min(NAP));
    match (flying, pause) {
        (0, pause) => {
            thread::sleep(pause.unwrap_or(NAP));
            None
        }
        (_, None) => results.recv().ok(),
        (_, Some(pause)) => results.recv_timeout(pause).ok(),
    }
}
