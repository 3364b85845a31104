import Terminal
import Testing

struct RectTests {
  let area = Rect(x: 2, y: 3, width: 10, height: 6)

  @Test func splitsKeepEveryCell() {
    #expect(area.split(top: 2).top == Rect(x: 2, y: 3, width: 10, height: 2))
    #expect(area.split(top: 2).rest == Rect(x: 2, y: 5, width: 10, height: 4))
    #expect(area.split(bottom: 2).bottom == Rect(x: 2, y: 7, width: 10, height: 2))
    #expect(area.split(bottom: 2).rest == Rect(x: 2, y: 3, width: 10, height: 4))
    #expect(area.split(left: 4).left == Rect(x: 2, y: 3, width: 4, height: 6))
    #expect(area.split(left: 4).rest == Rect(x: 6, y: 3, width: 6, height: 6))
    #expect(area.split(right: 4).right == Rect(x: 8, y: 3, width: 4, height: 6))
    #expect(area.split(right: 4).rest == Rect(x: 2, y: 3, width: 6, height: 6))
  }

  @Test(arguments: [Int.min, -1, 0, 1, 5, 6, 7, 100, Int.max])
  func splitsOfAnySizeFit(size: Int) {
    let rows = area.split(top: size)
    #expect(rows.top.height + rows.rest.height == 6)
    let columns = area.split(right: size)
    #expect(columns.right.width + columns.rest.width == 10)
    #expect(columns.right.right == area.right)
    let inset = area.inset(columns: size, rows: size)
    #expect(inset.width >= 0 && inset.height >= 0)
    #expect(area.centred(width: size, height: size).intersection(area).width <= 10)
  }

  @Test func insetOfATinyAreaIsEmpty() {
    #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset().isEmpty)
    #expect(Rect(x: 0, y: 0, width: 3, height: 3).inset() == Rect(x: 1, y: 1, width: 1, height: 1))
  }

  @Test func intersectionOfDistantAreasIsEmpty() {
    #expect(area.intersection(Rect(x: 50, y: 3, width: 4, height: 4)).isEmpty)
    let overlap = area.intersection(Rect(x: 0, y: 0, width: 4, height: 4))
    #expect(overlap == Rect(x: 2, y: 3, width: 2, height: 1))
  }

  @Test func centresWithinItself() {
    #expect(area.centred(width: 4, height: 2) == Rect(x: 5, y: 5, width: 4, height: 2))
    #expect(area.centred(width: 400, height: 200) == area)
  }

  @Test func numbersAtTheEdgeDoNotOverflow() {
    let huge = Rect(x: .max, y: .min, width: .max, height: .min)
    #expect(huge.height == 0)
    #expect(huge.right > huge.x)
  }

  @Test func rowsOutsideAreEmpty() {
    #expect(area.row(0) == Rect(x: 2, y: 3, width: 10, height: 1))
    #expect(area.row(6).isEmpty)
    #expect(area.row(-1).isEmpty)
  }
}
