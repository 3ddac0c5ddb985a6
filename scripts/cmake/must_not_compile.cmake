# cmake -DSOURCE=… -DCOMPILER=… -DINCLUDES=… -P: succeeds if SOURCE is refused for the reason in its first line.
file(STRINGS ${SOURCE} first LIMIT_COUNT 1)
if(NOT first MATCHES "^// expect: (.+)$")
  message(FATAL_ERROR "${SOURCE} does not start with '// expect: …'")
endif()
set(expected "${CMAKE_MATCH_1}")
list(TRANSFORM INCLUDES PREPEND -I)
execute_process(
  COMMAND ${COMPILER} -std=c++20 -fsyntax-only -fno-exceptions ${INCLUDES} ${SOURCE}
  RESULT_VARIABLE status
  OUTPUT_VARIABLE said
  ERROR_VARIABLE said)
if(status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiles, but must not: ${expected}")
endif()
string(FIND "${said}" "${expected}" found)
if(found EQUAL -1)
  message(FATAL_ERROR "${SOURCE} is refused, but not because: ${expected}\n${said}")
endif()
