-- Coffer and Oracle Database 23ai: rotate
-- new master keys; data is not rewritten
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- Needs: an open keystore. New master keys; tablespace and column keys are wrapped anew, data is not rewritten.
-- Advanced Security Guide on setting and rekeying the TDE master encryption key.

-- 1. What is in use now. Expect: STATUS OPEN. Write down the number of keys of each container.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;
SELECT CON_ID, KEY_ID, TAG, ACTIVATION_TIME, KEYSTORE_TYPE FROM V$ENCRYPTION_KEYS ORDER BY CON_ID, ACTIVATION_TIME;

-- 2. The new keys, in the root and in each pluggable database. With auto-login put FORCE KEYSTORE before IDENTIFIED.
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = SALES;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = HR;
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = CURRENT;
ALTER SESSION SET CONTAINER = CDB$ROOT;
--    Expect: one key more in each container, with the tag DBA''s 2026; all old ones are still there.
SELECT CON_ID, KEY_ID, TAG, ACTIVATION_TIME, KEYSTORE_TYPE FROM V$ENCRYPTION_KEYS ORDER BY CON_ID, ACTIVATION_TIME;
--    Expect: the highest ACTIVATION_TIME of a container belongs to the key that its tablespaces name.
SELECT T.CON_ID, T.NAME, RAWTOHEX(E.MASTERKEYID) MASTER_KEY, E.KEY_VERSION FROM V$ENCRYPTED_TABLESPACES E
  JOIN V$TABLESPACE T ON T.TS# = E.TS# AND T.CON_ID = E.CON_ID;

-- 3. On the host. Expect: every activated master key decrypts.
--      coffer tde preflight --as orcl

-- 4. Keep the old keys. Back up Coffer's module; a standby's module needs the new key before its redo arrives.
