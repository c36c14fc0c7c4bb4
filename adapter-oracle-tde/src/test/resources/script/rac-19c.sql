-- Coffer and Oracle Database 19c: rac
-- the instances of a cluster
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- Every instance loads the library on its own host and asks the Coffer service of that host: each host needs library,
-- service and a module with the same keys, and a new master key has to be in all of them before it is used.
-- Advanced Security Guide on TDE with Real Application Clusters.
-- Do step 0 on every node.

-- 0. On the host, as root, then as Oracle's user. Expect: no step fails.
--      coffer tde install --layout hsm
--      coffer tde preflight --layout hsm --as orcl

-- 1. Settings. In the root container.
--    WALLET_ROOT is static: the database is restarted. Database Reference, WALLET_ROOT and TDE_CONFIGURATION.
--    ENCRYPTION_WALLET_LOCATION in sqlnet.ora is overruled by these: take it out.
--    The directory has to be there, owned by Oracle's user: mkdir -p /etc/ORACLE/WALLETS/orcl
ALTER SYSTEM SET WALLET_ROOT = '/etc/ORACLE/WALLETS/orcl' SCOPE = SPFILE SID = '*';
SHUTDOWN IMMEDIATE
STARTUP
ALTER PLUGGABLE DATABASE ALL OPEN;
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
--    In a cluster stop and start all instances instead: srvctl stop database -d <DB_UNIQUE_NAME>; srvctl start database …
--    Expect: the same values for every INST_ID.
SELECT INST_ID, NAME, VALUE FROM GV$PARAMETER
  WHERE NAME IN ('wallet_root', 'tde_configuration', 'pkcs11_library_location') ORDER BY NAME, INST_ID;

-- 2. Open the keystore, on one node; the others follow. Expect: every INST_ID is OPEN, or OPEN_NO_MASTER_KEY at first.
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = ALL;
SELECT INST_ID, CON_ID, WRL_TYPE, STATUS, WALLET_ORDER FROM GV$ENCRYPTION_WALLET ORDER BY INST_ID, CON_ID;

-- 3. Master keys, on one node only.
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = SALES;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = HR;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = CDB$ROOT;
--    Expect: OPEN everywhere, and the same KEY_IDs for every INST_ID.
SELECT INST_ID, CON_ID, WRL_TYPE, STATUS, WALLET_ORDER FROM GV$ENCRYPTION_WALLET ORDER BY INST_ID, CON_ID;
SELECT INST_ID, CON_ID, KEY_ID, TAG FROM GV$ENCRYPTION_KEYS ORDER BY CON_ID, KEY_ID, INST_ID;

-- 4. For auto-login make the wallet on one node, without LOCAL, and copy ewallet.p12 and cwallet.sso to
--    /etc/ORACLE/WALLETS/orcl/tde on all others, unless that directory is shared; then restart the instances.
