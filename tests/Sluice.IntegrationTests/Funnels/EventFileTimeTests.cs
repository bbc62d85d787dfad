using System.Globalization;
using Sluice.Core.Time;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>The time of events in a file: every form, to the microsecond.</summary>
public sealed class EventFileTimeTests
{
    [Theory]
    [InlineData("2015-05-01T12:00:00Z", 1430481600000000)]
    [InlineData("2015-05-01t12:00:00z", 1430481600000000)]
    [InlineData("2015-05-01 12:00", 1430481600000000)]
    [InlineData("2015-05-01T12:00Z", 1430481600000000)]
    [InlineData("2015-05-01T14:00:00+02:00", 1430481600000000)]
    [InlineData("2015-05-01T14:00+02", 1430481600000000)]
    [InlineData("2015-05-01 08:30:00-0330", 1430481600000000)]
    [InlineData("2015-05-01 08:30-03:30", 1430481600000000)]
    [InlineData("2015-05-01T12:00:00.5", 1430481600500000)]
    [InlineData("2015-05-01T12:00:00,123456+00:00", 1430481600123456)]
    [InlineData("2015-05-01T12:00:00.1234569Z", 1430481600123456)]
    [InlineData("1969-12-31T23:59:59.9999999Z", -1)]
    [InlineData("2015-05-01T12:00:00.123456789012+01", 1430478000123456)]
    [InlineData("2015-05-01", 1430438400000000)]
    [InlineData("0001-01-01", Micros.FirstOfYear1)]
    [InlineData("9999-12-31T23:59:59.999999Z", Micros.LastOfYear9999)]
    [InlineData("2016-02-29T00:00Z", 1456704000000000)]
    [InlineData("1430481600", 1430481600000000)]
    [InlineData("1430481600.123456", 1430481600123456)]
    [InlineData("1430481600.1234569", 1430481600123456)]
    [InlineData("4102444800.000001", 4102444800000001)]
    [InlineData("253402300799.999999", Micros.LastOfYear9999)]
    [InlineData("-62135596800", Micros.FirstOfYear1)]
    [InlineData("-0.5", -500000)]
    [InlineData("-1.0000001", -1000001)]
    [InlineData("-1.0000000", -1000000)]
    [InlineData("0", 0)]
    [InlineData("1e-6", 1)]
    [InlineData("-1.5E-05", -15)]
    [InlineData("1e3", 1000000000)]
    [InlineData("1.4304816E+09", 1430481600000000)]
    public async Task A_text_is_a_time(string text, long micros)
    {
        using var csv = EventFile.Text("e.csv", $"user_id;event;time\n1;a;{text}\n2;a;\n");
        using var json = EventFile.Text(
            "e.jsonl",
            $"{{\"user_id\":1,\"event\":\"a\",\"time\":\"{text}\"}}\n{{\"user_id\":2,\"event\":\"a\",\"time\":\"\"}}\n"
        );
        using var parquet = EventFile.Parquet(
            $"select 1 as user_id, 'a' as event, '{text}' as time union all select 2, 'a', null"
        );

        foreach (var file in new[] { csv, json, parquet })
        {
            Assert.Equal([$"1|a|{micros}", "2|a|"], await file.RowsAsync());
        }
    }

    [Theory]
    [InlineData("1430481600", 1430481600000000)]
    [InlineData("1430481600.123456", 1430481600123456)]
    [InlineData("-0.000001", -1)]
    [InlineData("1.4304816e9", 1430481600000000)]
    [InlineData("1e3", 1000000000)]
    [InlineData("0.00002", 20)]
    public async Task A_number_in_json_is_a_time(string number, long micros)
    {
        using var file = EventFile.Text(
            "e.jsonl",
            $"{{\"user_id\":1,\"event\":\"a\",\"time\":{number}}}\n{{\"user_id\":2,\"event\":\"a\",\"time\":null}}\n"
        );

        Assert.Equal([$"1|a|{micros}", "2|a|"], await file.RowsAsync());
    }

    [Theory]
    [InlineData("timestamptz '2015-05-01 14:00:00+02'", 1430481600000000, 1430481600000000)]
    [InlineData("timestamp '2015-05-01 12:00:00.123456'", 1430481600123456, 1430474400123456)]
    [InlineData("timestamp_ns '2015-05-01 12:00:00.123456789'", 1430481600123456, 1430474400123456)]
    [InlineData("timestamp_ns '1969-12-31 23:59:59.999999999'", -1, -3600000001)]
    [InlineData("timestamp_ms '2015-05-01 12:00:00.123'", 1430481600123000, 1430474400123000)]
    [InlineData("date '2015-05-01'", 1430438400000000, 1430431200000000)]
    [InlineData("1430481600::integer", 1430481600000000, 1430481600000000)]
    [InlineData("1430481600::bigint", 1430481600000000, 1430481600000000)]
    [InlineData("1430481600::uinteger", 1430481600000000, 1430481600000000)]
    [InlineData("1430481600.123456::double", 1430481600123456, 1430481600123456)]
    [InlineData("1430481600.123456::decimal(18,6)", 1430481600123456, 1430481600123456)]
    [InlineData("1e-6::double", 1, 1)]
    public async Task A_column_of_parquet_is_a_time(string value, long utc, long berlin)
    {
        var select = $"select 1 as user_id, 'a' as event, {value} as time union all select 2, 'a', null";
        using var inUtc = EventFile.Parquet(select);
        using var inBerlin = EventFile.Parquet(select, zone: "Europe/Berlin");

        Assert.Equal([$"1|a|{utc}", "2|a|"], await inUtc.RowsAsync());
        Assert.Equal([$"1|a|{berlin}", "2|a|"], await inBerlin.RowsAsync());
    }

    [Fact]
    public async Task A_time_of_the_old_type_of_spark_is_utc()
    {
        // 2015-05-01 12:00:00.123456789 as INT96, written by ParquetSharp: the type says no zone, and Spark means UTC.
        const string Int96 =
            "UEFSMRUAFQoVCiwVAhUAFQYVBgAAAQAAADEVABUKFQosFQIVABUGFQYAAAEAAABhFQAVGBUYLBUCFQAVBhUGAAAVTQ"
            + "NQSicAADh+JQAZHBYIFSwWAAAZFgIAGRwWNBUsFgAAGRYCABkcFmAVOhYAAAAVBBlMNQAYBnNjaGVtYRUGABUMJQAY"
            + "B3VzZXJfaWQlAEwcAAAAFQwlABgFZXZlbnQlAEwcAAAAFQYlABgEdGltZQAWAhkcGTwmABwVDBklBgAZGAd1c2VyX2"
            + "lkFQAWAhYsFiwmCEkcFQAVABUCADwWAhkGGQYAABaaARUaACYAHBUMGSUGABkYBWV2ZW50FQAWAhYsFiwmNEkcFQAV"
            + "ABUCADwWAhkGGQYAABa0ARUaACYAHBUGGSUGABkYBHRpbWUVABYCFjoWOiZgSRwVABUAFQIAABbOARUUABaSARYCJg"
            + "gWkgEAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRk8HAAAHAAAHAAAABMBAABQQVIx";
        using var file = EventFile.Bytes("e.parquet", Convert.FromBase64String(Int96), "Europe/Berlin");

        Assert.Equal(["1|a|1430481600123456"], await file.RowsAsync());
    }

    [Theory]
    [InlineData("2015-05-01T12:00:00", "2015-05-01T10:00:00Z")]
    [InlineData("2015-05-01T12:00:00Z", "2015-05-01T12:00:00Z")]
    [InlineData("2015-05-01T12:00:00-01:00", "2015-05-01T13:00:00Z")]
    [InlineData("2015-01-01", "2014-12-31T23:00:00Z")]
    [InlineData("2015-03-29T01:59:59.999999", "2015-03-29T00:59:59.999999Z")]
    [InlineData("2015-03-29T02:30:00", "2015-03-29T01:30:00Z")]
    [InlineData("2015-03-29T03:00:00", "2015-03-29T01:00:00Z")]
    [InlineData("2015-10-25T02:30:00", "2015-10-25T00:30:00Z")]
    [InlineData("2015-10-25T03:00:00", "2015-10-25T02:00:00Z")]
    public async Task A_time_that_says_no_zone_is_one_of_the_wall_clock(string text, string utc)
    {
        using var file = EventFile.Text(
            "e.csv",
            $"user_id,event,time\n1,a,1999-01-01T12:00:00\n1,a,{text}\n",
            "Europe/Berlin"
        );
        var micros = Micros.From(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture));

        Assert.Equal($"1|a|{micros}", (await file.RowsAsync())[1]);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Pacific/Apia")]
    [InlineData("Asia/Kathmandu")]
    public async Task Every_hour_of_the_wall_clock_is_what_local_time_says(string zone)
    {
        var first = Micros.From(new DateTimeOffset(2009, 1, 1, 0, 30, 0, TimeSpan.Zero));
        var locals = Enumerable.Range(0, 4 * 8766).Select(hour => first + (hour * 3_600_000_000L)).ToList();
        using var file = EventFile.Text(
            "e.csv",
            $"user_id,event,time\n{string.Concat(locals.Select(local => $"1,a,{Micros.ToInstant(local):yyyy-MM-ddTHH:mm}\n"))}",
            zone
        );
        var expected = locals.Select(local =>
            $"1|a|{LocalTime.ToUtc(local, TimeZoneInfo.FindSystemTimeZoneById(zone))}"
        );

        Assert.Equal(expected, await file.RowsAsync());
    }

    [Fact]
    public async Task Times_with_and_without_offset_may_stand_in_one_file()
    {
        using var file = EventFile.Text(
            "e.csv",
            "user_id,event,time\n1,a,2015-05-01T12:00:00Z\n1,a,2015-05-01\n",
            "Europe/Berlin"
        );

        Assert.Equal(["1|a|1430481600000000", "1|a|1430431200000000"], await file.RowsAsync());
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2015-02-29")]
    [InlineData("2015-13-01")]
    [InlineData("2015-5-1")]
    [InlineData("2015-05-01T24:00:00")]
    [InlineData("2015-05-01T12:60")]
    [InlineData("2015-05-01T12:00:60Z")]
    [InlineData("2015-05-01T12")]
    [InlineData("2015-05-01T12:00:00.")]
    [InlineData("2015-05-01T12:00:00 Z")]
    [InlineData("2015-05-01T12:00:00+24:00")]
    [InlineData("2015-05-01T12:00:00+02:60")]
    [InlineData(" 2015-05-01")]
    [InlineData("01/05/2015")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("10000-01-01")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("infinity")]
    [InlineData("epoch")]
    [InlineData("now")]
    [InlineData("253402300800")]
    [InlineData("-62135596801")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1430481600.")]
    [InlineData("+1430481600")]
    [InlineData("true")]
    public async Task What_is_no_time_is_said_with_its_line(string text)
    {
        using var csv = EventFile.Text("e.csv", $"user_id;event;time\n1;\"a\nb\";\n\n2;a;{text}\n");
        using var json = EventFile.Text("e.jsonl", $"\n{{\"user_id\":1,\"event\":\"a\",\"time\":\"{text}\"}}\n");

        Assert.StartsWith(
            $"PATH:5: the column 'time' has a value that is no time: '{text}'. ",
            await csv.ErrorAsync(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"PATH:2: the column 'time' has a value that is no time: '{text}'. ",
            await json.ErrorAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "0\n2015-05-01\n1\n",
        "PATH:3: the column 'time' has a value that is no time: '2015-05-01'. The others are seconds since 1970: write all alike."
    )]
    [InlineData(
        "2015-05-01\n2015-05-02\nx\n1\n7\n",
        "PATH:4: the column 'time' has 3 values that are no time; the first is 'x'. Write 2015-05-01T12:30:00Z"
    )]
    [InlineData(
        "2015-05-01\n1430481600\n",
        "PATH:3: the column 'time' has a value that is no time: '1430481600'. The others are ISO 8601: write all alike."
    )]
    [InlineData(
        "NaN\n",
        "PATH:2: the column 'time' has a value that is no time: 'NaN'. Write 2015-05-01T12:30:00Z, 2015-05-01 or seconds since 1970"
    )]
    [InlineData(
        "1e400\n",
        "PATH:2: the column 'time' has a value that is no time: '1e400'. Write 2015-05-01T12:30:00Z, 2015-05-01 or seconds since 1970"
    )]
    [InlineData(
        "1.43E+12\n",
        "PATH:2: the column 'time' has a value that is no time: '1.43E+12'. Numbers are seconds since 1970"
    )]
    [InlineData(
        "1430481600123\n",
        "PATH:2: the column 'time' has a value that is no time: '1430481600123'. Numbers are seconds since 1970"
    )]
    [InlineData(
        "20150501\n20150502\n",
        "PATH:2: the column 'time' has 2 values that are no time but a date; the first is '20150501'. Write the date as 2015-05-01."
    )]
    public async Task All_values_of_a_column_are_read_alike(string values, string error)
    {
        var lines = values.TrimEnd('\n').Split('\n').Select(value => $"1,a,{value}\n");
        using var file = EventFile.Text("e.csv", $"user_id,event,time\n{string.Concat(lines)}");

        Assert.StartsWith(error, await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'nan'::double", "PATH: row 1: the column 'time' has a value that is no time: 'nan'.")]
    [InlineData("'infinity'::double", "PATH: row 1: the column 'time' has a value that is no time: 'inf'.")]
    [InlineData(
        "1430481600123::bigint",
        "PATH: row 1: the column 'time' has a value that is no time: '1430481600123'. Numbers are seconds"
    )]
    [InlineData("date '10000-01-01'", "PATH: row 1: the column 'time' has a value that is no time: '10000-01-01'.")]
    [InlineData("true", "The column 'time' is no time but BOOLEAN.")]
    [InlineData("'a'::blob", "The column 'time' is no time but BLOB.")]
    [InlineData("time '10:00'", "PATH: row 1: the column 'time' has a value that is no time: '10:00:00'.")]
    public async Task A_column_of_parquet_that_is_no_time_is_said(string value, string error)
    {
        using var file = EventFile.Parquet($"select 1 as user_id, 'a' as event, {value} as time");

        Assert.StartsWith(error, await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_time_outside_of_the_years_in_utc_is_said()
    {
        using var file = EventFile.Text("e.csv", "user_id,event,time\n1,a,0001-01-01\n", "Europe/Berlin");

        Assert.Contains("outside of the years 1 to 9999", await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_any_time_has_events_without_time()
    {
        using var file = EventFile.Text("e.csv", "user_id,event,time\n1,a,\n");

        Assert.Equal(["1|a|"], await file.RowsAsync());
    }

    [Fact]
    public async Task A_file_without_a_column_of_times_is_read_where_none_are_asked_for()
    {
        using var file = EventFile.Text("e.csv", "user_id,event\n1,a\n");
        Assert.StartsWith("The file 'PATH' has no column 'time'", await file.ErrorAsync(), StringComparison.Ordinal);

        file.AsksTimes = false;

        Assert.Equal("user_id string, event string", await file.SchemaAsync());
        Assert.Equal(["1|a"], await file.RowsAsync());
    }

    [Fact]
    public async Task A_column_that_is_called_like_a_time_is_not_left_out_unsaid()
    {
        using var file = EventFile.Text("e.csv", "user_id,event,ts\n1,a,1\n");
        file.AsksTimes = false;

        Assert.EndsWith("Did you mean --columns time=ts?", await file.ErrorAsync(), StringComparison.Ordinal);
        file.Columns = new() { Time = "seen" };
        Assert.StartsWith("The file 'PATH' has no column 'seen'", await file.ErrorAsync(), StringComparison.Ordinal);
    }
}
