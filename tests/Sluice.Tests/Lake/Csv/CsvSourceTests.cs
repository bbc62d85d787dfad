using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Csv;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Lake.Csv;

public sealed class CsvSourceTests
{
    [Theory]
    [InlineData("id,name\n1,a\n2,b\n", 2)]
    [InlineData("id;name\n1;a\n", 1)]
    [InlineData("id\tname\n1\ta\n", 1)]
    [InlineData("\uFEFFid,name\r\n1,\"a\nb\"\r\n", 1)]
    [InlineData("id,name\n", 0)]
    public async Task A_file_is_read_with_its_columns(string text, int rows)
    {
        var (schema, read) = await ReadAsync(text);

        Assert.Equal(["id", "name"], schema.Columns.Select(column => column.Name));
        Assert.Equal(rows, read);
    }

    [Fact]
    public async Task A_given_type_stands_over_the_inferred_one()
    {
        var (schema, _) = await ReadAsync("zip,n\n123,5\n", types: "zip string");

        Assert.Equal("zip string, n long", SchemaText.Print(schema.Columns));
    }

    [Theory]
    [InlineData("id,n\n1,2\n2,x\n3,4\n", 3, "n", "'x' is no long")]
    [InlineData("id,n\n\"1\",\"2\"\n\"a\nb\",3\n5,6\n7,8\n", 3, "id", "'a\nb' is no long")]
    [InlineData("id,n\n1,2\n3\n", 3, "n", "the row has 1 fields and the first line 2")]
    [InlineData("id,n\n1,2\n3,4,5\n", 3, "n", "the row has 3 fields and the first line 2")]
    public async Task A_bad_row_is_named_with_file_line_and_column(string text, int line, string column, string what)
    {
        var failure = await Assert.ThrowsAsync<PipelineException>(() => ReadAsync(text));

        Assert.EndsWith(
            $"x.csv:{line}: column '{column}': {what}. Nothing of the file was loaded.",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_empty_key_is_a_bad_row()
    {
        var failure = await Assert.ThrowsAsync<PipelineException>(() => ReadAsync("id,n\n1,2\n,3\n", key: "id"));

        Assert.Contains("x.csv:3: column 'id': the key is empty.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,\n1,2\n", "x.csv:1: column 2 has no name.")]
    [InlineData("id,ID\n1,2\n", "x.csv:1: the column 'ID' is there twice.")]
    public async Task The_first_line_must_name_every_column_once(string text, string expected)
    {
        var failure = await Assert.ThrowsAsync<PipelineException>(() => ReadAsync(text));

        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_no_column_is_refused_with_a_suggestion()
    {
        var wrong = await Assert.ThrowsAsync<DefinitionException>(() => ReadAsync("user_id,n\n1,2\n", key: "userid"));

        Assert.Equal("Did you mean 'user_id'?", wrong.Hint);
    }

    private static async Task<(TableSchema Schema, int Rows)> ReadAsync(
        string text,
        string? key = null,
        string types = ""
    )
    {
        using var folder = new TempFolder();
        var source = new CsvSource(folder.Write("x.csv", text));
        var table = new SourceTable
        {
            Name = "x",
            Key = key is null ? [] : [key],
            Columns = SchemaText
                .Parse(types)
                .Columns.ToDictionary(column => column.Name, column => new ColumnRule { Type = column.Type }),
        };
        var schema = await source.DescribeAsync(table);
        var rows = 0;
        await foreach (var page in source.ReadAsync(table, schema, _ => ValueTask.FromResult(new RowPage(schema))))
        {
            rows += page.Rows;
        }

        return (schema, rows);
    }
}
