/// A script for `sbatch` that does the scan of the present command line in an array of jobs.
struct SlurmScript {
  let tasks: Int
  let name: String
  var arguments = Array(CommandLine.arguments)

  init(tasks: Int, name: String) { (self.tasks, self.name) = (tasks, name) }

  var text: String {
    """
    #!/bin/bash
    #SBATCH --job-name=\(name)
    #SBATCH --array=1-\(tasks)
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=1
    # Afterwards: interspike merge FOLDER --out table.csv
    set -eu
    exec \(command) --plain \\
      --threads "${SLURM_CPUS_PER_TASK:-1}" --shard "${SLURM_ARRAY_TASK_ID}/\(tasks)"

    """
  }

  /// The command without what each task has for itself.
  private var command: String {
    var kept: [String] = []
    var skips = false
    for argument in arguments {
      if skips {
        skips = false
      } else if Self.own.contains(argument) {
        skips = true
      } else if argument != "--plain" && argument != "--json"
        && !Self.own.contains(where: { argument.hasPrefix($0 + "=") })
      {
        kept.append(Self.quoted(argument))
      }
    }
    return kept.joined(separator: " ")
  }

  /// Options with a value.
  private static let own = ["--slurm", "--threads"]

  /// As the shell takes it for one word, whatever is in it.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "-_./,=+".utf8.contains(byte)
      }
    return isPlain
      ? word
      : "'"
        + word.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
