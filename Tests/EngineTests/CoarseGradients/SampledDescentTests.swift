import Engine
import Foundation
import Testing

@Suite("Sampled coarse gradients")
struct SampledDescentTests {
  @Test func `The portable generator's first numbers`() {
    var words = SplitMix64(state: 12345)
    #expect(words.next() == 0x2211_8258_a9d1_11a0)
    let normals = PortableNormals(seed: 12345)
    let first = normals.numbers(9)
    #expect(first[0] == 0.5625435185875695)
    for start in 1..<6 {
      #expect(normals.numbers(9 - start, from: start) == Array(first[start...]))
    }
    #expect(normals.numbers(0).isEmpty)
  }

  @Test func `Means over samples come near the expectations (T3)`() throws {
    let points = try RandomPoints.make(3, seed: 12)
    for point in points {
      var sums = SampleSums(point, estimators: RandomPoints.estimators)
      sums.add(0..<50_000, of: PortableNormals(seed: 5))
      #expect(abs(sums.meanLoss - point.loss) <= 5 * sums.lossStandardError)
      for (row, error) in sums.gradientVStandardErrors.enumerated() {
        #expect(abs(sums.meanGradientV[row] - point.gradientV[row]) <= 5 * error)
      }
      for (index, estimator) in RandomPoints.estimators.enumerated() {
        let exact = ExpectedCoarseGradient(of: estimator, at: point).vector(at: point)
        let (means, errors) = (sums.meanGradientW(index), sums.gradientWStandardErrors(index))
        for column in exact.indices {
          #expect(abs(means[column] - exact[column]) <= 5 * errors[column], "\(estimator.name)")
        }
      }
    }
  }

  private func sampled(_ batch: Int, seed: UInt64 = 3) throws -> CoarseGradientDescent {
    let start = CoarseStart.random(seed: 2024, index: 3, norm: 3)
    return CoarseGradientDescent(
      from: try start.point(for: RandomPoints.teacher()),
      settings: .init(rate: 0.05, estimator: .clippedReLU, batch: batch, seed: seed))
  }

  @Test func `The same seed gives the same descent, another seed another`() throws {
    var (first, second, third) = (try sampled(10), try sampled(10), try sampled(10, seed: 4))
    first.run(30)
    second.run(10)
    second.run(20)
    third.run(30)
    #expect(first.point.w == second.point.w && first.drawn == 300)
    #expect(first.point.w != third.point.w)
  }

  @Test(arguments: [nil, 10])
  func `A descent goes on from its state as if it had never stopped`(batch: Int?) throws {
    var settings = try sampled(10).settings
    settings.batch = batch
    let start = try CoarseStart.random(seed: 2024, index: 1, norm: 1).point(
      for: RandomPoints.teacher())
    var whole = CoarseGradientDescent(from: start, settings: settings)
    whole.run(50)
    let stored = try JSONDecoder().decode(
      CoarseGradientDescent.State.self, from: JSONEncoder().encode(whole.state))
    var resumed = try CoarseGradientDescent(stored, teacher: start.teacher, settings: settings)
    whole.run(200)
    resumed.run(200)
    #expect(resumed.state == whole.state && resumed.record.steps == 250)
    #expect(throws: CoarseGradientError.self) {
      var state = stored
      state.w = [1]
      _ = try CoarseGradientDescent(state, teacher: start.teacher, settings: settings)
    }
  }

  @Test func `A larger batch points nearer to the expected gradient`() throws {
    var angles: [Double] = []
    for batch in [10, 100, 10_000] {
      var descent = try sampled(batch)
      var sum = 0.0
      for _ in 0..<20 {
        descent.run(1)
        sum += try #require(CoarseReadings(descent).sampleAngle)
      }
      angles.append(sum / 20)
    }
    #expect(angles[0] > angles[1] && angles[1] > angles[2] && angles[2] < 0.2)
  }

  @Test func `A batch shows the loss at the point where it was drawn`() throws {
    var descent = try sampled(2000)
    let start = descent.point
    descent.run(1)
    var sums = SampleSums(start, estimators: [])
    sums.add(0..<2000, of: PortableNormals(seed: 3))
    let view = try #require(descent.batchView)
    #expect(view.empiricalLoss == sums.meanLoss && view.loss == start.loss)
    #expect(CoarseReadings(descent).empiricalLoss == sums.meanLoss)
  }

  @Test func `Sampled descent comes near the minimum that exact descent finds`() throws {
    var descent = try sampled(1000)
    descent.run(2000)
    #expect(descent.point.loss < 0.02)
  }
}
