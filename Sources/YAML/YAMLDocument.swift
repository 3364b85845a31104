/// The bounds of a document.
public struct YAMLLimits: Equatable, Sendable {
  /// The longest text that is read, in bytes of UTF-8.
  public var size: Int
  /// The most nodes a document may have, those behind aliases counted each time.
  public var nodes: Int
  /// The deepest nesting of lists and mappings.
  public var depth: Int

  public init(size: Int = 4 << 20, nodes: Int = 200_000, depth: Int = 32) {
    self.size = size
    self.nodes = nodes
    self.depth = depth
  }
}

/// Reads a text that holds one YAML document.
public enum YAMLDocument {
  /// Parses one document; an empty text is a node that is null.
  ///
  /// Tags are ignored. An alias stands for a copy of what its anchor marks, which has to come
  /// before it and be complete. Keys are scalars; a merge key (`<<`) is refused.
  ///
  /// - Throws: `YAMLError` for what is not YAML, a key that appears twice, a second document, or
  ///   a text beyond the limits.
  public static func parse(
    _ text: String,
    limits: YAMLLimits = YAMLLimits(),
  ) throws(YAMLError) -> YAMLNode {
    guard text.utf8.count <= limits.size else {
      throw YAMLError("the text is longer than \(limits.size >> 20) MiB", line: 1, column: 1)
    }
    var builder = YAMLBuilder(events: try YAMLEvents(text), limits: limits)
    return try builder.document()
  }
}

/// Puts libyaml's events together to a tree.
struct YAMLBuilder: ~Copyable {
  private struct Anchor {
    var node: YAMLNode
    var count: Int
    /// Levels of lists and mappings, itself included.
    var height: Int
  }

  private var events: YAMLEvents
  private let limits: YAMLLimits
  private var anchors: [String: Anchor] = [:]
  private var nodeCount = 0

  init(events: consuming YAMLEvents, limits: YAMLLimits) {
    self.events = events
    self.limits = limits
  }

  mutating func document() throws(YAMLError) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamEnd:
        return root ?? YAMLNode(value: .scalar(YAMLScalar(text: "")), line: 1, column: 1)
      case .documentStart:
        guard root == nil else { throw event.error("a second document begins here") }
        root = try node(from: try events.next(), depth: 1).node
      default: break
      }
    }
  }

  /// A node and the levels of lists and mappings in it.
  private mutating func node(
    from event: YAMLEvent,
    depth: Int,
  ) throws(YAMLError) -> (node: YAMLNode, height: Int) {
    let countBefore = nodeCount
    try count(1, at: event)
    var value = YAMLNode.Value.scalar(YAMLScalar(text: ""))
    var height = 0
    switch event.kind {
    case .alias(let name): return try alias(name, at: event, depth: depth)
    case .scalar(let scalar): value = .scalar(scalar)
    case .sequenceStart: (value, height) = try sequence(event, depth: depth)
    case .mappingStart: (value, height) = try mapping(event, depth: depth)
    case .sequenceEnd, .mappingEnd, .documentStart, .streamEnd, .other:
      throw event.error("a value is missing here")
    }
    let node = YAMLNode(value: value, line: event.line, column: event.column)
    if let name = event.anchor {
      anchors[name] = Anchor(node: node, count: nodeCount - countBefore, height: height)
    }
    return (node, height)
  }

  private mutating func alias(
    _ name: String,
    at event: YAMLEvent,
    depth: Int,
  ) throws(YAMLError) -> (node: YAMLNode, height: Int) {
    guard let anchor = anchors[name] else {
      throw event.error("the alias *\(name) has no anchor &\(name) before it")
    }
    try count(anchor.count, at: event)
    try checkDepth(depth + anchor.height - 1, at: event)
    return (anchor.node, anchor.height)
  }

  private mutating func sequence(
    _ start: YAMLEvent,
    depth: Int,
  ) throws(YAMLError) -> (YAMLNode.Value, height: Int) {
    try checkDepth(depth, at: start)
    var nodes: [YAMLNode] = []
    var height = 0
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { return (.sequence(nodes), height + 1) }
      let item = try node(from: event, depth: depth + 1)
      nodes.append(item.node)
      height = max(height, item.height)
    }
  }

  private mutating func mapping(
    _ start: YAMLEvent,
    depth: Int,
  ) throws(YAMLError) -> (YAMLNode.Value, height: Int) {
    try checkDepth(depth, at: start)
    var entries: [YAMLEntry] = []
    var lines: [String: Int] = [:]
    var height = 0
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { return (.mapping(entries), height + 1) }
      let name = try key(event)
      if let line = lines[name] {
        throw event.error("the key \"\(name)\" is already in line \(line)")
      }
      lines[name] = event.line
      let item = try node(from: try events.next(), depth: depth + 1)
      height = max(height, item.height)
      let (line, column) = (event.line, event.column)
      entries.append(YAMLEntry(name: name, line: line, column: column, value: item.node))
    }
  }

  private mutating func key(_ event: YAMLEvent) throws(YAMLError) -> String {
    guard case .scalar(let scalar) = event.kind else {
      throw event.error("a key must be a plain word or a quoted text")
    }
    guard scalar.isQuoted || scalar.text != "<<" else {
      throw event.error("merge keys (<<) are not supported")
    }
    try count(1, at: event)
    return scalar.text
  }

  private mutating func count(_ nodes: Int, at event: YAMLEvent) throws(YAMLError) {
    nodeCount += nodes
    guard nodeCount <= limits.nodes else {
      throw event.error("there are more than \(limits.nodes) values")
    }
  }

  private func checkDepth(_ depth: Int, at event: YAMLEvent) throws(YAMLError) {
    guard depth <= limits.depth else {
      throw event.error("lists and mappings are nested deeper than \(limits.depth)")
    }
  }
}
