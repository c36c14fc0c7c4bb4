SHUTDOWN IMMEDIATE
--% if topic-standby
STARTUP MOUNT
--% else
STARTUP
--% if pdbs
ALTER PLUGGABLE DATABASE ALL OPEN;
--% end
--% end
