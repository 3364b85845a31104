import Testing

@testable import Dashboard

struct SortedListTests {
  /// Few changes go in one by one, many in one pass, so both ways are gone.
  @Test(arguments: [1, 3, 40, 400]) func isTheSortedArrayAfterRandomChanges(most: Int) {
    var random = Numbers(state: UInt64(most))
    var wanted = Set(0..<1_000)
    var list = SortedList(sorted: Array(0..<1_000))
    for step in 0..<300 {
      let before = (list: list, elements: Array(list))
      // Long stretches of mostly going or mostly coming join and split blocks.
      let isShrinking = step / 50 % 2 == 0
      let old = wanted.sorted().filter { _ in
        random.next(below: wanted.count) < (isShrinking ? most : most / 2)
      }
      let new = Set((0..<(isShrinking ? most / 2 : most)).map { _ in random.next(below: 3_000) })
        .subtracting(wanted.subtracting(old))
      wanted = wanted.subtracting(old).union(new)
      list.update(removing: old.shuffled(using: &random), inserting: Array(new))
      let sorted = wanted.sorted()
      #expect(Array(list) == sorted && list.count == sorted.count)
      #expect(list.indices.map { list[$0] } == sorted)
      let element = random.next(below: 3_000)
      #expect(list.place(of: element) == sorted.firstIndex(of: element))
      #expect(list.firstPlace { $0 > element } == sorted.firstIndex { $0 > element } ?? list.count)
      #expect(Array(before.list) == before.elements, "a copy has changed with the list")
    }
  }

  @Test func anEmptyListTakesAndLosesItsOnlyElement() {
    var list = SortedList<Int>()
    #expect(list.place(of: 1) == nil && list.firstPlace { $0 > 0 } == 0)
    list.update(removing: [], inserting: [1])
    #expect(Array(list) == [1] && list.place(of: 1) == 0)
    list.update(removing: [1], inserting: [])
    #expect(list.isEmpty && Array(list) == [])
  }
}
