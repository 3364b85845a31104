// A C interface to simdjson for the two shapes of message that egtop reads.
//
// Nothing here allocates for a message once the parser's buffer has grown to its size, and no C++
// exception leaves it. A parser belongs to one thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What came of a message.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonResultRead = 0,
  /// Its first character is not `{`; nothing was parsed.
  CSimdjsonResultNotAnObject,
  CSimdjsonResultInvalidJSON,
  CSimdjsonResultInvalidUTF8,
  /// A known field holds a value of another type: see `field`.
  CSimdjsonResultWrongType,
  /// A known field holds a number that no double can: see `field`.
  CSimdjsonResultNotFinite,
  /// Objects and arrays inside each other beyond `CSimdjson_deepest`.
  CSimdjsonResultTooDeep,
  /// Longer than the parser's limit.
  CSimdjsonResultTooLarge,
  CSimdjsonResultOutOfMemory,
  /// An object or array where only scalars may be.
  CSimdjsonResultNested,
  /// More fields than there is room for.
  CSimdjsonResultTooManyFields,
} CSimdjsonResult;

/// How deep objects and arrays may lie inside each other.
enum { CSimdjson_deepest = 128 };

/// The known fields; the first six are the indices of `values` and the bits of `present`.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonFieldFuel = 0,
  CSimdjsonFieldLoad,
  CSimdjsonFieldPower,
  CSimdjsonFieldTemperature,
  CSimdjsonFieldLatitude,
  CSimdjsonFieldLongitude,
  CSimdjsonFieldIdentifier,
  CSimdjsonFieldRegion,
  CSimdjsonFieldAlarm,
  CSimdjsonFieldTime,
  CSimdjsonFieldTags,
  CSimdjsonFieldMeasurement,
  CSimdjsonFieldNone,
} CSimdjsonField;

/// Text of a message, unescaped, valid until the parser's next message; no bytes if it is absent.
typedef struct {
  const uint8_t *_Nullable bytes;
  size_t length;
} CSimdjsonText;

/// How a record says its time.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonTimeAbsent = 0,
  CSimdjsonTimeText,
  CSimdjsonTimeInteger,
  CSimdjsonTimeDecimal,
} CSimdjsonTime;

/// The known fields of a message.
typedef struct {
  double fuel, load, power, temperature, latitude, longitude;
  /// One bit for each of the six that has a value.
  uint8_t present;
  /// One bit for each of the six that is named, be it null.
  uint8_t named;
  CSimdjsonTime timeKind;
  /// The field that a failure is about.
  CSimdjsonField field;
  int64_t timeInteger;
  double timeDecimal;
  CSimdjsonText timeText;
  CSimdjsonText identifier;
  CSimdjsonText region;
  CSimdjsonText alarm;
} CSimdjsonMessage;

/// What a scalar is.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonKindNull = 0,
  /// In `integer`: 0 or 1.
  CSimdjsonKindBoolean,
  CSimdjsonKindInteger,
  /// Has a point or an exponent, or is beyond what an integer holds.
  CSimdjsonKindDecimal,
  CSimdjsonKindText,
} CSimdjsonKind;

/// One field of a flat object, or one entry of its `tags`.
typedef struct {
  CSimdjsonText key;
  CSimdjsonText text;
  int64_t integer;
  double decimal;
  /// Which of the known ones it is, or none.
  CSimdjsonField field;
  CSimdjsonKind kind;
  bool isTag;
} CSimdjsonScalar;

typedef struct CSimdjsonParser CSimdjsonParser;

/// A parser for messages of at most `largest` bytes; NULL if there is no memory for it.
CSimdjsonParser *_Nullable CSimdjson_create(size_t largest);

/// Frees a parser.
void CSimdjson_destroy(CSimdjsonParser *_Nonnull parser);

/// Reads a raw sample: a flat object. `message` is defined only if the result says so.
CSimdjsonResult CSimdjson_sample(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                                 size_t length, CSimdjsonMessage *_Nonnull message);

/// Reads an enriched record: fields flat or as a list of `values`, tags flat or nested, the whole
/// perhaps in the envelope `{"schema": …, "payload": …}`.
CSimdjsonResult CSimdjson_record(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                                 size_t length, CSimdjsonMessage *_Nonnull message);

/// Reads the value at one key of a flat object: a string unescaped, any other scalar as written;
/// no bytes if it is absent, null or not a scalar.
CSimdjsonResult CSimdjson_text(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                               size_t length, const uint8_t *_Nonnull key, size_t keyLength,
                               CSimdjsonText *_Nonnull text);

/// Reads all fields of a flat object, which may have an object of texts at `tags`, in the order in which they stand.
///
/// `count` is how many of the `capacity` scalars were filled; `failed` is the field that a failure is about.
CSimdjsonResult CSimdjson_fields(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                                 size_t length, CSimdjsonScalar *_Nonnull scalars, size_t capacity,
                                 size_t *_Nonnull count, CSimdjsonField *_Nonnull failed);

#ifdef __cplusplus
}
#endif
