# Installs BUILD to an empty prefix and builds a program against it with find_package(accrue).
cmake_policy(VERSION 3.25)

set(work ${BUILD}/install_test)
file(REMOVE_RECURSE ${work})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE messages
                  ERROR_VARIABLE messages)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${messages}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${work}/prefix)
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/consumer -B ${work}/build -G Ninja
    -D CMAKE_PREFIX_PATH=${work}/prefix -D CMAKE_CXX_COMPILER=${COMPILER})
run(${CMAKE_COMMAND} --build ${work}/build)
run(${work}/build/consumer)
if(EXISTS ${work}/prefix/bin/accrue)
  run(${work}/prefix/bin/accrue version)
endif()
if(NOT EXISTS ${work}/prefix/share/accrue/schemas/accrue.report-1.schema.json)
  message(FATAL_ERROR "the schemas of the answers in JSON are not installed")
endif()
