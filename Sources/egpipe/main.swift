import Arguments
import Glibc
import Settings
import System

/// Exit codes: 0 good, 1 not all was finished when it had to end, 2 usage or configuration; of `status` also 3 no answer,
/// 4 something is not well.
private func run() -> Int32 {
  let words = Array(CommandLine.arguments.dropFirst())
  let environment = Environment.current().values
  do {
    switch try Commands.parse(words, environment: environment) {
    case .help(let path, let form): writeText(HelpText(path: path, form: form).rendered(width: 80))
    case .version: writeText("egpipe \(Manual.version)\n")
    case .command(let arguments) where arguments.path.count < 2:
      if let text = arguments.generated(from: Commands.manual) {
        writeText(text)
        return 0
      }
      writeText(HelpText(path: [Commands.root], form: .short).rendered(width: 80), toError: true)
      return 2
    case .command(let arguments) where arguments.path.last == Commands.status.name:
      return try showStatus(arguments)
    case .command(let arguments):
      let sources = try PipePlan.sources(arguments, environment: environment)
      let settings = try sources.settings(feeds: .required)
      let stages = settings.stages(arguments)
      try settings.check(stages)
      if settings.configuration.isPrinted {
        writeText(sources.printed())
        return 0
      }
      return try runStages(PipePlan(stages, settings, environment: environment))
    }
    return 0
  } catch {
    let hint = error is ArgumentsError ? "\nTry 'egpipe --help' for more information." : ""
    writeText("egpipe: \(error)\(hint)\n", toError: true)
    return 2
  }
}

// All is written by now, the log too, which keeps nothing back. The exit handlers of C libraries take away what threads
// that still wait for a broker use, so they are left out.
_exit(run())
