#pragma once

#include <string>
#include <vector>

#include "ledger/error/error.h"

// An export of several files: a folder, or an archive of one.

namespace accrue {

/// A file of an export; `/` stands between the folders of its path.
struct Member {
  std::string path;
  std::string bytes;
};

/// Sorted by path, with a member MANIFEST in front: a line for each other, its SHA-256 in
/// hexadecimal, two spaces, its path, as sha256sum writes and checks them.
std::vector<Member> with_manifest(std::vector<Member> members);

/// A name that is one component of a path everywhere: letters, digits, `.`, `_` and `-`, anything
/// else `_`, at most 100 bytes, no dot in front.
std::string file_safe(std::string_view name);

/// Writes the members below a folder that is new or empty.
/// Errors: book_exists (the folder holds something), file_unwritable.
Result<Done> write_folder(const std::string& folder, const std::vector<Member>& members);

/// The members as one ZIP archive, in their order, deflated. Equal members give equal bytes: every
/// time stamp is 1980-01-01, and nothing of the machine is in it.
std::string zip_archive(const std::vector<Member>& members);

}  // namespace accrue
