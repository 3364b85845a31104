#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

// RD_KAFKA_PARTITION_UA is a cast, which Swift does not import.
static const int32_t CRdkafka_anyPartition = RD_KAFKA_PARTITION_UA;

// rd_kafka_producev is variadic. A timestamp of 0 means now; headers may be null and are the
// library's only when 0 is returned; a key or value of null is a null key or a tombstone. The
// number comes back with the delivery report.
static inline rd_kafka_resp_err_t CRdkafka_produce(
    rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition, const void *key,
    size_t keyLength, const void *value, size_t valueLength, int64_t milliseconds,
    rd_kafka_headers_t *headers, intptr_t number) {
  return rd_kafka_producev(
      client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, keyLength),
      RD_KAFKA_V_VALUE((void *)value, valueLength), RD_KAFKA_V_TIMESTAMP(milliseconds),
      RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE((void *)number), RD_KAFKA_V_END);
}
