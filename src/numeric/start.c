#include "numeric/start.h"
#include <gsl/gsl_errno.h>

void numeric_start(void)
{
    gsl_set_error_handler_off();
}
