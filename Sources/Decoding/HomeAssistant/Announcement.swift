internal import Model

/// A value that a device announces and that is a metric.
struct AnnouncedEntity: Equatable {
  /// What it is called, for messages.
  var name: String
  var metric: Metric
  /// Among the values of a device that are the same metric the least is taken.
  var rank: Int
  /// Where its states come.
  var topic: String
  var place: ValuePlace
  var availability: AnnouncedAvailability?
  /// Why it is left out all the same; nil if it is not.
  var flaw: AnnouncementFlaw?
}

/// How the presence of a device is announced.
struct AnnouncedAvailability: Equatable {
  enum Mode: String {
    /// It is there while every topic says so.
    case all
    /// It is there while one topic says so.
    case any
    /// The newest word counts.
    case latest
  }

  var mode = Mode.latest
  var places: [PresenceSource] = []

  /// The most topics of one device.
  static let most = 16
}

/// Whose values are announced.
struct AnnouncedOwner: Equatable {
  /// The first identifier, else the first address, else the node of the topic.
  var id: String
  /// All identifiers and the name, by which a configuration may name it.
  var names: [String]
  /// Its name and model, as words.
  var words: String
  /// The area that it suggests for itself; nil if it suggests none.
  var area: String?
}

/// What one message announces.
struct Announcement {
  var owner: AnnouncedOwner
  /// What in it is a metric, by its component where one message has all of a device.
  var entities: [String: [AnnouncedEntity]] = [:]
  /// How many values it announces, whatever they are.
  var count = 1
}

/// Where an announcement stands: `<component>/[<node>/]<object>`.
struct AnnouncementTopic: Equatable {
  var component: String
  var node: String?
  var object: String

  /// Nil for another topic.
  init?(_ topic: Span<UInt8>, prefix: [UInt8]) {
    guard topic.count > prefix.count + 1, topic.count <= AnnouncementBook.longestTopic,
      topic.extracting(0..<prefix.count).isEqual(to: prefix),
      topic[prefix.count] == UInt8(ascii: "/")
    else { return nil }
    var levels = string(topic.extracting((prefix.count + 1)..<topic.count))
      .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard levels.popLast() == "config", (2...3).contains(levels.count) else { return nil }
    component = levels[0]
    node = levels.count == 3 ? levels[1] : nil
    object = levels[levels.count - 1]
  }

  /// Whether a topic is one of announcements, however long.
  static func isOne(_ topic: Span<UInt8>, prefix: [UInt8]) -> Bool {
    let end = Array("/config".utf8)
    return topic.count > prefix.count + end.count
      && topic.extracting(0..<prefix.count).isEqual(to: prefix)
      && topic[prefix.count] == UInt8(ascii: "/")
      && topic.extracting((topic.count - end.count)..<topic.count).isEqual(to: end)
  }
}

extension Span where Element == UInt8 {
  func isEqual(to bytes: [UInt8]) -> Bool {
    count == bytes.count && indices.allSatisfy { self[$0] == bytes[$0] }
  }
}
