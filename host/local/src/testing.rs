//! ONNX files written by hand, for tests: graphs that are small, wrong, or meant to do harm.
//!
//! The format is Protocol Buffers with the fields of onnx.proto3 (onnx/onnx, version 1.17).

/// A field that holds bytes: a text, or a message of its own.
fn bytes(field: u64, content: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(content.len() as u64), content.to_vec()].concat()
}

/// A field that holds a number.
fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut written = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            written.push(low);
            return written;
        }
        written.push(low | 0x80);
    }
}

/// A tensor's type and shape, under a name: an input or output.
pub fn value(name: &str, kind: u64, shape: &[u64]) -> Vec<u8> {
    let sizes: Vec<u8> = shape.iter().flat_map(|size| bytes(1, &number(1, *size))).collect();
    let tensor = [number(1, kind), bytes(2, &sizes)].concat();
    [bytes(1, name.as_bytes()), bytes(2, &bytes(1, &tensor))].concat()
}

/// The same of any sizes.
pub fn of_any_size(name: &str, kind: u64, rank: usize) -> Vec<u8> {
    shaped(name, kind, &vec![None; rank])
}

/// The same of some sizes that are fixed, and some that are not.
fn shaped(name: &str, kind: u64, sizes: &[Option<u64>]) -> Vec<u8> {
    let size = |(at, size): (usize, &Option<u64>)| match size {
        Some(size) => bytes(1, &number(1, *size)),
        None => bytes(1, &bytes(2, format!("{name}-{at}").as_bytes())),
    };
    let sizes: Vec<u8> = sizes.iter().enumerate().flat_map(size).collect();
    let tensor = [number(1, kind), bytes(2, &sizes)].concat();
    [bytes(1, name.as_bytes()), bytes(2, &bytes(1, &tensor))].concat()
}

/// The number of a type: 32-bit floats.
pub const FLOATS: u64 = 1;
/// The number of a type: 64-bit whole numbers.
pub const INTEGERS: u64 = 7;

/// A constant of floats.
pub fn floats(name: &str, shape: &[u64], numbers: &[f32]) -> Vec<u8> {
    let raw: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    constant(name, FLOATS, shape, &raw)
}

/// A constant of whole numbers.
pub fn integers(name: &str, shape: &[u64], numbers: &[i64]) -> Vec<u8> {
    let raw: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    constant(name, INTEGERS, shape, &raw)
}

fn constant(name: &str, kind: u64, shape: &[u64], raw: &[u8]) -> Vec<u8> {
    let sizes: Vec<u8> = shape.iter().flat_map(|size| number(1, *size)).collect();
    [sizes, number(2, kind), bytes(8, name.as_bytes()), bytes(9, raw)].concat()
}

/// An operation without attributes.
pub fn node(operation: &str, inputs: &[&str], output: &str) -> Vec<u8> {
    let inputs: Vec<u8> = inputs.iter().flat_map(|name| bytes(1, name.as_bytes())).collect();
    [inputs, bytes(2, output.as_bytes()), bytes(4, operation.as_bytes())].concat()
}

/// A whole file.
pub fn file(
    nodes: &[Vec<u8>],
    constants: &[Vec<u8>],
    inputs: &[Vec<u8>],
    outputs: &[Vec<u8>],
) -> Vec<u8> {
    const OPSET: u64 = 17;
    let all = |field, parts: &[Vec<u8>]| {
        parts.iter().flat_map(|part| bytes(field, part)).collect::<Vec<u8>>()
    };
    let graph =
        [all(1, nodes), bytes(2, b"test"), all(5, constants), all(11, inputs), all(12, outputs)];
    [number(1, 8), bytes(8, &number(2, OPSET)), bytes(7, &graph.concat())].concat()
}

/// A detector of pictures of 8×8 pixels that finds these boxes (left, top, right, bottom in pixels, how
/// sure, which kind) if the picture is all white, and is the less sure the darker it is.
pub fn detector(boxes: &[[f32; 6]]) -> Vec<u8> {
    let count = boxes.len() as u64;
    // Whiteness is multiplied with a column that has its say on how sure it is, and nothing else.
    let nodes = [
        node("ReduceMean", &["picture"], "mean"),
        node("Reshape", &["mean", "one"], "level"),
        node("Mul", &["level", "sure"], "scaled"),
        node("Add", &["scaled", "other"], "factors"),
        node("Mul", &["boxes", "factors"], "detections"),
    ];
    let constants = [
        integers("one", &[1], &[1]),
        floats("boxes", &[1, count, 6], &boxes.concat()),
        floats("sure", &[6], &[0.0, 0.0, 0.0, 0.0, 1.0 / 255.0, 0.0]),
        floats("other", &[6], &[1.0, 1.0, 1.0, 1.0, 0.0, 1.0]),
    ];
    let inputs = [value("picture", FLOATS, &[1, 8, 8, 3])];
    file(&nodes, &constants, &inputs, &[value("detections", FLOATS, &[1, count, 6])])
}

/// An encoder of texts that gives each token the vector in its row of a table, whatever stands around it.
pub fn encoder<const N: usize>(table: &[[f32; N]]) -> Vec<u8> {
    // Where the mask is 0 the second table has nothing.
    let nodes = [
        node("Gather", &["table", "input_ids"], "rows"),
        node("Gather", &["masks", "attention_mask"], "mask"),
        node("Mul", &["rows", "mask"], "last_hidden_state"),
    ];
    let (count, length) = (table.len() as u64, N as u64);
    let masks = [[0.0; N], [1.0; N]].concat();
    let constants =
        [floats("table", &[count, length], &table.concat()), floats("masks", &[2, length], &masks)];
    let inputs = ["input_ids", "attention_mask"].map(|name| of_any_size(name, INTEGERS, 2));
    file(&nodes, &constants, &inputs, &[of_any_size("last_hidden_state", FLOATS, 3)])
}

/// A finder of text that takes for text what is white.
pub fn finder() -> Vec<u8> {
    // The mean of three channels from -1 to 1, from 0 to 1. Sizes stand in reverse in between.
    let nodes = [
        node("Transpose", &["x"], "columns"),
        node("MatMul", &["weights", "columns"], "levels"),
        node("Transpose", &["levels"], "level"),
        node("Add", &["level", "half"], "map"),
    ];
    let constants = [floats("weights", &[1, 3], &[1.0 / 6.0; 3]), floats("half", &[1], &[0.5])];
    let inputs = [shaped("x", FLOATS, &[None, Some(3), None, None])];
    file(&nodes, &constants, &inputs, &[of_any_size("map", FLOATS, 4)])
}

/// A reader of lines that finds these probabilities in every line, step by step.
pub fn reader<const N: usize>(steps: &[[f32; N]]) -> Vec<u8> {
    let nodes = [
        node("ReduceMean", &["x"], "mean"),
        node("Reshape", &["mean", "one"], "level"),
        node("Mul", &["level", "nothing"], "zero"),
        node("Add", &["steps", "zero"], "read"),
    ];
    let constants = [
        integers("one", &[1], &[1]),
        floats("nothing", &[1], &[0.0]),
        floats("steps", &[1, steps.len() as u64, N as u64], &steps.concat()),
    ];
    let inputs = [shaped("x", FLOATS, &[None, Some(3), Some(48), None])];
    file(&nodes, &constants, &inputs, &[of_any_size("read", FLOATS, 3)])
}

/// A tokenizer of BERT's kind that knows these words, numbered from 4 on: before them come the marks
/// `[PAD]`, `[UNK]`, `[CLS]` and `[SEP]`.
pub fn tokenizer(words: &[&str]) -> String {
    let all = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].iter().chain(words).enumerate();
    let vocabulary: Vec<String> = all.map(|(number, word)| format!("{word:?}:{number}")).collect();
    let mark = |number: usize, word: &str| {
        format!(
            r#"{{"id":{number},"content":"{word}","single_word":false,"lstrip":false,"rstrip":false,
            "normalized":false,"special":true}}"#
        )
    };
    let around = |word: &str, number: usize| {
        format!(r#""{word}":{{"id":"{word}","ids":[{number}],"tokens":["{word}"]}}"#)
    };
    format!(
        r###"{{"version":"1.0","truncation":null,"padding":null,"added_tokens":[{},{},{},{}],
        "normalizer":{{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true}},"pre_tokenizer":{{"type":"BertPreTokenizer"}},
        "post_processor":{{"type":"TemplateProcessing","single":[
        {{"SpecialToken":{{"id":"[CLS]","type_id":0}}}},{{"Sequence":{{"id":"A","type_id":0}}}},
        {{"SpecialToken":{{"id":"[SEP]","type_id":0}}}}],"pair":[{{"Sequence":{{"id":"A","type_id":0}}}},
        {{"Sequence":{{"id":"B","type_id":1}}}}],"special_tokens":{{{},{}}}}},"decoder":null,
        "model":{{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,"vocab":{{{}}}}}}}"###,
        mark(0, "[PAD]"),
        mark(1, "[UNK]"),
        mark(2, "[CLS]"),
        mark(3, "[SEP]"),
        around("[CLS]", 2),
        around("[SEP]", 3),
        vocabulary.join(",")
    )
}

/// A detector that needs so many MiB of memory before it finds anything.
pub fn glutton(mebibytes: i64) -> Vec<u8> {
    let nodes = [
        node("ConstantOfShape", &["size"], "room"),
        node("ReduceMean", &["room"], "level"),
        node("Mul", &["picture", "level"], "detections"),
    ];
    let constants = [integers("size", &[2], &[mebibytes, 1 << 18])];
    let inputs = [value("picture", FLOATS, &[1, 8, 8, 3])];
    file(&nodes, &constants, &inputs, &[value("detections", FLOATS, &[1, 8, 8, 3])])
}

/// A detector that multiplies two matrices of so many numbers a side, and what comes out with itself, so
/// many times, before it finds anything.
pub fn sluggard(side: i64, times: usize) -> Vec<u8> {
    let mut nodes = vec![
        node("ReduceMean", &["picture"], "level"),
        node("ConstantOfShape", &["size"], "room"),
        node("Add", &["room", "level"], "0"),
    ];
    for time in 0..times {
        let (from, to) = (time.to_string(), (time + 1).to_string());
        nodes.push(node("MatMul", &[&from, &from], &to));
    }
    nodes.push(node("ReduceMean", &[&times.to_string()], "end"));
    nodes.push(node("Mul", &["picture", "end"], "detections"));
    let constants = [integers("size", &[2], &[side, side])];
    let inputs = [value("picture", FLOATS, &[1, 8, 8, 3])];
    file(&nodes, &constants, &inputs, &[value("detections", FLOATS, &[1, 8, 8, 3])])
}
