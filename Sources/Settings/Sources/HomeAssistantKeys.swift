internal import Model
internal import YAML

/// How announcements are followed, key by key.
enum HomeAssistantKeys {
  static let keys: [YAMLKey<HomeAssistantRule>] = [
    YAMLKey("prefix", \.prefix, prefix),
    YAMLKey("devices", \.devices) { (node) throws(YAMLError) in
      try many(node.items, SourceText.text)
    },
    YAMLKey("entities", \.entities) { (node) throws(YAMLError) in
      try many(node.mapping(), entity)
    },
  ]

  /// The most devices or values that are named.
  private static let most = 10_000

  static func rule(_ node: YAMLNode) throws(YAMLError) -> HomeAssistantRule? {
    var rule = HomeAssistantRule()
    if case .scalar = node.value {
      rule.prefix = try prefix(node)
    } else {
      try node.read(into: &rule, by: keys, under: "sources.homeassistant.")
    }
    return rule
  }

  private static func prefix(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try SourceText.filter(node)
    guard !text.contains("+"), !text.contains("#"), !text.hasSuffix("/"), !text.hasPrefix("$")
    else {
      throw node.error("\"\(text)\" is no prefix of announcements, such as homeassistant")
    }
    return text
  }

  private static func many<Element, Item>(
    _ elements: [Element],
    _ read: (Element) throws(YAMLError) -> Item
  ) throws(YAMLError) -> [Item] {
    var items: [Item] = []
    for element in elements.prefix(most) { items.append(try read(element)) }
    return items
  }

  // MARK: Exceptions

  /// What an exception says.
  private struct Exception {
    var metric: Metric?
    var unit: SourceUnit?
  }

  private static let entityKeys: [YAMLKey<Exception>] = [
    YAMLKey("metric", \.metric) { (node) throws(YAMLError) in
      try MetricKeys.metric(SourceText.text(node), node)
    },
    YAMLKey("unit", \.unit) { (node) throws(YAMLError) in try SourceText.unit(node) },
  ]

  private static func entity(_ entry: YAMLEntry) throws(YAMLError) -> EntityRule {
    guard entry.name.utf8.count <= 256 else { throw entry.error("this is longer than 256 bytes") }
    if case .scalar = entry.value.value {
      let text = try SourceText.text(entry.value)
      let metric = text == "none" ? nil : try MetricKeys.metric(text, entry.value)
      return EntityRule(entry.name, metric)
    }
    var exception = Exception()
    try entry.value.read(into: &exception, by: entityKeys, under: "sources.homeassistant.entities.")
    guard let metric = exception.metric else {
      throw entry.value.error("metric is missing: what it is, or none in place of all this")
    }
    if let unit = exception.unit, !metric.row.quantities.contains(unit.quantity) {
      throw (entry.value["unit"] ?? entry.value).error("\(metric.row.title) has another unit")
    }
    return EntityRule(entry.name, metric, unit: exception.unit)
  }
}
