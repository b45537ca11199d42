#include "CKernel.h"

#include <stdatomic.h>
#include <string.h>

static _Atomic uint64_t state = 1;

void ck_seed_random(uint64_t seed) { atomic_store(&state, seed); }

// The standard library's source of random bytes, called by `SystemRandomNumberGenerator`. This one
// repeats: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), whose state is a counter, so that threads
// that draw at once never draw the same number.
void swift_stdlib_random(void *bytes, size_t count) {
  unsigned char *next = bytes;
  while (count > 0) {
    uint64_t z = atomic_fetch_add(&state, 0x9e3779b97f4a7c15u) + 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    size_t part = count < sizeof z ? count : sizeof z;
    memcpy(next, &z, part);
    next += part;
    count -= part;
  }
}
