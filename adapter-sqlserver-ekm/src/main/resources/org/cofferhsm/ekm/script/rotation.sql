<+part-head.sql+>

-- A new key is another key, with another thumbprint. Only the database's encryption key is encrypted anew, not the data.
-- Run this as the login that creates keys.
USE master;
GO
CREATE ASYMMETRIC KEY <[new-key]> FROM PROVIDER <[provider]>
WITH ALGORITHM = RSA_2048, PROVIDER_KEY_NAME = <'new-key'>, CREATION_DISPOSITION = CREATE_NEW;
GO
-- The owner shares the new key before going on:
--     coffer key share --filter attr.label=<!new-key!> attr.class=private-key --username <!user!> --as <!creator!>
CREATE CREDENTIAL <[new-key:_coffer_user]> WITH IDENTITY = <'user'>, SECRET = N'$(COFFER_USER_SECRET)'
FOR CRYPTOGRAPHIC PROVIDER <[provider]>;
GO
CREATE LOGIN <[new-key:_login]> FROM ASYMMETRIC KEY <[new-key]>;
GO
ALTER LOGIN <[new-key:_login]> ADD CREDENTIAL <[new-key:_coffer_user]>;
GO
-- On every other replica of an availability group, open the new key first (coffer ekm script --scenario always-on).
USE <[database]>;
GO
ALTER DATABASE ENCRYPTION KEY ENCRYPTION BY SERVER ASYMMETRIC KEY <[new-key]>;
GO
<+part-check-database.sql+>
-- Keep the old key, its login and its credential: log that was not yet cut and every older backup need them. When the last
-- such backup is gone, drop it softly, from SQL Server or by
--     coffer ekm keys drop --name <!key!> --as <!creator!>
