import Maps
import Testing

struct MapTests {}
