import Foundation

/// What outputs are held against.
extension KolmogorovPass {
  /// The score of ``outputs``, whose place the derivatives of the mean loss take.
  func measure(_ loss: KolmogorovTraining.Loss) -> KolmogorovScore {
    var score = KolmogorovScore(rows: rows)
    let share = Float(1 / Double(rows))
    switch loss {
    case .logistic: measureLogistic(share, &score)
    case .softmax: measureSoftmax(share, &score)
    case .square: measureSquare(share, &score)
    }
    return score
  }

  private func measureLogistic(_ share: Float, _ score: inout KolmogorovScore) {
    let base = outputs.base
    for row in 0..<rows {
      let (f, target) = (base[row], targets[row])
      let decay = exp(-abs(f))
      score.loss += Double(max(f, 0) - f * target + log1p(decay))
      if (f > 0) == (target > 0.5) { score.right += 1 }
      let probability = f >= 0 ? 1 / (1 + decay) : decay / (1 + decay)
      base[row] = (probability - target) * share
    }
  }

  private func measureSoftmax(_ share: Float, _ score: inout KolmogorovScore) {
    let (base, classes) = (outputs.base, outputs.rows)
    for row in 0..<rows {
      let target = Int(targets[row])
      var (best, most) = (0, -Float.infinity)
      for output in 0..<classes where base[output * rows + row] > most {
        (best, most) = (output, base[output * rows + row])
      }
      var sum: Float = 0
      for output in 0..<classes { sum += exp(base[output * rows + row] - most) }
      score.loss += Double(most + log(sum) - base[target * rows + row])
      if best == target { score.right += 1 }
      for output in 0..<classes {
        let probability = exp(base[output * rows + row] - most) / sum
        base[output * rows + row] = (probability - (output == target ? 1 : 0)) * share
      }
    }
  }

  private func measureSquare(_ share: Float, _ score: inout KolmogorovScore) {
    let base = outputs.base
    for row in 0..<rows {
      let difference = base[row] - targets[row]
      score.squares += Double(difference * difference)
      base[row] = difference * share
    }
    score.loss = score.squares / 2
  }
}
