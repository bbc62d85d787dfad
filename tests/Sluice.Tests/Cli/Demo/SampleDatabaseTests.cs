using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

/// <summary>How the file comes to be.</summary>
public sealed class SampleDatabaseTests : IDisposable
{
    private static readonly SampleOptions Small = new() { Users = 2_000 };

    private readonly SampleFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Equal_options_give_equal_bytes()
    {
        using var other = SampleFile.Written(Small);
        _file.Write(Small);

        Assert.Equal(other.Hash(), _file.Hash());
    }

    /// <summary>A change here changes everyone's demo: say so in the changelog.</summary>
    [Fact]
    public void Rows_stay_the_same_from_release_to_release()
    {
        _file.Write(new SampleOptions { Users = 1 });

        Assert.Equal(
            ["566420,2015-03-12,2015-03-12 19:12:06.918"],
            _file.Rows(
                """
                select users.user_id, date, occurred_at
                from users, events
                order by event_id
                limit 1
                """
            )
        );
        Assert.Equal(
            ["ajs-next-1426187526918-cef67aa3-059f-40e4-b7df-ad5abfac3cf7"],
            _file.Rows("select message_id from events order by event_id limit 1")
        );
    }

    [Fact]
    public void Another_seed_gives_other_bytes()
    {
        using var other = SampleFile.Written(Small with { Seed = 2 });
        _file.Write(Small);

        Assert.NotEqual(other.Hash(), _file.Hash());
    }

    [Theory, InlineData(1), InlineData(7), InlineData(33)]
    public void Any_number_of_users_can_be_written(long users)
    {
        var summary = _file.Write(new SampleOptions { Users = users });

        Assert.Equal(users, summary.Users);
        Assert.Equal(users, _file.Number("select count(*) from users join step1 using (user_id)"));
    }

    [Fact]
    public void What_a_killed_run_left_is_replaced()
    {
        File.WriteAllText(_file.Path + ".tmp", "half a database");
        _file.Write(Small);

        Assert.Equal(["shop.db"], _file.FileNames);
        Assert.Equal(2_000, _file.Number("select count(*) from users"));
    }

    [Theory, InlineData(""), InlineData("-journal"), InlineData("-wal")]
    public void A_database_that_exists_is_left_alone(string suffix)
    {
        File.WriteAllText(_file.Path + suffix, "precious");

        Assert.Throws<IOException>(() => _file.Write(Small));
        Assert.Equal("precious", File.ReadAllText(_file.Path + suffix));
        Assert.Single(_file.FileNames);
    }

    [Fact]
    public void Cancelling_leaves_no_file()
    {
        using var cancellation = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() =>
            SampleDatabase.Write(_file.Path, new SampleOptions(), _ => cancellation.Cancel(), cancellation.Token)
        );
        Assert.Empty(_file.FileNames);
    }

    [Fact]
    public void Progress_is_told_every_few_thousand_users_and_at_the_end()
    {
        var told = new List<long>();
        SampleDatabase.Write(
            _file.Path,
            new SampleOptions { Users = 12_000 },
            told.Add,
            TestContext.Current.CancellationToken
        );

        Assert.Equal([5_000, 10_000, 12_000], told);
    }

    [Theory, InlineData(0), InlineData(SampleOptions.MaxUsers + 1)]
    public void A_number_of_users_out_of_range_is_refused(long users)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _file.Write(new() { Users = users }));
        Assert.Empty(_file.FileNames);
    }
}
