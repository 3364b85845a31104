internal import Decoding
internal import Model
internal import Patterns
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
    let pattern: Pattern
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
      guard let (topic, text) = Self.rule(piece) else {
        throw Failure(description: "\"\(piece)\" is not a rule such as \(Self.standardText)")
      }
      do throws(Pattern.Failure) {
        rules.append(Rule(topic: topic, pattern: try Pattern(text)))
      } catch {
        let reason = "\"\(text)\" is not a regular expression that can be used: \(error)"
        throw Failure(description: reason)
      }
    }
    guard !rules.isEmpty else { throw Failure(description: "there is no rule") }
    self.rules = rules
  }

  /// The names of the Kafka topics, in the order of the rules.
  public var topics: [String] { rules.map(\.topic) }

  /// Finds the Kafka topic of MQTT topics that come by some filters; made for one thread.
  public func matcher(_ filters: [String] = ["#"]) -> TopicMatcher {
    TopicMatcher(rules.map(\.pattern), filters.map { TopicFilter($0) })
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

  private static func rule(_ piece: String) -> (topic: String, pattern: String)? {
    let text = piece.drop(while: \.isWhitespace)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let topic = text[..<colon]
    let pattern = text[text.index(after: colon)...]
    guard topic.utf8.allSatisfy(plainBytes.contains), (1...249).contains(topic.utf8.count),
      !pattern.isEmpty
    else { return nil }
    return (String(topic), String(pattern))
  }
}

/// Where a message goes.
public enum TopicMatch: Equatable, Sendable {
  /// The place of the rule that holds.
  case rule(Int)
  /// It came by one of the filters, and no rule wants it.
  case unmatched
  /// It came by no filter of ours: by a subscription that the session had from before.
  case foreign
}

/// Applies the rules of a `TopicMap`, and remembers what came of a topic; used by one thread.
public final class TopicMatcher {
  private let rules: [Pattern]
  private let filters: [TopicFilter]
  /// The MQTT topics that were met; beyond so many, or so many bytes of them, each is matched again.
  private var topics = NameTable(bound: 200_000, mostBytes: 32 << 20)
  private var matches: [TopicMatch] = []

  fileprivate init(_ rules: [Pattern], _ filters: [TopicFilter]) {
    self.rules = rules
    self.filters = filters
  }

  /// Where a message of an MQTT topic goes.
  public func match(_ topic: Span<UInt8>) -> TopicMatch {
    let place = topics.index(of: topic).map(Int.init)
    if let place, place < matches.count { return matches[place] }
    let match = newMatch(topic)
    if place != nil { matches.append(match) }
    return match
  }

  private func newMatch(_ topic: Span<UInt8>) -> TopicMatch {
    guard filters.contains(where: { $0.matches(topic) }) else { return .foreign }
    return rules.firstIndex { $0.matches(topic) }.map(TopicMatch.rule) ?? .unmatched
  }
}
