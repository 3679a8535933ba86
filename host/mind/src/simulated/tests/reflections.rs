//! What recipes that think again do with writers of known ability: where each gains, against a vote
//! with as many calls, and where it does not.

use super::*;

fn ability(temper: Temper) -> Ability {
    temper.ability()
}

pub(super) fn with(name: &str, rounds: u32, reflection: Reflection) -> Recipe {
    let algorithm = Algorithm::Text(TextAlgorithm::Reflection(reflection));
    Recipe { algorithm, ..recipe(name, rounds) }
}

/// Questions of a trial of recipes that make many calls.
const SOME: usize = 200;

/// What a writer makes of them alone.
fn alone(recipe: &Recipe, writer: Ability) -> Trial {
    Trial::of_first(SOME, recipe, &Setting::alone(writer))
}

/// A vote whose runs may make as many calls as those of a trial made, on average, and no fewer.
pub(super) fn vote_like(trial: &Trial, setting: &Setting) -> Trial {
    let questions = trial.0.len();
    let calls = trial.calls().div_ceil(u32::try_from(questions).unwrap());
    let (temperature, agreement, stop_early) = (1.0, 0.5, false);
    let algorithm = TextAlgorithm::SelfConsistency { temperature, agreement, stop_early };
    // Over more answers than a recipe may have rounds it is still a vote.
    let (algorithm, rounds) = (Algorithm::Text(algorithm), calls - 1);
    let vote = Recipe { algorithm, rounds, ..recipe("self-consistency", 1) };
    let vote = Trial::of_first(questions, &vote, setting);
    assert!(vote.calls() >= trial.calls(), "{} {}", vote.calls(), trial.calls());
    vote
}

/// Share of right ones among the accepted, and how many those are.
pub(super) fn accepted(trial: &Trial) -> (f64, usize) {
    let accepted: Vec<_> = trial.0.iter().filter(|course| course.accepted).collect();
    let right = accepted.iter().filter(|course| course.right.last() == Some(&true)).count();
    #[expect(clippy::cast_precision_loss, reason = "a trial has few questions")]
    let share = right as f64 / accepted.len().max(1) as f64;
    (share, accepted.len())
}

/// Lines of a text that are false by themselves, and that are true.
pub(super) fn lines(text: &str) -> (usize, usize) {
    let line = |line: &str| {
        let (left, right) = line.split_once(" = ")?;
        let sum = Sum::find(left)?.truth()?;
        Some(right.split(' ').next()?.parse() == Ok(*sum.last()?))
    };
    let all: Vec<bool> = text.lines().filter_map(line).collect();
    let right = all.iter().filter(|is_right| **is_right).count();
    (all.len() - right, right)
}

#[test]
fn what_p_true_trusts_is_right_more_often_and_other_answers_before_the_eyes_help() {
    // Kadavath et al. (arXiv:2207.05221), sections 4.1 and 4.2.
    let p_true = |answers, accept| {
        with("p-true", 4, Reflection::PTrue { answers, temperature: 1.0, votes: 1, accept })
    };
    let writer = Ability { step: 0.8, habit: 0.2, ..ability(Temper::Typical) };
    let judged = alone(&p_true(5, 0.6), writer);
    let (trusted, count) = accepted(&judged);
    assert!(count > SOME / 3 && count < SOME, "{count}");
    assert!(trusted > judged.last() + 0.05, "{trusted} {}", judged.last());
    // Which answer is trusted alone, without knowing others?
    let alone = alone(&p_true(1, 0.6), writer);
    assert!(trusted > accepted(&alone).0 + 0.05, "{trusted} {}", accepted(&alone).0);
}

#[test]
fn p_true_is_no_better_than_the_feeling_behind_it() {
    let p_true = with(
        "p-true",
        4,
        Reflection::PTrue { answers: 5, temperature: 1.0, votes: 1, accept: 0.7 },
    );
    let good = Ability { habit: 0.2, ..ability(Temper::Typical) };
    let misled = Ability { sure_if_right: 0.5, sure_if_wrong: 0.9, ..good };
    let (good, misled) = (alone(&p_true, good), alone(&p_true, misled));
    assert!(misled.last() < good.last(), "{} {}", misled.last(), good.last());
}

#[test]
fn who_tells_two_answers_apart_better_than_right_from_wrong_gains_by_contrast() {
    // Zhang et al. (arXiv:2401.02009): against self-refine, and against a vote with as many calls.
    let writer = Ability { step: 0.85, habit: 0.6, ..ability(Temper::Typical) };
    let contrast = alone(&recipe("self-contrast", 2), writer);
    let vote = vote_like(&contrast, &Setting::alone(writer));
    let refined = alone(&recipe("self-refine", 4), writer);
    assert!(contrast.last() > vote.last() + 0.03, "{} {}", contrast.last(), vote.last());
    assert!(contrast.last() > refined.last() + 0.1, "{} {}", contrast.last(), refined.last());
    let without = |ability| alone(&recipe("self-contrast", 2), ability).last();
    let blind = without(Ability { contrast: 0.0, ..writer });
    let careless = without(Ability { recheck: 0.0, ..writer });
    assert!(blind < contrast.last() - 0.01, "{blind} {}", contrast.last());
    assert!(careless < contrast.last() - 0.1, "{careless} {}", contrast.last());
}

#[test]
fn refining_what_is_hard_beats_a_vote_if_the_scores_are_good_and_spends_little_on_the_rest() {
    // Chen et al. (arXiv:2409.12147): one round beats a vote with more samples.
    let setting = Setting {
        judge: Some(Ability { locate: 1.0, ..ability(Temper::Careful) }),
        ..Setting::alone(Ability { step: 0.7, habit: 0.3, ..ability(Temper::Typical) })
    };
    let refined = Trial::of_first(SOME, &recipe("magicore", 1), &setting);
    let vote = vote_like(&refined, &setting);
    assert!(refined.last() > vote.last() + 0.04, "{} {}", refined.last(), vote.last());
    let calls = |course: &Course| course.calls;
    let (least, most) = (refined.0.iter().map(calls).min(), refined.0.iter().map(calls).max());
    assert_eq!(least, Some(10), "five answers, five times scores");
    assert_eq!(most, Some(25), "and each reviewed, written again and scored");
    // Scores that tell nothing lead nowhere.
    let judge = Some(Ability { notice: 0.1, ..ability(Temper::Typical) });
    let blind = Trial::of_first(SOME, &recipe("magicore", 1), &Setting { judge, ..setting });
    assert!(blind.last() < refined.last() - 0.05, "{} {}", blind.last(), refined.last());
}

#[test]
fn contradictions_give_away_mistakes_that_are_not_habits_and_no_others() {
    // Mündler et al. (arXiv:2305.15852): what is removed is false, and most of what is true stays.
    let removed = |habit: f64| {
        let writer = Ability { step: 0.8, habit, ..ability(Temper::Typical) };
        let setting = Setting::alone(writer);
        let trial = Trial::of_first(100, &recipe("chatprotect", 2), &setting);
        let sum = |of: fn(&Course) -> &str| {
            trial
                .0
                .iter()
                .map(|course| lines(of(course)))
                .fold((0, 0), |(wrong, right), (one, other)| (wrong + one, right + other))
        };
        let (before, after) = (sum(|course| &course.ends.0), sum(|course| &course.ends.1));
        #[expect(clippy::cast_precision_loss, reason = "a trial has few lines")]
        let share = |after: usize, before: usize| 1.0 - after as f64 / before as f64;
        (share(after.0, before.0), share(after.1, before.1))
    };
    let (wrong, right) = removed(0.0);
    assert!(wrong > 0.7 && right < 0.35, "{wrong} of the false, {right} of the true lines");
    let (wrong, _) = removed(1.0);
    assert!(wrong < 0.05, "{wrong} of the mistakes that are habits");
}

/// A calculation among numbers that have nothing to do with it.
fn cluttered(number: usize) -> String {
    format!("Tom is 31 and has 7 hats. Ann, who is 44, has none. {}", question(number))
}

#[test]
fn writing_the_question_again_helps_where_it_is_cluttered_and_not_where_it_is_plain() {
    // Xi et al. (arXiv:2305.14497): most on GSM-IC, whose questions hold what is irrelevant.
    // What leads astray leads astray every time, so that a vote is no cure.
    let writer = Ability { habit: 0.9, ..ability(Temper::Typical) };
    let setting = Setting { question: cluttered, ..Setting::alone(writer) };
    let polished = Trial::of_first(SOME, &recipe("self-polish", 3), &setting);
    assert!(
        polished.last() > polished.accuracy(0) + 0.1,
        "{} {}",
        polished.accuracy(0),
        polished.last()
    );
    let vote = vote_like(&polished, &setting);
    assert!(polished.last() > vote.last() + 0.03, "{} {}", polished.last(), vote.last());
    let plain = alone(&recipe("self-polish", 3), ability(Temper::Typical));
    assert!(plain.last() < plain.accuracy(0) + 0.05, "{} {}", plain.accuracy(0), plain.last());
}

#[test]
fn a_sound_verifier_in_the_loop_proves_what_it_accepts_and_detail_matters_little() {
    // Stechly et al. (arXiv:2402.08115), table 1; Valmeekam et al. (arXiv:2310.08118), section 5.3.
    let plan = |detail| with("plan-verify", 10, Reflection::PlanVerify { detail, history: 1000 });
    let writer = Ability { habit: 0.2, ..ability(Temper::Typical) };
    let verified = Setting { verified: true, ..Setting::alone(writer) };
    let told = |detail| Trial::of_first(SOME, &plan(detail), &verified);
    let (binary, first) = (told(0), told(1));
    for trial in [&binary, &first] {
        let right = accepted(trial);
        assert!((right.0 - 1.0).abs() < f64::EPSILON && right.1 > SOME * 8 / 10, "{right:?}");
        assert!(trial.last() > trial.accuracy(0) + 0.12, "{} {}", trial.accuracy(0), trial.last());
    }
    assert!((binary.last() - first.last()).abs() < 0.1, "{} {}", binary.last(), first.last());
    // The same writer as its own verifier accepts what is wrong.
    let own = alone(&recipe("multi-turn-correct", 10), writer);
    let false_positives = 1.0 - accepted(&own).0;
    assert!(false_positives > 0.1, "{false_positives}");
}

#[test]
fn turns_of_correction_gain_nothing_untrained_and_much_with_a_good_verdict() {
    // Huang et al. (arXiv:2310.01798), and what SCoRe (arXiv:2409.12917) trains for.
    let typical = alone(&recipe("multi-turn-correct", 2), ability(Temper::Typical));
    assert!(
        typical.last() < typical.accuracy(0) + 0.05,
        "{} {}",
        typical.accuracy(0),
        typical.last()
    );
    let vote = vote_like(&typical, &Setting::alone(ability(Temper::Typical)));
    assert!(typical.last() < vote.last() + 0.05, "{} {}", typical.last(), vote.last());
    let trained =
        Ability { notice: 0.95, false_alarm: 0.01, habit: 0.1, ..ability(Temper::Typical) };
    let trained = alone(&recipe("multi-turn-correct", 2), trained);
    assert!(
        trained.last() > trained.accuracy(0) + 0.1,
        "{} {}",
        trained.accuracy(0),
        trained.last()
    );
    assert!(trained.flips().0 < 0.02, "{:?}", trained.flips());
}

#[test]
fn imagined_readers_take_the_boast_out_and_leave_what_is_right() {
    // Xu et al. (arXiv:2407.15366): what offends goes, by imagining alone.
    let offends = |text: &String| text.contains("every expert");
    let writer = Ability { boast: 1.0, ..ability(Temper::Typical) };
    let trial = alone(&recipe("perspective-taking", 1), writer);
    let share_of = |test: &dyn Fn(&Course) -> bool| share(&trial.0, test);
    let before = share_of(&|course| offends(&course.ends.0));
    let after = share_of(&|course| offends(&course.ends.1));
    assert!((before - 1.0).abs() < f64::EPSILON && after < 0.3, "{before} {after}");
    assert!((trial.last() - trial.accuracy(0)).abs() < f64::EPSILON, "no calculation changes");
    let tactless = alone(&recipe("perspective-taking", 1), Ability { tact: 0.0, ..writer });
    assert!(tactless.0.iter().all(|course| offends(&course.ends.1)));
}

/// A calculation whose numbers stand in sentences of their own.
fn sourced(number: usize) -> String {
    let question = question(number);
    let numbers = question.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    let names = ["Ann", "Bob", "Cid", "Dan", "Eve"];
    let told: Vec<_> =
        names.iter().zip(numbers).map(|(name, one)| format!("{name} has {one}.")).collect();
    format!("It rains. {} {question}", told.join(" "))
}

#[test]
fn ablation_finds_the_sentences_that_are_needed_and_enough_more_often_than_one_draw() {
    // Chuang et al. (arXiv:2502.09604): best of N by hold and drop beats one citation.
    const FEW: usize = 100;
    let setting = Setting { question: sourced, ..Setting::alone(ability(Temper::Careful)) };
    let exact = |citations: u32, reward: u32| {
        let (sentences, temperature, votes) = (12, 1.2, 1);
        let cite = Reflection::SelfCite { sentences, citations, temperature, votes, reward };
        let trial = Trial::of_first(FEW, &with("self-cite", 1, cite), &setting);
        let first_line = |course: &Course| {
            let idea = course.ends.1.lines().next().unwrap_or_default().to_owned();
            let (statement, cited) = idea.split_once(" [").unwrap_or((&idea, ""));
            let operands = statement.split(" = ").next().unwrap_or_default();
            let operands = operands.split(|c: char| !c.is_ascii_digit());
            let count = operands.filter(|word| !word.is_empty()).count();
            // The first calculation stands on the first two numbers, which follow the rain.
            count == 2 && cited == "2][3]"
        };
        share(&trial.0, first_line)
    };
    let (one, ten) = (exact(1, 0), exact(10, 0));
    assert!(ten > one + 0.3, "{one} {ten}");
    // Its ablations: what is needed alone is only part of what is enough.
    let (enough, needed) = (exact(10, 1), exact(10, 2));
    println!("self-cite: both {ten:.3}, enough alone {enough:.3}, needed alone {needed:.3}");
    assert!(ten > needed + 0.3 && ten > enough - 0.05, "{ten} {enough} {needed}");
}
