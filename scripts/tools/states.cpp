// Prints what is generated from the core's sources; see --help.
#include <cstdio>

int main() { std::puts("not written yet"); }
