using Microsoft.Extensions.Time.Testing;
using Sluice.Cli.Output;

namespace Sluice.Tests.Cli.Output;

public sealed class ProgressPaceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Rate_and_remaining_time_come_after_a_second()
    {
        var pace = new ProgressPace(_clock);
        Assert.Equal("░░░░░░░░░░░░░░░░░░░░  0 of about 4,000,000 rows", pace.Words(new(0, 4_000_000)));

        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(
            "█████░░░░░░░░░░░░░░░  1,000,000 of about 4,000,000 rows  250,000 rows/s  12 s left",
            pace.Words(new(1_000_000, 4_000_000))
        );
    }

    [Fact]
    public void What_an_earlier_run_had_read_is_no_speed_of_this_one()
    {
        var pace = new ProgressPace(_clock);
        pace.Words(new(900_000));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("901,000 rows  500 rows/s", pace.Words(new(901_000)));
    }

    [Fact]
    public void The_last_ten_seconds_count()
    {
        var pace = new ProgressPace(_clock);
        for (var second = 0; second <= 10; second++)
        {
            pace.Words(new(second * 100_000));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var words = "";
        for (var second = 1; second <= 11; second++)
        {
            words = pace.Words(new(1_000_000 + (second * 10), Note: "the throttle's reason"));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("1,000,110 rows  10 rows/s  (the throttle's reason)", words);
    }

    [Fact]
    public void More_rows_than_expected_show_no_bar_and_a_standstill_no_remaining_time()
    {
        var pace = new ProgressPace(_clock);
        pace.Words(new(5));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("5 rows  0 rows/s", pace.Words(new(5, 5)));
        Assert.Equal("██████████░░░░░░░░░░  5 of about 10 rows  0 rows/s", pace.Words(new(5, 10)));
    }
}
