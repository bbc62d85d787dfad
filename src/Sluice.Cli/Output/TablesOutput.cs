using System.Globalization;
using Sluice.Core.Builds;
using Sluice.Core.Catalog;
using Sluice.Core.Tables;

namespace Sluice.Cli.Output;

/// <summary>Writes the list of tables.</summary>
internal static class TablesOutput
{
    private static readonly string[] Names = ["zone", "name", "version", "rows", "bytes", "committed_at", "published"];

    public static void Write(IReadOnlyList<CatalogEntry> entries, Build? build, DateTimeOffset now, OutputFormat format)
    {
        if (format == OutputFormat.Table)
        {
            WriteTable(entries, build, now);
        }
        else
        {
            new ListOutput(Names).Write(entries.Select(Values), format);
        }
    }

    private static void WriteTable(IReadOnlyList<CatalogEntry> entries, Build? build, DateTimeOffset now)
    {
        if (entries.Count == 0)
        {
            Console.Out.WriteLine("There are no tables yet. Run 'sluice run' or 'sluice import'.");
            return;
        }

        var table = new TextTable("zone", "name", ">version", ">rows", ">size", ">age", "published");
        foreach (var entry in entries)
        {
            table.Add(
                entry.Snapshot.Table.Zone,
                TableName.Of(entry.Snapshot.Table),
                entry.Snapshot.Version.ToString(CultureInfo.InvariantCulture),
                ValueText.Count(entry.Snapshot.Rows),
                ValueText.Bytes(entry.Snapshot.Bytes),
                ValueText.Span(now - entry.Snapshot.CommittedAt),
                entry.Published ? "yes" : "no"
            );
        }

        table.Write();
        Console.Out.WriteLine(
            build is null
                ? "  Nothing is published yet: 'sluice run' or 'sluice model' publishes a build."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"  build {build.Number} of {build.Interval.Ds}, published {ValueText.Span(now - build.CreatedAt)} ago"
                )
        );
    }

    private static object?[] Values(CatalogEntry entry) =>
        [
            entry.Snapshot.Table.Zone,
            TableName.Of(entry.Snapshot.Table),
            entry.Snapshot.Version,
            entry.Snapshot.Rows,
            entry.Snapshot.Bytes,
            entry.Snapshot.CommittedAt,
            entry.Published,
        ];
}
