//! The other closed task: questions of fact about some countries, which lead from what is given to what
//! is asked by one fact or by two.
//!
//! Countries are chosen so that every capital, currency and language belongs to one of them alone.

/// What is known of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Capital,
    Currency,
    Language,
}

impl Relation {
    pub(super) const ALL: [Self; 3] = [Self::Capital, Self::Currency, Self::Language];

    /// The word in questions, sentences and tables.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::Currency => "currency",
            Self::Language => "language",
        }
    }

    /// The relation that a text begins with, and the rest.
    fn at_start(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|one| Some((one, text.strip_prefix(one.as_str())?)))
    }

    /// What stands in its column of [`COUNTRIES`].
    pub(super) const fn of(self, row: &[&'static str; 4]) -> &'static str {
        let [_, capital, currency, language] = *row;
        match self {
            Self::Capital => capital,
            Self::Currency => currency,
            Self::Language => language,
        }
    }
}

/// Name, capital, currency, language.
pub(super) const COUNTRIES: [[&str; 4]; 32] = [
    ["Albania", "Tirana", "lek", "Albanian"],
    ["Armenia", "Yerevan", "dram", "Armenian"],
    ["Azerbaijan", "Baku", "manat", "Azerbaijani"],
    ["Bangladesh", "Dhaka", "taka", "Bengali"],
    ["Bhutan", "Thimphu", "ngultrum", "Dzongkha"],
    ["Bulgaria", "Sofia", "lev", "Bulgarian"],
    ["Cambodia", "Phnom Penh", "riel", "Khmer"],
    ["China", "Beijing", "yuan", "Chinese"],
    ["Czechia", "Prague", "koruna", "Czech"],
    ["Denmark", "Copenhagen", "krone", "Danish"],
    ["Ethiopia", "Addis Ababa", "birr", "Amharic"],
    ["Georgia", "Tbilisi", "lari", "Georgian"],
    ["Hungary", "Budapest", "forint", "Hungarian"],
    ["Iceland", "Reykjavik", "krona", "Icelandic"],
    ["Indonesia", "Jakarta", "rupiah", "Indonesian"],
    ["Japan", "Tokyo", "yen", "Japanese"],
    ["Kazakhstan", "Astana", "tenge", "Kazakh"],
    ["Laos", "Vientiane", "kip", "Lao"],
    ["Madagascar", "Antananarivo", "ariary", "Malagasy"],
    ["Malaysia", "Kuala Lumpur", "ringgit", "Malay"],
    ["Mongolia", "Ulaanbaatar", "tugrik", "Mongolian"],
    ["Myanmar", "Naypyidaw", "kyat", "Burmese"],
    ["Nepal", "Kathmandu", "rupee", "Nepali"],
    ["Poland", "Warsaw", "zloty", "Polish"],
    ["Romania", "Bucharest", "leu", "Romanian"],
    ["Samoa", "Apia", "tala", "Samoan"],
    ["Somalia", "Mogadishu", "shilling", "Somali"],
    ["Thailand", "Bangkok", "baht", "Thai"],
    ["Turkey", "Ankara", "lira", "Turkish"],
    ["Ukraine", "Kyiv", "hryvnia", "Ukrainian"],
    ["Uzbekistan", "Tashkent", "som", "Uzbek"],
    ["Vietnam", "Hanoi", "dong", "Vietnamese"],
];

/// One fact that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hop {
    /// From a country to what belongs to it.
    Of(Relation),
    /// From what belongs to it to the country.
    Whose(Relation),
}

impl Hop {
    /// What it leads to; `None` from what the almanac does not know.
    pub(super) fn right(self, from: &str) -> Option<&'static str> {
        let leads = |row: &&[&'static str; 4]| match self {
            Self::Of(_) => row[0] == from,
            Self::Whose(relation) => relation.of(row) == from,
        };
        COUNTRIES.iter().find(leads).map(|row| self.of(row))
    }

    /// What it leads to in this row.
    pub(super) const fn of(self, row: &[&'static str; 4]) -> &'static str {
        match self {
            Self::Of(relation) => relation.of(row),
            Self::Whose(_) => row[0],
        }
    }

    /// The fact as a sentence.
    pub(super) fn sentence(self, from: &str, to: &str) -> String {
        match self {
            Self::Of(relation) => format!("The {} of {from} is {to}.", relation.as_str()),
            Self::Whose(relation) => {
                format!("The country whose {} is {from} is {to}.", relation.as_str())
            }
        }
    }

    /// The fact that such a sentence states, from what and to what.
    pub(super) fn stated(sentence: &str) -> Option<(Self, &str, &str)> {
        let said = sentence.strip_prefix("The ")?.trim_end_matches('.');
        let (rest, to) = said.rsplit_once(" is ")?;
        if let Some(known) = rest.strip_prefix("country whose ") {
            let (relation, from) = Relation::at_start(known)?;
            return Some((Self::Whose(relation), from.strip_prefix(" is ")?, to));
        }
        let (relation, from) = Relation::at_start(rest)?;
        Some((Self::Of(relation), from.strip_prefix(" of ")?, to))
    }

    /// The words to search for it.
    pub(super) fn query(self, from: &str) -> String {
        match self {
            Self::Of(relation) => format!("{} of {from}", relation.as_str()),
            Self::Whose(relation) => format!("{} {from}", relation.as_str()),
        }
    }

    /// What a text says that it leads to: one that says `capital of Peru is Lima`, whether that is true
    /// or not.
    pub(super) fn told(self, text: &str, from: &str) -> Option<String> {
        let (Self::Of(relation) | Self::Whose(relation)) = self;
        let opening = format!("{} of ", relation.as_str());
        let told = text.match_indices(&opening).find_map(|(at, _)| {
            let said = text.get(at + opening.len()..)?;
            let said = said.split(['.', ';', ',', '…']).next()?;
            let (country, thing) = said.split_once(" is ")?;
            let (country, thing) = (country.trim(), thing.trim());
            match self {
                Self::Of(_) => (country == from).then_some(thing),
                Self::Whose(_) => (thing == from).then_some(country),
            }
        });
        told.map(ToOwned::to_owned)
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quest {
    /// What is given.
    pub given: String,
    /// From there to the answer.
    pub hops: Vec<Hop>,
}

impl Quest {
    /// The question in a text: `What is the capital of Peru?`, or `… of the country whose currency is
    /// the sol?` without the last `the`. `None` if there is none that the almanac can answer.
    pub(super) fn find(question: &str) -> Option<Self> {
        let (_, asked) = question.split_once("What is the ")?;
        let (asked, _) = asked.split_once('?')?;
        let (last, rest) = Relation::at_start(asked)?;
        let rest = rest.strip_prefix(" of ")?;
        let quest = match rest.strip_prefix("the country whose ") {
            None => Self { given: rest.trim().to_owned(), hops: vec![Hop::Of(last)] },
            Some(known) => {
                let (first, given) = Relation::at_start(known)?;
                let given = given.strip_prefix(" is ")?.trim().to_owned();
                Self { given, hops: vec![Hop::Whose(first), Hop::Of(last)] }
            }
        };
        quest.truth().is_some().then_some(quest)
    }

    /// The question in words.
    #[cfg(test)]
    pub(super) fn question(row: usize, hops: &[Hop]) -> Option<String> {
        let row = COUNTRIES.get(row)?;
        Some(match hops {
            [Hop::Of(last)] => format!("What is the {} of {}?", last.as_str(), row[0]),
            [Hop::Whose(first), Hop::Of(last)] => format!(
                "What is the {} of the country whose {} is {}?",
                last.as_str(),
                first.as_str(),
                first.of(row),
            ),
            _ => return None,
        })
    }

    /// What every hop leads to.
    pub(super) fn truth(&self) -> Option<Vec<&'static str>> {
        let mut known: Vec<&'static str> = Vec::new();
        for hop in &self.hops {
            let from = known.last().copied().unwrap_or(&self.given);
            known.push(hop.right(from)?);
        }
        Some(known)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_thing_belongs_to_one_country() {
        let things: BTreeSet<&str> = COUNTRIES.iter().flatten().copied().collect();
        assert_eq!(things.len(), COUNTRIES.len() * 4);
    }

    #[test]
    fn a_question_leads_to_its_answer_by_one_fact_or_two() {
        for (question, expected) in [
            ("What is the capital of Mongolia?", Some(vec!["Ulaanbaatar"])),
            (
                "Please: What is the currency of the country whose capital is Phnom Penh? Briefly.",
                Some(vec!["Cambodia", "riel"]),
            ),
            ("What is the capital of Atlantis?", None),
            ("What is the river of Mongolia?", None),
            ("What is the capital of the country whose capital is Lima?", None),
            ("What is the capital of Mongolia", None),
        ] {
            let truth = Quest::find(question).and_then(|quest| quest.truth());
            assert_eq!(truth, expected, "{question}");
        }
        let hops = [Hop::Whose(Relation::Language), Hop::Of(Relation::Capital)];
        let asked = Quest::question(20, &hops).unwrap();
        assert_eq!(Quest::find(&asked).unwrap().truth().unwrap(), ["Mongolia", "Ulaanbaatar"]);
    }

    #[test]
    fn a_text_is_taken_at_its_word() {
        let (of, whose) = (Hop::Of(Relation::Capital), Hop::Whose(Relation::Capital));
        let text = "The capital of Nepal is Pokhara; the capital of Laos is Vientiane.";
        assert_eq!(of.told(text, "Nepal").as_deref(), Some("Pokhara"));
        assert_eq!(whose.told(text, "Vientiane").as_deref(), Some("Laos"));
        assert_eq!(of.told(text, "Japan"), None);
        for row in &COUNTRIES {
            let told = of.sentence(row[0], of.of(row));
            assert_eq!(of.told(&told, row[0]).as_deref(), of.right(row[0]));
            assert_eq!(Hop::stated(&told), Some((of, row[0], of.of(row))));
            let back = whose.sentence(of.of(row), row[0]);
            assert_eq!(Hop::stated(&back), Some((whose, of.of(row), row[0])));
        }
    }

    proptest! {
        #[test]
        fn no_question_breaks_it(question in "(What is the |capital|of| |the country whose |is|\\?|é){0,12}") {
            let _ = Quest::find(&question);
        }
    }
}
