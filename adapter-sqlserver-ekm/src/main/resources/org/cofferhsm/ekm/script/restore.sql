<+part-head.sql+>

-- On the server that the database is restored to. Its provider has to reach the same module, or one restored from its
-- backup: the thumbprint in the database has to be found there.
<+part-provider.sql+>

-- Opening the key takes a credential that may use it; that of its user is enough.
CREATE CREDENTIAL <[admin-login:_coffer]> WITH IDENTITY = <'user'>, SECRET = N'$(COFFER_USER_SECRET)'
FOR CRYPTOGRAPHIC PROVIDER <[provider]>;
GO
ALTER LOGIN <[admin-login]> ADD CREDENTIAL <[admin-login:_coffer]>;
GO
<+part-open-key.sql+>
<+part-user.sql+>

-- Check: the thumbprint that the backup asks for, in the column TDEThumbprint. It has to be the one shown above.
RESTORE FILELISTONLY FROM DISK = <'backup'>;
GO
RESTORE DATABASE <[database]> FROM DISK = <'backup'> WITH RECOVERY;
GO
<+part-check-database.sql+>
