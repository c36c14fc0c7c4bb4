<+part-head.sql+>

-- Undoes the scenario tde, and the rotation to this key. Run it once for each key that the database had, with --key; the
-- keys of the scenario cells go by DROP SYMMETRIC KEY and DROP ASYMMETRIC KEY, once nothing is encrypted under them.
USE master;
GO
ALTER DATABASE <[database]> SET ENCRYPTION OFF;
GO
-- Decryption runs in the background; nothing below may come before it is done.
WHILE EXISTS (SELECT 1 FROM sys.dm_database_encryption_keys
              WHERE database_id = DB_ID(<'database'>) AND encryption_state <> 1)
    WAITFOR DELAY '00:00:05';
GO
<+part-check-database.sql+>
USE <[database]>;
GO
DROP DATABASE ENCRYPTION KEY;
GO
-- Take a full backup and a log backup here: the log may hold encrypted parts until then. Restart SQL Server if other
-- encrypted databases were open, since tempdb is encrypted along with them.
USE master;
GO
ALTER LOGIN <[key:_login]> DROP CREDENTIAL <[key:_coffer_user]>;
DROP LOGIN <[key:_login]>;
DROP CREDENTIAL <[key:_coffer_user]>;
GO
-- Without REMOVE PROVIDER KEY the key stays as it is in the module. Old backups need it, so that is what we advise.
DROP ASYMMETRIC KEY <[key]>;
GO
-- On a server that was prepared by the scenarios restore or always-on, this credential is called <[admin-login:_coffer]>.
ALTER LOGIN <[admin-login]> DROP CREDENTIAL <[creator:_coffer_creator]>;
DROP CREDENTIAL <[creator:_coffer_creator]>;
GO
-- Check: no row in any of them. Close other sessions that used the provider before dropping it.
SELECT name FROM sys.asymmetric_keys WHERE name = <'key'>;
SELECT * FROM sys.dm_cryptographic_provider_sessions(1);
GO
DROP CRYPTOGRAPHIC PROVIDER <[provider]>;
GO
SELECT name FROM sys.cryptographic_providers WHERE name = <'provider'>;
GO
