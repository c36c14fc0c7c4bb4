--% include head
-- A physical standby applies redo that names the primary's master keys: its host needs the same keys, under the same
-- crypto user. Coffer's service is local to a machine, so each host has a module, and the standby's has to be a copy of
-- the primary's that is refreshed after each new master key, before redo under that key arrives (ORA-28362 there).
-- Data Guard Concepts and Administration; Advanced Security Guide on TDE with Data Guard.
--% include host

-- 1. On the standby, before it is mounted with encrypted data: the same settings as on the primary.
--% include settings
--    Expect: MOUNTED or READ ONLY WITH APPLY, PHYSICAL STANDBY.
SELECT OPEN_MODE, DATABASE_ROLE FROM V$DATABASE;

-- 2. On the standby: open the keystore. Without auto-login this is needed after every start.
--% include open
--    Expect: OPEN; while the database is only mounted OPEN_UNKNOWN_MASTER_KEY_STATUS.
--% include status

-- 3. On the primary: a new master key, and a switch of the log. First bring the key to the standby's module.
--% include set-keys
ALTER SYSTEM ARCHIVE LOG CURRENT;

-- 4. On the standby. Expect: APPLYING_LOG or WAIT_FOR_LOG, and no ORA-28362 or ORA-00283 in the alert log.
--% if only-wallet-root
SELECT NAME, ROLE, ACTION, SEQUENCE# FROM V$DATAGUARD_PROCESS WHERE ROLE LIKE '%apply%';
--% else
SELECT PROCESS, STATUS, SEQUENCE# FROM V$MANAGED_STANDBY WHERE PROCESS LIKE 'MRP%';
--% end

-- 5. Expect on both: the same KEY_IDs.
--% include keys
