// Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy
// as 1, 2, 3", SC 2011. A block is a function of its counter alone, so blocks are computed side by side.
#include "CVectorMath.h"
#include "elementary.h"

typedef struct {
  uint32_t w[4];
} block;

INLINE block philox(uint32_t index, philox_stream s) {
  uint32_t c0 = index, c1 = s.step, c2 = s.path[0], c3 = s.path[1];
  uint32_t k0 = s.seed[0], k1 = s.seed[1];
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    uint64_t a = (uint64_t)c0 * 0xD2511F53u;
    uint64_t b = (uint64_t)c2 * 0xCD9E8D57u;
    c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)b;
    c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)a;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return (block){{c0, c1, c2, c3}};
}

// The middles of 2^23 (2^52) equal cells of (0, 1): neither end can occur.
INLINE float uniform_f32(uint32_t w) { return from_bits_f32((w >> 9) | 0x3f800000u) - 0x1.fffffep-1f; }

INLINE double uniform_f64(uint32_t low, uint32_t high) {
  uint64_t mantissa = ((uint64_t)high << 20) | (low >> 12);
  return from_bits_f64(mantissa | 0x3ff0000000000000u) - 0x1.fffffffffffffp-1;
}

// The radius takes its uniform at 31 bits, so the tail reaches 6.6 standard deviations; the angle takes
// its quadrant from the two high bits and the place in it, in [-pi/4, pi/4), from the others.
INLINE void normal_pair_f32(uint32_t w0, uint32_t w1, float *a, float *b) {
  float u = ((float)(int32_t)(w0 >> 1) + 0.5f) * 0x1p-31f;
  float radius = __builtin_elementwise_sqrt(-2.0f * log_normal_f32(u));
  float x = (float)(int32_t)(w1 << 2) * (0x1p-31f * 0.785398163397448309616f);
  float s = sin_quarter_f32(x) * radius, c = cos_quarter_f32(x) * radius;
  uint32_t odd = w1 & 0x40000000u;
  uint32_t sign = w1 & 0x80000000u;
  float first = odd ? -s : c, second = odd ? c : s;
  *a = from_bits_f32(bits_f32(first) ^ sign);
  *b = from_bits_f32(bits_f32(second) ^ sign);
}

INLINE void normal_pair_f64(block k, double *a, double *b) {
  uint64_t w1 = ((uint64_t)k.w[3] << 32) | k.w[2];
  double u = uniform_f64(k.w[0], k.w[1]);
  double radius = __builtin_elementwise_sqrt(-2.0 * log_normal_f64(u));
  // 52 bits below the quadrant's two, as a fraction in [-1, 1) of a quarter turn's half.
  double fraction = from_bits_f64(((w1 << 2) >> 12) | 0x4000000000000000u) - 3.0;
  double x = fraction * 0.785398163397448309616;
  double s = sin_quarter_f64(x) * radius, c = cos_quarter_f64(x) * radius;
  uint64_t odd = w1 & 0x4000000000000000u;
  uint64_t sign = w1 & 0x8000000000000000u;
  double first = odd ? -s : c, second = odd ? c : s;
  *a = from_bits_f64(bits_f64(first) ^ sign);
  *b = from_bits_f64(bits_f64(second) ^ sign);
}

VECTORISED void philox_words(uint32_t *out, size_t blocks, uint32_t first, philox_stream stream) {
  for (size_t i = 0; i < blocks; i++) {
    block k = philox(first + (uint32_t)i, stream);
    for (int j = 0; j < 4; j++) out[4 * i + j] = k.w[j];
  }
}

VECTORISED void philox_normals_f32(float *out, size_t blocks, uint32_t first, philox_stream stream) {
  for (size_t i = 0; i < blocks; i++) {
    block k = philox(first + (uint32_t)i, stream);
    normal_pair_f32(k.w[0], k.w[1], out + 4 * i, out + 4 * i + 1);
    normal_pair_f32(k.w[2], k.w[3], out + 4 * i + 2, out + 4 * i + 3);
  }
}

VECTORISED void philox_normals_f64(double *out, size_t blocks, uint32_t first, philox_stream stream) {
  for (size_t i = 0; i < blocks; i++) {
    block k = philox(first + (uint32_t)i, stream);
    normal_pair_f64(k, out + 2 * i, out + 2 * i + 1);
  }
}

VECTORISED void philox_uniforms_f32(float *out, size_t blocks, uint32_t first, philox_stream stream) {
  for (size_t i = 0; i < blocks; i++) {
    block k = philox(first + (uint32_t)i, stream);
    for (int j = 0; j < 4; j++) out[4 * i + j] = uniform_f32(k.w[j]);
  }
}

VECTORISED void philox_uniforms_f64(double *out, size_t blocks, uint32_t first, philox_stream stream) {
  for (size_t i = 0; i < blocks; i++) {
    block k = philox(first + (uint32_t)i, stream);
    out[2 * i] = uniform_f64(k.w[0], k.w[1]);
    out[2 * i + 1] = uniform_f64(k.w[2], k.w[3]);
  }
}
