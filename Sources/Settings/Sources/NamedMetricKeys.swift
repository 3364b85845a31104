internal import Model
internal import YAML

/// What a source says of a metric that it names itself, key by key.
enum NamedMetricKeys {
  /// The key by which it is one.
  static let heading = "heading"

  private static let keys: [YAMLKey<NamedMetric>] = [
    YAMLKey(heading, \.heading) { (node) throws(YAMLError) in try short(node, 12) },
    YAMLKey("title", \.title) { (node) throws(YAMLError) in try short(node, 24) },
    YAMLKey("unit", \.unit) { (node) throws(YAMLError) in try short(node, 8) },
    YAMLKey("decimals", \.decimals) { (node) throws(YAMLError) in
      let number = try node.number()
      guard (0...6).contains(number), number == number.rounded() else {
        throw node.error("a whole number from 0 to 6 is expected here")
      }
      return Int(number)
    },
  ]

  /// The metric that an entry names; nil if it says no heading.
  ///
  /// - Throws: `YAMLError` at a name that is taken, and at what cannot be shown.
  static func metric(_ entry: YAMLEntry) throws(YAMLError) -> NamedMetric? {
    let nodes = entry.value.items.filter { $0[heading] != nil }
    guard let node = nodes.first else { return nil }
    if nodes.count > 1 { throw nodes[1].error("one place says what \(entry.name) is") }
    if let fault = NamedMetric.fault(inName: entry.name) { throw entry.error(fault) }
    var metric = NamedMetric(name: entry.name, heading: "")
    try node.read(
      into: &metric,
      by: keys,
      under: "sources.metrics.\(entry.name).",
      besides: MetricKeys.keys.map(\.name).filter { $0 != "unit" }
    )
    guard !metric.heading.isEmpty else {
      throw (node[heading] ?? node).error("a text is expected here")
    }
    return metric
  }

  /// The node of a place without what it says of the metric; a unit that is only shown is no unit to read.
  static func place(_ node: YAMLNode) -> YAMLNode {
    guard case .mapping(let entries) = node.value else { return node }
    var node = node
    node.value = .mapping(
      entries.filter { entry in
        if entry.name == "unit", node[heading] != nil, case .scalar(let unit) = entry.value.value {
          return SourceUnit(unit.text) != nil
        }
        return ![heading, "title", "decimals"].contains(entry.name)
      }
    )
    return node
  }

  /// A text of few characters.
  private static func short(_ node: YAMLNode, _ most: Int) throws(YAMLError) -> String {
    let text = try SourceText.name(node)
    guard text.count <= most else { throw node.error("this is longer than \(most) characters") }
    return text
  }
}

/// Gives the metrics that sources name their places among all.
struct NamedMetricPlaces {
  private(set) var metrics: [NamedMetric] = []

  /// Gives those of a source theirs.
  ///
  /// - Throws: `YAMLError` at one beyond the last place, and at one that another source means otherwise.
  mutating func place(_ source: inout Source, in node: YAMLNode) throws(YAMLError) {
    for index in source.metrics.indices {
      guard let named = source.metrics[index].named else { continue }
      let folded = NamedMetric.folded(named.name)
      let known = metrics.firstIndex { NamedMetric.folded($0.name) == folded }
      if let known, metrics[known] != named {
        throw error(
          named,
          node,
          "another source means something else by \"\(metrics[known].name)\""
        )
      }
      if known == nil { metrics.append(named) }
      guard let metric = NamedMetric.metric(at: known ?? metrics.count - 1) else {
        throw error(named, node, "there are more than \(NamedMetric.most) metrics of one's own")
      }
      source.metrics[index].metric = metric
    }
  }

  private func error(_ metric: NamedMetric, _ node: YAMLNode, _ message: String) -> YAMLError {
    let entries = (try? node["metrics"]?.mapping()) ?? []
    let entry = entries.first { $0.name == metric.name }
    return entry.map { $0.error(message) } ?? node.error(message)
  }
}
