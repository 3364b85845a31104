internal import Model

/// What devices announce to Home Assistant, and which topics are wanted for it.
///
/// Owned and used by one thread; bounded.
final class AnnouncementBook {
  /// Who reads a topic.
  final class Topic {
    let text: [UInt8]
    var values: [AnnouncedDevice: [PlaceReader]] = [:]
    var presence: [AnnouncedDevice: [(place: Int, reader: PresenceReader)]] = [:]

    init(_ text: [UInt8]) { self.text = text }

    var isUnused: Bool { values.isEmpty && presence.isEmpty }
  }

  /// What an announcement changed of a device.
  struct Change {
    var device: AnnouncedDevice
    /// A bit for each metric, by its number, that it has no more.
    var cleared: UInt32
    /// Whether it is no generator any more.
    var isGone: Bool
  }

  /// The most bytes of a topic.
  static let longestTopic = 512
  /// The most values that one device announces.
  static let mostOfDevice = 1_000
  static let mostDevices = 20_000
  static let mostTopics = 1 << 16
  /// The most announcements that are remembered, those of other devices included.
  static let mostAnnouncements = 1 << 17
  /// The most different paths.
  static let mostPaths = 1 << 14

  let prefix: [UInt8]
  private let names: Set<String>
  private let reader: AnnouncementReader
  private var devices: [String: AnnouncedDevice] = [:]
  /// Whose an announcement is, by its topic.
  private var owners: [[UInt8]: AnnouncedDevice] = [:]
  /// By hashes with a seed of chance, which nobody can make alike.
  private var topics: [UInt64: Topic] = [:]
  private let seed = UInt64.random(in: .min ... .max)
  private(set) var generatorCount = 0
  private(set) var news = TopicNews()
  private(set) var losses: [Rejection] = []

  init(_ rule: HomeAssistantRule) {
    prefix = Array(rule.prefix.utf8)
    names = Set(rule.devices)
    reader = AnnouncementReader(rule)
  }

  /// How many devices announce themselves that are no generators.
  var otherCount: Int { devices.count - generatorCount }

  /// All topics that are wanted.
  var wanted: [String] { topics.values.map { String(decoding: $0.text, as: UTF8.self) } }

  /// Takes what changed of the topics that are wanted.
  func takeNews() -> TopicNews {
    defer { news = TopicNews() }
    return news
  }

  /// Who reads a topic; nil if nobody does.
  func topic(_ text: Span<UInt8>) -> Topic? {
    guard let topic = topics[key(text)], text.isEqual(to: topic.text) else { return nil }
    return topic
  }

  private func key(_ text: Span<UInt8>) -> UInt64 {
    var hash = seed
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash
  }

  // MARK: Announcements

  /// Takes an announcement; an empty one takes back what its topic announced before.
  ///
  /// - Parameters:
  ///   - topic: One that is of announcements.
  ///   - payload: The message.
  ///   - document: To read it by.
  /// - Returns: What it changed. What was left out is in ``losses``.
  func take(
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ document: inout SourceDocument
  ) -> [Change] {
    losses.removeAll(keepingCapacity: true)
    guard let place = AnnouncementTopic(topic, prefix: prefix) else {
      lose(.topic, "an announcement")
      return []
    }
    let name = topic.indices.map { topic[$0] }
    guard !payload.isEmpty else { return remove(name, keeping: nil, &document) }
    guard document.read(payload) else {
      losses.append(document.failure(of: payload) ?? .noObject)
      return []
    }
    do throws(AnnouncementFlaw) {
      guard let announcement = try reader.read(place, document) else {
        return remove(name, keeping: nil, &document)
      }
      return try add(announcement, name, &document)
    } catch {
      // What its topic announced before does not hold any more.
      let changes = remove(name, keeping: nil, &document)
      lose(error, place.object)
      return changes
    }
  }

  private func add(
    _ announcement: Announcement,
    _ name: [UInt8],
    _ document: inout SourceDocument
  ) throws(AnnouncementFlaw) -> [Change] {
    let device = try device(announcement.owner)
    guard device.announced[name] != nil || owners.count < Self.mostAnnouncements,
      device.count - (device.announced[name] ?? 0) + announcement.count <= Self.mostOfDevice
    else { throw .manyValues }
    // One that moved, from another device.
    let changes = remove(name, keeping: device, &document)
    owners[name] = device
    device.announced[name] = announcement.count
    if let area = announcement.owner.area { device.area = Array(area.utf8) }
    device.isNamed = device.isNamed || announcement.owner.names.contains(where: names.contains)
    for key in device.entities.keys where key.topic == name { device.entities[key] = nil }
    var flawed: [AnnouncedEntity] = []
    for (component, entities) in announcement.entities {
      for entity in entities {
        let key = AnnouncedDevice.Key(topic: name, component: component, metric: entity.metric)
        device.entities[key] = entity
        if entity.flaw != nil { flawed.append(entity) }
      }
    }
    let wasGenerator = device.isGenerator
    let change = update(device, &document)
    if device.isGenerator {
      let all = wasGenerator ? flawed : device.entities.values.filter { $0.flaw != nil }
      for entity in all { if let flaw = entity.flaw { lose(flaw, entity.name) } }
    }
    return changes + [change].compactMap { $0 }
  }

  private func device(_ owner: AnnouncedOwner) throws(AnnouncementFlaw) -> AnnouncedDevice {
    if let device = devices[owner.id] { return device }
    guard devices.count < Self.mostDevices else { throw .manyDevices }
    let device = AnnouncedDevice(id: Array(owner.id.utf8))
    devices[owner.id] = device
    return device
  }

  /// Takes back what a topic announced, unless it was of a device that goes on with it.
  private func remove(
    _ name: [UInt8],
    keeping kept: AnnouncedDevice?,
    _ document: inout SourceDocument
  ) -> [Change] {
    guard let device = owners[name], device != kept else { return [] }
    owners[name] = nil
    device.announced[name] = nil
    for key in device.entities.keys where key.topic == name { device.entities[key] = nil }
    let change = update(device, &document)
    if device.announced.isEmpty { devices[String(decoding: device.id, as: UTF8.self)] = nil }
    return [change].compactMap { $0 }
  }

  private func lose(_ flaw: AnnouncementFlaw, _ name: String) {
    losses.append(.announcement(flaw, of: name))
  }

  // MARK: Topics

  /// Reads what is the best of each metric now, if that is new.
  private func update(_ device: AnnouncedDevice, _ document: inout SourceDocument) -> Change? {
    let wasGenerator = device.isGenerator
    device.isGenerator =
      !device.announced.isEmpty
      && (device.isNamed
        || device.entities.values.contains { AnnouncedMetric.makesGenerator($0.metric) })
    if device.isGenerator != wasGenerator { generatorCount += wasGenerator ? -1 : 1 }
    let best = device.isGenerator ? device.best : [:]
    // That of its fuel, else of the first metric that has one.
    let availability = Metric.allCases.lazy.compactMap { best[$0]?.availability }.first
    guard best != device.chosen || availability != device.availability else { return nil }
    let before = device.chosen
    let isNew = availability != device.availability
    let hadPresence = device.availability != nil
    let left = topicsOf(before, device.availability)
    for topic in left { leave(topic, device) }
    device.chosen = best
    device.follow(availability)
    for metric in Metric.allCases {
      guard let entity = best[metric] else { continue }
      guard document.pathCount < Self.mostPaths,
        let topic = join(entity.topic, isNews: before[metric] != entity)
      else {
        lose(.manyTopics, entity.name)
        continue
      }
      let reader = PlaceReader(
        entity.place,
        of: MetricSource(metric, []),
        rank: 0,
        hasComma: false,
        &document
      )
      topic.values[device, default: []].append(reader)
    }
    for (place, presence) in (availability?.places ?? []).enumerated() {
      guard document.pathCount < Self.mostPaths, let topic = join(presence.topic, isNews: isNew)
      else {
        lose(.manyTopics, presence.topic)
        continue
      }
      let reader = PresenceReader(presence, &document)
      topic.presence[device, default: []].append((place, reader))
    }
    sweep(left)
    var cleared: UInt32 = 0
    for metric in before.keys where best[metric] == nil { cleared |= 1 << metric.rawValue }
    let isGone = hadPresence && availability == nil
    guard cleared != 0 || isGone else { return nil }
    return Change(device: device, cleared: cleared, isGone: isGone)
  }

  private func topicsOf(
    _ entities: [Metric: AnnouncedEntity],
    _ availability: AnnouncedAvailability?
  ) -> [String] {
    entities.values.map(\.topic) + (availability?.places ?? []).map(\.topic)
  }

  private func leave(_ text: String, _ device: AnnouncedDevice) {
    guard let topic = topic(Array(text.utf8).span) else { return }
    topic.values[device] = nil
    topic.presence[device] = nil
  }

  private func join(_ text: String, isNews: Bool) -> Topic? {
    let bytes = Array(text.utf8)
    let key = key(bytes.span)
    if let known = topics[key] {
      guard known.text == bytes else { return nil }
      if isNews { news.want(text) }
      return known
    }
    guard topics.count < Self.mostTopics else { return nil }
    let topic = Topic(bytes)
    topics[key] = topic
    news.want(text)
    return topic
  }

  /// Wants no more what nobody reads.
  private func sweep(_ texts: [String]) {
    for text in Set(texts) {
      let bytes = Array(text.utf8)
      guard let known = topic(bytes.span), known.isUnused else { continue }
      topics[key(bytes.span)] = nil
      news.leave(text)
    }
  }
}

/// What changed of the topics that are wanted.
public struct TopicNews: Equatable, Sendable {
  /// To subscribe to, even again: then what the broker keeps of them comes once more.
  public private(set) var wanted: Set<String> = []
  /// To be left.
  public private(set) var unwanted: Set<String> = []

  public init() {}

  public var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

  /// Nil if nothing changed.
  public var ifAny: TopicNews? { isEmpty ? nil : self }

  mutating func want(_ topic: String) {
    wanted.insert(topic)
    unwanted.remove(topic)
  }

  mutating func leave(_ topic: String) {
    // Nobody may have asked for it yet, but the session may know it.
    wanted.remove(topic)
    unwanted.insert(topic)
  }
}
