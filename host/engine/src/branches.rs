//! A tree of steps, at whose leaves whole texts stand: what searches over steps share.
//!
//! A model that is asked to go on from some steps gives all steps to the end. The first of them is a
//! branch of the tree, and the whole is what came of it.

use pentimento_model::{CandidateId, Temperature};
use pentimento_prompts::{Continuation, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::plain,
    run::Run,
    search::Tree,
    worth::Whole,
    write::{Text, question},
};

/// A step, and the best whole text that goes through it.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub step: String,
    pub whole: Whole,
    /// How often it was gone on from here. Ways on that begin alike are one branch.
    pub tries: usize,
}

/// What is gone on from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stem {
    /// The steps that are kept.
    pub steps: Vec<String>,
    /// The steps that were tried after them.
    pub tried: Vec<String>,
    /// A text that begins like this.
    pub parent: Option<CandidateId>,
}

/// A tree of steps; its root has none.
#[derive(Clone, Debug)]
pub(crate) struct Branches {
    pub tree: Tree<Branch>,
}

impl Branches {
    /// The root, with a first text that goes through it.
    pub(crate) fn of(whole: Whole) -> Self {
        Self { tree: Tree::rooted(Branch { step: String::new(), whole, tries: 0 }) }
    }

    /// The steps up to a node, that of the node included.
    fn steps(&self, at: usize) -> Vec<String> {
        let nodes = self.tree.path(at).into_iter().skip(1).filter_map(|at| self.tree.node(at));
        nodes.map(|node| node.content.step.clone()).collect()
    }

    /// Counts a try to go on from a node.
    pub(crate) fn count_try(&mut self, at: usize) {
        if let Some(node) = self.tree.node_mut(at) {
            node.content.tries += 1;
        }
    }

    /// How often it was gone on from a node.
    pub(crate) fn tries(&self, at: usize) -> usize {
        self.tree.node(at).map_or(0, |node| node.content.tries)
    }

    /// What is gone on from at a node, with what was tried there.
    pub(crate) fn stem(&self, at: usize) -> Stem {
        let below = self.tree.children(at).iter().filter_map(|child| self.tree.node(*child));
        let tried = below.map(|node| node.content.step.clone()).collect();
        let parent = self.tree.node(at).map(|node| node.content.whole.text.candidate);
        Stem { steps: self.steps(at), tried, parent }
    }

    /// True if the text that goes through a node has no step after it.
    pub(crate) fn is_end(&self, at: usize) -> bool {
        let depth = self.tree.path(at).len() - 1;
        let whole =
            |at| self.tree.node(at).map(|node| node.content.whole.text.solution.steps.len());
        whole(at).is_none_or(|steps| steps <= depth)
    }

    /// Takes in a text that goes through a node, and says at which branch below it: a step that is known
    /// is no new branch, and keeps the better text.
    pub(crate) fn take(&mut self, at: usize, whole: &Whole, prior: f64) -> Option<usize> {
        let depth = self.tree.path(at).len() - 1;
        let step = whole.text.solution.steps.get(depth)?.clone();
        let same = |child: &&usize| {
            let known = self.tree.node(**child).map(|node| plain(&node.content.step));
            known == Some(plain(&step))
        };
        let child = match self.tree.children(at).iter().find(same).copied() {
            Some(child) => child,
            None => self.tree.add(at, Branch { step, whole: whole.clone(), tries: 0 }, prior),
        };
        for here in self.tree.path(child) {
            if let Some(node) = self.tree.node_mut(here)
                && whole.outranks(&node.content.whole)
            {
                node.content.whole = whole.clone();
            }
        }
        Some(child)
    }

    /// The best text of all.
    pub(crate) fn best(&self) -> Option<&Whole> {
        self.tree.node(0).map(|root| &root.content.whole)
    }
}

impl Run<'_> {
    /// Goes on from some steps, otherwise than was tried, to the end; `None` without an answer of use.
    pub(crate) async fn grow(
        &mut self,
        from: &Stem,
        temperature: f32,
    ) -> Result<Option<Text>, RunError> {
        let Stem { steps, tried, parent } = from;
        let idea = &self.request.brief.idea;
        let so_far = Solution { steps: steps.clone(), answer: String::new() };
        let fields = TextFields {
            question: idea,
            draft: Some(&so_far),
            at: steps.len(),
            notes: tried,
            ..TextFields::default()
        };
        let asked = question(Role::Writer, TextPrompt::Grow, &fields, "nothing grows here")?;
        let temperature = Temperature::new(temperature);
        let Some(more) = self.put_freely(asked, &Continuation, temperature).await? else {
            return Ok(None);
        };
        let steps = steps.iter().cloned().chain(more.steps).collect();
        let solution = Solution { steps, answer: more.answer };
        self.admit_text("grow", *parent, solution).await.map(Some)
    }

    /// The same, heard and weighed.
    pub(crate) async fn grow_whole(
        &mut self,
        from: &Stem,
        temperature: f32,
    ) -> Result<Option<Whole>, RunError> {
        let Some(text) = self.grow(from, temperature).await? else { return Ok(None) };
        let hearing = self.hear(text.candidate).await?;
        self.weigh(text, hearing).await.map(Some)
    }
}
