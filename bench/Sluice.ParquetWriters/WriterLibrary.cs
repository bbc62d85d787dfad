namespace Sluice.ParquetWriters;

public enum WriterLibrary
{
    /// <summary>Generates pages and throws them away: the floor below the other two.</summary>
    None,
    ParquetSharp,
    ParquetNet,
}
