--% include head
--% include host
--% include settings
--    Expect: STATUS CLOSED, WRL_TYPE HSM. NOT_AVAILABLE or ORA-28376: Oracle did not find the library, see step 0.
--% include status

-- 2. Open the keystore. Advanced Security Guide on opening a hardware keystore.
--    ORA-28353: wrong user or PIN, or the service is down: `coffer tde preflight` tells which.
--    ORA-28354: it is open already.
--% include open
--    Expect: STATUS OPEN_NO_MASTER_KEY, WALLET_TYPE HSM, WALLET_ORDER SINGLE, one row for each open container.
--% include status
--% include loaded

-- 3. The first master keys, in the root and in each pluggable database. The key is made in Coffer and never leaves it.
--% include set-keys
--    Expect: STATUS OPEN.
--% include status
--    Expect: one row for each container, KEYSTORE_TYPE HSM, the tag.
--% include keys
--    Expect, in a shell: the same number of keys whose labels begin with ORACLE.TDE.HSM.MK.
--      coffer key list --as {{user}}

-- 4. A trial tablespace, in a container with a key. Needs DB_CREATE_FILE_DEST, or name a file after DATAFILE.
CREATE TABLESPACE COFFER_TRIAL DATAFILE SIZE 10M ENCRYPTION USING 'AES256' ENCRYPT;
--    Expect: COFFER_TRIAL, AES256, NORMAL.
SELECT T.NAME, E.ENCRYPTIONALG, E.STATUS FROM V$ENCRYPTED_TABLESPACES E
  JOIN V$TABLESPACE T ON T.TS# = E.TS# AND T.CON_ID = E.CON_ID;
DROP TABLESPACE COFFER_TRIAL INCLUDING CONTENTS AND DATAFILES;

-- 5. Never delete a master key: old backups, redo and flashback data need the old ones (ORA-28362, ORA-28374).
