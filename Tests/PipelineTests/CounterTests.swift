import Testing

@testable import Pipeline

struct CounterTests {
  @Test func adds() {
    let counter = Counter()
    counter.add()
    counter.add(41)
    #expect(counter.value == 42)
  }
}
