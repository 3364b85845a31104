internal import JSON
internal import Model
internal import Sparkplug
internal import System

/// What the metrics of a message of Sparkplug had.
private struct FoundMetrics {
  var values = FoundValues()
  /// When the newest of them was measured: wall nanoseconds.
  var time: Int64?
  /// What the metric says that tells the time, if the source names one.
  var ownTime: Int64?
  /// Whether there was something that only a birth explains.
  var isWaiting = false
  /// When each was measured, in milliseconds, and at which place it was found, by the metric's number.
  var times = InlineArray<32, UInt64>(repeating: 0)
  var places = InlineArray<32, Int>(repeating: -1)
}

extension SourceReader {
  /// Reads a message of a node of Sparkplug B.
  mutating func readSparkplug(
    _ index: Int,
    _ route: SparkplugRoute,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> SourceOutcome {
    guard let parts = SparkplugTopic(topic, behind: route.levels) else {
      return .ignored(.noSparkplug)
    }
    if parts.kind == .notOfNode || payload.isEmpty { return .passed(source: index) }
    do throws(SparkplugError) {
      try sparkplug.read(payload)
    } catch {
      return .rejected(error == .tooLarge ? .json(.tooLarge) : .noSparkplug)
    }
    let head = topic.extracting(parts.head)
    let group = Int(truncatingIfNeeded: memory.key(index, head))
    let name = topic.extracting(parts.node)
    let node = births.node(memory.key(group, name), head: head, name)
    let deviceName = topic.extracting(parts.device ?? 0..<0)
    let key = memory.key(group, deviceName)
    guard let device = births.device(key, of: node, deviceName) else {
      return .passed(source: index)
    }
    let isNode = parts.device == nil
    let isGap: Bool
    switch (parts.kind, isNode) {
    case (.birth, true):
      for device in node.devices.values { births.end(device) }
      (node.session, node.sequence) = (session, sparkplug.sequence)
      node.asked = min(node.asked, 1)
      isGap = false
    case (.death, true): return endNode(node, index, route, topic, payload)
    default: isGap = node.follow(sparkplug.sequence)
    }
    if isGap, route.asksForBirths { births.want(node, at: context.now) }
    if parts.kind == .death { return end(device, index, topic, payload) }
    let isBirth = parts.kind == .birth
    if isBirth {
      births.end(device)
      device.isBorn = true
    }
    guard let id = isNode ? route.nodeID : routes[index].id else { return .passed(source: index) }
    return tell(of: device, node, isBirth: isBirth, id, index, route, topic, payload)
  }

  // MARK: Values

  /// Adds what a birth or data says of a device, or of a node itself.
  private mutating func tell(
    of device: SparkplugDevice,
    _ node: SparkplugNode,
    isBirth: Bool,
    _ id: TemplateReader,
    _ index: Int,
    _ route: SparkplugRoute,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> SourceOutcome {
    var generator: UInt64?
    if routes[index].remembers, write(id, from: .root, topic, payload) {
      generator = memory.key(index, text.span)
    }
    if isBirth, let generator { memory[generator: generator] = SourceMemory.Said() }
    var found = FoundMetrics()
    for place in 0..<sparkplug.count {
      read(place, of: device, isBirth: isBirth, generator, index, route, &found)
    }
    if found.isWaiting {
      device.isHeard = true
      if route.asksForBirths { births.want(node, at: context.now) }
    }
    if isBirth, device.bindings.contains(where: { $0.place != nil }) {
      guard add(SourceFinding(.presence(.alive), of: index), id, from: .root, topic, payload) else {
        return .rejected(.noIdentifier)
      }
    }
    if !found.values.isEmpty {
      complete(&found.values, index, generator)
      var finding = SourceFinding(.values, of: index, found.values.reading)
      finding.cleared = found.values.cleared
      finding.time = found.ownTime ?? found.time
      guard add(finding, id, from: .root, topic, payload) else { return .rejected(.noIdentifier) }
    }
    if !findings.isEmpty {
      device.isHeard = true
      return .understood(source: index)
    }
    if found.isWaiting {
      let words = device.name.isEmpty ? node.words : "\(device.words) of \(node.words)"
      return .ignored(.noBirth(of: words))
    }
    if let loss = losses.first { return .rejected(loss) }
    return isBirth && !device.name.isEmpty ? .ignored(.noKnownField) : .passed(source: index)
  }

  /// Reads one metric.
  private mutating func read(
    _ place: Int,
    of device: SparkplugDevice,
    isBirth: Bool,
    _ generator: UInt64?,
    _ index: Int,
    _ route: SparkplugRoute,
    _ found: inout FoundMetrics
  ) {
    let metric = sparkplug.metric(at: place)
    var name: UInt64?
    if metric.hasName {
      name = sparkplug.withName(at: place) { memory.key(0, $0) }
      // Names tell all that a birth does.
      if isBirth || !device.bindings.contains(where: { $0.name == name }) {
        bind(place, metric, name ?? 0, to: device, isBirth: isBirth, index, route)
      }
    } else if let alias = metric.alias, !device.isBorn,
      !device.bindings.contains(where: { $0.alias == alias })
    {
      found.isWaiting = true
    }
    // What was stored while the node was away is not the newest that is known.
    if metric.isHistorical { return }
    for number in device.bindings.indices {
      let binding = device.bindings[number]
      let isMeant =
        name.map { $0 == binding.name } ?? (metric.alias != nil && metric.alias == binding.alias)
      guard isMeant else { continue }
      let type = metric.datatype.flatMap { $0 == 0 ? nil : $0 } ?? binding.datatype
      let scalar = SparkplugScalar(metric.value, as: type)
      guard let target = binding.place else {
        found.ownTime = time(scalar, place, index)
        continue
      }
      if scalar == .unclear, !device.isBorn {
        found.isWaiting = true
        continue
      }
      take(scalar, place, metric, binding, target, generator, index, &found)
    }
  }

  /// Takes the value of a metric at a place of the source.
  private mutating func take(
    _ scalar: SparkplugScalar,
    _ place: Int,
    _ metric: SparkplugMetric,
    _ binding: SparkplugBinding,
    _ target: Int,
    _ generator: UInt64?,
    _ index: Int,
    _ found: inout FoundMetrics
  ) {
    let reader = routes[index].places[target]
    let slot = Int(reader.metric.rawValue)
    let milliseconds = metric.milliseconds ?? sparkplug.milliseconds ?? 0
    if found.places[slot] == target, milliseconds < found.times[slot] { return }
    let isKnown = !metric.isNull && metric.quality != 0 && metric.quality != 500
    let value =
      isKnown ? values.read(reader, sparkplug, at: place, scalar, in: binding.unit) : .unknown
    if case .absent = value { return }
    if case .unknown = value, found.values.reading[reader.metric] != nil {
      // Another place has it.
      guard found.places[slot] == target else { return }
      found.values.reading[reader.metric] = nil
    }
    if let generator, isHeldBack(value, reader, generator) { return }
    _ = found.values.take(value, of: reader.metric)
    note(value, of: reader.metric, since: 0)
    if case .lost = value { return }
    (found.times[slot], found.places[slot]) = (milliseconds, target)
    let time = RecordTime.nanoseconds(
      milliseconds: Int64(clamping: milliseconds),
      now: context.now
    )
    if let time { found.time = max(found.time ?? time, time) }
  }

  /// The time that a metric says.
  private mutating func time(_ scalar: SparkplugScalar, _ place: Int, _ index: Int) -> Int64? {
    guard let reader = routes[index].time else { return nil }
    let now = context.now
    let time: Int64? =
      switch scalar {
      case .time(let milliseconds):
        RecordTime.nanoseconds(milliseconds: Int64(clamping: milliseconds), now: now)
      case .number(let number):
        reader.nanoseconds(.scalar(.decimal(number)), [UInt8]().span, now: now)
      case .text:
        sparkplug.withText(at: place) { reader.nanoseconds(.scalar(.text), $0, now: now) }
      case .absent, .nested, .boolean, .unclear: nil
      }
    if time == nil { losses.append(.noTime) }
    return time
  }

  /// Keeps what a name says of a metric, for those places of the source that mean it.
  private mutating func bind(
    _ place: Int,
    _ metric: SparkplugMetric,
    _ name: UInt64,
    to device: SparkplugDevice,
    isBirth: Bool,
    _ index: Int,
    _ route: SparkplugRoute
  ) {
    func match(_ wanted: MetricName) -> MetricName.Match {
      sparkplug.withName(at: place) { wanted.match($0) }
    }
    var binding = SparkplugBinding(
      place: nil,
      name: name,
      alias: metric.alias,
      datatype: metric.datatype,
      isWhole: true
    )
    if let time = route.time, match(time) != .none {
      births.bind(binding, to: device, isSame: !isBirth)
    }
    for target in route.names.indices {
      let match = match(route.names[target])
      guard match != .none else { continue }
      (binding.place, binding.isWhole) = (target, match == .whole)
      binding.unit = sparkplug.withUnit(at: place) { unit in
        let isMeasured = !routes[index].places[target].metric.row.quantities.isEmpty
        guard isMeasured, !unit.isEmpty, unit.count <= 32 else { return nil }
        return SourceUnit(String(decoding: unit.copied, as: UTF8.self))
      }
      births.bind(binding, to: device, isSame: !isBirth)
    }
  }

  // MARK: The end

  /// The number of the node's session in a message; nil if it has none.
  private var session: UInt64? {
    for place in 0..<sparkplug.count {
      let isMeant = sparkplug.withName(at: place) { $0.equals(Array("bdSeq".utf8).span) }
      guard isMeant else { continue }
      switch sparkplug.metric(at: place).value {
      case .int(let number): return UInt64(number)
      case .long(let number): return number
      case .none, .float, .double, .boolean, .text: continue
      }
    }
    return nil
  }

  /// The last will of a node, which is that of all its devices; one of an older session means nothing.
  private mutating func endNode(
    _ node: SparkplugNode,
    _ index: Int,
    _ route: SparkplugRoute,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> SourceOutcome {
    if let session, let last = node.session, session != last { return .passed(source: index) }
    (node.session, node.sequence) = (nil, nil)
    for device in node.devices.values {
      births.end(device)
      guard device.isHeard else { continue }
      let finding = SourceFinding(.presence(.lastWill), of: index)
      if device.name.isEmpty {
        if let id = route.nodeID { _ = add(finding, id, from: .root, topic, payload) }
        continue
      }
      let own = node.head + Array("DDEATH/".utf8) + node.name + [UInt8(ascii: "/")] + device.name
      _ = add(finding, routes[index].id, from: .root, own.span, payload)
    }
    return findings.isEmpty ? .passed(source: index) : .understood(source: index)
  }

  /// The end of one device, which its node tells.
  private mutating func end(
    _ device: SparkplugDevice,
    _ index: Int,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) -> SourceOutcome {
    births.end(device)
    guard device.isHeard else { return .passed(source: index) }
    let finding = SourceFinding(.presence(.lastWill), of: index)
    return add(finding, routes[index].id, from: .root, topic, payload)
      ? .understood(source: index) : .rejected(.noIdentifier)
  }
}
