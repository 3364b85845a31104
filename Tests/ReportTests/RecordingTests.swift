import Dashboard
import Model
import Report
import System
import Terminal
import Testing

struct RecordingTests {
  /// A path in a folder that is gone after `body`.
  private func withTemporaryFile(_ body: (String) throws -> Void) throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-test")
    defer { removeFlatDirectory(folder) }
    try body(folder + "/recording")
  }

  private var events: [Event] {
    var reading = Reading()
    reading[.fuel] = 276.9999999999999
    reading[.latitude] = -0.1
    let sample = Sample(
      generator: 3,
      source: .rawTopic,
      isRetained: true,
      receivedAt: 5,
      reading: reading
    )
    let record = EnrichedRecord(
      generator: 1,
      region: 2,
      alarm: .other,
      receivedAt: 9,
      recordTime: 7,
      reading: Reading()
    )
    let change = PresenceChange(generator: 0, word: .cleared, receivedAt: 4)
    var counters = FeedCounters()
    counters.lostFields = 3
    var themes = ThemeReport()
    themes.entries = [ThemeEntry(name: "mine", about: "yours")]
    themes.problem = "mine.yaml:3:1: no"
    let kinds: [Event.Kind] = [
      .resize(width: 120, height: 40), .key(.character("é")), .key(.pageDown), .tick, .frame,
      .feed(.names(generators: ["a\"\\", "ü"], regions: ["North"])),
      .feed(.samples([sample])), .feed(.folded([FoldedSamples(first: sample)])),
      .feed(.enriched([record])), .feed(.presence([change])),
      .feed(.status(.mqtt, .retrying(reason: "refused", nextTry: 12, attempt: 3))),
      .feed(.counters(.kafka, counters)), .feed(.groupLag(GroupLag(recordsBehind: 2))),
      .screen(ScreenFigures()), .suspended, .resumed, .theme(themes),
      .recording(RecordingReport(file: "a", problem: nil)),
      .drawn([.status: Extent(lines: 50, rows: 22)]),
    ]
    let targets: [PointerTarget?] = [
      nil, .nothing, .pane(.alarms), .row(.events, line: 3), .generator(7), .heading(.region(2)),
      .sign(.pinned), .column(.timeToEmpty), .region(nil), .region(1), .key(.escape), .choice(4),
    ]
    let clicks = targets.map { target in
      Event.Kind.mouse(Pointing(MouseReport(.press, x: 5, y: 9), on: target))
    }
    return (kinds + clicks).enumerated().map { place, kind in
      Event(
        kind,
        at: Stamp(monotonic: Int64(place), wall: 1_795_702_833_335_807_164 + Int64(place))
      )
    }
  }

  @Test func readsBackWhatWasWritten() throws {
    try withTemporaryFile { path in
      var options = DashboardOptions()
      options.choices.regions = ["North"]
      options.keys = KeyTable.standard.binding([.pin: [.control("p"), .function(4)], .mark: []])
      options.runValues = ["fps": "5"]
      let recorder = try EventRecorder(path: path, options: options)
      for event in events { recorder.add(event) }
      recorder.close()
      #expect(recorder.failure == nil)
      let reader = try RecordingReader(path: path)
      #expect(reader.options == options)
      var read: [Event] = []
      while let event = reader.next() { read.append(event) }
      #expect(read == events)
    }
  }

  @Test func endsAtTheLastWholeEvent() throws {
    try withTemporaryFile { path in
      let recorder = try EventRecorder(path: path, options: DashboardOptions())
      for event in events { recorder.add(event) }
      recorder.close()
      let bytes = try readFile(path, limit: 1 << 20)
      try writeFileAtomically(path, Array(bytes.dropLast(5)))
      let reader = try RecordingReader(path: path)
      var count = 0
      while reader.next() != nil { count += 1 }
      #expect(count == events.count - 1)
    }
  }

  @Test(arguments: [
    "{\"kind\":{\"tick\":{}},\"stamp\":{\"monotonic\":1", "\u{1B}[31m", "{}",
    #"{"kind":{"tick":{}},"stamp":{"monotonic":9223372036854775807,"wall":0}}"#,
    #"{"kind":{"tick":{}},"stamp":{"monotonic":0,"wall":-9223372036854775808}}"#,
    #"{"kind":{"tick":{}},"stamp":{"monotonic":29e17,"wall":0}}"#,
  ])
  func namesADamagedLineAndPassesItOver(line: String) throws {
    try withTemporaryFile { path in
      let recorder = try EventRecorder(path: path, options: DashboardOptions())
      for event in events { recorder.add(event) }
      recorder.close()
      var lines = try readFile(path, limit: 1 << 20).split(separator: UInt8(ascii: "\n"))
      lines.insert(Array(line.utf8)[...], at: 3)
      try writeFileAtomically(path, Array(lines.joined(separator: [UInt8(ascii: "\n")])))
      let reader = try RecordingReader(path: path)
      var read: [Event] = []
      while let event = reader.next() { read.append(event) }
      #expect(read == events)
      #expect(reader.takeDamage() == "line 4 of the recording is damaged and passed over")
      #expect(reader.takeDamage() == nil)
    }
  }

  /// A window of 1e300 s and its like, which no settings give.
  @Test(arguments: ["window", "tank", "expectedInterval", "criticalSeconds"])
  func refusesNumbersOutOfBounds(name: String) throws {
    try withTemporaryFile { path in
      let recorder = try EventRecorder(path: path, options: DashboardOptions())
      recorder.close()
      let header = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      let odd = header.replacing(try Regex("\"\(name)\":[0-9.]+"), with: "\"\(name)\":1e300")
      #expect(odd != header)
      try writeFileAtomically(path, Array(odd.utf8))
      let error = #expect(throws: RecordingError.self) { try RecordingReader(path: path) }
      #expect(error?.description.contains("\(name) is out of bounds") == true)
    }
  }

  @Test(arguments: ["", "{}\n", "not a recording\n", "{\"egtop\":2,\"options\":{}}\n"])
  func refusesOtherFiles(content: String) throws {
    try withTemporaryFile { path in
      try writeFileAtomically(path, Array(content.utf8))
      #expect(throws: RecordingError.self) { try RecordingReader(path: path) }
    }
  }

  @Test func refusesAMissingFileByName() throws {
    let error = #expect(throws: RecordingError.self) {
      try RecordingReader(path: "/nowhere/recording")
    }
    #expect(error?.description.contains("/nowhere/recording") == true)
  }
}
