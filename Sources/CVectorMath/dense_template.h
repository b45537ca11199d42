// One precision of dense.c: REAL and DENSE(name) are given.
typedef REAL DENSE(unit) __attribute__((ext_vector_type(LAYER_UNIT_BYTES / sizeof(REAL)), aligned(sizeof(REAL))));

// ROWS x UNITS units of the result, held in registers while k runs. Rows beyond the last are computed from
// the last and dropped.
#define BLOCK(NAME, TARGET, ROWS, UNITS) \
  TARGET static void DENSE(NAME)( \
    REAL *out, const REAL *x, size_t x_row, size_t x_step, const REAL *w, const REAL *bias, size_t rows, \
    size_t inner, size_t columns) { \
    const size_t lanes = LAYER_UNIT_BYTES / sizeof(REAL); \
    DENSE(unit) sum[ROWS][UNITS]; \
    const REAL *row[ROWS]; \
    for (size_t i = 0; i < ROWS; i++) row[i] = x + (i < rows ? i : rows - 1) * x_row; \
    for (size_t i = 0; i < ROWS; i++) \
      for (size_t j = 0; j < UNITS; j++) \
        sum[i][j] = bias ? *(const DENSE(unit) *)(bias + j * lanes) : (DENSE(unit))0; \
    for (size_t k = 0; k < inner; k++) { \
      DENSE(unit) weight[UNITS]; \
      for (size_t j = 0; j < UNITS; j++) weight[j] = *(const DENSE(unit) *)(w + k * columns + j * lanes); \
      for (size_t i = 0; i < ROWS; i++) { \
        DENSE(unit) factor = (DENSE(unit))row[i][k * x_step]; \
        for (size_t j = 0; j < UNITS; j++) sum[i][j] += factor * weight[j]; \
      } \
    } \
    for (size_t i = 0; i < ROWS; i++) \
      if (i < rows) \
        for (size_t j = 0; j < UNITS; j++) *(DENSE(unit) *)(out + i * columns + j * lanes) = sum[i][j]; \
  }

typedef void (*DENSE(block))(
  REAL *, const REAL *, size_t, size_t, const REAL *, const REAL *, size_t, size_t, size_t);

// Blocks of `height` rows, as many units wide as there are kernels.
static void DENSE(tiles)(
  const DENSE(block) *kernels, size_t widest, size_t height, REAL *out, const REAL *x, size_t x_row,
  size_t x_step, const REAL *w, const REAL *bias, size_t rows, size_t inner, size_t columns) {
  const size_t lanes = LAYER_UNIT_BYTES / sizeof(REAL);
  for (size_t column = 0; column < columns;) {
    size_t units = (columns - column) / lanes;
    units = units < widest ? units : widest;
    for (size_t first = 0; first < rows; first += height) {
      size_t count = rows - first < height ? rows - first : height;
      kernels[units - 1](
        out + first * columns + column, x + first * x_row, x_row, x_step, w + column,
        bias ? bias + column : 0, count, inner, columns);
    }
    column += units * lanes;
  }
}

#if defined(__x86_64__)
BLOCK(wide1, WIDE, 6, 1)
BLOCK(wide2, WIDE, 6, 2)
BLOCK(wide3, WIDE, 6, 3)
BLOCK(wide4, WIDE, 6, 4)
BLOCK(medium, MEDIUM, 6, 1)
#endif
BLOCK(plain, , 3, 1)

void DENSE(product)(
  REAL *out, const REAL *x, size_t x_row, size_t x_step, const REAL *w, const REAL *bias, size_t rows,
  size_t inner, size_t columns) {
#if defined(__x86_64__)
  static const DENSE(block) wide[] = {DENSE(wide1), DENSE(wide2), DENSE(wide3), DENSE(wide4)};
  static const DENSE(block) medium[] = {DENSE(medium)};
  if (__builtin_cpu_supports("x86-64-v4")) {
    DENSE(tiles)(wide, 4, 6, out, x, x_row, x_step, w, bias, rows, inner, columns);
    return;
  }
  if (__builtin_cpu_supports("x86-64-v3")) {
    DENSE(tiles)(medium, 1, 6, out, x, x_row, x_step, w, bias, rows, inner, columns);
    return;
  }
#endif
  static const DENSE(block) plain[] = {DENSE(plain)};
  DENSE(tiles)(plain, 1, 3, out, x, x_row, x_step, w, bias, rows, inner, columns);
}

#undef BLOCK
