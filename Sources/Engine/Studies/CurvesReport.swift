/// A look at learned activations: the curves, what they are made of, and what they make of the data
/// (specifications of self-learnable activations, 10, and of the Kolmogorov network of Gaussian
/// processes, 10).
package struct CurvesReport: Sendable, Equatable, Codable {
  /// Optimizer steps done when it was made.
  package var step: Int
  package var epoch: Int
  /// In reading order, row by row.
  package var curves: [CurveReport]
  /// Titles of the columns where the curves form a table, e.g. attributes and `output`; none where
  /// they only follow one another.
  package var columns: [String] = []
  /// Epochs between ``CurveReport/past`` and now.
  package var pastEpochs = 0
  /// What each class is called, in the order of densities.
  package var classes: [String] = []
  package var layers: [CurveLayerReport] = []
  package var health: [HealthItem] = []
  /// How much each input matters, as shares of 1; none where nothing is known of them.
  package var shares: [Share] = []
  package var example: ExampleReport?
  package var map: DecisionMap?
  package var polynomial: PolynomialReport?
  /// One line on the size of the model, e.g. `5 curves, 36 parameters`.
  package var outline = ""

  package init(step: Int, epoch: Int, curves: [CurveReport]) {
    self.step = step
    self.epoch = epoch
    self.curves = curves
  }

  /// A named share of 1.
  package struct Share: Sendable, Equatable, Codable {
    package var name: String
    package var value: Double

    package init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// A number that tells whether the activations are well.
  package struct HealthItem: Sendable, Equatable, Codable {
    package var title: String
    package var value: Double
    /// Whether the value is one to worry about.
    package var isAlarming: Bool

    package init(_ title: String, _ value: Double, isAlarming: Bool = false) {
      self.title = title
      self.value = value
      self.isAlarming = isAlarming
    }
  }
}

/// One learned activation.
package struct CurveReport: Sendable, Equatable, Codable {
  /// What edits call it, e.g. `unit1.variance` or `2.learned.7`.
  package var id: String
  package var title: String
  /// The range of inputs shown, in the units of the data.
  package var inputs: ClosedRange<Double>
  /// Heights at evenly spaced inputs over the whole range: at present, before training, and some
  /// epochs ago; the latter two may be empty.
  package var now: [Double]
  package var start: [Double] = []
  package var past: [Double] = []
  /// Of each class how many rows lie in equal parts of the range; one entry where classes are not
  /// told apart, none where the data are unknown.
  package var density: [[Double]] = []
  /// Points that the curve is drawn through, where it is.
  package var points: [Point] = []
  /// What it looks like in words, e.g. `linear falling, R2 0.99` or `tanh-like 0.012`.
  package var words = ""
  package var isFrozen = false

  package init(id: String, title: String, inputs: ClosedRange<Double>, now: [Double]) {
    self.id = id
    self.title = title
    self.inputs = inputs
    self.now = now
  }

  /// A control point.
  package struct Point: Sendable, Equatable, Codable {
    package var input: Double
    package var height: Double
    /// The derivative of the loss by the height: the data pull the other way.
    package var gradient: Double

    package init(input: Double, height: Double, gradient: Double) {
      self.input = input
      self.height = height
      self.gradient = gradient
    }
  }
}

/// A layer of self-learnable activations.
package struct CurveLayerReport: Sendable, Equatable, Codable {
  /// What edits call it, e.g. `2.learned`.
  package var id: String
  /// One line, e.g. `chebyshev, degree 12, a row per unit`.
  package var outline: String
  /// Means over the rows of the layer of c_j by power, from the constant on.
  package var coefficients: [Double]
  /// How far each power's gate is open, 0...1, without the constant; none without gates.
  package var gates: [Double] = []
  /// By its name.
  package var basis = ""
  package var isFrozen = false

  package init(id: String, outline: String, coefficients: [Double]) {
    self.id = id
    self.outline = outline
    self.coefficients = coefficients
  }
}

/// Why a network says what it says of one row of the data.
package struct ExampleReport: Sendable, Equatable, Codable {
  /// e.g. `test row 12`.
  package var title: String
  /// What is true and what the network says, as their classes or values are called.
  package var target: String
  package var answer: String
  /// One entry a unit.
  package var units: [Unit]
  package var logit: Double
  /// Of the answer; `nil` where there are no classes.
  package var probability: Double?
  /// The smallest change of a single input that turns the answer, where there is one.
  package var flips: [Flip]

  package init(
    title: String, target: String, answer: String, units: [Unit], logit: Double,
    probability: Double?, flips: [Flip]
  ) {
    self.title = title
    self.target = target
    self.answer = answer
    self.units = units
    self.logit = logit
    self.probability = probability
    self.flips = flips
  }

  package struct Unit: Sendable, Equatable, Codable {
    /// Of each input, less its mean over the training data.
    package var contributions: [CurvesReport.Share]
    /// What goes into the outer curve, and what comes out.
    package var input: Double
    package var output: Double

    package init(contributions: [CurvesReport.Share], input: Double, output: Double) {
      self.contributions = contributions
      self.input = input
      self.output = output
    }
  }

  package struct Flip: Sendable, Equatable, Codable {
    package var name: String
    package var from: Double
    package var to: Double

    package init(name: String, from: Double, to: Double) {
      self.name = name
      self.from = from
      self.to = to
    }
  }
}

/// What a network of two inputs says all over their plane.
package struct DecisionMap: Sendable, Equatable, Codable {
  package var columns: Int
  package var rows: Int
  /// The probability of the second class, row by row from the top.
  package var values: [Double]
  package var horizontal: ClosedRange<Double>
  package var vertical: ClosedRange<Double>

  package init(
    columns: Int, rows: Int, values: [Double], horizontal: ClosedRange<Double>,
    vertical: ClosedRange<Double>
  ) {
    self.columns = columns
    self.rows = rows
    self.values = values
    self.horizontal = horizontal
    self.vertical = vertical
  }
}

/// A network of polynomial activations written as the one polynomial that it is.
package struct PolynomialReport: Sendable, Equatable, Codable {
  package var degree: Int
  package var monomials: Int
  /// The largest ones, e.g. `x1^2 x2` with its coefficient; none where there are too many to expand.
  package var largest: [CurvesReport.Share]

  package init(degree: Int, monomials: Int, largest: [CurvesReport.Share]) {
    self.degree = degree
    self.monomials = monomials
    self.largest = largest
  }
}

/// The kinds of activations that learn.
package enum LearnedActivations: String, Sendable, Equatable, Codable {
  case selfLearnable, gaussianProcess
  /// Gaussian processes in the last layer of a deeper network.
  case head
}
