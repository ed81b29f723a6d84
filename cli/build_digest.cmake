# Writes to OUTPUT the source file that holds the SHA-256 over the sources below ROOT:
#   cmake -DROOT=. -DOUTPUT=build_digest.cpp -P build_digest.cmake
# What is hashed is what `sha256sum` prints of them: docs/formats.md, "The build".
cmake_policy(VERSION 3.25)

include(${CMAKE_CURRENT_LIST_DIR}/digested_sources.cmake)
accrue_digested_sources(sources ${ROOT})
set(listing "")
foreach(source IN LISTS sources)
  file(SHA256 ${ROOT}/${source} digest)
  string(APPEND listing "${digest}  ${source}\n")
endforeach()
string(SHA256 digest "${listing}")
file(WRITE ${OUTPUT} "#include \"cli/build_digest.h\"

namespace accrue {

std::string_view build_digest() {
  return \"${digest}\";
}

}  // namespace accrue
")
