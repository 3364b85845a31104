internal import Synchronization

/// A metric that the user has named in a source: what a ``MetricRow`` says of those that the program brings.
public struct NamedMetric: Codable, Equatable, Sendable {
  /// Its name in messages, files, filters and commands, as ``fault`` allows it.
  public var name: String
  /// What stands above its values, of 1 to 12 characters.
  public var heading: String
  /// What it is called in a sentence; its name where nothing else is said.
  public var title: String
  /// What its values count in, as it is shown; empty for none.
  public var unit = ""
  /// How many decimals are shown at most: 0 to 6.
  public var decimals = 1

  public init(name: String, heading: String) {
    (self.name, self.heading) = (name, heading)
    title = name
  }

  /// How many there may be.
  public static let most = 16

  /// The metric at a place, from 0; nil beyond the last.
  public static func metric(at place: Int) -> Metric? {
    (0..<most).contains(place)
      ? Metric(rawValue: UInt8(Metric.builtIn.count + place)) : nil
  }

  // MARK: - In use

  private static let chosen = Mutex<[NamedMetric]>([])

  /// Says which there are, for the whole of the program.
  ///
  /// Tables are made of all metrics when they are first asked for: it is to be said before that, right behind the
  /// reading of the settings. After that it has no effect.
  public static func use(_ metrics: [NamedMetric]) {
    chosen.withLock { $0 = Array(metrics.prefix(most)) }
  }

  /// Those in use, from the first place on; the same for as long as the program runs.
  public static let inUse = chosen.withLock { $0 }

  // MARK: - Its row

  /// Letters of the menu of sorts: those of the program are small, and `I` turns the order round.
  private static let letters = Array("ABCDEFGHJKLMNOPQ")

  func row(at place: Int) -> MetricRow {
    let word = name.lowercased()
    return MetricRow(
      wireNames: [name],
      title: title,
      heading: heading,
      label: String(heading.lowercased().prefix(7)),
      unit: unit,
      decimals: decimals,
      column: MetricColumn(width: max(heading.count + 1, 6), letter: Self.letters[place]),
      filter: MetricFilter(
        words: [word],
        units: unit.isEmpty ? [] : [unit.lowercased()],
        example: "\(word)>100"
      ),
      // Nobody says in which range it lies; beyond this one it is kept to a thousandth.
      history: -100...3_000
    )
  }

  // MARK: - Its name

  /// What is wrong with a name; nil if nothing is.
  ///
  /// It stands in messages, statements and filters beside names of the program, so it may be none of those, in any case.
  public static func fault(inName name: String) -> String? {
    let isWord = name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte & ~0x20)
    }
    guard isWord, (1...31).contains(name.utf8.count), !(0x30...0x39).contains(name.utf8.first ?? 0)
    else {
      return
        "\"\(name)\" can be no name of a metric: it takes 1 to 31 letters, digits and _, a letter first"
    }
    return taken.contains(folded(name)) ? "\"\(name)\" has a meaning of its own already" : nil
  }

  /// Names that differ by case and `_` alone are taken for one.
  public static func folded(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }

  /// What fields, columns of tables and of buckets, sorts, filters and reports are called.
  private static let taken = Set(
    (Metric.builtIn.flatMap { $0.row.wireNames + ($0.row.filter?.words ?? []) + ["\($0)"] } + [
      "alarm", "region", "generatorID", "measurement", "time", "tags", "timestamp",
      "timestampNano", "payload", "fields", "values", "sequence", "series", "topic", "partition",
      "offset", "extra", "rowid", "oid", "mark", "id", "name", "gauge", "percent", "tte", "age",
      "trend", "units", "severity", "state", "is", "gen", "generator", "empty", "fuelPercent",
      "source", "session", "freshness", "sampleAgeSeconds", "enrichedAgeSeconds",
      "timeToEmptySeconds", "timeToEmptyBy", "drySoon", "fuelDoubt", "rememberedSince", "burn",
      "burnByPower",
    ]).map(folded)
  )
}

extension MetricRow {
  /// Of a place that the user has not named: nothing asks for it but what was made without the settings.
  init(unnamed place: Int) {
    self.init(
      wireNames: ["named\(place + 1)"],
      title: "named \(place + 1)",
      heading: "NAMED",
      label: "named"
    )
  }
}
