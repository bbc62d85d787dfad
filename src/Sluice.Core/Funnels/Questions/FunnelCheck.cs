using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Holds a funnel against the tables it is asked of.</summary>
internal static class FunnelCheck
{
    /// <summary>Looks for the columns it reads.</summary>
    /// <exception cref="DefinitionException">One is missing, or times are asked of a table that has none.</exception>
    public static void Columns(FunnelDefinition funnel, FunnelSource source)
    {
        foreach (var table in source.Events)
        {
            var names = new List<string> { EventQuery.UnitColumn(funnel, table.Columns) };
            names.AddRange(table.Event is null ? [table.Columns.Event] : []);
            names.AddRange(new[] { table.Columns.Time, table.Columns.Properties }.OfType<string>());
            foreach (var name in names)
            {
                Require(name, table, $"The funnel '{funnel.Name}' reads the column '{name}'");
            }

            Times(funnel, table);
        }

        foreach (var property in funnel.Hold)
        {
            Property(property, $"The funnel '{funnel.Name}' holds '{property}'", source);
        }
    }

    /// <summary>Whose property a breakdown takes.</summary>
    /// <exception cref="DefinitionException">Nobody has it.</exception>
    public static BreakdownOf OwnerOf(Breakdown breakdown, FunnelDefinition funnel, FunnelSource source)
    {
        if (breakdown.Of == BreakdownOf.Entry)
        {
            return BreakdownOf.Entry;
        }

        var subject = $"The funnel '{funnel.Name}' is broken down by '{breakdown.Property}'";
        var column = breakdown.Of == BreakdownOf.Event ? null : source.Users?.Relation.Schema.Find(breakdown.Property);
        if (column is not null)
        {
            User(breakdown, column, funnel, subject);
            return BreakdownOf.User;
        }

        ThrowIfPrefixed(breakdown, subject, source);
        if (breakdown.Of == BreakdownOf.User || breakdown.Period is not null)
        {
            throw source.Provenance.File is not null ? BesideFile(breakdown, subject, source)
            : source.Users is { } users
                ? new DefinitionException(
                    $"{subject}, which {users.Columns.Table} does not have.",
                    Nearest.Suggest(breakdown.Property, users.Relation.Schema.Columns.Select(known => known.Name))
                )
            : new DefinitionException(
                $"{subject}, a property of users, and nothing says where users are.",
                "Add to sluice.yaml for example: users: {table: dim_user, key: user_id}"
            );
        }

        Property(breakdown.Property, subject, source);
        return BreakdownOf.Event;
    }

    // A column can itself be called event.kind.
    private static void ThrowIfPrefixed(Breakdown breakdown, string subject, FunnelSource source)
    {
        if (
            breakdown is { Of: BreakdownOf.User or BreakdownOf.Event, Period: null }
            && source.Relations.Any(relation => relation.Schema.Find(breakdown.Text) is not null)
            && !source.Events.Any(table => EventProperty.Exists(table, breakdown.Property))
        )
        {
            throw new DefinitionException(
                $"{subject}, which is not there; there is a column '{breakdown.Text}'.",
                $"Write its whole name in double quotes: --by '\"{breakdown.Text}\"'"
            );
        }
    }

    /// <summary>Holds a breakdown against those before it: one column can be written in several ways.</summary>
    /// <exception cref="DefinitionException">It is one of them again.</exception>
    public static void ThrowIfRepeated(
        Breakdown breakdown,
        BreakdownOf of,
        IEnumerable<ResolvedBreakdown> before,
        FunnelDefinition funnel,
        FunnelSource source
    )
    {
        var column = ColumnOf(breakdown, of, source);
        if (
            before.FirstOrDefault(other =>
                other.Of == of
                && other.Breakdown.Period == breakdown.Period
                && ColumnOf(other.Breakdown, of, source) == column
            ) is
            { Breakdown: var same }
        )
        {
            throw new DefinitionException(
                $"The funnel '{funnel.Name}' is broken down by '{same.Text}' and by '{breakdown.Text}', which are the same.",
                "Leave one of them out."
            );
        }
    }

    // Columns have one name in any case, keys of JSON do not.
    private static string ColumnOf(Breakdown breakdown, BreakdownOf of, FunnelSource source)
    {
        var tables = of == BreakdownOf.User ? [source.Users!.Relation] : source.Events.Select(table => table.Relation);
        return tables.Select(table => table.Schema.Find(breakdown.Property)).OfType<Column>().FirstOrDefault()?.Name
            ?? breakdown.Property;
    }

    // A file knows of users what its events say.
    private static DefinitionException BesideFile(Breakdown breakdown, string subject, FunnelSource source)
    {
        const int Most = 20;
        var columns = source.Events[0].Relation.Schema;
        var shown = string.Join(", ", columns.Columns.Take(Most).Select(column => column.Name));
        var names = $"The file has the columns {shown}{(columns.Columns.Count > Most ? ", …" : "")}.";
        if (breakdown.Period is { } period)
        {
            var column = $"{breakdown.Property}_{period.ToName()}";
            return new(
                $"{subject} as {period.ToName()}, a date of users, and a file of events has no users.",
                $"Add the {period.ToName()} to the file as a column, for example {column}, and write --by {column}; or ask a project, whose sluice.yaml says where users are. {names}"
            );
        }

        return new(
            $"{subject}, a property of users, and a file of events has no users.",
            columns.Find(breakdown.Property) is { } own
                ? $"Write --by {own.Name}: the file has it as a property of events."
                : $"Add it to the file as a column and write --by {breakdown.Property}; or ask a project, whose sluice.yaml says where users are. {names}"
        );
    }

    private static void User(Breakdown breakdown, Column column, FunnelDefinition funnel, string subject)
    {
        if (funnel.Unit is not (null or "user"))
        {
            throw new DefinitionException(
                $"{subject}, a property of users, and counts by {funnel.Unit}.",
                "Count users (unit: user), or break down by a property of events."
            );
        }

        if (column.Type.Kind == ColumnKind.Binary)
        {
            throw new DefinitionException($"{subject}, which holds bytes.");
        }

        if (breakdown.Period is { } period && column.Type.Kind is not (ColumnKind.Date or ColumnKind.Timestamp))
        {
            throw new DefinitionException(
                $"{subject} as {period.ToName()}, and it is no date but a {column.Type}.",
                "Cast it in the model: cast(… as date)."
            );
        }
    }

    // A key of JSON properties is known only row by row: then it is looked for, and a unit without it is unknown.
    private static void Property(string name, string subject, FunnelSource source)
    {
        if (!source.Events.Any(table => EventProperty.Exists(table, name)))
        {
            var ofFile = source.Provenance.File is null
                ? ""
                : " A property of users has to be a column of the file too.";
            throw new DefinitionException(
                source.Users is null
                    ? $"{subject}, which the events do not have."
                    : $"{subject}, which neither users nor events have.",
                Nearest.Suggest(
                    name,
                    source
                        .Events.SelectMany(table => table.Relation.Schema.Columns)
                        .Concat(source.Users?.Relation.Schema.Columns ?? [])
                        .Select(column => column.Name)
                        .Distinct(StringComparer.Ordinal)
                )
                    + string.Concat(source.Events.Select(EventProperty.HintOf).Distinct(StringComparer.Ordinal))
                    + ofFile
            );
        }
    }

    private static void Times(FunnelDefinition funnel, EventRelation table)
    {
        if (table.Columns.Time is not { } time)
        {
            if (!funnel.AsksTimes)
            {
                return;
            }

            var name = table.Relation.Table.Name;
            throw new DefinitionException(
                $"The funnel '{funnel.Name}' asks about times, and {name} has none.",
                $"Use order: open without window, from and to; or name the column in sluice.yaml: events: {{{name}: {{time: …}}}}"
            );
        }

        if (table.Relation.Schema.Find(time)!.Type.Kind is not (ColumnKind.Timestamp or ColumnKind.Date))
        {
            throw new DefinitionException(
                $"The column '{time}' of {table.Relation.Table.Name} is no time but a {table.Relation.Schema.Find(time)!.Type}.",
                "Cast it in the model: cast(… as timestamp)."
            );
        }
    }

    private static void Require(string name, EventRelation table, string subject)
    {
        if (table.Relation.Schema.Find(name) is null)
        {
            throw new DefinitionException(
                $"{subject}, which {table.Relation.Table.Name} does not have.",
                Nearest.Suggest(name, table.Relation.Schema.Columns.Select(column => column.Name))
            );
        }
    }
}
