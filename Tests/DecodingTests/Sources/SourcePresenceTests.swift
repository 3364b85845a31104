import Decoding
import JSON
import Model
import Testing

/// What topics of presence say.
struct SourcePresenceTests {
  private func said(
    _ payload: String,
    _ topic: String = "tele/g1/LWT",
    _ change: (inout PresenceSource) throws -> Void = { _ in }
  ) throws -> (word: PresenceChange.Word?, id: String?, isPattern: Bool, outcome: SourceOutcome) {
    let sourced = Sourced(
      try source(["tele/+/SENSOR"]) {
        $0.add(.fuel, try place("$.fuel"))
        var presence = PresenceSource(topic: "tele/+/LWT")
        try change(&presence)
        $0.presence = [presence]
      }
    )
    let outcome = sourced.decode(topic, payload)
    guard case .presence(let word)? = sourced.findings.first?.kind else {
      return (nil, nil, false, outcome)
    }
    return (word, sourced.ids.first, sourced.findings.first?.isPattern ?? false, outcome)
  }

  @Test(arguments: [
    ("online", PresenceChange.Word.alive), ("Online", .alive), ("ONLINE\n", .alive),
    ("\"online\"", .alive), ("true", .alive), ("1", .alive), (#"{"state":"online"}"#, .alive),
    (#"{"online":true,"timestamp":1}"#, .alive), ("offline", .lastWill), ("Offline", .lastWill),
    ("false", .lastWill), ("0", .lastWill), (#"{"state":"offline"}"#, .lastWill),
    (#"{"online": false}"#, .lastWill), ("Disconnected", .disconnected), ("", .cleared),
  ])
  func knowsTheUsualWords(payload: String, word: PresenceChange.Word) throws {
    let said = try said(payload)
    #expect(said.word == word)
    #expect(said.id == "g1")
    #expect(said.outcome == .understood(source: 0))
  }

  @Test(arguments: [
    "", " ", "maybe", "2", "{}", #"{"state":"maybe"}"#, #"{"state":{}}"#, "[1]", "{",
  ])
  func refusesOthers(payload: String) throws {
    guard !payload.isEmpty else { return }
    let said = try said(payload)
    #expect(said.word == nil)
    #expect(said.outcome == .rejected(.unknownPresence))
  }

  @Test func knowsWordsAndPathsOfTheSource() throws {
    func word(_ payload: String) throws -> PresenceChange.Word? {
      try said(payload) {
        ($0.online, $0.offline, $0.path) = (["läuft", "2"], ["1"], try JSONPath("$.s[0]"))
      }.word
    }
    #expect(try word(#"{"s": ["läuft"]}"#) == .alive)
    #expect(try word(#"{"s": [2]}"#) == .alive)
    #expect(try word(#"{"s": ["1"]}"#) == .lastWill)
    #expect(try word(#"{"s": ["online"]}"#) == nil)
    #expect(try word(#"{"state": "2"}"#) == nil)
    #expect(try word("2") == .alive)
    #expect(try word("true") == nil)
  }

  @Test func coversMany() throws {
    let sourced = Sourced(
      try source(["sites/+/genset/+/state"], id: "{2}-{4}") {
        $0.add(.fuel, try place("$.fuel"))
        var site = PresenceSource(topic: "sites/+/status")
        (site.online, site.offline) = (["Online"], ["Offline"])
        site.covers = try TextTemplate("{2}-*")
        var bridge = PresenceSource(topic: "$SYS/broker/connection/+/state")
        (bridge.online, bridge.offline) = (["1"], ["0"])
        bridge.covers = try TextTemplate("{4}")
        $0.presence = [site, bridge]
      }
    )
    #expect(sourced.decode("sites/north/status", "offline") == .understood(source: 0))
    #expect(sourced.ids == ["north-*"])
    #expect(sourced.findings.first?.isPattern == true)
    #expect(sourced.findings.first?.kind == .presence(.lastWill))
    #expect(sourced.decode("$SYS/broker/connection/site1/state", "0") == .understood(source: 0))
    #expect(sourced.ids == ["site1"])
    #expect(sourced.findings.first?.isPattern == false)
    // A sender cannot speak for others by a name with a star.
    #expect(sourced.decode("sites/*/status", "offline") == .rejected(.noIdentifier))
    // Without `covers` it is the source's id, which this topic does not have.
    #expect(sourced.decode("sites/north/genset/1/state", #"{"fuel": 1}"#) == .understood(source: 0))
    #expect(sourced.ids == ["north-1"])
  }

  @Test func lastWillsOnTheTopicOfValuesAreKnownToo() throws {
    let sourced = Sourced(
      try source(["gen/+"]) {
        $0.add(.fuel, try place("$.fuel"))
        $0.presence = [PresenceSource(topic: "gen/+")]
      }
    )
    sourced.decode("gen/g1", #"{"fuel": 61}"#)
    #expect(sourced.reading?.fuel == 61)
    sourced.decode("gen/g1", "offline")
    #expect(sourced.findings.first?.kind == .presence(.lastWill))
    #expect(sourced.decode("gen/g1", "what") == .rejected(.unknownPresence))
  }

  /// As OwnTracks has it.
  @Test func lastWillsAmongValuesMayBeToldByAMember() throws {
    let sourced = Sourced(
      try source(["owntracks/+/+"], id: "{3}") {
        $0.add(.latitude, try place("$.lat"))
        var will = PresenceSource(topic: "owntracks/+/+")
        (will.path, will.online, will.offline) = (try JSONPath("$._type"), [], ["lwt"])
        $0.presence = [will]
      }
    )
    sourced.decode("owntracks/u/g1", #"{"_type":"location","lat":52.5,"tst":1767619211}"#)
    #expect(sourced.reading?[.latitude] == 52.5)
    sourced.decode("owntracks/u/g1", #"{"_type":"lwt","tst":1767619211}"#)
    #expect(sourced.findings.first?.kind == .presence(.lastWill))
    #expect(sourced.ids == ["g1"])
  }
}
