using Sluice.Core.Time;

namespace Sluice.Core.Models;

/// <summary>What a template can ask for when it is rendered.</summary>
/// <param name="Interval">The interval of the run; <c>var('ds')</c> is its logical date.</param>
/// <param name="TargetType">The engine's name: <c>target.type</c>.</param>
public sealed record ModelScope(DataInterval Interval, string TargetType);
