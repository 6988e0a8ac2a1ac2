"""PyTorch side of the races of convolutional networks: `bench feedforward` trains the same networks.
usage: torch_feedforward.py cpu THREADS [BITS [STEPS]]   prints seconds per training step; BITS 0 is full precision."""
import sys, time, numpy as np, torch
from torch import nn
threads = int(sys.argv[2])
bits = int(sys.argv[3]) if len(sys.argv) > 3 else 2
steps = int(sys.argv[4]) if len(sys.argv) > 4 else 0
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
def conv(before, after, kernel=3, padding=1, stride=1):
    return [nn.Conv2d(before, after, kernel, stride, padding, bias=False), nn.BatchNorm2d(after, affine=False)]
class Block(nn.Module):
    """Residual block with the shortcut of option A: every second pixel, channels filled with zeros."""
    def __init__(self, before, after):
        super().__init__()
        self.stride, self.more = (1, 0) if before == after else (2, after - before)
        self.work = nn.Sequential(*conv(before, after, stride=self.stride), Activation(), *conv(after, after))
        self.end = Activation()
    def forward(self, x):
        short = x if not self.more else nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.more // 2, self.more - self.more // 2))
        return self.end(self.work(x) + short)
def lenet():
    return nn.Sequential(
        *conv(1, 6, 5, 2), Activation(), nn.MaxPool2d(2), *conv(6, 16, 5, 0), Activation(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120, bias=False), nn.BatchNorm1d(120, affine=False), Activation(),
        nn.Linear(120, 84, bias=False), nn.BatchNorm1d(84, affine=False), Activation(), nn.Linear(84, 10))
def vgg():
    layers, before = [], 3
    for stage in [[64], [128], [256, 256], [512, 512], [512, 512]]:
        for channels in stage:
            layers += conv(before, channels) + [Activation()]
            before = channels
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(512, 10))
def resnet():
    blocks = [Block(a, b) for a, b in [(16, 16)] * 3 + [(16, 32)] + [(32, 32)] * 2 + [(32, 64)] + [(64, 64)] * 2]
    return nn.Sequential(*conv(3, 16), Activation(), *blocks, nn.AvgPool2d(8), nn.Flatten(), nn.Linear(64, 10))
for name, make, batch, shape, count in [('LeNet-5', lenet, 64, (1, 28, 28), 60), ('VGG-11', vgg, 128, (3, 32, 32), 4),
                                        ('ResNet-20', resnet, 128, (3, 32, 32), 6)]:
    net = make()
    optimizer = torch.optim.SGD(net.parameters(), .01, momentum=.9)
    x = torch.rand(batch, *shape); y = torch.arange(batch) % 10
    times, count = [], steps or count
    for k in range(count + 2 + count // 10):
        t = time.perf_counter()
        optimizer.zero_grad(); nn.functional.cross_entropy(net(x), y).backward(); optimizer.step()
        times.append(time.perf_counter() - t)
    times = times[-count:]
    print(f'{name} {bits} bits threads {threads} batch {batch} median {np.median(times):.6f} s/step min {min(times):.6f}', flush=True)
