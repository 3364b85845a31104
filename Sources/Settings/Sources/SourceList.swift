internal import Arguments
internal import Model
internal import MQTT
internal import Wording
internal import YAML

/// The section `sources` of a file: each source, and how it was written.
struct SourceList: Sendable {
  /// The most sources, those of profiles counted one by one.
  static let most = 64

  private(set) var sources: [Source] = []
  /// The metrics that they name themselves, by their places.
  var namedMetrics: [NamedMetric] { named.metrics }
  private var named = NamedMetricPlaces()
  /// As they were written, for whoever prints them.
  let nodes: [YAMLNode]
  /// Where the section begins.
  let origin: ValueOrigin

  /// Reads a list of sources.
  ///
  /// - Throws: `YAMLError` with the place of the first thing that is wrong.
  init(_ node: YAMLNode, at origin: ValueOrigin) throws(YAMLError) {
    self.origin = origin
    nodes = try node.sequence()
    guard !nodes.isEmpty else { throw node.error("at least one source is needed") }
    for node in nodes {
      let made = try Self.sources(of: node)
      for var source in made {
        try named.place(&source, in: node)
        guard !sources.contains(where: { $0.name == source.name }) else {
          throw (node["name"] ?? node).error(
            "two sources are named \"\(source.name)\": give one of them another name"
          )
        }
        if let other = sources.first(where: { Self.takesAll(of: source, $0) }) {
          throw node.error("\"\(other.name)\" above has all messages of \"\(source.name)\"")
        }
        if let prefix = source.homeAssistant?.prefix,
          let other = sources.first(where: { $0.homeAssistant?.prefix == prefix })
        {
          throw node.error("\"\(other.name)\" above follows what is announced below \(prefix)")
        }
        sources.append(source)
      }
      guard sources.count <= Self.most else {
        throw node.error("there are more than \(Self.most) sources")
      }
    }
  }

  /// Whether nothing is left for a source, since another one that comes before it has all its topics.
  private static func takesAll(of source: Source, _ other: Source) -> Bool {
    guard other.condition == nil, !source.topics.isEmpty || !source.kafkaTopics.isEmpty else {
      return false
    }
    let taken = other.topics.compactMap { MQTTTopicFilter($0) }
    return source.topics.compactMap { MQTTTopicFilter($0) }
      .allSatisfy { filter in taken.contains { $0.covers(filter) } }
      && source.kafkaTopics.allSatisfy(other.kafkaTopics.contains)
  }

  /// What one entry stands for: a source, or those of a profile, for each root.
  private static func sources(of node: YAMLNode) throws(YAMLError) -> [Source] {
    let forms = try forms(node)
    var name: String?
    if let given = node["name"], !given.isNull { name = try SourceText.name(given) }
    var sources: [Source] = []
    for form in forms {
      let roots = try SourceRoot.all(form["root"])
      for root in roots {
        var source = try source(SparkplugKeys.filled(root.filled(form)), root)
        if let name { source.name = forms.count > 1 ? "\(name) \(source.name)" : name }
        if source.name.isEmpty {
          let topics = source.topics + source.kafkaTopics + [source.homeAssistant?.prefix ?? ""]
          source.name = String(topics.first?.prefix(64) ?? "")
        } else if !root.text.isEmpty, name == nil || roots.count > 1 {
          source.name += " " + root.text
        }
        sources.append(source)
      }
    }
    return sources
  }

  private static func source(_ node: YAMLNode, _ root: SourceRoot) throws(YAMLError) -> Source {
    var source = Source(name: "", id: TextTemplate([]))
    // States of Home Assistant come when they change.
    source.sendsChanges = node["homeassistant"].map { !$0.isNull } ?? false
    try node.read(
      into: &source,
      by: SourceKeys.source,
      under: "sources.",
      besides: SourceKeys.outside
    )
    if source.homeAssistant != nil, !root.text.isEmpty {
      throw (node["root"] ?? node).error("root does not go with homeassistant: say its prefix")
    }
    root.prefix(&source)
    SparkplugKeys.complete(&source, node)
    for check in source.homeAssistant == nil ? SourceCheck.all : SourceCheck.announced {
      guard let fault = check.fault(source) else { continue }
      throw (node[check.key] ?? node).error(fault)
    }
    return source
  }

  /// The mappings of an entry: itself, or those of its profile with what it says over them.
  private static func forms(_ node: YAMLNode) throws(YAMLError) -> [YAMLNode] {
    let own = try node.mapping()
    guard let name = node["profile"], !name.isNull else { return [node] }
    guard let profile = Profile(named: try name.string()) else {
      let hint = Spelling.hint(for: try name.string(), in: Profile.names)
      throw name.error("there is no profile \"\(try name.string())\"" + hint)
    }
    return try profile.nodes().map { (form) throws(YAMLError) in
      // What is wrong in them together is told at the name of the profile.
      var form = form.mapped { ($0.line, $0.column) = (name.line, name.column) }
      var entries = try form.mapping()
      for entry in own where entry.name != "name" { entries.replace(with: entry) }
      form.value = .mapping(entries)
      (form.line, form.column) = (node.line, node.column)
      return form
    }
  }
}

extension [YAMLEntry] {
  /// Lets a key win over the one of its name; of two lists of metrics, one by one.
  fileprivate mutating func replace(with entry: YAMLEntry) {
    var entry = entry
    if let index = firstIndex(where: { $0.name == entry.name }) {
      if entry.name == "metrics", case .mapping(var metrics) = self[index].value.value,
        case .mapping(let own) = entry.value.value
      {
        for metric in own { metrics.replace(with: metric) }
        entry.value.value = .mapping(metrics)
      }
      self[index] = entry
    } else {
      append(entry)
    }
  }
}

extension SourceList: Equatable {
  /// Whether both say the same, wherever it was given.
  static func == (left: SourceList, right: SourceList) -> Bool { left.sources == right.sources }
}
