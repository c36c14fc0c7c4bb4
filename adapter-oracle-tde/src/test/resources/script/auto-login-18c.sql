-- Coffer and Oracle Database 18c: auto-login
-- the keystore opens by itself, by a wallet that holds the HSM's password
--
-- For SQL*Plus, as a user with SYSKM or ADMINISTER KEY MANAGEMENT; SYSDBA for SHUTDOWN and STARTUP. Read it, replace every
-- <PLACEHOLDER>, and run it step by step; after each step compare what "Expect" says.
-- Passwords are not in here: type them, and keep this file free of them. "orcl:<HSM_PASSWORD>" is the crypto user of
-- Coffer, a colon, and that user's PIN, in double quotes.
-- Sources: Oracle Database Advanced Security Guide (Transparent Data Encryption Guide from 23ai), Database Reference,
-- SQL Language Reference, Error Messages. Nothing in here has been run on a real Oracle Database by Coffer's authors.
SET DEFINE OFF
SET LINESIZE 200
-- Needs: a keystore that setup has made and that is open. The wallet that is made here holds the HSM's password, not keys.
-- Advanced Security Guide on auto-open connections into an external keystore (auto-login hardware keystores).

-- 1. Close the keystore and let Oracle use a wallet for the next steps.
ADMINISTER KEY MANAGEMENT SET KEYSTORE CLOSE IDENTIFIED BY "orcl:<HSM_PASSWORD>" CONTAINER = ALL;
--    In sqlnet.ora of this database, on every node; then reconnect:
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = FILE)(METHOD_DATA = (DIRECTORY = /etc/ORACLE/WALLETS/orcl/tde)))

-- 2. The wallet with the secret for the client HSM_PASSWORD. In a shell first: mkdir -p /etc/ORACLE/WALLETS/orcl/tde
ADMINISTER KEY MANAGEMENT CREATE KEYSTORE '/etc/ORACLE/WALLETS/orcl/tde' IDENTIFIED BY "<WALLET_PASSWORD>";
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "<WALLET_PASSWORD>";
ADMINISTER KEY MANAGEMENT ADD SECRET 'orcl:<HSM_PASSWORD>' FOR CLIENT 'HSM_PASSWORD'
  IDENTIFIED BY "<WALLET_PASSWORD>" WITH BACKUP;
--    Expect: one row, HSM_PASSWORD.
SELECT CLIENT, SECRET_TAG FROM V$CLIENT_SECRETS;
ADMINISTER KEY MANAGEMENT SET KEYSTORE CLOSE IDENTIFIED BY "<WALLET_PASSWORD>";
--    With LOCAL before AUTO_LOGIN the wallet opens on this host only; not for a cluster or a standby.
ADMINISTER KEY MANAGEMENT CREATE AUTO_LOGIN KEYSTORE FROM KEYSTORE '/etc/ORACLE/WALLETS/orcl/tde'
  IDENTIFIED BY "<WALLET_PASSWORD>";
--    Expect, in a shell: ewallet.p12 and cwallet.sso in /etc/ORACLE/WALLETS/orcl/tde.

-- 3. Back to the HSM, with the wallet behind it, and a restart.
--    In sqlnet.ora of this database, on every node:
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = HSM)(METHOD_DATA = (DIRECTORY = /etc/ORACLE/WALLETS/orcl/tde)))
SHUTDOWN IMMEDIATE
STARTUP
ALTER PLUGGABLE DATABASE ALL OPEN;
--    Expect: HSM is OPEN without anybody having typed a password; FILE has WALLET_TYPE AUTOLOGIN. The query opens it.
SELECT CON_ID, WRL_TYPE, STATUS, WALLET_TYPE, WALLET_ORDER FROM V$ENCRYPTION_WALLET ORDER BY CON_ID, WRL_TYPE;

-- 4. When the PIN changes in Coffer the secret has to change in the wallet, or nothing opens any more (ORA-28353).
--    This is the statement for it; make the auto-login wallet anew afterwards (step 2) and restart every node.
--      ADMINISTER KEY MANAGEMENT UPDATE SECRET 'orcl:<NEW_HSM_PASSWORD>' FOR CLIENT 'HSM_PASSWORD'
--        IDENTIFIED BY "<WALLET_PASSWORD>" WITH BACKUP;
