//! Promptbreeder (arXiv:2309.16797): breed the instruction by which a question is answered, and the
//! instructions by which that is changed.
//!
//! A population of units, each an instruction and a mutation prompt. Fitness: what the answers under the
//! instruction are worth. A generation: units meet in pairs by chance, the loser is overwritten by a
//! changed copy of the winner. How it is changed is drawn evenly from the paper's kinds.
//!
//! What differs from the paper: the task is one question, not a set of them; a unit has one instruction
//! (there: two in a row) and no worked examples, so that their shuffling is left out; where nobody is bound
//! to the role `embedder`, equal instructions alone are left out of lists (there: those that are alike by
//! their vectors, as here where somebody is); fitness is what verifiers, the judge or the writer say
//! (there: right answers of a training set).

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

/// A changed copy takes an instruction of another unit instead, this often (section 3.2.6).
const CROSSOVER: u64 = 10;
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
#[derive(Clone)]
struct Unit {
    mutation: String,
    instruction: String,
    fitness: f64,
}

/// The kinds of change (section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// A hint to the question, with nothing else known.
    ZeroOrder,
    /// The mutation prompt on the instruction.
    FirstOrder,
    /// One more in the list of the population.
    Distribution,
    /// The same, said to be in ascending order of fitness although it is not; the newest stands last.
    Ranked,
    /// One more in the list of the best so far, in the order in which they came.
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

/// All units, the best so far in the order in which they came, and the best text.
struct Population {
    units: Vec<Unit>,
    elites: Vec<String>,
    best: Option<Whole>,
    /// Draws made so far.
    drawn: u64,
    seed: Seed,
}

/// Round 0 begets the population; every further round is a generation.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let seed = run.request.seed.derive("promptbreeder", 0);
    let mut all = Population { units: Vec::new(), elites: Vec::new(), best: None, drawn: 0, seed };
    for _ in 0..knobs.units {
        let (style, mutation) = (all.draw(&STYLES), all.draw(&MUTATIONS));
        let instruction = changed(run, (mutation, style), style.to_owned()).await?;
        let unit = Unit { mutation: mutation.to_owned(), instruction, fitness: 0.0 };
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

    /// All units in pairs, by chance; with an odd number one is left out.
    fn pairs(&mut self) -> Vec<(usize, usize)> {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        for at in (1..order.len()).rev() {
            let other = self.below(at + 1);
            order.swap(at, other);
        }
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
        if fittest && !self.elites.contains(&unit.instruction) {
            self.elites.push(unit.instruction.clone());
        }
        match place.and_then(|at| self.units.get_mut(at)) {
            Some(old) => *old = unit,
            None => self.units.push(unit),
        }
        Ok(())
    }

    /// A copy of a unit with one thing changed.
    async fn changed_copy(&mut self, run: &mut Run<'_>, at: usize) -> Result<Unit, RunError> {
        let Some(unit) = self.units.get(at).cloned() else { return Err(RunError::NoText) };
        let chance = self.below(100);
        if u64::try_from(chance).is_ok_and(|chance| chance < CROSSOVER) {
            let other = self.below(self.units.len());
            let mate = self.units.get(other).map(|unit| unit.instruction.clone());
            return Ok(Unit { instruction: mate.unwrap_or(unit.instruction), ..unit });
        }
        let kind = self.below(Change::ALL.len());
        let kind = Change::ALL.get(kind).copied().unwrap_or(Change::FirstOrder);
        self.change(run, unit, kind).await
    }

    async fn change(
        &mut self,
        run: &mut Run<'_>,
        unit: Unit,
        kind: Change,
    ) -> Result<Unit, RunError> {
        let old = unit.instruction.clone();
        match kind {
            Change::ZeroOrder => {
                let instruction = hint(run, old).await?;
                Ok(Unit { instruction, ..unit })
            }
            Change::FirstOrder => {
                let instruction = changed(run, (&unit.mutation, &old), old.clone()).await?;
                Ok(Unit { instruction, ..unit })
            }
            Change::Distribution | Change::Ranked | Change::Lineage => {
                let list = self.list(kind);
                let list = if kind == Change::Lineage { list } else { unlike(run, list).await? };
                let instruction = one_more(run, &list, old).await?;
                Ok(Unit { instruction, ..unit })
            }
            Change::ZeroOrderHyper | Change::FirstOrderHyper => {
                let style = self.draw(&STYLES);
                let from = if kind == Change::ZeroOrderHyper { style } else { &unit.mutation };
                let mutation = mutated(run, from, unit.mutation.clone()).await?;
                let instruction = changed(run, (&mutation, &old), old.clone()).await?;
                Ok(Unit { mutation, instruction, ..unit })
            }
            Change::Lamarck => {
                let best = self.best.as_ref().map(|best| best.text.solution.clone());
                let instruction = inferred(run, best, old).await?;
                Ok(Unit { instruction, ..unit })
            }
        }
    }

    /// The instructions that are shown for this kind of change, each once.
    fn list(&self, kind: Change) -> Vec<String> {
        if kind == Change::Lineage {
            return self.elites.clone();
        }
        let mut units: Vec<&Unit> = self.units.iter().collect();
        if kind == Change::Ranked {
            units.sort_by(|one, other| one.fitness.total_cmp(&other.fitness));
        }
        let mut list: Vec<String> = Vec::new();
        for unit in units {
            if !list.contains(&unit.instruction) {
                list.push(unit.instruction.clone());
            }
        }
        list
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

/// One more instruction after those of a list.
async fn one_more(run: &mut Run<'_>, list: &[String], old: String) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, notes: list, ..TextFields::default() };
    instruct(run, TextPrompt::OneMore, &fields, old).await
}

/// Another mutation prompt.
async fn mutated(run: &mut Run<'_>, from: &str, old: String) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, piece: from, ..TextFields::default() };
    instruct(run, TextPrompt::Remutate, &fields, old).await
}

/// The instruction that led to an answer.
async fn inferred(
    run: &mut Run<'_>,
    answer: Option<Solution>,
    old: String,
) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, draft: answer.as_ref(), ..TextFields::default() };
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
