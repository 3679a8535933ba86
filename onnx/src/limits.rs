//! Every bound on questions, pictures and answers, in one place. How long an answer may take is up to
//! whoever waits for it.

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Bytes of a question: a picture of the most pixels, in base64.
pub(crate) const QUESTION_BYTES: usize = 96 * MIB;
/// Pixels of a picture, from its header; the bound of `provider` for pictures of strangers.
pub(crate) const PIXELS: u64 = 16_000_000;
/// Bytes that decoding one may take: the pixels twice, with 16 bits a channel.
pub(crate) const DECODED_BYTES: u64 = PIXELS * 16;
/// Memory of the process: the file, the weights in the runtime's order, and what lies between layers.
pub(crate) const MEMORY: u64 = 4 << 30;
/// Processor time of one question, all threads together: it ends a process that nobody waits for any
/// more and that nobody could end.
pub(crate) const CPU_SECONDS: u64 = 3600;
/// A side of the picture that a detector is shown.
pub(crate) const SIDE: usize = 4096;
/// Boxes that are read of one answer of a graph; those in use propose between 100 and 25,200.
pub(crate) const BOXES: usize = 1 << 16;
/// Objects that are told of one picture, the surest first.
pub(crate) const OBJECTS: usize = 64;
/// Lines of text that are read of one picture, the upper ones first.
pub(crate) const LINES: usize = 200;
/// Pixels along a line, and across, as it is cut out.
pub(crate) const LINE_SIDE: f64 = 4096.0;
/// Pixels along a line as it is read: some 200 characters.
pub(crate) const LINE_COLUMNS: u32 = 3200;
/// Texts of one question; a recipe compares a few dozen.
pub(crate) const TEXTS: usize = 256;
/// Bytes of a text that are cut into tokens; what follows would be left out anyway but for long blanks.
pub(crate) const TEXT_BYTES: usize = 64 * KIB;
/// Tokens of a text, the first and the last included: BERT knows as many places.
pub(crate) const TOKENS: usize = 512;
/// Numbers of one vector; the bound of `provider`.
pub(crate) const DIMENSIONS: usize = 65_536;
/// Characters of a graph's or the runtime's own words that an error shows.
pub(crate) const SHOWN_CHARS: usize = 300;
