internal import Wording
internal import YAML

/// A key of a mapping, and how its value is taken in.
struct YAMLKey<Target>: Sendable {
  typealias Reader<Value> = @Sendable (YAMLNode) throws(YAMLError) -> Value

  let name: String
  let read: @Sendable (YAMLNode, inout Target) throws(YAMLError) -> Void

  init<Value>(
    _ name: String,
    _ place: any WritableKeyPath<Target, Value> & Sendable,
    _ value: @escaping Reader<Value>
  ) {
    self.name = name
    read = { (node, target) throws(YAMLError) in target[keyPath: place] = try value(node) }
  }
}

extension YAMLNode {
  /// Reads a mapping along a table of its keys; one without a value is as if it were not there.
  ///
  /// - Parameters:
  ///   - target: What the values are taken into.
  ///   - keys: Its keys.
  ///   - parent: What stands before a key in a message, such as `sources.`.
  ///   - others: Keys that are read elsewhere.
  /// - Throws: `YAMLError` at a key that is none of them, or at a value that is refused.
  func read<Target>(
    into target: inout Target,
    by keys: [YAMLKey<Target>],
    under parent: String,
    besides others: [String] = []
  ) throws(YAMLError) {
    for entry in try mapping() where !others.contains(entry.name) {
      guard let key = keys.first(where: { $0.name == entry.name }) else {
        let hint = Spelling.hint(for: entry.name, in: keys.map(\.name) + others)
        throw entry.error("unknown key \"\(parent)\(entry.name)\"" + hint)
      }
      guard !entry.value.isNull else { continue }
      try key.read(entry.value, &target)
    }
  }

  /// The nodes of a list; what is no list is a list of itself.
  var items: [YAMLNode] {
    if case .sequence(let nodes) = value { return nodes }
    return [self]
  }

  /// The node with every node in it changed, the innermost first.
  ///
  /// - Parameter change: Is given each node.
  /// - Returns: The changed node.
  func mapped(_ change: (inout YAMLNode) -> Void) -> YAMLNode {
    var node = self
    switch value {
    case .scalar: break
    case .sequence(let nodes): node.value = .sequence(nodes.map { $0.mapped(change) })
    case .mapping(let entries):
      node.value = .mapping(
        entries.map { entry in
          var entry = entry
          entry.value = entry.value.mapped(change)
          return entry
        }
      )
    }
    change(&node)
    return node
  }
}
