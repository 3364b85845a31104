import Terminal
import Testing

struct CanvasTests {
  @Test func aCellTakesEightBytes() {
    #expect(MemoryLayout<Cell>.stride == 8)
  }

  @Test func writesRolesAndFlagsBesideTheText() {
    var canvas = Canvas(width: 6, height: 2)
    let columns = canvas.write("fuel", x: 1, y: 1, role: .warning, flags: [.bold])
    #expect(columns == 4)
    #expect(canvas.text == ["      ", " fuel "])
    #expect(canvas.roles == ["......", ".2222."])
    #expect(canvas[1, 1].flags == [.bold])
    #expect(canvas[0, 1].flags == [])
  }

  /// In eight columns of dots, written from column `x`, clipped to columns 2 to 6.
  @Test(arguments: [
    ("abcdef", 2, "..abcde."), ("abcdef", 0, "..cdef.."), ("ab", 6, "......a."),
    ("ab", 7, "........"),
    ("中文", 2, "..中文.."), ("中文", 5, ".....中."), ("中文", 4, "....中 ."), ("中文", 1, ".. 文..."),
    ("e\u{301}a", 2, "..ea...."), ("a\u{200D}b", 2, "..ab...."), ("a\u{1B}b\u{9B}", 2, "..a?b?.."),
  ])
  func clipsToTheAreaByDisplayWidth(text: String, x: Int, expected: String) {
    var canvas = Canvas(width: 8, height: 1)
    canvas.fill(canvas.bounds, with: ".")
    canvas.write(text, x: x, y: 0, in: Rect(x: 2, y: 0, width: 5, height: 1))
    #expect(canvas.text == [expected])
  }

  @Test(arguments: [(0, "x 文"), (1, " x文"), (2, "中x "), (3, "中 x")])
  func halfOfACoveredWideCharacterBecomesASpace(x: Int, expected: String) {
    var canvas = Canvas(width: 4, height: 1)
    canvas.write("中文", x: 0, y: 0)
    canvas.put("x", x: x, y: 0)
    #expect(canvas.text == [expected])
    #expect(canvas.cells.map { Int($0.width) }.reduce(0, +) == 4)
  }

  @Test func wideOverWideLeavesNoHalves() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.write("中文字", x: 0, y: 0)
    canvas.write("漢", x: 1, y: 0)
    #expect(canvas.text == [" 漢 字"])
  }

  @Test func cutsLongTextWithAnEllipsis() {
    var canvas = Canvas(width: 10, height: 2)
    #expect(canvas.writeTruncated("Newcastle", in: Rect(x: 0, y: 0, width: 5, height: 1)) == 5)
    #expect(canvas.writeTruncated("Newcastle", in: Rect(x: 0, y: 1, width: 9, height: 1)) == 9)
    #expect(canvas.text == ["Newc…     ", "Newcastle "])
    var plain = Canvas(width: 10, height: 1, glyphs: .ascii)
    #expect(plain.writeTruncated("Newcastle", in: Rect(x: 0, y: 0, width: 4, height: 1)) == 4)
    #expect(plain.text == ["New~      "])
  }

  @Test func alignsToTheRight() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.writeRight("4.1%", in: canvas.bounds)
    #expect(canvas.text == ["  4.1%"])
  }

  @Test func restylesWithoutTouchingTheText() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.write("abcd", x: 0, y: 0, role: .warning)
    canvas.restyle(Rect(x: 1, y: 0, width: 2, height: 1), adding: .reverse)
    canvas.restyle(Rect(x: 3, y: 0, width: 9, height: 9), role: .selection)
    #expect(canvas.text == ["abcd"])
    #expect(canvas.roles == ["222S"])
    #expect(canvas.cells.map(\.flags) == [[], .reverse, .reverse, []])
  }

  @Test func sizesAreClamped() {
    #expect(Canvas(width: -1, height: 5).cells.isEmpty)
    #expect(Canvas(width: .max, height: .max).width == Canvas.maximumWidth)
  }
}

struct DrawingTests {
  @Test func boxHasATitleAndANote() {
    var canvas = Canvas(width: 24, height: 3)
    canvas.box(canvas.bounds, title: "FLEET", note: "1-9 of 12")
    #expect(
      canvas.text == [
        "╭─ FLEET ── 1-9 of 12 ─╮",
        "│                      │",
        "╰──────────────────────╯",
      ]
    )
    #expect(canvas.roles[0] == "ffttttttt" + "ff" + "lllllllllll" + "ff")
  }

  @Test(arguments: [
    (16, "╭─ FLEET ──────╮"), (9, "╭─ FL… ─╮"), (7, "╭─ … ─╮"), (4, "╭──╮"), (2, "╭╮"), (1, " "),
  ])
  func aNarrowBoxCutsItsTitleAndDropsItsNote(width: Int, expected: String) {
    var canvas = Canvas(width: width, height: 2)
    canvas.box(canvas.bounds, title: "FLEET", note: "1-9 of 12")
    #expect(canvas.text[0] == expected)
  }

  @Test func ruleIsARowWithATitle() {
    var canvas = Canvas(width: 20, height: 1, glyphs: .ascii)
    canvas.rule(canvas.bounds, title: "ALARMS", note: "3", isFocused: true)
    #expect(canvas.text == ["-- ALARMS ----- 3 --"])
    #expect(canvas.roles == ["FFTTTTTTTTFFFFFlllFF"])
  }

  @Test(arguments: [
    (0.041, "▍··╎········"), (0.119, "█▍·╎········"), (0.217, "██▌╎········"),
    (0.37, "███╎▍·······"), (1.0, "███╎████████"), (0.0, "···╎········"), (2.0, "███╎████████"),
    (Double.nan, "···╎········"), (-1, "···╎········"),
  ])
  func gaugesHaveEighthsAndAMark(fraction: Double, expected: String) {
    var canvas = Canvas(width: 12, height: 1)
    canvas.draw(Gauge(fraction: fraction, mark: 0.25, role: .critical), in: canvas.bounds)
    #expect(canvas.text == [expected])
  }

  @Test(arguments: [(0.041, "---|--------"), (0.15, "##-|--------"), (0.217, "###|--------")])
  func gaugesWorkInASCII(fraction: Double, expected: String) {
    var canvas = Canvas(width: 12, height: 1, glyphs: .ascii)
    canvas.draw(Gauge(fraction: fraction, mark: 0.25), in: canvas.bounds)
    #expect(canvas.text == [expected])
  }

  @Test func aGaugeHasOneRoleAndACriticalOneNoGround() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.draw(Gauge(fraction: 0.6, mark: 0.2, role: .critical), in: canvas.bounds)
    #expect(canvas.roles == ["!!!e"])
    canvas.draw(Gauge(fraction: 0.6, mark: 0.8, role: .warning), in: canvas.bounds)
    #expect(canvas.roles == ["222m"])
  }

  @Test func anUnknownLevelIsAnEmptyScale() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.draw(Gauge(fraction: nil), in: canvas.bounds)
    #expect(canvas.text == ["····"])
  }

  @Test func sparklinesKeepTheNewestAtTheRight() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.chart([0, 1, nil, 7], range: 0...7, in: canvas.bounds)
    #expect(canvas.text == ["  ▁▂ █"])
    canvas.fill(canvas.bounds)
    canvas.chart((0...20).map(Double.init), in: canvas.bounds)
    #expect(canvas.text == ["▆▇▇▇██"])
  }

  @Test func chartsFillSeveralRows() {
    var canvas = Canvas(width: 3, height: 2)
    canvas.chart([0, 7.5, 15], range: 0...15, in: canvas.bounds)
    #expect(canvas.text == [" ▁█", "▁██"])
    var braille = Canvas(width: 3, height: 2, glyphs: .braille)
    braille.chart([0, 15, 15, 15, 0, 0], range: 0...15, in: braille.bounds)
    #expect(braille.text == ["⢸⣿ ", "⣸⣿⣀"])
  }

  @Test func theScrollBarShowsWhereWeAre() {
    var canvas = Canvas(width: 1, height: 4)
    canvas.scrollBar(canvas.bounds, shown: 4..<8, count: 16)
    #expect(canvas.text == ["│", "█", "│", "│"])
    canvas.fill(canvas.bounds)
    canvas.scrollBar(canvas.bounds, shown: 0..<4, count: 4)
    #expect(canvas.text == [" ", " ", " ", " "])
  }

  @Test func nothingTrapsAtAnySize() {
    for width in Array(0...30) + [80, 120, 240] {
      for height in Array(0...6) + [24, 80] {
        for glyphs in [Glyphs.unicode, .ascii, .braille] {
          drawEverything(on: Canvas(width: width, height: height, glyphs: glyphs))
        }
      }
    }
  }

  private func drawEverything(on blank: Canvas) {
    var canvas = blank
    let odd = Rect(x: -3, y: -2, width: canvas.width + 9, height: canvas.height + 9)
    for area in [canvas.bounds, odd, canvas.bounds.inset(), odd.inset(columns: 9, rows: 9)] {
      canvas.box(area, title: "中文 title", note: "note")
      canvas.rule(area, title: "中文", note: "note")
      canvas.draw(Gauge(fraction: 0.5, mark: 1), in: area)
      canvas.chart([1, nil, .infinity, 3], in: area)
      canvas.scrollBar(area, shown: 3..<9, count: 100)
      canvas.write("中文", x: .max, y: area.y, in: area)
      canvas.write("中文", x: .min, y: .min, in: area)
      canvas.writeRight("中文", in: area)
      canvas.fill(area, with: canvas.glyphs.dashed)
      canvas.restyle(area, role: .stale)
    }
    #expect(canvas.cells.count == canvas.width * canvas.height)
  }
}
