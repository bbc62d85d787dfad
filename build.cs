#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
#:property NoWarn=$(NoWarn);CA1303;CA1852

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

// The one command for people and for CI:  dotnet run build.cs -- setup | format | build | test | bench | ci
var root = Directory.GetCurrentDirectory();
if (!File.Exists(Path.Combine(root, "Sluice.slnx")))
{
    Console.Error.WriteLine("Run it from the folder of Sluice.slnx.");
    return 2;
}

var options = args.Skip(1).ToArray();
return args.FirstOrDefault() switch
{
    "setup" => Setup(),
    "format" => Run("dotnet", "tool restore") + Run("dotnet", "csharpier format ."),
    "build" => Build(),
    "test" => Test(options.Contains("--all")),
    "bench" => Bench(options),
    "ci" => Ci(),
    _ => Usage(),
};

int Usage()
{
    Console.Error.WriteLine(
        """
        dotnet run build.cs -- VERB

          setup          install what the tests need beside .NET (Debian as root; elsewhere it says what is missing)
          format         format the code
          build          compile everything, warnings are errors
          test [--all]   setup, build, run every test; --all also runs the slow ones
          bench [...]    run the benchmarks; --smoke runs each once, small; 'writers' compares Parquet writers
          ci             what CI runs: format check, test, benchmarks once, package
        """
    );
    return 2;
}

// What a test cannot find it skips, and says so: a missing tool is no failure here.
int Setup()
{
    (string Packages, bool AreHere)[] wanted =
    [
        ("nodejs npm", Has("npm")),
        ("mariadb-server", Has("mariadbd")),
        ("postgresql", Directory.Exists("/usr/lib/postgresql")),
        ("libfaketime", HasFakeTime()),
    ];
    var missing = wanted.Where(one => !one.AreHere).ToList();
    if (
        missing.Count > 0
        && OperatingSystem.IsLinux()
        && File.Exists("/etc/debian_version")
        && Environment.UserName == "root"
    )
    {
        Run("apt-get", "update -qq");
        // Each by itself: apt installs none of its packages if one conflicts with what the machine has.
        foreach (var (packages, _) in missing)
        {
            Run("env", $"DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {packages}");
        }
    }

    if (!Has("mariadbd") || !Directory.Exists("/usr/lib/postgresql"))
    {
        Console.WriteLine("MariaDB or PostgreSQL is not here: the tests of these sources will be skipped.");
    }

    if (!HasFakeTime())
    {
        Console.WriteLine("libfaketime is not here: the tests of clocks that go back will be skipped.");
    }

    var reader = Path.Combine(root, "tests", "delta-reader");
    if (!Has("npm"))
    {
        Console.WriteLine(
            "npm is not here: the tests that read the lake with ClickHouse (npm's chdb) will be skipped."
        );
    }
    else if (
        !Directory.Exists(Path.Combine(reader, "node_modules"))
        && Run("npm", $"install --no-save --no-audit --no-fund --loglevel=error --prefix \"{reader}\"") != 0
    )
    {
        Console.WriteLine("npm could not install chdb: the tests that read the lake with ClickHouse will be skipped.");
    }

    return 0;
}

int Build() => Run("dotnet", "build Sluice.slnx -c Release -v minimal --nologo");

int Test(bool all)
{
    Setup();
    if (Build() != 0)
    {
        return 1;
    }

    var (passed, failed, skipped) = (0, 0, 0);
    foreach (var project in new[] { "Sluice.Tests", "Sluice.IntegrationTests" })
    {
        var filter = all ? "" : " --filter-not-trait Speed=Slow";
        // A test that hangs is named and ends the run, long before the patience of a CI does.
        var hang = $" --hangdump --hangdump-type None --hangdump-timeout {(all ? "60m" : "15m")}";
        var (exit, output) = Capture(
            Path.Combine(root, "artifacts", "bin", project, "release", project),
            $"--progress off --no-ansi --output Normal --show-stdout None --show-stderr None{filter}{hang}"
        );
        passed += Count(output, "succeeded");
        skipped += Count(output, "skipped");
        // A runner that died counted nothing: that is a failure, not a green run.
        failed += Count(output, "failed") is var counted && counted == 0 && exit != 0 ? 1 : counted;
    }

    if (!all)
    {
        Console.WriteLine("The slow tests run with: dotnet run build.cs -- test --all");
    }

    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped")
    );
    return failed == 0 && passed > 0 ? 0 : 1;
}

int Bench(string[] arguments)
{
    if (arguments is ["writers", .. var rest])
    {
        return Run("dotnet", $"run --project bench/Sluice.ParquetWriters -c Release -- bench {string.Join(' ', rest)}");
    }

    // What is measured is what is installed: compiled beforehand, as pack leaves it.
    var packed = Pack();
    if (packed != 0)
    {
        return packed;
    }

    var installed = Directory
        .EnumerateFiles(
            Path.Combine(root, "artifacts", "publish", "Sluice.Cli"),
            "sluice.dll",
            SearchOption.AllDirectories
        )
        .MaxBy(File.GetLastWriteTimeUtc);
    Environment.SetEnvironmentVariable("SLUICE_PROGRAM", installed);
    return Run("dotnet", $"run --project bench/Sluice.Benchmarks -c Release -- {string.Join(' ', arguments)}");
}

int Pack() => Run("dotnet", "pack src/Sluice.Cli -c Release -o artifacts/tool --nologo -v minimal");

int Ci()
{
    int[] steps =
    [
        Run("dotnet", "tool restore"),
        Run("dotnet", "csharpier check ."),
        // It packs before it measures, and names what was packed to the tests, too. They come last: CI reads the closing line.
        Bench(["--smoke"]),
        Test(all: false),
    ];
    return steps.Any(exit => exit != 0) ? 1 : 0;
}

static int Count(string output, string what) =>
    Regex.Matches(output, $@"^\s*{what}: (\d+)", RegexOptions.Multiline) is [.., var last]
        ? int.Parse(last.Groups[1].Value, CultureInfo.InvariantCulture)
        : 0;

static bool HasFakeTime() =>
    Directory.Exists("/usr/lib")
    && Directory
        .EnumerateDirectories("/usr/lib", "*-linux-gnu*")
        .Any(folder => Directory.Exists(Path.Combine(folder, "faketime")));

static bool Has(string command)
{
    try
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, "--version") { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return false;
    }
}

static int Run(string command, string arguments)
{
    Console.WriteLine($"> {command} {arguments}");
    using var process = Process.Start(new ProcessStartInfo(command, arguments))!;
    process.WaitForExit();
    return process.ExitCode;
}

static (int Exit, string Output) Capture(string command, string arguments)
{
    Console.WriteLine($"> {command} {arguments}");
    var output = new System.Text.StringBuilder();
    using var process = new Process
    {
        StartInfo = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true },
    };
    process.OutputDataReceived += (_, line) =>
    {
        if (line.Data is not null)
        {
            Console.WriteLine(line.Data);
            output.AppendLine(line.Data);
        }
    };
    process.Start();
    process.BeginOutputReadLine();
    process.WaitForExit();
    return (process.ExitCode, output.ToString());
}
