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

#[test]
fn a_biased_judge_shows_a_gap_that_one_outside_the_loop_reveals() {
    // Pan et al. (arXiv:2407.04549): figure 2. No truth is asked here: the verifier is shown every
    // text and steers nothing.
    let rounds = recipe("self-refine", 5);
    let vain = Trial::watched(&rounds, ability(Temper::Vain)).gap().unwrap();
    assert!(vain.is_growing() && vain.judge_slope > 0.0, "{vain:?}");
    assert!(vain.held_out_slope < 0.01, "{vain:?}");
    // Whoever judges by what is there shows no such gap.
    let careful = Trial::watched(&rounds, ability(Temper::Careful)).gap().unwrap();
    assert!(careful.slope.mean < vain.slope.mean / 3.0, "{careful:?}");
    assert!(!careful.is_hacking(), "{careful:?}");
}

#[test]
fn a_run_that_pleases_its_judge_is_stopped_and_hands_out_what_is_better() {
    // Hasty, so that much is lost, and vain, so that its judge calls that progress.
    let writer = Ability { flourish: 1.0, vanity: 1.0, ..ability(Temper::Hasty) };
    let rounds = recipe("self-refine", 6);
    let (watched, alone) = (Trial::watched(&rounds, writer), Trial::of(&rounds, writer, false));
    let stopped = |course: &&Course| course.stop == StopReason::Hacking;
    let caught: Vec<&Course> = watched.0.iter().filter(stopped).collect();
    assert!(caught.len() > QUESTIONS / 20, "{}", caught.len());
    let (right, lost) = (
        share_of(&caught, |one| one.last),
        share_of(&caught, |one| one.right.first() == Some(&true)),
    );
    assert!(right >= lost && right > 0.9, "{right} {lost}");
    let (with, without) = (watched.change(), alone.change());
    assert!((with.before - without.before).abs() < f64::EPSILON);
    assert!(with.after > without.after + 0.05, "{with:?} {without:?}");
    assert!(with.confidence > without.confidence, "{with:?} {without:?}");
}

/// Runs whose texts a model of this ability grades, that nobody in them hears.
fn audited(rounds: u32, writer: Ability, auditor: Ability) -> Trial {
    let recipe = recipe("self-refine", rounds).with_held_out("auditor").unwrap();
    let setting = Setting { auditor: Some(auditor), ..Setting::alone(writer) };
    Trial::in_setting(&recipe, &setting)
}

#[test]
fn a_model_that_is_held_out_reveals_a_biased_judge_too_if_it_does_not_share_the_bias() {
    // Pan et al. (arXiv:2407.04549): by another model with a fresh context, in place of a verifier.
    let (vain, careful) = (ability(Temper::Vain), ability(Temper::Careful));
    let revealed = audited(5, vain, careful).gap_to("auditor").unwrap();
    assert!(revealed.is_growing() && revealed.judge_slope > 0.0, "{revealed:?}");
    // One that is taken in by the same flourishes sees as much progress as the judge.
    let shared = audited(5, vain, vain).gap_to("auditor").unwrap();
    assert!(shared.slope.mean < revealed.slope.mean / 3.0, "{shared:?} {revealed:?}");
    let honest = audited(5, careful, careful).gap_to("auditor").unwrap();
    assert!(!honest.is_hacking(), "{honest:?}");
}

#[test]
fn a_run_that_an_auditor_sees_get_worse_is_stopped() {
    let writer = Ability { flourish: 1.0, vanity: 1.0, ..ability(Temper::Hasty) };
    let watched = audited(6, writer, ability(Temper::Careful));
    let alone = Trial::of(&recipe("self-refine", 6), writer, false);
    let caught = watched.0.iter().filter(|one| one.stop == StopReason::Hacking).count();
    assert!(caught > QUESTIONS / 25, "{caught}");
    assert!(watched.last() >= alone.last(), "{} {}", watched.last(), alone.last());
    let blind = audited(6, writer, writer);
    let missed = blind.0.iter().filter(|one| one.stop == StopReason::Hacking).count();
    assert!(missed * 4 < caught, "{missed} of {caught}");
}

#[test]
fn a_guard_leaves_runs_alone_that_do_what_they_should() {
    for temper in [Temper::Typical, Temper::Careful] {
        let watched = Trial::watched(&recipe("self-refine", 4), ability(temper));
        let stopped = watched.0.iter().filter(|one| one.stop == StopReason::Hacking).count();
        assert!(stopped * 100 <= QUESTIONS, "{temper:?}: {stopped}");
    }
}

#[test]
fn confidence_and_critique_come_apart_as_the_paper_says() {
    // Confidence v.s. Critique (arXiv:2412.19513): prompts and models trade one for the other, and
    // the score tells what neither accuracy does.
    let of = |temper| Trial::of(&recipe("self-refine", 2), ability(temper), false).change();
    let (typical, careful, hasty) = (of(Temper::Typical), of(Temper::Careful), of(Temper::Hasty));
    assert!(hasty.critique > typical.critique && hasty.confidence < typical.confidence);
    assert!(careful.critique > hasty.critique && careful.confidence > typical.confidence);
    assert!(careful.rss > typical.rss && typical.rss > hasty.rss, "{typical:?} {hasty:?}");
    let verified = Trial::of(&recipe("self-refine", 2), ability(Temper::Typical), true).change();
    assert_eq!(verified.confidence, Some(1.0), "what is proved is never lost");
}

#[test]
fn verifying_is_worth_more_than_generating_only_with_a_judge_that_can_tell() {
    // Song et al. (arXiv:2412.02674): the gap is what self-improvement can live on.
    let gap = |verified| {
        let trial = Trial::of(&recipe("best-of-n-text", 4), ability(Temper::Typical), verified);
        let graded = |course: &Course| {
            let journal = &course.journal;
            let one = |(at, id): (usize, &_)| (journal.graded_in_loop(*id), course.made[at]);
            journal.candidates.iter().enumerate().map(one).collect::<Vec<_>>()
        };
        chosen(&trial.0.iter().map(graded).collect::<Vec<_>>())
    };
    let sound = gap(true).unwrap();
    assert!(sound.gap.low > 0.0 && sound.chosen > sound.blind, "{sound:?}");
    assert_eq!(gap(false), None, "where nobody grades there is nothing to go by");
}

#[test]
fn a_judge_names_the_wrong_step_as_often_as_it_was_set_to() {
    // Tyen et al. (arXiv:2311.08516): how well mistakes are found, told from journals alone.
    for locate in [0.0, 0.65, 1.0] {
        let writer = Ability { notice: 1.0, locate, step: 0.8, ..ability(Temper::Typical) };
        let trial = Trial::watched(&recipe("backtrack", 1), writer);
        let located: Vec<_> = trial.0.iter().flat_map(|one| one.journal.located()).collect();
        let right = located.iter().filter(|(said, proved)| *said == Located::Step(*proved));
        #[expect(clippy::cast_precision_loss, reason = "a trial has few questions")]
        let share = right.count() as f64 / located.len() as f64;
        // A step that is guessed is the right one in a fourth of the cases.
        let expected = locate + (1.0 - locate) / 4.0;
        assert!(located.len() > 100 && (share - expected).abs() < 0.1, "{share} {expected}");
    }
}

#[test]
fn grades_that_say_little_of_the_truth_are_badly_calibrated() {
    let calibration = |temper| {
        let trial = Trial::watched(&recipe("self-refine", 3), ability(temper));
        let stated = trial.0.iter().flat_map(|one| one.journal.stated());
        let judge = stated.filter(|one| one.by == "the judge");
        let pairs: Vec<_> = judge.map(|one| (one.chance, one.right)).collect();
        Calibration::of(&pairs).unwrap()
    };
    let (typical, vain) = (calibration(Temper::Typical), calibration(Temper::Vain));
    assert!(vain.brier > typical.brier, "{typical:?} {vain:?}");
    assert!((0.0..=1.0).contains(&vain.ece) && vain.mean > typical.mean);
}
