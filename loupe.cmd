@echo off
rem Starts Loupe on Windows. Builds it first when there is no build yet or a source is newer; then runs the JVM directly.
rem
rem   LOUPE_JAVA_OPTS   further options of the JVM, for example -Xmx8g
rem   JAVA_HOME         the JDK to use (17 or newer); otherwise the java on the PATH
rem
rem Exit codes of its own: 3 when there is no fitting JDK or the build fails.
setlocal EnableExtensions DisableDelayedExpansion
set "LOUPE_HOME=%~dp0"
set "LOUPE_HOME=%LOUPE_HOME:~0,-1%"
set "LOUPE_SCRIPT=%LOUPE_HOME%\runner\src\main\launcher\loupe.ps1"
powershell -NoProfile -ExecutionPolicy Bypass -File "%LOUPE_SCRIPT%" "%LOUPE_HOME%" %*
exit /b %ERRORLEVEL%
