using System.Globalization;
using DuckDB.NET.Data;
using Sluice.Core.Tables;
using Sluice.Lake.Parquet;

namespace Sluice.IntegrationTests.Lake;

/// <summary>Decimals of more digits than 64 bits hold.</summary>
public sealed class WideDecimalTests
{
    [Fact]
    public async Task They_are_written_and_read_by_another_program_exactly()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-it-");
        try
        {
            var schema = new TableSchema([new("d", ColumnType.Decimal(38, 9)), new("e", ColumnType.Decimal(19, 0))]);
            var page = new RowPage(schema);
            var greatest = Int128.Parse("99999999999999999999999999999999999999", CultureInfo.InvariantCulture);
            foreach (
                var value in new Int128[]
                {
                    0,
                    1,
                    -1,
                    greatest,
                    -greatest,
                    Int128.Parse("18446744073709551616", CultureInfo.InvariantCulture),
                }
            )
            {
                ((FixedColumnBuffer<Int128>)page.Columns[0]).Append(value);
                page.Columns[1].AppendNull();
            }

            await using (var writer = new ParquetPageWriter(folder.FullName, schema))
            {
                writer.Write(page);
                Assert.Equal(6, Assert.Single(writer.Finish()).Rows);
            }

            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"select string_agg(d::varchar || ' ' || typeof(d) || coalesce(e::varchar, ''), ',' order by file_row_number) from read_parquet('{folder.FullName}/*.parquet', file_row_number = true)";
            Assert.Equal(
                "0.000000000 DECIMAL(38,9),0.000000001 DECIMAL(38,9),-0.000000001 DECIMAL(38,9),"
                    + "99999999999999999999999999999.999999999 DECIMAL(38,9),"
                    + "-99999999999999999999999999999.999999999 DECIMAL(38,9),18446744073.709551616 DECIMAL(38,9)",
                await command.ExecuteScalarAsync()
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_database_of_texts_may_have_them_too()
    {
        using var project = SluiceProject.Of(
            """
            create table t (id integer primary key, d text);
            insert into t values (1, '99999999999999999999999999999.999999999'), (2, '-1.5e-3'), (3, '7'), (4, '00012.500'), (5, null);
            """,
            "t: {columns: {d: {type: 'decimal(38,9)'}}}"
        );
        project.RunDay();
        Assert.Equal(
            ["99999999999999999999999999999.999999999", "-0.001500000", "7.000000000", "12.500000000", ""],
            project.Query("select d from app.t order by id")
        );
    }
}
