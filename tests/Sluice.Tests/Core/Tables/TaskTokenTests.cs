using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Tables;

public sealed class TaskTokenTests
{
    private static readonly DataInterval May1 = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
    private static readonly DataInterval May2 = DataInterval.OfDay(new(2015, 5, 2), TimeZoneInfo.Utc);

    [Fact]
    public void The_first_token_of_a_table_is_1() => Assert.Equal(new("x", 1), TaskToken.Next("x", snapshot: null));

    [Fact]
    public void A_token_is_above_every_token_in_the_table()
    {
        var snapshot = Snapshot((TaskToken.ExtractOf(May1), 7), (TaskToken.ModelOf(May2), 9));

        Assert.Equal(new(TaskToken.ExtractOf(May2), 10), TaskToken.Next(TaskToken.ExtractOf(May2), snapshot));
    }

    [Fact]
    public void A_token_that_was_given_knows_what_came_before_it()
    {
        var snapshot = Snapshot((TaskToken.ExtractOf(May1), 7));

        Assert.Equal(
            new(TaskToken.ExtractOf(May1), 9) { After = 7 },
            TaskToken.Next(TaskToken.ExtractOf(May1), snapshot, own: 9)
        );
    }

    [Fact]
    public void A_watermark_is_no_token() =>
        Assert.Equal(3, TaskToken.Next("x", Snapshot((TaskToken.ExtractOf(May1), 2), ("sluice.high", 99))).Version);

    [Fact]
    public void Extracting_and_modeling_one_interval_are_two_applications() =>
        Assert.NotEqual(TaskToken.ExtractOf(May1), TaskToken.ModelOf(May1));

    [Fact]
    public void An_interval_is_extracted_once_its_version_is_above_0() =>
        Assert.Equal(
            [May1.Id],
            TaskToken.ExtractedIntervals(
                Snapshot(
                    (TaskToken.ExtractOf(May1), 1),
                    (TaskToken.ExtractOf(May2), 0),
                    (TaskToken.ModelOf(May2), 3),
                    ("sluice.high", 5)
                )
            )
        );

    private static TableSnapshot Snapshot(params (string Application, long Version)[] transactions) =>
        new()
        {
            Table = TableId.Raw("app", "users"),
            Incarnation = "i",
            Version = 0,
            Schema = new([]),
            Files = [],
            Transactions = transactions.ToDictionary(txn => txn.Application, txn => txn.Version),
            CommittedAt = DateTimeOffset.UnixEpoch,
        };
}
