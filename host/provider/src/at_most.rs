//! A list of which only so many members are kept, however many a server sends.
//!
//! An empty object takes two bytes on the wire and many times that in memory, so a bound in bytes
//! alone would not bound what an answer takes here.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};

/// The first `N` members; those that follow are read over.
#[derive(Debug)]
pub(crate) struct AtMost<T, const N: usize>(pub(crate) Vec<T>);

impl<T, const N: usize> Default for AtMost<T, N> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const N: usize> Deserialize<'de> for AtMost<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Members(PhantomData))
    }
}

struct Members<T, const N: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const N: usize> Visitor<'de> for Members<T, N> {
    type Value = AtMost<T, N>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < N {
            let Some(member) = members.next_element()? else { return Ok(AtMost(kept)) };
            kept.push(member);
        }
        while members.next_element::<IgnoredAny>()?.is_some() {}
        Ok(AtMost(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_read_over() {
        for (text, kept) in
            [("[]", &[][..]), ("[1]", &[1]), ("[1,2]", &[1, 2]), ("[1,2,3]", &[1, 2])]
        {
            let list: AtMost<u8, 2> = serde_json::from_str(text).unwrap();
            assert_eq!(list.0, kept, "{text}");
        }
        assert!(serde_json::from_str::<AtMost<u8, 1>>("[1,").is_err());
        assert!(serde_json::from_str::<AtMost<u8, 1>>("{}").is_err());
    }
}
