//! Recipes against blind resampling at equal budget: where each paper claims that it wins, and where the
//! literature says that it does not.
//!
//! Two baselines have as many calls: a vote, which hears nobody, and best of n, which hears the verifiers that
//! the recipe hears. Constraints on texts (`CRITIC`'s third task) are in `demands.rs`.

use std::collections::BTreeSet;

use pentimento_recipe::Reflection;

use super::{
    super::almanac::{COUNTRIES, Hop, Relation},
    facts::asked as fact,
    reflections::{accepted, lines, vote_like, with},
    *,
};

/// Questions of a trial.
const SOME: usize = 200;

/// A writer whose mistakes are this often habits.
fn writer(habit: f64) -> Ability {
    Ability { habit, ..Temper::Typical.ability() }
}

/// Whoever answers and looks on.
fn setting(habit: f64, verified: bool) -> Setting {
    Setting { verified, ..Setting::alone(writer(habit)) }
}

/// The same with a judge who sees nearly all mistakes.
fn judged(habit: f64) -> Setting {
    Setting { judge: Some(Temper::Careful.ability()), ..setting(habit, false) }
}

fn trial(name: &str, rounds: u32, setting: &Setting) -> Trial {
    Trial::of_first(SOME, &recipe(name, rounds), setting)
}

/// Best of n, each run of which may draw as many answers as any run of a trial made calls.
fn best_like(trial: &Trial, setting: &Setting) -> Trial {
    let most = trial.0.iter().map(|course| course.calls).max().unwrap();
    let best = Recipe { rounds: most - 1, ..recipe("best-of-n-text", 1) };
    Trial::of_first(trial.0.len(), &best, setting)
}

/// What came of a recipe, and of best of n with the same verifiers.
fn against_best(name: &str, rounds: u32, habit: f64) -> (f64, f64) {
    let setting = setting(habit, true);
    let corrected = trial(name, rounds, &setting);
    let best = best_like(&corrected, &setting);
    println!(
        "{name}, habit {habit}, verified: {:.3} -> {:.3} in {} calls, best of n {:.3} in {}",
        corrected.accuracy(0),
        corrected.last(),
        corrected.calls(),
        best.last(),
        best.calls()
    );
    (corrected.last(), best.last())
}

/// What came of a recipe, and of a vote.
fn against_vote(name: &str, rounds: u32, setting: &Setting) -> (f64, f64) {
    let corrected = trial(name, rounds, setting);
    let vote = vote_like(&corrected, setting);
    println!(
        "{name}, habit {}: {:.3} -> {:.3} in {} calls, vote {:.3}",
        setting.writer.habit,
        corrected.accuracy(0),
        corrected.last(),
        corrected.calls(),
        vote.last()
    );
    (corrected.last(), vote.last())
}

#[test]
fn critique_with_tools_beats_as_many_answers_held_against_the_same_tools_where_mistakes_are_habits()
{
    // CRITIC (arXiv:2305.11738), tables 1 and 2, and its ablation without tools.
    let (critic, best) = against_best("critic", 3, 0.8);
    assert!(critic > best + 0.08, "{critic} {best}");
    // What is wrong by chance alone is right in one of some more answers, and the tools know which.
    let (critic, best) = against_best("critic", 3, 0.0);
    assert!(critic < best, "{critic} {best}");
    for habit in [0.0, 0.8] {
        let (critic, vote) = against_vote("critic", 3, &setting(habit, false));
        assert!(critic < vote, "without tools: {critic} {vote}");
    }
}

/// Every fact as the simulation says it.
fn true_facts() -> BTreeSet<String> {
    let hops = Relation::ALL.into_iter().flat_map(|one| [Hop::Of(one), Hop::Whose(one)]);
    let of_all = hops.flat_map(|hop| {
        COUNTRIES.iter().map(move |row| match hop {
            Hop::Of(_) => hop.sentence(row[0], hop.of(row)),
            Hop::Whose(relation) => hop.sentence(Hop::Of(relation).of(row), row[0]),
        })
    });
    of_all.collect()
}

/// Looks every sentence up.
fn looked_up(text: &str) -> Option<Result<(), u32>> {
    let known = true_facts();
    let said = || text.lines().filter(|line| line.starts_with("The "));
    said().next()?;
    let wrong = said().position(|line| !known.contains(line));
    Some(wrong.map_or(Ok(()), |at| Err(u32::try_from(at).unwrap())))
}

#[test]
fn critique_of_what_is_remembered_beats_as_many_memories_where_facts_are_looked_up() {
    // The same on questions of fact.
    let over = |name: &str, rounds: u32, habit: f64| {
        let setting = Setting { question: fact, ..setting(habit, false) };
        let look_up = |ports: Ports| Ports {
            assessors: vec![Arc::new(ScriptedVerifier::new(looked_up))],
            ..ports
        };
        let recipe = Recipe { rounds, ..recipe(name, 1) };
        Trial((0..SOME).map(|at| course_among(&recipe, &setting, at, look_up)).collect())
    };
    for (habit, wins) in [(0.8, true), (0.0, false)] {
        let critic = over("critic", 3, habit);
        let most = critic.0.iter().map(|course| course.calls).max().unwrap();
        let best = over("best-of-n-text", most - 1, habit);
        let (first, last, blind) = (critic.accuracy(0), critic.last(), best.last());
        println!("facts, habit {habit}: {first:.3} -> {last:.3}, best of n {blind:.3}");
        assert!(last > first + 0.12, "{first} {last}");
        assert_eq!(last > blind + 0.12, wins, "{last} {blind}");
        assert_eq!(blind > last, !wins, "{last} {blind}");
    }
}

#[test]
fn judging_every_step_beats_a_vote_with_a_critic_that_sees_and_loses_to_it_with_one_that_does_not()
{
    // Critic-CoT (arXiv:2408.16326) trains its critic; Huang et al. (arXiv:2310.01798) on those that are not.
    for habit in [0.0, 0.4, 0.8] {
        let (refined, vote) = against_vote("critic-cot", 3, &judged(habit));
        assert!(refined > vote + 0.05, "{refined} {vote}");
        let (refined, vote) = against_vote("critic-cot", 3, &setting(habit, false));
        assert!(refined < vote, "{refined} {vote}");
    }
    let (refined, best) = against_best("critic-cot", 3, 0.8);
    assert!(refined > best + 0.1, "{refined} {best}");
}

#[test]
fn going_back_to_a_mistake_beats_a_vote_if_it_is_found_and_habits_are_left_behind() {
    // Tyen et al. (arXiv:2311.08516): their gain is over one answer. At equal calls it depends.
    let (backtracked, vote) = against_vote("backtrack", 1, &judged(0.8));
    assert!(backtracked > vote + 0.1, "{backtracked} {vote}");
    let (backtracked, vote) = against_vote("backtrack", 1, &judged(0.0));
    assert!(backtracked < vote + 0.02, "{backtracked} {vote}");
    let (backtracked, vote) = against_vote("backtrack", 1, &setting(0.4, false));
    assert!(backtracked < vote, "whoever cannot find mistakes: {backtracked} {vote}");
    let (backtracked, best) = against_best("backtrack", 1, 0.8);
    assert!(backtracked > best + 0.1, "{backtracked} {best}");
}

#[test]
fn a_gate_of_confidence_loses_nothing_and_is_no_match_for_a_vote() {
    // IoE (arXiv:2402.12563) claims a little over one answer, and no loss; not against a vote.
    for habit in [0.0, 0.4] {
        let gated = trial("if-or-else", 2, &setting(habit, false));
        assert!(gated.last() > gated.accuracy(0) - 0.01);
        let vote = vote_like(&gated, &setting(habit, false));
        println!(
            "if-or-else, habit {habit}: {:.3} -> {:.3}, vote {:.3}",
            gated.accuracy(0),
            gated.last(),
            vote.last()
        );
        assert!(gated.last() < vote.last(), "{} {}", gated.last(), vote.last());
    }
}

/// A vote with as many calls that accepts what more than this share agrees on.
fn vote_with(agreement: f32, trial: &Trial, setting: &Setting) -> Trial {
    let calls = trial.calls().div_ceil(u32::try_from(SOME).unwrap());
    let (temperature, stop_early) = (1.0, false);
    let vote = TextAlgorithm::SelfConsistency { temperature, agreement, stop_early };
    let algorithm = Algorithm::Text(vote);
    let vote = Recipe { algorithm, rounds: calls - 1, ..recipe("self-consistency", 1) };
    Trial::of_first(SOME, &vote, setting)
}

#[test]
fn p_true_finds_no_better_answers_than_a_vote_and_knows_better_which_are_right() {
    // Kadavath et al. (arXiv:2207.05221) claim calibration, not accuracy.
    let p_true = |accept| {
        with("p-true", 3, Reflection::PTrue { answers: 5, temperature: 1.0, votes: 1, accept })
    };
    let setting = setting(0.4, false);
    let told = Trial::of_first(SOME, &p_true(0.7), &setting);
    let (trusted, count) = accepted(&told);
    assert!(count > SOME * 3 / 4, "{count}");
    // However many must agree, agreement says less.
    for agreement in [0.5, 0.6, 0.7, 0.9] {
        let vote = vote_with(agreement, &told, &setting);
        let (agreed, of) = accepted(&vote);
        println!(
            "p-true: {:.3} right, {trusted:.3} of {count} trusted; vote above {agreement}: {:.3}, {agreed:.3} of {of}",
            told.last(),
            vote.last()
        );
        assert!((told.last() - vote.last()).abs() < 0.02, "{} {}", told.last(), vote.last());
        assert!(trusted > agreed + 0.03, "{trusted} {agreed}");
    }
}

/// Of the calculations that are left in what is handed out, those that are false.
fn false_share(trial: &Trial, of: fn(&Course) -> &str) -> (f64, usize) {
    let counted = trial.0.iter().map(|course| lines(of(course)));
    let (wrong, right) = counted.fold((0, 0), |(a, b), (one, other)| (a + one, b + other));
    #[expect(clippy::cast_precision_loss, reason = "a trial has few lines")]
    let share = wrong as f64 / (wrong + right).max(1) as f64;
    (share, right)
}

#[test]
fn what_contradicts_itself_is_removed_and_where_there_is_an_answer_to_vote_on_a_vote_is_truer() {
    // Mündler et al. (arXiv:2305.15852) claim less that is false in the text that there is, and all of what is
    // believed firmly stays; they vote on no answer, since descriptions have none.
    for (habit, removed) in [(0.0, 0.6), (0.4, 0.2), (1.0, -0.01)] {
        let setting = Setting::alone(Ability { step: 0.8, ..writer(habit) });
        let protected = Trial::of_first(100, &recipe("chatprotect", 2), &setting);
        let vote = vote_like(&protected, &setting);
        let (before, _) = false_share(&protected, |one| &one.ends.0);
        let (after, kept) = false_share(&protected, |one| &one.ends.1);
        let (voted, of_vote) = false_share(&vote, |one| &one.ends.1);
        println!(
            "chatprotect, habit {habit}: {before:.3} false -> {after:.3} and {kept} true in {} calls, \
             vote {voted:.3} and {of_vote}",
            protected.calls()
        );
        assert!(after < before * (1.0 - removed) + 1e-9, "{before} {after}");
        assert!(voted <= after && of_vote >= kept, "{voted} {after}, {of_vote} {kept}");
    }
}

#[test]
fn a_verifier_that_says_what_is_wrong_beats_one_that_only_chooses_where_mistakes_are_habits() {
    // Stechly et al. (arXiv:2402.08115): most of it is drawing again with a sound verifier. So it is with no
    // more said than that a plan is wrong, and where chance alone goes wrong.
    let against_best = |detail: u32, habit: f64| {
        let setting = setting(habit, true);
        let plan = with("plan-verify", 6, Reflection::PlanVerify { detail, history: 1000 });
        let told = Trial::of_first(SOME, &plan, &setting);
        let best = best_like(&told, &setting);
        println!(
            "plan-verify, detail {detail}, habit {habit}: {:.3} -> {:.3} in {} calls, best of n {:.3} in {}",
            told.accuracy(0),
            told.last(),
            told.calls(),
            best.last(),
            best.calls()
        );
        told.last() - best.last()
    };
    for habit in [0.0, 0.8] {
        let binary = against_best(0, habit);
        assert!(binary.abs() < 0.02, "{binary}");
    }
    for detail in [1, 2] {
        let by_chance = against_best(detail, 0.0);
        assert!(by_chance.abs() < 0.02, "{by_chance}");
        let by_habit = against_best(detail, 0.8);
        assert!(by_habit > 0.15, "{by_habit}");
    }
}
