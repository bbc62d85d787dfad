using System.Text;
using Sluice.Core.Sql;

namespace Sluice.DuckDb.Files;

/// <summary>A key of the objects of a file.</summary>
/// <param name="name">As it is written, without escapes.</param>
internal sealed class JsonKey(string name)
{
    public string Name { get; } = name;

    /// <summary>The name as UTF-8.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    public JsonKinds Kinds { get; set; }

    /// <summary>The first value of each kind.</summary>
    public List<SqlFileValue> Firsts { get; } = [];

    /// <summary>The last line that had it.</summary>
    public int Line { get; set; }
}
