/// The simulator: a fleet that publishes over MQTT.
public final class SimulateSection: SettingsSection {
  public static let title = "Simulator"
  public static let commands = CommandSet.simulate

  public let generators = Row("egpipe.simulate.generators", .integer(1...200_000, default: 24))
    .option("generators", value: "number")
    .help("The number of generators.")
  public let interval = Row("egpipe.simulate.interval", .time(0.001...86_400, default: 10))
    .option("interval", value: "time")
    .help("Mean time between two samples of a generator.")
  public let qos = Row("egpipe.simulate.qos", .integer(0...2, default: 0))
    .option("qos", value: "level")
    .help("The quality of service of samples.")
  public let keepAlive = Row("egpipe.simulate.keepAlive", .time(5...65_535, default: 15))
    .option("keep-alive", value: "time")
    .help(
      "The broker publishes a generator's last will after one and a half of this time in silence."
    )
  public let faults = Row("egpipe.simulate.faults", .time(0...86_400, default: 0))
    .option("faults", value: "time")
    .help("Mean time between two generators that drop off silently; 0 for never.")
  public let clients = Row("egpipe.simulate.clients", .integer(0...10_000, default: 0))
    .option("clients", value: "number")
    .help(
      "Share this many connections among all generators, without presence, to make load; 0 for one each."
    )
  public let seed = Row("egpipe.simulate.seed", .integer(0...Int.max, default: 1))
    .option("seed", value: "number")
    .help("The same seed gives the same samples.")
  public let pace = Row("egpipe.simulate.pace", .one(.number(0.001...100_000), default: 1))
    .option("pace", value: "factor")
    .help("How fast the fleet lives: 60 burns an hour's fuel in a minute.")
  public let compat = Row("egpipe.simulate.compat", .flag)
    .option("compat")
    .help("Behave exactly as the article's simulator, faults included.")
  public let rate = Row(nil, .optional(.number(0.001...10_000_000)))
    .option("rate", value: "number", hasVariable: false, isHidden: true)
    .help("Numbered samples a second over all generators, for tests: fuel counts up from 0.")
  public let count = Row(nil, .integer(0...Int.max, default: 0))
    .option("count", value: "number", hasVariable: false, isHidden: true)
    .help("With --rate, end after so many samples of each generator; 0 for no end.")
}
