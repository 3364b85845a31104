public import Dashboard
import FoundationEssentials
public import Model

/// One generator as `egtop --once --json` has it among `generators`, on one line.
///
/// - Throws: `EncodingError`, which only a number that is not finite could cause.
public func generatorJSON(_ generator: GeneratorIndex, of state: DashboardState) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  let report = GeneratorReport(
    generator,
    GeneratorField.all(of: state.fleet),
    of: state.fleet,
    at: state.now
  )
  return String(decoding: try encoder.encode(report), as: UTF8.self)
}
