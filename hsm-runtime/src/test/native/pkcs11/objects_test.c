/* Objects: searching, reading attributes, and templates that cannot be (PKCS#11 v3.1 §5.7). */
#include <string.h>
#include <unistd.h>

#include "fixture.h"

#define LIE ((CK_ULONG)-1)

static CK_SESSION_HANDLE session;
static CK_BYTE bytes[64];
static CK_ULONG size;
static CK_OBJECT_HANDLE object;

static void findsInOneRoundTrip(void) {
    CK_OBJECT_HANDLE found[3];
    long before = fixture_asked(OPERATION_FIND_OBJECTS);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OK);
    CHECK(size == 3 && found[0] == 1 && found[2] == 3);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OK);
    CHECK(size == 2 && found[0] == 4 && found[1] == 5);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OK);
    CHECK_EQUAL(size, 0);
    CHECK_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjects(session, found, 3, &size), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(fixture_asked(OPERATION_FIND_OBJECTS), before + 1);
}

static void attributesComeEachWithItsOwnVerdict(void) {
    CK_BYTE label[5], value[32], small[4];
    CK_ULONG length = 0;
    CK_ATTRIBUTE template[] = {{3, label, sizeof label}, {0x11, value, sizeof value}, {0x161, &length, sizeof length},
        {0x777, value, sizeof value}, {3, small, sizeof small}, {3, NULL, 0}, {(CK_ULONG)1 << 40, value, 8}};
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 7), CKR_ATTRIBUTE_SENSITIVE);
    CHECK(template[0].ulValueLen == 5 && memcmp(label, "label", 5) == 0);
    CHECK_EQUAL(template[1].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK(template[2].ulValueLen == sizeof length && length == 32);
    CHECK_EQUAL(template[3].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK_EQUAL(template[4].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK_EQUAL(template[5].ulValueLen, 5);
    CHECK_EQUAL(template[6].ulValueLen, CK_UNAVAILABLE_INFORMATION);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template + 3, 1), CKR_ATTRIBUTE_TYPE_INVALID);
    template[4].ulValueLen = sizeof small;
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template + 4, 1), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 1), CKR_OK);
}

/* The length that the first try left behind is not that of a buffer. */
static void lengthThatIsNoneHasNoRoom(void) {
    CK_BYTE *small = malloc(4);
    CK_ATTRIBUTE template = {3, small, 4};
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, &template, 1), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, &template, 1), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(template.ulValueLen, CK_UNAVAILABLE_INFORMATION);
    free(small);
}

static void listsAndTemplatesWithinTemplatesAreRead(void) {
    CK_ULONG mechanisms[2];
    CK_BYTE label[5], sensitive;
    CK_ATTRIBUTE inner[] = {{0, label, sizeof label}, {0, &sensitive, 1}};
    CK_ATTRIBUTE template[] = {{0x40000600, mechanisms, sizeof mechanisms}, {0x40000212, NULL, 0}};
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template, 2), CKR_OK);
    CHECK(mechanisms[0] == 0x1087 && mechanisms[1] == 0x1085);
    CHECK_EQUAL(template[1].ulValueLen, 2 * sizeof(CK_ATTRIBUTE));
    template[1].pValue = inner;
    CHECK_EQUAL(p11->C_GetAttributeValue(session, KEY_AES, template + 1, 1), CKR_OK);
    CHECK(inner[0].type == 3 && inner[0].ulValueLen == 5 && memcmp(label, "inner", 5) == 0);
    CHECK(inner[1].type == 0x103 && sensitive == 1);
}

static CK_RV create(CK_ATTRIBUTE *template, CK_ULONG count) {
    return p11->C_CreateObject(session, template, count, &object);
}

static void templatesMustFit(void) {
    CK_ULONG number = 3;
    CK_ATTRIBUTE label = {3, bytes, LIE}, null_label = {3, NULL, 4}, short_number = {0, &number, 4}, boolean = {1, bytes, 2};
    CK_ATTRIBUTE date = {0x110, bytes, 7}, huge = {(CK_ULONG)1 << 40, bytes, 1}, loop = {0x40000212, &loop, sizeof loop};
    CK_ATTRIBUTE good[] = {{0, &number, sizeof number}, {3, "label", 5}, {0x110, NULL, 0}};
    CHECK_EQUAL(create(&label, 1), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_EQUAL(create(&null_label, 1), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_EQUAL(create(&short_number, 1), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_EQUAL(create(&boolean, 1), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_EQUAL(create(&date, 1), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_EQUAL(create(&huge, 1), CKR_ATTRIBUTE_TYPE_INVALID);
    CHECK_EQUAL(create(&loop, 1), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(create(good, LIE), CKR_ARGUMENTS_BAD);
    CHECK_EQUAL(create(good, 3), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, &label, 1), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, NULL, 0), CKR_OK);
    CHECK_EQUAL(p11->C_FindObjectsInit(session, NULL, 0), CKR_OPERATION_ACTIVE);
    CHECK_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
}

/* Few bytes of the caller's, and more attributes than there is time or memory for. */
static void templatesThatMultiplyAreGivenUpSoon(void) {
    enum { LEVELS = 4, MANY = 4096 };
    static CK_ATTRIBUTE templates[LEVELS][MANY];
    CK_OBJECT_HANDLE made;
    for (int i = 0; i < MANY; i++) {
        for (int level = 0; level + 1 < LEVELS; level++) {
            templates[level][i] = (CK_ATTRIBUTE){0x40000212, templates[level + 1], sizeof templates[level + 1]};
        }
        templates[LEVELS - 1][i].type = 3;
    }
    alarm(20);
    CHECK_EQUAL(p11->C_CreateObject(session, templates[0], MANY, &made), CKR_HOST_MEMORY);
    alarm(0);
}

int main(void) {
    fixture_begin();
    session = fixture_log_in();
    RUN(findsInOneRoundTrip);
    RUN(attributesComeEachWithItsOwnVerdict);
    RUN(lengthThatIsNoneHasNoRoom);
    RUN(listsAndTemplatesWithinTemplatesAreRead);
    RUN(templatesMustFit);
    RUN(templatesThatMultiplyAreGivenUpSoon);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    fixture_end();
    return 0;
}
