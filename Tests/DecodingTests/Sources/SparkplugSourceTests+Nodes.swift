import Model
import TestSupport
import Testing

@testable import Decoding

/// Topics of nodes, how many are remembered, and when they are asked for a birth.
extension SparkplugSourceTests {
  @Test func whatIsNotOfNodesIsPassedOverWithoutComplaint() throws {
    let sourced = Sourced(try source())
    #expect(
      sourced.decode("spBv1.0/STATE/scada", #"{"online":true,"timestamp":1}"#) == .passed(source: 0)
    )
    for type in ["NCMD", "DCMD"] {
      send(sourced, type, type == "NCMD" ? nil : "gen-1", "Node Control/Rebirth Boolean = true")
      #expect(sourced.findings.isEmpty && sourced.decoder.counts[0].notUnderstood == 0)
    }
    #expect(sourced.decode("spBv1.0/plant/DDATA/gw7/gen-1", "") == .passed(source: 0))
    for topic in [
      "spBv1.0/plant/DDATA/gw7", "spBv1.0/plant/NDATA/gw7/a", "spBv1.0/plant/X/gw7", "spBv1.0/a",
      "spBv1.0/plant/DDATA/gw7/a/b",
    ] {
      #expect(sourced.decode(topic, "x") == .ignored(.noSparkplug), "\(topic)")
    }
    #expect(
      sourced.decode("spBv1.0/plant/DDATA/gw7/gen-1", "{\"fuel\":1}") == .rejected(.noSparkplug)
    )
  }

  @Test func namesOfNodesAreBounded() throws {
    let sourced = Sourced(try source())
    let long = String(repeating: "x", count: 60_000)
    let outcome = send(sourced, "NBIRTH", nil, node: long, "Fuel Level Int16 = 61")
    #expect(outcome == .ignored(.noSparkplug))
  }

  @Test func aGapIsToleratedAndBirthsAreAskedForAtAPace() throws {
    let quiet = Sourced(try source())
    send(quiet, "DDATA", "#1 = 39")
    #expect(quiet.decoder.takeBirthRequests(at: noon).isEmpty)
    let sourced = Sourced(try source { $0.sparkplug?.asksForBirths = true })
    func data(_ text: String, of node: String = "gw7", after seconds: Int64) {
      let topic = Array("spBv1.0/plant/DDATA/\(node)/gen-1".utf8)
      let payload = SparkplugPayload.bytes(text)
      _ = sourced.decoder.decode(
        topic: topic.span,
        payload: payload.span,
        now: noon + seconds * 1_000_000_000
      )
    }
    // What a name told of an alias is no reason to ask.
    data("Fuel Level #1 Int16 = 39", of: "named", after: 0)
    data("#1 = 38", of: "named", after: 0)
    #expect(sourced.decoder.takeBirthRequests(at: noon).isEmpty)
    var asked: [Int64] = []
    for second: Int64 in 0..<1_000 {
      data("#1 = 39", after: second)
      let requests = sourced.decoder.takeBirthRequests(at: noon)
      #expect(requests.allSatisfy { $0.topic == "spBv1.0/plant/NCMD/gw7" && !$0.payload.isEmpty })
      if !requests.isEmpty { asked.append(second) }
    }
    #expect(asked == [0, 60, 180, 420, 900])
    // Two hundred nodes that nobody knows: not all at once.
    for number in 0..<200 { data("#1 = 39", of: "n\(number)", after: 2_000) }
    #expect(sourced.decoder.takeBirthRequests(at: noon).count == 1)
    send(sourced, "NBIRTH", nil, "seq 0; bdSeq Int64 = 1")
    send(sourced, "DBIRTH", "seq 1; Fuel Level #1 Int16 = 61")
    data("seq 2; #1 = 60", after: 9_000)
    #expect(sourced.decoder.takeBirthRequests(at: noon).isEmpty)
    data("seq 4; #1 = 59", after: 9_001)
    #expect(values(sourced)?.reading.fuel == 59)
    #expect(sourced.decoder.takeBirthRequests(at: noon).map(\.topic) == ["spBv1.0/plant/NCMD/gw7"])
  }

  @Test func anotherIdAndAnotherPrefix() throws {
    let sourced = Sourced(
      try source("{6}") {
        $0.sparkplug?.prefix = "site/spBv1.0"
        $0.topics = ["site/spBv1.0/#"]
      }
    )
    let payload = SparkplugPayload.bytes("Fuel Level #1 Int16 = 61")
    func decode(_ topic: String) -> SourceOutcome {
      sourced.decoder.decode(topic: Array(topic.utf8).span, payload: payload.span, now: noon)
    }
    #expect(decode("site/spBv1.0/plant/DBIRTH/gw7/gen-1") == .understood(source: 0))
    #expect(sourced.ids == ["gen-1", "gen-1"])
    // The id is that of a device alone: a node has none.
    #expect(decode("site/spBv1.0/plant/NBIRTH/gw7") == .passed(source: 0))
  }

  @Test func manyNodesAndDevicesAreBounded() throws {
    let sourced = Sourced(try source())
    let payload = SparkplugPayload.bytes("Fuel Level #1 Int16 = 61")
    for number in 0..<(BirthMemory.mostNodes + 100) {
      let topic = Array("spBv1.0/plant/DBIRTH/n\(number)/d".utf8)
      _ = sourced.decoder.decode(topic: topic.span, payload: payload.span, now: noon)
    }
    // The oldest are forgotten, the newest not.
    #expect(send(sourced, "DDATA", "d", node: "n0", "#1 = 5") != .understood(source: 0))
    #expect(
      send(sourced, "DDATA", "d", node: "n\(BirthMemory.mostNodes)", "#1 = 5")
        == .understood(source: 0)
    )
  }
}
