"""Brian2 side of the race of inhibitory networks: `bench inhibitory` simulates the same networks.
usage: brian2_inhibitory.py cpu THREADS [ROUNDS]   compiles all once, then prints a line a run."""
import os, subprocess, sys, tempfile, numpy as np
from brian2 import *
threads, rounds = int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
networks = [(1000, 20, 1), (1000, 100, 1), (1000, 0, 1), (10000, 20, 1), (10000, 100, 1), (10000, 100, 5)]
length, delay, seed = 1000, 0.1, 1
def uniforms(count):
    """SplitMix64 from `seed` on, as numbers in 0..<1."""
    z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * 2.0 ** -53
def network(n, k):
    draws = uniforms(2 * n + (n * k * 3 // 2 + 1000 if k else 0))
    a, v, rest = 1 + 0.5 * draws[:n], draws[n:2 * n], (draws[2 * n:] * n).astype(int).tolist()
    place, sources = 0, []
    for i in range(n if k else 0):
        chosen = {i: None}
        while len(chosen) <= k:
            chosen[rest[place]] = None
            place += 1
        sources += [j for j in chosen if j != i]
    return a, v, sources
def program(folder, n, k, g):
    """Compiles the network into a program of its own, which writes how long its run took."""
    set_device('cpp_standalone', build_on_run=False, directory=folder)
    device.reinit(); device.activate(build_on_run=False, directory=folder)
    if threads > 1: prefs.devices.cpp_standalone.openmp_threads = threads
    defaultclock.dt = 0.01 * second
    drives, potentials, sources = network(n, k)
    neurons = NeuronGroup(n, 'dv/dt = (a - v)/second : 1\na : 1', threshold='v >= 1', reset='v = 0', method='exact')
    neurons.a, neurons.v = drives, potentials
    synapses = Synapses(neurons, neurons, on_pre='v_post -= J', delay=delay * second, namespace={'J': g / (k or n - 1)})
    if k: synapses.connect(i=np.array(sources), j=np.repeat(np.arange(n), k))
    else: synapses.connect(condition='i != j')
    spikes = SpikeMonitor(neurons, record=False)
    Network(neurons, synapses, spikes).run(length * second)
    device.build(directory=folder, compile=True, run=False, with_output=False)
with tempfile.TemporaryDirectory() as root:
    for index, (n, k, g) in enumerate(networks): program(f'{root}/{index}', n, k, g)
    for _ in range(rounds):
        for index, (n, k, g) in enumerate(networks):
            folder = f'{root}/{index}'
            subprocess.run([f'{folder}/main'], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            seconds = float(open(f'{folder}/results/last_run_info.txt').read().split()[0])
            print(f'N {n} K {k or n - 1} g {g} Brian2 dt 0.01 threads {threads} median {seconds:.6f} s', flush=True)
