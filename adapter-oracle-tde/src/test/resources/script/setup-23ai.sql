-- Coffer and Oracle Database 23ai: setup
-- first set-up: settings, keystore, first master keys, a trial tablespace
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200

-- 0. On the host, as root, then as Oracle's user. Expect: no step fails.
--      coffer tde install --layout pkcs11
--      coffer tde preflight --layout pkcs11 --as orcl

-- 1. Settings. In the root container.
--    WALLET_ROOT is static: the database is restarted. Database Reference, WALLET_ROOT and TDE_CONFIGURATION.
--    ENCRYPTION_WALLET_LOCATION in sqlnet.ora is no longer allowed: take it out, or ORA-46693 follows.
--    The directory has to be there, owned by Oracle's user: mkdir -p /etc/ORACLE/WALLETS/orcl
ALTER SYSTEM SET WALLET_ROOT = '/etc/ORACLE/WALLETS/orcl' SCOPE = SPFILE SID = '*';
--    Database Reference, PKCS11_LIBRARY_LOCATION. ORA-46707: a symbolic link or a directory that is not root's alone.
ALTER SYSTEM SET PKCS11_LIBRARY_LOCATION = '/opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so' SCOPE = SPFILE SID = '*';
SHUTDOWN IMMEDIATE
STARTUP
ALTER PLUGGABLE DATABASE ALL OPEN;
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
--    Expect: STATUS CLOSED, WRL_TYPE HSM. NOT_AVAILABLE or ORA-28376: Oracle did not find the library, see step 0.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;

-- 2. Open the keystore. Advanced Security Guide on opening a hardware keystore.
--    ORA-28353: wrong user or PIN, or the service is down: `coffer tde preflight` tells which.
--    ORA-28354: it is open already.
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = ALL;
--    Expect: STATUS OPEN_NO_MASTER_KEY, WALLET_TYPE HSM, WALLET_ORDER SINGLE, one row for each open container.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;
--    Which processes have which library. Expect: /opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so and no other path.
SELECT * FROM V$PKCS11_PATH;

-- 3. The first master keys, in the root and in each pluggable database. The key is made in Coffer and never leaves it.
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = SALES;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = HR;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = CDB$ROOT;
--    Expect: STATUS OPEN.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;
--    Expect: one row for each container, KEYSTORE_TYPE HSM, the tag.
SELECT CON_ID, KEY_ID, TAG, ACTIVATION_TIME, KEYSTORE_TYPE FROM V$ENCRYPTION_KEYS ORDER BY CON_ID, ACTIVATION_TIME;
--    Expect, in a shell: the same number of keys whose labels begin with ORACLE.TDE.HSM.MK.
--      coffer key list --as orcl

-- 4. A trial tablespace, in a container with a key. Needs DB_CREATE_FILE_DEST, or name a file after DATAFILE.
CREATE TABLESPACE COFFER_TRIAL DATAFILE SIZE 10M ENCRYPTION USING 'AES256' ENCRYPT;
--    Expect: COFFER_TRIAL, AES256, NORMAL.
SELECT T.NAME, E.ENCRYPTIONALG, E.STATUS FROM V$ENCRYPTED_TABLESPACES E
  JOIN V$TABLESPACE T ON T.TS# = E.TS# AND T.CON_ID = E.CON_ID;
DROP TABLESPACE COFFER_TRIAL INCLUDING CONTENTS AND DATAFILES;

-- 5. Never delete a master key: old backups, redo and flashback data need the old ones (ORA-28362, ORA-28374).
