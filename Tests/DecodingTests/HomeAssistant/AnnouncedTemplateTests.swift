import Model
import Testing

@testable import Decoding

struct AnnouncedTemplateTests {
  @Test(
    arguments: [
      ("{{ value }}", nil, 61.4), ("{{value_json.fuel.pct}}", "$.fuel.pct", 61.4),
      ("{{ value_json['A B'][\"C\"] }}", #"$["A B"].C"#, 61.4),
      ("{{ value_json['ENERGY'].Power }}", "$.ENERGY.Power", 61.4),
      ("{{ value_json.list[0].v }}", "$.list[0].v", 61.4),
      ("{{ value_json.get('fuel') }}", "$.fuel", 61.4),
      ("{{- value | float -}}", nil, 61.4), ("{{ value | float(0) }}", nil, 61.4),
      ("{{ value | int }}", nil, 61), ("{{ value | round }}", nil, 61),
      ("{{ value_json.a | float | round(1) }}", "$.a", 61.4),
      ("{{ value | multiply(0.5) }}", nil, 30.7), ("{{ value | add(-1.4) }}", nil, 60),
      ("{{ value_json.mv | float / 1000 }}", "$.mv", 0.0614),
      ("{{ (value_json.f | float - 32) * 5 / 9 }}", "$.f", (61.4 - 32) * 5 / 9),
      ("{{ 100 - value | float }}", nil, 38.6), ("{{ 2 * (value + 1) }}", nil, 124.8),
      ("{{ -value | float }}", nil, -61.4), ("{{ float(value_json.x, 0) * 2 }}", "$.x", 122.8),
      ("{{ int(value) }}", nil, 61), ("{{ value_json.x | default(0) | int }}", "$.x", 61),
      ("{{ value_json.x | is_defined }}", "$.x", 61.4),
      ("{{ (value_json.apower | float * 0.001) | round(2) }}", "$.apower", 0.06),
    ] as [(String, String?, Double)]
  )
  func simpleOnesAreRead(_ text: String, path: String?, value: Double) throws {
    let template = try AnnouncedTemplate(text)
    #expect(template.path == (try path.map { try JSONPath($0) }))
    #expect(abs(template.steps.reduce(61.4) { $1.apply($0) } - value) < 1e-9)
  }

  @Test(arguments: [
    ("{% if value_json.a %}1{% endif %}", "it is more than {{ … }}"),
    ("{{ value_json.a if value_json.a is defined else 0 }}", "if value_json.a is def"),
    ("{{ 'ON' if value else 'OFF' }}", "'ON' if value else"),
    ("{{ states('sensor.x') }}", "states"),
    ("{{ value | timestamp_custom('%H') }}", "timestamp_custom"),
    ("{{ value * value }}", "two values"),
    ("{{ value_json.a + value_json.b }}", "two values"), ("{{ 1 / value }}", "a division"),
    ("{{ value / 0 }}", "a division"), ("{{ 61 }}", "it does not name the value"),
    ("{{ value }} %", "it is more than {{ … }}"), ("{{ value", "it has no end"),
    ("", "it is more than"),
    ("{{ value_json.a[:3] }}", ":3"), ("{{ value.split(',')[0] }}", ".split"),
    ("{{ value | round(0, 'floor') }}", "round"), ("{{ value | round(99) }}", "round"),
  ])
  func othersAreNamed(_ text: String, what: String) {
    #expect { try AnnouncedTemplate(text) } throws: { error in
      guard case .template(let found)? = error as? AnnouncementFlaw else { return false }
      return found.hasPrefix(what.prefix(16))
    }
  }

  @Test func hugeOnesAreRefused() {
    for text in [
      "{{ value" + String(repeating: " + 1", count: 15_000) + " }}",
      "{{ " + String(repeating: "(", count: 60_000),
      "{{ value_json" + String(repeating: ".a", count: 30_000) + " }}",
    ] {
      #expect(throws: AnnouncementFlaw.longTemplate) { try AnnouncedTemplate(text) }
    }
    for text in [
      "{{ " + String(repeating: "(", count: 900) + "value",
      "{{ " + String(repeating: "-", count: 1_000) + "value }}",
      "{{ value_json" + String(repeating: ".a", count: 400) + " }}",
      "{{ value" + String(repeating: " | int", count: 160) + " }}",
    ] {
      #expect(throws: AnnouncementFlaw.self) { try AnnouncedTemplate(text) }
    }
  }
}
