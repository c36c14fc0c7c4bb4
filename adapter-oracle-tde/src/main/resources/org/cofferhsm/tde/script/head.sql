-- Coffer and Oracle Database {{release}}: {{topic}}
-- {{meaning}}
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "{{user}}:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
