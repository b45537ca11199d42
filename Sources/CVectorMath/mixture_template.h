// The posterior of a mixture for one number type; see MixturePosterior.swift for the formulas. With
// r = S^-1 (x - alpha m) along the axes, component k contributes a m + V ((a alpha variances - b) r),
// weighed by its responsibility.
VECTORISED void POSTERIOR(
  const MIXTURE *mixture, const REAL *x, size_t rows, REAL alpha, REAL variance, REAL a, REAL b,
  REAL *out, REAL *scratch) {
  const size_t K = mixture->components, d = mixture->dimension;
  REAL *precision = scratch;
  REAL *factor = precision + K * d;
  REAL *offset = factor + K * d;
  REAL *point = offset + K;
  REAL *residual = point + d * LANES;
  REAL *exponent = residual + K * d * LANES;
  REAL *largest = exponent + K * LANES;
  REAL *total = largest + LANES;
  REAL *sum = total + LANES;
  REAL *rotated = sum + d * LANES;

  for (size_t k = 0; k < K; k++) {
    REAL logarithms = 0;
    for (size_t i = 0; i < d; i++) {
      REAL spread = mixture->variances[k * d + i];
      REAL v = alpha * alpha * spread + variance;
      precision[k * d + i] = 1 / v;
      factor[k * d + i] = a * alpha * spread - b;
      logarithms += LOG(v);
    }
    offset[k] = mixture->log_weights[k] - logarithms / 2;
  }

  for (size_t start = 0; start < rows; start += LANES) {
    // The last block repeats its last row in the lanes that have none.
    for (size_t i = 0; i < d; i++) {
      for (size_t l = 0; l < LANES; l++) {
        size_t row = start + l < rows ? start + l : rows - 1;
        point[i * LANES + l] = x[row * d + i];
      }
    }
    for (size_t l = 0; l < LANES; l++) largest[l] = -INFINITY;
    for (size_t k = 0; k < K; k++) {
      REAL *q = exponent + k * LANES;
      for (size_t l = 0; l < LANES; l++) q[l] = 0;
      for (size_t i = 0; i < d; i++) {
        REAL *r = residual + (k * d + i) * LANES;
        const REAL p = precision[k * d + i];
        if (mixture->axes) {
          for (size_t l = 0; l < LANES; l++) rotated[l] = 0;
          for (size_t j = 0; j < d; j++) {
            const REAL axis = mixture->axes[(k * d + j) * d + i], m = alpha * mixture->means[k * d + j];
            const REAL *xj = point + j * LANES;
            for (size_t l = 0; l < LANES; l++) rotated[l] += axis * (xj[l] - m);
          }
          for (size_t l = 0; l < LANES; l++) {
            r[l] = rotated[l] * p;
            q[l] += rotated[l] * r[l];
          }
        } else {
          const REAL m = alpha * mixture->means[k * d + i];
          const REAL *xi = point + i * LANES;
          for (size_t l = 0; l < LANES; l++) {
            REAL y = xi[l] - m;
            r[l] = y * p;
            q[l] += y * r[l];
          }
        }
      }
      const REAL c = offset[k];
      for (size_t l = 0; l < LANES; l++) {
        q[l] = c - q[l] / 2;
        largest[l] = q[l] > largest[l] ? q[l] : largest[l];
      }
    }

    for (size_t l = 0; l < LANES; l++) total[l] = 0;
    for (size_t l = 0; l < d * LANES; l++) sum[l] = 0;
    for (size_t k = 0; k < K; k++) {
      REAL *weight = exponent + k * LANES;
      for (size_t l = 0; l < LANES; l++) {
        weight[l] = EXP(weight[l] - largest[l]);
        total[l] += weight[l];
      }
      for (size_t i = 0; i < d; i++) {
        const REAL m = a * mixture->means[k * d + i];
        REAL *s = sum + i * LANES;
        if (mixture->axes) {
          for (size_t l = 0; l < LANES; l++) rotated[l] = m;
          for (size_t j = 0; j < d; j++) {
            const REAL f = mixture->axes[(k * d + i) * d + j] * factor[k * d + j];
            const REAL *r = residual + (k * d + j) * LANES;
            for (size_t l = 0; l < LANES; l++) rotated[l] += f * r[l];
          }
          for (size_t l = 0; l < LANES; l++) s[l] += weight[l] * rotated[l];
        } else {
          const REAL f = factor[k * d + i];
          const REAL *r = residual + (k * d + i) * LANES;
          for (size_t l = 0; l < LANES; l++) s[l] += weight[l] * (m + f * r[l]);
        }
      }
    }
    for (size_t l = 0; l < LANES; l++) total[l] = 1 / total[l];
    size_t lanes = rows - start < LANES ? rows - start : LANES;
    for (size_t l = 0; l < lanes; l++) {
      for (size_t i = 0; i < d; i++) out[(start + l) * d + i] = sum[i * LANES + l] * total[l];
    }
  }
}
