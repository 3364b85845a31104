import Dashboard

extension FleetReport {
  /// How many generators are in it.
  public var generatorCount: Int { generators.count }

  /// The generators as a table, after RFC 4180: the fields that ``json()`` has for each, in the same
  /// order as documented; what is not known is empty.
  ///
  /// A text that a spreadsheet would take for a formula gets an apostrophe before it.
  public func csv() -> String {
    var lines = [Self.fields.joined(separator: ",")]
    lines.reserveCapacity(generators.count + 1)
    for generator in generators { lines.append(generator.cells.joined(separator: ",")) }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private static let fields = [
    "id", "name", "region", "fuel", "fuelPercent", "load", "power", "temperature", "lat", "lon",
    "session", "freshness", "alarm", "sampleAgeSeconds", "enrichedAgeSeconds",
    "timeToEmptySeconds",
  ]
}

extension GeneratorReport {
  /// In the order of the names of the fields.
  fileprivate var cells: [String] {
    [
      cell(id), cell(name), cell(region), cell(fuel), cell(fuelPercent), cell(load), cell(power),
      cell(temperature), cell(lat), cell(lon), cell(session), cell(freshness), cell(alarm),
      cell(sampleAgeSeconds), cell(enrichedAgeSeconds), cell(timeToEmptySeconds),
    ]
  }
}

private func cell(_ text: Nullable<String>) -> String { text.value.map { cell($0) } ?? "" }

private func cell(_ text: String) -> String {
  let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) }
  let guarded = isFormula == true ? "'" + text : text
  guard guarded.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
    return guarded
  }
  return "\""
    + guarded.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"") + "\""
}

private func cell(_ number: Nullable<Double>) -> String {
  guard let number = number.value, number.isFinite else { return "" }
  return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
}
