//! Promptbreeder (arXiv:2309.16797): breed the instruction by which a question is answered, and the
//! instructions by which that is changed.
//!
//! A population of units, each an instruction and a mutation prompt. Fitness: what the answers under the
//! instruction are worth. A generation: units meet in pairs by chance, the loser is overwritten by a
//! changed copy of the winner. How it is changed is drawn evenly from the paper's kinds (section 3.2); one
//! time in ten the copy takes the instruction of another unit after that (section 3.2.5).
//!
//! What differs from the paper: the task is one question, not a set of them; a unit has one instruction
//! (there: two in a row) and no worked examples, which would be answers to the same question, so that their
//! shuffling is left out; a working is held to be correct if nobody objects to it; where nobody is bound
//! to the role `embedder`, equal instructions alone are left out of lists (there: those that are alike by
//! their vectors, as here where somebody is); fitness is what verifiers, the judge or the writer say
//! (there: right answers of a training set); a changed instruction of no use leaves the old one.

use pentimento_model::{RoundNumber, Seed, Temperature};
use pentimento_prompts::{Listed, OneText, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    policy::Mark,
    run::{Ending, Run},
    worth::Whole,
    write::question,
};

/// A changed copy takes the instruction of another unit instead, so many times in a hundred (section
/// 3.2.5).
const CROSSOVER: usize = 10;
/// Instructions whose vectors have a larger cosine are not shown in one list (section 3.2.2).
const ALIKE: f64 = 0.95;
/// Ways of thinking of the first units; ours, after the kinds of appendix D.
const STYLES: [&str; 8] = [
    "Think step by step.",
    "What is known, and what is asked?",
    "Break the problem into smaller ones.",
    "How could the result be checked?",
    "Which mistakes are easily made here?",
    "Is there a simpler way to see it?",
    "Think of a similar problem that you have solved.",
    "What would an expert look at first?",
];
/// Mutation prompts of the first units; ours, after the kinds of appendix C.
const MUTATIONS: [&str; 8] = [
    "Say the instruction again in other words.",
    "Make the instruction more precise.",
    "Add to the instruction what somebody in a hurry would forget.",
    "Say the instruction as good advice to a friend.",
    "Make the instruction shorter and clearer.",
    "Add to the instruction how the result is to be checked.",
    "Say the instruction as steps that follow each other.",
    "Change the instruction as nobody else would.",
];

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub units: u32,
    /// Answers by which an instruction is judged.
    pub answers: u32,
    pub temperature: f32,
    pub good: f64,
}

/// One of the population.
#[derive(Clone, Debug)]
struct Unit {
    mutation: String,
    instruction: String,
    fitness: f64,
    /// Those it comes from, and perhaps itself, that were the best of all in their time, oldest first.
    lineage: Vec<String>,
}

/// The kinds of change (section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// A hint to the question, with nothing else known.
    ZeroOrder,
    /// The mutation prompt on the instruction.
    FirstOrder,
    /// One more in the list of the population, in random order, with nothing said of fitness.
    Distribution,
    /// The same in ascending order of fitness, which is said to be a descending one: what stands last would
    /// be copied otherwise.
    Ranked,
    /// One more in the list of the best in the unit's lineage, in the order in which they came.
    Lineage,
    /// A new mutation prompt from the question and a way of thinking, and its use.
    ZeroOrderHyper,
    /// A better mutation prompt, and its use.
    FirstOrderHyper,
    /// The instruction that somebody who answered so must have had.
    Lamarck,
}

impl Change {
    const ALL: [Self; 8] = [
        Self::ZeroOrder,
        Self::FirstOrder,
        Self::Distribution,
        Self::Ranked,
        Self::Lineage,
        Self::ZeroOrderHyper,
        Self::FirstOrderHyper,
        Self::Lamarck,
    ];
}

/// All units, and the best text.
struct Population {
    units: Vec<Unit>,
    best: Option<Whole>,
    /// Draws made so far.
    drawn: u64,
    seed: Seed,
}

/// Round 0 begets the population; every further round is a generation.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let seed = run.request.seed.derive("promptbreeder", 0);
    let mut all = Population { units: Vec::new(), best: None, drawn: 0, seed };
    for _ in 0..knobs.units {
        let (style, mutation) = (all.draw(&STYLES), all.draw(&MUTATIONS));
        let instruction = changed(run, (mutation, style), style.to_owned()).await?;
        let (mutation, lineage) = (mutation.to_owned(), Vec::new());
        let unit = Unit { mutation, instruction, fitness: 0.0, lineage };
        all.admit(run, unit, None, knobs).await?;
    }
    loop {
        let best = all.best.as_ref().ok_or(RunError::NoText)?;
        let mut draft = best.draft();
        draft.mark = (best.worth.reaches(knobs.good)).then_some(Mark::Trusted);
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        for (one, other) in all.pairs() {
            let (winner, loser) = all.ranked(one, other);
            let copy = all.changed_copy(run, winner).await?;
            all.admit(run, copy, Some(loser), knobs).await?;
        }
    }
}

impl Population {
    /// A number below this.
    fn below(&mut self, bound: usize) -> usize {
        self.drawn += 1;
        let drawn = self.seed.derive("draw", self.drawn).0 % (bound.max(1) as u64);
        usize::try_from(drawn).unwrap_or(0)
    }

    fn draw(&mut self, from: &[&'static str]) -> &'static str {
        let at = self.below(from.len());
        from.get(at).copied().unwrap_or_default()
    }

    /// The places of all units, shuffled.
    fn shuffled(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        for at in (1..order.len()).rev() {
            let other = self.below(at + 1);
            order.swap(at, other);
        }
        order
    }

    /// All units in pairs, by chance; with an odd number one is left out.
    fn pairs(&mut self) -> Vec<(usize, usize)> {
        let order = self.shuffled();
        order.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
    }

    /// Winner and loser; of equals the first one wins.
    fn ranked(&self, one: usize, other: usize) -> (usize, usize) {
        let fitness = |at: usize| self.units.get(at).map_or(0.0, |unit| unit.fitness);
        if fitness(other) > fitness(one) { (other, one) } else { (one, other) }
    }

    /// Answers under an instruction, judges it by that, and gives the unit a place of its own or that of
    /// another.
    async fn admit(
        &mut self,
        run: &mut Run<'_>,
        mut unit: Unit,
        place: Option<usize>,
        knobs: Knobs,
    ) -> Result<(), RunError> {
        let idea = &run.request.brief.idea;
        let notes = std::slice::from_ref(&unit.instruction);
        let mut worths = Vec::new();
        for _ in 0..knobs.answers {
            let fields = TextFields { question: idea, notes, ..TextFields::default() };
            let instead = "the instruction is judged without it";
            let asked = question(Role::Writer, TextPrompt::SolveAs, &fields, instead)?;
            let temperature = Temperature::new(knobs.temperature);
            let Some(text) = run.write(asked, None, temperature).await? else { continue };
            let hearing = run.hear(text.candidate).await?;
            let whole = run.weigh(text, hearing).await?;
            worths.push(whole.worth.rank());
            if self.best.as_ref().is_none_or(|best| whole.outranks(best)) {
                self.best = Some(whole);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "few answers are drawn")]
        let mean = worths.iter().sum::<f64>() / worths.len().max(1) as f64;
        unit.fitness = mean;
        let fittest = self.units.iter().all(|other| other.fitness < mean);
        if fittest && !unit.lineage.contains(&unit.instruction) {
            unit.lineage.push(unit.instruction.clone());
        }
        match place.and_then(|at| self.units.get_mut(at)) {
            Some(old) => *old = unit,
            None => self.units.push(unit),
        }
        Ok(())
    }

    /// A copy of a unit with one thing changed, and perhaps crossed with another unit after that.
    async fn changed_copy(&mut self, run: &mut Run<'_>, at: usize) -> Result<Unit, RunError> {
        let Some(unit) = self.units.get(at).cloned() else { return Err(RunError::NoText) };
        let kind = self.below(Change::ALL.len());
        let kind = Change::ALL.get(kind).copied().unwrap_or(Change::FirstOrder);
        let changed = self.change(run, unit, kind).await?;
        let mate = if self.below(100) < CROSSOVER { self.mate(at) } else { None };
        Ok(match mate {
            Some(instruction) => Unit { instruction, ..changed },
            None => changed,
        })
    }

    /// The instruction of another unit than this one, chosen in proportion to its fitness; evenly where
    /// none has any.
    fn mate(&mut self, at: usize) -> Option<String> {
        /// As fine as a draw from 0 to below 1 is.
        const PARTS: usize = 1_000_000;
        #[expect(clippy::cast_precision_loss, reason = "six digits are held exactly")]
        let drawn = self.below(PARTS) as f64 / PARTS as f64;
        let others = || self.units.iter().enumerate().filter(|(other, _)| *other != at);
        let all: f64 = others().map(|(_, unit)| unit.fitness).sum();
        #[expect(clippy::cast_precision_loss, reason = "a population is small")]
        let even = 1.0 / others().count().max(1) as f64;
        let share = |unit: &Unit| if all > 0.0 { unit.fitness / all } else { even };
        let mut passed = 0.0;
        let chosen = others().find(|(_, unit)| {
            passed += share(unit);
            drawn < passed
        });
        // Rounding may leave the last one a hair short.
        chosen.or_else(|| others().next_back()).map(|(_, unit)| unit.instruction.clone())
    }

    async fn change(
        &mut self,
        run: &mut Run<'_>,
        unit: Unit,
        kind: Change,
    ) -> Result<Unit, RunError> {
        let old = unit.instruction.clone();
        let instruction = match kind {
            Change::ZeroOrder => hint(run, old).await?,
            Change::FirstOrder => changed(run, (&unit.mutation, &old), old.clone()).await?,
            Change::Distribution | Change::Ranked => {
                let ranked = kind == Change::Ranked;
                let list = self.list(run, ranked).await?;
                let prompt = if ranked { TextPrompt::OneMoreRanked } else { TextPrompt::OneMore };
                one_more(run, prompt, (&list, &unit.mutation), old).await?
            }
            Change::Lineage => {
                // Who never had the best one has nothing to show but its own.
                let own = std::slice::from_ref(&old);
                let list = if unit.lineage.is_empty() { own } else { unit.lineage.as_slice() };
                one_more(run, TextPrompt::OneMoreElite, (list, ""), old.clone()).await?
            }
            Change::ZeroOrderHyper | Change::FirstOrderHyper => {
                let old_mutation = unit.mutation.clone();
                let mutation = if kind == Change::ZeroOrderHyper {
                    let style = self.draw(&STYLES);
                    mutated(run, TextPrompt::Remutate, style, old_mutation).await?
                } else {
                    mutated(run, TextPrompt::ImproveMutation, &unit.mutation, old_mutation).await?
                };
                let instruction = changed(run, (&mutation, &old), old.clone()).await?;
                return Ok(Unit { mutation, instruction, ..unit });
            }
            Change::Lamarck => match self.working() {
                Some(working) => inferred(run, working, old).await?,
                // There is no working to learn from.
                None => changed(run, (&unit.mutation, &old), old.clone()).await?,
            },
        };
        Ok(Unit { instruction, ..unit })
    }

    /// The best text so far, if nobody objects to it.
    fn working(&self) -> Option<Solution> {
        let best = self.best.as_ref().filter(|best| !best.hearing.objected);
        best.map(|best| best.text.solution.clone())
    }

    /// The instructions of the population, each once and without those that are like others: in random
    /// order, or in ascending order of fitness.
    async fn list(&mut self, run: &mut Run<'_>, ranked: bool) -> Result<Vec<String>, RunError> {
        let mut list: Vec<String> = Vec::new();
        for at in self.shuffled() {
            let instruction = self.units.get(at).map(|unit| &unit.instruction);
            list.extend(instruction.filter(|one| !list.contains(one)).cloned());
        }
        let mut list = unlike(run, list).await?;
        if ranked {
            let fitness = |one: &String| {
                let all = self.units.iter().filter(|unit| unit.instruction == *one);
                all.map(|unit| unit.fitness).fold(0.0, f64::max)
            };
            list.sort_by(|one, other| fitness(one).total_cmp(&fitness(other)));
        }
        Ok(list)
    }
}

/// The same without those that are too much like an earlier one, if somebody can say so.
async fn unlike(run: &mut Run<'_>, list: Vec<String>) -> Result<Vec<String>, RunError> {
    if list.len() < 2 {
        return Ok(list);
    }
    let Some(likeness) = run.liken("leave-out-alike", &list).await? else { return Ok(list) };
    let mut kept: Vec<usize> = Vec::new();
    for at in 0..list.len() {
        if kept.iter().all(|earlier| likeness.between(*earlier, at) <= ALIKE) {
            kept.push(at);
        }
    }
    let list = list.into_iter().enumerate().filter(|(at, _)| kept.contains(at));
    Ok(list.map(|(_, instruction)| instruction).collect())
}

/// The first hint to the question; the old instruction without one of use.
async fn hint(run: &mut Run<'_>, old: String) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, count: 1, ..TextFields::default() };
    let asked = question(Role::Writer, TextPrompt::Hints, &fields, "the instruction is kept")?;
    let hints = run.put(asked, &Listed { name: "hints", most: 1 }).await?;
    Ok(hints.and_then(|hints| hints.into_iter().next()).unwrap_or(old))
}

/// An instruction changed as a mutation prompt says.
async fn changed(
    run: &mut Run<'_>,
    (mutation, instruction): (&str, &str),
    old: String,
) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        piece: instruction,
        against: mutation,
        ..TextFields::default()
    };
    instruct(run, TextPrompt::Mutate, &fields, old).await
}

/// One more instruction after those of a numbered list.
async fn one_more(
    run: &mut Run<'_>,
    prompt: TextPrompt,
    (list, mutation): (&[String], &str),
    old: String,
) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let numbered = |(at, one): (usize, &String)| format!("{}. {one}", at + 1);
    let notes: Vec<String> = list.iter().enumerate().map(numbered).collect();
    let fields = TextFields {
        question: idea,
        notes: &notes,
        against: mutation,
        count: notes.len() + 1,
        ..TextFields::default()
    };
    instruct(run, prompt, &fields, old).await
}

/// Another mutation prompt.
async fn mutated(
    run: &mut Run<'_>,
    prompt: TextPrompt,
    from: &str,
    old: String,
) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, piece: from, ..TextFields::default() };
    instruct(run, prompt, &fields, old).await
}

/// The instruction that led to an answer.
async fn inferred(run: &mut Run<'_>, working: Solution, old: String) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, draft: Some(&working), ..TextFields::default() };
    instruct(run, TextPrompt::Infer, &fields, old).await
}

async fn instruct(
    run: &mut Run<'_>,
    prompt: TextPrompt,
    fields: &TextFields<'_>,
    old: String,
) -> Result<String, RunError> {
    let asked = question(Role::Writer, prompt, fields, "the old one is kept")?;
    let form = OneText { name: "instruction", may_be_empty: false };
    Ok(run.put(asked, &form).await?.unwrap_or(old))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mate_is_another_unit_the_fitter_the_likelier() {
        let unit = |(name, fitness): (&str, f64)| Unit {
            mutation: String::new(),
            instruction: name.to_owned(),
            fitness,
            lineage: Vec::new(),
        };
        let mates = |all: [(&str, f64); 4]| {
            let units = all.map(unit).to_vec();
            let mut all = Population { units, best: None, drawn: 0, seed: Seed(1) };
            let drawn: Vec<String> = (0..4000).filter_map(|_| all.mate(0)).collect();
            ["a", "b", "c", "d"].map(|name| drawn.iter().filter(|one| *one == name).count() / 40)
        };
        let [own, less, more, none] = mates([("a", 0.9), ("b", 0.2), ("c", 0.6), ("d", 0.0)]);
        assert!(own == 0 && none == 0 && (22..=28).contains(&less) && more >= 72, "{less} {more}");
        let even = mates([("a", 0.0), ("b", 0.0), ("c", 0.0), ("d", 0.0)]);
        assert!(
            even[0] == 0 && even[1..].iter().all(|share| (30..=36).contains(share)),
            "{even:?}"
        );
        let mut alone =
            Population { units: vec![unit(("a", 1.0))], best: None, drawn: 0, seed: Seed(1) };
        assert_eq!(alone.mate(0), None);
    }
}
