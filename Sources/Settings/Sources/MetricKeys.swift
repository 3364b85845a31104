internal import Model
internal import Wording
internal import YAML

/// Where the values of metrics are found, key by key.
enum MetricKeys {
  /// The most places of one metric.
  static let most = 32

  static func metrics(_ node: YAMLNode) throws(YAMLError) -> [MetricSource] {
    var metrics: [MetricSource] = []
    for entry in try node.mapping() where !entry.value.isNull {
      var metric = try metric(entry)
      guard metric.named != nil || !metrics.contains(where: { $0.metric == metric.metric }) else {
        throw entry.error("\(metric.metric.wireName) is there twice")
      }
      var places: [ValuePlace] = []
      for node in entry.value.items { places += try self.places(node, of: metric) }
      guard !places.isEmpty else { throw entry.error("where \(entry.name) is found is missing") }
      guard places.count <= most else {
        throw entry.error("\(entry.name) has more than \(most) places")
      }
      metric.places = places
      metrics.append(metric)
    }
    return metrics
  }

  /// The built-in metric of a name.
  static func metric(_ name: String, _ node: YAMLNode) throws(YAMLError) -> Metric {
    if let metric = builtIn(name) { return metric }
    throw node.error(unknown(name))
  }

  /// The metric of an entry, as yet without places; one that the source names has its place among those later.
  private static func metric(_ entry: YAMLEntry) throws(YAMLError) -> MetricSource {
    if let found = builtIn(entry.name) {
      if let node = entry.value.items.lazy.compactMap({ $0[NamedMetricKeys.heading] }).first {
        throw node.error("\(found.row.title) has its heading: only a metric of one's own says it")
      }
      return MetricSource(found, [])
    }
    if let named = try NamedMetricKeys.metric(entry) {
      var metric = MetricSource(.named1, [])
      metric.named = named
      return metric
    }
    throw entry.error(unknown(entry.name, else: "one of your own says its heading"))
  }

  private static func builtIn(_ name: String) -> Metric? {
    Metric.builtIn.first { $0.row.wireNames.contains(name) || $0.row.title == name }
  }

  private static func unknown(_ name: String, else other: String? = nil) -> String {
    let names = Metric.builtIn.map(\.wireName)
    let all = "\(other.map { "; \($0)" } ?? "") (there are: \(names.joined(separator: ", ")))"
    return "\"\(name)\" is no metric" + Spelling.hint(for: name, in: names, else: all)
  }

  /// A place as it is written: several topics or paths are several places that have the rest in common.
  struct Places {
    var topics: [String] = []
    var paths: [JSONPath] = []
    var names: [String] = []
    var rest = ValuePlace()

    /// One for each topic, each path, or each name.
    var all: [ValuePlace] {
      let topics = topics.isEmpty ? [nil] : topics.map(Optional.init)
      let paths = paths.isEmpty ? [nil] : paths.map(Optional.init)
      let names = names.isEmpty ? [nil] : names.map(Optional.init)
      return topics.flatMap { topic in
        paths.flatMap { path in
          names.map { name in
            var place = rest
            (place.topic, place.path, place.name) = (topic, path, name)
            return place
          }
        }
      }
    }
  }

  static let keys: [YAMLKey<Places>] = [
    YAMLKey("topic", \.topics) { (node) throws(YAMLError) in
      try SourceText.list(node, SourceText.below)
    },
    YAMLKey("path", \.paths) { (node) throws(YAMLError) in
      try SourceText.list(node, SourceText.path)
    },
    YAMLKey("name", \.names, SourceText.words),
    YAMLKey("unit", \.rest.unit, SourceText.unit),
    YAMLKey("scale", \.rest.scale, number),
    YAMLKey("offset", \.rest.offset, number),
    YAMLKey("unknown", \.rest.unknown, SourceText.ranges),
    YAMLKey("min", \.rest.least, number),
    YAMLKey("max", \.rest.most, number),
    YAMLKey("true", \.rest.trueWords, SourceText.words),
    YAMLKey("false", \.rest.falseWords, SourceText.words),
  ]

  private static func number(_ node: YAMLNode) throws(YAMLError) -> Double { try node.number() }

  private static func places(
    _ node: YAMLNode,
    of metric: MetricSource
  ) throws(YAMLError) -> [ValuePlace] {
    var places = Places()
    let node = metric.named == nil ? node : NamedMetricKeys.place(node)
    if case .scalar = node.value {
      let text = try SourceText.text(node)
      if SourceText.heads.contains(where: text.hasPrefix) {
        places.topics = [try SourceText.below(node)]
      } else {
        places.paths = [try SourceText.path(node)]
      }
      return places.all
    }
    try node.read(into: &places, by: keys, under: "sources.metrics.\(metric.name).")
    try check(node, places, of: metric)
    return places.all
  }

  private static func check(
    _ node: YAMLNode,
    _ places: Places,
    of metric: MetricSource
  ) throws(YAMLError) {
    let ways = [places.topics.isEmpty, places.paths.isEmpty, places.names.isEmpty]
    guard ways.contains(false) else {
      throw node.error("path or topic is missing: where the value is found")
    }
    let value = places.rest
    if let unit = value.unit, !metric.quantities.contains(unit.quantity) {
      let units = metric.quantities.map(\.rawValue)
      let expectation =
        units.isEmpty ? "has no unit" : "counts in \(units.joined(separator: " or "))"
      throw (node["unit"] ?? node).error("\(metric.title) \(expectation)")
    }
    guard value.scale != 0 else { throw (node["scale"] ?? node).error("0 makes all values 0") }
    if let least = value.least, let most = value.most, least > most {
      throw (node["min"] ?? node).error("min is above max")
    }
    let isState = metric.named == nil && metric.quantities.isEmpty
    if !isState, !value.trueWords.isEmpty || !value.falseWords.isEmpty {
      throw (node["true"] ?? node["false"] ?? node).error("\(metric.title) is no state")
    }
    let words = Set(value.trueWords.map { $0.lowercased() })
    if let word = value.falseWords.first(where: { words.contains($0.lowercased()) }) {
      throw (node["false"] ?? node).error("\"\(word)\" is both true and false")
    }
  }
}
