using System.Globalization;
using Sluice.Core.Filters;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>
/// Refuses filters that are unknown of every event, since a column is of another type than they ask: a step would be counted as 0
/// and nobody would know.
/// </summary>
internal static class FilterCheck
{
    private const int LongestShown = 60;

    /// <summary>Looks at the types of columns.</summary>
    /// <exception cref="DefinitionException">A comparison can never be true.</exception>
    public static void ThrowIfUnlike(FunnelDefinition funnel, FunnelSource source)
    {
        if (Find(funnel, source).FirstOrDefault(found => !IsOfValues(found)) is { } unlike)
        {
            throw Refusal(unlike, "");
        }
    }

    /// <summary>Looks at the values of columns whose type they decide: one that is none of the others' makes all of them texts.</summary>
    /// <exception cref="DefinitionException">A comparison can never be true.</exception>
    public static async Task ThrowIfUnlikeAsync(
        ISqlEngine engine,
        FunnelDefinition funnel,
        FunnelSource source,
        CancellationToken cancellationToken
    )
    {
        foreach (var found in Find(funnel, source).Where(IsOfValues))
        {
            if (await OddValueAsync(engine, found, cancellationToken) is { } odd)
            {
                throw Refusal(found, odd);
            }
        }
    }

    /// <summary>Warns of filters that no event fulfils.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="places">The steps, and after them the exclusions, that events are named for and none takes.</param>
    public static IEnumerable<string> Unfulfilled(FunnelDefinition funnel, IEnumerable<int> places)
    {
        var selectors = Selectors(funnel).ToList();
        return places
            .Select(place => selectors[place])
            .Where(selector => selector.Events.Where is not null)
            .Select(selector =>
                $"{selector.Owner} is true of no event that has its name: {selector.Events.Where!.ToText()}."
            );
    }

    private static IEnumerable<(string Owner, EventSelector Events)> Selectors(FunnelDefinition funnel) =>
        funnel
            .Steps.Select(
                (step, i) => (FormattableString.Invariant($"The filter of step {i + 1} ({step.Name})"), step.Events)
            )
            .Concat(
                funnel.Exclude.Select(item => ($"The filter of the exclusion of '{item.Events.Names[0]}'", item.Events))
            );

    private static IEnumerable<Unlike> Find(FunnelDefinition funnel, FunnelSource source) =>
        Selectors(funnel)
            .Where(selector => selector.Events.Where is not null)
            .SelectMany(selector =>
                source
                    .Events.Where(table => table.Event is null || selector.Events.MatchesName(table.Event))
                    .SelectMany(table =>
                        UnlikeComparison
                            .In(selector.Events.Where!, table.Relation.Schema)
                            .Select(comparison => new Unlike(selector.Owner, table, comparison))
                    )
            );

    // A column without any value is a text for want of another type, and may be compared with anything.
    private static bool IsOfValues(Unlike found) =>
        UnlikeComparison.KindOf(found.Comparison.Column.Type) == ComparedKind.Text
        && found.Table.Relation.File is { Format: not SqlFileFormat.Parquet }
        && !IsName(found);

    // Whose and which an event is are texts, whatever they are made of.
    private static bool IsName(Unlike found) =>
        found.Comparison.Column.Name == found.Table.Columns.User
        || found.Comparison.Column.Name == found.Table.Columns.Event;

    private static async Task<string?> OddValueAsync(
        ISqlEngine engine,
        Unlike found,
        CancellationToken cancellationToken
    )
    {
        var (file, comparison) = (found.Table.Relation.File!, found.Comparison);
        var column = file.Columns.Single(column => column.Name == comparison.Column.Name);
        if (!column.IsUntyped && column.Firsts.Count > 0)
        {
            return
                MayBeWritten(comparison.Wanted)
                && column.Firsts.FirstOrDefault(value => UnlikeComparison.KindOf(value.Kind) != comparison.Wanted)
                    is { } first
                ? $" The first value that is no {NounOf(comparison.Wanted)} is {Shown(first.Text)} ({file.Name}:{ValueOf(first.Line)})."
                : "";
        }

        var raw = SqlRelation.Of(
            found.Table.Relation.Table,
            new(file.Columns.Select(own => new Column(own.Name, own.Type))),
            file with
            {
                Query = null,
            }
        );
        await using var result = await engine.QueryAsync(
            new(Text(raw, column, comparison.Wanted), [raw]) { Subject = file.Name },
            cancellationToken
        );
        await result.ReadAsync(cancellationToken);
        if (result.Rows.IsDBNull(0))
        {
            return null;
        }

        if (!MayBeWritten(comparison.Wanted))
        {
            return "";
        }

        var row = result.Rows.GetInt64(0);
        var where = engine.FindLine(file, row) is { } line
            ? $"{file.Name}:{ValueOf(line)}"
            : $"{file.Name}: row {ValueOf(row)}";
        return $" The first value that cannot be read as a {NounOf(comparison.Wanted)} is '{Shown(result.Rows.GetString(1))}' ({where}).";
    }

    // What values can make of a column beside a text.
    private static bool MayBeWritten(ComparedKind kind) => kind is ComparedKind.Number or ComparedKind.Truth;

    private static string Text(SqlRelation raw, SqlFileColumn column, ComparedKind wanted)
    {
        var read = wanted switch
        {
            ComparedKind.Number => $"({UntypedValue.IsWhole("value")} or {UntypedValue.IsNumber("value")})",
            ComparedKind.Truth => UntypedValue.IsTruth("value"),
            _ => "false",
        };
        return $"""
            select min(row), arg_min(value, row)
            from (select row_number() over () as row, {SqlIdentifier.Quote(
                column.Name
            )} as value from {SqlIdentifier.Quote(raw.Table)})
            where value is not null and not {read}
            """;
    }

    private static DefinitionException Refusal(Unlike found, string odd)
    {
        var (comparison, table) = (found.Comparison, found.Table.Relation.Table.Name);
        var why =
            UnlikeComparison.KindOf(comparison.Column.Type) == ComparedKind.Time
            && comparison.Literal is { Value: string } text
                ? $"and {FilterWriter.Operand(text)} is no date or time"
                : $"which no {NounOf(comparison.Wanted)} is compared with";
        return new(
            $"{found.Owner} can never be true where it asks {comparison.Part.ToText()}: the column '{comparison.Column.Name}' of {table} is a {comparison.Column.Type}, {why}.{odd}",
            Hint(found)
        );
    }

    private static string Hint(Unlike found) =>
        UnlikeComparison.KindOf(found.Comparison.Column.Type) switch
        {
            ComparedKind.Text => HintForText(found),
            ComparedKind.Number => "Compare it with a number, without quotes: 5, -0.5.",
            ComparedKind.Truth => "Compare it with true or false.",
            ComparedKind.Time =>
                "Compare it with an ISO 8601 date or time in quotes: '2015-05-01', '2015-05-01T12:30Z'.",
            ComparedKind.Nothing => "Of bytes only 'is null' and 'is not null' can be asked.",
        };

    private static string HintForText(Unlike found)
    {
        var mend =
            IsOfValues(found) && MayBeWritten(found.Comparison.Wanted)
                ? $"Write the value as a {NounOf(found.Comparison.Wanted)}, or leave it empty where it is not known"
            : found.Table.Relation.File is not null || IsName(found) ? null
            : "Cast the column in the model, for example with try_cast(… as double)";
        var compare = found.Comparison.Literal is { } literal
            ? $"compare texts: {FilterWriter.Operand(new FilterOperand.Literal(TextOf(literal)))}"
            : null;
        return (mend, compare) switch
        {
            (null, null) => "Compare columns of one type.",
            (null, _) => $"Write the literal in quotes to {compare}.",
            (_, null) => $"{mend}.",
            _ => $"{mend}; or {compare}.",
        };
    }

    private static string TextOf(FilterOperand.Literal literal) =>
        literal.Value switch
        {
            bool truth => truth ? "true" : "false",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string NounOf(ComparedKind kind) =>
        kind switch
        {
            ComparedKind.Nothing => "value",
            ComparedKind.Text => "text",
            ComparedKind.Number => "number",
            ComparedKind.Truth => "truth value",
            ComparedKind.Time => "date or time",
        };

    private static string Shown(string value) => value.Length <= LongestShown ? value : $"{value[..LongestShown]}…";

    private static string ValueOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Unlike(string Owner, EventRelation Table, UnlikeComparison Comparison);
}
