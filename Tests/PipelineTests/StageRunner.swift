import Kafka
import LocalBrokers
import Synchronization
import System
import TestSupport
import Testing

@testable import Pipeline

/// Runs stages under a supervisor until this object goes.
final class StageRunner {
  let supervisor: Supervisor

  init(_ stages: (any Stage)..., log: Log = Log()) throws {
    supervisor = try Supervisor(stages, log: log)
    try supervisor.start()
  }

  var restartCount: Int { supervisor.restartCount }

  /// Whether all ended within ten seconds.
  @discardableResult
  func stop() -> Bool { supervisor.stop() }

  deinit { supervisor.stop() }
}

/// A figure of a stage by its name.
func figure(_ name: String, of stage: any Stage) -> Int? {
  stage.figures.first { $0.name == name }?.count
}

/// A record as a test keeps it.
struct Record: Equatable {
  var topic: String
  var partition: Int32
  var offset: Int64
  var key: String?
  var value: String?
  var milliseconds: Int64
  var headers: [String: String]
}

/// Reads whole topics from their beginning, without a group.
final class TopicReader {
  private let reader: KafkaReader
  private(set) var records: [Record] = []

  init(_ servers: String, _ topics: [String]) throws {
    var discovery = KafkaDiscovery()
    discovery.interval = .milliseconds(50)
    discovery.timeout = .milliseconds(1000)
    discovery.patience = .milliseconds(500)
    reader = try KafkaReader(
      ["bootstrap.servers": servers, "fetch.wait.max.ms": "10"],
      subscriptions: [KafkaSubscription(.named(topics), from: .beginning)],
      discovery: discovery,
    )
  }

  /// Takes what is there, waiting a little.
  func read() {
    _ = reader.read(milliseconds: 20) { message in
      var headers: [String: String] = [:]
      message.forEachHeader { headers[text($0)] = text($1) }
      records.append(
        Record(
          topic: reader.topics[message.topic].name,
          partition: message.partition,
          offset: message.offset,
          key: message.hasNullKey ? nil : message.withKeyAndValue { key, _ in text(key) },
          value: message.isTombstone ? nil : message.withKeyAndValue { text($1) },
          milliseconds: message.milliseconds ?? 0,
          headers: headers,
        )
      )
    }
  }

  /// Reads until a condition holds of all records so far; false when the time is over.
  func read(within seconds: Int64 = 30, until condition: ([Record]) -> Bool) -> Bool {
    holds(within: seconds) {
      read()
      return condition(records)
    }
  }
}

func text(_ bytes: Span<UInt8>) -> String {
  var copy: [UInt8] = []
  for index in bytes.indices { copy.append(bytes[index]) }
  return String(decoding: copy, as: UTF8.self)
}
