--% include head
-- Oracle makes a new master key in the wallet and wraps tablespace and column keys anew. Keep the keys in Coffer as long as
-- a backup from before exists.
-- Advanced Security Guide on reverse migration from a hardware keystore to a software keystore.

-- 1. The HSM is in use. Expect: WRL_TYPE HSM, STATUS OPEN.
--% include status

-- 2. The wallet first, the HSM behind it. Without a wallet make one: in a shell mkdir -p {{wallet-root}}/tde, then
--      ADMINISTER KEY MANAGEMENT CREATE KEYSTORE '{{wallet-root}}/tde' IDENTIFIED BY "<WALLET_PASSWORD>";
--% if sqlnet
--    In sqlnet.ora of this database, on every node; then reconnect:
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = FILE)(METHOD_DATA = (DIRECTORY = {{wallet-root}}/tde)))
--% else
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=FILE|HSM' SCOPE = BOTH SID = '*';
--% end
ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY "<WALLET_PASSWORD>" CONTAINER = ALL;

-- 3. Migrate back, in the root and then in each pluggable database.
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "<WALLET_PASSWORD>"
  REVERSE MIGRATE USING "{{hsm}}" WITH BACKUP;
--% each pdb
ALTER SESSION SET CONTAINER = {{pdb}};
ADMINISTER KEY MANAGEMENT SET ENCRYPTION KEY IDENTIFIED BY "<WALLET_PASSWORD>"
  REVERSE MIGRATE USING "{{hsm}}" WITH BACKUP;
--% end
--% if pdbs
ALTER SESSION SET CONTAINER = CDB$ROOT;
--% end
--    Expect: FILE is PRIMARY and OPEN, HSM is SECONDARY. ORA-28414 or ORA-28415: the setting names the other order.
--% include status
--    Expect: the newest key of each container has KEYSTORE_TYPE SOFTWARE KEYSTORE.
--% include keys

-- 4. Back up the wallet. The library stays installed, and Coffer's keys stay, until no backup needs them.
