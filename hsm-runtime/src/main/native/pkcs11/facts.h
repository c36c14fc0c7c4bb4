/* What the service told about keys: enough to refuse a wrong key at C_*Init and to answer size queries. */
#ifndef COFFER_FACTS_H
#define COFFER_FACTS_H

#include "cryptoki.h"

struct p11_call;

/* As in KEY_FACTS. */
enum {
    USE_ENCRYPT = 1,
    USE_DECRYPT = 2,
    USE_SIGN = 4,
    USE_VERIFY = 8
};

typedef struct {
    CK_OBJECT_HANDLE key; /* CK_INVALID_HANDLE: nothing is known */
    CK_ULONG object_class;
    CK_ULONG key_type;
    CK_ULONG bits;
    unsigned uses;
} key_facts;

#define FACTS_KEPT 512u

/* The last keys used, each in the one place its number belongs to. */
typedef struct {
    key_facts kept[FACTS_KEPT];
} facts_cache;

/* From the cache when the key has that use, from the service otherwise. */
CK_RV facts_of(struct p11_call *call, CK_OBJECT_HANDLE key, unsigned use, key_facts *facts);

/* With the table lock held. */
void facts_clear(facts_cache *cache);

/* Forgets one key. */
void facts_forget(struct p11_call *call, CK_OBJECT_HANDLE key);

#endif
