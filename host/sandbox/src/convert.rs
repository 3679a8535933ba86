//! Checks and translates what a guest hands over, and cleans its texts.
//!
//! Everything a plugin says is a stranger's: sizes are bounded, numbers finite, places inside the
//! candidate, codes plain words, and no text carries control characters. What breaks the contract
//! is a lie, and the whole answer is refused: half an opinion may mean its opposite.

use pentimento_model::{
    Check, CheckOutcome, Critique, Evidence, Finding, Place, Region, Score, Severity, Suggestion,
    clean,
};

use crate::{bindings::types, fault::Lie, limits};

/// How far a region may reach beyond the picture: the rounding of a careful author's 32-bit sums.
/// What is beyond is clipped.
const REGION_SLACK: f32 = 1e-3;

/// What an answer is about, for places to be checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'a> {
    /// A picture: regions and steps make sense.
    Picture,
    /// A text: spans and steps make sense.
    Text(&'a str),
}

/// A critic's answer.
pub(crate) fn critique(answer: types::Critique, subject: Subject<'_>) -> Result<Critique, Lie> {
    let types::Critique { score: grade, confidence, abstain, findings } = answer;
    Ok(Critique {
        score: grade.map(|grade| score("score", grade)).transpose()?,
        confidence: score("confidence", confidence)?,
        abstained: abstain.map(|reason| text("a reason", &reason)).transpose()?,
        findings: all_findings(findings, subject)?,
    })
}

/// A verifier's answer.
pub(crate) fn check(answer: types::Check, subject: Subject<'_>) -> Result<Check, Lie> {
    let types::Check { outcome, proof, findings } = answer;
    let outcome = match outcome {
        types::CheckOutcome::Pass => CheckOutcome::Pass,
        types::CheckOutcome::Fail => CheckOutcome::Fail,
        types::CheckOutcome::Unknown => CheckOutcome::Unknown,
    };
    let (proof, findings) = (text("a proof", &proof)?, all_findings(findings, subject)?);
    Ok(Check { outcome, proof, findings })
}

/// A tool's answer. Line breaks stay; other control characters go.
pub(crate) fn tool_text(answer: &str) -> Result<String, Lie> {
    if answer.len() > limits::TOOL_TEXT_BYTES {
        let (bytes, most) = (answer.len(), limits::TOOL_TEXT_BYTES);
        return Err(Lie(format!("a text of {bytes} bytes; at most {most} are accepted")));
    }
    let lines: Vec<String> = answer.lines().map(clean).collect();
    Ok(lines.join("\n"))
}

fn all_findings(list: Vec<types::Finding>, subject: Subject<'_>) -> Result<Vec<Finding>, Lie> {
    if list.len() > limits::FINDINGS {
        let (many, most) = (list.len(), limits::FINDINGS);
        return Err(Lie(format!("{many} findings; at most {most} are accepted")));
    }
    let numbered = list.into_iter().enumerate();
    let checked = numbered.map(|(index, one)| {
        finding(one, subject).map_err(|Lie(what)| Lie(format!("finding {index} with {what}")))
    });
    checked.collect()
}

fn finding(answer: types::Finding, subject: Subject<'_>) -> Result<Finding, Lie> {
    let types::Finding { code: name, severity, message, place: at, evidence: shown, suggestion } =
        answer;
    if shown.len() > limits::EVIDENCE {
        let (many, most) = (shown.len(), limits::EVIDENCE);
        return Err(Lie(format!("{many} pieces of evidence; at most {most} are accepted")));
    }
    Ok(Finding {
        code: code("a code", name)?,
        severity: match severity {
            types::Severity::Note => Severity::Note,
            types::Severity::Minor => Severity::Minor,
            types::Severity::Major => Severity::Major,
            types::Severity::Blocking => Severity::Blocking,
        },
        message: text("a message", &message)?,
        place: at.map(|at| place(at, subject)).transpose()?,
        evidence: shown.into_iter().map(evidence).collect::<Result<_, _>>()?,
        suggestion: suggestion.map(|one| self::suggestion(one, subject)).transpose()?,
    })
}

fn evidence(answer: types::Evidence) -> Result<Evidence, Lie> {
    let types::Evidence { kind, text: words, value } = answer;
    if value.is_some_and(|value| !value.is_finite()) {
        return Err(Lie(format!("evidence `{}` that is no finite number", clean(&kind))));
    }
    Ok(Evidence {
        kind: code("an evidence kind", kind)?,
        text: text("an evidence text", &words)?,
        value,
    })
}

fn suggestion(answer: types::Suggestion, subject: Subject<'_>) -> Result<Suggestion, Lie> {
    let types::Suggestion { action, text: words, place: at } = answer;
    Ok(Suggestion {
        action: code("an action", action)?,
        text: text("a suggestion", &words)?,
        place: at.map(|at| place(at, subject)).transpose()?,
    })
}

fn place(answer: types::Place, subject: Subject<'_>) -> Result<Place, Lie> {
    match (answer, subject) {
        (types::Place::Step(step), _) => Ok(Place::Step(step)),
        (types::Place::Region(place), Subject::Picture) => region(place),
        (types::Place::TextSpan(place), Subject::Text(whole)) => span(place, whole),
        (types::Place::Region(_), Subject::Text(_)) => Err(Lie("a region of a text".to_owned())),
        (types::Place::TextSpan(_), Subject::Picture) => {
            Err(Lie("a text span of a picture".to_owned()))
        }
    }
}

fn region(place: types::Region) -> Result<Place, Lie> {
    let types::Region { x, y, width, height } = place;
    let inside = |start: f32, length: f32| {
        start >= -REGION_SLACK && length > 0.0 && start + length <= 1.0 + REGION_SLACK
    };
    let inside = inside(x, width) && inside(y, height);
    let region = inside.then(|| Region::new(x, y, width, height)).flatten();
    let lie =
        || Lie(format!("the region {width}×{height} at ({x}, {y}), empty or not inside 0..1"));
    region.map(Place::Region).ok_or_else(lie)
}

fn span(place: types::TextSpan, whole: &str) -> Result<Place, Lie> {
    let types::TextSpan { start, end } = place;
    if start <= end && whole.get(start as usize..end as usize).is_some() {
        return Ok(Place::TextSpan { start, end });
    }
    Err(Lie(format!("the text span {start}..{end}, which is no part of the text")))
}

fn score(name: &str, value: f32) -> Result<Score, Lie> {
    Score::new(value).ok_or_else(|| Lie(format!("the {name} {value}, which is not within 0..1")))
}

fn code(name: &str, code: String) -> Result<String, Lie> {
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_')
    };
    if code.is_empty() || code.len() > limits::CODE_BYTES {
        let (bytes, most) = (code.len(), limits::CODE_BYTES);
        return Err(Lie(format!("{name} of {bytes} bytes; 1 to {most} are accepted")));
    }
    if !code.bytes().all(plain) {
        return Err(Lie(format!(
            "{name} `{}`; codes are made of a-z, 0-9, `.`, `-` and `_`",
            clean(&code)
        )));
    }
    Ok(code)
}

fn text(name: &str, text: &str) -> Result<String, Lie> {
    if text.len() > limits::TEXT_BYTES {
        let (bytes, most) = (text.len(), limits::TEXT_BYTES);
        return Err(Lie(format!("{name} of {bytes} bytes; at most {most} are accepted")));
    }
    Ok(clean(text))
}

#[cfg(test)]
mod tests;
