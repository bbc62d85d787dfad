namespace Sluice.Core.Extraction;

/// <summary>How far a range is once a page is written.</summary>
/// <param name="Place">Which of the ranges.</param>
/// <param name="Range">The range after the page.</param>
internal readonly record struct RangeStep(int Place, ExtractRange Range);
