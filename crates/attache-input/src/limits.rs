//! How far foreign archives are followed.

use attache::extract::MAX_BYTES;

/// Layers of gzip or Zstandard around one another.
pub const MAX_LAYERS: usize = 2;

/// Archives (zip, tar) in one another: one in another is read, a third is not.
pub const MAX_DEPTH: usize = 2;

/// Members of one zip or tar archive.
pub const MAX_MEMBERS: u64 = 10_000_000;

/// Bytes of a zip that cannot be read by position (standard input, a zip inside of an archive).
pub const MAX_HELD_ZIP: usize = 256_000_000;

/// Bytes that may be unpacked before the expansion is looked at.
pub const FREE_EXPANSION: u64 = 64_000_000;

/// Bytes unpacked for each packed byte, beyond the free ones. Texts shrink to a fifth, tables of like lines to a
/// hundredth; deflate cannot pass a thousandth.
pub const MAX_EXPANSION: u64 = 250;

/// Bytes of the head of a WARC record.
pub const MAX_HEAD: usize = 64 * 1024;

/// Bytes of the block of a WARC record: an article, and the head of its response.
pub const MAX_BLOCK: usize = MAX_BYTES + MAX_HEAD;

/// Bytes of a name in a tar archive.
pub const MAX_NAME: u64 = 64 * 1024;
