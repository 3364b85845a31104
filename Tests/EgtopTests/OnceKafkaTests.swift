import Wording
import Kafka
import LocalBrokers
import System
import Testing

private let hasKcat = Environment.current().executable("kcat") != nil

@Suite(.serialized, .timeLimit(.minutes(20))) struct OnceKafkaTests {
  @Test func readsEveryShapeValueByValue() throws {
    let pipe = try Pipe()
    let wall = wallNanoseconds() - 60_000_000_000
    let time = CivilTime(wall: wall).rfc3339
    let body = { (id: String, time: String) in
      #"{"measurement":"genData","tags":{"generatorID":"\#(id)","region":"US"},"time":\#(time),"#
        + #""alarm":"refuel","fuel":-2.5,"load":7,"power":null,"lat":40.5,"lon":-73}"#
    }
    let flat = { (id: String, time: String) in
      #"{"_measurement":"genData","_time":\#(time),"generatorID":"\#(id)","region":"US","#
        + #""result":"","table":0,"alarm":"refuel","fuel":-2.5,"load":7,"lat":40.5,"lon":-73}"#
    }
    let quoted = "\"\(time)\""
    var records: [String: [UInt8]] = [
      "A": Array(body("A", quoted).utf8), "C": Array(flat("C", quoted).utf8),
      "B": Array(#"{"schema":{"type":"struct"},"payload":\#(body("B", quoted))}"#.utf8),
      "D": [0, 0, 0, 0, 9] + Array(body("D", quoted).utf8),
      "ms": Array(flat("ms", "\(wall / 1_000_000)").utf8),
      "us": Array(flat("us", "\(wall / 1_000)").utf8),
      "ns": Array(flat("ns", "\(wall)").utf8),
    ]
    records["s"] = Array(flat("s", "\(wall / 1_000_000_000)").utf8)
    try pipe.send(records.values.map { Pipe.Record(key: nil, value: $0) })
    // Neither is an error, and neither takes anything away.
    try pipe.send([
      .init(key: Array("A".utf8), value: nil), .init(key: nil, value: nil),
      .init(key: Array("key-names-it".utf8), value: Array(#"{"fuel":1}"#.utf8)),
    ])
    let found = try look(pipe.words + ["--settle", "5s", "--fail-on", "alarm"], expecting: 4)
    #expect(Set(found.generators.map(\.id)) == Set(records.keys).union(["key-names-it"]))
    for id in records.keys {
      let generator = try #require(found[id])
      #expect(generator.region == "US", "\(id)")
      #expect(generator.fuel == -2.5)
      #expect(generator.load == 7)
      #expect(generator.power == nil)
      #expect(generator.temperature == nil)
      #expect([generator.lat, generator.lon] == [40.5, -73])
      #expect(generator.alarm == "refuel")
      #expect(generator.sampleAgeSeconds == nil)
      let age = try #require(generator.enrichedAgeSeconds)
      #expect((59...120).contains(age), "\(id): \(age)")
      let alarm = try #require(found.alarms.first { $0.generator == id })
      let since = id == "s" ? String(time.prefix(19)) : String(time.prefix(23))
      #expect(alarm.since.hasPrefix(since), "\(id): \(alarm.since), \(since)")
      #expect((alarm.id, alarm.kind) == ("refuel:\(id)", "refuel"))
    }
    #expect(found["key-names-it"]?.fuel == 1)
    #expect(found.feeds["kafka"]?.rejected == 0)
    #expect(found.feeds["kafka"]?.received == records.count + 3)
  }

  @Test func countsWhatRegionAndFilterHide() throws {
    let pipe = try Pipe()
    try pipe.send([
      enriched("n1", "north", fuel: 100, alarm: "refuel"),
      enriched("n2", "north", fuel: 900, alarm: "no action"),
      enriched("s1", "south", fuel: 499.5, alarm: "refuel"), enriched("x", nil, fuel: 1),
    ])
    let settle = pipe.words + ["--settle", "3s"]
    let all = try look(settle)
    #expect(all.generators.count == 4)
    #expect(all.hidden == Look.Hidden(generators: 0, alarms: 0))
    #expect(all["x"]?.region == "unknown")
    #expect(all["n2"]?.alarm == "no action")
    #expect(Set(all.alarms.map(\.generator)) == ["n1", "s1"])
    let north = try look(settle + ["--region", "north"])
    #expect(Set(north.generators.map(\.id)) == ["n1", "n2"])
    #expect(north.hidden == Look.Hidden(generators: 2, alarms: 1))
    #expect(north.alarms.map(\.generator) == ["n1"])
    let unknown = try look(settle + ["--region", "unknown", "--fail-on", "alarm"])
    #expect(unknown.generators.map(\.id) == ["x"])
    let filtered = try look(settle + ["--filter", "1 -north", "--fail-on", "alarm"], expecting: 4)
    #expect(filtered.generators.map(\.id) == ["s1"])
    #expect(filtered.hidden == Look.Hidden(generators: 3, alarms: 1))
    let none = try look(settle + ["--filter", "nobody", "--fail-on", "alarm,lost"])
    #expect(none.hidden == Look.Hidden(generators: 4, alarms: 2))
  }

  @Test func aMissingTopicIsLag() throws {
    let cluster = try LocalKafkaCluster()
    let words = ["--kafka", cluster.bootstrapServers, "--settle", "3s", "--no-raw"]
    let found = try look(words + ["--fail-on", "lag"], expecting: 4)
    #expect(found.feeds["kafka"]?.reason == "no topic begins with EG")
  }

  @Test(.enabled(if: hasKcat, "kcat is not installed"))
  func readsWhatKcatWritesAndTheCommitsOfItsGroup() throws {
    let pipe = try Pipe()
    let folder = try makeTemporaryDirectory(prefix: "egtop-kcat")
    defer { removeFlatDirectory(folder) }
    let file = "\(folder)/records"
    let record = enriched("kc", "west", fuel: 321, alarm: "no action")
    try writeFileAtomically(file, Array(record.utf8))
    let servers = pipe.cluster.bootstrapServers
    try #require(run("kcat", ["-P", "-b", servers, "-t", Pipe.enriched, "-p", "0", file]))
    let old = wallNanoseconds() / 1_000_000 - 300_000
    try pipe.send(
      (0..<3).map { _ in .init(key: nil, value: Array("{}".utf8), milliseconds: old) },
      to: Pipe.raw
    )
    let consumer = [
      "-b", servers, "-G", "sink", "-c", "1", "-X", "auto.offset.reset=earliest", Pipe.raw,
    ]
    try #require(run("kcat", consumer))
    let words = pipe.words + ["--sink-group", "sink", "--settle", "5s", "--fail-on", "unknown"]
    let found = try look(words, expecting: 4)
    #expect(found["kc"]?.fuel == 321)
    #expect(found["kc"]?.region == "west")
    let sink = try #require(found.hops.first { $0.id == "sink" })
    // Nobody knows whether that clock is right, nor how often the group commits.
    #expect(sink.state == "unknown")
    #expect(sink.recordsBehind == 2)
    #expect((300...400).contains(try #require(sink.secondsBehind)))
    let checked = try CheckRun(pipe.words + ["--sink-group", "sink"])
    let text = "ok sink group sink has commits on 1 of 1 partition, 2 records behind"
    #expect(checked["sink group"] == text)
  }
}
