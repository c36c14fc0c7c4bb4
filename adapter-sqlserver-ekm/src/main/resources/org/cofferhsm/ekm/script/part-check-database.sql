-- Check: encryption_state 3 when done (2 while it runs), encryptor_type ASYMMETRIC KEY, and the key's thumbprint.
SELECT DB_NAME(database_id) AS database_name, encryption_state, percent_complete, key_algorithm, key_length,
       encryptor_type, CONVERT(varchar(66), encryptor_thumbprint, 1) AS encryptor_thumbprint
FROM sys.dm_database_encryption_keys WHERE database_id = DB_ID(<'database'>);
GO
