<+part-head.sql+>
<+part-provider.sql+>
<+part-creator.sql+>

USE <[database]>;
GO
-- First way: the data is encrypted by SQL Server under a key of its own, which the module's key protects. The module is
-- asked once per OPEN SYMMETRIC KEY. For many cells.
CREATE ASYMMETRIC KEY <[key]> FROM PROVIDER <[provider]>
WITH ALGORITHM = RSA_2048, PROVIDER_KEY_NAME = <'key'>, CREATION_DISPOSITION = CREATE_NEW;
GO
CREATE SYMMETRIC KEY <[key:_data]> WITH ALGORITHM = AES_256 ENCRYPTION BY ASYMMETRIC KEY <[key]>;
GO
OPEN SYMMETRIC KEY <[key:_data]> DECRYPTION BY ASYMMETRIC KEY <[key]>;
-- Check: the text comes back.
SELECT CONVERT(nvarchar(100), DECRYPTBYKEY(ENCRYPTBYKEY(KEY_GUID(<'key:_data'>), N'text to be protected'))) AS first_way;
CLOSE SYMMETRIC KEY <[key:_data]>;
GO

-- Second way: the module encrypts each cell, and the key never leaves it. One call of the provider per cell; a ciphertext
-- of the module is 29 bytes longer than its cell, and an altered one is refused.
CREATE SYMMETRIC KEY <[key:_cells]> FROM PROVIDER <[provider]>
WITH ALGORITHM = AES_256, PROVIDER_KEY_NAME = <'new-key'>, CREATION_DISPOSITION = CREATE_NEW;
GO
-- Check: the text comes back, and both keys are listed with the provider.
SELECT CONVERT(nvarchar(100), DECRYPTBYKEY(ENCRYPTBYKEY(KEY_GUID(<'key:_cells'>), N'text to be protected'))) AS second_way;
SELECT name, algorithm_desc, key_length, provider_type FROM sys.symmetric_keys;
SELECT name, algorithm_desc, key_length, provider_type FROM sys.asymmetric_keys;
GO
