internal import Arguments
internal import Glibc
internal import Kafka
internal import LocalBrokers
internal import System

/// The options of `feeder`, the test feeder behind the smoke tests and `make bench`.
private let root = Command(
  "feeder",
  summary: "Feed brokers with made-up generators, for the tests and the bench of egtop.",
  subcommands: [
    Command(
      "serve",
      summary: "Start a mosquitto and a Kafka on loopback, print their addresses, and feed both.",
      options: [
        integer("generators", 0...200_000, "24", "The number of generators."),
        integer("clients", 0...10_000, "24", "How many of them have a connection of their own."),
        integer("seed", 0...Int.max, "1", "The same seed gives the same samples."),
        number("interval", "2", "Mean seconds between two samples of a generator."),
        number("task", "5", "Seconds between two runs of the enrichment; 0 for none."),
        number("outages", "25", "Mean seconds between two lost connections; 0 for none."),
        integer("history", 0...1440, "60", "Minutes of enriched records before the start."),
        integer("partitions", 1...200, "4", "How many partitions each topic has."),
        integer(
          "topics",
          0...10_000,
          "0",
          "How many further enriched topics have nothing in them."
        ),
        integer("parent", 1...Int.max, nil, "End when this process is no longer our parent."),
      ],
    ),
    Command(
      "load",
      summary: "Publish numbered samples at a steady rate, fuel counting up from 0.",
      options: [
        integer("port", 1...65_535, nil, "The port of the broker on 127.0.0.1."),
        integer("rate", 1...1_000_000, "1000", "Samples a second."),
        integer("seconds", 1...86_400, "10", "How long."),
        integer("generators", 1...200_000, "100", "The number of generators."),
        integer("connections", 1...100, "1", "How many connections."),
        integer("qos", 0...1, "0", "The quality of service."),
        Option("stamp", help: "Add the time of sending to each sample, in nanoseconds."),
      ],
    ),
    Command(
      "backlog",
      summary: "Write records of the last hour at once.",
      options: [
        Option("raw", help: "Raw samples, not enriched records."),
        Option("kafka", .text, valueName: "servers", help: "The brokers of Kafka."),
        Option(
          "topic",
          .text,
          valueName: "name",
          defaultText: FleetFeeder.enrichedTopic,
          help: "The topic."
        ),
        integer("records", 1...100_000_000, "1000000", "How many records."),
        integer("generators", 1...200_000, "1000", "The number of generators."),
      ],
    ),
  ],
)

private func integer(
  _ name: String,
  _ range: ClosedRange<Int>,
  _ standard: String?,
  _ help: String,
) -> Option {
  Option(name, .integer(range), valueName: "number", defaultText: standard, help: help)
}

private func number(_ name: String, _ standard: String, _ help: String) -> Option {
  Option(name, .number(0...86_400), valueName: "seconds", defaultText: standard, help: help)
}

/// Values of the command line, with the defaults of the table above.
private struct Values {
  let arguments: ParsedArguments
  let options: [Option]

  private func text(_ name: String) -> String? {
    arguments.text(name) ?? options.first { $0.name == name }?.defaultText
  }

  func string(_ name: String) -> String { text(name) ?? "" }
  func integer(_ name: String) -> Int { text(name).flatMap { Int($0) } ?? 0 }
  func number(_ name: String) -> Double { text(name).flatMap { Double($0) } ?? 0 }
}

private func serve(_ values: Values) throws {
  let signals = try SignalFD([SIGTERM, SIGINT, SIGHUP])
  let topics = [FleetFeeder.rawTopic, FleetFeeder.enrichedTopic]
  let partitions = values.integer("partitions")
  let others = (0..<values.integer("topics")).map { ("\(FleetFeeder.enrichedTopic)-\($0)", 1) }
  let brokers = try LocalBrokers(topics: topics.map { ($0, partitions) } + others)
  let port = brokers.mosquitto.port
  let kafka = brokers.kafka.bootstrapServers
  var plan = FleetFeeder.Plan()
  plan.generatorCount = values.integer("generators")
  plan.sessionCount = values.integer("clients")
  plan.seed = UInt64(values.integer("seed"))
  plan.interval = values.number("interval")
  plan.taskInterval = values.number("task")
  plan.outageInterval = values.number("outages")
  plan.historyMinutes = values.integer("history")
  let feeder = try FleetFeeder(plan, mqttPort: port, kafka: kafka)
  try feeder.writeHistory()
  say("EGTOP_MQTT=mqtt://127.0.0.1:\(port)\nEGTOP_KAFKA=\(kafka)")
  let parent = values.integer("parent")
  var poll = Poll()
  poll.add(signals.descriptor, .read)
  defer { withExtendedLifetime(brokers) {} }
  while signals.next() == nil, parent == 0 || getppid() == parent {
    try feeder.serve()
    try poll.wait(timeoutNanoseconds: 10_000_000)
  }
}

private func load(_ values: Values) throws {
  let load = Load(
    port: values.integer("port"),
    rate: values.integer("rate"),
    seconds: values.integer("seconds"),
    generatorCount: values.integer("generators"),
    connectionCount: values.integer("connections"),
    qos: values.integer("qos"),
    isStamped: values.arguments.isOn("stamp"),
  )
  let outcome = try load.run()
  say("sent \(outcome.sent) seconds \(Double(outcome.nanoseconds) / 1e9)")
}

private func backlog(_ values: Values) throws {
  let backlog = Backlog(
    kafka: values.string("kafka"),
    topic: values.string("topic"),
    records: values.integer("records"),
    generatorCount: values.integer("generators"),
    isRaw: values.arguments.isOn("raw"),
  )
  try backlog.run()
  say("written \(backlog.records)")
}

/// Prints at once, also into a pipe.
private func say(_ text: String) {
  print(text)
  fflush(nil)
}

ignoreBrokenPipes()
do {
  let words = Array(CommandLine.arguments.dropFirst())
  switch try CommandParser.parse(words, environment: [:], root: root) {
  case .help(let path, let form): say(HelpText(path: path, form: form).rendered(width: 100))
  case .version: say("feeder")
  case .command(let arguments):
    let name = arguments.path.last
    let options = root.subcommands.first { $0.name == name }?.options ?? []
    let values = Values(arguments: arguments, options: options)
    switch name {
    case "serve": try serve(values)
    case "load": try load(values)
    case "backlog": try backlog(values)
    default: say(HelpText(path: [root]).rendered(width: 100))
    }
  }
} catch {
  say("feeder: \(error)")
  exit(1)
}
