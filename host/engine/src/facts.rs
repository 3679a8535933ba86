//! Facts of a graph, and those of them that belong to an idea. Pure.
//!
//! A graph is a text: one fact a line, `subject | relation | object`. Lines that are empty or begin with
//! `#` say nothing.

/// Bytes of a graph that is read.
pub(crate) const GRAPH_BYTES: usize = 4 << 20;
/// Bytes of one part of a fact.
const PART_BYTES: usize = 200;

/// Something that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub subject: String,
    pub relation: String,
    pub object: String,
}

impl Fact {
    /// The fact as a sentence without a full stop.
    pub(crate) fn in_words(&self) -> String {
        format!("{} {} {}", self.subject, self.relation, self.object)
    }
}

/// The facts of a graph, in order; a line that is none is left out.
pub(crate) fn read(text: &str) -> Vec<Fact> {
    let cut = text.get(..text.floor_char_boundary(GRAPH_BYTES)).unwrap_or(text);
    cut.lines().filter(|line| !is_silent(line)).filter_map(fact).collect()
}

/// The numbers of the lines that are left out though they say something, from 1 on.
pub fn lines_without_fact(text: &str) -> impl Iterator<Item = usize> {
    let lines = text.lines().enumerate();
    lines.filter(|(_, line)| !is_silent(line) && fact(line).is_none()).map(|(index, _)| index + 1)
}

fn is_silent(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn fact(line: &str) -> Option<Fact> {
    let parts: Vec<String> =
        line.split('|').map(|part| pentimento_model::clean(part).trim().to_owned()).collect();
    match parts.as_slice() {
        [subject, relation, object]
            if parts.iter().all(|part| (1..=PART_BYTES).contains(&part.len())) =>
        {
            let (subject, relation) = (subject.clone(), relation.clone());
            Some(Fact { subject, relation, object: object.clone() })
        }
        _ => None,
    }
}

/// The facts about things that the idea names, and about things that those name, in so many steps:
/// nearer ones first, each in the order of the graph.
pub(crate) fn about(idea: &str, graph: &[Fact], hops: u32, most: usize) -> Vec<Fact> {
    let mut texts = vec![idea.to_owned()];
    let mut found: Vec<Fact> = Vec::new();
    for _ in 0..hops {
        let named = |fact: &&Fact| texts.iter().any(|text| names(text, &fact.subject));
        let new: Vec<Fact> =
            graph.iter().filter(named).filter(|fact| !found.contains(fact)).cloned().collect();
        texts = new.iter().map(|fact| fact.object.clone()).collect();
        found.extend(new);
        if texts.is_empty() || found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    found
}

/// True if a text has these words, one after the other.
fn names(text: &str, thing: &str) -> bool {
    let (text, thing) = (words(text), words(thing));
    !thing.is_empty() && text.windows(thing.len()).any(|some| some == thing.as_slice())
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: &str = "# who wears what\nRapunzel | has | very long golden hair\n\
                         Rapunzel | lives in | a stone tower\nstone tower | stands in | a forest\n\
                         Ra | is | a god\nnot a fact\na | b | c | d\n| is | nothing\n";

    #[test]
    fn lines_that_are_no_facts_are_told_by_their_numbers() {
        let long = "x".repeat(PART_BYTES + 1);
        let graph =
            format!("# a graph\n\na | is | b\na is b\n | is | b\na|b|c|d\n{long}|is|b\n  \n");
        assert_eq!(lines_without_fact(&graph).collect::<Vec<_>>(), [4, 5, 6, 7]);
        assert_eq!(read(&graph).len(), 1);
    }

    #[test]
    fn facts_are_those_of_what_the_idea_names() {
        let graph = read(GRAPH);
        assert_eq!(graph.len(), 4);
        let found = |idea: &str, hops, most| {
            let facts = about(idea, &graph, hops, most);
            facts.iter().map(Fact::in_words).collect::<Vec<_>>()
        };
        let hair = "Rapunzel has very long golden hair";
        let tower = "Rapunzel lives in a stone tower";
        assert_eq!(found("RAPUNZEL, at dawn", 1, 9), [hair, tower]);
        assert_eq!(found("Rapunzel", 2, 9), [hair, tower, "stone tower stands in a forest"]);
        assert_eq!(found("Rapunzel", 2, 1), [hair]);
        assert_eq!(found("a princess", 3, 9), [""; 0], "parts of words are no words");
    }
}
