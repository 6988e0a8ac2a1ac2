/// What each curve is, in one line for people.
extension Surrogate.Kind {
  /// mu'(x) with the names of its numbers.
  package var formula: String {
    switch self {
    case .identity: "1"
    case .relu: "1 where x > 0"
    case .clippedReLU: "1 where 0 < x <= c"
    case .logTailedReLU: "1 where 0 < x <= q, 1/(x - (q - 1)) above"
    case .leakyReLU: "1 where x > 0, else slope"
    case .hardTanh: "1 where |x| <= c"
    case .approxSign: "max(0, 2 - 2|x|)"
    case .swishSign: "beta(2 - beta x tanh(beta x/2))/(1 + cosh(beta x))"
    case .sigmoid: "alpha S(alpha x)(1 - S(alpha x))"
    case .tanh: "1 - tanh(k x)^2"
    case .fastSigmoid: "1/(1 + k|x|)^2"
    case .superSpike: "1/(1 + k|x|)^2"
    case .softSign: "alpha/(2(1 + alpha|x|)^2)"
    case .arctan: "(alpha/2)/(1 + (pi alpha x/2)^2)"
    case .triangular: "gamma max(0, 1 - |x|/w)"
    case .triangularLSNN: "gamma max(0, 1 - |x|/w)"
    case .boxcar: "1/w where |x| < w/2"
    case .piecewiseLeaky: "1/w where |x| < w, else c"
    case .gaussianErf: "(alpha/sqrt(pi)) exp(-(alpha x)^2)"
    case .gaussian: "N(x; 0, sigma^2)"
    case .multiGaussian:
      "g((1 + h)N(x; 0, s^2) - h N(x; s, (k s)^2) - h N(x; -s, (k s)^2)), s = sigma"
    case .exponential: "(scale/(2 tau)) exp(-|x|/tau)"
    case .slayerLavaCUBA: "(scale/(2 tau)) exp(-|x|/tau)"
    case .spikeRateEscape: "k exp(-beta|x - 1|)"
    case .sparseFastSigmoid: "1/(1 + k|x|)^2 where x > B"
    case .qPseudoSpike: "(1 + 2|x|/(q - 1))^-q"
    case .s2nn: "alpha S(alpha x)(1 - S(alpha x)) where x < 0, else beta/(x + 1)"
    case .logAbs: "alpha/(1 + alpha|x|)"
    case .stochasticSpike: "1 where x > 0, else (U + mu) s2, U in [-1/2, 1/2)"
    case .reverseReLU: "1 where x < 0"
    case .zero: "0"
    }
  }

  /// Where it is from.
  package var source: String {
    switch self {
    case .identity: "Rosenblatt 1957; Hinton 2012; Bengio 2013, arXiv:1308.3432"
    case .relu: "DoReFa, arXiv:1606.06160; HWGQ, arXiv:1702.00953"
    case .clippedReLU: "HWGQ, arXiv:1702.00953"
    case .logTailedReLU: "HWGQ, arXiv:1702.00953"
    case .leakyReLU: "snnTorch LSO; SpikingJelly LeakyKReLU"
    case .hardTanh: "BNN, arXiv:1602.02830; Larq"
    case .approxSign: "Bi-Real, arXiv:1808.00278"
    case .swishSign: "BNN+, arXiv:1812.11800"
    case .sigmoid: "Bengio 2013; SpikingJelly, snnTorch (25)"
    case .tanh: "Norse"
    case .fastSigmoid: "SuperSpike, arXiv:1705.11146; snnTorch"
    case .superSpike: "SuperSpike, arXiv:1705.11146; Norse"
    case .softSign: "SpikingJelly"
    case .arctan: "Fang 2021, arXiv:2007.05785; snnTorch"
    case .triangular: "Esser 2016, PNAS"
    case .triangularLSNN: "LSNN, arXiv:1803.09574"
    case .boxcar: "STBP, arXiv:1706.02609"
    case .piecewiseLeaky: "SpikingJelly"
    case .gaussianErf: "SpikingJelly Erf"
    case .gaussian: "Yin 2021, arXiv:2103.12593"
    case .multiGaussian: "Yin 2021, arXiv:2103.12593"
    case .exponential: "SLAYER, arXiv:1810.08646; lava-dl"
    case .slayerLavaCUBA: "lava-dl CUBA neuron"
    case .spikeRateEscape: "snnTorch"
    case .sparseFastSigmoid: "Perez-Nieves 2021, arXiv:2105.08810; snnTorch SFS"
    case .qPseudoSpike: "Herranz-Celotti 2022, arXiv:2202.00282"
    case .s2nn: "S2NN, arXiv:2201.10879"
    case .logAbs: "SpikingJelly NonzeroSignLogAbs"
    case .stochasticSpike: "snnTorch SSO"
    case .reverseReLU: "a control"
    case .zero: "a control: the true derivative"
    }
  }
}
