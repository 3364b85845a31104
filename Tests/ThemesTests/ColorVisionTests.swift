import Terminal
import Testing

@testable import Themes

/// How eyes without one kind of cone see a colour.
///
/// The matrices are those of Machado, Oliveira and Fernandes (2009) for the whole loss, on linear light.
enum ColorVision: CaseIterable {
  case usual, protanopia, deuteranopia, tritanopia

  private var rows: [[Double]] {
    switch self {
    case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  func sees(_ color: RGB) -> CIELab {
    let light = color.linear
    let parts = rows.map { row in
      min(1, max(0, row[0] * light.red + row[1] * light.green + row[2] * light.blue))
    }
    return CIELab(linear: (parts[0], parts[1], parts[2]))
  }
}

struct ColorVisionTests {
  /// The colour that a state is known by: that of its ground where it has one.
  private func states(_ theme: Theme, _ depth: ColorDepth) -> [(name: String, color: RGB)] {
    let roles: [Role] = [.text, .critical, .drySoon, .warning, .notice, .lost, .stale]
    return roles.map { role in
      let shown = Shown(theme.look(of: role, depth: depth))
      return (role.name, theme[role].background == .standard ? shown.foreground : shown.background)
    }
  }

  /// The two states that are hardest to tell apart.
  private func nearest(
    _ name: String,
    _ vision: ColorVision,
    _ depth: ColorDepth
  ) throws -> (
    distance: Double, pair: String
  ) {
    let states = states(try #require(Theme.named(name)), depth)
    var found = (distance: Double.infinity, pair: "")
    for (place, one) in states.enumerated() {
      for other in states[(place + 1)...] {
        let distance = vision.sees(one.color).distance(to: vision.sees(other.color))
        if distance < found.distance { found = (distance, "\(one.name) and \(other.name)") }
      }
    }
    return found
  }

  @Test(arguments: Theme.names.filter { $0 != "mono" }, [ColorDepth.palette, .trueColor])
  func usualEyesTellTheStatesApart(name: String, depth: ColorDepth) throws {
    let nearest = try nearest(name, .usual, depth)
    #expect(nearest.distance > 20, "\(nearest)")
  }

  @Test(arguments: [
    ("deutan", ColorVision.deuteranopia), ("deutan", .protanopia), ("tritan", .tritanopia),
  ])
  func eyesThatLackAConeTellTheStatesApart(name: String, vision: ColorVision) throws {
    for depth in [ColorDepth.palette, .trueColor] {
      let nearest = try nearest(name, vision, depth)
      #expect(nearest.distance > 20, "\(nearest)")
    }
  }

  /// Else the test above would show nothing.
  @Test func otherThemesAreNotMadeForThem() throws {
    #expect(try nearest("paper", .deuteranopia, .palette).distance < 15)
    #expect(try nearest("harbour", .tritanopia, .trueColor).distance < 20)
  }

  @Test func greyStaysGreyForAllEyes() {
    let grey = RGB(red: 128, green: 128, blue: 128)
    for vision in ColorVision.allCases {
      #expect(vision.sees(grey).distance(to: CIELab(grey)) < 1)
    }
  }
}
