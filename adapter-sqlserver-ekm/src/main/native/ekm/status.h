/* The numbers of docs/channel.md, service `ekm`; a test compares them. */
#ifndef COFFER_EKM_STATUS_H
#define COFFER_EKM_STATUS_H

#include <stdint.h>

typedef uint32_t ekm_status;

/* What SQL Server is given. Those up to 6 are its own, those up to 2048 reserved, and ours keep their meaning for ever. */
enum {
    EKM_SUCCESS = 0,
    EKM_FAILURE = 1,
    EKM_INSUFFICIENT_BUFFER = 2,
    EKM_NOT_SUPPORTED = 3,
    EKM_NOT_FOUND = 4,
    EKM_AUTH_FAILURE = 5,
    EKM_INVALID_ARGUMENT = 6,
    EKM_RESERVED = 2048,
    EKM_SERVICE_UNREACHABLE = 2100,
    EKM_SERVICE_TIMEOUT = 2101,
    EKM_SERVICE_BUSY = 2102,
    EKM_SERVICE_REFUSED = 2103,
    EKM_PROTOCOL_ERROR = 2104,
    EKM_NO_MEMORY = 2105,
    EKM_USER_LOCKED = 2110,
    EKM_SESSION_EXPIRED = 2111,
    EKM_MODULE_LOCKED = 2112,
    EKM_APPROVAL_REQUIRED = 2113,
    EKM_KEY_DROPPED = 2120,
    EKM_KEY_EXISTS = 2121,
    EKM_NOT_PERMITTED = 2122,
    EKM_DATA_INVALID = 2123,
    EKM_USAGE_LIMIT = 2124,
    EKM_STORE_FAILED = 2125
};

/* What the service is asked for. */
enum {
    OPERATION_OPEN_SESSION = 2,
    OPERATION_CLOSE_SESSION = 3,
    OPERATION_RESUME = 7,
    OPERATION_REFRESH = 11,
    OPERATION_CREATE_KEY = 16,
    OPERATION_DROP_KEY = 17,
    OPERATION_NEXT_KEY = 18,
    OPERATION_KEY_BY_ID = 19,
    OPERATION_KEY_BY_THUMBPRINT = 20,
    OPERATION_KEY_BY_NAME = 21,
    OPERATION_EXPORT_KEY = 22,
    OPERATION_ENCRYPT = 48,
    OPERATION_DECRYPT = 49
};

/* SQL Server's own numbers. */
enum {
    EKM_AUTHENTICATION_BASIC = 1,
    EKM_SYMMETRIC = 0,
    EKM_ASYMMETRIC = 1,
    EKM_BLOB_PUBLIC = 1,
    EKM_PARAMETER_IV = 0,
    EKM_KEY_SUPPORTED = 1,
    EKM_KEY_EXPORTABLE = 4
};

/* Its limits, in bytes. */
enum { EKM_KEY_NAME_LIMIT = 512, EKM_IV_LIMIT = 512, EKM_THUMBPRINT_LIMIT = 32 };

/* Of ours, all of this length. */
enum { EKM_THUMBPRINT = 20 };

#endif
