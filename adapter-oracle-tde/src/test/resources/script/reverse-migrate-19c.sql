-- Coffer and Oracle Database 19c: reverse-migrate
-- from the HSM back to a file wallet
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- Oracle makes a new master key in the wallet and wraps tablespace and column keys anew. Keep the keys in Coffer as long as
-- a backup from before exists.
-- Advanced Security Guide on reverse migration from a hardware keystore to a software keystore.

-- 1. The HSM is in use. Expect: WRL_TYPE HSM, STATUS OPEN.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;

-- 2. The wallet first, the HSM behind it. Without a wallet make one: in a shell mkdir -p /etc/ORACLE/WALLETS/orcl/tde, then
--      ADMINISTER KEY MANAGEMENT CREATE KEYSTORE '/etc/ORACLE/WALLETS/orcl/tde' IDENTIFIED BY "<WALLET_PASSWORD>";
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=FILE|HSM' SCOPE = BOTH SID = '*';
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "<WALLET_PASSWORD>" CONTAINER = ALL;

-- 3. Migrate back, in the root and then in each pluggable database.
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "<WALLET_PASSWORD>"
  REVERSE MIGRATE USING "orcl:<HSM_PASSWORD>" WITH BACKUP;
ALTER SESSION SET CONTAINER = SALES;
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "<WALLET_PASSWORD>"
  REVERSE MIGRATE USING "orcl:<HSM_PASSWORD>" WITH BACKUP;
ALTER SESSION SET CONTAINER = HR;
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "<WALLET_PASSWORD>"
  REVERSE MIGRATE USING "orcl:<HSM_PASSWORD>" WITH BACKUP;
ALTER SESSION SET CONTAINER = CDB$ROOT;
--    Expect: FILE is PRIMARY and OPEN, HSM is SECONDARY. ORA-28414 or ORA-28415: the setting names the other order.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;
--    Expect: the newest key of each container has KEYSTORE_TYPE SOFTWARE KEYSTORE.
SELECT CON_ID, KEY_ID, TAG, ACTIVATION_TIME, KEYSTORE_TYPE FROM V$ENCRYPTION_KEYS ORDER BY CON_ID, ACTIVATION_TIME;

-- 4. Back up the wallet. The library stays installed, and Coffer's keys stay, until no backup needs them.
