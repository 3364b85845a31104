/// Messages as they are met, and what each profile makes of them.
struct ProfileMessages: Sendable {
  var profile: String
  /// Keys of the source besides the name of the profile, as YAML.
  var with = ""
  var example: String

  static let all = [
    ProfileMessages(
      profile: "article",
      example: """
        emergency_generator/generator1   {"generatorID": "generator1", "lat": 40.68066, "lon": -73.47429, "temperature": 186, \
        "power": 186, "load": 2, "fuel": 277}
        emergency_generator/generator1/status   online
        emergency_generator/g6   {"fuel": "612", "power": 520, "wifi": {"rssi": 52}, "run_hours": 12.5}
        emergency_generator/g6/status   Offline
        => generator1 online: fuel 277, load 2, power 186, temperature 186, lat 40.68, lon -73.47
        => g6 offline: fuel 612, power 520, runHours 12.5
        """
    ),
    // As genmon's add-on sends it by itself, with a root of one level.
    ProfileMessages(
      profile: "genmon",
      example: """
        7701/generator/client_status   Online
        7701/generator/Status/Engine/Output Power (Single Phase)   5.2 kW
        7701/generator/Status/Engine/RPM   3600
        7701/generator/Status/Engine/Engine State   Running
        7701/generator/Status/Engine/Coolant Temp   160 F
        7701/generator/Status/Engine/Oil Pressure   50 psi
        7701/generator/Maintenance/Fuel Level Sensor   61 %
        => 7701 online: fuel 61, power 5.2, temperature 71.11, oilPressure 344.74, tank 100, refuelMark 50, running 1
        """
    ),
    // Of a real one, with a root of two levels; it dies at the end.
    ProfileMessages(
      profile: "genmon",
      example: """
        generators/depot-north/generator/client_status   Online
        generators/depot-north/generator/Status/Switch State   Auto
        generators/depot-north/generator/Status/Output Voltage   240 V
        generators/depot-north/generator/Status/Frequency   600 Hz
        generators/depot-north/generator/Status/Battery Voltage   27.10 V
        generators/depot-north/generator/Status/Utility Voltage   0 V
        generators/depot-north/generator/Maintenance/Nominal Frequency   60
        generators/depot-north/generator/Maintenance/Fuel Type   Diesel
        generators/depot-north/generator/Maintenance/Fuel Level Sensor   61 %
        generators/depot-north/generator/Maintenance/Fuel In Tank (Sensor)   305.00 gal
        generators/depot-north/generator/Maintenance/Run Hours   1234 h
        generators/depot-north/generator/Outage/Outage Log
        generators/depot-north/generator/Status/Battery Voltage   23.80 V
        generators/depot-north/generator/Maintenance/Fuel Level Sensor   39 %
        generators/depot-north/generator/Maintenance/Fuel In Tank (Sensor)   195.00 gal
        generators/depot-north/generator/client_status   Offline
        => depot-north offline: fuel 39, voltage 240, batteryVoltage 23.8, runHours 1234, tank 100, refuelMark 50
        """
    ),
    // Without a root, in the bare numbers of numeric_json, and the controller's own fuel.
    ProfileMessages(
      profile: "genmon",
      example: """
        generator/client_status   Online
        generator/Status/Engine/Fuel Level/unit   %
        generator/Status/Engine/Fuel Level/type   int
        generator/Status/Engine/Fuel Level/value   61
        generator/Status/Engine/Battery Voltage/value   13.8
        generator/Status/Engine/Engine Load/value   40
        => generator online: fuel 61, load 40, batteryVoltage 13.8, tank 100, refuelMark 50
        """
    ),
    // By numeric_json_object, with a root of two words and blanks made to _.
    ProfileMessages(
      profile: "genmon",
      with: "root: +/gensets, rename: {site_7: \"site 7\"}, tank: 100 gal, refuelMark: 25%",
      example: """
        site 7/gensets/generator/client_status   Online
        site_7/gensets/generator/Maintenance/Efficiency/Fuel_Level   {"unit": "%", "type": "int", "value": 50}
        site_7/gensets/generator/Status/Engine/Battery_Voltage   {"unit": "V", "type": "float", "value": 13.8}
        site_7/gensets/generator/Status/Engine/Coolant_Temp   {"unit": "C", "type": "int", "value": 70}
        => site 7 online: fuel 189.27, temperature 70, batteryVoltage 13.8, tank 378.54, refuelMark 94.64
        """
    ),
    // The titles with an amount; one of them ends in a blank.
    ProfileMessages(
      profile: "genmon",
      with: "root: +",
      example: """
        a/generator/Maintenance/Estimated Fuel In Tank    120.00 gal
        b/generator/Maintenance/Fuel In Tank (Sensor)   300.00 L
        c/generator/Maintenance/Fuel Level   44 %
        d/generator/Maintenance/Fuel Level Sensor
        => a: fuel 454.25
        => b: fuel 300
        => c: fuel 44, tank 100, refuelMark 50
        => d
        """
    ),
    // Of a real one; it dies at the end.
    ProfileMessages(
      profile: "genmon-homeassistant",
      example: """
        genmon/status   online
        genmon/sensor/model/state   DeepSea Controller
        genmon/sensor/run_time/state   Generator Monitor running for 0:00:13.
        genmon/sensor/status_output_voltage/state   240
        genmon/sensor/status_frequency/state   600
        genmon/sensor/status_battery_voltage/state   27.1
        genmon/sensor/status_utility_voltage/state   0
        genmon/sensor/maintenance_fuel_level_sensor/state   61
        genmon/sensor/maintenance_fuel_in_tank_sensor/state   305.0
        genmon/sensor/maintenance_run_hours/state   1234
        genmon/binary_sensor/system_in_outage/state   OFF
        genmon/sensor/status_battery_voltage/state   23.8
        genmon/sensor/maintenance_fuel_level_sensor/state   39
        genmon/sensor/maintenance_fuel_in_tank_sensor/state   195.0
        genmon/status   offline
        => genmon offline: fuel 39, voltage 240, batteryVoltage 23.8, runHours 1234, tank 100, refuelMark 50
        """
    ),
    ProfileMessages(
      profile: "victron",
      example: """
        N/c0ffee012345/tank/20/FluidType   {"value":0}
        N/c0ffee012345/tank/20/Capacity   {"value":0.9}
        N/c0ffee012345/tank/20/Level   {"value":58.5}
        N/c0ffee012345/tank/21/FluidType   {"value":1}
        N/c0ffee012345/tank/21/Level   {"value":12}
        N/c0ffee012345/genset/30/Ac/Power   {"value":5200}
        N/c0ffee012345/genset/30/Engine/OilPressure   {"value":412}
        N/c0ffee012345/genset/30/Engine/OperatingHours   {"value":4442400}
        N/c0ffee012345/genset/30/StarterVoltage   {"value":12.8999996}
        N/c0ffee012345/genset/30/StatusCode   {"value":8}
        N/c0ffee012345/genset/30/Engine/CoolantTemperature   {"value":null}
        N/c0ffee012345/gps/0/Position/Latitude   {"value":52.5}
        N/c0ffee012345/heartbeat   {"value":1767619211}
        => c0ffee012345: fuel 526.5, power 5.2, lat 52.5, batteryVoltage 12.9, oilPressure 412, runHours 1234, tank 900, running 1
        """
    ),
    // A site with two gensets.
    ProfileMessages(
      profile: "victron",
      with: "id: \"{2}-{4}\"",
      example: """
        N/c0ffee012345/genset/30/StarterVoltage   {"value":12.9}
        N/c0ffee012345/genset/31/StarterVoltage   {"value":13.1}
        N/c0ffee012345/genset/31/Engine/Load   {"value":40}
        N/c0ffee012345/genset/31/Engine/Load
        => c0ffee012345-30: batteryVoltage 12.9
        => c0ffee012345-31: batteryVoltage 13.1
        """
    ),
    ProfileMessages(
      profile: "tasmota",
      example: """
        tele/gen_7/LWT   Online
        tele/gen_7/SENSOR   {"Time":"2026-01-05T13:20:11","ENERGY":{"Power":2140,"Voltage":231,"Total":88.214},\
        "ANALOG":{"Range":61},"TempUnit":"C"}
        tele/gen_8/LWT   Offline
        => gen_7 online: fuel 61, power 2.14, voltage 231, tank 100, refuelMark 50
        => gen_8 offline
        """
    ),
    ProfileMessages(
      profile: "esphome",
      example: """
        gen-north/status   online
        gen-north/sensor/fuel_level/state   61.0
        gen-north/sensor/battery_voltage/state   27.1
        gen-north/sensor/wifi_signal/state   -61
        gen-north/binary_sensor/engine_running/state   OFF
        gen-south/sensor/coolant_temperature/state   nan
        gen-south/status   offline
        => gen-north online: fuel 61, batteryVoltage 27.1, tank 100, refuelMark 50, running 0
        => gen-south offline
        """
    ),
    // Home Assistant tells its own presence where the devices do.
    ProfileMessages(
      profile: "esphome",
      with: "presence: [gen-north/status, gen-south/status]",
      example: """
        homeassistant/status   online
        gen-north/status   online
        gen-north/sensor/fuel_level/state   61.0
        => gen-north online: fuel 61, tank 100, refuelMark 50
        """
    ),
    // One word for the whole fleet.
    ProfileMessages(
      profile: "zigbee2mqtt",
      with: "presence: [zigbee2mqtt/+/availability, "
        + "{topic: zigbee2mqtt/bridge/state, covers: \"*\"}]",
      example: """
        zigbee2mqtt/bridge/state   {"state":"offline"}
        zigbee2mqtt/tank north   {"liquid_level_percent":61}
        => tank north: fuel 61, tank 100, refuelMark 50
        => * offline
        """
    ),
    ProfileMessages(
      profile: "zigbee2mqtt",
      example: """
        zigbee2mqtt/tank north/availability   {"state":"online"}
        zigbee2mqtt/tank north   {"liquid_level_percent":61,"linkquality":120,"voltage":3000,"temperature":14.5}
        zigbee2mqtt/plug south/availability   offline
        zigbee2mqtt/plug south   {"power":812.4,"voltage":231}
        => tank north online: fuel 61, temperature 14.5, tank 100, refuelMark 50
        => plug south offline: power 0.81, voltage 231
        """
    ),
    ProfileMessages(
      profile: "shelly",
      example: """
        shellypro3em-a1/online   true
        shellypro3em-a1/status/em:0   {"id":0,"a_voltage":231.2,"a_freq":50.0,"total_act_power":5200.0}
        shellypro3em-a1/status/input:100   {"id":100,"percent":61.0}
        shellyplus1-b2/events/rpc   {"src":"shellyplus1-b2","method":"NotifyStatus",\
        "params":{"ts":1767619211.42,"switch:0":{"id":0,"apower":812.4,"voltage":230.9}}}
        shellyplus1-b2/online   false
        => shellypro3em-a1 online: fuel 61, power 5.2, voltage 231.2, frequency 50, tank 100, refuelMark 50
        => shellyplus1-b2 offline at 1767619211: power 0.81, voltage 230.9
        """
    ),
    // ESPHome 2023.6; the presence of zigbee2mqtt is that of its bridge and of the device.
    ProfileMessages(
      profile: "homeassistant",
      example: #"""
        homeassistant/sensor/north-genset/fuel_level/config   {"unit_of_meas":"%","stat_cla":"measurement","name":"Fuel Level",\
        "stat_t":"north-genset/sensor/fuel_level/state","avty_t":"north-genset/status","uniq_id":"ESPsensorfuel_level",\
        "obj_id":"north-genset_fuel_level","dev":{"ids":"a4cf12ab34cd","name":"north-genset","sw":"esphome v2023.6.2","mdl":"esp32dev",\
        "mf":"espressif"}}
        homeassistant/sensor/north-genset/battery/config   {"dev_cla":"voltage","unit_of_meas":"V","name":"Starter battery",\
        "stat_t":"north-genset/sensor/battery/state","avty_t":"north-genset/status","dev":{"ids":"a4cf12ab34cd","name":"north-genset"}}
        homeassistant/sensor/north-genset/wifi/config   {"dev_cla":"signal_strength","unit_of_meas":"dBm","name":"WiFi Signal",\
        "stat_t":"north-genset/sensor/wifi/state","avty_t":"north-genset/status","dev":{"ids":"a4cf12ab34cd","name":"north-genset"}}
        homeassistant/binary_sensor/north-genset/running/config   {"dev_cla":"running","name":"Engine",\
        "stat_t":"north-genset/binary_sensor/engine/state","avty_t":"north-genset/status","dev":{"ids":"a4cf12ab34cd"}}
        north-genset/status   online
        north-genset/sensor/fuel_level/state   61.0
        north-genset/sensor/battery/state   27.1
        north-genset/sensor/wifi/state   -61
        north-genset/binary_sensor/engine/state   ON
        homeassistant/sensor/0xa4c138f4236b71be/fuel_level/config   {"availability":[{"topic":"zigbee2mqtt/bridge/state",\
        "value_template":"{{ value_json.state }}"},{"topic":"zigbee2mqtt/South tank/availability",\
        "value_template":"{{ value_json.state }}"}],"availability_mode":"all","device":{"identifiers":\
        ["zigbee2mqtt_0xa4c138f4236b71be"],"manufacturer":"TuYa","model":"Tank sensor (TLC2206)","name":"South tank"},"name":"Diesel level",\
        "object_id":"south_tank_diesel_level","origin":{"name":"Zigbee2MQTT","sw":"1.33.2","url":"https://www.zigbee2mqtt.io"},\
        "state_class":"measurement","state_topic":"zigbee2mqtt/South tank","unique_id":"0xa4c138f4236b71be_level_zigbee2mqtt",\
        "unit_of_measurement":"%","value_template":"{{ value_json.liquid_level_percent }}"}
        homeassistant/sensor/0xa4c138f4236b71be/linkquality/config   {"device":{"identifiers":["zigbee2mqtt_0xa4c138f4236b71be"]},\
        "name":"Linkquality","state_topic":"zigbee2mqtt/South tank","unit_of_measurement":"lqi","value_template":"{{ value_json.linkquality }}"}
        zigbee2mqtt/bridge/state   {"state":"online"}
        zigbee2mqtt/South tank/availability   {"state":"offline"}
        zigbee2mqtt/South tank   {"linkquality":120,"liquid_level_percent":39}
        => a4cf12ab34cd online: fuel 61, batteryVoltage 27.1, tank 100, refuelMark 50, running 1
        => zigbee2mqtt_0xa4c138f4236b71be offline: fuel 39, tank 100, refuelMark 50
        """#.replacing("\\\n", with: "")
    ),
    // Tasmota 7.1 with SetOption19, as it was logged; Shelly as its scripts announce it; one message for a device.
    ProfileMessages(
      profile: "homeassistant",
      example: #"""
        homeassistant/sensor/522851_ANALOG_Range/config   {"name":"Tasmota Fuel Level","stat_t":"~SENSOR","avty_t":"~LWT",\
        "pl_avail":"Online","pl_not_avail":"Offline","uniq_id":"522851_ANALOG_Range","device":{"identifiers":["522851"],"connections":\
        [["mac","84:0D:8E:52:28:51"]]},"~":"tasmota01/tele/","unit_of_meas":"%","val_tpl":"{{value_json['ANALOG'].Range}}"}
        homeassistant/sensor/522851_ENERGY_Power/config   {"name":"Tasmota ENERGY Power","stat_t":"~SENSOR","avty_t":"~LWT",\
        "pl_avail":"Online","pl_not_avail":"Offline","uniq_id":"522851_ENERGY_Power","device":{"identifiers":["522851"],"connections":\
        [["mac","84:0D:8E:52:28:51"]]},"~":"tasmota01/tele/","unit_of_meas":"W","val_tpl":"{{value_json['ENERGY'].Power}}","dev_cla":"power"}
        homeassistant/sensor/522851_ENERGY_Yesterday/config   {"name":"Tasmota ENERGY Yesterday","stat_t":"~SENSOR","avty_t":"~LWT",\
        "pl_avail":"Online","pl_not_avail":"Offline","uniq_id":"522851_ENERGY_Yesterday","device":{"identifiers":["522851"]},\
        "~":"tasmota01/tele/","unit_of_meas":"kWh","val_tpl":"{{value_json['ENERGY'].Yesterday}}","dev_cla":"power"}
        tasmota01/tele/LWT   Online
        tasmota01/tele/SENSOR   {"Time":"2026-01-05T13:20:11","ENERGY":{"Yesterday":2.1,"Power":2140},"ANALOG":{"Range":61}}
        homeassistant/sensor/e08cfe8c0b2c/voltmeter/config   {"name":"Fuel level","uniq_id":"e08cfe8c0b2c-voltmeter-100","stat_t":\
        "shellyplusuni-e08cfe8c0b2c/status/voltmeter:100","val_tpl":"{{ value_json.xvoltage }}","unit_of_meas":"%","avty_t":\
        "shellyplusuni-e08cfe8c0b2c/online","pl_avail":"true","pl_not_avail":"false","dev":{"ids":["e08cfe8c0b2c"],"name":"East"}}
        homeassistant/sensor/e08cfe8c0b2c/power/config   {"name":"Power","stat_t":"shellyplusuni-e08cfe8c0b2c/status/switch:0",\
        "val_tpl":"{{ value_json.apower | float | round(1) }}","unit_of_meas":"W","dev_cla":"power","dev":{"ids":["e08cfe8c0b2c"]}}
        shellyplusuni-e08cfe8c0b2c/online   false
        shellyplusuni-e08cfe8c0b2c/status/voltmeter:100   {"id":100,"voltage":6.1,"xvoltage":58.5}
        shellyplusuni-e08cfe8c0b2c/status/switch:0   {"id":0,"apower":812.44,"voltage":230.9}
        homeassistant/device/g7/config   {"dev":{"ids":["g7"],"name":"West"},"o":{"name":"modbus2mqtt"},"cmps":{"f":{"p":"sensor",\
        "name":"Kraftstoff","unit_of_meas":"L","val_tpl":"{{ value_json.f / 10 }}","uniq_id":"g7_f"},"h":{"p":"sensor","name":"Betriebsstunden",\
        "unit_of_meas":"min","val_tpl":"{{ value_json.h }}","uniq_id":"g7_h"},"s":{"p":"sensor","name":"Engine state","dev_cla":"enum",\
        "val_tpl":"{{ value_json.s }}","uniq_id":"g7_s"},"t":{"p":"device_tracker","name":"Where","json_attr_t":"g7/gps"}},"stat_t":"g7/state"}
        g7/state   {"f":3050,"h":600,"s":"Stopped"}
        g7/gps   {"latitude":40.68,"longitude":-73.47,"gps_accuracy":1.2}
        => 522851 online: fuel 61, power 2.14, tank 100, refuelMark 50
        => e08cfe8c0b2c offline: fuel 58.5, power 0.81, tank 100, refuelMark 50
        => g7: fuel 305, lat 40.68, lon -73.47, runHours 10, running 0
        """#.replacing("\\\n", with: "")
    ),
    // A node that is a generator itself, and one with two, of which one is gone at the end.
    ProfileMessages(
      profile: "sparkplug",
      example: """
        spBv1.0/plant/NBIRTH/gw7   seq 0; bdSeq Int64 = 3; Node Control/Rebirth Boolean = false
        spBv1.0/plant/DBIRTH/gw7/gen-1   seq 1; Engine/Fuel Level #1 Float = 61; Battery Voltage #2 Float = 27.1; \
        Coolant Temp #3 Int16 = 181 [engUnit °F]; Oil Pressure #4 Int32 = null; Engine/Running #5 Boolean = true
        spBv1.0/plant/DBIRTH/gw7/gen-2   seq 2; Fuel_Volume #11 Int32 = 410; Run Hours #12 UInt32 = 1234
        spBv1.0/plant/DDATA/gw7/gen-1   seq 3; #1 = 39; #2 = 23.8; #3 = -7
        spBv1.0/plant/DDATA/gw7/gen-1   seq 4; #1 = 99 historical
        spBv1.0/plant/DDEATH/gw7/gen-2   seq 5
        spBv1.0/plant/NBIRTH/gw8   seq 0; bdSeq Int64 = 9; fuelLevel #1 UInt8 = 50
        spBv1.0/plant/NDEATH/gw8   bdSeq Int64 = 9
        => plant/gw7/gen-1 online: fuel 39, temperature -21.67, batteryVoltage 23.8, tank 100, refuelMark 50, running 1
        => plant/gw7/gen-2 offline: fuel 410, runHours 1234
        => plant/gw8 offline: fuel 50, tank 100, refuelMark 50
        """
    ),
    ProfileMessages(
      profile: "deepsea-modbus",
      example: """
        dse/4   {"1024":412,"1025":83,"1027":61,"1029":271,"1031":500,"1032":2312,"1408":3,"1536":5200,"1558":405,"1798":4442400}
        dse/5   {"1024":65535,"1025":32767,"1027":-1,"1029":65528,"1031":65530,"1032":4294967295,"1408":15,\
        "1536":2147483647,"1558":32761,"1798":4294967290}
        dse/6   {"fuel_level":104,"battery_voltage":65531,"coolant_temp":-7}
        => 4: fuel 61, load 40.5, power 5.2, temperature 83, voltage 231.2, frequency 50, batteryVoltage 27.1, oilPressure 412, \
        runHours 1234, tank 100, refuelMark 50, running 1
        => 5
        => 6: fuel 104, temperature -7, tank 100, refuelMark 50
        """
    ),
    ProfileMessages(
      profile: "telegraf",
      example: """
        kafka telegraf   {"name":"gen","tags":{"host":"gw1","topic":"site/g4","region":"North"},"fields":{"fuel":610,"load":35},\
        "timestamp":1767619211}
        kafka telegraf   {"metrics":[{"name":"gen","tags":{"topic":"site/g5"},"fields":{"fuel":410,"power":12},\
        "timestamp":1767619211},{"name":"gen","tags":{"topic":"site/g6"},"fields":{"fuel":300},"timestamp":1767619212}]}
        => g4 of North at 1767619211: fuel 610, load 35
        => g5 at 1767619211: fuel 410, power 12
        => g6 at 1767619212: fuel 300
        """
    ),
    ProfileMessages(
      profile: "thingsboard",
      example: """
        kafka thingsboard tb_msg_md_deviceName=g4   {"fuel":610,"load":35}
        kafka thingsboard tb_msg_md_deviceName=g5   {"ts":1767619211000,"values":{"fuel":410}}
        kafka thingsboard tb_msg_md_deviceName=g6   [{"ts":1767619211000,"values":{"fuel":300,"power":12}}]
        => g4: fuel 610, load 35
        => g5 at 1767619211: fuel 410
        => g6 at 1767619211: fuel 300, power 12
        """
    ),
  ]
}
