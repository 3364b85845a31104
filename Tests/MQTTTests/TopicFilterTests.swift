import MQTT
import Testing

struct TopicFilterTests {
  @Test(arguments: [
    ("a/b", "a/b", true), ("a/b", "a/c", false), ("a/b", "a", false), ("a/b", "a/b/c", false),
    ("a/b", "a/bc", false), ("+", "a", true), ("+", "a/b", false), ("+/+", "a/b", true),
    ("+/+", "/b", true), ("/+", "/b", true), ("+", "/b", false), ("a/+/c", "a//c", true),
    ("a/+/c", "a/b/c", true), ("a/+/c", "a/b/d", false), ("a/+", "a", false), ("a/+", "a/", true),
    ("#", "a", true), ("#", "a/b/c", true), ("#", "/", true), ("a/#", "a", true),
    ("a/#", "a/", true), ("a/#", "a/b/c", true), ("a/#", "ab", false), ("a/#", "b", false),
    ("+/#", "a", true), ("+/b/#", "a/b", true), ("+/b/#", "a/bc", false),
    ("#", "$SYS/x", false), ("+/x", "$SYS/x", false), ("$SYS/#", "$SYS/x", true),
    ("$SYS/#", "$SYS", true), ("a/#", "a/$b", true), ("a/+", "a/$b", true), ("#", "", false),
    ("emergency_generator/+/status", "emergency_generator/g1/status", true),
    ("emergency_generator/+/status", "emergency_generator/g1", false),
    ("ü/+", "ü/é", true), ("/", "/", true), ("a/", "a/", true), ("a/", "a", false),
  ])
  func matches(_ filter: String, _ topic: String, _ expected: Bool) throws {
    // A topic is a filter of itself alone.
    let filter = try #require(MQTTTopicFilter(filter))
    #expect(MQTTTopicFilter(topic).map(filter.covers) ?? false == expected)
  }

  @Test(arguments: ["", "a#", "#/a", "a/#/b", "a+", "+a", "a/b+/c", "a/#b", "##", "a\u{0}b"])
  func refusesWhatIsNoFilter(_ text: String) {
    #expect(MQTTTopicFilter(text) == nil)
  }

  @Test(arguments: [
    ("#", "a/b", true), ("#", "+/x/#", true), ("#", "$SYS/#", false), ("a/#", "a", true),
    ("a/#", "a/#", true), ("a/#", "a/+/status", true), ("a/+", "a/b", true), ("a/+", "a/#", false),
    ("+/b", "a/b", true), ("a/b", "a/+", false), ("a/+/c", "a/b/+", false), ("a", "a/#", false),
    ("a/#", "b/#", false), ("a/b", "a", false), ("a", "a/b", false), ("+/x", "$S/x", false),
  ])
  func covers(_ wide: String, _ narrow: String, _ expected: Bool) throws {
    #expect(
      try #require(MQTTTopicFilter(wide)).covers(try #require(MQTTTopicFilter(narrow))) == expected
    )
  }

  @Test func keepsOnlyFiltersThatAddSomething() {
    let filters = ["a/+/status", "x", "a/#", "a/b", "x"].compactMap(MQTTTopicFilter.init)
    #expect(MQTTTopicFilter.withoutCovered(filters).map(\.text) == ["x", "a/#"])
  }

  @Test func refusesFiltersThatNoPacketCanHold() {
    #expect(MQTTTopicFilter(String(repeating: "x", count: 65_535)) != nil)
    #expect(MQTTTopicFilter(String(repeating: "x", count: 65_536)) == nil)
  }
}
