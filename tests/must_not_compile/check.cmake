# Passes when SOURCE compiles as it stands, and is refused with MUST_NOT_COMPILE defined.
#
# A file may hold several mixes, each behind `#if MUST_NOT_COMPILE == N`: each N must be refused by
# itself. A line `// refused: REGEX` says what the compiler must complain about (every N alike), so
# that a typing error cannot pass for a refusal.
cmake_policy(VERSION 3.25)

function(compile out_result out_messages)
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I ${ROOT} ${ARGN} ${SOURCE}
    RESULT_VARIABLE result OUTPUT_VARIABLE messages ERROR_VARIABLE messages)
  set(${out_result} "${result}" PARENT_SCOPE)
  set(${out_messages} "${messages}" PARENT_SCOPE)
endfunction()

file(READ ${SOURCE} text)
if(NOT text MATCHES "MUST_NOT_COMPILE")
  message(FATAL_ERROR "${SOURCE} never mentions MUST_NOT_COMPILE")
endif()

compile(result messages)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "must compile as it stands, but:\n${messages}")
endif()

set(expected "error:")
if(text MATCHES "// refused: ([^\n]+)")
  set(expected "${CMAKE_MATCH_1}")
endif()

string(REGEX MATCHALL "MUST_NOT_COMPILE == [0-9]+" cases "${text}")
list(TRANSFORM cases REPLACE ".* " "")
list(REMOVE_DUPLICATES cases)
if(NOT cases)
  set(cases 1)
endif()
foreach(case IN LISTS cases)
  compile(result messages -DMUST_NOT_COMPILE=${case})
  if(result EQUAL 0)
    message(FATAL_ERROR "compiles with MUST_NOT_COMPILE=${case}, and must not")
  elseif(NOT messages MATCHES "error:" OR NOT messages MATCHES "${expected}")
    message(FATAL_ERROR "refused, but not for '${expected}':\n${messages}")
  endif()
endforeach()
