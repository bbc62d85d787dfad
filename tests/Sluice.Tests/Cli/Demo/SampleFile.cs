using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

/// <summary>A sample in a folder of its own, and questions about it in SQL.</summary>
internal sealed class SampleFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-sample-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "shop.db");

    public IEnumerable<string> FileNames => _folder.EnumerateFiles().Select(file => file.Name);

    public static SampleFile Written(SampleOptions options)
    {
        var file = new SampleFile();
        file.Write(options);
        return file;
    }

    public SampleSummary Write(SampleOptions options) =>
        SampleDatabase.Write(Path, options, null, TestContext.Current.CancellationToken);

    public long Number(string sql) => long.Parse(Assert.Single(Rows(sql)), CultureInfo.InvariantCulture);

    /// <summary>The rows as text, columns separated by commas.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue);
            rows.Add(string.Join(',', values));
        }

        return rows;
    }

    public string Hash()
    {
        using var stream = File.OpenRead(Path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
