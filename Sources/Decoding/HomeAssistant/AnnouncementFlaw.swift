/// Why an announcement, or a value in one, is left out.
public enum AnnouncementFlaw: Error, Equatable, Sendable {
  /// Neither a device nor a node says whose it is.
  case noDevice
  /// Longer than ``AnnouncementBook/longestTopic``, or with a wildcard.
  case topic
  case longTemplate
  /// What the template uses that is not read.
  case template(String)
  /// Of fuel: it may be a percentage or litres.
  case noUnit
  case manyValues
  case manyDevices
  case manyTopics
}

extension AnnouncementFlaw {
  /// The reason in words, behind the name of what is announced.
  var reason: String {
    switch self {
    case .noDevice: "names no device"
    case .topic: "has a topic with wildcards or of more than \(AnnouncementBook.longestTopic) bytes"
    case .longTemplate: "has a template of more than \(AnnouncedTemplate.longest) bytes"
    case .template(let what): "has a template that is not read: \(Scrub.text(what, limit: 40))"
    case .noUnit: "has no unit: say it under homeassistant.entities"
    case .manyValues: "is of a device that announces more than \(AnnouncementBook.mostOfDevice)"
    case .manyDevices: "is of one device more than \(AnnouncementBook.mostDevices)"
    case .manyTopics: "has one topic more than \(AnnouncementBook.mostTopics)"
    }
  }
}
