//! What searches do with writers of known ability, against a vote and against a choice by the same
//! judge, with as many calls.

use super::{
    reflections::{accepted, vote_like},
    *,
};

fn ability(temper: Temper) -> Ability {
    temper.ability()
}

/// Questions of a search: each makes many calls.
const SOME: usize = 120;

/// A writer who is often wrong, and a judge who sees nearly all of it.
fn judged() -> Setting {
    Setting {
        judge: Some(ability(Temper::Careful)),
        ..Setting::alone(Ability { step: 0.8, habit: 0.4, ..ability(Temper::Typical) })
    }
}

/// The same with mistakes that are this often habits.
fn habitual(habit: f64) -> Setting {
    let setting = judged();
    Setting { writer: Ability { habit, ..setting.writer }, ..setting }
}

/// The same with a judge who sees next to nothing.
fn blind(setting: &Setting) -> Setting {
    let judge = Ability { notice: 0.1, false_alarm: 0.1, ..ability(Temper::Typical) };
    Setting { judge: Some(judge), ..*setting }
}

#[test]
fn a_tree_search_leaves_habits_behind_where_a_vote_repeats_them_and_gains_by_every_turn() {
    // Tian et al. (arXiv:2404.12253), Li et al. (arXiv:2412.14860): against as many samples.
    let setting = habitual(0.8);
    let short = Trial::of_first(SOME, &recipe("mcts", 8), &setting);
    let long = Trial::of_first(SOME, &recipe("mcts", 24), &setting);
    let vote = vote_like(&long, &setting);
    assert!(long.last() > vote.last() + 0.15, "{} {}", long.last(), vote.last());
    assert!(long.last() > short.last() + 0.05, "{} {}", short.last(), long.last());
    let blind = Trial::of_first(SOME, &recipe("mcts", 24), &blind(&setting));
    assert!(
        blind.last() < long.last() - 0.15,
        "a search is as good as who weighs: {}",
        blind.last()
    );
}

#[test]
fn a_proof_ends_a_tree_search_and_nothing_unproved_is_accepted() {
    let setting = Setting { verified: true, ..habitual(0.8) };
    let found = Trial::of_first(SOME, &recipe("mcts", 24), &setting);
    let (right, count) = accepted(&found);
    assert!((right - 1.0).abs() < f64::EPSILON && count > SOME * 7 / 10, "{right} {count}");
    let alone = Trial::of_first(SOME, &recipe("mcts", 24), &habitual(0.8));
    assert!(found.calls() < alone.calls() / 2, "{} {}", found.calls(), alone.calls());
}

#[test]
fn a_forest_beats_a_vote_with_as_many_calls_and_spends_least_on_what_all_trees_agree_on() {
    // Bi et al. (arXiv:2412.09078), without the gold label that its code stops at.
    let setting = judged();
    let forest = Trial::of_first(SOME, &recipe("forest-of-thought", 4), &setting);
    let vote = vote_like(&forest, &setting);
    assert!(forest.last() > vote.last() + 0.02, "{} {}", forest.last(), vote.last());
    let calls = |course: &Course| course.calls;
    assert_eq!(forest.0.iter().map(calls).min(), Some(6), "three answers, three scores");
    assert!(forest.0.iter().map(calls).max() > Some(40));
    let blind = Trial::of_first(SOME, &recipe("forest-of-thought", 4), &blind(&setting));
    assert!(blind.last() < forest.last() - 0.02, "{} {}", blind.last(), forest.last());
}

#[test]
fn doubting_at_every_budget_beats_a_vote_where_mistakes_are_habits() {
    // Chen et al. (arXiv:2502.05449): against as many samples, on what is hard.
    let setting = habitual(0.8);
    let deepened = Trial::of_first(SOME, &recipe("iterative-deepening", 4), &setting);
    let vote = vote_like(&deepened, &setting);
    assert!(deepened.last() > vote.last() + 0.05, "{} {}", deepened.last(), vote.last());
    let carefree = Ability { notice: 0.0, false_alarm: 0.0, ..setting.writer };
    let carefree = Setting { writer: carefree, ..blind(&setting) };
    let carefree = Trial::of_first(SOME, &recipe("iterative-deepening", 4), &carefree);
    assert!(carefree.last() < deepened.last() - 0.05, "{} {}", carefree.last(), deepened.last());
}

#[test]
fn what_rain_commits_to_with_consent_is_right_and_always_the_first_option_says_nothing() {
    // Li et al. (arXiv:2309.07124): the share of good answers, against answers without rewinding.
    let setting = judged();
    let rewound = Trial::of_first(SOME, &recipe("rain", 12), &setting);
    let (right, count) = accepted(&rewound);
    assert!(
        rewound.last() > rewound.accuracy(0) + 0.1,
        "{} {}",
        rewound.accuracy(0),
        rewound.last()
    );
    assert!(right > 0.95 && count > SOME / 2, "{right} {count}");
    // Against as many samples and a vote: it beats them where mistakes are habits, and where they are
    // made by chance alone the vote is the better buy.
    let against_vote = |habit| {
        let setting = habitual(habit);
        let rewound = Trial::of_first(SOME, &recipe("rain", 12), &setting);
        (rewound.last(), vote_like(&rewound, &setting).last())
    };
    let (search, vote) = against_vote(0.8);
    assert!(search > vote + 0.2, "{search} {vote}");
    let (search, vote) = against_vote(0.0);
    assert!(vote > search, "{search} {vote}");
    let judge = setting.judge.map(|judge| Ability { first: 1.0, ..judge });
    let always = Trial::of_first(SOME, &recipe("rain", 12), &Setting { judge, ..setting });
    assert_eq!(accepted(&always).1, 0);
    assert!(always.last() < rewound.last() - 0.05, "{} {}", always.last(), rewound.last());
}

#[test]
fn instructions_are_bred_that_help_and_where_none_can_help_nothing_is_gained() {
    // Fernando et al. (arXiv:2309.16797), and its ablations in section 5.
    let setting = habitual(0.6);
    let bred = Trial::of_first(SOME, &recipe("promptbreeder", 5), &setting);
    let vote = vote_like(&bred, &setting);
    assert!(bred.last() > vote.last() + 0.1, "{} {}", bred.last(), vote.last());
    assert!(bred.last() > bred.accuracy(0), "{} {}", bred.accuracy(0), bred.last());
    let deaf = Ability { guided: 0.0, ..setting.writer };
    let deaf =
        Trial::of_first(SOME, &recipe("promptbreeder", 5), &Setting { writer: deaf, ..setting });
    assert!(deaf.last() < bred.last(), "{} {}", deaf.last(), bred.last());
}
