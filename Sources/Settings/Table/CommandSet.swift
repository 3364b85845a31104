/// The commands of egtop and egpipe, as sets, for what belongs to which.
public struct CommandSet: OptionSet, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// The dashboard and `--once`.
  public static let watch = CommandSet(rawValue: 1)
  public static let check = CommandSet(rawValue: 2)
  public static let replay = CommandSet(rawValue: 4)
  public static let demo = CommandSet(rawValue: 8)
  public static let simulate = CommandSet(rawValue: 16)
  public static let bridge = CommandSet(rawValue: 32)
  public static let sink = CommandSet(rawValue: 64)
  public static let task = CommandSet(rawValue: 128)
  public static let source = CommandSet(rawValue: 256)
  /// `egpipe run` alone; it has all that the stages have as well.
  public static let run = CommandSet(rawValue: 512)
  /// `egpipe` without a command.
  public static let bare = CommandSet(rawValue: 1024)

  public static let lag = CommandSet(rawValue: 2048)

  /// `egtop discover` and `egtop init`.
  public static let discover = CommandSet(rawValue: 4096)

  public static let feeds: CommandSet = [.watch, .check, .lag]
  /// Those that can look without a screen and print what there is.
  public static let looks: CommandSet = [.watch, .lag]
  /// Those with a screen.
  public static let screens: CommandSet = [.watch, .replay, .demo]
  /// Those that know a fleet of the operator's.
  public static let fleets: CommandSet = [.watch, .check, .lag, .replay]
  /// Those that connect to an MQTT broker.
  public static let mqtt: CommandSet = [.feeds, .discover, .simulate, .bridge]
  /// Those that connect to Kafka.
  public static let kafka: CommandSet = [.feeds, .bridge, .sink, .source]

  /// All of egtop.
  public static let egtop: CommandSet = [.watch, .check, .lag, .replay, .demo, .discover]
  /// All of egpipe.
  public static let egpipe: CommandSet = [.simulate, .bridge, .sink, .task, .source, .run]
  public static let all: CommandSet = [.egtop, .egpipe]

  /// The name of the program that has them.
  var program: String { isDisjoint(with: .egtop) ? "egpipe" : "egtop" }
}
