using Sluice.Core.Builds;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Resuming;

/// <summary>What a model became in a run.</summary>
/// <param name="Table">The version of its table.</param>
/// <param name="Record">What went into it.</param>
/// <param name="Unchanged">Whether it was taken over from the interval's newest build.</param>
public sealed record ModelNote(TableVersion Table, ModelRecord Record, bool Unchanged);
