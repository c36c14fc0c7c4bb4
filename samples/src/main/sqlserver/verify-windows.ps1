#Requires -Version 5.1
<#
.SYNOPSIS
Verifies Coffer's EKM provider on a SQL Server, and packs what happened into a file for the project.

.DESCRIPTION
This script has not been run by Coffer's makers, who have no Windows and no SQL Server: read it first, and run it on a server
that matters to nobody. It needs sysadmin, sqlcmd, a running "coffer serve", and a crypto user of the module that creates and
uses keys. With another -User than -Creator it shares each key in between by "coffer key share", which no Windows has run yet either.

It checks the machine and the DLL, records the provider's calls by an Extended Events session, runs the scripts that
"coffer ekm script" prints for one database that it makes and drops, and writes everything to a .zip.
The file holds versions, T-SQL, messages, calls and their results. It holds no secrets; look for yourself before you send it.

.EXAMPLE
$env:COFFER_CREATOR_SECRET = Read-Host 'PIN of dba'; $env:COFFER_USER_SECRET = $env:COFFER_CREATOR_SECRET
.\verify-windows.ps1 -Server . -Library 'C:\Program Files\Coffer\coffer-ekm.dll' -Creator dba -User dba
#>
[CmdletBinding()]
param(
    [string] $Server = '.',
    [Parameter(Mandatory)] [string] $Library,
    [Parameter(Mandatory)] [string] $Creator,
    [Parameter(Mandatory)] [string] $User,
    [string] $TokenFile = (Join-Path $env:ProgramData 'Coffer\coffer.token'),
    [string] $AdminLogin = [System.Security.Principal.WindowsIdentity]::GetCurrent().Name,
    [string] $Out = (Join-Path $PWD ('coffer-ekm-verification-{0:yyyyMMdd-HHmmss}' -f (Get-Date)))
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$database = 'coffer_ekm_verification'
$provider = 'CofferVerification'
$key = 'coffer_verification_{0:yyyyMMddHHmmss}' -f (Get-Date)
$here = Split-Path -Parent $MyInvocation.MyCommand.Path

foreach ($variable in 'COFFER_CREATOR_SECRET', 'COFFER_USER_SECRET') {
    if (-not (Test-Path "env:$variable")) { throw "Set the environment variable $variable to the user's PIN first." }
}
foreach ($program in 'sqlcmd', 'coffer') {
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { throw "$program is not on the PATH." }
}
New-Item -ItemType Directory -Path $Out | Out-Null

# Runs a script file by sqlcmd, keeps what it says, and tells whether it succeeded.
function Invoke-Script([string] $Name, [string] $File) {
    $log = Join-Path $Out "$Name.log"
    & sqlcmd -S $Server -E -b -W -i $File -o $log
    $succeeded = $LASTEXITCODE -eq 0
    Write-Host ('{0,-12} {1}' -f $Name, $(if ($succeeded) { 'done' } else { "FAILED, see $log" }))
    Add-Content (Join-Path $Out 'summary.txt') "$Name $(if ($succeeded) { 'done' } else { 'FAILED' })"
    return $succeeded
}

# Writes T-SQL to a file of the record and runs it.
function Invoke-Statement([string] $Name, [string] $Statements) {
    $file = Join-Path $Out "$Name.sql"
    Set-Content -Path $file -Value $Statements -Encoding UTF8
    return Invoke-Script $Name $file
}

# Prints a scenario with this run's names and runs it.
function Invoke-Scenario([string] $Scenario) {
    $file = Join-Path $Out "$Scenario.sql"
    & coffer ekm script --scenario $Scenario --database $database --provider $provider --library $Library `
        --admin-login $AdminLogin --creator $Creator --user $User --key $key --new-key "${key}_2" |
        Set-Content -Path $file -Encoding UTF8
    if ($LASTEXITCODE -ne 0) { throw "coffer ekm script failed for $Scenario." }
    return Invoke-Script $Scenario $file
}

# Shares a key that the scripts have made, as its owner. One user for both needs none of that.
function Share-Key([string] $Name) {
    if ($User -eq $Creator) { return }
    $env:COFFER_PIN = "${Creator}:$($env:COFFER_CREATOR_SECRET)"
    try {
        & coffer key share --filter "attr.label=$Name" 'attr.class=private-key' --username $User
        if ($LASTEXITCODE -ne 0) { throw "The key $Name could not be shared." }
    } finally {
        Remove-Item env:COFFER_PIN
    }
}

# 1. The machine and the DLL.
Get-CimInstance Win32_OperatingSystem | Select-Object Caption, Version, OSArchitecture | Out-File (Join-Path $Out 'windows.txt')
Get-AuthenticodeSignature -FilePath $Library | Format-List Status, StatusMessage, SignerCertificate, TimeStamperCertificate |
    Out-File (Join-Path $Out 'signature.txt')
Get-FileHash -Algorithm SHA256 -Path $Library | Format-List | Out-File (Join-Path $Out 'library.txt')
& coffer --version | Out-File (Join-Path $Out 'coffer.txt')
$env:COFFER_TOKEN_FILE = $TokenFile
$env:COFFER_PIN = "${User}:$($env:COFFER_USER_SECRET)"
try {
    & coffer ekm doctor --library $Library | Out-File (Join-Path $Out 'doctor.txt')
} finally {
    Remove-Item env:COFFER_PIN
}
[void](Invoke-Statement 'server' 'SELECT @@VERSION AS version, SERVERPROPERTY(''Edition'') AS edition;')

# 2. The record of calls, begun before the provider is created.
if (-not (Invoke-Script 'record' (Join-Path $here 'record-ekm-calls.sql'))) { throw 'The calls cannot be recorded.' }

# 3. The scenarios. "tde" stops where the key has to be shared: its two halves are run one after the other.
try {
    [void](Invoke-Statement 'database' "CREATE DATABASE [$database];")
    $file = Join-Path $Out 'tde.sql'
    & coffer ekm script --scenario tde --database $database --provider $provider --library $Library `
        --admin-login $AdminLogin --creator $Creator --user $User --key $key | Set-Content -Path $file -Encoding UTF8
    $lines = Get-Content $file
    $second = ($lines | Select-String -SimpleMatch '-- Who uses the key' | Select-Object -First 1).LineNumber - 1
    $lines[0..($second - 1)] | Set-Content (Join-Path $Out 'tde-1.sql') -Encoding UTF8
    $lines[$second..($lines.Count - 1)] | Set-Content (Join-Path $Out 'tde-2.sql') -Encoding UTF8
    if (Invoke-Script 'tde-1' (Join-Path $Out 'tde-1.sql')) {
        Share-Key $key
        if (Invoke-Script 'tde-2' (Join-Path $Out 'tde-2.sql')) {
            [void](Invoke-Statement 'views' @"
SELECT * FROM sys.dm_cryptographic_provider_properties;
SELECT a.* FROM sys.cryptographic_providers AS p CROSS APPLY sys.dm_cryptographic_provider_algorithms(p.provider_id) AS a;
SELECT k.* FROM sys.cryptographic_providers AS p CROSS APPLY sys.dm_cryptographic_provider_keys(p.provider_id) AS k;
SELECT * FROM sys.dm_cryptographic_provider_sessions(0);
"@)
            # The database has to come up again by itself.
            [void](Invoke-Statement 'reopen' @"
ALTER DATABASE [$database] SET OFFLINE WITH ROLLBACK IMMEDIATE;
GO
ALTER DATABASE [$database] SET ONLINE;
GO
SELECT name, state_desc FROM sys.databases WHERE name = N'$database';
"@)
        }
    }
    # A wrong statement has to give a message and nothing worse: message 33049 or 33035 is expected here.
    [void](Invoke-Statement 'refusal' @"
CREATE ASYMMETRIC KEY [coffer_missing] FROM PROVIDER [$provider]
WITH PROVIDER_KEY_NAME = N'there is no such key', CREATION_DISPOSITION = OPEN_EXISTING;
"@)
} finally {
    # 4. The end of the record, and what was made away again. The module keeps the key. Where a scenario failed, so may this:
    # teardown.log says at what.
    [void](Invoke-Script 'calls' (Join-Path $here 'show-ekm-calls.sql'))
    [void](Invoke-Scenario 'teardown')
    [void](Invoke-Statement 'drop' "DROP DATABASE IF EXISTS [$database];")
    foreach ($log in Get-ChildItem $Out -File) {
        foreach ($secret in $env:COFFER_CREATOR_SECRET, $env:COFFER_USER_SECRET) {
            if (Select-String -Path $log.FullName -SimpleMatch $secret -Quiet) {
                throw "A secret stands in $($log.FullName); do not send anything, and tell the project."
            }
        }
    }
    Compress-Archive -Path (Join-Path $Out '*') -DestinationPath "$Out.zip"
    Write-Host "Look into $Out, and send $Out.zip with an issue if you agree with what is in it."
}
