//! How words, times and operations are written for a person, on the terminal and on the page.
//!
//! Texts may come from strangers: they are capped and stripped of what could disturb a display.
//! Escaping for HTML is left to the template engine.

use std::time::Duration;

use pentimento_model::{EditOp, ItemName, Relation, RelationTarget, Seed, WantedObject};

use crate::{CachedSummary, CostSummary, ToolFaultSummary};

/// The longest text shown on one line of a list, in characters: a finding's cap at the sandbox is
/// larger, but nobody reads a wall.
pub(crate) const LINE_LIMIT: usize = 400;

/// What stands in place of the painter of a run that makes texts.
pub(crate) const NOBODY: &str = "none";

/// Characters that turn the direction of the text around them, or are invisible marks for it.
const DIRECTION: [std::ops::RangeInclusive<char>; 4] = [
    '\u{61c}'..='\u{61c}',
    '\u{200e}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2066}'..='\u{2069}',
];

/// `2026-01-02 03:04 UTC` from RFC 3339: to the minute, as people say it.
pub(crate) fn moment(started: &str) -> String {
    const TO_THE_MINUTE: usize = "2026-01-02T03:04".len();
    let minute = started.get(..TO_THE_MINUTE).unwrap_or(started);
    format!("{} UTC", minute.replace('T', " "))
}

/// The text on one line: control and direction characters become `�`, white space one space.
pub(crate) fn line(text: &str, limit: usize) -> String {
    let words: Vec<_> = capped(text, limit).split_whitespace().map(visible).collect();
    note_cut(words.join(" "), text, limit)
}

/// The text with its line breaks: control and direction characters become `�`.
pub(crate) fn block(text: &str, limit: usize) -> String {
    let lines: Vec<_> = capped(text, limit).lines().map(visible).collect();
    note_cut(lines.join("\n"), text, limit)
}

/// True if `line` shows the text as it is.
pub(crate) fn is_plain(text: &str, limit: usize) -> bool {
    line(text, limit) == text
}

/// The first `limit` characters.
fn capped(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// Says how much longer the text was, if it was cut.
fn note_cut(shown: String, text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length > limit { format!("{shown}… ({length} characters)") } else { shown }
}

fn visible(text: &str) -> String {
    let hidden = |c: &char| c.is_control() && *c != '\t';
    let turning = |c: &char| DIRECTION.iter().any(|range| range.contains(c));
    // U+FFFE and U+FFFF are no characters; XML readers refuse them.
    let foreign = |c: &char| matches!(c, '\u{fffe}' | '\u{ffff}');
    let safe = |c: char| if hidden(&c) || turning(&c) || foreign(&c) { '\u{fffd}' } else { c };
    text.chars().map(safe).collect()
}

/// `12 ms`, `0.84 s`, `3 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let millis = time.as_millis();
    match millis {
        0..100 => format!("{millis} ms"),
        100..60_000 => format!("{:.2} s", time.as_secs_f64()),
        _ => format!("{} min {:02} s", millis / 60_000, millis / 1000 % 60),
    }
}

/// The same from a summary's seconds.
pub(crate) fn seconds(seconds: f64) -> String {
    duration(Duration::try_from_secs_f64(seconds).unwrap_or_default())
}

/// `1 picture`, `3 pictures`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `$0.04`, `$0.04 and 2 calls without a price`, or that no price is known.
pub fn dollars(usd: Option<&str>, unpriced: u32) -> String {
    match (usd, unpriced) {
        (Some(usd), 0) => format!("${usd}"),
        (Some(usd), _) => {
            format!("${usd} and {} without a price", counted(unpriced as usize, "call"))
        }
        (None, _) => "price not known".to_owned(),
    }
}

/// What a sum came to.
fn sum(cost: &CostSummary) -> String {
    dollars(cost.usd.as_deref(), cost.unpriced_calls)
}

/// `up to $0.04 may have been paid twice`, or that nobody knows how much.
fn may_have_been_paid(cost: &CostSummary, twice: &str) -> String {
    if cost.usd.is_some() {
        return format!("up to {} may have been paid{twice}", sum(cost));
    }
    let it = if cost.calls == 1 { "it" } else { "they" };
    format!("{it} may have been paid{twice}, at a price that is not known")
}

/// `$0.04, 2 calls`, with the tokens if any were counted.
pub(crate) fn cost(cost: &CostSummary) -> String {
    let calls = counted(cost.calls as usize, "call");
    let (read, written) = (cost.input_tokens, cost.output_tokens);
    let tokens = if read + written == 0 {
        String::new()
    } else {
        format!(", {read} tokens read, {written} written")
    };
    match (&cost.usd, cost.unpriced_calls) {
        (None, _) => format!("{calls}, price not known{tokens}"),
        (Some(_), 0) => format!("{}, {calls}{tokens}", sum(cost)),
        (Some(usd), unpriced) => {
            format!("${usd} and {unpriced} of {calls} without a price{tokens}")
        }
    }
}

/// Calls that were made again because nobody saw how they ended.
pub(crate) fn perhaps_twice(lost: &CostSummary) -> String {
    let (calls, were) = were(lost);
    let paid = may_have_been_paid(lost, " twice");
    format!("{calls} {were} under way when the program ended, and {were} made again: {paid}")
}

/// A run that had ended and went on.
pub(crate) fn went_on(times: u32) -> Option<String> {
    let often = if times == 1 { "once".to_owned() } else { format!("{times} times") };
    (times > 0).then(|| format!("it had ended {often} for want of means, and went on with more"))
}

/// What other runs had come to before.
pub(crate) fn from_cache(cached: &CachedSummary) -> String {
    let (results, it) = (counted(cached.results as usize, "result"), cached.results == 1);
    let (it, was) = if it { ("it", "was") } else { ("they", "were") };
    match &cached.saved {
        Some(saved) => {
            let cost = match saved.usd {
                Some(_) => sum(saved),
                None => "what nobody knows".to_owned(),
            };
            format!("{results} from the cache; {it} cost {cost} when {it} {was} made")
        }
        None => format!("{results} from the cache"),
    }
}

/// A call of which nobody knows yet how it ended.
pub(crate) fn under_way(call: &CostSummary) -> String {
    let (calls, were) = were(call);
    let paid = may_have_been_paid(call, "");
    format!("{calls} {were} under way when this was read: {paid}")
}

fn were(cost: &CostSummary) -> (String, &'static str) {
    (counted(cost.calls as usize, "call"), if cost.calls == 1 { "was" } else { "were" })
}

/// `red apple #2`, for a display: nouns come from a detector and are hostile like any text.
pub(crate) fn item(name: &ItemName) -> String {
    line(&name.to_string(), LINE_LIMIT)
}

/// `red apple`, without a number.
pub(crate) fn wanted(object: &WantedObject) -> String {
    let noun = line(&object.noun, LINE_LIMIT);
    object.attribute.map_or_else(|| noun.clone(), |attribute| format!("{attribute} {noun}"))
}

/// `red apple left of blue cup`, `cat left of the picture's center`.
pub(crate) fn relation(relation: &Relation, objects: &[WantedObject]) -> String {
    let name = |index: usize| objects.get(index).map_or_else(|| "?".to_owned(), wanted);
    let kind = relation.kind.as_str();
    match relation.target {
        RelationTarget::Object(target) => {
            format!("{} {kind} {}", name(relation.subject), name(target))
        }
        RelationTarget::Canvas => format!("{} {kind} the picture's center", name(relation.subject)),
    }
}

/// What an operation does, as an order: `add red apple #3`.
pub(crate) fn op(op: &EditOp) -> String {
    match op {
        EditOp::Delete { item: name, .. } => format!("delete {}", item(name)),
        EditOp::Add { item: name, .. } => format!("add {}", item(name)),
        EditOp::Move { item: name, .. } => format!("move {}", item(name)),
        EditOp::Restyle { item: name, attribute, .. } => {
            format!("make {} {attribute}", item(name))
        }
        EditOp::Inpaint { prompt, .. } => format!("paint anew: {}", line(prompt, LINE_LIMIT)),
    }
}

/// How a tool's calls went wrong.
pub(crate) fn tool_fault(fault: &ToolFaultSummary) -> String {
    let ToolFaultSummary { tool, calls, round, kind, .. } = fault;
    let calls = counted(*calls as usize, "call");
    format!("fault: {tool} gave no answer to {calls}, first in round {round} ({kind})")
}

/// The command that makes the same run again, with flags for whoever else is named; `None` if the idea
/// cannot be typed as it is shown.
pub(crate) fn command(
    idea: &str,
    (recipe, painter): (&str, &str),
    (seed, rounds): (Seed, u32),
    named: &[(&str, Option<&str>)],
) -> Option<String> {
    /// Longer ideas come from files; nobody types them.
    const TYPED_LIMIT: usize = 1000;
    if !is_plain(idea, TYPED_LIMIT) {
        return None;
    }
    let is_embedded = pentimento_recipe::embedded().iter().any(|(known, _)| *known == recipe);
    // A recipe of the user's own is a file of that name.
    let recipe = if is_embedded { quoted(recipe) } else { quoted(&format!("{recipe}.toml")) };
    let painter = quoted(painter);
    // No preset has a slash in its name, and every provider's model has.
    let who = if painter.contains('/') { "painter" } else { "preset" };
    let paints = if painter == NOBODY { String::new() } else { format!(" --{who} {painter}") };
    let options = format!("--recipe {recipe}{paints} --seed {seed} --rounds {rounds}");
    // Everything after `--` is taken as it is, even if it begins with a dash.
    let end = if idea.starts_with('-') { " --" } else { "" };
    let flag = |(flag, name): &(&str, Option<&str>)| {
        name.map_or_else(String::new, |name| format!(" --{flag} {}", quoted(name)))
    };
    let named: String = named.iter().map(flag).collect();
    Some(format!("pentimento refine {options}{named}{end} {}", quoted(idea)))
}

/// Quotes a word for a POSIX shell, if it needs it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests;
