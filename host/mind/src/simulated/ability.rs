//! What a simulated writer can and cannot do, as chances from 0 to 1.

use pentimento_model::Seed;

use super::chance::{below, happens};

/// Chances. Those of [`Temper::Typical`] are chosen so that rewriting without outside help changes
/// little and rather for the worse, as *Large Language Models Cannot Self-Correct Reasoning Yet*
/// (arXiv:2310.01798, table 3) found of GPT-3.5 on GSM8K: 75.9, 75.1, 74.7 percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ability {
    /// A step is right.
    pub step: f64,
    /// A mistake is a habit: whoever does this step of this question again makes it again.
    pub habit: f64,
    /// A wrong answer is noticed.
    pub notice: f64,
    /// A right answer is called wrong.
    pub false_alarm: f64,
    /// What is noticed is put down to the first step that is wrong, not to another one.
    pub locate: f64,
    /// A step that is wrong, and said to be, is put right.
    pub repair: f64,
    /// An answer that is said to be wrong is kept.
    pub stubborn: f64,
    /// It is sure of a right answer.
    pub sure_if_right: f64,
    /// It is sure of a wrong answer.
    pub sure_if_wrong: f64,
    /// A line of a program is right. The interpreter does the arithmetic; what goes wrong is what is
    /// written down.
    pub code: f64,
    /// A line that is wrong ends the program with an error; else it comes to something wrong.
    pub crash: f64,
    /// A program's mistake is noticed by whoever sees what the program came to.
    pub reads: f64,
    /// A fact is remembered rightly.
    pub recall: f64,
    /// A search names what is to be found, not something beside it.
    pub seeks: f64,
    /// What a passage says of a fact is taken over, whatever was remembered.
    pub heeds: f64,
    /// How many of a kind are in a picture is seen rightly at a glance at everything.
    pub glance: f64,
    /// The same if nothing else is looked for.
    pub look: f64,
    /// Every rewriting adds a flourish that proves nothing.
    pub flourish: f64,
    /// Points, of 10, that it gives for each flourish when it judges.
    pub vanity: f64,
    /// Its first answer has such a flourish already.
    pub boast: f64,
    /// It sees that readers mind one, if asked to imagine them.
    pub tact: f64,
    /// It names the step in which two answers part, not another one.
    pub contrast: f64,
    /// A step that it is asked to check, without being told that it is wrong, is done right.
    pub recheck: f64,
    /// It sees that two sentences contradict.
    pub contradict: f64,
    /// A step goes wrong that would not, because of numbers that have nothing to do with it.
    pub distracted: f64,
    /// A question that it writes again means the same, without what has nothing to do with it.
    pub polish: f64,
    /// It names a sentence that a statement stands on, and leaves out one that it does not.
    pub cite: f64,
    /// It says rightly whether a text supports a statement.
    pub entail: f64,
    /// A mistake is not made because of one good piece of advice.
    pub guided: f64,
    /// Of two options it takes the first, whatever it says.
    pub first: f64,
}

/// Abilities with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// Right three times in four, sees a third of its mistakes, and is swayed by criticism.
    Typical,
    /// As often right, but sees nearly all mistakes and puts them right.
    Careful,
    /// As often right, finds fault with everything, and changes whatever is criticized.
    Hasty,
    /// As typical, but adds flourishes, at first and ever after, and is taken in by them.
    Vain,
}

impl Ability {
    /// Whether the piece at a place is taken for wrong.
    pub(super) fn doubts(&self, is_wrong: bool, seed: Seed, at: usize) -> bool {
        happens(if is_wrong { self.notice } else { self.false_alarm }, seed, "see", at)
    }

    /// Which of so many pieces is taken for the first wrong one; `None` if none is.
    pub(super) fn blame(&self, wrong: Option<usize>, count: usize, seed: Seed) -> Option<usize> {
        let found = wrong.filter(|_| happens(self.locate, seed, "locate", 0));
        self.doubts(wrong.is_some(), seed, 0)
            .then(|| found.unwrap_or_else(|| below(count, seed, "blame", 0)))
    }
}

impl Temper {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Typical, Self::Careful, Self::Hasty, Self::Vain];

    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Typical => "typical",
            Self::Careful => "careful",
            Self::Hasty => "hasty",
            Self::Vain => "vain",
        }
    }

    /// The temper with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Its chances.
    pub const fn ability(self) -> Ability {
        let typical = Ability {
            step: 0.93,
            habit: 0.4,
            notice: 0.3,
            false_alarm: 0.08,
            locate: 0.5,
            repair: 0.6,
            stubborn: 0.3,
            sure_if_right: 0.85,
            sure_if_wrong: 0.5,
            // As often as a step, so that neither form is easier.
            code: 0.93,
            crash: 0.3,
            reads: 0.6,
            recall: 0.75,
            seeks: 0.9,
            heeds: 0.9,
            glance: 0.8,
            look: 0.95,
            flourish: 0.0,
            vanity: 0.0,
            boast: 0.0,
            tact: 0.8,
            contrast: 0.85,
            recheck: 0.8,
            contradict: 0.98,
            distracted: 0.15,
            polish: 0.85,
            cite: 0.75,
            entail: 0.85,
            guided: 0.5,
            first: 0.1,
        };
        match self {
            Self::Typical => typical,
            Self::Careful => {
                Ability { notice: 0.95, false_alarm: 0.01, locate: 0.95, repair: 0.9, ..typical }
            }
            Self::Hasty => Ability { notice: 0.6, false_alarm: 0.5, stubborn: 0.05, ..typical },
            Self::Vain => Ability { flourish: 1.0, vanity: 1.0, boast: 0.5, ..typical },
        }
    }
}
