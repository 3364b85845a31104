import Glibc
import Testing

@testable import System

struct EpollTests {
  private func ready(_ epoll: Epoll, within nanoseconds: Int64) throws -> [Epoll.Ready] {
    var found: [Epoll.Ready] = []
    try epoll.wait(timeoutNanoseconds: nanoseconds, appendingTo: &found)
    return found
  }

  @Test func givesTheTagOfWhatIsReady() throws {
    let epoll = try Epoll()
    let (one, other) = (try EventFD(), try EventFD())
    try epoll.add(one.descriptor, .read, tag: 7)
    try epoll.add(other.descriptor, .read, tag: .max)
    #expect(try ready(epoll, within: 0) == [])
    other.signal()
    let expected = Epoll.Ready(tag: .max, readiness: .read)
    #expect(try ready(epoll, within: 10_000_000_000) == [expected])
    #expect(try ready(epoll, within: 0) == [expected], "what is not read is told again")
    other.drain()
    #expect(try ready(epoll, within: 0) == [])
  }

  @Test func waitsForWhatWasAskedForLast() throws {
    let epoll = try Epoll()
    let event = try EventFD()
    try epoll.add(event.descriptor, .read, tag: 1)
    try epoll.modify(event.descriptor, [.read, .write], tag: 2)
    #expect(try ready(epoll, within: 0) == [.init(tag: 2, readiness: .write)])
    try epoll.remove(event.descriptor)
    #expect(try ready(epoll, within: 0) == [])
    #expect(throws: SystemError.self) { try epoll.remove(event.descriptor) }
    #expect(throws: SystemError.self) { try epoll.modify(event.descriptor, .read, tag: 1) }
  }

  @Test func refusesADescriptorThatIsThereAndOneThatIsNone() throws {
    let epoll = try Epoll()
    let event = try EventFD()
    try epoll.add(event.descriptor, .read, tag: 1)
    #expect(throws: SystemError.self) { try epoll.add(event.descriptor, .read, tag: 1) }
    #expect(throws: SystemError.self) { try epoll.add(-1, .read, tag: 1) }
  }

  @Test func saysWhenTheOtherSideIsGone() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[1])
    defer { close(ends[0]) }
    let epoll = try Epoll()
    try epoll.add(ends[0], .read, tag: 3)
    #expect(
      try ready(epoll, within: 1_000_000_000) == [.init(tag: 3, readiness: [.read, .failure])]
    )
  }

  @Test func tellsMoreThanABatchInSeveralWaits() throws {
    let epoll = try Epoll()
    let events = try (0..<Epoll.batchSize + 10).map { _ in try EventFD() }
    for (tag, event) in events.enumerated() {
      event.signal()
      try epoll.add(event.descriptor, .read, tag: UInt64(tag))
    }
    var tags: Set<UInt64> = []
    for _ in 0..<4 { tags.formUnion(try ready(epoll, within: 0).map(\.tag)) }
    #expect(tags.count == events.count)
  }

  @Test func forgetsADescriptorThatIsClosed() throws {
    let epoll = try Epoll()
    do {
      let event = try EventFD()
      event.signal()
      try epoll.add(event.descriptor, .read, tag: 1)
    }
    #expect(try ready(epoll, within: 0) == [])
  }
}

struct DescriptorLimitTests {
  @Test func neverLowersTheLimitAndStopsAtTheHardOne() throws {
    let now = try raiseDescriptorLimit(to: 0)
    #expect(now > 0)
    #expect(try raiseDescriptorLimit(to: 1) == now)
    let most = try raiseDescriptorLimit(to: .max)
    #expect(most >= now)
    #expect(try raiseDescriptorLimit(to: .max) == most)
  }
}
