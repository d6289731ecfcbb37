"""Writes the trained second reader as `event.onnx` and `event_labels.tsv`, and lets `network.onnx` give the states that it reads.

`write.py FOLDER ../../models/en/weights --labelled FILE…` (the sentences are for the ranges of the activations).

`event.onnx` takes `states [N, 384]` of a packed batch with `spread`, `pack` and `mask` as `network.onnx` has them, and what it is asked
about: `wanted [W]`, the packed rows of the first pieces of some words, `wanted_spread [B, V]`, the place in `wanted` of every padded
cell (0 where there is none), and `wanted_pack [W]`, the padded cell of each. It gives `scores [W, L + S]`: labels, then statuses. Only
what is asked about goes through the last layer.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

import encoder
import sentences
from learn import Reader, batch, rows

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import export as parser_export  # noqa: E402


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("folder", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("--labelled", nargs="+", type=Path)
    cli.add_argument("--attache", default=str(Path(__file__).resolve().parents[2] / "target/release/attache"))
    args = cli.parse_args()
    meta = json.loads((args.folder / "meta.json").read_text())
    net = Reader(6 - meta["layer"], len(meta["labels"]), meta["inner"])
    net.load_state_dict(torch.load(args.folder / "reader.pt"))
    net.eval()
    items = [i for path in args.labelled for i in sentences.read(path)][::25]
    index = {n: i for i, n in enumerate(meta["labels"])}
    data = list(rows(args.attache, items, encoder.Encoder([meta["layer"]]), index))
    found = parser_export.ranges(net, (batch([row])[:3] for row in data))
    graph(net, found).save(
        args.out / "event.onnx",
        [("states", "float", ["N", 384]), ("spread", "int", ["B", "L"]), ("pack", "int", ["N"]), ("mask", "float", ["B", 1, 1, "L"]), ("wanted", "int", ["W"]), ("wanted_spread", "int", ["B", "V"]), ("wanted_pack", "int", ["W"])],
        [("scores", "float", ["W", len(meta["labels"]) + len(meta["statuses"])])],
    )
    lines = [f"label\t{n}" for n in meta["labels"]] + [f"status\t{s}" for s in meta["statuses"]]
    (args.out / "event_labels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    give_states(args.out / "network.onnx", meta["layer"])
    for name in ("event.onnx", "event_labels.tsv", "network.onnx"):
        print(name, (args.out / name).stat().st_size)


def graph(net, found):
    g = parser_export.Graph(63, found)
    array = lambda t: t.detach().numpy()
    split = g.constant("split", np.array([0, 0, parser_export.HEADS, parser_export.DEPTH], np.int64))
    flat = g.constant("flat", np.array([-1, parser_export.WIDTH], np.int64))
    x = "states"
    for i, layer in enumerate(net.layers):
        asked = ("wanted", "wanted_spread", "wanted_pack") if i == len(net.layers) - 1 else None
        x = parser_export.block(g, f"layers.{i}", layer, x, split, flat, asked)
    h = g.add("Gelu", [g.linear("up", g.quantised(x, "up"), array(net.up.weight), array(net.up.bias))])
    weight = np.concatenate([array(net.label.weight), array(net.status.weight)])
    bias = np.concatenate([array(net.label.bias), array(net.status.bias)])
    g.linear("label", g.quantised(h, "label"), weight, bias, "scores")
    return g


def give_states(path, layer):
    """Names the states after `layer` and makes them an output, where they are none yet."""
    model = onnx.load(path)
    if any(o.name == "states" for o in model.graph.output):
        return
    name = encoder.layer_outputs(model)[layer]
    for node in model.graph.node:
        for names in (node.input, node.output):
            for i, n in enumerate(names):
                if n == name:
                    names[i] = "states"
    model.graph.output.append(helper.make_tensor_value_info("states", TensorProto.FLOAT, ["N", 384]))
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


if __name__ == "__main__":
    main()
