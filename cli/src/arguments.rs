//! Arguments that several commands read: moments, digests, agreements, files on the chain.

use super::CommandError;
use interclear_primitives::{
    series::{BatchKey, SeriesKey, Stream},
    Digest, Moment, DAY,
};
use interclear_tap::{FileName, Scheme};
use std::{
    io::Read,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

/// Seconds since the Unix epoch.
pub(super) fn now() -> Moment {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// Reads `now`, `+90m`, `+2h`, `+3d`, `2026-11-30` (its first second) or `2026-11-30T12:00:00`, all in UTC.
///
/// # Errors
/// Anything else.
pub(super) fn moment(text: &str) -> Result<Moment, String> {
    let malformed =
        || format!("`{text}` is no moment; write now, +2h, +3d, 2026-11-30 or 2026-11-30T12:00:00 (UTC)");
    if text == "now" {
        return Ok(now());
    }
    if let Some(ahead) = text.strip_prefix('+') {
        let unit = ahead.chars().last().ok_or_else(malformed)?;
        let seconds = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => DAY,
            _ => return Err(malformed()),
        };
        let count: u64 = ahead.trim_end_matches(unit).parse().map_err(|_| malformed())?;
        return count
            .checked_mul(seconds)
            .and_then(|ahead| now().checked_add(ahead))
            .ok_or_else(malformed);
    }
    let full = if text.len() == 10 {
        format!("{text}T00:00:00")
    } else {
        text.trim_end_matches('Z').to_owned()
    };
    let time = chrono::NaiveDateTime::parse_from_str(&full, "%Y-%m-%dT%H:%M:%S").map_err(|_| malformed())?;
    Moment::try_from(time.and_utc().timestamp()).map_err(|_| malformed())
}

/// Reads 32 bytes in hexadecimal digits, with or without `0x`.
///
/// # Errors
/// Anything else.
pub(super) fn digest(text: &str) -> Result<Digest, String> {
    let mut digest = Digest::default();
    hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(text), &mut digest)
        .map_err(|_| format!("`{text}` is no digest: 64 hexadecimal digits"))?;
    Ok(digest)
}

/// The file on the chain that the name of a file of a stream stands for.
pub(super) fn key_of(name: &FileName, stream: Stream) -> BatchKey {
    BatchKey {
        series: SeriesKey {
            sender: name.sender,
            recipient: name.recipient,
            stream,
            test: name.test,
        },
        sequence: name.sequence,
    }
}

/// The file on the chain that a name by the naming scheme of TAP or of NRTRDE stands for; `None` for other names.
pub(super) fn key_named(name: &str) -> Option<BatchKey> {
    let tap = Scheme::Tap.parse(name).map(|name| key_of(&name, Stream::Tap));
    tap.or_else(|| Some(key_of(&Scheme::Nrtrde.parse(name)?, Stream::Nrtrde)))
}

/// The name by the naming scheme of a file on the chain.
pub(super) fn name_of(key: &BatchKey) -> String {
    let SeriesKey {
        sender,
        recipient,
        test,
        stream,
    } = key.series;
    let name = FileName {
        test,
        sender,
        recipient,
        sequence: key.sequence,
    };
    match stream {
        Stream::Tap => Scheme::Tap.name(&name),
        Stream::Nrtrde => Scheme::Nrtrde.name(&name),
    }
}

/// Blake2b-256 of a file, in constant memory.
///
/// # Errors
/// The file cannot be read.
pub(super) fn hash_file(path: &Path) -> Result<Digest, CommandError> {
    let named = |error: std::io::Error| CommandError::File {
        path: path.into(),
        reason: error.to_string(),
    };
    let mut file = std::fs::File::open(path).map_err(named)?;
    let mut state = blake2b_simd::Params::new().hash_length(32).to_state();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(named)?;
        if read == 0 {
            break;
        }
        state.update(&buffer[..read]);
    }
    let mut digest = Digest::default();
    digest.copy_from_slice(state.finalize().as_bytes());
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_utc_and_nothing_else_is() {
        assert_eq!(moment("2000-02-29"), Ok(951_782_400));
        assert_eq!(moment("2000-02-29T00:00:01Z"), Ok(951_782_401));
        assert!(moment("+2h").is_ok_and(|later| later >= now() + 7_199));
        for wrong in [
            "",
            "+",
            "+2",
            "+2w",
            "+-1h",
            "2026-13-01",
            "tomorrow",
            "1700000000",
        ] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn digests_have_64_digits() {
        assert_eq!(digest(&"ab".repeat(32)), Ok([0xab; 32]));
        assert_eq!(digest(&format!("0x{}", "AB".repeat(32))), Ok([0xab; 32]));
        assert!(digest("0xabcd").is_err());
    }

    #[test]
    fn a_name_and_its_key_stand_for_each_other() {
        for name in ["CDFRAF1DEUD100042", "TDFRAF1DEUD100042", "NRFRAF1DEUD10000042"] {
            assert_eq!(name_of(&key_named(name).unwrap()), name);
        }
        assert_eq!(key_named("RCFRAF1DEUD100042"), None);
    }

    #[test]
    fn a_file_is_hashed_as_b2sum_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        let known = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
        assert_eq!(hash_file(&path).map(hex::encode).ok().as_deref(), Some(known));
    }
}
