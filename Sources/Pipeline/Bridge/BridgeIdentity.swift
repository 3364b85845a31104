internal import Model

/// What a bridge is called where nobody has named it: two with different filters must not share a session.
public struct BridgeIdentity: Equatable, Sendable {
  /// The session in which the broker keeps messages for it.
  public let clientID: String
  /// Where it tells of its own presence.
  public let presenceTopic: String
  /// Whether it is the bridge of the standard filter, which has the plain names.
  public let isStandard: Bool

  /// The same for the same filters, in whatever order and after each start.
  public init(filters: [String]) {
    isStandard = filters == [Convention.rawFilter]
    let names = Array(Set(filters).sorted().joined(separator: "\n").utf8)
    let digits = String(hash(of: names.span) >> 32, radix: 16)
    let mark = String(repeating: "0", count: 8 - digits.count) + digits
    clientID = isStandard ? Convention.bridgeClient : "\(Convention.bridgeClient)-\(mark)"
    presenceTopic = isStandard ? Convention.bridgeStatus : "egpipe/bridge/\(mark)/status"
  }
}
