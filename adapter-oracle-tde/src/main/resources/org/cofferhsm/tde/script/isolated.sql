--% include head
-- In isolated mode a pluggable database has its own keystore, password and, in Coffer, its own crypto user: none can use
-- another's keys. The library is the container database's and one for all.
-- Advanced Security Guide on isolated mode. Needs: setup has been run in the root container.

-- 0. In a shell, for each pluggable database a crypto user, and one check.
--% each pdb
--      coffer user create --as admin --username {{pdb-user}} --role crypto-user
--      coffer tde preflight --as {{pdb-user}}
--% end
--% each pdb

-- 1. In {{pdb}}: TDE_CONFIGURATION set inside it is what isolates it.
ALTER SESSION SET CONTAINER = {{pdb}};
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "{{pdb-user}}:<HSM_PASSWORD_OF_{{pdb}}>";
ADMINISTER KEY MANAGEMENT SET KEY USING TAG '{{tag}}' IDENTIFIED BY "{{pdb-user}}:<HSM_PASSWORD_OF_{{pdb}}>";
--    Expect: WRL_TYPE HSM, STATUS OPEN, KEYSTORE_MODE ISOLATED.
SELECT CON_ID, WRL_TYPE, STATUS, KEYSTORE_MODE FROM V$ENCRYPTION_WALLET;
--    Expect, in a shell: the keys of {{pdb}} and no other's.
--      coffer key list --as {{pdb-user}}
--% end

-- 2. The root again. Expect: one row each, ISOLATED for those above, UNITED or NONE for the others.
ALTER SESSION SET CONTAINER = CDB$ROOT;
SELECT CON_ID, WRL_TYPE, STATUS, KEYSTORE_MODE FROM V$ENCRYPTION_WALLET ORDER BY CON_ID;

-- 3. Back to the root's keystore, inside the pluggable database, if it has to be:
--      ADMINISTER KEY MANAGEMENT UNITE KEYSTORE IDENTIFIED BY "<PDB_USER>:<HSM_PASSWORD_OF_PDB>"
--        WITH ROOT KEYSTORE IDENTIFIED BY "{{hsm}}";
--    Its keys then have to be the root's crypto user's: share them in Coffer first (coffer key share).
