using System.Globalization;
using Sluice.Core.Models;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Models.Freshness;
using Sluice.Core.Reports;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Docs;

/// <summary>What is known of a table: how it is made, when, and how much it has.</summary>
internal static class NodeFacts
{
    public static IReadOnlyList<(string Term, string Text)> Of(DocsContent content, DocsNode node, RunResult? result)
    {
        var facts = new List<(string Term, string Text)>();
        var snapshot = content.Tables.GetValueOrDefault(node.Table);
        if (node.Kind == DocsKind.Source)
        {
            facts.AddRange(OfSource(content, snapshot, node.Source?.Freshness));
        }
        else
        {
            facts.AddRange(OfBuild(content, node, snapshot));
        }

        if (snapshot is not null)
        {
            facts.Add((snapshot.Log is null ? "rows" : "changes", RowsOf(snapshot)));
            facts.Add(("size", SizeOf(snapshot)));
        }

        if (result is not null)
        {
            facts.Add(("last run", WordsOf(result)));
        }

        facts.AddRange(OfConfig(node));
        return facts;
    }

    /// <summary>The tags of a table.</summary>
    public static IReadOnlyList<string> TagsOf(DocsNode node) =>
        [.. (node.Model?.Config.Tags ?? []).Concat(node.Properties.Tags).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<(string Term, string Text)> OfSource(
        DocsContent content,
        TableSnapshot? snapshot,
        SourceFreshness? freshness
    )
    {
        if (snapshot is null)
        {
            yield return ("loaded", "not yet");
        }
        else
        {
            var last = TaskToken
                .ExtractedIntervals(snapshot)
                .Select(id => DataInterval.Parse(id, content.Project.TimeZone))
                .OrderBy(interval => interval.End)
                .LastOrDefault();
            yield return (
                "loaded",
                last.LogicalDate == default
                    ? DocsTime.Of(snapshot.CommittedAt)
                    : $"{last.Ds}, at {DocsTime.Of(snapshot.CommittedAt)}"
            );
            if (last.LogicalDate != default)
            {
                yield return ("data up to", UpTo(last.End, content.Now));
            }
        }

        if (freshness is not null)
        {
            yield return ("must be fresh", WordsOf(freshness));
        }
    }

    private static IEnumerable<(string Term, string Text)> OfBuild(
        DocsContent content,
        DocsNode node,
        TableSnapshot? snapshot
    )
    {
        if (node.Model!.Config.Materialized == Materialization.Ephemeral)
        {
            yield return ("built", "never by itself: it is a part of the statements that read it");
        }
        else if (content.Build is not { } build || snapshot is null)
        {
            yield return ("built", "not yet");
        }
        else
        {
            yield return ("built", DocsTime.Of(snapshot.CommittedAt));
            yield return ("build", $"{Figures.Count(build.Number)} of {build.Interval.Ds}");
            yield return ("data up to", UpTo(build.Interval.End, content.Now));
        }
    }

    private static IEnumerable<(string Term, string Text)> OfConfig(DocsNode node)
    {
        if (node.Model is { } model)
        {
            var config = model.Config;
            if (config.UniqueKey.Count > 0)
            {
                yield return ("unique key", string.Join(", ", config.UniqueKey));
            }

            if (config.PartitionBy.Count > 0)
            {
                yield return ("partitions", string.Join(", ", config.PartitionBy));
            }

            if (config.Materialized == Materialization.Incremental)
            {
                yield return ("strategy", ConfigJson.Word(config.IncrementalStrategy) ?? "the default");
                yield return ("new columns", ConfigJson.Word(config.OnSchemaChange));
            }
        }

        if (TagsOf(node) is { Count: > 0 } tags)
        {
            yield return ("tags", string.Join(", ", tags));
        }

        if ((node.Model?.File ?? node.Properties.File) is { } file)
        {
            yield return ("file", file);
        }
    }

    private static string UpTo(DateTimeOffset end, DateTimeOffset now) =>
        $"{DocsTime.Of(end)}, {Figures.Duration((now - end).TotalSeconds)} old when this page was written";

    private static string WordsOf(SourceFreshness freshness)
    {
        var parts = new List<string>();
        if (freshness.WarnAfter is { } warn)
        {
            parts.Add($"warns after {Durations.InWords(warn)}");
        }

        if (freshness.ErrorAfter is { } error)
        {
            parts.Add($"fails after {Durations.InWords(error)}");
        }

        return $"{string.Join(", ", parts)}, by {freshness.LoadedAtField}";
    }

    private static string WordsOf(RunResult result)
    {
        return result.Status switch
        {
            "success" when result.Message == RunResultsJson.Unchanged => "nothing changed",
            "success" => $"built in {Figures.Duration(result.Seconds)}",
            "error" => $"failed: {result.Message}",
            "skipped" => "not run: what it reads was not built",
            var other => other,
        };
    }

    private static string RowsOf(TableSnapshot snapshot)
    {
        var newest = snapshot.Files.Max(file => file.Ds);
        return newest is { } day && snapshot.Log is null && snapshot.Files.Any(file => file.Ds != day)
            ? $"{Figures.Count(snapshot.Files.Where(file => file.Ds == day).Sum(file => file.Rows))} in the copy of "
                + $"{ReportValue.Date(day)}, {Figures.Count(snapshot.Rows)} in all copies"
            : Figures.Count(snapshot.Rows);
    }

    private static string SizeOf(TableSnapshot snapshot) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Figures.Bytes(snapshot.Bytes)} in {snapshot.Files.Count} {(snapshot.Files.Count == 1 ? "file" : "files")}"
        );
}
