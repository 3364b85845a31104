internal import Model

/// Which Kafka topic a message of an MQTT topic belongs to: the rules of the MQTT proxy's `topic.regex.list`.
///
/// A rule is `kafkaTopic:regex`, and the rules are separated by commas. A rule holds for an MQTT topic that its expression
/// matches from the first character to the last; of several that do the first counts.
public struct TopicMap: Sendable {
  /// Why a text is no list of rules.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    public let description: String
  }

  private struct Rule: Sendable {
    let topic: String
    /// As it was written; a `Regex` is not `Sendable`, so each matcher compiles its own.
    let pattern: String
  }

  private let rules: [Rule]

  /// The samples of all generators, and not their presence.
  public static let standardText = Convention.topicRules

  /// Reads a list of rules.
  ///
  /// Each comma begins a rule if the name of a topic and a colon follow it, so an expression may have commas in it.
  ///
  /// - Throws: `Failure` with the rule that is wrong.
  public init(_ text: String) throws(Failure) {
    var rules: [Rule] = []
    for piece in Self.pieces(of: text) {
      guard let rule = Self.rule(piece) else {
        throw Failure(description: "\"\(piece)\" is not a rule such as \(Self.standardText)")
      }
      do {
        _ = try Regex(rule.pattern)
      } catch {
        throw Failure(description: "\"\(rule.pattern)\" is no regular expression")
      }
      rules.append(rule)
    }
    guard !rules.isEmpty else { throw Failure(description: "there is no rule") }
    self.rules = rules
  }

  /// The names of the Kafka topics, in the order of the rules.
  public var topics: [String] { rules.map(\.topic) }

  /// Finds the Kafka topic of MQTT topics; made for one thread.
  public func matcher() -> TopicMatcher {
    TopicMatcher(
      rules.compactMap { rule in
        (try? Regex(rule.pattern)).map { (topic: rule.topic, expression: $0) }
      }
    )
  }

  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let last = pieces.last, rule(String(part)) == nil {
        pieces[pieces.count - 1] = "\(last),\(part)"
      } else {
        pieces.append(String(part))
      }
    }
    return pieces
  }

  private static func rule(_ piece: String) -> Rule? {
    let text = piece.drop(while: \.isWhitespace)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let topic = text[..<colon]
    let pattern = text[text.index(after: colon)...]
    // The names that Kafka allows.
    let isName = topic.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
    }
    guard isName, (1...249).contains(topic.utf8.count), !pattern.isEmpty else { return nil }
    return Rule(topic: String(topic), pattern: String(pattern))
  }
}

/// Applies the rules of a `TopicMap`, and remembers what came of a topic; used by one thread.
public final class TopicMatcher {
  /// Beyond so many MQTT topics each is matched anew.
  private static let largestMemory = 200_000

  private struct Match {
    var bytes: [UInt8]
    /// The place of the rule that holds; nil if none does.
    var rule: Int?
  }

  private let rules: [(topic: String, expression: Regex<AnyRegexOutput>)]
  /// By a hash of the topic; a few may share one.
  private var memory: [UInt64: [Match]] = [:]
  private var remembered = 0

  fileprivate init(_ rules: [(topic: String, expression: Regex<AnyRegexOutput>)]) {
    self.rules = rules
  }

  /// The Kafka topic for an MQTT topic; nil if no rule holds.
  public func kafkaTopic(for topic: Span<UInt8>) -> String? {
    rule(for: topic).map { rules[$0].topic }
  }

  /// The place in the list of the rule that holds for an MQTT topic; nil if none does.
  public func rule(for topic: Span<UInt8>) -> Int? {
    // FNV-1a, by Fowler, Noll and Vo.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in topic.indices { hash = (hash ^ UInt64(topic[index])) &* 0x100_0000_01B3 }
    if let matches = memory[hash] {
      for match in matches where isEqual(match.bytes, topic) { return match.rule }
    }
    var bytes: [UInt8] = []
    for index in topic.indices { bytes.append(topic[index]) }
    let text = String(decoding: bytes, as: UTF8.self)
    let rule = rules.firstIndex { (try? $0.expression.wholeMatch(in: text)) != nil }
    if remembered < Self.largestMemory {
      remembered += 1
      memory[hash, default: []].append(Match(bytes: bytes, rule: rule))
    }
    return rule
  }

  private func isEqual(_ bytes: [UInt8], _ topic: Span<UInt8>) -> Bool {
    guard bytes.count == topic.count else { return false }
    for index in topic.indices where topic[index] != bytes[index] { return false }
    return true
  }
}
