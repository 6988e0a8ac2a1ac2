/// Changes of the simulation. What steers it has been checked: numbers that knobs have are in their
/// ranges, so that the simulation refuses none of them.
extension InhibitoryCourse {
  func set(coupling: Double) {
    if simulation.coupling != coupling { try? simulation.set(coupling: coupling) }
  }

  func set(delay: Double) { try? simulation.set(delay: delay) }

  func set(drives: [Double]) { try? simulation.set(drives: drives) }

  func perturb(by amount: Double, seed: UInt64) {
    try? simulation.perturb(deviation: amount, seed: seed)
  }
}
