using System.Text.Unicode;

namespace Sluice.DuckDb.Files;

/// <summary>Finds bytes that are no UTF-8.</summary>
internal static class Utf8Lines
{
    /// <summary>The 1-based line of the first such byte; the last line where there is none.</summary>
    public static int FirstBad(string path)
    {
        using var bytes = new BufferedStream(File.OpenRead(path));
        var line = new List<byte>();
        var number = 1;
        for (var next = bytes.ReadByte(); next >= 0; next = bytes.ReadByte())
        {
            line.Add((byte)next);
            if (next != '\n')
            {
                continue;
            }

            if (!Utf8.IsValid(line.ToArray()))
            {
                break;
            }

            line.Clear();
            number++;
        }

        return number;
    }
}
