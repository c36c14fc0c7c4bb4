<+part-head.sql+>

-- On every secondary replica, before the encrypted database joins the availability group; after a rotation again with
-- --key for the new key, before the primary goes over to it. The primary has done the scenario tde already. All replicas
-- reach the same module, or modules restored from the same backup.
<+part-provider.sql+>

-- Opening the key takes a credential that may use it; that of its user is enough.
CREATE CREDENTIAL <[admin-login:_coffer]> WITH IDENTITY = <'user'>, SECRET = N'$(COFFER_USER_SECRET)'
FOR CRYPTOGRAPHIC PROVIDER <[provider]>;
GO
ALTER LOGIN <[admin-login]> ADD CREDENTIAL <[admin-login:_coffer]>;
GO
<+part-open-key.sql+>
<+part-user.sql+>

-- Join the database to the group now, in the usual way. Check on each secondary: SYNCHRONIZED or SYNCHRONIZING, healthy.
SELECT DB_NAME(database_id) AS database_name, synchronization_state_desc, synchronization_health_desc,
       database_state_desc
FROM sys.dm_hadr_database_replica_states WHERE is_local = 1 AND database_id = DB_ID(<'database'>);
GO
<+part-check-database.sql+>
-- Then fail over once and back while somebody watches.
