//! A web server on this machine for tests, as bad as they want it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Fallible;

/// A request as it came in.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: HashMap<String, String>,
}

/// What a server sends back.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Status, headers, body; the length is added.
    Full(u16, Vec<(String, String)>, Vec<u8>),
    /// These bytes and the end of the connection.
    Raw(Vec<u8>),
    /// A head, and then this many bytes of `x`, or as many as the client takes.
    Endless(Vec<u8>, u64),
    /// A head, and then a byte every so often until the client has had enough.
    Drip(Vec<u8>, Duration),
}

impl Reply {
    /// A page with status 200.
    pub fn page(media: &str, body: impl Into<Vec<u8>>) -> Self {
        Reply::Full(200, Vec::new(), body.into()).with("Content-Type", media)
    }

    /// A status without a body.
    pub fn status(code: u16) -> Self {
        Reply::Full(code, Vec::new(), Vec::new())
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        match self {
            Reply::Full(code, mut headers, body) => {
                headers.push((name.to_owned(), value.to_owned()));
                Reply::Full(code, headers, body)
            }
            other => other,
        }
    }
}

type Answer = dyn Fn(&Asked) -> Reply + Send + Sync;

/// The server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    sent: Arc<AtomicU64>,
    open: Arc<AtomicBool>,
}

impl Server {
    /// Answers every request with what `answer` makes of it, each connection in a thread of its own.
    ///
    /// # Errors
    /// Where this machine has no loopback.
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Fallible<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = Server {
            address: listener.local_addr()?,
            asked: Arc::default(),
            sent: Arc::default(),
            open: Arc::new(AtomicBool::new(true)),
        };
        let answer: Arc<Answer> = Arc::new(answer);
        let (asked, sent, open) = (server.asked.clone(), server.sent.clone(), server.open.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                if !open.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (answer, asked, sent) = (answer.clone(), asked.clone(), sent.clone());
                // A client that leaves early is no fault.
                thread::spawn(move || serve(stream, &*answer, &asked, &sent).ok());
            }
        });
        Ok(server)
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.asked).clone()
    }

    /// How often a path was asked for.
    pub fn times(&self, path: &str) -> usize {
        lock(&self.asked).iter().filter(|asked| asked.path == path).count()
    }

    /// Bytes of endless bodies that clients took, those in the buffers of the system among them.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.open.store(false, Ordering::Relaxed);
        // Wakes the one that waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: TcpStream, answer: &Answer, asked: &Mutex<Vec<Asked>>, sent: &AtomicU64) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let Some(request) = read(&mut reader)? else {
        return Ok(());
    };
    lock(asked).push(request.clone());
    let mut to = stream;
    match answer(&request) {
        Reply::Full(code, headers, body) => {
            let mut head = format!(
                "HTTP/1.1 {code} x\r\nContent-Length: {}\r\nConnection: close\r\n",
                body.len()
            );
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            to.write_all(format!("{head}\r\n").as_bytes())?;
            to.write_all(&body)
        }
        Reply::Raw(bytes) => to.write_all(&bytes),
        Reply::Endless(head, mut left) => {
            to.write_all(&head)?;
            let block = [b'x'; 65_536];
            while left > 0 {
                let part = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
                to.write_all(&block[..part])?;
                sent.fetch_add(part as u64, Ordering::Relaxed);
                left -= part as u64;
            }
            Ok(())
        }
        Reply::Drip(head, pause) => {
            to.write_all(&head)?;
            loop {
                to.write_all(b"x")?;
                thread::sleep(pause);
            }
        }
    }
}

fn read(from: &mut impl BufRead) -> std::io::Result<Option<Asked>> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let Some(path) = line.split(' ').nth(1) else {
        return Ok(None);
    };
    let mut asked = Asked {
        path: path.to_owned(),
        headers: HashMap::new(),
    };
    loop {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(Some(asked));
        }
        if let Some((name, value)) = line.split_once(':') {
            asked.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
}
