"""Vectors by the hash of what they encode: shipped ones, kept ones, and new ones for new text."""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from graph.store import home
from qa.encoder import Encoder, Vectors

_BATCH: Final = 32
_STEPS: Final = 127
"""A shipped vector's numbers are kept as whole steps, so many to its largest."""
Known = dict[int, Vectors]


def document_vectors(encoder: Encoder, texts: Sequence[str], name: str = "passages") -> Vectors:
    """Return one vector a text, shape (n, dimension), encoding only what is not known.

    The texts of the shipped knowledge have their vectors with the package; others are kept in the
    user's folder.

    :param name: of the collection; each has a cache file of its own.

    Encoding shows a progress bar on standard error. The cache holds just what was last asked
    for and is replaced as a whole, so an interrupted run leaves the earlier one.
    """
    keys = [_key(text) for text in texts]
    known = shipped(encoder)
    others = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if others:
        path = home() / "vectors" / _folder(encoder) / f"{name}.npz"
        kept = _load(path)
        if missing := {key: text for key, text in others.items() if key not in kept}:
            kept |= encode(encoder, missing)
            _save(path, {key: kept[key] for key in others})
        known = known | kept
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)


def shipped(encoder: Encoder) -> Known:
    """Return the vectors that come with the package for this encoder; none for another."""
    file = files("qa.shipped") / f"{_folder(encoder)}.npz"
    if not file.is_file():
        return {}
    with as_file(file) as path, np.load(path, allow_pickle=False) as stored:
        vectors = stored["steps"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return dict(zip(stored["keys"].tolist(), vectors, strict=True))


def write_shipped(encoder: Encoder, texts: Sequence[str], folder: Path) -> Path:
    """Write the vectors of these texts for the package and return the file, about 2 MB.

    Those that the file has already are taken over, so that a small change of the texts changes
    little of it.
    """
    wanted = {_key(text): text for text in texts}
    known = {key: vector for key, vector in shipped(encoder).items() if key in wanted}
    known |= encode(encoder, {key: text for key, text in wanted.items() if key not in known})
    keys = sorted(known)
    vectors = np.stack([known[key] for key in keys])
    steps = np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * _STEPS)
    path = folder / f"{_folder(encoder)}.npz"
    np.savez_compressed(path, keys=np.array(keys, np.uint64), steps=steps.astype(np.int8))
    return path


def encode(encoder: Encoder, missing: dict[int, str]) -> Known:
    """Return the vectors of texts by key, a batch on each core."""
    items = list(missing.items())
    batches = [items[start : start + _BATCH] for start in range(0, len(items), _BATCH)]
    found: Known = {}
    with (
        ThreadPoolExecutor(max_workers=os.cpu_count()) as pool,
        tqdm(total=len(items), desc="สร้างดัชนี", unit="ข้อความ", delay=0.5) as bar,
    ):
        texts = ([text for _, text in batch] for batch in batches)
        for batch, vectors in zip(batches, pool.map(encoder.encode_document, texts), strict=True):
            found.update(zip((key for key, _ in batch), vectors, strict=True))
            bar.update(len(batch))
    return found


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _folder(encoder: Encoder) -> str:
    return re.sub(r"[^\w.-]+", "_", encoder.name)[-80:]


def _load(path: Path) -> Known:
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys: NDArray[np.uint64] = stored["hashes"]
            return dict(zip(keys.tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError):
        # Nothing there, or not whole: the vectors are encoded again.
        return {}


def _save(path: Path, vectors: Known) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(suffix=".npz", dir=path.parent)
    except OSError:
        # A read-only home costs the time to encode again, nothing else.
        return
    with os.fdopen(handle, "wb") as file:
        np.savez(
            file,
            hashes=np.array(list(vectors), np.uint64),
            vectors=np.stack(list(vectors.values())),
        )
    Path(scratch).replace(path)
