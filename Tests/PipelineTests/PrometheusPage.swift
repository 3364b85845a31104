import Pipeline

/// A page of metrics, read as strictly as the format is written down; a scraper may be more patient.
struct PrometheusPage {
  struct Family {
    var name: String
    var type: String
    var help: String
    /// By what stands before the value: name and labels.
    var samples: [(name: String, labels: String, value: Double)] = []
  }

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var families: [Family] = []

  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw Fault(description: "the last line has no end") }
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      do {
        try read(line)
      } catch let fault as Fault {
        throw Fault(description: "\(fault.description): \(line)")
      }
    }
    for family in families { try check(family) }
    guard Set(families.map(\.name)).count == families.count else {
      throw Fault(description: "a family is there twice")
    }
  }

  /// The value of a sample, by its name and its labels as they are written.
  func value(_ name: String, _ labels: String = "") -> Double? {
    families.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
  }

  private mutating func read(_ line: Substring) throws {
    if let match = line.wholeMatch(of: /# HELP ([a-z_:]+) (.+)/) {
      families.append(Family(name: String(match.1), type: "", help: String(match.2)))
      return
    }
    guard var family = families.popLast() else { throw Fault(description: "before any help") }
    defer { families.append(family) }
    if let match = line.wholeMatch(of: /# TYPE ([a-z_:]+) (counter|gauge|histogram)/) {
      guard match.1 == family.name, family.type.isEmpty, family.samples.isEmpty else {
        throw Fault(description: "a type at the wrong place")
      }
      family.type = String(match.2)
    } else if let match = line.wholeMatch(of: /# UNIT ([a-z_:]+) ([a-z]+)/) {
      guard match.1 == family.name, FigureUnit(rawValue: String(match.2)) != nil else {
        throw Fault(description: "a unit at the wrong place")
      }
    } else {
      let label = #/[a-z_]+="(?:[^"\\\n]|\\["\\n])*"/#
      let sample = #/([a-z_:]+)(\{.*\})? ([-+0-9.e]+)/#
      guard let match = line.wholeMatch(of: sample), let value = Double(match.3) else {
        throw Fault(description: "no sample")
      }
      let labels = match.2 ?? ""
      if !labels.isEmpty {
        let rest = labels.dropFirst().dropLast().replacing(label, with: "L")
        guard rest.split(separator: ",", omittingEmptySubsequences: false).allSatisfy({ $0 == "L" })
        else { throw Fault(description: "no labels") }
      }
      family.samples.append((String(match.1), String(labels), value))
    }
  }

  private func check(_ family: Family) throws {
    let name = family.name
    func expect(_ isRight: Bool, _ what: String) throws {
      if !isRight { throw Fault(description: "\(name): \(what)") }
    }
    try expect(!family.samples.isEmpty, "no samples")
    try expect(family.help.hasSuffix("."), "the help is no sentence")
    let endings = family.type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
    try expect(
      family.samples.allSatisfy { sample in endings.contains { sample.name == name + $0 } },
      "a sample of another name"
    )
    let places = family.samples.map { $0.name + $0.labels }
    try expect(Set(places).count == places.count, "a sample is there twice")
    switch family.type {
    case "counter":
      try expect(name.hasSuffix("_total"), "a counter without total")
      try expect(family.samples.allSatisfy { $0.value >= 0 }, "a counter below zero")
    case "gauge": try expect(!name.hasSuffix("_total"), "a gauge with total")
    default:
      for count in family.samples where count.name.hasSuffix("_count") {
        let others = count.labels.dropLast()
        let buckets = family.samples.filter { sample in
          sample.name.hasSuffix("_bucket")
            && sample.labels.hasPrefix(others.isEmpty ? "{le=" : "\(others),le=")
        }
        let counts = buckets.map(\.value)
        try expect(counts == counts.sorted(), "buckets that shrink")
        try expect(buckets.last?.labels.contains("le=\"+Inf\"") == true, "no last bucket")
        try expect(counts.last == count.value, "another count than in the buckets")
      }
    }
  }
}
