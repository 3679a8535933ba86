//! How many of each class were asked for and seen, and what is said of it.
//!
//! A class is counted in all looks together: whether an apple is red is not this plugin's business.
//! Which of too many are the surplus ones is decided by `scene`, as the host decides it.

use pentimento_sdk::{Check, CheckOutcome, Evidence, Finding, Severity};
use scene::{Asked, Item, Judgement, Named};

/// Findings that are made at most, what is missing first. The eye can report 256 things, and the
/// host takes as many findings.
const MOST_FINDINGS: usize = 64;

/// Bytes of the longest proof; the host takes 2 KiB.
const PROOF_BYTES: usize = 1_900;

/// Judges what was seen by an idea that counts something.
#[must_use]
pub fn verdict(asked: &Asked, seen: &[Item]) -> Check {
    let judgement = Judgement::of(asked, seen);
    let wanted = asked.nouns().into_iter().map(|noun| (noun, asked.count_of(noun)));
    let absent = asked.absent.iter().map(|noun| (*noun, 0));
    let counts: Vec<Count> =
        wanted.chain(absent).map(|(noun, wanted)| Count::of(&judgement, noun, wanted)).collect();
    let (right, wrong): (Vec<&Count>, Vec<&Count>) = counts.iter().partition(|one| one.is_right());
    let outcome = if wrong.is_empty() { CheckOutcome::Pass } else { CheckOutcome::Fail };
    let missing = wrong.iter().filter_map(|one| one.missing());
    let surplus = wrong.iter().flat_map(|one| one.surplus());
    Check {
        outcome,
        proof: proof(wrong.iter().chain(&right).map(|one| one.in_words())),
        findings: missing.chain(surplus).take(MOST_FINDINGS).collect(),
    }
}

/// One class.
struct Count<'a> {
    noun: &'a str,
    wanted: u32,
    /// All of the class.
    seen: Vec<&'a Named>,
    /// Those that stand for nothing.
    surplus: Vec<&'a Named>,
}

impl<'a> Count<'a> {
    fn of(judgement: &'a Judgement, noun: &'a str, wanted: u32) -> Self {
        let seen = judgement.items.iter().filter(|item| item.noun == noun).collect();
        Self { noun, wanted, seen, surplus: judgement.surplus(noun).collect() }
    }

    fn is_right(&self) -> bool {
        self.seen.len() == self.wanted as usize
    }

    /// `asked for 3 apples, saw 2`
    fn in_words(&self) -> String {
        let noun = scene::plural(self.noun, self.wanted);
        let wanted = if self.wanted == 0 { "no".to_owned() } else { self.wanted.to_string() };
        format!("asked for {wanted} {noun}, saw {}", self.seen.len())
    }

    /// One finding for all that are missing; where the others are is its evidence.
    fn missing(&self) -> Option<Finding> {
        let lack = (self.wanted as usize).checked_sub(self.seen.len()).filter(|lack| *lack > 0)?;
        let lacking =
            if lack == 1 { "1 is missing".to_owned() } else { format!("{lack} are missing") };
        let noun = scene::plural(self.noun, u32::try_from(lack).unwrap_or(u32::MAX));
        let message = format!("{}: {lacking}", self.in_words());
        let finding = Finding::new("count.missing", Severity::Major, message)
            .shown("item", self.noun)
            .suggesting("add", format!("add {lack} {noun}"));
        Some(self.counted(finding, &self.seen))
    }

    /// One finding for each that is too many, at its place.
    fn surplus(&self) -> impl Iterator<Item = Finding> {
        let is_surplus = |item: &Named| self.surplus.iter().any(|one| std::ptr::eq(*one, item));
        let kept: Vec<&Named> = self.seen.iter().copied().filter(|one| !is_surplus(one)).collect();
        self.surplus.iter().map(move |one| {
            let name = one.name();
            let (code, message) = if self.wanted == 0 {
                ("forbidden.present", format!("{}: `{name}`", self.in_words()))
            } else {
                ("count.surplus", format!("{}: `{name}` is too many", self.in_words()))
            };
            let finding = Finding::new(code, Severity::Major, message)
                .at(one.region)
                .shown("item", &*name)
                .suggesting("delete", format!("delete `{name}`"));
            self.counted(finding, &kept)
        })
    }

    /// A finding with both numbers, and where the ones are that count: at most twelve, since no
    /// idea asks for more.
    fn counted(&self, mut finding: Finding, items: &[&Named]) -> Finding {
        for (kind, number) in [("wanted", self.wanted as usize), ("seen", self.seen.len())] {
            #[expect(
                clippy::cast_precision_loss,
                reason = "the host takes 256 findings of the eye"
            )]
            let value = Some(number as f64);
            let (kind, text) = (kind.to_owned(), number.to_string());
            finding.evidence.push(Evidence { kind, text, value });
        }
        items.iter().fold(finding, |all, one| all.shown("box", scene::in_words(one.region)))
    }
}

/// All counts in words, as many as there is space for.
fn proof(counts: impl Iterator<Item = String>) -> String {
    let mut proof = String::new();
    for count in counts {
        if proof.len() + count.len() > PROOF_BYTES {
            proof.push_str("; and more");
            break;
        }
        if !proof.is_empty() {
            proof.push_str("; ");
        }
        proof.push_str(&count);
    }
    proof
}

#[cfg(test)]
mod tests;
