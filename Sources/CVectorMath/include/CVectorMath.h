// Vectorised loops that Swift cannot say: one source, compiled for several instruction sets and chosen
// when the program is loaded. No multiplication is fused with an addition, so every instruction set
// gives the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "networks.h"

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

// out[i] += scale * x[i].
void vector_add_scaled_f32(float *out, float scale, const float *x, size_t n);
void vector_add_scaled_f64(double *out, double scale, const double *x, size_t n);

// out[i] += scale * x[i] * y[i].
void vector_add_product_f32(float *out, float scale, const float *x, const float *y, size_t n);
void vector_add_product_f64(double *out, double scale, const double *x, const double *y, size_t n);

// out[i] *= scale; out[i] *= x[i].
void vector_scale_f32(float *out, float scale, size_t n);
void vector_scale_f64(double *out, double scale, size_t n);
void vector_multiply_f32(float *out, const float *x, size_t n);
void vector_multiply_f64(double *out, const double *x, size_t n);

// The largest |x[i]| / (absolute + relative max(|a[i]|, |b[i]|)), or infinity where one is not a number.
double vector_largest_ratio_f32(
  const float *x, const float *a, const float *b, double absolute, double relative, size_t n);
double vector_largest_ratio_f64(
  const double *x, const double *a, const double *b, double absolute, double relative, size_t n);

// A mixture of Gaussians: component k has means[k d + i], and the variances[k d + i] along its axes, the
// columns of the d x d matrix at axes[k d d], or along the coordinate axes where axes is null.
typedef struct {
  size_t components;
  size_t dimension;
  const float *means;
  const float *variances;
  const float *axes;
  const float *log_weights;
} mixture_f32;

typedef struct {
  size_t components;
  size_t dimension;
  const double *means;
  const double *variances;
  const double *axes;
  const double *log_weights;
} mixture_f64;

// out = a E[z | x] + b grad log p(x), row by row, for x = alpha z + beta eps, variance = beta^2.
// scratch has mixture_scratch(components, dimension) elements.
size_t mixture_scratch(size_t components, size_t dimension);
void mixture_posterior_f32(
  const mixture_f32 *mixture, const float *x, size_t rows, float alpha, float variance, float a, float b,
  float *out, float *scratch);
void mixture_posterior_f64(
  const mixture_f64 *mixture, const double *x, size_t rows, double alpha, double variance, double a, double b,
  double *out, double *scratch);
