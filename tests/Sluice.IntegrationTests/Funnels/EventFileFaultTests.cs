namespace Sluice.IntegrationTests.Funnels;

/// <summary>Files that are no events: each says what is wrong, where, and what to do.</summary>
public sealed class EventFileFaultTests
{
    private const string Head = "user_id,event,time\n";
    private const string Object = "{\"user_id\":1,\"event\":\"a\",\"time\":0}\n";

    [Theory]
    [InlineData("e.csv", "", "The file 'PATH' is empty.")]
    [InlineData("e.csv", Head, "The file 'PATH' has columns and no events.")]
    [InlineData("e.csv", "user_id,event,time", "The file 'PATH' has columns and no events.")]
    [InlineData("e.csv", "\n" + Head + "1,a,0\n", "PATH:1: the first line is empty.")]
    [InlineData("e.csv", "user_id,event,time,\n1,a,0,\n", "PATH:1: column 4 has no name.")]
    [InlineData(
        "e.csv",
        "userid,event,time\n1,a,0\n",
        "The file 'PATH' has no column 'user_id', which says whose event it is; it has userid, event, time. Did you mean --columns user_id=userid?"
    )]
    [InlineData(
        "e.csv",
        "user_id,name,time\n1,a,0\n",
        "The file 'PATH' has no column 'event', which says what happened; it has user_id, name, time. Did you mean --columns event=name?"
    )]
    [InlineData(
        "e.csv",
        "user_id,event,timestamp\n1,a,0\n",
        "The file 'PATH' has no column 'time', which says when it happened; it has user_id, event, timestamp. Did you mean --columns time=timestamp?"
    )]
    [InlineData(
        "e.csv",
        "ts,User Id,sku\n0,1,a\n",
        "The file 'PATH' has no column 'user_id', which says whose event it is, and no 'event', which says what happened, and no 'time', which says when it happened; it has ts, User Id, sku. Say which column it is: --columns \"user_id=User Id,event=COLUMN,time=ts\""
    )]
    [InlineData(
        "e.csv",
        "distinct_id,user_name,event_name,event_time\n1,u,a,0\n",
        "The file 'PATH' has no column 'user_id', which says whose event it is, and no 'event', which says what happened, and no 'time', which says when it happened; it has distinct_id, user_name, event_name, event_time. Did you mean --columns user_id=distinct_id,event=event_name,time=event_time?"
    )]
    [InlineData(
        "e.csv",
        "xs,event,time\n1,a,0\n",
        "The file 'PATH' has no column 'user_id', which says whose event it is; it has xs, event, time. Say which column it is: --columns user_id=COLUMN"
    )]
    [InlineData("e.csv", "user_id,event,time,event\n1,a,0,b\n", "The file 'PATH' has two columns 'event'.")]
    [InlineData(
        "e.csv",
        "user_id,event,time,Time\n1,a,0,b\n",
        "The file 'PATH' has the columns 'time' and 'Time', which differ only in case."
    )]
    [InlineData("e.csv", Head + "1,a,0\n1,a\n", "PATH:3: the row has 2 fields and the first line 3.")]
    [InlineData("e.csv", Head + "1,a,0\n1,a,0,x\n", "PATH:3: the row has 4 fields and the first line 3.")]
    [InlineData("e.csv", Head + "1,\"a,0\n1,a,0\n", "PATH:2: a quote is not closed")]
    [InlineData(
        "e.csv",
        Head + "1,\"a\"b,0\n1,a,0\n",
        "PATH:2: a quote is not closed, or something follows it in its field."
    )]
    [InlineData("e.csv", Head + "1,a,0\r\n1,a,0\n", "PATH: some lines end with CR LF and others with LF")]
    [InlineData("e.jsonl", "", "The file 'PATH' is empty.")]
    [InlineData("e.jsonl", "\n  \n", "The file 'PATH' has no events.")]
    [InlineData("e.jsonl", Object + "\n{\"user_id\":1,\n", "PATH:3: the line is no JSON object: ")]
    [InlineData("e.jsonl", Object + "[1]\n", "PATH:2: the line is no JSON object.")]
    [InlineData("e.jsonl", Object + "null\n", "PATH:2: the line is no JSON object.")]
    [InlineData("e.jsonl", "7\n", "PATH:1: the line is no JSON object.")]
    [InlineData("e.jsonl", "{\n\"user_id\":1\n}\n", "PATH:1: the line is no JSON object: ")]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":1,\"event\":\"a\",\"time\":0}{\"a\":1}\n",
        "PATH:1: the line is no JSON object: "
    )]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":1,\"event\":\"a\",\"event\":\"b\",\"time\":0}\n",
        "PATH:1: the object has the key 'event' twice."
    )]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":1,\"event\":\"a\",\"\":\"b\",\"time\":0}\n",
        "PATH:1: the object has a key without a name."
    )]
    [InlineData(
        "e.json",
        "[" + Object + "]",
        "The file 'PATH' is a JSON array, and one object per line is wanted. Write its objects into lines: jq -c '.[]' FILE."
    )]
    [InlineData("e.json", "\ufeff" + Object, "The file 'PATH' begins with a byte order mark")]
    [InlineData("e.jsonl", "{\"user_id\":1,\"event\":\"a\"}\n", "The file 'PATH' has no column 'time'")]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":1,\"event\":\"a\",\"time\":true}\n",
        "The column 'time' is no time but BOOLEAN."
    )]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":1,\"event\":\"a\",\"time\":{\"at\":1}}\n",
        "PATH:1: the column 'time' has a value that is no time: '{\"at\":1}'."
    )]
    [InlineData(
        "e.jsonl",
        "{\"user_id\":1,\"event\":\"a\",\"time\":0,\"A\":1,\"a\":2}\n",
        "The file 'PATH' has the columns 'A' and 'a', which differ only in case."
    )]
    [InlineData("e.parquet", "PAR1", "PATH: the file is no complete Parquet file: ")]
    [InlineData("e.parquet", "user_id,event,time\n1,a,2\n", "PATH: the file is no complete Parquet file: ")]
    [InlineData("e.csv", "PAR1 and so on", "The file 'PATH' is Parquet, and its name says otherwise.")]
    [InlineData("e.csv", "user_id,event,time\n1,\0,2\n", "The file 'PATH' is binary")]
    public async Task A_file_that_is_no_events_is_said(string name, string content, string error)
    {
        using var file = EventFile.Text(name, content);

        Assert.StartsWith(error, await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e.csv", new byte[] { 0xff, 0xfe, 0x75, 0 }, "The file 'PATH' is UTF-16, and UTF-8 is wanted.")]
    [InlineData("e.csv.gz", new byte[] { 0x1f, 0x8b, 8, 0 }, "The file 'PATH' is compressed. Unpack it: gunzip FILE.")]
    [InlineData("e.csv", new byte[] { 0x75, 0xe9, 0x2c, 0x0a }, "PATH:1: the line is not UTF-8.")]
    public async Task A_file_of_bytes_is_said(string name, byte[] content, string error)
    {
        using var file = EventFile.Bytes(name, content);

        Assert.StartsWith(error, await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e.csv", Head + "1,a,0\n1,caf#,0\n", "PATH:3: the line is not UTF-8.")]
    [InlineData(
        "e.jsonl",
        Object + "{\"user_id\":1,\"event\":\"caf#\",\"time\":0}\n",
        "PATH:2: the line is not UTF-8."
    )]
    public async Task Another_encoding_is_said_with_the_line(string name, string content, string error)
    {
        using var file = EventFile.Bytes(name, [.. content.Select(c => c == '#' ? (byte)0xe9 : (byte)c)]);

        Assert.StartsWith(error, await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e.csv", Head, "1,a,0\n", "1,caf#,0\n", 100_002, "the line is not UTF-8.")]
    [InlineData("e.csv", Head, "1,a,0\n", "1,a\n", 100_002, "the row has 2 fields and the first line 3.")]
    [InlineData("e.csv", Head, "1,a,0\n", "1,a,x\n", 100_002, "the column 'time' has a value that is no time: 'x'.")]
    [InlineData("e.csv", Head, "1,\"a\",0\n", "1,\"a,0\n", 100_002, "a quote is not closed")]
    [InlineData("e.jsonl", "", Object, "{}}\n", 100_001, "the line is no JSON object: ")]
    [InlineData("e.jsonl", "\n", Object, "7\n", 100_002, "the line is no JSON object.")]
    public async Task What_is_wrong_far_down_is_said_with_its_line(
        string name,
        string head,
        string line,
        string wrong,
        int number,
        string error
    )
    {
        var content = head + string.Concat(Enumerable.Repeat(line, 100_000)) + wrong;
        using var file = EventFile.Bytes(name, [.. content.Select(c => c == '#' ? (byte)0xe9 : (byte)c)]);

        Assert.StartsWith($"PATH:{number}: {error}", await file.ErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_parquet_file_is_said()
    {
        using var whole = EventFile.Parquet("select i as user_id, 'a' as event, i as time from range(10000) t(i)");
        using var cut = EventFile.Bytes("e.parquet", whole.Content()[..^100]);

        Assert.StartsWith(
            "PATH: the file is no complete Parquet file: ",
            await cut.ErrorAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Json_lines_that_are_called_csv_are_said()
    {
        using var file = EventFile.Text("e.csv", """{"user_id": 1, "event": "a", "time": 1}""");

        Assert.Equal(
            "The file 'PATH' is JSON lines, and its name says otherwise. Name it FILE.jsonl.",
            await file.ErrorAsync()
        );
    }

    [Fact]
    public async Task A_parquet_file_without_rows_is_said()
    {
        using var file = EventFile.Parquet("select 1 as user_id, 'a' as event, 1 as time where false");

        Assert.Equal("The file 'PATH' has columns and no events.", await file.ErrorAsync());
    }

    [Fact]
    public async Task A_folder_and_a_missing_file_are_said()
    {
        using var folder = EventFile.Folder("e.csv");
        using var missing = EventFile.Missing("e.csv");

        Assert.Equal("'PATH' is a folder, and one file is wanted.", await folder.ErrorAsync());
        Assert.Equal("The file 'PATH' is not there.", await missing.ErrorAsync());
    }

    [Fact]
    public async Task Values_among_the_names_are_said()
    {
        var names = string.Concat(Enumerable.Range(0, 1000).Select(i => $",p{i}"));
        using var file = EventFile.Text("e.csv", $"user_id,event,time{names}\n");

        Assert.StartsWith(
            "The file 'PATH' has 1003 columns, and 1000 are the most",
            await file.ErrorAsync(),
            StringComparison.Ordinal
        );
    }
}
