//! A verifier that reports what it can see through every facet.
//!
//! The guest of the sandbox's tests about facets. The brief's idea names what to report; the
//! report is the proof.

use pentimento_sdk::{
    Artifact, Brief, Check, Failure, Finding, Pixels, Severity, TextSpan, Verifier, clock, fetch,
    log, memory, random, settings,
};

struct Witness;

impl Verifier for Witness {
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        log::info(format!("asked for {}", brief.idea));
        match brief.idea.split_once(' ').unwrap_or((&brief.idea, "")) {
            ("type", _) => {
                Ok(Check::pass(format!("{} {}", candidate.media_type(), candidate.size())))
            }
            ("time", _) => Ok(Check::pass(clock::now()?.as_millis().to_string())),
            ("setting", key) => Ok(Check::pass(format!("{:?}", settings::get(key)?))),
            ("keep", pair) => keep(pair),
            ("kept", key) => Ok(Check::pass(format!("{:?}", memory::get(key)?))),
            ("forget", key) => memory::remove(key).map(|()| Check::pass("forgotten")),
            ("keys", _) => Ok(Check::pass(memory::keys()?.join(" "))),
            ("random", _) => Ok(Check::pass(format!("{} {}", random::next()?, random::below(6)?))),
            ("fetch", request) => fetched(request)
                .map(|answer| Check::pass(format!("{} {}", answer.status, start_of(&answer.body)))),
            ("length", request) => Ok(Check::pass(fetched(request)?.body.len().to_string())),
            ("header", request) => header(request),
            ("storm", requests) => storm(requests),
            ("picture", _) => picture(candidate),
            ("scaled", side) => scaled(candidate, side),
            ("sum", _) => sum(candidate),
            ("text", range) => text(candidate, range),
            _ => Err(Failure::new("unknown-question", &*brief.idea)),
        }
    }
}

/// Size, corner pixels, and the same corner by way of rows, tile and crop.
fn picture(candidate: &Artifact) -> Result<Check, Failure> {
    let image = candidate.image()?;
    let (right, bottom) = (image.width() - 1, image.height() - 1);
    let whole = image.read()?;
    let by_rows = image.rows(bottom, 1)?;
    let by_tile = image.read_tile((right, bottom), (1, 1))?;
    let by_crop = image.crop(right, bottom, 1, 1)?.read()?;
    let corner = whole.get(right, bottom);
    let same = by_rows.last_chunk::<4>().copied() == corner
        && by_tile.get(0, 0) == corner
        && by_crop.get(0, 0) == corner;
    let size = format!("{}x{}", whole.width(), whole.height());
    let proof = format!("{size} {:?} {:?}", whole.get(0, 0), corner);
    Ok(if same { Check::pass(proof) } else { Check::fail(proof) })
}

/// Remembers `key length`: so many bytes.
fn keep(pair: &str) -> Result<Check, Failure> {
    let bad = || Failure::new("bad-argument", pair);
    let (key, length) = pair.split_once(' ').ok_or_else(bad)?;
    let value = vec![7; length.parse().map_err(|_| bad())?];
    memory::set(key, &value)?;
    Ok(Check::pass("kept"))
}

/// Sends `METHOD URL`, then lines of `name: value`, then after `#` the length of a body. Lines end
/// with `|`, so that line ends can be part of what is sent.
fn fetched(request: &str) -> Result<fetch::Response, Failure> {
    let bad = || Failure::new("bad-argument", request);
    let mut lines = request.split('|');
    let (method, url) = lines.next().and_then(|line| line.split_once(' ')).ok_or_else(bad)?;
    lines
        .try_fold(fetch::Request::new(method, url), |request, line| {
            if let Some(length) = line.strip_prefix('#') {
                return Ok(request.body(vec![b'a'; length.parse().map_err(|_| bad())?]));
            }
            let (name, value) = line.split_once(": ").ok_or_else(bad)?;
            Ok(request.header(name, value))
        })?
        .send()
}

/// A header of an answer: `name`, a space and the request.
fn header(request: &str) -> Result<Check, Failure> {
    let bad = || Failure::new("bad-argument", request);
    let (name, request) = request.split_once(' ').ok_or_else(bad)?;
    let answer = fetched(request)?;
    Ok(Check::pass(format!("{} {:?}", answer.status, answer.header(name))))
}

/// The same request so many times; the report is how far it got, and why no further.
fn storm(requests: &str) -> Result<Check, Failure> {
    let bad = || Failure::new("bad-argument", requests);
    let (times, request) = requests.split_once(' ').ok_or_else(bad)?;
    for sent in 0..times.parse().map_err(|_| bad())? {
        if let Err(failure) = fetched(request) {
            return Ok(Check::fail(format!("{sent} sent, then {}", failure.message)));
        }
    }
    Ok(Check::pass(format!("{times} sent")))
}

/// The first 200 bytes as text.
fn start_of(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned()
}

fn scaled(candidate: &Artifact, side: &str) -> Result<Check, Failure> {
    let side = side.parse().map_err(|_| Failure::new("bad-argument", "side"))?;
    let scaled: Pixels = candidate.image()?.at_most(side)?;
    Ok(Check::pass(format!("{}x{} {:?}", scaled.width(), scaled.height(), scaled.get(0, 0))))
}

/// The sum of all channels, as a check that every byte arrives.
fn sum(candidate: &Artifact) -> Result<Check, Failure> {
    let pixels = candidate.image()?.read()?;
    let sum: u64 = pixels.as_bytes().iter().map(|byte| u64::from(*byte)).sum();
    Ok(Check::pass(sum.to_string()))
}

/// A piece of the text, `offset length`, and a finding at that place.
fn text(candidate: &Artifact, range: &str) -> Result<Check, Failure> {
    let bad = || Failure::new("bad-argument", range);
    let (offset, length) = range.split_once(' ').ok_or_else(bad)?;
    let offset: u32 = offset.parse().map_err(|_| bad())?;
    let piece = candidate.text(offset.into(), length.parse().map_err(|_| bad())?)?;
    let end = offset + u32::try_from(piece.len()).map_err(|_| bad())?;
    let finding = Finding::new("quoted", Severity::Note, "this is the piece");
    Ok(Check::unknown(piece).with(finding.at(TextSpan { start: offset, end })))
}

pentimento_sdk::export_verifier!(Witness);
