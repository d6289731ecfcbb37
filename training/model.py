"""The joint network: a MiniLM encoder with heads for tags, trees and names."""

import json
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, HEADS, ARC, LABEL_SUM, LABEL_PRODUCT = 384, 12, 256, 192, 128


class Layer(nn.Module):
    """One transformer block, normalised after each part as in BERT."""

    def __init__(self, inner):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask
        mixed = (weights.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Network(nn.Module):
    def __init__(self, pieces, cases, sizes, layers=6, inner=1536):
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.cases = nn.Embedding(cases, WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.tags = nn.ModuleDict({name: nn.Linear(WIDTH, n) for name, n in sizes.items() if name != "deprel"})
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC)
        self.label_dep = nn.Linear(WIDTH, LABEL_SUM + LABEL_PRODUCT)
        self.label_head = nn.Linear(WIDTH, LABEL_SUM + LABEL_PRODUCT)
        self.label = nn.Linear(LABEL_SUM + LABEL_PRODUCT, sizes["deprel"])
        nn.init.xavier_uniform_(self.arc.weight, gain=0.5)
        self.drop = nn.Dropout(0.25)

    def encode(self, pieces, cases, lengths):
        """Vectors `[batch, pieces, WIDTH]`."""
        n = pieces.shape[1]
        places = torch.arange(n)
        mask = torch.where(places[None, :] < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        x = self.pieces(pieces) + self.places(places)[None] + self.cases(cases)
        x = F.dropout(self.norm(x), 0.1, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, pieces, cases, lengths, firsts):
        """`firsts [batch, words + 1]` is where each word's first piece stands; entry 0 is 0, the root's.

        Returns tag scores `[batch, words, n]` by name, arc scores `[batch, words, words + 1]`, and the label parts of
        dependents `[batch, words, d]` and heads `[batch, words + 1, d]`.
        """
        x = self.encode(pieces, cases, lengths)
        x = x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))
        x = self.drop(x)
        words = x[:, 1:]
        tags = {name: head(words) for name, head in self.tags.items()}
        dep = self.arc(self.drop(F.relu(self.arc_dep(words))))
        head = self.drop(F.relu(self.arc_head(x)))
        arcs = (dep @ head.transpose(1, 2)).float()
        return tags, arcs, self.label_dep(words), self.label_head(x)

    def labels(self, dep, head):
        """Label scores of pairs from their label parts."""
        both = torch.cat([F.relu(dep[..., :LABEL_SUM] + head[..., :LABEL_SUM]), dep[..., LABEL_SUM:] * head[..., LABEL_SUM:]], -1)
        return self.label(self.drop(both))

    def load_bert(self, weights):
        """Takes over the encoder of a BERT checkpoint (a dictionary of tensors)."""
        get = lambda name: weights[name] if name in weights else weights["bert." + name]
        with torch.no_grad():
            self.pieces.weight.copy_(get("embeddings.word_embeddings.weight"))
            places = get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0]
            self.places.weight.copy_(places)
            copy(self.norm, get, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    parts = [get(f"{at}attention.self.{n}.{part}") for n in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(parts))
                copy(layer.out, get, at + "attention.output.dense")
                copy(layer.norm1, get, at + "attention.output.LayerNorm")
                copy(layer.up, get, at + "intermediate.dense")
                copy(layer.down, get, at + "output.dense")
                copy(layer.norm2, get, at + "output.LayerNorm")


def copy(module, get, name):
    module.weight.copy_(get(name + ".weight"))
    module.bias.copy_(get(name + ".bias"))


def load(folder, name="model.pt"):
    """A trained network and its description (`meta.json`)."""
    folder = Path(folder)
    meta = json.loads((folder / "meta.json").read_text())
    net = Network(len(meta["pieces"]), meta["cases"], {k: len(v) for k, v in meta["labels"].items()}, meta["layers"])
    net.load_state_dict(torch.load(folder / name))
    return net.eval(), meta
