# cmake -D OUTPUT=X.cpp -D "FILES=NAME=PATH;..." -P embed.cmake
# Writes embedded_files() of cli/export/embedded.h, with the bytes of the files.

set(arrays "")
set(rows "")
set(count 0)
foreach(file IN LISTS FILES)
  string(REGEX MATCH "^([^=]*)=(.*)$" ignored "${file}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "constexpr unsigned char file_${count}[] = {${bytes}};\n")
  string(APPEND rows "    {\"${name}\", view_of(file_${count})},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}" "#include \"cli/export/embedded.h\"

namespace accrue {

namespace {

${arrays}
template <std::size_t size>
std::string_view view_of(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

std::span<const EmbeddedFile> embedded_files() {
  static const EmbeddedFile files[] = {
${rows}  };
  return files;
}

}  // namespace accrue
")
