"""PyTorch side of the race of learned activations: `bench learned` trains the same networks.
usage: torch_learned.py cpu THREADS [STEPS]   prints seconds per training step."""
import sys, time, numpy as np, torch
from torch import nn
threads = int(sys.argv[2])
steps = int(sys.argv[3]) if len(sys.argv) > 3 else 60
torch.set_num_threads(threads); torch.manual_seed(0)
width, batch = 512, 256
class Chebyshev(nn.Module):
    """sum_j a_j T_j(clip(x / 3, -1, 1)), a row of coefficients for each unit."""
    def __init__(self, degree):
        super().__init__()
        start = torch.randn(degree + 1, width) * .1
        start[1] = 1
        self.a = nn.Parameter(start)
    def forward(self, x):
        z = (x / 3).clamp(-1, 1)
        last, now = torch.ones_like(z), z
        out = self.a[0] + self.a[1] * z
        for a in self.a[2:]:
            last, now = now, 2 * z * now - last
            out = out + a * now
        return out
class Normalized(nn.Module):
    """b + sum_j w_j sigmoid(theta_j) h_j, h_j being x^j normalized over the batch for each unit."""
    def __init__(self, degree):
        super().__init__()
        self.w, self.theta = nn.Parameter(torch.randn(degree)), nn.Parameter(torch.randn(degree))
        self.b = nn.Parameter(torch.full((), .1))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width, 1e-8, .01, affine=False) for _ in range(degree))
    def forward(self, x):
        out, power = self.b, torch.ones_like(x)
        for c, norm in zip(self.w * torch.sigmoid(self.theta), self.norms):
            power = power * x
            out = out + c * norm(power)
        return out
def net(make, normalizes=True):
    layers, before = [], 784
    for _ in range(2):
        layers += [nn.Linear(before, width, bias=False)] + [nn.BatchNorm1d(width, affine=False)] * normalizes + [make()]
        before = width
    return nn.Sequential(*layers, nn.Linear(width, 10))
for name, make in [('ReLU', lambda: net(nn.ReLU)), ('Chebyshev 4', lambda: net(lambda: Chebyshev(4))),
                   ('Chebyshev 12', lambda: net(lambda: Chebyshev(12))),
                   ('normalized 4', lambda: net(lambda: Normalized(4), False))]:
    network = make()
    optimizer = torch.optim.SGD(network.parameters(), .001, momentum=.9)
    x = torch.rand(batch, 784); y = torch.arange(batch) % 10
    times = []
    for k in range(steps + 10):
        t = time.perf_counter()
        optimizer.zero_grad(); nn.functional.cross_entropy(network(x), y).backward(); optimizer.step()
        times.append(time.perf_counter() - t)
    times = times[10:]
    print(f'{name} width {width} threads {threads} batch {batch} median {np.median(times):.6f} s/step min {min(times):.6f}', flush=True)
