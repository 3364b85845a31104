internal import Model
internal import System

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
        throw Failure(description: "\"\(rule.pattern)\" is not a regular expression")
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
    TopicMatcher(rules.compactMap { try? Regex($0.pattern) })
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
    guard topic.utf8.allSatisfy(plainBytes.contains), (1...249).contains(topic.utf8.count),
      !pattern.isEmpty
    else { return nil }
    return Rule(topic: String(topic), pattern: String(pattern))
  }
}

/// Applies the rules of a `TopicMap`, and remembers what came of a topic; used by one thread.
public final class TopicMatcher {
  private let rules: [Regex<AnyRegexOutput>]
  /// The MQTT topics that were met; beyond so many each is matched again.
  private var topics = NameTable(bound: 200_000)
  /// The place of the rule that holds for each of them; nil if none does.
  private var matches: [Int?] = []

  fileprivate init(_ rules: [Regex<AnyRegexOutput>]) {
    self.rules = rules
  }

  /// The place in the list of the rule that holds for an MQTT topic; nil if none does.
  public func rule(for topic: Span<UInt8>) -> Int? {
    let place = topics.index(of: topic).map(Int.init)
    if let place, place < matches.count { return matches[place] }
    let text = String(decoding: topic.indices.map { topic[$0] }, as: UTF8.self)
    let rule = rules.firstIndex { (try? $0.wholeMatch(in: text)) != nil }
    if place != nil { matches.append(rule) }
    return rule
  }
}
