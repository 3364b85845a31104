import JSON
import Model
import Testing

@testable import Decoding

private func decode(
  _ payload: String,
  topic: String = "emergency_generator/g1/status",
  rule: PresenceRule = PresenceRule()
) -> (PresenceOutcome, id: String) {
  let decoder = PresenceDecoder(rule: rule)
  let outcome = decoder.decode(topic: Array(topic.utf8).span, payload: Array(payload.utf8).span)
  return (outcome, String(decoding: decoder.identifier, as: UTF8.self))
}

struct PresenceDecoderTests {
  @Test(arguments: [
    ("online", PresenceOutcome.word(.alive)), ("offline", .word(.lastWill)),
    ("disconnected", .word(.disconnected)), ("", .word(.cleared)), ("offline\n", .word(.lastWill)),
    ("Online", .rejected(.unknownPresence)), ("online!", .rejected(.unknownPresence)),
    ("onlin", .rejected(.unknownPresence)), (#"{"state":"online"}"#, .rejected(.unknownPresence)),
    (" ", .rejected(.unknownPresence)),
  ])
  func readsTheWordsOfTheRule(payload: String, outcome: PresenceOutcome) {
    let result = decode(payload)
    #expect(result.0 == outcome)
    #expect(result.id == "g1")
  }

  @Test(arguments: [
    "emergency_generator/g1", "emergency_generator/g1/status/x", "emergency_generator//status",
    "other/g1/status", "",
  ])
  func leavesOtherTopicsAlone(topic: String) {
    #expect(decode("offline", topic: topic).0 == .notPresence)
  }

  @Test(arguments: [
    (#"{"state":"Online"}"#, PresenceOutcome.word(.alive)),
    (#"{"x":1,"state":"lost"}"#, .word(.lastWill)), ("lost", .word(.lastWill)),
    ("", .word(.cleared)), (#"{"state":"ready"}"#, .word(.alive)),
    (#"{"state":"init"}"#, .rejected(.unknownPresence)),
    (#"{"state":null}"#, .rejected(.unknownPresence)), ("{}", .rejected(.unknownPresence)),
    (#"{"state":"lost""#, .rejected(.json(.invalidJSON))),
  ])
  func looksAtAKeyOfJSON(payload: String, outcome: PresenceOutcome) {
    let rule = PresenceRule(
      alive: ["Online", "ready"],
      dead: ["lost"],
      disconnected: [],
      jsonKey: "state"
    )
    #expect(decode(payload, rule: rule).0 == outcome)
  }

  @Test func comparesBooleansAndNumbersAsWritten() {
    let rule = PresenceRule(
      alive: ["true"],
      dead: ["false"],
      disconnected: ["0"],
      jsonKey: "online"
    )
    #expect(decode(#"{"online":true,"timestamp":1}"#, rule: rule).0 == .word(.alive))
    #expect(decode(#"{"online":false}"#, rule: rule).0 == .word(.lastWill))
    #expect(decode(#"{"online":0}"#, rule: rule).0 == .word(.disconnected))
  }

  @Test func takesTheLevelThatTheRuleNames() {
    let rule = PresenceRule(filter: TopicFilter("+/site/+/LWT", identifierLevel: 0))
    #expect(decode("online", topic: "g7/site/4/LWT", rule: rule).id == "g7")
  }
}

struct TopicFilterTests {
  @Test(arguments: [
    ("a/#", "a", true), ("a/#", "a/b", true), ("a/#", "a/b/c", true), ("a/#", "ab", false),
    ("a/+", "a/b", true), ("a/+", "a", false), ("a/+", "a/", true), ("a/+", "a/b/c", false),
    ("a/+/c", "a/b/c", true), ("a/+/c", "a//c", true), ("a/+/c", "a/b/d", false),
    ("+/+", "/a", true), ("+", "/a", false), ("#", "a/b", true), ("#", "$SYS/x", false),
    ("+/x", "$SYS/x", false), ("$SYS/#", "$SYS/x", true), ("a", "a", true), ("a", "a/", false),
    ("a/b", "a", false), ("$share/g/a/#", "a/b", true), ("", "", true), ("", "a", false),
    ("+/#", "a", true), ("a/+/#", "a/b", true), ("a/+/#", "a", false), ("é/+", "é/ü", true),
  ])
  func matches(filter: String, topic: String, expected: Bool) {
    #expect(TopicFilter(filter).matches(Array(topic.utf8).span) == expected)
  }

  @Test(
    arguments: [
      ("a/#", nil, "a/g/x", 2..<3), ("a/+/c", nil, "a/gg/c", 2..<4), ("+/x/+", nil, "g/x/h", 4..<5),
      ("+/x/+", 0, "g/x/h", 0..<1), ("a", nil, "a", nil), ("a/#", nil, "a", nil),
      ("a/#", nil, "a/", nil), ("a/+", 9, "a/b", nil), ("$share/g/a/+", nil, "a/b", 2..<3),
    ] as [(String, Int?, String, Range<Int>?)]
  )
  func findsTheId(filter: String, level: Int?, topic: String, range: Range<Int>?) {
    let filter = TopicFilter(filter, identifierLevel: level)
    #expect(filter.identifier(in: Array(topic.utf8).span) == range)
  }
}
