using System.Text;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Lake;
using Sluice.Project;

namespace Sluice.Cli.Setup;

/// <summary>Writes the files of a new project.</summary>
internal static class StarterProject
{
    /// <summary>Writes <c>sluice.yaml</c> and the folders beside it.</summary>
    /// <param name="root">The project's folder; made where it is missing.</param>
    /// <param name="database">A SQLite database to list the tables of; null writes an example.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DefinitionException">There is a project already.</exception>
    public static async Task WriteAsync(string root, string? database, CancellationToken cancellationToken)
    {
        var file = Path.Combine(root, ProjectLoader.FileName);
        if (File.Exists(file))
        {
            throw new DefinitionException(
                $"There is a project in '{root}' already.",
                "Change its sluice.yaml, or choose another folder."
            );
        }

        var tables = database is null
            ? ["users", "events"]
            : await TablesAsync(Path.GetFullPath(database), cancellationToken);
        Directory.CreateDirectory(Path.Combine(root, "models"));
        Directory.CreateDirectory(Path.Combine(root, "funnels"));
        await File.WriteAllTextAsync(
            file,
            Text(Path.GetFileName(root), database is null ? "app.db" : Path.GetFullPath(database), tables),
            cancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(root, ".gitignore"), ".sluice/\ntarget/\n", cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(string database, CancellationToken cancellationToken)
    {
        var definition = new SourceDefinition
        {
            Name = "app",
            Kind = SourceKind.Sqlite,
            Path = database,
        };
        await using var source = await new SourceFactory(TimeProvider.System).OpenAsync(definition, cancellationToken);
        return [.. (await source.ListTablesAsync(cancellationToken)).Select(listing => listing.Name)];
    }

    private static string Text(string name, string database, IReadOnlyList<string> tables)
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            name: {Quote(name)}
            timezone: UTC # the zone in which days begin

            sources:
              app:
                kind: sqlite
                path: {Quote(database)}
                timezone: UTC # what a time without an offset means
                tables:

            """
        );
        foreach (var table in tables)
        {
            text.Append("      ").Append(Quote(table)).Append(":\n");
        }

        text.Append(
            """

            # How funnels read the models of models/*.sql, once you have some:
            # users: { table: dim_user, key: user_id }
            # events:
            #   fact_page_visit: { event: page, time: occurred_at, user: user_id }

            """
        );
        return text.ToString();
    }

    // Single quotes take any text in YAML but a quote, which is doubled.
    private static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && text.Any(char.IsAsciiLetter)
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
