import Testing

@testable import Pipeline

struct RegionTableTests {
  private static let divisions = [
    "New England", "Middle Atlantic", "South Atlantic", "East North Central", "East South Central",
    "West North Central", "West South Central", "Mountain", "Pacific",
  ]

  @Test func shipsTheNineDivisionsOfTheCensusBureau() {
    let table = RegionTable.usDivisions
    #expect(table.regions == Self.divisions)
    for index in table.regions.indices {
      #expect((6...12).contains(table.places.count { $0.regionIndex == index }))
    }
    for place in table.places {
      let found = table.region(latitude: place.latitude, longitude: place.longitude)
      #expect(found == table.regions[place.regionIndex], "\(place.name)")
    }
  }

  @Test(arguments: [
    ("Boston", 42.3601, -71.0589, "New England"),
    ("Bridgeport, Connecticut", 41.1792, -73.1894, "New England"),
    ("Concord, New Hampshire", 43.2081, -71.5376, "New England"),
    ("Augusta, Maine", 44.3106, -69.7795, "New England"),
    ("the article's generator", 40.68066, -73.47429, "Middle Atlantic"),
    ("Newark, New Jersey", 40.7357, -74.1724, "Middle Atlantic"),
    ("Montauk, New York", 41.0359, -71.9545, "Middle Atlantic"),
    ("Scranton, Pennsylvania", 41.4090, -75.6624, "Middle Atlantic"),
    ("Rochester, New York", 43.1566, -77.6088, "Middle Atlantic"),
    ("Baltimore", 39.2904, -76.6122, "South Atlantic"),
    ("Dover, Delaware", 39.1582, -75.5244, "South Atlantic"),
    ("Asheville, North Carolina", 35.5951, -82.5515, "South Atlantic"),
    ("Tampa", 27.9506, -82.4572, "South Atlantic"),
    ("Key West", 24.5551, -81.7800, "South Atlantic"),
    ("Toledo, Ohio", 41.6528, -83.5379, "East North Central"),
    ("Madison, Wisconsin", 43.0731, -89.4012, "East North Central"),
    ("Grand Rapids, Michigan", 42.9634, -85.6681, "East North Central"),
    ("Huntsville, Alabama", 34.7304, -86.5861, "East South Central"),
    ("Hattiesburg, Mississippi", 31.3271, -89.2903, "East South Central"),
    ("Fargo, North Dakota", 46.8772, -96.7898, "West North Central"),
    ("Sioux Falls, South Dakota", 43.5446, -96.7311, "West North Central"),
    ("Topeka, Kansas", 39.0473, -95.6752, "West North Central"),
    ("Austin, Texas", 30.2672, -97.7431, "West South Central"),
    ("Baton Rouge, Louisiana", 30.4515, -91.1871, "West South Central"),
    ("Lubbock, Texas", 33.5779, -101.8552, "West South Central"),
    ("Denver", 39.7392, -104.9903, "Mountain"),
    ("Tucson, Arizona", 32.2226, -110.9747, "Mountain"),
    ("Helena, Montana", 46.5891, -112.0391, "Mountain"),
    ("Oakland, California", 37.8044, -122.2712, "Pacific"),
    ("Eugene, Oregon", 44.0521, -123.0868, "Pacific"),
    ("Fairbanks, Alaska", 64.8378, -147.7164, "Pacific"),
    ("Hilo, Hawaii", 19.7074, -155.0847, "Pacific"),
  ])
  func findsTheDivisionOf(town: String, latitude: Double, longitude: Double, division: String) {
    let found = RegionTable.usDivisions.region(latitude: latitude, longitude: longitude)
    #expect(found == division, "\(town)")
  }

  @Test(arguments: [
    (52.52, 13.40), (0.0, 0.0), (-33.87, 151.21), (Double.nan, -71.0), (42.0, .infinity),
    (90.1, 0.0), (42.0, 1e300),
  ])
  func knowsNoRegionFarAwayOrOffTheEarth(latitude: Double, longitude: Double) {
    #expect(RegionTable.usDivisions.region(latitude: latitude, longitude: longitude) == nil)
  }

  @Test func seesAcrossTheDateLine() throws {
    let table = try RegionTable(
      yaml: "regions: [{name: Fiji, towns: [{name: Suva, lat: -18.14, lon: 178.44}]}]",
      path: "fiji.yaml",
    )
    #expect(table.region(latitude: -17, longitude: -179.5) == "Fiji")
    #expect(table.region(latitude: -17, longitude: 181) == "Fiji")
    #expect(table.places[0].name == "Suva")
  }

  @Test(arguments: [
    ("", "1:1: a mapping is expected here, not nothing"),
    ("regions: []", "1:1: the table has no regions"),
    ("areas: []", "1:1: a table has no \"areas\"; it has regions"),
    ("regions:\n- name: A", "2:3: the region has no towns"),
    ("regions:\n- towns: [{name: B, lat: 1, lon: 1}]", "2:3: the region has no name"),
    (
      "regions:\n- {name: A, towns: [{name: B, lat: 91, lon: 1}]}",
      "2:36: -90 to 90 degrees are expected"
    ),
    (
      "regions:\n- {name: A, towns: [{name: B, lat: x, lon: 1}]}",
      "2:36: a number is expected here, not \"x\""
    ),
    ("regions:\n- {name: A, towns: [{name: B, lat: 1}]}", "2:21: a town needs name, lat and lon"),
    ("regions:\n- {name: '', towns: []}", "2:10: a name has 1 to 64 characters"),
    (
      "regions:\n- &a {name: A, towns: [{name: B, lat: 1, lon: 1}]}\n- *a",
      "2:3: the region \"A\" is listed already"
    ),
  ])
  func refusesWhatIsNoTable(text: String, reason: String) {
    let failure = #expect(throws: RegionTable.Failure.self) {
      try RegionTable(yaml: text, path: "t.yaml")
    }
    #expect(failure?.description == "t.yaml:\(reason)")
  }
}
