-- What SQL Server does with a provider, played by its stand-in on the native library. With coffer serve running on a module
-- that has a crypto user:
--
--   EKM_USER=tde EKM_SECRET='…' coffer ekm simulate --script samples/src/main/sqlserver/stand-in.sql

CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer-ekm.dll';
CREATE CREDENTIAL ekm WITH IDENTITY = '$(EKM_USER)', SECRET = '$(EKM_SECRET)' FOR CRYPTOGRAPHIC PROVIDER Coffer;
ALTER LOGIN sa ADD CREDENTIAL ekm;

-- Transparent data encryption: one key for the databases' keys
CREATE ASYMMETRIC KEY tde FROM PROVIDER Coffer WITH ALGORITHM = RSA_2048, PROVIDER_KEY_NAME = 'sample-tde', CREATION_DISPOSITION = CREATE_NEW;
CREATE LOGIN tde_login FROM ASYMMETRIC KEY tde;
ALTER LOGIN tde_login ADD CREDENTIAL ekm;
CREATE DATABASE shop;
USE shop;
CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER ASYMMETRIC KEY tde;
ALTER DATABASE shop SET ENCRYPTION ON;

-- The server restarts, and the database comes up by its boot record
SHUTDOWN;

-- Cells
CREATE SYMMETRIC KEY cells FROM PROVIDER Coffer WITH ALGORITHM = AES_256, PROVIDER_KEY_NAME = 'sample-cells', CREATION_DISPOSITION = CREATE_NEW;
SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'4111 1111 1111 1111');

SELECT * FROM sys.dm_cryptographic_provider_properties;
SELECT * FROM sys.dm_cryptographic_provider_keys(Coffer);
