// Vectorised loops that Swift cannot say: one source, compiled for several instruction sets and chosen
// when the program is loaded. No multiplication is fused with an addition, so every instruction set
// gives the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>

// A block of Philox4x32-10 words: counter = (block, step, path low, path high), key = seed.
typedef struct {
  uint32_t step;
  uint32_t path[2];
  uint32_t seed[2];
} philox_stream;

// Writes 4 * blocks words, those of the counters first, first + 1, ...
void philox_words(uint32_t *out, size_t blocks, uint32_t first, philox_stream stream);

// Standard normals by Box and Muller: four of a block for Float, two for Double.
void philox_normals_f32(float *out, size_t blocks, uint32_t first, philox_stream stream);
void philox_normals_f64(double *out, size_t blocks, uint32_t first, philox_stream stream);

// Uniform on the open interval (0, 1): four of a block for Float, two for Double.
void philox_uniforms_f32(float *out, size_t blocks, uint32_t first, philox_stream stream);
void philox_uniforms_f64(double *out, size_t blocks, uint32_t first, philox_stream stream);

// out[i] = f(in[i]); out may be in.
void vector_exp_f32(float *out, const float *in, size_t n);
void vector_exp_f64(double *out, const double *in, size_t n);
void vector_log_f32(float *out, const float *in, size_t n);
void vector_log_f64(double *out, const double *in, size_t n);
void vector_tanh_f32(float *out, const float *in, size_t n);
void vector_tanh_f64(double *out, const double *in, size_t n);
void vector_sigmoid_f32(float *out, const float *in, size_t n);
void vector_sigmoid_f64(double *out, const double *in, size_t n);
