"""Vectors kept between runs, by the hash of what they encode: only new text is encoded."""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from graph.store import home
from qa.encoder import Encoder, Vectors

_BATCH = 32


def document_vectors(encoder: Encoder, texts: Sequence[str], name: str = "passages") -> Vectors:
    """Return one vector a text, shape (n, dimension), from the cache where it has them.

    :param name: of the collection; each has a cache file of its own.

    Encoding shows a progress bar on standard error. The cache holds just what was last asked
    for and is replaced as a whole, so an interrupted run leaves the earlier one.
    """
    keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
    folder = re.sub(r"[^\w.-]+", "_", encoder.name)[-80:]
    path = home() / "vectors" / folder / f"{name}.npz"
    known = _load(path)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        known |= _encode(encoder, missing)
        _save(path, {key: known[key] for key in dict.fromkeys(keys)})
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)


def _encode(encoder: Encoder, missing: dict[str, str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    items = list(missing.items())
    with tqdm(total=len(items), desc="สร้างดัชนี", unit="ข้อความ", delay=0.5) as bar:
        for start in range(0, len(items), _BATCH):
            batch = items[start : start + _BATCH]
            vectors = encoder.encode_document([text for _, text in batch])
            found.update(zip((key for key, _ in batch), vectors, strict=True))
            bar.update(len(batch))
    return found


def _load(path: Path) -> dict[str, Vectors]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError):
        # Nothing there, or not whole: the vectors are encoded again.
        return {}


def _save(path: Path, vectors: dict[str, Vectors]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(suffix=".npz", dir=path.parent)
    except OSError:
        # A read-only home costs the time to encode again, nothing else.
        return
    with os.fdopen(handle, "wb") as file:
        np.savez(file, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
    Path(scratch).replace(path)
