internal import Model
internal import YAML

/// Which nodes of Sparkplug B are read, key by key, and what follows from that for a source.
enum SparkplugKeys {
  private static let keys: [YAMLKey<SparkplugRule>] = [
    YAMLKey("prefix", \.prefix, levels),
    YAMLKey("groups", \.groups) { (node) throws(YAMLError) in
      try SourceText.list(node, group)
    },
    YAMLKey("rebirth", \.asksForBirths) { (node) throws(YAMLError) in try node.bool() },
  ]

  static func rule(_ node: YAMLNode) throws(YAMLError) -> SparkplugRule? {
    var rule = SparkplugRule()
    try node.read(into: &rule, by: keys, under: "sources.sparkplug.")
    return rule
  }

  private static func levels(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try SourceText.filter(node)
    guard !text.contains("#"), !text.hasSuffix("/") else {
      throw node.error("\"\(text)\" cannot stand before a topic")
    }
    return text
  }

  private static func group(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try SourceText.text(node)
    guard !text.contains(where: { "+#/".contains($0) }) else {
      throw node.error("\"\(text)\" is no group: it has none of + # /")
    }
    return text
  }

  /// Says what follows from the rule, unless the source says something else: its topics, and that it sends changes.
  static func complete(_ source: inout Source, _ node: YAMLNode) {
    guard let rule = source.sparkplug else { return }
    if source.topics.isEmpty { source.topics = rule.filters }
    if node["sends"] == nil { source.sendsChanges = true }
  }

  /// Fills in the levels of the topic that `{group}`, `{node}` and `{device}` stand for.
  static func filled(_ source: YAMLNode) throws(YAMLError) -> YAMLNode {
    guard let node = source["sparkplug"], !node.isNull, let rule = try rule(node) else {
      return source
    }
    return source.mapped { node in
      guard case .scalar(var scalar) = node.value else { return }
      for (name, level) in [("group", 1), ("node", 3), ("device", 4)] {
        scalar.text.replace("{\(name)}", with: "{\(rule.levels + level)}")
      }
      node.value = .scalar(scalar)
    }
  }
}
