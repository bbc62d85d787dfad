using System.Globalization;
using Sluice.Core;
using Sluice.Core.Models.Building;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Models;

public sealed class SourceCopyTests
{
    [Theory]
    [InlineData("1 2 3", 2, "2")]
    [InlineData("2", 2, "2")]
    public void The_copy_is_that_of_the_runs_own_day(string loaded, int day, string chosen) =>
        Assert.Equal(chosen, Select(loaded, day, isImport: false));

    [Theory]
    [InlineData("2", 2, "2")]
    [InlineData("1 2 3", 2, "2")]
    [InlineData("1 3", 2, "1")]
    [InlineData("3 1", 2, "1")]
    [InlineData("1", 9, "1")]
    public void Of_an_import_it_is_the_newest_up_to_the_day(string loaded, int day, string chosen) =>
        Assert.Equal(chosen, Select(loaded, day, isImport: true));

    [Theory]
    [InlineData("1 3", 2, false, " It has 2015-05-01, 2015-05-03.", "sluice extract --date 2015-05-02")]
    [InlineData("", 2, false, "", "sluice extract --date 2015-05-02")]
    [InlineData("3", 2, true, " It has 2015-05-03.", "sluice import FILE.csv --table users --date 2015-05-02")]
    [InlineData(
        "1 2 3 4 5 6",
        9,
        false,
        " It has 2015-05-02, 2015-05-03, 2015-05-04, 2015-05-05, 2015-05-06.",
        "sluice extract --date 2015-05-09"
    )]
    public void Without_a_copy_it_says_what_there_is_and_what_to_do(
        string loaded,
        int day,
        bool isImport,
        string others,
        string command
    )
    {
        var failure = Assert.Throws<PipelineException>(() => Select(loaded, day, isImport));

        Assert.Equal($"The table raw/app/users has no copy for {Day(day).Ds}.{others}", failure.Message);
        Assert.Equal($"Run '{command}' first.", failure.Hint);
    }

    [Fact]
    public void A_table_that_does_not_exist_has_no_copy() =>
        Assert.Throws<PipelineException>(() =>
            SourceCopy.Select(TableId.Raw("app", "users"), snapshot: null, Day(1), isImport: false, TimeZoneInfo.Utc)
        );

    [Fact]
    public void An_empty_copy_is_a_copy_without_files()
    {
        var snapshot = Snapshot("1") with { Files = [] };

        Assert.Empty(SourceCopy.Select(snapshot.Table, snapshot, Day(1), isImport: false, TimeZoneInfo.Utc).Files);
    }

    [Fact]
    public void A_model_run_does_not_make_a_copy()
    {
        var snapshot = Snapshot("1") with
        {
            Transactions = new Dictionary<string, long> { [TaskToken.ModelOf(Day(1))] = 1 },
        };

        Assert.Throws<PipelineException>(() =>
            SourceCopy.Select(snapshot.Table, snapshot, Day(1), isImport: false, TimeZoneInfo.Utc)
        );
    }

    private static string Select(string loaded, int day, bool isImport)
    {
        var snapshot = Snapshot(loaded);
        var relation = SourceCopy.Select(snapshot.Table, snapshot, Day(day), isImport, TimeZoneInfo.Utc);
        return string.Join(' ', relation.Files.Select(file => file.Path));
    }

    // A table with a copy of one file for each of the days.
    private static TableSnapshot Snapshot(string days)
    {
        var loaded = days.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(day => (Day: day, Interval: Day(int.Parse(day, CultureInfo.InvariantCulture))))
            .ToList();
        return new()
        {
            Table = TableId.Raw("app", "users"),
            Incarnation = "i",
            Version = 0,
            Schema = new([new("user_id", ColumnKind.Long)]),
            Files =
            [
                .. loaded.Select(copy => new DataFile
                {
                    Path = copy.Day,
                    Bytes = 1,
                    Rows = 1,
                    Interval = copy.Interval.Id,
                }),
            ],
            Transactions = loaded.ToDictionary(copy => TaskToken.ExtractOf(copy.Interval), _ => 1L),
            CommittedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private static DataInterval Day(int day) => DataInterval.OfDay(new(2015, 5, day), TimeZoneInfo.Utc);
}
