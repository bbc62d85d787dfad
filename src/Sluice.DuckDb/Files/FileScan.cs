using Sluice.Core.Sql;

namespace Sluice.DuckDb.Files;

/// <summary>A user's file as a SELECT: every column in the type that <see cref="SqlFileColumn.Type"/> says.</summary>
internal static class FileScan
{
    // Twice the line is what the reader asks for its buffer.
    private const string Lines = "max_line_size = 16000000, buffer_size = 32000000";

    /// <summary>The rows that the relation has.</summary>
    public static string Text(SqlFile file)
    {
        var columns = file.Columns.Select(column =>
            $"{Expression(column, file.Format)} as {SqlIdentifier.Quote(column.Name)}"
        );
        var rows = $"select {string.Join(", ", columns)} from {Source(file)}";
        return file.Query is { } query
            ? $"with {SqlIdentifier.Quote(SqlFile.Relation)} as not materialized ({rows}) {query}"
            : rows;
    }

    /// <summary>A Parquet file.</summary>
    public static string Parquet(string path) => $"read_parquet({PathOf(path)}, hive_partitioning = false)";

    private static string Source(SqlFile file) =>
        file.Format switch
        {
            SqlFileFormat.Csv => Csv(file),
            SqlFileFormat.JsonLines =>
                $"read_json({PathOf(file.Path)}, format = 'newline_delimited', compression = 'uncompressed', hive_partitioning = false, columns = {{{Names(file)}}})",
            SqlFileFormat.Parquet => Parquet(file.Path),
        };

    // Several threads cannot tell what lies inside of quotes, and give up; where there are no quotes, each line is a row.
    private static string Csv(SqlFile file)
    {
        var quotes = file.HasQuotes ? """quote = '"', escape = '"', parallel = false""" : "quote = '', escape = ''";
        return $"read_csv({PathOf(file.Path)}, auto_detect = false, header = true, strict_mode = true, compression = 'none', hive_partitioning = false, nullstr = '', delim = {SqlIdentifier.Literal(file.Delimiter.ToString())}, {quotes}, {Lines}, columns = {{{Names(file)}}})";
    }

    private static string Names(SqlFile file) =>
        string.Join(
            ", ",
            file.Columns.Select(column =>
                $"{SqlIdentifier.Quote(column.Name)}: {SqlIdentifier.Literal(column.EngineType)}"
            )
        );

    private static string Expression(SqlFileColumn column, SqlFileFormat format)
    {
        var name = SqlIdentifier.Quote(column.Name);
        return format != SqlFileFormat.Parquet ? name
            : column.EngineType == "TIMESTAMP_NS"
                ? $"make_timestamp(epoch_ns({name}) // 1000 - case when epoch_ns({name}) % 1000 < 0 then 1 else 0 end)"
            : FileColumns.IsNested(column.EngineType) ? $"cast(to_json({name}) as varchar)"
            : column.IsLocalTime ? $"cast({name} as timestamp)"
            : $"cast({name} as {SqlTypes.NameOf(column.Type)})";
    }

    private static string PathOf(string path) => SqlIdentifier.Literal(GlobPath.Escape(path));
}
