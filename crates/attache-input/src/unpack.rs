//! Unpacking, with an eye on bombs.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::limits::{FREE_EXPANSION, MAX_EXPANSION};

/// First bytes of a gzip member with deflated content.
pub const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
/// First bytes of a Zstandard frame.
pub const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// All members of a gzip stream.
pub fn gzip<'a>(packed: impl BufRead + 'a) -> Box<dyn Read + 'a> {
    let taken = Arc::new(AtomicU64::new(0));
    let unpacked = MultiGzDecoder::new(Counted::new(packed, Arc::clone(&taken)));
    Box::new(Guarded::new(unpacked, taken, Arc::default()))
}

/// All frames of a Zstandard stream.
pub fn zstd<'a>(packed: impl BufRead + 'a) -> Box<dyn Read + 'a> {
    let taken = Arc::new(AtomicU64::new(0));
    let unpacked = Frames {
        packed: Counted::new(packed, Arc::clone(&taken)),
        decoder: FrameDecoder::new(),
        open: false,
    };
    Box::new(Guarded::new(unpacked, taken, Arc::default()))
}

/// Counts the bytes that are taken out of a stream.
pub struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// Adds what is taken to `count`.
    pub fn new(inner: R, count: Arc<AtomicU64>) -> Self {
        Counted { inner, count }
    }

    fn add(&self, count: usize) {
        self.count.fetch_add(count as u64, Ordering::Relaxed);
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.add(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        self.add(amount);
    }
}

impl<R: io::Seek> io::Seek for Counted<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Ends with an error where much more comes out than went in.
pub struct Guarded<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
}

impl<R> Guarded<R> {
    /// `packed` counts what went in, `unpacked` what came out, here or elsewhere.
    pub fn new(inner: R, packed: Arc<AtomicU64>, unpacked: Arc<AtomicU64>) -> Self {
        Guarded {
            inner,
            packed,
            unpacked,
        }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        let before = self.unpacked.fetch_add(read as u64, Ordering::Relaxed);
        let packed = self.packed.load(Ordering::Relaxed);
        match is_bomb(packed, before + read as u64) {
            true => Err(bomb()),
            false => Ok(read),
        }
    }
}

/// Whether so many unpacked bytes are too many.
fn is_bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > FREE_EXPANSION && unpacked - FREE_EXPANSION > packed.saturating_mul(MAX_EXPANSION)
}

fn bomb() -> io::Error {
    let reason = format!("unpacks to more than {MAX_EXPANSION} times its size, stopped");
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Frame after frame; frames that carry no content are passed over.
struct Frames<R> {
    packed: R,
    decoder: FrameDecoder,
    open: bool,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.open && self.decoder.can_collect() > 0 {
                return self.decoder.read(buf);
            }
            if self.open && !self.decoder.is_finished() {
                let blocks = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.packed, blocks).map_err(broken)?;
                continue;
            }
            if self.open {
                self.verify()?;
            }
            if self.packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.next()?;
        }
    }
}

impl<R: BufRead> Frames<R> {
    fn next(&mut self) -> io::Result<()> {
        use FrameDecoderError::ReadFrameHeaderError as Header;
        match self.decoder.reset(&mut self.packed) {
            Ok(()) => self.open = true,
            Err(Header(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut (&mut self.packed).take(u64::from(length)), &mut io::sink())?;
            }
            Err(error) => return Err(broken(error)),
        }
        Ok(())
    }

    fn verify(&mut self) -> io::Result<()> {
        self.open = false;
        let (told, found) = (
            self.decoder.get_checksum_from_data(),
            self.decoder.get_calculated_checksum(),
        );
        match told.is_some() && told != found {
            true => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "wrong checksum in zstd frame",
            )),
            false => Ok(()),
        }
    }
}

fn broken(error: FrameDecoderError) -> io::Error {
    let reason = match error {
        FrameDecoderError::WindowSizeTooBig { .. } => "zstd window too large".to_owned(),
        FrameDecoderError::DictNotProvided { .. } => "zstd with a dictionary, which is not at hand".to_owned(),
        _ => "broken zstd frame".to_owned(),
    };
    io::Error::new(io::ErrorKind::InvalidData, reason)
}
