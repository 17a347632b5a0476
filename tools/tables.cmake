# Writes OUT, a C file that holds every table of TABLES as hs_tables (src/base/table.h). Made from data/: do not edit.
set(arrays "")
set(rows "")
foreach(table IN LISTS TABLES)
  get_filename_component(name ${table} NAME_WE)
  file(READ ${table} bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "static const unsigned char ${name}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", {(const char *)${name}, ${size}}},\n")
endforeach()
file(WRITE ${OUT} "/* made from data/ by tools/tables.cmake: do not edit */\n#include \"base/table.h\"\n\n${arrays}\n"
  "const hs_table hs_tables[] = {\n${rows}    {0},\n};\n")
