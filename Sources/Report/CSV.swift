import Dashboard

extension FleetReport {
  /// How many generators are in it.
  public var generatorCount: Int { generators.count }

  /// The generators as a table, after RFC 4180: the fields that ``json()`` has for each, in the same
  /// order as documented; what is not known is empty.
  ///
  /// A text that a spreadsheet would take for a formula gets an apostrophe before it.
  public func csv() -> String {
    var lines = [names.joined(separator: ",")]
    lines.reserveCapacity(generators.count + 1)
    for generator in generators {
      lines.append(generator.values.map(cell).joined(separator: ","))
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }
}

private func cell(_ value: GeneratorField.Value) -> String {
  switch value {
  case .text(let text): text.map { cell($0) } ?? ""
  case .flag(let flag): flag ? "true" : "false"
  case .number(let number): number.map { cell($0) } ?? ""
  }
}

private func cell(_ text: String) -> String {
  // Spreadsheets pass over spaces before a formula, and some take its wide signs as well.
  let isFormula =
    text.unicodeScalars.first.map { "\t\r\n".unicodeScalars.contains($0) } ?? false
    || text.unicodeScalars.first { !$0.properties.isWhitespace }
      .map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
  let guarded = isFormula ? "'" + text : text
  guard guarded.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
    return guarded
  }
  return "\""
    + guarded.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"") + "\""
}

private func cell(_ number: Double) -> String {
  guard number.isFinite else { return "" }
  return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
}
