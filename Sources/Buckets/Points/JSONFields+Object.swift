public import JSON

extension JSONFields {
  /// The number of a field; nil if it holds something else.
  public func number(at place: Int) -> PointNumber? {
    switch value(at: place) {
    case .integer(let value): .integer(value)
    case .decimal(let value): .decimal(value)
    case .null, .boolean, .text: nil
    }
  }

  /// Some of the fields as an object of JSON, those that are null left out; of those with one name, the last.
  ///
  /// - Returns: Nothing if all are null.
  public func object(of places: [Int]) -> [UInt8] {
    var output: [UInt8] = []
    for (index, place) in places.enumerated() {
      let value = value(at: place)
      if value == .null || places[(index + 1)...].contains(where: { haveOneName($0, place) }) {
        continue
      }
      output.append(UInt8(ascii: output.isEmpty ? "{" : ","))
      withKey(at: place) { JSONWriter.append($0, to: &output) }
      output.append(UInt8(ascii: ":"))
      append(value, at: place, to: &output)
    }
    if !output.isEmpty { output.append(UInt8(ascii: "}")) }
    return output
  }

  private func append(_ value: JSONValue, at place: Int, to output: inout [UInt8]) {
    switch value {
    case .integer(let number): JSONWriter.append(.integer(number), to: &output)
    case .decimal(let number): JSONWriter.append(.decimal(number), to: &output)
    case .boolean(let isTrue): JSONWriter.append(isTrue ? "true" : "false", to: &output)
    case .text: withText(at: place) { JSONWriter.append($0, to: &output) }
    case .null: JSONWriter.append("null", to: &output)
    }
  }
}
