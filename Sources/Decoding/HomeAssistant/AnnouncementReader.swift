internal import JSON
internal import Model

/// Reads announcements of either form.
struct AnnouncementReader {
  private let exceptions: [(pattern: [UInt8], rule: EntityRule)]

  init(_ rule: HomeAssistantRule) {
    exceptions = rule.entities.map { (Array($0.pattern.lowercased().utf8), $0) }
  }

  /// Reads what a document announces.
  ///
  /// - Parameters:
  ///   - topic: Where it came.
  ///   - document: The announcement, which has been read.
  /// - Returns: What it announces; nil if it only says that another is to come in its place.
  /// - Throws: `AnnouncementFlaw` if nothing of it can be told.
  func read(
    _ topic: AnnouncementTopic,
    _ document: borrowing SourceDocument
  ) throws(AnnouncementFlaw) -> Announcement? {
    let root = AnnouncedFields(of: .root, document)
    if root.text("migrate_discovery", nil, document) == "true" { return nil }
    guard let owner = owner(root, topic, document) else { throw .noDevice }
    var announcement = Announcement(owner: owner)
    guard topic.component == "device", let all = root.place("components", "cmps") else {
      let entities = entities(topic.component, topic.object, root, owner, document)
      if !entities.isEmpty { announcement.entities[""] = entities }
      return announcement
    }
    let members = document.members(of: all)
    guard members.count <= AnnouncementBook.mostOfDevice else { throw .manyValues }
    announcement.count = members.count
    for (key, place) in members {
      let fields = AnnouncedFields(of: place, document, sharing: root)
      // With its platform alone it is removed.
      guard fields.count > 1, let component = fields.text("platform", "p", document) else {
        continue
      }
      let entities = entities(component, key, fields, owner, document)
      if !entities.isEmpty { announcement.entities[key] = entities }
    }
    return announcement
  }

  private func owner(
    _ root: AnnouncedFields,
    _ topic: AnnouncementTopic,
    _ document: borrowing SourceDocument
  ) -> AnnouncedOwner? {
    var ids: [String] = []
    var (name, model, area): (String?, String?, String?)
    if let place = root.place("device", "dev") {
      let device = AnnouncedFields(of: place, document)
      if let place = device.place("identifiers", "ids") {
        ids += texts(document.elements(of: place), document)
      }
      if let place = device.place("connections", "cns") {
        // Pairs of a kind and an address.
        for pair in document.elements(of: place).prefix(16) {
          ids += texts(document.elements(of: pair), document).suffix(1)
        }
      }
      name = device.text("name", nil, document)
      model = device.text("model", "mdl", document)
      area = device.text("suggested_area", "sa", document)
    }
    if let node = topic.node { ids.append(node) }
    guard let id = ids.first(where: { !$0.isEmpty }) else { return nil }
    let words = AnnouncedMetric.words(of: "\(name ?? "") \(model ?? "")")
    let names = ids + [name].compactMap { $0 }
    return AnnouncedOwner(id: id, names: names, words: words, area: area)
  }

  private func texts(_ places: [JSONTree.Place], _ document: borrowing SourceDocument) -> [String] {
    var texts: [String] = []
    for place in places.prefix(16) {
      if let text = document.text(at: place) { texts.append(text) }
    }
    return texts
  }

  // MARK: Values

  /// What of a component is a metric: nothing, one, or a position.
  private func entities(
    _ component: String,
    _ object: String,
    _ fields: AnnouncedFields,
    _ owner: AnnouncedOwner,
    _ document: borrowing SourceDocument
  ) -> [AnnouncedEntity] {
    let named = NamedValue(component, object, fields, owner, document)
    if component == "device_tracker" { return position(named, fields, document) }
    let found: NamedValue.Meaning?
    if let rule = exception(of: named) {
      found = rule.metric.map {
        NamedValue.Meaning(metric: $0, rank: -1, unit: rule.unit ?? named.unit)
      }
    } else {
      found = named.meaning
    }
    guard let found else { return [] }
    var place = ValuePlace()
    place.unit = found.unit
    (place.least, place.most) = (found.bounds?.0, found.bounds?.1)
    if found.metric == .running {
      (place.trueWords, place.falseWords) = named.words(fields, document)
    }
    var entity = AnnouncedEntity(
      name: named.name,
      metric: found.metric,
      rank: found.rank,
      topic: "",
      place: place,
      flaw: found.flaw
    )
    do throws(AnnouncementFlaw) {
      guard let topic = try fields.topic("state_topic", "stat_t", named.base, document) else {
        return []
      }
      entity.topic = topic
      if let place = fields.place("value_template", "val_tpl"),
        let text = document.text(at: place, longest: .max), !text.isEmpty
      {
        let template = try AnnouncedTemplate(text)
        (entity.place.path, entity.place.steps) = (template.path, template.steps)
      }
      entity.availability = try availability(fields, named.base, document)
    } catch {
      entity.flaw = entity.flaw ?? error
    }
    return [entity]
  }

  private func exception(of value: NamedValue) -> EntityRule? {
    exceptions.first { exception in
      value.spellings.contains {
        isIdentifier(Array($0.lowercased().utf8).span, of: exception.pattern)
      }
    }?.rule
  }

  /// Where a tracker of a device says that it is.
  private func position(
    _ named: NamedValue,
    _ fields: AnnouncedFields,
    _ document: borrowing SourceDocument
  ) -> [AnnouncedEntity] {
    var (topic, flaw): (String?, AnnouncementFlaw?)
    do throws(AnnouncementFlaw) {
      topic = try fields.topic("json_attributes_topic", "json_attr_t", named.base, document)
      guard topic != nil else { return [] }
    } catch {
      flaw = error
    }
    return [(Metric.latitude, "latitude"), (.longitude, "longitude")].map { metric, member in
      AnnouncedEntity(
        name: named.name,
        metric: metric,
        rank: AnnouncedMetric.rows.count,
        topic: topic ?? "",
        place: ValuePlace(path: JSONPath([.member(member)])),
        flaw: flaw
      )
    }
  }

  // MARK: Presence

  private func availability(
    _ fields: AnnouncedFields,
    _ base: String?,
    _ document: borrowing SourceDocument
  ) throws(AnnouncementFlaw) -> AnnouncedAvailability? {
    var availability = AnnouncedAvailability()
    let mode = fields.text("availability_mode", "avty_mode", document)
    availability.mode = mode.flatMap(AnnouncedAvailability.Mode.init) ?? .latest
    if let list = fields.place("availability", "avty") {
      for place in document.elements(of: list).prefix(AnnouncedAvailability.most) {
        let item = AnnouncedFields(of: place, document)
        guard let topic = try item.topic("topic", "t", base, document) else { continue }
        let template = item.place("value_template", "val_tpl")
        availability.places.append(try presence(topic, template, item, document))
      }
    } else if let topic = try fields.topic("availability_topic", "avty_t", base, document) {
      let template = fields.place("availability_template", "avty_tpl")
      availability.places.append(try presence(topic, template, fields, document))
    }
    return availability.places.isEmpty ? nil : availability
  }

  private func presence(
    _ topic: String,
    _ template: JSONTree.Place?,
    _ fields: AnnouncedFields,
    _ document: borrowing SourceDocument
  ) throws(AnnouncementFlaw) -> PresenceSource {
    var presence = PresenceSource(topic: topic)
    if let word = fields.text("payload_available", "pl_avail", document) {
      presence.online = [word]
    }
    if let word = fields.text("payload_not_available", "pl_not_avail", document) {
      presence.offline = [word]
    }
    presence.disconnected = []
    if let template, let text = document.text(at: template, longest: .max), !text.isEmpty {
      presence.path = try AnnouncedTemplate(text).path
    }
    return presence
  }
}
