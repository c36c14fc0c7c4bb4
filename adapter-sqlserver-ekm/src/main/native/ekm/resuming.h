/* A service that was restarted has forgotten all sessions: their tickets open them again under the same numbers. */
#ifndef COFFER_EKM_RESUMING_H
#define COFFER_EKM_RESUMING_H

#include "provider.h"

/* Resumes all, on a fresh connection to a service to which this client is new; see channel_resume. */
bool resuming_all(void *provider, channel *line, void *connection);

/* Resumes one that the service does not know. */
ekm_status resuming_one(ekm_provider *, ekm_session *);

/* Has a ticket renewed that is not young any more. */
void resuming_refresh(ekm_provider *, ekm_session *);

#endif
