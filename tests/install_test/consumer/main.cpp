#include "ledger/error/error_code.h"

int main() { return 0; }
