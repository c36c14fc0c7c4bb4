--% include head
-- Needs: a keystore that setup has made and that is open. The wallet that is made here holds the HSM's password, not keys.
-- Advanced Security Guide on auto-open connections into an external keystore (auto-login hardware keystores).

-- 1. Close the keystore and let Oracle use a wallet for the next steps.
ADMINISTER KEY MANAGEMENT SET KEYSTORE CLOSE IDENTIFIED BY "{{hsm}}" CONTAINER = ALL;
--% if sqlnet
--    In sqlnet.ora of this database, on every node; then reconnect:
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = FILE)(METHOD_DATA = (DIRECTORY = {{wallet-root}}/tde)))
--% else
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=FILE' SCOPE = BOTH SID = '*';
--% end

-- 2. The wallet with the secret for the client HSM_PASSWORD. In a shell first: mkdir -p {{wallet-root}}/tde
ADMINISTER KEY MANAGEMENT CREATE KEYSTORE '{{wallet-root}}/tde' IDENTIFIED BY "<WALLET_PASSWORD>";
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "<WALLET_PASSWORD>";
ADMINISTER KEY MANAGEMENT ADD SECRET '{{hsm}}' FOR CLIENT 'HSM_PASSWORD'
  IDENTIFIED BY "<WALLET_PASSWORD>" WITH BACKUP;
--    Expect: one row, HSM_PASSWORD.
SELECT CLIENT, SECRET_TAG FROM V$CLIENT_SECRETS;
ADMINISTER KEY MANAGEMENT SET KEYSTORE CLOSE IDENTIFIED BY "<WALLET_PASSWORD>";
--    With LOCAL before AUTO_LOGIN the wallet opens on this host only; not for a cluster or a standby.
ADMINISTER KEY MANAGEMENT CREATE AUTO_LOGIN KEYSTORE FROM KEYSTORE '{{wallet-root}}/tde'
  IDENTIFIED BY "<WALLET_PASSWORD>";
--    Expect, in a shell: ewallet.p12 and cwallet.sso in {{wallet-root}}/tde.

-- 3. Back to the HSM, with the wallet behind it, and a restart.
--% if sqlnet
--    In sqlnet.ora of this database, on every node:
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = HSM)(METHOD_DATA = (DIRECTORY = {{wallet-root}}/tde)))
--% else
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM|FILE' SCOPE = BOTH SID = '*';
--% end
--% include restart
--    Expect: HSM is OPEN without anybody having typed a password; FILE has WALLET_TYPE AUTOLOGIN. The query opens it.
--% include status

-- 4. When the PIN changes in Coffer the secret has to change in the wallet, or nothing opens any more (ORA-28353).
--    This is the statement for it; make the auto-login wallet anew afterwards (step 2) and restart every node.
--      ADMINISTER KEY MANAGEMENT UPDATE SECRET '{{user}}:<NEW_HSM_PASSWORD>' FOR CLIENT 'HSM_PASSWORD'
--        IDENTIFIED BY "<WALLET_PASSWORD>" WITH BACKUP;
