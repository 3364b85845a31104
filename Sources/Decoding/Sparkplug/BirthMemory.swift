internal import Model
internal import System

/// What nodes of Sparkplug have announced, within bounds: the longest silent nodes are forgotten first.
struct BirthMemory {
  /// Beyond as many of each the eighth of the nodes that was silent longest is forgotten.
  ///
  /// Enough for 100,000 nodes with a device and 14 metrics each: some 1.5 kB for a generator.
  static let mostNodes = 1 << 17
  static let mostDevices = 1 << 18
  static let mostBindings = 1 << 21
  /// A node has no more of them.
  static let mostDevicesOfNode = 1 << 12

  private var nodes: [UInt64: SparkplugNode] = [:]
  private var devices = 0
  private var bindings = 0
  private var messages = 0
  /// Nodes that are to be asked to announce themselves.
  private(set) var wanted: [SparkplugNode] = []
  private var wantedAt = Int64.min
  /// At most so many wait to be asked: whoever may ask takes them after each round of messages.
  private static let mostWanted = 64
  /// What lies between two of them at least, so that a thousand nodes do not announce themselves at once.
  static let pace: Int64 = 50_000_000

  /// The node of a topic, made if it is new.
  ///
  /// - Parameters:
  ///   - key: A hash of its group and its name.
  ///   - head: What stands before the type in its topics.
  ///   - name: Its name.
  /// - Returns: The node.
  mutating func node(
    _ key: UInt64,
    head: Span<UInt8>,
    _ name: Span<UInt8>
  ) -> SparkplugNode {
    messages += 1
    if let node = nodes[key] {
      node.usedAt = messages
      return node
    }
    let isFull =
      nodes.count >= Self.mostNodes || devices >= Self.mostDevices || bindings >= Self.mostBindings
    if isFull { forget() }
    let node = SparkplugNode(head: head.copied, name: name.copied)
    node.usedAt = messages
    nodes[key] = node
    return node
  }

  /// A device of a node, made if it is new; nil if there is no room for it.
  mutating func device(
    _ key: UInt64,
    of node: SparkplugNode,
    _ name: Span<UInt8>
  ) -> SparkplugDevice? {
    if let device = node.devices[key] { return device }
    guard node.devices.count < Self.mostDevicesOfNode, devices < Self.mostDevices else {
      return nil
    }
    let device = SparkplugDevice(name: name.copied)
    node.devices[key] = device
    devices += 1
    return device
  }

  /// Forgets what a device announced.
  mutating func end(_ device: SparkplugDevice) {
    bindings -= device.bindings.count
    device.bindings.removeAll()
    device.isBorn = false
  }

  /// Adds a metric to those of a device, in place of another of the same place that is named less exactly.
  ///
  /// - Parameters:
  ///   - binding: The metric.
  ///   - device: Whose it is.
  ///   - isSame: Whether that other one is the same metric: some name it with folders in births alone.
  mutating func bind(_ binding: SparkplugBinding, to device: SparkplugDevice, isSame: Bool) {
    var binding = binding
    if let index = device.bindings.firstIndex(where: { $0.place == binding.place }) {
      let other = device.bindings[index]
      if other.name == binding.name || binding.isWhole && !other.isWhole {
        if isSame {
          binding.alias = binding.alias ?? other.alias
          binding.datatype = binding.datatype ?? other.datatype
          binding.unit = binding.unit ?? other.unit
        }
        device.bindings[index] = binding
      }
      return
    }
    guard bindings < Self.mostBindings else { return }
    device.bindings.append(binding)
    bindings += 1
  }

  /// Notes that a node is to announce itself, unless it was asked a short while ago.
  mutating func want(_ node: SparkplugNode, at now: Int64) {
    let isPaced = now < wantedAt || now.nanoseconds(since: wantedAt) >= Self.pace
    guard isPaced, wanted.count < Self.mostWanted, node.mayBeAsked(at: now) else { return }
    wantedAt = now
    (node.askedAt, node.asked) = (now, node.asked + 1)
    wanted.append(node)
  }

  mutating func takeWanted() -> [SparkplugNode] {
    defer { wanted.removeAll(keepingCapacity: true) }
    return wanted
  }

  private mutating func forget() {
    let order = nodes.map { (key: $0.key, usedAt: $0.value.usedAt) }.sorted {
      $0.usedAt < $1.usedAt
    }
    for (key, _) in order.prefix(max(1, order.count / 8)) {
      guard let node = nodes.removeValue(forKey: key) else { continue }
      devices -= node.devices.count
      for device in node.devices.values { bindings -= device.bindings.count }
    }
  }
}
