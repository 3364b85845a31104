internal import Wording

/// Figures in the text format of Prometheus, version 0.0.4.
///
/// Each family has its unit in a comment, `# UNIT name unit`, which scrapers pass over and ``MetricsReader`` reads.
struct MetricsText {
  struct Label {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
      (self.name, self.value) = (name, value)
    }
  }

  /// What the page is, for the header of the answer.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private struct Family {
    var row: FigureRow
    var samples: [String] = []
  }

  /// By their names.
  private var families: [String: Family] = [:]
  /// In the order in which they came.
  private var names: [String] = []

  /// Adds a figure to the family of its row.
  mutating func add(_ figure: Figure, prefix: String, labels: [Label] = []) {
    let name = figure.row.metric(prefix)
    if families[name] == nil { names.append(name) }
    families[name, default: Family(row: figure.row)].samples += Self.lines(name, figure, labels)
  }

  mutating func add(_ row: FigureRow, _ value: Double, prefix: String, labels: [Label] = []) {
    add(Figure(row, .number(value)), prefix: prefix, labels: labels)
  }

  var text: String {
    var text = ""
    for name in names {
      guard let family = families[name] else { continue }
      text += "# HELP \(name) \(Self.escaped(family.row.help, quotes: false))\n"
      text += "# TYPE \(name) \(family.row.kind.rawValue)\n"
      text += "# UNIT \(name) \(family.row.unit.rawValue)\n"
      for sample in family.samples { text += sample + "\n" }
    }
    return text
  }

  private static func lines(_ name: String, _ figure: Figure, _ labels: [Label]) -> [String] {
    switch figure.value {
    case .number(let number):
      return [name + text(of: labels) + " " + Figures.plain(number)]
    case .distribution(let distribution):
      var count = 0
      var lines: [String] = []
      let bounds = Distribution.bounds.map(Figures.plain) + ["+Inf"]
      for (bound, more) in zip(bounds, distribution.counts) {
        count += more
        lines.append("\(name)_bucket\(text(of: labels + [Label("le", bound)])) \(count)")
      }
      lines.append("\(name)_sum\(text(of: labels)) \(Figures.plain(distribution.sum))")
      lines.append("\(name)_count\(text(of: labels)) \(count)")
      return lines
    }
  }

  private static func text(of labels: [Label]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{"
      + labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
      .joined(separator: ",") + "}"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
