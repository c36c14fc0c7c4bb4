
-- 1. Settings. In the root container.
--% if sqlnet
--    In sqlnet.ora of this database (ORACLE_HOME/network/admin, or TNS_ADMIN), on every node; then restart:
--
--      ENCRYPTION_WALLET_LOCATION =
--        (SOURCE = (METHOD = HSM))
--
--    Net Services Reference, ENCRYPTION_WALLET_LOCATION; Advanced Security Guide on hardware keystores.
--% include restart
--% end
--% if wallet-root
--    WALLET_ROOT is static: the database is restarted. Database Reference, WALLET_ROOT and TDE_CONFIGURATION.
--% if only-wallet-root
--    ENCRYPTION_WALLET_LOCATION in sqlnet.ora is no longer allowed: take it out, or ORA-46693 follows.
--% else
--    ENCRYPTION_WALLET_LOCATION in sqlnet.ora is overruled by these: take it out.
--% end
--    The directory has to be there, owned by Oracle's user: mkdir -p {{wallet-root}}
ALTER SYSTEM SET WALLET_ROOT = '{{wallet-root}}' SCOPE = SPFILE SID = '*';
--% if library-location
--    Database Reference, PKCS11_LIBRARY_LOCATION. ORA-46707: a symbolic link or a directory that is not root's alone.
ALTER SYSTEM SET PKCS11_LIBRARY_LOCATION = '{{library}}' SCOPE = SPFILE SID = '*';
--% end
--% include restart
ALTER SYSTEM SET TDE_CONFIGURATION = 'KEYSTORE_CONFIGURATION=HSM' SCOPE = BOTH SID = '*';
--% end
