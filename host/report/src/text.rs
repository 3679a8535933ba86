//! A summary as text for an 80-column terminal: lines of styled spans, no color codes.
//!
//! What a style looks like is the `cli` crate's business; `Display` gives the plain text.

use std::fmt;

use crate::{
    shown,
    summary::{
        AssessmentSummary, CandidateSummary, CorrectionSummary, CostSummary, FindingSummary, Makes,
        RoundSummary, RunState, Summary, TalkSummary,
    },
};

/// Columns of a line; the narrowest terminal people still use.
const COLUMNS: usize = 80;

/// The longest text shown in full, in characters: five lines.
const TEXT_LIMIT: usize = 5 * COLUMNS;

/// The longest quotation, in characters: some three screens. The whole text is in its file.
const QUOTATION_LIMIT: usize = 75 * COLUMNS;

/// What a span means; how that looks is left to whoever prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Ordinary text.
    Plain,
    /// A heading.
    Heading,
    /// Something went well.
    Good,
    /// Something wants attention.
    Warning,
    /// Something went wrong.
    Bad,
    /// Of lesser interest.
    Dim,
}

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it means.
    pub style: Style,
    /// Visible characters only; never a line break or control character.
    pub text: String,
}

/// One line of at most 80 columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Left to right.
    pub spans: Vec<Span>,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spans.iter().try_for_each(|span| formatter.write_str(&span.text))
    }
}

/// The summary as text.
pub fn to_text(summary: &Summary) -> Vec<Line> {
    let mut text = Text::default();
    text.put(0, Style::Heading, "", &summary.idea);
    ending(&mut text, summary);
    unsure(&mut text, summary);
    if let Some(cached) = &summary.from_cache {
        text.put(0, Style::Good, "", &shown::from_cache(cached));
    }
    let (recipe, painter, seed) = (&summary.recipe, &summary.painter, summary.seed);
    let setting = match summary.makes {
        Makes::Pictures => format!("recipe {recipe} · painter {painter} · seed {seed}"),
        Makes::Texts => format!("recipe {recipe} · writer {} · seed {seed}", writer(summary)),
    };
    text.put(0, Style::Dim, "", &setting);
    if let Some(once) = &summary.stops_once {
        text.put(0, Style::Dim, "", &format!("stops once {once}"));
    }
    let started = shown::moment(&summary.started);
    text.put(0, Style::Dim, "", &format!("run {} · started {started}", summary.run));
    asked(&mut text, summary);
    summary.rounds.iter().for_each(|told| round(&mut text, told));
    if let Some(pending) = &summary.pending {
        text.blank();
        text.put(0, Style::Warning, "", &format!("planned on {}, not carried out", pending.on));
        pending.ops.iter().for_each(|op| text.put(2, Style::Plain, "· ", &op.text));
    }
    judges(&mut text, summary);
    faults(&mut text, summary);
    times(&mut text, summary);
    text.lines
}

/// A text that a model wrote, as a quotation: every line begins with a bar, so that none of them can
/// pass for a line of ours.
pub fn quotation(content: &str) -> Vec<Line> {
    let mut text = Text::default();
    for line in shown::block(content, QUOTATION_LIMIT).lines() {
        for (index, piece) in wrapped(line, COLUMNS - 4, COLUMNS - 6).into_iter().enumerate() {
            let lead = if index == 0 { "" } else { "  " };
            let bar = Span { style: Style::Dim, text: "  │ ".to_owned() };
            let words = Span { style: Style::Plain, text: format!("{lead}{piece}") };
            text.lines.push(Line { spans: vec![bar, words] });
        }
    }
    text.lines
}

fn ending(text: &mut Text, summary: &Summary) {
    let pictures = shown::counted(summary.pictures as usize, summary.makes.noun());
    let Some(outcome) = &summary.outcome else {
        let time = shown::seconds(summary.seconds);
        let cost = cost(summary.cost.as_ref());
        let told = format!("not finished · {pictures} so far · {time}{cost}");
        return text.put(0, Style::Warning, "", &told);
    };
    let accepted = outcome.verdict == "accept";
    let (style, word) =
        if accepted { (Style::Good, "accepted") } else { (Style::Bad, "not accepted") };
    let why = if accepted { String::new() } else { format!(" ({})", outcome.stop) };
    let rounds =
        summary.rounds.iter().filter(|one| one.round > 0 && !one.candidates.is_empty()).count();
    let (rounds, time) = (shown::counted(rounds, "correction"), shown::seconds(summary.seconds));
    let best = &outcome.best;
    let cost = cost(summary.cost.as_ref());
    let told = format!("{word}{why} after {rounds} · best is {best} · {pictures} · {time}{cost}");
    text.put(0, style, "", &told);
}

/// Calls of which nobody knows whether they were paid.
fn unsure(text: &mut Text, summary: &Summary) {
    if let Some(told) = shown::went_on(summary.went_on) {
        text.put(0, Style::Dim, "", &told);
    }
    if let Some(calls) = &summary.perhaps_twice {
        let told = shown::perhaps_twice(calls);
        text.put(0, Style::Warning, "", &told);
    }
    if let Some(call) = &summary.under_way {
        let told = shown::under_way(call);
        text.put(0, Style::Warning, "", &told);
    }
}

fn cost(cost: Option<&CostSummary>) -> String {
    cost.map_or_else(String::new, |cost| format!(" · {}", shown::cost(cost)))
}

fn asked(text: &mut Text, summary: &Summary) {
    if summary.constraints.is_empty() {
        return;
    }
    text.blank();
    text.put(0, Style::Heading, "", "asked, and seen in the first and the best candidate");
    for row in &summary.constraints {
        let look = |seen: &Option<crate::SeenSummary>| {
            seen.as_ref().map_or_else(|| "–".to_owned(), |seen| seen.seen.clone())
        };
        let met = row.best.as_ref().or(row.first.as_ref()).and_then(|seen| seen.met);
        let (style, mark) = match met {
            Some(true) => (Style::Good, "✓ "),
            Some(false) => (Style::Bad, "✗ "),
            None => (Style::Dim, "· "),
        };
        text.put(
            2,
            style,
            mark,
            &format!("{}: {} → {}", row.asked, look(&row.first), look(&row.best)),
        );
    }
}

/// The judge in the loop against everybody who watched.
fn judges(text: &mut Text, summary: &Summary) {
    let Some(judges) = summary.judges.as_ref().filter(|judges| !judges.gaps.is_empty()) else {
        return;
    };
    text.blank();
    text.put(0, Style::Heading, "", "who judged, and who watched");
    for apart in &judges.gaps {
        let style = if apart.hacking { Style::Bad } else { Style::Plain };
        text.put(2, style, "· ", &crate::gap_in_words(&judges.judge, apart));
        let round = |one: &pentimento_measure::GapRound| {
            format!("round {}: {:.2} and {:.2}", one.round, one.judge, one.held_out)
        };
        let rounds: Vec<_> = apart.gap.rounds.iter().map(round).collect();
        text.put(4, Style::Dim, "", &rounds.join(", "));
    }
}

fn round(text: &mut Text, round: &RoundSummary) {
    text.blank();
    text.put(
        0,
        Style::Heading,
        "",
        &format!(
            "round {} · {}{}",
            round.round,
            shown::seconds(round.seconds),
            cost(round.cost.as_ref())
        ),
    );
    round.candidates.iter().for_each(|made| candidate(text, made));
    round.talk.iter().for_each(|said| talk(text, said));
    let goes_on = round.decision.as_ref().is_some_and(|one| one.verdict == "revise");
    if goes_on && round.candidates.is_empty() {
        text.put(2, Style::Dim, "", "nothing new came of it");
    }
    let Some(decision) = &round.decision else {
        return text.put(2, Style::Warning, "", "not decided: the run stopped here");
    };
    let style = match decision.verdict.as_str() {
        "accept" => Style::Good,
        "revise" => Style::Warning,
        _ => Style::Bad,
    };
    let (verdict, draft, reason) = (&decision.verdict, &decision.draft, &decision.reason);
    text.put(2, style, "= ", &format!("{verdict}, draft {draft}: {reason}"));
}

/// What tools came to, and which answers were of no use. Questions to models are on the page.
fn talk(text: &mut Text, said: &TalkSummary) {
    match said {
        TalkSummary { came_to: Some(came_to), model, .. } => {
            let tool = model.as_deref().unwrap_or_default();
            text.put(4, Style::Dim, "", &format!("{tool} {came_to}"));
        }
        TalkSummary { reason: Some(reason), instead: Some(instead), step, .. } => {
            text.put(4, Style::Warning, "! ", &format!("{step}: {reason}; {instead}"));
        }
        _ => {}
    }
}

fn candidate(text: &mut Text, made: &CandidateSummary) {
    match (&made.correction, &made.parent) {
        _ if made.step.is_some() => written(text, made),
        (Some(correction), _) => corrected(text, &made.id, correction),
        (None, Some(parent)) => {
            text.put(2, Style::Plain, "", &format!("{} from {parent}", made.id));
        }
        (None, None) => {
            let (id, again) = (&made.id, if made.cached { ", out of the cache" } else { "" });
            let told = match &made.prompt {
                None => format!("{id} from the idea{again}"),
                Some(prompt) => {
                    let prompt = shown::line(prompt, shown::LINE_LIMIT);
                    format!("{id}{again} from the prompt: {prompt}")
                }
            };
            text.put(2, Style::Plain, "", &told);
        }
    }
    made.assessments.iter().for_each(|given| assessment(text, given));
    if let Some(seen) = made.seen.as_ref().filter(|seen| !seen.is_empty()) {
        text.put(4, Style::Dim, "", &format!("seen: {}", seen.join(", ")));
    }
    for found in made.review.iter().flatten() {
        finding(text, found, "controller");
    }
}

/// Who answered first: the writer, in the provider's word.
fn writer(summary: &Summary) -> &str {
    let mut talk = summary.rounds.iter().flat_map(|round| &round.talk);
    talk.find_map(|said| said.model.as_deref()).unwrap_or("not asked yet")
}

fn written(text: &mut Text, made: &CandidateSummary) {
    let step = made.step.as_deref().unwrap_or_default();
    let from = made.parent.as_deref().map_or("the idea", |parent| parent);
    text.put(2, Style::Plain, "", &format!("{} from {from} ({step})", made.id));
}

fn corrected(text: &mut Text, id: &str, correction: &CorrectionSummary) {
    let (on, done, all) = (&correction.on, correction.applied, correction.ops.len());
    text.put(2, Style::Plain, "", &format!("{id} from {on}: {done} of {all} changes made"));
    for op in &correction.ops {
        match &op.refused {
            None => text.put(4, Style::Good, "+ ", &op.text),
            Some(why) => text.put(4, Style::Bad, "- ", &format!("{}: {why}", op.text)),
        }
    }
}

fn assessment(text: &mut Text, given: &AssessmentSummary) {
    let who = &given.assessor;
    // What a plugin in shadow says changes nothing; whoever reads it must see that.
    let named = match &given.mode {
        Some(mode) => format!("{who} ({mode})"),
        None => who.clone(),
    };
    let notes = given.findings.iter().filter(|found| found.severity == "note").count();
    let told = match (given.kind.as_str(), &given.answer) {
        ("fault", answer) => {
            let kind = answer.as_deref().unwrap_or("fault");
            return text.put(4, Style::Bad, "! ", &format!("{named} broke ({kind})"));
        }
        ("check", Some(outcome)) => format!("{named} checked: {outcome}"),
        (_, Some(why)) => format!("{named} abstained: {why}"),
        _ => match examined(given) {
            (_, 0) => format!("{named} noted {}", shown::counted(notes, "thing")),
            (right, all) => {
                let score =
                    given.score.map_or_else(String::new, |score| format!(", score {score}"));
                let questions = shown::counted(all, "question");
                format!("{named} asked {questions}, {right} answered as wanted{score}")
            }
        },
    };
    let told = match given.findings.iter().filter(|found| found.repeats_controller).count() {
        0 => told,
        many => format!("{told}, and found {many} of what the controller found"),
    };
    let told = if given.cached { format!("{told} (from the cache)") } else { told };
    text.put(4, Style::Dim, "", &told);
    let new = |found: &&FindingSummary| found.severity != "note" && !found.repeats_controller;
    given.findings.iter().filter(new).for_each(|found| {
        finding(text, found, who);
    });
}

/// Questions that an examiner asked: answered as wanted, and all.
fn examined(given: &AssessmentSummary) -> (usize, usize) {
    let counted =
        |code: &str| given.findings.iter().filter(|one| one.code.starts_with(code)).count();
    (counted("answer.right"), counted("answer."))
}

fn finding(text: &mut Text, found: &FindingSummary, who: &str) {
    let style = match found.severity.as_str() {
        "note" => Style::Dim,
        "minor" => Style::Warning,
        _ => Style::Bad,
    };
    let mark = format!("{} ", found.severity);
    text.put(4, style, &mark, &format!("{} ({who}, {})", found.message, found.code));
}

fn faults(text: &mut Text, summary: &Summary) {
    for fault in &summary.faults {
        text.blank();
        let (who, kind, on) = (&fault.assessor, &fault.kind, &fault.candidate);
        text.put(0, Style::Bad, "", &format!("fault: {who} on {on} ({kind})"));
        text.put(2, Style::Plain, "", &fault.message);
        fault.log.iter().for_each(|logged| text.put(2, Style::Dim, "| ", logged));
    }
    for fault in &summary.tool_faults {
        text.blank();
        text.put(0, Style::Bad, "", &shown::tool_fault(fault));
        text.put(2, Style::Plain, "", &fault.message);
    }
}

fn times(text: &mut Text, summary: &Summary) {
    text.blank();
    let told = |time: &crate::TimeSummary| {
        format!("{} {} ({}×)", time.primitive, shown::seconds(time.seconds), time.calls)
    };
    let times: Vec<_> = summary.times.iter().map(told).collect();
    text.put(0, Style::Dim, "", &format!("time: {}", times.join(" · ")));
    if summary.state == RunState::Unfinished {
        text.put(0, Style::Dim, "", "what was done is safe; the run can go on from here");
    }
}

/// Lines under construction.
#[derive(Default)]
struct Text {
    lines: Vec<Line>,
}

impl Text {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Adds a paragraph: indented, with a mark before it, cleaned, wrapped, and later lines
    /// indented by two more columns. The mark and the first heading carry the style; so does the
    /// whole paragraph if there is no mark.
    fn put(&mut self, indent: usize, style: Style, mark: &str, content: &str) {
        let content = shown::line(content, TEXT_LIMIT);
        let first = COLUMNS - indent - mark.chars().count();
        let later = COLUMNS - indent - 2;
        let rest = if mark.is_empty() { style } else { Style::Plain };
        for (index, piece) in wrapped(&content, first, later).into_iter().enumerate() {
            let lead = if index == 0 { indent } else { indent + 2 };
            let span = |style, text: &str| Span { style, text: text.to_owned() };
            let mut spans = vec![span(Style::Plain, &" ".repeat(lead))];
            spans.extend((index == 0).then(|| span(style, mark)));
            spans.push(span(rest, &piece));
            spans.retain(|span| !span.text.is_empty());
            self.lines.push(Line { spans });
        }
    }
}

/// Breaks a text at spaces, and inside words that no line can hold. Columns are counted in
/// characters; wide scripts may run over, which a terminal wraps by itself.
fn wrapped(text: &str, first: usize, later: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = first;
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        let begun = lines.last().is_some_and(|line| !line.is_empty());
        if begun && word.len() < left {
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
            left -= 1;
        } else if begun {
            lines.push(String::new());
            left = later;
        }
        while word.len() > left {
            let tail = word.split_off(left);
            lines.last_mut().into_iter().for_each(|line| line.extend(&word));
            lines.push(String::new());
            (word, left) = (tail, later);
        }
        left -= word.len();
        lines.last_mut().into_iter().for_each(|line| line.extend(&word));
    }
    lines
}

#[cfg(test)]
mod tests;
