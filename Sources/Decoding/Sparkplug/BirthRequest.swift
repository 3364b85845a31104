internal import Sparkplug

/// A message that asks a node of Sparkplug to announce itself and its devices again.
public struct BirthRequest: Equatable, Sendable {
  public let topic: String
  public let payload: [UInt8]

  init(of node: SparkplugNode, at now: Int64) {
    topic = String(decoding: node.head + Array("NCMD/".utf8) + node.name, as: UTF8.self)
    payload = SparkplugMessage.rebirth(milliseconds: UInt64(clamping: now / 1_000_000))
  }
}
