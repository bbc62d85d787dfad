using System.Text;

namespace Sluice.IntegrationTests.Import;

/// <summary><c>sluice import</c>: CSV files into the raw zone.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Types = "select column_name || ' ' || column_type from (describe import.t) limit ";

    private readonly SluiceProject _project = new();

    public ImportTests() => _project.Write("sluice.yaml", "name: shop");

    [Fact]
    public void Types_are_inferred_from_the_values()
    {
        Load(
            """
            n,f,b,day,at,text,zip,mixed
            1,1,true,2015-05-01,2015-05-01T10:00:00Z,a,00123,1
            -9223372036854775808,2.5e3,FALSE,2015-05-02,2015-05-01 10:00:00.5+02:00,b,04711,x
            ,,,,,,,
            """
        );

        Assert.Equal(
            [
                "n BIGINT",
                "f DOUBLE",
                "b BOOLEAN",
                "day DATE",
                "at TIMESTAMP WITH TIME ZONE",
                "text VARCHAR",
                "zip VARCHAR",
                "mixed VARCHAR",
            ],
            _project.Query(Types + "8")
        );
        Assert.Equal(
            [
                "-9223372036854775808,2500,false,2015-05-02,2015-05-01T08:00:00.5Z,b,04711,x",
                "1,1,true,2015-05-01,2015-05-01T10:00:00Z,a,00123,1",
                ",,,,,,,",
            ],
            _project.Query("select n, f, b, day, \"at\", text, zip, mixed from import.t order by n nulls last")
        );
    }

    [Fact]
    public void Quotes_hold_separators_quotes_and_line_breaks()
    {
        Load("id,t\r\n1,\"a,b\"\r\n2,\"say \"\"hi\"\"\"\r\n3,\"two\nlines\"\r\n4,\"\"\r\n");
        Assert.Equal(
            ["a,b", "say \"hi\"", "two\nlines", ""],
            _project
                .Json("select coalesce(t, '') as t from import.t order by id")
                .Select(row => row.GetProperty("t").GetString())
        );
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        Load("\ufeffid,t\n1,é\n");
        Assert.Equal(["1,é"], _project.Query("select id, t from import.t"));
    }

    [Fact]
    public void Semicolons_separate_where_the_first_line_has_them()
    {
        Load("id;t\n1;a,b\n2;c\n");
        Assert.Equal(["1,a,b", "2,c"], _project.Query("select id, t from import.t order by id"));
    }

    [Fact]
    public void A_file_of_a_heading_alone_is_an_empty_table()
    {
        Load("id,t\n");
        Assert.Equal(["0"], _project.Query("select count(*) from import.t"));
    }

    [Fact]
    public void A_type_that_is_given_goes_before_the_inferred_one()
    {
        Load("id,n\n1,2\n", "--type", "n=string");
        Assert.Equal(["id BIGINT", "n VARCHAR"], _project.Query(Types + "2"));
    }

    [Theory]
    [InlineData("id,n\n1,2\n2,3\n3,4\n4,five\n", "t.csv:5", "'n'", "'five' is no long")]
    [InlineData("id,t\n1,\"two\n\nlines\"\n2,x\ny,z\n4,4\n", "t.csv:6", "'id'", "'y' is no long")]
    [InlineData("id,n\n1,2\n2\n", "t.csv:3", "'n'", "1 fields")]
    [InlineData("id,n\n1,2\n2,3,4\n", "t.csv:3", "'n'", "3 fields")]
    [InlineData("user_id,n\n1,2\n,3\n", "t.csv:3", "'user_id'", "the key is empty")]
    [InlineData("id,n\n1,9223372036854775807\n2,1\n3,9223372036854775808.5x\n", "t.csv:4", "'n'", "is no long")]
    public void A_bad_row_is_named_and_nothing_is_loaded(string text, params string[] words)
    {
        Write(text);
        Import().Fails(1, [.. words, "Nothing of the file was loaded"]);
        Assert.Empty(_project.Tables());
        _project.AssertNothingStaged();
    }

    [Fact]
    public void A_bad_row_far_down_is_named_and_nothing_is_loaded()
    {
        var text = new StringBuilder("id,t\n");
        for (var i = 1; i <= 150_000; i++)
        {
            text.Append(i == 140_000 ? "oops" : $"{i}").Append(",\"line one\nline two\"\n");
        }

        Write(text.ToString());
        Import().Fails(1, "t.csv:280000", "'id'", "'oops' is no long");
        Assert.Empty(_project.Tables());
        _project.AssertNothingStaged();
    }

    [Fact]
    public void An_empty_line_between_rows_is_no_row()
    {
        Write("id,n\n1,2\n\n2,3\n3,4\n4,five\n");
        Import().Fails(1, "t.csv:6", "'n'", "'five' is no long");
    }

    // The reader stops while the writer is at work on another thread: that must end in a message, every time.
    [Theory]
    [InlineData(16_384)]
    [InlineData(32_768)]
    [InlineData(50_000)]
    public void A_bad_row_behind_a_page_is_said_and_not_a_crash(int before)
    {
        Write("a,b\n" + string.Concat(Enumerable.Range(0, before).Select(i => $"{i},x{i}\n")) + "zz,x\n1,2\n");
        for (var attempt = 0; attempt < 4; attempt++)
        {
            Import().Fails(1, $"t.csv:{before + 2}", "'a'", "'zz' is no long");
        }

        Assert.Empty(_project.Tables());
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_named()
    {
        File.WriteAllBytes(Csv, [.. "id,t\n1,a\n2,"u8, 0xE9, .. "\n3,b\n"u8]);
        Import().Fails(1, "t.csv:3", "UTF-8");
        Assert.Empty(_project.Tables());
    }

    [Theory]
    [InlineData("", "t.csv")]
    [InlineData("id,,t\n1,2,3\n", "t.csv:1", "column 2 has no name")]
    [InlineData("id,ID\n1,2\n", "t.csv:1", "'ID' is there twice")]
    [InlineData("id,ds\n1,2015-05-01\n", "'ds'", "needs for itself")]
    public void A_heading_that_is_none_is_named(string text, params string[] words)
    {
        Write(text);
        Import().Fails(1, words);
        Assert.Empty(_project.Tables());
    }

    [Fact]
    public void A_key_can_be_named_and_must_not_be_empty()
    {
        Write("a,b\n1,\n");
        Import("--key", "b").Fails(1, "t.csv:2", "'b'", "the key is empty");
        Import("--key", "c").Fails(2, "no column 'c'");
        Import("--key", "a").Done();
    }

    [Theory]
    [InlineData("n=integre")]
    [InlineData("n")]
    [InlineData("m=string")]
    public void A_type_that_is_none_is_refused(string type)
    {
        Write("id,n\n1,2\n");
        Import("--type", type).Fails(2, type.Split('=')[0]);
        Assert.Empty(_project.Tables());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() => Import().Fails(1, "t.csv' is not there");

    [Fact]
    public void A_source_that_is_none_is_refused()
    {
        Write("id\n1\n");
        Import("--source", "elsewhere").Fails(2, "'elsewhere'");
    }

    [Fact]
    public void A_day_that_has_its_copy_is_kept_until_it_is_to_be_replaced()
    {
        Load("id\n1\n");
        Write("id\n2\n");

        Assert.Contains("nothing was changed", Import().Done().Output, StringComparison.Ordinal);
        _project.Run("model", "--date", SluiceProject.Day).Done();
        Assert.Equal(["1"], _project.Query("select id from import.t"));

        Import("--replace").Done();
        _project.Run("model", "--date", SluiceProject.Day).Done();
        Assert.Equal(["2"], _project.Query("select id from import.t"));
        Assert.Equal(["1"], _project.Query("select id from import.t", asOf: "1"));
    }

    [Fact]
    public void A_model_reads_the_newest_copy_up_to_its_day()
    {
        _project.Write("models/m.sql", "select id from {{ source('import', 't') }}");
        foreach (var day in new[] { "2015-05-01", "2015-05-03" })
        {
            Write($"id\n{day[^1]}\n");
            _project.Run("import", "t.csv", "--table", "t", "--date", day).Done();
        }

        _project.Run("model", "--date", "2015-05-02").Done();
        Assert.Equal(["1"], _project.Query("select id from m"));
        _project.Run("model", "--date", "2015-05-03").Done();
        Assert.Equal(["3"], _project.Query("select id from m"));
        _project.Run("model", "--date", "2015-04-30").Fails(1, "has no copy for 2015-04-30", "sluice import");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Two_million_rows_take_no_more_memory_than_few()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), PeakMemory.WhyLinux);
        using (var file = new StreamWriter(Csv))
        {
            file.WriteLine("user_id,page,at,price");
            for (var i = 0; i < 2_000_000; i++)
            {
                file.WriteLine($"{i},page number {i % 1000},2015-05-01T10:00:{i % 60:00}Z,{i % 977}.25");
            }
        }

        using var import = Cli.Start(_project.Folder, "import", "t.csv", "--table", "t", "--date", SluiceProject.Day);
        var peak = PeakMemory.Until(import);

        Assert.Contains("2,000,000 rows", Cli.Finish(import).Done().Output, StringComparison.Ordinal);
        Assert.InRange(peak, 10 << 20, 400 << 20);
    }

    public void Dispose() => _project.Dispose();

    private string Csv => Path.Combine(_project.Folder, "t.csv");

    private void Write(string text) => File.WriteAllText(Csv, text);

    private CliResult Import(params string[] options) =>
        _project.Run(["import", "t.csv", "--table", "t", "--date", SluiceProject.Day, .. options]);

    // Published, so that it can be queried.
    private void Load(string text, params string[] options)
    {
        Write(text);
        Import(options).Done();
        _project.Run("model", "--date", SluiceProject.Day).Done();
    }
}
