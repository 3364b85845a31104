/// Reads metrics from the text format of Prometheus; what it does not understand it leaves out.
public struct MetricsReader: Sendable {
  /// One line.
  public struct Sample: Equatable, Sendable {
    public let name: String
    public let labels: [String: String]
    public let value: Double
  }

  /// In the order of their lines.
  public private(set) var samples: [Sample] = []
  /// By the names of families, in the order in which they came.
  public private(set) var families: [(name: String, kind: FigureRow.Kind, unit: FigureUnit)] = []

  /// - Parameter text: From outside, so names and labels are not to be printed as they are.
  public init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      if line.first == "#" {
        readComment(line)
      } else if let sample = Self.sample(line) {
        samples.append(sample)
      }
    }
  }

  /// The value of the sample of a name with these labels and perhaps others; nil if there is none.
  public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    samples.first { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }?.value
  }

  private mutating func readComment(_ line: Substring) {
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    guard words.count == 4 else { return }
    if words[1] == "TYPE", let kind = FigureRow.Kind(rawValue: words[3]) {
      families.append((words[2], kind, .time))
    } else if words[1] == "UNIT", let unit = FigureUnit(rawValue: words[3]),
      families.last?.name == words[2]
    {
      families[families.count - 1].unit = unit
    }
  }

  private static func sample(_ line: Substring) -> Sample? {
    let name = line.prefix { $0 != "{" && $0 != " " }
    var rest = line[name.endIndex...]
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest.removeFirst()
      while rest.first != "}" {
        guard let label = Self.label(&rest) else { return nil }
        labels[label.name] = label.value
        if rest.first == "," { rest.removeFirst() }
      }
      rest.removeFirst()
    }
    guard !name.isEmpty, let word = rest.split(separator: " ").first, let value = Double(word),
      value.isFinite
    else { return nil }
    return Sample(name: String(name), labels: labels, value: value)
  }

  /// Takes `name="value"` from the front.
  private static func label(_ rest: inout Substring) -> (name: String, value: String)? {
    let name = rest.prefix { $0 != "=" }
    rest = rest[name.endIndex...]
    guard rest.hasPrefix("=\"") else { return nil }
    rest = rest.dropFirst(2)
    var value = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return (String(name), value)
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        value.append(escaped == "n" ? "\n" : escaped)
      default: value.append(character)
      }
    }
    return nil
  }
}
