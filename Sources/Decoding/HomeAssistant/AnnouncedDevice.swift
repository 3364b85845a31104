internal import Model

/// A device that announces itself: its values that are metrics, and what is known of its presence.
///
/// Owned by an ``AnnouncementBook``.
final class AnnouncedDevice {
  /// By the topic of the announcement, the component where one message has all, and the metric, of which a position is two.
  struct Key: Hashable, Comparable {
    var topic: [UInt8]
    var component: String
    var metric: Metric

    /// As one metric has them.
    static func < (left: Key, right: Key) -> Bool {
      left.topic == right.topic
        ? left.component < right.component : left.topic.lexicographicallyPrecedes(right.topic)
    }
  }

  let id: [UInt8]
  var area: [UInt8] = []
  /// Whether the configuration names it.
  var isNamed = false
  var isGenerator = false
  var entities: [Key: AnnouncedEntity] = [:]
  /// How many values each of its announcements has, whatever they are.
  var announced: [[UInt8]: Int] = [:]
  /// The best of each metric, which are read; none if it is no generator.
  var chosen: [Metric: AnnouncedEntity] = [:]
  private(set) var availability: AnnouncedAvailability?
  private var words: [PresenceChange.Word?] = []
  private var latest: PresenceChange.Word?

  init(id: [UInt8]) { self.id = id }

  /// How many values it announces.
  var count: Int { announced.values.reduce(0, +) }

  /// The best of each metric among those that can be read.
  var best: [Metric: AnnouncedEntity] {
    var best: [Metric: (key: Key, entity: AnnouncedEntity)] = [:]
    for (key, entity) in entities where entity.flaw == nil {
      if let other = best[entity.metric] {
        guard (entity.rank, key) < (other.entity.rank, other.key) else { continue }
      }
      best[entity.metric] = (key, entity)
    }
    return best.mapValues(\.entity)
  }

  // MARK: Presence

  /// Takes over how its presence is told: what was said of it before holds no more if that is new.
  func follow(_ availability: AnnouncedAvailability?) {
    guard availability != self.availability else { return }
    self.availability = availability
    words = Array(repeating: nil, count: availability?.places.count ?? 0)
    latest = nil
  }

  /// Takes a word of one of its topics, and gives what holds of all; nil if that cannot be told yet.
  func take(_ word: PresenceChange.Word, at place: Int) -> PresenceChange.Word? {
    guard let availability, words.indices.contains(place) else { return nil }
    words[place] = word == .cleared ? nil : word
    latest = word
    let hasUnknown = words.contains(nil)
    switch availability.mode {
    case .latest: return latest
    case .all:
      if words.contains(.lastWill) { return .lastWill }
      return hasUnknown ? (word == .cleared ? .cleared : nil) : .alive
    case .any:
      if words.contains(.alive) { return .alive }
      return hasUnknown ? (word == .cleared ? .cleared : nil) : .lastWill
    }
  }
}

extension AnnouncedDevice: Hashable {
  static func == (left: AnnouncedDevice, right: AnnouncedDevice) -> Bool { left === right }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
