namespace Sluice.IntegrationTests.Funnels;

/// <summary>A file of events with no project around it: what is read, whatever its format.</summary>
public sealed class EventFileTests
{
    [Theory]
    [InlineData("e.csv", "user_id,event,time\n1,a,0\n2,b,1\n")]
    [InlineData("e.csv", "user_id;event;time\n1;a;0\n2;b;1")]
    [InlineData("e.tsv", "user_id\tevent\ttime\n1\ta\t0\n2\tb\t1\n")]
    [InlineData("e.csv", "\ufeffuser_id,event,time\r\n1,a,0\r\n2,b,1\r\n")]
    [InlineData("e.csv", "user_id,event,time\r1,a,0\r2,b,1\r")]
    [InlineData("e.csv", "\"user_id\",\"event\",\"time\"\n\"1\",\"a\",\"0\"\n\n\"2\",\"b\",\"1\"\n")]
    [InlineData("e.csv", "USER_ID,Event,TIME\n1,a,0\n2,b,1\n")]
    [InlineData("e.txt", "user_id,event,time\n1,a,0\n2,b,1\n")]
    [InlineData(
        "events",
        "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n{\"user_id\":\"2\",\"event\":\"b\",\"time\":\"1\"}\n"
    )]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":\"1\",\"event\":\"a\",\"time\":0}\r\n\r\n {\"user_id\":2,\"event\":\"b\",\"time\":1.0}"
    )]
    [InlineData("e.csv", "\ufeff\"user_id\",\"event\",\"time\"\n\"1\",\"a\",\"0\"\n\"2\",b,1\n")]
    [InlineData("e.csv", "user_id|event|time\n1|a|0\n2|b|1\n")]
    [InlineData("e.json", "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n{\"user_id\":2,\"event\":\"b\",\"time\":1}")]
    [InlineData("e.ndjson", "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n{\"time\":1,\"event\":\"b\",\"user_id\":2}")]
    public async Task A_file_is_read_whatever_its_form(string name, string content)
    {
        using var file = EventFile.Text(name, content);
        Assert.Equal(["1|a|0", "2|b|1000000"], await file.RowsAsync());
    }

    [Theory]
    [InlineData("e.parquet")]
    [InlineData("events")]
    [InlineData("[e]*?.parquet")]
    [InlineData("day=1/it's {é}.parquet")]
    public async Task A_parquet_file_is_read_whatever_its_name(string name)
    {
        using var file = EventFile.Parquet(
            "select 1 as user_id, 'a' as event, timestamptz '1970-01-01 00:00:01Z' as time",
            name
        );

        Assert.Equal(["1|a|1000000"], await file.RowsAsync());
    }

    [Theory]
    [InlineData("[e]*?.csv")]
    [InlineData("day=1/it's \"{é}\".csv")]
    public async Task A_csv_file_is_read_whatever_its_name(string name)
    {
        using var file = EventFile.Text(name, "user_id,event,time\n1,a,1\n");

        Assert.Equal(["1|a|1000000"], await file.RowsAsync());
    }

    [Theory]
    [InlineData("1,2,-3", "long")]
    [InlineData("9223372036854775807,-9223372036854775808", "long")]
    [InlineData("9223372036854775808,1", "string")]
    [InlineData("01234,1", "string")]
    [InlineData("+1,1", "string")]
    [InlineData("1_000,1", "string")]
    [InlineData("0x10,1", "string")]
    [InlineData("1.5,2,-0.25,1e-7", "double")]
    [InlineData("1.50,01.5", "string")]
    [InlineData("1e999,1", "string")]
    [InlineData("NaN,1", "string")]
    [InlineData("true,false,True", "boolean")]
    [InlineData("true,1", "string")]
    [InlineData("2015-05-01,2015-05-02", "string")]
    [InlineData("1,x", "string")]
    [InlineData(",", "string")]
    public async Task A_property_in_csv_has_the_type_that_all_its_values_have(string values, string type)
    {
        var lines = values.Split(',').Select(value => $"1,a,0,{value}\n");
        using var file = EventFile.Text("e.csv", $"user_id,event,time,p\n1,a,0,\n{string.Concat(lines)}");

        Assert.Equal($"user_id string, event string, time timestamp, p {type}", await file.SchemaAsync());
        Assert.Equal(values.Split(',').Length + 1, (await file.RowsAsync()).Count);
    }

    [Theory]
    [InlineData("1,-2", "long", "1|-2")]
    [InlineData("1,2.5", "double", "1|2.5")]
    [InlineData("18446744073709551615,1", "string", "18446744073709551615|1")]
    [InlineData("true,false", "boolean", "True|False")]
    [InlineData("\"01\",\"2\"", "string", "01|2")]
    [InlineData("\"1\",2", "string", "1|2")]
    [InlineData("null,null", "string", "|")]
    [InlineData("{\"a\": [1]},[2]", "string", "{\"a\":[1]}|[2]")]
    [InlineData("\"é\\n\\\"\",\"\"", "string", "é\n\"|")]
    public async Task A_property_in_json_lines_has_the_type_that_all_its_values_have(
        string values,
        string type,
        string read
    )
    {
        var lines = values.Split(',').Select(value => $"{{\"user_id\":1,\"event\":\"a\",\"time\":0,\"p\":{value}}}\n");
        using var file = EventFile.Text("e.jsonl", string.Concat(lines));

        Assert.Equal($"user_id string, event string, time timestamp, p {type}", await file.SchemaAsync());
        Assert.Equal(read, string.Join('|', (await file.RowsAsync()).Select(row => row.Split('|')[3])));
    }

    [Fact]
    public async Task A_key_that_not_all_objects_have_is_null_in_the_others()
    {
        using var file = EventFile.Text(
            "e.jsonl",
            """
            {"user_id":1,"event":"a","time":0}
            {"user_id":2,"event":"b","time":1,"we ird\"k":5}
            """
        );

        Assert.Equal(["1|a|0|", "2|b|1000000|5"], await file.RowsAsync());
    }

    [Fact]
    public async Task Properties_in_parquet_keep_their_types_and_nested_ones_become_json()
    {
        using var file = EventFile.Parquet(
            "select 'u' as user_id, 'a' as event, 0 as time, 1::utinyint as n, 1.50::decimal(5,2) as d, date '2015-05-01' as day, {'k': [1]} as s, true as t, time '10:00' as clock, 170141183460469231731687303715884105727::hugeint as h"
        );

        Assert.Equal(
            "user_id string, event string, time timestamp, n short, d decimal(5,2), day date, s string, t boolean, clock string, h double",
            await file.SchemaAsync()
        );
        Assert.Equal(
            ["u|a|0|1|1.50|05/01/2015|{\"k\":[1]}|True|10:00:00|1.7014118346046923E+38"],
            await file.RowsAsync()
        );
    }

    [Fact]
    public async Task Quotes_hold_separators_line_breaks_and_quotes()
    {
        using var file = EventFile.Text(
            "e.csv",
            "user_id,event,time,p\r\n1,\"a, \"\"b\"\"\r\nc\",0,x\"y\r\n\"\",\"ü ☃\",1,\"\"\r\n"
        );

        Assert.Equal(["1|a, \"b\"\r\nc|0|x\"y", "|ü ☃|1000000|"], await file.RowsAsync());
    }

    [Fact]
    public async Task Line_breaks_in_quotes_are_no_rows_in_a_large_file()
    {
        // Longer than the pieces in which several threads would read it.
        var inner = string.Concat(Enumerable.Repeat("9,fake,9\n", 40));
        var lines = Enumerable
            .Range(0, 60_000)
            .Select(i => i % 3 == 0 ? $"{i},\"x\n{inner}\",{i}\n" : $"{i},plain,{i}\n");
        using var file = EventFile.Text("e.csv", $"user_id,event,time\n{string.Concat(lines)}");

        var answer = await file.AskAsync("plain", "fake");

        Assert.Equal(60_000, answer.Provenance.Rows);
        Assert.Equal([40_000, 0], answer.Total.Steps.Select(step => step.Count.Count));
    }

    [Fact]
    public async Task Numbers_and_texts_name_the_same_user()
    {
        using var file = EventFile.Text(
            "e.jsonl",
            """
            {"user_id":1,"event":"a","time":0}
            {"user_id":"1","event":"b","time":5}
            {"user_id":"01","event":"b","time":5}
            """
        );

        Assert.Equal([1, 1], (await file.AskAsync("a", "b")).Total.Steps.Select(step => step.Count.Count));
    }

    [Fact]
    public async Task Events_without_user_or_time_are_counted_apart()
    {
        using var file = EventFile.Text("e.csv", "user_id,event,time\n1,a,0\n,a,1\n1,b,\n1,b,2\n");

        var answer = await file.AskAsync("a", "b");

        Assert.Equal([1, 1], answer.Total.Steps.Select(step => step.Count.Count));
        Assert.Equal(4, answer.Provenance.Rows);
        Assert.Equal(1, answer.Provenance.EventsWithoutUnit);
        Assert.Equal(1, answer.Provenance.EventsWithoutTime);
    }

    [Theory]
    [InlineData("e.csv", "user_id,event,time\n1,a,0\n1,,1\n")]
    [InlineData("e.csv", "user_id,event,time\n1,a,0\n1,\"\",1\n")]
    [InlineData("e.jsonl", "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n{\"user_id\":1,\"event\":null,\"time\":1}\n")]
    [InlineData("e.jsonl", "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n{\"user_id\":1,\"time\":1}\n")]
    [InlineData("e.jsonl", "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n{\"user_id\":1,\"event\":\"\",\"time\":1}\n")]
    public async Task An_event_without_a_name_is_taken_by_a_star_alone(string name, string content)
    {
        using var file = EventFile.Text(name, content);

        Assert.Equal([1, 1], (await file.AskAsync("a", "*")).Total.Steps.Select(step => step.Count.Count));
        Assert.Equal([1, 0], (await file.AskAsync("a", "a*")).Total.Steps.Select(step => step.Count.Count));
    }

    [Fact]
    public async Task The_columns_can_have_other_names()
    {
        using var file = EventFile.Text("e.csv", "who,what,when,time\n01,a,5,x\n");
        file.Columns = new()
        {
            User = "who",
            Event = "WHAT",
            Time = "when",
        };

        Assert.Equal("who string, what string, when timestamp, time string", await file.SchemaAsync());
        Assert.Equal(["01|a|5000000|x"], await file.RowsAsync());
    }

    [Fact]
    public async Task A_table_without_times_answers_an_open_funnel()
    {
        using var file = EventFile.Text("e.csv", "user_id,event\n1,a\n1,b\n2,b\n");
        file.Columns = new();

        Assert.Equal(["1|a", "1|b", "2|b"], await file.RowsAsync());
    }

    [Fact]
    public async Task A_line_of_json_may_be_long()
    {
        var text = new string('x', 3_000_000);
        using var file = EventFile.Text(
            "e.jsonl",
            $"{{\"user_id\":1,\"event\":\"a\",\"time\":0,\"p\":\"{text}\"}}\n{{\"user_id\":2,\"event\":\"b\",\"time\":1}}"
        );

        Assert.Equal([$"1|a|0|{text}", "2|b|1000000|"], await file.RowsAsync());
    }

    [Fact]
    public async Task The_same_events_give_the_same_answer_from_every_format()
    {
        // Out of order, twice, at the same instant, with a fraction, without user and with names of any kind.
        string[] events =
        [
            "2|b|5.5|x",
            "2|a|1|",
            "1|a|3|y",
            "1|a|3|y",
            "1|ü b|3|y",
            "|a|1|x",
            "1|b|604803|z",
            "3|b|1|",
            "3|a|1|",
            "2|b|-7.25|x",
        ];
        var rows = events.Select(row => row.Split('|')).ToList();
        using var csv = EventFile.Text(
            "e.csv",
            "user_id,event,time,p\n" + string.Concat(rows.Select(row => $"{string.Join(',', row)}\n"))
        );
        using var json = EventFile.Text(
            "e.jsonl",
            string.Concat(
                rows.Select(row =>
                    $"{{\"user_id\":\"{row[0]}\",\"event\":\"{row[1]}\",\"time\":{row[2]},\"p\":\"{row[3]}\"}}\n"
                )
            )
        );
        using var parquet = EventFile.Parquet(
            "select * from (values "
                + string.Join(", ", rows.Select(row => $"('{row[0]}', '{row[1]}', {row[2]}::double, '{row[3]}')"))
                + ") t(user_id, event, time, p)"
        );

        foreach (var file in new[] { csv, json, parquet })
        {
            Assert.Equal(
                [
                    "2|b|5500000|x",
                    "2|a|1000000|",
                    "1|a|3000000|y",
                    "1|a|3000000|y",
                    "1|ü b|3000000|y",
                    "|a|1000000|x",
                    "1|b|604803000000|z",
                    "3|b|1000000|",
                    "3|a|1000000|",
                    "2|b|-7250000|x",
                ],
                await file.RowsAsync()
            );
            var answer = await file.AskAsync("a", "b");
            Assert.Equal([3, 3], answer.Total.Steps.Select(step => step.Count.Count));
            Assert.Equal(1, answer.Provenance.EventsWithoutUnit);
        }
    }
}
