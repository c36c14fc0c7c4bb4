@echo off
rem Runs coffer from an installed tree. Untested: nobody has run it on Windows yet.
setlocal
set "APP=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED %COFFER_JAVA_OPTS% -cp "%APP%\lib\*" org.cofferhsm.hsm.cli.Main %*
exit /b %ERRORLEVEL%
