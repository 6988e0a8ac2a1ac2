import Glibc

let ending = Program.run(Array(CommandLine.arguments.dropFirst()))
ending.dieIfKilled()
exit(ending.status)
