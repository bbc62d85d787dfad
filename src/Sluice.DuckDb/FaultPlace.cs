using System.Data.Common;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using Sluice.Core;
using Sluice.Core.Sql;

namespace Sluice.DuckDb;

/// <summary>Says in which file, and on which line of it, a statement that was made of files failed.</summary>
/// <param name="connection">The database.</param>
/// <param name="query">The statement.</param>
/// <param name="origin">Its file.</param>
internal sealed class FaultPlace(DuckDBConnection connection, SqlQuery query, StatementOrigin origin)
{
    /// <summary>The failure in the terms of the files.</summary>
    /// <param name="failure">The engine's own.</param>
    /// <param name="linesBefore">The lines before the statement in the text that the engine was given.</param>
    public PipelineException Of(DbException failure, int linesBefore)
    {
        var message = EngineMessage.Read(failure.Message);
        var (place, text) = (origin, query.Text);
        foreach (var inline in query.Relations.Where(relation => relation is { Statement: not null, Origin: not null }))
        {
            // A position within a view is told as one in the statement around it. So each is asked alone.
            if (FailureOf(inline.Statement!) is { } own && own.IsLike(message))
            {
                (message, linesBefore) = (own, 1);
                place = inline.Origin! with { Name = $"{query.Subject}: {inline.Origin.Name}" };
                text = inline.Statement!;
                break;
            }
        }

        var line = message.Line - linesBefore;
        var excerpt = line > 0 ? message.Excerpt : "";
        var candidates = line is null ? LinesOf(text, ArithmeticCheck.FunctionsOf(message.Text)) : [];
        var places = candidates.Select(place.LineOf).OfType<int>().Distinct().Order().ToList();
        return new(
            $"{place.At(line > 0 ? line : candidates is [var only] ? only : null)}: {message.Text}{excerpt}",
            failure
        )
        {
            Hint = string.Join(
                ' ',
                new[]
                {
                    places.Count > 1 ? $"It may be any of the lines {string.Join(", ", places)}." : null,
                    ArithmeticCheck.HintFor(message.Text),
                }.OfType<string>()
            )
                is { Length: > 0 } hint
                ? hint
                : null,
        };
    }

    // Every column, or the optimizer would not look at the one that fails.
    private EngineMessage? FailureOf(string statement)
    {
        try
        {
            Scalar($"select bit_xor(hash(t)) from (\n{statement}\n) t");
            return null;
        }
        catch (DbException failure)
        {
            return EngineMessage.Read(failure.Message);
        }
    }

    /// <summary>The lines of a statement on which it calls one of some functions.</summary>
    private IReadOnlyList<int> LinesOf(string statement, IReadOnlyList<string> functions)
    {
        if (functions.Count == 0)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(
                (string)Scalar("select json_serialize_sql($1::varchar)::varchar", statement)!,
                SelectCheck.AnyDepth
            );
            var utf8 = Encoding.UTF8.GetBytes(statement);
            return
            [
                .. Places(json.RootElement, functions)
                    .Select(place => 1 + utf8.AsSpan(0, Math.Min(place, utf8.Length)).Count((byte)'\n'))
                    .Distinct()
                    .Order(),
            ];
        }
        catch (DbException)
        {
            // The failure has left the database unusable.
            return [];
        }
    }

    private static IEnumerable<int> Places(JsonElement root, IReadOnlyList<string> functions)
    {
        var open = new Stack<JsonElement>([root]);
        while (open.TryPop(out var element))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                {
                    open.Push(item);
                }
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                if (
                    element.TryGetProperty("function_name", out var name)
                    && functions.Contains(name.GetString(), StringComparer.OrdinalIgnoreCase)
                    && element.TryGetProperty("query_location", out var place)
                    && place.TryGetInt32(out var at)
                )
                {
                    yield return at;
                }

                foreach (var property in element.EnumerateObject())
                {
                    open.Push(property.Value);
                }
            }
        }
    }

    private object? Scalar(string text, params ReadOnlySpan<string> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(parameter));
        }

        return command.ExecuteScalar();
    }
}
