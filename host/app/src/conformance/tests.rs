use std::collections::BTreeSet;

use pentimento_manifest::Role;
use pentimento_sandbox::{Limits, SandboxSettings};

use super::*;
use crate::Bundled;

fn conformity() -> Conformity {
    // A machine that is busy with other tests must not make a slow plugin out of a sound one.
    let limits = Limits { wall_time: std::time::Duration::from_mins(1), ..Limits::default() };
    let settings = SandboxSettings { limits, ..SandboxSettings::default() };
    Conformity { sandbox: Sandbox::new(settings).unwrap() }
}

/// All there is to the questions: names, and what is handed over.
fn digest_of_questions() -> String {
    let mut parts = Vec::new();
    for role in [Role::Critic, Role::Verifier, Role::Tool] {
        for Question { name, task, powers, honest } in questions::to(role) {
            parts.push(format!("{role} {name} {powers} {honest} {task:?}"));
        }
    }
    ConformanceHash::of(parts.iter().map(String::as_bytes)).short()
}

#[test]
fn a_list_of_questions_never_changes() {
    // If this fails, do not change the digest: give the new list a new number, and its own line.
    assert_eq!((ASKED.0, digest_of_questions().as_str()), (1, "0998214ff452"));
}

#[test]
fn no_name_stands_for_two_questions_and_what_is_honest_is_asked_first() {
    for role in [Role::Critic, Role::Verifier, Role::Tool] {
        let questions = questions::to(role);
        let names: BTreeSet<_> = questions.iter().map(|question| question.name).collect();
        assert_eq!(names.len(), questions.len());
        assert!(questions.is_sorted_by_key(|question| !question.honest));
        assert!(questions.iter().any(|question| question.honest && !question.powers));
    }
}

#[tokio::test]
async fn every_bundled_plugin_keeps_what_is_asked_of_strangers_and_answers_alike_twice() {
    let conformity = conformity();
    for bundled in Bundled::ALL {
        let found = conformity.ask(bundled.component).await.unwrap();
        assert_eq!(found.broke, Vec::<String>::new(), "{}", bundled.name);
        let broken =
            |answer: &&String| !answer.starts_with("answered") && !answer.starts_with("failed");
        assert_eq!(found.answers.values().find(broken), None, "{}: {found:?}", bundled.name);
        let again = conformity.ask(bundled.component).await.unwrap();
        assert_eq!(found, again, "{}", bundled.name);
    }
}
