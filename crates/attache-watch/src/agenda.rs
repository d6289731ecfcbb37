//! What is to be asked, host by host: one request at a time, a delay between two.

use std::collections::{BTreeMap, HashSet};

use url::Url;

use crate::address::site;
use crate::politeness::Moment;

/// What a request is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Task {
    /// A feed, by its row in the state.
    Poll(i64),
    /// An article, by its row in the state.
    Article(i64),
    /// The `robots.txt` of an origin (`https://a.example`).
    Robots(String),
}

/// A request to come.
#[derive(Debug, Clone)]
pub struct Errand {
    /// What for.
    pub task: Task,
    /// Where.
    pub url: Url,
    /// For which feed, by name.
    pub feed: String,
    /// Addresses that led here, the first one first.
    pub hops: Vec<Url>,
    /// Whether it has waited for the `robots.txt` of its origin: what was found then counts for it, however long the delay of the
    /// host may be.
    pub waited: bool,
}

/// A host, and what is to be asked there.
#[derive(Debug, Default)]
struct Lane {
    busy: bool,
    /// No request before: the delay between two.
    free_at: Moment,
    /// No request before: the host was in trouble, or said so.
    held_until: Moment,
    failures: u32,
    queue: BTreeMap<(Moment, u64), Errand>,
}

impl Lane {
    fn due(&self) -> Option<Moment> {
        let first = self.queue.first_key_value().map(|((due, _), _)| *due)?;
        (!self.busy).then_some(first.max(self.held_until))
    }
}

/// All hosts.
#[derive(Debug, Default)]
pub struct Agenda {
    lanes: BTreeMap<String, Lane>,
    tasks: HashSet<Task>,
    added: u64,
}

impl Agenda {
    /// Puts a request on the list, not to be made before `due`. A task that is on it already stays as it is.
    pub fn add(&mut self, errand: Errand, due: Moment) {
        if self.tasks.insert(errand.task.clone()) {
            self.added += 1;
            let lane = self.lanes.entry(site(&errand.url)).or_default();
            lane.queue.insert((due, self.added), errand);
        }
    }

    /// The request whose turn it is: the longest due of all whose host is free. Its host is busy from here on.
    pub fn next(&mut self, now: Moment) -> Option<Errand> {
        let ready = |lane: &&mut Lane| lane.free_at <= now && lane.due().is_some_and(|due| due <= now);
        let lane = self.lanes.values_mut().filter(ready).min_by_key(|lane| lane.due())?;
        let (_, errand) = lane.queue.pop_first()?;
        lane.busy = true;
        self.tasks.remove(&errand.task);
        Some(errand)
    }

    /// When the next turn comes, if no request ends before. With `only_due`, only of what waits for a delay and nothing
    /// else.
    pub fn wake(&self, now: Moment, only_due: bool) -> Option<Moment> {
        let turns = self.lanes.values().filter_map(|lane| Some((lane.due()?, lane.free_at)));
        let wanted = turns.filter(|(due, _)| !only_due || *due <= now);
        wanted.map(|(due, free_at)| due.max(free_at)).min()
    }

    /// The host of a request that ended is free again at `free_at`.
    pub fn done(&mut self, site: &str, free_at: Moment) {
        if let Some(lane) = self.lanes.get_mut(site) {
            lane.busy = false;
            lane.free_at = lane.free_at.max(free_at);
        }
    }

    /// Another failure in a row of a host; their number.
    pub fn failed(&mut self, site: &str) -> u32 {
        let lane = self.lanes.entry(site.to_owned()).or_default();
        lane.failures += 1;
        lane.failures
    }

    /// The host answered as it should.
    pub fn fine(&mut self, site: &str) {
        if let Some(lane) = self.lanes.get_mut(site) {
            lane.failures = 0;
        }
    }

    /// No request to this host before `until`.
    pub fn hold(&mut self, site: &str, until: Moment) {
        let lane = self.lanes.entry(site.to_owned()).or_default();
        lane.held_until = lane.held_until.max(until);
    }

    /// What an earlier run knew of a host.
    pub fn recall(&mut self, site: &str, free_at: Moment, held_until: Moment, failures: u32) {
        let lane = self.lanes.entry(site.to_owned()).or_default();
        (lane.free_at, lane.held_until, lane.failures) = (free_at, held_until, failures);
    }

    /// What a later run should know of a host: free at, held until, failures.
    pub fn memory(&self, site: &str) -> (Moment, Moment, u32) {
        let lane = self.lanes.get(site);
        lane.map_or((0, 0, 0), |lane| (lane.free_at, lane.held_until, lane.failures))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errand(task: i64, url: &str) -> Errand {
        Errand {
            task: Task::Article(task),
            url: Url::parse(url).expect("an address"),
            feed: "meridian".to_owned(),
            hops: Vec::new(),
            waited: false,
        }
    }

    fn next(agenda: &mut Agenda, now: Moment) -> Option<i64> {
        agenda.next(now).map(|errand| match errand.task {
            Task::Article(number) => number,
            _ => -1,
        })
    }

    #[test]
    fn a_host_is_asked_one_thing_at_a_time_and_then_left_alone_for_a_while() {
        let mut agenda = Agenda::default();
        agenda.add(errand(1, "http://a.example/1"), 10);
        agenda.add(errand(2, "https://a.example/2"), 5);
        agenda.add(errand(3, "http://b.example/3"), 7);
        agenda.add(errand(3, "http://b.example/3"), 1);
        assert_eq!((next(&mut agenda, 4), agenda.wake(4, false)), (None, Some(5)));
        assert_eq!(
            (next(&mut agenda, 20), next(&mut agenda, 20), next(&mut agenda, 20)),
            (Some(2), Some(3), None)
        );
        assert_eq!(agenda.wake(20, false), None);
        agenda.done("a.example", 30);
        assert_eq!((next(&mut agenda, 29), agenda.wake(29, true)), (None, Some(30)));
        assert_eq!(next(&mut agenda, 30), Some(1));
    }

    #[test]
    fn a_host_in_trouble_is_waited_for_by_those_who_stay() {
        let mut agenda = Agenda::default();
        agenda.add(errand(1, "http://a.example/1"), 0);
        agenda.hold("a.example", 50);
        assert_eq!((agenda.wake(1, false), agenda.wake(1, true)), (Some(50), None));
        assert_eq!((next(&mut agenda, 49), next(&mut agenda, 50)), (None, Some(1)));
    }
}
