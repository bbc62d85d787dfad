using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Sluice.Core;

/// <summary>Finds bytes that are no UTF-8, for messages.</summary>
public static class Utf8Lines
{
    /// <summary>The 1-based line of the first such byte; the last line where none before it has one.</summary>
    /// <param name="text">What is read, from where it stands.</param>
    public static int FirstBad(Stream text)
    {
        using var bytes = new BufferedStream(text);
        var line = new List<byte>();
        var number = 1;
        for (var next = bytes.ReadByte(); next >= 0; next = bytes.ReadByte())
        {
            line.Add((byte)next);
            if (next != '\n')
            {
                continue;
            }

            if (!Utf8.IsValid(CollectionsMarshal.AsSpan(line)))
            {
                break;
            }

            line.Clear();
            number++;
        }

        return number;
    }
}
