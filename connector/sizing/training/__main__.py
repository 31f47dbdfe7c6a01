"""``python -m connector.sizing.training train FOLDER`` writes the packaged models, ``bench FOLDER`` prints the figures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from connector.sizing import hints, model
from connector.sizing.training import bench, packs, said
from connector.sizing.training.fit import Packs, fit, words_of

MODEL = Path(__file__).parents[1] / model.FILE
HINTS = Path(__file__).parents[1] / hints.FILE


def main() -> None:
    """Read the packs, then train or measure."""
    parser = argparse.ArgumentParser(prog="connector.sizing.training", description=__doc__)
    parser.add_argument("what", choices=("train", "bench"))
    parser.add_argument("folder", type=Path, help="folder with the packs, such as ../shared/data/sizing")
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument("--hints", type=Path, default=HINTS)
    chosen = parser.parse_args()
    data = Packs(packs.hours(chosen.folder), packs.points(chosen.folder), packs.firm(chosen.folder))
    if chosen.what == "bench":
        sys.stdout.write(bench.table(data) + "\n")
    else:
        packs.write(fit(data, words_of(data), np.ones(len(data.hours.ids), dtype=bool)), chosen.output)
        packs.write(said.fit([data.hours, data.points]), chosen.hints)
        for path in (chosen.output, chosen.hints):
            sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
