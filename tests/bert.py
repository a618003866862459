"""The original encoder in torch, for training; torch comes with the extra `train`."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

HEADS, WIDTH, LAYERS = 12, 384, 6


class Layer(nn.Module):
    """One layer, its parameters named as in the original's file."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.attended_norm, self.narrow_norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """Take and give (texts, pieces, width); `mask`, (texts, 1, 1, pieces), is true for a piece."""
        query, key, value = (self._heads(part(state)) for part in (self.query, self.key, self.value))
        given = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = self.out(given.transpose(1, 2).flatten(2))
        state = self.attended_norm(self.dropout(attended) + state)
        wide = nn.functional.gelu(self.wide(state))
        after: Tensor = self.narrow_norm(self.dropout(self.narrow(wide)) + state)
        return after

    @staticmethod
    def _heads(mixed: Tensor) -> Tensor:
        return mixed.unflatten(2, (HEADS, -1)).transpose(1, 2)


NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "narrow_norm": "output.LayerNorm",
}
"""The original's names of a layer's parts."""


class Bert(nn.Module):
    """Embeddings and six layers; texts are lists of piece numbers."""

    def __init__(self, tensors: Mapping[str, Tensor]) -> None:
        super().__init__()
        places = tensors["embeddings.position_embeddings.weight"]
        self.places = nn.Parameter(places + tensors["embeddings.token_type_embeddings.weight"][0])
        self.words = nn.Parameter(tensors["embeddings.word_embeddings.weight"].clone())
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.norm.load_state_dict(
            {kind: tensors[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")}
        )
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(
                {
                    f"{ours}.{kind}": tensors[f"encoder.layer.{number}.{theirs}.{kind}"]
                    for ours, theirs in NAMES.items()
                    for kind in ("weight", "bias")
                }
            )

    def below(self, texts: Sequence[Sequence[int]], layers: int) -> tuple[Tensor, Tensor]:
        """Give the state after some layers, shape (texts, pieces, width), and the mask."""
        longest = max(map(len, texts))
        numbers = torch.tensor([[*text, *[0] * (longest - len(text))] for text in texts])
        mask = torch.tensor([[True] * len(text) + [False] * (longest - len(text)) for text in texts])
        state = self.norm(self.words[numbers] + self.places[:longest])
        for layer in self.layers[:layers]:
            state = layer(state, mask[:, None, None])
        return state, mask

    def above(self, state: Tensor, mask: Tensor, layers: int) -> Tensor:
        """Give the vectors of texts, shape (texts, width), of length 1, from the state after some layers."""
        for layer in self.layers[layers:]:
            state = layer(state, mask[:, None, None])
        return nn.functional.normalize((state * mask[..., None]).sum(1) / mask.sum(1)[:, None])

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Give the vectors of texts, shape (texts, width), of length 1."""
        return self.above(*self.below(texts, 0), 0)
