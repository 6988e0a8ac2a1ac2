import Glibc

let ending = Program.run(Array(CommandLine.arguments.dropFirst()))
ending.dieIfKilled()
fflush(nil)
// Without destructors: a study that is not waited for may still be using what they destroy.
_exit(ending.status)
