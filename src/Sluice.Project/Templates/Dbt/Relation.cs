using Sluice.Core;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Dbt;

/// <summary>A table: what <c>ref</c>, <c>source</c> and <c>this</c> are.</summary>
/// <param name="table">The table.</param>
/// <param name="engine">The engine that reads the statement, as <c>target.type</c>: it decides about the quotes.</param>
internal sealed class Relation(TableId table, string engine) : ITemplateObject
{
    private const string Spark = "spark";

    private static readonly string[] Known = ["identifier", "name", "render", "schema", "table"];

    public string Kind => "a table";

    public string? Text =>
        engine == Spark
            ? $"{SqlIdentifier.Backtick(table.Schema)}.{SqlIdentifier.Backtick(table.Name)}"
            : SqlIdentifier.Quote(table);

    public object? Attribute(string name) =>
        name switch
        {
            "schema" => table.Schema,
            "identifier" or "name" or "table" => table.Name,
            "render" => new Function("render", arguments => arguments.Bind("render", 0) is null ? null : Text),
            "database" => new Undefined("a table of the lake lies in no database."),
            _ => new Undefined($"a table has no '{name}'.", () => Nearest.Suggest(name, Known)),
        };

    public override bool Equals(object? obj) => obj is Relation other && other.Text == Text;

    public override int GetHashCode() => table.GetHashCode();
}
