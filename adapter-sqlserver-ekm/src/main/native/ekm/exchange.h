/* What the service is asked and answers, and what SQL Server is told when it does not. */
#ifndef COFFER_EKM_EXCHANGE_H
#define COFFER_EKM_EXCHANGE_H

#include "abi.h"
#include "provider.h"

/* Levels of the log (channel_log). */
enum { EKM_ERROR = 1, EKM_WARNING = 2 };

/* One call of SQL Server's on a session. */
typedef struct {
    ekm_provider *provider;
    ekm_session *session;
    message request; /* begins with the session */
    message reply;
} ekm_call;

/* What SQL Server may be given of a status that the service has sent. */
ekm_status exchange_status(uint32_t status);

/* One request and its reply; the status is one that SQL Server may be given. */
ekm_status exchange_once(ekm_provider *, uint32_t operation, const message *request, message *reply, unsigned treatment);

/* Begins a call; after a refusal there is nothing to end. */
ekm_status call_begin(ekm_call *, const ekm_handle *handle);

/* The same for a call on a key, whose thumbprint is checked and follows the session. */
ekm_status call_begin_on_key(ekm_call *, const ekm_handle *handle, const ekm_data *thumbprint);

/*
 * Sends the request and reads the reply's status. A session that the service does not know is resumed by its ticket, and
 * the request, which was refused, is made again; but not that which creates a key.
 */
ekm_status call_run(ekm_call *, uint32_t operation, unsigned treatment);

/* Ends the call with the status, or with EKM_PROTOCOL_ERROR when the reply that gave it was not read to its end. */
ekm_status call_end(ekm_call *, ekm_status status);

/* Runs and ends a call that may be repeated, and whose result is bytes for the caller. */
ekm_status call_answer(ekm_call *, uint32_t operation, ekm_data *out);

/* The library's own mistakes, and a request that outgrew all memory. */
ekm_status call_abandon(ekm_call *, ekm_status status);

#endif
