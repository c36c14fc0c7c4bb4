/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * coffer_key_management: MariaDB's tables under tablespace keys that a master key in the module wraps.
 *
 * The tablespace keys are unwrapped when the server starts, and are in its memory from then on, as Oracle holds them; the
 * master key never leaves the module. Pages are encrypted by MariaDB's own AES.
 */
#include <my_global.h>
#include <mysql/plugin_encryption.h>
#include <mysqld_error.h>

#include "keyring.h"
#include "token.h"

static char *module;
static char *pin_file;
static char *directory;

static MYSQL_SYSVAR_STR(module, module, PLUGIN_VAR_READONLY, "The PKCS#11 module, such as /opt/coffer/native/linux-x86_64/libcoffer-pkcs11.so",
    NULL, NULL, "");
static MYSQL_SYSVAR_STR(pin_file, pin_file, PLUGIN_VAR_READONLY, "A file whose first line is user:password", NULL, NULL, "");
static MYSQL_SYSVAR_STR(keys, directory, PLUGIN_VAR_READONLY,
    "The directory with the wrapped tablespace keys, KEY-ID.VERSION.key", NULL, NULL, "");

static struct st_mysql_sys_var *settings[] = {
    MYSQL_SYSVAR(module), MYSQL_SYSVAR(pin_file), MYSQL_SYSVAR(keys), NULL};

static void complain(const char *line) {
    my_printf_error(ER_UNKNOWN_ERROR, "coffer_key_management: %s", ME_ERROR_LOG_ONLY, line);
}

static unsigned latest_version(unsigned id) {
    unsigned latest = keyring_latest(id);
    return latest == 0 ? ENCRYPTION_KEY_VERSION_INVALID : latest;
}

static unsigned key_of(unsigned id, unsigned version, unsigned char *key, unsigned *length) {
    int result = keyring_get(id, version, key, length);
    return result == 0 ? 0 : result == 1 ? ENCRYPTION_KEY_VERSION_INVALID : ENCRYPTION_KEY_BUFFER_TOO_SMALL;
}

static int end(void *unused __attribute__((unused))) {
    keyring_close();
    token_close();
    return 0;
}

static int begin(void *unused __attribute__((unused))) {
    char reason[TOKEN_REASON];
    if (!token_open(module, pin_file, reason)) {
        complain(reason);
        end(NULL);
        return 1;
    }
    if (!keyring_open(directory, complain)) {
        end(NULL);
        return 1;
    }
    return 0;
}

static struct st_mariadb_encryption encryption = {
    MariaDB_ENCRYPTION_INTERFACE_VERSION, latest_version, key_of, NULL, NULL, NULL, NULL, NULL};

maria_declare_plugin(coffer_key_management){
    MariaDB_ENCRYPTION_PLUGIN,
    &encryption,
    "coffer_key_management",
    "Coffer",
    "Tablespace keys under a master key in a PKCS#11 module",
    PLUGIN_LICENSE_GPL,
    begin,
    end,
    0x0001,
    NULL,
    settings,
    "0.1",
    MariaDB_PLUGIN_MATURITY_GAMMA} maria_declare_plugin_end;
