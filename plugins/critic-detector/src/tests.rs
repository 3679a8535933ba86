//! What an object looks like as a finding.

use pentimento_sdk::Place;

use super::*;

fn seen(attribute: Option<&'static str>) -> Detection {
    Detection {
        noun: "cat",
        attribute,
        region: [0.25, 0.5, 0.125, 0.25],
        mirrored: false,
        confidence: 0.875,
    }
}

fn evidence<'a>(finding: &'a Finding, kind: &str) -> Option<&'a str> {
    finding.evidence.iter().find(|evidence| evidence.kind == kind).map(|found| found.text.as_str())
}

#[test]
fn a_finding_says_class_look_and_confidence() {
    let rows = [(Some("red"), "there is a red cat", "no"), (None, "there is a cat", "yes")];
    for (attribute, message, natural) in rows {
        let finding = finding(&seen(attribute));
        assert_eq!((finding.code.as_str(), finding.message.as_str()), ("object", message));
        assert_eq!(evidence(&finding, "class"), Some("cat"));
        assert_eq!(evidence(&finding, "attribute"), attribute);
        assert_eq!(evidence(&finding, "natural"), Some(natural));
        assert_eq!(evidence(&finding, "confidence"), Some("0.88"));
    }
}

#[test]
fn a_finding_is_where_the_object_is() {
    let Some(Place::Region(region)) = finding(&seen(None)).place else {
        unreachable!("an object without a place");
    };
    assert_eq!((region.x, region.y, region.width, region.height), (0.25, 0.5, 0.125, 0.25));
}
