"""Writes the trained network as int8 ONNX graphs and plain lists: `export.py FOLDER ../models/en/weights`.

`network.onnx` takes a batch of sentences packed one after another without padding; only attention sees them padded:
    ids, cases, places [N] int      word pieces, their words' case classes, their places in the sentence
    spread [B, L] int               packed row of every padded cell (0 where there is none)
    pack [N] int                    padded cell of every packed row
    mask [B, 1, 1, L] float         0 where a cell is filled, -10000 elsewhere
    firsts [M] int                  packed row of [CLS] and of every word's first piece, sentence by sentence
and gives `tags [M, T]`, `arc_dep`, `arc_head [M, 256]`, `label_dep`, `label_head [M, 320]`.
`label.onnx` takes `dep [W, 320]` and `head [W, 320]`, gives `scores [W, R]`.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import data
from model import HEADS, LABEL_SUM, WIDTH, load
from train import Encoder, batch

DEPTH = WIDTH // HEADS
TAGS = ("upos", "xpos", "feats", "ner")
CAUTION = 1.0
"""Added to the score of "no name": the network, sure of the names it was trained on, finds too many (chosen on EWT dev)."""


def quantise(weight, top):
    """Rows of `weight` as int8 with one scale each, none beyond `top`."""
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / top
    return np.clip(np.rint(weight / scale[:, None]), -top, top).astype(np.int8), scale.astype(np.float32)


def ranges(net, inputs):
    """(lowest, highest) input of every linear layer by name, while the network reads `inputs`, each a tuple of its arguments.

    Fixed ranges make the scores of a sentence independent of its neighbours in the batch, and save a pass over the data.
    """
    lows, highs = {}, {}

    def watch(name):
        def hook(_, inputs):
            lows[name] = min(lows.get(name, 0.0), float(inputs[0].min()))
            highs[name] = max(highs.get(name, 0.0), float(inputs[0].max()))

        return hook

    hooks = [m.register_forward_pre_hook(watch(n)) for n, m in net.named_modules() if isinstance(m, torch.nn.Linear)]
    with torch.no_grad():
        for arguments in inputs:
            net(*arguments)
    for hook in hooks:
        hook.remove()
    return {n: (lows[n], highs[n]) for n in lows}


def examples(meta):
    """Sentences of the training data as arguments of the network."""
    encode = Encoder(meta)
    for s in data.conllu("en_ewt-ud-train.conllu.gz")[::40] + data.conllu("en_gum-permissive-ud-train.conllu.gz")[::40]:
        b = batch([encode(s)])
        yield b["ids"], b["cases"], b["lengths"], b["firsts"]


class Graph:
    def __init__(self, top, ranges=None):
        self.nodes, self.constants, self.top, self.ranges = [], [], top, ranges or {}

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, kind, inputs, output=None, **settings):
        output = output or f"{kind}_{len(self.nodes)}"
        outputs = output if isinstance(output, list) else [output]
        self.nodes.append(helper.make_node(kind, inputs, outputs, **settings))
        return output

    def quantised(self, x, name):
        """`x` as unsigned bytes over the range of the linear layer called `name`: (bytes, zero point, scale)."""
        low, high = self.ranges[name]
        scale = np.float32((high - low) / 255)
        at = f"q{len(self.nodes)}"
        zero = self.constant(at + ".z", np.array(round(-low / scale), np.uint8))
        q = self.add("QuantizeLinear", [x, self.constant(at + ".s", np.array(scale)), zero], at)
        return q, zero, scale

    def linear(self, name, x, weight, bias, output=None):
        """`x` is what `quantised` gave; `weight [out, in]`."""
        q, scale = quantise(weight, self.top)
        w = self.constant(name + ".w", q.T)
        zero = self.constant(name + ".z", np.zeros((), np.int8))
        y = self.add("Cast", [self.add("MatMulInteger", [x[0], w, x[1], zero])], to=TensorProto.FLOAT)
        y = self.add("Mul", [y, self.constant(name + ".s", scale * x[2])])
        return self.add("Add", [y, self.constant(name + ".b", bias)], output)

    def norm(self, name, x, layer):
        scale = self.constant(name + ".g", layer.weight.detach().numpy())
        bias = self.constant(name + ".b", layer.bias.detach().numpy())
        return self.add("LayerNormalization", [x, scale, bias], axis=-1, epsilon=1e-12)

    def save(self, path, inputs, outputs):
        types = {"int": TensorProto.INT32, "float": TensorProto.FLOAT}
        info = lambda spec: [helper.make_tensor_value_info(n, types[t], shape) for n, t, shape in spec]
        graph = helper.make_graph(self.nodes, path.stem, info(inputs), info(outputs), self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())


def network(net, top, ranges):
    g = Graph(top, ranges)
    array = lambda t: t.detach().numpy()
    table, scale = quantise(array(net.pieces.weight), 127)
    rows = g.add("Gather", [g.constant("table.pieces", table), "ids"], axis=0)
    rows = g.add("Cast", [rows], to=TensorProto.FLOAT)
    scales = g.add("Gather", [g.constant("table.scales", scale[:, None]), "ids"], axis=0)
    x = g.add("Mul", [rows, scales])
    x = g.add("Add", [x, g.add("Gather", [g.constant("table.places", array(net.places.weight)[:MAX_PLACES]), "places"], axis=0)])
    x = g.add("Add", [x, g.add("Gather", [g.constant("table.cases", array(net.cases.weight)), "cases"], axis=0)])
    x = g.norm("norm", x, net.norm)
    split = g.constant("split", np.array([0, 0, HEADS, DEPTH], np.int64))
    flat = g.constant("flat", np.array([-1, WIDTH], np.int64))
    for i, layer in enumerate(net.layers):
        x = block(g, f"layers.{i}", layer, x, split, flat)
    x = g.add("Gather", [x, "firsts"], axis=0)
    q = g.quantised(x, "arc_dep")
    weights = lambda names: (np.concatenate([array(net.tags[n].weight) for n in names]), np.concatenate([array(net.tags[n].bias) for n in names]))
    weight, bias = weights(TAGS)
    bias[-len(data.NER)] += CAUTION
    g.linear("tags", q, weight, bias, "tags")
    dep = g.add("Relu", [g.linear("arc_dep", q, array(net.arc_dep.weight), array(net.arc_dep.bias))])
    head = g.linear("arc_head", q, array(net.arc_head.weight), array(net.arc_head.bias))
    g.add("Relu", [head], "arc_head")
    g.linear("arc", g.quantised(dep, "arc"), array(net.arc.weight), array(net.arc.bias), "arc_dep")
    for name in ("label_dep", "label_head"):
        part = getattr(net, name)
        g.linear(name, q, array(part.weight), array(part.bias), name)
    return g


def block(g, name, layer, x, split, flat, asked=None):
    """One transformer block on packed rows. `asked` names inputs (rows, their cells, the cells' rows) where only some rows are wanted."""
    array = lambda t: t.detach().numpy()
    weight, bias = array(layer.qkv.weight).copy(), array(layer.qkv.bias).copy()
    weight[:WIDTH] *= DEPTH**-0.5
    bias[:WIDTH] *= DEPTH**-0.5
    q = g.quantised(x, name + ".qkv")
    wanted, back = q, "pack"
    if asked:
        rows, spread, back = asked
        x = g.add("Gather", [x, rows], axis=0)
        wanted = (g.add("Gather", [q[0], rows], axis=0), *q[1:])
    parts = []
    for k, part in enumerate(("q", "k", "v")):
        rows = slice(k * WIDTH, (k + 1) * WIDTH)
        asking = asked and part == "q"
        y = g.linear(f"{name}.{part}", wanted if asking else q, weight[rows], bias[rows])
        y = g.add("Reshape", [g.add("Gather", [y, spread if asking else "spread"], axis=0), split])
        parts.append(g.add("Transpose", [y], perm=[0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]))
    scores = g.add("Add", [g.add("MatMul", parts[:2]), "mask"])
    mixed = g.add("MatMul", [g.add("Softmax", [scores], axis=-1), parts[2]])
    mixed = g.add("Reshape", [g.add("Transpose", [mixed], perm=[0, 2, 1, 3]), flat])
    mixed = g.add("Gather", [mixed, back], axis=0)
    y = g.linear(name + ".out", g.quantised(mixed, name + ".out"), array(layer.out.weight), array(layer.out.bias))
    x = g.norm(name + ".norm1", g.add("Add", [y, x]), layer.norm1)
    y = g.add("Gelu", [g.linear(name + ".up", g.quantised(x, name + ".up"), array(layer.up.weight), array(layer.up.bias))])
    y = g.linear(name + ".down", g.quantised(y, name + ".down"), array(layer.down.weight), array(layer.down.bias))
    return g.norm(name + ".norm2", g.add("Add", [y, x]), layer.norm2)


def labeller(net):
    g = Graph(127)
    part = lambda x, a, b: g.add("Slice", [x, *(g.constant(f"{x}{a}{n}", np.array([v], np.int64)) for n, v in (("start", a), ("end", b), ("axis", 1)))])
    size = net.label.weight.shape[1]
    total = g.add("Relu", [g.add("Add", [part("dep", 0, LABEL_SUM), part("head", 0, LABEL_SUM)])])
    product = g.add("Mul", [part("dep", LABEL_SUM, size), part("head", LABEL_SUM, size)])
    both = g.add("Concat", [total, product], axis=1)
    y = g.add("MatMul", [both, g.constant("w", net.label.weight.detach().numpy().T)])
    g.add("Add", [y, g.constant("b", net.label.bias.detach().numpy())], "scores")
    return g


MAX_PLACES = 512


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("folder", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("--top", type=int, default=63, help="largest int8 weight; 63 keeps processors without VNNI exact")
    args = cli.parse_args()
    net, meta = load(args.folder)
    args.out.mkdir(parents=True, exist_ok=True)
    sizes = {n: len(meta["labels"][n]) for n in meta["labels"]}
    dims = lambda *shape: list(shape)
    network(net, args.top, ranges(net, examples(meta))).save(
        args.out / "network.onnx",
        [(n, "int", dims("N")) for n in ("ids", "cases", "places")]
        + [("spread", "int", dims("B", "L")), ("pack", "int", dims("N")), ("mask", "float", dims("B", 1, 1, "L")), ("firsts", "int", dims("M"))],
        [("tags", "float", dims("M", sum(sizes[t] for t in TAGS)))]
        + [(n, "float", dims("M", net.arc.weight.shape[0])) for n in ("arc_dep", "arc_head")]
        + [(n, "float", dims("M", net.label.weight.shape[1])) for n in ("label_dep", "label_head")],
    )
    pair = net.label.weight.shape[1]
    labeller(net).save(
        args.out / "label.onnx",
        [("dep", "float", dims("W", pair)), ("head", "float", dims("W", pair))],
        [("scores", "float", dims("W", sizes["deprel"]))],
    )
    (args.out / "pieces.txt").write_text("\n".join(meta["pieces"]) + "\n", encoding="utf-8")
    lines = [f"{kind}\t{value}" for kind in (*TAGS, "deprel") for value in meta["labels"][kind]]
    lines += ["joint\t" + "\t".join(row) for row in meta["joint"]]
    (args.out / "labels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for path in sorted(args.out.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
