
-- Who creates keys: the credential of the crypto user that owns them, for one administrator's login. A credential
-- belongs to one login, and a login has one credential of a provider.
CREATE CREDENTIAL <[creator:_coffer_creator]> WITH IDENTITY = <'creator'>, SECRET = N'$(COFFER_CREATOR_SECRET)'
FOR CRYPTOGRAPHIC PROVIDER <[provider]>;
GO
ALTER LOGIN <[admin-login]> ADD CREDENTIAL <[creator:_coffer_creator]>;
GO
-- Check: the login and its credential. Then connect as this login for what follows.
SELECT l.name AS login_name, c.name AS credential_name, c.credential_identity
FROM sys.server_principal_credentials AS m
JOIN sys.server_principals AS l ON l.principal_id = m.principal_id
JOIN sys.credentials AS c ON c.credential_id = m.credential_id
WHERE l.name = <'admin-login'>;
GO
