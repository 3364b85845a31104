import Glibc
import Synchronization
import Testing

@testable import System

struct PollTests {
  @Test func wakesUpForASignalFromAnotherThread() throws {
    let event = try EventFD()
    let thread = try startThread(name: "signals") { event.signal() }
    var poll = Poll()
    let position = poll.add(event.descriptor, .read)
    #expect(try poll.wait(timeoutNanoseconds: 10_000_000_000) == 1)
    #expect(poll.readiness(of: position) == .read)
    thread.join()
    #expect(event.drain())
    #expect(!event.drain())
    #expect(try poll.wait(timeoutNanoseconds: 0) == 0)
    #expect(poll.readiness(of: position) == [])
  }

  @Test func ignoresANegativeDescriptorAndUnknownPositions() throws {
    var poll = Poll()
    poll.add(-1, [.read, .write])
    #expect(try poll.wait(timeoutNanoseconds: 1_000_000) == 0)
    #expect(poll.readiness(of: 7) == [])
  }

  @Test func saysWhenTheOtherSideIsGone() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[1])
    defer { close(ends[0]) }
    var poll = Poll()
    let position = poll.add(ends[0], .read)
    #expect(try poll.wait(timeoutNanoseconds: 1_000_000_000) == 1)
    #expect(poll.readiness(of: position).contains(.failure))
  }

  @Test func readsABlockedSignal() throws {
    // On a thread of its own, so that the mask of the test's thread stays.
    let found = Mutex<[Int32]>([])
    let thread = try startThread(name: "signals") {
      guard let signals = try? SignalFD([SIGUSR1, SIGUSR2]) else { return }
      pthread_kill(pthread_self(), SIGUSR2)
      var poll = Poll()
      poll.add(signals.descriptor, .read)
      _ = try? poll.wait(timeoutNanoseconds: 10_000_000_000)
      while let signal = signals.next() { found.withLock { $0.append(signal) } }
    }
    thread.join()
    #expect(found.withLock { $0 } == [SIGUSR2])
  }
}
