//! A critic written by hand, with holes for misdeeds. `fuzz/` uses it, too.

/// The parts of `critic.wat` that a mode may replace.
#[derive(Clone, Copy)]
pub(crate) struct Critic {
    /// Memory and realloc.
    pub(crate) libc: &'static str,
    /// What stands in front of the main module's imports.
    pub(crate) imports: &'static str,
    /// What stands in front of the exported function.
    pub(crate) start: &'static str,
    /// The exported function's body.
    pub(crate) assess: &'static str,
    /// Options of the export.
    pub(crate) lift: &'static str,
    /// The component's first lines.
    pub(crate) before: &'static str,
    /// The component's last lines.
    pub(crate) after: &'static str,
}

/// A critic that answers and does nothing else.
pub(crate) const HONEST: Critic = Critic {
    libc: "
        (memory (export \"memory\") 1)
        (global $top (mut i32) (i32.const 32768))
        (func (export \"realloc\")
            (param $old i32) (param $old-size i32) (param $align i32) (param $size i32)
            (result i32)
            (local $at i32)
            (local.set $at (i32.and
                (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
                (i32.sub (i32.const 0) (local.get $align))))
            (global.set $top (i32.add (local.get $at) (local.get $size)))
            (local.get $at))",
    imports: "",
    start: "",
    assess: "(call $honest (local.get $candidate))",
    lift: "",
    before: "",
    after: "",
};

/// A critic that answers with whatever bytes the idea [spells](spelled).
pub(crate) const OBEDIENT: Critic = Critic {
    assess: "(local $at i32) (local $letter i32)
        (loop $again
            (local.set $letter (i32.add (local.get $idea)
                (i32.shl (local.get $at) (i32.const 1))))
            (i32.store8 (i32.add (i32.const 1024) (local.get $at)) (i32.or
                (i32.shl (i32.sub (i32.load8_u (local.get $letter)) (i32.const 97))
                    (i32.const 4))
                (i32.sub (i32.load8_u offset=1 (local.get $letter)) (i32.const 97))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $at)
                (i32.shr_u (local.get $length) (i32.const 1)))))
        (call $drop-artifact (local.get $candidate))
        (i32.const 1024)",
    ..HONEST
};

/// Bytes as an idea: two of the letters a to p for each.
pub(crate) fn spelled(bytes: &[u8]) -> String {
    let letter = |half: u8| char::from(b'a' + half);
    bytes.iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}

impl Critic {
    /// The component's bytes.
    pub(crate) fn component(&self) -> Vec<u8> {
        self.in_frame(include_str!("critic.wat"))
    }

    /// The component's bytes, made with a changed `critic.wat`.
    pub(crate) fn in_frame(&self, frame: &str) -> Vec<u8> {
        let holes = [
            ("{libc}", self.libc),
            ("{imports}", self.imports),
            ("{start}", self.start),
            ("{assess}", self.assess),
            ("{lift}", self.lift),
            ("{before}", self.before),
            ("{after}", self.after),
        ];
        let frame = frame.split_once("\n(component").map_or(frame, |(_, rest)| rest);
        let text =
            holes.iter().fold(frame.to_owned(), |text, (hole, part)| text.replace(hole, part));
        wat::parse_str(format!("(component{text}")).unwrap_or_else(|error| panic!("{error}"))
    }
}
