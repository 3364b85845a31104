internal import MQTT
internal import Model
internal import System

/// Asks Victron's GX devices to go on publishing, where a source allows it.
///
/// A GX device publishes for 60 s after an empty message to `R/<portal id>/keepalive`, first of all that it knows, then what
/// changes; then it falls silent. An option in later ones spares the broker what is known already; firmware before
/// Venus OS 3 does not know it, and tells all again. (Victron's dbus-flashmq.)
///
/// Looks at no clock. Used by the bridge's thread.
struct KeepAlive {
  /// Each of them is asked so often at most, in nanoseconds.
  static let pause: Int64 = 30_000_000_000
  /// Beyond as many nobody is asked: more would be an attack.
  private static let most = 1_024
  private static let changesOnly = Array(#"{"keepalive-options":["suppress-republish"]}"#.utf8)

  /// Told by a device that is not kept alive, as far as it tells anything.
  static let serialFilter = "N/+/system/0/Serial"

  private let pause: Int64
  private var portals = NameTable(bound: most)
  /// When each was last asked: monotonic nanoseconds.
  private var askedAt: [Int64] = []
  /// The portal that was heard last: messages of one come in a row.
  private var last: [UInt8] = []

  /// Nil if no source allows it.
  init?(_ sources: [Source], pause: Int64 = pause) {
    let allowed = sources.filter(\.keepsAlive)
    if allowed.isEmpty { return nil }
    self.pause = pause
    for topic in allowed.flatMap(\.topics) {
      let levels = topic.split(separator: "/", omittingEmptySubsequences: false)
      if levels.count > 1, !["+", "#"].contains(levels[1]) { note(Array(topic.utf8).span) }
    }
  }

  /// Notes whose message it is.
  mutating func note(_ topic: Span<UInt8>) {
    guard topic.count > 2, topic[0] == UInt8(ascii: "N"), topic[1] == Self.slash else { return }
    var end = 2
    while end < topic.count, topic[end] != Self.slash {
      guard Self.isOfPortal(topic[end]) else { return }
      end += 1
    }
    guard end > 2, end <= 34 else { return }
    let portal = topic.extracting(2..<end)
    if last.count == portal.count, portal.indices.allSatisfy({ last[$0] == portal[$0] }) { return }
    guard let place = portals.index(of: portal) else { return }
    if Int(place) == askedAt.count { askedAt.append(.min) }
    last.removeAll(keepingCapacity: true)
    for index in portal.indices { last.append(portal[index]) }
  }

  private static let slash = UInt8(ascii: "/")

  /// A serial number, or what a cloud has for it: it goes into a topic that is published to.
  private static func isOfPortal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
  }

  /// After a new connection all are to tell all again.
  mutating func begin() { for place in askedAt.indices { askedAt[place] = .min } }

  /// What is to be published now.
  ///
  /// - Parameters:
  ///   - now: Monotonic nanoseconds.
  ///   - publish: Gets topic and payload of each message.
  /// - Throws: What `publish` throws; whom it was for is asked again later.
  mutating func ask(
    at now: Int64,
    _ publish: (_ topic: String, _ payload: [UInt8]) throws(MQTTError) -> Void
  ) throws(MQTTError) {
    for place in askedAt.indices {
      let last = askedAt[place]
      guard last == .min || now - last >= pause else { continue }
      let isSilent = last == .min || now - last > 2 * pause
      let portal = portals.withName(place) { $0.copied }
      askedAt[place] = now
      try publish(
        "R/\(String(decoding: portal, as: UTF8.self))/keepalive",
        isSilent ? [] : Self.changesOnly
      )
    }
  }
}
