/// Where a value stands in a JSON document.
///
/// Written `$.ac.kw`, `$.regs["40012"]`, `$.values[0]`, `$.metrics[name="fuel level"].value`, `$.metrics[*]`. A name with other
/// characters than letters, digits, `_` and `-` stands in brackets and quotes; `.*` are all members of an object. Where a step
/// goes into a text, the text is read as the JSON that it holds, as it is or in base64.
public struct JSONPath: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// A member of an object.
    case member(String)
    /// An element of an array, from 0; from -1 backwards, counted from its end.
    case element(Int)
    /// The first element of an array that is an object whose member `name` is this text, or a number that is written so.
    case elementWhere(name: String, is: String)
    /// All elements of an array; only where several samples stand in one message.
    case all
    /// The values of all members of an object; only there, too.
    case allMembers
  }

  public var steps: [Step]

  /// The document itself: `$`.
  public init(_ steps: [Step] = []) { self.steps = steps }

  /// The steps that lead to several places.
  public var stepsToAll: [Step] { steps.filter { $0 == .all || $0 == .allMembers } }

  /// How many steps a path may have: more is refused.
  public static let mostSteps = 16

  /// Reads a path as it is written.
  ///
  /// - Throws: `SourceSyntaxError` with the place in the text.
  public init(_ text: String) throws(SourceSyntaxError) {
    var reader = SourceTextReader(text)
    self = try JSONPath(&reader)
    guard reader.isAtEnd else {
      throw reader.error("a path ends here, with \".name\" or \"[…]\" to go on")
    }
  }

  /// Reads as much of a text as is a path: up to what is neither `.` nor `[`.
  init(_ reader: inout SourceTextReader) throws(SourceSyntaxError) {
    guard reader.take("$") else { throw reader.error("a path begins with $") }
    steps = []
    while true {
      if reader.take(".", "*") {
        steps.append(.allMembers)
      } else if reader.take(".") {
        let name = reader.takeWord()
        guard !name.isEmpty else { throw reader.error("a name is missing") }
        steps.append(.member(name))
      } else if reader.take("[") {
        steps.append(try Self.bracket(&reader))
      } else {
        break
      }
      guard steps.count <= Self.mostSteps else {
        throw reader.error("a path has at most \(Self.mostSteps) steps")
      }
    }
  }

  private static func bracket(_ reader: inout SourceTextReader) throws(SourceSyntaxError) -> Step {
    let step: Step
    if reader.take("*") {
      step = .all
    } else if let name = try reader.takeQuoted() {
      step = .member(name)
    } else {
      let word = reader.takeWord()
      if reader.take("=") {
        let value = try reader.takeQuoted() ?? reader.takeWord()
        guard !word.isEmpty, !value.isEmpty else { throw reader.error("[name=value] is expected") }
        step = .elementWhere(name: word, is: value)
      } else if let place = Int(word) {
        step = .element(place)
      } else {
        throw reader.error("a number, a name in quotes, name=value or * is expected")
      }
    }
    guard reader.take("]") else { throw reader.error("] is missing") }
    return step
  }
}

extension JSONPath: CustomStringConvertible {
  /// As it is written.
  public var description: String {
    steps.reduce("$") { text, step in
      switch step {
      case .member(let name)
      where name.unicodeScalars.allSatisfy(SourceTextReader.isOfWord) && !name.isEmpty:
        text + ".\(name)"
      case .member(let name): text + "[\"\(name)\"]"
      case .element(let place): text + "[\(place)]"
      case .elementWhere(let name, let value): text + "[\(name)=\"\(value)\"]"
      case .all: text + "[*]"
      case .allMembers: text + ".*"
      }
    }
  }
}
