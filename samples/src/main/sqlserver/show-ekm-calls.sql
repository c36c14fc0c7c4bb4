-- Shows what record-ekm-calls.sql has recorded, in the order of the calls, and ends the recording. The files stay in SQL
-- Server's log directory.
SET NOCOUNT ON;
ALTER EVENT SESSION coffer_ekm_calls ON SERVER STATE = STOP;
GO
SET QUOTED_IDENTIFIER ON;
WITH calls AS (SELECT CAST(event_data AS xml) AS event
               FROM sys.fn_xe_file_target_read_file(N'coffer_ekm_calls*.xel', NULL, NULL, NULL))
SELECT event.value('(event/action[@name="event_sequence"]/value)[1]', 'bigint') AS sequence,
       event.value('(event/action[@name="session_id"]/value)[1]', 'int') AS session_id,
       event.value('(event/data[@name="cred_prov_api"]/text)[1]', 'nvarchar(100)') AS call_text,
       event.value('(event/data[@name="cred_prov_api"]/value)[1]', 'nvarchar(100)') AS call,
       event.value('(event/data[@name="cred_prov_result"]/text)[1]', 'nvarchar(100)') AS result_text,
       event.value('(event/data[@name="cred_prov_result"]/value)[1]', 'nvarchar(100)') AS result,
       event.value('(event/data[@name="cred_prov_name"]/value)[1]', 'nvarchar(200)') AS provider
FROM calls ORDER BY sequence;
GO
DROP EVENT SESSION coffer_ekm_calls ON SERVER;
GO
