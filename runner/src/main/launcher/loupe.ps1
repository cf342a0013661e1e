# The Windows half of the launcher, called by loupe.cmd with the folder of Loupe and then the user's words.
# It does what ./loupe does elsewhere, but makes no class archive.
$ErrorActionPreference = 'Stop'
$loupeHome = $args[0]
$words = @($args | Select-Object -Skip 1)
$runtime = Join-Path $loupeHome 'runtime\bin\java.exe'
# A release has a Java runtime of its own: nothing is built, and no other Java is looked for.
$released = Test-Path $runtime
$built = Join-Path $loupeHome $(if ($released) { 'app' } else { 'runner\target' })
$launch = Join-Path $built 'launch'
$current = Join-Path $launch 'current'

function Say($text) { [Console]::Error.WriteLine("loupe: $text") }
function GiveUp($text) { Say $text; exit 3 }

# A JDK, 17 or newer.
if ($released) {
  $java = $runtime
  $origin = "the release's own runtime ($java)"
} elseif ($env:JAVA_HOME) {
  $java = Join-Path $env:JAVA_HOME 'bin\java.exe'
  $origin = "JAVA_HOME ($env:JAVA_HOME)"
  if (-not (Test-Path $java)) { GiveUp "JAVA_HOME is $env:JAVA_HOME, but there is no bin\java.exe in it. Point it at a JDK 17 or newer." }
} else {
  $found = Get-Command java.exe -ErrorAction SilentlyContinue
  if (-not $found) { GiveUp 'Java is needed and none was found. Install a JDK 17 or newer (https://adoptium.net), or set JAVA_HOME.' }
  $java = $found.Source
  $origin = "the java on the PATH ($java)"
}
$version = 0
$told = & cmd /c "`"$java`" -version 2>&1" | Select-Object -First 1
if ("$told" -match '"(?:1\.)?(\d+)') { $version = [int]$Matches[1] }
if ($version -lt 17) { GiveUp "$origin is Java $version, and Loupe needs 17 or newer. Set JAVA_HOME to a newer JDK." }

# The build. `current` names the jars and the libraries of the last whole build, and carries the time it began.
function Fresh {
  if ($released) { return $true }
  if (-not (Test-Path $current)) { return $false }
  $time = (Get-Item $current).LastWriteTimeUtc
  foreach ($place in 'pom.xml', 'runner\pom.xml', 'runner\src', 'runner\bench\pom.xml', 'runner\bench\src', 'templates') {
    $path = Join-Path $loupeHome $place
    if (-not (Test-Path $path)) { continue }
    if ((Get-Item $path).LastWriteTimeUtc -gt $time) { return $false }
    if (Get-ChildItem $path -Recurse -Force | Where-Object { $_.LastWriteTimeUtc -gt $time } | Select-Object -First 1) { return $false }
  }
  return $true
}

function Build {
  Say 'building (the first time this fetches libraries and takes a minute or two)'
  $began = (Get-Date).ToUniversalTime()
  $log = Join-Path $launch 'build.log'
  Push-Location $loupeHome
  try {
    & cmd /c "mvnw.cmd -q -B -ntp -pl runner,runner/bench -DskipTests -Dspotless.check.skip=true package < NUL > `"$log`" 2>&1"
    $code = $LASTEXITCODE
  } finally { Pop-Location }
  if ($code -ne 0) {
    Get-Content $log | Select-String 'ERROR' | Select-Object -First 15 | ForEach-Object { [Console]::Error.WriteLine($_) }
    GiveUp "the build failed; all of its output is in $log"
  }
  $name = "loupe-$($began.Ticks)-$PID"
  Copy-Item (Join-Path $built 'loupe-runner.jar') (Join-Path $launch "$name.jar")
  Copy-Item (Join-Path $loupeHome 'runner\bench\target\loupe-bench.jar') (Join-Path $launch "$name.bench.jar")
  $libraries = (Get-Content (Join-Path $built 'lib\classpath') -Raw).Trim()
  $fresh = "$current.new"
  [IO.File]::WriteAllText($fresh, "$name`n$libraries`n")
  (Get-Item $fresh).LastWriteTimeUtc = $began
  # A jar that a JVM still uses cannot be removed; it goes at a later build.
  Get-ChildItem $launch -Filter 'loupe-*.jar' | Where-Object { -not $_.Name.StartsWith("$name.") } | Remove-Item -ErrorAction SilentlyContinue
  Move-Item -Force $fresh $current
}

if (-not (Fresh)) {
  New-Item -ItemType Directory -Force $launch | Out-Null
  # Whoever holds the lock file open builds; Windows lets it go when that process ends, however it ends.
  $lock = $null
  $waiting = $false
  while (-not $lock) {
    try { $lock = [IO.File]::Open((Join-Path $launch 'lock'), 'OpenOrCreate', 'ReadWrite', 'None') } catch [IO.IOException] {
      if (-not $waiting) { Say 'waiting for a build that another process is doing' }
      $waiting = $true
      Start-Sleep -Milliseconds 500
    }
  }
  try { if (-not (Fresh)) { Build } } finally { $lock.Dispose() }
}

$lines = @(Get-Content $current)
$path = @(Join-Path $launch "$($lines[0]).jar")
$bench = Join-Path $launch "$($lines[0]).bench.jar"
if (Test-Path $bench) { $path += $bench } # a release has none
$path += $lines[1].Split(':') | ForEach-Object { Join-Path $built $_.Replace('/', '\') }

# With the CPU natives on the class path PyTorch never takes the GPU, so they are added only without one.
$light = $words.Count -eq 0 -or "$($words[0])" -match '^(validate|explain|schema|list|report|-.*)$'
# An explanation that measures runs the plan, as `run` would.
if ($words -contains '--analyze') { $light = $false }
$device = 'auto'
for ($i = 0; $i -lt $words.Count; $i++) {
  if ($words[$i] -eq '--device' -and $i + 1 -lt $words.Count) { $device = $words[$i + 1] }
  if ("$($words[$i])" -match '^--device=(.*)$') { $device = $Matches[1] }
}
$nvidia = 'no'
if (-not $light -and $device -ne 'cpu' -and (Get-Command nvidia-smi.exe -ErrorAction SilentlyContinue)) {
  & nvidia-smi.exe -L > $null 2>&1
  if ($LASTEXITCODE -eq 0) { $nvidia = 'yes' }
}
$natives = 'cuda'
if ($nvidia -eq 'no') {
  $natives = 'cpu'
  $path += Get-ChildItem (Join-Path $built 'lib-cpu') -Filter '*.jar' | ForEach-Object { $_.FullName }
}

$options = @('-Xlog:disable')
if ($version -ge 24) { $options += '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow' }
if ($light) { $options += '-XX:TieredStopAtLevel=1' }
if (-not [Console]::IsOutputRedirected) { $options += '-Dloupe.stdout.terminal=true' }
if (-not [Console]::IsErrorRedirected) { $options += '-Dloupe.stderr.terminal=true', "-Dloupe.columns=$([Console]::WindowWidth)" }
$options += "-Dloupe.home=$loupeHome", "-Dloupe.natives=$natives", "-Dloupe.nvidia=$nvidia"
# Idle threads of the engine sleep instead of spinning: several runs share a machine better.
if (-not $env:OMP_WAIT_POLICY) { $env:OMP_WAIT_POLICY = 'PASSIVE' }
# As in the other launcher: what the heap no longer needs goes back; two collectors at once are an error.
if ("$env:LOUPE_JAVA_OPTS" -notmatch '-XX:\+Use\w*GC') { $options += '-XX:+UseSerialGC', '-Xmn32m' }
if ($env:LOUPE_JAVA_OPTS) { $options += $env:LOUPE_JAVA_OPTS.Split(' ', [StringSplitOptions]::RemoveEmptyEntries) }

& $java @options -cp ($path -join ';') dev.loupe.cli.Main @words
exit $LASTEXITCODE
