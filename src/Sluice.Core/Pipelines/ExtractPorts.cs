using Sluice.Core.Extraction;

namespace Sluice.Core.Pipelines;

/// <summary>What extracts need of the outside.</summary>
/// <param name="Sources">Opens the project's sources.</param>
/// <param name="FileExists">Looks whether a throttle's flag file is there.</param>
public sealed record ExtractPorts(ISourceFactory Sources, Func<string, bool> FileExists);
