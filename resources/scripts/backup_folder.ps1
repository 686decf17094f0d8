# Back up a folder: pack it into an archive with the date in its name, keep the newest archives.
#
#   backup_folder.ps1 FOLDER PLACE KEEP
#
# Only archives that this script has made of the same folder are ever removed, and only after the
# new one is complete. It uses the tar that comes with Windows 10 and later.
#
# Exit code: 0 all went well, 1 something failed.
param(
    [Parameter(Mandatory)][string]$Folder,
    [Parameter(Mandatory)][string]$Place,
    [Parameter(Mandatory)][ValidateRange(1, 100000)][int]$Keep
)
$ErrorActionPreference = 'Stop'

$source = Get-Item -LiteralPath $Folder
$target = New-Item -ItemType Directory -Force -Path $Place
$inside = $target.FullName.TrimEnd('\') + '\'
if ($inside.StartsWith($source.FullName.TrimEnd('\') + '\', 'OrdinalIgnoreCase')) {
    throw 'The archives cannot lie inside the folder they are made of.'
}

$stamp = Get-Date -Format 'yyyy-MM-dd_HHmmss'
$archive = Join-Path $target.FullName "$($source.Name)_$stamp.tar.gz"
$unfinished = "$archive.unfinished"

Write-Output "Packing $($source.FullName)"
try {
    & tar.exe -czf $unfinished -C $source.Parent.FullName -- $source.Name
    if ($LASTEXITCODE -ne 0) { throw "tar failed with exit code $LASTEXITCODE." }
    Move-Item -LiteralPath $unfinished -Destination $archive
}
finally {
    if (Test-Path -LiteralPath $unfinished) { Remove-Item -LiteralPath $unfinished }
}
Write-Output "Made $archive ($([int]((Get-Item -LiteralPath $archive).Length / 1KB)) KB)"

$pattern = '^' + [regex]::Escape($source.Name) + '_\d{4}-\d{2}-\d{2}_\d{6}\.tar\.gz$'
$archives = Get-ChildItem -LiteralPath $target.FullName -File |
    Where-Object { $_.Name -match $pattern } | Sort-Object Name -Descending
$archives | Select-Object -Skip $Keep | ForEach-Object {
    Remove-Item -LiteralPath $_.FullName
    Write-Output "Removed $($_.FullName)"
}
