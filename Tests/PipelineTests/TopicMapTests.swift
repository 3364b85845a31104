import Pipeline
import Testing

struct TopicMapTests {
  private func topic(_ map: TopicMap, _ topic: String) -> String? {
    let matcher = map.matcher()
    let bytes = Array(topic.utf8)
    // Twice and with another in between: what is remembered has to be right as well.
    let first = matcher.match(bytes.span)
    _ = matcher.match(Array("another".utf8).span)
    #expect(matcher.match(bytes.span) == first)
    #expect(matcher.match(bytes.span) == first)
    guard case .rule(let rule) = first else { return nil }
    return map.topics[rule]
  }

  @Test(arguments: [
    ("a/temperature", "temperature"), ("brightness", "brightness"), ("b/brightness", "brightness"),
    ("temperature/b", nil), ("", nil), ("a/temperature/", nil),
  ])
  func findsTheTopicOfTheProxysExample(mqtt: String, kafka: String?) throws {
    let map = try TopicMap("temperature:.*temperature, brightness:.*brightness")
    #expect(map.topics == ["temperature", "brightness"])
    #expect(topic(map, mqtt) == kafka)
  }

  @Test func takesTheFirstRuleThatMatches() throws {
    let map = try TopicMap("first:plant/.*,second:plant/1,rest:.*")
    #expect(topic(map, "plant/1") == "first")
    #expect(topic(map, "yard/1") == "rest")
  }

  @Test func matchesTheWholeTopicOnly() throws {
    let map = try TopicMap("t:generator[0-9]")
    #expect(topic(map, "generator1") == "t")
    #expect(topic(map, "generator12") == nil)
    #expect(topic(map, "xgenerator1") == nil)
  }

  @Test func takesTheArticlesRule() throws {
    let map = try TopicMap("emergency_generators:.*")
    #expect(topic(map, "emergency_generator/generator1/status") == "emergency_generators")
  }

  @Test func leavesPresenceOutByDefault() throws {
    let map = try TopicMap(TopicMap.standardText)
    #expect(topic(map, "emergency_generator/generator1") == "emergency_generators")
    #expect(topic(map, "emergency_generator/generator1/status") == nil)
  }

  @Test func allowsCommasColonsAndDotsInRules() throws {
    let map = try TopicMap("a.b-c_d:x{1,2}, e:y:z")
    #expect(map.topics == ["a.b-c_d", "e"])
    #expect(topic(map, "xx") == "a.b-c_d")
    #expect(topic(map, "y:z") == "e")
  }

  @Test(arguments: [
    ("plant/1", TopicMatch.rule(0)), ("plant/1/status", .unmatched), ("yard/1", .foreign),
    ("plant", .unmatched), ("$SYS/plant", .foreign),
  ])
  func tellsWhatNoRuleWantsFromWhatNoFilterAskedFor(text: String, expected: TopicMatch) throws {
    let matcher = try TopicMap("t:plant/[^/]+").matcher(["plant/#"])
    for _ in 0..<2 { #expect(matcher.match(Array(text.utf8).span) == expected) }
  }

  @Test(arguments: ["", ":x", "topic", "topic:", "no space:x", "t:[", "ünder:x"])
  func refusesWhatIsNoRule(text: String) {
    #expect(throws: TopicMap.Failure.self) { try TopicMap(text) }
  }
}
