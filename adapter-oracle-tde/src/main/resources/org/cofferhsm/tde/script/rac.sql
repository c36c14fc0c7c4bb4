--% include head
-- Every instance loads the library on its own host and asks the Coffer service of that host: each host needs library,
-- service and a module with the same keys, and a new master key has to be in all of them before it is used.
-- Advanced Security Guide on TDE with Real Application Clusters.
-- Do step 0 on every node.
--% include host
--% include settings
--    In a cluster stop and start all instances instead: srvctl stop database -d <DB_UNIQUE_NAME>; srvctl start database …
--    Expect: the same values for every INST_ID.
--% if wallet-root
SELECT INST_ID, NAME, VALUE FROM GV$PARAMETER
  WHERE NAME IN ('wallet_root', 'tde_configuration', 'pkcs11_library_location') ORDER BY NAME, INST_ID;
--% else
--      compare sqlnet.ora of all nodes.
--% end

-- 2. Open the keystore, on one node; the others follow. Expect: every INST_ID is OPEN, or OPEN_NO_MASTER_KEY at first.
--% include open
SELECT INST_ID, CON_ID, WRL_TYPE, STATUS, WALLET_ORDER FROM GV$ENCRYPTION_WALLET ORDER BY INST_ID, CON_ID;

-- 3. Master keys, on one node only.
--% include set-keys
--    Expect: OPEN everywhere, and the same KEY_IDs for every INST_ID.
SELECT INST_ID, CON_ID, WRL_TYPE, STATUS, WALLET_ORDER FROM GV$ENCRYPTION_WALLET ORDER BY INST_ID, CON_ID;
SELECT INST_ID, CON_ID, KEY_ID, TAG FROM GV$ENCRYPTION_KEYS ORDER BY CON_ID, KEY_ID, INST_ID;

-- 4. For auto-login make the wallet on one node, without LOCAL, and copy ewallet.p12 and cwallet.sso to
--    {{wallet-root}}/tde on all others, unless that directory is shared; then restart the instances.
