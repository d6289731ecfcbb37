"""Scores of the float network on gold tokens: `evaluate.py FOLDER`. The Rust path is scored by `xtask eval-parser`."""

import sys

import numpy as np
import torch

import data


def mst(weights):
    """Heads of the best tree with one root: `weights [n, n + 1]`, column 0 is the root."""
    n = len(weights)
    square = np.full((n + 1, n + 1), -1e9)
    square[1:] = weights
    np.fill_diagonal(square, -1e9)
    greedy = square[1:].argmax(1)
    if (greedy == 0).sum() == 1 and not _cycle(np.concatenate([[-1], greedy])):
        return list(greedy)
    tops = np.argsort(-square[1:, 0])[: min(n, 5)] + 1
    best, heads = -np.inf, None
    for top in tops:
        rooted = square.copy()
        rooted[1:, 0] = -1e9
        rooted[top, :] = -1e9
        rooted[top, 0] = square[top, 0]
        found = _edmonds(rooted)
        value = sum(rooted[i, found[i]] for i in range(1, n + 1))
        if value > best:
            best, heads = value, found
    return list(heads[1:])


def _cycle(heads):
    """Nodes of one cycle, or None."""
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, at = [], start
        while at > 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if at > 0 and state[at] == 1 and at in path:
            return path[path.index(at):]
        for p in path:
            state[p] = 2
    return None


def _edmonds(w):
    heads = w.argmax(1)
    heads[0] = -1
    loop = _cycle(heads)
    if not loop:
        return heads
    n = len(w)
    inside = set(loop)
    outer = [i for i in range(n) if i not in inside]
    m = len(outer)
    small = np.full((m + 1, m + 1), -1e9)
    small[:m, :m] = w[np.ix_(outer, outer)]
    gain = np.array([w[i, heads[i]] for i in loop])
    enter = w[np.ix_(loop, outer)] - gain[:, None]
    entry = enter.argmax(0)
    small[m, :m] = enter.max(0)
    leave = w[np.ix_(outer, loop)]
    exits = leave.argmax(1)
    small[:m, m] = leave.max(1)
    small[0, :] = -1e9
    found = _edmonds(small)
    out = heads.copy()
    for k, i in enumerate(outer):
        if i:
            out[i] = loop[exits[k]] if found[k] == m else outer[found[k]]
    broken = found[m]
    out[loop[entry[broken]]] = outer[broken]
    return out


def spans(tags):
    out, start = set(), None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and not (tag.startswith("I-") and tag[2:] == tags[start][2:]):
            out.add((start, i, tags[start][2:]))
            start = None
        if start is None and tag != "O" and i < len(tags):
            start = i
    return out


def viterbi(scores, tags):
    """Best legal BIO sequence."""
    legal = np.array([[0.0 if not b.startswith("I-") or a[2:] == b[2:] and a != "O" else -1e9 for b in tags] for a in tags])
    best = scores[0] + np.array([0.0 if not t.startswith("I-") else -1e9 for t in tags])
    back = []
    for row in scores[1:]:
        step = best[:, None] + legal
        back.append(step.argmax(0))
        best = step.max(0) + row
    at = int(best.argmax())
    out = [at]
    for b in reversed(back):
        at = int(b[at])
        out.append(at)
    return [tags[i] for i in reversed(out)]


@torch.no_grad()
def predict(net, meta, sentences):
    """One dictionary of lists for each sentence: upos, xpos, feats, heads (0 is the root), deprels, ner."""
    from train import Encoder, batch

    encode = Encoder(meta)
    labels = meta["labels"]
    index = {k: {v: i for i, v in enumerate(labels[k])} for k in ("upos", "xpos", "feats")}
    joint = np.array([[index["upos"][u], index["xpos"][x], index["feats"][f]] for u, x, f in meta["joint"]])
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    out = [None] * len(sentences)
    for at in range(0, len(order), 32):
        some = order[at:at + 32]
        b = batch([encode(sentences[i]) for i in some])
        tags, arcs, dep, head = net(b["ids"], b["cases"], b["lengths"], b["firsts"])
        logs = {k: v.log_softmax(-1).numpy() for k, v in tags.items()}
        for row, i in enumerate(some):
            n = len(sentences[i].words)
            heads = mst(arcs[row, :n, :n + 1].numpy().astype(float))
            found = net.labels(dep[row, :n], head[row, torch.tensor(heads)])
            root = labels["deprel"].index("root")
            found[:, root] = -1e9
            rels = [labels["deprel"][r] if h else "root" for r, h in zip(found.argmax(-1).tolist(), heads)]
            total = sum(logs[k][row, :n][:, joint[:, c]] for c, k in enumerate(("upos", "xpos", "feats")))
            best = [meta["joint"][k] for k in total.argmax(-1)]
            out[i] = dict(
                upos=[t[0] for t in best],
                xpos=[t[1] for t in best],
                feats=[t[2] for t in best],
                heads=[int(h) for h in heads],
                deprels=rels,
                ner=viterbi(logs["ner"][row, :n], labels["ner"]),
            )
    return out


def scores(net, meta, sentences):
    """Per cent by name; LAS on universal relations, `las_sub` with subtypes."""
    found = predict(net, meta, sentences)
    hits, words = dict.fromkeys(("upos", "xpos", "feats", "uas", "las", "las_sub"), 0), 0
    right = guessed = wanted = 0
    for s, p in zip(sentences, found):
        for i in range(len(s.words)):
            words += 1
            for k in ("upos", "xpos", "feats"):
                hits[k] += getattr(s, k)[i] == p[k][i]
            arc = s.heads[i] == p["heads"][i]
            hits["uas"] += arc
            hits["las"] += arc and s.deprels[i].split(":")[0] == p["deprels"][i].split(":")[0]
            hits["las_sub"] += arc and s.deprels[i] == p["deprels"][i]
        if s.ner:
            gold, ours = spans(s.ner), spans(p["ner"])
            right, guessed, wanted = right + len(gold & ours), guessed + len(ours), wanted + len(gold)
    out = {k: round(100 * v / words, 2) for k, v in hits.items()}
    if wanted:
        out["ner"] = round(200 * right / max(1, guessed + wanted), 2)
    return out


def main():
    from model import load

    torch.set_num_threads(1)
    net, meta = load(sys.argv[1], *sys.argv[2:3])
    sets = {"EWT dev": "en_ewt-ud-dev", "EWT test": "en_ewt-ud-test", "PUD": "en_pud-ud-test"}
    for title, name in sets.items():
        sentences = data.conllu(f"{name}.conllu.gz")
        if "ewt" in name:
            data.add_uner(sentences, f"uner_en_ewt-{name.split('-')[-1]}.iob2.gz")
        print(title, scores(net, meta, sentences), flush=True)
        if title == "PUD":
            news = [s for s in sentences if s.id.startswith("n")]
            print("PUD news", scores(net, meta, news), flush=True)


if __name__ == "__main__":
    main()
