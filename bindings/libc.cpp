// Functions of the C library that nlohmann's lexer refers to and that this module has no use for: they would
// bring decimal floating point in and out, 16 kB of it. Only in the Wasm module (scripts/cmake/wasm.cmake).
#include <cstddef>
#include <cstdio>
#include <cstdlib>

extern "C" {

/// For numbers with a fraction or an exponent. No input and no message has any: json_tree.cpp marks them
/// Json::Kind::other and every reader refuses that. So only the end matters.
static void skip(const char* text, char** end) {
  if (end == nullptr) return;
  while (*text != '\0') ++text;
  *end = const_cast<char*>(text);
}
double strtod(const char* text, char** end) { return skip(text, end), 0; }
float strtof(const char* text, char** end) { return skip(text, end), 0; }
long double strtold(const char* text, char** end) { return skip(text, end), 0; }

/// For control characters in the text of a parse error, which is never read: a parse error only means "not
/// JSON".
int snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) *out = '\0';
  return 0;
}

}  // extern "C"
