internal import JSON
internal import Model

/// What a template of Home Assistant makes of a message, if it is simple: a place, and arithmetic with constants.
///
/// Read are `value`, `value_json` with members and elements, `float`, `int`, `round`, `multiply`, `add`, numbers,
/// parentheses and `+ - * /`. `default` and the like say what stands for nothing: then there is nothing here.
struct AnnouncedTemplate: Equatable {
  /// Where the value stands; nil for the whole payload.
  var path: JSONPath?
  var steps: [ValueStep] = []

  /// The longest that is read, in bytes.
  static let longest = 1_024

  init(path: JSONPath? = nil) { self.path = path }

  /// Reads a template as it is announced.
  ///
  /// - Throws: `AnnouncementFlaw` with what it uses that is not read.
  init(_ text: String) throws(AnnouncementFlaw) {
    guard text.utf8.count <= Self.longest else { throw .longTemplate }
    var parser = AnnouncedTemplateParser(text)
    self = try parser.template()
  }
}

/// Goes through a template once.
private struct AnnouncedTemplateParser {
  private enum Term {
    case number(Double)
    case value(AnnouncedTemplate)
  }

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func template() throws(AnnouncementFlaw) -> AnnouncedTemplate {
    guard take("{{-") || take("{{") else { throw unread("it is more than {{ … }}") }
    let term = try sum()
    _ = take("-")
    guard take("}}") else { throw unread(rest) }
    skipBlanks()
    guard place == bytes.count else { throw unread("it is more than {{ … }}") }
    guard case .value(let value) = term else { throw unread("it does not name the value") }
    return value
  }

  private mutating func sum() throws(AnnouncementFlaw) -> Term {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 16 else { throw unread("too many parentheses") }
    var term = try product()
    while true {
      if take("+") {
        term = try added(term, try product(), sign: 1)
      } else if !isAtEnd, take("-") {
        term = try added(term, try product(), sign: -1)
      } else {
        return term
      }
    }
  }

  private mutating func product() throws(AnnouncementFlaw) -> Term {
    var term = try filtered()
    while true {
      if take("*") {
        term = try multiplied(term, try filtered())
      } else if take("/") {
        guard case .number(let number) = try filtered(), number != 0 else {
          throw unread("a division")
        }
        term = try multiplied(term, .number(1 / number))
      } else {
        return term
      }
    }
  }

  private mutating func filtered() throws(AnnouncementFlaw) -> Term {
    if take("-") { return try multiplied(.number(-1), try filtered()) }
    var term = try primary()
    while take("|") { term = try filter(term) }
    return term
  }

  private mutating func primary() throws(AnnouncementFlaw) -> Term {
    if take("(") {
      let term = try sum()
      guard take(")") else { throw unread(rest) }
      return term
    }
    skipBlanks()
    if place < bytes.count, isDigit(bytes[place]) || bytes[place] == UInt8(ascii: ".") {
      guard let number = number() else { throw unread(rest) }
      return .number(number)
    }
    let word = word()
    switch word {
    case "value": return .value(AnnouncedTemplate())
    case "value_json": return .value(AnnouncedTemplate(path: try path()))
    case "float", "int":
      guard take("(") else { throw unread(word) }
      let term = try sum()
      if take(",") { try passArgument() }
      guard take(")") else { throw unread(rest) }
      return word == "int" ? with(.truncate, term) : term
    default: throw unread(word.isEmpty ? rest : word)
    }
  }

  // MARK: Places

  private mutating func path() throws(AnnouncementFlaw) -> JSONPath? {
    var steps: [JSONPath.Step] = []
    while true {
      if take(".") {
        let name = word()
        if name == "get", take("(") {
          guard let name = quoted() else { throw unread("get") }
          if take(",") { try passArgument() }
          guard take(")") else { throw unread("get") }
          steps.append(.member(name))
          continue
        }
        guard !name.isEmpty else { throw unread(rest) }
        steps.append(.member(name))
      } else if take("[") {
        if let name = quoted() {
          steps.append(.member(name))
        } else {
          let isBackwards = take("-")
          guard let number = number(), number == number.rounded(), number < 65_536 else {
            throw unread(rest)
          }
          steps.append(.element(Int(isBackwards ? -number : number)))
        }
        guard take("]") else { throw unread(rest) }
      } else {
        return steps.isEmpty ? nil : JSONPath(steps)
      }
      guard steps.count <= JSONPath.mostSteps else { throw unread("a path of many steps") }
    }
  }

  // MARK: Filters

  private mutating func filter(_ term: Term) throws(AnnouncementFlaw) -> Term {
    let name = word()
    var argument: Double?
    if take("("), !take(")") {
      switch name {
      case "round", "multiply", "add":
        let isNegative = take("-")
        guard let number = number() else { throw unread(name) }
        argument = isNegative ? -number : number
        // How it is rounded.
        if take(",") { throw unread(name) }
      default: try passArgument()
      }
      guard take(")") else { throw unread(name) }
    }
    switch (name, argument) {
    case ("float", _), ("default", _), ("d", _), ("is_defined", _), ("trim", _), ("string", _):
      return term
    case ("int", _): return try checked(with(.truncate, term))
    case ("round", let decimals):
      let decimals = decimals ?? 0
      guard decimals == decimals.rounded(), abs(decimals) <= 12 else { throw unread(name) }
      return try checked(with(.round(Int(decimals)), term))
    case ("multiply", let factor?): return try multiplied(term, .number(factor))
    case ("add", let number?): return try added(term, .number(number), sign: 1)
    default: throw unread(name.isEmpty ? rest : name)
    }
  }

  /// What is said for the case that there is no value.
  private mutating func passArgument() throws(AnnouncementFlaw) {
    _ = take("-")
    if quoted() != nil || number() != nil { return }
    let word = word()
    if take("=") { return try passArgument() }
    guard !word.isEmpty else { throw unread(rest) }
  }

  // MARK: Arithmetic

  private func with(_ step: ValueStep, _ term: Term) -> Term {
    switch term {
    case .number(let number): return .number(step.apply(number))
    case .value(var value):
      value.steps.append(step)
      return .value(value)
    }
  }

  private func added(_ left: Term, _ right: Term, sign: Double) throws(AnnouncementFlaw) -> Term {
    switch (left, right) {
    case (_, .number(let number)): return try checked(with(.add(sign * number), left))
    case (.number(let number), .value):
      let term = sign < 0 ? with(.multiply(-1), right) : right
      return try checked(with(.add(number), term))
    case (.value, .value): throw unread("two values")
    }
  }

  private func multiplied(_ left: Term, _ right: Term) throws(AnnouncementFlaw) -> Term {
    switch (left, right) {
    case (_, .number(let number)): return try checked(with(.multiply(number), left))
    case (.number(let number), .value): return try checked(with(.multiply(number), right))
    case (.value, .value): throw unread("two values")
    }
  }

  private func checked(_ term: Term) throws(AnnouncementFlaw) -> Term {
    if case .value(let value) = term, value.steps.count > 16 { throw unread("many steps") }
    return term
  }

  // MARK: Characters

  private var isAtEnd: Bool {
    var copy = self
    return copy.take("-}}") || copy.take("}}")
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    skipBlanks()
    let wanted = Array("\(text)".utf8)
    guard place + wanted.count <= bytes.count,
      bytes[place..<place + wanted.count].elementsEqual(wanted)
    else { return false }
    place += wanted.count
    return true
  }

  private mutating func word() -> String {
    skipBlanks()
    let start = place
    while place < bytes.count, Self.isOfWord(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  private mutating func number() -> Double? {
    skipBlanks()
    var end = place
    while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
    guard end > place, let number = Double(String(decoding: bytes[place..<end], as: UTF8.self))
    else {
      return nil
    }
    place = end
    return number
  }

  private mutating func quoted() -> String? {
    skipBlanks()
    guard place < bytes.count,
      bytes[place] == UInt8(ascii: "'") || bytes[place] == UInt8(ascii: "\"")
    else { return nil }
    guard let end = bytes[(place + 1)...].firstIndex(of: bytes[place]) else { return nil }
    defer { place = end + 1 }
    return String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
  }

  /// What comes next, for messages.
  private var rest: String {
    let next = bytes[min(place, bytes.count)...].prefix(20)
    return next.isEmpty ? "it has no end" : String(decoding: next, as: UTF8.self)
  }

  private func unread(_ what: String) -> AnnouncementFlaw { .template(what) }
}
