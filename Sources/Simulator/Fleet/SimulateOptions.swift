public import MQTT
internal import Model
internal import System

/// How a simulated fleet reports.
public struct SimulateOptions: Equatable, Sendable {
  /// The broker, and how to get in; client id and will are the generators' own.
  public var mqtt: MQTTOptions
  /// Samples go to `<prefix>/<id>`, presence to `<prefix>/<id>/status`.
  public var topicPrefix = Convention.topicPrefix
  /// Of samples and presence, 0 to 2.
  public var qos = 0
  /// Seconds between two samples of a generator; each has its own interval between a half and one and a half of it.
  public var meanInterval = 10.0
  /// Seconds between two generators that drop their connection without a word; 0 for none.
  public var meanFaultInterval = 0.0
  /// How many connections all generators share; nil for one each, with presence.
  public var sharedConnections: Int?
  /// Samples a second over all generators, which take turns, where the samples are to be told from each other, for tests
  /// and measurements: the fuel of each generator counts up from 0.
  public var numberedRate: Double?
  /// After this many numbered samples of each generator the stage ends; nil for no end.
  public var numberedCount: Int?
  /// What is made to happen, in any order.
  public var script: [ScriptedEvent] = []

  public init(mqtt: MQTTOptions) {
    self.mqtt = mqtt
  }
}

/// Why a fleet cannot be simulated.
public enum SimulateError: Error, Equatable, CustomStringConvertible {
  case tooFewDescriptors(needed: Int, allowed: Int, connections: Int)
  case badTopicPrefix(String)
  case noGenerators

  public var description: String {
    switch self {
    case .tooFewDescriptors(let needed, let allowed, let connections):
      "\(connections) connections need \(needed) descriptors, and the hard limit allows \(allowed): "
        + "at most \(max(0, (allowed - Self.otherDescriptors) / Self.descriptorsEach)) connections "
        + "(raise it with ulimit -Hn, or let generators share connections)"
    case .badTopicPrefix(let prefix): "no topic can begin with \"\(prefix)\""
    case .noGenerators: "there are no generators to simulate"
    }
  }

  /// Of one connection: its socket, and a pair of sockets that libmosquitto wakes its own threads with.
  private static let descriptorsEach = 3
  /// For everything else that the process has open.
  private static let otherDescriptors = 256

  /// Sees that there are enough descriptors.
  ///
  /// - Throws: `SimulateError` when the hard limit does not allow them, `SystemError` when the system refuses.
  static func reserveDescriptors(for connections: Int) throws {
    let needed = connections * descriptorsEach + otherDescriptors
    let allowed = try raiseDescriptorLimit(to: needed)
    guard allowed < needed else { return }
    throw tooFewDescriptors(needed: needed, allowed: allowed, connections: connections)
  }
}
