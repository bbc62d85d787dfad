using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Core.Sql;

namespace Sluice.IntegrationTests.Names;

/// <summary>Names are data: whatever they contain goes through unharmed.</summary>
public sealed class NameTests(NameTests.OddTables odd) : IClassFixture<NameTests.OddTables>
{
    private const string OddPath = "it's a \"shop\" of ds=2015-01-01 é漢  %41 {b} -- ; drop";

    // To an engine these are a pattern.
    private const string PatternPath = "[ab] * ?";

    private static readonly string[] OddNames =
    [
        "with space",
        "a/b",
        "..",
        ".",
        "%41",
        "%",
        "quote \" one",
        "quote ' one",
        "we\"ird 'name' ; drop table users; -- é漢",
        "*[x]?",
        "back\\slash",
        "_leading",
        ".hidden",
        "é漢 \ud83d\ude00",
        "{{ ref('x') }}",
        "a.b",
        "$1 $x ?",
        "ds=2015-01-01",
        "select",
        "new\nline",
        "-dash",
        "#hash: yaml",
    ];

    public static TheoryData<string> All => [.. OddNames];

    public static TheoryData<string> InTemplates => [.. OddNames.Where(IsInTemplates)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_table_and_column_of_such_a_name_are_extracted(string name) =>
        Assert.Equal(
            $"value of {name}",
            odd.Project.Value($"select {SqlIdentifier.Quote(name)} from app.{SqlIdentifier.Quote(name)}")
        );

    [Theory]
    [MemberData(nameof(InTemplates))]
    public void A_model_reads_a_table_of_such_a_name(string name) =>
        Assert.Equal($"value of {name}", odd.Project.Value($"select v from m{Array.IndexOf(OddNames, name)}"));

    [Fact]
    public void Tables_of_such_names_are_listed()
    {
        using var json = JsonDocument.Parse(odd.Project.Run("tables", "--format", "json").Done().Output);
        var names = json.RootElement.EnumerateArray().Select(table => table.GetProperty("name").GetString());
        Assert.Superset(OddNames.Select(name => $"app.{name}").ToHashSet(), names.ToHashSet()!);
    }

    [Fact]
    public void No_name_leads_out_of_the_lake()
    {
        string[] folders = [Path.Combine("raw", "app"), "marts"];
        Assert.All(
            odd.Project.Tables(),
            table =>
                Assert.Contains(
                    Path.GetRelativePath(odd.Project.TableFolder(""), Path.GetDirectoryName(table)!),
                    folders
                )
        );
    }

    [Fact]
    public void A_column_of_such_a_name_is_in_the_output()
    {
        const string Name = "we\"ird 'name' ; drop table users; -- é漢";
        var row = Assert.Single(odd.Project.Json($"select * from app.{SqlIdentifier.Quote(Name)}"));
        Assert.Equal($"value of {Name}", row.GetProperty(Name).GetString());
    }

    [Fact]
    public void A_model_file_of_such_a_name_is_built_and_read_by_another()
    {
        using var project = SluiceProject.Of("create table t (id integer); insert into t values (7)", "t:");
        project.Write("models/my \"model\" é %41 [x].sql", "select id from {{ source('app', 't') }}");
        project.Write("models/reader.sql", "select id + 1 as id from {{ ref('my \"model\" é %41 [x]') }}");
        project.RunDay();
        Assert.Equal("7", project.Value("select id from \"my \"\"model\"\" é %41 [x]\""));
        Assert.Equal("8", project.Value("select id from reader"));
    }

    [Theory]
    [InlineData(OddPath)]
    [InlineData(PatternPath)]
    public void A_project_in_a_folder_of_such_a_name_works_from_end_to_end(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow such a name.");
        using var project = SluiceProject.Sample(users: 300, name: folder);
        using var plain = SluiceProject.RanSample(users: 300);

        project.RunDay();
        project.RunDay("2015-05-02");
        project.RunDay(options: "--reextract");

        Assert.Equal(
            plain.Query(SampleTables.MartFingerprints),
            project.Query(SampleTables.MartFingerprints, asOf: SluiceProject.Day)
        );
        Assert.Equal(
            plain.Run("funnel", "checkout").Output.Replace("build 1", "build 3"),
            project.Run("funnel", "checkout", "--as-of", "3").Done().Output
        );
        Assert.Equal(["300"], plain.Query("select count(user_id) from dim_user"));
        project.AssertWhole();
    }

    [Fact]
    public void A_demo_in_a_folder_of_such_a_name_says_how_to_go_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow such a name.");
        using var project = new SluiceProject();
        var demo = project.Run("demo", "--path", OddPath, "--users", "100").Done();
        Assert.Contains(
            $"cd '{Path.Combine(project.Folder, OddPath).Replace("'", "'\\''", StringComparison.Ordinal)}'",
            demo.Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_table_and_column_of_such_a_name_are_imported(string name)
    {
        using var project = new SluiceProject();
        project.Write("sluice.yaml", "name: shop");
        var file = name.Replace('/', '_') + ".csv";
        project.Write(file, $"id,\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n1,x\n");

        project.Run("import", $"./{file}", $"--table={name}", "--date", SluiceProject.Day).Done();
        project.Run("model", "--date", SluiceProject.Day).Done();

        var quoted = SqlIdentifier.Quote(name);
        Assert.Equal("1,x", project.Value($"select id, {quoted} from import.{quoted}"));
    }

    [Fact]
    public void Values_of_every_kind_of_text_come_through()
    {
        string[] values =
        [
            "",
            " ",
            "'",
            "\"",
            "'; drop table v; --",
            "a,b;c\td",
            "line\nbreak\r\nanother\rlast",
            "é漢\ud83d\ude00 \u202e right to left",
            "nul\0inside",
            "\0",
            "\ufeffbom",
            "null",
            "NULL",
            "\\N",
            "{{ ref('x') }}",
            "e\u0301 is not é",
            new('x', 3_000_000),
        ];
        using var project = SluiceProject.Of("create table v (id integer primary key, t text)", "v:");
        using (var connection = project.Connect())
        {
            for (var i = 0; i < values.Length; i++)
            {
                using var insert = connection.CreateCommand();
                insert.CommandText = "insert into v values ($id, $t)";
                insert.Parameters.AddWithValue("$id", i);
                insert.Parameters.AddWithValue("$t", values[i]);
                insert.ExecuteNonQuery();
            }
        }

        project.Write("models/m.sql", "select id, t || '' as t from {{ source('app', 'v') }}");
        project.RunDay();

        Assert.Equal(
            values,
            project.Json("select t from app.v order by id").Select(row => row.GetProperty("t").GetString())
        );
        Assert.Equal(
            values,
            project.Json("select t from m order by id").Select(row => row.GetProperty("t").GetString())
        );
    }

    // A template ends at its braces, and a text in it at its own quote.
    private static bool IsInTemplates(string name) =>
        !name.Contains("}}") && !(name.Contains('"') && name.Contains('\''));

    /// <summary>A database with a table per odd name, whose one column has that name, too.</summary>
    public sealed class OddTables : IDisposable
    {
        private static readonly JsonSerializerOptions Plain = new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        public OddTables()
        {
            Project = SluiceProject.Of(
                string.Join(
                    ';',
                    OddNames.Select(name =>
                    {
                        var quoted = SqlIdentifier.Quote(name);
                        return $"create table {quoted} ({quoted} text); insert into {quoted} values ({SqlIdentifier.Literal($"value of {name}")})";
                    })
                ),
                [.. OddNames.Select(name => $"{JsonSerializer.Serialize(name, Plain)}:")]
            );
            for (var i = 0; i < OddNames.Length; i++)
            {
                var name = OddNames[i];
                var quote = name.Contains('\'') ? '"' : '\'';
                if (IsInTemplates(name))
                {
                    Project.Write(
                        $"models/m{i}.sql",
                        $"select {SqlIdentifier.Quote(name)} as v from {{{{ source('app', {quote}{name}{quote}) }}}}"
                    );
                }
            }

            Project.RunDay();
        }

        internal SluiceProject Project { get; }

        public void Dispose() => Project.Dispose();
    }
}
