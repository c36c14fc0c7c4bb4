--% include head
-- Database Reference, PKCS11_LIBRARY_LOCATION and V$PKCS11_PATH; SQL Language Reference, ADMINISTER KEY MANAGEMENT.

-- 0. On the host, as root: the new version beside the old one; then the check of the new one.
--      coffer tde install --layout pkcs11
--      coffer tde preflight --layout pkcs11 --as {{user}}

-- 1. What is loaded now. Expect: the old path only.
SELECT * FROM V$PKCS11_PATH;

-- 2. Switch. In the root container.
ADMINISTER KEY MANAGEMENT SWITCHOVER TO LIBRARY '{{library}}' FOR ALL CONTAINERS;
--    Expect: {{library}} for every process, after a while.
SELECT * FROM V$PKCS11_PATH;
--    Expect: STATUS OPEN.
--% include status

-- 3. So that the next start takes the new one, too.
ALTER SYSTEM SET PKCS11_LIBRARY_LOCATION = '{{library}}' SCOPE = SPFILE SID = '*';
