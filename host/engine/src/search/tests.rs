//! Bounds by hand, ways down, what comes back up.

use proptest::prelude::*;

use super::*;

const UCT: Policy = Policy::Uct { explore: 1.0 };

/// A root with children of these visits, values and priors.
fn fan(children: &[(u32, f64, f64)]) -> Tree<()> {
    let mut tree = Tree::rooted(());
    for (visits, value, prior) in children {
        let at = tree.add(0, (), *prior);
        let node = tree.node_mut(at).unwrap();
        (node.visits, node.value) = (*visits, *value);
    }
    tree.node_mut(0).unwrap().visits = children.iter().map(|child| child.0).sum();
    tree
}

fn chosen(tree: &Tree<()>, policy: Policy) -> Option<usize> {
    tree.select(0, policy, |at| at != 0)
}

#[test]
fn the_bounds_choose_as_their_papers_say() {
    for (policy, children, expected) in [
        // Never visited comes first, the earliest of those.
        (UCT, vec![(3, 0.9, 0.0), (0, 0.0, 0.0), (0, 0.0, 0.0)], 2),
        // 0.5 + √(ln 10 / 9) = 1.01 against 0.4 + √(ln 10 / 1) = 1.92.
        (UCT, vec![(9, 0.5, 0.0), (1, 0.4, 0.0)], 2),
        (Policy::Uct { explore: 0.0 }, vec![(9, 0.5, 0.0), (1, 0.4, 0.0)], 1),
        (Policy::Ucb { explore: 0.0 }, vec![(1, 0.2, 0.0), (1, 0.3, 0.0)], 2),
        // Without exploration PUCT takes the greatest value, else the likelier of unvisited ones.
        (Policy::Puct { explore: 0.0 }, vec![(1, -1.0, 0.9), (1, 1.0, 0.1)], 2),
        (Policy::Puct { explore: 2.0 }, vec![(0, 0.0, 0.2), (1, 0.0, 0.2), (0, 0.0, 0.6)], 3),
    ] {
        assert_eq!(chosen(&fan(&children), policy), Some(expected), "{policy:?} {children:?}");
    }
}

#[test]
fn rewards_come_back_as_means_or_as_half_the_best() {
    let mut tree = Tree::rooted(());
    let child = tree.add(0, (), 1.0);
    let leaf = tree.add(child, (), 1.0);
    tree.back_up_mean(leaf, 1.0);
    tree.back_up_mean(child, 0.0);
    let seen = |tree: &Tree<()>, at| tree.node(at).map(|node| (node.visits, node.value)).unwrap();
    assert_eq!(
        [seen(&tree, 0), seen(&tree, child), seen(&tree, leaf)],
        [(2, 0.5), (2, 0.5), (1, 1.0)]
    );
    let mut tree = Tree::rooted(());
    let (one, other) = (tree.add(0, (), 1.0), tree.add(0, (), 1.0));
    tree.back_up_best(one, 0.4);
    tree.back_up_best(other, 0.8);
    assert_eq!(
        [seen(&tree, 0), seen(&tree, one), seen(&tree, other)],
        [(2, 0.4), (1, 0.4), (1, 0.8)]
    );
}

#[test]
fn what_is_closed_is_not_tried_again_and_closes_what_is_full_above_it() {
    let mut tree = fan(&[(1, 0.9, 1.0), (1, 0.1, 1.0)]);
    tree.close(1, |_| false);
    assert_eq!(chosen(&tree, UCT), Some(2));
    tree.close(2, |_| false);
    assert_eq!(tree.select(0, UCT, |at| at == 0), Some(0), "another child may be added");
    let mut tree = fan(&[(1, 0.9, 1.0), (1, 0.1, 1.0)]);
    tree.close(1, |_| true);
    tree.close(2, |_| true);
    assert_eq!(tree.select(0, UCT, |_| true), None);
}

#[test]
fn the_most_visited_child_is_the_better_of_equals_and_then_the_earliest() {
    for (children, expected) in [
        (vec![(3, 0.1, 1.0), (2, 0.9, 1.0)], Some(1)),
        (vec![(3, 0.1, 1.0), (3, 0.9, 1.0)], Some(2)),
        (vec![(3, 0.9, 1.0), (3, 0.9, 1.0)], Some(1)),
        (vec![], None),
    ] {
        assert_eq!(fan(&children).most_visited(0), expected, "{children:?}");
    }
}

#[test]
fn of_all_nodes_the_greatest_bound_is_tried_among_those_that_may() {
    let mut tree = fan(&[(4, 0.2, 1.0), (4, 0.9, 1.0)]);
    let deep = tree.add(1, (), 1.0);
    tree.back_up_best(deep, 0.95);
    let policy = Policy::Ucb { explore: 0.0 };
    assert_eq!(tree.select_any(policy, |_| true), Some(deep));
    assert_eq!(tree.select_any(policy, |at| at < 3), Some(2));
    assert_eq!(tree.select_any(policy, |_| false), None);
}

proptest! {
    #[test]
    fn values_stay_within_the_rewards_and_visits_add_up(
        rewards in proptest::collection::vec((0_usize..20, 0.0_f64..1.0), 1..40),
    ) {
        let mut tree = Tree::rooted(());
        for (parent, reward) in &rewards {
            let at = tree.add(parent % tree.nodes().len(), (), 1.0);
            tree.back_up_mean(at, *reward);
        }
        for node in tree.nodes() {
            prop_assert!((0.0..=1.0).contains(&node.value));
            let below: u32 = node.children.iter().map(|at| tree.node(*at).unwrap().visits).sum();
            prop_assert!(node.visits >= below);
        }
        prop_assert_eq!(tree.node(0).unwrap().visits as usize, rewards.len());
    }
}
