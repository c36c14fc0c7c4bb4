-- Coffer and Oracle Database 19c: standby
-- a physical standby database
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- A physical standby applies redo that names the primary's master keys: its host needs the same keys, under the same
-- crypto user. Coffer's service is local to a machine, so each host has a module, and the standby's has to be a copy of
-- the primary's that is refreshed after each new master key, before redo under that key arrives (ORA-28362 there).
-- Data Guard Concepts and Administration; Advanced Security Guide on TDE with Data Guard.

-- 0. On the host, as root, then as Oracle's user. Expect: no step fails.
--      coffer tde install --layout hsm
--      coffer tde preflight --layout hsm --as orcl

-- 1. On the standby, before it is mounted with encrypted data: the same settings as on the primary.

-- 1. Settings. In the root container.
--    WALLET_ROOT is static: the database is restarted. Database Reference, WALLET_ROOT and TDE_CONFIGURATION.
--    ENCRYPTION_WALLET_LOCATION in sqlnet.ora is overruled by these: take it out.
--    The directory has to be there, owned by Oracle's user: mkdir -p /etc/ORACLE/WALLETS/orcl
ALTER SYSTEM SET WALLET_ROOT = '/etc/ORACLE/WALLETS/orcl' SCOPE = SPFILE SID = '*';
SHUTDOWN IMMEDIATE
STARTUP MOUNT
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
--    Expect: MOUNTED or READ ONLY WITH APPLY, PHYSICAL STANDBY.
SELECT OPEN_MODE, DATABASE_ROLE FROM V$DATABASE;

-- 2. On the standby: open the keystore. Without auto-login this is needed after every start.
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = ALL;
--    Expect: OPEN; while the database is only mounted OPEN_UNKNOWN_MASTER_KEY_STATUS.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;

-- 3. On the primary: a new master key, and a switch of the log. First bring the key to the standby's module.
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = SALES;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = HR;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = CDB$ROOT;
ALTER SYSTEM ARCHIVE LOG CURRENT;

-- 4. On the standby. Expect: APPLYING_LOG or WAIT_FOR_LOG, and no ORA-28362 or ORA-00283 in the alert log.
SELECT PROCESS, STATUS, SEQUENCE# FROM V$MANAGED_STANDBY WHERE PROCESS LIKE 'MRP%';

-- 5. Expect on both: the same KEY_IDs.
SELECT CON_ID, KEY_ID, TAG, ACTIVATION_TIME, KEYSTORE_TYPE FROM V$ENCRYPTION_KEYS ORDER BY CON_ID, ACTIVATION_TIME;
