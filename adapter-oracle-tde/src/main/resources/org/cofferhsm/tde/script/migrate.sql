--% include head
--% include host
-- Oracle makes a new master key in the HSM and wraps tablespace and column keys anew. It does not bring the wallet's keys
-- into the HSM: keep the wallet and its password as long as a backup from before exists.
-- Advanced Security Guide on migrating from a software keystore to a hardware keystore.

-- 1. The wallet is in use. Expect: WRL_TYPE FILE, STATUS OPEN. A password wallet has to be open, not only its auto-login one.
--% include status
--      in a shell: cp -p {{wallet-root}}/tde/ewallet.p12 <SAFE_PLACE>
--      and move {{wallet-root}}/tde/cwallet.sso away, if there is one.

-- 2. The HSM first, the wallet behind it.
--% if sqlnet
--    In sqlnet.ora of this database, on every node; then reconnect:
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = HSM)(METHOD_DATA = (DIRECTORY = {{wallet-root}}/tde)))
--% else
--% if library-location
ALTER SYSTEM SET PKCS11_LIBRARY_LOCATION = '{{library}}' SCOPE = SPFILE SID = '*';
--% include restart
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "<WALLET_PASSWORD>" CONTAINER = ALL;
--% end
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM|FILE' SCOPE = BOTH SID = '*';
--% end
--    Expect: two rows for the root, HSM (PRIMARY, CLOSED) and FILE (SECONDARY).
--% include status

-- 3. Migrate, in the root and then in each pluggable database. No WITH BACKUP here: ORA-46623 was seen with it.
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "{{hsm}}" MIGRATE USING "<WALLET_PASSWORD>";
--% each pdb
ALTER SESSION SET CONTAINER = {{pdb}};
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "{{hsm}}" MIGRATE USING "<WALLET_PASSWORD>";
--% end
--% if pdbs
ALTER SESSION SET CONTAINER = CDB$ROOT;
--% end
--    Expect: HSM is PRIMARY and OPEN, FILE is SECONDARY. OPEN_NO_MASTER_KEY: the container was not migrated.
--% include status
--    Expect: in each container a new key with KEYSTORE_TYPE HSM beside the old ones of SOFTWARE KEYSTORE.
--% include keys

-- 4. Leave HSM|FILE in place, so that old keys are found (ORA-28374 otherwise). For auto-login go on with that script; its
--    secret goes into this wallet.
