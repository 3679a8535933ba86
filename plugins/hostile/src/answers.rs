//! Answers that break the contract.

use pentimento_sdk::{Critique, Failure, Finding, Place, Region, Severity, TextSpan};

/// The answer with this fault; a failure if there is no such fault.
pub fn lie(what: &str) -> Result<Critique, Failure> {
    let critique = match what {
        "nan score" => Critique { score: Some(f32::NAN), ..Critique::sure() },
        "infinite confidence" => Critique { confidence: f32::INFINITY, ..Critique::sure() },
        "many findings" => Critique::sure().with_all((0..300).map(|_| plain("flood"))),
        "long abstention" => Critique::abstain("x".repeat(3_000)),
        _ => Critique::sure().with(finding(what)?),
    };
    Ok(critique)
}

fn finding(what: &str) -> Result<Finding, Failure> {
    let finding = match what {
        "much evidence" => (0..20).fold(plain("a"), |finding, _| finding.shown("a", "b")),
        "nan evidence" => plain("a").measured("area", f64::NAN),
        "long message" => Finding::new("a", Severity::Major, "ä".repeat(2_000)),
        "long code" => plain(&"a".repeat(65)),
        "empty code" => plain(""),
        "shouting code" => plain("DELETE all; \u{1b}[2J"),
        "infinite region" => plain("a").at(region(0.1, f32::INFINITY)),
        "nan region" => plain("a").at(region(f32::NAN, 0.1)),
        "negative region" => plain("a").at(region(-0.5, 0.2)),
        "region outside" => plain("a").at(region(0.9, 0.2)),
        "empty region" => plain("a").at(region(0.9, 0.0)),
        "span of a picture" | "span inside a character" => {
            plain("a").at(TextSpan { start: 0, end: 1 })
        }
        "span outside" => plain("a").at(TextSpan { start: 2, end: 1_000_000 }),
        "span backwards" => plain("a").at(TextSpan { start: 3, end: 1 }),
        "region of a text" => plain("a").at(Region::WHOLE),
        "bad suggestion" => plain("a").suggesting("NUKE", "it").suggested_at(Place::Step(1)),
        "control characters" => {
            Finding::new("a", Severity::Note, "\u{1b}[31mred\u{202e}\r\nalert\0")
        }
        _ => return Err(Failure::new("unknown-misdeed", what)),
    };
    Ok(finding)
}

fn plain(code: &str) -> Finding {
    Finding::new(code, Severity::Minor, "something is off")
}

fn region(x: f32, width: f32) -> Region {
    Region { x, y: 0.0, width, height: 0.5 }
}
