internal import Model
internal import YAML

/// What stands before the topics of a source: some levels, or none.
struct SourceRoot: Equatable {
  var text: String

  /// The level that `{root}` stands for: that of its last `+`, else its last one; the first of the topics without a root.
  private var level: Int {
    let levels = text.split(separator: "/", omittingEmptySubsequences: false)
    return levels.lastIndex(of: "+").map { $0 + 1 } ?? max(levels.count, 1)
  }

  /// Fills in the level.
  func filled(_ node: YAMLNode) -> YAMLNode {
    node.mapped { node in
      guard case .scalar(var scalar) = node.value else { return }
      scalar.text.replace("{root}", with: "{\(level)}")
      node.value = .scalar(scalar)
    }
  }

  /// Puts it before the topics.
  func prefix(_ source: inout Source) {
    guard !text.isEmpty else { return }
    source.topics = source.topics.map { "\(text)/\($0)" }
    for index in source.presence.indices {
      source.presence[index].topic = "\(text)/\(source.presence[index].topic)"
    }
  }

  /// Those of a source; one that is empty if it names none.
  ///
  /// - Throws: `YAMLError` for what cannot stand before a topic.
  static func all(_ node: YAMLNode?) throws(YAMLError) -> [SourceRoot] {
    guard let node, !node.isNull else { return [SourceRoot(text: "")] }
    return try SourceText.list(node) { (node) throws(YAMLError) in
      // Nothing at all is one as well.
      if case .scalar(let scalar) = node.value, scalar.text.isEmpty { return SourceRoot(text: "") }
      let text = try SourceText.filter(node)
      guard !text.contains("#"), !text.hasSuffix("/") else {
        throw node.error("\"\(text)\" cannot stand before a topic")
      }
      return SourceRoot(text: text)
    }
  }
}
