"""Makes a painter with nothing learnt: a FLUX of one block each, an autoencoder and a reader of words, of
made-up numbers.

Usage: tiny-painter.py FOLDER. Writes `painter.safetensors` (1.4 million numbers), `eyes.safetensors` (2.5
million) and `words.safetensors` (123 million, of which two thirds are zeros that take no room on the disk)
there, the same bytes wherever it runs. No registry has weights of a painter that are free to use and small
enough for a test; what a server does with them is the same for any numbers: it reads the prompt, steps,
decodes, follows the seed and looks at the pictures that it is handed. Its pictures are noise.

Names and shapes are those of FLUX.1, of its tiny autoencoder TAESD and of CLIP's reader of texts; how wide
and how deep the first is, stable-diffusion.cpp reads from the file.
"""

import json
import math
import pathlib
import random
import struct
import sys

# One head of attention: rotary positions take 16 + 56 + 56 of them.
WIDTH = 128
# Words as T5 gives them, which is not there (they are zeros), and as CLIP sums them up.
WORDS, SUMMARY = 4096, 768
# What CLIP knows and how much it reads at once, its layers, and how wide they are inside.
VOCABULARY, LENGTH, LAYERS, INSIDE = 49408, 77, 12, 3072
# A patch of 2 by 2 latents of 16 channels, what a step's time is told with, and channels of the autoencoder.
PATCH, TIME, LATENT, CHANNELS = 64, 256, 16, 64


class File:
    """Tensors on their way into a safetensors file."""

    def __init__(self, seed: int) -> None:
        self.numbers = random.Random(seed)
        self.header: dict[str, dict] = {}
        # Bytes of the body with where they stand; between them are zeros.
        self.pieces: list[tuple[int, bytes]] = []
        self.end = 0

    def add(self, name: str, shape: list[int], values: list[float]) -> None:
        self.pieces.append((self.end, struct.pack(f"<{len(values)}e", *values)))
        self.zeros(name, shape)

    def zeros(self, name: str, shape: list[int]) -> None:
        spans = [self.end, self.end + 2 * math.prod(shape)]
        self.header[name] = {"dtype": "F16", "shape": shape, "data_offsets": spans}
        self.end = spans[1]

    def rows(self, name: str, count: int, width: int) -> None:
        """Many rows that differ, out of few numbers: each begins elsewhere among them."""
        most = math.sqrt(3)
        numbers = [self.numbers.uniform(-most, most) for _ in range(64 * width)]
        pool = struct.pack(f"<{len(numbers)}e", *numbers)
        starts = (2 * (row * 7919 % (63 * width)) for row in range(count))
        self.pieces.append((self.end, b"".join(pool[at : at + 2 * width] for at in starts)))
        self.zeros(name, [count, width])

    def around_zero(self, name: str, shape: list[int], gain: float = 1.0) -> None:
        """Numbers that keep what goes in about as large as it was, times `gain`."""
        most = gain * math.sqrt(3 / math.prod(shape[1:]))
        uniform = self.numbers.uniform
        self.add(name, shape, [uniform(-most, most) for _ in range(math.prod(shape))])

    def all(self, name: str, count: int, value: float) -> None:
        self.add(name, [count], [value] * count)

    def linear(self, name: str, inputs: int, outputs: int) -> None:
        self.around_zero(f"{name}.weight", [outputs, inputs])
        self.all(f"{name}.bias", outputs, 0.0)

    def convolution(
        self, name: str, inputs: int, outputs: int, gain: float = 1.0, bias: float | None = 0.0
    ) -> None:
        self.around_zero(f"{name}.weight", [outputs, inputs, 3, 3], gain)
        if bias is not None:
            self.all(f"{name}.bias", outputs, bias)

    def write(self, path: pathlib.Path) -> None:
        header = json.dumps(self.header, separators=(",", ":")).encode()
        header += b" " * (-len(header) % 8)
        with path.open("wb") as file:
            file.write(struct.pack("<Q", len(header)) + header)
            start = file.tell()
            for at, piece in self.pieces:
                file.seek(start + at)
                file.write(piece)
            file.truncate(start + self.end)


def painter() -> File:
    file = File(seed=1)
    file.linear("img_in", PATCH, WIDTH)
    file.linear("txt_in", WORDS, WIDTH)
    for name, inputs in [("time_in", TIME), ("vector_in", SUMMARY)]:
        file.linear(f"{name}.in_layer", inputs, WIDTH)
        file.linear(f"{name}.out_layer", WIDTH, WIDTH)
    for stream in ["img", "txt"]:
        block = f"double_blocks.0.{stream}"
        file.linear(f"{block}_mod.lin", WIDTH, 6 * WIDTH)
        file.linear(f"{block}_attn.qkv", WIDTH, 3 * WIDTH)
        file.all(f"{block}_attn.norm.query_norm.scale", WIDTH, 1.0)
        file.all(f"{block}_attn.norm.key_norm.scale", WIDTH, 1.0)
        file.linear(f"{block}_attn.proj", WIDTH, WIDTH)
        file.linear(f"{block}_mlp.0", WIDTH, 4 * WIDTH)
        file.linear(f"{block}_mlp.2", 4 * WIDTH, WIDTH)
    block = "single_blocks.0"
    file.linear(f"{block}.modulation.lin", WIDTH, 3 * WIDTH)
    file.linear(f"{block}.linear1", WIDTH, 7 * WIDTH)
    file.linear(f"{block}.linear2", 5 * WIDTH, WIDTH)
    file.all(f"{block}.norm.query_norm.scale", WIDTH, 1.0)
    file.all(f"{block}.norm.key_norm.scale", WIDTH, 1.0)
    file.linear("final_layer.linear", WIDTH, PATCH)
    file.linear("final_layer.adaLN_modulation.1", WIDTH, 2 * WIDTH)
    return file


def block(file: File, name: str) -> None:
    for layer in [0, 2, 4]:
        file.convolution(f"{name}.conv.{layer}", CHANNELS, CHANNELS, gain=0.5)


def eyes() -> File:
    """What turns a picture into latents, and latents into a picture."""
    file = File(seed=2)
    encoder, decoder = "encoder.layers", "decoder.layers"
    file.convolution(f"{encoder}.0", 3, CHANNELS)
    block(file, f"{encoder}.1")
    for start in [2, 6, 10]:
        file.convolution(f"{encoder}.{start}", CHANNELS, CHANNELS, bias=None)
        for layer in range(start + 1, start + 4):
            block(file, f"{encoder}.{layer}")
    file.convolution(f"{encoder}.14", CHANNELS, LATENT)
    # What is missing between the numbers are layers without any: ReLU at 1, and twice the size at 5, 10, 15.
    file.convolution(f"{decoder}.0", LATENT, CHANNELS)
    for start in [2, 7, 12]:
        for layer in range(start, start + 3):
            block(file, f"{decoder}.{layer}")
        file.convolution(f"{decoder}.{start + 4}", CHANNELS, CHANNELS, bias=None)
    block(file, f"{decoder}.17")
    # Around the middle of what a pixel can be.
    file.convolution(f"{decoder}.18", CHANNELS, 3, gain=0.5, bias=0.5)
    return file


def words() -> File:
    """What sums a prompt up: the mean of its words as one layer mixes them; the other layers add nothing."""
    file = File(seed=3)
    text = "text_model"
    file.rows(f"{text}.embeddings.token_embedding.weight", VOCABULARY, SUMMARY)
    file.zeros(f"{text}.embeddings.position_embedding.weight", [LENGTH, SUMMARY])
    for number in range(LAYERS):
        layer = f"{text}.encoder.layers.{number}"
        for norm in ["layer_norm1", "layer_norm2"]:
            file.all(f"{layer}.{norm}.weight", SUMMARY, 1.0)
            file.zeros(f"{layer}.{norm}.bias", [SUMMARY])
        for name in ["q_proj", "k_proj", "v_proj", "out_proj"]:
            weight = f"{layer}.self_attn.{name}.weight"
            if number == 0 and name in ["v_proj", "out_proj"]:
                file.around_zero(weight, [SUMMARY, SUMMARY])
            else:
                file.zeros(weight, [SUMMARY, SUMMARY])
            file.zeros(f"{layer}.self_attn.{name}.bias", [SUMMARY])
        for name, shape in [("fc1", [INSIDE, SUMMARY]), ("fc2", [SUMMARY, INSIDE])]:
            file.zeros(f"{layer}.mlp.{name}.weight", shape)
            file.zeros(f"{layer}.mlp.{name}.bias", shape[:1])
    file.all(f"{text}.final_layer_norm.weight", SUMMARY, 1.0)
    file.zeros(f"{text}.final_layer_norm.bias", [SUMMARY])
    return file


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    painter().write(folder / "painter.safetensors")
    eyes().write(folder / "eyes.safetensors")
    words().write(folder / "words.safetensors")


main()
