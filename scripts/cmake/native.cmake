# The native host of the core (bindings/native) and what is made with it: trtc-bot and the load generator. Only where
# Boost, OpenSSL and zlib are installed (scripts/setup --native); nothing else needs them.
find_path(TRTC_BOOST boost/beast.hpp)
find_package(OpenSSL)
find_package(ZLIB)
find_package(Threads REQUIRED)
if(NOT TRTC_BOOST OR NOT OPENSSL_FOUND OR NOT ZLIB_FOUND)
  message(STATUS "no trtc-bot: it needs libboost-dev, libssl-dev and zlib1g-dev (scripts/setup --native)")
  return()
endif()

file(GLOB TRTC_NATIVE_SOURCES CONFIGURE_DEPENDS bindings/native/*.cpp)
add_library(trtc_native STATIC EXCLUDE_FROM_ALL ${TRTC_NATIVE_SOURCES})
target_link_libraries(trtc_native PUBLIC trtc_core OpenSSL::SSL ZLIB::ZLIB Threads::Threads)
target_compile_definitions(trtc_native PUBLIC BOOST_ASIO_NO_DEPRECATED BOOST_ERROR_CODE_HEADER_ONLY)

file(GLOB TRTC_BOT_SOURCES CONFIGURE_DEPENDS scripts/tools/bot/*.cpp)
add_executable(trtc_bot EXCLUDE_FROM_ALL ${TRTC_BOT_SOURCES})
target_link_libraries(trtc_bot PRIVATE trtc_native)
target_include_directories(trtc_bot PRIVATE scripts/tools)
set_target_properties(trtc_bot PROPERTIES OUTPUT_NAME trtc-bot)

file(GLOB TRTC_LOAD_SOURCES CONFIGURE_DEPENDS tests/bench/load/*.cpp)
add_executable(trtc_load EXCLUDE_FROM_ALL ${TRTC_LOAD_SOURCES})
target_link_libraries(trtc_load PRIVATE trtc_native)
target_include_directories(trtc_load PRIVATE tests/bench/load)

foreach(target trtc_native trtc_bot trtc_load)
  # Boost's headers throw; nothing of ours does.
  set_target_properties(${target} PROPERTIES TRTC_EXCEPTIONS ON)
  target_compile_options(${target} PRIVATE -g0)
  trtc_by_folder(${target})
endforeach()
