-- Coffer and Oracle Database 19c: isolated
-- pluggable databases with keystores and crypto users of their own
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- In isolated mode a pluggable database has its own keystore, password and, in Coffer, its own crypto user: none can use
-- another's keys. The library is the container database's and one for all.
-- Advanced Security Guide on isolated mode. Needs: setup has been run in the root container.

-- 0. In a shell, for each pluggable database a crypto user, and one check.
--      coffer user create --as admin --username sales --role crypto-user
--      coffer tde preflight --as sales
--      coffer user create --as admin --username hr --role crypto-user
--      coffer tde preflight --as hr

-- 1. In SALES: TDE_CONFIGURATION set inside it is what isolates it.
ALTER SESSION SET CONTAINER = SALES;
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "sales:<HSM_PASSWORD_OF_SALES>";
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "sales:<HSM_PASSWORD_OF_SALES>";
--    Expect: WRL_TYPE HSM, STATUS OPEN, KEYSTORE_MODE ISOLATED.
SELECT CON_ID, WRL_TYPE, STATUS, KEYSTORE_MODE FROM V$ENCRYPTION_WALLET;
--    Expect, in a shell: the keys of SALES and no other's.
--      coffer key list --as sales

-- 1. In HR: TDE_CONFIGURATION set inside it is what isolates it.
ALTER SESSION SET CONTAINER = HR;
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "hr:<HSM_PASSWORD_OF_HR>";
ADMINISTER KEY MANAGEMENT SET KEY USING TAG 'DBA''s 2026' IDENTIFIED BY "hr:<HSM_PASSWORD_OF_HR>";
--    Expect: WRL_TYPE HSM, STATUS OPEN, KEYSTORE_MODE ISOLATED.
SELECT CON_ID, WRL_TYPE, STATUS, KEYSTORE_MODE FROM V$ENCRYPTION_WALLET;
--    Expect, in a shell: the keys of HR and no other's.
--      coffer key list --as hr

-- 2. The root again. Expect: one row each, ISOLATED for those above, UNITED or NONE for the others.
ALTER SESSION SET CONTAINER = CDB$ROOT;
SELECT CON_ID, WRL_TYPE, STATUS, KEYSTORE_MODE FROM V$ENCRYPTION_WALLET ORDER BY CON_ID;

-- 3. Back to the root's keystore, inside the pluggable database, if it has to be:
--      ADMINISTER KEY MANAGEMENT UNITE KEYSTORE IDENTIFIED BY "<PDB_USER>:<HSM_PASSWORD_OF_PDB>"
--        WITH ROOT KEYSTORE IDENTIFIED BY "orcl:<HSM_PASSWORD>";
--    Its keys then have to be the root's crypto user's: share them in Coffer first (coffer key share).
