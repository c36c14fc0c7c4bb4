
-- Let providers in. An edition without EKM refuses this by message 33054.
USE master;
GO
EXEC sp_configure 'show advanced options', 1;
RECONFIGURE;
EXEC sp_configure 'EKM provider enabled', 1;
RECONFIGURE;
GO
CREATE CRYPTOGRAPHIC PROVIDER <[provider]> FROM FILE = <'library'>;
GO
-- Check: one row, enabled, version 1.0.0.0, GUID AF49BF6D-34FC-4605-81E8-765A6EC28C48, and six algorithms.
SELECT name, guid, version, dll_path, is_enabled FROM sys.cryptographic_providers WHERE name = <'provider'>;
SELECT friendly_name, provider_version, sqlcrypt_version, authentication_type
FROM sys.dm_cryptographic_provider_properties;
SELECT a.* FROM sys.cryptographic_providers AS p
CROSS APPLY sys.dm_cryptographic_provider_algorithms(p.provider_id) AS a WHERE p.name = <'provider'>;
GO
