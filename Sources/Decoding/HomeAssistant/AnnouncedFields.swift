internal import JSON
internal import Model

/// The members of an announcement, by their long names or the short ones that Home Assistant knows.
///
/// Short names: home-assistant/core, `homeassistant/components/mqtt/abbreviations.py`.
struct AnnouncedFields {
  private var own: [String: JSONTree.Place]
  /// What all values of a device's one announcement have in common.
  private let shared: [String: JSONTree.Place]

  /// Those of an object; none of anything else.
  init(
    of object: JSONTree.Place,
    _ document: borrowing SourceDocument,
    sharing shared: AnnouncedFields? = nil
  ) {
    own = document.members(of: object)
    self.shared = shared?.own ?? [:]
  }

  /// How many members it has itself.
  var count: Int { own.count }

  /// Where a member stands; what is not in it may be in what is shared.
  func place(_ name: String, _ short: String? = nil) -> JSONTree.Place? {
    own[name] ?? short.flatMap { own[$0] } ?? shared[name] ?? short.flatMap { shared[$0] }
  }

  func text(
    _ name: String,
    _ short: String? = nil,
    _ document: borrowing SourceDocument
  ) -> String? {
    place(name, short).flatMap { document.text(at: $0) }
  }

  /// A topic with what `~` stands for at its beginning or end put in; nil if there is none.
  ///
  /// - Throws: `AnnouncementFlaw` for one that cannot be subscribed to.
  func topic(
    _ name: String,
    _ short: String,
    _ base: String?,
    _ document: borrowing SourceDocument
  ) throws(AnnouncementFlaw) -> String? {
    guard let place = place(name, short) else { return nil }
    guard var topic = document.text(at: place, longest: AnnouncementBook.longestTopic) else {
      if case .scalar(.text) = document.node(at: place) { throw .topic }
      return nil
    }
    if let base {
      if topic.hasPrefix("~") { topic = base + topic.dropFirst() }
      if topic.hasSuffix("~") { topic = topic.dropLast() + base }
    }
    guard !topic.isEmpty else { return nil }
    guard topic.utf8.count <= AnnouncementBook.longestTopic,
      !topic.utf8.contains(where: { [UInt8(ascii: "+"), UInt8(ascii: "#"), 0].contains($0) })
    else { throw .topic }
    return topic
  }
}

extension SourceDocument {
  /// The members of an object by their names, the last of those that have one name.
  func members(of object: JSONTree.Place) -> [String: JSONTree.Place] {
    var members: [String: JSONTree.Place] = [:]
    guard case .object = node(at: object) else { return members }
    forEachChild(of: object) { place, name in
      guard name.count <= 256 else { return }
      members[string(name)] = place
    }
    return members
  }

  /// The elements of an array, or what is no array itself.
  func elements(of place: JSONTree.Place) -> [JSONTree.Place] {
    guard case .array = node(at: place) else { return [place] }
    var elements: [JSONTree.Place] = []
    forEachChild(of: place) { child, _ in elements.append(child) }
    return elements
  }

  /// A scalar as it is written; nil for null, for what is no scalar, and for what is too long.
  func text(at place: JSONTree.Place, longest: Int = 256) -> String? {
    withNode(at: place) { node, text in
      switch node {
      case .scalar(.null), .object, .array, .noNumber: nil
      case .scalar: text.count <= longest ? string(text) : nil
      }
    }
  }
}

func string(_ bytes: Span<UInt8>) -> String {
  String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}
