//! What a call of a tool came to, in words: a program's value or what ended it, rows, passages.
//!
//! The forms are those of the program's own tools (`prompts`); what another tool says is shown as it is,
//! cut. What a tool says is a stranger's text.

use pentimento_model::Errand;
use pentimento_prompts::{Execution, Found};

use crate::shown;

/// What came of it, in a line; `None` if the tool broke.
pub(crate) fn came_to(errand: &Errand) -> Option<String> {
    let answer = errand.answer.as_ref().ok()?;
    let told = |name: &str| errand.arguments.iter().any(|one| one.name == name);
    let found = || Found::read(answer).ok().map(passages);
    let words = if told("code") {
        Execution::read(answer).ok().map(ran)
    } else if told("query") {
        found().or_else(|| Execution::of_query(answer).ok().map(ran))
    } else {
        None
    };
    let words = words.unwrap_or_else(|| format!("answered {answer}"));
    Some(shown::line(&words, shown::LINE_LIMIT))
}

fn ran(execution: Execution) -> String {
    match execution {
        Execution { failed: Some(failed), .. } => format!("failed: {failed}"),
        Execution { value: Some(value), .. } => format!("came to {value}"),
        Execution { printed, .. } => match printed.last() {
            Some(last) => format!("came to nothing, and printed {last}"),
            None => "came to nothing".to_owned(),
        },
    }
}

fn passages(found: Found) -> String {
    const NUMBER: usize = 1;
    match found.first() {
        Some(best) => format!("found {}", best.in_words(NUMBER)),
        None => "found nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use pentimento_model::{Argument, Fault, FaultKind, PluginId};

    use super::*;

    fn errand(argument: &str, answer: Result<&str, Fault>) -> Errand {
        Errand {
            tool: PluginId::of("tool-x".to_owned(), b"component"),
            step: "execute".to_owned(),
            arguments: vec![Argument::new(argument, "…")],
            answer: answer.map(str::to_owned),
        }
    }

    #[test]
    fn what_a_tool_came_to_is_told_as_its_form_says() {
        let error = r#"{"outcome":"error","error":{"type":"NameError","message":"no s9","line":3,"source":"s9"}}"#;
        for (argument, answer, expected) in [
            ("code", r#"{"outcome":"ok","value":"42"}"#, "came to 42"),
            ("code", error, "failed: NameError: no s9 (line 3: s9)"),
            ("code", r#"{"outcome":"ok","stdout":"a\nb\n"}"#, "came to nothing, and printed b"),
            ("code", r#"{"outcome":"ok"}"#, "came to nothing"),
            ("code", "7", "answered 7"),
            ("query", r#"{"outcome":"ok","rows":[["a",1],["b",2]]}"#, "came to a, 1; b, 2"),
            (
                "query",
                r#"{"outcome":"error","error":"no such column: x"}"#,
                "failed: no such column: x",
            ),
            ("query", r#"{"results":[]}"#, "found nothing"),
            (
                "query",
                r#"{"results":[{"document":"a.md","line":3,"passage":"A whale."}]}"#,
                "found [1] a.md, line 3: A whale.",
            ),
            ("expression", "42", "answered 42"),
            ("expression", "a\n\u{1b}[2Jb", "answered a \u{fffd}[2Jb"),
        ] {
            let told = came_to(&errand(argument, Ok(answer)));
            assert_eq!(told.as_deref(), Some(expected), "{answer}");
        }
        let fault =
            Fault { kind: FaultKind::Trap, message: "it broke".to_owned(), log: Vec::new() };
        assert_eq!(came_to(&errand("code", Err(fault))), None, "a fault is told elsewhere");
    }
}
