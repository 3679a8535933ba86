//! A tree of things that were tried, and which of them to try next: the policies that searches share.
//! Pure.

/// One thing that was tried.
#[derive(Clone, Debug)]
pub(crate) struct Node<T> {
    pub content: T,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub visits: u32,
    /// What it is worth by all that was seen below it.
    pub value: f64,
    /// What it is worth by itself.
    pub own: f64,
    /// How likely it is taken, before anything is known of it.
    pub prior: f64,
    /// Nothing is left to try here and below.
    closed: bool,
}

/// Nodes by number; 0 is the root.
#[derive(Clone, Debug)]
pub(crate) struct Tree<T>(Vec<Node<T>>);

/// What may be tried at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Nothing comes after it.
    pub is_end: bool,
    /// All that may be tried was tried.
    pub is_full: bool,
}

/// Which of several children to look at next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Policy {
    /// Upper confidence bounds for trees (Kocsis and Szepesvári 2006): `value + c·√(ln N / n)`, what
    /// was never visited first.
    Uct { explore: f64 },
    /// The same bound smoothed (Forest-of-Thought's code): `value + c·√(ln(N + 1) / (n + 10⁻⁵))`.
    Ucb { explore: f64 },
    /// RAIN's bound (its code): values scaled to 0…1 among siblings, `q + c·p·√N / (1 + n)`.
    Puct { explore: f64 },
}

/// Keeps divisions by nothing away, as in both codes.
const SMALL: f64 = 1e-5;

impl Policy {
    /// The bound of a child whose siblings' values lie between these.
    fn bound<T>(self, node: &Node<T>, parent_visits: u32, (least, most): (f64, f64)) -> f64 {
        let (visits, all) = (f64::from(node.visits), f64::from(parent_visits));
        match self {
            Self::Uct { .. } if node.visits == 0 => f64::INFINITY,
            Self::Uct { explore } => node.value + explore * (all.max(1.0).ln() / visits).sqrt(),
            Self::Ucb { explore } => {
                node.value + explore * ((all + 1.0).ln() / (visits + SMALL)).sqrt()
            }
            Self::Puct { explore } => {
                let scaled = (node.value - least) / (most - least + SMALL);
                scaled + explore * node.prior * all.sqrt() / (1.0 + visits)
            }
        }
    }
}

impl<T> Tree<T> {
    /// A tree of its root alone.
    pub(crate) fn rooted(content: T) -> Self {
        Self(vec![Node {
            content,
            parent: None,
            children: Vec::new(),
            visits: 0,
            value: 0.0,
            own: 0.0,
            prior: 1.0,
            closed: false,
        }])
    }

    /// Hangs something below a node, and says its number.
    pub(crate) fn add(&mut self, parent: usize, content: T, prior: f64) -> usize {
        let at = self.0.len();
        let (children, parent_at) = (Vec::new(), Some(parent));
        self.0.push(Node {
            content,
            parent: parent_at,
            children,
            visits: 0,
            value: 0.0,
            own: 0.0,
            prior,
            closed: false,
        });
        if let Some(node) = self.0.get_mut(parent) {
            node.children.push(at);
        }
        at
    }

    pub(crate) fn node(&self, at: usize) -> Option<&Node<T>> {
        self.0.get(at)
    }

    pub(crate) fn node_mut(&mut self, at: usize) -> Option<&mut Node<T>> {
        self.0.get_mut(at)
    }

    /// All nodes, the root first.
    pub(crate) fn nodes(&self) -> &[Node<T>] {
        &self.0
    }

    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.node(at).map(|node| node.children.as_slice()).unwrap_or_default()
    }

    /// The way from the root to a node, both included.
    pub(crate) fn path(&self, at: usize) -> Vec<usize> {
        let mut path = vec![at];
        let mut here = at;
        while let Some(parent) = self.node(here).and_then(|node| node.parent) {
            path.push(parent);
            here = parent;
        }
        path.reverse();
        path
    }

    /// Goes down from a node by the policy, to the first one where `stop` says so or below which nothing
    /// is; `None` if nothing is left to try there. Of equals the earliest is taken.
    pub(crate) fn select(
        &self,
        from: usize,
        policy: Policy,
        stop: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut here = from;
        loop {
            let node = self.node(here)?;
            if node.closed {
                return None;
            }
            if stop(here) {
                return Some(here);
            }
            match self.best_child(here, policy) {
                Some(child) => here = child,
                None => return (node.children.is_empty()).then_some(here),
            }
        }
    }

    /// Of all nodes that may be tried, the one with the greatest bound; of equals the earliest.
    pub(crate) fn select_any(&self, policy: Policy, may: impl Fn(usize) -> bool) -> Option<usize> {
        let bound = |at: usize| {
            let node = self.node(at)?;
            let above = node.parent.and_then(|parent| self.node(parent));
            let all = above.map_or(node.visits, |parent| parent.visits);
            Some((policy.bound(node, all, (0.0, 1.0)), at))
        };
        let open = (0..self.0.len()).filter(|at| may(*at)).filter_map(bound);
        greatest(open)
    }

    /// The place below which the policy tries something next; `None` if nothing is left to try. Nothing grows
    /// at an end, nor where all that may be tried was tried.
    pub(crate) fn where_to_grow(&mut self, policy: Policy, places: &[Place]) -> Option<usize> {
        let of =
            |at: usize| places.get(at).copied().unwrap_or(Place { is_end: false, is_full: true });
        loop {
            let done = match self.select(0, policy, |at| of(at).is_end || !of(at).is_full) {
                Some(at) if of(at).is_end || of(at).is_full => at,
                chosen => return chosen,
            };
            self.close(done, |at| of(at).is_full);
        }
    }

    fn best_child(&self, of: usize, policy: Policy) -> Option<usize> {
        let parent = self.node(of)?;
        let open = || {
            let all = parent.children.iter().filter_map(|at| Some((*at, self.node(*at)?)));
            all.filter(|(_, node)| !node.closed)
        };
        let values = || open().map(|(_, node)| node.value);
        let range =
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        greatest(open().map(|(at, node)| (policy.bound(node, parent.visits, range), at)))
    }

    /// Something came of a node: it and all above it are worth the mean of what was seen.
    pub(crate) fn back_up_mean(&mut self, at: usize, reward: f64) {
        for here in self.path(at) {
            if let Some(node) = self.node_mut(here) {
                node.visits += 1;
                node.value += (reward - node.value) / f64::from(node.visits);
            }
        }
    }

    /// A node is worth this by itself; all above it are worth half of that and half of their best child
    /// (Forest-of-Thought's code).
    pub(crate) fn back_up_best(&mut self, at: usize, own: f64) {
        if let Some(node) = self.node_mut(at) {
            node.own = own;
        }
        for here in self.path(at).into_iter().rev() {
            let best = self.children(here).iter().filter_map(|child| self.node(*child));
            let best = best.map(|child| child.value).reduce(f64::max);
            if let Some(node) = self.node_mut(here) {
                node.visits += 1;
                node.value = best.map_or(node.own, |best| f64::midpoint(node.own, best));
            }
        }
    }

    /// Nothing is left to try at a node, nor above it where nothing else is: `full` says of a node
    /// whether no further child may be added.
    pub(crate) fn close(&mut self, at: usize, full: impl Fn(usize) -> bool) {
        for here in self.path(at).into_iter().rev() {
            let is_open = |child: &usize| self.node(*child).is_some_and(|child| !child.closed);
            if here != at && (!full(here) || self.children(here).iter().any(is_open)) {
                return;
            }
            if let Some(node) = self.node_mut(here) {
                node.closed = true;
            }
        }
    }

    /// The child that was looked at most; of equals the one with the greatest value, of those the
    /// earliest.
    pub(crate) fn most_visited(&self, of: usize) -> Option<usize> {
        let all = self.children(of).iter().rev().filter_map(|at| Some((*at, self.node(*at)?)));
        let most = all.max_by(|(_, one), (_, other)| {
            one.visits.cmp(&other.visits).then(one.value.total_cmp(&other.value))
        });
        most.map(|(at, _)| at)
    }
}

/// The number with the greatest bound, the earliest of equals.
fn greatest(bounds: impl Iterator<Item = (f64, usize)>) -> Option<usize> {
    let better = |best: (f64, usize), one: (f64, usize)| if one.0 > best.0 { one } else { best };
    bounds.reduce(better).map(|(_, at)| at)
}

#[cfg(test)]
mod tests;
