-- Coffer and Oracle Database 21c: switch-library
-- another version of the library without downtime
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- Database Reference, PKCS11_LIBRARY_LOCATION and V$PKCS11_PATH; SQL Language Reference, ADMINISTER KEY MANAGEMENT.

-- 0. On the host, as root: the new version beside the old one; then the check of the new one.
--      coffer tde install --layout pkcs11
--      coffer tde preflight --layout pkcs11 --as orcl

-- 1. What is loaded now. Expect: the old path only.
SELECT * FROM V$PKCS11_PATH;

-- 2. Switch. In the root container.
ADMINISTER KEY MANAGEMENT SWITCHOVER TO LIBRARY '/opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so' FOR ALL CONTAINERS;
--    Expect: /opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so for every process, after a while.
SELECT * FROM V$PKCS11_PATH;
--    Expect: STATUS OPEN.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;

-- 3. So that the next start takes the new one, too.
ALTER SYSTEM SET PKCS11_LIBRARY_LOCATION = '/opt/oracle/extapi/64/pkcs11/coffer/0.1.0/libcoffer-pkcs11.so' SCOPE = SPFILE SID = '*';
