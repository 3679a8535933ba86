//! Think&Cite (arXiv:2412.14860): a text grows statement by statement, each on evidence that was searched
//! for, and Monte Carlo tree search chooses where to go on.
//!
//! Go down by UCT to statements after which more may be tried → think what to search for, or give the answer
//! → search → look at what came, and search again if something else serves better → write the next statement and
//! cite what it stands on → it is worth the mean of two kinds of progress, of the text so far: what it promises
//! (generation), and how well its statements are supported by what they cite (attribution) → the mean of what
//! was seen comes back up → again. The best whole text is kept.
//!
//! What differs from the paper: what a text promises is said by the judge or the writer (there: how much likelier
//! a trained model finds it than the one it was trained from), and so is what supports what (there: a trained
//! entailment model); both count one half, so that worth lies between 0 and 1 (there: their sum); what verifiers find
//! of a whole text stands above both. A first text is written from memory, so that there is always one, and is
//! replaced like any other; where a search finds nothing, nothing is stated. If the turns are used up before any
//! text has come to an answer, the last one is for the answer to the best one so far (there: the best path).

use pentimento_model::Temperature;
use pentimento_prompts::{
    Cited, Next, Onward, Rethought, Solution, Stated, TextFields, TextPrompt,
};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::{plain, same},
    attribution::{Attribution, with_citation},
    draft::Draft,
    evidence::Passages,
    hearing::Hearing,
    run::{Ending, Run},
    search::{Place, Policy, Tree},
    worth::{Whole, Worth},
    write::{Text, question},
};

/// What is done without an answer of use.
const NOTHING_GROWS: &str = "nothing grows here";

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub explore: f64,
    pub width: usize,
    /// Passages of one search, and citations of one statement, at most.
    pub passages: usize,
    /// Statements of a text, at most.
    pub statements: usize,
    pub temperature: f32,
    pub votes: u32,
    pub good: f64,
}

/// Round 0 answers from memory; every further round is one turn of the search.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let Draft { text, hearing, .. } = run.first_draft().await?;
    let first = weigh(run, (text, hearing), Attribution::default()).await?;
    let mut search = Search::from(first, knobs);
    loop {
        let chosen = search.where_to_grow();
        if let Some(ending) = run.settle_search(&search.best, chosen.is_some(), knobs.good)? {
            return Ok(ending);
        }
        run.next_round()?;
        let is_last = run.round.0 >= run.request.budget.rounds;
        match search.unanswered().filter(|_| is_last) {
            Some(at) => search.grow(run, at, Onward { may_search: false }).await?,
            None => search.grow(run, chosen.unwrap_or(0), Onward { may_search: true }).await?,
        }
    }
}

/// A statement of the tree, or an answer that ends it. The root has no words.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The statement without its numbers, or the answer.
    words: String,
    /// The passages it stands on.
    cited: Vec<usize>,
    /// All that was found for it.
    found: Vec<usize>,
    attribution: Attribution,
    /// What it is worth by itself.
    reward: f64,
    is_end: bool,
    /// How often it was gone on from here, and what came of that, in words.
    tries: usize,
    tried: Vec<String>,
}

/// The text up to a node.
#[derive(Clone, Debug)]
struct Path {
    /// Its statements, each with its numbers.
    so_far: Solution,
    cited: Vec<usize>,
    found: Vec<usize>,
    attribution: Attribution,
}

/// The tree, what was found so far, and the best whole text.
struct Search {
    knobs: Knobs,
    tree: Tree<Node>,
    passages: Passages,
    best: Whole,
}

impl Search {
    fn from(first: Whole, knobs: Knobs) -> Self {
        let mut tree = Tree::rooted(Node::default());
        tree.back_up_mean(0, first.worth.rank());
        Self { knobs, tree, passages: Passages::default(), best: first }
    }

    fn where_to_grow(&mut self) -> Option<usize> {
        let Knobs { explore, width, .. } = self.knobs;
        let nodes = self.tree.nodes().iter().map(|node| &node.content);
        let places: Vec<Place> =
            nodes.map(|one| Place { is_end: one.is_end, is_full: one.tries >= width }).collect();
        self.tree.where_to_grow(Policy::Uct { explore }, &places)
    }

    /// The text up to a node, that included.
    fn path(&self, at: usize) -> Path {
        let nodes = self.tree.path(at).into_iter().filter_map(|at| self.tree.node(at));
        let stated: Vec<&Node> =
            nodes.map(|node| &node.content).filter(|one| !one.words.is_empty()).collect();
        let steps = stated.iter().map(|one| with_citation(&one.words, &one.cited)).collect();
        let all = |of: fn(&Node) -> &Vec<usize>| {
            let mut all: Vec<usize> = stated.iter().flat_map(|one| of(one).clone()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        Path {
            so_far: Solution { steps, answer: String::new() },
            cited: all(|one| &one.cited),
            found: all(|one| &one.found),
            attribution: stated
                .iter()
                .fold(Attribution::default(), |sum, one| sum.and(one.attribution)),
        }
    }

    /// The statement up to which the text is worth most, if no text has come to an answer yet: what was found
    /// is not to be lost when the turns are used up.
    fn unanswered(&self) -> Option<usize> {
        let nodes = || self.tree.nodes().iter().enumerate().skip(1);
        if nodes().any(|(_, node)| node.content.is_end) {
            return None;
        }
        let depth = |at: usize| self.tree.path(at).len();
        let best = nodes().rev().max_by(|(one, this), (other, that)| {
            let worth = this.content.reward.total_cmp(&that.content.reward);
            worth.then(depth(*one).cmp(&depth(*other)))
        });
        best.map(|(at, _)| at)
    }

    /// One turn: what comes after a node.
    async fn grow(&mut self, run: &mut Run<'_>, at: usize, form: Onward) -> Result<(), RunError> {
        let path = self.path(at);
        let tried = match self.tree.node_mut(at) {
            Some(node) => {
                node.content.tries += 1;
                node.content.tried.clone()
            }
            None => Vec::new(),
        };
        let left = self.knobs.statements.saturating_sub(path.so_far.steps.len());
        let form = Onward { may_search: form.may_search && left > 0 };
        let left = if form.may_search { left } else { 0 };
        let told = self.passages.in_words(path.found.iter().copied());
        let idea = &run.request.brief.idea;
        let fields = TextFields { context: &told, notes: &tried, count: left, ..path.fields(idea) };
        let asked = question(Role::Writer, TextPrompt::Think, &fields, NOTHING_GROWS)?;
        let freely = Temperature::new(self.knobs.temperature);
        let came = match run.put_freely(asked, &form, freely).await? {
            None => return Ok(()),
            Some(Next::Answer(answer)) => self.conclude(run, (at, &path), answer).await?,
            Some(Next::Search(query)) => self.state(run, (at, &path), query).await?,
        };
        if let Some(node) = self.tree.node_mut(at) {
            node.content.tried.push(came);
        }
        Ok(())
    }

    /// Ends a text with its answer. Says what came of it.
    async fn conclude(
        &mut self,
        run: &mut Run<'_>,
        (at, path): (usize, &Path),
        answer: String,
    ) -> Result<String, RunError> {
        let came = format!("the answer: {answer}");
        if self.again(at, |one| one.is_end && same(&one.words, &answer)) {
            return Ok(came);
        }
        let sources = self.passages.in_words(path.cited.iter().copied());
        let steps = path.so_far.steps.iter().cloned().chain(sources).collect();
        let solution = Solution { steps, answer: answer.clone() };
        let text = run.admit_text(TextPrompt::Think.step(), None, solution).await?;
        let hearing = run.hear(text.candidate).await?;
        let whole = weigh(run, (text, hearing), path.attribution).await?;
        let reward = whole.worth.rank();
        if whole.outranks(&self.best) {
            self.best = whole;
        }
        self.take(at, Node { words: answer, reward, is_end: true, ..Node::default() });
        Ok(came)
    }

    /// Searches, and writes the next statement on what was found. Says what came of it.
    async fn state(
        &mut self,
        run: &mut Run<'_>,
        (at, path): (usize, &Path),
        query: String,
    ) -> Result<String, RunError> {
        let (query, found) = self.look_up(run, path, query).await?;
        let found = match found {
            Ok(found) => found,
            Err(why) => return Ok(format!("{query}: {why}")),
        };
        let mut all = [path.found.as_slice(), &found].concat();
        all.sort_unstable();
        all.dedup();
        let told = self.passages.in_words(all.iter().copied());
        let idea = &run.request.brief.idea;
        let fields = TextFields { context: &told, piece: &query, ..path.fields(idea) };
        let asked = question(Role::Writer, TextPrompt::State, &fields, NOTHING_GROWS)?;
        let form = Stated { passages: &all, most: self.knobs.passages };
        let freely = Temperature::new(self.knobs.temperature);
        let stated = run.put_freely(asked, &form, freely).await?.unwrap_or_default();
        let Cited { statement, cited } = stated;
        if statement.is_empty() {
            return Ok(format!("{query}: no statement came of it"));
        }
        let came = format!("{query}: {statement}");
        let known = |one: &Node| {
            !one.is_end && one.cited == cited && plain(&one.words) == plain(&statement)
        };
        if !self.again(at, known) {
            let node = Node { words: statement, cited, found, ..Node::default() };
            let node = self.rewarded(run, path, node).await?;
            self.take(at, node);
        }
        Ok(came)
    }

    /// A query, or a better one, and what it found; or why it found nothing.
    async fn look_up(
        &mut self,
        run: &mut Run<'_>,
        path: &Path,
        query: String,
    ) -> Result<(String, Result<Vec<usize>, String>), RunError> {
        let found = self.search(run, &query).await?;
        let told = match &found {
            Ok(found) => self.passages.in_words(found.iter().copied()),
            Err(why) => vec![format!("{query}: {why}")],
        };
        let idea = &run.request.brief.idea;
        let fields = TextFields { context: &told, piece: &query, ..path.fields(idea) };
        let asked = question(Role::Writer, TextPrompt::Rethink, &fields, "the query is kept")?;
        let better = run.put(asked, &Rethought).await?.unwrap_or_default();
        if better.is_empty() || better == query {
            return Ok((query, found));
        }
        match (found, self.search(run, &better).await?) {
            // What a worse query found is more than nothing.
            (Ok(found), Err(_)) => Ok((query, Ok(found))),
            (_, found) => Ok((better, found)),
        }
    }

    /// The places of the passages that a query finds; or why there are none.
    async fn search(
        &mut self,
        run: &mut Run<'_>,
        query: &str,
    ) -> Result<Result<Vec<usize>, String>, RunError> {
        let found = run.search(query, self.knobs.passages, 0).await?;
        Ok(match found {
            Ok(found) if found.is_empty() => Err("nothing was found".to_owned()),
            // A tool may answer with more than it was asked for.
            Ok(found) => {
                let wanted = found.into_iter().take(self.knobs.passages);
                Ok(wanted.map(|one| self.passages.place(one)).collect())
            }
            Err(why) => Err(why),
        })
    }

    /// A statement with what the text up to it is worth.
    async fn rewarded(&self, run: &mut Run<'_>, path: &Path, node: Node) -> Result<Node, RunError> {
        let cited = self.passages.in_words(node.cited.iter().copied());
        let about = (path.so_far.steps.as_slice(), node.words.as_str());
        let attribution = run.attribution(about, &cited, self.knobs.votes).await?;
        let mut so_far = path.so_far.clone();
        so_far.steps.push(with_citation(&node.words, &node.cited));
        let promise = run.promise(&so_far).await?;
        let reward = progress(promise.rank(), path.attribution.and(attribution));
        Ok(Node { attribution, reward, ..node })
    }

    /// Hangs something new below a node, and what it is worth comes back up.
    fn take(&mut self, at: usize, node: Node) {
        let reward = node.reward;
        let child = self.tree.add(at, node, 1.0);
        self.tree.back_up_mean(child, reward);
    }

    /// True if something like this is known below a node: it is seen once more.
    fn again(&mut self, at: usize, like: impl Fn(&Node) -> bool) -> bool {
        let known = self.tree.children(at).iter().find_map(|child| {
            let content = &self.tree.node(*child)?.content;
            like(content).then_some((*child, content.reward))
        });
        if let Some((child, reward)) = known {
            self.tree.back_up_mean(child, reward);
        }
        known.is_some()
    }
}

impl Path {
    /// What every question about it speaks of.
    fn fields<'a>(&'a self, idea: &'a str) -> TextFields<'a> {
        let at = self.so_far.steps.len();
        TextFields { question: idea, draft: Some(&self.so_far), at, ..TextFields::default() }
    }
}

/// The mean of the two kinds of progress.
fn progress(promise: f64, attribution: Attribution) -> f64 {
    f64::midpoint(promise, attribution.f1())
}

/// A whole text with what it is worth: what is proved or objected to stands above all progress.
async fn weigh(
    run: &mut Run<'_>,
    (text, hearing): (Text, Hearing),
    attribution: Attribution,
) -> Result<Whole, RunError> {
    let whole = run.weigh(text, hearing).await?;
    let settled = whole.hearing.proved || whole.hearing.objected || !whole.worth.is_known();
    let worth =
        if settled { whole.worth } else { Worth::of(progress(whole.worth.rank(), attribution)) };
    Ok(Whole { worth, ..whole })
}
