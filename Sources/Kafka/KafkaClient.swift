internal import CRdkafka
internal import Synchronization

/// Owns an `rd_kafka_t`, whose functions may be called on any thread.
final class KafkaClient: @unchecked Sendable {  // The pointer never changes; the library locks.
  let pointer: OpaquePointer
  let context: KafkaContext

  init(owning pointer: OpaquePointer, context: KafkaContext) {
    self.pointer = pointer
    self.context = context
  }

  deinit {
    // No client of ours is a member of a group, so there is none to leave.
    rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
  }

  /// Runs the callbacks that wait for their turn.
  ///
  /// Calls `rd_kafka_poll`.
  func serve(milliseconds: Int32 = 0) {
    rd_kafka_poll(pointer, milliseconds)
  }

  /// What the connections last failed of, since the last answer.
  func reason() -> KafkaError? {
    serve()
    let newest = context.takeConnectionError()
    return context.lastReason.withLock { last in
      // The library tells a reason once, and leaves out what repeats it.
      last = newest ?? last
      return last
    }
  }

  /// Lends what the brokers say of themselves, and of all topics or of one.
  ///
  /// Calls `rd_kafka_metadata`.
  func withMetadata<R>(
    of topic: OpaquePointer? = nil,
    _ what: String,
    milliseconds: Int32,
    _ body: (rd_kafka_metadata) -> R
  ) throws(KafkaError) -> R {
    var found: UnsafePointer<rd_kafka_metadata>?
    let code = rd_kafka_metadata(pointer, topic == nil ? 1 : 0, topic, &found, milliseconds)
    try check(code, what)
    guard let found else { throw KafkaError(code: .transport, text: "no answer") }
    defer { rd_kafka_metadata_destroy(found) }
    return body(found.pointee)
  }

  /// A handle of one topic whose opaque is `index`; to be given back to `rd_kafka_topic_destroy`.
  func makeTopic(_ name: String, index: Int = 0) throws(KafkaError) -> OpaquePointer {
    let conf = rd_kafka_default_topic_conf_dup(pointer)
    rd_kafka_topic_conf_set_opaque(conf, UnsafeMutableRawPointer(bitPattern: index))
    guard let topic = rd_kafka_topic_new(pointer, name, conf) else {
      try check(rd_kafka_last_error(), "topic \(name)")
      throw KafkaError(code: .invalidArgument, text: "topic \(name)")
    }
    return topic
  }
}

/// What a client's callbacks write to; the client owns it and is destroyed before it.
final class KafkaContext: Sendable {
  let observer: KafkaObserver
  /// The newest error of the connection to any broker; `nil` after it was taken.
  let connectionError = Mutex<KafkaError?>(nil)
  /// The newest of those, since a broker last answered.
  let lastReason = Mutex<KafkaError?>(nil)
  private let allDown = Atomic(false)
  let delivered = Atomic<Int>(0)
  let undelivered = Atomic<Int>(0)
  let refused = Atomic<Int>(0)
  let deliveryError = Mutex<KafkaError?>(nil)
  /// Records that failed and are kept, in the order of their reports; empty unless they are to be kept.
  let failed = Mutex<[KafkaFailedRecord]>([])
  private let keepsFailed: Bool

  init(observer: KafkaObserver, keepsFailed: Bool) {
    self.observer = observer
    self.keepsFailed = keepsFailed
  }

  /// Registers the callbacks.
  ///
  /// The context is passed unretained: its client outlives every callback.
  func install(in conf: OpaquePointer, isProducer: Bool) {
    rd_kafka_conf_set_opaque(conf, Unmanaged.passUnretained(self).toOpaque())
    rd_kafka_conf_set_log_cb(conf) { client, level, facility, text in
      guard let client, let facility, let text else { return }
      KafkaContext.of(rd_kafka_opaque(client))?.observer.log(
        .init(
          level: Int(level),
          facility: String(cString: facility),
          text: String(cString: text)
        )
      )
    }
    rd_kafka_conf_set_error_cb(conf) { client, code, text, opaque in
      KafkaContext.of(opaque)?.failed(client, KafkaErrorCode(rawValue: code), text)
    }
    guard isProducer else { return }
    rd_kafka_conf_set_dr_msg_cb(conf) { _, message, opaque in
      guard let message, let context = KafkaContext.of(opaque) else { return }
      context.reported(message)
    }
  }

  /// The newest error of a connection since this was last called.
  func takeConnectionError() -> KafkaError? {
    connectionError.withLock { error in
      defer { error = nil }
      return error
    }
  }

  /// The library said that no broker is left, since the errors were last forgotten.
  var areAllDown: Bool { allDown.load(ordering: .relaxed) }

  /// A broker has answered.
  func forgetErrors() {
    _ = takeConnectionError()
    lastReason.withLock { $0 = nil }
    allDown.store(false, ordering: .relaxed)
  }

  static func of(_ opaque: UnsafeMutableRawPointer?) -> KafkaContext? {
    opaque.map { Unmanaged<KafkaContext>.fromOpaque($0).takeUnretainedValue() }
  }

  private func failed(
    _ client: OpaquePointer?,
    _ code: KafkaErrorCode,
    _ text: UnsafePointer<CChar>?
  ) {
    var error = KafkaError(code: code, text: text.map { String(cString: $0) })
    if code == .fatal, let client {
      let text = textFilled { rd_kafka_fatal_error(client, $0, $1) }
      error = KafkaError(code: code, text: text, isFatal: true)
    }
    if code == .allBrokersDown { allDown.store(true, ordering: .relaxed) }
    connectionError.withLock { last in
      // "All brokers down" follows the error that says why: keep the reason.
      if code != .allBrokersDown || last == nil { last = error }
    }
  }

  private func reported(_ message: UnsafePointer<rd_kafka_message_t>) {
    let code = KafkaErrorCode(message.pointee.err)
    if code == .none {
      delivered.add(1, ordering: .relaxed)
      return
    } else if keepsFailed {
      let record = KafkaFailedRecord(message)
      failed.withLock { $0.append(record) }
    } else if code.isOfRecord {
      refused.add(1, ordering: .relaxed)
    } else {
      undelivered.add(1, ordering: .relaxed)
    }
    let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
    deliveryError.withLock { $0 = KafkaError(code: code, text: "record to \(topic): \(code)") }
  }
}
