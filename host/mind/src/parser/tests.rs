use futures::executor::block_on;
use pentimento_engine::PortErrorKind;

use super::*;

#[test]
fn an_idea_is_read_by_the_grammar() {
    let brief = Brief::from_idea("three red apples to the left of a blue cup");
    let constraints = block_on(RuleParser.parse(&brief)).unwrap();
    assert_eq!(constraints, pentimento_world::read(&brief.idea).unwrap());
}

#[test]
fn what_cannot_be_read_is_wrong_use_with_a_hint() {
    let error = block_on(RuleParser.parse(&Brief::from_idea("a dinosour"))).unwrap_err();
    assert_eq!(error.kind, PortErrorKind::WrongUse);
    assert_eq!(error.message, "the closed world does not know `dinosour`");
    assert!(error.hint.is_some());
    assert!(error.cause.is_none());
}

#[test]
fn the_identity_names_the_version() {
    assert!(RuleParser.identity().starts_with("mind-parser/"));
}
