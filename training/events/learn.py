"""Trains the second reader: for every word that may name an event its type, mode and status.

`learn.py OUT --labelled FOLDER… [--layer 4] [--dev FILE…]`: transformer layers on top of the frozen encoder's states after `--layer`.
"""

import argparse
import json
import random
import sys
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F

import encoder
import examples
import sentences

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import model as parser  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CANDIDATES = {"VERB", "NOUN", "ADJ", "PROPN"}
STATUSES = sentences.STATUSES
HELD = 10
"""Every tenth sentence of a file is not learned from: thresholds and confidence are chosen on these."""


def labels():
    """Types and modes as `TYPE` or `TYPE/mode`, `none` first."""
    book = tomllib.loads((ROOT / "data/ontology/plover.toml").read_text(encoding="utf-8"))
    modes = [f"{m['event']}/{m['mode']}" for m in book["mode"]]
    return ["none"] + sorted([e["code"] for e in book["event"]] + modes)


class Reader(nn.Module):
    """Layers on states `[batch, pieces, 384]`; scores of labels and of statuses for the words at `firsts`."""

    def __init__(self, layers, labels, inner=1536, hidden=256):
        super().__init__()
        self.layers = nn.ModuleList(parser.Layer(inner) for _ in range(layers))
        self.up = nn.Linear(parser.WIDTH, hidden)
        self.label = nn.Linear(hidden, labels)
        self.status = nn.Linear(hidden, len(STATUSES))
        self.drop = nn.Dropout(0.3)

    def forward(self, x, lengths, firsts):
        n = x.shape[1]
        mask = torch.where(torch.arange(n)[None, :] < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = x.gather(1, firsts[:, :, None].expand(-1, -1, x.shape[2]))
        h = self.drop(F.gelu(self.up(self.drop(x))))
        return self.label(h), self.status(h)


def rows(attache, items, encode, index):
    """Sentences as training rows: states, first pieces, label and status of every word (-1 where not asked)."""
    parsed = sentences.parse(attache, [t for t, _ in items])
    for number, ((text, events), cut) in enumerate(zip(items, parsed)):
        for words in cut:
            (states,), firsts = encode.states([w[0] for w in words])
            words = words[: len(firsts)]
            target = [0 if w[1] in CANDIDATES else -1 for w in words]
            status = [-1] * len(words)
            for event in events:
                for at, word in enumerate(words):
                    if word[3] <= event["start"] < word[4]:
                        name = event["type"] + ("/" + event["mode"] if event["mode"] else "")
                        if name not in index:
                            print("unknown", name, text)
                            continue
                        target[at] = index[name]
                        status[at] = STATUSES.index(event["status"])
            yield {
                "item": number, "states": torch.from_numpy(states.astype(np.float16)), "firsts": firsts, "target": target,
                "status": status, "words": [w[0] for w in words], "upos": [w[1] for w in words],
            }


def batch(some):
    n = max(len(r["states"]) for r in some)
    w = max(len(r["firsts"]) for r in some)
    x = torch.zeros(len(some), n, parser.WIDTH)
    for i, r in enumerate(some):
        x[i, : len(r["states"])] = r["states"].float()
    pad = lambda key, fill: torch.tensor([r[key] + [fill] * (w - len(r[key])) for r in some])
    lengths = torch.tensor([len(r["states"]) for r in some])
    return x, lengths, pad("firsts", 0), pad("target", -1), pad("status", -1)


def types_of(names):
    kinds = ["none"] + sorted({n.partition("/")[0] for n in names[1:]})
    return kinds, torch.tensor([kinds.index(n.partition("/")[0]) for n in names])


def type_scores(scores, owner, kinds):
    """Probabilities of types from those of labels."""
    p = scores.softmax(-1)
    out = torch.zeros(*p.shape[:-1], kinds)
    return out.index_add(-1, owner, p)


def evaluate(net, data, names, show=0):
    """F1 of triggers with type, and of types per sentence; precision, recall."""
    kinds, owner = types_of(names)
    net.eval()
    hit = pred = gold = shit = spred = sgold = mhit = sthit = 0
    curve = []
    by = {}
    with torch.no_grad():
        for at in range(0, len(data), 64):
            some = data[at : at + 64]
            x, lengths, firsts, target, status = batch(some)
            scores, st = net(x, lengths, firsts)
            p = type_scores(scores, owner, len(kinds))
            best = p.argmax(-1)
            for i, r in enumerate(some):
                for j, t in enumerate(r["target"]):
                    if t < 0:
                        continue
                    g, b = int(owner[t]), int(best[i, j])
                    pred += b > 0
                    gold += g > 0
                    hit += b == g and b > 0
                    if g and b == g:
                        mhit += int(scores[i, j].argmax()) == t
                        sthit += int(st[i, j].argmax()) == r["status"][j]
                    if show and b != g and show > len(by):
                        by[(r["item"], j)] = (kinds[g], kinds[b], r["words"][j], round(float(p[i, j, b]), 2), " ".join(r["words"]))
            for i, r in enumerate(some):
                item = r["item"]
                curve.append((item, [(int(owner[t])) for t in r["target"] if t > 0], [int(best[i, j]) for j, t in enumerate(r["target"]) if t >= 0 and best[i, j] > 0]))
    merged = {}
    for item, g, b in curve:
        m = merged.setdefault(item, (Counter(), Counter()))
        m[0].update(g)
        m[1].update(b)
    for g, b in merged.values():
        shit += sum((g & b).values())
        spred += sum(b.values())
        sgold += sum(g.values())
    f = lambda h, p, g: (round(100 * h / max(p, 1), 1), round(100 * h / max(g, 1), 1), round(200 * h / max(p + g, 1), 1))
    for line in by.values():
        print("  ", line)
    return {"triggers": f(hit, pred, gold), "types": f(shit, spred, sgold), "mode": round(100 * mhit / max(hit, 1), 1), "status": round(100 * sthit / max(hit, 1), 1)}


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("out", type=Path)
    cli.add_argument("--labelled", nargs="+", type=Path)
    cli.add_argument("--dev", nargs="*", type=Path, default=[])
    cli.add_argument("--attache", default=str(ROOT / "target/release/attache"))
    cli.add_argument("--layer", type=int, default=4)
    cli.add_argument("--inner", type=int, default=1536, help="width of the feed-forward parts; the strongest units of the encoder's are kept")
    cli.add_argument("--epochs", type=int, default=8)
    cli.add_argument("--rate", type=float, default=2e-4)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--show", type=int, default=0)
    cli.add_argument("--data", type=Path, default=ROOT / "data", help="folder of the patterns")
    cli.add_argument("--examples", action="store_true", help="learn from the examples of the patterns too")
    cli.add_argument("--fresh", action="store_true", help="start the layers at random")
    args = cli.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    names = labels()
    index = {n: i for i, n in enumerate(names)}
    kinds, owner = types_of(names)
    items, held = [], set()
    for path in args.labelled:
        for at, item in enumerate(sentences.read(path)):
            if at % HELD == HELD - 1:
                held.add(len(items))
            items.append(item)
    carried = examples.labelled(args.attache, args.data) if args.examples else []
    items += [(text, events) for text, events in carried]
    encode = encoder.Encoder([args.layer])
    data = list(rows(args.attache, items, encode, index))
    train = [r for r in data if r["item"] not in held]
    hold = [r for r in data if r["item"] in held]
    devs = {p.name: list(rows(args.attache, list(sentences.read(p)), encode, index)) for p in args.dev}
    print(len(items), "sentences,", sum(t > 0 for r in train for t in r["target"]), "triggers,", len(train), len(hold), flush=True)
    net = Reader(6 - args.layer, len(names), args.inner)
    if not args.fresh:
        start = encoder.weights(onnx.load(encoder.WEIGHTS / "network.onnx"))
        with torch.no_grad():
            for i, layer in enumerate(net.layers):
                at = f"layers.{args.layer + i}."
                t = lambda n: torch.from_numpy(start[at + n].copy())
                q = torch.cat([t("q.weight") * parser_scale(), t("k.weight"), t("v.weight")])
                layer.qkv.weight.copy_(q)
                layer.qkv.bias.copy_(torch.cat([t("q.bias") * parser_scale(), t("k.bias"), t("v.bias")]))
                strong = (t("up.weight").norm(dim=1) * t("down.weight").norm(dim=0)).topk(args.inner).indices.sort().values
                layer.up.weight.copy_(t("up.weight")[strong])
                layer.up.bias.copy_(t("up.bias")[strong])
                layer.down.weight.copy_(t("down.weight")[:, strong])
                layer.down.bias.copy_(t("down.bias"))
                for part in ("out", "norm1", "norm2"):
                    getattr(layer, part).weight.copy_(t(part + ".weight"))
                    getattr(layer, part).bias.copy_(t(part + ".bias"))
    head = [p for n, p in net.named_parameters() if not n.startswith("layers.")]
    body = [p for n, p in net.named_parameters() if n.startswith("layers.")]
    optimiser = torch.optim.AdamW([{"params": head, "lr": 5 * args.rate}, {"params": body, "lr": args.rate}], weight_decay=0.05)
    steps = args.epochs * (len(train) // 32 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [5 * args.rate, args.rate], total_steps=steps, pct_start=0.1)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.997))
    for epoch in range(args.epochs):
        net.train()
        order = list(range(len(train)))
        rng.shuffle(order)
        order.sort(key=lambda i: len(train[i]["states"]) + rng.random() * 12)
        chunks = [order[i : i + 32] for i in range(0, len(order), 32)]
        rng.shuffle(chunks)
        total = 0.0
        for chunk in chunks:
            x, lengths, firsts, target, status = batch([train[i] for i in chunk])
            scores, st = net(x, lengths, firsts)
            asked = target >= 0
            loss = F.cross_entropy(scores[asked], target[asked], label_smoothing=0.02)
            told = status >= 0
            if told.any():
                loss = loss + 0.1 * F.cross_entropy(st[told], status[told])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(net)
            total += float(loss.detach())
        last = epoch == args.epochs - 1
        print(epoch, round(total / len(chunks), 4), "held", evaluate(average.module, hold, names, args.show if last else 0), {n: evaluate(average.module, d, names, args.show if last else 0) for n, d in devs.items()}, flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(average.module.state_dict(), args.out / "reader.pt")
    (args.out / "meta.json").write_text(json.dumps({"layer": args.layer, "inner": args.inner, "labels": names, "statuses": STATUSES}))


def parser_scale():
    """The shipped graph has the attention's scale inside its query weights."""
    return encoder_depth() ** 0.5


def encoder_depth():
    return parser.WIDTH // parser.HEADS


if __name__ == "__main__":
    main()
