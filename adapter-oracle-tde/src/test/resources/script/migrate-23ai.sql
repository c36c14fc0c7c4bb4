-- Coffer and Oracle Database 23ai: migrate
-- from a file wallet to the HSM
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
-- Oracle makes a new master key in the HSM and wraps tablespace and column keys anew. It does not bring the wallet's keys
-- into the HSM: keep the wallet and its password as long as a backup from before exists.
-- Advanced Security Guide on migrating from a software keystore to a hardware keystore.

-- 1. The wallet is in use. Expect: WRL_TYPE FILE, STATUS OPEN. A password wallet has to be open, not only its auto-login one.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;
--      in a shell: cp -p /etc/ORACLE/WALLETS/orcl/tde/ewallet.p12 <SAFE_PLACE>
--      and move /etc/ORACLE/WALLETS/orcl/tde/cwallet.sso away, if there is one.

-- 2. The HSM first, the wallet behind it.
ALTER SYSTEM SET PKCS11_LIBRARY_LOCATION = '/opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so' SCOPE = SPFILE SID = '*';
SHUTDOWN IMMEDIATE
STARTUP
ALTER PLUGGABLE DATABASE ALL OPEN;
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "<WALLET_PASSWORD>" CONTAINER = ALL;
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM|FILE' SCOPE = BOTH SID = '*';
--    Expect: two rows for the root, HSM (PRIMARY, CLOSED) and FILE (SECONDARY).
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;

-- 3. Migrate, in the root and then in each pluggable database. No WITH BACKUP here: ORA-46623 was seen with it.
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "orcl:<HSM_PASSWORD>" MIGRATE USING "<WALLET_PASSWORD>";
ALTER SESSION SET CONTAINER = SALES;
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "orcl:<HSM_PASSWORD>" MIGRATE USING "<WALLET_PASSWORD>";
ALTER SESSION SET CONTAINER = HR;
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "orcl:<HSM_PASSWORD>" MIGRATE USING "<WALLET_PASSWORD>";
ALTER SESSION SET CONTAINER = CDB$ROOT;
--    Expect: HSM is PRIMARY and OPEN, FILE is SECONDARY. OPEN_NO_MASTER_KEY: the container was not migrated.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;
--    Expect: in each container a new key with KEYSTORE_TYPE HSM beside the old ones of SOFTWARE KEYSTORE.
SELECT CON_ID, KEY_ID, TAG, ACTIVATION_TIME, KEYSTORE_TYPE FROM V$ENCRYPTION_KEYS ORDER BY CON_ID, ACTIVATION_TIME;

-- 4. Leave HSM|FILE in place, so that old keys are found (ORA-28374 otherwise). For auto-login go on with that script; its
--    secret goes into this wallet.
