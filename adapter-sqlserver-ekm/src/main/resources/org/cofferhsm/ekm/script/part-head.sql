-- Written by coffer ekm script, after Microsoft's documentation. It has not been run on a SQL Server by Coffer's makers:
-- read it, and try it on a server that matters to nobody first.
--
-- Run it with sqlcmd, which takes the secrets from the environment and not from this file:
--     set COFFER_CREATOR_SECRET=...    and    set COFFER_USER_SECRET=...    then    sqlcmd -b -i this-file.sql
-- A secret that contains a single quote has to have it doubled.
:on error exit
