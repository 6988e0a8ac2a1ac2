import Foundation

extension KolmogorovScore {
  /// Of anything that has outputs for a scaled row, in double.
  package init(
    _ indices: [Int], of table: TableSet, loss: KolmogorovTraining.Loss,
    outputs: ([Double]) -> [Double]
  ) {
    rows = indices.count
    for row in indices {
      let f = outputs(table.scaledRow(row))
      let target = table.scaledTarget(row)
      switch loss {
      case .logistic:
        self.loss += max(f[0], 0) - f[0] * target + log1p(exp(-abs(f[0])))
        if (f[0] > 0) == (target > 0.5) { right += 1 }
      case .softmax:
        let most = f.max() ?? 0
        let sum = f.reduce(0) { $0 + exp($1 - most) }
        self.loss += most + log(sum) - f[Int(target)]
        if f.firstIndex(of: most) == Int(target) { right += 1 }
      case .square:
        squares += (f[0] - target) * (f[0] - target)
        self.loss += (f[0] - target) * (f[0] - target) / 2
      }
    }
  }
}
