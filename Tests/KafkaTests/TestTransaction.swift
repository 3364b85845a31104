import CRdkafka
import Testing

/// A producer with one transaction at a time, which may be left open.
final class TestTransaction {
  private let client: OpaquePointer

  init(_ servers: String, id: String) throws {
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set(conf, "bootstrap.servers", servers, nil, 0)
    rd_kafka_conf_set(conf, "transactional.id", id, nil, 0)
    rd_kafka_conf_set(conf, "log_level", "0", nil, 0)
    client = try #require(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0))
    try check(rd_kafka_init_transactions(client, 30_000))
  }

  deinit {
    rd_kafka_destroy(client)
  }

  func begin() throws { try check(rd_kafka_begin_transaction(client)) }

  func commit() throws { try check(rd_kafka_commit_transaction(client, 30_000)) }

  /// Writes records into partition 0, and waits until the broker has them.
  func send(_ count: Int, to topic: String) throws {
    let handle = rd_kafka_topic_new(client, topic, nil)
    defer { rd_kafka_topic_destroy(handle) }
    for _ in 0..<count {
      let code = rd_kafka_produce(handle, 0, RD_KAFKA_MSG_F_COPY, nil, 0, nil, 0, nil)
      try #require(code == 0)
    }
    try #require(rd_kafka_flush(client, 30_000).rawValue == 0)
  }

  private func check(_ error: OpaquePointer?) throws {
    guard let error else { return }
    defer { rd_kafka_error_destroy(error) }
    let text = rd_kafka_error_string(error).map { String(cString: $0) } ?? ""
    try #require(Bool(false), "\(text)")
  }
}
