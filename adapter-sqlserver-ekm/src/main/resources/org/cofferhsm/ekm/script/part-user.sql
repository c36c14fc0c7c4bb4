
-- Who uses the key: a login made from it, which nobody logs in with, and its credential. SQL Server opens the database by
-- it at every start. The crypto user behind it can use the key, and cannot create or drop any.
USE master;
GO
CREATE CREDENTIAL <[key:_coffer_user]> WITH IDENTITY = <'user'>, SECRET = N'$(COFFER_USER_SECRET)'
FOR CRYPTOGRAPHIC PROVIDER <[provider]>;
GO
CREATE LOGIN <[key:_login]> FROM ASYMMETRIC KEY <[key]>;
GO
ALTER LOGIN <[key:_login]> ADD CREDENTIAL <[key:_coffer_user]>;
GO
