//! CRITIC with a search tool and with tables: what is searched for when, what is told of it, what is
//! cited, and what happens to tools that do not answer.

use super::*;

const ASKED: &str = "What is the capital of Peru?";

fn query(query: &str) -> String {
    format!(r#"{{"problems": [], "query": "{query}", "steps": [], "answer": "", "cited": []}}"#)
}

fn corrected(answer: &str, cited: &str) -> String {
    format!(r#"{{"query": "", "steps": ["it is so"], "answer": "{answer}", "cited": {cited}}}"#)
}

/// Two passages for `capital`, none for anything else.
fn library() -> Arc<ScriptedTool> {
    ScriptedTool::by("tool-search", |arguments| {
        let value = |name: &str| {
            &arguments.iter().find(|one| one.name == name).expect("a known argument").value
        };
        assert_eq!(value("count"), "1");
        let passages = ["Lima is the capital.", "Cusco was the capital."];
        let at: usize = value("skip").parse().unwrap();
        let found = passages.get(at).filter(|_| value("query") == "capital");
        let results: Vec<String> = found
            .into_iter()
            .map(|text| format!(r#"{{"document":"peru.md","line":{},"passage":"{text}"}}"#, at + 1))
            .collect();
        Ok(format!(r#"{{"results":[{}]}}"#, results.join(",")))
    })
}

fn inquired(
    (rounds, searches): (u32, u32),
    replies: &[String],
    tool: &Arc<ScriptedTool>,
    verifier: Option<ScriptedVerifier>,
) -> (Ended, Arc<ScriptedWriter>) {
    let writer = ScriptedWriter::new("w", replies.to_vec());
    let models = Models { writer: Some(writer.clone()), ..Models::default() };
    let algorithm = Algorithm::Text(TextAlgorithm::CriticSearch { searches });
    let recipe = Recipe { algorithm, ..recipe("critic-search", rounds) };
    (perform_among(ASKED, &recipe, models, verifier, tool).unwrap(), writer)
}

/// What the tool was told: queries with how many passages were passed over.
fn searches(tool: &ScriptedTool) -> Vec<(String, String)> {
    let told = tool.told().into_iter();
    told.map(|one| (one[0].value.clone(), one[2].value.clone())).collect()
}

#[test]
fn critic_search_answers_searches_corrects_and_cites_until_the_answer_stays_twice() {
    let tool = library();
    let replies = [
        answer("Cusco"),
        query("capital"),
        corrected("Lima", "[1]"),
        query("capital"),
        corrected("Lima", "[2, 7]"),
        corrected("Lima", "[]"),
    ];
    let (ended, writer) = inquired((9, 6), &replies, &tool, None);
    assert_eq!(ended.short(), (Verdict::Accept, 3, StopReason::NoOps));
    assert_eq!(writer.forms()[..3], ["solution", "inquiry", "inquiry"]);
    // The same query leads to the next passage, in a later round too.
    assert_eq!(
        searches(&tool),
        [("capital", "0"), ("capital", "1")].map(|(q, s)| (q.into(), s.into()))
    );
    assert_eq!(
        ended.texts[1..],
        [
            "it is so\n[1] peru.md, line 1: Lima is the capital.\nAnswer: Lima",
            "it is so\n[2] peru.md, line 2: Cusco was the capital.\nAnswer: Lima",
            "it is so\nAnswer: Lima",
        ]
    );
    let asked: Vec<_> = writer.asked().into_iter().map(|(_, text)| text).collect();
    assert!(asked[1].contains("There is no evidence yet"), "{}", asked[1]);
    assert!(asked[1].contains("so it is Cusco"), "the answer is before its eyes: {}", asked[1]);
    assert!(asked[2].contains("[1] peru.md, line 1: Lima is the capital."), "{}", asked[2]);
    assert!(asked[5].contains("[1] peru.md") && asked[5].contains("[2] peru.md"), "{}", asked[5]);
    assert_eq!(ended.origins()[1], ("inquire".to_owned(), Some(0)));
}

#[test]
fn after_the_last_search_an_answer_is_due_and_one_of_no_use_keeps_the_text() {
    let tool = library();
    let replies = [answer("Cusco"), query("a"), query("b"), query("c")];
    let (ended, writer) = inquired((1, 2), &replies, &tool, None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
    assert_eq!(searches(&tool).len(), 2, "the third query is asked of nobody");
    let asked = writer.asked();
    assert!(asked[1].1.contains("2 more searches are possible"));
    assert!(asked[3].1.contains("No search is left") && !asked[3].1.contains("\"query\""));
    assert!(asked[3].1.contains("a: nothing was found"), "{}", asked[3].1);
}

#[test]
fn a_passage_that_was_seen_is_passed_over_and_a_query_without_more_is_told() {
    let tool = library();
    let again = query("capital");
    let replies = [answer("Cusco"), again.clone(), again.clone(), again, corrected("Lima", "[1]")];
    let (ended, writer) = inquired((1, 6), &replies, &tool, None);
    assert_eq!(ended.texts.last().map(|text| text.ends_with("Answer: Lima")), Some(true));
    let told = &writer.asked()[4].1;
    assert!(told.contains("capital: nothing was found"), "{told}");
    // The same passage under every rank: it is looked for in the first seven alone.
    let same = ScriptedTool::by("tool-search", |_| {
        Ok(r#"{"results":[{"document":"d","line":1,"passage":"x"}]}"#.to_owned())
    });
    let again = query("x");
    let replies = [answer("Cusco"), again.clone(), again, corrected("Lima", "[1]")];
    let (_, writer) = inquired((1, 6), &replies, &same, None);
    assert_eq!(same.told().len(), 7);
    assert!(writer.asked()[3].1.contains("x: nothing more was found"));
}

#[test]
fn a_search_tool_that_breaks_or_talks_nonsense_is_done_without() {
    for (rule, told) in [
        (Err(FaultKind::Timeout), "the tool gave no answer (timeout): late"),
        (Ok("nonsense"), "no JSON"),
    ] {
        let tool = ScriptedTool::by("tool-search", move |_| match rule {
            Ok(text) => Ok(text.to_owned()),
            Err(kind) => Err(Fault { kind, message: "late".to_owned(), log: Vec::new() }),
        });
        let replies = [answer("Cusco"), query("capital"), corrected("Lima", "[1]")];
        let (ended, writer) = inquired((1, 6), &replies, &tool, None);
        assert_eq!(ended.texts[1], "it is so\nAnswer: Lima", "nothing can be cited");
        assert!(writer.asked()[2].1.contains(told), "{}", writer.asked()[2].1);
    }
}

#[test]
fn a_proof_ends_critic_search_and_what_is_refuted_is_not_kept() {
    let replies = [answer("13"), corrected("12", "[]")];
    let verifier = || Some(ScriptedVerifier::new(knows));
    let (ended, writer) = inquired((4, 6), &replies, &library(), verifier());
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert!(writer.asked()[1].1.contains("it does not follow"));
}

/// One table; every query that is right finds `12`.
fn table(arguments: &[Argument]) -> String {
    let query = arguments[0].value.as_str();
    match query {
        "SELECT n FROM t" => r#"{"outcome":"ok","rows":[[12]],"cut":false}"#.to_owned(),
        "SELECT n FROM t WHERE 0" => r#"{"outcome":"ok","rows":[],"cut":false}"#.to_owned(),
        _ if query.contains("sqlite_schema") => {
            r#"{"outcome":"ok","rows":[["CREATE TABLE t (n)"]]}"#.to_owned()
        }
        _ => r#"{"outcome":"error","error":"no such column: m","schema":["CREATE TABLE t (n)"]}"#
            .to_owned(),
    }
}

fn queried(rounds: u32, replies: &[&str]) -> (Ended, Arc<ScriptedWriter>, Arc<ScriptedTool>) {
    let replies = replies.iter().map(|query| format!(r#"{{"program": "{query}"}}"#));
    let writer = ScriptedWriter::new("w", replies.collect::<Vec<_>>());
    let tool = ScriptedTool::by("tool-sql", |arguments| Ok(table(arguments)));
    let models = Models { writer: Some(writer.clone()), ..Models::default() };
    let ended = perform_among(ASKED, &recipe("critic-sql", rounds), models, None, &tool).unwrap();
    (ended, writer, tool)
}

#[test]
fn critic_sql_tells_the_tables_first_then_the_error_then_the_rows_until_they_stay_twice() {
    let right = "SELECT n FROM t";
    let (ended, writer, tool) = queried(9, &["SELECT m FROM t", right]);
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::NoOps));
    assert_eq!(writer.forms(), ["query", "requery", "requery", "requery"]);
    let asked = writer.asked();
    assert!(asked[0].1.contains("CREATE TABLE t (n)"), "{}", asked[0].1);
    assert!(asked[1].1.contains("Execution: no such column: m"), "{}", asked[1].1);
    assert!(asked[2].1.contains("Execution: done. Output: 12"), "{}", asked[2].1);
    // Which tables there are, and every query that is new.
    assert_eq!(tool.told().len(), 3);
    assert!(tool.told()[0][0].value.contains("sqlite_schema"));
    assert_eq!(ended.texts, ["SELECT m FROM t\nAnswer: none", "SELECT n FROM t\nAnswer: 12"]);
}

#[test]
fn a_query_without_rows_came_to_something() {
    let (ended, writer, _) = queried(3, &["SELECT n FROM t WHERE 0"]);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::NoOps));
    assert_eq!(ended.texts, ["SELECT n FROM t WHERE 0\nAnswer: no rows"]);
    assert!(writer.asked()[1].1.contains("Output: no rows"));
}
