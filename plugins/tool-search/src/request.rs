//! What the caller asks for.

/// Bytes of a query: a long question. What is longer is a document.
pub const MOST_QUERY_BYTES: usize = 1_000;
/// Passages of one answer. The host takes 64 KiB of a tool; twenty passages are half of it.
pub const MOST_COUNT: usize = 20;
/// Passages of an answer if the caller does not say.
const USUAL_COUNT: usize = 5;
/// Passages that may be passed over: as far as anybody leafs.
const MOST_SKIP: usize = 1_000;

/// The tool's arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is looked for, in words.
    pub query: String,
    /// How many passages are wanted.
    pub count: usize,
    /// How many of the best are passed over: they were seen before.
    pub skip: usize,
}

impl Request {
    /// Reads the arguments, given as names and values, or says which one is wrong.
    pub fn read<'a>(
        arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, String> {
        let (mut query, mut count, mut skip) = (None, None, None);
        for (name, value) in arguments {
            let slot = match name {
                "query" => &mut query,
                "count" => &mut count,
                "skip" => &mut skip,
                _ => {
                    let name: String = name.chars().take(64).collect();
                    let name = name.escape_debug();
                    return Err(format!("`{name}` is none of `query`, `count`, `skip`"));
                }
            };
            if slot.replace(value.trim()).is_some() {
                return Err(format!("`{name}` is given twice"));
            }
        }
        let query = query.filter(|query| !query.is_empty());
        let query = query.ok_or("`query` is missing: what to look for, in words")?;
        if query.len() > MOST_QUERY_BYTES {
            return Err(format!("`query` is longer than {MOST_QUERY_BYTES} bytes"));
        }
        let number = |name, value: Option<&str>, usual, least, most| match value {
            None => Ok(usual),
            Some(value) => match value.parse() {
                Ok(number) if (least..=most).contains(&number) => Ok(number),
                _ => Err(format!("`{name}`: a whole number from {least} to {most} is needed")),
            },
        };
        Ok(Self {
            query: query.to_owned(),
            count: number("count", count, USUAL_COUNT, 1, MOST_COUNT)?,
            skip: number("skip", skip, 0, 0, MOST_SKIP)?,
        })
    }
}
