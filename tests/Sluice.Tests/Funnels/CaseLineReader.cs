using System.Text.RegularExpressions;
using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Tests.Funnels;

/// <summary>Reads lines such as <c>u1: a@0 b@10{amount: 5} user{sex: F} -> {F} 0 10</c>.</summary>
internal sealed partial class CaseLineReader(TimeZoneInfo zone)
{
    private int _lines;

    /// <summary>Reads a line; a user without name is called by the number of the line.</summary>
    public CaseLine Read(string text)
    {
        _lines++;
        var parts = Arrow().Split(text, 2);
        var named = User().Match(parts[0]);
        var user = named.Success ? named.Groups["name"].Value : FormattableString.Invariant($"u{_lines:000}");
        var scanner = new CaseScanner(parts[0][named.Length..]);
        var events = new List<CaseEvent>();
        var users = new List<CaseUser>();
        while (!scanner.AtEnd)
        {
            Item(scanner, user == "null" ? null : user, events, users);
        }

        var outcomes = parts.Length < 2 ? null : parts[1].Split('|').Select(part => part.Trim()).ToList();
        return new(
            text,
            user == "null" ? null : user,
            events,
            users,
            outcomes is null
                ? null
                : [.. outcomes.Where(outcome => outcome is not ("none" or "dropped")).Select(Attempt)],
            outcomes?.Contains("dropped", StringComparer.Ordinal) == true
        );
    }

    /// <summary>Reads the values of a segment: <c>{F, 3}</c>.</summary>
    public static IReadOnlyList<object?> Key(string text)
    {
        var scanner = new CaseScanner(text);
        scanner.Skip('{');
        return Key(scanner);
    }

    private void Item(CaseScanner scanner, string? user, List<CaseEvent> events, List<CaseUser> users)
    {
        var name = scanner.Until("@{ ");
        var time = scanner.Skip('@') ? scanner.Until("{ ").Text : null;
        var values = scanner.Skip('{') ? scanner.Braced(() => (scanner.Until(":").Text, Value(scanner))).ToList() : [];
        if (name is { Text: "user", Quoted: false })
        {
            var valid = (time ?? "..").Split("..");
            users.Add(
                new(
                    user!,
                    Bound(valid[0]),
                    Bound(valid[1]),
                    values.ToDictionary(item => item.Text, item => CaseValue.Read(item.Item2))
                )
            );
        }
        else
        {
            events.Add(
                new(
                    user,
                    name is { Text: "null", Quoted: false } ? null : name.Text,
                    time is null ? null : CaseTime.Read(time, zone),
                    values.ToDictionary(item => item.Text, item => CaseValue.Json(item.Item2))
                )
            );
        }
    }

    private CaseAttempt Attempt(string text)
    {
        if (text == "excluded")
        {
            return new(null, [], IsExcluded: true);
        }

        var scanner = new CaseScanner(text);
        var key = scanner.Skip('{') ? Key(scanner) : null;
        var micros = new List<long?>();
        while (!scanner.AtEnd)
        {
            var time = scanner.Until(" ").Text;
            micros.Add(
                time == "-" ? null
                : time == "x" ? FunnelEvent.NoTime
                : CaseTime.Read(time, zone)
            );
        }

        return new(key, micros);
    }

    private static IReadOnlyList<object?> Key(CaseScanner scanner) =>
        [.. scanner.Braced(() => CaseValue.Read(Trimmed(scanner)))];

    private static (string Text, bool Quoted) Value(CaseScanner scanner)
    {
        scanner.Skip(':');
        return Trimmed(scanner);
    }

    private static (string Text, bool Quoted) Trimmed(CaseScanner scanner) =>
        scanner.AtEnd ? throw scanner.Wrong("A value is missing") : scanner.Until(",}");

    private long? Bound(string text) => text.Length == 0 ? null : CaseTime.Read(text, zone);

    [GeneratedRegex(@"\s*->\s*", RegexOptions.None, 1000)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\A(?<name>\w+):\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex User();
}
