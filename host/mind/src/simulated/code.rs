//! Programs as the simulated writer writes them: a line for each operation of the calculation.
//!
//! They are real Python. A line goes wrong as often as [`super::Ability`] says: it names a value that
//! is not there, or it works on a wrong number. The interpreter does the arithmetic.

use super::{
    asked::Asked,
    chance::{below, happens},
    sum::{Operand, Step},
    work::Writer,
};

/// A step that no calculation has.
const NOT_THERE: &str = "s99";
/// A wrong number is off by at most this much.
const OFF_BY: usize = 9;
/// How the lines of a verification that derive something begin.
const INDENT: &str = "    ";

/// A program, new or written again.
pub(super) fn program(writer: &Writer<'_>, asked: &Asked) -> String {
    let is_verification = asked.form == "verification";
    let lines = match asked.blocks("program").last() {
        None => writer.code(if is_verification { "verify" } else { "program" }),
        Some(before) => writer.recode(&calculations(before), asked),
    };
    if !is_verification {
        let answer = format!("answer = s{}", lines.len().saturating_sub(1));
        return [lines, vec![answer]].concat().join("\n");
    }
    let mut program = vec!["def verify(answer):".to_owned()];
    for (at, line) in lines.iter().enumerate() {
        program.push(format!("{INDENT}{line}"));
        program.push(format!("{INDENT}print(\"s{at} =\", s{at})"));
    }
    program.push(format!("{INDENT}return answer == s{}", lines.len().saturating_sub(1)));
    program.join("\n")
}

/// The lines of a program that calculate.
fn calculations(program: &[String]) -> Vec<String> {
    let lines = program.iter().map(|line| line.trim());
    let calculates = |line: &&str| line.starts_with('s') && line.contains(" = ");
    lines.filter(calculates).map(str::to_owned).collect()
}

/// What a verification printed of a step.
pub(super) fn derived(line: &str) -> Option<(usize, i64)> {
    let (step, result) = line.strip_prefix('s')?.split_once(" = ")?;
    Some((step.parse().ok()?, result.parse().ok()?))
}

impl Writer<'_> {
    /// A line for each operation. The same mistake is made again as often as it is a habit.
    fn code(&self, purpose: &str) -> Vec<String> {
        let line = |(at, step): (usize, &Step)| {
            let by_habit = happens(self.ability.habit, self.habits, "code by habit", at);
            let seed = if by_habit { self.habits } else { self.seed };
            let is_right = happens(self.ability.code, seed, purpose, at);
            if is_right { right(at, step) } else { self.wrong(at, step, seed.derive(purpose, 0)) }
        };
        self.sum.steps.iter().enumerate().map(line).collect()
    }

    /// A line that is wrong.
    fn wrong(&self, at: usize, step: &Step, seed: pentimento_model::Seed) -> String {
        let line = right(at, step);
        let Some((before, last)) = line.rsplit_once(' ') else { return line };
        if happens(self.ability.crash, seed, "crash", at) {
            return format!("{before} {NOT_THERE}");
        }
        let off = 1 + below(OFF_BY, seed, "off by", at);
        format!("{before} ({last} + {off})")
    }

    /// A program again, knowing what came of it.
    fn recode(&self, before: &[String], asked: &Asked) -> Vec<String> {
        let steps = &self.sum.steps;
        let line = |at: usize| steps.get(at).map(|step| right(at, step));
        let first_wrong = (0..steps.len()).find(|at| before.get(*at) != line(*at).as_ref());
        let trace = asked.block("interpreter");
        let crashed = trace.iter().any(|line| line.contains(NOT_THERE));
        let ran = trace.iter().any(|line| line.contains("Output: "));
        let noticed = match (first_wrong, ran) {
            // What ended it is told with its line.
            (Some(_), _) if crashed => true,
            (Some(_), true) => happens(self.ability.reads, self.seed, "read", 0),
            (Some(_), false) => happens(self.ability.notice, self.seed, "see", 0),
            (None, _) => happens(self.ability.false_alarm, self.seed, "see", 0),
        };
        let at = match first_wrong {
            _ if !noticed => return before.to_vec(),
            Some(_) if crashed => before.iter().position(|line| line.contains(NOT_THERE)),
            Some(at) => Some(at),
            None => Some(below(steps.len(), self.seed, "blame", 0)),
        };
        let (mut lines, at) = (before.to_vec(), at.unwrap_or(0));
        let Some(step) = steps.get(at) else { return lines };
        let repaired =
            first_wrong.is_some() && happens(self.ability.repair, self.seed, "repair", at);
        let line = if repaired { right(at, step) } else { self.wrong(at, step, self.seed) };
        lines.resize(steps.len(), String::new());
        if let Some(place) = lines.get_mut(at) {
            *place = line;
        }
        lines
    }
}

/// A line that is right.
fn right(at: usize, step: &Step) -> String {
    let operand = |operand| match operand {
        Operand::Number(number) if number < 0 => format!("({number})"),
        Operand::Number(number) => number.to_string(),
        Operand::Step(step) => format!("s{step}"),
    };
    format!("s{at} = {} {} {}", operand(step.left), step.sign, operand(step.right))
}
