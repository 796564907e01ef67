#include "numeric/eigen.h"
#include "base/memory.h"
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_sort_vector.h>
#include <math.h>
#include <stdbool.h>

static bool is_finite(const double *matrix, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j <= i; j++) {
            if (!isfinite(matrix[i * count + j])) {
                return false;
            }
        }
    }
    return true;
}

/* GSL's own workspace is not from the one gate for memory, so it is filled here. */
void eigen_values(double *matrix, size_t count, double *values)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = NAN;
    }
    if (count == 0 || !is_finite(matrix, count)) {
        return;
    }
    double *room = memory_get(memory_product(count, 2), sizeof *room);
    gsl_eigen_symm_workspace work = {.size = count, .d = room, .sd = room + count};
    gsl_matrix_view from = gsl_matrix_view_array(matrix, count, count);
    gsl_vector_view into = gsl_vector_view_array(values, count);
    gsl_eigen_symm(&from.matrix, &into.vector, &work);
    gsl_sort_vector(&into.vector);
    gsl_vector_reverse(&into.vector);
    memory_free(room);
}
