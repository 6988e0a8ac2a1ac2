extension Surrogate {
  /// The curves of the catalogue (specification of the coarse gradient, table 5.2), called as there.
  /// S is the logistic function, N(x; m, s^2) the normal density.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// 1. Rosenblatt 1957; Hinton 2012, lecture 9c; Bengio 2013, arXiv:1308.3432.
    case identity
    /// 1 where x > 0. DoReFa, arXiv:1606.06160; HWGQ, arXiv:1702.00953.
    case relu
    /// 1 where 0 < x <= c; c is L alpha at a quantizer. HWGQ, arXiv:1702.00953.
    case clippedReLU = "clipped_relu"
    /// 1 where 0 < x <= q, 1 / (x - (q - 1)) above. HWGQ, arXiv:1702.00953.
    case logTailedReLU = "log_tailed_relu"
    /// 1 where x > 0, else `slope`. snnTorch LSO; SpikingJelly LeakyKReLU.
    case leakyReLU = "leaky_relu"
    /// 1 where |x| <= c. BNN, arXiv:1602.02830; Larq ste_sign and ste_heaviside.
    case hardTanh = "hard_tanh"
    /// max(0, 2 - 2|x|), meant for the sign (half of it for 0 and 1). Bi-Real, arXiv:1808.00278.
    case approxSign = "approx_sign"
    /// b (2 - b x tanh(b x / 2)) / (1 + cosh(b x)), with negative lobes. BNN+, arXiv:1812.11800.
    case swishSign = "swish_sign"
    /// a S(a x) (1 - S(a x)). Bengio 2013; a = 4 in SpikingJelly, 25 in snnTorch.
    case sigmoid
    /// 1 - tanh(k x)^2. Norse, which leaves out the factor k of the chain rule.
    case tanh
    /// 1 / (1 + k|x|)^2. SuperSpike, arXiv:1705.11146; snnTorch.
    case fastSigmoid = "fast_sigmoid"
    /// The same with k = 100: Norse's default.
    case superSpike = "superspike"
    /// a / (2 (1 + a|x|)^2): a fast sigmoid of mass 1. SpikingJelly.
    case softSign = "soft_sign"
    /// (a / 2) / (1 + (pi a x / 2)^2). Fang 2021, arXiv:2007.05785; snnTorch's default.
    case arctan
    /// gamma max(0, 1 - |x| / w). Esser 2016, PNAS.
    case triangular
    /// The same with gamma = 0.3. LSNN, Bellec 2018, arXiv:1803.09574.
    case triangularLSNN = "triangular_lsnn"
    /// 1 / w where |x| < w / 2. STBP, arXiv:1706.02609.
    case boxcar
    /// 1 / w where |x| < w, else c. SpikingJelly's code, whose documentation and primitive differ.
    case piecewiseLeaky = "piecewise_leaky"
    /// (a / sqrt(pi)) exp(-a^2 x^2). SpikingJelly Erf.
    case gaussianErf = "gaussian_erf"
    /// N(x; 0, sigma^2). Yin, Corradi and Bohte 2021, arXiv:2103.12593.
    case gaussian
    /// g ((1 + h) N(x; 0, s^2) - h N(x; s, (k s)^2) - h N(x; -s, (k s)^2)) with s = sigma: negative
    /// lobes. Yin, Corradi and Bohte 2021, arXiv:2103.12593.
    case multiGaussian = "multi_gaussian"
    /// (scale / (2 tau)) exp(-|x| / tau). SLAYER, arXiv:1810.08646; lava-dl; SpikingJelly.
    case exponential
    /// The same with the effective numbers of lava-dl's CUBA neuron at threshold 1.
    case slayerLavaCUBA = "slayer_lava_cuba"
    /// k exp(-beta |x - 1|). snnTorch.
    case spikeRateEscape = "spike_rate_escape"
    /// 1 / (1 + k|x|)^2 where x > B. Perez-Nieves and Goodman 2021, arXiv:2105.08810; snnTorch SFS.
    case sparseFastSigmoid = "sparse_fast_sigmoid"
    /// (1 + 2|x| / (q - 1))^-q. Herranz-Celotti and Rouat 2022, arXiv:2202.00282.
    case qPseudoSpike = "q_pseudo_spike"
    /// a S(a x) (1 - S(a x)) where x < 0, else beta / (x + 1). S2NN, arXiv:2201.10879; the code of
    /// SpikingJelly, whose documentation says beta (x + 1).
    case s2nn
    /// a / (1 + a|x|). SpikingJelly NonzeroSignLogAbs.
    case logAbs = "log_abs"
    /// 1 where x > 0, else (U + mu) s2 with U uniform on -1/2 ..< 1/2, drawn anew each time.
    /// snnTorch SSO.
    case stochasticSpike = "stochastic_spike"
    /// 1 where x < 0: a control that should fail.
    case reverseReLU = "reverse_relu"
    /// 0, the true derivative almost everywhere: a control.
    case zero
  }
}

extension Surrogate.Kind {
  /// The numbers of the curve, with the values of its source.
  package var parameters: [Surrogate.Parameter] {
    typealias Parameter = Surrogate.Parameter
    switch self {
    case .identity, .relu, .approxSign, .reverseReLU, .zero: return []
    case .clippedReLU, .hardTanh: return [Parameter("c", 1)]
    case .logTailedReLU: return [Parameter("q", 1)]
    case .leakyReLU: return [Parameter("slope", 0.1, in: 0...1, by: 0.05)]
    case .swishSign: return [Parameter("beta", 5)]
    case .sigmoid: return [Parameter("alpha", 4)]
    case .tanh: return [Parameter("k", 1)]
    case .fastSigmoid: return [Parameter("k", 25)]
    case .superSpike: return [Parameter("k", 100)]
    case .softSign, .arctan, .gaussianErf: return [Parameter("alpha", 2)]
    case .triangular: return [Parameter("gamma", 1), Parameter("w", 1)]
    case .triangularLSNN: return [Parameter("gamma", 0.3), Parameter("w", 1)]
    case .boxcar: return [Parameter("w", 1)]
    case .piecewiseLeaky: return [Parameter("w", 1), Parameter("c", 0.01, in: 0...1e4, by: 0.01)]
    case .gaussian: return [Parameter("sigma", 0.5)]
    case .multiGaussian:
      return [
        Parameter("g", 0.5), Parameter("h", 0.15, in: 0...10, by: 0.05), Parameter("k", 6),
        Parameter("sigma", 0.5),
      ]
    case .exponential: return [Parameter("tau", 1), Parameter("scale", 1)]
    case .slayerLavaCUBA: return [Parameter("tau", 100), Parameter("scale", 0.1)]
    case .spikeRateEscape: return [Parameter("k", 25), Parameter("beta", 1)]
    case .sparseFastSigmoid: return [Parameter("k", 25), Parameter("B", 1, in: 0...1e4, by: 0.1)]
    case .qPseudoSpike: return [Parameter("q", 2, in: 1.01...100)]
    case .s2nn: return [Parameter("alpha", 4), Parameter("beta", 1)]
    case .logAbs: return [Parameter("alpha", 1)]
    case .stochasticSpike:
      return [
        Parameter("mu", 0, in: -1e4...1e4, by: 0.1), Parameter("s2", 0.2, in: 0...1e4, by: 0.05),
      ]
    }
  }

  package var support: Surrogate.Support {
    switch self {
    case .relu, .clippedReLU, .logTailedReLU, .sparseFastSigmoid: .oneSided
    case .leakyReLU, .spikeRateEscape, .s2nn, .stochasticSpike, .reverseReLU: .asymmetric
    case .zero: .none
    default: .symmetric
    }
  }
}
