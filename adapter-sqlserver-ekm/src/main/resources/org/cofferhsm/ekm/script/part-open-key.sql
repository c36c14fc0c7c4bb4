
-- The key that is there already; nothing is made.
CREATE ASYMMETRIC KEY <[key]> FROM PROVIDER <[provider]>
WITH PROVIDER_KEY_NAME = <'key'>, CREATION_DISPOSITION = OPEN_EXISTING;
GO
-- Check: the same thumbprint as on the server where the database comes from, and as coffer ekm keys list shows.
SELECT name, algorithm_desc, key_length, CONVERT(varchar(66), thumbprint, 1) AS thumbprint
FROM sys.asymmetric_keys WHERE name = <'key'>;
GO
