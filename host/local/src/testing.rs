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
