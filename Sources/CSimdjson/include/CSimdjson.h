// A C interface to simdjson for messages whose fields are named by a table that is given.
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
  /// Objects and arrays inside each other beyond `CSimdjson_deepest`.
  CSimdjsonResultTooDeep,
  /// Longer than the parser's limit.
  CSimdjsonResultTooLarge,
  CSimdjsonResultOutOfMemory,
} CSimdjsonResult;

/// How deep objects and arrays may lie inside each other.
enum { CSimdjson_deepest = 128 };

/// How many slots there are for numbers and for texts.
enum { CSimdjson_mostNumbers = 32, CSimdjson_mostTexts = 4 };

/// What a field of some name holds: a number may also stand there as a text, and a tag as a number.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonMeaningNumber = 0,
  /// A number, if it is one: another value is passed over as if it had no name.
  CSimdjsonMeaningLooseNumber,
  CSimdjsonMeaningText,
  /// A text that may stand among the tags as well, where it counts before one outside.
  CSimdjsonMeaningTag,
  /// Of several times that with the highest slot counts.
  CSimdjsonMeaningTime,
  /// An object of texts.
  CSimdjsonMeaningTags,
  /// A list of objects with a `name` and a value at `float64`, `int64` or `string`.
  CSimdjsonMeaningValues,
  /// At the top, an object that holds the fields.
  CSimdjsonMeaningEnvelope,
} CSimdjsonMeaning;

/// A name of a field: at most 31 bytes, without escapes.
typedef struct {
  const uint8_t *_Nullable bytes;
  size_t length;
  CSimdjsonMeaning meaning;
  /// Where its number or text is put.
  uint8_t slot;
} CSimdjsonName;

/// Text of a message, unescaped, valid until the parser's next message; no bytes if it is absent.
typedef struct {
  const uint8_t *_Nullable bytes;
  size_t length;
} CSimdjsonText;

/// Why a field cannot be read, though the rest of its message can.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonFlawNone = 0,
  CSimdjsonFlawWrongType,
  /// A number that no double can hold, or a word for one that is none, such as `nan`, which is no JSON.
  CSimdjsonFlawNotFinite,
  /// An object or an array where only a scalar can be kept.
  CSimdjsonFlawNested,
  /// There is no room for so many fields.
  CSimdjsonFlawTooMany,
} CSimdjsonFlaw;

/// The fields of a message that could not be read.
typedef struct {
  size_t count;
  /// The first of them, or the first that is named if there is one, and what is wrong with it.
  CSimdjsonText key;
  CSimdjsonFlaw flaw;
  bool isNamed;
} CSimdjsonLost;

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
  /// Which of the names it has, or -1.
  int name;
  CSimdjsonKind kind;
  bool isTag;
} CSimdjsonScalar;

/// The named fields of a message, valid until the parser's next one.
typedef struct {
  const double *_Nullable numbers;
  const CSimdjsonText *_Nullable texts;
  /// One bit for each number that has a value.
  uint32_t present;
  /// One bit for each number that is named, be it null or lost.
  uint32_t named;
  /// Of the named fields alone.
  CSimdjsonLost lost;
  /// Null if there is none; its key and name are not told.
  CSimdjsonScalar time;
} CSimdjsonMessage;

typedef struct CSimdjsonParser CSimdjsonParser;

/// A parser for messages of at most `largest` bytes, which copies the names; NULL if there is no memory for it, or if a
/// name or a slot is none.
CSimdjsonParser *_Nullable CSimdjson_create(size_t largest, const CSimdjsonName *_Nullable names,
                                            size_t count);

/// Frees a parser.
void CSimdjson_destroy(CSimdjsonParser *_Nonnull parser);

/// Reads the named fields of an object, and passes over the others. `message` is defined only if the result says so.
CSimdjsonResult CSimdjson_read(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                               size_t length, CSimdjsonMessage *_Nonnull message);

/// Reads the value at one key of a flat object: a string unescaped, any other scalar as written;
/// no bytes if it is absent, null or not a scalar.
CSimdjsonResult CSimdjson_text(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                               size_t length, const uint8_t *_Nonnull key, size_t keyLength,
                               CSimdjsonText *_Nonnull text);

/// Reads all fields of a flat object, which may have an object of tags, in the order in which they stand.
///
/// Those without a name are lost beyond the first `most` fields; `scalars` has room for as many and two for each name.
/// `count` is how many were filled: a named field that is lost is among them, as null.
CSimdjsonResult CSimdjson_fields(CSimdjsonParser *_Nonnull parser, const uint8_t *_Nullable bytes,
                                 size_t length, CSimdjsonScalar *_Nonnull scalars, size_t most,
                                 size_t *_Nonnull count, CSimdjsonLost *_Nonnull lost);

// MARK: - Values by their paths

/// What a step of a path asks for.
typedef enum __attribute__((enum_extensibility(closed))) {
  /// The member `name` of an object.
  CSimdjsonStepMember = 0,
  /// The element at `place` of an array, from 0; from -1 backwards, counted from its end.
  CSimdjsonStepElement,
  /// The first element of an array that is an object whose member `name` is written `value`.
  CSimdjsonStepElementWhere,
  /// All elements of an array.
  CSimdjsonStepAll,
  /// The values of all members of an object.
  CSimdjsonStepAllMembers,
} CSimdjsonStepKind;

typedef struct {
  CSimdjsonStepKind kind;
  CSimdjsonText name, value;
  int64_t place;
} CSimdjsonStep;

/// What stands at a place of a message.
typedef enum __attribute__((enum_extensibility(closed))) {
  CSimdjsonNodeNull = 0,
  /// In `integer`: 0 or 1.
  CSimdjsonNodeBoolean,
  CSimdjsonNodeNumber,
  CSimdjsonNodeText,
  CSimdjsonNodeObject,
  CSimdjsonNodeArray,
  /// A number that no double can hold, or a bare word for one that is none, such as `nan`.
  CSimdjsonNodeNoNumber,
} CSimdjsonNodeKind;

typedef struct {
  CSimdjsonNodeKind kind;
  /// Whether a number is in `integer`; else it is in `decimal`.
  bool isInteger;
  int64_t integer;
  double decimal;
  /// A text unescaped, another scalar as it is written; valid until the tree's next message.
  CSimdjsonText text;
} CSimdjsonNode;

/// A message as a whole, whose values are found by paths. Belongs to one thread.
typedef struct CSimdjsonTree CSimdjsonTree;

/// For messages of at most `largest` bytes; NULL if there is no memory for it.
CSimdjsonTree *_Nullable CSimdjson_createTree(size_t largest);

/// Frees a tree.
void CSimdjson_destroyTree(CSimdjsonTree *_Nonnull tree);

/// Copies a path to look for, and returns its number; -1 if there is no memory for it.
int32_t CSimdjson_addPath(CSimdjsonTree *_Nonnull tree, const CSimdjsonStep *_Nullable steps,
                          size_t count);

/// Reads an object or an array, whose place is then 0, as it is or in base64; a message that begins otherwise is not an
/// object.
CSimdjsonResult CSimdjson_readTree(CSimdjsonTree *_Nonnull tree, const uint8_t *_Nullable bytes,
                                   size_t length);

/// Finds where a path leads to that begins at the place `from`, and returns how many places these are, at most `most`.
///
/// A step into a text reads the text as the JSON that it holds, as it is or in base64. There are no places if there is
/// nothing, and none of a path to all elements or members if only one is asked for.
size_t CSimdjson_find(CSimdjsonTree *_Nonnull tree, int32_t path, int32_t from,
                      int32_t *_Nonnull places, size_t most);

/// What stands at a place that was found in the last message.
void CSimdjson_node(const CSimdjsonTree *_Nonnull tree, int32_t place,
                    CSimdjsonNode *_Nonnull node);

/// Finds the members of an object or the elements of an array, in their order; how many there are, at most `most`.
size_t CSimdjson_children(const CSimdjsonTree *_Nonnull tree, int32_t place,
                          int32_t *_Nonnull places, size_t most);

/// The name of a member; none of anything else.
CSimdjsonText CSimdjson_key(const CSimdjsonTree *_Nonnull tree, int32_t place);

/// Reads a text that is a number from its first byte to its last; false if it is none that a double can hold.
bool CSimdjson_number(const uint8_t *_Nullable bytes, size_t length, double *_Nonnull number);

#ifdef __cplusplus
}
#endif
