/* Which algorithm a key is of: remembered, or asked for once. */
#ifndef COFFER_EKM_SIZES_H
#define COFFER_EKM_SIZES_H

#include "exchange.h"

ekm_status sizes_algorithm(ekm_call *, const uint8_t thumbprint[EKM_THUMBPRINT], const ekm_algorithm **);

/* The same without asking; NULL when it is not known. */
const ekm_algorithm *sizes_known(ekm_call *, const uint8_t thumbprint[EKM_THUMBPRINT]);

#endif
