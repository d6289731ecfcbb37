//! Many workers, one order: items are worked on in parallel and come out in the order in which they went in.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result};

/// Room for deep trees.
const STACK_BYTES: usize = 16 << 20;

/// Items in flight per worker; with the size of a document this bounds memory.
const AHEAD: usize = 4;

/// Takes items from `produce`.
pub type Sink<'a, I> = &'a mut dyn FnMut(I) -> ControlFlow<()>;

/// What arrives at the far end.
pub enum Step<O> {
    /// The result of the next item; `None` where its worker panicked.
    Item(Option<O>),
    /// The next result is not ready: a good moment to flush.
    Idle,
}

type Task<I, O> = (I, Sender<O>);

/// Runs `produce` on a thread of its own, `work` on `jobs` more, and `consume` on this one, in the order of production.
///
/// # Errors
/// The first error of `consume`, after which nothing more is worked on.
pub fn in_order<I: Send, O: Send>(
    jobs: usize,
    produce: impl FnOnce(Sink<I>) + Send,
    work: impl Fn(I) -> O + Sync,
    mut consume: impl FnMut(Step<O>) -> Result<()>,
) -> Result<()> {
    let (queue, waiting) = sync_channel::<Task<I, O>>(jobs);
    let (order, ordered) = sync_channel::<Receiver<O>>(jobs * AHEAD);
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        spawn(scope, move || feed(produce, &order, &queue))?;
        for _ in 0..jobs {
            spawn(scope, || drain(&waiting, &work))?;
        }
        collect(ordered, &mut consume)
    })
}

/// The same with two works on every item and a glance between them, which sees the items one after the other in their order.
/// At most `jobs` works go on at a time. `glance` gets `None` where the first work panicked.
///
/// # Errors
/// The first error of `consume`, or where a thread cannot be started.
pub fn in_order_twice<I: Send, M: Send, N: Send, O: Send>(
    jobs: usize,
    produce: impl FnOnce(Sink<I>) + Send,
    first: impl Fn(I) -> M + Sync,
    mut glance: impl FnMut(Option<M>) -> N + Send,
    second: impl Fn(N) -> O + Sync,
    consume: impl FnMut(Step<O>) -> Result<()>,
) -> Result<()> {
    let permits = Permits::new(jobs);
    let mut started = Ok(());
    let between = |sink: Sink<N>| {
        let mut ended = false;
        let glanced = in_order(
            jobs,
            produce,
            |item| permits.with(|| first(item)),
            |step| {
                let Step::Item(item) = step else { return Ok(()) };
                ended = sink(glance(item)).is_break();
                anyhow::ensure!(!ended, "nobody waits any more");
                Ok(())
            },
        );
        if !ended {
            started = glanced;
        }
    };
    in_order(jobs, between, |item| permits.with(|| second(item)), consume)?;
    started
}

/// So many at a time.
struct Permits {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Permits {
    fn new(free: usize) -> Self {
        Permits {
            free: Mutex::new(free),
            freed: Condvar::new(),
        }
    }

    /// Waits for its turn. Whoever works holds nothing that another waits for, so every turn comes.
    fn with<T>(&self, work: impl FnOnce() -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_while(free, |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
        let _back = Back(self);
        work()
    }
}

/// Gives a permit back, also where the work panics.
struct Back<'a>(&'a Permits);

impl Drop for Back<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

fn spawn<'scope>(scope: &'scope thread::Scope<'scope, '_>, run: impl FnOnce() + Send + 'scope) -> Result<()> {
    thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn_scoped(scope, run)
        .context("cannot start a thread")?;
    Ok(())
}

fn feed<I, O>(produce: impl FnOnce(Sink<I>), order: &SyncSender<Receiver<O>>, queue: &SyncSender<Task<I, O>>) {
    produce(&mut |item| {
        let (done, result) = channel();
        match order.send(result).is_ok() && queue.send((item, done)).is_ok() {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
}

fn drain<I, O>(waiting: &Mutex<Receiver<Task<I, O>>>, work: &(impl Fn(I) -> O + Sync)) {
    loop {
        let task = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, done)) = task else { return };
        if let Ok(result) = catch_unwind(AssertUnwindSafe(|| work(item))) {
            // Nobody waits any more where the far end has failed.
            let _ = done.send(result);
        }
    }
}

fn collect<O>(ordered: Receiver<Receiver<O>>, consume: &mut impl FnMut(Step<O>) -> Result<()>) -> Result<()> {
    loop {
        let slot = match ordered.try_recv() {
            Ok(slot) => slot,
            Err(TryRecvError::Disconnected) => return Ok(()),
            Err(TryRecvError::Empty) => {
                consume(Step::Idle)?;
                match ordered.recv() {
                    Ok(slot) => slot,
                    Err(_) => return Ok(()),
                }
            }
        };
        let result = match slot.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => {
                consume(Step::Idle)?;
                slot.recv().ok()
            }
        };
        consume(Step::Item(result))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(jobs: usize) -> Vec<Option<u64>> {
        let mut seen = Vec::new();
        in_order(
            jobs,
            |sink| {
                for n in 0..200u64 {
                    if sink(n).is_break() {
                        return;
                    }
                }
            },
            |n| {
                thread::sleep(std::time::Duration::from_micros((n * 7919) % 300));
                n * n
            },
            |step| {
                if let Step::Item(result) = step {
                    seen.push(result);
                }
                Ok(())
            },
        )
        .expect("no error");
        seen
    }

    #[test]
    fn order_does_not_depend_on_jobs() {
        let expected: Vec<_> = (0..200u64).map(|n| Some(n * n)).collect();
        assert_eq!(run(1), expected);
        assert_eq!(run(7), expected);
    }

    #[test]
    fn glances_are_in_order_and_jobs_are_bounded() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
        let (busy, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |n: u64| {
            most.fetch_max(busy.fetch_add(1, SeqCst) + 1, SeqCst);
            thread::sleep(std::time::Duration::from_micros((n * 7919) % 300));
            busy.fetch_sub(1, SeqCst);
            n
        };
        let (mut glanced, mut seen) = (Vec::new(), Vec::new());
        in_order_twice(
            3,
            |sink| (0..200).map(sink).find(ControlFlow::is_break).map_or((), |_| ()),
            |n| {
                assert_ne!(n, 50, "one of them fails");
                work(n)
            },
            |n| {
                glanced.push(n);
                n.unwrap_or(1000)
            },
            work,
            |step| {
                if let Step::Item(result) = step {
                    seen.push(result);
                }
                Ok(())
            },
        )
        .expect("no error");
        let expected = |other: Option<u64>| (0..200).map(move |n| if n == 50 { other } else { Some(n) });
        assert_eq!(glanced, expected(None).collect::<Vec<_>>());
        assert_eq!(seen, expected(Some(1000)).collect::<Vec<_>>());
        assert!(most.into_inner() <= 3);
    }

    #[test]
    fn an_error_ends_a_run_of_two_works() {
        let result = in_order_twice(
            2,
            |sink| while sink(1).is_continue() {},
            |n: i32| n,
            |n| n,
            |n| n,
            |step| {
                anyhow::ensure!(matches!(step, Step::Idle), "enough");
                Ok(())
            },
        );
        assert!(result.is_err_and(|error| error.to_string() == "enough"));
    }

    #[test]
    fn an_error_ends_the_run() {
        let mut seen = 0;
        let result = in_order(
            2,
            |sink| while sink(1).is_continue() {},
            |n: i32| n,
            |step| {
                seen += usize::from(matches!(step, Step::Item(_)));
                anyhow::ensure!(seen < 5, "enough");
                Ok(())
            },
        );
        assert!(result.is_err());
    }
}
