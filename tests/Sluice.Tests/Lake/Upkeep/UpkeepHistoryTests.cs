using CsCheck;
using Sluice.Core;
using Sluice.Core.Extraction;

namespace Sluice.Tests.Lake.Upkeep;

/// <summary>Any history of loads and upkeep leaves the table that a model of lists in memory tells.</summary>
public sealed class UpkeepHistoryTests
{
    private enum Act
    {
        Load,
        LoadAgain,
        Widen,
        Compact,
        Restore,
        Retain,
        Vacuum,
        Publish,
    }

    [Fact]
    public async Task The_table_is_what_the_model_says_after_every_step()
    {
        var acts = Gen.Select(Gen.Int[0, 7], Gen.Int[1, 9], Gen.Int[0, 99], Gen.Int[0, 4]);
        await acts.Array[1, 40].SampleAsync(RunAsync, iter: 40, threads: 1);
    }

    private static async Task RunAsync((int Act, int Day, int Ids, int Files)[] acts)
    {
        using var table = new LoadedTable { Columns = "id integer, name string" };
        var model = new TableModel();
        var (pinned, last, isVacuumed) = (new List<int>(), 1, false);
        foreach (var (act, day, ids, files) in acts.Prepend((0, 1, 5, 2)))
        {
            switch ((Act)act)
            {
                case Act.Load:
                case Act.LoadAgain:
                    var rows = Enumerable.Range(ids, files).Select(file => new long[] { file, file + 1000 }).ToArray();
                    await table.LoadAsync(day, rows);
                    model.Load(day, [.. rows.SelectMany(file => file)]);
                    last = day;
                    break;
                case Act.Widen:
                    table.Columns = "id long, name string, later string";
                    break;
                case Act.Compact:
                    if ((await table.CompactAsync()).Joined > 0)
                    {
                        model.Commit();
                    }

                    break;
                case Act.Restore:
                    await RestoreAsync(table, model, ids % (model.Newest + 1), pinned, isVacuumed);
                    // What was widened may be narrow again, which no load could follow.
                    table.Columns = "id long, name string, later string";
                    break;
                case Act.Retain:
                    await table.RetainAsync(days: files + 1, last);
                    model.Retain(files + 1, last);
                    break;
                case Act.Vacuum:
                    await table.VacuumAsync(TimeSpan.FromDays(files));
                    isVacuumed = true;
                    break;
                case Act.Publish:
                    await table.PublishAsync(model.Newest);
                    pinned.Add(model.Newest);
                    break;
            }

            await CheckAsync(table, model, pinned);
        }
    }

    private static async Task RestoreAsync(
        LoadedTable table,
        TableModel model,
        int version,
        List<int> pinned,
        bool isVacuumed
    )
    {
        try
        {
            await table.RestoreAsync(version);
            model.Restore(version);
        }
        catch (PipelineException gone)
        {
            Assert.True(isVacuumed && !pinned.Contains(version), gone.Message);
        }
    }

    private static async Task CheckAsync(LoadedTable table, TableModel model, List<int> pinned)
    {
        var snapshot = await table.SnapshotAsync();
        Assert.Equal(model.Newest, snapshot.Version);
        foreach (var version in pinned.Append(model.Newest).Distinct())
        {
            Assert.Equal(model.RowsOf(version), (await table.RowsAsync(version)).Order(StringComparer.Ordinal));
        }

        Assert.Equal(
            model.Done.Order(),
            Enumerable.Range(1, 9).Where(day => RawCommit.IsDone(snapshot, LoadedTable.Day(day)))
        );
        Assert.Empty(await table.ProblemsAsync());
    }
}
