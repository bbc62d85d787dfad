using Sluice.Core.Tables;

namespace Sluice.Core.Models.Testing;

/// <summary>A SELECT of rows that must not be there: a generic test of a <c>schema.yml</c>, or a singular one of a file.</summary>
public sealed record DataTest
{
    /// <summary>Its name, unique in the project; dbt's for a generic test: <c>unique_dim_user_user_id</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file it is written in, relative to the project.</summary>
    public required string File { get; init; }

    /// <summary>The 1-based line it begins on.</summary>
    public int Line { get; init; }

    /// <summary>What it is: <c>unique</c>, <c>not_null</c>, … or <c>singular</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The model, seed or raw table it is written at; null for a singular test.</summary>
    public TableId? Of { get; init; }

    /// <summary>The column it is written at; null where there is none.</summary>
    public string? Column { get; init; }

    /// <summary>What it says, for people; empty where nothing is written.</summary>
    public string Description { get; init; } = "";

    /// <summary>The models and seeds it reads, the one it is written at among them; without repetition.</summary>
    public required IReadOnlyList<string> Refs { get; init; }

    /// <summary>The raw tables it reads; without repetition.</summary>
    public IReadOnlyList<TableId> Sources { get; init; } = [];

    /// <summary>Makes the statement, whose rows are the failures.</summary>
    public required Func<ModelScope, string> Render { get; init; }

    /// <summary>The template as written; empty for a generic test.</summary>
    public string RawSql { get; init; } = "";

    /// <summary>Whether failures stop the model, or are only reported.</summary>
    public TestSeverity Severity { get; init; } = TestSeverity.Error;

    /// <summary>From which number of failures it warns.</summary>
    public TestThreshold WarnIf { get; init; } = TestThreshold.Any;

    /// <summary>From which number of failures it fails.</summary>
    public TestThreshold ErrorIf { get; init; } = TestThreshold.Any;

    /// <summary>What is compared with the thresholds, an aggregate over the failing rows.</summary>
    public string FailureCount { get; init; } = "count(*)";

    /// <summary>The most failing rows that are looked at; null looks at all.</summary>
    public long? Limit { get; init; }

    /// <summary>Its tags, with those of the model.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The arguments as written, for the manifest: texts, numbers, booleans, lists and maps of them.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();
}
