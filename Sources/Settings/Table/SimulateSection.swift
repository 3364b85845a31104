/// The simulator: a fleet that publishes over MQTT.
public final class SimulateSection: SettingsSection {
  public static let title = "Simulator"
  public static let commands = CommandSet.simulate

  public let generators = Setting(
    "egpipe.simulate.generators",
    .one(.integer(1...200_000), default: 24),
    .flag("generators", value: "number"),
    help: "The number of generators."
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
      "The broker publishes a generator's last will after one and a half of this time in silence."
  )
  public let faults = Setting(
    "egpipe.simulate.faults",
    .one(.duration(.zero ... .seconds(86_400)), default: .zero),
    .flag("faults", value: "time"),
    help: "Mean time between two generators that drop off silently; 0 for never."
  )
  public let clients = Setting(
    "egpipe.simulate.clients",
    .one(.integer(0...10_000), default: 0),
    .flag("clients", value: "number"),
    help:
      "Share this many connections among all generators, without presence, to make load; 0 for one each."
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
    help: "How fast the fleet lives: 60 burns an hour's fuel in a minute."
  )
  public let compat = Setting(
    "egpipe.simulate.compat",
    .flag,
    .flag("compat"),
    help: "Behave exactly as the article's simulator, faults included."
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
