using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Project.Funnels;
using Sluice.Project.Yaml;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Funnels;

/// <summary>A funnel, the units it is asked of, and what is to come out, whichever engine counts.</summary>
/// <remarks>
/// Above the units stand, beside the keys of the notation: <c>timezone</c>, <c>watermark</c>, <c>trend</c> (a period),
/// <c>compare: before</c> and <c>bins</c>.
/// </remarks>
internal sealed partial record FunnelCase
{
    private readonly Dictionary<string, string> _settings = [];
    private readonly string _yaml;

    public FunnelCase(string name, string yaml, IReadOnlyList<string> units, IReadOnlyList<string> answer)
    {
        Name = name;
        Refused =
            units is [var only] && only.StartsWith("refused: ", StringComparison.Ordinal)
                ? only["refused: ".Length..]
                : null;
        _yaml = Setting()
            .Replace(
                yaml,
                setting =>
                {
                    _settings[setting.Groups["key"].Value] = setting.Groups["value"].Value.Trim();
                    return "";
                }
            );
        Zone = TimeZoneInfo.FindSystemTimeZoneById(_settings.GetValueOrDefault("timezone", "UTC"));
        var reader = new CaseLineReader(Zone);
        Lines = Refused is null ? [.. units.Select(reader.Read)] : [];
        Answer =
        [
            .. answer.Select(line =>
                line.Split(": ", 2) is [var key, var value]
                    ? (key, value.Trim())
                    : throw new FormatException($"'{line}' is no line of an answer.")
            ),
        ];
        if (Refused is null && Answer.Count == 0 && Lines.All(line => line.Expected is null))
        {
            throw new FormatException($"The case '{name}' expects nothing.");
        }

        WatermarkMicros = _settings.TryGetValue("watermark", out var watermark) ? CaseTime.Read(watermark, Zone) : null;
        Options = new()
        {
            Trend = _settings.TryGetValue("trend", out var period) ? DatePeriods.Find(period)!.Value : null,
            CompareBefore = _settings.ContainsKey("compare"),
            Bins = _settings.TryGetValue("bins", out var bins) ? int.Parse(bins, CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>What it is about.</summary>
    public string Name { get; init; }

    /// <summary>Part of the message with which the funnel is refused; null for one that can be asked.</summary>
    public string? Refused { get; }

    /// <summary>The zone of dates and periods.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The instant up to which events are complete; null where the latest event tells.</summary>
    public long? WatermarkMicros { get; }

    /// <summary>What is asked for beside the counts.</summary>
    public FunnelOptions Options { get; }

    /// <summary>The units.</summary>
    public IReadOnlyList<CaseLine> Lines { get; }

    /// <summary>Lines of the answer, with what they are to say.</summary>
    public IReadOnlyList<(string Key, string Value)> Answer { get; }

    /// <summary>The table of events, in the order written.</summary>
    public IEnumerable<CaseEvent> Events => Lines.SelectMany(line => line.Events);

    /// <summary>The table of users.</summary>
    public IEnumerable<CaseUser> Users => Lines.SelectMany(line => line.Users);

    /// <summary>The columns of the table of users beside its key and validity; none where there is no such table.</summary>
    public IReadOnlyList<Column> UserColumns =>
        [
            .. Users
                .SelectMany(user => user.Values)
                .GroupBy(value => value.Key, value => value.Value)
                .Select(column => new Column(column.Key, KindOf([.. column.OfType<object>()]))),
        ];

    /// <summary>The column that names the unit, beside those that every table of events has here; null where users are counted.</summary>
    public static string? UnitColumn(FunnelDefinition funnel) => funnel.Unit is null or "user" ? null : funnel.Unit;

    /// <summary>The funnel.</summary>
    /// <exception cref="Sluice.Core.DefinitionException">It is wrong.</exception>
    public FunnelDefinition Definition()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(_yaml));
        var problems = new Problems();
        var map = new YamlMap((YamlMappingNode)stream.Documents[0].RootNode, "case", problems);
        var funnel = FunnelReader.Read(map, "case", problems);
        problems.ThrowIfAny();
        return funnel;
    }

    /// <summary>Where it is asked: tables <c>fact_page_visit</c> and <c>users</c> without files.</summary>
    public FunnelSource Source(FunnelDefinition funnel)
    {
        Column[] own = UnitColumn(funnel) is { } unit ? [new(unit, ColumnKind.String)] : [];
        var events = new TableSchema([
            new("user_id", ColumnKind.String),
            new("event", ColumnKind.String),
            new("time", ColumnKind.Timestamp),
            .. own,
            new("properties", ColumnKind.String),
        ]);
        var users = new TableSchema([
            new("user_id", ColumnKind.String),
            new("valid_from", ColumnKind.Timestamp),
            new("valid_to", ColumnKind.Timestamp),
            .. UserColumns,
        ]);
        return new()
        {
            Events =
            [
                new(
                    new SqlRelation(TableId.Mart("fact_page_visit"), events, []),
                    new EventTable
                    {
                        Time = "time",
                        Session = "session",
                        Properties = "properties",
                    }
                ),
            ],
            Users =
                UserColumns.Count == 0
                    ? null
                    : new(
                        new SqlRelation(TableId.Mart("users"), users, []),
                        new UserTable("users", "user_id", "valid_from", "valid_to")
                    ),
            Zone = Zone,
            WatermarkMicros = WatermarkMicros,
            Provenance = new(),
        };
    }

    public override string ToString() => Name;

    private static ColumnKind KindOf(IReadOnlyList<object> values) =>
        values.All(value => value is long) && values.Count > 0 ? ColumnKind.Long
        : values.All(value => value is long or double) && values.Count > 0 ? ColumnKind.Double
        : values.All(value => value is bool) && values.Count > 0 ? ColumnKind.Boolean
        : values.All(value => value is DateOnly) && values.Count > 0 ? ColumnKind.Date
        : values.All(value => value is DateTimeOffset) && values.Count > 0 ? ColumnKind.Timestamp
        : values.All(value => value is string) ? ColumnKind.String
        : throw new FormatException("A column of users has values of several kinds.");

    [GeneratedRegex(
        @"^(?<key>timezone|watermark|trend|compare|bins):(?<value>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Setting();
}
