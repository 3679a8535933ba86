//! What the caller asks for: the tool's arguments, and the size at which two pictures are compared.

/// Pixels of each picture that are compared: 2048 by 2048. Both pictures, their brightness and the
/// map of changes take 17 bytes a pixel: 71 MB of the 128 MiB a call has.
pub const MOST_PIXELS: u64 = 1 << 22;

/// What a channel may differ by if the caller does not say: a sixteenth of its range. Saving a soft
/// picture as a JPEG of quality 85 stays below it (`tests/cases`).
const USUAL_THRESHOLD: u8 = 16;

/// The tool's arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// What a channel may differ by before its pixel counts as changed.
    pub threshold: u8,
    /// Whether the second picture may be brought to the size of the first.
    pub resize: bool,
    /// The longer side to which larger pictures are shrunk before they are compared.
    pub side: Option<u32>,
}

impl Request {
    /// Reads the arguments, given as names and values, or says which one is wrong.
    pub fn read<'a>(
        arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, String> {
        let (mut threshold, mut resize, mut side) = (None, None, None);
        for (name, value) in arguments {
            let slot = match name {
                "threshold" => &mut threshold,
                "resize" => &mut resize,
                "side" => &mut side,
                _ => {
                    let name = name.escape_debug();
                    let all = "`threshold`, `resize`, `side`";
                    return Err(format!("there is no argument `{name}`: {all}"));
                }
            };
            if slot.replace(value.trim()).is_some() {
                return Err(format!("`{name}` is given twice"));
            }
        }
        let threshold = threshold.map_or(Some(USUAL_THRESHOLD), |text| text.parse().ok());
        let resize = match resize {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err("`resize`: `true` or `false` is needed".into()),
        };
        let side = side.map(|text| text.parse().ok().filter(|side| *side > 0));
        if side == Some(None) {
            return Err("`side`: a number of pixels from 1 is needed".into());
        }
        Ok(Self {
            threshold: threshold.ok_or("`threshold`: a whole number from 0 to 255 is needed")?,
            resize,
            side: side.flatten(),
        })
    }

    /// The size at which pictures of two sizes, given as (width, height), are compared.
    pub fn common_size(&self, sizes: [(u32, u32); 2]) -> Result<(u32, u32), String> {
        let [first, second] = sizes;
        if first != second && !self.resize {
            return Err(format!(
                "the pictures have {}x{} and {}x{} pixels; `resize` = `true` brings the second to \
                 the size of the first",
                first.0, first.1, second.0, second.1
            ));
        }
        let (width, height) = self.side.map_or(first, |side| at_most(first, side));
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(format!(
                "{width}x{height} pixels are more than the {MOST_PIXELS} that can be compared; \
                 `side` = `2048` shrinks both pictures first"
            ));
        }
        Ok((width, height))
    }
}

/// A size whose longer side is at most `side`, in the same proportion.
fn at_most((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let exact = u64::from(length) * u64::from(side) / u64::from(longer);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_or_named() {
        let usual = Request { threshold: 16, resize: false, side: None };
        assert_eq!(Request::read([]), Ok(usual));
        let all = [("resize", "true"), ("threshold", " 0 "), ("side", "512")];
        let wanted = Request { threshold: 0, resize: true, side: Some(512) };
        assert_eq!(Request::read(all), Ok(wanted));
        let rows = [
            ("threshold", "256", "`threshold`: a whole number from 0 to 255"),
            ("threshold", "-1", "`threshold`: a whole number"),
            ("resize", "yes", "`resize`: `true` or `false`"),
            ("side", "0", "`side`: a number of pixels"),
            ("side", "4.5", "`side`: a number of pixels"),
            ("mode", "fast", "there is no argument `mode`"),
        ];
        for (name, value, part) in rows {
            let message = Request::read([(name, value)]).expect_err(part);
            assert!(message.contains(part), "{name} = {value}: {message}");
        }
        let message = Request::read([("side", "1"), ("side", "1")]).unwrap_err();
        assert_eq!(message, "`side` is given twice");
    }

    #[test]
    fn two_sizes_become_one_only_if_that_is_asked_for() {
        let usual = Request { threshold: 16, resize: false, side: None };
        let (small, large, huge) = ((30, 20), (300, 400), (4000, 3000));
        let rows = [
            (usual, [small, small], Ok(small)),
            (usual, [small, large], Err("30x20 and 300x400")),
            (Request { resize: true, ..usual }, [small, large], Ok(small)),
            (Request { side: Some(100), ..usual }, [small, small], Ok(small)),
            (Request { side: Some(100), ..usual }, [large, large], Ok((75, 100))),
            (Request { side: Some(1), ..usual }, [huge, huge], Ok((1, 1))),
            (usual, [huge, huge], Err("4000x3000 pixels are more than the 4194304")),
            (Request { side: Some(2048), ..usual }, [huge, huge], Ok((2048, 1536))),
        ];
        for (request, sizes, wanted) in rows {
            match (request.common_size(sizes), wanted) {
                (Ok(size), Ok(wanted)) => assert_eq!(size, wanted),
                (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
                (got, wanted) => panic!("{request:?} {sizes:?}: {got:?}, not {wanted:?}"),
            }
        }
    }
}
