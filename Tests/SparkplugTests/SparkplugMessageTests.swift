import TestSupport
import Testing

@testable import Sparkplug

struct SparkplugMessageTests {
  private func read(_ bytes: [UInt8], _ body: (borrowing SparkplugMessage) -> Void) throws {
    var message = SparkplugMessage()
    try message.read(bytes.span)
    body(message)
  }

  @Test func readsEveryField() throws {
    let text =
      "at 1767619211000; seq 7; Fuel Level #3 Int16 = -7 @1767619210000 historical; #4 = null"
    try read(SparkplugPayload.bytes(text)) { message in
      #expect(message.milliseconds == 1_767_619_211_000 && message.sequence == 7)
      #expect(message.count == 2)
      var metric = SparkplugMetric()
      metric.hasName = true
      metric.alias = 3
      metric.datatype = 2
      metric.milliseconds = 1_767_619_210_000
      metric.isHistorical = true
      metric.value = .int(4_294_967_289)
      #expect(message.metric(at: 0) == metric)
      #expect(message.metric(at: 1).isNull && !message.metric(at: 1).hasName)
      #expect(message.withName(at: 0) { $0.count } == 10)
      #expect(message.metric(at: 2) == SparkplugMetric())
    }
  }

  @Test func readsValuesOfEachKindAndProperties() throws {
    let text = """
      a Float = 13.8; b Double = 1e300; c Boolean = true; d String = 61 %; \
      e Int64 = -9223372036854775808; f Int32 = 5 [engUnit gal]; g Int32 = 5 [Quality 500]
      """
    try read(SparkplugPayload.bytes(text)) { message in
      let values = (0..<5).map { message.metric(at: $0).value }
      #expect(values == [.float(13.8), .double(1e300), .boolean(true), .text, .long(1 << 63)])
      #expect(message.withText(at: 3) { $0.count } == 4 && message.withText(at: 0) { $0.isEmpty })
      #expect(message.withUnit(at: 5) { $0.count } == 3 && message.withUnit(at: 6) { $0.isEmpty })
      #expect(message.metric(at: 6).quality == 500 && message.metric(at: 5).quality == nil)
    }
  }

  @Test func whatIsNotReadIsPassedOver() throws {
    // A data set, bytes, the body and the id of a payload, and fields that nobody knows.
    let part = SparkplugPayload.block
    var metric = part(1, Array("a".utf8)) + part(16, [1, 2])
    metric += part(17, [9, 9]) + part(99, [0])
    var bytes = part(4, Array("uuid".utf8)) + part(5, [0xFF])
    bytes += part(77, []) + part(2, metric)
    bytes += [0xA1, 0x06, 1, 1, 1, 1, 1, 1, 1, 1]
    try read(bytes) { message in
      #expect(message.count == 1 && message.metric(at: 0).value == .none)
    }
  }

  /// Why a payload cannot be read; nil if it can.
  private func failure(_ bytes: [UInt8], _ message: inout SparkplugMessage) -> SparkplugError? {
    do throws(SparkplugError) {
      try message.read(bytes.span)
      return nil
    } catch {
      return error
    }
  }

  @Test func refusesWhatIsCutOrClaimsTooMuch() {
    let whole = SparkplugPayload.bytes("seq 1; Fuel Level #3 Int16 = 61")
    var message = SparkplugMessage()
    // Behind its first field it is a payload as well.
    for length in 1..<whole.count where length != 2 {
      #expect(failure(Array(whole.prefix(length)), &message) == .malformed)
      #expect(message.count == 0)
    }
    // A metric of 1 GB, of nearly 2^64 bytes, and a name that goes beyond its metric.
    for size: UInt64 in [1 << 30, .max, .max - 8, 1 << 31] {
      #expect(failure([0x12] + SparkplugPayload.varint(size) + [1, 2, 3], &message) == .malformed)
    }
    #expect(failure([0x12, 3, 0x0A, 9, 1], &message) == .malformed)
    let large = [UInt8](repeating: 0, count: SparkplugMessage.largest + 1)
    #expect(failure(large, &message) == .tooLarge)
  }

  @Test func aPayloadOfManyPartsIsBounded() throws {
    var message = SparkplugMessage()
    let metrics = (0..<SparkplugMessage.largest / 2).flatMap { _ in [0x12, 0x00] as [UInt8] }
    #expect(failure(metrics, &message) == .tooLarge)
    // Properties again and again, which the library joins each time.
    let properties = (0..<100_000).flatMap { _ in [0x4A, 0x04, 0x0A, 0x02, 0x61, 0x62] as [UInt8] }
    #expect(failure(SparkplugPayload.block(2, properties), &message) == .tooLarge)
    #expect(failure(SparkplugPayload.bytes("a Int8 = 1"), &message) == nil)
    #expect(message.count == 1)
  }

  @Test func anEmptyPayloadHasNothing() throws {
    try read([]) { #expect($0.count == 0 && $0.milliseconds == nil && $0.sequence == nil) }
  }

  @Test func asksForABirth() throws {
    try read(SparkplugMessage.rebirth(milliseconds: 1_767_619_211_000)) { message in
      #expect(message.milliseconds == 1_767_619_211_000 && message.count == 1)
      #expect(message.metric(at: 0).value == .boolean(true))
      #expect(message.metric(at: 0).datatype == 11)
      let name = message.withName(at: 0) { name in name.indices.map { name[$0] } }
      #expect(name == Array("Node Control/Rebirth".utf8))
    }
  }
}
