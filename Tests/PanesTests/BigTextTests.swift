import Terminal
import Testing

@testable import Panes

struct BigTextTests {
  @Test func everyShapeIsFiveRowsOfOneWidth() {
    for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ!?:.-+%/_<>~ " {
      let rows = BigFont.rows(of: character)
      #expect(rows.count == BigFont.height, "\(character)")
      #expect(Set(rows.map(\.count)).count == 1, "\(character)")
    }
  }

  @Test func noTwoShapesAreEqual() {
    let characters = "0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ!?:.-+%/_<>~"
    let shapes = characters.map { BigFont.rows(of: $0).joined(separator: "/") }
    #expect(Set(shapes).count == characters.count)
  }

  @Test func takesTheLargestScaleThatFits() {
    let text = BigText(
      "14:03",
      in: Rect(x: 0, y: 0, width: 70, height: 10),
      most: 8,
      glyphs: .unicode
    )
    #expect(text.scale == 4 && text.width == 68 && text.height == 10)
    #expect(
      BigText("14:03", in: Rect(x: 0, y: 0, width: 60, height: 10), most: 8, glyphs: .unicode).scale
        == 3
    )
    #expect(
      BigText("14:03", in: Rect(x: 0, y: 0, width: 60, height: 10), most: 8, glyphs: .ascii).scale
        == 2
    )
    #expect(
      BigText("14:03", in: Rect(x: 0, y: 0, width: 20, height: 4), most: 8, glyphs: .ascii).scale
        == 0
    )
    #expect(
      BigText("東京", in: Rect(x: 0, y: 0, width: 200, height: 40), most: 8, glyphs: .unicode).scale
        == 0
    )
  }

  @Test func drawsPointsAsBlocksAndHalves() {
    var canvas = Canvas(width: 8, height: 3)
    let text = BigText("17", in: Rect(x: 0, y: 0, width: 8, height: 3), most: 1, glyphs: .unicode)
    canvas.draw(text, in: canvas.bounds, role: .text)
    #expect(canvas.text == ["▄█  ▀▀█ ", " █   ▄▀ ", "▀▀▀  ▀  "])
    var plain = Canvas(width: 14, height: 5, glyphs: .ascii)
    let ascii = BigText("17", in: Rect(x: 0, y: 0, width: 14, height: 5), most: 2, glyphs: .ascii)
    plain.draw(ascii, in: plain.bounds, role: .text)
    #expect(plain.text[1] == "####        ##")
  }
}
