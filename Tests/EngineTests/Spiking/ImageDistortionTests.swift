import Engine
import Testing

@Suite struct ImageDistortionTests {
  private static let side = 28
  /// A bright square in the middle.
  private static let square: [Float] = (0..<side * side).map { place in
    9..<19 ~= place / side && 9..<19 ~= place % side ? 1 : 0
  }

  private func distorted(
    _ distortion: ImageDistortion, sample: Int = 0, presentation: Int = 0
  ) -> [Float] {
    distortion.distorted(
      Self.square, side: Self.side, seed: 3, sample: sample, presentation: presentation)
  }

  @Test func `nothing is changed where all is 0`() {
    #expect(
      distorted(ImageDistortion(displacement: 0, scaling: 0, rotation: 0)) == Self.square)
  }

  @Test func `scaling makes the image larger around its middle`() {
    for presentation in 0..<10 {
      let image = distorted(
        ImageDistortion(displacement: 0, scaling: 0.12, rotation: 0), presentation: presentation)
      let growth = Double(image.reduce(0, +)) / 100
      #expect(growth >= 0.999 && growth < 1.14 * 1.14)
      let flipped = Array(image.reversed())
      #expect(zip(image, flipped).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `rotation keeps the middle and turns to both sides`() {
    var leans: [Float] = []
    for presentation in 0..<20 {
      let image = distorted(
        ImageDistortion(displacement: 0, scaling: 0, rotation: 12), presentation: presentation)
      #expect(abs(image.reduce(0, +) - 100) < 3)
      // A turned square has more of its upper edge on one side.
      leans.append(image[8 * Self.side + 9] - image[8 * Self.side + 18])
    }
    #expect(leans.contains { $0 > 0.05 } && leans.contains { $0 < -0.05 })
  }

  @Test func `displacement moves by a few pixels and stays within the range`() {
    var moved = 0
    for presentation in 0..<10 {
      let image = distorted(
        ImageDistortion(displacement: 3.4, scaling: 0, rotation: 0), presentation: presentation)
      #expect(image.allSatisfy { 0...1.0001 ~= $0 })
      #expect(abs(image.reduce(0, +) - 100) < 60)
      moved += image == Self.square ? 0 : 1
    }
    #expect(moved == 10)
  }

  @Test func `the same arguments give the same image`() {
    let distortion = ImageDistortion()
    let image = distorted(distortion, sample: 4, presentation: 2)
    #expect(distorted(distortion, sample: 4, presentation: 2) == image)
    #expect(distorted(distortion, sample: 5, presentation: 2) != image)
    #expect(distorted(distortion, sample: 4, presentation: 3) != image)
  }
}
