# What only the WebAssembly build needs. Emscripten 3.1.6 (Debian 12) is the floor; newer ones must build too.

# The rules of every target: no RTTI (embind is told below). What ships is small, and optimised at link time; the unit
# tests are not (tests/CMakeLists.txt), only the core in them. With -Oz, emcc forbids inlining even where a call is larger
# than what it calls (a vector's begin(), a variant's index()): clang's own judgement saves a twelfth.
target_compile_options(trtc_rules INTERFACE -fno-rtti)
set(TRTC_SMALL -Oz -finline-functions -flto)
target_compile_options(trtc_core PRIVATE ${TRTC_SMALL})
# The linker chooses embind's own library by the same flag.
target_link_options(trtc_rules INTERFACE -fno-rtti -flto)
if(NOT EMSCRIPTEN_VERSION VERSION_LESS 4)
  # libc++ refers to it, after link-time optimisation has thrown it away.
  target_link_options(trtc_rules INTERFACE -Wl,-u,__cxa_increment_exception_refcount)
endif()

if(EMSCRIPTEN_VERSION VERSION_LESS 3.1.25)
  set(TRTC_STACK_SETTING TOTAL_STACK)
else()
  set(TRTC_STACK_SETTING STACK_SIZE)
endif()

# ---- The core: core.mjs (glue) and core.wasm. ----
function(trtc_wasm_core name keep_names)
  add_executable(${name} bindings/embind.cpp bindings/libc.cpp)
  target_link_libraries(${name} PRIVATE trtc_core)
  target_compile_options(${name} PRIVATE ${TRTC_SMALL})
  # Without RTTI embind must not ask for the names of unbound types.
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  set_target_properties(${name} PROPERTIES SUFFIX .mjs)
  target_link_options(
    ${name} PRIVATE
    -Oz --bind --no-entry
    -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createCore
    # The SDK always passes wasmBinary, so the glue never loads anything: the web variant runs in Node and in
    # workers too, and has no require() that a bundler would follow.
    -sENVIRONMENT=web -sINCOMING_MODULE_JS_API=wasmBinary
    # Strict CSP: no eval, no Function.
    -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0 -sSUPPORT_ERRNO=0 -sASSERTIONS=0 -sMALLOC=emmalloc
    -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=1MB -s${TRTC_STACK_SETTING}=256KB ${keep_names})
  # Emscripten runs the optimiser once; until nothing shrinks any more saves another 3 %.
  if(TRTC_WASM_OPT)
    set(names "$<$<BOOL:${keep_names}>:-g>")
    add_custom_command(
      TARGET ${name} POST_BUILD
      COMMAND ${TRTC_WASM_OPT} -Oz --converge ${TRTC_WASM_FEATURES} ${names} ${name}.wasm -o ${name}.wasm
      WORKING_DIRECTORY ${CMAKE_BINARY_DIR} COMMAND_EXPAND_LISTS VERBATIM)
  endif()
  if(EMSCRIPTEN_VERSION VERSION_LESS 4)
    # Otherwise bundlers would take new URL('core.wasm', import.meta.url) in the glue for a second asset.
    target_link_options(${name} PRIVATE -sUSE_ES6_IMPORT_META=0)
  endif()
endfunction()

if(EXISTS ${CMAKE_SOURCE_DIR}/bindings/embind.cpp)
  find_program(TRTC_WASM_OPT wasm-opt)
  # What clang may use, which no section of the module tells any more.
  set(TRTC_WASM_FEATURES --enable-mutable-globals --enable-sign-ext)
  if(NOT EMSCRIPTEN_VERSION VERSION_LESS 4)
    list(APPEND TRTC_WASM_FEATURES --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int)
  endif()
  # Their names must not be taken for calls of the C library's own.
  set_source_files_properties(bindings/libc.cpp PROPERTIES COMPILE_OPTIONS "-fno-builtin;-fno-lto")
  trtc_wasm_core(core "")
  # The same with the names of its functions, for scripts/size.
  trtc_wasm_core(core_named --profiling-funcs)
  set_target_properties(core_named PROPERTIES EXCLUDE_FROM_ALL ON)
endif()

# ---- The unit tests in Node, reading the contract files from the disk. ----
# Emscripten 3.1.6 would hand Node a flag that current ones refuse.
find_program(TRTC_NODE node REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${TRTC_NODE})

function(trtc_wasm_unit)
  if(NOT TARGET trtc_unit)
    return()
  endif()
  # A quick link matters more than size here.
  target_link_options(
    trtc_unit PRIVATE
    -O1 -sENVIRONMENT=node -sNODERAWFS=1 -sSINGLE_FILE=1 -sEXIT_RUNTIME=1
    -sALLOW_MEMORY_GROWTH=1 -s${TRTC_STACK_SETTING}=4MB)
endfunction()
# tests/CMakeLists.txt is read after this file.
cmake_language(DEFER DIRECTORY ${CMAKE_SOURCE_DIR} CALL trtc_wasm_unit)
# The project's package.json says "module"; what emscripten writes for Node is not one.
file(WRITE ${CMAKE_BINARY_DIR}/package.json "{}\n")
