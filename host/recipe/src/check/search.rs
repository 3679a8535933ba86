//! The algorithms that search, read from their parameters.

use toml::de::DeTable;

use super::Check;
use crate::{
    Search,
    parameter::{
        TEMPERATURE,
        reflection::{ANSWERS, VOTES},
        search::{
            EXPLORE, GROWTH, PASSAGES, STATEMENTS, STEPS, STOP_WORTH, TREES, TURNS, UNITS, VALUE,
            VISITS, WAYS, WIDTH,
        },
    },
};

impl Check<'_> {
    pub(super) fn search(&mut self, name: &str, from: &DeTable<'_>) -> Option<Search> {
        match name {
            "mcts" => Some(Search::Mcts {
                explore: self.number(from, &EXPLORE)?,
                width: self.whole(from, &WIDTH)?,
                temperature: self.number(from, &TEMPERATURE)?,
                stop_worth: self.number(from, &STOP_WORTH)?,
            }),
            "think-cite" => Some(Search::ThinkCite {
                explore: self.number(from, &EXPLORE)?,
                width: self.whole(from, &WIDTH)?,
                passages: self.whole(from, &PASSAGES)?,
                statements: self.whole(from, &STATEMENTS)?,
                temperature: self.number(from, &TEMPERATURE)?,
                votes: self.whole(from, &VOTES)?,
                stop_worth: self.number(from, &STOP_WORTH)?,
            }),
            "forest-of-thought" => Some(Search::ForestOfThought {
                trees: self.whole(from, &TREES)?,
                explore: self.number(from, &EXPLORE)?,
                width: self.whole(from, &WIDTH)?,
                temperature: self.number(from, &TEMPERATURE)?,
            }),
            "iterative-deepening" => Some(Search::IterativeDeepening {
                steps: self.whole(from, &STEPS)?,
                growth: self.whole(from, &GROWTH)?,
                samples: self.whole(from, &WAYS)?,
                temperature: self.number(from, &TEMPERATURE)?,
            }),
            "rain" => Some(Search::Rain {
                width: self.whole(from, &WIDTH)?,
                explore: self.number(from, &EXPLORE)?,
                visits: self.whole(from, &VISITS)?,
                turns: self.whole(from, &TURNS)?,
                value: self.number(from, &VALUE)?,
                temperature: self.number(from, &TEMPERATURE)?,
            }),
            "promptbreeder" => Some(Search::Promptbreeder {
                units: self.whole(from, &UNITS)?,
                answers: self.whole(from, &ANSWERS)?,
                temperature: self.number(from, &TEMPERATURE)?,
                stop_worth: self.number(from, &STOP_WORTH)?,
            }),
            _ => None,
        }
    }
}
