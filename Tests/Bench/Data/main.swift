internal import Arguments
internal import Dashboard
internal import Decoding
internal import Feeds
internal import Glibc
internal import MQTT
internal import Model
internal import System

/// The options of `databench`, the part of `make bench` that needs the program's own modules.
private let root = Command(
  "databench",
  summary: "Measure decoding, and what becomes of numbered samples.",
  subcommands: [
    Command(
      "keys",
      summary: "Print how long keys that find something, and frames, take with a large fleet.",
      options: [
        Option("generators", .integer(1...200_000), help: "How many generators there are.")
      ],
    ),
    Command(
      "frames",
      summary: "Print how long frames of two fleets take, at rest and while samples arrive.",
      options: [
        Option("generators", .integer(1...200_000), help: "How many generators there are."),
        Option("against", .integer(1...200_000), help: "How many the other fleet has."),
      ],
    ),
    Command(
      "past",
      summary: "Print what keeping the last half hour costs, and how long a step back in it takes.",
      options: [
        Option("generators", .integer(1...200_000), help: "How many generators there are."),
        Option("interval", .integer(1...3_600), help: "Seconds between two samples of each."),
        Option("seconds", .integer(1...86_400), help: "How many seconds are heard."),
        Option("megabytes", .integer(0...100_000), help: "The memory for the past."),
      ],
    ),
    Command("fuel", summary: "Answer with the time to empty at samples from standard input."),
    Command("decode", summary: "Print how many raw samples one core decodes in a second."),
    Command("sources", summary: "Print how many messages one core reads by sources in a second."),
    Command(
      "ingest",
      summary: "Read numbered samples from a broker into the state, and compare them at the end.",
      options: [
        Option("port", .integer(1...65_535), help: "The port of the broker on 127.0.0.1."),
        Option("total", .integer(1...Int.max), help: "How many samples there will be."),
        Option("generators", .integer(1...200_000), help: "How many generators they are of."),
        Option("seconds", .integer(1...86_400), help: "How long to wait for the last one."),
      ],
    ),
  ],
)

private func decode() {
  let decoder = RawDecoder(filters: [TopicFilter("emergency_generator/#")])
  let times = 2_000_000
  var best = 0.0
  for _ in 0..<5 {
    // Time of our own on a core: what else the machine does is not counted.
    let start = clock()
    let samples = decoder.decodeArticleSample(times: times)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    best = max(best, Double(samples) / seconds)
  }
  say("rate \(best.rounded())")
}

/// Takes numbered samples as the dashboard does, without a screen.
private struct Ingest {
  let total: Int
  let generatorCount: Int
  private let wake: EventFD
  private let mailbox: Mailbox
  private let feed: Feed
  private var state: DashboardState

  init(port: Int, total: Int, generatorCount: Int) throws {
    self.total = total
    self.generatorCount = generatorCount
    let wake = try EventFD()
    self.wake = wake
    mailbox = Mailbox { wake.signal() }
    var options = DashboardOptions()
    // The fuel is the sample's number: in a usual tank its leaps would not be believed.
    options.policy.tank = 1e9
    state = DashboardState(options)
    let connection = MQTTOptions(host: "127.0.0.1", port: port)
    feed = try MQTTFeed.start(MQTTFeed.Options(connection: connection), into: mailbox, log: Log())
  }

  private var received: Int { state.fleet.traffic.counters[.mqtt]?.samples ?? 0 }

  private mutating func apply(_ kind: Event.Kind) {
    let stamp = Stamp(monotonic: monotonicNanoseconds(), wall: wallNanoseconds())
    _ = state.apply(Event(kind, at: stamp))
  }

  mutating func run(seconds: Int) throws {
    let deadline = monotonicNanoseconds() + Int64(seconds) * 1_000_000_000
    var nextFrame = monotonicNanoseconds()
    var isAnnounced = false
    var poll = Poll()
    poll.add(wake.descriptor, .read)
    while received < total, monotonicNanoseconds() < deadline {
      try poll.wait(timeoutNanoseconds: 100_000_000)
      wake.drain()
      for event in mailbox.takeEvents() { apply(.feed(event)) }
      if !isAnnounced, state.fleet.traffic.status(.mqtt) == .live {
        say("ready")
        isAnnounced = true
      }
      if monotonicNanoseconds() >= nextFrame {
        nextFrame += 100_000_000
        apply(.tick)
        apply(.frame)
      }
    }
    feed.stop()
    for event in mailbox.takeEvents() { apply(.feed(event)) }
    report()
  }

  private func report() {
    var last: [String: Double] = [:]
    for (id, generator) in zip(state.fleet.ids, state.fleet.generators) {
      last[id] = generator.raw.fuel
    }
    var wrong = 0
    for index in 0..<min(generatorCount, total) {
      let number = index + (total - 1 - index) / generatorCount * generatorCount
      if last["generator\(index + 1)"] != Double(number) { wrong += 1 }
    }
    let counters = state.fleet.traffic.counters[.mqtt] ?? FeedCounters()
    say(
      "received \(counters.received) samples \(counters.samples) rejected \(counters.rejected) "
        + "folded \(state.fleet.traffic.folded) wrong \(wrong)"
    )
  }
}

/// Prints at once, also into a pipe.
func say(_ text: String) {
  print(text)
  fflush(nil)
}

do {
  let words = Array(CommandLine.arguments.dropFirst())
  switch try CommandParser.parse(words, environment: [:], root: root) {
  case .help(let path, let form): say(HelpText(path: path, form: form).rendered(width: 100))
  case .version: say("databench")
  case .command(let arguments):
    func number(_ name: String) -> Int { arguments.text(name).flatMap { Int($0) } ?? 1 }
    switch arguments.path.last {
    case "decode": decode()
    case "sources": try measureSources()
    case "fuel": measureFuelDays()
    case "keys": measureKeys(generators: number("generators"))
    case "frames": measureFrames(generators: number("generators"), against: number("against"))
    case "past":
      measurePast(
        generators: number("generators"),
        interval: number("interval"),
        seconds: number("seconds"),
        megabytes: number("megabytes"),
      )
    case "ingest":
      var ingest = try Ingest(
        port: number("port"),
        total: number("total"),
        generatorCount: number("generators"),
      )
      try ingest.run(seconds: number("seconds"))
    default: say(HelpText(path: [root]).rendered(width: 100))
    }
  }
} catch {
  say("databench: \(error)")
  exit(1)
}
