import Engine

/// `ste_catalogue`: the curves at their standard numbers, their masses and moments; in Double, and
/// what the kernels make of the same points in Float32.
struct SurrogateCatalogueCheck: GoldenCheck {
  var name: String { "ste_catalogue" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let x = try file.value("x").doubles()
    for item in try file.value("entries").elements() {
      tally.countCase()
      let surrogate = try surrogate(item)
      let values = try item.value("values").doubles(count: x.count)
      tally.compare(
        x.map { surrogate.derivative($0) }, values, .double, at: "\(item.path).values")
      tally.compare(
        surrogate.slopes(at: x.map(Float.init)).map(Double.init), values, .single,
        at: "\(item.path).values (kernel)")
      try checkMass(of: surrogate, item, &tally)
      try checkMoments(of: surrogate, item, &tally)
    }
  }

  private func surrogate(_ item: GoldenValue) throws -> Surrogate {
    let id = try item.value("id")
    let text = try id.text()
    guard let kind = Surrogate.Kind(rawValue: text) else {
      throw id.invalid("a surrogate of the catalogue", found: text)
    }
    let listed = try item.value("params")
    let known = Set(kind.parameters.map(\.name))
    for (key, value) in try listed.members() where !known.contains(key) {
      throw value.invalid("a number of \(text)", found: key)
    }
    var numbers: [Double] = []
    for parameter in kind.parameters { numbers.append(try listed.value(parameter.name).double()) }
    do {
      return try Surrogate(kind, parameters: numbers)
    } catch {
      throw listed.invalid("numbers within their ranges", found: "\(error)")
    }
  }

  private func checkMass(
    of surrogate: Surrogate, _ item: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    let listed = try item.value("integral_over_R")
    guard let mass = surrogate.mass else { return }
    guard !listed.isNull else {
      return tally.require(mass.isInfinite, at: listed.path, "the mass is \(mass)")
    }
    tally.compare(mass, try listed.double(), .absolute(1e-8), at: listed.path)
  }

  private func checkMoments(
    of surrogate: Surrogate, _ item: GoldenValue, _ tally: inout GoldenTally
  ) throws {
    let moments = surrogate.moments(radius: 1, angle: .pi / 3)
    for (key, found) in [
      ("A", moments.positive), ("B", moments.total), ("A_minus_B", moments.negativeSide),
      ("c_u_at_pi_3", moments.along), ("c_perp_at_pi_3", moments.across),
    ] {
      let listed = try item.value(key)
      tally.compare(found, try listed.double(), .absolute(1e-9), at: listed.path)
    }
    let vanishes = try item.value("vanishes_at_spurious")
    tally.require(
      (abs(moments.negativeSide) < 1e-9) == (try vanishes.truth()), at: vanishes.path,
      "A - B is \(moments.negativeSide)")
  }
}
