// The loops of networks: layers, activations, optimizer steps. See CVectorMath.h for the conventions;
// products alone may fuse a multiplication with an addition.
#pragma once
#include <stddef.h>

// Rows of layers are padded with zeros to whole cache lines: 16 floats, 8 doubles.
#define LAYER_UNIT_BYTES 64

// out = x w + bias (bias may be null): x is rows x inner, its element (i, k) at x[i * x_row + k * x_step]; w is
// inner x columns and out is rows x columns, row after row. columns is a whole number of units.
//
// Each element is summed in the order of k. Bits agree on all processors that have fused multiply-add.
void dense_product_f32(
  float *out, const float *x, size_t x_row, size_t x_step, const float *w, const float *bias, size_t rows,
  size_t inner, size_t columns);
void dense_product_f64(
  double *out, const double *x, size_t x_row, size_t x_step, const double *w, const double *bias, size_t rows,
  size_t inner, size_t columns);

// value = a(z), slope = a'(z), curvature = a''(z); slope and curvature may be null, value may be z.
void activation_silu_f32(float *value, float *slope, float *curvature, const float *z, size_t n);
void activation_silu_f64(double *value, double *slope, double *curvature, const double *z, size_t n);
void activation_tanh_f32(float *value, float *slope, float *curvature, const float *z, size_t n);
void activation_tanh_f64(double *value, double *slope, double *curvature, const double *z, size_t n);
void activation_gelu_f32(float *value, float *slope, float *curvature, const float *z, size_t n);
void activation_gelu_f64(double *value, double *slope, double *curvature, const double *z, size_t n);
void activation_relu_f32(float *value, float *slope, float *curvature, const float *z, size_t n);
void activation_relu_f64(double *value, double *slope, double *curvature, const double *z, size_t n);

// out[j] += the sum over i of x[i * columns + j].
void column_sums_f32(float *out, const float *x, size_t rows, size_t columns);
void column_sums_f64(double *out, const double *x, size_t rows, size_t columns);

// out[j * out_row + i] = x[i * columns + j].
void transpose_f32(float *out, size_t out_row, const float *x, size_t rows, size_t columns);
void transpose_f64(double *out, size_t out_row, const double *x, size_t rows, size_t columns);

// out[i * out_row + j] = x[i * x_row + j].
void copy_rows_f32(
  float *out, size_t out_row, const float *x, size_t x_row, size_t rows, size_t columns);
void copy_rows_f64(
  double *out, size_t out_row, const double *x, size_t x_row, size_t rows, size_t columns);

// The sum of squares, in double precision.
double sum_of_squares_f32(const float *x, size_t n);
double sum_of_squares_f64(const double *x, size_t n);

// One step of Adam with decoupled weight decay: rate and the corrections 1 / (1 - beta^step) are the caller's.
typedef struct {
  double rate, beta1, beta2, correction1, correction2, epsilon, decay, gradient_scale;
} adam_step;
void adam_update_f32(
  float *parameters, float *first, float *second, const float *gradient, adam_step step, size_t n);
void adam_update_f64(
  double *parameters, double *first, double *second, const double *gradient, adam_step step, size_t n);
