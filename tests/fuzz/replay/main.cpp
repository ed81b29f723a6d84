// Drives a fuzz target without libFuzzer: every file of the corpus as it is, then mutations of
// them. The seed is fixed, so two runs feed the same bytes. A run that dies leaves the input that
// killed it beside the program, in NAME.last_input.
//
//   fuzz_NAME CORPUS [--cases N] [--seed S]

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

/// Feeds inputs, each written down before it is tried: after any kind of death the file holds what
/// did it. The file stays open, as some file systems flush one that is cut and closed.
class Feeder {
 public:
  explicit Feeder(std::string path) : path_{std::move(path)}, file_{path_, std::ios::binary} {}

  void feed(const std::string& input) {
    file_.seekp(0);
    file_ << input << std::flush;
    std::filesystem::resize_file(path_, input.size());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }

  void forget() { std::filesystem::remove(path_); }

 private:
  std::string path_;
  std::ofstream file_;
};

std::vector<std::string> corpus_of(const char* folder) {
  std::vector<std::filesystem::path> paths;
  if (std::filesystem::exists(folder)) {
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
      paths.push_back(file.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file{path, std::ios::binary};
    inputs.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
  }
  return inputs;
}

// std::uniform_int_distribution differs between standard libraries; the remainder does not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_{seed} {}
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }

 private:
  std::mt19937_64 engine_;
};

std::string mutate(std::string input, const std::vector<std::string>& inputs, Dice& dice) {
  // The bytes on which parsers of numbers, dates, CSV and TOML turn.
  static constexpr char turning[] = "0123456789-+.eE,;:\"'\\\n\r\t []{}=#TZ_\x00\xff\xef\xbb\xbf";
  const std::size_t changes = 1 + dice.below(6);
  for (std::size_t change = 0; change < changes; ++change) {
    const std::size_t at = dice.below(input.size() + 1);
    const char byte = turning[dice.below(sizeof turning - 1)];
    switch (dice.below(6)) {
      case 0:
        input.insert(at, 1, byte);
        break;
      case 1:
        if (at < input.size()) input[at] = byte;
        break;
      case 2:
        input.erase(at, 1 + dice.below(8));
        break;
      case 3:
        input.insert(at, input.substr(at, dice.below(64)));
        break;
      case 4: {
        const std::string& other = inputs[dice.below(inputs.size())];
        input.insert(at, other.substr(dice.below(other.size() + 1), dice.below(64)));
        break;
      }
      case 5:
        if (at < input.size()) input[at] = static_cast<char>(dice.below(256));
        break;
    }
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t case_count = 8'000;
  std::uint64_t seed = 1;
  const char* folder = nullptr;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--cases") == 0 && i + 1 < argc) {
      case_count = std::strtoull(argv[++i], nullptr, 10);
    } else if (std::strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else {
      folder = argv[i];
    }
  }

  std::vector<std::string> inputs;
  if (folder != nullptr) inputs = corpus_of(folder);
  if (inputs.empty()) {
    std::fprintf(stderr, "no corpus in %s\n", folder == nullptr ? "(no folder given)" : folder);
    return 2;
  }

  std::printf("%zu files, %zu mutations, seed %llu\n", inputs.size(), case_count,
              static_cast<unsigned long long>(seed));
  Feeder feeder{std::string{argv[0]} + ".last_input"};
  for (const std::string& input : inputs) feeder.feed(input);
  Dice dice{seed};
  for (std::size_t i = 0; i < case_count; ++i) {
    feeder.feed(mutate(inputs[dice.below(inputs.size())], inputs, dice));
  }
  feeder.forget();
  return 0;
}
