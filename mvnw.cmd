@echo off
rem As ./mvnw, for Windows 10 and later, whose own curl, certutil and tar it uses.
rem MVNW_REPOURL names another repository to fetch Maven from. Where it cannot be fetched, an installed mvn does.
setlocal EnableExtensions DisableDelayedExpansion

set "version="
set "sha512="
for /f "usebackq tokens=1,* delims==" %%a in ("%~dp0.mvn\wrapper.properties") do (
  if "%%a"=="mavenVersion" set "version=%%b"
  if "%%a"=="sha512" set "sha512=%%b"
)
rem Maven's own group id, turned round, is its home; Central is "repo" there.
for /f "tokens=1,2,3 delims=." %%a in ("org.apache.maven") do (
  set "home=%%c.%%b.%%a"
  set "group=%%a/%%b/%%c"
)
set "repository=https://repo.%home%/maven2"
if defined MVNW_REPOURL set "repository=%MVNW_REPOURL%"
set "archive=apache-maven-%version%-bin.tar.gz"
set "kept=%USERPROFILE%\.m2\wrapper"
if defined MAVEN_USER_HOME set "kept=%MAVEN_USER_HOME%\wrapper"
set "maven=%kept%\apache-maven-%version%"
set "broken="

if defined JAVA_HOME goto maven
where java >nul 2>nul && goto maven
for /d %%j in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\*25*" "%USERPROFILE%\.jdks\*25*") do (
  if exist "%%j\bin\java.exe" set "JAVA_HOME=%%j"
)

:maven
if not exist "%maven%\bin\mvn.cmd" call :install
if not exist "%maven%\bin\mvn.cmd" goto installed
call "%maven%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:installed
if defined broken exit /b 1
where mvn >nul 2>nul || goto nowhere
echo mvnw: Maven %version% could not be fetched, going on with the installed one>&2
call mvn %*
exit /b %ERRORLEVEL%

:nowhere
echo mvnw: Maven %version% could not be fetched from %repository%, and no mvn is installed>&2
exit /b 1

:install
set "work=%kept%\fetch.%RANDOM%%RANDOM%"
mkdir "%work%" || exit /b 1
"%SystemRoot%\System32\curl.exe" -fsSL --connect-timeout 20 --max-time 600 -o "%work%\%archive%" "%repository%/%group%/apache-maven/%version%/%archive%" || goto tidy
set "found="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%work%\%archive%" SHA512') do if not defined found set "found=%%h"
if not defined found goto tidy
if /i not "%found: =%"=="%sha512%" goto other
"%SystemRoot%\System32\tar.exe" -xzf "%work%\%archive%" -C "%work%" || goto tidy
move "%work%\apache-maven-%version%" "%maven%" >nul 2>nul

:tidy
rmdir /s /q "%work%"
exit /b 0

:other
echo mvnw: %archive% is not what .mvn\wrapper.properties says (sha512)>&2
set "broken=1"
goto tidy
