internal import JSON
public import Model

/// How generators announce their MQTT sessions: topics, and texts compared to the letter.
public struct PresenceRule: Equatable, Sendable {
  public var filter = TopicFilter(Convention.presenceFilter)
  public var alive = [Convention.alive]
  /// Of the last will.
  public var dead = [Convention.dead]
  /// Of an orderly goodbye; empty if generators say none.
  public var disconnected = ["disconnected"]
  /// Where the text is in a payload that is a JSON object; a payload of plain text is taken as well.
  public var jsonKey: String?
}

extension PresenceRule {
  /// That of egtop's own simulator.
  public static let standard = PresenceRule()
}

/// What a message is by the presence rule.
public enum PresenceOutcome: Equatable, Sendable {
  /// A word; whose, the decoder's ``PresenceDecoder/identifier`` says.
  case word(PresenceChange.Word)
  /// Its topic is none of the rule's.
  case notPresence
  /// A text that is none of the rule's, or no JSON where there should be.
  case rejected(Rejection)
}

/// Decodes presence words, without an allocation for each.
///
/// Owned and used by one thread.
public final class PresenceDecoder {
  private var parser = JSONParser()
  private let filter: TopicFilter
  private let words: [(text: [UInt8], word: PresenceChange.Word)]
  private let jsonKey: [UInt8]?
  private var id = Identifier()

  public init(rule: PresenceRule) {
    filter = rule.filter
    words =
      rule.alive.map { (Array($0.utf8), .alive) }
      + rule.dead.map { (Array($0.utf8), .lastWill) }
      + rule.disconnected.map { (Array($0.utf8), .disconnected) }
    jsonKey = rule.jsonKey.map { Array($0.utf8) }
  }

  /// The id of the generator of the word decoded last: scrubbed, of 1 to 64 characters of UTF-8.
  public var identifier: [UInt8] { id.bytes }

  public func decode(topic: Span<UInt8>, payload: Span<UInt8>) -> PresenceOutcome {
    guard filter.matches(topic), let range = filter.identifier(in: topic) else {
      return .notPresence
    }
    id.set(topic.extracting(range))
    guard !id.bytes.isEmpty else { return .rejected(.noIdentifier) }
    guard !payload.isEmpty else { return .word(.cleared) }
    guard let jsonKey else { return outcome(payload) }
    var result = PresenceOutcome.rejected(.unknownPresence)
    do throws(JSONError) {
      try parser.scalar(at: jsonKey.span, in: payload) { result = outcome($0) }
    } catch {
      return Rejection(error).map(PresenceOutcome.rejected) ?? outcome(payload)
    }
    return result
  }

  private func outcome(_ text: Span<UInt8>) -> PresenceOutcome {
    let trimmed = text.extracting(trimmedRange(text))
    for index in words.indices where isEqual(trimmed, words[index].text) {
      return .word(words[index].word)
    }
    return .rejected(.unknownPresence)
  }

  /// `text` without white space around it, such as the line end of a shell's `echo`.
  private func trimmedRange(_ text: Span<UInt8>) -> Range<Int> {
    var range = 0..<text.count
    while let last = range.last, isSpace(text[last]) { range = range.dropLast() }
    while let first = range.first, isSpace(text[first]) { range = range.dropFirst() }
    return range
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
