"""PyTorch side of the LeNet-5 race: `bench feedforward` trains the same network on the same batch.
usage: torch_lenet.py cpu THREADS [BATCH [BITS]]   prints seconds per training step; BITS 0 is full precision."""
import sys, time, numpy as np, torch
from torch import nn
threads = int(sys.argv[2])
batch = int(sys.argv[3]) if len(sys.argv) > 3 else 64
bits = int(sys.argv[4]) if len(sys.argv) > 4 else 2
torch.set_num_threads(threads); torch.manual_seed(0)
alpha, levels = {1: 1.224006, 2: .650770, 4: .193249}.get(bits, 1), 2**bits - 1
class Quantize(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.floor(x / alpha + .5).clamp_(0, levels).mul_(alpha)
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * ((x > 0) & (x <= levels * alpha))
class Activation(nn.Module):
    def forward(self, x): return Quantize.apply(x) if bits else torch.relu(x)
net = nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2, bias=False), nn.BatchNorm2d(6, affine=False), Activation(), nn.MaxPool2d(2),
    nn.Conv2d(6, 16, 5, bias=False), nn.BatchNorm2d(16, affine=False), Activation(), nn.MaxPool2d(2), nn.Flatten(),
    nn.Linear(400, 120, bias=False), nn.BatchNorm1d(120, affine=False), Activation(),
    nn.Linear(120, 84, bias=False), nn.BatchNorm1d(84, affine=False), Activation(), nn.Linear(84, 10))
optimizer = torch.optim.SGD(net.parameters(), .01, momentum=.9)
x = torch.rand(batch, 1, 28, 28); y = torch.arange(batch) % 10
times = []
for k in range(220):
    t = time.perf_counter()
    optimizer.zero_grad(); nn.functional.cross_entropy(net(x), y).backward(); optimizer.step()
    times.append(time.perf_counter() - t)
times = times[20:]
print(f'LeNet-5 {bits} bits threads {threads} batch {batch} median {np.median(times):.6f} s/step min {min(times):.6f}', flush=True)
