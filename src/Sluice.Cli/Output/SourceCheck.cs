using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Cli.Output;

/// <summary>Connects to a source and shows its tables: rows, key, a cursor that could be used, and what stands in the way of loading them.</summary>
internal static class SourceCheck
{
    // Names that applications give to the time of a row's last change, the best first.
    private static readonly string[] ChangeTimes =
    [
        "updated_at",
        "modified_at",
        "last_modified",
        "changed_at",
        "updated",
    ];

    /// <summary>Shows the source; whether every table that is to be loaded can be.</summary>
    public static async Task<bool> ShowAsync(
        SourceDefinition definition,
        ISourceFactory sources,
        CancellationToken cancellationToken
    )
    {
        await using var source = await sources.OpenAsync(definition, cancellationToken);
        var now = await source.ReadClockAsync(cancellationToken);
        Console.Out.WriteLine(
            $"{definition.Name}: connected; its clock says {now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC."
        );
        var table = new TextTable("table", ">rows, about", "key", "loaded", "cursor", "note");
        var allRight = true;
        var listings = await source.ListTablesAsync(cancellationToken);
        foreach (var listing in listings)
        {
            var wanted = definition.Tables.FirstOrDefault(known => known.Name == listing.Name);
            var (row, isRight) = await RowAsync(source, listing, wanted, cancellationToken);
            table.Add(row);
            allRight &= isRight || wanted is null;
        }

        table.Write();
        foreach (var missing in definition.Tables.Where(known => listings.All(listing => listing.Name != known.Name)))
        {
            // The name may have a schema, or another case: the source knows.
            allRight &= await IsThereAsync(source, missing, cancellationToken);
        }

        foreach (var statement in await source.FindMissingRightsAsync(definition.Tables, cancellationToken))
        {
            allRight = false;
            Console.Out.WriteLine($"  missing right: {statement}");
        }

        return allRight;
    }

    private static async Task<(string[] Row, bool IsRight)> RowAsync(
        ISource source,
        SourceListing listing,
        SourceTable? wanted,
        CancellationToken cancellationToken
    )
    {
        var rows = listing.EstimatedRows is { } count ? ValueText.Count(count) : "";
        var loaded = wanted is null ? "no" : wanted.Mode.ToString().ToLowerInvariant();
        try
        {
            var shape = await source.DescribeAsync(
                wanted ?? new SourceTable { Name = listing.Name },
                cancellationToken
            );
            var key = shape.UniqueKeys is [var first, ..] ? string.Join(", ", first) : "none";
            var cursor = wanted?.Cursor ?? (Suggest(shape) is { } column ? $"{column}?" : "");
            var note = shape.ScanOrder.Count == 0 ? "read by one statement, no resume" : "";
            return ([listing.Name, rows, key, loaded, cursor, note], true);
        }
        catch (PipelineException failure)
        {
            return ([listing.Name, rows, "", loaded, "", failure.Message], false);
        }
    }

    private static async Task<bool> IsThereAsync(ISource source, SourceTable table, CancellationToken cancellationToken)
    {
        try
        {
            await source.DescribeAsync(table, cancellationToken);
            return true;
        }
        catch (PipelineException failure)
        {
            Console.Out.WriteLine($"  {failure.Message} {failure.Hint}");
            return false;
        }
    }

    private static string? Suggest(SourceShape shape) =>
        ChangeTimes.FirstOrDefault(name => shape.Find(name)?.Type.Kind == ColumnKind.Timestamp)
        ?? shape
            .UniqueKeys.Where(key => key.Count == 1)
            .Select(key => key[0])
            .FirstOrDefault(name => shape.Find(name)?.Type.Kind is ColumnKind.Integer or ColumnKind.Long);
}
