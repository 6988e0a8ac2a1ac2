import Engine

extension Choices {
  static let spikeData = list { (data: SpikingConfiguration.DataSet) in
    switch data {
    case .digits: "8x8 handwritten digits, part of the program, as Poisson trains of 64 pixels"
    case .mnist: "handwritten digits as Poisson trains of 784 pixels"
    case .fashionMNIST: "pictures of clothes as Poisson trains of 784 pixels"
    case .fsdd: "spoken digits through an ear of 64 channels"
    case .ti46Digits: "spoken digits of TI46, which you have, through an ear of 78 channels"
    case .ti46Letters: "spoken letters of TI46, which you have, through an ear of 78 channels"
    case .nTIDIGITS: "digits heard by a silicon cochlea of 64 channels; the file is yours"
    case .nMNIST: "digits seen by an event camera, 2,312 channels; the files are yours"
    }
  }

  static let graphs = list { (rule: RecurrentGraph.Rule) in
    switch rule {
    case .distance: "near neurons of a grid, in all directions"
    case .released: "as the authors' program drew it: without loops but of a neuron with itself"
    }
  }

  static let spikeMethods = list { (method: SpikeTrainRule.Method) in
    switch method {
    case .spikeTrain: "spike-train level backpropagation, recurrence as a linear system"
    case .hybrid: "its predecessor, counts to first order and no linear system"
    }
  }

  static let postDerivatives = list { (derivative: SpikeTrainRule.PostDerivative) in
    switch derivative {
    case .table: "the slope of the mean over random trains"
    case .ratio: "potential by count, which makes the closed form useless: a stress test"
    }
  }

  static let weightRules = list { (rule: SpikeTrainRule.WeightRule) in
    switch rule {
    case .selfLoop: "of the neuron alone, as the authors' program has it"
    case .full: "of the whole layer's linear system"
    }
  }
}
