import Glibc
import System

private func run() -> Int32 {
  do {
    let words = Array(CommandLine.arguments.dropFirst())
    return try Commands.parse(words, environment: Environment.current().values).run()
  } catch {
    return fail("\(error)")
  }
}

// All is written and closed by now; threads that still wait for a broker are not waited for.
_exit(run())
