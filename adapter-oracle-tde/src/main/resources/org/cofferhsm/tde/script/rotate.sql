--% include head
-- Needs: an open keystore. New master keys; tablespace and column keys are wrapped anew, data is not rewritten.
-- Advanced Security Guide on setting and rekeying the TDE master encryption key.

-- 1. What is in use now. Expect: STATUS OPEN. Write down the number of keys of each container.
--% include status
--% include keys

-- 2. The new keys, in the root and in each pluggable database. With auto-login put FORCE KEYSTORE before IDENTIFIED.
--% include set-keys
--    Expect: one key more in each container, with the tag {{tag}}; all old ones are still there.
--% include keys
--    Expect: the highest ACTIVATION_TIME of a container belongs to the key that its tablespaces name.
SELECT T.CON_ID, T.NAME, RAWTOHEX(E.MASTERKEYID) MASTER_KEY, E.KEY_VERSION FROM V$ENCRYPTED_TABLESPACES E
  JOIN V$TABLESPACE T ON T.TS# = E.TS# AND T.CON_ID = E.CON_ID;

-- 3. On the host. Expect: every activated master key decrypts.
--      coffer tde preflight --as {{user}}

-- 4. Keep the old keys. Back up Coffer's module; a standby's module needs the new key before its redo arrives.
