internal import CRdkafka
internal import System

/// The queue of a client on which its answers to commits and to the goodbye come; keeps the client alive.
final class KafkaAnswerQueue: @unchecked Sendable {  // The library locks.
  private let client: KafkaClient
  let pointer: OpaquePointer

  init(_ client: KafkaClient) {
    self.client = client
    pointer = rd_kafka_queue_new(client.pointer)
  }

  deinit {
    rd_kafka_queue_destroy(pointer)
  }

  /// Serves the queue until the client has left its group; whether it has within the time.
  func waitForClose(milliseconds: Int64) -> Bool {
    let wait = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    let deadline = monotonicNanoseconds().addingReportingOverflow(wait.partialValue)
    let isEndless = wait.overflow || deadline.overflow
    while rd_kafka_consumer_closed(client.pointer) == 0 {
      if !isEndless, monotonicNanoseconds() > deadline.partialValue { return false }
      if let event = rd_kafka_queue_poll(pointer, 10) { rd_kafka_event_destroy(event) }
    }
    return true
  }
}
