using Sluice.Core.Models;
using Sluice.Core.Models.Properties;
using Sluice.Core.Models.Testing;
using Sluice.Core.Tables;

namespace Sluice.Project.Models;

/// <summary>What the dbt part of a project has.</summary>
/// <param name="Models">The models and seeds that are not disabled.</param>
/// <param name="AllCopies">The raw tables of which models read every copy.</param>
/// <param name="Sources">What is said of raw tables.</param>
/// <param name="OtherTests">The tests that are written at no model.</param>
internal sealed record DbtFolder(
    IReadOnlyList<ModelDefinition> Models,
    IReadOnlySet<TableId> AllCopies,
    IReadOnlyList<SourceProperties> Sources,
    IReadOnlyList<DataTest> OtherTests
)
{
    /// <summary>No model.</summary>
    public static DbtFolder None { get; } = new([], new HashSet<TableId>(), [], []);
}
