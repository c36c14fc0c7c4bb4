-- Records which calls SQL Server makes to EKM providers, and their results. It records no data, no names of keys, no secrets.
-- Not yet run on a real server by Coffer's makers.
--
--     sqlcmd -S . -E -b -i record-ekm-calls.sql                     begins
--     ... use the provider ...
--     sqlcmd -S . -E -b -i show-ekm-calls.sql                       shows the calls in their order and ends the recording

IF EXISTS (SELECT 1 FROM sys.server_event_sessions WHERE name = N'coffer_ekm_calls')
    DROP EVENT SESSION coffer_ekm_calls ON SERVER;
GO
CREATE EVENT SESSION coffer_ekm_calls ON SERVER
ADD EVENT sqlserver.sec_ekm_provider_called (ACTION (package0.event_sequence, sqlserver.session_id))
ADD TARGET package0.event_file (SET filename = N'coffer_ekm_calls.xel', max_file_size = 50, max_rollover_files = 4)
WITH (EVENT_RETENTION_MODE = ALLOW_SINGLE_EVENT_LOSS, MAX_DISPATCH_LATENCY = 1 SECONDS, TRACK_CAUSALITY = ON);
GO
ALTER EVENT SESSION coffer_ekm_calls ON SERVER STATE = START;
GO
-- Check: one row.
SELECT name, create_time FROM sys.dm_xe_sessions WHERE name = N'coffer_ekm_calls';
GO
