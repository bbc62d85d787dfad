namespace Sluice.ParquetWriters;

/// <summary>A library and the way it is set up.</summary>
public sealed record WriterVariant(
    string Name,
    WriterLibrary Library,
    bool DictionaryEverywhere = true,
    bool ThroughStream = false
)
{
    private static readonly HashSet<string> NearlyUnique =
    [
        "event_id",
        "occurred_at",
        "received_at",
        "properties",
        "amount",
    ];

    public static IReadOnlyList<WriterVariant> All { get; } =
    [
        new("none", WriterLibrary.None),
        new("parquetsharp", WriterLibrary.ParquetSharp),
        new("parquetsharp-stream", WriterLibrary.ParquetSharp, ThroughStream: true),
        new("parquetsharp-tuned", WriterLibrary.ParquetSharp, DictionaryEverywhere: false),
        new("parquetnet", WriterLibrary.ParquetNet),
        new("parquetnet-tuned", WriterLibrary.ParquetNet, DictionaryEverywhere: false),
    ];

    public static WriterVariant Parse(string name) =>
        All.FirstOrDefault(v => v.Name == name)
        ?? throw new ArgumentException($"Unknown writer '{name}'.", nameof(name));

    public bool UsesDictionary(PageColumn column) => DictionaryEverywhere || !NearlyUnique.Contains(column.Name);

    public async ValueTask<IEventWriter> OpenAsync(string path, EventPage layout) =>
        Library switch
        {
            WriterLibrary.ParquetSharp => new ParquetSharpEventWriter(path, layout, this),
            WriterLibrary.ParquetNet => await ParquetNetEventWriter.OpenAsync(path, layout, this),
            _ => new NullEventWriter(),
        };
}
