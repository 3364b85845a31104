/// The simulator: a fleet that publishes over MQTT.
public struct SimulateSection: SettingsSection {
  public static let title = "Simulator"
  public static let commands = CommandSet.simulate

  public let generators = Setting(
    "egpipe.simulate.generators",
    .one(.integer(1...200_000), default: 24),
    .flag("generators", value: "number"),
    help: "How many generators."
  )
  public let interval = Setting(
    "egpipe.simulate.interval",
    .one(.duration(.milliseconds(1) ... .seconds(86_400)), default: .seconds(10)),
    .flag("interval", value: "time"),
    help: "Mean time between two samples of a generator."
  )
  public let qos = Setting(
    "egpipe.simulate.qos",
    .one(.integer(0...2), default: 0),
    .flag("qos", value: "level"),
    help: "The quality of service of samples."
  )
  public let keepAlive = Setting(
    "egpipe.simulate.keepAlive",
    .one(.duration(.seconds(5) ... .seconds(65_535)), default: .seconds(15)),
    .flag("keep-alive", value: "time"),
    help:
      "The broker publishes the last will of a generator after one and a half of it in silence."
  )
  public let faults = Setting(
    "egpipe.simulate.faults",
    .one(.duration(.zero ... .seconds(86_400)), default: .zero),
    .flag("faults", value: "time"),
    help: "Mean time between two generators that drop off without a word; 0 for none."
  )
  public let clients = Setting(
    "egpipe.simulate.clients",
    .one(.integer(0...10_000), default: 0),
    .flag("clients", value: "number"),
    help: "So many connections for all generators, without presence, for load; 0 for one each."
  )
  public let seed = Setting(
    "egpipe.simulate.seed",
    .one(.integer(0...Int.max), default: 1),
    .flag("seed", value: "number"),
    help: "The same seed gives the same samples."
  )
  public let pace = Setting(
    "egpipe.simulate.pace",
    .one(.number(0.001...100_000), default: 1),
    .flag("pace", value: "factor"),
    help: "How fast the fleet lives: 60 burns in a minute what takes an hour."
  )
  public let compat = Setting(
    "egpipe.simulate.compat",
    .flag,
    .flag("compat"),
    help: "The article's simulator to the letter, with its faults."
  )
  public let rate = Setting(
    nil,
    .optional(.number(0.001...10_000_000)),
    .flag("rate", value: "number", hasVariable: false, isHidden: true),
    help: "Numbered samples a second over all generators, for tests: fuel counts up from 0."
  )
  public let count = Setting(
    nil,
    .one(.integer(0...Int.max), default: 0),
    .flag("count", value: "number", hasVariable: false, isHidden: true),
    help: "With --rate, end after so many samples of each generator; 0 for no end."
  )
}
