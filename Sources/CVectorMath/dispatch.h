// Each public loop is compiled for the instruction sets named here; the loader picks the widest that
// the processor has.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORISED
#endif
#define INLINE static inline __attribute__((always_inline))

// Results may replace arguments, element by element: the compiler may assume that nothing else overlaps.
#define EACH _Pragma("clang loop vectorize(assume_safety)") for (size_t i = 0; i < n; i++)

// The same bits on every instruction set: a fused multiply-add would round once instead of twice.
#pragma clang fp contract(off)

INLINE uint32_t bits_f32(float x) {
  uint32_t b;
  memcpy(&b, &x, 4);
  return b;
}

INLINE float from_bits_f32(uint32_t b) {
  float x;
  memcpy(&x, &b, 4);
  return x;
}

INLINE uint64_t bits_f64(double x) {
  uint64_t b;
  memcpy(&b, &x, 8);
  return b;
}

INLINE double from_bits_f64(uint64_t b) {
  double x;
  memcpy(&x, &b, 8);
  return x;
}
