extension YAMLNode {
  /// The text of a scalar that is not null; numbers and booleans are texts as well.
  ///
  /// - Throws: `YAMLError` at this node.
  public func string() throws(YAMLError) -> String {
    guard case .scalar(let scalar) = value, !isNull else { throw expected("a text") }
    return scalar.text
  }

  /// A whole number in decimal digits, not in quotes.
  ///
  /// - Throws: `YAMLError` at this node.
  public func integer() throws(YAMLError) -> Int {
    guard let text = plainText, let number = Int(text) else { throw expected("a whole number") }
    return number
  }

  /// A finite decimal number, not in quotes.
  ///
  /// - Throws: `YAMLError` at this node.
  public func number() throws(YAMLError) -> Double {
    guard let text = plainText, text.utf8.allSatisfy(Self.numberBytes.contains),
      let number = Double(text), number.isFinite
    else { throw expected("a number") }
    return number
  }

  /// One of `true`, `yes`, `on`, `false`, `no`, `off`, not in quotes.
  ///
  /// - Throws: `YAMLError` at this node.
  public func bool() throws(YAMLError) -> Bool {
    switch plainText?.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: throw expected("true or false")
    }
  }

  /// The texts of a list; a scalar alone is a list of one.
  ///
  /// - Throws: `YAMLError` at this node or at the item that is no text.
  public func strings() throws(YAMLError) -> [String] {
    switch value {
    case .mapping:
      throw expected("a list of texts")
    case .scalar:
      return [try string()]
    case .sequence(let nodes):
      return try nodes.map { node throws(YAMLError) in try node.string() }
    }
  }

  /// The nodes of a list.
  ///
  /// - Throws: `YAMLError` at this node.
  public func sequence() throws(YAMLError) -> [YAMLNode] {
    guard case .sequence(let nodes) = value else { throw expected("a list") }
    return nodes
  }

  /// The keys and values of a mapping, in the order of the text.
  ///
  /// - Throws: `YAMLError` at this node.
  public func mapping() throws(YAMLError) -> [YAMLEntry] {
    guard case .mapping(let entries) = value else { throw expected("a mapping") }
    return entries
  }

  private var plainText: String? {
    guard case .scalar(let scalar) = value, !scalar.isQuoted else { return nil }
    return scalar.text
  }

  private static let numberBytes = Set("0123456789+-.eE".utf8)

  private func expected(_ what: String) -> YAMLError {
    error("\(what) is expected here, not \(kindName)")
  }

  /// What the node is, for a message.
  private var kindName: String {
    switch value {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar(let scalar):
      if isNull { return "nothing" }
      let text = scalar.text.count > 40 ? scalar.text.prefix(40) + "…" : scalar.text[...]
      return scalar.isQuoted ? "the text \"\(text)\"" : "\"\(text)\""
    }
  }
}
