internal import CRdkafka
internal import System

/// The properties of a client that is to be made, under librdkafka's own names.
///
/// Owns an `rd_kafka_conf_t` until a client takes it over.
struct KafkaConfiguration: ~Copyable {
  private let pointer: OpaquePointer

  init() {
    pointer = rd_kafka_conf_new()
  }

  deinit {
    rd_kafka_conf_destroy(pointer)
  }

  /// Sets one property, of the client or of its topics.
  ///
  /// Calls `rd_kafka_conf_set`.
  ///
  /// - Throws: `KafkaError` with the name of the property when it is unknown, not in this build, the value is not one of
  ///   its values, or names a file that cannot be read.
  mutating func set(_ name: String, _ value: String) throws(KafkaError) {
    try Self.checkFile(name, value)
    let conf = pointer
    var refused = false
    let text = textFilled { buffer, size in
      refused = rd_kafka_conf_set(conf, name, value, buffer, size) != RD_KAFKA_CONF_OK
    }
    guard refused else { return }
    throw KafkaError(code: .invalidArgument, text: "Kafka property \(name): \(text)")
  }

  /// Properties that name a file which the library opens.
  private static let files: Set = [
    "ssl.ca.location", "ssl.certificate.location", "ssl.crl.location", "ssl.key.location",
    "ssl.keystore.location",
  ]

  private static func checkFile(_ name: String, _ value: String) throws(KafkaError) {
    // `probe` lets the library look for the authorities itself.
    guard files.contains(name), !value.isEmpty, value != "probe" else { return }
    do throws(SystemError) {
      try checkReadable(value, acceptsFolder: name == "ssl.ca.location")
    } catch {
      throw KafkaError(code: .invalidArgument, text: "Kafka property \(name): \(error)")
    }
  }

  /// Sets each property, in the order of their names.
  mutating func set(_ properties: [String: String]) throws(KafkaError) {
    for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
      try set(name, value)
    }
  }

  /// Makes the client, which takes the properties over.
  ///
  /// Calls `rd_kafka_new`.
  ///
  /// - Parameters:
  ///   - type: Whether it produces or consumes.
  ///   - observer: Gets the library's log.
  ///   - keepsFailed: Whether records that fail are kept instead of being counted.
  /// - Returns: The client.
  /// - Throws: `KafkaError` when the properties do not go together or a file they name cannot be used.
  consuming func makeClient(
    _ type: rd_kafka_type_t,
    observer: KafkaObserver,
    keepsFailed: Bool = false
  ) throws(KafkaError) -> KafkaClient {
    let conf = pointer
    let context = KafkaContext(observer: observer, keepsFailed: keepsFailed)
    context.install(in: conf, isProducer: type == RD_KAFKA_PRODUCER)
    var made: OpaquePointer?
    let text = textFilled { made = rd_kafka_new(type, conf, $0, $1) }
    guard let made else {
      _ = consume self
      throw KafkaError(code: .invalidArgument, text: "Kafka client: \(text)")
    }
    discard self
    return KafkaClient(owning: made, context: context)
  }
}

/// Looks at properties without making a client of them.
public enum KafkaProperty {
  /// Why librdkafka refuses this property, with its name; `nil` when it takes it.
  public static func refusal(of name: String, value: String) -> KafkaError? {
    var configuration = KafkaConfiguration()
    do {
      try configuration.set(name, value)
      return nil
    } catch {
      return error
    }
  }
}

/// The text that a C function leaves in the buffer it is given.
func textFilled(_ body: (UnsafeMutablePointer<CChar>, Int) -> Void) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
    buffer.initialize(repeating: 0)
    guard let start = buffer.baseAddress else { return "" }
    body(start, buffer.count)
    return String(cString: start)
  }
}
