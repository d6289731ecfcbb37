"""The shipped encoder, run by ONNX Runtime: states of word pieces after a chosen layer."""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from text import CLS, WordPiece, case_classes  # noqa: E402

WEIGHTS = Path(__file__).resolve().parents[2] / "models/en/weights"


def layer_outputs(model):
    """Names of the encoder's states: after the embeddings, then after each layer."""
    names = {n.input[1]: n.output[0] for n in model.graph.node if n.op_type == "LayerNormalization"}
    return [names["norm.g"]] + [names[f"layers.{i}.norm2.g"] for i in range(6)]


def weights(model):
    """Float weights of the layers of a quantised graph by the names of `training/model.py`."""
    raw = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    zeros = {}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            zeros[node.input[1]] = node.input[0]
    scales = {n.output[0]: raw[n.input[1]] for n in model.graph.node if n.op_type == "QuantizeLinear"}
    out = {}
    for name, value in raw.items():
        if name.endswith(".w") and name.startswith("layers."):
            key = name[:-2]
            scale = raw[key + ".s"] / scales[zeros[name]]
            out[key + ".weight"] = (value.astype(np.float32) * scale[None, :]).T
            out[key + ".bias"] = raw[key + ".b"]
        elif name.endswith((".g",)) and "norm" in name:
            out[name[:-2] + ".weight"] = value
            out[name[:-2] + ".bias"] = raw[name[:-2] + ".b"]
    return out


class Encoder:
    """`states(words)` gives `([pieces, 384] after each wanted layer, index of each word's first piece)`."""

    def __init__(self, layers, threads=1):
        model = onnx.load(WEIGHTS / "network.onnx")
        names = layer_outputs(model)
        self.wanted = [names[k] for k in layers]
        for name in self.wanted:
            if name not in {o.name for o in model.graph.output}:
                model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", 384]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        self.pieces = WordPiece((WEIGHTS / "pieces.txt").read_text(encoding="utf-8").split("\n")[:-1])
        self.cls = self.pieces.ids[CLS]

    def states(self, words):
        ids, cases, firsts = [self.cls], [0], [0]
        for word, case in zip(words, case_classes(words)):
            firsts.append(len(ids))
            found = self.pieces.encode(word)
            ids += found
            cases += [case] * len(found)
        ids, cases = ids[:510], cases[:510]
        firsts = [f for f in firsts if f < len(ids)]
        n = len(ids)
        line = lambda v: np.array(v, np.int32)
        inputs = {
            "ids": line(ids),
            "cases": line(cases),
            "places": np.arange(n, dtype=np.int32),
            "spread": np.arange(n, dtype=np.int32)[None],
            "pack": np.arange(n, dtype=np.int32),
            "mask": np.zeros((1, 1, 1, n), np.float32),
            "firsts": line(firsts),
        }
        return self.session.run(self.wanted, inputs), firsts[1:]
