import Arguments
import Glibc
import Settings
import System

private func run() -> Int32 {
  do throws(InvocationError) {
    let words = Array(CommandLine.arguments.dropFirst())
    switch try Commands.parse(words, environment: Environment.current().values) {
    case .dashboard(let settings): return runDashboard(settings)
    case .once(let settings): return runOnce(settings)
    case .check(let settings): return runCheck(settings)
    case .demo(let plan, let settings): return runDemo(plan, settings)
    case .replay(let file, let speed, let settings):
      return runReplay(file, speed: speed, settings)
    case .printConfiguration(let text), .printKeys(let text), .generated(let text), .help(let text):
      writeText(text)
    case .version:
      writeText("egtop \(Manual.version)\n")
    }
    return 0
  } catch {
    writeText(error.text, toError: true)
    return InvocationError.exitCode
  }
}

// All is written and closed by now; threads that still wait for a broker are not waited for.
_exit(run())
