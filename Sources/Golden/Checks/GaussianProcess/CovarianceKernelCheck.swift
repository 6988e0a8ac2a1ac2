import Engine

/// `kernels`: covariances of control points, their factors and inverses, and derivatives of the
/// kernels.
struct CovarianceKernelCheck: GoldenCheck {
  var name: String { "kernels" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let z = try file.value("z").doubles()
    let noise = try file.value("noise").double()
    let tolerance = GoldenTolerance.absolute(try file.value("tolerance_float64").double())
    for item in try file.value("cases").elements() {
      tally.countCase()
      let points = try item.controlPoints(z, noise: noise)
      let x = try item.value("x").doubles()
      let size = points.count
      let rows: [(String, [Double])] = [
        ("K_plus_noise", points.covariance.values),
        ("cholesky_lower", points.factor.flatMap { $0 }), ("inverse", points.inverse.values),
        ("k_x_z", x.flatMap(points.kernelRow)), ("dk_dx", x.flatMap(points.kernelSlopes)),
        ("dk_dlengthscale", x.flatMap(points.lengthScaleSlopes)),
      ]
      for (key, found) in rows {
        let expected = try item.value(key).rows(count: found.count / size, columns: size)
        tally.compare(found, expected.flatMap { $0 }, tolerance, at: "\(item.path).\(key)")
      }
      let condition = try item.value("condition_number").double()
      tally.compare(
        points.condition, condition, .relative(1e-9), at: "\(item.path).condition_number")
    }
  }
}

extension GoldenValue {
  /// The control points that a case names, its kernel and length scale being keys of this object.
  func controlPoints(_ inputs: [Double], noise: Double) throws -> ControlPoints {
    let name = try value("kernel")
    guard let kernel = CovarianceKernel(rawValue: try name.text()) else {
      throw name.invalid("the name of a kernel", found: try name.text())
    }
    return try controlPoints(
      inputs, kernel, lengthScale: try value("lengthscale").double(), noise: noise)
  }

  func controlPoints(
    _ inputs: [Double], _ kernel: CovarianceKernel, lengthScale: Double, noise: Double
  ) throws -> ControlPoints {
    let points: ControlPoints
    do {
      points = try ControlPoints(
        inputs: inputs, kernel: kernel, lengthScale: lengthScale, noise: noise)
    } catch {
      throw invalid("control points", found: "\(error)")
    }
    guard points.noise == noise else {
      throw invalid("a noise with which there is a factor", found: "\(noise)")
    }
    return points
  }
}
