//! Findings of the literature, one a test, each with the paper it is from.

use super::*;

fn ability(temper: Temper) -> Ability {
    temper.ability()
}

#[test]
fn rewriting_without_outside_help_does_not_help_and_can_hurt() {
    // Huang et al. (arXiv:2310.01798), table 3: every round a little worse.
    let trial = Trial::of(&recipe("self-refine", 2), ability(Temper::Typical), false);
    let (before, after) = (trial.accuracy(0), trial.last());
    assert!((0.65..0.85).contains(&before), "{before}");
    assert!(after < before + 0.01, "{before} → {after}");
    let (to_wrong, to_right) = trial.flips();
    assert!(to_wrong > 0.01 && to_wrong >= to_right, "{to_wrong} {to_right}");
}

#[test]
fn who_finds_fault_with_everything_overcorrects() {
    // The same paper, section 3.2, and IoE (arXiv:2402.12563): without a gate of confidence, a
    // critical prompt turns right answers into wrong ones.
    let typical = Trial::of(&recipe("self-refine", 2), ability(Temper::Typical), false);
    let hasty = Trial::of(&recipe("self-refine", 2), ability(Temper::Hasty), false);
    let (before, after) = (hasty.accuracy(0), hasty.last());
    assert!(after < before - 0.2, "{before} → {after}");
    assert!(hasty.flips().0 > 3.0 * typical.flips().0);
}

#[test]
fn a_sound_verifier_helps_in_every_round() {
    // CRITIC (arXiv:2305.11738) and Stechly et al. (arXiv:2402.08115): what helps is the outside.
    let trial = Trial::of(&recipe("self-refine", 3), ability(Temper::Typical), true);
    let rounds: Vec<f64> = (0..4).map(|round| trial.accuracy(round)).collect();
    assert!(rounds.is_sorted(), "{rounds:?}");
    assert!(rounds[3] > rounds[0] + 0.15, "{rounds:?}");
    assert!(trial.flips().0.abs() < f64::EPSILON, "what is proved is never rewritten");
}

#[test]
fn at_the_same_calls_a_located_correction_beats_blind_resampling_where_mistakes_are_habits() {
    let habitual = Ability { habit: 1.0, ..ability(Temper::Careful) };
    let refined = Trial::of(&recipe("self-refine", 3), habitual, true);
    let blind = Trial::of(&recipe("best-of-n-text", 6), habitual, true);
    assert!(refined.last() > blind.last() + 0.1, "{} {}", refined.last(), blind.last());
    assert!(refined.calls() < blind.calls());
}

#[test]
fn a_vote_helps_where_mistakes_differ_and_not_where_they_are_habits() {
    // Self-consistency (arXiv:2203.11171), and why it is no cure.
    let free = Ability { habit: 0.0, ..ability(Temper::Typical) };
    let trial = Trial::of(&recipe("self-consistency", 6), free, false);
    assert!(trial.last() > trial.accuracy(0) + 0.1, "{} {}", trial.accuracy(0), trial.last());
    let habitual = Ability { habit: 1.0, ..free };
    let trial = Trial::of(&recipe("self-consistency", 6), habitual, false);
    assert!((trial.last() - trial.accuracy(0)).abs() < f64::EPSILON);
}

#[test]
fn correction_beats_a_vote_only_if_the_critic_is_good() {
    // With seven calls each; Huang et al., section 4: a vote is the baseline to beat.
    let vote = |ability| Trial::of(&recipe("self-consistency", 6), ability, false).last();
    let refined = |ability| Trial::of(&recipe("self-refine", 3), ability, false).last();
    let (typical, careful) = (ability(Temper::Typical), ability(Temper::Careful));
    assert!(vote(typical) > refined(typical), "{} {}", vote(typical), refined(typical));
    assert!(refined(careful) > vote(careful), "{} {}", refined(careful), vote(careful));
}

#[test]
fn a_judge_that_is_taken_in_sees_progress_that_is_not_there() {
    // Pan et al. (arXiv:2407.04549): the judge in the loop rises, the truth does not.
    let trial = Trial::of(&recipe("self-refine", 4), ability(Temper::Vain), false);
    let rewritten = trial.0.iter().filter(|course| course.scores.len() > 1);
    let (mut points, mut truths, mut runs) = (0.0, 0.0, 0.0);
    for course in rewritten {
        let truth = |at: usize| if course.right[at] { 1.0 } else { 0.0 };
        let last = course.scores.len() - 1;
        points += course.scores[last] - course.scores[0];
        // The text that is judged last was the draft of the round before.
        truths += truth(last) - truth(0);
        runs += 1.0;
    }
    let (judge, truth) = (points / runs, truths / runs);
    assert!(runs > 40.0 && judge > 0.5, "{judge} over {runs} runs");
    assert!(truth < 0.05, "{truth}");
}

#[test]
fn critique_helps_as_far_as_its_tools_see_and_not_without_them() {
    // CRITIC (arXiv:2305.11738), section 4: without tools the gains vanish or turn.
    let without = Trial::of(&recipe("critic", 3), ability(Temper::Typical), false);
    assert!(without.last() < without.accuracy(0) + 0.02, "{}", without.last());
    let with = Trial::of(&recipe("critic", 3), ability(Temper::Typical), true);
    assert!(with.last() > with.accuracy(0) + 0.12, "{} → {}", with.accuracy(0), with.last());
}

#[test]
fn backtracking_already_helps_if_two_mistakes_of_three_are_located() {
    // Tyen et al. (arXiv:2311.08516), section 5: a classifier of 60 to 70 percent still gains, where
    // many answers are wrong at first.
    let writer = Ability {
        step: 0.8,
        notice: 0.65,
        locate: 1.0,
        false_alarm: 0.35,
        ..ability(Temper::Typical)
    };
    let trial = Trial::of(&recipe("backtrack", 1), writer, false);
    let (before, after) = (trial.accuracy(0), trial.last());
    assert!((0.3..0.6).contains(&before), "{before}");
    assert!(after > before + 0.03, "{before} → {after}");
    let (to_wrong, to_right) = trial.flips();
    assert!(to_wrong > 0.0 && to_right > to_wrong, "{to_wrong} {to_right}");
    let blind = Ability { locate: 0.0, ..writer };
    let lost = Trial::of(&recipe("backtrack", 1), blind, false);
    assert!(lost.last() < after, "{} {after}", lost.last());
}

#[test]
fn a_gate_of_confidence_keeps_what_a_critical_prompt_loses() {
    // IoE (arXiv:2402.12563), table 2.
    let critical = Trial::of(&recipe("self-refine", 2), ability(Temper::Hasty), false);
    let gated = Trial::of(&recipe("if-or-else", 2), ability(Temper::Hasty), false);
    assert!((critical.accuracy(0) - gated.accuracy(0)).abs() < f64::EPSILON);
    assert!(gated.last() > critical.last() + 0.1, "{} {}", gated.last(), critical.last());
    assert!(gated.last() >= gated.accuracy(0) - 0.01, "{} {}", gated.accuracy(0), gated.last());
    let sure = Ability { sure_if_right: 0.2, sure_if_wrong: 0.9, ..ability(Temper::Hasty) };
    let misled = Trial::of(&recipe("if-or-else", 2), sure, false);
    assert!(misled.last() < gated.last(), "a gate is as good as the confidence behind it");
}
