import Testing

@testable import Model

struct NameTableTests {
  private func index(_ name: String, in table: inout NameTable) -> Int32? {
    table.index(of: Array(name.utf8).span)
  }

  @Test func givesIndicesInTheOrderFirstMet() {
    var table = NameTable(bound: 10)
    #expect(index("b", in: &table) == 0)
    #expect(index("a", in: &table) == 1)
    #expect(index("b", in: &table) == 0)
    #expect(table.count == 2)
    #expect(table.names(from: 0) == ["b", "a"])
    #expect(table.names(from: 1) == ["a"])
    #expect(table.names(from: 2) == [])
    #expect(table.names(from: 99) == [])
    #expect(table.names(from: -1) == ["b", "a"])
  }

  @Test func pastTheBoundKnowsOnlyWhatItKnew() {
    var table = NameTable(bound: 2)
    #expect(index("a", in: &table) == 0)
    #expect(index("b", in: &table) == 1)
    #expect(index("c", in: &table) == nil)
    #expect(index("b", in: &table) == 1)
    #expect(table.count == 2)
    var none = NameTable(bound: 0)
    #expect(index("a", in: &none) == nil)
  }

  @Test func takesNoMoreBytesThanItMay() {
    var table = NameTable(bound: 10, mostBytes: 5)
    #expect(index("abc", in: &table) == 0)
    #expect(index("def", in: &table) == nil)
    #expect(index("de", in: &table) == 1)
    #expect(index("abc", in: &table) == 0)
    #expect(index("", in: &table) == 2)
    #expect(index("f", in: &table) == nil)
  }

  @Test func growsAndStillFindsEverything() {
    var table = NameTable(bound: 50_000)
    for number in 0..<50_000 { #expect(index("generator\(number)", in: &table) == Int32(number)) }
    for number in stride(from: 0, to: 50_000, by: 997) {
      #expect(index("generator\(number)", in: &table) == Int32(number))
    }
    #expect(index("one more", in: &table) == nil)
    #expect(table.names(from: 49_998) == ["generator49998", "generator49999"])
  }

  @Test func tellsNamesApartByAllTheirBytes() {
    var table = NameTable(bound: 10)
    let names: [[UInt8]] = [[], [0], [0, 0], [1], [0xff, 0xfe], [0xff], Array("é".utf8)]
    for (place, name) in names.enumerated() {
      #expect(table.index(of: name.span) == Int32(place))
    }
    for (place, name) in names.enumerated() {
      #expect(table.index(of: name.span) == Int32(place))
    }
    #expect(table.names(from: 6) == ["é"])
  }
}
