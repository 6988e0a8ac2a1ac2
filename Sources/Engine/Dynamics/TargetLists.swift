import Kernels

/// Whom each neuron of a sparse network inhibits within one block of neurons, the lowest first.
struct TargetLists {
  /// Where the targets of each neuron begin, in chunks, and where the last end.
  let starts: NumberBuffer<UInt32>
  /// Numbers within the block; lists are filled up to whole chunks with neurons that never fire.
  let targets: NumberBuffer<UInt16>

  init(_ network: InhibitoryNetwork, block: Range<Int>) {
    let neurons = network.neurons
    let inDegree = network.inDegree
    let chunk = Int(TARGET_CHUNK)
    starts = NumberBuffer(count: neurons + 1)
    let filled = NumberBuffer<UInt32>(count: neurons)
    let starts = starts
    targets = network.sources.withUnsafeBufferPointer { sources in
      let inputs = sources[block.lowerBound * inDegree..<block.upperBound * inDegree]
      for source in inputs { filled[Int(source)] += 1 }
      for neuron in 0..<neurons {
        let chunks = (filled[neuron] + UInt32(chunk) - 1) / UInt32(chunk)
        starts[neuron + 1] = starts[neuron] + chunks
        filled[neuron] = 0
      }
      let targets = NumberBuffer<UInt16>(count: chunk * Int(starts[neurons]))
      for index in 0..<targets.count { targets[index] = UInt16(block.count + index % chunk) }
      var input = inputs.startIndex
      for target in 0..<block.count {
        for _ in 0..<inDegree {
          let source = Int(inputs[input])
          targets[chunk * Int(starts[source]) + Int(filled[source])] = UInt16(target)
          filled[source] += 1
          input += 1
        }
      }
      return targets
    }
  }
}
