import Engine
import Foundation

/// The names that experiment files give to the shapes of a schedule.
package enum ScheduleShapeName: String, Sendable, CaseIterable {
  case hold, linear, geometric, harmonic, cosine, cosineLog, step, exponential
  case piecewiseConstant, keypoints, bits
}

/// Every number that any shape of schedule has, as separate fields.
///
/// A shape fills the fields that it lacks with what comes nearest to its own path, so that
/// changing only the name of a shape keeps its ends.
struct ScheduleFields: Sendable, Equatable {
  var name: ScheduleShapeName
  var value: Double
  var start: Double
  var end: Double
  var plateaus = 4
  var rate = 0.5
  var decaySteps = 1000.0
  var staircase = false
  var boundaries: [Double] = []
  var values: [Double]
  var points: [ScheduleShape.Keypoint]
  var interpolation = ScheduleShape.Interpolation.log
  var startBits: Double
  var endBits: Double
  var width = 2.0

  private init(_ name: ScheduleShapeName, from start: Double, to end: Double) {
    self.name = name
    self.start = start
    self.end = end
    value = end
    values = [end]
    points = [.init(position: 0, value: start), .init(position: 1, value: end)]
    startBits = Self.bits(of: start, width: 2)
    endBits = Self.bits(of: end, width: 2)
  }

  init(_ shape: ScheduleShape) {
    switch shape {
    case .hold(let value): self.init(.hold, from: value, to: value)
    case .linear(let start, let end): self.init(.linear, from: start, to: end)
    case .geometric(let start, let end): self.init(.geometric, from: start, to: end)
    case .harmonic(let start, let end): self.init(.harmonic, from: start, to: end)
    case .cosine(let start, let end): self.init(.cosine, from: start, to: end)
    case .cosineLog(let start, let end): self.init(.cosineLog, from: start, to: end)
    case .step(let start, let end, let plateaus):
      self.init(.step, from: start, to: end)
      self.plateaus = plateaus
    case .exponential(let start, let rate, let decaySteps, let staircase):
      self.init(.exponential, from: start, to: start)
      self.rate = rate
      self.decaySteps = decaySteps
      self.staircase = staircase
    case .piecewiseConstant(let boundaries, let values):
      self.init(.piecewiseConstant, from: values.first ?? 1, to: values.last ?? 1)
      self.boundaries = boundaries
      self.values = values
    case .keypoints(let points, let interpolation):
      self.init(.keypoints, from: points.first?.value ?? 1, to: points.last?.value ?? 1)
      self.points = points
      self.interpolation = interpolation
    case .bits(let start, let end, let width):
      self.init(
        .bits, from: Self.resolution(bits: start, width: width),
        to: Self.resolution(bits: end, width: width))
      startBits = start
      endBits = end
      self.width = width
    }
  }

  var shape: ScheduleShape {
    switch name {
    case .hold: .hold(value)
    case .linear: .linear(start: start, end: end)
    case .geometric: .geometric(start: start, end: end)
    case .harmonic: .harmonic(start: start, end: end)
    case .cosine: .cosine(start: start, end: end)
    case .cosineLog: .cosineLog(start: start, end: end)
    case .step: .step(start: start, end: end, plateaus: plateaus)
    case .exponential:
      .exponential(start: start, rate: rate, decaySteps: decaySteps, staircase: staircase)
    case .piecewiseConstant: .piecewiseConstant(boundaries: boundaries, values: values)
    case .keypoints: .keypoints(points, interpolation: interpolation)
    case .bits: .bits(start: startBits, end: endBits, width: width)
    }
  }

  /// w = (2^b - 1) / width (hybrid-spiking specification, section 2.2).
  static func resolution(bits: Double, width: Double) -> Double {
    (pow(2, bits) - 1) / width
  }

  private static func bits(of resolution: Double, width: Double) -> Double {
    min(24, max(0.01, log2(max(0, resolution) * width + 1)))
  }
}

extension Schedule {
  /// The shape taken apart.
  var fields: ScheduleFields {
    get { ScheduleFields(shape) }
    set { shape = newValue.shape }
  }
}
