//! The page as a browser and a hostile plugin's author meet it.
//!
//! The template is written so that the page is also well-formed XML; that is how it is read here.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, ArtifactId, Exchange, MediaType, RunEvent};
use roxmltree::{Document, Node, ParsingOptions};

use super::to_page;
use crate::testing::{self, Sample};

const HOSTILE: &str = "</script></title><img src=x onerror=alert(1)>\" onload='x' {{ 7*7 }} &amp;";

fn render(sample: &Sample) -> String {
    to_page(&sample.events, &|id| sample.load(id)).unwrap()
}

/// Checks what must hold for every page, then hands over its elements.
fn check(page: &str, look: impl FnOnce(&Document<'_>)) {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(page, options).unwrap();
    let ids: Vec<_> = elements(&document).filter_map(|node| node.attribute("id")).collect();
    for node in elements(&document) {
        let name = node.tag_name().name();
        assert!(!["img", "iframe", "object", "form", "base"].contains(&name), "a {name} element");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on"), "{name} {key}={value}");
            let linked = matches!(key, "href" | "src") && !value.starts_with("data:image/");
            let inside = value.strip_prefix('#').is_some_and(|id| ids.contains(&id));
            assert!(!linked || inside, "{name} {key}={value}");
        }
    }
    assert_eq!(elements(&document).filter(|node| node.has_tag_name(html("script"))).count(), 1);
    let control = |c: char| c.is_control() && c != '\n';
    assert!(!page.contains(control), "a control character");
    look(&document);
}

fn html(name: &str) -> (&str, &str) {
    ("http://www.w3.org/1999/xhtml", name)
}

fn elements<'a>(document: &'a Document<'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(Node::is_element)
}

fn with_class<'a>(document: &'a Document<'a>, class: &str) -> Vec<Node<'a, 'a>> {
    let has = |node: &Node<'_, '_>| {
        let classes = node.attribute("class").unwrap_or_default();
        classes.split(' ').any(|word| word == class)
    };
    elements(document).filter(has).collect()
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

fn heading(document: &Document<'_>) -> String {
    elements(document).find(|node| node.has_tag_name(html("h1"))).map(text_of).unwrap_or_default()
}

/// The sample with every text of every event replaced.
fn poisoned(mut sample: Sample, text: &str) -> Sample {
    sample = sample.with_idea(text);
    for timed in &mut sample.events {
        match &mut timed.event {
            RunEvent::RunStarted { recipe, recipe_text, painter, .. } => {
                for field in [recipe, recipe_text, painter] {
                    text.clone_into(field);
                }
            }
            RunEvent::Answered { exchange, .. } => {
                let Exchange { role, step, asked, answer, model, .. } = exchange;
                for field in [answer, model] {
                    text.clone_into(field);
                }
                (*role, *step) = (text.to_owned().into(), text.to_owned().into());
                *asked = text.into();
            }
            RunEvent::FellBack { step, reason, instead } => {
                for field in [step, reason, instead] {
                    text.clone_into(field);
                }
            }
            RunEvent::Reviewed { findings, .. } => {
                for finding in findings {
                    text.clone_into(&mut finding.message);
                    text.clone_into(&mut finding.code);
                    finding.suggestion.iter_mut().for_each(|suggested| {
                        text.clone_into(&mut suggested.text);
                    });
                }
            }
            RunEvent::Decided { reason, .. } => text.clone_into(reason),
            RunEvent::Parsed { constraints, .. } => constraints.absent = vec![text.to_owned()],
            _ => {}
        }
    }
    sample
}

#[test]
fn every_candidate_is_shown_with_its_boxes() {
    check(&render(&testing::accepted()), |document| {
        assert_eq!(heading(document), testing::IDEA);
        assert_eq!(
            with_class(document, "badge").into_iter().map(text_of).collect::<String>(),
            "✓ accepted"
        );
        for id in ["c0", "c1", "c2"] {
            assert!(elements(document).any(|node| node.attribute("id") == Some(id)), "{id}");
        }
        let stored = elements(document).filter(|node| node.tag_name().name() == "symbol");
        assert_eq!(stored.count(), 3, "each picture is stored once");
        assert_eq!(with_class(document, "layer").len(), 2, "the slider has two layers");
        // One figure for the first candidate, two for each of the corrected ones.
        assert_eq!(with_class(document, "marks").len(), 5);
        let labels: Vec<_> = with_class(document, "label").into_iter().map(text_of).collect();
        assert!(labels.iter().any(|label| label.trim() == "move blue cup #1"), "{labels:?}");
    });
}

#[test]
fn pictures_are_stored_byte_for_byte() {
    let mut sample = testing::accepted();
    let padding = [testing::accepted().artifacts[0].bytes.to_vec(), vec![7; 300_000]].concat();
    sample.artifacts[0].bytes = padding.into();
    check(&render(&sample), |document| {
        let sources = elements(document).filter(|node| node.tag_name().name() == "image");
        let stored: Vec<_> = sources.filter_map(|node| node.attribute("href")).collect();
        for artifact in &sample.artifacts {
            let source = format!("data:image/png;base64,{}", STANDARD.encode(&artifact.bytes));
            assert!(stored.contains(&source.as_str()), "{artifact:?}");
        }
    });
}

#[test]
fn an_unfinished_run_says_so_and_shows_the_plan_that_was_left() {
    let mut sample = testing::unfinished();
    check(&render(&sample), |document| {
        assert_eq!(text_of(with_class(document, "badge")[0]), "… not finished");
    });
    let plan = sample.events.iter().find_map(|timed| match &timed.event {
        planned @ RunEvent::CorrectionPlanned { .. } => Some(planned.clone()),
        _ => None,
    });
    sample.push(plan.unwrap());
    check(&render(&sample), |document| {
        assert!(elements(document).any(|node| node.attribute("id") == Some("pending")));
    });
}

#[test]
fn a_run_cut_anywhere_still_has_a_page() {
    let sample = testing::accepted();
    for length in 1..sample.events.len() {
        let cut = Sample { events: sample.events[..length].to_vec(), ..sample.clone() };
        check(&render(&cut), |_| {});
    }
    assert!(to_page(&[], &|_| None).is_err());
}

#[test]
fn a_fault_is_told_with_the_end_of_its_log() {
    check(&render(&testing::faulty()), |document| {
        let notices = with_class(document, "fault");
        let told = text_of(notices[0]);
        for part in ["critic-detector", "timeout", "it did not answer within 5 s", "segmenting"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    });
}

#[test]
fn missing_pictures_are_named() {
    let sample = testing::accepted();
    let lost = sample.artifacts[1].id;
    let load = |id: ArtifactId| sample.load(id).filter(|artifact| artifact.id != lost);
    check(&to_page(&sample.events, &load).unwrap(), |document| {
        assert!(text_of(with_class(document, "lost")[0]).contains(&lost.short()));
        assert!(text_of(with_class(document, "notice")[0]).contains("Missing: c1"));
    });
    check(&to_page(&sample.events, &|_| None).unwrap(), |_| {});
}

#[test]
fn a_text_candidate_is_quoted() {
    let sample = testing::accepted();
    let text = |_| Some(Artifact::new(MediaType::Text, HOSTILE.as_bytes()));
    check(&to_page(&sample.events, &text).unwrap(), |document| {
        assert_eq!(text_of(with_class(document, "artifact")[0]), HOSTILE);
    });
}

#[test]
fn strangers_texts_cannot_become_markup() {
    check(&render(&poisoned(testing::accepted(), HOSTILE)), |document| {
        assert_eq!(heading(document), HOSTILE);
    });
    check(&render(&poisoned(testing::accepted(), "\0\u{1b}[2J\u{202e}\u{ffff}\r\n")), |_| {});
    check(&render(&poisoned(testing::accepted(), "ילד אדום ליד \u{200f} כלב")), |_| {});
    check(&render(&poisoned(testing::faulty(), "")), |_| {});
}

#[test]
fn walls_of_text_are_cut() {
    let page = render(&poisoned(testing::accepted(), &"w".repeat(65_536)));
    check(&page, |document| {
        assert!(heading(document).ends_with("w… (65536 characters)"));
    });
    assert!(page.len() < 600_000, "{} bytes", page.len());
}

#[test]
fn what_models_were_asked_and_answered_is_told_and_harms_nothing() {
    check(&render(&testing::talked()), |document| {
        let details = elements(document).filter(|node| node.has_tag_name(html("details")));
        let told: Vec<_> = details.map(text_of).filter(|text| text.contains("was asked")).collect();
        assert_eq!(told.len(), 3, "two questions, and the list of them");
        assert!(told[1].contains("</pre><script>alert(1)</script>"), "{told:?}");
        let rounds: String = with_class(document, "round").into_iter().map(text_of).collect();
        assert!(rounds.contains("names no picture by its number; the first picture is kept"));
        assert!(rounds.contains("critic-detector came to 42"), "what a tool came to is in sight");
    });
    check(&render(&poisoned(testing::talked(), HOSTILE)), |_| ());
}
