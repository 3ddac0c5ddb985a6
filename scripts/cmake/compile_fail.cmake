# One test per tests/compile_fail/*.cpp: the compiler must refuse the file, and say what its first line promises:
#   // expect: text that the diagnostics contain
file(GLOB TRTC_COMPILE_FAIL CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/compile_fail/*.cpp)
foreach(source ${TRTC_COMPILE_FAIL})
  get_filename_component(name ${source} NAME_WE)
  add_test(
    NAME compile_fail.${name}
    COMMAND
      ${CMAKE_COMMAND} -DSOURCE=${source} -DCOMPILER=${CMAKE_CXX_COMPILER}
      "-DINCLUDES=${CMAKE_SOURCE_DIR}/src;${CMAKE_SOURCE_DIR}/bindings;${TRTC_VENDOR}"
      -P ${CMAKE_SOURCE_DIR}/scripts/cmake/must_not_compile.cmake)
endforeach()
