using ParquetSharp;

namespace Sluice.Benchmarks.Funnel;

/// <summary>Writes the sample's events as Parquet, sorted by user and time, for the engines to load.</summary>
internal static class SampleFile
{
    private const int RowsOfGroup = 1 << 20;

    public static void Write(FunnelSample sample, string path)
    {
        Column[] columns = [new Column<int>("user"), new Column<int>("second"), new Column<int>("code")];
        using var file = new ParquetFileWriter(path, columns);
        var (users, seconds, codes) = (new List<int>(), new List<int>(), new List<int>());
        sample.Replay(
            (user, times, names) =>
            {
                for (var i = 0; i < times.Length; i++)
                {
                    users.Add(user);
                    seconds.Add(times[i]);
                    codes.Add(names[i]);
                }

                if (users.Count >= RowsOfGroup)
                {
                    Flush();
                }
            }
        );
        Flush();
        file.Close();

        void Flush()
        {
            using var group = file.AppendRowGroup();
            foreach (var column in new[] { users, seconds, codes })
            {
                using var writer = group.NextColumn().LogicalWriter<int>();
                writer.WriteBatch([.. column]);
                column.Clear();
            }
        }
    }
}
