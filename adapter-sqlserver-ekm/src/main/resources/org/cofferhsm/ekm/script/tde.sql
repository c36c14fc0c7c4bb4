<+part-head.sql+>
<+part-provider.sql+>
<+part-creator.sql+>

-- The key, made in the module.
CREATE ASYMMETRIC KEY <[key]> FROM PROVIDER <[provider]>
WITH ALGORITHM = RSA_2048, PROVIDER_KEY_NAME = <'key'>, CREATION_DISPOSITION = CREATE_NEW;
GO
-- Check: key_length 2048, and the thumbprint that coffer ekm keys list shows. The owner of the key now shares it:
--     coffer key share --filter attr.label=<!key!> attr.class=private-key --username <!user!> --as <!creator!>
SELECT name, algorithm_desc, key_length, provider_type, CONVERT(varchar(66), thumbprint, 1) AS thumbprint
FROM sys.asymmetric_keys WHERE name = <'key'>;
GO
<+part-user.sql+>

USE <[database]>;
GO
CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER ASYMMETRIC KEY <[key]>;
GO
ALTER DATABASE <[database]> SET ENCRYPTION ON;
GO
<+part-check-database.sql+>
-- Then restart SQL Server once while somebody watches: the database has to come up by itself. Back the module up.
