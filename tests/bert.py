"""The encoder in torch, for training; torch comes with the extra `train`. Names are as in minilm.npz."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor, nn

HEADS, WIDTH, LAYERS = 12, 384, 6
Arrays = Mapping[str, NDArray[Any]]


class Layer(nn.Module):
    """One layer."""

    def __init__(self) -> None:
        super().__init__()
        self.attend, self.attended = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.attended_norm, self.narrow_norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """Take and give (texts, pieces, width); `mask`, (texts, 1, 1, pieces), is true for a piece."""
        query, key, value = self.attend(state).unflatten(2, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        given = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        state = self.attended_norm(self.dropout(self.attended(given.transpose(1, 2).flatten(2))) + state)
        wide = nn.functional.gelu(self.wide(state))
        after: Tensor = self.narrow_norm(self.dropout(self.narrow(wide)) + state)
        return after


class Bert(nn.Module):
    """Embeddings and six layers, from the arrays of minilm.npz; texts are lists of piece numbers."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self.words, self.places = _tensor(arrays, "word.weight"), _tensor(arrays, "place.weight")
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.norm.load_state_dict(_below(arrays, "embedding_norm."))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(_below(arrays, f"layer{number}."))

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


def _below(arrays: Arrays, prefix: str) -> dict[str, Tensor]:
    names = [name for name in arrays if name.startswith(prefix) and not name.endswith(".scale")]
    return {name.removeprefix(prefix): _tensor(arrays, name) for name in names}


def _tensor(arrays: Arrays, name: str) -> Tensor:
    found = torch.tensor(arrays[name], dtype=torch.float32)
    scale = f"{name}.scale"
    return found * torch.tensor(arrays[scale])[:, None] if scale in arrays else found
