use super::*;

fn scored(category: &'static str, before: bool, after: &[bool]) -> Scored {
    Scored {
        category,
        before,
        after: after.to_vec(),
        last: *after.last().unwrap(),
        images: 2,
        sight: Sight::default(),
        first_sight: Sight::default(),
        faults: 0,
    }
}

#[test]
fn flips_and_the_gate_are_told_apart() {
    let rows = [
        scored("negation", true, &[false, false]),
        scored("negation", false, &[false, true]),
        scored("negation", false, &[true, true]),
        scored("negation", true, &[true, true]),
    ];
    let other = |right| scored("negation", true, &[right]);
    let others = [other(true), other(false), other(false), other(false)];
    let lines = categories(Task::Lmd, 2, &rows, Some(&others));
    let negation = &lines[0];
    assert_eq!((negation.before, negation.gated, negation.flips), (50.0, 100.0, 25.0));
    assert_eq!(negation.after, [50.0, 75.0]);
    assert_eq!((negation.prompts, negation.right.mean), (2, 75.0));
    assert_eq!(negation.against.map(|one| one.mean), Some(25.0));
    let compared = compared(2, &rows, &others);
    // Two seeds a prompt: of the first each is right with one of them, of the second one with both.
    assert_eq!((compared.ahead, compared.behind, compared.mcnemar_p), (1, 0, 1.0));
    assert!((compared.gain.mean - 0.5).abs() < 1e-9);
}

#[test]
fn lmd_counts_prompts_and_geneval_categories() {
    let lmd = [
        scored("negation", true, &[true]),
        scored("negation", true, &[true]),
        scored("spatial", false, &[false]),
    ];
    assert!((categories(Task::Lmd, 1, &lmd, None)[4].before - 66.666).abs() < 0.01);
    let geneval = [
        scored("counting", true, &[true]),
        scored("counting", true, &[true]),
        scored("position", false, &[false]),
    ];
    let overall = categories(Task::GenEval, 1, &geneval, None).pop().unwrap();
    assert!((overall.before - 50.0).abs() < 1e-9);
    assert!((overall.right.mean - 50.0).abs() < 1e-9, "as the mean of both categories");
}
