/// What of learned activations a view wants to see.
package struct CurvesRequest: Sendable, Equatable, Codable {
  package var example: ExampleChoice
  /// Columns and rows of the map of decisions; `nil` where it is not shown.
  package var map: MapSize?

  package init(example: ExampleChoice = .row(0), map: MapSize? = nil) {
    self.example = example
    self.map = map
  }

  /// A row of the test data.
  package enum ExampleChoice: Sendable, Equatable, Codable {
    case row(Int)
    case mostUncertain
    /// So many errors further than the first one; the last one where there are not so many.
    case error(Int)
  }

  package struct MapSize: Sendable, Equatable, Codable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }
}

/// What may be done to one learned activation, or to a layer of them.
package enum CurveChange: Sendable, Equatable, Codable {
  /// A control point, counted from 0, to a height.
  case move(point: Int, height: Double)
  case freeze
  case thaw
  /// Replaced by the straight line that fits it best where the data are.
  case straighten
  /// The control points of all curves that share them with this one spread over what comes in, the
  /// curves staying as they are.
  case regrid
  /// Replaced by its mean over the data, and kept so.
  case remove
  /// The coefficients that are best for the data with all else as it is: a convex problem.
  case fit
  /// Back to the fit of a known function, by its name.
  case begin(like: String)
  case degree(Int)
  /// Another basis, by its name.
  case basis(String)
}
