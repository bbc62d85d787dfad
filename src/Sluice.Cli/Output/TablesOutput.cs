using System.Globalization;
using Sluice.Core.Builds;
using Sluice.Core.Catalog;

namespace Sluice.Cli.Output;

/// <summary>Writes the list of tables.</summary>
internal static class TablesOutput
{
    private static readonly string[] Names = ["zone", "name", "version", "rows", "bytes", "committed_at", "published"];

    public static void Write(IReadOnlyList<CatalogEntry> entries, Build? build, DateTimeOffset now, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                WriteTable(entries, build, now);
                break;
            case OutputFormat.Csv:
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    CsvText.WriteLine(output, Names);
                    foreach (var entry in entries)
                    {
                        CsvText.WriteLine(output, Values(entry).Select(ValueText.Of));
                    }
                }

                break;
            case OutputFormat.Json:
                WriteJson(entries);
                break;
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
                NameOf(entry),
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

    private static void WriteJson(IReadOnlyList<CatalogEntry> entries)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = JsonText.Create(output))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                foreach (var (name, value) in Names.Zip(Values(entry)))
                {
                    json.WritePropertyName(name);
                    JsonText.WriteValue(json, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static object?[] Values(CatalogEntry entry) =>
        [
            entry.Snapshot.Table.Zone,
            NameOf(entry),
            entry.Snapshot.Version,
            entry.Snapshot.Rows,
            entry.Snapshot.Bytes,
            entry.Snapshot.CommittedAt,
            entry.Published,
        ];

    private static string NameOf(CatalogEntry entry) =>
        entry.Snapshot.Table.IsMart
            ? entry.Snapshot.Table.Name
            : $"{entry.Snapshot.Table.Schema}.{entry.Snapshot.Table.Name}";
}
