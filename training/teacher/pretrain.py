"""Further masked-language-model training of the encoder on the unlabelled news, before it learns names."""
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from e5 import Encoder

LENGTH = 128  # pieces in a row
MASKED = 0.15  # share of the words


class Guesser(nn.Module):
    """Guesses hidden pieces; its output layer is the table of word embeddings."""

    def __init__(self, source):
        super().__init__()
        self.encoder = Encoder(source)
        self.encoder.words.requires_grad_(True)
        width = self.encoder.width
        self.change, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(len(self.encoder.words)))

    def forward(self, ids, hidden):
        x = self.encoder(ids)[hidden]
        x = self.norm(F.gelu(self.change(x)))
        return F.linear(x, self.encoder.words, self.bias)


def pretrain(prepared, path, device, seconds, rate, rows, seed):
    """Trains for `seconds`; the rate of learning rises for a twentieth of them and then falls to nothing."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    shape, news = prepared.source.shape, prepared.news
    pieces = torch.from_numpy(news.pieces).to(device)
    word_of = torch.from_numpy(np.repeat(np.arange(len(news.words) - 1), np.diff(news.words)).astype(np.int32)).to(device)
    model = Guesser(prepared.source).to(device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=device != "cpu")
    count = len(model.bias)
    step, shown, recent, began = 0, 0, [], time.time()
    inner = torch.arange(LENGTH - 2, device=device)
    while (spent := (time.time() - began) / seconds) < 1:
        offset = rng.randrange(LENGTH)
        starts = torch.arange(offset, len(pieces) - LENGTH, LENGTH - 2, device=device)
        starts = starts[torch.randperm(len(starts), device=device)]
        for part in starts.split(rows):
            spent = (time.time() - began) / seconds
            if spent >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = rate * min(spent / 0.05, (1 - spent) / 0.95)
            at = part[:, None] + inner
            ids, words = pieces[at].long(), word_of[at].long()
            # Whole words are hidden: every piece of a word draws the lot of its word.
            lot = torch.rand(len(news.words), 2, device=device)[words]
            hidden = lot[..., 0] < MASKED
            masked = torch.where(lot[..., 1] < 0.8, shape["mask"], torch.where(lot[..., 1] < 0.9, torch.randint_like(ids, count), ids))
            seen = F.pad(torch.where(hidden, masked, ids), (1, 1), value=shape["bos"])
            seen[:, -1] = shape["eos"]
            with torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
                found = model(seen, F.pad(hidden, (1, 1)))
            loss = F.cross_entropy(found.float(), ids[hidden])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step, shown = step + 1, shown + seen.numel()
            recent.append(loss.detach())
            if step % 100 == 0:
                print(f"step {step}, {shown / 1e6:.1f} million pieces, loss {torch.stack(recent).mean():.3f}, {time.time() - began:.0f} s", flush=True)
                recent = []
    torch.save(model.encoder.state_dict(), path)
