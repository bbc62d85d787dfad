using System.Globalization;
using Sluice.Cli;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Benchmarks.Funnel;

/// <summary>A project over the sample: its events as a raw table, a model that funnels read, and a property of each user.</summary>
internal static class SampleProject
{
    public const string Date = "2015-05-01";

    // What an ad hoc funnel reads.
    public const string Model = "fact_page_visit";

    /// <summary>Loads the events into a project that has the model and no index.</summary>
    /// <param name="sample">The events.</param>
    /// <param name="folder">Where the project is made.</param>
    /// <param name="withProperties">Whether each event has a channel (of 4) and a product (of 2).</param>
    public static async Task WriteAsync(FunnelSample sample, string folder, bool withProperties = false)
    {
        const string Properties =
            ", 'c' || hash(user_id, seen) % 4 as channel, 'p' || hash(seen, user_id) % 2 as product";
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        await File.WriteAllTextAsync(Path.Combine(folder, "sluice.yaml"), "name: bench\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "models", $"{Model}.sql"),
            $"{{{{ config(materialized='incremental') }}}} select user_id, seen, name{(withProperties ? Properties : "")} from {{{{ source('import', 'events') }}}}"
        );
        await LoadAsync(sample, folder, Date, sample.Users);
    }

    /// <summary>Loads a day's events, and has the users' table written again for it.</summary>
    public static async Task LoadAsync(FunnelSample sample, string folder, string date, int users)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "models", "people.sql"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"select i as user_id, 'segment' || hash(i) % {FunnelSample.Segments} as segment from range({users}) t(i) -- {date}"
            )
        );
        var sluice = Composition.Open(folder);
        await new RawLoad(sluice.Ports.Store, sluice.Clock).RunAsync(
            new SampleFeed(sample),
            new SourceTable { Name = "events" },
            TableId.Raw(SourceDefinition.ImportName, "events"),
            DataInterval.OfDay(DateOnly.Parse(date, CultureInfo.InvariantCulture), sluice.Project.TimeZone),
            again: true
        );
    }

    /// <summary>Names the model as a table of events: what is left to do for it is the index.</summary>
    public static Task WantIndexAsync(string folder) =>
        File.WriteAllTextAsync(
            Path.Combine(folder, "sluice.yaml"),
            $$"""
            name: bench
            users: { table: people, key: user_id }
            events:
              {{Model}}: { event: name, time: seen, user: user_id }
            """
        );
}
