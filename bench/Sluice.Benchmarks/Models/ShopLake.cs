using System.Globalization;
using Sluice.Cli;
using Sluice.Cli.Demo;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Benchmarks.Models;

/// <summary>The shipped project without its tests, over raw tables as a night's extract leaves them.</summary>
/// <remarks>Five events for each user: two visits before the sign-in, and what comes after it.</remarks>
internal static class ShopLake
{
    public const string Date = "2015-05-01";
    private const int EventsPerUser = 5;

    public static async Task WriteAsync(string folder, long events, int memoryMiB)
    {
        DemoProject.Write(folder);
        foreach (var tests in new[] { "steps.yml", "users.yml", "visit_dimensions.yml", "visits.yml" })
        {
            File.Delete(Path.Combine(folder, "models", tests));
        }

        // Without an event table there is no index to build.
        var project = Path.Combine(folder, "sluice.yaml");
        var text = await File.ReadAllTextAsync(project);
        await File.WriteAllTextAsync(
            project,
            Text(
                $"{text[..text.IndexOf("\nusers:", StringComparison.Ordinal)]}\nengine: {{ memory_mib: {memoryMiB} }}\n"
            )
        );
        var sluice = Composition.Open(folder);
        var users = events / EventsPerUser;
        await LoadAsync(sluice, "users", Users(users));
        for (var step = 1; step <= 6; step++)
        {
            await LoadAsync(
                sluice,
                Text($"step{step}"),
                Text($"select i as user_id, 'step{step}' as page from range({users} // {step}) t(i)")
            );
        }

        await LoadAsync(sluice, "events", Events(events));
    }

    private static string Users(long count) =>
        Text(
            $"""
            select i as user_id, date '2015-01-01' + cast(i % 120 as int) as date, ['Desktop', 'Mobile'][i % 2 + 1] as device,
              ['Female', 'Male'][i // 2 % 2 + 1] as sex, ['paid_ads', 'search'][i // 4 % 2 + 1] as channel
            from range({count}) t(i)
            """
        );

    // One message in a hundred arrives twice, the second time as another event.
    private static string Events(long count) =>
        Text(
            $$"""
            select i as event_id,
              'ajs-next-' || md5('message' || if(i % 500 = 4, i - 4, i)) as message_id,
              case when i % 5 >= 2 then i // 5 end as user_id,
              cast(md5('browser' || i // 5) as uuid)::varchar as anonymous_id,
              md5('session' || i // 5) as session_id,
              ['teapot', 'lamp', 'chair'][i // 5 % 3 + 1] as product,
              if(i % 5 = 2, 'sign_in', 'page') as event,
              if(i % 5 = 2, null, 'step' || (i % 5 + 1)) as page,
              seen as occurred_at, seen + interval 3 seconds as sent_at, seen + interval 4 seconds as received_at,
              ['Desktop', 'Mobile'][i // 5 % 2 + 1] as device,
              ['paid_ads', 'search'][i // 20 % 2 + 1] as channel,
              '{"path":"/step' || (i % 5 + 1) || '","price":34.50}' as properties
            from (
              select i, timestamptz '2015-01-01 00:00:00+00' + to_seconds(i // 5 * 7919 % 10000000 + i % 5 * 60) as seen
              from range({{count}}) t(i)
            )
            """
        );

    private static async Task LoadAsync(Composition sluice, string name, string select)
    {
        var table = TableId.Raw("app", name);
        await using var staging = await sluice.Ports.Store.StageAsync(table);
        var query = new SqlQuery(
            $"select *, 'upsert' as _op, timestamptz '2015-05-02 00:00:00+00' as _extracted_at, cast(1 as bigint) as _seq from ({select})",
            []
        );
        var made = await sluice.Ports.Engine.MaterializeAsync(query, staging.Folder, "rows");
        var interval = DataInterval.OfDay(DateOnly.Parse(Date, CultureInfo.InvariantCulture), sluice.Project.TimeZone);
        await sluice.Ports.Store.CommitAsync(
            table,
            new TableCommit
            {
                Interval = interval,
                Token = TaskToken.Unfenced(TaskToken.ExtractOf(interval)),
                Replaces = ReplaceScope.Interval,
                Schema = RawColumns.ForTable(made.Schema),
                Files = made.Files,
                Partitioned = true,
            }
        );
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
