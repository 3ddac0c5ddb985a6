// Functions of the C library that nlohmann's lexer and embind refer to and that this module hardly has a use
// for: they would bring decimal floating point in and out, 20 kB of it. Only in the Wasm module
// (scripts/cmake/wasm.cmake).
#include <cerrno>
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

/// For whole numbers, of which the lexer has read digits and nothing else.
unsigned long long strtoull(const char* text, char** end, int) {
  unsigned long long value = 0;
  for (const char* digit = text; *digit != '\0'; ++digit) {
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, static_cast<unsigned>(*digit - '0'), &value))
      errno = ERANGE;
  }
  return skip(text, end), value;
}
/// For negative numbers, which are Json::Kind::other too.
long long strtoll(const char* text, char** end, int) { return skip(text, end), 0; }
/// Beside them in the C library's file, and named by std::stoi(), which nobody calls.
long strtol(const char* text, char** end, int) { return skip(text, end), 0; }
unsigned long strtoul(const char* text, char** end, int) { return skip(text, end), 0; }

/// For the names of types that embind does not know, of which there is none. Compilers choose the shorter
/// ones.
int sprintf(char* out, const char*, ...) { return *out = '\0'; }
int siprintf(char* out, const char*, ...) { return *out = '\0'; }
int __small_sprintf(char* out, const char*, ...) { return *out = '\0'; }

/// For control characters in the text of a parse error, which is never read: a parse error only means "not
/// JSON".
int snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) *out = '\0';
  return 0;
}

}  // extern "C"
