"""The mean of two checkpoints of one line of training: `mix.py A/model.pt B/model.pt OUT` (`meta.json` is taken from A)."""

import shutil
import sys
from pathlib import Path

import torch


def main():
    first, second, out = map(Path, sys.argv[1:4])
    a, b = torch.load(first), torch.load(second)
    out.mkdir(parents=True, exist_ok=True)
    torch.save({name: (a[name] + b[name]) / 2 for name in a}, out / "model.pt")
    shutil.copy(first.parent / "meta.json", out / "meta.json")


if __name__ == "__main__":
    main()
