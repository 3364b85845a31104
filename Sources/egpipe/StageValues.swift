import Arguments

/// The values of a command's options, with the defaults of their table.
struct StageValues {
  private let arguments: ParsedArguments
  private let options: [String: Option]

  init(_ arguments: ParsedArguments, _ options: [Option]) {
    self.arguments = arguments
    self.options = Dictionary(options.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Nil if it is not given and has no default.
  func text(_ name: String) -> String? { value(name)?.text }

  /// As it was given: nil if a default holds.
  func given(_ name: String) -> String? { arguments.text(name) }

  func texts(_ name: String) -> [String] {
    let given = arguments.values[name]?.map(\.value.text) ?? []
    return given.isEmpty ? [text(name)].compactMap { $0 } : given
  }

  func isOn(_ name: String) -> Bool { arguments.isOn(name) }

  func integer(_ name: String) -> Int {
    if case .integer(let number) = value(name) { return number }
    return 0
  }

  func number(_ name: String) -> Double {
    if case .number(let number) = value(name) { return number }
    return 0
  }

  func duration(_ name: String) -> Duration {
    if case .duration(let duration) = value(name) { return duration }
    return .zero
  }

  func seconds(_ name: String) -> Double { Double(nanoseconds(name)) / 1e9 }

  /// Whole nanoseconds.
  func nanoseconds(_ name: String) -> Int64 {
    let parts = duration(name).components
    return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
  }

  /// Nil for 0, which stands for ever.
  func retention(_ name: String) -> Int64? {
    let time = nanoseconds(name)
    return time > 0 ? time : nil
  }

  private func value(_ name: String) -> Value? {
    if let value = arguments.values[name]?.last?.value { return value }
    guard let option = options[name], let standard = option.defaultText else { return nil }
    return option.kind.value(of: standard)
  }
}
