@echo off
rem Runs an installed Maven (3.8.7 or newer); on Windows the pinned one is not fetched.
where mvn >nul 2>nul
if errorlevel 1 (
  echo mvnw: install Maven 3.8.7 or newer 1>&2
  exit /b 1
)
mvn %*
