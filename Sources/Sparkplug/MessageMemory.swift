internal import CSparkplug

/// Where libprotobuf-c puts a message: given back as a whole, and bounded, whatever a message claims to hold.
final class MessageMemory {
  /// Kept from message to message.
  private static let usual = 1 << 17
  /// The most that one message gets.
  private static let most = 1 << 24

  /// Made for the first message: most decoders never meet one.
  private var first: UnsafeMutableRawPointer?
  private var others: [UnsafeMutableRawPointer] = []
  /// What is left where the next part goes.
  private var (next, left): (UnsafeMutableRawPointer?, Int) = (nil, 0)
  private var given = 0
  /// Whether the last message wanted more than there is.
  private(set) var isExhausted = false

  deinit {
    for part in others { part.deallocate() }
    first?.deallocate()
  }

  /// Takes all back.
  func reset() {
    for part in others { part.deallocate() }
    others.removeAll(keepingCapacity: true)
    let start = first ?? .allocate(byteCount: Self.usual, alignment: 16)
    first = start
    (next, left, given, isExhausted) = (start, Self.usual, 0, false)
  }

  /// Lends what the library asks for memory by.
  func withAllocator<R>(_ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> R) -> R {
    var allocator = ProtobufCAllocator(
      alloc: { memory, size in
        memory.flatMap { Unmanaged<MessageMemory>.fromOpaque($0).takeUnretainedValue().take(size) }
      },
      free: { _, _ in },
      allocator_data: Unmanaged.passUnretained(self).toOpaque()
    )
    return withExtendedLifetime(self) { body(&allocator) }
  }

  private func take(_ size: Int) -> UnsafeMutableRawPointer? {
    guard size >= 0, size <= Self.most, given + size <= Self.most else {
      isExhausted = true
      return nil
    }
    let rounded = (max(size, 1) + 15) & ~15
    given += rounded
    if rounded > left {
      let room = max(rounded, 1 << 20)
      let part = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)
      others.append(part)
      (next, left) = (part, room)
    }
    let start = next
    (next, left) = (start.map { $0 + rounded }, left - rounded)
    return start
  }
}
