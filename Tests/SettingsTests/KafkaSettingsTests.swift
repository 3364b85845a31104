import Arguments
import Model
import Testing

@testable import Settings

struct KafkaSettingsTests {
  @Test
  func propertiesComeFromFilesAndOptions() throws {
    let start = Start(
      config: """
        kafka:
          brokers: [a:1, b]
          propertiesFile: client.properties
          properties: {security.protocol: SASL_SSL, retries: 5}
        """,
      texts: [
        "/etc/client.properties": """
        # the cluster
        sasl.mechanism = PLAIN
        retries=1\r
        ! also a comment

        ssl.ca.location=/a=b
        sasl.password=hunter2
        """
      ],
    )
    var real = start
    real.words = "-X debug=broker,topic"
    real.environment["EGTOP_KAFKA_PASSWORD"] = "newer"
    let kafka = try #require(try real.settings().kafka)
    #expect(
      kafka.properties == [
        "sasl.mechanism": "PLAIN", "retries": "5", "ssl.ca.location": "/a=b",
        "security.protocol": "SASL_SSL", "debug": "broker,topic",
      ]
    )
    #expect(kafka.secrets == ["sasl.password": SecretText("newer")])
    #expect(kafka.clientProperties["bootstrap.servers"] == "a:1,b")
    #expect(kafka.clientProperties["sasl.password"] == "newer")
    #expect(kafka.propertyOrigins["retries"] == .file("/etc/c.yaml", line: 4, column: 54))
    #expect(
      kafka.propertyOrigins["sasl.mechanism"]
        == .file("/etc/client.properties", line: 2, column: 0)
    )
    #expect(!"\(kafka)".contains("newer"))
  }

  @Test
  func brokersMayComeFromThePropertiesFile() throws {
    let start = Start(
      words: "--kafka-properties /p",
      texts: ["/p": "bootstrap.servers = x:1, y:2\n"],
    )
    #expect(try start.settings().kafka?.brokers == ["x:1", "y:2"])
  }

  @Test
  func refusesALineThatIsNoProperty() {
    let start = Start(words: "--kafka-properties /p", texts: ["/p": "a=b\nnonsense\n"])
    #expect(start.failure() == "/p:2: a property is written name=value")
  }

  @Test(
    arguments: [
      ("--kafka h", "emergency_generators"), ("--kafka h --mqtt m", nil),
      ("--kafka h --mqtt m --raw", "emergency_generators"),
      ("--kafka h --mqtt m --raw-topic other", "other"), ("--kafka h --no-raw", nil),
      ("--kafka h --raw-topic other --no-raw", nil),
    ] as [(String, String?)]
  )
  func readsTheRawTopicWhenItIsOfUse(words: String, topic: String?) throws {
    let settings = try Start(words: words).settings()
    #expect(settings.kafka?.rawTopic == topic)
    #expect(settings.fleet.policy.rawFeedIsKafka == (settings.mqtt == nil && topic != nil))
    #expect(settings.fleet.policy.tailsRawTopic == (settings.mqtt != nil && topic != nil))
  }

  @Test(arguments: [
    ("", "", "EGx", true), ("", "", "Egx", false),
    ("--kafka-topic a,b", "", "b", true), ("--kafka-topic a,b", "", "EG", false),
    ("--kafka-pattern ^EG.*_v[12]$", "", "EGx_v2", true),
    ("--kafka-pattern ^EG.*_v[12]$", "", "EGx_v3", false),
    ("--kafka-prefix P", "topics: [x]", "Px", true), ("", "topicPattern: own", "my own", true),
  ])
  func choosesEnrichedTopics(words: String, file: String, topic: String, isOne: Bool) throws {
    let start = Start(words: "--kafka h \(words)", config: "kafka: {\(file)}")
    #expect(try start.settings().kafka?.topics.include(topic) == isOne)
  }
}
