using System.Diagnostics;
using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>Under the controller the threads that read pages and write files come after everything else on the machine.</summary>
public sealed class GentleExtractTests(PostgreSqlServer postgres, MariaDbServer mariaDb)
{
    private const int SchedIdle = 5;
    private const string Reader = "source app";

    // Linux keeps 15 letters of a name.
    private const string Writer = ".NET Long Runni";

    // The memory pool of the writer has a thread, which is as gentle as what began it.
    private const string WritersPool = "jemalloc_bg_thd";

    [Theory]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task The_reader_and_the_writer_let_others_go_first(SourceKind kind)
    {
        var gentle = await GentleThreadsAsync(kind, isAdaptive: true);

        Assert.Equal([Writer, Reader], gentle.Except([WritersPool]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(SourceKind.PostgreSql)]
    [InlineData(SourceKind.MySql)]
    public async Task Without_the_controller_no_thread_does(SourceKind kind) =>
        Assert.Empty(await GentleThreadsAsync(kind, isAdaptive: false));

    private async Task<HashSet<string>> GentleThreadsAsync(SourceKind kind, bool isAdaptive)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Priorities of threads are read from /proc.");
        var database = await kind.CreateAsync(postgres, mariaDb);
        var visits = await LiveVisits.CreateAsync(database, rows: 5_000);
        using var project = visits.CreateProject("max_connections: 1, max_rows_per_second: 5000");
        if (isAdaptive)
        {
            var yaml = Path.Combine(project.Folder, "sluice.yaml");
            File.WriteAllText(
                yaml,
                File.ReadAllText(yaml).Replace("adaptive: false", "adaptive: true", StringComparison.Ordinal)
            );
        }

        using var extract = Cli.Start(project.Folder, "extract", "--date", LiveVisits.First, "--quiet");
        var gentle = new HashSet<string>(StringComparer.Ordinal);
        while (!extract.WaitForExit(5) && !gentle.IsSupersetOf([Writer, Reader]))
        {
            gentle.UnionWith(
                ThreadsOf(extract).Where(thread => thread.Policy == SchedIdle).Select(thread => thread.Name)
            );
        }

        if (gentle.Count == 0)
        {
            Cli.Finish(extract).Done();
        }

        extract.Kill();
        return gentle;
    }

    private static List<(string Name, int Policy)> ThreadsOf(Process process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process.Id}/task").Select(Read)];
        }
        catch (IOException)
        {
            // A thread ended meanwhile, or all did: the next look tells.
            return [];
        }
    }

    // The name stands in brackets and may hold blanks; the policy is the 41st field.
    private static (string Name, int Policy) Read(string thread)
    {
        var text = File.ReadAllText(Path.Combine(thread, "stat"));
        var (begin, end) = (text.IndexOf('(') + 1, text.LastIndexOf(')'));
        return (text[begin..end], int.Parse(text[(end + 2)..].Split(' ')[38], CultureInfo.InvariantCulture));
    }
}
