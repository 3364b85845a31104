import Arguments
import Testing

struct ManPageTests {
  private let manual = Manual(
    sample,
    [
      .section("FILES"), .paragraph("It's ~/x\\y."), .terms([(".x", "'Quoted' – here.")]),
      .lines(["", ".a  b"]),
    ],
    related: ["kcat(1)", "mosquitto(8)"]
  )

  private var lines: [Substring] { manual.rendered.split(separator: "\n") }

  @Test
  func hasTheTableAndWhatStandsAroundIt() {
    let expected = [
      #".TH FLEET 1 "\#(Manual.date)" "fleet \#(Manual.version)" "User Commands""#, #"fleet \-"#,
      "watch a fleet",
      #"\fBfleet replay\fR \fIfile\fR [\fImore\fR ...]"#,
      #"\fB\-r\fR, \fB\-\-region\fR \fIname\fR"#, "Only these. Separate several with commas.",
      "The colours. One of iron, paper, mono. (default: iron) [FLEET_THEME]",
      #"\fB\-b\fR, \fB\-\-bell\fR, \fB\-\-no\-bell\fR"#, #".SS "fleet check""#,
      #".SH "FILES""#, #"It\(aqs \(ti/x\ey."#,
      #"\fB.x\fR"#, #"\(aqQuoted\(aq \[u2013] here."#, #"\&.a  b"#, #"\fBkcat\fR(1),"#,
    ]
    #expect(expected.filter { !lines.contains(Substring($0)) } == [])
  }

  @Test
  func leavesOutWhatIsHidden() {
    #expect(!manual.rendered.contains("knob") && !manual.rendered.contains("property"))
  }

  @Test
  func noLineOfTextIsTakenForARequest() {
    let known = [
      ".TH", ".SH", ".SS", ".TP", ".PP", ".br", ".nh", ".ad", ".RS", ".RE", ".nf", ".fi",
    ]
    let requests = lines.filter { $0.hasPrefix(".") || $0.hasPrefix("'") }
    let unknown = requests.filter { line in
      !line.hasPrefix(#".\""#) && !known.contains { line == $0 || line.hasPrefix($0 + " ") }
    }
    #expect(unknown == [])
  }
}
