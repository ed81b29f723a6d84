#include <string>

#include <doctest/doctest.h>

#include "tests/cli/program.h"

using accrue_test::Run;
using accrue_test::Scratch;

TEST_CASE("suggestions: what was probably meant is said, and the status is that of the error") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  struct Row {
    const char* typed;
    const char* meant;
    int status;
  };
  const Row rows[] = {
      // commands
      {"rolforward 2024-06", "did you mean 'accrue report rollforward'?", 2},
      {"report rolforward 2024-06", "did you mean 'accrue report rollforward'?", 2},
      {"rollforward 2024-06", "did you mean 'accrue report rollforward'?", 2},
      {"reprot period 2024-06", "did you mean 'accrue report period'?", 2},
      {"report grwoth 2024-Q2", "did you mean 'accrue report growth'?", 2},
      {"report trial-balence 2024-06", "did you mean 'accrue report trial-balance'?", 2},
      {"journl 2024-06", "did you mean 'accrue report journal' or 'accrue export journal'?", 2},
      {"inti", "did you mean 'accrue init'?", 2},
      {"statsu", "did you mean 'accrue status'?", 2},
      {"docter", "did you mean 'accrue doctor'?", 2},
      {"clsoe 2024-06", "did you mean 'accrue close'?", 2},
      {"re-open 2024-06", "did you mean 'accrue reopen'?", 2},
      {"investment ad x.toml", "did you mean 'accrue investment add'?", 2},
      {"invesment add x.toml", "did you mean 'accrue investment add'?", 2},
      {"import usgae x.csv", "did you mean 'accrue import usage'?", 2},
      {"import segments x.csv", "did you mean 'accrue import segment'?", 2},
      {"audit verfy", "did you mean 'accrue audit verify'?", 2},
      {"replay", "did you mean 'accrue audit replay'?", 2},
      {"grant lst", "did you mean 'accrue grant list'?", 2},
      {"exeptions", "did you mean 'accrue exceptions'?", 2},
      // flags
      {"import usage x.csv --sorce a", "did you mean '--source'?", 2},
      {"close 2024-06 --trough", "did you mean '--through'?", 2},
      {"status --formt json", "did you mean '--format'?", 2},
      {"init --curency USD", "did you mean '--currency'?", 2},
      {"status --by-orign", "did you mean '--by-origin'?", 2},
      // words that a flag takes
      {"status -f jsn", "did you mean 'json'?", 2},
      {"import usage x.csv --basis efective", "did you mean 'effective'?", 2},
      {"import usage x.csv --credit-rows setles", "did you mean 'settles'?", 2},
      {"close 2024-06 --accept unmatched_refnd --reason x",
       "did you mean 'unmatched_refund'?", 2},
      {"status --color alway", "did you mean 'always'?", 2},
      // ids and topics
      {"investment show lunr", "did you mean 'lunar'?", 3},
      {"estimate T2 breakage 4% --reason x", "did you mean 'T1'?", 3},
      {"help period_close", "did you mean 'accrue help period_closed'?", 2},
      {"help term", "did you mean 'accrue help terms'?", 2},
      {"help rollforwad", "did you mean 'accrue report rollforward'?", 2},
      {"help frobnicate", "the list: accrue help", 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const Run run = scratch.run(row.typed);
    CHECK(run.status == row.status);
    CHECK(run.out.empty());
    CHECK_MESSAGE(run.err.find(row.meant) != std::string::npos, run.err);
  }
}

TEST_CASE("suggestions: nothing near is not guessed at") {
  const Scratch scratch;
  const Run run = scratch.run("frobnicate");
  CHECK(run.status == 2);
  CHECK(run.err ==
        "error[unknown_command]: unknown command 'frobnicate'\n"
        "hint: the list of commands: accrue help\n");
}
